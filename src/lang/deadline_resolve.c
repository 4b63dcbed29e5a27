/* deadline_resolve.c - from pieces of a calendar to days: which year is it? */
#include <string.h>

#include "base/utf8.h"
#include "lang/deadline_syntax.h"

enum { EDGE_DAYS = 10 }; /* "начало" and "конец" are ten days */

bool
period_is_school_year(struct day_span period)
{
	if (date_is_none(period.from) || date_is_none(period.to))
		return false;

	struct civil from = date_civil(period.from);
	struct civil to = date_civil(period.to);

	return to.year == from.year + 1 && from.month >= 8 && to.month <= 8 &&
	       (from.month >= 9 || day_span_length(period) < 400);
}

/* One school year or several: from autumn to the end of lessons or summer. */
bool
period_is_school_years(struct day_span period)
{
	if (date_is_none(period.from) || date_is_none(period.to))
		return false;

	struct civil from = date_civil(period.from);
	struct civil to = date_civil(period.to);

	return period_is_school_year(period) ||
	       (to.year > from.year && (from.month == 8 || from.month == 9) &&
		   to.month >= 5 && to.month <= 8);
}

static bool
period_has_many_years(struct day_span period)
{
	return day_span_length(period) > 400;
}

void
put_window(
    struct resolver *rs, struct date from, struct date to, struct str label)
{
	if (rs->windows.n < DEADLINE_MAX_WINDOWS)
		*vec_push(rs->mem, &rs->windows) =
		    (struct deadline_window){from, to, label};
}

/* ---- areas --------------------------------------------------------------- */

/* Of the school year, not of the calendar: its key is the first year. */
static bool
is_school_area(const struct piece *p)
{
	switch (p->area) {
	case AREA_TERM:
	case AREA_TRIMESTER:
	case AREA_SCHOOL_YEAR:
	case AREA_TEACHING:
	case AREA_BREAK:
	case AREA_EXAM:
		return true;
	case AREA_HALF:
		return !p->year;
	case AREA_DAY:
	case AREA_MONTH:
	case AREA_QUARTER:
	case AREA_YEAR:
	case AREA_PERIOD:
	case AREA_SEASON:
	case AREA_ISO:
		return false;
	}
	UNREACHABLE();
}

static bool
numbered(
    const struct day_span *spans, int n, int from, int to, struct day_span *ret)
{
	to = to ? to : from;
	if (from < 1 || to > n || from > to)
		return false;
	*ret = (struct day_span){spans[from - 1].from, spans[to - 1].to};
	return true;
}

static void
assume_terms(struct resolver *rs, const struct school_year *y, const char *what)
{
	if (y->is_default)
		assume(rs->mem, rs->r,
		    N_("%s взяты по умолчанию: учебный график не загружен."),
		    what);
}

static bool
school_span(
    struct resolver *rs, const struct piece *p, int key, struct day_span *ret)
{
	struct syear sy = {key};
	struct school_year y = calendar_year(rs->context->calendar, sy);
	bool is_default;

	switch (p->area) {
	case AREA_TERM:
		assume_terms(rs, &y, N_("Даты четвертей"));
		return numbered(y.quarters, 4, p->number, p->number_to, ret);
	case AREA_TRIMESTER:
		assume_terms(rs, &y, N_("Даты триместров"));
		return numbered(y.trimesters, 3, p->number, p->number_to, ret);
	case AREA_HALF:
		assume_terms(rs, &y, N_("Даты полугодий"));
		return numbered(y.halves, 2, p->number, p->number_to, ret);
	case AREA_BREAK:
		assume_terms(rs, &y, N_("Даты каникул"));
		return numbered(y.breaks, BREAK_COUNT, p->number, 0, ret);
	case AREA_TEACHING:
		assume_terms(rs, &y, N_("Начало и конец учебного года"));
		*ret = y.teaching;
		return true;
	case AREA_SCHOOL_YEAR:
		*ret = (struct day_span){syear_from(sy), syear_to(sy)};
		return true;
	case AREA_EXAM:
		if (!calendar_exam(
			rs->context->calendar, S("ГИА"), sy, ret, &is_default))
			return false;
		if (is_default)
			assume(rs->mem, rs->r,
			    N_("Период ГИА принят с 24 мая по 2 июля: "
			       "расписание "
			       "не загружено."));
		return true;
	default:
		return false;
	}
}

