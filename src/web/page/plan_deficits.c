/* plan_deficits.c - which rows of a school's road map answer what it lacks?  A
 * person says. */
#include "web/page/plan_deficits.h"

#include "core/registry/catalogue.h"
#include "plan_deficits.view.h"
#include "web/page/pages.h"

static struct str
field_of(struct arena *mem, struct str code)
{
	return arena_fmt(mem, "answer-%.*s", STR_ARG(code));
}

static enum rc
read(struct visit *v, struct view_plan_deficits *s)
{
	struct vocabulary words;
	enum rc rc = plan_load(&v->scope, v->at.plan, &s->plan);

	if (rc == RC_OK)
		rc = catalogue_read(&v->scope, &words);
	if (rc == RC_OK)
		rc = plan_deficits_read(&v->scope, &words, &s->plan, &s->shown);
	return rc;
}

/* What may be chosen for each: rows of the road map, then of the catalogue. */
static void
fill_lines(struct visit *v, struct view_plan_deficits *s)
{
	struct arena *mem = v->scope.mem;
	struct deficit_line *lines =
	    arena_new(mem, struct deficit_line, s->shown.n + 1);

	for (size_t i = 0; i < s->shown.n; i++) {
		const struct shown_deficit *d = &s->shown.all[i];
		struct catalogue_measure known[CATALOGUE_MOST];
		size_t n = measure_catalogue(d->code, known);
		struct str *titles = arena_new(mem, struct str, n + 1);

		for (size_t k = 0; k < n; k++)
			titles[k] = known[k].school_part.n ?
					known[k].school_part :
					known[k].title;
		lines[i] = (struct deficit_line){.d = d,
		    .field = field_of(mem, d->code),
		    .typed = form_raw(v->rq, field_of(mem, d->code)),
		    .known = titles,
		    .n_known = n};
		s->n_without += d->answer == NULL;
	}
	s->lines = lines;
}

enum rc
page_plan_deficits(struct visit *v, struct reply *rp)
{
	struct view_plan_deficits s = {
	    .form = v->form.number == FORM_plan_deficits ?
			v->form :
			form_open(v->scope.mem, FORM_plan_deficits)};
	enum rc rc = read(v, &s);

	if (rc != RC_OK)
		return rc;
	s.may_choose = plan_may_be_written(&v->scope, &s.plan.head);
	fill_lines(v, &s);
	s.shell = shell_open(v, SECTION_plans, S(N_("Дефициты школы")));
	shell_crumb(&s.shell, S(N_("Дорожные карты")), link_plans());
	shell_crumb(&s.shell, s.plan.head.title, link_plan(v->at.plan));
	view_plan_deficits(&rp->body, &s);
	return RC_OK;
}

/* "row-12", "new-3"; false: left as it is. */
static bool
choice_of(struct str typed, struct deficit_choice *ret)
{
	int64_t n;

	if (typed.n < 4 || !str_to_int(str_from(typed, 4), &n) || n < 1)
		return false;
	if (str_starts(typed, S("row-")))
		ret->row = (measure_id){n};
	else if (str_starts(typed, S("new-")))
		ret->catalogue = (size_t)n;
	else
		return false;
	return true;
}

enum rc
do_plan_deficits(struct visit *v, struct reply *rp)
{
	const struct form_plan_deficits *f = v->form.value;
	struct view_plan_deficits s = {0};
	size_t n = 0;
	enum rc rc = read(v, &s);

	if (rc != RC_OK)
		return rc;
	struct deficit_choice *all =
	    arena_new(v->scope.mem, struct deficit_choice, s.shown.n + 1);
	for (size_t i = 0; i < s.shown.n; i++) {
		struct deficit_choice c = {.code = s.shown.all[i].code};

		if (choice_of(
			form_raw(v->rq, field_of(v->scope.mem, c.code)), &c))
			all[n++] = c;
	}
	rc = plan_answer_deficits(
	    &v->scope, v->at.plan, f->version, s.shown.run.id, all, n);
	if (rc != RC_OK)
		return rc;
	return reply_done(v, rp, link_plan_deficits(v->at.plan),
	    n ? N_("Записано, какие строки карты закрывают дефициты.") :
		N_("Ничего не выбрано, и карта не изменилась."));
}
