/*
 * work.h - what waits for this very person, and by when: the page «Моя
 * работа» and the short list beside the overview.
 *
 * Every item is computed from what is there now (a list open to objections, an
 * objection without an answer, a load with refused rows), so nothing has to be
 * ticked off: what is done disappears by itself.
 *
 * BASIS: ux 10; features D7
 */
#pragma once

#include "core/overview/overview.h"

enum work_when {
	WORK_BACK, /* given back, or late */
	WORK_TODAY,
	WORK_WEEK,  /* within seven days */
	WORK_LATER, /* without a day, or further off */
	WORK_NEWS,  /* nothing to do: an answer to read */
	WORK_WHEN_COUNT
};

enum work_kind {
	WORK_LOOK_AT_DECISION, /* one's school is on an open list */
	WORK_OBJECTION_TO_ANSWER,
	WORK_OBJECTION_PENDING, /* one's own, not answered yet */
	WORK_OBJECTION_ANSWERED,
	WORK_LIST_TO_OPEN,      /* a draft of this year */
	WORK_LIST_TO_APPROVE,   /* the term is over, everything answered */
	WORK_LIST_TO_RECONCILE, /* approved, and the order is there */
	WORK_LOAD_DRAFT,
	WORK_LOAD_REFUSED,
	WORK_TASK,             /* of a plan, to be done by a day */
	WORK_TASK_RETURNED,    /* marked, and given back */
	WORK_MARKS_TO_CONFIRM, /* of one school */
	WORK_PLAN_TO_APPROVE,  /* or its changes */
	WORK_PLAN_RETURNED,    /* for improvement, with remarks */
	WORK_PROPOSALS,        /* of the municipality, to one road map */
	WORK_ORDER_TO_READ,    /* acquaintance with an edition */
};

struct work_item {
	enum work_kind kind;
	enum work_when when;
	struct date due;     /* DATE_NONE: no day */
	struct moment since; /* MOMENT_NONE: unknown */
	struct str title;    /* what to do */
	struct str text;     /* why, in a sentence; may be empty */
	struct str quote;    /* somebody's words; may be empty */
	run_id run;
	school_id school;
	load_id load;
	objection_id objection;
	occurrence_id task;
	plan_id plan;
};

struct work {
	const struct work_item *items; /* by when, then by day */
	size_t n;
	size_t counts[WORK_WHEN_COUNT];
	size_t n_to_do; /* all but news */
};

NODISCARD enum rc work_read(
    struct scope *sc, const struct library *library, struct work *ret);

const char *work_when_title(enum work_when w);
