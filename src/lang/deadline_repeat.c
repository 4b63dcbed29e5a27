/* deadline_repeat.c - the occurrences of a rule inside a period. */
#include "base/utf8.h"
#include "lang/deadline_syntax.h"

enum { MAX_SLOTS = 4000, EDGE_DAYS = 10 };

struct slots {
	struct resolver *rs;
	struct day_span bounds;
	const struct deadline_every *every;
	const struct deadline_rule *rule;
	VEC(struct day_span) all; /* stretches of the unit, in order */
};

static struct date
later(struct date a, struct date b)
{
	return date_before(a, b) ? b : a;
}

static struct date
earlier(struct date a, struct date b)
{
	return date_before(b, a) ? b : a;
}

static void
put_slot(struct slots *s, struct date from, struct date to)
{
	if (s->all.n < MAX_SLOTS)
		*vec_push(s->rs->mem, &s->all) = (struct day_span){from, to};
}

static void
put_months(struct slots *s, int step)
{
	struct civil from = date_civil(s->bounds.from);
	struct civil to = date_civil(s->bounds.to);
	int first = (from.year * 12 + from.month - 1) / step * step - step;
	int last = to.year * 12 + to.month - 1;

	for (int m = first; m <= last; m += step) {
		int end = m + step - 1;
		put_slot(s, date_month_first(m / 12, m % 12 + 1),
		    date_month_last(end / 12, end % 12 + 1));
	}
}

static void
put_school(struct slots *s, enum deadline_unit unit)
{
	int first = syear_of(s->bounds.from).first - 1;
	int last = syear_of(s->bounds.to).first;

	for (int key = first; key <= last; key++) {
		struct school_year y = calendar_year(
		    s->rs->context->calendar, (struct syear){key});
		const struct day_span *spans =
		    unit == UNIT_HALF_YEAR ? y.halves :
		    unit == UNIT_TRIMESTER ? y.trimesters :
					     y.quarters;
		int n = unit == UNIT_HALF_YEAR ? CALENDAR_HALVES :
			unit == UNIT_TRIMESTER ? CALENDAR_TRIMESTERS :
						 CALENDAR_QUARTERS;
		for (int i = 0; i < n; i++)
			put_slot(s, spans[i].from, spans[i].to);
		if (y.is_default)
			assume(s->rs->mem, s->rs->r,
			    N_("Даты частей учебного года взяты по умолчанию: "
			       "учебный график не загружен."));
	}
}

static void
put_years(struct slots *s)
{
	struct day_span p = s->rs->period;

	if (!period_is_school_years(p)) {
		put_months(s, 12);
		return;
	}
	for (int key = syear_of(date_plus(p.from, 31)).first;
	     key <= syear_of(p.to).first; key++) {
		struct syear sy = {key};
		struct day_span year = {syear_from(sy), syear_to(sy)};
		if (s->rule->place != RULE_WHOLE) /* till lessons end */
			year = calendar_year(s->rs->context->calendar, sy)
				   .teaching;
		else if (date_before(p.from, year.from) &&
			 day_span_length(p) < 400)
			year.from = p.from; /* a plan from August on */
		put_slot(s, year.from, year.to);
	}
}

static void
put_units(struct slots *s)
{
	switch (s->every->unit) {
	case UNIT_DAY: /* every day is a working day, every tenth need not be */
		for (struct date d = s->bounds.from;
		     !date_before(s->bounds.to, d); d = date_plus(d, 1))
			if (s->every->interval > 1 ||
			    calendar_is_working(s->rs->context->calendar, d))
				put_slot(s, d, d);
		return;
	case UNIT_WEEK:
		for (struct date d = date_plus(
			 s->bounds.from, 1 - date_weekday(s->bounds.from));
		     !date_before(s->bounds.to, d); d = date_plus(d, 7))
			put_slot(s, d, date_plus(d, 6));
		return;
	case UNIT_MONTH:
		put_months(s, 1);
		return;
	case UNIT_QUARTER:
		put_months(s, 3);
		return;
	case UNIT_YEAR:
		put_years(s);
		return;
	case UNIT_HALF_YEAR:
	case UNIT_SCHOOL_QUARTER:
	case UNIT_TRIMESTER:
		put_school(s, s->every->unit);
		return;
	case UNIT_COUNT:
		break;
	}
	UNREACHABLE();
}

/* A stretch of which less than half lies in the period is not of the plan. */
static bool
is_mostly_inside(struct day_span slot, struct day_span bounds)
{
	struct day_span in = {
	    later(slot.from, bounds.from), earlier(slot.to, bounds.to)};

	return 2 * day_span_length(in) >= day_span_length(slot);
}

static bool
month_is_out(const struct deadline_rule *rule, struct date d)
{
	return rule->months_out >> (date_civil(d).month - 1) & 1;
}

