/*
 * awaited.h - the schedules that approved plans wait for and nobody has loaded:
 * «по графику регионального института» has no day until then.
 *
 * BASIS: deadlines.md, external waits.
 */
#pragma once

#include "core/plans/plan.h"

struct awaited_schedule {
	struct str name; /* as the first of the rows says it */
	size_t rows;
	plan_id plan; /* of that row */
	struct str plan_title;
};

/* By the name, in the order of the plans. */
NODISCARD enum rc awaited_schedules(
    struct scope *sc, struct awaited_schedule **ret, size_t *ret_n);
