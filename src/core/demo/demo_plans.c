/*
 * demo_plans.c - the road map of the demonstration's year, half carried out;
 * road maps of two schools; a draft the linter has something to say about.
 *
 * The rows stand in data/demo/roadmap.tsv.  Whatever day it is today, the plan
 * was approved in September and its marks end today.
 */
#include "base/tsv.h"
#include "core/access/access.h"
#include "core/demo/demo.h"
#include "core/plans/evidence_kinds.h"
#include "core/plans/goal.h"
#include "core/plans/marks.h"
#include "core/plans/plan_own.h"
#include "core/plans/plan_steps.h"

#define COORDINATOR "yartseva"
#define HEAD        "glebov"

enum {
	COL_KIND,
	COL_NUMBER,
	COL_TITLE,
	COL_SCHOOL,
	COL_DEADLINE,
	COL_WHO,
	COL_RESULT,
	COL_FORM,
	COL_GOAL,
	COL_ANSWERS
};

/* The actor's day moves with the story. */
struct story {
	struct demo *d;
	struct date today;
	int back; /* the plan of last year while September is young */
};

static struct date
on_day(const struct story *s, int month, int day)
{
	return demo_day(s->d, s->back, month, day);
}

/* ---- rows of the table ---------------------------------------------------------------- */

/* "level at_least 80/100" */
static void
take_goal(struct q_measure *m, struct str text)
{
	struct str kind, sense, number, num;
	int64_t n, of = 1;

	if (!str_split(&text, ' ', &kind) || !str_split(&text, ' ', &sense) ||
	    !str_split(&text, ' ', &number))
		return;
	m->goal = kind;
	m->goal_sense = sense;
	MUST(str_split(&number, '/', &num) && str_to_int(num, &n));
	MUST(!number.n || str_to_int(number, &of));
	m->goal_num = opt_int(n);
	m->goal_den = opt_int(of);
}

static struct q_measure
row_of(struct arena *mem, const struct tsv *t)
{
	struct measure_sense sense = measure_sense_of(mem, t->cells[COL_WHO],
	    t->cells[COL_SCHOOL], t->cells[COL_RESULT], t->cells[COL_FORM]);
	struct q_measure m = {.number = t->cells[COL_NUMBER],
	    .title = t->cells[COL_TITLE],
	    .school_part = t->cells[COL_SCHOOL],
	    .deadline = t->cells[COL_DEADLINE],
	    .responsible = t->cells[COL_WHO],
	    .result = t->cells[COL_RESULT],
	    .report_form = t->cells[COL_FORM],
	    .evidence = sense.evidence,
	    .answers = t->cells[COL_ANSWERS],
	    .participants = sense.participants,
	    .goal = S("text")};

	take_goal(&m, t->cells[COL_GOAL]);
	return m;
}

static const char *
section_kind(struct str kind)
{
	return str_eq(kind, S("points"))  ? "points" :
	       str_eq(kind, S("clauses")) ? "order" :
	       str_eq(kind, S("section")) ? "measures" :
					    NULL;
}

static enum rc
add_rows(struct story *s, plan_id plan, const char *table)
{
	struct scope *sc = s->d->sc;
	struct tsv t = tsv_open(demo_table(table));
	struct q_plan_section_add section = {0};
	struct directory directory;
	int64_t sections = 0, position = 0;
	enum rc rc = directory_read(sc, &directory);

	while (rc == RC_OK && tsv_next(&t)) {
		const char *kind = section_kind(t.cells[COL_KIND]);
		measure_id id;
		if (kind) {
			const struct q_plan_section_add_in add = {
			    .municipality = sc->actor.municipality,
			    .plan = plan,
			    .position = ++sections,
			    .kind = str_of(kind),
			    .number = S(""),
			    .title = t.cells[COL_TITLE]};
			rc =
			    q_plan_section_add(sc->db, sc->mem, &add, &section);
			position = 0;
			continue;
		}
		struct q_measure m = row_of(sc->mem, &t);
		m.plan = plan;
		m.section = section.id;
		m.position = ++position;
		rc = measure_insert(sc, &directory, &m, &id);
	}
	return rc;
}

static enum rc
make(struct story *s, const struct plan_new *p, const char *table, plan_id *ret)
{
	struct scope *sc = s->d->sc;
	autotx tx = {0};
	enum rc rc = tx_begin(sc->db, &tx);

	if (rc == RC_OK)
		rc = plan_insert(sc, p, S(""), S(""), (plan_id){0}, ret);
	if (rc == RC_OK)
		rc = add_rows(s, *ret, table);
	return rc == RC_OK ? tx_commit(&tx) : rc;
}

/* ---- its way -------------------------------------------------------------------------- */

static enum rc
take(struct story *s, const char *who, struct date day, plan_id id,
    enum plan_step step, struct str number)
{
	struct scope *sc = s->d->sc;
	const struct step_details details = {.document = S("приказ"),
	    .document_number = number,
	    .document_on = number.n ? day : DATE_NONE};
	struct q_plan plan;
	enum rc rc = demo_as(s->d, who, day);

