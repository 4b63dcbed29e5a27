/*
 * lint.h - what is wrong with a plan before it is approved.
 *
 * Every rule is a row of one table: code, severity, sentence, way out,
 * function.  A rule only speaks of what it can show; each finding has its
 * places and the words it was found in.  What is said of many rows in the same
 * words is one finding with many places.
 *
 * Pure: works on a reading, straight from recognition.  A kept plan becomes a
 * reading first (lint_plan.h).
 *
 * BASIS: domain 6.9; features C15; issue "Road maps", Linter.
 */
#pragma once

#include "base/diag.h"
#include "core/plans/plan_reading.h"
#include "store/ids.h"

/* A group the plan speaks of by its name: "ШНОР" has 9 schools. */
struct lint_group {
	struct str name;
	int64_t schools;
};

/* What is known beside the plan; every list may be empty. */
struct lint_context {
	/* organisations, people, posts, offices; as text_fold() gives them */
	const struct str *directory;
	size_t n_directory;
	const struct str *schools; /* those the plan is for */
	size_t n_schools;
	const struct lint_group *groups;
	size_t n_groups;
	bool is_kept; /* not a file: what files have is not asked for */
};

struct lint_rule {
	const char *code;
	enum severity severity; /* errors hold a plan back */
	const char *sentence;   /* whole; the finding's detail stands behind */
	const char *hint;
};

struct lint_place {
	struct plan_place at;
	struct str where;  /* in words: a cell of the file, a section's row */
	struct str number; /* of the measure, or empty */
	bool is_unique;    /* no other row of the plan bears it */
	size_t row; /* of reading->measures, then of its points; NO_ROW */
	measure_id measure; /* of a kept plan */
};

enum { NO_ROW = SIZE_MAX };

struct lint_finding {
	const struct lint_rule *rule;
	struct lint_place *places; /* in the order of the plan */
	size_t n_places;           /* 0: the plan as a whole */
	struct str detail;         /* the words, or empty */
};

struct lint_findings {
	struct lint_finding *all; /* in the order of the plan */
	size_t n;
	size_t errors, warnings;
};

struct lint_findings plan_lint(struct arena *mem, const struct plan_reading *p,
    const struct lint_context *context);

/* "таблица 1, строка 5, № 1.2", "№ 1.2, № 1.4 и ещё 5", or empty. */
struct str lint_places(struct arena *mem, const struct lint_finding *f);

/* The finding as a line: places, sentence, «words», way out. */
struct str lint_line(struct arena *mem, const struct lint_finding *f);

/* "ошибка", "внимание", "заметка" */
const char *lint_severity_title(enum severity s);

/* The rules there are, for the manual and the settings page. */
const struct lint_rule *lint_rule_at(size_t i);
extern const size_t n_lint_rules;
