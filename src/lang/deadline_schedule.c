/* deadline_schedule.c - whose schedule, or what event, a deadline waits for. */
#include "lang/deadline_syntax.h"

/* ---- where the name of a schedule ends ---------------------------------- */

/* Something that is a deadline of its own begins here. */
bool
at_other_clause(struct parser *p)
{
	size_t at = p->at;

	if (is_kind(p, T_COMMA)) {
		p->at++;
		(void)take_class(p, W_BUT); /* «по плану, но не реже …» */
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

static bool
opens_dates(const struct parser *p)
{
	struct parser look = *p;

	look.at++;
	while (is_class(&look, W_IN) || is_class(&look, W_BY))
		look.at++;
	return at_month_or_date(&look);
}

/* name -> tokens till a bracket closes, ";" or another clause */
void
skip_name(struct parser *p)
{
	int depth = 0;

	while (!is_kind(p, T_END)) {
		if (is_kind(p, T_OPEN) && depth == 0 && opens_dates(p))
			break; /* «по графику (апрель)» */
		if (is_kind(p, T_OPEN))
			depth++;
		else if (is_kind(p, T_CLOSE) && depth-- == 0)
			break;
		else if (depth == 0 &&
			 (is_kind(p, T_SEMICOLON) || at_other_clause(p)))
			break;
		p->at++;
	}
}

/* «окончания каждой четверти»: a genitive belongs to the event's name. */
void
skip_event(struct parser *p)
{
	for (;;) {
		skip_name(p);
		const struct token *t = peek(p, 0);
		if (!is_any_class(t, W_EVERY) ||
		    (!str_ends(t->word, S("ой")) &&
			!str_ends(t->word, S("ого"))))
			return;
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
	    {"его", "ий"}, {"им", "ий"}, {"ой", "ая"}};
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
	    {"регламент", "регламент"}, {"карт", "карта"}, {"сроки", "сроки"},
	    {"сроков", "сроки"}, {"срокам", "сроки"}, {"срок", "срок"},
	    {"гр", "график"}, {"пл", "план"}, {"расп", "расписание"},
	    {"приказ", "приказ"}, {"распоряжен", "распоряжение"},
	    {"постановлен", "постановление"}};

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
		buf_c(&b, p->tokens.all[i].abbreviated ? ". " : " ");
	}
	buf_put(&b, plan_noun(&p->tokens.all[noun]));
	p->at = noun + 1;
	if (is_kind(p, T_DASH) && peek(p, 1)->class == W_PLAN) {
		buf_char(&b, '-'); /* план-график */
		buf_put(&b, plan_noun(peek(p, 1)));
		p->at += 2;
	}
	if (is_kind(p, T_DASH) && peek(p, 0)->glued && peek(p, 1)->glued &&
	    peek(p, 1)->kind == T_WORD && peek(p, 1)->word.n <= 6)
		p->at += 2; /* «гр-ку» */
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
bool
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
			    peek(p, after)->class != W_HOLDING && !terms)
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

/* «план ВШК», «график ВПР», «сроки проведения ВПР»: nothing else in the cell */
bool
take_bare_schedule(struct parser *p)
{
	bool plan = is_class(p, W_PLAN) && peek(p, 1)->kind == T_WORD;
	bool terms = is_class(p, W_TERM) && peek(p, 1)->class == W_HOLDING;

	if (p->at || (!plan && !terms))
		return false;
	for (size_t i = 1; i < p->tokens.n; i++) {
		enum token_kind kind = p->tokens.all[i].kind;
		if (kind == T_NUMBER || kind == T_DASH || kind == T_COLON)
			return false; /* a heading of what follows */
	}
	p->at++;
	skip_name(p);
	bool whole = is_kind(p, T_END);
	p->at = 0;
	if (whole)
		name_schedule(p, 0, 0);
	return whole;
}

