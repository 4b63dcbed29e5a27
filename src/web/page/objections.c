/* objections.c - what schools say against a list: all of it, one, its answer. */
#include "web/page/objections.h"

#include "base/vec.h"
#include "core/registry/catalogue.h"
#include "objections.view.h"
#include "store/q_results.h"
#include "web/page/pages.h"

static const struct {
	const char *code, *kind, *icon;
} states[] = {
    {"open", "warn", "wait"},
    {"accepted", "good", "yes"},
    {"declined", "bad", "x"},
    {"withdrawn", "none", "back"},
};

const char *
objection_kind(struct str state)
{
	for (size_t i = 0; i < COUNT_OF(states); i++) {
		if (str_eq(state, str_of(states[i].code)))
			return states[i].kind;
	}
	return "none";
}

const char *
objection_icon(struct str state)
{
	for (size_t i = 0; i < COUNT_OF(states); i++) {
		if (str_eq(state, str_of(states[i].code)))
			return states[i].icon;
	}
	return "none";
}

static struct objection_line
line_of(struct visit *v, const struct vocabulary *words,
    const struct q_run *runs, size_t n_runs, const struct q_objection *o)
{
	struct objection_line l = {
	    .o = *o,
	    .about =
		objection_about_text(v->scope.mem, words, o->about, o->year),
	};

	for (size_t i = 0; i < n_runs; i++) {
		if (runs[i].id.v == o->run.v)
			l.list = run_title(v, &runs[i]);
	}
	return l;
}

/* ---- the list of them ---- */

enum { ALL, OPEN, ACCEPTED, DECLINED, WITHDRAWN };

static const struct filter_choice choices[] = {
    [ALL] = {"", N_("Все")},
    [OPEN] = {"open", N_("Ждут ответа")},
    [ACCEPTED] = {"accepted", N_("Приняты")},
    [DECLINED] = {"declined", N_("Отклонены")},
    [WITHDRAWN] = {"withdrawn", N_("Отозваны")},
};

static uint32_t
belongs(const struct q_objection *o)
{
	uint32_t bits = 0;

	for (uint32_t i = OPEN; i < COUNT_OF(choices); i++)
		bits |= (uint32_t)str_eq(o->state, str_of(choices[i].code))
			<< i;
	return bits;
}

static const struct table_column columns[] = {
    {"id", S_INIT("№"), TABLE_INT, 0, 0, {0}, {0}},
    {"school", S_INIT("Школа"), TABLE_TEXT, 0, 36, {0}, {0}},
    {"list", S_INIT("Перечень"), TABLE_TEXT, 0, 34, {0}, {0}},
    {"about", S_INIT("Что оспорено"), TABLE_TEXT, 0, 34, {0}, {0}},
    {"claimed", S_INIT("Как должно быть"), TABLE_TEXT, 0, 24, {0}, {0}},
    {"text", S_INIT("Возражение"), TABLE_TEXT, 0, 60, {0}, {0}},
    {"state", S_INIT("Состояние"), TABLE_TEXT, 0, 16, {0}, {0}},
    {"answer", S_INIT("Ответ"), TABLE_TEXT, 0, 60, {0}, {0}},
    {"load", S_INIT("Исправлено загрузкой"), TABLE_INT, 0, 0, {0}, {0}},
};

const struct list_table objections_list = LIST_OF(columns);

static enum rc
objections_table(
    struct visit *v, struct reply *rp, const struct view_objections *s)
{
	const struct table_about about = {.title = S("Возражения"),
	    .made_on = v->scope.actor.today,
	    .columns = columns,
	    .n = COUNT_OF(columns)};
	struct table_out *t = table_begin(v, rp, &about, "objections");

	for (size_t i = 0; i < s->n; i++) {
		const struct q_objection *o = &s->lines[i].o;

		table_out_row(
		    t, (struct table_cell[]){table_int(o->id.v),
			   table_text(o->school_name),
			   table_text(s->lines[i].list),
			   table_text(s->lines[i].about),
			   table_text(o->claimed), table_text(o->text),
			   table_text(str_of(objection_state_title(o->state))),
			   table_text(o->answer),
			   o->load.v ? table_int(o->load.v) : table_none()});
	}
	return table_out_close(t);
}

