/* objections.h - what the pages of objections show. */
#pragma once

#include "core/methods/objections.h"
#include "core/methods/steps.h"
#include "web/filter.h"
#include "web/page/run_tabs.h"
#include "web/shell.h"
#include "web/table.h"

struct objection_line {
	struct q_objection o;
	struct str about;
	struct str list; /* title of the list it is against */
};

struct view_objections {
	struct shell shell;
	struct list_files files;
	struct filter filter;
	const struct objection_line *lines; /* those the filter lets through */
	size_t n, n_all;
	struct q_run run; /* id 0: of every list */
	struct run_tabs tabs;
	struct date term; /* of the one list */
	int32_t zone;
};

/* A load that may have put the disputed number right. */
struct mending_load {
	load_id id;
	struct str title;
};

struct view_objection {
	struct shell shell;
	struct objection_line line;
	struct str now; /* the disputed number as it stands in the database */
	struct link now_load; /* where it came from, for those who may see it */
	const struct mending_load *loads;
	size_t n_loads;
	struct form form;
	bool may_answer, may_withdraw, is_open;
	bool may_see_loads;
	int32_t zone;
};

/* What a school may say on the card of its decision. */
struct disputed {
	struct str value; /* of the choice: "oge-math/2025" */
	struct str title;
};

struct objection_box {
	run_id run;
	school_id school;
	bool is_shown;
	bool may_file;
	struct str why_not; /* a sentence, when it is not the time */
	struct date term;
	struct form form;
	const struct disputed *choices;
	size_t n_choices;
	const struct objection_line *filed; /* of this school and list */
	size_t n_filed;
	int32_t zone;
};

/* choices stay the caller's. */
NODISCARD enum rc objection_box_fill(struct visit *v, const struct q_run *run,
    const struct disputed *choices, size_t n, struct objection_box *ret);

/* kind and picture of an objection's state. */
const char *objection_kind(struct str state);
const char *objection_icon(struct str state);
