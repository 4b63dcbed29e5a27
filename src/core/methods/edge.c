/* edge.c - which schools one result of the next year would move. */
#include "core/methods/edge.h"

#include "base/buf.h"
#include "base/vec.h"

static struct str
places_text(struct arena *mem, const struct vocabulary *words,
    const struct method_edge_at *at, size_t n, bool with_counts)
{
	struct buf b = buf_open(mem, 0);

	for (size_t i = 0; i < n; i++) {
		buf_fmt(&b, "%s%.*s", i ? "; " : "",
		    STR_ARG(words->procedures[at[i].procedure].title));
		if (with_counts && at[i].participants)
			buf_fmt(&b, " – %d из %d", at[i].failed,
			    at[i].participants);
	}
	return buf_str(&b);
}

enum rc
edge_list_make(struct scope *sc, const struct run *run, struct edge_list *ret)
{
	VEC(struct edge_line) lines = {0};
	struct edge_list list = {0};
	struct method_program *next;
	enum rc rc = method_prepare(sc->mem, run->method, NULL,
	    syear_plus(run->inputs.year, 1), sc->diag, &next);

	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < run->n; i++) {
		const struct run_line *l = &run->lines[i];
		if (l->verdict.status == METHOD_NOT_APPLICABLE)
			continue;
		struct method_edge e =
		    method_edge(sc->mem, run->program, next, &l->school->facts);
		if (!e.n_enter && !e.n_leave)
			continue;
		list.may_enter += e.n_enter != 0;
		list.may_leave += e.n_leave != 0;
		*vec_push(sc->mem, &lines) = (struct edge_line){.line = l,
		    .edge = e,
		    .enter = places_text(
			sc->mem, run->inputs.words, e.enter, e.n_enter, true),
		    .leave = places_text(
			sc->mem, run->inputs.words, e.leave, e.n_leave, false)};
	}
	if (arena_full(sc->mem))
		return RC_LIMIT;
	list.lines = lines.p;
	list.n = lines.n;
	*ret = list;
	return RC_OK;
}
