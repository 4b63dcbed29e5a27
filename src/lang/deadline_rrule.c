/*
 * deadline_rrule.c - what recurs as a rule of RFC 5545.
 *
 * The windows are looked at, not the phrase: a rule is given only when it
 * yields exactly their last days, so a calendar never shows a day the plan
 * does not have.
 */
#include <stdlib.h>

#include "lang/deadline.h"

static const char *const day_codes[] = {
    "MO", "TU", "WE", "TH", "FR", "SA", "SU"};

static int
month_number(struct date d)
{
	struct civil c = date_civil(d);

	return c.year * 12 + c.month - 1;
}

static struct date
due(const struct deadline *d, size_t i)
{
	return d->windows[i].to;
}

static void
put_until(const struct deadline *d, struct buf *out)
{
	struct civil c = date_civil(due(d, d->n_windows - 1));

	buf_fmt(out, ";UNTIL=%04d%02d%02d", c.year, c.month, c.day);
}

/*
 * The same number of weeks between every two.  Two days that happen to lie 26
 * weeks apart are no rhythm anybody would recognise.
 */
static bool
put_weekly(const struct deadline *d, struct buf *out)
{
	enum { LONGEST = 8 * 7 };

	int step = due(d, 1).day - due(d, 0).day;

	if (step <= 0 || step % 7 || step > LONGEST)
		return false;
	for (size_t i = 1; i < d->n_windows; i++)
		if (due(d, i).day - due(d, i - 1).day != step)
			return false;
	buf_c(out, "FREQ=WEEKLY");
	if (step > 7)
		buf_fmt(out, ";INTERVAL=%d", step / 7);
	put_until(d, out);
	return true;
}

/* The day of the month all share, -1 when it is always the last; else 0. */
static int
common_month_day(const struct deadline *d)
{
	int day = date_civil(due(d, 0)).day;
	bool same = true;
	bool last = true;

	for (size_t i = 0; i < d->n_windows; i++) {
		same &= date_civil(due(d, i)).day == day;
		last &= date_civil(date_plus(due(d, i), 1)).day == 1;
	}
	return last ? -1 : same ? day : 0;
}

static bool
has_even_months(const struct deadline *d, int *ret_step)
{
	int step = month_number(due(d, 1)) - month_number(due(d, 0));

	for (size_t i = 1; i < d->n_windows; i++)
		if (month_number(due(d, i)) - month_number(due(d, i - 1)) !=
		    step)
			return false;
	*ret_step = step;
	return step > 0 && 12 % step == 0;
}

/* Some months of every year, each of them in every year between. */
static bool
has_named_months(const struct deadline *d, unsigned *ret_mask)
{
	unsigned mask = 0;
	size_t seen = 0;

	for (size_t i = 0; i < d->n_windows; i++)
		mask |= 1u << (date_civil(due(d, i)).month - 1);
	for (int m = month_number(due(d, 0));
	     m <= month_number(due(d, d->n_windows - 1)); m++) {
		if (!(mask >> (m % 12) & 1))
			continue;
		if (seen == d->n_windows || month_number(due(d, seen)) != m)
			return false;
		seen++;
	}
	*ret_mask = mask;
	return seen == d->n_windows;
}

static bool
put_monthly(const struct deadline *d, struct buf *out)
{
	int day = common_month_day(d);
	unsigned mask;
	int step;

	/* A rule of the 31st would pass over the short months. */
	if (day == 0)
		return false;
	if (has_even_months(d, &step)) {
		if (day > 28)
			return false;
		buf_c(out, "FREQ=MONTHLY");
		if (step > 1)
			buf_fmt(out, ";INTERVAL=%d", step);
		buf_fmt(out, ";BYMONTHDAY=%d", day);
		put_until(d, out);
		return true;
	}
	if (!has_named_months(d, &mask))
		return false;
	buf_c(out, "FREQ=MONTHLY;BYMONTH=");
	bool any = false;
	for (int m = 0; m < 12; m++)
		if (mask >> m & 1) {
			buf_fmt(out, "%s%d", any ? "," : "", m + 1);
			any = true;
		}
	buf_fmt(out, ";BYMONTHDAY=%d", day);
	put_until(d, out);
	return true;
}

static bool
is_nth(unsigned nth, struct date d)
{
	int n = (date_civil(d).day - 1) / 7;
	bool last = date_civil(date_plus(d, 7)).month != date_civil(d).month;

	return nth == 0 || nth >> n & 1 || (last && nth & RULE_LAST);
}

/* Whether the days of the rule between first and last are the windows'. */
static bool
weekdays_are_exact(const struct deadline *d)
{
	const struct deadline_rule *r = &d->rule;
	struct date first = due(d, 0);
	int monday = first.day - (date_weekday(first) - 1);
	size_t seen = 0;

	for (struct date at = first; !date_before(due(d, d->n_windows - 1), at);
	     at = date_plus(at, 1)) {
		int count = d->every.unit == UNIT_WEEK ?
				(at.day - monday) / 7 :
				month_number(at) - month_number(first);
		if (!(r->weekdays >> (date_weekday(at) - 1) & 1) ||
		    !is_nth(r->nth, at) || count % d->every.interval)
			continue;
		if (seen == d->n_windows || !date_eq(due(d, seen), at))
			return false;
		seen++;
	}
	return seen == d->n_windows;
}

static void
put_day_codes(const struct deadline_rule *r, struct buf *out)
{
	bool any = false;

	for (int day = 0; day < 7; day++)
		for (int n = 0; n < 6; n++) {
			bool last = n == 5;
			bool wanted = r->nth == 0 ?
					  n == 0 :
					  (last ? r->nth & RULE_LAST :
						  r->nth >> n & 1) != 0;
			if (!(r->weekdays >> day & 1) || !wanted)
				continue;
			buf_c(out, any ? "," : "");
			if (r->nth)
				buf_int(out, last ? -1 : n + 1);
			buf_c(out, day_codes[day]);
			any = true;
		}
}

static int
by_day(const void *a, const void *b)
{
	const struct deadline_window *x = a, *y = b;

	return (x->to.day > y->to.day) - (x->to.day < y->to.day);
}

static bool
put_weekdays(const struct deadline *d, struct buf *out)
{
	bool weekly = d->every.unit == UNIT_WEEK;

	if (d->rule.place != RULE_WEEKDAYS || d->every.unit > UNIT_MONTH ||
	    (!weekly && !d->rule.nth) || !weekdays_are_exact(d))
		return false;
	buf_c(out, weekly ? "FREQ=WEEKLY" : "FREQ=MONTHLY");
	if (d->every.interval > 1)
		buf_fmt(out, ";INTERVAL=%d", d->every.interval);
	buf_c(out, ";BYDAY=");
	put_day_codes(&d->rule, out);
	if (weekly)
		buf_c(out, ";WKST=MO");
	put_until(d, out);
	return true;
}

bool
deadline_rrule(const struct deadline *d, struct buf *out)
{
	struct deadline sorted = *d;

	if (!d->every.is_set || d->kind != DEADLINE_RECURRING ||
	    d->n_windows < 2)
		return false;
	sorted.windows =
	    arena_new(out->mem, struct deadline_window, d->n_windows);
	for (size_t i = 0; i < d->n_windows; i++)
		sorted.windows[i] = d->windows[i];
	qsort(sorted.windows, d->n_windows, sizeof *sorted.windows, by_day);
	return put_weekly(&sorted, out) || put_monthly(&sorted, out) ||
	       put_weekdays(&sorted, out);
}
