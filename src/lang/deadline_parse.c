/* deadline_parse.c - the grammar of a whole cell. */
#include <stdarg.h>
#include <stdio.h>

#include "base/utf8.h"
#include "lang/deadline_syntax.h"

PRINTF(2, 0)

static struct str
sentence(struct arena *mem, const char *format, va_list ap)
{
	char text[1024];
	int n = vsnprintf(text, sizeof text, format, ap);

	MUST(n >= 0);
	return arena_str(
	    mem, (struct str){text,
		     (size_t)n < sizeof text ? (size_t)n : sizeof text - 1});
}

/* One sentence is said once, however often it was the reason. */
void
assume(struct arena *mem, struct reading *r, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	struct str s = sentence(mem, format, ap);
	va_end(ap);
	vec_each(struct str, said, &r->assumptions)
		if (str_eq(*said, s))
			return;
	*vec_push(mem, &r->assumptions) = s;
}

/* The first reason stays. */
void
unreadable(struct parser *p, const char *format, ...)
{
	va_list ap;

	if (p->r->unreadable)
		return;
	va_start(ap, format);
	p->r->reason = sentence(p->mem, format, ap);
	va_end(ap);
	p->r->unreadable = true;
}

const struct token *
peek(const struct parser *p, size_t ahead)
{
	size_t at = p->at + ahead;

	return &p->tokens.all[at < p->tokens.n ? at : p->tokens.n - 1];
}

bool
is_kind(const struct parser *p, enum token_kind kind)
{
	return peek(p, 0)->kind == kind;
}

bool
is_class(const struct parser *p, enum word_class class)
{
	const struct token *t = peek(p, 0);

	return t->kind == T_WORD && t->class == class;
}

bool
is_unit(const struct parser *p, enum word_unit unit)
{
	return is_class(p, W_UNIT) && peek(p, 0)->value == (int)unit;
}

bool
take_kind(struct parser *p, enum token_kind kind)
{
	if (kind == T_END || !is_kind(p, kind))
		return false;
	p->at++;
	return true;
}

bool
take_class(struct parser *p, enum word_class class)
{
	if (!is_class(p, class))
		return false;
	p->at++;
	return true;
}

bool
take_unit(struct parser *p, enum word_unit unit)
{
	if (!is_unit(p, unit))
		return false;
	p->at++;
	return true;
}

static bool
is_text(const struct parser *p, size_t ahead, struct str word)
{
	const struct token *t = peek(p, ahead);

	return t->kind == T_WORD && str_eq(t->word, word);
}

/* ---- where the name of a schedule ends ---------------------------------- */

/* Something that is a deadline of its own begins here. */
static bool
at_other_clause(struct parser *p)
{
	size_t at = p->at;

	if (is_kind(p, T_COMMA)) {
		p->at++;
		bool date =
		    is_class(p, W_MONTH) || is_class(p, W_BY) ||
		    is_class(p, W_EACHLY) || is_class(p, W_CONSTANT) ||
		    is_class(p, W_DURING) || at_month_or_date(p) ||
		    (is_class(p, W_NOT) && peek(p, 1)->class != W_NONE) ||
		    (is_class(p, W_IN) && (peek(p, 1)->class == W_DURING ||
					      peek(p, 1)->class == W_TERM));
		p->at = at;
		return date;
	}
	if (is_class(p, W_IN) || is_class(p, W_ON))
		return peek(p, 1)->class == W_DURING ||
		       peek(p, 1)->class == W_MONTH ||
		       peek(p, 1)->class == W_TERM ||
		       (peek(p, 1)->class == W_CONSTANT &&
			   peek(p, 2)->class == W_STEADY);
	if (is_class(p, W_BY)) {
		p->at++;
		bool date = at_month_or_date(p);
		p->at = at;
		return date;
	}
	return is_class(p, W_MONTH) || is_class(p, W_DURING) ||
	       is_class(p, W_CONSTANT) || is_class(p, W_EACHLY) ||
	       (is_class(p, W_EVERY) && peek(p, 1)->class == W_UNIT) ||
	       (is_class(p, W_TIMES) && peek(p, 1)->class == W_IN) ||
	       (is_kind(p, T_NUMBER) && peek(p, 1)->class == W_TIMES);
}

