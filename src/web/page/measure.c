/* measure.c - one measure: its terms by schools, marks, remarks, history. */
#include "web/page/measure.h"

#include "base/vec.h"
#include "core/plans/evidence_kinds.h"
#include "core/plans/goal.h"
#include "core/registry/catalogue.h"
#include "measure.view.h"
#include "web/page/pages.h"

static enum rc
find_row(struct visit *v, struct view_measure *s)
{
	struct q_measure m;
	enum rc rc = q_measure_by_id(v->scope.db, v->scope.mem, &v->scope.actor,
	    v->scope.actor.municipality, v->at.measure, &m);

	if (rc == RC_OK)
		rc = plan_load(&v->scope, m.plan, &s->plan);
	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < s->plan.n_parts; i++)
		for (size_t k = 0; k < s->plan.parts[i].n; k++)
			if (s->plan.parts[i].rows[k].m.id.v ==
			    v->at.measure.v) {
				s->part = &s->plan.parts[i];
				s->row = &s->plan.parts[i].rows[k];
			}
	return s->row ? RC_OK : RC_NOT_FOUND;
}

static struct str
goal_in_words(struct arena *mem, const struct q_measure *m)
{
	struct goal g = {0};

	if (!goal_kind_parse(m->goal, &g.kind) || g.kind == GOAL_TEXT ||
	    !goal_sense_parse(m->goal_sense, &g.sense) || !m->goal_num.is_known)
		return S("");
	g.target = ratio_of(m->goal_num.v, m->goal_den.v);
	return goal_text(mem, &g);
}

static enum rc
fill_tasks(struct visit *v, struct view_measure *s)
{
	const struct task_filter f = {.plan = s->plan.head.id,
	    .measure = v->at.measure,
	    .from = DATE_NONE,
	    .to = DATE_NONE};
	struct task *tasks;
	enum rc rc;

	if (!s->plan.head.edition)
		return RC_OK;
	rc =
	    task_list(&v->scope, &f, v->scope.actor.today, &tasks, &s->n_tasks);
	if (rc != RC_OK)
		return rc;
	s->tasks = tasks;
	for (size_t i = 0; i < s->n_tasks; i++) {
		enum occurrence_state st = tasks[i].state;

		s->of += st != TASK_NOT_NEEDED;
		s->done += st == TASK_DONE || st == TASK_DONE_LATE;
		s->late += st == TASK_OVERDUE || st == TASK_RETURNED_LATE;
	}
	return RC_OK;
}

static enum rc
fill_remarks(struct visit *v, struct view_measure *s)
{
	struct q_plan_remark *all;
	struct q_audit *journal;
	size_t n, kept = 0;
	enum rc rc = q_plan_remark_list(v->scope.db, v->scope.mem,
	    v->scope.actor.municipality, s->plan.head.id, &all, &n);

	if (rc == RC_OK)
		rc = q_audit_of_object(v->scope.db, v->scope.mem,
		    v->scope.actor.municipality, S("measure"), v->at.measure.v,
		    &journal, &s->n_journal);
	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < n; i++)
		if (all[i].measure.v == v->at.measure.v)
			all[kept++] = all[i];
	s->remarks = all;
	s->n_remarks = kept;
	s->journal = journal;
	return RC_OK;
}

struct form
plan_row_form(struct visit *v, const struct q_measure *m)
{
	const struct {
		int field;
		struct str text;
	} typed[] = {{IN_measure_number, m->number},
	    {IN_measure_title, m->title},
	    {IN_measure_school_part, m->school_part},
	    {IN_measure_deadline, m->deadline},
	    {IN_measure_responsible, m->responsible},
	    {IN_measure_result, m->result},
	    {IN_measure_indicator, m->indicator},
	    {IN_measure_report_form, m->report_form},
	    {IN_measure_answers, m->answers}, {IN_measure_note, m->note}};

	struct form f;

	if (v->form.number == FORM_measure)
		return v->form;
	f = form_open(v->scope.mem, FORM_measure);
	for (size_t i = 0; i < COUNT_OF(typed); i++)
		form_type(&f, typed[i].field, typed[i].text);
	return f;
}

/* The row as it stands, until a person types over it. */
static void
fill_edit(struct visit *v, struct view_measure *s)
{
	s->may_edit = !s->row->m.is_dropped &&
		      plan_may_be_written(&v->scope, &s->plan.head);
	s->edit = plan_row_form(v, &s->row->m);
}

static struct str
year_typed(struct arena *mem, struct syear year)
{
	char text[SYEAR_TEXT];

	return year.first ? arena_str(mem, str_of(syear_text(year, text))) :
			    S("");
}

static struct str
number_typed(
    struct arena *mem, struct str kind, struct opt_int num, struct opt_int den)
{
	if (!num.is_known || den.v <= 0)
		return S("");
	return ratio_exact(mem, str_eq(kind, S("count")) ?
				    ratio_of(num.v, den.v) :
				    ratio_of(num.v * 100, den.v));
}

