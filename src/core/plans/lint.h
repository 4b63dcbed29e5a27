/*
 * lint.h - what is wrong with a plan before it is approved.
 *
 * Every rule is a row of one table: code, severity, sentence, way out,
 * function.  A rule only speaks of what it can show; each finding has its
 * place and the words it was found in.
 *
 * BASIS: domain 6.9; issue "Road maps", Linter.
 */
#pragma once

#include "base/diag.h"
#include "core/plans/plan_reading.h"

/* A group the plan speaks of by its name: "ШНОР" has 9 schools. */
struct lint_group {
	struct str name;
	int64_t schools;
};

/* What is known beside the plan; every list may be empty. */
struct lint_context {
	const struct str *directory; /* organisations, people, posts, groups */
	size_t n_directory;
	const struct str *schools; /* those the plan is for */
	size_t n_schools;
	const struct lint_group *groups;
	size_t n_groups;
};

struct lint_rule {
	const char *code;
	enum severity severity;
	const char *sentence; /* whole; the finding's detail stands behind it */
	const char *hint;
};

struct lint_finding {
	const struct lint_rule *rule;
	struct plan_place at;
	struct str number; /* of the measure, or empty */
	struct str detail; /* the words, or empty */
};

struct lint_findings {
	struct lint_finding *all;
	size_t n;
	size_t errors, warnings;
};

struct lint_findings plan_lint(struct arena *mem, const struct plan_reading *p,
    const struct lint_context *context);

/* The finding as a line: "таблица 1, строка 5, № 1.2: … «…». …" */
struct str lint_line(struct arena *mem, const struct lint_finding *f);

/* The rules there are, for the manual and the settings page. */
const struct lint_rule *lint_rule_at(size_t i);
extern const size_t n_lint_rules;
