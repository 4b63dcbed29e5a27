/* deadline.c - a phrase to a deadline: read, give years, decide the kind. */
#include "lang/deadline.h"

#include <string.h>

#include "base/utf8.h"
#include "lang/deadline_syntax.h"

const char *const deadline_kind_codes[DEADLINE_KIND_COUNT] = {
    [DEADLINE_BY] = "by",
    [DEADLINE_DATES] = "dates",
    [DEADLINE_RECURRING] = "recurring",
    [DEADLINE_THROUGHOUT] = "throughout",
    [DEADLINE_EXTERNAL] = "external",
    [DEADLINE_ON_REQUEST] = "on_request",
    [DEADLINE_NONE] = "none",
    [DEADLINE_UNKNOWN] = "unknown",
};

const char *const deadline_unit_codes[UNIT_COUNT] = {
    [UNIT_DAY] = "day",
    [UNIT_WEEK] = "week",
    [UNIT_MONTH] = "month",
    [UNIT_QUARTER] = "quarter",
    [UNIT_HALF_YEAR] = "half-year",
    [UNIT_YEAR] = "year",
    [UNIT_SCHOOL_QUARTER] = "school-quarter",
    [UNIT_TRIMESTER] = "trimester",
};

/* ---- dates beside a recurrence -------------------------------------------- */

/* «первая неделя», «вторая среда»: on other days in another year */
static bool
moves_with_weekdays(const struct piece *p)
{
	return p->part == PART_WEEKDAY || p->part == PART_WORKDAY ||
	       (p->part == PART_WEEK && p->part_n != -1);
}

static bool
is_month_or_day(const struct piece *p)
{
	return (p->area == AREA_DAY || p->area == AREA_MONTH) &&
	       !moves_with_weekdays(p);
}

/* Of a year, and in every year much the same: "IV квартал", "конец года". */
static bool
is_part_of_year(const struct piece *p, bool after)
{
	switch (p->area) {
	case AREA_QUARTER:
	case AREA_TERM:
	case AREA_TRIMESTER:
	case AREA_HALF:
	case AREA_SEASON:
	case AREA_BREAK:
		return p->number > 0;
	case AREA_YEAR:
	case AREA_TEACHING:
		return p->part != PART_WHOLE || after;
	case AREA_EXAM:
		return true;
	default:
		return is_month_or_day(p);
	}
}

/* In a year that has the day; terms as in the plan's first school year. */
static bool
span_in_some_year(
    struct resolver *rs, const struct piece *p, struct day_span *ret)
{
	enum { LEAP = 2024, PLAIN = 2023 };

	struct piece settled = *p;
	int key = PLAIN;

	settle_words(rs, &settled);
	if (!is_month_or_day(p) && !date_is_none(rs->period.from))
		key = syear_of(rs->period.from).first;
	return piece_span(rs, &settled, key, ret) ||
	       piece_span(rs, &settled, LEAP, ret);
}

/* The same days of every year, or false when the item is no such thing. */
static bool
yearly_of(struct resolver *rs, const struct item *it, struct yearly_span *ret)
{
	struct day_span from, to;

	bool by = it->mode == MODE_BY || it->mode == MODE_TOWARDS;
	bool after = it->mode == MODE_AFTER;
	bool plain = is_month_or_day(&it->from) && is_month_or_day(&it->to);
	if (!is_part_of_year(&it->from, after) ||
	    !is_part_of_year(&it->to, after) || it->mode == MODE_SINCE ||
	    it->mode == MODE_PAST || it->ahead.n ||
	    (by && !plain && it->to.part != PART_END &&
		it->to.part != PART_BEGINNING))
		return false;
	if (!span_in_some_year(rs, &it->from, &from) ||
	    !span_in_some_year(rs, &it->to, &to))
		return false;
	if (by && !plain && it->to.part == PART_BEGINNING)
		to.to = date_plus(to.from, -1);
	if (after) { /* the month after it */
		struct civil c = date_civil(date_plus(to.to, 1));
		from.from = date_plus(to.to, 1);
		to.to = date_month_last(c.year, c.month);
	}
	struct civil a = date_civil(from.from), b = date_civil(to.to);
	bool ends = date_civil(date_plus(to.to, 1)).day == 1;
	bool whole = ends && it->to.area != AREA_DAY;
	*ret = (struct yearly_span){
	    a.month, a.day, b.month, whole ? 0 : b.day, by};
	if (!ret->by)
		return true;
	/* "ежегодно до февраля": the day before it begins */
	if (it->to.area == AREA_MONTH && it->to.part == PART_WHOLE &&
	    !it->inclusive) {
		ret->to_month = b.month == 1 ? 12 : b.month - 1;
		ret->to_day = 0;
	}
	ret->from_month = ret->to_month;
	ret->from_day = ret->to_day;
	return true;
}

