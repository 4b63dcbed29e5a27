/* date.c - civil days and school years: the proleptic Gregorian calendar. */
#include "base/date.h"

#include <stdio.h>

enum { DAYS_TO_1970 = 719468, DAYS_IN_400_YEARS = 146097 };

static const char *const months_genitive[] = {"", "января", "февраля", "марта",
    "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября",
    "декабря"};

bool
date_is_none(struct date d)
{
	return d.day == INT32_MIN;
}

bool
moment_is_none(struct moment m)
{
	return m.second == INT64_MIN;
}

static int32_t
days_in_month(int32_t year, int32_t month)
{
	static const int8_t days[] = {
	    0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return month == 2 && leap ? 29 : days[month];
}

/* Years are counted from March, so the leap day is the last of its year. */
static struct date
day_number(int32_t year, int32_t month, int32_t day)
{
	int32_t y = month > 2 ? year : year - 1;
	int32_t era = y / 400;
	int32_t yoe = y - era * 400;
	int32_t doy =
	    (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
	int32_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;

	return (struct date){era * DAYS_IN_400_YEARS + doe - DAYS_TO_1970};
}

bool
date_of(int32_t year, int32_t month, int32_t day, struct date *ret)
{
	if (year < 1 || year > 9999 || month < 1 || month > 12)
		return false;
	if (day < 1 || day > days_in_month(year, month))
		return false;
	*ret = day_number(year, month, day);
	return true;
}

struct civil
date_civil(struct date d)
{
	int32_t z = d.day + DAYS_TO_1970;
	int32_t era =
	    (z >= 0 ? z : z - (DAYS_IN_400_YEARS - 1)) / DAYS_IN_400_YEARS;
	int32_t doe = z - era * DAYS_IN_400_YEARS;
	int32_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int32_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int32_t mp = (5 * doy + 2) / 153;
	int32_t month = mp < 10 ? mp + 3 : mp - 9;

	return (struct civil){
	    .year = yoe + era * 400 + (month <= 2),
	    .month = (int8_t)month,
	    .day = (int8_t)(doy - (153 * mp + 2) / 5 + 1),
	};
}

int
date_weekday(struct date d)
{
	int32_t w = (d.day + 3) % 7; /* 1970-01-01 was a Thursday */

	return (w < 0 ? w + 7 : w) + 1;
}

bool
date_before(struct date a, struct date b)
{
	return a.day < b.day;
}

bool
date_eq(struct date a, struct date b)
{
	return a.day == b.day;
}

struct date
date_plus(struct date d, int32_t days)
{
	return (struct date){d.day + days};
}

struct date
date_month_first(int32_t year, int32_t month)
{
	return day_number(year, month, 1);
}

struct date
date_month_last(int32_t year, int32_t month)
{
	return day_number(year, month, days_in_month(year, month));
}

/* Take up to max digits, at least one; false leaves the cursor in place. */
static bool
take_number(struct str *s, size_t min, size_t max, int32_t *ret)
{
	size_t n = 0;
	int32_t value = 0;

	while (n < s->n && n < max && s->p[n] >= '0' && s->p[n] <= '9')
		value = value * 10 + (s->p[n++] - '0');
	if (n < min)
		return false;
	*s = str_from(*s, n);
	*ret = value;
	return true;
}

static bool
take_char(struct str *s, const char *any_of)
{
	for (const char *c = any_of; *c; c++)
		if (s->n && s->p[0] == *c) {
			*s = str_from(*s, 1);
			return true;
		}
	return false;
}

bool
date_parse(struct str s, struct date *ret)
{
	int32_t y, m, d;

	return take_number(&s, 4, 4, &y) && take_char(&s, "-") &&
	       take_number(&s, 2, 2, &m) && take_char(&s, "-") &&
	       take_number(&s, 2, 2, &d) && s.n == 0 && date_of(y, m, d, ret);
}

bool
date_parse_loose(struct str s, struct date *ret)
{
	int32_t y, m, d;

	s = str_trim(s);
	if (date_parse(s, ret))
		return true;

	struct str at = s;
	if (take_number(&at, 4, 4, &y) && take_char(&at, "./") &&
	    take_number(&at, 1, 2, &m) && take_char(&at, "./") &&
	    take_number(&at, 1, 2, &d) && at.n == 0)
		return date_of(y, m, d, ret);

	if (!take_number(&s, 1, 2, &d) || !take_char(&s, "./") ||
	    !take_number(&s, 1, 2, &m) || !take_char(&s, "./"))
		return false;

	size_t before = s.n;
	if (!take_number(&s, 2, 4, &y) || s.n != 0)
		return false;
	if (before == 2)
		y += 2000;
	else if (before != 4)
		return false;
	return date_of(y, m, d, ret);
}

const char *
date_iso(struct date d, char out[DATE_TEXT])
{
	if (date_is_none(d)) {
		out[0] = '\0';
		return out;
	}
	struct civil c = date_civil(d);
	(void)snprintf(out, DATE_TEXT, "%04d-%02d-%02d", c.year % 10000,
	    (unsigned char)c.month % 100, (unsigned char)c.day % 100);
	return out;
}

struct str
date_iso_str(struct arena *mem, struct date d)
{
	char text[DATE_TEXT];

	return arena_str(mem, str_of(date_iso(d, text)));
}

struct str
date_ru(struct arena *mem, struct date d)
{
	if (date_is_none(d))
		return S("");

	struct civil c = date_civil(d);
	return arena_fmt(mem, "%02d.%02d.%04d", c.day, c.month, c.year);
}

struct str
date_ru_long(struct arena *mem, struct date d)
{
	if (date_is_none(d))
		return S("");

	struct civil c = date_civil(d);
	return arena_fmt(
	    mem, "%d %s %d г.", c.day, months_genitive[c.month], c.year);
}

bool
moment_parse(struct str s, struct moment *ret)
{
	int32_t h, m, sec;
	struct date d;

	if (!date_parse(str_cut(s, 0, 10), &d))
		return false;
	s = str_from(s, 10);
	if (!take_char(&s, "T ") || !take_number(&s, 2, 2, &h) ||
	    !take_char(&s, ":") || !take_number(&s, 2, 2, &m) ||
	    !take_char(&s, ":") || !take_number(&s, 2, 2, &sec) ||
	    !take_char(&s, "Z") || s.n != 0)
		return false;
	if (h > 23 || m > 59 || sec > 59)
		return false;
	ret->second = (int64_t)d.day * 86400 + h * 3600 + m * 60 + sec;
	return true;
}

static int64_t
floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

const char *
moment_iso(struct moment m, char out[MOMENT_TEXT])
{
	char day[DATE_TEXT];

	if (moment_is_none(m)) {
		out[0] = '\0';
		return out;
	}
	int64_t d = floor_div(m.second, 86400);
	int s = (int)(m.second - d * 86400);
	(void)snprintf(out, MOMENT_TEXT, "%sT%02d:%02d:%02dZ",
	    date_iso((struct date){(int32_t)d}, day), s / 3600, s / 60 % 60,
	    s % 60);
	return out;
}

struct date
moment_date(struct moment m, int32_t zone_minutes)
{
	if (moment_is_none(m))
		return DATE_NONE;
	return (struct date){
	    (int32_t)floor_div(m.second + zone_minutes * 60, 86400)};
}

struct moment
moment_of_day(struct date d, int32_t zone_minutes)
{
	return (struct moment){(int64_t)d.day * 86400 - zone_minutes * 60};
}

struct str
moment_ru(struct arena *mem, struct moment m, int32_t zone_minutes)
{
	if (moment_is_none(m))
		return S("");

	struct date d = moment_date(m, zone_minutes);
	struct civil c = date_civil(d);
	int s = (int)(m.second + zone_minutes * 60 - (int64_t)d.day * 86400);
	return arena_fmt(mem, "%02d.%02d.%04d, %02d:%02d", c.day, c.month,
	    c.year, s / 3600, s / 60 % 60);
}

struct syear
syear_of(struct date d)
{
	struct civil c = date_civil(d);

	return (struct syear){c.month >= 9 ? c.year : c.year - 1};
}

struct syear
syear_plus(struct syear y, int32_t years)
{
	return (struct syear){y.first + years};
}

struct date
syear_from(struct syear y)
{
	return day_number(y.first, 9, 1);
}

struct date
syear_to(struct syear y)
{
	return day_number(y.first + 1, 8, 31);
}

bool
syear_parse(struct str s, struct syear *ret)
{
	int32_t first, second;

	s = str_trim(s);
	if (!take_number(&s, 4, 4, &first) || first < 1990 || first > 2200)
		return false;
	if (str_starts(s, S("–")))
		s = str_from(s, sizeof "–" - 1);
	else if (!take_char(&s, "/-"))
		return false;

	size_t digits = s.n;
	if (!take_number(&s, 2, 4, &second) || s.n != 0)
		return false;
	if (digits == 4 ? second != first + 1 : second != (first + 1) % 100)
		return false;
	ret->first = first;
	return true;
}

const char *
syear_text(struct syear y, char out[SYEAR_TEXT])
{
	out[0] = '\0';
	if (y.first)
		(void)snprintf(out, SYEAR_TEXT, "%04d/%04d", y.first % 10000,
		    (y.first + 1) % 10000);
	return out;
}

struct str
syear_ru(struct arena *mem, struct syear y)
{
	return arena_fmt(mem, "%04d/%02d", y.first, (y.first + 1) % 100);
}
