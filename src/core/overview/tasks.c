/* tasks.c - what of the approved plans is late, waits, or is due soon? */
#include "core/access/access.h"
#include "core/overview/overview.h"
#include "core/plans/occurrence.h"

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

enum rc
overview_tasks_read(struct scope *sc, struct overview_tasks *ret)
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
	rc = task_list(sc, &everything, sc->actor.today, &all, &n);
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
