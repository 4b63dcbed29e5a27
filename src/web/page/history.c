/* history.c - what was done to one object: было → стало. */
#include "web/page/history.h"

#include "core/methods/steps.h"
#include "core/plans/plan.h"
#include "history.view.h"
#include "store/q_results.h"
#include "web/page/pages.h"

/* ---- whose history ---- */

/* The object must be one the reader may open; its name heads the page. */
static enum rc
find_school(struct visit *v, struct view_history *h)
{
	struct q_school school;
	enum rc rc = q_school_by_id(v->scope.db, v->scope.mem, &v->scope.actor,
	    v->scope.actor.municipality, v->at.school, &school);

	h->object = S("school");
	h->id = v->at.school.v;
	h->name = rc == RC_OK ? school.name : S("");
	h->to = link_school(v->at.school);
	return rc;
}

static enum rc
find_run(struct visit *v, struct view_history *h)
{
	struct q_run run;
	enum list_state state;
	enum rc rc = q_run_by_id(v->scope.db, v->scope.mem,
	    v->scope.actor.municipality, v->at.run, &run);

	if (rc != RC_OK)
		return rc;
	if (!list_state_parse(run.state, &state) ||
	    !list_is_shown_to(&v->scope.actor, state))
		return RC_NOT_FOUND;
	h->object = S("run");
	h->id = v->at.run.v;
	h->name = arena_fmt(v->scope.mem, "Перечень № %lld на %.*s уч. г.",
	    (long long)v->at.run.v, STR_ARG(syear_ru(v->scope.mem, run.year)));
	h->to = link_run(v->at.run);
	return RC_OK;
}

static enum rc
find_load(struct visit *v, struct view_history *h)
{
	struct q_load load;
	enum rc rc = q_load_by_id(v->scope.db, v->scope.mem,
	    v->scope.actor.municipality, v->at.load, &load);

	h->object = S("load");
	h->id = v->at.load.v;
	h->name = rc == RC_OK ? load.file_name : S("");
	h->to = link_load(v->at.load);
	return rc;
}

static enum rc
find_person(struct visit *v, struct view_history *h)
{
	struct q_person person;
	enum rc rc = q_person_by_id(v->scope.db, v->scope.mem,
	    v->scope.actor.municipality, v->at.person, &person);

	h->object = S("person");
	h->id = v->at.person.v;
	h->name = rc == RC_OK ? person.name : S("");
	h->to = link_person(v->at.person);
	return rc;
}

static enum rc
find_plan(struct visit *v, struct view_history *h)
{
	struct plan p;
	enum rc rc = plan_load(&v->scope, v->at.plan, &p);

	h->object = S("plan");
	h->id = v->at.plan.v;
	h->name = rc == RC_OK ? p.head.title : S("");
	h->to = link_plan(v->at.plan);
	return rc;
}

/* ---- as a file ---- */

static const struct table_column columns[] = {
    {"at", S_INIT("Когда"), TABLE_TEXT, 0, 20, {0}, {0}},
    {"person", S_INIT("Кто"), TABLE_TEXT, 0, 24, {0}, {0}},
    {"action", S_INIT("Что сделано"), TABLE_TEXT, 0, 30, {0}, {0}},
    {"was", S_INIT("Было"), TABLE_TEXT, 0, 30, {0}, {0}},
    {"becomes", S_INIT("Стало"), TABLE_TEXT, 0, 30, {0}, {0}},
    {"note", S_INIT("Примечание"), TABLE_TEXT, 0, 30, {0}, {0}},
};

const struct list_table history_list = LIST_OF(columns);

static enum rc
answer_table(struct visit *v, struct reply *rp, const struct view_history *h)
{
	const struct table_about about = {.title = S("История"),
	    .made_on = v->scope.actor.today,
	    .columns = columns,
	    .n = COUNT_OF(columns)};
	struct table_out *t = table_begin(v, rp, &about, "history");
	struct arena *mem = v->scope.mem;

	for (size_t i = 0; i < h->n; i++) {
		const struct q_audit *e = &h->entries[i];

		table_out_row(t,
		    (struct table_cell[]){
			table_text(moment_ru(mem, e->at, h->zone)),
			table_text(e->person_name),
			table_text(str_of(audit_action_title(mem, e->action))),
			table_text(e->was), table_text(e->becomes),
			table_text(e->note)});
	}
	return table_out_close(t);
}

/* Of one object all entries are read; only what happened is offered. */
static void
choose(struct view_history *h, struct q_audit *all)
{
	struct journal_filter *f = &h->filter;
	size_t kept = 0, offered = 0;

	f->n_objects = 0;
	for (size_t i = 0; i < f->n_actions; i++) {
		bool is_there = f->actions[i].is_chosen;

		for (size_t k = 0; k < h->n && !is_there; k++)
			is_there = str_eq(all[k].action, f->actions[i].code);
		if (is_there)
			f->actions[offered++] = f->actions[i];
	}
	f->n_actions = offered;
	for (size_t i = 0; i < h->n; i++) {
		if (journal_fits(f, &all[i]))
			all[kept++] = all[i];
	}
	h->n = kept;
}

static enum rc
show(struct visit *v, struct reply *rp, enum section section,
    enum rc (*find)(struct visit *v, struct view_history *h))
{
	struct view_history h = {
	    .files = list_files(v), .zone = (int32_t)v->place.zone_minutes};
	struct q_audit *all;
	enum rc rc = find(v, &h);

	if (rc == RC_OK)
		rc = q_audit_of_object(v->scope.db, v->scope.mem,
		    v->scope.actor.municipality, h.object, h.id, &all, &h.n);
	if (rc == RC_OK)
		rc = journal_filter_read(
		    v, link_back(v->scope.mem, v->rq->path), &h.filter);
	if (rc != RC_OK)
		return rc;
	h.n_all = h.n;
	choose(&h, all);
	h.entries = all;
	if (v->format != AS_PAGE)
		return answer_table(v, rp, &h);
	h.shell = shell_open(v, section, S(N_("История")));
	shell_crumb(&h.shell, h.name, h.to);
	view_history_page(&rp->body, &h);
	return RC_OK;
}

enum rc
page_school_history(struct visit *v, struct reply *rp)
{
	return show(v, rp, SECTION_schools, find_school);
}

enum rc
page_run_history(struct visit *v, struct reply *rp)
{
	return show(v, rp, SECTION_runs, find_run);
}

enum rc
page_load_history(struct visit *v, struct reply *rp)
{
	return show(v, rp, SECTION_loads, find_load);
}

enum rc
page_person_history(struct visit *v, struct reply *rp)
{
	return show(v, rp, SECTION_people, find_person);
}

enum rc
page_plan_history(struct visit *v, struct reply *rp)
{
	return show(v, rp, SECTION_plans, find_plan);
}
