/*
 * plan_review.h - what people say about a plan: that they have read its order,
 * and what they find wrong with a row.
 *
 * Each is one transaction with its entry in the journal (было → стало): an
 * acquaintance in the history of the plan, a remark in that of the row.  Once a
 * person has read an edition, saying so again changes nothing.
 *
 * BASIS: features C9, C11; domain 6.4, acquaintance sheet
 */
#pragma once

#include "core/plans/plan.h"
#include "store/q_plan_pages.h"

/* «С планом ознакомлен»: the actor, with the edition that is in force. */
NODISCARD enum rc plan_acquaint(struct scope *sc, plan_id id);

/* Whoever may return a plan for improvement says so beside its rows. */
bool remark_may_be_put(struct scope *sc, const struct q_plan *plan);
NODISCARD enum rc remark_put(struct scope *sc, const struct q_plan *plan,
    const struct q_measure *m, struct str text);

/* Taken into account, by whoever writes the plan. */
bool remark_may_be_settled(struct scope *sc, const struct q_plan *plan);
NODISCARD enum rc remark_settle(struct scope *sc, const struct q_plan *plan,
    const struct q_measure *m, int64_t number);