static unsigned
months_of(const struct item *it)
{
	unsigned mask = 0;

	if (it->mode != MODE_IN || it->from.part != PART_WHOLE)
		return 0;
	if (it->from.area == AREA_SEASON && it->from.number == 3)
		return 07 << 5;
	if (it->from.area == AREA_BREAK && it->from.number == BREAK_SUMMER + 1)
		return 07 << 5;
	if (it->from.area != AREA_MONTH || it->to.area != AREA_MONTH)
		return 0;
	for (int m = it->from.month;; m = m % 12 + 1) {
		mask |= 1u << (m - 1);
		if (m == it->to.month)
			return mask;
	}
}

static bool
has_year(const struct item *it)
{
	return it->from.year || it->to.year || it->from.syear.first ||
	       it->to.syear.first;
}

/* A bound that is the period's own says nothing. */
static void
clip_bounds(struct resolver *rs)
{
	struct day_span *within = &rs->r->rule.within;

	if (!date_before(rs->period.from, within->from))
		within->from = DATE_NONE;
	if (!date_before(within->to, rs->period.to))
		within->to = DATE_NONE;
}

/*
 * Dates beside a recurrence either say where in each year it falls ("ежегодно
 * в мае") or between which days ("2022-2024 годы").  These go first in all.
 */
static size_t
part_bounds(struct resolver *rs, bool fine, struct item *all, size_t n)
{
	struct yearly_span one;
	size_t bounds = 0;
	bool dated = false; /* "октябрь, ноябрь 2023 г.": both of that year */

	for (size_t i = 0; i < n && fine; i++)
		dated |= months_of(&all[i]) && has_year(&all[i]);
	for (size_t i = 0; i < n; i++) {
		struct item it = all[i];
		bool inside =
		    fine ? !dated && months_of(&it) : yearly_of(rs, &it, &one);
		if (inside)
			continue;
		for (size_t k = i; k > bounds; k--)
			all[k] = all[k - 1];
		all[bounds++] = it;
	}
	return bounds;
}

/* Months without a year bound what happens every month or oftener. */
static void
bound_by_months(struct reading *r, const struct item *all, size_t n)
{
	unsigned mask = 0;

	for (size_t i = 0; i < n; i++)
		mask |= months_of(&all[i]);
	if (n)
		r->rule.months_out |= ~mask & 0xFFF;
}

static bool
same_yearly(const struct yearly_span *a, const struct yearly_span *b)
{
	return a->from_month == b->from_month && a->from_day == b->from_day &&
	       a->to_month == b->to_month && a->to_day == b->to_day &&
	       a->by == b->by;
}

static bool
add_yearly(struct resolver *rs, const struct item *it)
{
	struct deadline_rule *rule = &rs->r->rule;
	struct yearly_span one;

	(void)yearly_of(rs, it, &one);
	for (size_t k = 0; k < rule->n_yearly; k++)
		if (same_yearly(&rule->yearly[k], &one))
			return true;
	if (rule->n_yearly == DEADLINE_MAX_YEARLY)
		return false;
	rule->yearly[rule->n_yearly++] = one;
	return true;
}

