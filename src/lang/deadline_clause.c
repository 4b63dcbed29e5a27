/* deadline_clause.c - on request, throughout, so many days after, the hour. */
#include "lang/deadline_syntax.h"

/* ---- on request ---------------------------------------------------------- */

/* request -> по мере … | при … | по (запросу|…) | в случае … | ситуативно */
bool
take_request(struct parser *p)
{
	size_t start = p->at;

	(void)(take_class(p, W_IN) && !is_class(p, W_CASE) && (p->at = start));
	if (is_class(p, W_PO) && is_text(p, 1, S("согл"))) {
		p->at += 2;
		p->r->on_request = true;
		return true;
	}
	bool yes = take_class(p, W_SUCH) || take_class(p, W_CASE) ||
		   (is_class(p, W_REQUEST) && is_text(p, 0, S("ситуативно")));
	if (!yes && take_class(p, W_PO)) {
		for (int words = 0; words < 3 && !yes; words++) {
			yes = take_class(p, W_MEASURE) ||
			      take_class(p, W_REQUEST) ||
			      take_class(p, W_NECESSITY);
			if (!yes && !take_class(p, W_NONE))
				break;
		}
	}
	if (!yes) {
		p->at = start;
		return false;
	}
	skip_name(p);
	p->r->on_request = true;
	return true;
}

/* ---- throughout ---------------------------------------------------------- */

static void
put_area(struct parser *p, enum area area)
{
	*vec_push(p->mem, &p->r->items) =
	    (struct item){.from = {.area = area}, .to = {.area = area}};
}

static void
say_throughout(struct parser *p)
{
	if (p->r->first == SAID_NOTHING)
		p->r->first = SAID_THROUGHOUT;
}

/* "срока реализации дорожной карты", "периода действия программы" */
static bool
take_whole_period(struct parser *p)
{
	if (!take_class(p, W_TERM) && !take_unit(p, U_PERIOD))
		return false;
	if (is_class(p, W_HOLDING))
		while (is_kind(p, T_WORD) && !at_other_clause(p))
			p->at++;
	put_area(p, AREA_PERIOD);
	return true;
}

/* constant -> постоянно | на постоянной основе | "в рабочем порядке" */
static bool
take_constant(struct parser *p)
{
	size_t start = p->at;

	(void)take_class(p, W_ON);
	if (take_class(p, W_CONSTANT)) {
		(void)take_class(p, W_STEADY);
	} else if (!(p->at == start && is_class(p, W_IN) &&
		       peek(p, 1)->class == W_WORKING &&
		       is_text(p, 2, S("порядке")))) {
		p->at = start;
		return false;
	} else {
		p->at += 3;
	}
	put_area(p, AREA_PERIOD);
	p->r->constant = true;
	return true;
}

/* «в период реализации программы», «срок действия плана» */
static bool
take_period_of_plan(struct parser *p)
{
	size_t start = p->at;

	(void)(take_class(p, W_IN) || take_class(p, W_ON));
	const struct token *what = peek(p, 1);
	if (!is_any_class(what, W_HOLDING) ||
	    (!str_starts(what->word, S("реализ")) &&
		!str_starts(what->word, S("действ"))) ||
	    !take_whole_period(p)) {
		p->at = start;
		return false;
	}
	return true;
}

/* «учебный год», «в учебном году» and nothing more */
static bool
take_school_year_alone(struct parser *p)
{
	size_t start = p->at;

	(void)take_class(p, W_IN);
	if (!take_class(p, W_SCHOOL) || !take_unit(p, U_YEAR) ||
	    !is_kind(p, T_END)) {
		p->at = start;
		return false;
	}
	put_area(p, AREA_SCHOOL_YEAR);
	return true;
}

/*
 * throughout -> [в] течение [всего] [учебного] (года|периода|Y|Y/Y года)
 *             | весь (год|период|срок …) | constant
 * "в течение сентября" is a window like any other: false, cursor behind the
 * words "в течение".
 */
