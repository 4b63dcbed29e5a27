/* deadline_dates.c - the grammar of spans and lists of days, months, terms. */
#include "lang/deadline_syntax.h"

/* The same items once more for every further year of "2023, 2024 г.г.". */
static void
repeat_items(struct parser *p, size_t first, size_t end, int year)
{
	for (size_t i = first; i < end; i++) {
		struct item again = p->r->items.p[i];
		again.from.year = again.is_span ? 0 : year;
		again.to.year = year;
		again.from.year_guessed = again.to.year_guessed = false;
		*vec_push(p->mem, &p->r->items) = again;
	}
}

/* A year behind an item: of the item, and a range of years repeats it. */
static bool
take_year_of_item(struct parser *p, size_t first)
{
	struct item *item = &p->r->items.p[p->r->items.n - 1];
	struct year_said y;
	size_t end = p->r->items.n;

	if (item->to.year || item->to.syear.first ||
	    item->to.area == AREA_YEAR || item->to.area == AREA_ISO ||
	    !take_year(p, &y))
		return false;
	for (size_t i = first; i < end; i++) {
		struct item *it = &p->r->items.p[i];
		set_year(&it->to, &y);
		if (!it->is_span)
			set_year(&it->from, &y);
		else if (y.syear.first || y.word)
			set_year(&it->from, &y);
	}
	for (int year = y.year + 1;
	     y.year_to && year <= y.year_to && year < y.year + 10; year++)
		repeat_items(p, first, end, year);
	return true;
}

static bool
is_term(const struct piece *p)
{
	return p->area == AREA_TERM || p->area == AREA_HALF ||
	       p->area == AREA_TRIMESTER || p->area == AREA_QUARTER;
}

/* «с 1 октября и до 1 мая», «не ранее 1 октября и не позднее 1 ноября» */
static bool
take_until(struct parser *p)
{
	size_t start = p->at;

	(void)(take_kind(p, T_COMMA) || take_class(p, W_AND));
	if (take_class(p, W_NOT) && take_class(p, W_LATER)) {
		(void)take_class(p, W_WHICH);
		(void)take_class(p, W_BY);
		return true;
	}
	if (p->at == start + 1 && (take_class(p, W_BY) || take_class(p, W_PO)))
		return true;
	p->at = start;
	return false;
}

/* A span grows out of the last item when a range sign and a piece follow. */
static bool
take_span_end(struct parser *p)
{
	size_t start = p->at;
	size_t last = p->r->items.n - 1;
	bool dash = is_kind(p, T_DASH);

	bool since = p->r->items.p[last].mode == MODE_SINCE;
	if (take_clock(p) ||
	    (!take_range_sign(p) && !(since && take_until(p)))) {
		p->at = start;
		return false;
	}
	(void)take_class(p, W_IN);
	if (dash && (p->r->items.p[last].from.area == AREA_MONTH ||
			p->r->items.p[last].from.area == AREA_DAY))
		(void)take_class(p, W_BY); /* «март – до мая» */
	enum mode mode = p->sticky;
	p->sticky = MODE_IN;
	size_t n = take_primary(p);
	p->sticky = mode;
	if (n != 1) {
		p->r->items.n = last + 1;
		p->at = start;
		return false;
	}
	struct item *a = &p->r->items.p[last];
	struct piece end = p->r->items.p[last + 1].to;
	p->r->items.n--;
	/* «I полугодие – до 25.12»: the term names the deadline behind it. */
	if (dash && is_term(&a->from) && !is_term(&end)) {
		p->at = start;
		return false;
	}
	/* "Май 2023 - 2024 г.г." is a year of the item, not its end. */
	if (dash && end.area == AREA_YEAR && a->from.area != AREA_YEAR &&
	    a->from.area != AREA_DAY) {
		p->at = start;
		return false;
	}
	a->to = end;
	a->is_span = true;
	return true;
}

/* "май-сентябрь-октябрь": more than one dash makes a list. */
static void
take_dashed_list(struct parser *p)
{
	size_t start = p->at;
	struct item *span = &p->r->items.p[p->r->items.n - 1];
	struct piece third;

	if (span->from.area != AREA_MONTH || span->to.area != AREA_MONTH ||
	    span->to.year || !take_kind(p, T_DASH) || !take_piece(p, &third) ||
	    third.area != AREA_MONTH) {
		p->at = start;
		return;
	}
	struct piece second = span->to;
	span->to = span->from;
	span->is_span = false;
	emit(p, second, true);
	emit(p, third, true);
	while (take_kind(p, T_DASH) && take_piece(p, &third))
		emit(p, third, true);
	(void)take_year_of_item(p, p->r->items.n - 1);
	assume(p->mem, p->r,
	    N_("Несколько тире подряд прочитаны как список, а не как "
	       "промежуток."));
}

/* Items that wait for the year the last of them brings. */
static size_t
first_without_year(const struct parser *p, size_t first)
{
	size_t i = p->r->items.n - 1;

	while (i > first && p->r->items.p[i].listed &&
	       !p->r->items.p[i - 1].to.year &&
	       !p->r->items.p[i - 1].to.syear.first)
		i--;
	return i;
}

