/* lint_doubles.c - is the same thing asked for twice? */
#include <stdlib.h>

#include "base/map.h"
#include "base/utf8.h"
#include "core/plans/lint_parts.h"

/* ---- in the same words --------------------------------------------------------------- */

/* Letters and digits of a title, so that a comma makes no difference. */
static struct str
bare(struct arena *mem, struct str s)
{
	struct buf b = buf_open(mem, 0);
	struct str rest = text_fold(mem, s);

	while (rest.n) {
		struct str at = rest;
		int32_t c = utf8_next(&at);
		if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
		    (c >= 0x430 && c <= 0x44F))
			buf_put(&b, str_cut(rest, 0, rest.n - at.n));
		rest = at;
	}
	return buf_str(&b);
}

static struct str
other_row(const struct linter *l, const struct plan_measure *m)
{
	struct str place = where_is(l, m->at);

	if (m->number.n)
		return arena_fmt(
		    l->mem, "%.*s, № %.*s", STR_ARG(place), STR_ARG(m->number));
	return place;
}

static void
find_twice(struct linter *l, bool other_date)
{
	enum { SHORT = 20 };
	struct map first = map_open(l->mem);

	for (size_t i = 0; i < lint_rows(l); i++) {
		const struct plan_measure *m = lint_row(l, i);
		struct str title = bare(l->mem, m->title);
		if (title.n < SHORT)
			continue;
		int64_t *at = map_at(&first, title);
		if (*at == MAP_NONE) {
			*at = (int64_t)i;
			continue;
		}
		const struct plan_measure *was = lint_row(l, (size_t)*at);
		if (deadline_eq(&was->parsed, &m->parsed) == other_date)
			continue;
		found_in(l, m,
		    other_date ?
			arena_fmt(l->mem, "(здесь «%.*s», %.*s: «%.*s»)",
			    STR_ARG(m->deadline), STR_ARG(other_row(l, was)),
			    STR_ARG(was->deadline)) :
			arena_fmt(l->mem, "(первый раз: %.*s)",
			    STR_ARG(other_row(l, was))));
	}
}

void
lint_twice(struct linter *l)
{
	find_twice(l, false);
}

void
lint_twice_other_date(struct linter *l)
{
	find_twice(l, true);
}

/* ---- in nearly the same words ---------------------------------------------------------- */

enum {
	MAX_STEMS = 48,
	STEM = 12 /* bytes: six letters */,
	FEWEST = 5,
	LEAD = 3
};

/* Hashes of the stems of longer words, sorted: what a row is about. */
struct stems {
	uint64_t all[MAX_STEMS];
	size_t n;
	uint64_t lead[LEAD]; /* the first of them, as they stand */
	size_t n_lead;
};

static int
by_value(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

static struct stems
stems_of(struct arena *mem, struct str text)
{
	struct str rest = text_fold(mem, text);
	struct str word;
	struct stems s = {0};
	size_t kept = 0;

	while (s.n < MAX_STEMS && str_split(&rest, ' ', &word)) {
		/* Signs in front; a school's number is a word of meaning. */
		while (word.n && (unsigned char)word.p[0] < 0x80 &&
		       !is_digit(word.p[0]))
			word = str_from(word, 1);
		if (word.n > STEM)
			s.all[s.n++] = str_hash(str_cut(word, 0, STEM));
		else if (word.n && is_digit(word.p[0]))
			s.all[s.n++] = str_hash(word);
	}
	for (; s.n_lead < LEAD && s.n_lead < s.n; s.n_lead++)
		s.lead[s.n_lead] = s.all[s.n_lead];
	qsort(s.all, s.n, sizeof *s.all, by_value);
	for (size_t i = 0; i < s.n; i++)
		if (!kept || s.all[kept - 1] != s.all[i])
			s.all[kept++] = s.all[i];
	s.n = kept;
	return s;
}

static size_t
shared(const struct stems *a, const struct stems *b)
{
	size_t i = 0, k = 0, both = 0;

	while (i < a->n && k < b->n) {
		if (a->all[i] == b->all[k]) {
			both++;
			i++;
			k++;
		} else if (a->all[i] < b->all[k]) {
			i++;
		} else {
			k++;
		}
	}
	return both;
}

/* All its words, and those that not every row repeats. */
struct subject {
	struct stems all, rare;
};

/* At least `part` quarters of the longer are the shorter's words too. */
static bool
share(const struct stems *a, const struct stems *b, size_t part)
{
	size_t most = a->n > b->n ? a->n : b->n;

	return shared(a, b) * 4 >= most * part;
}

/* They begin with the same thing: "Заседание Совета", "Участие в …". */
static bool
begin_alike(const struct stems *a, const struct stems *b)
{
	for (size_t i = 0; i < a->n_lead; i++)
		for (size_t k = 0; k < b->n_lead; k++)
			if (a->lead[i] == b->lead[k])
				return true;
	return false;
}

static bool
are_alike(const struct subject *a, const struct subject *b)
{
	size_t least = a->all.n < b->all.n ? a->all.n : b->all.n;

	return least >= FEWEST && a->rare.n && b->rare.n &&
	       begin_alike(&a->all, &b->all) && share(&a->all, &b->all, 3) &&
	       share(&a->rare, &b->rare, 2);
}

/* How often it stands in the sorted list; by halving to its first place. */
static size_t
times_in(const uint64_t *all, size_t n, uint64_t value)
{
	size_t from = 0, to = n, times = 0;

	while (from < to) {
		size_t middle = from + (to - from) / 2;
		if (all[middle] < value)
			from = middle + 1;
		else
			to = middle;
	}
	while (from + times < n && all[from + times] == value)
		times++;
	return times;
}

/* Words that many rows repeat ("школы с низкими результатами") tell nothing. */
static void
find_rare(struct arena *mem, struct subject *rows, size_t n)
{
	enum { OFTEN = 6 };

	uint64_t *all = arena_new(mem, uint64_t, n * MAX_STEMS);
	size_t k = 0;

	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < rows[i].all.n; j++)
			all[k++] = rows[i].all.all[j];
	qsort(all, k, sizeof *all, by_value);
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < rows[i].all.n; j++) {
			uint64_t stem = rows[i].all.all[j];
			if (times_in(all, k, stem) < OFTEN)
				rows[i].rare.all[rows[i].rare.n++] = stem;
		}
}

