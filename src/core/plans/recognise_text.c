/* recognise_text.c - what stands around the tables: order, title, period. */
#include "base/utf8.h"
#include "core/plans/recognise.h"

/* ---- period ------------------------------------------------------------------ */

static bool
take_year(struct str *s, int *ret)
{
	int64_t year;

	if (s->n < 4 || !str_to_int(str_cut(*s, 0, 4), &year) || year < 1990 ||
	    year > 2100 || s->p[0] < '0' || s->p[0] > '9')
		return false;
	if (s->n > 4 && s->p[4] >= '0' && s->p[4] <= '9')
		return false;
	*ret = (int)year;
	*s = str_from(*s, 4);
	return true;
}

static void
skip_spaces(struct str *s)
{
	while (s->n && (s->p[0] == ' ' || s->p[0] == '.'))
		*s = str_from(*s, 1);
}

static bool
take_dash(struct str *s)
{
	static const struct str dashes[] = {
	    S_INIT("-"), S_INIT("–"), S_INIT("—"), S_INIT("/"), S_INIT("‒")};
	struct str at = *s;

	skip_spaces(&at);
	for (size_t i = 0; i < COUNT_OF(dashes); i++)
		if (str_starts(at, dashes[i])) {
			at = str_from(at, dashes[i].n);
			skip_spaces(&at);
			*s = at;
			return true;
		}
	return false;
}

static struct day_span
calendar_years(int from, int to)
{
	return (struct day_span){
	    date_month_first(from, 1), date_month_last(to, 12)};
}

/* period -> Y | Y-Y | Y/Y учебный; the words decide which years they are */
static bool
take_period(struct str *s, struct day_span *ret)
{
	int from, to;

	if (!take_year(s, &from))
		return false;
	struct str at = *s;
	*ret = calendar_years(from, from);
	bool slash = str_starts(str_trim(at), S("/"));
	if (!take_dash(&at))
		return true;
	if (!take_year(&at, &to)) {
		int64_t two;
		if (!str_to_int(str_cut(at, 0, 2), &two) ||
		    two != (from + 1) % 100)
			return true;
		to = from + 1;
		at = str_from(at, 2);
	}
	*s = at;
	skip_spaces(&at);
	if (to == from + 1 && (slash || str_starts(at, S("уч"))))
		*ret = (struct day_span){syear_from((struct syear){from}),
		    syear_to((struct syear){from})};
	else if (to >= from && to < from + 12)
		*ret = calendar_years(from, to);
	return true;
}

/*
 * «на 2023/2024 учебный год», «в 2021-2022 учебном году», «на 2024 год»: the
 * years behind "на" and "в" are the plan's, those behind "по итогам" are not.
 */
bool
period_in(struct str text, struct day_span *ret)
{
	bool found = false;

	for (size_t i = 0; i + 4 <= text.n; i++) {
		struct str at = str_from(text, i);
		struct day_span span;
		if ((i && text.p[i - 1] >= '0' && text.p[i - 1] <= '9') ||
		    !take_period(&at, &span))
			continue;
		struct str before = str_trim(str_cut(text, 0, i));
		bool ours = str_ends(before, S(" на")) ||
			    str_ends(before, S(" в")) ||
			    str_eq(before, S("на")) || str_eq(before, S("в"));
		bool day = i && text.p[i - 1] == '.'; /* 31.10.2023 */
		bool past = str_ends(before, S("итогам")) ||
			    str_ends(before, S("за")) ||
			    str_ends(before, S("от"));
		if (ours) {
			*ret = span;
			return true;
		}
		if (!found && !past && !day) {
			*ret = span;
			found = true;
		}
		i = text.n - at.n - 1;
	}
	return found;
}

/* "на 2023 год", "на 2023/2024 учебный год": only behind "на". */
struct day_span
plan_own_period(struct day_span plan, struct str title)
{
	static const struct str on = S_INIT("на ");

	for (size_t i = 0; i + on.n < title.n; i++) {
		struct str at = str_from(title, i);
		struct day_span said;
		bool word =
		    !i || title.p[i - 1] == ' ' || title.p[i - 1] == '(';
		if (!word || !str_starts(at, on))
			continue;
		at = str_trim(str_from(at, on.n));
		if (take_period(&at, &said) &&
		    (date_is_none(plan.from) || day_span_contains(plan, said)))
			return said;
	}
	return plan;
}

