/*
 * plan_maps.h - the road maps schools make out of the municipality's, and what
 * they answer to its new editions.
 */
#pragma once

#include "core/plans/proposal.h"
#include "web/page/plan.h"

struct map_view {
	struct q_plan_map m;
	enum plan_state state; /* when there is a road map */
	bool may_begin;
};

struct view_plan_maps {
	struct shell shell;
	struct list_files files;
	struct plan plan;
	const struct map_view *maps;
	size_t n;
	size_t begun, waiting, declined;
	struct str fault;
	const char *closed; /* why none may be begun now, or NULL */
};

struct view_proposals {
	struct shell shell;
	struct plan plan; /* of the school */
	const struct proposal *all;
	size_t n, n_open;
	bool may_answer;
	struct form form;
	proposal_id refused; /* whose form it is */
	int32_t zone;
};

const char *proposal_change_title(struct str change);
const char *proposal_state_title(struct str state);
