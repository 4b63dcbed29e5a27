/* deadline_place.c - where in its month, quarter or week what recurs falls. */
#include "lang/deadline_syntax.h"

static void
two_rules(struct parser *p)
{
	unreadable(p, N_("В одном сроке названы два правила: запишите их "
			 "отдельными сроками."));
}

static bool
is_day_place(enum rule_place place)
{
	return place == RULE_BY_DAY || place == RULE_DAYS;
}

/*
 * A second place must be the same, or refine the first: «по итогам четверти,
 * до 5 числа» is of the month after it.
 */
void
set_place(struct parser *p, enum rule_place place)
{
	struct reading *r = p->r;
	enum rule_place was = r->rule.place;

	if (r->has_place && was != place) {
		bool summed = was == RULE_AFTER || place == RULE_AFTER;
		if (!summed || (!is_day_place(was) && !is_day_place(place))) {
			two_rules(p);
			return;
		}
		if (!r->month_said)
			r->rule.months_after = 1;
		r->month_said = true;
		if (place == RULE_AFTER)
			return;
	}
	r->rule.place = place;
	r->has_place = true;
}

/* «следующего за отчетным (кварталом|периодом)», the unit it names too */
static bool
take_next_after_reported(
    struct parser *p, enum deadline_unit *ret, bool *ret_unit_said)
{
	size_t start = p->at;

	(void)take_kind(p, T_COMMA);
	if (!take_class(p, W_NEXT)) {
		p->at = start;
		return false;
	}
	(void)take_class(p, W_PER);
	(void)take_class(p, W_REPORTED);
	*ret_unit_said = take_time_unit(p, ret);
	if (!*ret_unit_said)
		(void)take_unit(p, U_PERIOD);
	return true;
}

/* «последнего месяца [каждого] квартала», «первого месяца квартала» */
static bool
take_ordinal_month(struct parser *p, bool *ret_unit_said)
{
	size_t start = p->at;
	enum deadline_unit unit;
	int n;

	if (!take_ordinal(p, &n) || !take_unit(p, U_MONTH) || n < -1 ||
	    n == 0 || n > 3) {
		p->at = start;
		return false;
	}
	(void)take_class(p, W_EVERY);
	*ret_unit_said = take_time_unit(p, &unit);
	if (n > 0 && *ret_unit_said && unit != UNIT_QUARTER) {
		p->at = start; /* other units are not of three months */
		return false;
	}
	if (*ret_unit_said)
		set_every(p, unit, 1, 1, false);
	p->r->rule.months_after = n == -1 ? 0 : n - 3;
	p->r->month_said = true;
	return true;
}

/*
 * month of -> каждого unit [next] | [следующего] месяца | ordinal месяца unit
 *           | месяца[,] следующего за отчетным [unit]
 */
static bool
take_month_of(struct parser *p, bool *ret_unit_said)
{
	size_t start = p->at;
	enum deadline_unit unit = UNIT_MONTH;
	bool said;

	*ret_unit_said = false;
	if (take_class(p, W_EVERY)) {
		if (!take_time_unit(p, &unit)) {
			p->at = start;
			return false;
		}
		p->r->rule.months_after =
		    take_next_after_reported(p, &unit, &said);
		set_every(p, unit, 1, 1, false);
		*ret_unit_said = true;
		return true;
	}
	if (take_ordinal_month(p, ret_unit_said))
		return true;
	bool next = take_class(p, W_NEXT);
	bool month = take_unit(p, U_MONTH);
	if (!next && take_next_after_reported(p, &unit, ret_unit_said)) {
		next = true;
		if (*ret_unit_said)
			set_every(p, unit, 1, 1, false);
	}
	p->r->rule.months_after = next;
	p->r->month_said |= next;
	if (!month && !next)
		p->at = start;
	return month || next;
}

/* [в срок] (до | к | не позднее | с | по | в); by: only the end is said */
static bool
take_day_mode(struct parser *p, bool *ret_by)
{
	if (is_class(p, W_IN) && peek(p, 1)->class == W_TERM)
		p->at += 2;
	if (take_class(p, W_NOT)) {
		*ret_by = true;
		return take_class(p, W_LATER);
	}
	*ret_by = take_class(p, W_BY) || take_class(p, W_TOWARDS);
	if (!*ret_by)
		(void)(take_class(p, W_FROM) || take_class(p, W_PO) ||
		       take_class(p, W_IN));
	return true;
}

