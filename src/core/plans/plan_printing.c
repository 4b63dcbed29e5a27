/* plan_printing.c - what stands on a printed plan besides its own words? */
#include "core/plans/plan_printing.h"

#include "core/plans/control.h"
#include "core/plans/occurrence.h"
#include "store/q_plan_pages.h"
#include "store/q_registry.h"

/* "Глебов А. Р." under an order is "А. Р. Глебов". */
static struct str
signature_name(struct arena *mem, struct str name)
{
	ptrdiff_t space = str_find_char(name, ' ');
	struct str initials;

	if (space < 0)
		return name;
	initials = str_trim(str_from(name, (size_t)space));
	if (str_find_char(initials, '.') < 0)
		return name;
	return arena_fmt(mem, "%.*s %.*s", STR_ARG(initials),
	    STR_ARG(str_cut(name, 0, (size_t)space)));
}

/* ---- how the rows stand ---- */

struct standing {
	size_t done, of, late, n;
	struct date done_on;
};

static void
count_task(struct standing *s, const struct task *t)
{
	s->n++;
	if (t->state == TASK_NOT_NEEDED)
		return;
	s->of++;
	s->late += t->state == TASK_OVERDUE || t->state == TASK_RETURNED_LATE;
	if (t->state == TASK_DONE || t->state == TASK_DONE_LATE) {
		s->done++;
		s->done_on = t->row.done_on;
	}
}

/* "исполнено 14.10.2026", "7 из 9, есть просроченные" */
static struct str
standing_text(struct arena *mem, const struct standing *s)
{
	if (s->of == 1 && s->done == 1 && s->n == 1)
		return arena_fmt(
		    mem, "исполнено %.*s", STR_ARG(date_ru(mem, s->done_on)));
	return arena_fmt(mem, "%zu из %zu%s", s->done, s->of,
	    s->late ? ", есть просроченные" : "");
}

static void
put_mark(struct plan_printing *pr, struct plan_mark_text *marks,
    measure_id measure, const struct standing *s, struct str text)
{
	marks[pr->how.n_marks++] = (struct plan_mark_text){
	    measure, (uint32_t)s->done, (uint32_t)s->of, text};
}

static enum rc
put_marks(
    struct scope *sc, const struct vocabulary *words, struct plan_printing *pr)
{
	const struct task_filter f = {
	    .plan = pr->plan.head.id, .from = DATE_NONE, .to = DATE_NONE};
	struct control_point *points;
	struct task *tasks;
	size_t n_points, n_tasks, rows = 0;
	enum rc rc;

	if (!pr->plan.head.edition)
		return RC_OK;
	rc = task_list(sc, &f, sc->actor.today, &tasks, &n_tasks);
	if (rc == RC_OK)
		rc = control_points(
		    sc, &pr->plan, words, sc->actor.today, &points, &n_points);
	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < pr->plan.n_parts; i++)
		rows += pr->plan.parts[i].n;
	struct plan_mark_text *marks =
	    arena_new(sc->mem, struct plan_mark_text, rows + n_points + 1);
	/* A control point says whether it is reached, not who has marked it. */
	for (size_t i = 0; i < n_points; i++)
		put_mark(pr, marks, points[i].row->m.id, &(struct standing){0},
		    control_text(sc->mem, &points[i]));
	for (size_t i = 0; i < pr->plan.n_parts; i++)
		for (size_t k = 0; k < pr->plan.parts[i].n; k++) {
			measure_id id = pr->plan.parts[i].rows[k].m.id;
			struct standing s = {0};

			for (size_t t = 0; t < n_tasks; t++)
				if (tasks[t].row.measure.v == id.v)
					count_task(&s, &tasks[t]);
			if (s.of &&
			    !str_eq(pr->plan.parts[i].s.kind, S("points")))
				put_mark(pr, marks, id, &s,
				    standing_text(sc->mem, &s));
		}
	pr->how.marks = marks;
	return RC_OK;
}

/* ---- the order ---- */

static enum rc
put_acquainted(struct scope *sc, struct plan_printing *pr)
{
	struct q_acquaintance *all;
	size_t n;
	enum rc rc =
	    q_acquaintance_list(sc->db, sc->mem, sc->actor.municipality,
		pr->plan.head.id, pr->plan.head.edition, &all, &n);

	if (rc != RC_OK)
		return rc;
	struct plan_acquainted *to =
	    arena_new(sc->mem, struct plan_acquainted, n + 1);
	for (size_t i = 0; i < n; i++)
		to[i] = (struct plan_acquainted){.name = all[i].name,
		    .post = all[i].post,
		    .organisation = all[i].school_name,
		    .on = all[i].on_date,
		    .is_on_paper = all[i].is_on_paper};
	pr->how.acquainted = to;
	pr->how.n_acquainted = n;
	pr->how.parts |= n ? PRINT_SHEET : 0;
	return RC_OK;
}

/* The last edition's order, and who signs. */
static enum rc
put_order(struct scope *sc, struct plan_printing *pr)
{
	struct q_plan_edition *editions;
	struct q_signer signer;
	size_t n;
	enum rc rc = q_plan_edition_list(sc->db, sc->mem,
	    sc->actor.municipality, pr->plan.head.id, &editions, &n);

	if (rc != RC_OK)
		return rc;
	if (n) {
		pr->how.document = editions[n - 1].document;
		pr->how.document_number = editions[n - 1].document_number;
		pr->how.document_on = editions[n - 1].document_on;
	}
	rc = q_signer(
	    sc->db, sc->mem, sc->actor.municipality, sc->actor.today, &signer);
	if (rc == RC_OK) {
		pr->how.signer_post = signer.post;
		pr->how.signer_name = signature_name(sc->mem, signer.name);
	}
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static enum rc
put_school(struct scope *sc, struct plan_printing *pr)
{
	struct q_school school;
	enum rc rc;

	if (!pr->plan.head.school.v)
		return RC_OK;
	rc = q_school_by_id(sc->db, sc->mem, &sc->actor, sc->actor.municipality,
	    pr->plan.head.school, &school);
	if (rc != RC_OK)
		return rc;
	pr->how.school = school.name;
	pr->how.signer_name = signature_name(sc->mem, school.head);
	pr->how.parts = PRINT_APPENDIX | PRINT_PEOPLE;
	return RC_OK;
}

enum rc
plan_printing_read(struct scope *sc, plan_id id, const struct vocabulary *words,
    bool appendix_only, struct plan_printing *ret)
{
	struct q_municipality place;
	enum rc rc = plan_load(sc, id, &ret->plan);

	if (rc == RC_OK)
		rc = q_municipality_by_id(
		    sc->db, sc->mem, sc->actor.municipality, &place);
	if (rc != RC_OK)
		return rc;
	ret->how =
	    (struct plan_print){.parts = PRINT_APPENDIX | PRINT_PEOPLE |
					 (appendix_only ? 0 : PRINT_ORDER),
		.body = place.body,
		.document_on = DATE_NONE,
		.made_on = sc->actor.today};
	rc = put_marks(sc, words, ret);
	if (rc == RC_OK)
		rc = put_order(sc, ret);
	if (rc == RC_OK && ret->plan.head.edition && !appendix_only)
		rc = put_acquainted(sc, ret);
	return rc == RC_OK ? put_school(sc, ret) : rc;
}
