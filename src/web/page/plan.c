/* plan.c - one road map: its views, its steps, who has read it. */
#include "web/page/plan.h"

#include "base/vec.h"
#include "core/registry/catalogue.h"
#include "plan.view.h"
#include "store/q_access.h"
#include "web/page/pages.h"

const char *
plan_state_word(struct str code)
{
	enum plan_state s;

	return plan_state_parse(code, &s) ? plan_states[s].title : "";
}

/* ---- the bar of steps ---- */

static const struct q_plan_step *
step_into(const struct view_plan *s, enum plan_state state)
{
	const struct q_plan_step *found = NULL;

	for (size_t i = 0; i < s->n_journal; i++)
		if (str_eq(
			s->journal[i].becomes, str_of(plan_states[state].code)))
			found = &s->journal[i];
	return found;
}

static struct str
step_note(struct visit *v, const struct q_plan_step *step)
{
	if (step->document_number.n)
		return arena_fmt(v->scope.mem, "%.*s № %.*s",
		    STR_ARG(step->document), STR_ARG(step->document_number));
	return step->person_name;
}

static int
place_on_bar(enum plan_state s)
{
	switch (s) {
	case PLAN_DRAFT:
	case PLAN_DROPPED:
		return 0;
	case PLAN_REVIEW:
		return 1;
	case PLAN_APPROVED:
		return 2;
	case PLAN_AMENDING:
	case PLAN_AMENDED:
		return 3;
	case PLAN_CLOSED:
	case PLAN_STATE_COUNT:
		break;
	}
	return 4;
}

static void
fill_bar(struct visit *v, struct view_plan *s)
{
	bool amends = s->state == PLAN_AMENDING || s->state == PLAN_AMENDED;

	const enum plan_state bar[] = {PLAN_DRAFT, PLAN_REVIEW, PLAN_APPROVED,
	    s->state == PLAN_AMENDED ? PLAN_AMENDED : PLAN_AMENDING,
	    PLAN_CLOSED};

	int now = place_on_bar(s->state);

	for (size_t i = 0; i < COUNT_OF(bar); i++) {
		const struct q_plan_step *step = step_into(s, bar[i]);
		bool was = (int)i <= now;

		if (i == 3 && !amends)
			continue;
		s->steps[s->n_steps++] =
		    (struct plan_step_view){.state = bar[i],
			.is_done = was && (int)i < now,
			.is_now = (int)i == now,
			.on = was && step ? moment_date(step->at, s->zone) :
					    DATE_NONE,
			.note = was && step ? step_note(v, step) : S("")};
	}
}

static enum rc
fill_steps(struct visit *v, struct view_plan *s)
{
	struct q_plan_step *journal;
	enum rc rc = q_plan_step_list(v->scope.db, v->scope.mem,
	    v->scope.actor.municipality, v->at.plan, &journal, &s->n_journal);

	if (rc != RC_OK)
		return rc;
	s->journal = journal;
	fill_bar(v, s);
	for (enum plan_step st = 0; st < PLAN_STEP_COUNT; st++)
		if (plan_step_is_open(&v->scope, &s->plan.head, st))
			s->open[s->n_open++] = st;
	s->refused = PLAN_STEP_COUNT;
	if (s->form.number == FORM_plan_step)
		(void)plan_step_parse(
		    s->form.typed[IN_plan_step_step], &s->refused);
	for (size_t i = s->n_journal; i > 0 && !s->approved_by.n; i--)
		if (journal[i - 1].document_number.n)
			s->approved_by =
			    document_text(v->scope.mem, journal[i - 1].document,
				journal[i - 1].document_number,
				journal[i - 1].document_on);
	return RC_OK;
}

static enum rc
fill_acquainted(struct visit *v, struct view_plan *s)
{
	struct q_acquaintance *all;
	enum rc rc;

	if (!s->plan.head.edition)
		return RC_OK;
	rc = q_acquaintance_list(v->scope.db, v->scope.mem,
	    v->scope.actor.municipality, v->at.plan, s->plan.head.edition, &all,
	    &s->n_acquainted);
	if (rc != RC_OK)
		return rc;
	s->acquainted = all;
	for (size_t i = 0; i < s->n_acquainted; i++)
		s->has_acquainted |= all[i].person.v != 0 &&
				     all[i].person.v == v->scope.actor.person.v;
	if (!remark_may_be_settled(&v->scope, &s->plan.head))
		return RC_OK;
	struct q_unacquainted *left;
	rc = q_unacquainted(v->scope.db, v->scope.mem,
	    v->scope.actor.municipality, v->at.plan, (person_id){0},
	    v->scope.actor.today, &left, &s->n_unacquainted);
	s->unacquainted = left;
	return rc;
}

/* ---- road maps of schools and what is proposed to them ---- */

