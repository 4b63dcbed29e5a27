/*
 * lint_plan.h - the linter over plans that are kept: what is known beside a
 * plan comes from the registry, the accounts and the orders in force.
 *
 * A plan with errors is not sent for approval unless a reason is given; the
 * reason stands in the journal beside the step (plan_steps.h).
 *
 * BASIS: features C15.
 */
#pragma once

#include "core/plans/lint.h"
#include "core/plans/plan.h"

/*
 * Names of the directory, the plan's schools, sizes of the groups.  p: NULL for
 * a file, of which only the directory and the groups are known.
 */
NODISCARD enum rc lint_context_read(
    struct scope *sc, const struct plan *p, struct lint_context *ret);

/* The kept plan as recognition would give it; a section is a table. */
void plan_as_reading(
    struct arena *mem, const struct plan *p, struct plan_reading *ret);

/* Findings with the id of each measure; places are sections and rows. */
NODISCARD enum rc plan_lint_kept(
    struct scope *sc, const struct plan *p, struct lint_findings *ret);