static struct day_span
months_span(int year, int from, int to)
{
	return (struct day_span){
	    date_month_first(year, from), date_month_last(year, to)};
}

/* False when there is no such day in that year. */
static bool
calendar_span(const struct resolver *rs, const struct piece *p, int key,
    struct day_span *ret)
{
	int to = p->number_to ? p->number_to : p->number;

	switch (p->area) {
	case AREA_DAY:
		if (!date_of(key, p->month, p->day, &ret->from))
			return false;
		ret->to = ret->from;
		return true;
	case AREA_MONTH:
		*ret = months_span(key, p->month, p->month);
		return true;
	case AREA_QUARTER:
		if (p->number < 1 || to > 4)
			return false;
		*ret = months_span(key, p->number * 3 - 2, to * 3);
		return true;
	case AREA_HALF:
		if (p->number < 1 || to > 2)
			return false;
		*ret = months_span(key, p->number * 6 - 5, to * 6);
		return true;
	case AREA_YEAR:
		*ret = months_span(key, 1, 12);
		if (p->number_to > key)
			ret->to = date_month_last(p->number_to, 12);
		return true;
	case AREA_SEASON: /* winter belongs to the year it ends in */
		*ret =
		    p->number == 1 ?
			(struct day_span){date_month_first(key - 1, 12),
			    date_month_last(key, 2)} :
			months_span(key, p->number * 3 - 3, p->number * 3 - 1);
		return true;
	case AREA_PERIOD:
		*ret = rs->period;
		return true;
	case AREA_ISO:
		ret->from = ret->to = p->iso;
		return !date_is_none(p->iso);
	default:
		return false;
	}
}

/* ---- parts --------------------------------------------------------------- */

/* Weeks of a month begin on its first Monday. */
static struct day_span
week_of(struct day_span month, int n)
{
	if (n == -1)
		return (struct day_span){date_plus(month.to, -6), month.to};

	int to_monday = (8 - date_weekday(month.from)) % 7;
	struct date from = date_plus(month.from, to_monday + (n - 1) * 7);

	return (struct day_span){from, date_plus(from, 6)};
}

static struct day_span
decade_of(struct day_span month, int n)
{
	n = n == -1 ? 3 : n;
	return (struct day_span){date_plus(month.from, (n - 1) * 10),
	    n == 3 ? month.to : date_plus(month.from, n * 10 - 1)};
}

static struct date
weekday_of(struct day_span month, int weekday, int n)
{
	if (n == -1)
		return date_plus(
		    month.to, -((date_weekday(month.to) - weekday + 7) % 7));
	return date_plus(month.from,
	    (weekday - date_weekday(month.from) + 7) % 7 + (n - 1) * 7);
}

static struct day_span
middle_of(const struct piece *p, struct day_span s)
{
	if (p->area == AREA_MONTH)
		return (struct day_span){
		    date_plus(s.from, 10), date_plus(s.from, 19)};
	int third = day_span_length(s) / 3;
	return (struct day_span){
	    date_plus(s.from, third), date_plus(s.to, -third)};
}

/* The n-th working day of a stretch, or its last. */
struct date
working_day_of(const struct calendar *calendar, struct day_span s, int n)
{
	if (n > 0)
		return calendar_plus_working(
		    calendar, date_plus(s.from, -1), n);
	while (
	    date_before(s.from, s.to) && !calendar_is_working(calendar, s.to))
		s.to = date_plus(s.to, -1);
	return s.to;
}

