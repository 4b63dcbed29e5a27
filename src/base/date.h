/*
 * date.h - civil days and school years.
 *
 * A date is a number of days since 1970-01-01, so arithmetic is subtraction;
 * it has no time and no zone.  A moment is seconds since 1970-01-01 UTC and
 * is used only for "who did what when".
 *
 * A school year begins on 1 September and is named by both calendar years,
 * "2022/2023"; we keep the first.
 *
 * Nothing here asks what day it is: today is always an argument.
 */
#pragma once

#include "base/arena.h"
#include "base/str.h"

struct date {
	int32_t day;
};

struct civil {
	int32_t year;
	int8_t month; /* 1..12 */
	int8_t day;   /* 1..31 */
};

struct moment {
	int64_t second;
};

struct syear {
	int32_t first; /* 2022 for 2022/2023; 0 is "no year" */
};

#define DATE_NONE   ((struct date){INT32_MIN})
#define MOMENT_NONE ((struct moment){INT64_MIN})

bool date_is_none(struct date d);
bool moment_is_none(struct moment m);

/* False when there is no such day (30 February). */
bool date_of(int32_t year, int32_t month, int32_t day, struct date *ret);
struct civil date_civil(struct date d);
int date_weekday(struct date d); /* 1 Monday … 7 Sunday */
bool date_before(struct date a, struct date b);
bool date_eq(struct date a, struct date b);
struct date date_plus(struct date d, int32_t days);
struct date date_month_first(int32_t year, int32_t month);
struct date date_month_last(int32_t year, int32_t month);

/* "2026-11-24", exactly. */
bool date_parse(struct str s, struct date *ret);

/* Also "24.11.2026", "24.11.26" and with / for the dots. */
bool date_parse_loose(struct str s, struct date *ret);

enum { DATE_TEXT = 16, MOMENT_TEXT = 32, SYEAR_TEXT = 16 };

/* ISO, into a caller's array; returns it. Empty for DATE_NONE. */
const char *date_iso(struct date d, char out[DATE_TEXT]);
struct str date_iso_str(struct arena *mem, struct date d);
struct str date_ru(struct arena *mem, struct date d); /* 05.03.2026 */
struct str date_ru_long(struct arena *mem, struct date d); /* 5 марта 2026 г. */

/* "2026-11-24T05:21:32Z" */
bool moment_parse(struct str s, struct moment *ret);
const char *moment_iso(struct moment m, char out[MOMENT_TEXT]);
struct str moment_ru(struct arena *mem, struct moment m, int32_t zone_minutes);
struct date moment_date(struct moment m, int32_t zone_minutes);
/* When the day begins there: its midnight. */
struct moment moment_of_day(struct date d, int32_t zone_minutes);

struct syear syear_of(struct date d);
struct syear syear_plus(struct syear y, int32_t years);
struct date syear_from(struct syear y); /* 1 September */
struct date syear_to(struct syear y);   /* 31 August */

/* "2022/2023", "2022/23", "2022-2023", "2022–2023"; the years must follow. */
bool syear_parse(struct str s, struct syear *ret);
const char *syear_text(struct syear y, char out[SYEAR_TEXT]); /* 2022/2023 */
struct str syear_ru(struct arena *mem, struct syear y);       /* 2022/23 */
