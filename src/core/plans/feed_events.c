/* feed_events.c - occurrences as events of a calendar. */
#include "core/plans/feed_events.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "base/vec.h"
#include "fmt/ics.h"

enum { SUMMARY_CLIP = 120, RECURS_FROM = 3, REMIND_DAYS = 7 };

/* The occurrences of one window. */
struct group {
	const struct q_task *first;
	uint32_t of, done, not_needed, unmarked;
	uint32_t sequence;
	enum occurrence_state state; /* of the only one */
	struct buf missing;          /* names, by alphabet */
};

struct groups {
	struct group *p;
	size_t n, cap;
};

static int
by_measure(const void *a, const void *b)
{
	const struct task *x = *(const struct task *const *)a,
			  *y = *(const struct task *const *)b;
	int64_t of[][2] = {{x->row.measure.v, y->row.measure.v},
	    {x->row.window_no, y->row.window_no}, {x->row.id.v, y->row.id.v}};

	for (size_t i = 0; i < COUNT_OF(of); i++)
		if (of[i][0] != of[i][1])
			return of[i][0] < of[i][1] ? -1 : 1;
	return 0;
}

static bool
is_done(enum occurrence_state s)
{
	return s == TASK_DONE || s == TASK_DONE_LATE || s == TASK_MARKED;
}

static void
add_task(struct arena *mem, struct groups *groups, const struct task *t)
{
	struct group *g = groups->n ? &groups->p[groups->n - 1] : NULL;

	if (!g || g->first->measure.v != t->row.measure.v ||
	    g->first->window_no != t->row.window_no ||
	    g->first->due_on.day != t->row.due_on.day) {
		g = vec_push(mem, groups);
		*g = (struct group){.first = &t->row,
		    .state = t->state,
		    .missing = buf_open(mem, 0)};
	}
	g->of++;
	g->sequence += (uint32_t)(t->row.version - 1);
	g->done += is_done(t->state);
	g->not_needed += t->state == TASK_NOT_NEEDED;
	g->unmarked += str_eq(t->row.mark_state, S("none"));
	if (!is_done(t->state) && t->state != TASK_NOT_NEEDED &&
	    t->row.school_name.n)
		buf_fmt(&g->missing, "%s%.*s", g->missing.n ? ", " : "",
		    STR_ARG(t->row.school_name));
}

/* What has a day of its own; the end of a period is none. */
static struct groups
group_all(struct arena *mem, const struct task *all, size_t n)
{
	const struct task **sorted =
	    arena_new(mem, const struct task *, n ? n : 1);
	struct groups groups = {0};
	size_t kept = 0;

	for (size_t i = 0; i < n; i++)
		if (!date_is_none(all[i].row.due_on) && !all[i].row.is_outer)
			sorted[kept++] = &all[i];
	qsort(sorted, kept, sizeof *sorted, by_measure);
	for (size_t i = 0; i < kept; i++)
		add_task(mem, &groups, sorted[i]);
	return groups;
}

struct events {
	struct scope *sc;
	struct ics ics;
	struct str site;
	struct str place; /* behind every uid */
};

static struct str
summary_of(struct events *e, const struct group *g, bool recurs)
{
	const struct q_task *r = g->first;
	struct buf b = buf_open(e->sc->mem, 0);

	if (!recurs && g->done + g->not_needed == g->of)
		buf_c(&b, "✓ ");
	buf_fmt(&b, "%.*s%s%.*s", STR_ARG(r->number), r->number.n ? " " : "",
	    STR_ARG(text_clip(e->sc->mem, r->title, SUMMARY_CLIP)));
	if (r->label.n && !recurs)
		buf_fmt(&b, " (%.*s)", STR_ARG(r->label));
	if (g->of == 1 && r->school_name.n)
		buf_fmt(&b, " – %.*s", STR_ARG(r->school_name));
	return buf_str(&b);
}

