/* plan_change.c - rows are written, numbered, taken out; a plan becomes next year's. */
#include "web/page/pages.h"
#include "web/page/plan.h"

enum rc
do_row(struct visit *v, struct reply *rp)
{
	const struct form_row *f = v->form.value;
	const struct q_measure m = {.title = f->title,
	    .deadline = f->deadline,
	    .responsible = f->responsible};
	measure_id after = {0}, id;
	struct plan p;
	enum rc rc = plan_load(&v->scope, v->at.plan, &p);

	if (rc != RC_OK)
		return rc;
	/* A new row stands last in its section. */
	for (size_t i = 0; i < p.n_parts; i++)
		if (p.parts[i].s.id == f->section && p.parts[i].n)
			after = p.parts[i].rows[p.parts[i].n - 1].m.id;
	rc = measure_add(&v->scope, v->at.plan, f->section, after, &m, &id);
	if (rc != RC_OK)
		return rc;
	return reply_done(v, rp, link_measure(id),
	    N_("Строка добавлена. Допишите остальное, если нужно."));
}

static enum rc
change_row(struct visit *v, measure_id id)
{
	const struct form_measure *f = v->form.value;
	struct q_measure m;
	enum rc rc = q_measure_by_id(v->scope.db, v->scope.mem, &v->scope.actor,
	    v->scope.actor.municipality, id, &m);

	if (rc != RC_OK)
		return rc;
	m.number = f->number;
	m.title = f->title;
	m.school_part = f->school_part;
	m.deadline = f->deadline;
	m.responsible = f->responsible;
	m.result = f->result;
	m.indicator = f->indicator;
	m.report_form = f->report_form;
	m.answers = f->answers;
	m.note = f->note;
	return measure_change(&v->scope, f->version, &m);
}

enum rc
do_measure(struct visit *v, struct reply *rp)
{
	enum rc rc = change_row(v, v->at.measure);

	if (rc != RC_OK)
		return rc;
	return reply_done(
	    v, rp, link_measure(v->at.measure), N_("Строка сохранена."));
}

/* The same out of the table, and back to it as it was looked at. */
enum rc
do_row_change(struct visit *v, struct reply *rp)
{
	const struct form_measure *f = v->form.value;
	enum rc rc = change_row(v, (measure_id){v->at.number});

	if (rc != RC_OK)
		return rc;
	return reply_done(
	    v, rp, link_back(v->scope.mem, f->back), N_("Строка сохранена."));
}

enum rc
do_measure_remove(struct visit *v, struct reply *rp)
{
	const struct form_plan_schools *f = v->form.value;
	struct q_measure m;
	enum rc rc = q_measure_by_id(v->scope.db, v->scope.mem, &v->scope.actor,
	    v->scope.actor.municipality, v->at.measure, &m);

	if (rc == RC_OK)
		rc = measure_remove(&v->scope, v->at.measure, f->version);
	if (rc != RC_OK)
		return rc;
	return reply_done(
	    v, rp, link_plan(m.plan), N_("Строка убрана из плана."));
}

enum rc
do_renumber(struct visit *v, struct reply *rp)
{
	const struct form_plan_schools *f = v->form.value;
	enum rc rc = plan_renumber(&v->scope, v->at.plan, f->version);

	if (rc != RC_OK)
		return rc;
	return reply_done(v, rp, link_plan(v->at.plan),
	    N_("Строки пронумерованы заново, как было принято в плане."));
}

enum rc
do_plan_copy(struct visit *v, struct reply *rp)
{
	const struct form_plan_copy *f = v->form.value;
	const struct plan_copy_options options = {.title = f->title,
	    .period = {f->from, f->to},
	    .group_on = f->from,
	    .only_unfinished = f->unfinished};
	plan_id id;
	enum rc rc = plan_copy(&v->scope, v->at.plan, &options, &id);

	if (rc != RC_OK)
		return rc;
	return reply_done(v, rp, link_plan(id),
	    N_("Черновик на новый срок готов. Проверьте сроки и школы."));
}
