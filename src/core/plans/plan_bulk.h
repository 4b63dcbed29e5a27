/*
 * plan_bulk.h - one change of many rows: terms moved, other responsibles,
 * another section, rows taken out; seen before it is done, taken back whole.
 *
 *	plan_bulk_look(sc, plan, &change, &preview);   было → стало
 *	plan_bulk_do(sc, plan, &change, &n);
 *	plan_bulk_undo(sc, plan, number);
 *
 * Each row is named with the version its author saw.  All or none: one row
 * that somebody changed meanwhile is RC_CONFLICT and nothing is written.  A
 * row the change does not apply to («постоянно» has no days to move) stays as
 * it is, and the preview says why.
 *
 * The last change of a plan can be taken back while its rows are open and
 * nobody has changed them since.  A row that was deleted comes back under
 * another id; no edition ever held it.
 *
 * BASIS: features C14, J2, J3; ux 3.
 */
#pragma once

#include "core/plans/plan.h"
#include "store/q_plan_bulk.h"

enum bulk_kind {
	BULK_DAYS,      /* terms some days later, or earlier */
	BULK_NEXT_YEAR, /* the same terms of the next school year */
	BULK_RESPONSIBLE,
	BULK_SECTION,
	BULK_REMOVE,
	BULK_KIND_COUNT
};

extern const char *const bulk_kind_codes[BULK_KIND_COUNT];
extern const char *const bulk_kind_titles[BULK_KIND_COUNT];
bool bulk_kind_parse(struct str code, enum bulk_kind *ret);

struct bulk_pick {
	measure_id id;
	int64_t version;
};

struct bulk_change {
	enum bulk_kind kind;
	int32_t days; /* BULK_DAYS; not 0, at most BULK_DAYS_MOST away */
	struct str responsible;
	int64_t section;
	const struct bulk_pick *picks;
	size_t n;
};

enum { BULK_DAYS_MOST = 3660 };

struct bulk_line {
	struct bulk_pick pick;
	struct str number, title;
	struct str was, becomes;
	const char *stays; /* why the row is not changed, or NULL */
};

struct bulk_preview {
	const struct bulk_line *lines; /* in the order of the plan */
	size_t n, n_changed;
};

/* RC_INVALID with complaints in the columns days, responsible, section. */
NODISCARD enum rc plan_bulk_look(struct scope *sc, plan_id plan,
    const struct bulk_change *c, struct bulk_preview *ret);
NODISCARD enum rc plan_bulk_do(struct scope *sc, plan_id plan,
    const struct bulk_change *c, size_t *ret_changed);

/* RC_NOT_FOUND: there is none to take back. */
NODISCARD enum rc plan_bulk_last(
    struct scope *sc, plan_id plan, struct q_bulk *ret);
NODISCARD enum rc plan_bulk_undo(
    struct scope *sc, plan_id plan, int64_t number);