struct str
plan_period_words(struct arena *mem, struct day_span period)
{
	int from = date_civil(period.from).year;
	int to = date_civil(period.to).year;

	if (day_span_eq(period, calendar_years(from, from)))
		return arena_fmt(mem, "на %d год", from);
	if (day_span_eq(period, calendar_years(from, to)))
		return arena_fmt(mem, "на %d–%d годы", from, to);
	return arena_fmt(mem, "на %d/%d учебный год", from, to);
}

/* ---- paragraphs -------------------------------------------------------------- */

bool
is_paragraph(const struct block *b)
{
	return b->kind == BLOCK_PARAGRAPH && str_trim(b->text).n > 0;
}

static bool
folded_has(struct recogniser_plan *rp, struct str text, struct str part)
{
	bool yes = str_find(text_fold(rp->scratch, text), part) >= 0;

	arena_reset(rp->scratch);
	return yes;
}

/* Without the years, quotes and brackets a heading may carry. */
static bool
names_plan(struct recogniser_plan *rp, struct str text)
{
	struct str f = text_fold(rp->scratch, text);
	static const struct str begins[] = {S_INIT("план"), S_INIT("дорожн"),
	    S_INIT("\"дорожн"), S_INIT("«дорожн"), S_INIT("программа"),
	    S_INIT("муниципальный план"), S_INIT("муниципальная"),
	    S_INIT("комплекс"), S_INIT("перечень мероприятий"),
	    S_INIT("комплексный план")};
	bool yes = false;

	for (size_t i = 0; i < COUNT_OF(begins) && f.n < 700; i++)
		yes |= str_starts(f, begins[i]);
	arena_reset(rp->scratch);
	return yes;
}

/*
 * The title right above a block: its last paragraph, with those before it
 * that it continues ("по работе со школами …").
 */
struct str
title_above(struct recogniser_plan *rp, size_t block, size_t *ret_first)
{
	const struct block *all = rp->pages->blocks;
	size_t first = block;
	size_t last = block;

	while (first > 0 && !is_paragraph(&all[first - 1]) &&
	       all[first - 1].kind != BLOCK_TABLE)
		first--;
	last = first;
	while (first > 0 && is_paragraph(&all[first - 1])) {
		first--;
		if (!starts_lower(all[first].text) || last - first >= 4)
			break;
	}
	struct buf b = buf_open(rp->mem, 0);
	for (size_t i = first; i < last; i++) {
		if (b.n)
			buf_char(&b, ' ');
		buf_put(&b, plain_text(rp->mem, all[i].text));
	}
	*ret_first = first;
	return b.n > 400 ? S("") : buf_str(&b);
}

/* ---- the order ---------------------------------------------------------------- */

/* "31.10.2023", "от 03.04.2024г.", "07 марта 2023 г.   г. Озёрск" */
static bool
take_order_date(struct recogniser_plan *rp, struct str text, struct date *ret)
{
	struct deadline_context none = {
	    .period = {DATE_NONE, DATE_NONE}, .ordered = DATE_NONE};
	struct str phrase;
	struct deadline d;

	if (text.n > 120)
		return false;
	bool yes = deadline_find(rp->scratch, text, &none, &phrase, &d) &&
		   d.kind == DEADLINE_DATES && d.n_windows == 1 &&
		   date_eq(d.windows[0].from, d.windows[0].to);
	struct date day = yes ? d.windows[0].to : DATE_NONE;
	arena_reset(rp->scratch);
	if (yes)
		*ret = day;
	return yes;
}

static struct str
order_number(struct str text)
{
	ptrdiff_t at = str_find(text, S("№"));

	if (at < 0)
		return S("");
	struct str rest = str_trim(str_from(text, (size_t)at + sizeof "№" - 1));
	size_t n = 0;
	while (n < rest.n && rest.p[n] != ' ' && rest.p[n] != ',')
		n++;
	return str_cut(rest, 0, n);
}

