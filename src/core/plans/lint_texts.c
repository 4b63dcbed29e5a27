/* lint_texts.c - what is printed: years, dates, letters, numbers of schools. */
#include "base/map.h"
#include "base/utf8.h"
#include "core/plans/lint_parts.h"

/* ---- every text of the plan ------------------------------------------------------- */

enum { FIELDS = 7 };

static struct str
field_of(const struct plan_measure *m, int field)
{
	const struct str fields[FIELDS] = {m->title, m->school_part,
	    m->deadline, m->responsible_text, m->result, m->indicator,
	    m->report_form};

	return fields[field];
}

/* Texts that are no rows: title, sections, tables, what was left out. */
static bool
text_beside(const struct plan_reading *p, size_t at, struct lint_texts *t)
{
	if (at == 0) {
		t->text = p->title;
		t->place = (struct plan_place){0};
		return true;
	}
	at--;
	if (at < p->sections.n) {
		t->text = p->sections.p[at].title;
		t->place = p->sections.p[at].at;
		return true;
	}
	at -= p->sections.n;
	if (at < p->clauses.n) {
		t->text = p->clauses.p[at].title;
		t->place = p->clauses.p[at].at;
		return true;
	}
	at -= p->clauses.n;
	if (at >= p->leftovers.n)
		return false;
	t->text = p->leftovers.p[at].text;
	t->place = p->leftovers.p[at].at;
	return true;
}

bool
next_text(struct lint_texts *t)
{
	size_t rows = lint_rows(t->l);

	while (t->at < rows) {
		const struct plan_measure *m = lint_row(t->l, t->at);
		t->row = m;
		t->place = m->at;
		t->text = field_of(m, t->field);
		t->field = (t->field + 1) % FIELDS;
		t->at += t->field == 0;
		if (t->text.n)
			return true;
	}
	t->row = NULL;
	return text_beside(t->l->plan, t->at++ - rows, t);
}

void
found_text(struct linter *l, const struct lint_texts *t, struct str words)
{
	if (t->row)
		found_in(l, t->row, words);
	else if (t->place.block)
		found_at(l, t->place, words);
	else
		found_whole(l, words);
}

/* ---- years and dates ----------------------------------------------------------------- */

static bool
year_at(struct str text, size_t at, int64_t *ret)
{
	if (at + 4 > text.n || (at && is_digit(text.p[at - 1])) ||
	    (at + 4 < text.n && is_digit(text.p[at + 4])))
		return false;
	for (size_t i = at; i < at + 4; i++)
		if (!is_digit(text.p[i]))
			return false;
	return str_to_int(str_cut(text, at, at + 4), ret) && *ret >= 1990 &&
	       *ret <= 2100;
}

/* After a year: spaces and a dash, then another year. */
static bool
is_span_of_years(struct str text, size_t at, size_t *ret_end, bool *ret_back)
{
	int64_t a, b;
	size_t next = at + 4;

	if (!year_at(text, at, &a))
		return false;
	while (next < text.n && next < at + 12 &&
	       (text.p[next] == ' ' || text.p[next] == '-' ||
		   (unsigned char)text.p[next] >= 0x80))
		next++;
	struct str between = str_cut(text, at + 4, next);
	bool dash = str_find(between, S("-")) >= 0 ||
		    str_find(between, S("–")) >= 0 ||
		    str_find(between, S("—")) >= 0;
	if (!dash || !year_at(text, next, &b))
		return false;
	*ret_end = next + 4;
	*ret_back = b < a;
	return true;
}

/* "2028-2025 годы" */
void
lint_years_backwards(struct linter *l)
{
	struct lint_texts t = {.l = l};

	while (next_text(&t))
		for (size_t i = 0; i + 9 <= t.text.n; i++) {
			size_t end;
			bool back;
			if (is_digit(t.text.p[i]) &&
			    is_span_of_years(t.text, i, &end, &back) && back)
				found_text(l, &t, str_cut(t.text, i, end));
		}
}

/* Digits without a dot where a day and a month should stand. */
static size_t
broken_date_at(struct str text, size_t i)
{
	size_t digits = 0;
	int64_t year;

	if (i && (is_digit(text.p[i - 1]) || text.p[i - 1] == '.' ||
		     text.p[i - 1] == '-' || text.p[i - 1] == '/'))
		return 0;
	while (i + digits < text.n && is_digit(text.p[i + digits]))
		digits++;
	if ((digits != 3 && digits != 4) || i + digits >= text.n ||
	    text.p[i + digits] != '.' || !year_at(text, i + digits + 1, &year))
		return 0;
	return digits + 5;
}

/* "2612.2017" */
void
lint_broken_date(struct linter *l)
{
	struct lint_texts t = {.l = l};

	while (next_text(&t))
		for (size_t i = 0; i + 8 <= t.text.n; i++) {
			size_t n = is_digit(t.text.p[i]) ?
				       broken_date_at(t.text, i) :
				       0;
			if (n)
				found_text(l, &t, str_cut(t.text, i, i + n));
		}
}

