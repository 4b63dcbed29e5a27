/* deadline_piece.c - the grammar of one day, month, term, and of a row of them. */
#include "lang/deadline_syntax.h"

/* "2023.09.05" */
static bool
take_dotted_backwards(struct parser *p, struct piece *ret)
{
	const struct token *y = peek(p, 0), *m = peek(p, 2), *d = peek(p, 4);

	if (!is_year_number(y) || peek(p, 1)->kind != T_DOT ||
	    peek(p, 3)->kind != T_DOT || m->kind != T_NUMBER ||
	    d->kind != T_NUMBER || m->digits != 2 || d->digits != 2 ||
	    !m->glued || !d->glued)
		return false;
	p->at += 5;
	*ret = (struct piece){.area = AREA_DAY,
	    .day = d->value,
	    .month = m->value,
	    .year = y->value};
	return true;
}

/* day -> D (.|/) M [(.|/) Y] [год] | D-M-Y | Y.M.D */
bool
take_dotted(struct parser *p, struct piece *ret)
{
	const struct token *d = peek(p, 0), *s1 = peek(p, 1), *m = peek(p, 2),
			   *s2 = peek(p, 3), *y = peek(p, 4);
	struct year_said year;
	bool school;

	if (take_dotted_backwards(p, ret))
		return true;
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
		   m->digits == 2 && (s1->kind != T_SLASH || m->value <= 12);
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
		return true;
	}
	/* "с 10.10. по 20.10.": the dot that waits for a year. */
	if (is_kind(p, T_DOT) && peek(p, 0)->glued &&
	    !(peek(p, 1)->kind == T_NUMBER && peek(p, 1)->glued))
		p->at++;
	if (take_year(p, &year) && !year.year_to)
		set_year(ret, &year);
	return true;
}

bool
take_ordinal_suffix(struct parser *p)
{
	static const char *const suffixes[] = {"й", "я", "е", "ое", "ая", "ый",
	    "ий", "ой", "го", "ого", "му", "м", "ом", "ю", "х", "ти", "ми"};
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
bool
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
			if (peek(p, 1)->kind == T_NUMBER)
				(void)take_class(p, W_BY);
			continue;
		}
		if (!is_kind(p, T_DASH)) /* "10.-20.10.2023" */
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
		struct item *it = &p->r->items.p[p->r->items.n - 1];
		if (to > from && it->mode == MODE_SINCE)
			it->mode = MODE_IN; /* «с 1 по 3 четверть» */
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

/*
 * «первая половина [учебного] года»: of a school year it is the half-year of
 * its lessons, of a plain one its two quarters.
 */
static bool
emit_half_of_year(struct parser *p, int n)
{
	struct year_said y = {0};
	bool school;

	bool said = is_year_number(peek(p, 0)) && take_year(p, &y);
	if ((!said && !take_year_mark(p, &school)) || n < 1 || n > 2 ||
	    y.year_to)
		return false;
	bool lessons = said ?
			   y.syear.first != 0 :
			   school || period_is_school_year(p->context->period);
	struct piece piece = {.area = AREA_HALF, .number = n, .number_to = n};
	if (!lessons)
		piece = (struct piece){.area = AREA_QUARTER,
		    .number = 2 * n - 1,
		    .number_to = 2 * n};
	set_year(&piece, &y);
	emit(p, piece, false);
	return true;
}

static bool take_area(struct parser *p, struct piece *ret);