static void
put_occurrence(struct slots *s, struct date from, struct date to)
{
	if (!month_is_out(s->rule, to))
		put_window(s->rs, from, to, S(""));
}

static void
put_inside(struct slots *s, struct date from, struct date to)
{
	struct day_span w = {from, to};

	if (date_is_none(from))
		w.from = to;
	if (day_span_contains(s->bounds, w))
		put_occurrence(s, from, to);
}

/* Of a month; a day past its end is its last. */
static struct date
day_of_month(struct date month, int months_after, int day)
{
	struct civil c = date_civil(month);
	int m = c.year * 12 + c.month - 1 + months_after;
	struct date d;

	if (!date_of(m / 12, m % 12 + 1, day, &d))
		d = date_month_last(m / 12, m % 12 + 1);
	return d;
}

/* "2 раза в год" of a school-year plan is once a half-year. */
static bool
split_school_year(struct slots *s, struct day_span year, int count)
{
	if (s->every->unit != UNIT_YEAR || s->every->interval != 1 ||
	    !period_is_school_years(s->rs->period) ||
	    (count != 2 && count != 3 && count != 4))
		return false;
	struct slots parts = *s;
	parts.all.n = parts.all.cap = 0;
	parts.all.p = NULL;
	put_school(&parts, count == 2 ? UNIT_HALF_YEAR :
			   count == 3 ? UNIT_TRIMESTER :
					UNIT_SCHOOL_QUARTER);
	for (size_t i = 0; i < parts.all.n; i++)
		if (is_mostly_inside(parts.all.p[i], s->bounds) &&
		    is_mostly_inside(parts.all.p[i], year))
			put_occurrence(
			    s, parts.all.p[i].from, parts.all.p[i].to);
	return true;
}

static int
months_in(struct day_span w)
{
	struct civil a = date_civil(w.from), b = date_civil(w.to);

	if (a.day != 1 || date_plus(w.to, 1).day == w.to.day ||
	    date_civil(date_plus(w.to, 1)).day != 1)
		return 0;
	return (b.year - a.year) * 12 + b.month - a.month + 1;
}

/* Equal parts: by whole months where they divide, else by days. */
static void
put_split(struct slots *s, struct day_span w, int count)
{
	int months = months_in(w);
	int days = day_span_length(w);
	struct date from = w.from;

	if (count > days)
		count = days;
	for (int i = 1; i <= count; i++) {
		struct date to =
		    months && months % count == 0 ?
			date_plus(
			    day_of_month(w.from, months / count * i, 1), -1) :
			date_plus(w.from, (int)((int64_t)days * i / count) - 1);
		put_occurrence(s, from, i == count ? w.to : to);
		from = date_plus(to, 1);
	}
}

static void
put_whole(struct slots *s, struct day_span w)
{
	w.from = later(w.from, s->bounds.from);
	w.to = earlier(w.to, s->bounds.to);
	if (s->every->count == 1) {
		put_occurrence(s, w.from, w.to);
		return;
	}
	if (!split_school_year(s, w, s->every->count))
		put_split(s, w, s->every->count);
	assume(s->rs->mem, s->rs->r,
	    N_("Дни не названы: срок поделён на %d %s."), s->every->count,
	    plural_ru(s->every->count, N_("равную часть"), N_("равные части"),
		N_("равных частей")));
}

static struct date
nth_weekday(struct day_span month, int weekday, int n)
{
	return date_plus(
	    month.from, (weekday - date_weekday(month.from) + 7) % 7 + 7 * n);
}

static void
put_weekdays(struct slots *s, struct day_span w)
{
	for (int day = 1; day <= 7; day++) {
		if (!(s->rule->weekdays >> (day - 1) & 1))
			continue;
		if (s->every->unit == UNIT_WEEK) {
			struct date d = date_plus(w.from, day - 1);
			put_inside(s, d, d);
			continue;
		}
		for (int n = 0; n < 5; n++) {
			struct date d = nth_weekday(w, day, n);
			bool last = date_before(w.to, date_plus(d, 7));
			bool wanted = s->rule->nth >> n & 1;
			wanted |= last && s->rule->nth & RULE_LAST;
			wanted |= s->rule->nth == 0;
			if (wanted && !date_before(w.to, d))
				put_inside(s, d, d);
		}
	}
}

static void
put_middle(struct slots *s, struct day_span w)
{
	int third = day_span_length(w) / 3;

	put_inside(s, date_plus(w.from, third), date_plus(w.to, -third));
}

/* Days of a month counted from the one the unit ends in. */
static void
put_month_days(struct slots *s, struct date last)
{
	const struct deadline_rule *rule = s->rule;
	bool by = rule->place == RULE_BY_DAY;
	int after = rule->months_after;

	if (!rule->days) {
		struct date from = day_of_month(last, after, rule->day_from);
		put_inside(s, by ? DATE_NONE : from,
		    day_of_month(last, after, rule->day_to));
		return;
	}
	for (int day = 1; day <= 31; day++) {
		struct date d = day_of_month(last, after, day);
		if (rule->days >> (day - 1) & 1)
			put_inside(s, by ? DATE_NONE : d, d);
	}
}

