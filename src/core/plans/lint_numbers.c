/* lint_numbers.c - do rows and sections count as they should? */
#include "base/map.h"
#include "base/utf8.h"
#include "core/plans/lint_parts.h"

enum { PARTS = 4 };

/* "2.10." as {2, 10}; how many parts. */
static size_t
number_parts(struct str s, int64_t parts[PARTS])
{
	size_t n = 0;
	size_t i = 0;

	while (i < s.n && n < PARTS) {
		size_t from = i;
		while (i < s.n && is_digit(s.p[i]))
			i++;
		if (i == from || !str_to_int(str_cut(s, from, i), &parts[n]))
			break;
		n++;
		i += i < s.n;
	}
	return n;
}

static bool
same_group(const struct plan_measure *a, const struct plan_measure *b)
{
	return a->table == b->table && a->section == b->section;
}

/* The rows of one section stand together: [*from, *to). */
static void
group_of(const struct linter *l, const struct plan_measure *m, size_t *from,
    size_t *to)
{
	const struct plan_measure *all = l->plan->measures.p;
	size_t at = (size_t)(m - all);

	for (*from = at; *from && same_group(m, &all[*from - 1]);)
		--*from;
	for (*to = at + 1;
	     *to < l->plan->measures.n && same_group(m, &all[*to]);)
		++*to;
}

struct numbering {
	size_t rows, numbered, dotted;
};

static struct numbering
numbering_of(const struct linter *l, const struct plan_measure *m)
{
	struct numbering n = {0};
	size_t from, to;

	group_of(l, m, &from, &to);
	for (size_t i = from; i < to; i++) {
		struct str number = l->plan->measures.p[i].number;
		n.rows++;
		n.numbered += number.n > 0;
		n.dotted += str_ends(number, S("."));
	}
	return n;
}

/* A column of numbers that is empty, or a row without one among numbered. */
void
lint_no_number(struct linter *l, const struct plan_measure *m)
{
	if (m->number.n || is_point(l, m))
		return;
	if (table_has(l, m, COLUMN_NUMBER) || numbering_of(l, m).numbered)
		found_in(l, m, S(""));
}

void
lint_number_form(struct linter *l, const struct plan_measure *m)
{
	if (!m->number.n || is_point(l, m))
		return;
	struct numbering n = numbering_of(l, m);
	bool dotted = str_ends(m->number, S("."));
	/* One or two against the rest of the section. */
	size_t same = dotted ? n.dotted : n.numbered - n.dotted;
	if (same * 4 < n.numbered)
		found_in(l, m, m->number);
}

/* "1." and "1" are one number. */
static struct str
bare_number(struct str s)
{
	return str_ends(s, S(".")) ? str_cut(s, 0, s.n - 1) : s;
}

void
lint_number_twice(struct linter *l)
{
	struct map seen = map_open(l->mem);
	const struct plan_measure *last = NULL;

	vec_each(const struct plan_measure, m, &l->plan->measures) {
		if (!last || !same_group(last, m))
			seen = map_open(l->mem);
		last = m;
		if (!m->number.n)
			continue;
		int64_t *at = map_at(&seen, bare_number(m->number));
		if (*at != MAP_NONE)
			found_in(l, m,
			    arena_fmt(l->mem, "(уже есть: %.*s)",
				STR_ARG(plan_place_text(
				    l->mem, l->plan->measures.p[*at].at))));
		*at = (int64_t)(m - l->plan->measures.p);
	}
}

/* A number that does not follow the one before it in its section. */
void
lint_number_order(struct linter *l)
{
	for (size_t i = 1; i < l->plan->measures.n; i++) {
		const struct plan_measure *a = &l->plan->measures.p[i - 1];
		const struct plan_measure *b = &l->plan->measures.p[i];
		int64_t was[PARTS], is[PARTS];
		size_t n = number_parts(a->number, was);
		size_t m = number_parts(b->number, is);
		if (!same_group(a, b) || n == 0 || m == 0 || n != m ||
		    is[n - 1] == 1)
			continue;
		if (is[n - 1] == was[n - 1] || is[n - 1] == was[n - 1] + 1)
			continue;
		found_in(l, b,
		    arena_fmt(l->mem, "(после № %.*s)", STR_ARG(a->number)));
	}
}