/* «вторая декада», «1-2 неделя», «первая половина», «последняя суббота» + month */
static bool
emit_parts(struct parser *p, const struct series *s, const struct token *noun)
{
	while (is_class(p, W_IN))
		p->at++;
	const struct token *month = peek(p, 0);
	if (noun->class == W_UNIT && noun->value == U_PART && s->n == 1 &&
	    s->from[0] == s->to[0] && !is_any_class(month, W_MONTH))
		return emit_half_of_year(p, s->from[0]);
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

static bool
is_part_noun(const struct token *t)
{
	return is_any_class(t, W_UNIT) &&
	       (t->value == U_DECADE || t->value == U_WEEK ||
		   t->value == U_PART);
}

/* «1 пол. октября», «2 дек. мая»: half and decade, not half-year and December */
static bool
take_short_part(struct parser *p, const struct series *s)
{
	const struct token *t = peek(p, 0);
	struct token noun = {.class = W_UNIT, .value = U_PART};

	if (t->kind != T_WORD || !is_any_class(peek(p, 1), W_MONTH) ||
	    !(str_eq(t->word, S("пол")) || str_eq(t->word, S("дек"))))
		return false;
	if (t->class == W_MONTH)
		noun.value = U_DECADE;
	p->at++;
	return emit_parts(p, s, &noun);
}

/* «последний [рабочий] день (мая | 1 четверти | учебного года)» */
static bool
take_day_in(struct parser *p, const struct series *s)
{
	size_t start = p->at;
	struct piece piece;
	int n = s->from[0];

	bool working = take_class(p, W_WORKING);
	/* «последнее число», not «последние числа» */
	struct str nth = p->tokens.all[start - 1].word;
	bool one = str_ends(nth, S("ее")) || str_ends(nth, S("его"));
	bool day = take_unit(p, U_DAY) ||
		   (!working && n == -1 && one && take_class(p, W_DAY_OF));
	if (s->n != 1 || s->to[0] != n || !day || !take_area(p, &piece) ||
	    n > 31 ||
	    (piece.area != AREA_MONTH && piece.area != AREA_TEACHING &&
		piece.area != AREA_YEAR && !piece.number)) {
		p->at = start;
		return false;
	}
	piece.part = working ? PART_WORKDAY : PART_DAY;
	piece.part_n = n;
	emit(p, piece, false);
	return true;
}

/* «первые две недели октября», «первые 10 дней мая» */
static bool
take_first_few(struct parser *p, const struct series *s)
{
	size_t start = p->at;
	int n;

	if (s->n != 1 || s->from[0] != 1 || !take_number_word(p, &n))
		return false;
	const struct token *month = peek(p, 1);
	int last = is_unit(p, U_WEEK) ? 7 * n : is_unit(p, U_DAY) ? n : 0;
	if (!is_any_class(month, W_MONTH) || last < 1 || last > 28) {
		p->at = start;
		return false;
	}
	p->at += 2;
	emit(p,
	    (struct piece){
		.area = AREA_DAY, .month = month->value, .day = last},
	    false);
	struct item *it = &p->r->items.p[p->r->items.n - 1];
	it->from.day = 1;
	it->is_span = last > 1;
	return true;
}

/* «в первых числах», «20-е числа»: the decade they stand for, or 0. */
static int
vague_days(const struct parser *p, const struct series *s)
{
	const struct token *t = peek(p, 0);
	const struct token *before = &p->tokens.all[p->at ? p->at - 1 : 0];
	int n = s->from[0];

	if (s->n != 1 || s->to[0] != n || !is_any_class(t, W_DAY_OF) ||
	    !(str_eq(t->word, S("числа")) || str_eq(t->word, S("числах"))))
		return 0;
	if (str_ends(before->word, S("ых")) ||
	    str_ends(before->word, S("их")) ||
	    str_ends(before->word, S("ые")) || str_ends(before->word, S("ие")))
		return n == 1  ? 1 :
		       n == 20 ? 3 :
		       n == 10 ? 2 :
		       n == -1 ? -1 :
				 0;
	bool few = str_eq(before->word, S("е")) || str_eq(before->word, S("х"));
	return few && n == 20 ? 3 : few && n == 10 ? 2 : 0;
}

/* «20–» or «15,» and then a dotted day: "20–21.03.2024", "15, 20.09.2023" */
static bool
take_series_end(struct parser *p, struct series *s)
{
	size_t start = p->at;
	struct piece piece;

	bool open = s->to[s->n - 1] == 0;
	bool comma = p->tokens.all[p->at - 1].kind == T_COMMA;
	if ((!open && (!comma || s->n == MAX_SERIES)) ||
	    !take_dotted(p, &piece)) {
		p->at = start;
		return false;
	}
	if (open) {
		s->to[s->n - 1] = piece.day;
	} else {
		s->from[s->n] = s->to[s->n] = piece.day;
		s->n++;
	}
	return emit_days(p, s, piece);
}

/* [числа] month: days of it, or the decade «двадцатые числа» are */
static bool
take_days_of_month(struct parser *p, const struct series *s)
{
	size_t start = p->at;
	int decade = vague_days(p, s);

	(void)take_class(p, W_DAY_OF);
	const struct token *month = peek(p, 0);
	if (!take_class(p, W_MONTH)) {
		p->at = start;
		return false;
	}
	if (!decade)
		return emit_days(p, s,
		    (struct piece){.area = AREA_DAY, .month = month->value});
	emit(p,
	    (struct piece){.area = AREA_MONTH,
		.month = month->value,
		.part = PART_DECADE,
		.part_n = decade,
		.part_to = decade},
	    false);
	return true;
}

/* numbered -> series (month | dotted day | term | part month) */
static bool
take_numbered(struct parser *p)
{
	size_t start = p->at;
	struct series s;

	if (!take_series(p, &s))
		return false;
	if (take_series_end(p, &s))
		return true;
	if (s.to[s.n - 1] != 0 &&
	    (take_day_in(p, &s) || take_first_few(p, &s) ||
		take_short_part(p, &s) || take_days_of_month(p, &s)))
		return true;
	if (is_class(p, W_SCHOOL) && peek(p, 1)->class == W_UNIT)
		p->at++;
	const struct token *head = peek(p, 0);
	p->at++;
	if (s.to[s.n - 1] == 0) {
		; /* nothing closed it */
	} else if (is_any_class(head, W_UNIT) &&
		   area_of_unit(head->value) >= 0) {
		return emit_terms(p, &s, (enum area)area_of_unit(head->value));
	} else if ((is_any_class(head, W_WEEKDAY) || is_part_noun(head)) &&
		   emit_parts(p, &s, head)) {
		return true;
	}
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

	if (peek(p, 1)->class == W_BREAK && peek(p, 0)->kind == T_WORD &&
	    str_starts(peek(p, 0)->word, S("школьн")))
		p->at++;
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

/* "09.2024", "09/2024" */
static bool
take_month_number(struct parser *p, struct piece *ret)
{
	const struct token *m = peek(p, 0), *dot = peek(p, 1), *y = peek(p, 2);
	bool school;

	if (m->kind != T_NUMBER || m->digits != 2 ||
	    (dot->kind != T_DOT && dot->kind != T_SLASH) ||
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

/* "09-10.2024", "09.-10.2024" */
static bool
take_months_by_number(struct parser *p)
{
	const struct token *a = peek(p, 0);
	size_t start = p->at;
	struct piece to;

	if (a->kind != T_NUMBER || a->digits != 2 || a->value < 1 ||
	    a->value > 12)
		return false;
	p->at++;
	(void)take_kind(p, T_DOT);
	if (!take_kind(p, T_DASH) || peek(p, 0)->value > 12 ||
	    !take_month_number(p, &to)) {
		p->at = start;
		return false;
	}
	emit(p, to, false);
	struct item *it = &p->r->items.p[p->r->items.n - 1];
	it->from.month = a->value;
	it->from.year = 0;
	it->is_span = true;
	return true;
}

/* «сентябрь [месяц]», «окт-23» of a sheet */
static bool
take_month_word(struct parser *p, struct piece *ret)
{
	const struct token *t = peek(p, 0);

	if (!take_class(p, W_MONTH))
		return false;
	(void)take_unit(p, U_MONTH);
	*ret = (struct piece){.area = AREA_MONTH, .month = t->value};
	const struct token *yy = peek(p, 1);
	if (is_kind(p, T_DASH) && peek(p, 0)->glued && yy->glued &&
	    yy->kind == T_NUMBER && yy->digits == 2 && yy->value >= 20 &&
	    yy->value < 40 && peek(p, 2)->kind == T_END) {
		ret->year = 2000 + yy->value;
		p->at += 2;
	}
	return true;
}

/* term -> [N] (четверть|полугодие|квартал|триместр) | [зимние] каникулы */
static bool
take_term(struct parser *p, struct piece *ret)
{
	static const int break_of_season[] = {
	    0, BREAK_WINTER, BREAK_SPRING, BREAK_SUMMER, BREAK_AUTUMN};
	size_t start = p->at;
	int number = 0;

	if (is_class(p, W_SEASON) && peek(p, 1)->class == W_BREAK) {
		number = break_of_season[peek(p, 0)->value] + 1;
		p->at++;
	}
	if (take_class(p, W_BREAK)) {
		*ret = (struct piece){.area = AREA_BREAK, .number = number};
		return true;
	}
	p->at = start;
	bool numbered = take_ordinal(p, &number) && number >= -1 && number != 0;
	const struct token *noun = peek(p, 0);
	int area = is_any_class(noun, W_UNIT) ? area_of_unit(noun->value) : -1;
	if (area < 0 || (p->at > start && !numbered) ||
	    number > numbers_of_area((enum area)area)) {
		p->at = start;
		return false;
	}
	p->at++;
	number = number == -1 ? numbers_of_area((enum area)area) : number;
	*ret = (struct piece){
	    .area = (enum area)area, .number = number, .number_to = number};
	return true;
}

/* «[календарный|новый|учебный] год», «2024 год», «2024/2025 учебный год» */
static bool
take_year_area(struct parser *p, struct piece *ret)
{
	size_t start = p->at;
	struct year_said y;
	bool school;

	*ret = (struct piece){0};
	if (take_year_mark(p, &school)) {
		ret->area = school ? AREA_TEACHING : AREA_YEAR;
		for (size_t i = start; i < p->at; i++)
			if (p->tokens.all[i].class == W_CALENDAR)
				ret->year_word = YEAR_CALENDAR;
			else if (p->tokens.all[i].class == W_NEW)
				ret->year_word = YEAR_NEW;
			else if (p->tokens.all[i].class == W_EVERY)
				set_every(p, UNIT_YEAR, 1, 1, false);
		return true;
	}
	if (!take_year(p, &y) || !(y.year || y.syear.first || y.word)) {
		p->at = start;
		return false;
	}
	set_year(ret, &y);
	ret->area = y.syear.first ? AREA_SCHOOL_YEAR : AREA_YEAR;
	ret->number_to = y.year_to;
	return true;
}

/* area -> month [Y] | [N] term | [весь] (период | год | Y | учебный год) */
static bool
take_area(struct parser *p, struct piece *ret)
{
	size_t start = p->at;

	*ret = (struct piece){0};
	if (take_month_word(p, ret) || take_month_number(p, ret) ||
	    take_term(p, ret))
		return true;
	(void)take_class(p, W_ALL);
	if (take_unit(p, U_PERIOD)) {
		ret->area = AREA_PERIOD;
		return true;
	}
	if (take_year_area(p, ret))
		return true;
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
			if (ret->area == AREA_SCHOOL_YEAR) /* of its lessons */
				ret->area = AREA_TEACHING;
			return true;
		}
		p->at = start;
		return false;
	}
	if (take_area(p, ret)) {
		bool named =
		    ret->year || ret->syear.first || ret->year_word ||
		    (p->sticky == MODE_AFTER &&
			(ret->area == AREA_YEAR || ret->area == AREA_TEACHING));
		bool numbered = ret->number || ret->area == AREA_MONTH;
		if (named || numbered)
			return true;
	}
	p->at = start;
	return false;
}

/* «в конце 2 и 4 четверти»: one part of several terms */
static bool
emit_part_of_terms(struct parser *p, enum part part)
{
	size_t first = p->r->items.n;
	size_t start = p->at;
	struct series s;

	bool several = take_series(p, &s) && s.n >= 2 && s.to[s.n - 1] != 0;
	(void)take_class(p, W_SCHOOL);
	const struct token *head = peek(p, 0);
	if (!several || !is_any_class(head, W_UNIT) ||
	    area_of_unit(head->value) < 0) {
		p->at = start;
		return false;
	}
	p->at++;
	(void)emit_terms(p, &s, (enum area)area_of_unit(head->value));
	for (size_t i = first; i < p->r->items.n; i++)
		p->r->items.p[i].from.part = p->r->items.p[i].to.part = part;
	return true;
}

/* «начало, середина и конец года» are parts of one area, with a dash a span. */
static bool
take_parts(struct parser *p)
{
	enum { MAX_PARTS = 4 };

	size_t start = p->at;
	enum part parts[MAX_PARTS];
	struct piece piece;
	bool dash = false;
	size_t n = 0;

	while (n < MAX_PARTS && is_class(p, W_PART)) {
		parts[n++] = (enum part)peek(p, 0)->value;
		p->at++;
		size_t after = p->at;
		dash = n == 1 && take_kind(p, T_DASH);
		if (!dash && !take_class(p, W_AND) && !take_kind(p, T_COMMA))
			break;
		while (is_class(p, W_IN) || is_class(p, W_ON))
			p->at++;
		if (!is_class(p, W_PART)) {
			p->at = after;
			break;
		}
	}
	if (n == 1 && emit_part_of_terms(p, parts[0]))
		return true;
	if (n < 2 || !take_area(p, &piece)) {
		p->at = start;
		return false;
	}
	for (size_t i = 0; i < n; i++) {
		piece.part = parts[i];
		emit(p, piece, i > 0);
	}
	if (n == 2 && p->tokens.all[start + 1].kind == T_DASH) {
		struct item *it = &p->r->items.p[--p->r->items.n - 1];
		it->to.part = parts[1];
		it->is_span = true;
	}
	return true;
}

/* primary -> numbered | season | parts | piece; how many items it made */
size_t
take_primary(struct parser *p)
{
	size_t before = p->r->items.n;
	size_t start = p->at;
	struct piece piece;

	if (take_numbered(p) || take_months_by_number(p) || take_season(p) ||
	    take_parts(p))
		return p->r->items.n - before;
	if (take_piece(p, &piece)) {
		emit(p, piece, false);
		return 1;
	}
	p->at = start;
	return 0;
}
