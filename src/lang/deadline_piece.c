/* deadline_piece.c - the grammar of one day, month, term, and of a row of them. */
#include "lang/deadline_syntax.h"

enum { MAX_SERIES = 16 };

/* day -> D (.|/) M [(.|/) Y] [год] | D-M-Y */
bool
take_dotted(struct parser *p, struct piece *ret)
{
	const struct token *d = peek(p, 0), *s1 = peek(p, 1), *m = peek(p, 2),
			   *s2 = peek(p, 3), *y = peek(p, 4);
	struct year_said year;
	bool school;

	if (d->kind != T_NUMBER || d->digits > 2 || m->kind != T_NUMBER ||
	    m->digits > 2 || at_clock(p))
		return false;
	/* "15,10,2024": a comma slipped in for the dot. */
	bool commas = s1->kind == T_COMMA && s1->glued && m->glued &&
		      s2->glued && y->glued && y->digits == 4;
	bool sign = s1->kind == T_DOT || s1->kind == T_SLASH ||
		    s1->kind == T_DASH || commas;
	bool three = sign && s2->kind == s1->kind && y->kind == T_NUMBER &&
		     (y->digits == 4 ||
			 (y->digits == 2 && y->glued && s2->glued && m->glued));
	bool two = !commas && s1->kind != T_DASH && s1->glued && m->glued &&
		   m->digits == 2;
	if (!sign || (!three && !two))
		return false;
	*ret = (struct piece){
	    .area = AREA_DAY, .day = d->value, .month = m->value};
	p->at += three ? 5 : 3;
	if (three) {
		ret->year = y->digits == 2 ? 2000 + y->value : y->value;
		if (ret->year < FIRST_YEAR || ret->year > LAST_YEAR)
			unreadable(p, N_("Год %d невозможен."), ret->year);
		take_year_mark(p, &school);
	} else if (take_year(p, &year) && !year.year_to) {
		set_year(ret, &year);
	}
	return true;
}

bool
take_ordinal_suffix(struct parser *p)
{
	static const char *const suffixes[] = {"й", "я", "е", "ое", "ая", "ый",
	    "ой", "го", "ого", "му", "м", "ом", "ю", "х", "ти", "ми"};
	size_t dash = is_kind(p, T_DASH) && peek(p, 0)->glued ? 1 : 0;
	const struct token *t = peek(p, dash);

	if (t->kind != T_WORD || !t->glued)
		return false;
	for (size_t i = 0; i < COUNT_OF(suffixes); i++)
		if (str_eq(t->word, str_of(suffixes[i]))) {
			p->at += dash + 1;
			return true;
		}
	return false;
}

/* «первое», «последняя»: -1 is the last */
bool
take_ordinal(struct parser *p, int *ret)
{
	const struct token *t = peek(p, 0);

	/* «двадцать пятое» */
	if (is_any_class(t, W_CARDINAL) && t->value >= 20 &&
	    is_any_class(peek(p, 1), W_ORDINAL) && peek(p, 1)->value > 0 &&
	    peek(p, 1)->value < 10) {
		*ret = t->value + peek(p, 1)->value;
		p->at += 2;
		return true;
	}
	if (is_any_class(t, W_ORDINAL)) {
		*ret = t->value;
		p->at++;
		return true;
	}
	if ((t->kind == T_NUMBER && t->digits <= 2) || t->kind == T_ROMAN) {
		*ret = t->value;
		p->at++;
		take_ordinal_suffix(p);
		return true;
	}
	/* Scanned Roman numbers: «П полугодие», «Ш четверть». */
	const struct token *head = peek(p, 1);
	if (t->kind == T_WORD && is_any_class(head, W_UNIT) &&
	    (str_eq(t->word, S("п")) || str_eq(t->word, S("ш")))) {
		*ret = str_eq(t->word, S("п")) ? 2 : 3;
		p->tokens.mended_number = true;
		p->at++;
		return true;
	}
	return false;
}

bool
take_number_word(struct parser *p, int *ret)
{
	const struct token *t = peek(p, 0);

	if ((t->kind == T_NUMBER && t->digits <= 3) ||
	    is_any_class(t, W_CARDINAL)) {
		*ret = t->value;
		p->at++;
		if (t->kind == T_NUMBER)
			take_ordinal_suffix(p);
		/* «1 (одного) раза» says it twice. */
		if (is_kind(p, T_OPEN) && peek(p, 1)->class == W_CARDINAL &&
		    peek(p, 2)->kind == T_CLOSE)
			p->at += 3;
		return true;
	}
	return false;
}

