/*
 * lint_parts.h - the linter's rules between themselves.
 */
#pragma once

#include "base/map.h"
#include "core/plans/lint.h"

struct linter {
	struct arena *mem;
	const struct plan_reading *plan;
	const struct lint_context *context;
	const struct lint_rule *rule; /* the one at work */
	struct map numbers;           /* how many rows bear each */
	VEC(struct lint_finding) found;
};

/* A finding of the rule at work: of the plan, of a place, of a row. */
void found_whole(struct linter *l, struct str detail);
void found_at(struct linter *l, struct plan_place at, struct str detail);
void found_in(
    struct linter *l, const struct plan_measure *m, struct str detail);

/* A place in words: of the file, or of the kept plan. */
struct str where_is(const struct linter *l, struct plan_place at);

/* Measures and control points, one after another. */
size_t lint_rows(const struct linter *l);
const struct plan_measure *lint_row(const struct linter *l, size_t i);
bool is_point(const struct linter *l, const struct plan_measure *m);

/* Does the table of this row have a column of that meaning? */
bool table_has(
    const struct linter *l, const struct plan_measure *m, enum plan_column c);

/* The first words of a title, for a finding. */
struct str title_of(const struct linter *l, const struct plan_measure *m);

struct day_span period_of(const struct linter *l, const struct plan_measure *m);

/* A word of the folded text begins so. */
bool has_word(struct str folded, const char *beginning);

static inline bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* ---- every text of the plan, one after another ---- */

struct lint_texts {
	const struct linter *l;
	size_t at;
	int field;
	struct str text;
	struct plan_place place;
	const struct plan_measure *row; /* NULL: a heading, or what was left */
};

bool next_text(struct lint_texts *t);
void found_text(struct linter *l, const struct lint_texts *t, struct str words);

/* ---- the rules ---- */

#define ROW(name, ...)                                                         \
	void lint_##name(struct linter *l, const struct plan_measure *m);
#define PLAN(name, ...) void lint_##name(struct linter *l);
#include "core/plans/lint_rules.def"
#undef ROW
#undef PLAN
