/*
 * run_tabs.h - the pages of one list beside each other: decisions, objections,
 * reconciliation, the edge.
 */
#pragma once

#include "store/q_methods.h"
#include "web/shell.h"

enum run_tab { TAB_DECISIONS, TAB_OBJECTIONS, TAB_RECONCILE, TAB_EDGE };

struct run_tabs {
	run_id run;
	enum run_tab current;
	int64_t open; /* objections without an answer */
	bool may_reconcile, may_edge;
};

/* "ШНОР", of a method or an index. */
struct str run_short_title(const struct visit *v, struct str code);

/* "Перечень ШНОР на 2025/26 уч. г." */
struct str run_title(const struct visit *v, const struct q_run *run);

/* A list that the reader may see; RC_NOT_FOUND for a draft and a school. */
NODISCARD enum rc run_read(struct visit *v, struct q_run *ret);

NODISCARD enum rc run_tabs_fill(struct visit *v, const struct q_run *run,
    enum run_tab current, struct run_tabs *ret);

/* The frame of a page below a list. */
struct shell run_shell(
    const struct visit *v, const struct q_run *run, struct str title);

/* Lists of an index of social conditions are computed and shown otherwise. */
bool run_is_index(const struct visit *v, const struct q_run *run);