/* Days of a month, all of them alike: "1, 15" or one "1-5". */
static bool
are_month_days(const struct series *s)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->from[i] < 1 || s->to[i] > 31 || s->to[i] < s->from[i] ||
		    (s->n > 1 && s->to[i] != s->from[i]))
			return false;
	return true;
}

/* Single days as a mask; 0 for a span of them. */
static unsigned
days_said(const struct deadline_rule *rule)
{
	bool one = rule->day_to && (rule->place == RULE_BY_DAY ||
				       rule->day_from == rule->day_to);

	return rule->days ? rule->days : one ? 1u << (rule->day_to - 1) : 0;
}

static void
set_days(struct parser *p, const struct series *s, bool by)
{
	struct deadline_rule *rule = &p->r->rule;
	enum rule_place place = by ? RULE_BY_DAY : RULE_DAYS;
	bool again = p->r->has_place && rule->place == place;
	unsigned mask = again ? days_said(rule) : 0;

	set_place(p, place);
	for (size_t i = 0; i < s->n; i++)
		mask |= 1u << (s->to[i] - 1);
	bool span = s->from[0] != s->to[0];
	if (again && (span || !days_said(rule)))
		two_rules(p);
	rule->day_from = by ? 1 : s->from[0];
	rule->day_to = s->to[0];
	rule->days = 0;
	if (__builtin_popcount(mask) == 1)
		return;
	rule->days = mask;
	rule->day_from = rule->day_to = 0;
	if (!p->r->every.is_set)
		assume(p->mem, p->r,
		    N_("Месяц не назван: прочитано как «каждый месяц»."));
	set_every(p, p->r->every.is_set ? p->r->every.unit : UNIT_MONTH, 1,
	    __builtin_popcount(rule->days), false);
}

/* Behind the numbers: what makes days of a month of them. */
static bool
take_named_days(struct parser *p)
{
	bool unit_said;

	bool monthly =
	    p->r->every.is_set && p->r->every.unit == UNIT_MONTH &&
	    (p->tokens.all[p->at - 1].kind == T_WORD || is_kind(p, T_END)) &&
	    !is_class(p, W_UNIT) && !is_class(p, W_WORKING);
	bool number = take_class(p, W_DAY_OF);
	bool day = !number && take_unit(p, U_DAY);
	if (is_class(p, W_MONTH))
		return false;
	bool of_month = take_month_of(p, &unit_said);
	bool of_any = of_month && (unit_said || p->r->rule.months_after ||
				      p->r->month_said);
	return number || of_any || monthly || (day && of_month);
}

/*
 * month day -> day mode series [числа] [month of] | N-го month of
 *            | N-го, where «ежемесячно» was said
 * «10 числа октября» is a day and not this.
 */
bool
take_month_day(struct parser *p)
{
	size_t start = p->at;
	struct deadline_rule before = p->r->rule;
	struct series s;
	bool by;

	bool days = take_day_mode(p, &by);
	(void)take_class(p, W_EVERY);
	if (days && take_series(p, &s) && are_month_days(&s) &&
	    take_named_days(p)) {
		set_days(p, &s, by);
		return true;
	}
	p->r->rule = before;
	p->at = start;
	return false;
}

/* weekday list -> W [- W] {(,|и) W [- W]} */
static unsigned
take_weekdays(struct parser *p, bool *ret_plural)
{
	unsigned mask = 0;

	*ret_plural = false;
	while (is_class(p, W_WEEKDAY)) {
		int day = peek(p, 0)->value;
		mask |= 1u << (day - 1);
		*ret_plural |= peek(p, 0)->plural_to;
		p->at++;
		if (is_kind(p, T_DASH) && peek(p, 1)->class == W_WEEKDAY &&
		    peek(p, 1)->value > day) { /* «понедельник-пятница» */
			for (; day < peek(p, 1)->value; day++)
				mask |= 1u << day;
			p->at += 2;
		}
		if (peek(p, 1)->class == W_WEEKDAY)
			(void)(take_kind(p, T_COMMA) || take_class(p, W_AND));
	}
	return mask;
}

/* «каждый второй вторник» without a month: every other week. */
static void
set_weekdays(
    struct parser *p, unsigned days, unsigned nth, bool month, bool every)
{
	struct deadline_rule *rule = &p->r->rule;