/* «октябрь 2023/2024, 2024/2025 учебных годов» */
static bool
take_further_school_year(struct parser *p, size_t first, size_t end)
{
	const struct item *last = &p->r->items.p[end - 1];
	struct year_said y;
	size_t start = p->at;

	if (!last->to.syear.first || last->to.area == AREA_SCHOOL_YEAR ||
	    !take_year(p, &y) || !y.syear.first) {
		p->at = start;
		return false;
	}
	for (size_t i = first; i < end; i++) {
		struct item again = p->r->items.p[i];
		again.from.syear = again.to.syear = y.syear;
		*vec_push(p->mem, &p->r->items) = again;
	}
	return true;
}

/* «5 и 20 января, апреля», «вторая среда мая, июня»: of one more month */
static bool
take_further_month(struct parser *p, size_t end)
{
	const struct token *month = peek(p, 0);
	const struct item *last = &p->r->items.p[end - 1];
	enum area area = last->from.area;
	size_t first = end - 1;

	bool part =
	    last->from.area == AREA_MONTH && last->from.part != PART_WHOLE;
	if (!is_any_class(month, W_MONTH) ||
	    (!part && last->from.area != AREA_DAY) || last->is_span ||
	    p->tokens.all[p->at - 2].class != W_MONTH ||
	    (!str_ends(month->word, S("я")) && !str_ends(month->word, S("а"))))
		return false;
	int was = last->from.month;
	while (first > 0 && p->r->items.p[first].listed &&
	       p->r->items.p[first - 1].from.area == area &&
	       p->r->items.p[first - 1].from.month == was)
		first--;
	p->at++;
	for (size_t i = first; i < end; i++) {
		struct item again = p->r->items.p[i];
		again.from.month = again.to.month = month->value;
		again.listed = true;
		*vec_push(p->mem, &p->r->items) = again;
	}
	(void)take_year_of_item(p, p->r->items.n - 1);
	return true;
}

/* «…, II полугодие: до 25.05»: the term names the deadline behind it. */
static bool
names_next(const struct parser *p, size_t mark)
{
	const struct item *it = &p->r->items.p[mark];
	struct parser look = *p;

	if (p->r->items.n != mark + 1 || it->is_span || !is_term(&it->from) ||
	    it->from.part != PART_WHOLE ||
	    !(take_kind(&look, T_DASH) || take_kind(&look, T_COLON)))
		return false;
	return is_class(&look, W_BY) || is_class(&look, W_NOT) ||
	       is_class(&look, W_MONTH) || is_kind(&look, T_NUMBER);
}

/* group -> span {(,|и|/) (span | Y)} : one sticky mode, years shared */
static void
take_group(struct parser *p, size_t first)
{
	for (;;) {
		struct year_said y;
		size_t start = p->at;
		size_t mark = p->r->items.n;

		bool comma = take_kind(p, T_COMMA) || take_class(p, W_AND) ||
			     take_kind(p, T_SLASH);
		if (comma)
			(void)take_class(p, W_AND);
		if (comma && is_year_number(peek(p, 0)) &&
		    p->r->items.p[mark - 1].to.year &&
		    p->r->items.p[mark - 1].to.area != AREA_YEAR) {
			size_t at = p->at;
			if (take_year(p, &y) && y.year && !y.year_to) {
				size_t from = first_without_year(p, first);
				repeat_items(p, from, mark, y.year);
				first = mark;
				continue;
			}
			p->at = at;
		}
		if (comma && is_year_number(peek(p, 0)) &&
		    take_further_school_year(p, first, mark)) {
			first = mark;
			continue;
		}
		if (comma && is_year_number(peek(p, 0)) &&
		    take_year_of_item(p, mark - 1))
			continue; /* «сентябрь, 2024 г.» */
		if (comma && take_further_month(p, mark))
			continue; /* «до 10 января, апреля, июля» */
		while (comma && (is_class(p, W_IN) || is_class(p, W_ON)))
			p->at++;
		if (!comma || !take_primary(p) || names_next(p, mark)) {
			p->at = start;
			p->r->items.n = mark;
			return;
		}
		p->r->items.p[mark].listed = true;
		(void)take_year_of_item(p, mark);
		if (take_span_end(p)) {
			(void)take_year_of_item(p, p->r->items.n - 1);
			take_dashed_list(p);
		}
	}
}

/* «перед началом учебного года» */
static bool
take_before_beginning(struct parser *p)
{
	if (!is_class(p, W_BEFORE) || peek(p, 1)->class != W_PART)
		return false;
	p->at++;
	return true;
}

