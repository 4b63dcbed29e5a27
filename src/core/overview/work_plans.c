/* work_plans.c - what of the road maps waits for whom? */
#include "core/access/access.h"
#include "core/overview/work_own.h"
#include "core/plans/concern.h"
#include "core/plans/occurrence.h"
#include "core/plans/plan_steps.h"
#include "store/q_plan_pages.h"

/* ---- deadlines ---- */

static void
add_task(struct gathering *g, const struct task *t)
{
	struct arena *mem = g->sc->mem;
	bool is_back =
	    t->state == TASK_RETURNED || t->state == TASK_RETURNED_LATE;
	struct work_item *item = work_add(
	    g, is_back ? WORK_TASK_RETURNED : WORK_TASK, t->row.due_on);

	if (is_back)
		item->when = WORK_BACK;
	item->title = t->row.title;
	item->text = t->row.school.v != 0 ? arena_fmt(mem, "%.*s; %.*s",
						STR_ARG(t->row.plan_title),
						STR_ARG(t->row.school_name)) :
					    t->row.plan_title;
	item->task = t->row.id;
	item->school = t->row.school;
}

static bool
concerns(const struct concern_list *list, person_id person)
{
	for (size_t i = 0; i < list->n; i++) {
		if (list->p[i].person.v == person.v)
			return true;
	}
	return false;
}

/*
 * What the reader has to do, as letters and calendars say it (concern.h):
 * late, given back, or due within a week.
 */
static enum rc
gather_tasks(struct gathering *g)
{
	struct scope *sc = g->sc;
	const struct task_filter near = {.from = DATE_NONE,
	    .to = DATE_NONE,
	    .states = 1U << TASK_DUE_SOON | 1U << TASK_OVERDUE |
		      1U << TASK_RETURNED | 1U << TASK_RETURNED_LATE};
	struct concerned concerned;
	struct task *all;
	size_t n;
	enum rc rc;

	if (may(&sc->actor, PERM_PLANS_READ) != RC_OK ||
	    may(&sc->actor, PERM_MARKS_MAKE) != RC_OK)
		return RC_OK;
	rc = concerned_read(sc, sc->actor.today, &concerned);
	if (rc == RC_OK)
		rc = task_list(sc, &near, sc->actor.today, &all, &n);
	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		const struct q_task *row = &all[i].row;
		struct concern_list answers = {0};

		concern_answers(
		    sc->mem, &concerned, row->measure, row->school, &answers);
		if (concerns(&answers, sc->actor.person))
			add_task(g, &all[i]);
	}
	return rc;
}

/* ---- marks to confirm ---- */

/* The one of this school that is there already, or a new one. */
static void
add_marks(struct gathering *g, size_t first, const struct q_task *row)
{
	struct work_item *item;

	for (size_t i = first; i < g->items.n; i++)
		if (g->items.p[i].school.v == row->school.v)
			return;
	item = work_add(g, WORK_MARKS_TO_CONFIRM, DATE_NONE);
	item->title = row->school.v ?
			  arena_fmt(g->sc->mem,
			      N_("Подтвердите или верните отметки: %.*s"),
			      STR_ARG(row->school_name)) :
			  S(N_("Подтвердите или верните отметки округа"));
	item->school = row->school;
	item->task = row->id;
}

/* One item a school, for whoever confirms its marks (concern.h). */
static enum rc
gather_marks(struct gathering *g)
{
	struct scope *sc = g->sc;
	const struct task_filter marked = {
	    .from = DATE_NONE, .to = DATE_NONE, .states = 1U << TASK_MARKED};
	size_t n, first = g->items.n;
	struct concerned concerned;
	struct task *all;
	enum rc rc;

	if (may(&sc->actor, PERM_MARKS_CONFIRM) != RC_OK)
		return RC_OK;
	rc = task_list(sc, &marked, sc->actor.today, &all, &n);
	if (rc == RC_OK && n)
		rc = concerned_read(sc, sc->actor.today, &concerned);
	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		struct concern_list confirms = {0};

		concern_confirms(
		    sc->mem, &concerned, all[i].row.school, &confirms);
		if (concerns(&confirms, sc->actor.person))
			add_marks(g, first, &all[i].row);
	}
	return rc;
}

/* ---- plans on their way ---- */

static struct q_plan
head_of(const struct q_plan_waiting *w)
{
	return (struct q_plan){
	    .id = w->plan, .school = w->school, .state = w->state};
}

