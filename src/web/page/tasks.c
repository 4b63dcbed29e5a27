/* tasks.c - what has to be done by when: the list, as far as one sees. */
#include "web/page/tasks.h"

#include "base/vec.h"
#include "tasks.view.h"
#include "web/page/pages.h"

enum { TODO, LATE, SOON, RETURNED, MARKED, DONE, AHEAD, EVERYTHING };

/* What is to be done comes first: a list opens on it. */
static const struct filter_choice choices[] = {
    [TODO] = {"", N_("Что делать")},
    [LATE] = {"late", N_("Просрочено")},
    [SOON] = {"soon", N_("Срок близко")},
    [RETURNED] = {"returned", N_("Возвращено")},
    [MARKED] = {"marked", N_("Ждёт подтверждения")},
    [DONE] = {"done", N_("Исполнено")},
    [AHEAD] = {"ahead", N_("Впереди")},
    [EVERYTHING] = {"all", N_("Все")},
};

static uint32_t
belongs(enum occurrence_state s)
{
	static const uint32_t of[TASK_STATE_COUNT] = {
	    [TASK_PLANNED] = 1U << AHEAD,
	    [TASK_WAITING] = 1U << AHEAD,
	    [TASK_OPEN] = 1U << TODO,
	    [TASK_DUE_SOON] = 1U << TODO | 1U << SOON,
	    [TASK_OVERDUE] = 1U << TODO | 1U << LATE,
	    [TASK_MARKED] = 1U << MARKED,
	    [TASK_RETURNED] = 1U << TODO | 1U << RETURNED,
	    [TASK_RETURNED_LATE] = 1U << TODO | 1U << RETURNED | 1U << LATE,
	    [TASK_DONE] = 1U << DONE,
	    [TASK_DONE_LATE] = 1U << DONE,
	    [TASK_NOT_NEEDED] = 0};

	return of[s] | 1U << EVERYTHING;
}

static const struct table_column columns[] = {
    {"task", S_INIT("№"), TABLE_INT, 0, 0, {0}, {0}},
    {"state", S_INIT("Состояние"), TABLE_TEXT, 0, 20, {0}, {0}},
    {"due", S_INIT("Срок"), TABLE_DATE, 0, 12, {0}, {0}},
    {"late", S_INIT("Дней опоздания"), TABLE_INT, 0, 8, {0}, {0}},
    {"school", S_INIT("Школа"), TABLE_TEXT, 0, 30, {0}, {0}},
    {"number", S_INIT("№ в плане"), TABLE_TEXT, 0, 8, {0}, {0}},
    {"title", S_INIT("Мероприятие"), TABLE_TEXT, 0, 56, {0}, {0}},
    {"responsible", S_INIT("Ответственные"), TABLE_TEXT, 0, 36, {0}, {0}},
    {"done", S_INIT("Исполнено"), TABLE_DATE, 0, 12, {0}, {0}},
    {"plan", S_INIT("План"), TABLE_TEXT, 0, 40, {0}, {0}},
};

const struct list_table tasks_list = LIST_OF(columns);

static enum rc
answer_table(struct visit *v, struct reply *rp, const struct view_tasks *s)
{
	const struct table_about about = {.title = S("Исполнение"),
	    .made_on = v->scope.actor.today,
	    .columns = columns,
	    .n = COUNT_OF(columns)};
	struct table_out *t = table_begin(v, rp, &about, "tasks");

	for (size_t i = 0; i < s->n; i++) {
		const struct task *k = &s->tasks[i];
		const char *state = v->format == AS_JSON ?
					occurrence_state_codes[k->state] :
					occurrence_state_titles[k->state];

		table_out_row(t,
		    (struct table_cell[]){table_int(k->row.id.v),
			table_text(str_of(state)), table_date(k->row.due_on),
			k->days_late ? table_int(k->days_late) : table_none(),
			k->row.school_name.n ? table_text(k->row.school_name) :
					       table_none(),
			table_text(k->row.number), table_text(k->row.title),
			table_text(k->row.responsible),
			table_date(k->row.done_on),
			table_text(k->row.plan_title)});
	}
	return table_out_close(t);
}

/* The word "all rows" of filter.h is what is to be done here. */
static void
keep(struct visit *v, struct view_tasks *s, const struct task *all, size_t n)
{
	VEC(struct task) kept = {0};

	for (size_t i = 0; i < n; i++) {
		uint32_t bits = belongs(all[i].state);

		for (size_t c = 0; c < s->filter.n; c++)
			s->filter.chips[c].count += bits >> c & 1;
		s->n_marked += all[i].state == TASK_MARKED;
		if (bits >> s->filter.chosen & 1)
			*vec_push(v->scope.mem, &kept) = all[i];
	}
	s->tasks = kept.p;
	s->n = s->n_all = kept.n;
}

enum rc
page_tasks(struct visit *v, struct reply *rp)
{
	struct view_tasks s = {
	    .shell = shell_open(v, SECTION_tasks, S(N_("Исполнение"))),
	    .files = list_files(v),
	    .filter = filter_open(v, "show", choices, COUNT_OF(choices)),
	    .may_confirm = may(&v->scope.actor, PERM_MARKS_CONFIRM) == RC_OK};
	struct task_filter f = {.from = DATE_NONE, .to = DATE_NONE};
	struct task *all;
	size_t n;
	int64_t id;
	enum rc rc;

	if (str_to_int(visit_query(v, S("school")), &id))
		f.school = (school_id){id};
	if (str_to_int(visit_query(v, S("plan")), &id))
		f.plan = (plan_id){id};
	rc = task_list(&v->scope, &f, v->scope.actor.today, &all, &n);
	if (rc != RC_OK)
		return rc;
	keep(v, &s, all, n);
	if (v->format != AS_PAGE)
		return answer_table(v, rp, &s);
	s.n = s.n < TASKS_SHOWN ? s.n : TASKS_SHOWN;
	view_tasks(&rp->body, &s);
	return RC_OK;
}
