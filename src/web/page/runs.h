/* runs.h - what the lists of schools show. */
#pragma once

#include "core/methods/index.h"
#include "core/methods/listing.h"
#include "core/methods/run.h"
#include "core/methods/steps.h"
#include "store/q_room_official.h"
#include "web/filter.h"
#include "web/page/run_tabs.h"
#include "web/shell.h"
#include "web/table.h"

/* One list among others. */
struct run_line_view {
	struct q_run run;
	struct str title;
	size_t counts[METHOD_STATUS_COUNT];
	size_t n; /* schools the reader sees */
	enum list_state state;
};

struct view_runs {
	struct shell shell;
	struct list_files files;
	struct form form; /* a new list */
	const struct run_line_view *runs;
	size_t n;
	const struct library *library;
	const struct index_method *indexes;
	size_t n_indexes;
	bool may_make;
	int32_t zone;
};

/* A step of the bar above a list. */
struct step_view {
	enum list_state state;
	bool is_done, is_now;
	struct date on;
	struct str note; /* document, term */
};

struct setting_view {
	struct str name; /* of the field: "set-threshold" */
	struct str title;
	struct str value; /* typed, or as the method has it */
	struct str default_value;
	struct str reason; /* what is wrong with it */
};

struct difference_view {
	struct str name;
	struct link card;
	struct str was, becomes, why;
};

struct trial {
	bool is_asked;
	struct setting_view settings[16];
	size_t n_settings;
	bool is_done; /* computed */
	size_t listed, listed_before;
	const struct difference_view *differences;
	size_t n;
};

/* A school in our list and in the region's order. */
enum act_word {
	ACT_NEITHER,
	ACT_BOTH,
	ACT_ONLY_ORDER,
	ACT_ONLY_OURS,
};

struct act_view {
	struct q_official act; /* id 0: there is no order for this year */
	const struct q_official_entry *entries;
	size_t n;
	size_t n_different;
};

enum act_word act_word(const struct act_view *a, const struct listing_row *row);

struct view_run {
	struct shell shell;
	struct list_files files;
	struct listing list;
	struct filter filter;
	const struct listing_row *rows; /* those the filter lets through */
	size_t n;
	struct list_way way;
	struct run_tabs tabs;
	struct step_view steps[5];
	size_t n_steps;
	enum list_step open[LIST_STEP_COUNT]; /* that the reader may take now */
	size_t n_open;
	struct form form;       /* of a step */
	enum list_step refused; /* the step whose form came back */
	const struct q_official *acts;
	size_t n_acts;
	struct act_view act;
	struct trial trial;
	bool may_try;
	int32_t zone;
};

/* "Черновик → Возражения, по 28.09.2026: Ярцева П. А." */
struct str way_text(struct arena *mem, const struct q_run_step *step);

/* kind, picture and word of a decision's badge. */
const char *status_kind(enum method_status s);
const char *status_icon(enum method_status s);
const char *status_word(enum method_status s);
