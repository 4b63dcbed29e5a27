/* deadline_parse.c - the grammar of a whole cell. */
#include "lang/deadline_syntax.h"

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

/* «за 1 полугодие – до 15 января»: the time reported on names the deadline. */
static bool
take_reported(struct parser *p)
{
	struct parser look = *p;
	struct reading scratch = {0};
	struct year_said y;

	look.r = &scratch;
	look.sticky = MODE_IN;
	if (!take_class(&look, W_PER) || take_primary(&look) != 1)
		return false;
	(void)take_year(&look, &y);
	size_t end = look.at;
	(void)(take_kind(&look, T_DASH) || take_kind(&look, T_COLON) ||
	       take_kind(&look, T_COMMA));
	if (!is_class(&look, W_BY) && !is_class(&look, W_TOWARDS) &&
	    !(is_class(&look, W_NOT) && peek(&look, 1)->class == W_LATER))
		return false;
	p->r->unclear = tokens_text(p->mem, &p->tokens, p->at, end);
	p->at = end;
	return true;
}

static bool
take_ahead_clause(struct parser *p)
{
	if (!take_ahead(p))
		return false;
	say_dates(p);
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
	if (take_reported(p) || take_except(p) || take_external(p) ||
	    take_request(p) || take_ahead_clause(p) || take_delay(p) ||
	    take_recurrence(p) || take_throughout(p))
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