	if (rc == RC_OK)
		rc = q_plan_by_id(sc->db, sc->mem, &sc->actor,
		    sc->actor.municipality, id, &plan);
	if (rc == RC_OK)
		rc = plan_take_step(sc, id, plan.version, step, &details);
	return rc;
}

static enum rc
approve(struct story *s, plan_id id, struct date sent, struct date day,
    const char *number)
{
	enum rc rc = take(s, COORDINATOR, sent, id, PLAN_STEP_SUBMIT, S(""));

	if (rc == RC_OK)
		rc = take(s, HEAD, day, id, PLAN_STEP_APPROVE, str_of(number));
	return rc;
}

/* The schools of the list; picked ones while no order names any. */
static enum rc
plan_schools(struct story *s, school_id **ret, size_t *ret_n)
{
	static const char *const codes[] = {"0101", "0107", "0108", "0111",
	    "0113", "0118", "0119", "0120", "0124"};
	struct scope *sc = s->d->sc;
	enum rc rc = group_on_day(sc, S("shnor"), on_day(s, 9, 6), ret, ret_n);

	if (rc != RC_OK || *ret_n >= 2)
		return rc;
	*ret = arena_new(sc->mem, school_id, COUNT_OF(codes));
	*ret_n = COUNT_OF(codes);
	for (size_t i = 0; rc == RC_OK && i < COUNT_OF(codes); i++)
		rc = demo_school(s->d, str_of(codes[i]), &(*ret)[i]);
	return rc;
}

static enum rc
municipal(struct story *s, plan_id *ret)
{
	struct scope *sc = s->d->sc;
	struct syear year = syear_plus(s->d->year, -s->back);
	const struct plan_new p = {.kind = S("municipal"),
	    .title = arena_fmt(sc->mem,
		"Дорожная карта адресной поддержки школ с низкими результатами "
		"на %.*s учебный год",
		STR_ARG(syear_ru(sc->mem, year))),
	    .period = {syear_from(year), syear_to(year)},
	    .group_on = DATE_NONE,
	    .columns = S("number title school_part deadline responsible "
			 "result report_form"),
	    .basis = S("Программа повышения качества образования округа"),
	    .control = S("начальник управления образования")};
	school_id *schools;
	size_t n;
	enum rc rc = demo_as(s->d, COORDINATOR, on_day(s, 9, 2));

	if (rc == RC_OK)
		rc = make(s, &p, "demo/roadmap.tsv", ret);
	if (rc == RC_OK)
		rc = plan_schools(s, &schools, &n);
	if (rc == RC_OK)
		rc = plan_set_schools(sc, *ret, 1, schools, n);
	return rc == RC_OK ?
		   approve(s, *ret, on_day(s, 9, 4), on_day(s, 9, 7), "214") :
		   rc;
}

/* ---- marks ---------------------------------------------------------------------------- */

static enum rc
prove(struct story *s, occurrence_id id, struct str code, struct date on,
    unsigned chance)
{
	struct scope *sc = s->d->sc;
	struct evidence_kind kind;
	struct evidence_new e = {.occurrence = id, .kind = code, .on = on};
	evidence_id made;

	if (!evidence_kind_find(code, &kind))
		return RC_FAILED;
	e.title = kind.title;
	if (evidence_kind_takes(&kind, S("register"))) {
		e.number = arena_fmt(sc->mem, "%u-о", 40 + chance);
	} else if (evidence_kind_takes(&kind, S("link"))) {
		e.address = S("https://school.sredneozersk.example/support");
	} else {
		e.file_name = arena_fmt(sc->mem, "%.*s.pdf", STR_ARG(code));
		e.content = S("%PDF-1.4\n% demo\n%%EOF\n");
	}
	return evidence_add(sc, &e, &made);
}

static struct str
fact_of(struct arena *mem, const struct q_task *t, unsigned chance)
{
	if (str_eq(t->goal, S("level")))
		return arena_fmt(mem, "%u %%", 78 + chance % 20);
	if (str_eq(t->goal, S("count")))
		return arena_fmt(mem, "%u", 18 + chance % 5);
	return S("");
}

/* Whoever heads the school makes its marks. */
static enum rc
as_school(struct story *s, school_id school, struct date day)
{
	struct scope *sc = s->d->sc;
	struct q_school whose;
	enum rc rc = demo_as(s->d, COORDINATOR, day);

	if (rc != RC_OK || !school.v)
		return rc;
	rc = q_school_by_id(sc->db, sc->mem, &sc->actor, sc->actor.municipality,
	    school, &whose);
	if (rc == RC_OK && whose.head.n) {
		sc->actor.name = whose.head;
		sc->actor.person = (person_id){0};
	}
	return rc;
}

