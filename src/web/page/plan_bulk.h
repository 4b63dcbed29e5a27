/*
 * plan_bulk.h - what the preview of a change of many rows shows.
 */
#pragma once

#include "web/page/plan.h"

struct view_plan_bulk {
	struct shell shell;
	struct q_plan plan;
	enum bulk_kind kind;
	struct bulk_preview seen;
	struct form form;
	struct link back;
};