/* False when there are too many, or a place was said already. */
static bool
make_yearly(struct resolver *rs, const struct item *all, size_t n)
{
	struct deadline_rule *rule = &rs->r->rule;

	if (rs->r->has_place || n > DEADLINE_MAX_YEARLY)
		return false;
	rule->place = RULE_YEARLY;
	for (size_t i = 0; i < n; i++) {
		struct item it = all[i];
		int last = it.to.number_to;
		/* «ежеквартально, I – III кв.» is three times. */
		bool each = !it.is_span && last > it.from.number &&
			    rs->r->every.unit != UNIT_YEAR;
		do {
			if (each)
				it.from.number_to = it.to.number =
				    it.to.number_to = it.from.number;
			if (!add_yearly(rs, &it))
				return false;
			it.to.number = ++it.from.number;
		} while (each && it.from.number <= last);
	}
	return true;
}

/* "ежегодно в сентябре 2022 – 2024 годов": not before and not after them. */
static void
bound_by_years(struct resolver *rs, const struct item *all, size_t n)
{
	int first = 0, last = 0;

	for (size_t i = 0; i < n; i++) {
		int year = all[i].to.year;
		if (!year || day_span_length(rs->period) <= 400)
			return;
		first = !first || year < first ? year : first;
		last = year > last ? year : last;
	}
	if (!first)
		return;
	struct day_span *within = &rs->r->rule.within;
	within->from = date_month_first(first, 1);
	within->to = date_month_last(last, 12);
	clip_bounds(rs);
}

/* The windows of the items become the bounds of the rule. */
static void
bound_by_windows(struct resolver *rs)
{
	struct day_span *within = &rs->r->rule.within;
	bool since = false, until = false;

	if (!rs->r->items.n)
		return;
	vec_each(struct item, it, &rs->r->items) {
		since |= it->mode == MODE_SINCE;
		until |= it->mode == MODE_BY || it->mode == MODE_TOWARDS;
	}
	resolve_items(rs);
	vec_each(struct deadline_window, w, &rs->windows) {
		if (!date_is_none(w->from) &&
		    (date_is_none(within->from) ||
			date_before(w->from, within->from)))
			within->from = w->from;
		if (!since && (date_is_none(within->to) ||
				  date_before(within->to, w->to)))
			within->to = w->to;
	}
	if (until && !since && rs->r->items.n == 1)
		within->from = DATE_NONE;
	clip_bounds(rs);
	rs->windows.n = 0;
}

/* "сентябрь, далее ежеквартально": the windows first, the rule after them. */
static void
lead_by_windows(struct resolver *rs, struct deadline *d)
{
	resolve_items(rs);
	d->rule.lead = rs->windows.n;
	if (rs->windows.n)
		d->rule.within.from =
		    date_plus(rs->windows.p[rs->windows.n - 1].to, 1);
}

static bool
take_out_months(struct resolver *rs)
{
	vec_each(struct item, it, &rs->r->except) {
		if (!months_of(it))
			return false;
		rs->r->rule.months_out |= months_of(it);
	}
	return rs->r->rule.months_out != 0xFFF;
}

static bool
is_of_period(const struct item *it)
{
	return it->from.area == AREA_PERIOD && it->mode == MODE_IN;
}

static void
drop_period_items(struct reading *r)
{
	size_t n = 0;

	for (size_t i = 0; i < r->items.n; i++)
		if (!is_of_period(&r->items.p[i]))
			r->items.p[n++] = r->items.p[i];
	r->items.n = n;
}

static bool
all_since(const struct reading *r)
{
	for (size_t i = 0; i < r->items.n; i++)
		if (r->items.p[i].mode != MODE_SINCE)
			return false;
	return true;
}

