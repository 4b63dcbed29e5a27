/*
 * control.h - control points of a plan: the target, what is reached, and
 * «достигнуто», «не достигнуто» or «нет данных».
 *
 * The target is the number in the words of the row (goal.h), unless a person
 * has said what the words mean.  What is reached is the fact of the last
 * confirmed mark, or, where a person has named the procedure and the year, the
 * share counted from the results of the plan's schools.  A target that may be
 * meant in two ways, a change without its start, a figure that was not marked:
 * each is a doubt in a whole sentence, never a guess.
 *
 * A point without a number is reached when its mark is confirmed.  Of a point
 * every school marks for itself, all of them must reach it.
 *
 * Nothing is stored but what people say; the state is computed whenever asked.
 *
 * BASIS: features C13, C6; domain 6.4.
 */
#pragma once

#include "core/plans/goal.h"
#include "core/plans/plan.h"
#include "lang/vocabulary.h"
#include "store/q_control.h"

enum control_state {
	CONTROL_MET,
	CONTROL_MISSED,
	CONTROL_NOT_YET, /* not reached, and its day is still to come */
	CONTROL_NO_DATA,
	CONTROL_DOUBT, /* cannot be judged before somebody answers */
	CONTROL_STATE_COUNT
};

extern const char *const control_state_titles[CONTROL_STATE_COUNT];

struct control_point {
	const struct plan_row *row;
	struct date due; /* the last day; DATE_NONE: no day is named */
	enum control_state state;
	struct goal goal;
	struct str target; /* "не более 25 %", or empty: not a number */
	struct str reached; /* "24,1 % (14 из 58)", "3 из 5 школ", or empty */
	struct str before;            /* what a change starts from, or empty */
	struct str doubt;             /* a sentence, or empty */
	const struct q_control *said; /* NULL: nobody has said anything */
	ptrdiff_t named; /* a procedure its words name, or -1: to be offered */
};

NODISCARD enum rc control_points(struct scope *sc, const struct plan *p,
    const struct vocabulary *words, struct date today,
    struct control_point **ret, size_t *ret_n);

/*
 * "достигнуто: 24,1 % (14 из 58), цель не более 25 %"; beside an expected result
 * the target is not said again.
 */
struct str control_text(struct arena *mem, const struct control_point *p);

/*
 * How a point is counted.  target and baseline as people write them: "12,5 %",
 * "3".  RC_INVALID with a complaint in the column of each field that is wrong.
 * Right: PLANS_EDIT of the plan; also of an approved one, whose rows and
 * editions stay as they are.
 */
struct control_said {
	struct str goal, sense; /* codes of goal.h; empty: as the row reads */
	struct str target, baseline;
	struct str value; /* mark, failed, passed */
	struct str procedure;
	struct str year, baseline_year; /* "2025/2026" */
};
NODISCARD enum rc control_say(struct scope *sc, measure_id measure,
    const struct vocabulary *words, const struct control_said *said);
