/* deadline_year.c - which year a phrase names. */
#include "lang/deadline_syntax.h"

bool
is_year_number(const struct token *t)
{
	return t->kind == T_NUMBER && t->digits == 4 &&
	       t->value >= FIRST_YEAR && t->value <= LAST_YEAR;
}

static bool
is_year_word(const struct token *t)
{
	return is_any_class(t, W_SCHOOL) || is_any_class(t, W_CALENDAR) ||
	       (is_any_class(t, W_UNIT) && t->value == U_YEAR);
}

/* «г.», «года», «г.г.», «календарного года», «учебного года» */
bool
take_year_mark(struct parser *p, bool *ret_school)
{
	size_t start = p->at;
	bool school = false;
	bool any = false;

	for (;;) {
		if (take_class(p, W_SCHOOL))
			school = true;
		else if (take_unit(p, U_YEAR))
			any = true;
		else if (is_class(p, W_EVERY) && is_year_word(peek(p, 1)))
			p->at++; /* «каждого учебного года» */
		else if (!take_class(p, W_CALENDAR) && !take_class(p, W_NEW))
			break;
		while (any && is_kind(p, T_DOT))
			p->at++;
	}
	if (!any)
		p->at = start;
	*ret_school = any && school;
	return any;
}

/* «т.г.», «с.г.»: of the current year */
static bool
take_current_short(struct parser *p)
{
	const struct token *t = peek(p, 0);
	const struct token *g = peek(p, 1);

	if (t->kind != T_WORD || !t->abbreviated ||
	    !(str_eq(t->word, S("т")) || str_eq(t->word, S("с"))) ||
	    !is_any_class(g, W_UNIT) || g->value != U_YEAR)
		return false;
	p->at += 2;
	return true;
}

/* "2023-2024, 2024-2025 учебные годы": the word behind the last is of all. */
static bool
school_years_ahead(const struct parser *p)
{
	struct parser look = *p;
	bool school = false;

	while (take_kind(&look, T_COMMA) || take_class(&look, W_AND)) {
		if (!is_year_number(peek(&look, 0)) ||
		    (peek(&look, 1)->kind != T_DASH &&
			peek(&look, 1)->kind != T_SLASH) ||
		    peek(&look, 2)->kind != T_NUMBER)
			return false;
		look.at += 3;
		if (take_year_mark(&look, &school))
			return school;
	}
	return false;
}

/*
 * years -> Y (dash|slash) Y [учебный] [год]
 * The number behind the separator is a whole year or its last two digits.
 */
static bool
take_year_pair(struct parser *p, struct year_said *ret)
{
	size_t start = p->at;
	const struct token *a = peek(p, 0);
	const struct token *sep = peek(p, 1);
	const struct token *b = peek(p, 2);
	bool school = false;

	if (!is_year_number(a) || (sep->kind != T_DASH && sep->kind != T_SLASH))
		return false;
	bool small = b->kind == T_NUMBER && b->digits == 2 &&
		     b->value == (a->value + 1) % 100;
	if (!is_year_number(b) && !small)
		return false;
	int last = small ? a->value + 1 : b->value;
	int first = a->value;
	bool slash = sep->kind == T_SLASH;
	p->at += 3;
	bool mark = take_year_mark(p, &school);
	if (!mark)
		school = school_years_ahead(p);
	if (!mark && is_class(p, W_MONTH)) {
		p->at = start; /* "май 2023 - 2024 июнь" is nothing we know */
		return false;
	}
	*ret = (struct year_said){0};
	bool of_plan = last == first + 1 &&
		       period_is_school_year(p->context->period) &&
		       syear_of(p->context->period.from).first == first;
	if (school || slash || small || of_plan) {
		if (of_plan && !school && !slash && !small)
			assume(p->mem, p->r,
			    N_("«%d–%d» прочитано как учебный год плана."),
			    first, last);
		if (last != first + 1)
			unreadable(p,
			    N_("Учебный год %d/%d не существует: годы идут не "
			       "подряд."),
			    first, last);
		ret->syear.first = first;
		return true;
	}
	if (last < first)
		unreadable(
		    p, N_("Годы %d–%d стоят в обратном порядке."), first, last);
	ret->year = first;
	ret->year_to = last;
	return true;
}

/* «23/24 уч. год» */
static bool
take_short_pair(struct parser *p, struct year_said *ret)
{
	size_t start = p->at;
	const struct token *a = peek(p, 0), *sep = peek(p, 1), *b = peek(p, 2);
	bool school = false;

	if (a->kind != T_NUMBER || a->digits != 2 || b->kind != T_NUMBER ||
	    b->digits != 2 || b->value != a->value + 1 ||
	    (sep->kind != T_DASH && sep->kind != T_SLASH))
		return false;
	p->at += 3;
	if (!take_year_mark(p, &school) || !school) {
		p->at = start;
		return false;
	}
	*ret = (struct year_said){.syear = {2000 + a->value}};
	return true;
}

/* «[года,] следующего за отчетным [годом]»: of every year of the plan */
static bool
take_year_after_reported(struct parser *p)
{
	size_t start = p->at;
	bool school;

	(void)take_unit(p, U_YEAR);
	(void)take_kind(p, T_COMMA);
	if (take_class(p, W_NEXT) && take_class(p, W_PER) &&
	    take_class(p, W_REPORTED)) {
		if (!take_year_mark(p, &school))
			(void)take_unit(p, U_PERIOD);
		return true;
	}
	p->at = start;
	return false;
}

/* year -> pair | Y [год] | YY год | (текущего|отчетного|следующего) года */
bool
take_year(struct parser *p, struct year_said *ret)
{
	size_t start = p->at;
	const struct token *t = peek(p, 0);
	bool school;

	*ret = (struct year_said){0};
	if (take_year_pair(p, ret) || take_short_pair(p, ret))
		return true;
	if (is_year_number(t)) {
		p->at++;
		(void)take_ordinal_suffix(p); /* «2024-й год» */
		take_year_mark(p, &school);
		ret->year = t->value;
		return true;
	}
	if (t->kind == T_NUMBER && t->digits == 2 && t->value >= 10) {
		p->at++;
		if (take_year_mark(p, &school)) {
			ret->year = 2000 + t->value;
			return true;
		}
		p->at = start;
		return false;
	}
	if (take_current_short(p)) {
		ret->word = YEAR_EACH;
		return true;
	}
	if (take_year_after_reported(p)) {
		ret->word = YEAR_EACH;
		return true;
	}
	bool next = is_class(p, W_NEXT);
	if (take_class(p, W_CURRENT) || take_class(p, W_REPORTED) ||
	    take_class(p, W_NEXT)) {
		if (take_year_mark(p, &school)) {
			ret->word = next ? YEAR_NEXT : YEAR_EACH;
			return true;
		}
		p->at = start;
		return false;
	}
	if (is_class(p, W_SCHOOL) && take_year_mark(p, &school))
		return true; /* "май учебного года" says nothing new */
	p->at = start;
	return false;
}

void
set_year(struct piece *piece, const struct year_said *y)
{
	piece->year = y->year;
	piece->syear = y->syear;
	piece->year_word = y->word;
}