/* name -> tokens till a bracket closes, ";" or another clause */
static void
skip_name(struct parser *p)
{
	int depth = 0;

	while (!is_kind(p, T_END)) {
		if (is_kind(p, T_OPEN))
			depth++;
		else if (is_kind(p, T_CLOSE) && depth-- == 0)
			break;
		else if (depth == 0 &&
			 (is_kind(p, T_SEMICOLON) || at_other_clause(p)))
			break;
		if (depth == 0 && is_kind(p, T_OPEN))
			break;
		p->at++;
	}
}

/* ---- external: by somebody's schedule ----------------------------------- */

/* "отдельному" to "отдельный": the name is shown in the nominative. */
static struct str
nominative(struct arena *mem, const struct token *t)
{
	static const char *const stressed[] = {
	    "областн", "городск", "краев", "годов", "районн", "сквозн"};

	static const struct {
		const char *ending, *becomes;
	} turns[] = {{"ому", "ый"}, {"ого", "ый"}, {"ым", "ый"}, {"ему", "ий"},
	    {"его", "ий"}, {"им", "ий"}, {"ым", "ый"}};
	struct str w = t->raw;

	for (size_t i = 0; i < COUNT_OF(turns); i++) {
		struct str ending = str_of(turns[i].ending);
		if (!str_ends(w, ending))
			continue;
		struct str stem = str_cut(w, 0, w.n - ending.n);
		for (size_t k = 0; k < COUNT_OF(stressed); k++)
			if (str_ends(stem, str_of(stressed[k])) && k != 4)
				return arena_fmt(mem, "%.*sой", STR_ARG(stem));
		bool hiss = str_ends(stem, S("к")) || str_ends(stem, S("г")) ||
			    str_ends(stem, S("х"));
		return arena_fmt(mem, "%.*s%s", STR_ARG(stem),
		    hiss ? "ий" : turns[i].becomes);
	}
	return w;
}

static struct str
plan_noun(const struct token *t)
{
	static const struct {
		const char *stem, *noun;
	} nouns[] = {{"план", "план"}, {"график", "график"},
	    {"расписан", "расписание"}, {"циклограмм", "циклограмма"},
	    {"регламент", "регламент"}, {"срок", "сроки"}, {"приказ", "приказ"},
	    {"распоряжен", "распоряжение"}, {"постановлен", "постановление"}};

	for (size_t i = 0; i < COUNT_OF(nouns); i++)
		if (str_starts(t->word, str_of(nouns[i].stem)))
			return str_of(nouns[i].noun);
	return t->raw;
}

/* schedule: adjectives and the noun in the nominative, the rest as printed */
static void
name_schedule(struct parser *p, size_t adjectives, size_t noun)
{
	struct buf b = buf_open(p->mem, 0);

	for (size_t i = adjectives; i < noun; i++) {
		buf_put(&b, nominative(p->mem, &p->tokens.all[i]));
		buf_char(&b, ' ');
	}
	buf_put(&b, plan_noun(&p->tokens.all[noun]));
	p->at = noun + 1;
	if (is_kind(p, T_DASH) && peek(p, 1)->class == W_PLAN) {
		buf_char(&b, '-'); /* план-график */
		buf_put(&b, plan_noun(peek(p, 1)));
		p->at += 2;
	}
	size_t from = p->at;
	skip_name(p);
	struct str rest = tokens_text(p->mem, &p->tokens, from, p->at);
	while (
	    rest.n && (rest.p[rest.n - 1] == ',' || rest.p[rest.n - 1] == '.' ||
			  rest.p[rest.n - 1] == ' '))
		rest.n--;
	if (rest.n && rest.p[0] != ',')
		buf_char(&b, ' ');
	buf_put(&b, rest);
	if (!p->r->schedule.n)
		p->r->schedule = buf_str(&b);
	p->r->external = true;
}

