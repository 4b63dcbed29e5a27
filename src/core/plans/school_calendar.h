/*
 * school_calendar.h - terms, holidays, exam windows and working days of the
 * municipality, as its own order sets them.
 *
 * A file says them one a row: year, code, from, to, name.  Codes: quarter-1 …
 * quarter-4, half-1, half-2, trimester-1 … trimester-3, break-autumn,
 * break-winter, break-spring, break-summer, teaching, exam (with a name),
 * day-off, working-day; Russian words for them are read too («I четверть»,
 * «осенние каникулы»).  A year that is loaded replaces what was loaded for it.
 *
 * Deadlines of approved plans follow: occurrences without marks are moved, the
 * answer says how many, and those concerned are told which and why (moved.h).
 * A plan whose changes are being prepared follows when they are approved.
 *
 * BASIS: idea 21; deadlines.md, rule 8.
 */
#pragma once

#include "core/plans/file_table.h"
#include "core/scope.h"
#include "lang/calendar.h"

/* "I четверть" is quarter-1; empty: no such period. */
struct str school_period_code(struct arena *mem, struct str typed);
/* quarter-1 is «1 четверть». */
struct str school_period_title(struct str code);

/* What was loaded; years nobody loaded are left to calendar.h's defaults. */
NODISCARD enum rc school_calendar_read(struct scope *sc, struct calendar *ret);

/* Deadlines that followed. */
struct deadlines_moved {
	size_t plans, added, moved, dropped, kept;
	size_t waiting; /* plans whose changes are being prepared */
};

struct school_calendar_load {
	size_t spans, days;
	struct deadlines_moved deadlines;
};

/*
 * RC_INVALID with a complaint for each row that is wrong; then, and with
 * check_only, nothing is written.  source: the order, for the journal.
 */
NODISCARD enum rc school_calendar_load(struct scope *sc,
    const struct pages *file, struct str source, bool check_only,
    struct school_calendar_load *ret);

/*
 * Brings the occurrences of every approved plan in line with the calendar and
 * the schedules as they stand, and tells those concerned; inside the caller's
 * transaction.  cause: what was loaded, in words (moved.h).
 */
NODISCARD enum rc deadlines_follow(
    struct scope *sc, struct str cause, struct deadlines_moved *ret);
