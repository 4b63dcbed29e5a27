/* plan_maps.c - which schools have their own road map, and what do they answer
   to a new edition of the municipality's? */
#include "web/page/plan_maps.h"

#include "plan_maps.view.h"
#include "web/page/pages.h"

const char *
proposal_change_title(struct str change)
{
	return str_eq(change, S("added")) ? N_("новая строка") :
	       str_eq(change, S("dropped")) ? N_("строка снята округом") :
					      N_("строка изменена");
}

const char *
proposal_state_title(struct str state)
{
	return str_eq(state, S("taken"))    ? N_("принято") :
	       str_eq(state, S("declined")) ? N_("отклонено") :
					      N_("ждёт ответа");
}

/* ---- road maps of schools ---- */

static const struct table_column columns[] = {
    {"school", S_INIT("Школа"), TABLE_TEXT, 0, 34, {0}, {0}},
    {"plan", S_INIT("№ карты"), TABLE_INT, 0, 9, {0}, {0}},
    {"state", S_INIT("Ступень"), TABLE_TEXT, 0, 20, {0}, {0}},
    {"edition", S_INIT("Редакция"), TABLE_INT, 0, 9, {0}, {0}},
    {"measures", S_INIT("Строк"), TABLE_INT, 0, 8, {0}, {0}},
    {"own", S_INIT("Из них своих"), TABLE_INT, 0, 12, {0}, {0}},
    {"waiting", S_INIT("Предложения ждут"), TABLE_INT, 0, 12, {0}, {0}},
    {"taken", S_INIT("Принято"), TABLE_INT, 0, 9, {0}, {0}},
    {"declined", S_INIT("Отклонено"), TABLE_INT, 0, 10, {0}, {0}},
};

const struct list_table plan_maps_list = LIST_OF(columns);

static struct table_cell
count_cell(const struct map_view *m, int64_t n)
{
	return m->m.plan.v ? table_int(n) : table_none();
}

static enum rc
answer_table(struct visit *v, struct reply *rp, const struct view_plan_maps *s)
{
	const struct table_about about = {.title = S("Дорожные карты школ"),
	    .made_on = v->scope.actor.today,
	    .columns = columns,
	    .n = COUNT_OF(columns)};
	struct table_out *t = table_begin(v, rp, &about, "school-maps");

	for (size_t i = 0; i < s->n; i++) {
		const struct map_view *m = &s->maps[i];

		table_out_row(t,
		    (struct table_cell[]){table_text(m->m.name),
			count_cell(m, m->m.plan.v),
			m->m.plan.v ?
			    table_text(str_of(plan_states[m->state].title)) :
			    table_none(),
			count_cell(m, m->m.edition.v),
			count_cell(m, m->m.measures), count_cell(m, m->m.own),
			count_cell(m, m->m.waiting), count_cell(m, m->m.taken),
			count_cell(m, m->m.declined)});
	}
	return table_out_close(t);
}

static const char *
why_closed(const struct plan *p)
{
	if (str_eq(p->head.state, S("approved")))
		return NULL;
	return p->head.edition ?
		   N_("Готовится новая редакция плана: карты школ заводят по "
		      "утверждённой.") :
		   N_("План ещё не утверждён: карты школ заводят после "
		      "приказа.");
}

static enum rc
read_maps(struct visit *v, struct view_plan_maps *s)
{
	struct arena *mem = v->scope.mem;
	struct q_plan_map *all;
	enum rc rc = plan_load(&v->scope, v->at.plan, &s->plan);

	if (rc == RC_OK && !str_eq(s->plan.head.kind, S("municipal")))
		rc = RC_NOT_FOUND;
	if (rc == RC_OK)
		rc = q_plan_map_list(v->scope.db, mem, &v->scope.actor,
		    v->scope.actor.municipality, v->at.plan, &all, &s->n);
	if (rc != RC_OK)
		return rc;
	struct map_view *maps = arena_new(mem, struct map_view, s->n + 1);
	s->closed = why_closed(&s->plan);
	for (size_t i = 0; i < s->n; i++) {
		struct map_view *m = &maps[i];

		m->m = all[i];
		if (m->m.plan.v && !plan_state_parse(m->m.state, &m->state))
			return RC_FAILED;
		m->may_begin =
		    !m->m.plan.v && !s->closed &&
		    may_for(&v->scope, PERM_PLANS_EDIT, m->m.school) == RC_OK;
		s->begun += m->m.plan.v != 0;
		s->waiting += (size_t)m->m.waiting;
		s->declined += (size_t)m->m.declined;
	}
	s->maps = maps;
	return RC_OK;
}

