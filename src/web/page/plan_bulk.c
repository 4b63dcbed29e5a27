/* plan_bulk.c - many rows at once: looked at, done, taken back. */
#include "web/page/plan_bulk.h"

#include "plan_bulk.view.h"
#include "web/page/pages.h"

/* Every row of the plan whose tick came with the form: "row-12" = its version. */
static enum rc
read_picks(struct visit *v, struct bulk_change *c, struct q_plan *head)
{
	struct arena *mem = v->scope.mem;
	struct bulk_pick *picks;
	struct plan p;
	size_t rows = 0;
	enum rc rc = plan_load(&v->scope, v->at.plan, &p);

	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < p.n_parts; i++)
		rows += p.parts[i].n;
	picks = arena_new(mem, struct bulk_pick, rows + 1);
	for (size_t i = 0; i < p.n_parts; i++)
		for (size_t k = 0; k < p.parts[i].n; k++) {
			measure_id id = p.parts[i].rows[k].m.id;
			int64_t version;

			if (str_to_int(
				form_raw(v->rq, arena_fmt(mem, "row-%lld",
						    (long long)id.v)),
				&version))
				picks[c->n++] = (struct bulk_pick){id, version};
		}
	c->picks = picks;
	*head = p.head;
	return RC_OK;
}

static enum rc
show_preview(struct visit *v, struct reply *rp, const struct bulk_change *c,
    const struct q_plan *head)
{
	const struct form_bulk *f = v->form.value;
	struct view_plan_bulk s = {.plan = *head,
	    .kind = c->kind,
	    .form = v->form,
	    .back = f->back.n ? link_back(v->scope.mem, f->back) :
				link_plan(v->at.plan)};
	enum rc rc = plan_bulk_look(&v->scope, v->at.plan, c, &s.seen);

	if (rc != RC_OK)
		return rc;
	s.shell = shell_open(v, SECTION_plans, S(N_("Изменение строк")));
	shell_crumb(&s.shell, S(N_("Дорожные карты")), link_plans());
	shell_crumb(&s.shell, head->title, link_plan(v->at.plan));
	view_plan_bulk(&rp->body, &s);
	return RC_OK;
}

/* First it is shown what becomes of the rows, then it is done. */
enum rc
do_bulk(struct visit *v, struct reply *rp)
{
	const struct form_bulk *f = v->form.value;
	struct bulk_change c = {
	    .days = f->days == NUMBER_NONE ? 0 : (int32_t)f->days,
	    .responsible = f->responsible,
	    .section = f->section == NUMBER_NONE ? 0 : f->section};
	struct q_plan head;
	size_t n;
	enum rc rc;

	if (!bulk_kind_parse(f->kind, &c.kind))
		return RC_NOT_FOUND;
	rc = read_picks(v, &c, &head);
	if (rc == RC_OK && !str_eq(f->stage, S("do")))
		return show_preview(v, rp, &c, &head);
	if (rc == RC_OK)
		rc = plan_bulk_do(&v->scope, v->at.plan, &c, &n);
	if (rc != RC_OK)
		return rc;
	return reply_done(v, rp,
	    f->back.n ? link_back(v->scope.mem, f->back) :
			link_plan(v->at.plan),
	    N_("Отмеченные строки изменены. Это можно отменить одним "
	       "нажатием."));
}

enum rc
do_bulk_undo(struct visit *v, struct reply *rp)
{
	enum rc rc = plan_bulk_undo(&v->scope, v->at.plan, v->at.number);

	if (rc != RC_OK)
		return rc;
	return reply_done(
	    v, rp, link_plan(v->at.plan), N_("Строки снова такие, как были."));
}
