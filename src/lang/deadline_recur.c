/* deadline_recur.c - the grammar of what happens again and again. */
#include "base/utf8.h"
#include "lang/deadline_syntax.h"

static const int unit_of_word[] = {
    [U_DAY] = UNIT_DAY,
    [U_WEEK] = UNIT_WEEK,
    [U_MONTH] = UNIT_MONTH,
    [U_QUARTER] = UNIT_QUARTER,
    [U_HALF] = UNIT_HALF_YEAR,
    [U_YEAR] = UNIT_YEAR,
    [U_TERM] = UNIT_SCHOOL_QUARTER,
    [U_TRIMESTER] = UNIT_TRIMESTER,
    [U_DECADE] = -1,
    [U_PART] = -1,
    [U_PERIOD] = -1,
};

/* unit -> [учебный|календарный] day|week|…|trimester */
bool
take_time_unit(struct parser *p, enum deadline_unit *ret)
{
	size_t start = p->at;
	bool school = take_class(p, W_SCHOOL);

	(void)take_class(p, W_CALENDAR);
	(void)take_class(p, W_WORKING);
	const struct token *t = peek(p, 0);
	if (!is_class(p, W_UNIT) || unit_of_word[t->value] < 0) {
		p->at = start;
		return false;
	}
	p->at++;
	*ret = (enum deadline_unit)unit_of_word[t->value];
	if (school && *ret == UNIT_QUARTER)
		*ret = UNIT_SCHOOL_QUARTER;
	return true;
}

void
set_every(struct parser *p, enum deadline_unit unit, int interval, int count,
    bool least)
{
	struct deadline_every *e = &p->r->every;

	if (interval < 1 || interval > 120 || count < 1 || count > 366) {
		unreadable(p,
		    N_("Такой частоты не бывает: число раз – %d, через сколько "
		       "сроков – %d."),
		    count, interval);
		return;
	}
	/* "ежемесячно, не реже 2 раз": the second only adds to the first. */
	if (e->is_set && unit == e->unit && interval == 1) {
		e->count = count > e->count ? count : e->count;
		e->at_least |= least;
		return;
	}
	if (e->is_set && unit > e->unit && (!least || p->r->has_place))
		return; /* "каждый понедельник месяца": the finer one rules */
	*e = (struct deadline_every){
	    .is_set = true,
	    .unit = unit,
	    .interval = interval,
	    .count = count,
	    .at_least = least,
	};
}

/* least -> не (реже|менее) [чем] | [как] минимум */
static bool
take_least(struct parser *p)
{
	size_t start = p->at;

	if (take_class(p, W_ATLEAST)) {
		if (is_text(p, 0, S("бы")))
			p->at++; /* «хотя бы» */
		return true;
	}
	if (take_class(p, W_NOT) && take_class(p, W_LESS)) {
		take_than(p);
		return true;
	}
	p->at = start;
	return false;
}

/* times -> [least] [N [-N]] раз | [least] дважды */
static bool
take_times(struct parser *p, int *ret_count, bool *ret_least)
{
	size_t start = p->at;
	int n = 1;
	int more = 0; /* «2–3 раза» */

	bool least = take_least(p);
	if (is_class(p, W_TIMES_N)) {
		*ret_count = peek(p, 0)->value;
		*ret_least = least;
		p->at++;
		return true;
	}
	if (take_number_word(p, &n) &&
	    (take_kind(p, T_DASH) || is_kind(p, T_NUMBER)))
		(void)take_number_word(p, &more);
	if (!take_class(p, W_TIMES)) {
		p->at = start;
		return false;
	}
	if (more) {
		least = true;
		assume(p->mem, p->r,
		    N_("«%d–%d %s» прочитано как «не реже %d %s»."), n, more,
		    plural_ru(more, "раз", "раза", "раз"), n,
		    n % 10 == 1 && n % 100 != 11 ? "раза" : "раз");
	}
	*ret_count = n;
	*ret_least = least;
	return true;
}

/* per -> (в [течение]|за|на [протяжении]|каждые) [N] unit */
static bool
take_per(struct parser *p, enum deadline_unit *ret_unit, int *ret_interval)
{
	size_t start = p->at;
	int n = 1;

	bool prep = take_class(p, W_IN) || take_class(p, W_PER) ||
		    take_class(p, W_ON) || take_kind(p, T_SLASH);
	(void)(prep && take_class(p, W_DURING));
	prep |= take_class(p, W_EVERY);
	if (!prep) {
		p->at = start;
		return false;
	}
	(void)take_number_word(p, &n);
	if (take_unit(p, U_DECADE)) { /* ten days, as "1 раз в 10 дней" */
		*ret_unit = UNIT_DAY;
		*ret_interval = 10 * n;
		return true;
	}
	if (!take_time_unit(p, ret_unit)) {
		p->at = start;
		return false;
	}
	*ret_interval = n;
	return true;
}

/*
 * «1 раз в I полугодии», «2 раза: октябрь, апрель»: the dates behind say all,
 * and how often is told by their number.
 */