static void
add_approval(struct gathering *g, const struct q_plan_waiting *w)
{
	struct work_item *item = work_add(g, WORK_PLAN_TO_APPROVE, DATE_NONE);
	bool is_new = str_eq(w->state, str_of(plan_states[PLAN_REVIEW].code));

	item->title = arena_fmt(g->sc->mem,
	    is_new ? N_("Утвердите или верните план: %.*s") :
		     N_("Утвердите или верните изменения плана: %.*s"),
	    STR_ARG(w->title));
	item->text = arena_fmt(g->sc->mem, N_("Отправил(а) %.*s.%s%.*s"),
	    STR_ARG(w->person_name), w->school_name.n ? " " : "",
	    STR_ARG(w->school_name));
	item->quote = w->reason;
	item->since = w->at;
	item->plan = w->plan;
	item->school = w->school;
}

static void
add_returned(struct gathering *g, const struct q_plan_waiting *w)
{
	struct work_item *item = work_add(g, WORK_PLAN_RETURNED, DATE_NONE);

	item->when = WORK_BACK;
	item->title = arena_fmt(g->sc->mem,
	    N_("План вернули на доработку: %.*s"), STR_ARG(w->title));
	if (w->remarks)
		item->text = arena_fmt(g->sc->mem,
		    N_("Замечаний к строкам, которые не учтены: %lld."),
		    (long long)w->remarks);
	item->quote = w->reason;
	item->since = w->at;
	item->plan = w->plan;
	item->school = w->school;
}

static enum rc
gather_waiting(struct gathering *g)
{
	struct scope *sc = g->sc;
	struct q_plan_waiting *all;
	size_t n;
	enum rc rc = q_plan_waiting(
	    sc->db, sc->mem, &sc->actor, sc->actor.municipality, &all, &n);

	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		struct q_plan head = head_of(&all[i]);

		if (plan_step_is_open(sc, &head, PLAN_STEP_APPROVE) ||
		    plan_step_is_open(sc, &head, PLAN_STEP_REAPPROVE))
			add_approval(g, &all[i]);
		else if (plan_may_be_written(sc, &head))
			add_returned(g, &all[i]);
	}
	return rc;
}

/* ---- proposals of a new edition ---- */

/* For those who answer for their own schools; the rest made them. */
static enum rc
gather_proposals(struct gathering *g)
{
	struct scope *sc = g->sc;
	struct q_proposal_waiting *all;
	size_t n;
	enum rc rc;

	if (actor_reach(&sc->actor, PERM_PLANS_ANSWER) != REACH_OWN)
		return RC_OK;
	rc = q_proposal_waiting(
	    sc->db, sc->mem, &sc->actor, sc->actor.municipality, &all, &n);
	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		struct work_item *item;

		if (may_for(sc, PERM_PLANS_ANSWER, all[i].school) != RC_OK)
			continue;
		item = work_add(g, WORK_PROPOSALS, DATE_NONE);
		item->title = arena_fmt(sc->mem,
		    N_("Ответьте на предложения округа к карте школы: %lld"),
		    (long long)all[i].n);
		item->text = arena_fmt(sc->mem,
		    N_("%.*s, %.*s. Каждое можно принять или оставить своё; "
		       "до ответа строки карты не меняются."),
		    STR_ARG(all[i].school_name), STR_ARG(all[i].title));
		item->since = all[i].oldest;
		item->plan = all[i].plan;
		item->school = all[i].school;
	}
	return rc;
}

/* ---- orders to read ---- */

static enum rc
gather_orders(struct gathering *g)
{
	struct scope *sc = g->sc;
	struct q_unacquainted *all;
	size_t n;
	enum rc rc;

	if (!sc->actor.person.v)
		return RC_OK;
	rc = q_unacquainted(sc->db, sc->mem, sc->actor.municipality,
	    (plan_id){0}, sc->actor.person, sc->actor.today, &all, &n);
	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		struct work_item *item =
		    work_add(g, WORK_ORDER_TO_READ, DATE_NONE);

		item->title =
		    arena_fmt(sc->mem, N_("Ознакомьтесь с планом: %.*s"),
			STR_ARG(all[i].plan_title));
		item->text = arena_fmt(sc->mem,
		    N_("Редакция %lld, %.*s № %.*s от %.*s. В ней есть "
		       "мероприятия, за которые отвечаете вы или ваша школа."),
		    (long long)all[i].edition, STR_ARG(all[i].document),
		    STR_ARG(all[i].document_number),
		    STR_ARG(date_ru(sc->mem, all[i].document_on)));
		item->since = all[i].approved_at;
		item->plan = all[i].plan;
	}
	return rc;
}

enum rc
work_of_plans(struct gathering *g)
{
	enum rc rc;

	if (may(&g->sc->actor, PERM_PLANS_READ) != RC_OK)
		return RC_OK;
	rc = gather_tasks(g);
	if (rc == RC_OK)
		rc = gather_marks(g);
	if (rc == RC_OK)
		rc = gather_waiting(g);
	if (rc == RC_OK)
		rc = gather_proposals(g);
	if (rc == RC_OK)
		rc = gather_orders(g);
	return rc;
}