/* What was said of it before; of a new one what its words name. */
static struct form
control_form(struct visit *v, const struct control_point *p)
{
	struct arena *mem = v->scope.mem;
	const struct q_control *said = p->said;
	struct form f;

	if (v->form.number == FORM_control)
		return v->form;
	f = form_open(mem, FORM_control);
	if (!said) {
		if (p->named >= 0)
			form_type(&f, IN_control_procedure,
			    v->words->procedures[p->named].code);
		return f;
	}
	form_type(&f, IN_control_goal, said->goal);
	form_type(&f, IN_control_sense, said->goal_sense);
	form_type(&f, IN_control_target,
	    number_typed(mem, said->goal, said->goal_num, said->goal_den));
	form_type(&f, IN_control_baseline,
	    number_typed(mem, p->goal.kind == GOAL_COUNT ? S("count") : S(""),
		said->baseline_num, said->baseline_den));
	form_type(&f, IN_control_value, said->value);
	form_type(&f, IN_control_procedure, said->procedure);
	form_type(&f, IN_control_year, year_typed(mem, said->year));
	form_type(
	    &f, IN_control_baseline_year, year_typed(mem, said->baseline_year));
	return f;
}

static enum rc
fill_point(struct visit *v, struct view_measure *s)
{
	struct vocabulary *words =
	    arena_new(v->scope.mem, struct vocabulary, 1);
	struct control_point *all;
	size_t n;
	enum rc rc;

	if (!str_eq(s->part->s.kind, S("points")))
		return RC_OK;
	rc = catalogue_read(&v->scope, words);
	if (rc == RC_OK)
		rc = control_points(
		    &v->scope, &s->plan, words, v->scope.actor.today, &all, &n);
	if (rc != RC_OK)
		return rc;
	v->words = words;
	for (size_t i = 0; i < n; i++)
		if (all[i].row == s->row)
			s->point = &all[i];
	if (!s->point)
		return RC_OK; /* taken out of the plan */
	s->procedures = words->procedures;
	s->n_procedures = words->n_procedures;
	s->control = control_form(v, s->point);
	s->may_say =
	    s->plan.head.school.v ?
		may_for(&v->scope, PERM_PLANS_EDIT, s->plan.head.school) ==
		    RC_OK :
		actor_reach(&v->scope.actor, PERM_PLANS_EDIT) == REACH_ALL;
	return RC_OK;
}

enum rc
do_control(struct visit *v, struct reply *rp)
{
	const struct form_control *f = v->form.value;
	const struct control_said said = {.goal = f->goal,
	    .sense = f->sense,
	    .target = f->target,
	    .baseline = f->baseline,
	    .value = f->value,
	    .procedure = f->procedure,
	    .year = f->year,
	    .baseline_year = f->baseline_year};
	struct vocabulary words;
	enum rc rc = catalogue_read(&v->scope, &words);

	if (rc == RC_OK)
		rc = control_say(&v->scope, v->at.measure, &words, &said);
	if (rc != RC_OK)
		return rc;
	return reply_done(v, rp, link_measure(v->at.measure),
	    N_("Записано, как считать эту контрольную точку."));
}

enum rc
page_measure(struct visit *v, struct reply *rp)
{
	struct view_measure s = {
	    .form = v->form.number == FORM_remark ?
			v->form :
			form_open(v->scope.mem, FORM_remark),
	    .zone = (int32_t)v->place.zone_minutes};
	enum rc rc = find_row(v, &s);

	if (rc == RC_OK)
		rc = fill_tasks(v, &s);
	if (rc == RC_OK)
		rc = fill_remarks(v, &s);
	if (rc == RC_OK)
		rc = fill_point(v, &s);
	if (rc != RC_OK)
		return rc;
	s.evidence = evidence_titles(v->scope.mem, s.row->m.evidence);
	s.goal = goal_in_words(v->scope.mem, &s.row->m);
	s.answers = deficit_titles(v->scope.mem, s.row->m.answers);
	s.n_deficits = deficits(s.deficits);
	fill_edit(v, &s);
	s.may_remark = remark_may_be_put(&v->scope, &s.plan.head);
	s.may_settle = remark_may_be_settled(&v->scope, &s.plan.head);
	s.shell = shell_open(v, SECTION_plans,
	    s.row->m.number.n ? arena_fmt(v->scope.mem, "Мероприятие %.*s",
				    STR_ARG(s.row->m.number)) :
				S(N_("Мероприятие")));
	shell_crumb(&s.shell, S(N_("Дорожные карты")), link_plans());
	shell_crumb(&s.shell, s.plan.head.title, link_plan(s.plan.head.id));
	view_measure(&rp->body, &s);
	return RC_OK;
}

enum rc
do_remark(struct visit *v, struct reply *rp)
{
	const struct form_remark *f = v->form.value;
	struct view_measure s = {0};
	enum rc rc = find_row(v, &s);

	if (rc == RC_OK)
		rc = remark_put(&v->scope, &s.plan.head, &s.row->m, f->text);
	if (rc != RC_OK)
		return rc;
	return reply_done(v, rp, link_plan(s.plan.head.id),
	    N_("Замечание записано и стоит рядом со строкой."));
}

enum rc
do_remark_settle(struct visit *v, struct reply *rp)
{
	struct view_measure s = {0};
	enum rc rc = find_row(v, &s);

	if (rc == RC_OK)
		rc = remark_settle(
		    &v->scope, &s.plan.head, &s.row->m, v->at.number);
	if (rc != RC_OK)
		return rc;
	return reply_done(v, rp, link_measure(v->at.measure),
	    N_("Замечание отмечено как учтённое."));
}