static struct day_span
part_of(
    const struct calendar *calendar, const struct piece *p, struct day_span s)
{
	bool month = p->area == AREA_MONTH;
	int half = month ? 15 : day_span_length(s) / 2;
	int edge = day_span_length(s) > EDGE_DAYS ? EDGE_DAYS : 1;
	int to = p->part_to ? p->part_to : p->part_n;

	switch (p->part) {
	case PART_WHOLE:
		return s;
	case PART_BEGINNING:
		return (struct day_span){s.from, date_plus(s.from, edge - 1)};
	case PART_MIDDLE:
		return middle_of(p, s);
	case PART_END: /* of a month: from the 21st, as its last decade */
		return (struct day_span){
		    month ? date_plus(s.from, 20) : date_plus(s.to, 1 - edge),
		    s.to};
	case PART_FIRST_HALF:
		return (struct day_span){s.from, date_plus(s.from, half - 1)};
	case PART_SECOND_HALF:
		return (struct day_span){date_plus(s.from, half), s.to};
	case PART_DECADE:
		return (struct day_span){
		    decade_of(s, p->part_n).from, decade_of(s, to).to};
	case PART_WEEK:
		return (struct day_span){
		    week_of(s, p->part_n).from, week_of(s, to).to};
	case PART_WEEKDAY:
		s.from = s.to = weekday_of(s, p->weekday, p->part_n);
		return s;
	case PART_DAY:
		s.from = s.to =
		    p->part_n == -1 ? s.to : date_plus(s.from, p->part_n - 1);
		return s;
	case PART_WORKDAY:
		s.from = s.to = working_day_of(calendar, s, p->part_n);
		return s;
	}
	UNREACHABLE();
}

/* The whole area, without its part. */
static bool
area_span(
    struct resolver *rs, const struct piece *p, int key, struct day_span *ret)
{
	return is_school_area(p) ? school_span(rs, p, key, ret) :
				   calendar_span(rs, p, key, ret);
}

bool
piece_span(
    struct resolver *rs, const struct piece *p, int key, struct day_span *ret)
{
	struct day_span whole;

	if (!area_span(rs, p, key, &whole))
		return false;
	*ret = part_of(rs->context->calendar, p, whole);
	return true;
}

/* ---- which key ----------------------------------------------------------- */

static int
year_of(struct date d)
{
	return date_civil(d).year;
}

/* The key a piece names itself, or 0. */
static int
own_key(struct resolver *rs, const struct piece *p)
{
	struct day_span s;

	if (p->area == AREA_ISO || p->area == AREA_PERIOD)
		return 1;
	if (p->syear.first) {
		if (is_school_area(p))
			return p->syear.first;
		bool second =
		    p->area == AREA_SEASON ||
		    (p->area == AREA_QUARTER ? p->number <= 3 : p->month < 9);
		return p->syear.first + second;
	}
	if (!p->year)
		return 0;
	if (!is_school_area(p))
		return p->year;
	/* "I четверть 2023 г.": the term that lies in that calendar year. */
	for (int key = p->year - 1; key <= p->year; key++)
		if (area_span(rs, p, key, &s) &&
		    (year_of(s.from) == p->year || year_of(s.to) == p->year) &&
		    p->area != AREA_SCHOOL_YEAR && p->area != AREA_TEACHING)
			return key;
	return p->year;
}

/* Both ends of an item for a key of its beginning. */
static bool
item_span(
    struct resolver *rs, const struct item *it, int key, struct day_span *ret)
{
	struct day_span from, to;
	int to_key = own_key(rs, &it->to);

	if (!piece_span(rs, &it->from, key, &from))
		return false;
	if (!it->is_span) {
		*ret = from;
		return true;
	}
	if (to_key) {
		if (!piece_span(rs, &it->to, to_key, &to))
			return false;
	} else {
		/* The first end that is not before the beginning. */
		bool found = false;
		int year = year_of(from.from);
		for (int k = year - 1; k <= year + 1 && !found; k++)
			found = piece_span(rs, &it->to, k, &to) &&
				!date_before(to.to, from.from);
		if (!found)
			return false;
	}
	*ret = (struct day_span){from.from, to.to};
	return !date_before(to.to, from.from);
}

/* ---- what an item comes to ------------------------------------------------ */

static struct day_span
whole_of(struct resolver *rs, const struct piece *p, int key,
    struct day_span otherwise)
{
	struct day_span s;

	return area_span(rs, p, key, &s) ? s : otherwise;
}

static void
assume_day_before(struct resolver *rs, const char *word, struct date d)
{
	assume(rs->mem, rs->r,
	    N_("«%s …» прочитано как «до %.*s включительно», то есть до начала "
	       "названного срока."),
	    word, STR_ARG(date_ru(rs->mem, d)));
}