/* Leftovers of a scan: signs no keyboard of an office gives. */
void
lint_noise(struct linter *l)
{
	static const char *const signs[] = {
	    "±", "¬", "¦", "�", "¤", "\xc2\xb6", "□", "■"};
	struct lint_texts t = {.l = l};

	while (next_text(&t))
		for (size_t i = 0; i < COUNT_OF(signs); i++) {
			ptrdiff_t at = str_find(t.text, str_of(signs[i]));
			if (at < 0)
				continue;
			found_text(l, &t,
			    text_clip(
				l->mem, str_from(t.text, (size_t)at), 40));
			break;
		}
}

/* ---- numbers against the list ----------------------------------------------------------- */

/* The number that ends right before this place, not "не менее 6". */
static bool
number_before(struct str text, size_t end, int64_t *ret)
{
	static const char *const bounds[] = {
	    "менее", "более", "свыше", "до", "от", "минимум", "№", "по"};
	size_t from;

	while (end && text.p[end - 1] == ' ')
		end--;
	from = end;
	while (from && is_digit(text.p[from - 1]))
		from--;
	if (from == end || end - from > 3 ||
	    !str_to_int(str_cut(text, from, end), ret) || *ret == 0)
		return false;
	struct str before = str_trim(str_cut(text, 0, from));
	if (before.n &&
	    (str_ends(before, S("-")) || str_ends(before, S("–")) ||
		str_ends(before, S("/")) || str_ends(before, S("."))))
		return false;
	for (size_t i = 0; i < COUNT_OF(bounds); i++)
		if (str_ends(before, str_of(bounds[i])))
			return false;
	return true;
}

static void
see_group(struct linter *l, const struct lint_texts *t, struct str folded,
    struct str name, int64_t schools)
{
	struct str word = text_fold(l->mem, name);
	int64_t n;

	for (size_t from = 0; from < folded.n;) {
		ptrdiff_t at = str_find(str_from(folded, from), word);
		if (at < 0)
			return;
		size_t place = from + (size_t)at;
		from = place + word.n;
		if (number_before(folded, place, &n) && n != schools)
			found_text(l, t,
			    arena_fmt(l->mem, "(%lld %.*s, в списке %lld)",
				(long long)n, STR_ARG(name),
				(long long)schools));
	}
}

/* "9 ШНОР" where the list has eight; "всех 9 школ". */
void
lint_group_numbers(struct linter *l)
{
	const struct lint_context *c = l->context;
	struct lint_texts t = {.l = l};

	if (!c->n_groups && !c->n_schools)
		return;
	while (next_text(&t)) {
		struct str folded = text_fold(l->mem, t.text);
		for (size_t g = 0; g < c->n_groups; g++)
			see_group(l, &t, folded, c->groups[g].name,
			    c->groups[g].schools);
		if (c->n_schools &&
		    (has_word(folded, "всех") || has_word(folded, "всеми") ||
			has_word(folded, "все ")))
			see_group(
			    l, &t, folded, S("школ"), (int64_t)c->n_schools);
	}
}

/* Items between the number's word and the end of the list. */
static size_t
listed_after(struct str text, size_t at)
{
	size_t items = 1, open = 0;
	bool named = false;

	while (at < text.n && text.p[at] != '(' && text.p[at] != ':') {
		/* The list follows at once or there is none. */
		if (text.p[at] == '.' || text.p[at] == ',' || open++ > 60)
			return 0;
		at++;
	}
	for (at++; at < text.n && text.p[at] != ')' && text.p[at] != '.' &&
		   text.p[at] != '\n';
	     at++) {
		named |= str_starts(str_from(text, at), S("№")) ||
			 str_starts(str_from(text, at), S("сош")) ||
			 str_starts(str_from(text, at), S("оош"));
		items += text.p[at] == ',' || text.p[at] == ';' ||
			 str_starts(str_from(text, at), S(" и "));
	}
	return named ? items : 0;
}

/* "в 4 школах (СОШ № 1, СОШ № 2, гимназия № 3)" */
void
lint_counted_list(struct linter *l)
{
	struct lint_texts t = {.l = l};
	int64_t n;

	while (next_text(&t)) {
		struct str folded = text_fold(l->mem, t.text);
		for (size_t from = 0; from < folded.n;) {
			ptrdiff_t at =
			    str_find(str_from(folded, from), S("школ"));
			if (at < 0)
				break;
			size_t place = from + (size_t)at;
			from = place + S("школ").n;
			size_t listed = listed_after(folded, from);
			if (listed > 1 && number_before(folded, place, &n) &&
			    n != (int64_t)listed)
				found_text(l, &t,
				    arena_fmt(l->mem,
					"(названо %lld, перечислено %zu)",
					(long long)n, listed));
		}
	}
}