static struct str
description_of(struct events *e, const struct group *g, bool recurs)
{
	const struct q_task *r = g->first;
	struct arena *mem = e->sc->mem;
	struct buf b = buf_open(mem, 0);

	buf_fmt(&b, "%.*s\nСрок в плане: %.*s", STR_ARG(r->title),
	    STR_ARG(r->deadline));
	if (!recurs && !date_is_none(r->opens_on))
		buf_fmt(&b, "\nВремя: с %.*s по %.*s",
		    STR_ARG(date_ru(mem, r->opens_on)),
		    STR_ARG(date_ru(mem, r->due_on)));
	if (!recurs && g->of == 1)
		buf_fmt(
		    &b, "\nСостояние: %s", occurrence_state_titles[g->state]);
	if (!recurs && g->of > 1)
		buf_fmt(&b, "\nИсполнено: %u из %u", g->done,
		    g->of - g->not_needed);
	if (!recurs && g->of > 1 && g->missing.n)
		buf_fmt(&b, "; ещё нет: %.*s", STR_ARG(buf_str(&g->missing)));
	buf_fmt(&b, "\nПлан: %.*s", STR_ARG(r->plan_title));
	return buf_str(&b);
}

static void
put_event(struct events *e, const struct group *g, struct str rrule)
{
	const struct q_task *r = g->first;
	bool recurs = rrule.n > 0;
	struct str window =
	    recurs ? S("all") :
		     arena_fmt(e->sc->mem, "%lld", (long long)r->window_no);
	struct ics_event event = {
	    .uid = arena_fmt(e->sc->mem, "measure-%lld-window-%.*s-%lld@%.*s",
		(long long)r->measure.v, STR_ARG(window),
		(long long)(g->of == 1 ? r->school.v : 0), STR_ARG(e->place)),
	    .sequence = g->sequence,
	    .from = r->due_on,
	    .to = r->due_on,
	    .summary = summary_of(e, g, recurs),
	    .description = description_of(e, g, recurs),
	    .url = e->site,
	    .category = S("Дорожная карта"),
	    .rrule = rrule,
	    .remind_days = g->done == g->of ? 0 : REMIND_DAYS,
	    .is_cancelled = g->not_needed == g->of};

	ics_event(&e->ics, &event);
}

/* One rule for all windows of a row, when none is marked and a rule fits. */
static bool
recurs(struct events *e, const struct group *g, size_t n, struct buf *rule)
{
	struct deadline d = {.kind = DEADLINE_RECURRING,
	    .every = {.is_set = true, .unit = UNIT_MONTH, .interval = 1},
	    .n_windows = n};

	if (n < RECURS_FROM)
		return false;
	d.windows = arena_new(e->sc->mem, struct deadline_window, n);
	for (size_t i = 0; i < n; i++) {
		if (g[i].unmarked < g[i].of || g[i].of != g[0].of ||
		    (g[i].first->label.n &&
			!str_eq(g[i].first->label, g[0].first->label)))
			return false;
		d.windows[i] = (struct deadline_window){
		    .from = DATE_NONE, .to = g[i].first->due_on};
	}
	return deadline_rrule(&d, rule);
}

/* The first window of a rule is where it starts. */
static const struct group *
earliest(const struct group *g, size_t n)
{
	const struct group *first = g;

	for (size_t i = 1; i < n; i++)
		if (date_before(g[i].first->due_on, first->first->due_on))
			first = &g[i];
	return first;
}

static void
put_measure(struct events *e, const struct group *g, size_t n)
{
	struct buf rule = buf_open(e->sc->mem, 0);

	if (recurs(e, g, n, &rule)) {
		struct group first = *earliest(g, n);
		first.sequence = 0;
		for (size_t i = 0; i < n; i++)
			first.sequence += g[i].sequence;
		put_event(e, &first, buf_str(&rule));
		return;
	}
	for (size_t i = 0; i < n; i++)
		put_event(e, &g[i], S(""));
}

void
feed_events(struct scope *sc, struct str title, const struct task *all,
    size_t n, struct str site, struct buf *out)
{
	struct groups groups = group_all(sc->mem, all, n);
	struct events e = {.sc = sc,
	    .ics = ics_open(out, title, sc->now),
	    .site = site,
	    .place = arena_fmt(
		sc->mem, "opora-%lld", (long long)sc->actor.municipality.v)};

	for (size_t i = 0; i < groups.n;) {
		size_t k = i + 1;
		while (k < groups.n && groups.p[k].first->measure.v ==
					   groups.p[i].first->measure.v)
			k++;
		put_measure(&e, &groups.p[i], k - i);
		i = k;
	}
	ics_close(&e.ics);
}