/* «ежегодно, в каникулы»: each of them */
static void
number_each(struct resolver *rs)
{
	struct reading *r = rs->r;
	size_t n = r->items.n;

	for (size_t i = 0; i < n; i++) {
		struct item it = r->items.p[i];
		int parts = parts_of_year(&it);
		for (int k = 2; k <= parts; k++) {
			it.from.number = it.to.number = k;
			*vec_push(rs->mem, &r->items) = it;
		}
		if (parts)
			r->items.p[i].from.number = r->items.p[i].to.number = 1;
	}
}

/* Where in each unit, and between which days. */
static void
place_by_items(struct resolver *rs)
{
	struct reading *r = rs->r;
	bool fine = r->every.unit <= UNIT_MONTH;
	if (!fine)
		number_each(rs);
	size_t n = r->items.n;
	struct item *all = arena_new(rs->mem, struct item, n);

	for (size_t i = 0; i < n; i++)
		all[i] = r->items.p[i];
	size_t bounds = part_bounds(rs, fine, all, n);
	if (!fine && bounds < n && !make_yearly(rs, all + bounds, n - bounds))
		bounds = n;
	for (size_t i = 0; i < n; i++)
		r->items.p[i] = all[i];
	r->items.n = bounds;
	bound_by_windows(rs);
	if (fine)
		bound_by_months(r, all + bounds, n - bounds);
	else if (!bounds)
		bound_by_years(rs, all, n);
}

/* «сентябрь 2024 г. и далее ежегодно»: in the same days of the years after. */
static bool
is_yearly_from_then(struct resolver *rs)
{
	struct reading *r = rs->r;
	struct yearly_span one;

	if (r->every.unit != UNIT_YEAR || r->has_place)
		return false;
	vec_each(struct item, it, &r->items)
		if (!yearly_of(rs, it, &one))
			return false;
	resolve_items(rs);
	if (rs->windows.n) {
		struct deadline_window w = rs->windows.p[0];
		struct date d = date_is_none(w.from) ? w.to : w.from;
		if (date_before(rs->period.from, d))
			r->rule.within.from = d;
	}
	rs->windows.n = 0;
	return make_yearly(rs, r->items.p, r->items.n);
}

/*
 * «ежеквартально до 5 числа»: of which month nobody said.  An early day is of
 * the month after the quarter, a late one of its last.
 */
static void
assume_month_of_day(struct resolver *rs)
{
	enum { EARLY_DAY = 15 };

	struct reading *r = rs->r;

	if (r->rule.place != RULE_BY_DAY || r->month_said ||
	    r->every.unit <= UNIT_MONTH || r->every.unit == UNIT_YEAR)
		return;
	r->rule.months_after = r->rule.day_to && r->rule.day_to <= EARLY_DAY;
	assume(rs->mem, r,
	    r->rule.months_after ?
		N_("Месяц не назван: прочитано как число месяца, следующего за "
		   "отчётным сроком.") :
		N_("Месяц не назван: прочитано как число последнего месяца "
		   "отчётного срока."));
}

static bool
all_by(const struct resolver *rs)
{
	for (size_t i = 0; i < rs->windows.n; i++)
		if (!date_is_none(rs->windows.p[i].from))
			return false;
	return rs->windows.n > 0;
}

/* «ежегодно, вторая среда мая»: no rule of days gives it */
static bool
is_moving_day_of_year(const struct reading *r)
{
	if (r->every.unit != UNIT_YEAR || r->every.interval != 1)
		return false;
	for (size_t i = 0; i < r->items.n; i++)
		if (moves_with_weekdays(&r->items.p[i].from))
			return true;
	return false;
}

