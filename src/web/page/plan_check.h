/* plan_check.h - what the linter says of a plan; its schools and sections. */
#pragma once

#include "core/plans/lint_plan.h"
#include "web/page/plan.h"

struct view_plan_lint {
	struct shell shell;
	struct list_files files;
	struct plan plan;
	struct lint_findings found;
	struct filter filter;
	const struct lint_finding **shown;
	size_t n;
};

struct school_choice {
	const struct q_school *school;
	struct str field; /* "school-7" */
	bool is_chosen;
};

struct view_plan_schools {
	struct shell shell;
	struct plan plan;
	struct form form;
	const struct school_choice *schools;
	size_t n, n_chosen;
	struct link groups[3];
	const char *group; /* of which the choice was filled, or NULL */
};

/* One section, open for changes. */
struct section_line {
	const struct plan_part *part; /* NULL: the new one */
	const char *at; /* what the ids of its fields begin with */
	struct form form;
	int64_t after;
};

struct view_plan_sections {
	struct shell shell;
	struct plan plan;
	const struct section_line *lines;
	size_t n;
	struct section_line added;
};

/* kind and picture of a finding. */
const char *severity_kind(enum severity s);
const char *severity_icon(enum severity s);
