/* plans.h - what the list of road maps and the bringing in of one show. */
#pragma once

#include "core/plans/occurrence.h"
#include "core/plans/plan_steps.h"
#include "core/plans/plan_templates.h"
#include "store/q_registry.h"
#include "web/shell.h"
#include "web/table.h"

struct plan_line_view {
	struct q_plan_line p;
	enum plan_state state;
	size_t done, of, late, marked; /* occurrences; of 0: not approved */
};

struct view_plans {
	struct shell shell;
	struct list_files files;
	const struct plan_line_view *lines;
	size_t n;
	bool may_make;
};

struct view_plan_new {
	struct shell shell;
	struct form form;
	struct plan_template templates[TEMPLATES_MOST];
	size_t n_templates;
	const struct q_school *schools;
	size_t n_schools;
	bool own_only; /* the reader makes plans of a school only */
};

struct view_plan_import {
	struct shell shell;
	struct form form;
};

/* What a heading was taken for, and may be corrected to. */
struct read_column {
	struct str field; /* "col-2-4": table, column */
	struct str heading;
	enum plan_column meaning;
	size_t table; /* from 1 */
};

/* One row as it was understood, with the doubts about it. */
struct read_row {
	const struct plan_measure *m;
	struct str field; /* "skip-17": left out when it is set */
	bool is_skipped;
	struct str section; /* where it changes */
	const struct plan_remark *doubts;
	size_t n;
};

enum { READ_ROWS_SHOWN = 600 };

struct view_plan_reading {
	struct shell shell;
	struct form form; /* the draft to be made */
	struct str hash, name;
	struct plan_reading reading;
	bool is_plan; /* something of it is a plan */
	const struct read_column *columns;
	size_t n_columns;
	const struct read_row *rows; /* measures, points, clauses */
	size_t n_rows, n_all;
	const struct plan_remark *doubts; /* of no row */
	size_t n_doubts;
	const struct complaint *complaints;
	size_t n_complaints;
	const struct q_school *schools;
	size_t n_schools;
	bool own_only; /* the reader makes plans of a school only */
};

/* "дорожная карта школы" */
const char *plan_kind_title(struct str kind);
