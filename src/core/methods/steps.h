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

#include "core/scope.h"
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

/* What a step asks for. */
enum {
	NEEDS_TERM = 1,     /* until which day objections are taken */
	NEEDS_DOCUMENT = 2, /* the order or protocol, its number and day */
	NEEDS_ACT = 4,      /* the act of the region it was reconciled with */
	NEEDS_REASON = 8,
};

struct step_details {
	struct date term;
	struct str document; /* "приказ", "протокол" */
	struct str document_number;
	struct date document_on;
	official_id act;
	struct str reason;
};

const char *list_state_code(enum list_state s);
const char *list_state_title(enum list_state s);
const char *list_state_meaning(enum list_state s);
bool list_state_parse(struct str code, enum list_state *ret);

const char *list_step_code(enum list_step s);
const char *list_step_button(enum list_step s);
unsigned list_step_needs(enum list_step s);
enum list_state list_step_from(enum list_step s);
enum list_state list_step_to(enum list_step s);
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

/* "приказ № 145 от 03.04.2024" */
struct str step_document_text(struct arena *mem, const struct q_run_step *step);

/*
 * Takes the step.  version: q_run.version_row as the author saw it.
 * RC_INVALID with a complaint for each thing that is missing; the column of a
 * complaint is the name of the detail ("term", "document_number", "reason" …).
 */
NODISCARD enum rc list_take_step(struct scope *sc, run_id id, int64_t version,
    enum list_step step, const struct step_details *details);