static enum rc
read_objections(struct visit *v, struct view_objections *s)
{
	const struct scope *sc = &v->scope;
	municipality_id m = sc->actor.municipality;
	VEC(struct objection_line) kept = {0};
	struct q_objection *all;
	struct q_run *runs;
	size_t n_runs;
	enum rc rc = q_run_list(sc->db, sc->mem, m, &runs, &n_runs);

	if (rc == RC_OK)
		rc = s->run.id.v ?
			 q_objection_of_run(sc->db, sc->mem, &sc->actor, m,
			     s->run.id, &all, &s->n_all) :
			 q_objection_list(
			     sc->db, sc->mem, &sc->actor, m, &all, &s->n_all);
	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < s->n_all; i++) {
		filter_count(&s->filter, belongs(&all[i]));
		if (filter_lets(&s->filter, belongs(&all[i])))
			*vec_push(sc->mem, &kept) =
			    line_of(v, v->words, runs, n_runs, &all[i]);
	}
	s->lines = kept.p;
	s->n = kept.n;
	return RC_OK;
}

/* The one list, when the address names it. */
static enum rc
read_run(struct visit *v, struct view_objections *s)
{
	struct list_way way;
	enum rc rc = run_read(v, &s->run);

	if (rc == RC_OK)
		rc = list_way_read(&v->scope, &s->run, &way);
	if (rc == RC_OK)
		rc = run_tabs_fill(v, &s->run, TAB_OBJECTIONS, &s->tabs);
	if (rc == RC_OK)
		s->term = way.term;
	return rc;
}

enum rc
page_objections(struct visit *v, struct reply *rp)
{
	struct view_objections s = {
	    .files = list_files(v),
	    .filter = filter_open(v, "show", choices, COUNT_OF(choices)),
	    .term = DATE_NONE,
	    .zone = (int32_t)v->place.zone_minutes,
	};
	enum rc rc = v->at.run.v ? read_run(v, &s) : RC_OK;

	if (rc == RC_OK)
		rc = read_objections(v, &s);
	if (rc != RC_OK)
		return rc;
	if (v->format != AS_PAGE)
		return objections_table(v, rp, &s);
	s.shell = s.run.id.v ? run_shell(v, &s.run, S(N_("Возражения"))) :
			       shell_open(v, SECTION_objections,
				   S(N_("Возражения школ")));
	view_objections(&rp->body, &s);
	return RC_OK;
}

/* ---- one of them ---- */

/* What stands in the database now for the disputed number. */
static enum rc
read_now(struct visit *v, struct view_objection *s)
{
	const struct scope *sc = &v->scope;
	municipality_id m = sc->actor.municipality;
	const struct q_objection *o = &s->line.o;
	struct q_observation *all;
	struct q_result r;
	size_t n;
	enum rc rc;

	if (o->about.n == 0)
		return RC_OK;
	if (vocabulary_procedure_find(v->words, o->about) >= 0) {
		rc = q_result_current(
		    sc->db, sc->mem, m, o->year, o->school, o->about, &r);
		if (rc != RC_OK)
			return rc == RC_NOT_FOUND ? RC_OK : rc;
		s->now = arena_fmt(sc->mem, "не справились %lld из %lld",
		    (long long)r.failed, (long long)r.participants);
		s->now_load = link_load(r.load);
		return RC_OK;
	}
	rc = q_observation_of_school(
	    sc->db, sc->mem, &sc->actor, m, o->school, &all, &n);
	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		if (!str_eq(all[i].element, o->about))
			continue;
		s->now = all[i].as_written;
		s->now_load = link_load(all[i].load);
	}
	return rc;
}

