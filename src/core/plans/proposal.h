/*
 * proposal.h - a new edition of the municipality's road map, offered to the
 * road maps of schools row by row: было, стало, and how the school has it now.
 *
 * A proposal is made when the edition is approved, only of what touches the
 * school's own row, and never changes that row by itself.  The school (or its
 * curator) takes it, and the row changes in the working copy; the approved
 * edition of the school's plan stays as it was.  Or it declines with a reason.
 * A row that changes again before the answer is offered anew over the whole
 * difference.
 *
 * The school answers for its rows itself and keeps them in its own sections:
 * responsibles and sections are not offered.
 *
 * Right: PLANS_ANSWER for the school.  RC_CONFLICT when somebody answered
 * first, changed the row meanwhile, or the plan is on approval.
 *
 * BASIS: features C10; issue "Road maps", Programme and plans.
 */
#pragma once

#include "core/plans/plan.h"

enum proposed_field {
	PROPOSED_NUMBER,
	PROPOSED_TITLE,
	PROPOSED_DEADLINE,
	PROPOSED_RESULT,
	PROPOSED_INDICATOR,
	PROPOSED_REPORT_FORM,
	PROPOSED_COUNT
};

extern const char *const proposed_field_titles[PROPOSED_COUNT];

struct proposal {
	struct q_proposal p;
	struct str number, title; /* of the municipal row as proposed, or was */
	/* p NULL: this field does not change */
	struct str was[PROPOSED_COUNT], becomes[PROPOSED_COUNT];
	struct str now[PROPOSED_COUNT]; /* the school's own words, if others */
	int64_t version; /* of the school's row; 0: it has none */
};

/* RC_NOT_FOUND also for a plan the actor may not see. */
NODISCARD enum rc proposal_list(struct scope *sc, plan_id school_plan,
    struct proposal **ret, size_t *ret_n);

/* version: of the school's row as its author saw it. */
NODISCARD enum rc proposal_take(
    struct scope *sc, plan_id plan, proposal_id id, int64_t version);
NODISCARD enum rc proposal_decline(
    struct scope *sc, plan_id plan, proposal_id id, struct str reason);

/* Every one that waits, or none. */
NODISCARD enum rc proposal_take_all(struct scope *sc, plan_id plan);

/*
 * The edition just frozen against the one before it, for every road map made
 * from this plan; inside the caller's transaction.
 */
NODISCARD enum rc proposals_make(
    struct scope *sc, const struct plan *p, int64_t edition);