static void
resolve_recurring(struct resolver *rs, struct deadline *d)
{
	struct reading *r = rs->r;

	d->kind = DEADLINE_RECURRING;
	drop_period_items(r);
	if (is_moving_day_of_year(r)) {
		d->every = (struct deadline_every){0};
		assume(rs->mem, r,
		    N_("«Ежегодно» прочитано как дни каждого года плана."));
		resolve_items(rs);
		d->kind = all_by(rs) ? DEADLINE_BY : DEADLINE_DATES;
		return;
	}
	assume_month_of_day(rs);
	if (!r->items.n) {
		;
	} else if (r->then && !all_since(r) && !is_yearly_from_then(rs)) {
		d->rule = r->rule;
		lead_by_windows(rs, d);
		r->rule = d->rule;
	} else if (r->rule.place != RULE_YEARLY) {
		place_by_items(rs);
	}
	d->rule = r->rule;
	resolve_rule(rs, d);
	if (!rs->windows.n && !date_is_none(rs->period.from)) {
		d->kind = DEADLINE_UNKNOWN;
		r->reason =
		    S(N_("На период плана не приходится ни одного раза: "
			 "проверьте даты."));
	}
}

/* ---- so many days after the order ----------------------------------------- */

static struct date
delayed(const struct deadline_context *ctx, const struct delay *delay)
{
	struct date d = ctx->ordered;
	struct civil c = date_civil(d);
	int m = c.year * 12 + c.month - 1 + delay->n;
	struct date ret;

	switch (delay->unit) {
	case U_WEEK:
		return date_plus(d, 7 * delay->n);
	case U_MONTH:
		if (!date_of(m / 12, m % 12 + 1, c.day, &ret))
			ret = date_month_last(m / 12, m % 12 + 1);
		return ret;
	default:
		return delay->working ?
			   calendar_plus_working(ctx->calendar, d, delay->n) :
			   date_plus(d, delay->n);
	}
}

static void
resolve_delay(struct resolver *rs, struct deadline *d)
{
	const struct delay *delay = &rs->r->delay;
	bool known = !date_is_none(rs->context->ordered);

	if ((delay->from_order || delay->no_event) && known) {
		d->kind = DEADLINE_BY;
		put_window(rs, DATE_NONE, delayed(rs->context, delay), S(""));
		assume(rs->mem, rs->r, N_("Отсчёт взят от даты приказа, %.*s."),
		    STR_ARG(date_ru(rs->mem, rs->context->ordered)));
		return;
	}
	if (delay->no_event) {
		d->kind = DEADLINE_UNKNOWN;
		rs->r->reason =
		    S(N_("Не сказано, от какого дня считать: назовите дату "
			 "приказа или событие."));
		return;
	}
	d->kind = DEADLINE_EXTERNAL;
	rs->r->schedule = delay->text;
	assume(rs->mem, rs->r,
	    N_("Срок отсчитывается от события («%.*s»): его дата не известна."),
	    STR_ARG(delay->text));
}

/* ---- the kind ------------------------------------------------------------- */

/* «постоянно, до 31.05», «с октября постоянно»: the plan from or till a day. */
static bool
narrow_constant(struct resolver *rs, bool *ret_till)
{
	struct reading *r = rs->r;

	*ret_till = false;
	if (!r->constant || r->then || r->items.n != 2)
		return false;
	for (size_t i = 0; i < 2; i++) {
		const struct item *it = &r->items.p[i];
		bool by = it->mode == MODE_BY;
		if (!is_of_period(&r->items.p[1 - i]) || it->label.n ||
		    it->is_span || (!by && it->mode != MODE_SINCE))
			continue;
		*ret_till = by;
		r->items.p[0] = *it;
		r->items.n = 1;
		return true;
	}
	return false;
}

static void
resolve_plain(struct resolver *rs, struct deadline *d)
{
	bool till;
	bool narrowed = narrow_constant(rs, &till);
	bool throughout = rs->r->first == SAID_THROUGHOUT || narrowed;

	resolve_items(rs);
	if (narrowed && till && rs->windows.n == 1) {
		rs->windows.p[0].from = rs->period.from;
		rs->impossible |=
		    date_before(rs->windows.p[0].to, rs->period.from);
	}
	if (throughout) {
		d->kind = DEADLINE_THROUGHOUT;
		if (date_is_none(rs->period.from))
			assume(rs->mem, rs->r,
			    N_("Период плана не назван: границы не известны."));
	} else if (rs->windows.n) {
		d->kind = all_by(rs) ? DEADLINE_BY : DEADLINE_DATES;
	} else {
		d->kind = DEADLINE_UNKNOWN;
	}
}

