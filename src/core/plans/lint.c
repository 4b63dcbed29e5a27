/* lint.c - the table of rules, how they are walked, how a finding reads. */
#include <stdlib.h>

#include "base/utf8.h"
#include "core/plans/lint_parts.h"

enum gather { EACH, SAME, ALL };

/* One of the two functions is set. */
struct rule {
	struct lint_rule says;
	enum gather gather;
	void (*row)(struct linter *, const struct plan_measure *);
	void (*plan)(struct linter *);
};

static const struct rule rules[] = {

#define ROW(name, code, severity, gather, sentence, hint)                      \
	{{code, severity, sentence, hint}, gather, lint_##name, NULL},
#define PLAN(name, code, severity, gather, sentence, hint)                     \
	{{code, severity, sentence, hint}, gather, NULL, lint_##name},
#include "core/plans/lint_rules.def"
#undef ROW
#undef PLAN
};

const size_t n_lint_rules = COUNT_OF(rules);

const struct lint_rule *
lint_rule_at(size_t i)
{
	return &rules[i].says;
}

const char *
lint_severity_title(enum severity s)
{
	return s == SEV_ERROR   ? N_("ошибка") :
	       s == SEV_WARNING ? N_("внимание") :
				  N_("заметка");
}

/* ---- for the rules ------------------------------------------------------------- */

/* Of a kept plan every section is a table. */
struct str
where_is(const struct linter *l, struct plan_place at)
{
	if (!l->context->is_kept)
		return plan_place_text(l->mem, at);
	if (!at.table)
		return S("");
	if (!at.row)
		return arena_fmt(l->mem, "раздел %u", at.table);
	return arena_fmt(l->mem, "раздел %u, строка %u", at.table, at.row);
}

static void
add(struct linter *l, const struct lint_place *place, struct str detail)
{
	struct lint_finding f = {.rule = l->rule, .detail = detail};

	if (place) {
		f.places = arena_new(l->mem, struct lint_place, 1);
		f.places[0] = *place;
		f.places[0].where = where_is(l, place->at);
		f.n_places = 1;
	}
	*vec_push(l->mem, &l->found) = f;
}

void
found_whole(struct linter *l, struct str detail)
{
	add(l, NULL, detail);
}

void
found_at(struct linter *l, struct plan_place at, struct str detail)
{
	add(l, &(struct lint_place){.at = at, .row = NO_ROW}, detail);
}

size_t
lint_rows(const struct linter *l)
{
	return l->plan->measures.n + l->plan->points.n;
}

const struct plan_measure *
lint_row(const struct linter *l, size_t i)
{
	return i < l->plan->measures.n ?
		   &l->plan->measures.p[i] :
		   &l->plan->points.p[i - l->plan->measures.n];
}

bool
is_point(const struct linter *l, const struct plan_measure *m)
{
	const struct plan_measure *first = l->plan->points.p;

	return first && m >= first && m < first + l->plan->points.n;
}

void
found_in(struct linter *l, const struct plan_measure *m, struct str detail)
{
	size_t row = is_point(l, m) ?
			 l->plan->measures.n + (size_t)(m - l->plan->points.p) :
			 (size_t)(m - l->plan->measures.p);

	add(l,
	    &(struct lint_place){.at = m->at,
		.number = m->number,
		.row = row,
		.is_unique = map_get(&l->numbers, m->number) == 1},
	    detail);
}

bool
table_has(
    const struct linter *l, const struct plan_measure *m, enum plan_column c)
{
	const struct plan_table *t = &l->plan->tables.p[m->table];

	for (size_t i = 0; i < t->n_headings; i++)
		if (t->headings[i].column == c)
			return true;
	return false;
}

struct str
title_of(const struct linter *l, const struct plan_measure *m)
{
	return text_clip(l->mem, m->title, 60);
}

struct day_span
period_of(const struct linter *l, const struct plan_measure *m)
{
	struct day_span own = l->plan->tables.p[m->table].period;

	return date_is_none(own.from) ? l->plan->period : own;
}

bool
has_word(struct str folded, const char *beginning)
{
	struct str b = str_of(beginning);

	for (size_t from = 0; from < folded.n;) {
		ptrdiff_t at = str_find(str_from(folded, from), b);
		if (at < 0)
			return false;
		size_t place = from + (size_t)at;
		/* Letters of two bytes: a byte of ASCII is no letter before it. */
		if (place == 0 || (unsigned char)folded.p[place - 1] < 0x80)
			return true;
		from = place + b.n;
	}
	return false;
}

/* ---- of the whole plan ---------------------------------------------------------- */

void
lint_no_period(struct linter *l)
{
	if (date_is_none(l->plan->period.from))
		found_whole(l, S(""));
}

void
lint_no_order(struct linter *l)
{
	if (date_is_none(l->plan->ordered) && !l->context->is_kept)
		found_whole(l, S(""));
}

void
lint_left_out(struct linter *l)
{
	if (l->plan->cells_left)
		found_whole(
		    l, arena_fmt(l->mem, "(ячеек: %zu)", l->plan->cells_left));
}

/* Unread deadlines and missing numbers have rules of their own. */
void
lint_doubts(struct linter *l)
{
	vec_each(const struct plan_remark, w, &l->plan->warnings)
		if (!str_starts(w->text, S("Срок «")) &&
		    !str_starts(w->text, S("У мероприятия нет номера")))
			found_at(l, w->at, w->text);
}

/* ---- the walk --------------------------------------------------------------------- */

static bool
is_said(struct str all, struct str detail)
{
	return !detail.n || str_find(all, detail) >= 0;
}

/* Many rows in one finding: places in a list, words joined. */
static void
merge(struct linter *l, struct lint_finding *into,
    const struct lint_finding *all, size_t n)
{
	enum { WORDS = 200 };
	struct str detail = S("");

	*into = (struct lint_finding){.rule = all[0].rule,
	    .places = arena_new(l->mem, struct lint_place, n)};
	for (size_t i = 0; i < n; i++) {
		if (all[i].n_places)
			into->places[into->n_places++] = all[i].places[0];
		if (is_said(detail, all[i].detail) || detail.n > WORDS)
			continue;
		detail = detail.n ?
			     arena_fmt(l->mem, "%.*s; %.*s", STR_ARG(detail),
				 STR_ARG(all[i].detail)) :
			     all[i].detail;
	}
	into->detail = detail;
}

/* The findings from `first` on are of one rule: joins those that agree. */
static void
gather(struct linter *l, size_t first, enum gather how)
{
	struct lint_finding *all = l->found.p + first;
	size_t n = l->found.n - first, kept = 0;
	struct lint_finding *same;
	bool *taken;

	if (how == EACH || n < 2)
		return;
	same = arena_new(l->mem, struct lint_finding, n);
	taken = arena_new(l->mem, bool, n);
	for (size_t i = 0; i < n; i++) {
		size_t k = 0;
		for (size_t j = i; j < n; j++) {
			if (taken[j] || (how == SAME && !str_eq(all[i].detail,
							    all[j].detail)))
				continue;
			taken[j] = true;
			same[k++] = all[j];
		}
		if (k)
			merge(l, &all[kept++], same, k);
	}
	l->found.n = first + kept;
}

static struct plan_place
first_place(const struct lint_finding *f)
{
	return f->n_places ? f->places[0].at : (struct plan_place){0};
}

/* In the order of the plan; of one place, the graver first. */
static int
by_place(const void *a, const void *b)
{
	const struct lint_finding *x = a, *y = b;
	struct plan_place p = first_place(x), q = first_place(y);

	if (p.block != q.block)
		return p.block < q.block ? -1 : 1;
	if (p.row != q.row)
		return p.row < q.row ? -1 : 1;
	if (x->rule->severity != y->rule->severity)
		return x->rule->severity > y->rule->severity ? -1 : 1;
	if (x->rule != y->rule)
		return x->rule < y->rule ? -1 : 1;
	return str_cmp(x->detail, y->detail);
}

/* Numbering may begin anew in each section: then a number names no row. */
static void
count_numbers(struct linter *l)
{
	l->numbers = map_open(l->mem);
	for (size_t i = 0; i < lint_rows(l); i++) {
		int64_t *n = map_at(&l->numbers, lint_row(l, i)->number);
		*n = *n == MAP_NONE ? 1 : *n + 1;
	}
}

struct lint_findings
plan_lint(struct arena *mem, const struct plan_reading *p,
    const struct lint_context *context)
{
	struct linter l = {.mem = mem, .plan = p, .context = context};
	struct lint_findings ret = {0};

	count_numbers(&l);
	for (size_t i = 0; i < COUNT_OF(rules); i++) {
		size_t first = l.found.n;
		l.rule = &rules[i].says;
		if (rules[i].plan)
			rules[i].plan(&l);
		for (size_t k = 0; rules[i].row && k < lint_rows(&l); k++)
			rules[i].row(&l, lint_row(&l, k));
		gather(&l, first, rules[i].gather);
	}
	if (l.found.n)
		qsort(l.found.p, l.found.n, sizeof *l.found.p, by_place);
	vec_each(const struct lint_finding, f, &l.found) {
		ret.errors += f->rule->severity == SEV_ERROR;
		ret.warnings += f->rule->severity == SEV_WARNING;
	}
	ret.all = l.found.p;
	ret.n = l.found.n;
	return ret;
}

/* ---- a finding in words ------------------------------------------------------------- */

/* "№ 2.4." where the number is enough, else "таблица 9, строка 5". */
static void
put_place(struct buf *b, const struct lint_place *p)
{
	if (p->number.n && p->is_unique)
		buf_fmt(b, "№ %.*s", STR_ARG(p->number));
	else
		buf_put(b, p->where);
}

struct str
lint_places(struct arena *mem, const struct lint_finding *f)
{
	enum { SHOWN = 6 };
	struct buf b = buf_open(mem, 0);
	uint32_t table = 0; /* being listed by its rows */

	if (f->n_places == 1) {
		const struct lint_place *p = &f->places[0];
		buf_put(&b, p->where);
		if (p->number.n)
			buf_fmt(&b, "%s№ %.*s", b.n ? ", " : "",
			    STR_ARG(p->number));
		return buf_str(&b);
	}
	for (size_t i = 0; i < f->n_places && i < SHOWN; i++) {
		const struct lint_place *p = &f->places[i];
		bool by_row = !(p->number.n && p->is_unique) && p->at.row;
		buf_c(&b, i ? ", " : "");
		if (by_row && table == p->at.table)
			buf_fmt(&b, "%u", p->at.row);
		else
			put_place(&b, p);
		table = by_row ? p->at.table : 0;
	}
	if (f->n_places > SHOWN)
		buf_fmt(&b, " и ещё %zu", f->n_places - SHOWN);
	return buf_str(&b);
}

/* Words of the plan in quotes; our own, in brackets, stand as they are. */
static void
put_detail(struct buf *b, struct str detail)
{
	bool ends = str_ends(detail, S("."));

	if (str_starts(detail, S("(")) || str_find(detail, S("«")) >= 0)
		buf_fmt(b, " %.*s%s", STR_ARG(detail), ends ? "" : ".");
	else if (detail.n)
		buf_fmt(b, " «%.*s»%s", STR_ARG(detail), ends ? "" : ".");
}

struct str
lint_line(struct arena *mem, const struct lint_finding *f)
{
	struct str places = lint_places(mem, f);
	struct buf b = buf_open(mem, 0);

	if (places.n)
		buf_fmt(&b, "%.*s: ", STR_ARG(places));
	buf_c(&b, f->rule->sentence);
	put_detail(&b, f->detail);
	buf_fmt(&b, " %s", f->rule->hint);
	return buf_str(&b);
}
