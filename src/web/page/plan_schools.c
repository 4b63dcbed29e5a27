/* plan_schools.c - which schools is this plan for? */
#include "plan_check.view.h"
#include "web/page/pages.h"
#include "web/page/plan_check.h"

static const struct {
	const char *code, *title;
} groups[] = {{"shnor", N_("школы с низкими результатами")},
    {"risk", N_("школы с рисками")}, {"shnsu", N_("школы в трудных условиях")}};

static bool
has(const school_id *all, size_t n, school_id id)
{
	for (size_t i = 0; i < n; i++)
		if (all[i].v == id.v)
			return true;
	return false;
}

/* The schools of a group on the day the plan begins, or those it has. */
static enum rc
proposed(struct visit *v, struct view_plan_schools *s, school_id **ret,
    size_t *ret_n)
{
	struct str asked = visit_query(v, S("group"));
	school_id *all =
	    arena_new(v->scope.mem, school_id, s->plan.n_schools + 1);
	size_t n = 0;

	for (size_t i = 0; i < COUNT_OF(groups); i++)
		if (str_eq(asked, str_of(groups[i].code))) {
			s->group = groups[i].title;
			return group_on_day(&v->scope, asked,
			    s->plan.head.period_from, ret, ret_n);
		}
	for (size_t i = 0; i < s->plan.n_schools; i++)
		if (date_is_none(s->plan.schools[i].until))
			all[n++] = s->plan.schools[i].school;
	*ret = all;
	*ret_n = n;
	return RC_OK;
}

static enum rc
fill(struct visit *v, struct view_plan_schools *s)
{
	struct arena *mem = v->scope.mem;
	bool typed = v->rq->method == POST;
	struct q_school *schools;
	school_id *chosen;
	size_t n_chosen;
	enum rc rc = plan_load(&v->scope, v->at.plan, &s->plan);

	if (rc == RC_OK)
		rc = q_school_list(v->scope.db, mem, &v->scope.actor,
		    v->scope.actor.municipality, &schools, &s->n);
	if (rc == RC_OK)
		rc = proposed(v, s, &chosen, &n_chosen);
	if (rc != RC_OK)
		return rc;
	struct school_choice *all =
	    arena_new(mem, struct school_choice, s->n + 1);
	for (size_t i = 0; i < s->n; i++) {
		all[i].school = &schools[i];
		all[i].field =
		    arena_fmt(mem, "school-%lld", (long long)schools[i].id.v);
		all[i].is_chosen = typed ? form_raw(v->rq, all[i].field).n > 0 :
					   has(chosen, n_chosen, schools[i].id);
		s->n_chosen += all[i].is_chosen;
	}
	s->schools = all;
	for (size_t i = 0; i < COUNT_OF(groups); i++)
		s->groups[i] = link_with(mem, link_plan_schools(v->at.plan),
		    "group", str_of(groups[i].code));
	return RC_OK;
}

enum rc
page_plan_schools(struct visit *v, struct reply *rp)
{
	struct view_plan_schools s = {
	    .form = v->form.number == FORM_plan_schools ?
			v->form :
			form_open(v->scope.mem, FORM_plan_schools)};
	enum rc rc = fill(v, &s);

	if (rc != RC_OK)
		return rc;
	s.shell = shell_open(v, SECTION_plans, S(N_("Школы плана")));
	shell_crumb(&s.shell, S(N_("Дорожные карты")), link_plans());
	shell_crumb(&s.shell, s.plan.head.title, link_plan(v->at.plan));
	view_plan_schools(&rp->body, &s);
	return RC_OK;
}

enum rc
do_plan_schools(struct visit *v, struct reply *rp)
{
	const struct form_plan_schools *f = v->form.value;
	struct view_plan_schools s = {0};
	size_t n = 0;
	enum rc rc = fill(v, &s);

	if (rc != RC_OK)
		return rc;
	school_id *all = arena_new(v->scope.mem, school_id, s.n + 1);
	for (size_t i = 0; i < s.n; i++)
		if (s.schools[i].is_chosen)
			all[n++] = s.schools[i].school->id;
	rc = plan_set_schools(&v->scope, v->at.plan, f->version, all, n);
	if (rc != RC_OK)
		return rc;
	return reply_done(v, rp, link_plan(v->at.plan),
	    N_("Записано, для каких школ этот план."));
}