void
emit(struct parser *p, struct piece piece, bool listed)
{
	*vec_push(p->mem, &p->r->items) = (struct item){.mode = p->sticky,
	    .from = piece,
	    .to = piece,
	    .inclusive = p->sticky_inclusive,
	    .listed = listed};
}

/* ---- lists of numbers before one noun ---------------------------------- */

struct series {
	int from[MAX_SERIES];
	int to[MAX_SERIES];
	size_t n;
	bool from_words; /* no digit among them: cannot be days of a month */
};

bool
take_range_sign(struct parser *p)
{
	return take_kind(p, T_DASH) || take_kind(p, T_DOTS) ||
	       take_class(p, W_PO) || take_class(p, W_BUT) ||
	       take_class(p, W_BY);
}

static bool
is_dotted_day(const struct parser *p)
{
	struct parser look = *p;
	struct reading scratch = {0};
	struct piece piece;

	look.r = &scratch;
	return take_dotted(&look, &piece);
}

/*
 * series -> N { (,|и|/) N | (-|по) N }
 * Stops before a dotted day, which then ends the series: "20–21.03.2024".
 */
static bool
take_series(struct parser *p, struct series *ret)
{
	*ret = (struct series){0};
	for (;;) {
		size_t before = p->at;
		int n;
		if (ret->n == MAX_SERIES || is_dotted_day(p) ||
		    !take_ordinal(p, &n)) {
			p->at = before;
			break;
		}
		if (!ret->n || ret->to[ret->n - 1] != 0)
			ret->from[ret->n++] = n;
		ret->to[ret->n - 1] = n;
		size_t after = p->at;
		(void)take_kind(p, T_DOT);
		if (take_kind(p, T_COMMA) || take_class(p, W_AND) ||
		    take_kind(p, T_SLASH)) {
			(void)take_class(p, W_AND);
			continue;
		}
		p->at = after;
		if (!take_range_sign(p))
			break;
		ret->to[ret->n - 1] = 0; /* the next number closes it */
	}
	return ret->n > 0;
}

static int
area_of_unit(int unit)
{
	switch (unit) {
	case U_QUARTER:
		return AREA_QUARTER;
	case U_HALF:
		return AREA_HALF;
	case U_TERM:
		return AREA_TERM;
	case U_TRIMESTER:
		return AREA_TRIMESTER;
	}
	return -1;
}

static int
numbers_of_area(enum area area)
{
	return area == AREA_HALF ? 2 : area == AREA_TRIMESTER ? 3 : 4;
}

/* "3-4 квартал": a run of terms is one window. */
static bool
emit_terms(struct parser *p, const struct series *s, enum area area)
{
	for (size_t i = 0; i < s->n; i++) {
		int from =
		    s->from[i] == -1 ? numbers_of_area(area) : s->from[i];
		int to = s->to[i] == -1 ? from : s->to[i];
		if (from < 1 || to > numbers_of_area(area) || from > to)
			unreadable(p,
			    N_("Номер %d невозможен: частей всего %d."),
			    from < 1 || from > to ? from : to,
			    numbers_of_area(area));
		emit(p,
		    (struct piece){
			.area = area, .number = from, .number_to = to},
		    i > 0);
	}
	return true;
}

static bool
emit_days(struct parser *p, const struct series *s, struct piece month)
{
	for (size_t i = 0; i < s->n; i++) {
		struct piece from = month, to = month;
		if (s->from[i] > s->to[i])
			unreadable(p,
			    N_("Промежуток с %d по %d идёт в обратном "
			       "порядке."),
			    s->from[i], s->to[i]);
		from.area = to.area = AREA_DAY;
		from.day = s->from[i];
		to.day = s->to[i];
		emit(p, to, i > 0);
		struct item *item = &p->r->items.p[p->r->items.n - 1];
		item->from = from;
		item->is_span = from.day != to.day;
		if (item->is_span && item->mode != MODE_TOWARDS)
			item->mode = MODE_IN;
	}
	return true;
}

/* «вторая декада», «1-2 неделя», «первая половина», «последняя суббота» + month */
static bool
emit_parts(struct parser *p, const struct series *s, const struct token *noun)
{
	while (is_class(p, W_IN))
		p->at++;
	const struct token *month = peek(p, 0);
	if (!is_any_class(month, W_MONTH))
		return false;
	p->at++;
	for (size_t i = 0; i < s->n; i++) {
		struct piece piece = {.area = AREA_MONTH,
		    .month = month->value,
		    .part_n = s->from[i],
		    .part_to = s->to[i]};
		if (noun->class == W_WEEKDAY) {
			piece.part = PART_WEEKDAY;
			piece.weekday = noun->value;
		} else if (noun->value == U_DECADE) {
			piece.part = PART_DECADE;
		} else if (noun->value == U_WEEK) {
			piece.part = PART_WEEK;
		} else {
			piece.part = s->from[i] == 1 ? PART_FIRST_HALF :
						       PART_SECOND_HALF;
		}
		if (piece.part_n > 5 || piece.part_n == 0 ||
		    (piece.part == PART_DECADE && piece.part_n > 3))
			unreadable(p, N_("Номер %d невозможен."), piece.part_n);
		emit(p, piece, i > 0);
	}
	return true;
}

