/*
 * year_lines.h - a school year as a person writes it down, a line a period:
 *
 *	1 четверть: 01.09.2026 – 31.10.2026
 *	осенние каникулы: с 1 по 8 ноября
 *	ЕГЭ: 24 мая – 2 июля
 *	выходной: 9 ноября, 31 декабря
 *
 * Before the colon stands a period by its usual name; any other name is an
 * exam's.  Behind it stand days in the language of deadlines; a year that is
 * not named is taken from the school year.
 *
 * BASIS: deadlines.md, rule 8; idea 21.
 */
#pragma once

#include "core/plans/school_calendar.h"

struct year_line {
	struct str name;
	struct day_span days;
};

struct year_lines {
	struct year_line *all;
	size_t n;
	struct str text;   /* the same as a person would write them */
	bool is_default;   /* nobody loaded this year: the usual days */
	struct str source; /* the order it follows from; empty: not said */
};

NODISCARD enum rc year_lines_read(
    struct scope *sc, struct syear year, struct year_lines *ret);

/*
 * As school_calendar_load().  RC_INVALID with one complaint in the column
 * "lines" that says everything that is wrong, line by line.
 */
NODISCARD enum rc year_lines_save(struct scope *sc, struct syear year,
    struct str lines, struct str source, bool check_only,
    struct school_calendar_load *ret);
