/* reconcile.h - what the page of a list beside an order shows. */
#pragma once

#include "core/methods/reconcile.h"
#include "core/methods/steps.h"
#include "web/page/run_tabs.h"
#include "web/page/runs.h"
#include "web/table.h"

struct view_reconcile {
	struct shell shell;
	struct list_files files;
	struct reconciliation r;
	struct run_tabs tabs;
	enum list_state state;
	const struct q_official *acts; /* others to lay beside it */
	size_t n_acts;
	struct form form; /* of a note that was refused */
	bool may_explain, may_finish;
	int32_t zone;
};

/* There is no order for this list yet. */
struct view_no_order {
	struct shell shell;
	struct q_run run;
	struct run_tabs tabs;
	bool may_load;
};
