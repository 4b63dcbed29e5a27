/* plan_new.c - a plan that begins from a template. */
#include "plans.view.h"
#include "web/page/pages.h"
#include "web/page/plans.h"

/* The chosen school year, and the first template. */
static void
fill_form(struct visit *v, struct view_plan_new *s)
{
	struct arena *mem = v->scope.mem;

	if (v->form.number == FORM_plan_new) {
		s->form = v->form;
		return;
	}
	s->form = form_open(mem, FORM_plan_new);
	form_type(&s->form, IN_plan_new_template, S("results"));
	form_type(
	    &s->form, IN_plan_new_from, date_ru(mem, syear_from(v->year)));
	form_type(&s->form, IN_plan_new_to, date_ru(mem, syear_to(v->year)));
}

enum rc
page_plan_new(struct visit *v, struct reply *rp)
{
	struct view_plan_new s = {
	    .own_only =
		actor_reach(&v->scope.actor, PERM_PLANS_EDIT) != REACH_ALL};
	struct q_school *schools;
	enum rc rc = q_school_list(v->scope.db, v->scope.mem, &v->scope.actor,
	    v->scope.actor.municipality, &schools, &s.n_schools);

	if (rc != RC_OK)
		return rc;
	s.schools = schools;
	s.n_templates = plan_templates(s.templates);
	fill_form(v, &s);
	s.shell = shell_open(v, SECTION_plans, S(N_("Новый план")));
	shell_crumb(&s.shell, S(N_("Дорожные карты")), link_plans());
	view_plan_new(&rp->body, &s);
	return RC_OK;
}

enum rc
do_plan_new(struct visit *v, struct reply *rp)
{
	const struct form_plan_new *f = v->form.value;
	bool is_school = f->school != NUMBER_NONE;
	const struct plan_new head = {
	    .kind = is_school                           ? S("school") :
		    str_eq(f->template, S("programme")) ? S("programme") :
							  S("municipal"),
	    .school = {is_school ? f->school : 0},
	    .title = f->title,
	    .period = {f->from, f->to},
	    .group_on = DATE_NONE};
	plan_id id;
	enum rc rc = plan_from_template(&v->scope, &head, f->template, &id);

	if (rc != RC_OK)
		return rc;
	return reply_done(v, rp, link_plan(id),
	    N_("Черновик готов: разделы стоят, добавляйте мероприятия."));
}