	/* «по вторникам и по четвергам» are days of one rule. */
	bool again = p->r->has_place && rule->place == RULE_WEEKDAYS;
	if (again && rule->nth != nth)
		two_rules(p);
	set_place(p, RULE_WEEKDAYS);
	rule->weekdays = days | (again ? rule->weekdays : 0);
	if (nth == 2 && every && !month) {
		set_every(p, UNIT_WEEK, 2, 1, false);
		assume(p->mem, p->r,
		    N_("«Каждый второй» прочитано как «раз в две недели»."));
		return;
	}
	rule->nth = nth;
	if (nth && !month)
		assume(p->mem, p->r,
		    N_("Месяц не назван: прочитано как день каждого месяца."));
	if (!every && !month && !nth)
		assume(p->mem, p->r,
		    N_("День недели прочитан как «каждую неделю»."));
	set_every(p, nth ? UNIT_MONTH : UNIT_WEEK, 1, 1, false);
}

/* «по вторникам 2 и 4 недели»: the second and the fourth of the month */
static bool
take_weeks_of_month(struct parser *p, unsigned *ret_nth)
{
	size_t start = p->at;
	struct series s;

	if (!take_series(p, &s) || !take_unit(p, U_WEEK)) {
		p->at = start;
		return false;
	}
	for (size_t i = 0; i < s.n; i++) {
		int n = s.from[i];
		if (n == 0 || n > 5 || s.to[i] != n) {
			p->at = start;
			return false;
		}
		*ret_nth |= n == -1 ? (unsigned)RULE_LAST : 1u << (n - 1);
	}
	assume(p->mem, p->r,
	    N_("Номер недели прочитан как номер этого дня недели в месяце."));
	return true;
}

/*
 * weekdays -> [кажд*|по] [N-й {(,|и) N-й}] weekday list [каждого] [месяца|недели]
 * A month's name behind them makes a single day, which is not this.
 */
bool
take_weekday_rule(struct parser *p)
{
	size_t start = p->at;
	unsigned nth = 0;
	int n;
	bool plural, every;

	(void)(take_class(p, W_IN) || take_class(p, W_ON));
	bool by_po = take_class(p, W_PO);
	every = take_class(p, W_EVERY) || by_po;
	while (!by_po && take_ordinal(p, &n)) {
		if (n == 0 || n > 5) {
			p->at = start;
			return false;
		}
		nth |= n == -1 ? (unsigned)RULE_LAST : 1u << (n - 1);
		(void)(take_kind(p, T_COMMA) || take_class(p, W_AND));
	}
	unsigned days = take_weekdays(p, &plural);
	if (!days || (by_po && !plural)) {
		p->at = start;
		return false;
	}
	bool weeks = !nth && take_weeks_of_month(p, &nth);
	every |= take_class(p, W_EVERY);
	bool month = take_unit(p, U_MONTH) || weeks;
	if (!month)
		(void)take_unit(p, U_WEEK);
	if (is_class(p, W_MONTH) && (!every || nth)) {
		p->at = start; /* «вторая среда мая» is one day */
		return false;
	}
	set_weekdays(p, days, nth, month, every);
	return true;
}

/* The days of every month a decade, a week or a half stands for. */
static void
set_month_days(struct parser *p, int unit, int n)
{
	static const int step[] = {
	    [U_WEEK] = 7, [U_DECADE] = 10, [U_PART] = 15};
	int size = step[unit];
	bool last = n == -1 || n * size >= 28;

	if (p->r->has_place)
		two_rules(p);
	set_place(p, RULE_DAYS);
	p->r->rule.day_from =
	    n == -1 ? (unit == U_WEEK ? 25 : 21) : (n - 1) * size + 1;
	p->r->rule.day_to = last ? 31 : n * size;
	if (unit == U_PART && n == 2)
		p->r->rule.day_from = 16;
}

static bool
has_several(enum deadline_unit unit)
{
	return unit != UNIT_DAY && unit != UNIT_YEAR;
}

/*
 * part -> [до] (начало|середина|конец) [каждого] unit
 * «конец месяца» alone names no month and stays unread.
 */
