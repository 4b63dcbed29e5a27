/* work_own.h - what the files that gather somebody's work share. */
#pragma once

#include "base/vec.h"
#include "core/overview/work.h"

struct gathering {
	struct scope *sc;
	const struct library *library;
	VEC(struct work_item) items;
};

/* When it is due follows from the day; DATE_NONE: it waits. */
struct work_item *work_add(
    struct gathering *g, enum work_kind kind, struct date due);

/* Road maps: deadlines, marks, approvals, proposals, orders to read. */
NODISCARD enum rc work_of_plans(struct gathering *g);