/* One stretch of the unit (or several joined by the interval). */
static void
put_placed(struct slots *s, struct day_span w)
{
	const struct deadline_rule *rule = s->rule;
	int edge = day_span_length(w) > EDGE_DAYS ? EDGE_DAYS : 1;
	struct date d;

	switch (rule->place) {
	case RULE_WHOLE:
		put_whole(s, w);
		return;
	case RULE_BY_DAY:
	case RULE_DAYS:
		put_month_days(s, w.to);
		return;
	case RULE_WEEKDAYS:
		put_weekdays(s, w);
		return;
	case RULE_BEGINNING:
		put_inside(s, w.from, date_plus(w.from, edge - 1));
		return;
	case RULE_MIDDLE:
		put_middle(s, w);
		return;
	case RULE_END:
		put_inside(s, date_plus(w.to, 1 - edge), w.to);
		return;
	case RULE_UNTIL_END:
		put_inside(s, DATE_NONE, w.to);
		return;
	case RULE_AFTER:
		d = date_plus(w.to, 1);
		put_inside(s, d,
		    date_month_last(date_civil(d).year, date_civil(d).month));
		return;
	case RULE_WORKDAY:
		d = working_day_of(s->rs->context->calendar, w, rule->workday);
		put_inside(s, rule->by_workday ? DATE_NONE : d, d);
		return;
	case RULE_LAST_DAY:
		put_inside(s, w.to, w.to);
		return;
	case RULE_YEARLY:
		return; /* has no unit: put_yearly */
	}
	UNREACHABLE();
}

static void
put_slots(struct slots *s)
{
	bool whole = s->rule->place == RULE_WHOLE;
	size_t step = (size_t)s->every->interval;
	size_t n = 0;

	put_units(s);
	for (size_t i = 0; i < s->all.n; i++)
		if (!whole || is_mostly_inside(s->all.p[i], s->bounds))
			s->all.p[n++] = s->all.p[i];
	/* Counting "every second" begins with the first one of the period. */
	size_t first = 0;
	while (!whole && step > 1 && first < n &&
	       date_before(s->all.p[first].to, s->bounds.from))
		first++;
	for (size_t i = first; i < n; i += step) {
		struct day_span w = s->all.p[i];
		if (whole)
			w.to = s->all.p[i + step - 1 < n ? i + step - 1 : n - 1]
				   .to;
		put_placed(s, w);
	}
}

static struct date
yearly_date(int year, int month, int day)
{
	return day ? day_of_month(date_month_first(year, month), 0, day) :
		     date_month_last(year, month);
}

static void
put_beginning_inside(struct slots *s, struct date from, struct date to)
{
	if (day_span_contains(s->bounds, (struct day_span){from, from}))
		put_occurrence(s, from, to);
}

/* crossing: what begins in the period may leave it, «декабрь-январь». */
static void
put_yearly(struct slots *s, bool crossing)
{
	int first = date_civil(s->bounds.from).year - 1;
	int last = date_civil(s->bounds.to).year;
	int years = s->every->unit == UNIT_YEAR ? s->every->interval : 1;
	int begun = 0;

	for (int year = first; year <= last; year++) {
		size_t before = s->rs->windows.n;
		for (size_t i = 0; i < s->rule->n_yearly; i++) {
			const struct yearly_span *y = &s->rule->yearly[i];
			struct date from =
			    yearly_date(year, y->from_month, y->from_day);
			struct date to =
			    yearly_date(year, y->to_month, y->to_day);
			if (date_before(to, from))
				to = yearly_date(
				    year + 1, y->to_month, y->to_day);
			if (begun && (year - begun) % years)
				continue;
			if (crossing && !y->by)
				put_beginning_inside(s, from, to);
			else
				put_inside(s, y->by ? DATE_NONE : from, to);
		}
		if (!begun && s->rs->windows.n > before)
			begun = year;
	}
}

void
resolve_rule(struct resolver *rs, struct deadline *d)
{
	struct slots s = {.rs = rs,
	    .bounds = rs->period,
	    .every = &d->every,
	    .rule = &d->rule};

	if (date_is_none(rs->period.from))
		return;
	if (!date_is_none(d->rule.within.from))
		s.bounds.from = later(s.bounds.from, d->rule.within.from);
	if (!date_is_none(d->rule.within.to))
		s.bounds.to = earlier(s.bounds.to, d->rule.within.to);
	if (date_before(s.bounds.to, s.bounds.from))
		return;
	if (d->rule.place == RULE_YEARLY)
		put_yearly(&s, false);
	else
		put_slots(&s);
	if (d->rule.place == RULE_YEARLY && !rs->windows.n)
		put_yearly(&s, true);
}