/*
 * Rule 6: "до D" and "к D" include a day; a month or a year named after them
 * has not begun yet; the end of an area is its last day.
 */
static struct date
last_day(struct resolver *rs, const struct item *it, int key, struct day_span s)
{
	const struct piece *p = &it->to;
	bool day = p->area == AREA_DAY || p->area == AREA_ISO ||
		   p->part == PART_WEEKDAY || p->part == PART_DAY ||
		   p->part == PART_WORKDAY;
	struct day_span whole = whole_of(rs, p, key, s);
	struct date d;

	if (p->part == PART_END)
		return whole.to;
	if (p->part == PART_MIDDLE && p->area == AREA_MONTH)
		return date_plus(whole.from, 14);
	if (day || it->inclusive || it->is_span)
		return s.to;
	if (p->part != PART_MIDDLE) {
		d = date_plus(s.from, -1);
		assume_day_before(
		    rs, it->mode == MODE_TOWARDS ? N_("к") : N_("до"), d);
		return d;
	}
	return s.to;
}

/* "за 10 дней до …": counted back from the day, or the area's first day. */
static struct date
days_ahead(
    struct resolver *rs, const struct item *it, int key, struct day_span s)
{
	const struct delay_length *a = &it->ahead;
	bool end = it->to.part == PART_END;
	struct date d = end ? whole_of(rs, &it->to, key, s).to : s.from;
	struct civil c = date_civil(d);
	int m = c.year * 12 + c.month - 1 - a->n;
	struct date ret = date_plus(d, -a->n * (a->unit == U_WEEK ? 7 : 1));

	assume(rs->mem, rs->r, N_("Отсчитано назад от %.*s."),
	    STR_ARG(date_ru(rs->mem, d)));
	if (a->unit == U_MONTH && !date_of(m / 12, m % 12 + 1, c.day, &ret))
		ret = date_month_last(m / 12, m % 12 + 1);
	if (a->working) {
		ret = d;
		for (int n = a->n; n > 0;) {
			ret = date_plus(ret, -1);
			n -= calendar_is_working(rs->context->calendar, ret);
		}
	}
	return ret;
}

static struct date
month_after(struct date d)
{
	struct civil c = date_civil(d);

	return c.month == 12 ? date_month_last(c.year + 1, 1) :
			       date_month_last(c.year, c.month + 1);
}

static void
put_item(struct resolver *rs, const struct item *it, int key, struct day_span s)
{
	switch (it->mode) {
	case MODE_BY:
	case MODE_TOWARDS:
		put_window(rs, DATE_NONE,
		    it->ahead.n ? days_ahead(rs, it, key, s) :
				  last_day(rs, it, key, s),
		    it->label);
		return;
	case MODE_SINCE:
		if (date_before(s.from, rs->period.to)) {
			assume(rs->mem, rs->r,
			    N_("Конец не назван: взят последний день плана, "
			       "%.*s."),
			    STR_ARG(date_ru(rs->mem, rs->period.to)));
			s.to = rs->period.to;
		}
		break;
	case MODE_PAST:
		s.from = date_plus(s.to, 1);
		s.to =
		    date_before(s.from, rs->period.to) ? rs->period.to : s.from;
		break;
	case MODE_AFTER:
		s = (struct day_span){date_plus(s.to, 1), month_after(s.to)};
		break;
	case MODE_IN:
		break;
	}
	if (it->open_start) {
		s.from = rs->context->ordered;
		bool known =
		    !date_is_none(s.from) && !date_before(s.to, s.from);
		if (!known)
			s.from = it->open_start == OPEN_PLAN ? s.to : DATE_NONE;
		assume(rs->mem, rs->r,
		    known ? N_("Начало взято по дате приказа.") :
			    N_("Начало зависит от события, дата которого не "
			       "известна: взят только последний день."));
	}
	put_window(rs, s.from, s.to, it->label);
}