/* external -> (по|согласно|в соответствии с|в) {word} план-word name */
static bool
take_external(struct parser *p)
{
	enum { MAX_ADJECTIVES = 6 };

	size_t start = p->at;
	bool terms;

	if (take_class(p, W_IN)) {
		if (take_class(p, W_ACCORDING)) {
			(void)take_class(p, W_FROM);
			terms = true;
		} else if (is_text(p, 0, S("рамках"))) {
			p->at++;
			terms = true;
		} else {
			terms = false; /* "в сроки, установленные …" only */
		}
	} else if (take_class(p, W_PO)) {
		terms = true;
	} else if (take_class(p, W_ACCORDING)) {
		terms = true;
		(void)take_class(p, W_FROM);
	} else {
		return false;
	}
	size_t adjectives = p->at;
	bool fixed = false;
	for (size_t i = 0; i <= MAX_ADJECTIVES; i++) {
		if ((is_class(p, W_PLAN) || is_class(p, W_ORDER)) && terms) {
			name_schedule(p, adjectives, p->at);
			return true;
		}
		if (is_class(p, W_TERM)) {
			size_t after = 1 + (peek(p, 1)->kind == T_COMMA);
			if (!fixed && peek(p, after)->class != W_FIXED &&
			    !terms)
				break;
			name_schedule(p, adjectives, p->at);
			return true;
		}
		if (!is_kind(p, T_WORD) || is_class(p, W_MONTH) ||
		    is_class(p, W_REQUEST) || is_class(p, W_DURING))
			break;
		fixed |= is_class(p, W_FIXED);
		p->at++;
	}
	p->at = start;
	return false;
}

/*
 * event -> в (день|дни|ходе|период) проведения … | накануне … | перед …
 *        | после … | по (итогам|окончании) … | за N unit до …
 * Nobody knows the day from the phrase: it waits for the event.
 */
static bool
take_event(struct parser *p)
{
	size_t start = p->at;

	bool event = take_class(p, W_BEFORE);
	if (!event && (take_class(p, W_PO) || take_class(p, W_AFTER))) {
		const struct token *prep = &p->tokens.all[p->at - 1];
		event = take_class(p, W_SUMMARY) ||
			(prep->class == W_AFTER && is_kind(p, T_WORD));
	} else if (!event) {
		(void)take_class(p, W_IN);
		size_t words = p->at;
		event =
		    (take_unit(p, U_DAY) || take_unit(p, U_PERIOD) ||
			is_text(p, 0, S("ходе")) || is_text(p, 0, S("время")) ||
			is_text(p, 0, S("дни"))) ||
		    take_class(p, W_BY) || take_class(p, W_PER);
		if (event && p->at == words)
			p->at++;
		bool begins = is_class(p, W_PART);
		if (begins)
			p->at++;
		event = event && (is_class(p, W_HOLDING) ||
				     (begins && is_kind(p, T_WORD) &&
					 peek(p, 0)->class == W_NONE));
	}
	if (!event) {
		p->at = start;
		return false;
	}
	skip_name(p);
	struct str text = tokens_text(p->mem, &p->tokens, start, p->at);
	if (!p->r->schedule.n)
		p->r->schedule = text;
	p->r->external = true;
	assume(p->mem, p->r,
	    N_("Срок зависит от события («%.*s»): дату назовёт тот, кто его "
	       "назначает."),
	    STR_ARG(text));
	return true;
}

/*
 * exam -> в период (проведения|подготовки) ГИА | ГИА known to the calendar.
 * Preparation has no days of its own.
 */
static bool
take_exam(struct parser *p)
{
	size_t start = p->at;

	while (is_class(p, W_IN) || is_class(p, W_ON))
		p->at++;
	(void)take_unit(p, U_PERIOD);
	bool holding = is_class(p, W_HOLDING) &&
		       str_starts(peek(p, 0)->word, S("проведен"));
	if (holding)
		p->at++;
	if (!is_class(p, W_EXAM) || peek(p, 0)->value != 1 || p->at == start) {
		p->at = start;
		return false;
	}
	p->at++;
	*vec_push(p->mem, &p->r->items) = (struct item){
	    .from = {.area = AREA_EXAM}, .to = {.area = AREA_EXAM}};
	return true;
}

/* ---- on request ---------------------------------------------------------- */

/* request -> по мере … | при … | по (запросу|…) | в случае … | ситуативно */
static bool
take_request(struct parser *p)
{
	size_t start = p->at;

	(void)(take_class(p, W_IN) && !is_class(p, W_CASE) && (p->at = start));
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
	return true;
}