static enum rc
mark(struct story *s, const struct q_task *t, struct date on, unsigned chance)
{
	struct scope *sc = s->d->sc;
	struct str codes = t->evidence, code;
	enum rc rc = as_school(s, t->school, on);

	while (rc == RC_OK && codes.n && str_split(&codes, ' ', &code))
		rc = prove(s, t->id, code, on, chance);
	if (rc != RC_OK)
		return rc;
	const struct mark_new done = {.occurrence = t->id,
	    .version = t->version,
	    .on = on,
	    .fact = fact_of(sc->mem, t, chance),
	    .text = S("")};
	return mark_done(sc, &done);
}

/* Curators look at marks some days later. */
static enum rc
second_word(
    struct story *s, const struct q_task *t, struct date on, bool returns)
{
	struct scope *sc = s->d->sc;
	struct date day = date_plus(on, 4);
	enum rc rc;

	if (date_before(s->today, day))
		return RC_OK;
	rc = demo_as(s->d, COORDINATOR, day);
	if (rc != RC_OK)
		return rc;
	if (returns)
		return mark_return(sc, t->id, t->version + 1,
		    S("В приложенном документе нет подписи директора."));
	return mark_confirm(sc, t->id, t->version + 1, S(""));
}

/* Most are done in time, some late, some not at all. */
static enum rc
live(struct story *s, const struct task *task)
{
	const struct q_task *t = &task->row;
	unsigned chance = (unsigned)(t->id.v * 7919 % 100);
	struct date due = t->due_on, on;
	enum rc rc;

	if (date_is_none(due) || t->is_outer || date_before(s->today, due) ||
	    chance >= 92)
		return RC_OK;
	on = date_plus(due, chance < 78 ? -(int32_t)(chance % 6) : 5);
	if (!date_is_none(t->opens_on) && date_before(on, t->opens_on))
		on = t->opens_on;
	if (date_before(on, on_day(s, 9, 8)))
		on = on_day(s, 9, 8);
	if (date_before(s->today, on))
		return RC_OK;
	rc = mark(s, t, on, chance);
	if (rc != RC_OK || (chance >= 70 && chance < 76))
		return rc; /* waits for the second word */
	return second_word(s, t, on, chance >= 88);
}

static enum rc
live_through(struct story *s, plan_id plan)
{
	struct scope *sc = s->d->sc;
	const struct task_filter filter = {
	    .plan = plan, .from = DATE_NONE, .to = DATE_NONE};
	struct task *all;
	size_t n;
	enum rc rc = task_list(sc, &filter, s->today, &all, &n);

	for (size_t i = 0; rc == RC_OK && i < n; i++)
		rc = live(s, &all[i]);
	return rc;
}

/* ---- schools and a draft ------------------------------------------------------------------ */

static enum rc
school_map(
    struct story *s, plan_id parent, school_id school, const char *number)
{
	plan_id id;
	enum rc rc = demo_as(s->d, COORDINATOR, on_day(s, 9, 8));

	if (rc == RC_OK)
		rc = plan_for_school(s->d->sc, parent, school, &id);
	if (rc == RC_OK)
		rc = approve(s, id, on_day(s, 9, 9), on_day(s, 9, 10), number);
	return rc == RC_OK ? live_through(s, id) : rc;
}

/* The two whose heads have accounts, so that they see their own. */
static enum rc
school_maps(struct story *s, plan_id parent)
{
	static const struct {
		const char *code, *number;
	} schools[] = {{"0118", "31-о"}, {"0120", "27-о"}};
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < COUNT_OF(schools); i++) {
		school_id school;
		rc = demo_school(s->d, str_of(schools[i].code), &school);
		if (rc == RC_OK)
			rc = school_map(s, parent, school, schools[i].number);
	}
	return rc;
}

/* Somebody works on it still; the linter has much to say. */
static enum rc
draft(struct story *s)
{
	struct scope *sc = s->d->sc;
	struct syear year = syear_plus(s->d->year, -s->back);
	const struct plan_new p = {.kind = S("municipal"),
	    .title = arena_fmt(sc->mem,
		"План подготовки к итоговой аттестации на %.*s учебный год",
		STR_ARG(syear_ru(sc->mem, year))),
	    .period = {syear_from(year), syear_to(year)},
	    .group_on = DATE_NONE,
	    .columns = S("number title deadline responsible result")};
	plan_id id;
	enum rc rc = demo_as(s->d, COORDINATOR, date_plus(s->today, -2));

	return rc == RC_OK ? make(s, &p, "demo/draft.tsv", &id) : rc;
}

enum rc
demo_plans(struct demo *d)
{
	struct actor was = d->sc->actor;
	struct story s = {.d = d, .today = was.today};
	plan_id id;

	d->sc->actor = actor_program(was.municipality, was.today);
	s.back = date_before(s.today, demo_day(d, 0, 9, 10));
	enum rc rc = municipal(&s, &id);
	if (rc == RC_OK)
		rc = live_through(&s, id);
	if (rc == RC_OK)
		rc = school_maps(&s, id);
	if (rc == RC_OK)
		rc = draft(&s);
	d->sc->actor = was;
	return rc;
}