/* Each row with all before it; past some rows nobody wrote them by hand. */
void
lint_alike(struct linter *l)
{
	enum { MOST = 2000 };

	size_t n = lint_rows(l);

	if (n > MOST)
		return;
	struct subject *rows = arena_new(l->mem, struct subject, n);
	for (size_t i = 0; i < n; i++)
		rows[i].all = stems_of(l->mem, lint_row(l, i)->title);
	find_rare(l->mem, rows, n);
	for (size_t i = 1; i < n; i++)
		for (size_t k = 0; k < i; k++) {
			const struct plan_measure *m = lint_row(l, i);
			const struct plan_measure *was = lint_row(l, k);
			if (!are_alike(&rows[i], &rows[k]) ||
			    str_eq(bare(l->mem, m->title),
				bare(l->mem, was->title)))
				continue;
			found_in(l, m,
			    arena_fmt(l->mem,
				"(«%.*s», %.*s; %.*s: «%.*s», %.*s)",
				STR_ARG(title_of(l, m)), STR_ARG(m->deadline),
				STR_ARG(other_row(l, was)),
				STR_ARG(title_of(l, was)),
				STR_ARG(was->deadline)));
			break;
		}
}

/* ---- the order and its plan -------------------------------------------------------------- */

static struct date
last_of(const struct deadline *d)
{
	return d->n_windows ? d->windows[d->n_windows - 1].to : DATE_NONE;
}

/* Most of the clause's words stand in the row. */
static const struct plan_measure *
row_of_clause(struct linter *l, const struct plan_clause *c)
{
	struct stems clause = stems_of(l->mem, c->title);
	const struct plan_measure *best = NULL;
	size_t most = 0;

	for (size_t i = 0; i < l->plan->measures.n; i++) {
		const struct plan_measure *m = &l->plan->measures.p[i];
		struct stems row = stems_of(l->mem, m->title);
		size_t both = shared(&clause, &row);
		if (both * 5 < clause.n * 3 || both < FEWEST - 1 ||
		    both <= most)
			continue;
		most = both;
		best = m;
	}
	return best;
}

void
lint_clause_differs(struct linter *l)
{
	vec_each(const struct plan_clause, c, &l->plan->clauses) {
		const struct plan_measure *m =
		    c->deadline.n ? row_of_clause(l, c) : NULL;
		if (!m || !c->parsed.n_windows || !m->parsed.n_windows ||
		    date_eq(last_of(&c->parsed), last_of(&m->parsed)))
			continue;
		found_in(l, m,
		    arena_fmt(l->mem, "(пункт %.*s: «%.*s», здесь «%.*s»)",
			STR_ARG(c->number), STR_ARG(c->deadline),
			STR_ARG(m->deadline)));
	}
}

/* Of a kept plan each clause is a row already. */
void
lint_clause_alone(struct linter *l)
{
	if (l->context->is_kept)
		return;
	vec_each(const struct plan_clause, c, &l->plan->clauses)
		if (c->deadline.n && !row_of_clause(l, c))
			found_at(l, c->at,
			    arena_fmt(l->mem, "пункт %.*s, %.*s",
				STR_ARG(c->number), STR_ARG(c->deadline)));
}
