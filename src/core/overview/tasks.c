/* tasks.c - what of the approved plans is late, waits, or is due soon? */
#include "base/vec.h"
#include "core/access/access.h"
#include "core/overview/overview.h"
#include "core/plans/occurrence.h"
#include "store/q_overview.h"

/* Seen before among the first n late tasks: by measure, or by school. */
static bool
is_measure_new(const struct task *all, size_t n, measure_id measure)
{
	for (size_t i = 0; i < n; i++) {
		if (all[i].row.measure.v == measure.v)
			return false;
	}
	return true;
}

static bool
is_school_new(const struct task *all, size_t n, school_id school)
{
	for (size_t i = 0; i < n; i++) {
		if (all[i].row.school.v == school.v)
			return false;
	}
	return school.v != 0;
}

static void
take_earlier(struct date *ret, struct date d)
{
	if (!date_is_none(d) && (date_is_none(*ret) || date_before(d, *ret)))
		*ret = d;
}

static void
count_late(struct overview_tasks *t, const struct task *late, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct q_task *row = &late[i].row;

		t->overdue_measures += is_measure_new(late, i, row->measure);
		t->overdue_schools += is_school_new(late, i, row->school);
		take_earlier(&t->overdue_since, row->due_on);
	}
	t->overdue = n;
}

static void
count_one(struct overview_tasks *t, const struct task *task)
{
	if (task->state == TASK_MARKED) {
		t->waiting++;
		take_earlier(&t->waiting_since, task->row.done_on);
	}
	if (task->state != TASK_DUE_SOON)
		return;
	t->soon++;
	if (date_is_none(t->soonest) ||
	    date_before(task->row.due_on, t->soonest)) {
		t->soonest = task->row.due_on;
		t->soonest_title = task->row.title;
	}
}

/* ---- an earlier day ---- */

/* How a task was marked at the end of the day. */
struct marked {
	occurrence_id task;
	enum mark_state state;
	struct date done_on;
};

struct marks {
	struct arena *mem;
	VEC(struct marked) all; /* by task */
};

static bool
take_mark(void *ctx, const struct q_mark_each_on *row)
{
	struct marks *m = ctx;
	struct marked *at = m->all.n > 0 ? &m->all.p[m->all.n - 1] : NULL;

	if (at == NULL || at->task.v != row->occurrence.v) {
		at = vec_push(m->mem, &m->all);
		*at = (struct marked){row->occurrence, MARK_NONE, DATE_NONE};
	}
	/*
	 * "withdrawn" and "needed" take back what was said, "unconfirmed" only
	 * the second word.
	 */
	if (str_eq(row->kind, S("unconfirmed")))
		at->state = MARK_DONE;
	else if (!mark_state_parse(row->kind, &at->state))
		at->state = MARK_NONE;
	if (at->state == MARK_NONE)
		at->done_on = DATE_NONE;
	else if (at->state == MARK_DONE && !date_is_none(row->on_date))
		at->done_on = row->on_date;
	return true;
}

static const struct marked *
mark_of(const struct marks *m, occurrence_id task)
{
	size_t low = 0, high = m->all.n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (m->all.p[middle].task.v < task.v)
			low = middle + 1;
		else
			high = middle;
	}
	return low < m->all.n && m->all.p[low].task.v == task.v ?
		   &m->all.p[low] :
		   NULL;
}

static bool
is_in_force(const struct q_measure_in_force *all, size_t n, measure_id measure)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (all[middle].measure.v < measure.v)
			low = middle + 1;
		else
			high = middle;
	}
	return low < n && all[low].measure.v == measure.v;
}

static void
as_it_was(struct task *t, const struct marked *mark, struct date on)
{
	struct occurrence_days days = {.opens = t->row.opens_on.day,
	    .due = t->row.due_on.day,
	    .done = DATE_NONE.day,
	    .mark = MARK_NONE,
	    .is_outer = t->row.is_outer};

	t->row.done_on = mark != NULL ? mark->done_on : DATE_NONE;
	if (mark != NULL) {
		days.mark = (uint8_t)mark->state;
		days.done = mark->done_on.day;
	}
	t->state = occurrence_state(&days, on.day, &occurrence_rules_usual);
}

/* Keeps the tasks there were, each as it was marked by then. */
static enum rc
turn_back(struct scope *sc, struct date on, struct moment until,
    struct task *all, size_t *n)
{
	struct marks marks = {.mem = sc->mem};
	struct q_measure_in_force *force;
	size_t n_force, kept = 0;
	enum rc rc = q_measure_in_force(
	    sc->db, sc->mem, sc->actor.municipality, until, &force, &n_force);

	if (rc == RC_OK)
		rc = q_mark_each_on(
		    sc->db, sc->actor.municipality, until, take_mark, &marks);
	for (size_t i = 0; rc == RC_OK && i < *n; i++) {
		if (!is_in_force(force, n_force, all[i].row.measure))
			continue;
		all[kept] = all[i];
		as_it_was(&all[kept], mark_of(&marks, all[i].row.id), on);
		kept++;
	}
	*n = kept;
	return rc;
}

/* ---- the whole ---- */

enum rc
overview_tasks_read(struct scope *sc, struct date on, struct moment until,
    struct overview_tasks *ret)
{
	const struct task_filter everything = {
	    .from = DATE_NONE, .to = DATE_NONE};
	struct overview_tasks t = {.overdue_since = DATE_NONE,
	    .waiting_since = DATE_NONE,
	    .soonest = DATE_NONE};
	struct task *all, *late;
	size_t n, n_late = 0;
	enum rc rc;

	*ret = t;
	if (may(&sc->actor, PERM_PLANS_READ) != RC_OK)
		return RC_OK;
	rc = task_list(sc, &everything, on, &all, &n);
	if (rc == RC_OK && !moment_is_none(until))
		rc = turn_back(sc, on, until, all, &n);
	if (rc != RC_OK)
		return rc;
	late = arena_new(sc->mem, struct task, n + 1);
	for (size_t i = 0; i < n; i++) {
		count_one(&t, &all[i]);
		if (all[i].state == TASK_OVERDUE ||
		    all[i].state == TASK_RETURNED_LATE)
			late[n_late++] = all[i];
	}
	count_late(&t, late, n_late);
	t.is_there = n > 0;
	*ret = t;
	return RC_OK;
}