/* Rule 2: what lies wholly outside is dropped, what begins before is said. */
static void
put_dated(struct resolver *rs, const struct item *it, int key)
{
	struct day_span s;

	if (!item_span(rs, it, key, &s)) {
		rs->impossible = true;
		return;
	}
	if (date_before(s.to, s.from)) {
		rs->impossible = true;
		return;
	}
	if (!date_is_none(rs->period.from) && it->mode == MODE_IN &&
	    it->open_start == OPEN_NOT) {
		if (date_before(s.to, rs->period.from) ||
		    date_before(rs->period.to, s.from))
			assume(rs->mem, rs->r,
			    N_("Срок лежит вне периода плана."));
		else if (date_before(s.from, rs->period.from))
			assume(rs->mem, rs->r,
			    N_("Срок начинается раньше периода плана."));
	}
	put_item(rs, it, key, s);
}

/*
 * Rule 1 for a plan of one year: the year that puts the item inside the
 * period; when none does, September-December fall in its first year.
 */
static int
key_of_rule_1(struct resolver *rs, const struct item *it)
{
	int first = year_of(rs->period.from);
	int last = year_of(rs->period.to);
	int month = it->from.month;

	if (is_school_area(&it->from))
		return syear_of(rs->period.from).first;
	if (last == first || (month >= 9 && month <= 12))
		return first;
	return last;
}

/* What a yearless item means as a point of its own. */
static bool
counts_inside(
    struct resolver *rs, const struct item *it, int key, struct day_span *ret)
{
	struct day_span s;

	if (!item_span(rs, it, key, &s))
		return false;
	*ret = s;
	if (it->mode == MODE_BY || it->mode == MODE_TOWARDS) {
		const struct piece *p = &it->to;
		bool starts = p->part == PART_BEGINNING ||
			      (p->part == PART_WHOLE && p->area != AREA_DAY);
		struct date d = starts ? s.from : s.to;
		*ret = (struct day_span){d, d};
	} else if (it->mode == MODE_SINCE || it->mode == MODE_PAST) {
		*ret = (struct day_span){s.from, s.from};
	} else if (it->mode == MODE_AFTER) {
		/* What ends in the plan; of many, what is summed up in it. */
		struct date d = period_has_many_years(rs->period) ?
				    month_after(s.to) :
				    s.to;
		*ret = (struct day_span){s.to, d};
	}
	return day_span_contains(rs->period, *ret);
}

/*
 * Named without a year: inside the period; rule 2, in every year of a long
 * plan, the items of one list together.
 */
static void
put_yearless(struct resolver *rs, const struct item *all, size_t n)
{
	int first = year_of(rs->period.from) - 1;
	int last = year_of(rs->period.to) + 1;
	bool many = period_has_many_years(rs->period);
	bool *seen = arena_new(rs->mem, bool, n);
	struct day_span s;

	for (size_t i = 0; i < n && !many; i++)
		for (int key = first; key <= last && !seen[i]; key++)
			if (counts_inside(rs, &all[i], key, &s) &&
			    item_span(rs, &all[i], key, &s)) {
				put_item(rs, &all[i], key, s);
				seen[i] = true;
			} else if (key == last) {
				put_dated(
				    rs, &all[i], key_of_rule_1(rs, &all[i]));
			}
	for (int key = first; key <= last && many; key++)
		for (size_t i = 0; i < n; i++)
			if (counts_inside(rs, &all[i], key, &s) &&
			    item_span(rs, &all[i], key, &s)) {
				put_item(rs, &all[i], key, s);
				seen[i] = true;
			}
	for (size_t i = 0; i < n && many; i++)
		if (!seen[i])
			put_dated(rs, &all[i], key_of_rule_1(rs, &all[i]));
	if (many)
		assume(rs->mem, rs->r,
		    N_("Год не назван, а план на несколько лет: прочитано как "
		       "каждый год плана."));
	else
		assume(rs->mem, rs->r,
		    N_("Год не назван: взят из периода плана."));
}

