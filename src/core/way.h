/*
 * way.h - the way of a thing that is decided in steps: the states it may be
 * in, the steps between them, the right each step takes, and what a person has
 * to say with it.
 *
 * A list (methods/steps.def) and a plan (plans/plan_steps.def) each hold one
 * table of this shape.  A subject includes its .def into an array of states
 * and one of steps and offers typed names over way_find_…; the numbers of
 * its enums are the places in these arrays.
 */
#pragma once

#include "core/access/access.h"

/* What a step asks for. */
enum {
	NEEDS_TERM = 1,     /* the last day, which may not have passed */
	NEEDS_DOCUMENT = 2, /* the order or protocol, its number and day */
	NEEDS_ACT = 4,      /* the act of the region it is compared with */
	NEEDS_REASON = 8,
};

struct way_state {
	const char *code, *title;
	const char *meaning; /* read on the bar of steps */
};

struct way_step {
	const char *code;
	unsigned from, to; /* places in the subject's states */
	enum perm right;
	unsigned needs; /* NEEDS_… */
	const char *button;
};

struct step_details {
	struct date term;
	struct str document; /* "приказ", "протокол" */
	struct str document_number;
	struct date document_on;
	official_id act;
	struct str reason;
};

/* The place of a code; n when there is none. */
size_t way_find_state(const struct way_state *all, size_t n, struct str code);
size_t way_find_step(const struct way_step *all, size_t n, struct str code);

/*
 * A complaint for each thing the step needs and the details do not say; the
 * column of a complaint is the name of the detail ("term", "reason" …).
 */
void way_check_details(
    struct scope *sc, unsigned needs, const struct step_details *d);

/* "приказ № 145 от 03.04.2024" */
struct str document_text(
    struct arena *mem, struct str document, struct str number, struct date on);
