/* calendar.c - terms, holidays and working days, loaded or by default. */
#include "lang/calendar.h"

static struct date
day(int year, int month, int of_month)
{
	struct date d = DATE_NONE;

	MUST(date_of(year, month, of_month, &d));
	return d;
}

static struct day_span
days(struct date from, struct date to)
{
	return (struct day_span){from, to};
}

/*
 * deadlines.md: terms end about 31 October, 31 December, 31 March, 31 May.  A
 * break is the last days before the next term begins.
 */
static struct school_year
default_year(struct syear year)
{
	int a = year.first;
	int b = a + 1;

	return (struct school_year){
	    .year = year,
	    .quarters = {days(day(a, 9, 1), day(a, 10, 31)),
		days(day(a, 11, 6), day(a, 12, 31)),
		days(day(b, 1, 9), day(b, 3, 31)),
		days(day(b, 4, 1), day(b, 5, 31))},
	    .halves = {days(day(a, 9, 1), day(a, 12, 31)),
		days(day(b, 1, 9), day(b, 5, 31))},
	    .trimesters = {days(day(a, 9, 1), day(a, 11, 30)),
		days(day(a, 12, 1), date_month_last(b, 2)),
		days(day(b, 3, 1), day(b, 5, 31))},
	    .breaks = {[BREAK_AUTUMN] = days(day(a, 10, 28), day(a, 11, 5)),
		[BREAK_WINTER] = days(day(a, 12, 31), day(b, 1, 8)),
		[BREAK_SPRING] = days(day(b, 3, 23), day(b, 3, 31)),
		[BREAK_SUMMER] = days(day(b, 6, 1), day(b, 8, 31))},
	    .teaching = days(day(a, 9, 1), day(b, 5, 31)),
	    .is_default = true,
	};
}

struct school_year
calendar_year(const struct calendar *calendar, struct syear year)
{
	for (size_t i = 0; calendar && i < calendar->n_years; i++)
		if (calendar->years[i].year.first == year.first)
			return calendar->years[i];
	return default_year(year);
}

bool
calendar_exam(const struct calendar *calendar, struct str name,
    struct syear year, struct day_span *ret, bool *ret_is_default)
{
	struct day_span whole = days(syear_from(year), syear_to(year));

	for (size_t i = 0; calendar && i < calendar->n_exams; i++) {
		const struct exam_window *e = &calendar->exams[i];
		if (str_eq(e->name, name) && day_span_touches(whole, e->days)) {
			*ret = e->days;
			*ret_is_default = false;
			return true;
		}
	}
	if (!str_eq(name, S("ГИА")))
		return false;
	*ret = days(day(year.first + 1, 5, 24), day(year.first + 1, 7, 2));
	*ret_is_default = true;
	return true;
}

/* Labour code, article 112: the days off that never move to another number. */
static bool
is_public_holiday(struct date d)
{
	struct civil c = date_civil(d);

	switch (c.month) {
	case 1:
		return c.day <= 8;
	case 2:
		return c.day == 23;
	case 3:
		return c.day == 8;
	case 5:
		return c.day == 1 || c.day == 9;
	case 6:
		return c.day == 12;
	case 11:
		return c.day == 4;
	}
	return false;
}

static bool
is_listed(const struct date *list, size_t n, struct date d)
{
	for (size_t i = 0; i < n; i++)
		if (date_eq(list[i], d))
			return true;
	return false;
}

bool
calendar_is_working(const struct calendar *calendar, struct date d)
{
	if (calendar && is_listed(calendar->working, calendar->n_working, d))
		return true;
	if (calendar && is_listed(calendar->days_off, calendar->n_days_off, d))
		return false;
	return date_weekday(d) <= 5 && !is_public_holiday(d);
}

struct date
calendar_plus_working(const struct calendar *calendar, struct date d, int n)
{
	/* A list of days off that never ends must not hang the caller. */
	for (int guard = 0; n > 0 && guard < 20000; guard++) {
		d = date_plus(d, 1);
		n -= calendar_is_working(calendar, d);
	}
	return d;
}

bool
day_span_contains(struct day_span outer, struct day_span inner)
{
	return !date_before(inner.from, outer.from) &&
	       !date_before(outer.to, inner.to);
}

bool
day_span_eq(struct day_span a, struct day_span b)
{
	return date_eq(a.from, b.from) && date_eq(a.to, b.to);
}

bool
day_span_touches(struct day_span a, struct day_span b)
{
	return !date_before(a.to, b.from) && !date_before(b.to, a.from);
}

int32_t
day_span_length(struct day_span s)
{
	return date_before(s.to, s.from) ? 0 : s.to.day - s.from.day + 1;
}