static enum rc
fill_proposals(struct visit *v, struct view_plan *s)
{
	struct q_proposal *all;
	size_t n;
	enum rc rc = q_proposal_list(v->scope.db, v->scope.mem, &v->scope.actor,
	    v->scope.actor.municipality, v->at.plan, &all, &n);

	for (size_t i = 0; rc == RC_OK && i < n; i++)
		s->n_proposals += str_eq(all[i].state, S("open"));
	return rc;
}

/* A school that sees only itself begins its road map right here. */
static enum rc
fill_maps(struct visit *v, struct view_plan *s)
{
	struct q_plan_map *all;
	size_t n;
	enum rc rc;

	if (s->plan.head.school.v)
		return fill_proposals(v, s);
	if (!s->plan.head.edition || !str_eq(s->plan.head.kind, S("municipal")))
		return RC_OK;
	rc = q_plan_map_list(v->scope.db, v->scope.mem, &v->scope.actor,
	    v->scope.actor.municipality, v->at.plan, &all, &n);
	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < n; i++)
		s->n_maps += all[i].plan.v != 0;
	if (s->state == PLAN_APPROVED && !v->scope.actor.sees_all && n == 1 &&
	    !all[0].plan.v &&
	    may_for(&v->scope, PERM_PLANS_EDIT, all[0].school) == RC_OK)
		s->begins = all[0].school;
	return RC_OK;
}

static enum rc
fill_points(struct visit *v, struct view_plan *s)
{
	struct vocabulary words;
	struct control_point *points;
	enum rc rc = catalogue_read(&v->scope, &words);

	if (rc == RC_OK)
		rc = control_points(&v->scope, &s->plan, &words,
		    v->scope.actor.today, &points, &s->n_points);
	if (rc != RC_OK)
		return rc;
	s->points = points;
	for (size_t i = 0; i < s->n_points; i++)
		s->n_reached += points[i].state == CONTROL_MET;
	return RC_OK;
}

/* ---- as a file ---- */

static const struct table_column columns[] = {
    {"section", S_INIT("Раздел"), TABLE_TEXT, 0, 28, {0}, {0}},
    {"number", S_INIT("№"), TABLE_TEXT, 0, 7, {0}, {0}},
    {"title", S_INIT("Мероприятие"), TABLE_TEXT, 0, 52, {0}, {0}},
    {"school_part", S_INIT("Действия школ"), TABLE_TEXT, 0, 36, {0}, {0}},
    {"deadline", S_INIT("Срок"), TABLE_TEXT, 0, 24, {0}, {0}},
    {"responsible", S_INIT("Ответственные"), TABLE_TEXT, 0, 36, {0}, {0}},
    {"result", S_INIT("Ожидаемый результат"), TABLE_TEXT, 0, 36, {0}, {0}},
    {"report_form", S_INIT("Форма отчёта"), TABLE_TEXT, 0, 26, {0}, {0}},
    {"done", S_INIT("Исполнено"), TABLE_INT, 0, 10, {0}, {0}},
    {"of", S_INIT("Из скольких"), TABLE_INT, 0, 10, {0}, {0}},
    {"late", S_INIT("Просрочено"), TABLE_INT, 0, 10, {0}, {0}},
};

const struct list_table plan_list = LIST_OF(columns);

static struct table_cell
text_cell(struct str s)
{
	return s.n ? table_text(s) : table_none();
}

static struct table_cell
count_cell(const struct row_view *r, size_t n)
{
	return r->of ? table_int((int64_t)n) : table_none();
}

static enum rc
answer_table(struct visit *v, struct reply *rp, const struct view_plan *s)
{
	const struct table_about about = {.title = S("Мероприятия"),
	    .made_on = v->scope.actor.today,
	    .columns = columns,
	    .n = COUNT_OF(columns)};
	struct table_out *t = table_begin(v, rp, &about, "measures");

	for (size_t i = 0; i < s->n_rows; i++) {
		const struct row_view *r = &s->rows[i];
		const struct q_measure *m = &r->row->m;

		table_out_row(
		    t, (struct table_cell[]){text_cell(r->part->s.title),
			   text_cell(m->number), table_text(m->title),
			   text_cell(m->school_part), text_cell(m->deadline),
			   text_cell(m->responsible), text_cell(m->result),
			   text_cell(m->report_form), count_cell(r, r->done),
			   count_cell(r, r->of), count_cell(r, r->late)});
	}
	return table_out_close(t);
}

/* ---- the page ---- */

static void
fill_view(struct visit *v, struct view_plan *s)
{
	switch (s->view) {
	case VIEW_TABLE:
		return;
	case VIEW_RIBBON:
		plan_view_ribbon(v, s);
		return;
	case VIEW_CALENDAR:
		plan_view_calendar(v, s);
		return;
	case VIEW_BOARD:
		plan_view_board(v, s);
		return;
	}
}