bool
take_throughout(struct parser *p)
{
	size_t start = p->at;

	if (take_constant(p)) {
		say_throughout(p);
		return true;
	}
	if (take_school_year_alone(p) || take_period_of_plan(p)) {
		say_throughout(p);
		return true;
	}
	if (is_class(p, W_IN) || is_class(p, W_ON) || is_class(p, W_PER))
		p->at++;
	bool during = take_class(p, W_DURING);
	size_t after = p->at;
	bool all = take_class(p, W_ALL);
	if (!during && !all) {
		p->at = start;
		return false;
	}
	if (take_whole_period(p)) {
		say_throughout(p);
		return true;
	}
	bool next = is_class(p, W_SCHOOL) && peek(p, 1)->class == W_UNIT &&
		    peek(p, 1)->value == U_YEAR;
	if (next || is_unit(p, U_YEAR) ||
	    (is_class(p, W_CALENDAR) && peek(p, 1)->class == W_UNIT)) {
		p->at += is_unit(p, U_YEAR) ? 1 : 2;
		put_area(p, next ? (all ? AREA_TEACHING : AREA_SCHOOL_YEAR) :
				   (all && !during ? AREA_PERIOD : AREA_YEAR));
		if (!next)
			p->r->items.p[p->r->items.n - 1].from.area =
			    p->r->items.p[p->r->items.n - 1].to.area =
				AREA_PERIOD;
		say_throughout(p);
		return true;
	}
	if (!during && !is_year_number(peek(p, 0))) {
		p->at = start;
		return false;
	}
	size_t first = p->r->items.n;
	p->at = after;
	(void)take_class(p, W_ALL);
	if (!take_dates(p)) {
		p->at = start;
		return false;
	}
	const struct item *one = &p->r->items.p[first];
	if (one->to.area == AREA_YEAR || one->to.area == AREA_SCHOOL_YEAR ||
	    one->to.area == AREA_ISO)
		say_throughout(p);
	else if (p->r->first == SAID_NOTHING)
		p->r->first = SAID_DATES;
	return true;
}

/* ---- so many days after something ---------------------------------------- */

/* anchor -> (со дня|с момента|после|с даты) …; the order's own day is known */
static void
take_anchor(struct parser *p, struct delay *d)
{
	size_t start = p->at;

	if (is_kind(p, T_END) || is_kind(p, T_CLOSE) || is_kind(p, T_COMMA) ||
	    is_kind(p, T_SEMICOLON)) {
		d->no_event = true;
		return;
	}
	skip_event(p);
	for (size_t i = start; i < p->at; i++)
		if (p->tokens.all[i].class == W_ORDER)
			d->from_order = true;
	for (size_t i = start; i < p->at; i++)
		if (p->tokens.all[i].class == W_BY)
			d->from_order = false; /* "за неделю до приказа" */
}

/*
 * ahead -> [не позднее [,] [чем]] за [N] [рабочих] unit до dates
 * False when the dates are not of a calendar: then it waits for an event.
 */
bool
take_ahead(struct parser *p)
{
	size_t start = p->at;
	size_t first = p->r->items.n;
	struct delay_length d = {.n = 1};

	if (take_class(p, W_NOT) && take_class(p, W_LATER))
		take_than(p);
	if (!take_class(p, W_PER))
		goto no;
	(void)take_number_word(p, &d.n);
	d.working = take_class(p, W_WORKING);
	(void)take_class(p, W_CALENDAR);
	if (!is_unit(p, U_DAY) && !is_unit(p, U_WEEK) && !is_unit(p, U_MONTH))
		goto no;
	d.unit = (enum word_unit)peek(p, 0)->value;
	p->at++;
	if (!is_class(p, W_BY) || d.n < 1 || !take_dates(p))
		goto no;
	for (size_t i = first; i < p->r->items.n; i++) {
		if (p->r->items.p[i].mode != MODE_BY)
			goto no;
		p->r->items.p[i].ahead = d;
	}
	return true;
no:
	p->at = start;
	p->r->items.n = first;
	return false;
}

