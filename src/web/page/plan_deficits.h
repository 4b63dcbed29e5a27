/* plan_deficits.h - what the page of a road map's deficits shows. */
#pragma once

#include "core/plans/deficits.h"
#include "core/plans/plan_deficits.h"
#include "web/page/plan.h"

struct deficit_line {
	const struct shown_deficit *d;
	struct str field; /* "answer-teaching" */
	struct str typed;
	const struct str *known; /* measures of the catalogue */
	size_t n_known;
};

struct view_plan_deficits {
	struct shell shell;
	struct plan plan;
	struct plan_deficits shown;
	struct form form;
	const struct deficit_line *lines; /* as shown */
	size_t n_without;                 /* no row answers them */
	bool may_choose;
};