static bool
dates_say_how_often(const struct parser *p, int count)
{
	struct parser look = *p;
	struct reading scratch = {0};
	struct series s;

	look.r = &scratch;
	if (take_kind(&look, T_COLON) || take_kind(&look, T_DASH) ||
	    take_kind(&look, T_OPEN)) {
		while (is_class(&look, W_IN) || is_class(&look, W_BY))
			look.at++;
		return at_month_or_date(&look);
	}
	if (count != 1 || !take_class(&look, W_IN))
		return false;
	struct parser terms = look;
	return take_series(&look, &s) && is_class(&look, W_UNIT) &&
	       at_month_or_date(&terms);
}

/* rate -> times [per] | per-word such as «ежемесячно» [times] */
static bool
take_rate(struct parser *p)
{
	size_t start = p->at;
	enum deadline_unit unit;
	int count, interval;
	bool least;

	if (is_text(p, 0, S("несколько")) && peek(p, 1)->class == W_TIMES) {
		unreadable(p, N_("Не сказано, сколько раз."));
		p->at += 2;
		return true;
	}
	if (take_times(p, &count, &least)) {
		if (take_per(p, &unit, &interval)) {
			set_every(p, unit, interval, count, least);
			return true;
		}
		if (!least && dates_say_how_often(p, count))
			return true;
		p->at = start;
		return false;
	}
	least = take_least(p);
	if (is_class(p, W_EACHLY)) {
		unit = (enum deadline_unit)peek(p, 0)->value;
		p->at++;
		count = 1;
		interval = 1;
		if (take_times(p, &count, &least)) /* «ежегодно 2 раза в год» */
			(void)take_per(p, &unit, &interval);
		set_every(p, unit, interval, count, least);
		return true;
	}
	p->at = start;
	return false;
}

/* each -> [в|на] кажд* [N-й|N] unit | кажд* month | по unit-ам | в рабочие дни */
static bool
take_each(struct parser *p)
{
	size_t start = p->at;
	enum deadline_unit unit;
	int n = 1;

	(void)(take_class(p, W_IN) || take_class(p, W_VIA) ||
	       take_class(p, W_ON));
	if (take_class(p, W_EVERY)) {
		if (is_class(p, W_MONTH)) {
			set_every(p, UNIT_YEAR, 1, 1, false);
			return true;
		}
		(void)(take_number_word(p, &n) || take_ordinal(p, &n));
		if (take_time_unit(p, &unit) && n > 0) {
			set_every(p, unit, n, 1, false);
			return true;
		}
	}
	p->at = start;
	if (take_class(p, W_IN) && take_class(p, W_WORKING) &&
	    is_text(p, 0, S("дни"))) {
		p->at++;
		set_every(p, UNIT_DAY, 1, 1, false);
		return true;
	}
	p->at = start;
	if (take_class(p, W_PO) &&
	    (peek(p, 0)->plural_to || peek(p, 1)->plural_to) &&
	    take_time_unit(p, &unit)) {
		set_every(p, unit, 1, 1, false);
		return true;
	}
	p->at = start;
	return false;
}

static void
assume_after(struct parser *p)
{
	assume(p->mem, p->r,
	    N_("«По итогам» прочитано как месяц после окончания."));
}

/*
 * after -> (по|после) (итогам|окончании|результатам) [каждого] unit {(,|и) unit}
 * The finest unit rules: "по итогам полугодия и учебного года".
 */
static bool
take_after_each(struct parser *p)
{
	size_t start = p->at;
	enum deadline_unit unit, finest = UNIT_YEAR;
	size_t n = 0;

	bool after = take_class(p, W_AFTER);
	bool prep = after || take_class(p, W_PO);
	if (!prep ||
	    (!take_class(p, W_SUMMARY) && !(after && is_class(p, W_EVERY)))) {
		p->at = start;
		return false;
	}
	if (p->r->every.is_set && (is_kind(p, T_END) || is_kind(p, T_CLOSE))) {
		assume_after(p); /* «ежеквартально, по итогам» */
		if (p->r->every.unit != UNIT_YEAR) {
			set_place(p, RULE_AFTER);
			return true;
		}
		p->sticky = MODE_AFTER;
		emit(p, (struct piece){.area = AREA_YEAR}, false);
		return true;
	}
	for (;;) {
		size_t before = p->at;
		(void)(n && (take_kind(p, T_COMMA) || take_class(p, W_AND)));
		(void)take_class(p, W_EVERY);
		if (!take_time_unit(p, &unit)) {
			p->at = before;
			break;
		}
		if (unit != UNIT_YEAR)
			finest = unit;
		n++;
	}
	if (!n || finest == UNIT_YEAR) { /* of a year: one window, no rule */
		p->at = start;
		return false;
	}
	set_every(p, finest, 1, 1, false);
	set_place(p, RULE_AFTER);
	assume_after(p);
	return true;
}

bool
take_recurrence(struct parser *p)
{
	enum said first = p->r->first;

	if (!take_rate(p) && !take_after_each(p) && !take_weekday_rule(p) &&
	    !take_part_of_each(p) && !take_nth_of_each(p) &&
	    !take_month_day(p) && !take_each(p))
		return false;
	if (first == SAID_NOTHING)
		p->r->first = SAID_EVERY;
	return true;
}
