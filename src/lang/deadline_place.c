/* deadline_place.c - where in its month, quarter or week what recurs falls. */
#include "lang/deadline_syntax.h"

void
set_place(struct parser *p, enum rule_place place)
{
	p->r->rule.place = place;
	p->r->has_place = true;
}

/* "каждого месяца", "месяца", "месяца, следующего за отчетным кварталом" */
static bool
take_month_of(struct parser *p, bool *ret_unit_said)
{
	size_t start = p->at;
	enum deadline_unit unit = UNIT_MONTH;
	int n;

	*ret_unit_said = false;
	if (take_class(p, W_EVERY)) {
		if (take_time_unit(p, &unit)) {
			set_every(p, unit, 1, 1, false);
			*ret_unit_said = true;
			return true;
		}
		p->at = start;
		return false;
	}
	if (take_ordinal(p, &n) && !is_unit(p, U_MONTH)) {
		p->at = start;
		return false;
	}
	bool next = take_class(p, W_NEXT);
	bool month = take_unit(p, U_MONTH);
	size_t after = p->at;
	(void)take_kind(p, T_COMMA);
	if (!next && take_class(p, W_NEXT)) {
		next = true;
		(void)take_class(p, W_PER);
		(void)take_class(p, W_REPORTED);
		if (take_time_unit(p, &unit)) {
			set_every(p, unit, 1, 1, false);
			*ret_unit_said = true;
		} else {
			(void)take_unit(p, U_PERIOD);
		}
	} else {
		p->at = after;
	}
	p->r->rule.months_after = next;
	if (!month && !next)
		p->at = start;
	return month || next;
}

/*
 * month day -> [в срок] [до|не позднее|с] N [(,|и) N | (-|по) N] числа [month of]
 *            | N-го month of
 * «10 числа октября» is a day and not this.
 */
bool
take_month_day(struct parser *p)
{
	size_t start = p->at;
	int from, to;
	bool by = false;
	bool unit_said;

	if (is_class(p, W_IN) && peek(p, 1)->class == W_TERM)
		p->at += 2;
	if (take_class(p, W_NOT)) {
		by = take_class(p, W_LATER);
		if (!by) {
			p->at = start;
			return false;
		}
	} else {
		by = take_class(p, W_BY) || take_class(p, W_TOWARDS);
		if (!by)
			(void)(take_class(p, W_FROM) || take_class(p, W_PO) ||
			       take_class(p, W_IN));
	}
	(void)take_class(p, W_EVERY);
	if (!take_ordinal(p, &from) || from < 1 || from > 31) {
		p->at = start;
		return false;
	}
	to = from;
	if ((take_kind(p, T_DASH) || take_class(p, W_PO) ||
		take_class(p, W_BY)) &&
	    !take_ordinal(p, &to)) {
		p->at = start;
		return false;
	}
	bool number = take_class(p, W_DAY_OF);
	bool day = !number && take_unit(p, U_DAY);
	if (is_class(p, W_MONTH) || to < from || to > 31) {
		p->at = start;
		return false;
	}
	bool of_month = take_month_of(p, &unit_said);
	bool of_any = of_month && (unit_said || p->r->rule.months_after);
	if (!number && !of_any && !(day && of_month)) {
		p->at = start;
		return false;
	}
	set_place(p, by ? RULE_BY_DAY : RULE_DAYS);
	p->r->rule.day_from = by ? 1 : from;
	p->r->rule.day_to = to;
	return true;
}

/* weekday list -> W {(,|и) W} */
static unsigned
take_weekdays(struct parser *p, bool *ret_plural)
{
	unsigned mask = 0;

	*ret_plural = false;
	while (is_class(p, W_WEEKDAY)) {
		mask |= 1u << (peek(p, 0)->value - 1);
		*ret_plural |= peek(p, 0)->plural_to;
		p->at++;
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

	set_place(p, RULE_WEEKDAYS);
	rule->weekdays = days;
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
	every |= take_class(p, W_EVERY);
	bool month = take_unit(p, U_MONTH);
	if (!month)
		(void)take_unit(p, U_WEEK);
	if (is_class(p, W_MONTH)) {
		p->at = start;
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
 *       | N-я (декада|неделя|половина) [каждого] месяца
 *       | последний [рабочий] день [каждого] месяца
 * «конец месяца» alone names no month and stays unread.
 */
bool
take_part_of_each(struct parser *p)
{
	static const enum rule_place place_of[] = {
	    RULE_BEGINNING, RULE_MIDDLE, RULE_END};

	size_t start = p->at;
	enum deadline_unit unit;
	int n;

	(void)(take_class(p, W_IN) || take_class(p, W_ON));
	bool by = take_class(p, W_BY) || take_class(p, W_TOWARDS);
	if (is_class(p, W_PART)) {
		int part = peek(p, 0)->value - 1; /* PART_BEGINNING is 1 */
		p->at++;
		bool every = take_class(p, W_EVERY);
		if (!take_time_unit(p, &unit) || !has_several(unit) ||
		    (!every && unit <= UNIT_MONTH)) {
			p->at = start;
			return false;
		}
		if (!every && by) { /* the ends themselves, not a rule */
			p->at = start;
			return false;
		}
		if (!every)
			assume(p->mem, p->r,
			    N_("Номер не назван: прочитано как «каждый раз»."));
		set_every(p, unit, 1, 1, false);
		set_place(p, by && part == 2 ? RULE_UNTIL_END : place_of[part]);
		return true;
	}
	if (take_ordinal(p, &n) && n != 0 && n <= 5) {
		const struct token *noun = peek(p, 0);
		bool working = take_class(p, W_WORKING);
		bool day = take_unit(p, U_DAY);
		if (!day && is_class(p, W_UNIT) &&
		    (noun->value == U_DECADE || noun->value == U_WEEK ||
			noun->value == U_PART))
			p->at++;
		else if (!day || n != -1)
			goto no;
		bool every = take_class(p, W_EVERY);
		if (!take_unit(p, U_MONTH))
			goto no;
		(void)every;
		set_every(p, UNIT_MONTH, 1, 1, false);
		if (!day)
			set_month_days(p, noun->value, n);
		else if (working)
			set_place(p, RULE_WORKDAY);
		else {
			set_place(p, RULE_DAYS);
			p->r->rule.day_from = p->r->rule.day_to = 31;
		}
		return true;
	}
no:
	p->at = start;
	return false;
}