static struct form
own_form(struct visit *v, enum form_number number)
{
	return v->form.number == number ? v->form :
					  form_open(v->scope.mem, number);
}

/* Next year's plan begins where this one ends. */
static void
fill_forms(struct visit *v, struct view_plan *s)
{
	struct arena *mem = v->scope.mem;
	struct date from = date_plus(s->plan.head.period_to, 1);
	struct civil c = date_civil(from);
	struct date to = DATE_NONE;

	s->row = own_form(v, FORM_row);
	s->copy = own_form(v, FORM_plan_copy);
	s->bulk = own_form(v, FORM_bulk);
	s->may_copy =
	    !s->plan.head.school.v &&
	    actor_reach(&v->scope.actor, PERM_PLANS_EDIT) == REACH_ALL;
	if (v->form.number == FORM_plan_copy)
		return;
	if (!date_of(c.year + 1, c.month, c.day, &to))
		to = date_plus(from, 366);
	form_type(&s->copy, IN_plan_copy_title, s->plan.head.title);
	form_type(&s->copy, IN_plan_copy_from, date_ru(mem, from));
	form_type(&s->copy, IN_plan_copy_to, date_ru(mem, date_plus(to, -1)));
}

/* Where the table is after a row is saved: the same filters, no open row. */
static struct link
link_here(struct visit *v)
{
	struct str said = S("");

	if (v->form.number == FORM_measure)
		said = v->form.typed[IN_measure_back];
	else if (v->form.number == FORM_bulk)
		said = v->form.typed[IN_bulk_back];
	if (v->rq->method == POST)
		return said.n ? link_back(v->scope.mem, said) :
				link_plan(v->at.plan);
	return visit_link(v, "edit", S(""));
}

/* The row that is open in the table, and the change of many taken back. */
static enum rc
fill_editing(struct visit *v, struct view_plan *s)
{
	int64_t asked = v->form.number == FORM_measure ? v->at.number : 0;
	enum rc rc;

	s->back = link_here(v);
	if (!s->may_edit)
		return RC_OK;
	if (!asked && !str_to_int(visit_query(v, S("edit")), &asked))
		asked = 0;
	for (size_t i = 0; asked && i < s->n_rows; i++)
		if (s->rows[i].row->m.id.v == asked &&
		    !s->rows[i].row->m.is_dropped) {
			s->edited = s->rows[i].row->m.id;
			s->edit = plan_row_form(v, &s->rows[i].row->m);
		}
	rc = plan_bulk_last(&v->scope, v->at.plan, &s->last_bulk);
	s->has_bulk = rc == RC_OK;
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

enum rc
page_plan(struct visit *v, struct reply *rp)
{
	struct view_plan s = {.form = own_form(v, FORM_plan_step),
	    .zone = (int32_t)v->place.zone_minutes};
	enum rc rc = plan_view_read(v, &s);

	if (rc == RC_OK)
		rc = fill_steps(v, &s);
	if (rc == RC_OK)
		rc = fill_acquainted(v, &s);
	if (rc == RC_OK)
		rc = fill_maps(v, &s);
	if (rc == RC_OK)
		rc = fill_points(v, &s);
	if (rc != RC_OK)
		return rc;
	if (v->format != AS_PAGE)
		return answer_table(v, rp, &s);
	s.may_edit = plan_may_be_written(&v->scope, &s.plan.head);
	fill_forms(v, &s);
	rc = fill_editing(v, &s);
	if (rc != RC_OK)
		return rc;
	fill_view(v, &s);
	s.shell = shell_open(v, SECTION_plans, s.plan.head.title);
	shell_crumb(&s.shell, S(N_("Дорожные карты")), link_plans());
	view_plan(&rp->body, &s);
	return RC_OK;
}

enum rc
do_plan_step(struct visit *v, struct reply *rp)
{
	const struct form_plan_step *f = v->form.value;
	const struct step_details details = {.document = f->document,
	    .document_number = f->document_number,
	    .document_on = f->document_on,
	    .reason = f->reason};
	enum plan_step step;
	enum rc rc;

	if (!plan_step_parse(f->step, &step))
		return RC_NOT_FOUND;
	rc = plan_take_step(&v->scope, v->at.plan, f->version, step, &details);
	if (rc != RC_OK)
		return rc;
	return reply_done(v, rp, link_plan(v->at.plan),
	    plan_states[plan_steps[step].to].meaning);
}

/* «С приказом ознакомлен»: whoever is signed in, once an edition. */
enum rc
do_plan_acquaint(struct visit *v, struct reply *rp)
{
	enum rc rc = plan_acquaint(&v->scope, v->at.plan);

	if (rc != RC_OK)
		return rc;
	return reply_done(v, rp, link_plan(v->at.plan),
	    N_("Записано, что вы ознакомились с этой редакцией."));
}