/* False when the day said is of another unit: «еженедельно, 5 числа». */
static bool
settle_rule(struct reading *r)
{
	struct deadline_rule *rule = &r->rule;
	enum deadline_unit unit = r->every.unit;

	if (!r->every.is_set)
		return true;
	switch (rule->place) {
	case RULE_BY_DAY:
	case RULE_DAYS:
	case RULE_WORKDAY:
	case RULE_LAST_DAY:
		if (unit < UNIT_MONTH)
			return false;
		break;
	case RULE_BEGINNING:
	case RULE_MIDDLE:
	case RULE_END:
	case RULE_UNTIL_END:
	case RULE_AFTER:
		if (unit == UNIT_DAY || unit == UNIT_YEAR)
			return false;
		break;
	case RULE_WEEKDAYS:
		if (unit != UNIT_WEEK && unit != UNIT_MONTH)
			return false;
		break;
	case RULE_WHOLE:
	case RULE_YEARLY:
		break;
	}
	if (unit == UNIT_MONTH && rule->months_after < 0)
		rule->months_after = 0;
	int days = __builtin_popcount(rule->days);
	if (days > r->every.count)
		r->every.count = days;
	return true;
}

static void
decide(struct resolver *rs, struct deadline *d)
{
	struct reading *r = rs->r;

	d->kind = DEADLINE_UNKNOWN;
	if (r->unreadable)
		return;
	if (r->said_none) {
		d->kind = DEADLINE_NONE;
		return;
	}
	if (r->has_place && !r->every.is_set) {
		r->every = (struct deadline_every){.is_set = true,
		    .unit = UNIT_MONTH,
		    .interval = 1,
		    .count = 1};
		assume(rs->mem, r,
		    N_("Месяц не назван: прочитано как «каждый месяц»."));
	}
	if (r->except.n && (!r->every.is_set || !take_out_months(rs))) {
		r->reason = S(N_("Исключение из срока не удалось применить."));
		return;
	}
	if (!settle_rule(r)) {
		r->reason =
		    S(N_("Частота и названный день не согласуются между собой: "
			 "исправьте срок."));
		return;
	}
	d->every = r->every;
	d->rule = r->rule;
	if (r->external || r->on_request) {
		d->kind = r->external ? DEADLINE_EXTERNAL : DEADLINE_ON_REQUEST;
		resolve_items(rs);
		return;
	}
	if (r->delay.is_set && r->every.is_set && !r->delay.no_event) {
		resolve_delay(rs, d); /* «ежеквартально, в течение 5 дней …» */
		return;
	}
	if (r->every.is_set && r->first != SAID_THROUGHOUT) {
		resolve_recurring(rs, d);
		return;
	}
	if (r->delay.is_set && !r->items.n) {
		resolve_delay(rs, d);
		return;
	}
	if (r->items.n || r->first == SAID_THROUGHOUT)
		resolve_plain(rs, d);
}

static bool
comes_before(const struct deadline_window *a, const struct deadline_window *b)
{
	if (!date_eq(a->to, b->to))
		return date_before(a->to, b->to);
	return !date_eq(a->from, b->from) && date_before(a->from, b->from);
}

/* In the order of time, behind those that lead; once: the same is one. */
static void
sort_windows(struct resolver *rs, size_t lead, bool once)
{
	struct deadline_window *all = rs->windows.p;
	size_t n = lead;

	for (size_t i = lead; i < rs->windows.n; i++) {
		struct deadline_window w = all[i];
		size_t at = n;
		while (at > lead && comes_before(&w, &all[at - 1]))
			at--;
		bool same = once && at > lead &&
			    date_eq(all[at - 1].from, w.from) &&
			    date_eq(all[at - 1].to, w.to);
		if (same)
			continue;
		memmove(all + at + 1, all + at, (n - at) * sizeof *all);
		all[at] = w;
		n++;
	}
	rs->windows.n = n;
}

