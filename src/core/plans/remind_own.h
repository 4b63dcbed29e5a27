/* remind_own.h - what the two files that make reminders share. */
#pragma once

#include "core/plans/moved.h"
#include "core/plans/remind.h"

enum remind_part {
	PART_TODAY, /* of the day's letter */
	PART_RETURNED,
	PART_LATE,
	PART_DUE,
	PART_SOON,
	PART_CONFIRM,
	PART_ESCALATED,
	PART_COUNT
};

struct remind_item {
	const struct q_open_task *task;
	enum occurrence_state state;
	int days_late; /* working days */
};

struct remind_items {
	struct remind_item *p;
	size_t n, cap;
};

/* One person's share. */
struct remind_box {
	struct q_correspondent_list who;
	struct remind_items parts[PART_COUNT];

	struct { /* deadlines that moved, cause by cause */
		const struct q_moved_deadline **p;
		size_t n, cap;
	} moved;

	bool why[LETTER_KIND_COUNT][WHY_COUNT];
	struct str instead_of; /* names, or empty */
	bool is_unwanted[LETTER_KIND_COUNT];
	struct moment told; /* its last letter of a week, or MOMENT_NONE */
	bool is_keeper;     /* a coordinator: hears of silence and schedules */
};

struct remind_extra {
	struct q_silent_list *silent;
	size_t n_silent;
	struct q_undated_measure_list *undated;
	size_t n_undated;
};

/* False when there is nothing to say. */
bool remind_letter(struct arena *mem, const struct remind_options *o,
    const struct remind_box *box, const struct remind_extra *extra,
    enum letter_kind kind, struct letter_new *ret);
