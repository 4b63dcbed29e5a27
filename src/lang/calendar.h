/*
 * calendar.h - the school year as a service: terms, holidays, exam windows and
 * working days of a municipality.
 *
 * A municipality loads what its schools approved; a year nobody loaded answers
 * with defaults (deadlines.md) and says so, because a default that decides a
 * deadline must be shown to a person.
 *
 * BASIS: deadlines.md, rule 8 - quarter is of the calendar, term and half-year
 * belong to the school year, which is 1 September - 31 August.
 */
#pragma once

#include "base/date.h"
#include "base/str.h"

enum { CALENDAR_QUARTERS = 4, CALENDAR_HALVES = 2, CALENDAR_TRIMESTERS = 3 };

enum school_break {
	BREAK_AUTUMN,
	BREAK_WINTER,
	BREAK_SPRING,
	BREAK_SUMMER,
	BREAK_COUNT
};

/* Both days belong to it. */
struct day_span {
	struct date from;
	struct date to;
};

/* A procedure that has its own days: "ГИА". */
struct exam_window {
	struct str name;
	struct day_span days;
};

struct school_year {
	struct syear year;
	struct day_span quarters[CALENDAR_QUARTERS];
	struct day_span halves[CALENDAR_HALVES];
	struct day_span trimesters[CALENDAR_TRIMESTERS];
	struct day_span breaks[BREAK_COUNT];
	struct day_span teaching; /* first to last day of lessons */
	bool is_default;
};

/* Borrowed; any list may be empty. */
struct calendar {
	const struct school_year *years;
	size_t n_years;
	const struct exam_window *exams;
	size_t n_exams;
	const struct date
	    *days_off; /* beside Saturday, Sunday, public holidays */
	size_t n_days_off;
	const struct date
	    *working; /* Saturdays and the like, moved by decree */
	size_t n_working;
};

/* The loaded year, or the defaults with is_default set. calendar may be NULL. */
struct school_year calendar_year(
    const struct calendar *calendar, struct syear year);

/*
 * The days of a procedure in a school year; false when nobody knows them.
 * The state final certification has a default, 24 May - 2 July.
 */
bool calendar_exam(const struct calendar *calendar, struct str name,
    struct syear year, struct day_span *ret, bool *ret_is_default);

bool calendar_is_working(const struct calendar *calendar, struct date d);

/* The n-th working day after d. */
struct date calendar_plus_working(
    const struct calendar *calendar, struct date d, int n);

bool day_span_contains(struct day_span outer, struct day_span inner);
bool day_span_eq(struct day_span a, struct day_span b);
bool day_span_touches(struct day_span a, struct day_span b);
int32_t day_span_length(struct day_span s);
