/*
 * plan_deficits.h - what a list shows a school to lack, and how the school's
 * road map answers it.
 *
 * The numbers are those the list was decided on, frozen with it; each deficit
 * says which of them show it, and the decision card leads from there to the
 * file, sheet and row.  Nothing is taken over by itself: a person says of each
 * deficit which row of the road map answers it, or begins a row from the
 * catalogue, or leaves it.  «Дефицит без меры» counts it once the edition is
 * approved (lacks.h).
 *
 * BASIS: issue "Road maps", risk factor or deficit answered; features, idea 7
 */
#pragma once

#include "core/plans/plan.h"
#include "lang/vocabulary.h"
#include "store/q_methods.h"

struct shown_deficit {
	struct str code, title;
	struct str shown_by; /* "ОГЭ математика (11 из 27); …" */
	const struct plan_row *answer; /* a row that answers it; NULL: none */
};

struct plan_deficits {
	struct q_run run; /* id 0: no list knows this school */
	struct shown_deficit *all;
	size_t n;
};

/*
 * The newest list the actor may see, of the plan's last school year or before.
 * RC_NOT_FOUND unless the plan is a school's.  p must outlive ret.
 */
NODISCARD enum rc plan_deficits_read(struct scope *sc,
    const struct vocabulary *words, const struct plan *p,
    struct plan_deficits *ret);

/* One of row and catalogue; the rest is left as it is. */
struct deficit_choice {
	struct str code;
	measure_id row;   /* of the plan */
	size_t catalogue; /* n-th of measure_catalogue(code), from 1 */
};

/*
 * All of them in one transaction with their entries in the journal.
 * RC_CONFLICT when the plan is not the version its author saw or its rows are
 * closed; RC_INVALID for a row or a measure that is not there.
 */
NODISCARD enum rc plan_answer_deficits(struct scope *sc, plan_id plan,
    int64_t version, run_id run, const struct deficit_choice *all, size_t n);