/*
 * delay -> в течение N [рабочих] (дней|недель|месяцев) [anchor]
 *        | не позднее [чем] [через] N unit anchor | через N unit anchor
 *        | в N-дневный срок [anchor] | за N unit до …
 */
bool
take_delay(struct parser *p)
{
	size_t start = p->at;
	struct delay d = {.n = 1};

	bool during = false;
	bool after = take_class(p, W_NOT) && take_class(p, W_LATER);
	if (after) {
		take_than(p);
		(void)(take_class(p, W_VIA) || take_class(p, W_PER));
	} else {
		p->at = start;
		after = take_class(p, W_VIA) || take_class(p, W_PER);
		if (!after) {
			(void)take_class(p, W_IN);
			during = take_class(p, W_DURING);
		}
	}
	bool number = take_number_word(p, &d.n);
	(void)(is_kind(p, T_OPEN) && peek(p, 2)->kind == T_CLOSE &&
	       (p->at += 3));
	if (!during && !after) { /* в двухнедельный срок, в 10-дневный срок */
		(void)take_kind(p, T_DASH);
		(void)(number && peek(p, 0)->class == W_NONE &&
		       peek(p, 1)->kind == T_DASH && (p->at += 2));
		if (!is_class(p, W_SINGLE) || peek(p, 1)->class != W_TERM) {
			p->at = start;
			return false;
		}
		int said = peek(p, 0)->value;
		d.unit = (enum word_unit)(said % 16);
		d.n = said / 16 ? said / 16 : d.n;
		p->at += 2;
	} else {
		d.working = take_class(p, W_WORKING);
		(void)take_class(p, W_CALENDAR);
		if (!is_unit(p, U_DAY) && !is_unit(p, U_WEEK) &&
		    !is_unit(p, U_MONTH)) {
			p->at = start;
			return false;
		}
		d.unit = (enum word_unit)peek(p, 0)->value;
		p->at++;
		if (is_class(p, W_UNIT)) { /* «5 рабочего дня месяца» */
			p->at = start;
			return false;
		}
	}
	take_anchor(p, &d);
	d.is_set = true;
	d.text = tokens_text(p->mem, &p->tokens, start, p->at);
	p->r->delay = d;
	return true;
}

/* ---- the rest ------------------------------------------------------------ */

/* "15.00" and "14.30" cannot be days: there is no such month. */
static bool
is_no_month(const struct token *minutes)
{
	return minutes->value == 0 ||
	       (minutes->value > 12 && minutes->value % 5 == 0);
}

bool
at_clock(const struct parser *p)
{
	struct parser look = *p;

	return is_kind(p, T_NUMBER) && take_clock(&look);
}

/* time -> [в|до] HH[:.-]MM [ч.] [мск]: rule 7, the time of day is not a date */
bool
take_clock(struct parser *p)
{
	size_t start = p->at;

	bool by = take_class(p, W_BY);
	bool since = !by && take_class(p, W_FROM);
	(void)(by || since || take_class(p, W_IN));
	const struct token *h = peek(p, 0), *s = peek(p, 1), *m = peek(p, 2);
	bool hour = h->kind == T_NUMBER && h->value <= 24 && h->digits <= 2;
	bool minutes = hour && m->kind == T_NUMBER && m->digits == 2 &&
		       m->value < 60 && m->glued && s->glued;
	bool colon = minutes && s->kind == T_COLON;
	bool other = minutes && (s->kind == T_DOT || s->kind == T_DASH);
	bool word = false;

	if (since && colon) { /* «с 10:00 до 12:00» */
		p->at += 3;
		(void)(take_class(p, W_BY) || take_kind(p, T_DASH));
		return take_clock(p) || true;
	}

	if (hour)
		p->at += colon || other ? 3 : 1;
	while (hour && take_class(p, W_CLOCK))
		word = true;
	if (colon || word ||
	    (other && s->kind == T_DOT && is_no_month(m) &&
		!is_kind(p, T_DOT))) {
		p->until_clock = by;
		return true;
	}
	p->at = start;
	return false;
}