static void
finish_unknown(struct resolver *rs, struct deadline *d, struct str phrase)
{
	struct reading *r = rs->r;
	struct str reason = r->reason;

	if (d->kind != DEADLINE_UNKNOWN && rs->impossible) {
		d->kind = DEADLINE_UNKNOWN;
		reason = S(N_("Такого дня или промежутка нет в календаре."));
	}
	if (d->kind != DEADLINE_UNKNOWN && rs->no_period) {
		d->kind = DEADLINE_UNKNOWN;
		reason = S(N_("Год не назван, и период плана не известен: "
			      "укажите период."));
	}
	if (d->kind != DEADLINE_UNKNOWN)
		return;
	r->assumptions.n = 0;
	if (reason.n)
		assume(rs->mem, r, "%.*s", STR_ARG(reason));
	else
		assume(rs->mem, r,
		    N_("Не удалось прочитать срок «%.*s»: исправьте его или "
		       "назовите даты."),
		    STR_ARG(text_clip(rs->mem, phrase, 80)));
	*d = (struct deadline){.kind = DEADLINE_UNKNOWN};
	rs->windows.n = 0;
}

static void
assume_mended(struct arena *mem, struct reading *r, const struct tokens *t)
{
	if (t->mended_number)
		assume(mem, r, N_("Буква в числе прочитана как цифра."));
	if (t->mended_word)
		assume(mem, r, N_("Опечатка: «%.*s» прочитано как «%.*s»."),
		    STR_ARG(t->mended_from), STR_ARG(t->mended_to));
}

/* The plan's period; without it, the school year of the order. */
static struct day_span
period_of(
    struct arena *mem, struct reading *r, const struct deadline_context *c)
{
	struct day_span p = c->period;

	if (!date_is_none(p.from) && !date_is_none(p.to))
		return p;
	if (!date_is_none(p.from) || !date_is_none(c->ordered)) {
		struct syear y =
		    syear_of(date_is_none(p.from) ? c->ordered : p.from);
		assume(mem, r,
		    N_("Период плана не назван: взят учебный год %d/%d."),
		    y.first, y.first + 1);
		return (struct day_span){syear_from(y), syear_to(y)};
	}
	return (struct day_span){DATE_NONE, DATE_NONE};
}

static struct reading
empty_reading(void)
{
	struct reading r = {0};

	r.rule.within = (struct day_span){DATE_NONE, DATE_NONE};
	return r;
}

/* One attempt; misprints mends unknown words first.  Returns stray words. */
static int
read_once(struct arena *mem, struct str phrase,
    const struct deadline_context *context, bool misprints, struct deadline *d)
{
	struct reading r = empty_reading();
	struct parser p = {.mem = mem,
	    .phrase = phrase,
	    .context = context,
	    .tokens = tokens_of(mem, phrase, misprints),
	    .r = &r};
	struct resolver rs = {.mem = mem, .context = context, .r = &r};

	*d = (struct deadline){0};
	rs.period = period_of(mem, &r, context);
	size_t of_period = r.assumptions.n;
	parse_cell(&p);
	assume_mended(mem, &r, &p.tokens);
	decide(&rs, d);
	finish_unknown(&rs, d, phrase);
	if (!d->every.is_set)
		d->rule = empty_reading().rule;
	sort_windows(&rs, d->rule.lead, d->kind == DEADLINE_THROUGHOUT);
	d->windows = rs.windows.p;
	d->n_windows = rs.windows.n;
	d->schedule = d->kind == DEADLINE_EXTERNAL ? r.schedule : S("");
	/* The period matters only where a year was taken from it. */
	if (of_period && r.assumptions.n == 1 &&
	    d->kind != DEADLINE_RECURRING && d->kind != DEADLINE_THROUGHOUT)
		r.assumptions.n = 0;
	d->assumptions = r.assumptions.p;
	d->n_assumptions = r.assumptions.n;
	d->strays = r.strays;
	return r.strays;
}

