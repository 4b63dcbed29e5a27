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

	bool summed =
	    it->mode == MODE_AFTER &&
	    (it->from.area == AREA_YEAR || it->from.area == AREA_TEACHING);
	if (p->r->items.n != first + 1 || it->is_span ||
	    (it->mode != MODE_IN && it->mode != MODE_AFTER) ||
	    it->from.part != PART_WHOLE ||
	    (!summed && it->from.area != AREA_TERM &&
		it->from.area != AREA_HALF && it->from.area != AREA_TRIMESTER &&
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

/* How long a thing of the calendar is: a day, a month, a term, a year. */
static int
rank_of(const struct piece *p)
{
	switch (p->area) {
	case AREA_DAY:
	case AREA_ISO:
		return 0;
	case AREA_MONTH:
		return 1;
	case AREA_QUARTER:
	case AREA_TERM:
	case AREA_TRIMESTER:
	case AREA_SEASON:
	case AREA_BREAK:
	case AREA_EXAM:
		return 2;
	case AREA_HALF:
		return 3;
	case AREA_YEAR:
	case AREA_SCHOOL_YEAR:
	case AREA_TEACHING:
	case AREA_PERIOD:
		return 4;
	}
	UNREACHABLE();
}

/*
 * «I полугодие (октябрь)», «в течение года: октябрь, май»: finer dates behind
 * a long stretch are the deadline, and the stretch is their name.
 */
static bool
narrow_to_items(struct parser *p, size_t first)
{
	struct reading *r = p->r;
	struct item *outer = &r->items.p[first - 1];

	if (outer->is_span || outer->mode != MODE_IN ||
	    outer->from.part != PART_WHOLE || rank_of(&outer->from) < 2)
		return false;
	for (size_t i = first; i < r->items.n; i++)
		if (r->items.p[i].mode != MODE_IN ||
		    rank_of(&r->items.p[i].from) >= rank_of(&outer->from))
			return false;
	struct piece whole = outer->from;
	for (size_t i = first; i < r->items.n; i++) {
		struct item *it = &r->items.p[i - 1];
		*it = r->items.p[i];
		if (whole.year && !it->to.year && !it->to.syear.first) {
			it->to.year = whole.year;
			it->from.year = it->is_span ? 0 : whole.year;
		}
	}
	r->items.n--;
	r->first = SAID_DATES;
	assume(p->mem, r,
	    N_("Названные точнее даты прочитаны как сам срок, слова перед ними "
	       "– как пояснение."));
	return true;
}

/* A month alone, which a day behind it may end: «март, до 20 числа». */
static bool
is_plain_month(const struct item *it)
{
	return it->mode == MODE_IN && !it->is_span &&
	       it->from.area == AREA_MONTH;
}

static void
end_month_on(struct item *it, int day)
{
	it->to.area = AREA_DAY;
	it->to.part = PART_WHOLE;
	it->to.day = day;
	it->is_span = true;
}

/* «март, до 20 числа», «октябрь, март (не позднее 20-го)» */
static bool
take_day_of_said_month(struct parser *p)
{
	size_t start = p->at;
	size_t n = p->r->items.n;
	int day;

	if (!n || p->r->every.is_set || !is_plain_month(&p->r->items.p[n - 1]))
		return false;
	bool by = take_class(p, W_BY) || take_class(p, W_TOWARDS) ||
		  (take_class(p, W_NOT) && take_class(p, W_LATER));
	bool number = by && take_ordinal(p, &day) && day >= 1 && day <= 31;
	bool suffixed = number && p->tokens.all[p->at - 1].kind == T_WORD;
	if (!number || (!take_class(p, W_DAY_OF) && !suffixed) ||
	    is_class(p, W_MONTH) || is_class(p, W_UNIT) ||
	    is_class(p, W_EVERY) || is_class(p, W_NEXT)) {
		p->at = start;
		return false;
	}
	for (size_t i = n; i-- > 0;) {
		struct item *it = &p->r->items.p[i];
		if (!is_plain_month(it))
			break;
		end_month_on(it, day);
		if (!it->listed)
			break;
	}
	return true;
}

/* «март, не позднее 20.03»: the day ends the month said before it. */
static void
end_said_month(struct parser *p, size_t first)
{
	struct reading *r = p->r;

	if (!first || r->items.n != first + 1 || r->every.is_set)
		return;
	struct item *month = &r->items.p[first - 1];
	const struct item *day = &r->items.p[first];
	bool same_year =
	    !month->to.year || !day->to.year || month->to.year == day->to.year;
	if (!is_plain_month(month) || !same_year || day->mode != MODE_BY ||
	    day->is_span || day->ahead.n || day->to.area != AREA_DAY ||
	    day->to.month != month->from.month)
		return;
	if (day->to.year)
		month->from.year = month->to.year = day->to.year;
	end_month_on(month, day->to.day);
	r->items.n--;
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

/* «до 25.05 по итогам года»: beside a date the term only explains it. */
static bool
take_summary_of_date(struct parser *p)
{
	size_t start = p->at;
	enum deadline_unit unit;
	struct series s;
	size_t n = p->r->items.n;

	if (!n || p->r->then || p->r->items.p[n - 1].mode == MODE_AFTER ||
	    (!is_class(p, W_PO) && !is_class(p, W_AFTER)) ||
	    peek(p, 1)->class != W_SUMMARY)
		return false;
	p->at += 2;
	(void)take_class(p, W_EVERY);
	(void)take_series(p, &s);
	if (!take_time_unit(p, &unit)) {
		p->at = start;
		return false;
	}
	struct str text = tokens_text(p->mem, &p->tokens, start, p->at);
	if (!p->r->items.p[n - 1].label.n)
		p->r->items.p[n - 1].label = text;
	assume(p->mem, p->r,
	    N_("Слова «%.*s» прочитаны как пояснение к сроку."), STR_ARG(text));
	return true;
}

static bool
is_day_item(const struct item *it)
{
	return !it->is_span &&
	       (it->from.area == AREA_DAY || it->from.area == AREA_ISO);
}

/* «вторник, 3 октября», «3 октября (вторник)»: the weekday says nothing new. */
static bool
take_weekday_of_date(struct parser *p)
{
	struct parser look = *p;
	size_t n = p->r->items.n;

	if (!take_class(&look, W_WEEKDAY) || is_class(&look, W_WEEKDAY) ||
	    peek(p, 0)->plural_to)
		return false;
	bool behind = n && !p->r->every.is_set && p->r->first == SAID_DATES &&
		      is_day_item(&p->r->items.p[n - 1]);
	(void)take_kind(&look, T_COMMA);
	bool before = is_kind(&look, T_NUMBER) && at_month_or_date(&look);
	if (!behind && !before)
		return false;
	p->at = before ? look.at : p->at + 1;
	return true;
}

/* Nothing but signs stands between the clause before and this token. */
static bool
follows_clause(const struct parser *p, size_t at)
{
	for (size_t i = p->clause_end; i < at; i++)
		if (p->tokens.all[i].kind == T_WORD ||
		    p->tokens.all[i].kind == T_ROMAN ||
		    p->tokens.all[i].kind == T_NUMBER)
			return false;
	return p->clause_end > 0;
}

static bool
take_dates_clause(struct parser *p)
{
	size_t before = p->at;
	size_t first = p->r->items.n;

	if (!take_exam(p) && !take_dates(p))
		return false;
	p->until_clock = false;
	if (names_next_date(p, before, first))
		return true;
	if (first && follows_clause(p, before)) {
		enum token_kind sign = p->tokens.all[before - 1].kind;
		end_said_month(p, first);
		if (p->r->first == SAID_THROUGHOUT && !p->r->every.is_set &&
		    (sign == T_COLON || sign == T_DASH))
			(void)narrow_to_items(p, first);
	}
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
	if (take_summary_of_date(p) || take_weekday_of_date(p) ||
	    take_bare_schedule(p))
		return true;
	if (take_reported(p) || take_except(p) || take_external(p) ||
	    take_request(p) || take_ahead_clause(p) || take_delay(p) ||
	    take_day_of_said_month(p) || take_recurrence(p) ||
	    take_throughout(p))
		return true;
	if (take_dates_clause(p))
		return true;
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

static void
assume_words(
    struct parser *p, struct str text, const char *one, const char *many)
{
	bool single = str_find_char(text, ' ') < 0;

	assume(p->mem, p->r, "%s «%.*s» %s.",
	    single ? N_("Слово") : N_("Слова"), STR_ARG(text),
	    single ? one : many);
}

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
	assume_words(p, text, N_("оставлено пояснением к сроку"),
	    N_("оставлены пояснением к сроку"));
}

/* A label found before an item goes to the first item the clause made. */
static void
label_items(struct parser *p, size_t first)
{
	if (!p->r->unclear.n || p->r->items.n == first)
		return;
	p->r->items.p[first].label = p->r->unclear;
	assume_words(p, p->r->unclear, N_("прочитано как название подпункта"),
	    N_("прочитаны как название подпункта"));
	p->r->unclear = S("");
}

/* behind: a clause stands right before it, else words it gives a date to. */
static void
open_bracket(struct cell *c, bool behind)
{
	const struct reading *r = c->p->r;

	c->open_at = c->p->at;
	c->open_items =
	    behind && r->items.n &&
		    (r->first == SAID_DATES || r->first == SAID_THROUGHOUT) &&
		    !r->every.is_set ?
		r->items.n :
		0;
}

/* «до 25.12 (I полугодие)»: dates in brackets behind a date explain it. */
static void
close_bracket(struct cell *c)
{
	struct parser *p = c->p;

	bool holds = c->open_at && c->open_items &&
		     p->r->items.n > c->open_items && !p->r->every.is_set;
	if (holds && !narrow_to_items(p, c->open_items) &&
	    p->r->first == SAID_DATES) {
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

/* «9, 11 классы», «в 9-х классах», «этап 2» are no days. */
static bool
numbers_of_classes(const struct parser *p)
{
	struct parser look = *p;
	size_t before = p->at - 1; /* the number itself */

	bool plural = take_ordinal_suffix(&look) &&
		      str_eq(p->tokens.all[look.at - 1].word, S("х"));
	while (take_ordinal_suffix(&look) || take_kind(&look, T_NUMBER) ||
	       take_kind(&look, T_ROMAN) || take_kind(&look, T_COMMA) ||
	       take_kind(&look, T_DASH) || take_class(&look, W_AND))
		continue;
	return is_class(&look, W_CLASS) || plural ||
	       (before > 0 && p->tokens.all[before - 1].class == W_CLASS);
}

/* A token no clause wants: a separator, a bracket, or one more stray word. */
static void
pass_token(struct cell *c)
{
	struct parser *p = c->p;
	const struct token *t = peek(p, 0);

	p->at++;
	if (t->kind == T_OPEN) {
		bool behind = follows_clause(p, p->at - 1);
		close_words(c, !behind, p->r->items.n);
		open_bracket(c, behind);
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
	bool day_name = t->class == W_UNIT && t->value == U_DAY &&
			p->r->items.n && peek(p, 0)->kind == T_WORD &&
			peek(p, 0)->class == W_NONE; /* «день знаний» */
	bool small =
	    t->kind == T_WORD &&
	    (t->class == W_IN || t->class == W_ON || t->class == W_AND);
	bool numbers = (t->kind == T_NUMBER || t->kind == T_ROMAN) &&
		       !c->open_at && !numbers_of_classes(p);
	if (is_dangerous(t, !c->open_at && !day_name) || numbers)
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
	/* The name to the letter: torn words in it were joined before, or not. */
	struct str rest =
	    str_trim(str_from(p->phrase, p->tokens.all[p->at + 2].to));
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

/* «1)», «1.1. до 01.10», «2. март»: the number of a sub-item */
static bool
take_item_number(struct parser *p)
{
	const struct token *a = peek(p, 0), *sign = peek(p, 1);
	const struct token *b = peek(p, 2), *after = peek(p, 3);

	if (a->kind != T_NUMBER || a->digits > 2)
		return false;
	if (sign->kind == T_CLOSE) {
		p->at += 2;
		return true;
	}
	bool dot = sign->kind == T_DOT && sign->glued;
	bool two = dot && b->kind == T_NUMBER && b->glued && b->digits == 1;
	if (two && after->kind == T_DOT)
		after = peek(p, 4);
	if (two && after->kind == T_WORD && !after->glued &&
	    after->class != W_UNIT && after->class != W_DAY_OF) {
		p->at += 3;
		(void)take_kind(p, T_DOT);
		return true;
	}
	/* «1. октябрь 2. март»: counted, and no genitive of a date. */
	if (dot && !b->glued && b->class == W_MONTH &&
	    a->value == p->item_number + 1 && !str_ends(b->word, S("я")) &&
	    !str_ends(b->word, S("а"))) {
		p->item_number++;
		p->at += 2;
		return true;
	}
	return false;
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
		if (!c.open_at && take_item_number(p))
			continue;
		if (take_clause(p)) {
			close_words(&c, p->r->unclear.n != 0, first);
			label_items(p, first);
			p->clause_end = p->at;
			c.words_from = c.words_to = p->at;
			continue;
		}
		pass_token(&c);
	}
	c.words_to = c.words_from == c.words_to ? c.words_to : p->at;
	close_words(&c, false, p->r->items.n);
	close_bracket(&c);
}