bool
take_part_of_each(struct parser *p)
{
	static const enum rule_place place_of[] = {
	    RULE_BEGINNING, RULE_MIDDLE, RULE_END};

	size_t start = p->at;
	enum deadline_unit unit;

	(void)(take_class(p, W_IN) || take_class(p, W_ON));
	bool by = take_class(p, W_BY) || take_class(p, W_TOWARDS);
	if (!is_class(p, W_PART)) {
		p->at = start;
		return false;
	}
	int part = peek(p, 0)->value - 1; /* PART_BEGINNING is 1 */
	p->at++;
	bool every = take_class(p, W_EVERY);
	if (!take_time_unit(p, &unit) || !has_several(unit) ||
	    (!every && (unit <= UNIT_MONTH || by))) {
		p->at = start; /* «до конца четверти»: its ends, not a rule */
		return false;
	}
	if (!every)
		assume(p->mem, p->r,
		    N_("Номер не назван: прочитано как «каждый раз»."));
	set_every(p, unit, 1, 1, false);
	set_place(p, by && part == 2 ? RULE_UNTIL_END : place_of[part]);
	return true;
}

/* «последний день», «5-й рабочий день»: where in its unit the rule falls */
static bool
set_nth_day(
    struct parser *p, enum deadline_unit unit, int n, bool working, bool by)
{
	struct deadline_rule *rule = &p->r->rule;

	const struct deadline_every *e = &p->r->every;

	if ((!working && n != -1) || (e->is_set && e->unit < unit))
		return false;
	set_every(p, unit, 1, 1, false);
	if (working) {
		if (p->r->has_place && rule->workday != n)
			two_rules(p);
		set_place(p, RULE_WORKDAY);
		rule->workday = n;
		rule->by_workday = by;
	} else {
		set_place(p, by ? RULE_UNTIL_END : RULE_LAST_DAY);
	}
	return true;
}

/* [до | не позднее | в | на] [каждый]: by is for the first two */
static bool
take_nth_mode(struct parser *p, bool *ret_by)
{
	*ret_by = take_class(p, W_NOT);
	if (*ret_by && !take_class(p, W_LATER))
		return false;
	if (!*ret_by && !take_class(p, W_IN) && !take_class(p, W_ON))
		*ret_by = take_class(p, W_BY) || take_class(p, W_TOWARDS);
	(void)take_class(p, W_EVERY);
	return true;
}

/* [рабочий] день [каждого] unit */
static bool
take_day_of_each(struct parser *p, int n, bool by)
{
	enum deadline_unit unit;

	bool working = take_class(p, W_WORKING);
	if (!take_unit(p, U_DAY) && (working || !take_class(p, W_DAY_OF)))
		return false; /* «последнее число» is a day as well */
	(void)take_class(p, W_EVERY);
	if (!take_time_unit(p, &unit)) {
		if (!p->r->every.is_set || is_class(p, W_MONTH))
			return false;
		unit = p->r->every.unit; /* «ежемесячно, последний день» */
	}
	return has_several(unit) && unit != UNIT_WEEK &&
	       set_nth_day(p, unit, n, working, by);
}

/* (декада|неделя|половина) [каждого] месяца */
static bool
take_part_of_each_month(struct parser *p, int n)
{
	int unit = peek(p, 0)->value;

	if (n > 5 || !is_class(p, W_UNIT) ||
	    (unit != U_DECADE && unit != U_WEEK && unit != U_PART))
		return false;
	p->at++;
	(void)take_class(p, W_EVERY);
	bool monthly = p->r->every.is_set && p->r->every.unit == UNIT_MONTH;
	if (!take_unit(p, U_MONTH) && (!monthly || is_class(p, W_MONTH)))
		return false;
	set_every(p, UNIT_MONTH, 1, 1, false);
	set_month_days(p, unit, n);
	return true;
}

/*
 * nth -> [до|не позднее] N-й [рабочий] день [каждого] unit
 *      | N-я (декада|неделя|половина) [каждого] месяца
 * Where «ежемесячно» was said the month need not be.
 */
bool
take_nth_of_each(struct parser *p)
{
	size_t start = p->at;
	bool by;
	int n;

	if (take_nth_mode(p, &by) && take_ordinal(p, &n) && n != 0 && n <= 23) {
		if (take_day_of_each(p, n, by))
			return true;
		if (!by && take_part_of_each_month(p, n))
			return true;
	}
	p->at = start;
	return false;
}
