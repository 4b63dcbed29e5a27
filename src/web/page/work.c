/* work.c - «Моя работа»: what waits for the reader, and where to go for it. */
#include "web/page/work.h"

#include "base/vec.h"
#include "web/page/pages.h"
#include "work.view.h"

/* ---- an item as a line ---- */

static const struct {
	const char *kind, *icon, *button;
} looks[] = {
    [WORK_LOOK_AT_DECISION] = {"warn", "soon", N_("Карточка решения")},
    [WORK_OBJECTION_TO_ANSWER] = {"warn", "wait", N_("Ответить")},
    [WORK_OBJECTION_PENDING] = {"none", "wait", N_("Посмотреть")},
    [WORK_OBJECTION_ANSWERED] = {"run", "info", N_("Посмотреть")},
    [WORK_LIST_TO_OPEN] = {"none", "plan", N_("Открыть перечень")},
    [WORK_LIST_TO_APPROVE] = {"warn", "wait", N_("Утвердить")},
    [WORK_LIST_TO_RECONCILE] = {"warn", "diff", N_("Сверить")},
    [WORK_LOAD_DRAFT] = {"none", "file", N_("Продолжить")},
    [WORK_TASK] = {"warn", "soon", N_("Отметить")},
    [WORK_TASK_RETURNED] = {"bad", "back", N_("Исправить")},
    [WORK_MARKS_TO_CONFIRM] = {"warn", "wait", N_("К отметкам")},
    [WORK_PLAN_TO_APPROVE] = {"warn", "wait", N_("К плану")},
    [WORK_PLAN_RETURNED] = {"bad", "back", N_("Доработать")},
    [WORK_PROPOSALS] = {"warn", "diff", N_("Принять или оставить своё")},
    [WORK_ORDER_TO_READ] = {"none", "plan", N_("Ознакомиться")},
    [WORK_LOAD_REFUSED] = {"bad", "over", N_("Что отклонено")},
};

static struct link
target_of(const struct work_item *item)
{
	switch (item->kind) {
	case WORK_LOOK_AT_DECISION:
		return link_card(item->run, item->school);
	case WORK_OBJECTION_TO_ANSWER:
	case WORK_OBJECTION_PENDING:
	case WORK_OBJECTION_ANSWERED:
		return link_objection(item->objection);
	case WORK_LIST_TO_RECONCILE:
		return link_run_reconcile(item->run);
	case WORK_LIST_TO_OPEN:
	case WORK_LIST_TO_APPROVE:
		return link_run(item->run);
	case WORK_LOAD_DRAFT:
	case WORK_LOAD_REFUSED:
		return link_load(item->load);
	case WORK_TASK:
	case WORK_TASK_RETURNED:
		return link_task(item->task);
	case WORK_MARKS_TO_CONFIRM:
		return link_confirm();
	case WORK_PLAN_TO_APPROVE:
	case WORK_PLAN_RETURNED:
	case WORK_ORDER_TO_READ:
		return link_plan(item->plan);
	case WORK_PROPOSALS:
		return link_plan_proposals(item->plan);
	}
	UNREACHABLE();
}

struct work_parts
work_parts_of(struct arena *mem, const struct work *work)
{
	struct work_parts parts = {0};
	size_t at = 0;

	for (enum work_when w = 0; w < WORK_WHEN_COUNT; w++) {
		size_t n = work->counts[w];
		struct work_line *lines =
		    arena_new(mem, struct work_line, n + 1);

		if (n == 0)
			continue;
		for (size_t i = 0; i < n; i++) {
			const struct work_item *item = &work->items[at + i];

			lines[i] = (struct work_line){.item = item,
			    .kind =
				w == WORK_BACK ? "bad" : looks[item->kind].kind,
			    .icon = w == WORK_BACK ? "over" :
						     looks[item->kind].icon,
			    .to = target_of(item),
			    .button = looks[item->kind].button};
		}
		parts.p[parts.n++] = (struct work_part){w, lines, n};
		at += n;
	}
	return parts;
}

/* ---- the page ---- */

enum rc
page_work(struct visit *v, struct reply *rp)
{
	struct view_work s = {
	    .shell = shell_open(v, SECTION_work, S(N_("Моя работа"))),
	    .sees_many = v->scope.actor.sees_all &&
			 may(&v->scope.actor, PERM_RESULTS_READ) == RC_OK,
	    .zone = (int32_t)v->place.zone_minutes,
	};
	struct q_school *schools;
	enum rc rc = work_read(&v->scope, visit_library(v), &s.work);

	if (rc != RC_OK)
		return rc;
	s.parts = work_parts_of(v->scope.mem, &s.work);
	if (!s.sees_many) {
		rc = q_school_list(v->scope.db, v->scope.mem, &v->scope.actor,
		    v->scope.actor.municipality, &schools, &s.n_schools);
		if (rc != RC_OK)
			return rc;
		s.schools = schools;
	}
	view_work(&rp->body, &s);
	return RC_OK;
}