/* "В течение учебного года": the plan's own, or what of each lies in the plan. */
static void
put_school_years(struct resolver *rs, const struct item *it)
{
	struct day_span s;

	if (period_is_school_year(rs->period)) {
		int key = syear_of(rs->period.from).first;
		if (date_civil(rs->period.from).month == 8)
			key++;
		s = rs->period;
		if (it->from.area == AREA_TEACHING)
			(void)piece_span(rs, &it->from, key, &s);
		put_window(rs, s.from, s.to, it->label);
		return;
	}
	struct piece lessons = {.area = AREA_TEACHING};
	for (int key = year_of(rs->period.from) - 1;
	     key <= year_of(rs->period.to); key++) {
		if (!piece_span(rs, &lessons, key, &s) ||
		    !day_span_touches(s, rs->period))
			continue;
		if (date_before(s.from, rs->period.from))
			s.from = rs->period.from;
		if (date_before(rs->period.to, s.to))
			s.to = rs->period.to;
		put_window(rs, s.from, s.to, it->label);
	}
	assume(rs->mem, rs->r,
	    N_("План не на учебный год: взяты части учебных годов внутри "
	       "периода."));
}

/* ---- years said beside -------------------------------------------------- */

static bool
needs_year(const struct piece *p)
{
	return !p->year && !p->syear.first && !p->year_word &&
	       p->area != AREA_ISO && p->area != AREA_PERIOD;
}

static int
month_of(const struct piece *p)
{
	return p->area == AREA_QUARTER ? p->number * 3 : p->month;
}

/*
 * "март-апрель 2024": the year belongs to both ends; a beginning later in the
 * year than the end lies in the year before.  "октябрь-февраль 2023" may mean
 * either winter: the one inside the period.
 */
static void
share_year_in_span(struct resolver *rs, struct item *it)
{
	if (!it->is_span)
		return;
	if (needs_year(&it->from) && it->to.year &&
	    !is_school_area(&it->from)) {
		bool later = month_of(&it->from) > month_of(&it->to) ||
			     (month_of(&it->from) == month_of(&it->to) &&
				 it->from.day > it->to.day);
		it->from.year = it->to.year - later;
		struct day_span s;
		if (later && !date_is_none(rs->period.from) &&
		    item_span(rs, it, it->from.year, &s) &&
		    date_before(s.from, rs->period.from)) {
			it->from.year++;
			it->to.year++;
		}
	} else if (needs_year(&it->from) && it->to.syear.first) {
		it->from.syear = it->to.syear;
	} else if (needs_year(&it->to) && it->from.syear.first) {
		it->to.syear = it->from.syear;
	}
}

/* "январь, март, май 2025": a list waits for the year its last word brings. */
static void
share_year_in_list(struct item *all, size_t n)
{
	for (size_t i = n - 1; i-- > 0;) {
		struct item *it = &all[i], *next = &all[i + 1];
		if (!needs_year(&it->to) || !needs_year(&it->from) ||
		    !next->from.year || !next->listed ||
		    is_school_area(&it->from))
			continue;
		bool later = month_of(&it->to) > month_of(&next->from);
		it->to.year = next->from.year - later;
		it->from.year =
		    it->to.year -
		    (it->is_span && month_of(&it->from) > month_of(&it->to));
	}
	for (size_t i = 1; i < n; i++) {
		struct item *it = &all[i], *prev = &all[i - 1];
		if (!needs_year(&it->to) || !needs_year(&it->from) ||
		    !prev->to.year || !it->listed || is_school_area(&it->from))
			continue;
		it->from.year =
		    prev->to.year + (month_of(&it->from) < month_of(&prev->to));
		it->to.year =
		    it->from.year +
		    (it->is_span && month_of(&it->to) < month_of(&it->from));
	}
}

/* Words about years that need the plan: "следующего года", bare "год". */
void
settle_words(struct resolver *rs, struct piece *p)
{
	if (p->year_word == YEAR_NEXT && !date_is_none(rs->period.from)) {
		p->year = year_of(rs->period.from) + 1;
		assume(rs->mem, rs->r, N_("«Следующий год» прочитан как %d."),
		    p->year);
	}
	if (p->year_word == YEAR_NEW && !date_is_none(rs->period.from)) {
		struct civil c = date_civil(rs->period.from);
		if (p->area == AREA_YEAR)
			p->year = c.year + 1;
		else if (p->area == AREA_TEACHING && p->part == PART_BEGINNING)
			p->syear.first = c.year + (c.month >= 9);
		else
			p->year_word = YEAR_UNSAID;
	}
	if (p->area == AREA_YEAR && !p->year && !p->syear.first &&
	    p->year_word != YEAR_CALENDAR &&
	    period_is_school_years(rs->period)) {
		p->area = AREA_TEACHING;
		assume(rs->mem, rs->r,
		    N_("«Год» прочитан как учебный: план составлен по учебным "
		       "годам."));
	}
}

