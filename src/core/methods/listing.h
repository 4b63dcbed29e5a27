/*
 * listing.h - a saved list as people read it: for each school the decision,
 * why in a few words, how far it is from turning, and what changed in a year.
 *
 * Everything comes from what the run froze; nothing is computed anew, so the
 * list reads the same whatever is loaded later.
 */
#pragma once

#include "core/methods/library.h"
#include "store/q_methods.h"
#include "store/q_registry.h"

enum { LISTING_CRITERIA = 8 };

enum listing_turn {
	TURN_NONE,
	TURN_ENTERED, /* was not on the list of the year before */
	TURN_LEFT,    /* was */
};

struct listing_row {
	school_id school;
	struct str name, code;
	enum method_status status;
	enum truth criteria[LISTING_CRITERIA];
	struct str reason; /* "2025/26: ОГЭ математика (3 из 7)." */
	struct opt_int margin; /* pupils */
	struct opt_int pupils; /* of the school, now */
	bool is_small;         /* a decisive group is under ten */
	enum listing_turn turn;
};

struct listing_criterion {
	struct str id;    /* K1 */
	struct str title; /* a sentence; empty when the method is not known */
};

struct listing {
	struct q_run run;
	const struct method *method; /* NULL: this version is not shipped */
	struct str title;            /* of the method, or its code */
	struct str short_title;      /* ШНОР */
	struct listing_criterion criteria[LISTING_CRITERIA];
	size_t n_criteria;
	const struct listing_row *rows; /* Russian alphabetical order */
	size_t n;
	size_t counts[METHOD_STATUS_COUNT];
	size_t n_applicable;
	run_id before; /* the list compared with; 0: none */
};

/* RC_NOT_FOUND; rows are those the actor may see. */
NODISCARD enum rc listing_read(struct scope *sc, const struct vocabulary *words,
    const struct library *library, run_id id, struct listing *ret);

/* "shnor@2022.1" of the library, or NULL. */
const struct method *listing_method(
    struct scope *sc, const struct library *library, const struct q_run *run);
