/*
 * occurrence.h - what has to be done by when, and how it stands today.
 *
 * The windows of a measure's deadline make occurrences; where its responsible
 * is collective, one for each participating school.  They are made when an
 * edition is approved (occurrences_sync) and keep their ids: a later edition
 * adds, moves and drops, and never touches one that carries marks without
 * saying so.
 *
 * How an occurrence stands is a pure function of its days, its last mark and
 * today; no column holds it.
 *
 * BASIS: deadlines.md, "What is done with it"; features C2, C3, C5.
 */
#pragma once

#include "core/plans/plan.h"
#include "store/q_execution.h"

enum mark_state { /* the last mark */
	MARK_NONE,
	MARK_DONE, /* said by the school, not looked at yet */
	MARK_RETURNED,
	MARK_CONFIRMED,
	MARK_NOT_NEEDED,
	MARK_STATE_COUNT
};

enum occurrence_state {
	TASK_PLANNED, /* its window has not opened */
	TASK_WAITING, /* on request, or its schedule is not known yet */
	TASK_OPEN,
	TASK_DUE_SOON,
	TASK_OVERDUE, /* from the first day after due */
	TASK_MARKED,  /* done, waits to be confirmed */
	TASK_RETURNED,
	TASK_RETURNED_LATE, /* returned, and the term is over */
	TASK_DONE,
	TASK_DONE_LATE,
	TASK_NOT_NEEDED,
	TASK_STATE_COUNT
};

/* Days and marks as small integers: a municipality's year in one array. */
struct occurrence_days {
	int32_t opens, due; /* date.h days; DATE_NONE's where there is none */
	int32_t done;
	uint8_t mark;  /* enum mark_state */
	bool is_outer; /* due is only the end of the period */
};

struct occurrence_rules {
	int due_soon_days;
};

extern const struct occurrence_rules occurrence_rules_usual; /* 7 days */

enum occurrence_state occurrence_state(const struct occurrence_days *o,
    int32_t today, const struct occurrence_rules *rules);

extern const char *const occurrence_state_codes[TASK_STATE_COUNT];
extern const char *const occurrence_state_titles[TASK_STATE_COUNT];

/*
 * Makes the occurrences agree with the plan's rows as they now stand; inside
 * the transaction of the approval.
 *
 * «Постоянно» is looked at once a school quarter, and so is what would fall due
 * more often than OCCURRENCE_MOST times («ежедневно»): nobody marks a day.  A
 * deadline on request or one nobody can read has no day; one by somebody's
 * schedule has the end of the period as its outer limit.
 *
 * One that carries marks keeps its days and stays; a note says so.
 * BASIS: domain 6.3.
 */
enum { OCCURRENCE_MOST = 24 };

/* A deadline whose days are others now; to is DATE_NONE where none is set. */
struct deadline_change {
	plan_id plan;
	measure_id measure;
	struct str number, title; /* of the row */
	school_id school;
	struct str label;
	struct day_span was, becomes;
};

struct occurrences_change {
	size_t added, moved, dropped, kept;
	struct deadline_change *days;
	size_t n_days;
};
NODISCARD enum rc occurrences_sync(
    struct scope *sc, const struct plan *p, struct occurrences_change *ret);

/* One question for every list, board, calendar and reminder. */
struct task_filter {
	plan_id plan;         /* 0: every approved plan */
	school_id school;     /* 0: all */
	measure_id measure;   /* 0: all */
	person_id person;     /* answers for it, by name or as the school's */
	struct date from, to; /* due inside; DATE_NONE: open */
	uint32_t states;      /* bit per occurrence_state; 0: all */
};

struct task {
	struct q_task row; /* occurrence with measure, plan and school names */
	enum occurrence_state state;
	int days_late; /* working days; 0 when it is not */
};

NODISCARD enum rc task_list(struct scope *sc, const struct task_filter *f,
    struct date today, struct task **ret, size_t *ret_n);

/* RC_NOT_FOUND also for one the actor may not see. */
NODISCARD enum rc task_find(
    struct scope *sc, occurrence_id id, struct date today, struct task *ret);

/* How many stand how, read without their words; plan 0: of every plan. */
struct task_counts {
	size_t by_state[TASK_STATE_COUNT];
	size_t all;
};
NODISCARD enum rc task_count(
    struct scope *sc, plan_id plan, struct date today, struct task_counts *ret);

/* Working days after due, today included. */
int working_days_late(
    const struct calendar *calendar, struct date due, struct date today);

bool mark_state_parse(struct str code, enum mark_state *ret);
const char *mark_state_code(enum mark_state m);
const char *mark_state_title(enum mark_state m);

/* "7 из 9" of a measure's window, with those who are missing. */
struct rollup {
	measure_id measure;
	int64_t window_no;
	uint32_t done, of, late, marked;
	struct str missing; /* names of the two, by alphabet */
};
NODISCARD enum rc plan_rollup(struct scope *sc, plan_id plan, struct date today,
    struct rollup **ret, size_t *ret_n);