/* numbered -> series (month | dotted day | term | part month) */
static bool
take_numbered(struct parser *p)
{
	size_t start = p->at;
	struct series s;
	struct piece piece;

	if (!take_series(p, &s))
		return false;
	const struct token *head = peek(p, 0);
	if (s.to[s.n - 1] == 0) { /* "20–" and then a dotted day */
		if (!take_dotted(p, &piece)) {
			p->at = start;
			return false;
		}
		s.to[s.n - 1] = piece.day;
		return emit_days(p, &s, piece);
	}
	if (p->tokens.all[p->at - 1].kind == T_COMMA && s.n < MAX_SERIES &&
	    take_dotted(p, &piece)) { /* "15, 20.09.2023" */
		s.from[s.n] = s.to[s.n] = piece.day;
		s.n++;
		return emit_days(p, &s, piece);
	}
	if (take_class(p, W_DAY_OF))
		head = peek(p, 0);
	if (is_any_class(head, W_MONTH)) {
		p->at++;
		return emit_days(p, &s,
		    (struct piece){.area = AREA_DAY, .month = head->value});
	}
	if (is_any_class(head, W_SCHOOL) && peek(p, 1)->class == W_UNIT) {
		p->at++;
		head = peek(p, 0);
	}
	if (is_any_class(head, W_UNIT) && area_of_unit(head->value) >= 0) {
		p->at++;
		return emit_terms(p, &s, (enum area)area_of_unit(head->value));
	}
	p->at++;
	if ((is_any_class(head, W_WEEKDAY) ||
		(is_any_class(head, W_UNIT) &&
		    (head->value == U_DECADE || head->value == U_WEEK ||
			head->value == U_PART))) &&
	    emit_parts(p, &s, head))
		return true;
	p->at = start;
	return false;
}

/* ---- single pieces ------------------------------------------------------ */

/* «каникулы», «осенних, зимних и весенних каникул», «летний период», «летом» */
static bool
take_season(struct parser *p)
{
	static const int break_of_season[] = {
	    0, BREAK_WINTER, BREAK_SPRING, BREAK_SUMMER, BREAK_AUTUMN};
	size_t start = p->at;
	int seen[4];
	size_t n = 0;

	while (n < COUNT_OF(seen) && is_class(p, W_SEASON)) {
		seen[n++] = peek(p, 0)->value;
		p->at++;
		if (peek(p, 1)->class == W_SEASON)
			(void)(take_kind(p, T_COMMA) || take_class(p, W_AND) ||
			       take_kind(p, T_DASH));
	}
	bool breaks = take_class(p, W_BREAK);
	if (!n && !breaks) {
		p->at = start;
		return false;
	}
	if (!take_unit(p, U_PERIOD) && peek(p, 0)->kind == T_WORD &&
	    (str_starts(peek(p, 0)->word, S("врем")) ||
		str_starts(peek(p, 0)->word, S("месяц"))))
		p->at++;
	breaks |= take_class(p, W_BREAK);
	for (size_t i = 0; i < n; i++)
		emit(p,
		    (struct piece){.area = breaks ? AREA_BREAK : AREA_SEASON,
			.number =
			    breaks ? break_of_season[seen[i]] + 1 : seen[i]},
		    i > 0);
	if (!n)
		emit(p, (struct piece){.area = AREA_BREAK}, false);
	return true;
}

/* "09.2024" */
static bool
take_month_number(struct parser *p, struct piece *ret)
{
	const struct token *m = peek(p, 0), *dot = peek(p, 1), *y = peek(p, 2);
	bool school;

	if (m->kind != T_NUMBER || m->digits != 2 || dot->kind != T_DOT ||
	    !is_year_number(y) || !y->glued)
		return false;
	if (m->value < 1 || m->value > 12) {
		unreadable(p, N_("Месяца с номером %d нет."), m->value);
		return false;
	}
	p->at += 3;
	take_year_mark(p, &school);
	*ret = (struct piece){
	    .area = AREA_MONTH, .month = m->value, .year = y->value};
	return true;
}