/* The heading «ПРИКАЗ», and within a few lines its date and number. */
static void
read_order(struct recogniser_plan *rp)
{
	const struct block *all = rp->pages->blocks;
	size_t n = rp->pages->n;

	for (size_t i = 0; i < n; i++) {
		struct str f = text_fold(rp->scratch, all[i].text);
		bool head =
		    is_paragraph(&all[i]) &&
		    (str_eq(f, S("приказ")) || str_eq(f, S("распоряжение")) ||
			str_eq(f, S("постановление")) ||
			str_eq(f, S("п р и к а з")));
		arena_reset(rp->scratch);
		for (size_t k = i + 1; head && k < n && k < i + 7; k++) {
			rp->used_blocks[i] = true;
			if (date_is_none(rp->out->ordered))
				rp->used_blocks[k] |= take_order_date(
				    rp, all[k].text, &rp->out->ordered);
			if (rp->out->order_number.n || all[k].text.n >= 120)
				continue;
			rp->out->order_number = order_number(all[k].text);
			rp->used_blocks[k] |= rp->out->order_number.n > 0;
		}
		if (head)
			return;
	}
	/* «УТВЕРЖДЕНА приказом … от 07 марта 2023 года № 5» */
	for (size_t i = 0; i + 1 < n; i++) {
		if (!is_paragraph(&all[i]) ||
		    !folded_has(rp, all[i].text, S("утвержд")))
			continue;
		for (size_t k = i; k < n && k < i + 6; k++)
			if (take_order_date(
				rp, all[k].text, &rp->out->ordered)) {
				rp->out->order_number =
				    order_number(all[k].text);
				return;
			}
	}
}

/* ---- title and period -------------------------------------------------------- */

/* The lines below a heading that it needs: "по поддержке школ", "на 2024 год". */
static struct str
title_from(struct recogniser_plan *rp, size_t at, size_t *ret_end)
{
	const struct block *all = rp->pages->blocks;
	struct str title = plain_text(rp->mem, all[at].text);
	size_t i = at + 1;

	while (i < rp->pages->n && is_paragraph(&all[i]) &&
	       starts_lower(all[i].text) && all[i].text.n < 700 &&
	       !str_starts(str_trim(all[i].text), S("-")) && i < at + 6) {
		title = join_text(rp, title, all[i].text);
		i++;
	}
	*ret_end = i;
	return title;
}

static size_t
first_table(const struct recogniser_plan *rp)
{
	size_t i = 0;

	while (i < rp->pages->n && rp->pages->blocks[i].kind != BLOCK_TABLE)
		i++;
	return i;
}

/* The subject of the order: «Об утверждении Плана …». */
static struct str
order_subject(struct recogniser_plan *rp)
{
	const struct block *all = rp->pages->blocks;
	size_t end;

	for (size_t i = 0; i < rp->pages->n; i++)
		if (is_paragraph(&all[i]) &&
		    str_starts(str_trim(all[i].text), S("Об утверждении")))
			return title_from(rp, i, &end);
	return S("");
}

/*
 * The plan's title: the heading behind the order that names a plan, with its
 * years if one of them has any; without it the order's own subject.
 */
static void
read_title(struct recogniser_plan *rp, size_t from)
{
	const struct block *all = rp->pages->blocks;
	size_t table = first_table(rp);
	size_t limit = from < table ? rp->pages->n : table;
	struct day_span span;

	for (size_t i = from; i < limit; i++) {
		size_t end;
		if (!is_paragraph(&all[i]) || !names_plan(rp, all[i].text))
			continue;
		struct str title = title_from(rp, i, &end);
		bool dated = period_in(title, &span);
		if (!rp->out->title.n ||
		    (dated && date_is_none(rp->out->period.from)))
			rp->out->title = title;
		if (dated && date_is_none(rp->out->period.from))
			rp->out->period = span;
		if (dated)
			return;
		i = end - 1;
	}
}

/* Row above the headings, first column of a passport, then the order. */
static void
read_period_elsewhere(struct recogniser_plan *rp)
{
	struct str subject = order_subject(rp);

	if (!rp->out->title.n)
		rp->out->title = subject;
	if (date_is_none(rp->out->period.from))
		(void)period_in(subject, &rp->out->period);
	for (size_t i = 0;
	     i < rp->pages->n && date_is_none(rp->out->period.from); i++)
		if (is_paragraph(&rp->pages->blocks[i]) &&
		    rp->pages->blocks[i].text.n < 400 &&
		    names_plan(rp, rp->pages->blocks[i].text))
			(void)period_in(
			    rp->pages->blocks[i].text, &rp->out->period);
}

void
read_texts(struct recogniser_plan *rp)
{
	read_order(rp);
	if (!date_is_none(rp->options->ordered))
		rp->out->ordered = rp->options->ordered;
	/* The clauses need the period, and the title stands behind them. */
	struct plan_reading *out = rp->out;
	read_title(rp, find_clauses(rp));
	read_period_elsewhere(rp);
	if (!date_is_none(rp->options->period.from))
		out->period = rp->options->period;
	finish_clauses(rp);
}
