/*
 * plan_steps.h - the way of a plan: draft, review, approved by an order,
 * amended by a new edition, closed; who may take which step, and what has to
 * be said with it.
 *
 * The states and steps are rows of plan_steps.def.  A step is one transaction
 * with its entry in the journal (было → стало) and names the version its author
 * saw.  An approval freezes an edition: every row as the order prints it, with
 * a hash over all of them; nothing of an edition ever changes.
 *
 * BASIS: features C9, C11, ux 7.
 */
#pragma once

#include "core/plans/plan.h"
#include "core/way.h"

enum plan_state {

#define STATE(name, code, title, meaning) PLAN_##name,
#define STEP(...)
#include "core/plans/plan_steps.def"
#undef STATE
#undef STEP
	PLAN_STATE_COUNT
};

enum plan_step {

#define STATE(...)
#define STEP(name, ...) PLAN_STEP_##name,
#include "core/plans/plan_steps.def"
#undef STATE
#undef STEP
	PLAN_STEP_COUNT
};

extern const struct way_state plan_states[PLAN_STATE_COUNT];
extern const struct way_step plan_steps[PLAN_STEP_COUNT];

bool plan_state_parse(struct str code, enum plan_state *ret);
bool plan_step_parse(struct str code, enum plan_step *ret);

/* May the actor take this step with this plan?  For the buttons of a page. */
bool plan_step_is_open(
    struct scope *sc, const struct q_plan *plan, enum plan_step step);

/*
 * Whether a right of the actor reaches this plan: a school's belongs to the
 * school, the rest to the municipality.  RC_DENIED otherwise.
 */
NODISCARD enum rc plan_may(
    struct scope *sc, const struct q_plan *plan, enum perm right);

/* Its rows may be changed: a draft, or a new edition being prepared. */
bool plan_is_open(const struct q_plan *plan);

/* And by this actor. */
bool plan_may_be_written(struct scope *sc, const struct q_plan *plan);

/*
 * A plan with errors of the linter (lint_plan.h) is sent for approval only with
 * a reason.
 *
 * RC_INVALID with a complaint for each thing that is missing (way.h).
 */
NODISCARD enum rc plan_take_step(struct scope *sc, plan_id id, int64_t version,
    enum plan_step step, const struct step_details *details);

/* ---- editions ---- */

/* The rows of an edition hash to what was written when it was approved. */
NODISCARD enum rc plan_edition_verify(
    struct scope *sc, plan_id id, int64_t edition, bool *ret_whole);

enum row_change { ROW_SAME, ROW_ADDED, ROW_CHANGED, ROW_DROPPED };

/* The printed fields that are compared, in the order of the columns. */
enum row_field {
	FIELD_SECTION,
	FIELD_NUMBER,
	FIELD_TITLE,
	FIELD_SCHOOL_PART,
	FIELD_DEADLINE,
	FIELD_RESPONSIBLE,
	FIELD_RESULT,
	FIELD_INDICATOR,
	FIELD_REPORT_FORM,
	FIELD_COUNT
};

extern const char *const row_field_titles[FIELD_COUNT];

struct row_difference {
	enum row_change change;
	measure_id measure;
	struct str was[FIELD_COUNT]; /* p NULL where it did not change */
	struct str becomes[FIELD_COUNT];
	struct str number, title; /* as it is now, or was when dropped */
};

/* Today's rows against an edition; unchanged rows are left out. */
NODISCARD enum rc plan_compare(struct scope *sc, const struct plan *p,
    int64_t edition, struct row_difference **ret, size_t *ret_n);

/* ---- for plan_steps.c ---- */

/* Writes the edition's rows; inside the caller's transaction. */
NODISCARD enum rc plan_freeze(struct scope *sc, const struct plan *p,
    int64_t edition, const struct step_details *details);