/* How many there are of an area whose number was not said; else 0. */
int
parts_of_year(const struct item *it)
{
	if (it->from.number || it->is_span)
		return 0;
	switch (it->from.area) {
	case AREA_HALF:
		return 2;
	case AREA_TRIMESTER:
		return 3;
	case AREA_BREAK: /* the summer is no break of school */
		return BREAK_SUMMER;
	case AREA_TERM:
	case AREA_QUARTER:
		return 4;
	default:
		return 0;
	}
}

/* "конец четверти" is the end of each of them. */
static bool
put_each_number(struct resolver *rs, const struct item *it)
{
	int n = parts_of_year(it);

	if (!n)
		return false;
	struct item *each = arena_new(rs->mem, struct item, (size_t)n);
	for (int i = 0; i < n; i++) {
		each[i] = *it;
		each[i].from.number = each[i].to.number = i + 1;
	}
	put_yearless(rs, each, (size_t)n);
	return true;
}

static bool
is_school_year_item(const struct item *it)
{
	return !it->is_span && it->mode == MODE_IN &&
	       it->from.part == PART_WHOLE && needs_year(&it->from) &&
	       (it->from.area == AREA_SCHOOL_YEAR ||
		   it->from.area == AREA_TEACHING);
}

static bool
is_yearless(struct resolver *rs, const struct item *it)
{
	return own_key(rs, &it->from) == 0;
}

/* The whole plan, or what is left of it: "октябрь, далее постоянно". */
static void
put_period(struct resolver *rs, const struct item *it)
{
	struct date from = rs->period.from;
	size_t n = rs->windows.n;

	if (rs->r->then && n &&
	    date_before(rs->windows.p[n - 1].to, rs->period.to))
		from = date_plus(rs->windows.p[n - 1].to, 1);
	put_window(rs, from, rs->period.to, it->label);
}

/* Every item of the reading into windows, in the order of the phrase. */
void
resolve_items(struct resolver *rs)
{
	struct item *all = rs->r->items.p;
	size_t n = rs->r->items.n;

	if (n && rs->r->then && !rs->r->every.is_set &&
	    all[n - 1].mode == MODE_IN && all[n - 1].from.area != AREA_PERIOD &&
	    !rs->r->external && !rs->r->on_request)
		all[n - 1].mode = MODE_SINCE; /* "октябрь и далее" */
	for (size_t i = 0; i < n; i++) {
		settle_words(rs, &all[i].from);
		settle_words(rs, &all[i].to);
		share_year_in_span(rs, &all[i]);
	}
	if (n > 1)
		share_year_in_list(all, n);
	for (size_t i = 0; i < n && !rs->impossible;) {
		struct item *it = &all[i];
		if (!is_yearless(rs, it)) {
			bool plain = it->mode == MODE_IN && !it->is_span &&
				     it->from.part == PART_WHOLE;
			bool period = it->from.area == AREA_PERIOD ||
				      it->to.area == AREA_PERIOD;
			if (period && !plain && date_is_none(rs->period.from))
				rs->no_period = true;
			else if (!period || !plain)
				put_dated(rs, it, own_key(rs, &it->from));
			else if (!date_is_none(rs->period.from))
				put_period(rs, it);
			i++;
			continue;
		}
		if (date_is_none(rs->period.from)) {
			rs->no_period = true;
			return;
		}
		size_t end = i + 1;
		if (is_school_year_item(it)) {
			put_school_years(rs, it);
		} else if (!put_each_number(rs, it)) {
			while (end < n && is_yearless(rs, &all[end]) &&
			       !is_school_year_item(&all[end]))
				end++;
			put_yearless(rs, it, end - i);
		}
		i = end;
	}
}