/* area -> [N] term | month [Y] | year | "учебный год" | "год" | "период" */
static bool
take_area(struct parser *p, struct piece *ret)
{
	const struct token *t = peek(p, 0);
	size_t start = p->at;
	struct year_said y;
	int number;
	bool school;

	*ret = (struct piece){0};
	if (is_any_class(t, W_MONTH)) {
		p->at++;
		*ret = (struct piece){.area = AREA_MONTH, .month = t->value};
		return true;
	}
	if (take_month_number(p, ret))
		return true;
	if (take_ordinal(p, &number)) {
		const struct token *noun = peek(p, 0);
		int area =
		    is_any_class(noun, W_UNIT) ? area_of_unit(noun->value) : -1;
		if (area >= 0 && number >= -1 && number != 0 &&
		    number <= numbers_of_area((enum area)area)) {
			p->at++;
			number = number == -1 ?
				     numbers_of_area((enum area)area) :
				     number;
			*ret = (struct piece){.area = (enum area)area,
			    .number = number,
			    .number_to = number};
			return true;
		}
		p->at = start;
	}
	if (is_any_class(t, W_UNIT) && area_of_unit(t->value) >= 0) {
		p->at++;
		ret->area = (enum area)area_of_unit(t->value);
		return true;
	}
	(void)take_class(p, W_ALL);
	if (take_unit(p, U_PERIOD)) {
		ret->area = AREA_PERIOD;
		return true;
	}
	if (take_year_mark(p, &school)) {
		ret->area = school ? AREA_TEACHING : AREA_YEAR;
		return true;
	}
	if (take_year(p, &y) && (y.year || y.syear.first || y.word)) {
		set_year(ret, &y);
		ret->area = y.syear.first ? AREA_SCHOOL_YEAR : AREA_YEAR;
		if (y.year_to) {
			ret->number_to = y.year_to;
		}
		return true;
	}
	p->at = start;
	return false;
}

/*
 * piece -> ISO | dotted day | (начало|середина|конец) area | area
 * Bare "год" and "период" are pieces only behind a part: alone they are the
 * business of "в течение".
 */
bool
take_piece(struct parser *p, struct piece *ret)
{
	const struct token *t = peek(p, 0);
	size_t start = p->at;

	if (t->kind == T_ISO) {
		p->at++;
		if (date_is_none(t->iso))
			unreadable(
			    p, N_("Такого дня нет: %.*s."), STR_ARG(t->raw));
		*ret = (struct piece){.area = AREA_ISO, .iso = t->iso};
		return true;
	}
	if (take_dotted(p, ret))
		return true;
	/* "до окончания четверти" is "до конца четверти". */
	bool ends = is_any_class(t, W_SUMMARY) &&
		    (str_starts(t->word, S("окончан")) ||
			str_starts(t->word, S("завершен")));
	if (is_any_class(t, W_PART) || ends) {
		enum part part = ends ? PART_END : (enum part)t->value;
		p->at++;
		if (take_area(p, ret)) {
			ret->part = part;
			return true;
		}
		p->at = start;
		return false;
	}
	if (take_area(p, ret)) {
		bool named = ret->year || ret->syear.first || ret->year_word;
		bool numbered = ret->number || ret->area == AREA_MONTH;
		if (named || numbered)
			return true;
	}
	p->at = start;
	return false;
}

/* «начало и конец года»: two parts of one area */
static bool
take_part_pair(struct parser *p)
{
	size_t start = p->at;
	struct piece piece;

	if (!is_class(p, W_PART))
		return false;
	enum part first = (enum part)peek(p, 0)->value;
	p->at++;
	if ((take_class(p, W_AND) || take_kind(p, T_COMMA)) &&
	    ((void)(take_class(p, W_IN) || take_class(p, W_ON)),
		is_class(p, W_PART))) {
		enum part second = (enum part)peek(p, 0)->value;
		p->at++;
		if (take_area(p, &piece)) {
			piece.part = first;
			emit(p, piece, false);
			piece.part = second;
			emit(p, piece, true);
			return true;
		}
	}
	p->at = start;
	return false;
}

/* primary -> numbered | season | parts | piece; how many items it made */
size_t
take_primary(struct parser *p)
{
	size_t before = p->r->items.n;
	size_t start = p->at;
	struct piece piece;

	if (take_numbered(p) || take_season(p) || take_part_pair(p))
		return p->r->items.n - before;
	if (take_piece(p, &piece)) {
		emit(p, piece, false);
		return 1;
	}
	p->at = start;
	return 0;
}