/* mode -> [в срок] (до | не позднее [чем до] | к | по | с | после | не ранее) */
static bool
take_mode(struct parser *p, enum mode *ret)
{
	size_t start = p->at;

	p->sticky_inclusive = false;
	if (is_class(p, W_IN) && is_any_class(peek(p, 1), W_TERM))
		p->at += 2;
	else
		(void)take_class(p, W_TERM);
	(void)(take_kind(p, T_COLON) || take_kind(p, T_DASH));
	if (take_class(p, W_NOT)) {
		bool later = take_class(p, W_LATER);
		if (!later && !take_class(p, W_EARLIER)) {
			p->at = start;
			return false;
		}
		take_than(p);
		(void)take_class(p, W_BY);
		(void)take_kind(p, T_COLON);
		*ret = later ? MODE_BY : MODE_SINCE;
		p->sticky_inclusive = later;
		return true;
	}
	if ((is_class(p, W_PO) || is_class(p, W_AFTER)) &&
	    peek(p, 1)->class == W_SUMMARY) {
		p->at += 2;
		*ret = MODE_AFTER;
	} else if (take_class(p, W_BY) || take_before_beginning(p))
		*ret = MODE_BY;
	else if (take_class(p, W_TOWARDS))
		*ret = MODE_TOWARDS;
	else if (take_class(p, W_PO)) {
		bool each = peek(p, 0)->plural_to; /* «по каникулам» */
		*ret = each ? MODE_IN : MODE_BY;
		p->sticky_inclusive = !each;
	} else if (take_class(p, W_FROM))
		*ret = MODE_SINCE;
	else if (take_class(p, W_AFTER))
		*ret = MODE_PAST;
	else {
		p->at = start;
		return false;
	}
	(void)take_kind(p, T_COLON);
	return true;
}

/* «с момента утверждения плана до», «со дня подписания приказа по» */
static bool
take_open_start(struct parser *p, bool *ret_of_plan)
{
	size_t start = p->at;

	*ret_of_plan = false;

	if (!take_class(p, W_FROM) ||
	    (!take_class(p, W_MOMENT) && !take_unit(p, U_DAY))) {
		p->at = start;
		return false;
	}
	for (int words = 0; words < 6; words++) {
		if (is_class(p, W_BY) || is_class(p, W_PO)) {
			p->at++;
			return true;
		}
		if (!is_kind(p, T_WORD))
			break;
		*ret_of_plan |= is_class(p, W_PLAN);
		p->at++;
	}
	p->at = start;
	return false;
}

static void
finish_inclusive(struct parser *p, size_t first)
{
	if (!take_class(p, W_INCLUSIVE))
		return;
	for (size_t i = first; i < p->r->items.n; i++)
		p->r->items.p[i].inclusive = true;
}

bool
at_month_or_date(struct parser *p)
{
	struct parser look = *p;
	struct reading scratch = {0};

	look.r = &scratch;
	look.sticky = MODE_IN;
	return take_primary(&look) > 0;
}

static bool
is_time_word(const struct token *t)
{
	return t->kind == T_WORD &&
	       (str_starts(t->word, S("врем")) || str_eq(t->word, S("дни")));
}

/* «после каникул», «после четверти»: of which nobody says */
static bool
is_past_any(const struct item *it)
{
	return it->mode == MODE_PAST && !it->is_span && !it->from.number &&
	       (is_term(&it->from) || it->from.area == AREA_BREAK);
}

/* dates -> [mode] group [включительно] */
bool
take_dates(struct parser *p)
{
	size_t start = p->at;
	size_t first = p->r->items.n;
	enum mode mode = p->until_clock ? MODE_BY : MODE_IN;

	while (is_class(p, W_IN) || is_class(p, W_ON) || is_class(p, W_PER)) {
		if (peek(p, 1)->class == W_TERM)
			break;
		p->at++;
	}
	if (take_unit(p, U_PERIOD) && !is_class(p, W_FROM) &&
	    !at_month_or_date(p)) {
		p->at = start;
		return false;
	}
	if (p->at > start && is_time_word(peek(p, 0)))
		p->at++; /* «во время каникул», «в дни каникул» */
	bool of_plan;
	bool open = take_open_start(p, &of_plan);
	bool between = is_text(p, 0, S("между"));
	p->at += between;
	p->sticky_inclusive = false;
	if (!open && !between)
		(void)take_mode(p, &mode);
	p->sticky = mode;
	if (!take_primary(p) || is_past_any(&p->r->items.p[first])) {
		p->at = start;
		p->r->items.n = first;
		return false;
	}
	(void)take_year_of_item(p, first);
	if (take_span_end(p)) {
		struct item *last = &p->r->items.p[p->r->items.n - 1];
		if (last->mode != MODE_TOWARDS)
			last->mode = MODE_IN;
		p->sticky = mode == MODE_SINCE ? MODE_IN : mode;
		(void)take_year_of_item(p, p->r->items.n - 1);
		take_dashed_list(p);
	}
	take_group(p, first);
	if (between && p->r->items.n == first + 2) {
		struct item *it = &p->r->items.p[first];
		it->to = p->r->items.p[first + 1].to;
		it->is_span = true;
		p->r->items.n--;
	}
	for (size_t i = first; i < p->r->items.n; i++)
		p->r->items.p[i].open_start = !open   ? OPEN_NOT :
					      of_plan ? OPEN_PLAN :
							OPEN_EVENT;
	finish_inclusive(p, first);
	return true;
}
