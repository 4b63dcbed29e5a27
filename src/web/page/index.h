/* index.h - what a list by the index of social conditions shows. */
#pragma once

#include "core/methods/index.h"
#include "web/page/objections.h"
#include "web/page/runs.h"

/* A school in the list: the frozen decision and its numbers. */
struct index_row {
	const struct listing_row *r;
	const struct index_line *l; /* NULL: not in the computation */
};

struct shift_view {
	struct str input;
	bool up;
	struct str enter, leave;
};

struct view_index {
	const struct view_run *list; /* head, steps, filter */
	struct index_run run;
	const struct index_row *rows;
	size_t n;
	const struct shift_view *shifts; /* for those who see every school */
	size_t n_shifts;
	bool sees_all;
};

/* One input on the card of a school. */
struct index_part {
	struct str number, title;
	struct str value; /* empty: no data */
	struct str threshold;
	bool is_factor;
	int64_t weight;
	struct str z;    /* "−1,250"; empty where deviations do not decide */
	struct str adds; /* to the index: "+0,63"; or points */
	load_id load;    /* where the value stands now; 0: nowhere */
};

struct view_index_card {
	struct shell shell;
	struct q_run run;
	enum list_state state;
	struct index_run index;
	const struct index_line *line;
	const struct index_part *parts;
	size_t n;
	struct objection_box box;
	bool may_see_loads;
	int32_t zone;
};

/* "34,5 %", "да", "12"; empty: no data. */
struct str index_value_text(struct arena *mem, const struct index_run *run,
    size_t input, const struct index_value *v);
/* "не меньше 30 %", "нет" */
struct str index_threshold_text(
    struct arena *mem, const struct index_run *run, size_t input);
