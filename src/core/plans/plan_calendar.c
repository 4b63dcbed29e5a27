/* plan_calendar.c - which days of a plan stand in a calendar? */
#include "core/plans/plan_calendar.h"

#include "fmt/ics.h"

enum { REMIND_DAYS = 3, RULE_LEAST = 3 };

struct printing {
	struct arena *mem;
	struct ics cal;
	const struct plan *plan;
	struct str site;
};

static struct str
summary_of(struct arena *mem, const struct q_measure *m)
{
	return m->number.n ? arena_fmt(mem, "%.*s %.*s", STR_ARG(m->number),
				 STR_ARG(m->title)) :
			     m->title;
}

static struct str
description_of(struct arena *mem, const struct q_measure *m)
{
	struct buf b = buf_open(mem, 0);

	buf_fmt(&b, "Срок: %.*s", STR_ARG(m->deadline));
	if (m->responsible.n)
		buf_fmt(&b, "\nОтвечают: %.*s", STR_ARG(m->responsible));
	if (m->result.n)
		buf_fmt(&b, "\nРезультат: %.*s", STR_ARG(m->result));
	return buf_str(&b);
}

static struct ics_event
event_of(struct printing *p, const struct plan_row *row, size_t window)
{
	const struct q_measure *m = &row->m;
	const struct deadline_window *w = &row->deadline.windows[window];

	return (struct ics_event){
	    .uid = arena_fmt(p->mem, "measure-%lld-%zu@%.*s",
		(long long)m->id.v, window + 1, STR_ARG(p->site)),
	    .sequence = (uint32_t)m->version,
	    .from = w->to,
	    .to = w->to,
	    .summary = summary_of(p->mem, m),
	    .description = description_of(p->mem, m),
	    .category = p->plan->head.title,
	    .remind_days = REMIND_DAYS};
}

/* The rule stands for all windows at once; without one each is listed. */
static void
put_row(struct printing *p, const struct plan_row *row)
{
	const struct deadline *d = &row->deadline;
	struct buf rule = buf_open(p->mem, 0);

	if (row->m.is_dropped || d->kind == DEADLINE_EXTERNAL)
		return;
	if (d->kind == DEADLINE_RECURRING && d->n_windows >= RULE_LEAST &&
	    deadline_rrule(d, &rule)) {
		struct ics_event e = event_of(p, row, 0);

		e.rrule = buf_str(&rule);
		ics_event(&p->cal, &e);
		return;
	}
	for (size_t i = 0; i < d->n_windows; i++) {
		const struct ics_event e = event_of(p, row, i);

		ics_event(&p->cal, &e);
	}
}

void
plan_ics(const struct plan *plan, struct str site, struct moment stamp,
    struct buf *out)
{
	struct printing p = {.mem = out->mem,
	    .cal = ics_open(out, plan->head.title, stamp),
	    .plan = plan,
	    .site = site};

	for (size_t i = 0; i < plan->n_parts; i++)
		for (size_t k = 0; k < plan->parts[i].n; k++)
			put_row(&p, &plan->parts[i].rows[k]);
	ics_close(&p.cal);
}