/* Spaces made single, so that the canonical form keeps what it shows. */
static struct str
single_spaced(struct arena *mem, struct str phrase)
{
	struct buf b = buf_open(mem, 0);
	bool gap = false;

	for (struct str s = str_trim(phrase); s.n;) {
		struct str at = s;
		int32_t c = utf8_next(&at);
		bool space = c <= ' ' || c == 0xA0 || c == 0x3000 ||
			     c == 0x202F || (c >= 0x2000 && c <= 0x200A) ||
			     c == 0xFEFF;
		if (space) {
			gap = b.n > 0;
		} else {
			if (gap)
				buf_char(&b, ' ');
			gap = false;
			buf_put(&b, str_cut(s, 0, s.n - at.n));
		}
		s = at;
	}
	return buf_str(&b);
}

void
deadline_read(struct arena *mem, struct str phrase,
    const struct deadline_context *context, struct deadline *ret)
{
	struct deadline mended;

	phrase = single_spaced(mem, phrase);
	if (phrase.n > DEADLINE_MAX_PHRASE || !utf8_valid(phrase)) {
		*ret = (struct deadline){.kind = DEADLINE_UNKNOWN};
		ret->rule = empty_reading().rule;
		ret->assumptions = arena_new(mem, struct str, 1);
		ret->assumptions[0] =
		    S(N_("Текст слишком длинный или испорчен: это не срок."));
		ret->n_assumptions = 1;
		ret->canonical = S("не прочитано:");
		return;
	}
	int strays = read_once(mem, phrase, context, false, ret);
	if (ret->kind == DEADLINE_UNKNOWN || strays) {
		int left = read_once(mem, phrase, context, true, &mended);
		if (mended.kind != DEADLINE_UNKNOWN &&
		    (ret->kind == DEADLINE_UNKNOWN || left < strays))
			*ret = mended;
	}
	ret->canonical = deadline_print(mem, ret, phrase);
}

/* ---- equality -------------------------------------------------------------- */

static bool
rule_eq(const struct deadline_rule *a, const struct deadline_rule *b)
{
	bool same =
	    a->place == b->place && a->day_from == b->day_from &&
	    a->day_to == b->day_to && a->months_after == b->months_after &&
	    a->days == b->days && a->workday == b->workday &&
	    a->by_workday == b->by_workday && a->weekdays == b->weekdays &&
	    a->nth == b->nth && a->n_yearly == b->n_yearly &&
	    a->months_out == b->months_out &&
	    date_eq(a->within.from, b->within.from) &&
	    date_eq(a->within.to, b->within.to) && a->lead == b->lead;

	for (size_t i = 0; same && i < a->n_yearly; i++) {
		const struct yearly_span *x = &a->yearly[i], *y = &b->yearly[i];
		same = x->from_month == y->from_month &&
		       x->from_day == y->from_day &&
		       x->to_month == y->to_month && x->to_day == y->to_day &&
		       x->by == y->by;
	}
	return same;
}

bool
deadline_eq(const struct deadline *a, const struct deadline *b)
{
	if (a->kind != b->kind || a->n_windows != b->n_windows ||
	    !str_eq(a->schedule, b->schedule) ||
	    a->every.is_set != b->every.is_set)
		return false;
	for (size_t i = 0; i < a->n_windows; i++)
		if (!date_eq(a->windows[i].from, b->windows[i].from) ||
		    !date_eq(a->windows[i].to, b->windows[i].to))
			return false;
	if (!a->every.is_set)
		return true;
	return a->every.unit == b->every.unit &&
	       a->every.interval == b->every.interval &&
	       a->every.count == b->every.count &&
	       a->every.at_least == b->every.at_least &&
	       rule_eq(&a->rule, &b->rule);
}
