/* orders.h - what the pages of the region's orders show. */
#pragma once

#include "core/methods/official.h"
#include "core/methods/steps.h"
#include "web/page/run_tabs.h"
#include "web/table.h"

/* An order and the lists it can be reconciled with. */
struct order_run {
	run_id run;
	struct str title;
	enum list_state state;
};

struct view_orders {
	struct shell shell;
	struct list_files files;
	const struct q_official *orders;
	size_t n;
	struct form form;
	bool may_load;
};

struct order_group {
	const char *title; /* ШНОР */
	const struct q_official_entry *entries;
	size_t n;
};

struct view_order {
	struct shell shell;
	struct list_files files;
	struct q_official act;
	const struct q_official_entry *entries;
	size_t n;
	struct order_group groups[OFFICIAL_KIND_COUNT];
	size_t n_groups;
	const struct order_run *runs;
	size_t n_runs;
	bool may_see_loads, may_reconcile;
};

/* The details typed on a form of orders. */
struct official_details order_details(const struct form_order *f);

/* A form filled with what was said before. */
void order_type(
    struct arena *mem, struct form *f, const struct official_details *act);
