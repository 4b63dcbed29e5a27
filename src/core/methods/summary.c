/* summary.c - a whole list in a few sentences. */
#include "core/methods/summary.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "base/vec.h"

/* Schools on the list for the very same reason. */
struct reason_group {
	const struct run_line *first;
	VEC(const struct run_line *) schools;
};

struct groups {
	struct reason_group *p;
	size_t n, cap;
};

static bool
same_reason(const struct run_line *a, const struct run_line *b)
{
	return str_eq(a->holding, b->holding) && str_eq(a->low, b->low);
}

static void
add_to_group(
    struct arena *mem, struct groups *groups, const struct run_line *line)
{
	for (size_t i = 0; i < groups->n; i++)
		if (same_reason(groups->p[i].first, line)) {
			*vec_push(mem, &groups->p[i].schools) = line;
			return;
		}
	struct reason_group *g = vec_push(mem, groups);
	g->first = line;
	*vec_push(mem, &g->schools) = line;
}

static int
larger_first(const void *a, const void *b)
{
	const struct reason_group *x = a, *y = b;

	if (x->schools.n != y->schools.n)
		return x->schools.n < y->schools.n ? 1 : -1;
	return str_cmp(x->first->school->sort_key, y->first->school->sort_key);
}

static const char *
schools_word(size_t n)
{
	return plural_ru((int64_t)n, "школа", "школы", "школ");
}

static void
put_names(struct buf *b, const struct reason_group *g)
{
	for (size_t i = 0; i < g->schools.n; i++)
		buf_fmt(b, "%s%.*s", i ? ", " : "",
		    STR_ARG(g->schools.p[i]->school->name));
}

/* "ОГЭ по математике (2021/22 и 2022/23 уч. г.)": a procedure once. */
static void
put_procedure(struct arena *mem, struct buf *b, const struct vocabulary *words,
    const struct verdict *v, size_t at)
{
	uint32_t p = v->low[at].procedure;
	bool first = true;

	buf_fmt(b, "%.*s (", STR_ARG(words->procedures[p].title_dative));
	for (size_t i = 0; i < v->n_low; i++) {
		if (v->low[i].procedure != p)
			continue;
		struct str year = syear_ru(mem, v->low[i].year);
		buf_fmt(b, "%s%.*s", first ? "" : " и ", STR_ARG(year));
		first = false;
	}
	buf_c(b, " уч. г.)");
}

static bool
seen_before(const struct verdict *v, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (v->low[i].procedure == v->low[at].procedure)
			return true;
	return false;
}

static void
put_reason(struct arena *mem, struct buf *b, const struct run *run,
    const struct run_line *line)
{
	const struct verdict *v = &line->verdict;
	bool first = true;

	for (size_t i = 0; i < v->n_low; i++) {
		if (seen_before(v, i))
			continue;
		buf_c(b, first ? "низкие результаты – " : ", ");
		first = false;
		put_procedure(mem, b, run->inputs.words, v, i);
	}
	if (!first)
		buf_c(b, "; ");
	first = true;
	for (size_t i = 0; i < v->n_criteria; i++) {
		if (v->criteria[i] != TRUTH_YES)
			continue;
		const struct method_criterion *c = &run->method->criteria[i];
		buf_fmt(b, "%s%.*s",
		    first ? "выполнен критерий " : " и критерий ",
		    STR_ARG(c->id));
		if (!v->n_low)
			buf_fmt(b, " «%.*s»", STR_ARG(c->title));
		first = false;
	}
}

/* Schools of one status by name, for "нет данных" and "не применяется". */
static void
put_status(struct buf *b, const struct run *run, enum method_status status,
    const char *sentence)
{
	bool first = true;

	if (!run->counts[status])
		return;
	buf_fmt(b, " %s %zu %s: ", sentence, run->counts[status],
	    schools_word(run->counts[status]));
	for (size_t i = 0; i < run->n; i++) {
		if (run->lines[i].verdict.status != status)
			continue;
		buf_fmt(b, "%s%.*s", first ? "" : ", ",
		    STR_ARG(run->lines[i].school->name));
		first = false;
	}
	buf_c(b, ".");
}

static void
put_head(struct arena *mem, struct buf *b, const struct run *run)
{
	size_t listed = run->counts[METHOD_LISTED];
	size_t of = run->n - run->counts[METHOD_NOT_APPLICABLE];
	struct str year = syear_ru(mem, run->inputs.year);

	if (!listed) {
		buf_fmt(b,
		    "В %.*s учебном году под условия методики «%.*s» не "
		    "подошла ни одна школа из %zu, к которым она применима.",
		    STR_ARG(year), STR_ARG(run->method->title), of);
		return;
	}
	buf_fmt(b,
	    "В %.*s учебном году в перечень «%.*s» %s %zu %s из %zu, к "
	    "которым применима методика (%.*s %%).",
	    STR_ARG(year), STR_ARG(run->method->title),
	    plural_ru((int64_t)listed, "вошла", "вошли", "вошли"), listed,
	    schools_word(listed), of,
	    STR_ARG(ratio_ru(
		mem, ratio_of((int64_t)listed * 100, (int64_t)of), 0)));
}

struct str
run_summary(struct arena *mem, const struct run *run)
{
	struct buf b = buf_open(mem, 0);
	struct groups groups = {0};

	for (size_t i = 0; i < run->n; i++)
		if (run->lines[i].verdict.status == METHOD_LISTED)
			add_to_group(mem, &groups, &run->lines[i]);
	if (groups.n)
		qsort(groups.p, groups.n, sizeof *groups.p, larger_first);

	put_head(mem, &b, run);
	for (size_t i = 0; i < groups.n; i++) {
		const struct reason_group *g = &groups.p[i];
		if (g->schools.n > 1)
			buf_fmt(&b, " %zu %s (", g->schools.n,
			    schools_word(g->schools.n));
		else
			buf_char(&b, ' ');
		put_names(&b, g);
		buf_c(&b, g->schools.n > 1 ? "): " : ": ");
		put_reason(mem, &b, run, g->first);
		buf_c(&b, ".");
	}
	put_status(
	    &b, run, METHOD_NO_DATA, N_("Для решения не хватает данных:"));
	put_status(
	    &b, run, METHOD_NOT_APPLICABLE, N_("Методика не применяется:"));
	return buf_str(&b);
}
