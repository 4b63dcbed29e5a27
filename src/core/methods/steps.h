/*
 * steps.h - the way of a list: draft, objections, approved, reconciled,
 * closed; who may take which step, and what has to be said with it.
 *
 * The states and steps are rows of steps.def.  A step is one transaction with
 * its entry in the journal (было → стало); it names the version of the list
 * its author saw, so the second of two people gets RC_CONFLICT.
 *
 * A run itself never changes, so approval freezes by its nature; it also
 * demands that
 *   - the term of objections is over and each of them is answered,
 *   - no number was put right after the run because a school objected,
 *   - no other list of this method and year stands approved.
 */
#pragma once

#include "core/way.h"
#include "store/q_methods.h"
#include "store/q_room.h"

enum list_state {

#define STATE(name, code, title, meaning) LIST_##name,
#define STEP(...)
#include "core/methods/steps.def"
#undef STATE
	LIST_STATE_COUNT
};

enum list_step {

#define STATE(...)
#undef STEP
#define STEP(name, ...) LIST_STEP_##name,
#include "core/methods/steps.def"
#undef STATE
#undef STEP
	LIST_STEP_COUNT
};

extern const struct way_state list_states[LIST_STATE_COUNT];
extern const struct way_step list_steps[LIST_STEP_COUNT];

bool list_state_parse(struct str code, enum list_state *ret);
bool list_step_parse(struct str code, enum list_step *ret);

/* May the actor take this step from this state?  For the buttons of a page. */
bool list_step_is_open(
    const struct actor *a, enum list_state now, enum list_step step);

/* Schools see a list from the step of objections on. */
bool list_is_shown_to(const struct actor *a, enum list_state now);

/* Where a list stands. */
struct list_way {
	enum list_state state;
	struct date term;             /* of objections, DATE_NONE before them */
	struct q_run_step approved;   /* number 0: it is not */
	struct q_run_step reconciled; /* likewise */
	const struct q_run_step *steps;
	size_t n;
};

NODISCARD enum rc list_way_read(
    struct scope *sc, const struct q_run *run, struct list_way *ret);

/*
 * Takes the step.  version: q_run.version_row as the author saw it.
 * RC_INVALID with a complaint for each thing that is missing (way.h).
 */
NODISCARD enum rc list_take_step(struct scope *sc, run_id id, int64_t version,
    enum list_step step, const struct step_details *details);
