/*
 * plan_sections.h - sections of a plan: new ones, other names, another order.
 *
 * Their number is printed as it is given ("II.", "3."); rows keep theirs until
 * they are numbered anew (plan_renumber).  Only while the rows of the plan may
 * be changed; each change is one transaction with its entry in the journal and
 * takes the version of the plan its author saw: RC_CONFLICT otherwise.
 *
 * BASIS: features C1; domain 6.1
 */
#pragma once

#include "core/plans/plan.h"

struct section_words {
	struct str number, title; /* RC_INVALID without a title */
	int64_t after;            /* the section before it; 0: it is first */
};

/* A section of measures. */
NODISCARD enum rc section_add(struct scope *sc, plan_id plan, int64_t version,
    const struct section_words *s, int64_t *ret);
/* Renames it, moves it, or both. */
NODISCARD enum rc section_change(struct scope *sc, plan_id plan,
    int64_t version, int64_t section, const struct section_words *s);
