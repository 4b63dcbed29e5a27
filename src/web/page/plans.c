/* plans.c - the programmes and road maps there are. */
#include "web/page/plans.h"

#include "plans.view.h"
#include "web/page/pages.h"

const char *
plan_kind_title(struct str kind)
{
	return str_eq(kind, S("programme")) ? N_("программа") :
	       str_eq(kind, S("municipal")) ? N_("дорожная карта округа") :
					      N_("дорожная карта школы");
}

static const struct table_column columns[] = {
    {"id", S_INIT("№"), TABLE_INT, 0, 0, {0}, {0}},
    {"kind", S_INIT("Вид"), TABLE_TEXT, 0, 26, {0}, {0}},
    {"school", S_INIT("Школа"), TABLE_TEXT, 0, 30, {0}, {0}},
    {"title", S_INIT("Название"), TABLE_TEXT, 0, 60, {0}, {0}},
    {"from", S_INIT("Начало"), TABLE_DATE, 0, 12, {0}, {0}},
    {"to", S_INIT("Окончание"), TABLE_DATE, 0, 12, {0}, {0}},
    {"state", S_INIT("Ступень"), TABLE_TEXT, 0, 18, {0}, {0}},
    {"edition", S_INIT("Редакция"), TABLE_INT, 0, 9, {0}, {0}},
    {"measures", S_INIT("Строк"), TABLE_INT, 0, 8, {0}, {0}},
    {"done", S_INIT("Исполнено"), TABLE_INT, 0, 10, {0}, {0}},
    {"of", S_INIT("Из скольких"), TABLE_INT, 0, 10, {0}, {0}},
    {"late", S_INIT("Просрочено"), TABLE_INT, 0, 10, {0}, {0}},
};

const struct list_table plans_list = LIST_OF(columns);

static enum rc
answer_table(struct visit *v, struct reply *rp, const struct view_plans *s)
{
	const struct table_about about = {.title = S("Дорожные карты"),
	    .made_on = v->scope.actor.today,
	    .columns = columns,
	    .n = COUNT_OF(columns)};
	struct table_out *t = table_begin(v, rp, &about, "plans");

	for (size_t i = 0; i < s->n; i++) {
		const struct plan_line_view *l = &s->lines[i];
		bool runs = l->of > 0;

		table_out_row(
		    t, (struct table_cell[]){table_int(l->p.id.v),
			   table_text(str_of(plan_kind_title(l->p.kind))),
			   l->p.school_name.n ? table_text(l->p.school_name) :
						table_none(),
			   table_text(l->p.title), table_date(l->p.period_from),
			   table_date(l->p.period_to),
			   table_text(str_of(plan_states[l->state].title)),
			   table_int(l->p.edition), table_int(l->p.measures),
			   runs ? table_int((int64_t)l->done) : table_none(),
			   runs ? table_int((int64_t)l->of) : table_none(),
			   runs ? table_int((int64_t)l->late) : table_none()});
	}
	return table_out_close(t);
}

static enum rc
fill_line(
    struct visit *v, const struct q_plan_line *p, struct plan_line_view *ret)
{
	struct task_counts c;
	enum rc rc = RC_OK;

	*ret = (struct plan_line_view){.p = *p};
	if (!plan_state_parse(p->state, &ret->state))
		return RC_FAILED;
	if (!p->edition)
		return RC_OK;
	rc = task_count(&v->scope, p->id, v->scope.actor.today, &c);
	if (rc != RC_OK)
		return rc;
	ret->done = c.by_state[TASK_DONE] + c.by_state[TASK_DONE_LATE];
	ret->of = c.all - c.by_state[TASK_NOT_NEEDED];
	ret->late = c.by_state[TASK_OVERDUE] + c.by_state[TASK_RETURNED_LATE];
	ret->marked = c.by_state[TASK_MARKED];
	return RC_OK;
}

enum rc
page_plans(struct visit *v, struct reply *rp)
{
	struct view_plans s = {
	    .shell = shell_open(v, SECTION_plans, S(N_("Дорожные карты"))),
	    .files = list_files(v),
	    .may_make = may(&v->scope.actor, PERM_PLANS_EDIT) == RC_OK};
	struct q_plan_line *all;
	enum rc rc = q_plan_list(v->scope.db, v->scope.mem, &v->scope.actor,
	    v->scope.actor.municipality, &all, &s.n);

	if (rc != RC_OK)
		return rc;
	struct plan_line_view *lines =
	    arena_new(v->scope.mem, struct plan_line_view, s.n + 1);
	for (size_t i = 0; rc == RC_OK && i < s.n; i++)
		rc = fill_line(v, &all[i], &lines[i]);
	if (rc != RC_OK)
		return rc;
	s.lines = lines;
	if (v->format != AS_PAGE)
		return answer_table(v, rp, &s);
	view_plans(&rp->body, &s);
	return RC_OK;
}