/* Loads that brought the disputed number, the newest first. */
static enum rc
read_loads(struct visit *v, struct view_objection *s)
{
	const struct q_objection *o = &s->line.o;
	VEC(struct mending_load) loads = {0};
	struct q_load_of_school *all;
	size_t n;
	enum rc rc = q_load_of_school(v->scope.db, v->scope.mem,
	    v->scope.actor.municipality, o->school, &all, &n);

	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		if (o->about.n > 0 &&
		    (!str_eq(all[i].about, o->about) ||
			(o->year.first && o->year.first != all[i].year.first)))
			continue;
		if (loads.n > 0 && loads.p[loads.n - 1].id.v == all[i].load.v)
			continue;
		*vec_push(v->scope.mem, &loads) =
		    (struct mending_load){all[i].load,
			arena_fmt(v->scope.mem, "№ %lld: %.*s, %.*s",
			    (long long)all[i].load.v, STR_ARG(all[i].file_name),
			    STR_ARG(date_ru(v->scope.mem,
				moment_date(all[i].at, s->zone))))};
	}
	s->loads = loads.p;
	s->n_loads = loads.n;
	return rc;
}

static enum rc
read_objection(struct visit *v, struct view_objection *s)
{
	struct q_objection o;
	struct q_run run;
	enum rc rc = q_objection_by_id(v->scope.db, v->scope.mem,
	    &v->scope.actor, v->scope.actor.municipality, v->at.objection, &o);

	if (rc == RC_OK)
		rc = q_run_by_id(v->scope.db, v->scope.mem,
		    v->scope.actor.municipality, o.run, &run);
	if (rc != RC_OK)
		return rc;
	s->line = line_of(v, v->words, &run, 1, &o);
	s->is_open = str_eq(o.state, S("open"));
	s->may_answer =
	    s->is_open && may(&v->scope.actor, PERM_LISTS_MAKE) == RC_OK;
	s->may_withdraw = s->is_open && may_for(&v->scope, PERM_LISTS_OBJECT,
					    o.school) == RC_OK;
	rc = read_now(v, s);
	if (rc == RC_OK && s->may_answer)
		rc = read_loads(v, s);
	return rc;
}

enum rc
page_objection(struct visit *v, struct reply *rp)
{
	struct view_objection s = {
	    .form = v->form.number == FORM_objection_answer ?
			v->form :
			form_open(v->scope.mem, FORM_objection_answer),
	    .may_see_loads = may(&v->scope.actor, PERM_LOADS_READ) == RC_OK,
	    .zone = (int32_t)v->place.zone_minutes,
	};
	enum rc rc = read_objection(v, &s);

	if (rc != RC_OK)
		return rc;
	if (v->form.number == FORM_version)
		s.form.fault = v->form.fault;
	s.shell = shell_open(v, SECTION_objections,
	    arena_fmt(
		v->scope.mem, "Возражение № %lld", (long long)s.line.o.id.v));
	shell_crumb(&s.shell, S(N_("Возражения школ")), link_objections());
	view_objection(&rp->body, &s);
	return RC_OK;
}

/* Somebody was first: the page shows what they did and keeps what was typed. */
static enum rc
as_conflict(struct reply *rp, enum rc rc)
{
	if (rc != RC_CONFLICT)
		return rc;
	rp->status = 409;
	return RC_INVALID;
}

enum rc
do_objection_answer(struct visit *v, struct reply *rp)
{
	const struct form_objection_answer *f = v->form.value;
	const struct objection_answer answer = {
	    .is_accepted = str_eq(f->verdict, S("accepted")),
	    .text = f->answer,
	    .load = {f->load == NUMBER_NONE ? 0 : f->load}};
	enum rc rc;

	if (!answer.is_accepted && !str_eq(f->verdict, S("declined"))) {
		form_refuse(&v->form, IN_objection_answer_verdict,
		    S(N_("Выберите: принять или отклонить.")));
		return RC_INVALID;
	}
	rc = objection_decide(&v->scope, v->at.objection, f->version, &answer);
	if (rc != RC_OK)
		return as_conflict(rp, rc);
	return reply_done(v, rp, link_objection(v->at.objection),
	    answer.is_accepted ?
		N_("Возражение принято, школа видит ответ.") :
		N_("Возражение отклонено, школа видит ответ."));
}