/*
 * throughout -> [в] течение [всего] [учебного] (года|периода|Y|Y/Y года)
 *             | весь (год|период|срок …) | constant
 * "в течение сентября" is a window like any other: false, cursor behind the
 * words "в течение".
 */
static bool
take_throughout(struct parser *p)
{
	size_t start = p->at;

	if (take_constant(p)) {
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
	if (!during) {
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
	skip_name(p);
	for (size_t i = start; i < p->at; i++)
		if (p->tokens.all[i].class == W_ORDER)
			d->from_order = true;
	for (size_t i = start; i < p->at; i++)
		if (p->tokens.all[i].class == W_BY)
			d->from_order = false; /* "за неделю до приказа" */
}

/*
 * delay -> в течение N [рабочих] (дней|недель|месяцев) [anchor]
 *        | не позднее [чем] [через] N unit anchor | через N unit anchor
 *        | в N-дневный срок [anchor] | за N unit до …
 */
static bool
take_delay(struct parser *p)
{
	size_t start = p->at;
	struct delay d = {.n = 1};

	bool during = false;
	bool after = take_class(p, W_NOT) && take_class(p, W_LATER);
	if (after) {
		(void)take_class(p, W_WHICH);
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
	(void)(by || take_class(p, W_IN));
	const struct token *h = peek(p, 0), *s = peek(p, 1), *m = peek(p, 2);
	bool hour = h->kind == T_NUMBER && h->value <= 24 && h->digits <= 2;
	bool minutes = hour && m->kind == T_NUMBER && m->digits == 2 &&
		       m->value < 60 && m->glued && s->glued;
	bool colon = minutes && s->kind == T_COLON;
	bool other = minutes && (s->kind == T_DOT || s->kind == T_DASH);
	bool word = false;

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

/* except -> кроме dates: taken out of what recurs */
static bool
take_except(struct parser *p)
{
	size_t start = p->at;

	(void)take_class(p, W_PER);
	if (!take_class(p, W_EXCEPT)) {
		p->at = start;
		return false;
	}
	size_t first = p->r->items.n;
	if (take_dates(p)) {
		for (size_t i = first; i < p->r->items.n; i++) {
			*vec_push(p->mem, &p->r->except) = p->r->items.p[i];
		}
		p->r->items.n = first;
		return true;
	}
	unreadable(p, N_("Не понятно, что исключается из срока."));
	return true;
}

static void
say_dates(struct parser *p)
{
	if (p->r->first == SAID_NOTHING)
		p->r->first = SAID_DATES;
}

/* «I полугодие – до 25.12»: the term is the name of the deadline behind it. */
static bool
names_next_date(struct parser *p, size_t before, size_t first)
{
	const struct item *it = &p->r->items.p[first];
	struct parser look = *p;
	struct reading scratch = {0};

	if (p->r->items.n != first + 1 || it->is_span || it->mode != MODE_IN ||
	    it->from.part != PART_WHOLE ||
	    (it->from.area != AREA_TERM && it->from.area != AREA_HALF &&
		it->from.area != AREA_TRIMESTER &&
		it->from.area != AREA_QUARTER))
		return false;
	look.r = &scratch;
	if (!take_kind(&look, T_DASH) && !take_kind(&look, T_COLON))
		return false;
	if (!take_dates(&look))
		return false;
	p->r->unclear = tokens_text(p->mem, &p->tokens, before, p->at);
	p->r->items.n = first;
	return true;
}

/* One clause of any kind, or false with the cursor where it was. */
static bool
take_clause(struct parser *p)
{
	if (take_clock(p))
		return true;
	if (p->explains && (is_class(p, W_PO) || is_class(p, W_AFTER)) &&
	    peek(p, 1)->class == W_SUMMARY)
		return false; /* «май (по итогам года)»: a word of explanation */
	if (take_except(p) || take_external(p) || take_request(p) ||
	    take_delay(p) || take_recurrence(p) || take_throughout(p))
		return true;
	size_t before = p->at;
	size_t first = p->r->items.n;
	if (take_exam(p) || take_dates(p)) {
		p->until_clock = false;
		if (names_next_date(p, before, first))
			return true;
		say_dates(p);
		return true;
	}
	if (take_event(p))
		return true;
	if (is_class(p, W_STARTING)) {
		p->at++;
		if (take_dates(p)) {
			say_dates(p);
			return true;
		}
	}
	if (take_class(p, W_THEN)) {
		p->r->then = true;
		return true;
	}
	return false;
}

static bool
is_separator(enum token_kind kind)
{
	return kind == T_COMMA || kind == T_SEMICOLON || kind == T_DOT ||
	       kind == T_DASH || kind == T_SLASH || kind == T_COLON ||
	       kind == T_OTHER || kind == T_DOTS;
}

/* Words that would turn the sense round if they were passed over. */
static bool
is_dangerous(const struct token *t, bool bare)
{
	if (t->kind == T_BLANK || t->kind == T_ISO)
		return true;
	if (t->kind != T_WORD)
		return false;
	if (bare && (t->class == W_UNIT || t->class == W_CARDINAL ||
			t->class == W_ORDINAL || t->class == W_WEEKDAY ||
			t->class == W_PART || t->class == W_MONTH))
		return true; /* a word of time nobody placed */
	return t->class == W_NOT || t->class == W_EXCEPT ||
	       t->class == W_BEFORE || t->class == W_PER || t->class == W_VIA ||
	       t->class == W_BY || t->class == W_TOWARDS || t->class == W_NO;
}

struct cell {
	struct parser *p;
	size_t words_from; /* a run of words that belong to no clause yet */
	size_t words_to;
	size_t open_at; /* token of the bracket we are in, plus 1 */
	size_t open_items;
};

/*
 * Words beside a date name its sub-item («входной контроль – сентябрь») or
 * explain it; they are kept as its label, and the person is told.
 */
static void
close_words(struct cell *c, bool names_next, size_t n)
{
	struct parser *p = c->p;
	struct str text =
	    tokens_text(p->mem, &p->tokens, c->words_from, c->words_to);

	if (c->words_from == c->words_to)
		return;
	c->words_from = c->words_to = p->at;
	if (names_next || !n) {
		p->r->strays++;
		p->r->unclear = text;
		return;
	}
	struct item *last = &p->r->items.p[n - 1];
	if (!last->label.n)
		last->label = text;
	p->r->strays++;
	assume(p->mem, p->r, N_("Слова «%.*s» оставлены пояснением к сроку."),
	    STR_ARG(text));
}

/* A label found before an item goes to the first item the clause made. */
static void
label_items(struct parser *p, size_t first)
{
	if (!p->r->unclear.n || p->r->items.n == first)
		return;
	p->r->items.p[first].label = p->r->unclear;
	assume(p->mem, p->r,
	    N_("Слова «%.*s» прочитаны как название подпункта."),
	    STR_ARG(p->r->unclear));
	p->r->unclear = S("");
}

static void
open_bracket(struct cell *c)
{
	const struct reading *r = c->p->r;

	c->open_at = c->p->at;
	c->open_items =
	    r->items.n && r->first == SAID_DATES && !r->every.is_set ?
		r->items.n :
		0;
}

/* «до 25.12 (I полугодие)»: dates in brackets behind a date explain it. */
static void
close_bracket(struct cell *c)
{
	struct parser *p = c->p;

	if (c->open_at && c->open_items && p->r->items.n > c->open_items &&
	    !p->r->every.is_set) {
		p->r->items.n = c->open_items;
		struct item *last = &p->r->items.p[c->open_items - 1];
		const struct item *inner = last + 1;
		if (inner->mode == MODE_BY && last->mode == MODE_IN &&
		    !last->is_span) { /* «июнь (не позднее 15.06)» */
			last->to = inner->to;
			last->is_span = true;
		}
		last->label =
		    tokens_text(p->mem, &p->tokens, c->open_at, p->at - 1);
		assume(p->mem, p->r,
		    N_("«%.*s» в скобках прочитано как пояснение к сроку."),
		    STR_ARG(last->label));
	}
	c->open_at = 0;
	p->explains = false;
}

/* «9, 11 классы» are no days. */
static bool
numbers_of_classes(const struct parser *p)
{
	size_t ahead = 0;

	while (peek(p, ahead)->kind == T_NUMBER ||
	       peek(p, ahead)->kind == T_COMMA ||
	       peek(p, ahead)->kind == T_DASH || peek(p, ahead)->class == W_AND)
		ahead++;
	return peek(p, ahead)->class == W_CLASS;
}

/* A token no clause wants: a separator, a bracket, or one more stray word. */
static void
pass_token(struct cell *c)
{
	struct parser *p = c->p;
	const struct token *t = peek(p, 0);

	p->at++;
	if (t->kind == T_OPEN) {
		close_words(c, false, p->r->items.n);
		open_bracket(c);
		p->explains = c->open_items > 0;
		c->words_from = c->words_to = p->at;
		return;
	}
	if (t->kind == T_CLOSE) {
		c->words_to =
		    c->words_from == c->words_to ? c->words_to : p->at - 1;
		close_words(c, false, p->r->items.n);
		close_bracket(c);
		c->words_from = c->words_to = p->at;
		return;
	}
	if (is_separator(t->kind)) {
		bool names = t->kind == T_DASH || t->kind == T_COLON;
		bool more = c->words_from != c->words_to;
		if (more)
			close_words(c, names, p->r->items.n);
		else
			c->words_from = c->words_to = p->at;
		return;
	}
	bool small =
	    t->kind == T_WORD &&
	    (t->class == W_IN || t->class == W_ON || t->class == W_AND);
	bool numbers = (t->kind == T_NUMBER || t->kind == T_ROMAN) &&
		       !c->open_at && !numbers_of_classes(p);
	if (is_dangerous(t, !c->open_at) || numbers)
		unreadable(
		    p, N_("Не удалось прочитать «%.*s»."), STR_ARG(t->raw));
	if (small && c->words_from == c->words_to) {
		c->words_from = c->words_to = p->at;
		return;
	}
	if (c->words_from == c->words_to)
		c->words_from = p->at - 1;
	c->words_to = p->at;
}

/* canonical -> "не прочитано" ":" … | … "по графику" ":" name to the end */
static bool
take_canonical_tail(struct parser *p)
{
	bool unread = is_class(p, W_NOT) && is_text(p, 1, S("прочитано")) &&
		      peek(p, 2)->kind == T_COLON;
	bool named = is_class(p, W_PO) && is_text(p, 1, S("графику")) &&
		     peek(p, 2)->kind == T_COLON;

	if (!unread && !named)
		return false;
	struct str rest =
	    tokens_text(p->mem, &p->tokens, p->at + 3, p->tokens.n - 1);
	p->at = p->tokens.n - 1;
	if (unread) {
		unreadable(p, N_("Срок записан как непрочитанный."));
		return true;
	}
	p->r->external = true;
	p->r->schedule = rest;
	return true;
}

static bool
says_none(const struct parser *p)
{
	size_t at = p->at;

	for (; p->tokens.all[at].kind != T_END; at++) {
		const struct token *t = &p->tokens.all[at];
		bool mark = t->kind == T_DASH || t->kind == T_DOT;
		bool word = t->kind == T_WORD &&
			    (t->class == W_NO || t->class == W_TERM ||
				str_eq(t->word, S("без")) ||
				(t->class == W_NOT &&
				    p->tokens.all[at + 1].class == W_FIXED) ||
				(t->class == W_FIXED && at > 0));
		if (!mark && !word)
			return false;
	}
	return true;
}

/*
 * cell -> { clause | separator | words }
 * Stray words are only allowed beside something that was read.
 */
void
parse_cell(struct parser *p)
{
	struct cell c = {.p = p};

	if (says_none(p)) {
		p->r->said_none = true;
		return;
	}
	while (!is_kind(p, T_END) && !arena_full(p->mem)) {
		size_t first = p->r->items.n;
		if (take_canonical_tail(p))
			break;
		p->sticky = MODE_IN;
		if (is_kind(p, T_NUMBER) && peek(p, 1)->kind == T_CLOSE &&
		    !c.open_at) {
			p->at += 2; /* «1) до 25.12; 2) до 25.05» */
			continue;
		}
		if (take_clause(p)) {
			close_words(&c, p->r->unclear.n != 0, first);
			label_items(p, first);
			c.words_from = c.words_to = p->at;
			continue;
		}
		pass_token(&c);
	}
	c.words_to = c.words_from == c.words_to ? c.words_to : p->at;
	close_words(&c, false, p->r->items.n);
	close_bracket(&c);
}
