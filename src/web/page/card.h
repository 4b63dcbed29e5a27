/* card.h - what the decision card shows. */
#pragma once

#include "core/methods/card.h"
#include "web/page/objections.h"
#include "web/page/runs.h"
#include "web/shell.h"

/* Steps of results and elements: a table, those that hold above the fold. */
struct leaf_view {
	struct str title;
	struct str year;  /* empty: an element of the table of risks */
	struct str value; /* "9 из 24, 37,5 %" */
	struct str threshold;
	enum truth holds;
	struct str missing; /* why there is no data */
	struct link source; /* to the cell it came from; no address: none */
};

struct leaf_list {
	const struct leaf_view *p;
	size_t n;
};

struct node_view {
	struct str text;
	struct str source; /* the rule, as the method writes it */
	struct str value, threshold;
	const char *op; /* "И", "ИЛИ" above what follows; NULL: none */
	bool is_condition;
	bool is_alarm; /* holding, it speaks for the list */
	enum truth holds;
	struct str label; /* of a criterion: K1 */
	const struct node_view *of;
	size_t n;
	struct leaf_list met, unmet;
};

struct view_card {
	struct shell shell;
	struct card card;
	struct str why;      /* the reason without the verdict before it */
	const bool *is_used; /* a source: the tree leads to it */
	struct q_run run;
	enum list_state state;
	struct node_view tree;
	enum method_status status;
	school_id school;
	bool may_see_loads;
	struct objection_box box;
	int32_t zone;
};

const char *truth_word(enum truth t);