/* ---- sections and headings ---------------------------------------------------------- */

/* "IV" and "4" at the front of a title; 0: none. */
static int64_t
section_number(struct str title)
{
	static const struct {
		char letter;
		int value;
	} roman[] = {{'I', 1}, {'V', 5}, {'X', 10}};

	int64_t n = 0, last = 0;
	size_t i = 0;

	if (title.n && is_digit(title.p[0])) {
		while (i < title.n && is_digit(title.p[i]))
			i++;
		bool more = i + 1 < title.n && title.p[i] == '.' &&
			    is_digit(title.p[i + 1]);
		return i < 4 && i < title.n && !more && title.p[i] == '.' &&
			       str_to_int(str_cut(title, 0, i), &n) ?
			   n :
			   0;
	}
	for (; i < title.n; i++) {
		int64_t value = 0;
		for (size_t k = 0; k < COUNT_OF(roman); k++)
			if (title.p[i] == roman[k].letter)
				value = roman[k].value;
		if (!value)
			break;
		n += value > last ? value - 2 * last : value;
		last = value;
	}
	return i && i < title.n && title.p[i] == '.' ? n : 0;
}

void
lint_section_order(struct linter *l)
{
	for (size_t i = 1; i < l->plan->sections.n; i++) {
		const struct plan_section *a = &l->plan->sections.p[i - 1];
		const struct plan_section *b = &l->plan->sections.p[i];
		int64_t was = section_number(a->title);
		int64_t is = section_number(b->title);
		if (a->table != b->table || !was || !is || is == was + 1 ||
		    is == 1)
			continue;
		found_at(l, b->at, text_clip(l->mem, b->title, 60));
	}
}

/* "4.5." with two parts or more at the front of a short line. */
static struct str
heading_number(struct str text)
{
	enum { LINE = 300 };

	size_t n = 0;
	size_t dots = 0;

	if (text.n > LINE)
		return S("");
	while (n < text.n && (is_digit(text.p[n]) || text.p[n] == '.')) {
		dots += text.p[n] == '.' && n + 1 < text.n &&
			is_digit(text.p[n + 1]);
		n++;
	}
	/* A date stands at the front of no heading: two dots and a year. */
	while (n && text.p[n - 1] == '.')
		n--;
	return n && dots && dots < 3 && n < 9 ? str_cut(text, 0, n) : S("");
}

/* "3." or "3)" in front of an item. */
static struct str
item_number(struct str text)
{
	size_t n = 0;

	while (n < text.n && n < 2 && is_digit(text.p[n]))
		n++;
	bool ends = n && n < text.n && (text.p[n] == '.' || text.p[n] == ')');
	bool more = ends && n + 1 < text.n && is_digit(text.p[n + 1]);
	return ends && !more ? str_cut(text, 0, n) : S("");
}

static void
see_heading(
    struct linter *l, struct map *seen, struct str text, struct plan_place at)
{
	struct str number = heading_number(text);

	if (!number.n)
		return;
	int64_t *was = map_at(seen, number);
	if (*was != MAP_NONE)
		found_at(l, at, text_clip(l->mem, text, 60));
	*was = 1;
}

/* Two sections «4.5»; two items «3.» one after another. */
void
lint_heading_twice(struct linter *l)
{
	struct map seen = map_open(l->mem);
	struct str last = S("");
	uint32_t block = 0;

	vec_each(const struct plan_table, t, &l->plan->tables)
		see_heading(l, &seen, t->title, t->at);
	vec_each(const struct plan_remark, r, &l->plan->leftovers) {
		if (r->at.table)
			continue;
		see_heading(l, &seen, r->text, r->at);
		struct str number = item_number(r->text);
		if (number.n && str_eq(number, last) &&
		    r->at.block == block + 1)
			found_at(l, r->at, text_clip(l->mem, r->text, 60));
		last = number;
		block = r->at.block;
	}
}