enum rc
do_objection_withdraw(struct visit *v, struct reply *rp)
{
	const struct form_version *f = v->form.value;
	enum rc rc = objection_withdraw(&v->scope, v->at.objection, f->version);

	if (rc != RC_OK)
		return as_conflict(rp, rc);
	return reply_done(
	    v, rp, link_objection(v->at.objection), N_("Возражение отозвано."));
}

/* ---- on the card of a decision ---- */

/* "oge-math/2025" or "internet". */
static void
parse_about(struct str said, struct objection_new *o)
{
	ptrdiff_t slash = str_find_char(said, '/');
	int64_t year;

	o->about = slash < 0 ? said : str_cut(said, 0, (size_t)slash);
	if (slash >= 0 && str_to_int(str_from(said, (size_t)slash + 1), &year))
		o->year.first = (int32_t)year;
}

enum rc
do_objection(struct visit *v, struct reply *rp)
{
	const struct form_objection *f = v->form.value;
	struct objection_new o = {.run = v->at.run,
	    .school = v->at.school,
	    .claimed = f->claimed,
	    .text = f->text};
	struct vocabulary words;
	objection_id made;
	enum rc rc = catalogue_read(&v->scope, &words);

	parse_about(f->about, &o);
	if (rc == RC_OK)
		rc = objection_file(&v->scope, &words, &o, &made);
	if (rc != RC_OK)
		return rc;
	return reply_done(v, rp, link_objection(made),
	    N_("Возражение подано. Ответ появится на этой странице."));
}

static struct str
why_not(struct visit *v, const struct list_way *way)
{
	if (way->state == LIST_OBJECTIONS &&
	    date_before(way->term, v->scope.actor.today))
		return arena_fmt(v->scope.mem,
		    "Возражения принимались по %.*s. Если числа неверны, "
		    "сообщите координатору: срок может быть продлён.",
		    STR_ARG(date_ru(v->scope.mem, way->term)));
	if (way->state == LIST_OBJECTIONS)
		return S("");
	if (way->state == LIST_DRAFT || way->state == LIST_DROPPED)
		return S(N_("Возражения по этому перечню не принимаются."));
	if (date_is_none(way->term))
		return S(N_("Перечень утверждён, возражения больше не "
			    "принимаются."));
	return arena_fmt(v->scope.mem,
	    "Возражения принимались по %.*s; перечень уже утверждён.",
	    STR_ARG(date_ru(v->scope.mem, way->term)));
}

static enum rc
read_filed(struct visit *v, const struct q_run *run, struct objection_box *box)
{
	VEC(struct objection_line) filed = {0};
	struct q_objection *all;
	size_t n;
	enum rc rc =
	    q_objection_of_school(v->scope.db, v->scope.mem, &v->scope.actor,
		v->scope.actor.municipality, box->school, &all, &n);

	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		if (all[i].run.v == run->id.v)
			*vec_push(v->scope.mem, &filed) =
			    line_of(v, v->words, run, 1, &all[i]);
	}
	box->filed = filed.p;
	box->n_filed = filed.n;
	return rc;
}

enum rc
objection_box_fill(struct visit *v, const struct q_run *run,
    const struct disputed *disputed, size_t n, struct objection_box *ret)
{
	struct objection_box box = {
	    .run = run->id,
	    .school = v->at.school,
	    .form = v->form.number == FORM_objection ?
			v->form :
			form_open(v->scope.mem, FORM_objection),
	    .choices = disputed,
	    .n_choices = n,
	    .zone = (int32_t)v->place.zone_minutes,
	};
	struct list_way way;
	enum rc rc = list_way_read(&v->scope, run, &way);

	if (rc == RC_OK)
		rc = read_filed(v, run, &box);
	if (rc != RC_OK)
		return rc;
	box.term = way.term;
	box.may_file =
	    may_for(&v->scope, PERM_LISTS_OBJECT, box.school) == RC_OK;
	if (box.may_file)
		box.why_not = why_not(v, &way);
	box.is_shown = box.may_file || box.n_filed > 0;
	*ret = box;
	return RC_OK;
}