/* A word the language does not know, of three letters or more. */
static bool
is_plain_word(const struct token *t)
{
	return t->kind == T_WORD && t->class == W_NONE && t->word.n >= 6;
}

/* в (день|дни|ходе|время|период) (проведения … | ГИА | a word) */
static bool
take_event_time(struct parser *p)
{
	size_t start = p->at;

	bool in = take_class(p, W_IN) || take_class(p, W_ON);
	bool next = in && take_class(p, W_NEXT);
	bool time = take_unit(p, U_DAY) || take_unit(p, U_PERIOD);
	if (!time && (is_text(p, 0, S("ходе")) || is_text(p, 0, S("время")))) {
		p->at++;
		time = true;
	}
	bool after = next && time && take_class(p, W_AFTER);
	bool event = is_class(p, W_HOLDING) ||
		     (in && (is_class(p, W_EXAM) || is_plain_word(peek(p, 0))));
	if (time && event && next == after)
		return true;
	p->at = start;
	return false;
}

/* (до|за) [начала] проведения … | до (начала ГИА | утверждения …) */
static bool
take_event_before(struct parser *p)
{
	size_t start = p->at;

	bool by = take_class(p, W_BY);
	if (!by && !take_class(p, W_PER))
		return false;
	bool part = is_class(p, W_PART) || (by && is_class(p, W_SUMMARY));
	if (part)
		p->at++;
	if (is_class(p, W_HOLDING) ||
	    (by && (is_class(p, W_EXAM) || is_class(p, W_ISSUE))) ||
	    (part && is_plain_word(peek(p, 0))))
		return true;
	p->at = start;
	return false;
}

/*
 * «к педсовету», «на заседании ШМО», «в рамках ВШК», «с момента назначения»,
 * when they are the whole cell
 */
static bool
take_event_alone(struct parser *p)
{
	size_t start = p->at;

	bool moment = take_class(p, W_FROM) &&
		      (take_class(p, W_MOMENT) || take_unit(p, U_DAY)) &&
		      is_kind(p, T_WORD);
	if (!moment)
		p->at = start;
	bool frame = is_class(p, W_IN) && is_text(p, 1, S("рамках")) &&
		     peek(p, 2)->kind == T_WORD;
	bool to = !moment && !frame && take_class(p, W_TOWARDS);
	if (to && is_plain_word(peek(p, 1)))
		(void)take_unit(p, U_DAY); /* «ко Дню учителя» */
	bool noun = frame || ((to || (!moment && take_class(p, W_ON))) &&
				 is_plain_word(peek(p, 0)));
	if (moment || noun) {
		skip_name(p);
		if (is_kind(p, T_END) && start == 0)
			return true;
	}
	p->at = start;
	return false;
}

/*
 * event -> event time | event before | накануне … | перед … | после …
 *        | по (итогам|окончании) … | event alone
 * Nobody knows the day from the phrase: it waits for the event.
 */
bool
take_event(struct parser *p)
{
	size_t start = p->at;

	bool event = take_class(p, W_BEFORE) && is_kind(p, T_WORD);
	if (!event && p->at == start &&
	    (take_class(p, W_PO) || take_class(p, W_AFTER))) {
		const struct token *prep = &p->tokens.all[p->at - 1];
		event = (take_class(p, W_SUMMARY) && is_kind(p, T_WORD)) ||
			(prep->class == W_AFTER && is_kind(p, T_WORD));
	}
	if (!event) {
		p->at = start;
		event = take_event_time(p) || take_event_before(p) ||
			take_event_alone(p);
	}
	if (!event) {
		p->at = start;
		return false;
	}
	skip_event(p);
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
bool
take_exam(struct parser *p)
{
	size_t start = p->at;

	while (is_class(p, W_IN) || is_class(p, W_ON))
		p->at++;
	if (p->at > start && (is_unit(p, U_PERIOD) || is_text(p, 0, S("дни")) ||
				 is_text(p, 0, S("время"))))
		p->at++;
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
