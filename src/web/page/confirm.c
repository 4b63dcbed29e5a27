/* confirm.c - the queue of whoever confirms: one open beside its evidence. */
#include "tasks.view.h"
#include "web/page/pages.h"
#include "web/page/tasks.h"
#include "web/show.h"

/* Only what this person may confirm. */
static bool
may_confirm(struct visit *v, const struct task *t)
{
	if (actor_reach(&v->scope.actor, PERM_MARKS_CONFIRM) == REACH_ALL)
		return true;
	return t->row.school.v &&
	       may_for(&v->scope, PERM_MARKS_CONFIRM, t->row.school) == RC_OK;
}

static enum rc
read_queue(struct visit *v, struct view_confirm *s)
{
	const struct task_filter f = {
	    .from = DATE_NONE, .to = DATE_NONE, .states = 1U << TASK_MARKED};
	struct task *all;
	size_t n;
	enum rc rc = task_list(&v->scope, &f, v->scope.actor.today, &all, &n);

	if (rc != RC_OK)
		return rc;
	struct picked *queue = arena_new(v->scope.mem, struct picked, n + 1);
	for (size_t i = 0; i < n; i++) {
		struct picked *p = &queue[s->n];

		if (!may_confirm(v, &all[i]))
			continue;
		p->task = &all[i];
		p->field = arena_fmt(
		    v->scope.mem, "pick-%lld", (long long)all[i].row.id.v);
		p->is_picked =
		    v->rq->method == POST && form_raw(v->rq, p->field).n > 0;
		s->n_picked += p->is_picked;
		s->n++;
	}
	s->queue = queue;
	return RC_OK;
}

static struct link
link_at(struct visit *v, const struct picked *p)
{
	return link_with(v->scope.mem, link_confirm(), "task",
	    show_int(v->scope.mem, p->task->row.id.v));
}

static enum rc
open_one(struct visit *v, struct view_confirm *s)
{
	int64_t asked = 0;
	size_t at = 0;

	if (!s->n)
		return RC_OK;
	(void)str_to_int(visit_query(v, S("task")), &asked);
	for (size_t i = 0; i < s->n; i++)
		if (s->queue[i].task->row.id.v == asked)
			at = i;
	s->has_before = at > 0;
	s->has_after = at + 1 < s->n;
	if (s->has_before)
		s->before = link_at(v, &s->queue[at - 1]);
	if (s->has_after)
		s->after = link_at(v, &s->queue[at + 1]);
	s->has_now = true;
	return task_read(v, s->queue[at].task->row.id, &s->now);
}

enum rc
page_confirm(struct visit *v, struct reply *rp)
{
	struct view_confirm s = {.shell = shell_open(v, SECTION_tasks,
				     S(N_("Подтверждение исполнения"))),
	    .step = form_open(v->scope.mem, FORM_task_step),
	    .many = v->form.number == FORM_confirm_many ?
			v->form :
			form_open(v->scope.mem, FORM_confirm_many),
	    .zone = (int32_t)v->place.zone_minutes};
	enum rc rc = read_queue(v, &s);

	if (rc == RC_OK)
		rc = open_one(v, &s);
	if (rc != RC_OK)
		return rc;
	rc = mark_confirmed_today(&v->scope, &s.n_confirmed);
	if (rc != RC_OK)
		return rc;
	if (v->form.number != FORM_confirm_many)
		s.many.fault = v->form.fault;
	shell_crumb(&s.shell, S(N_("Исполнение")), link_tasks());
	s.is_preview = v->rq->method == POST && s.n_picked > 0;
	view_confirm(&rp->body, &s);
	return RC_OK;
}

/* First it is shown what will be confirmed, then it is done: all or none. */
enum rc
do_confirm_many(struct visit *v, struct reply *rp)
{
	const struct form_confirm_many *f = v->form.value;
	struct view_confirm s = {0};
	struct mark_many *all;
	size_t n = 0;
	enum rc rc = read_queue(v, &s);

	if (rc != RC_OK)
		return rc;
	if (!s.n_picked) {
		v->form.fault =
		    S(N_("Отметьте в очереди хотя бы одну запись."));
		return RC_INVALID;
	}
	if (!str_eq(f->stage, S("do")))
		return page_confirm(v, rp);
	all = arena_new(v->scope.mem, struct mark_many, s.n_picked);
	for (size_t i = 0; i < s.n; i++) {
		int64_t version;

		/* The tick carries the version that was looked at. */
		if (s.queue[i].is_picked &&
		    str_to_int(form_raw(v->rq, s.queue[i].field), &version))
			all[n++] = (struct mark_many){
			    s.queue[i].task->row.id, version};
	}
	rc = mark_confirm_many(&v->scope, all, n, f->text);
	if (rc != RC_OK)
		return rc;
	return reply_done(
	    v, rp, link_confirm(), N_("Отмеченные записи подтверждены."));
}

/* On the day itself: what was confirmed last, in one go. */
enum rc
do_unconfirm(struct visit *v, struct reply *rp)
{
	size_t n;
	enum rc rc = mark_unconfirm_today(&v->scope, &n);

	if (rc != RC_OK)
		return rc;
	return reply_done(v, rp, link_confirm(),
	    N_("Подтверждение отменено: записи снова ждут вашего слова."));
}
