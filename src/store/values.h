/*
 * values.h - days and moments as the database keeps them: ISO text, NULL for
 * none.  For generated code.
 */
#pragma once

#include "base/date.h"
#include "store/db.h"

static inline struct dbval
out_date(struct date d, char text[DATE_TEXT])
{
	return (struct dbval){
	    DB_TEXT, date_is_none(d), 0, str_of(date_iso(d, text))};
}

static inline struct dbval
out_moment(struct moment m, char text[MOMENT_TEXT])
{
	return (struct dbval){
	    DB_TEXT, moment_is_none(m), 0, str_of(moment_iso(m, text))};
}

static inline struct date
in_date(struct rows *rows, int column)
{
	struct date d = DATE_NONE;

	(void)date_parse(rows_text(rows, column), &d);
	return d;
}

static inline struct moment
in_moment(struct rows *rows, int column)
{
	struct moment m = MOMENT_NONE;

	(void)moment_parse(rows_text(rows, column), &m);
	return m;
}