enum rc
page_plan_maps(struct visit *v, struct reply *rp)
{
	struct view_plan_maps s = {.fault = v->form.fault};
	enum rc rc = read_maps(v, &s);

	if (rc != RC_OK)
		return rc;
	if (v->format != AS_PAGE)
		return answer_table(v, rp, &s);
	s.files = list_files(v);
	s.shell = shell_open(v, SECTION_plans, S(N_("Дорожные карты школ")));
	shell_crumb(&s.shell, S(N_("Дорожные карты")), link_plans());
	shell_crumb(&s.shell, s.plan.head.title, link_plan(v->at.plan));
	view_plan_maps(&rp->body, &s);
	return RC_OK;
}

enum rc
do_plan_map(struct visit *v, struct reply *rp)
{
	const struct form_plan_map *f = v->form.value;
	plan_id id;
	enum rc rc =
	    plan_for_school(&v->scope, v->at.plan, (school_id){f->school}, &id);

	if (rc != RC_OK)
		return rc;
	return reply_done(v, rp, link_plan(id),
	    N_("Дорожная карта школы заведена: строки округа в ней уже есть. "
	       "Допишите свои и отправьте на согласование."));
}

/* ---- proposals to one of them ---- */

enum rc
page_proposals(struct visit *v, struct reply *rp)
{
	struct view_proposals s = {
	    .form = v->form.number == FORM_decline ?
			v->form :
			form_open(v->scope.mem, FORM_decline),
	    .zone = (int32_t)v->place.zone_minutes};
	struct proposal *all;
	enum rc rc = plan_load(&v->scope, v->at.plan, &s.plan);

	if (rc == RC_OK)
		rc = proposal_list(&v->scope, v->at.plan, &all, &s.n);
	if (rc != RC_OK)
		return rc;
	s.all = all;
	if (v->rq->method == POST)
		s.refused.v = v->at.number;
	for (size_t i = 0; i < s.n; i++)
		s.n_open += str_eq(all[i].p.state, S("open"));
	s.may_answer =
	    may_for(&v->scope, PERM_PLANS_ANSWER, s.plan.head.school) == RC_OK;
	if (v->form.number != FORM_decline)
		s.form.fault = v->form.fault;
	s.shell = shell_open(v, SECTION_plans, S(N_("Предложения округа")));
	shell_crumb(&s.shell, S(N_("Дорожные карты")), link_plans());
	shell_crumb(&s.shell, s.plan.head.title, link_plan(v->at.plan));
	view_proposals(&rp->body, &s);
	return RC_OK;
}

enum rc
do_proposal_take(struct visit *v, struct reply *rp)
{
	const struct form_take *f = v->form.value;
	enum rc rc = proposal_take(
	    &v->scope, v->at.plan, (proposal_id){v->at.number}, f->version);

	if (rc != RC_OK)
		return rc;
	return reply_done(v, rp, link_plan_proposals(v->at.plan),
	    N_("Принято. Изменение войдёт в новую редакцию карты школы, когда "
	       "её утвердят."));
}

enum rc
do_proposals_take(struct visit *v, struct reply *rp)
{
	enum rc rc = proposal_take_all(&v->scope, v->at.plan);

	if (rc != RC_OK)
		return rc;
	return reply_done(v, rp, link_plan_proposals(v->at.plan),
	    N_("Приняты все предложения. Они войдут в новую редакцию карты "
	       "школы, когда её утвердят."));
}

enum rc
do_proposal_decline(struct visit *v, struct reply *rp)
{
	const struct form_decline *f = v->form.value;
	enum rc rc = proposal_decline(
	    &v->scope, v->at.plan, (proposal_id){v->at.number}, f->reason);

	if (rc != RC_OK)
		return rc;
	return reply_done(v, rp, link_plan_proposals(v->at.plan),
	    N_("Отклонено, округ увидит причину. Строка школы осталась "
	       "прежней."));
}
