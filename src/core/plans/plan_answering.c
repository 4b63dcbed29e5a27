/* plan_answering.c - rows of a school's road map take deficits on. */
#include "core/access/audit.h"
#include "core/plans/deficits.h"
#include "core/plans/plan_deficits.h"
#include "core/plans/plan_own.h"

struct answering {
	struct scope *sc;
	struct plan plan;
	struct buf said; /* for the journal */
};

static enum rc
refuse(struct answering *a, const char *sentence, struct str code)
{
	diag_error(a->sc->diag, (struct place){.column = code}, "%s", sentence);
	return RC_INVALID;
}

/* A row that is there says one deficit more. */
static enum rc
take_on(struct answering *a, const struct deficit_choice *c)
{
	struct scope *sc = a->sc;
	struct q_measure m;
	enum rc rc = q_measure_by_id(
	    sc->db, sc->mem, &sc->actor, sc->actor.municipality, c->row, &m);

	if (rc == RC_NOT_FOUND ||
	    (rc == RC_OK && (m.plan.v != a->plan.head.id.v || m.is_dropped)))
		return refuse(
		    a, N_("Такой строки в дорожной карте нет."), c->code);
	if (rc != RC_OK || str_has_word(m.answers, c->code))
		return rc;
	m.answers = arena_fmt(sc->mem, "%.*s%s%.*s", STR_ARG(m.answers),
	    m.answers.n ? " " : "", STR_ARG(c->code));
	buf_fmt(&a->said, "%s%.*s – строка «%.*s»", a->said.n ? "; " : "",
	    STR_ARG(deficit_titles(sc->mem, c->code)), STR_ARG(m.title));
	return measure_rewrite(sc, PERM_PLANS_EDIT, m.version, &m);
}

/* Where a new row goes: last in the last section of measures. */
static const struct plan_part *
last_part(const struct plan *p)
{
	const struct plan_part *last = NULL;

	for (size_t i = 0; i < p->n_parts; i++)
		if (str_eq(p->parts[i].s.kind, S("measures")))
			last = &p->parts[i];
	return last;
}

static enum rc
begin_row(struct answering *a, const struct deficit_choice *c)
{
	struct scope *sc = a->sc;
	struct catalogue_measure known[CATALOGUE_MOST];
	size_t n = measure_catalogue(c->code, known);
	const struct plan_part *part = last_part(&a->plan);
	struct q_school school;
	measure_id id;
	enum rc rc;

	if (!part || !c->catalogue || c->catalogue > n)
		return refuse(a, N_("Такой меры в каталоге нет."), c->code);
	rc = q_school_by_id(sc->db, sc->mem, &sc->actor, sc->actor.municipality,
	    a->plan.head.school, &school);
	if (rc != RC_OK)
		return rc;
	const struct catalogue_measure *k = &known[c->catalogue - 1];
	const struct q_measure m = {.plan = a->plan.head.id,
	    .title = k->school_part.n ? k->school_part : k->title,
	    .deadline = k->deadline,
	    .responsible = school.name,
	    .result = k->result,
	    .evidence = k->evidence,
	    .answers = c->code};
	buf_fmt(&a->said, "%s%.*s – новая строка «%.*s»", a->said.n ? "; " : "",
	    STR_ARG(deficit_titles(sc->mem, c->code)), STR_ARG(m.title));
	return measure_put_in(sc, PERM_PLANS_EDIT, part->s.id,
	    part->n ? part->rows[part->n - 1].m.id : (measure_id){0}, &m, &id);
}

enum rc
plan_answer_deficits(struct scope *sc, plan_id plan, int64_t version,
    run_id run, const struct deficit_choice *all, size_t n)
{
	struct answering a = {.sc = sc, .said = buf_open(sc->mem, 0)};
	struct deficit known;
	autotx tx = {0};
	enum rc rc = tx_begin(sc->db, &tx);

	if (rc == RC_OK)
		rc = plan_may_edit(sc, PERM_PLANS_EDIT, plan);
	if (rc == RC_OK)
		rc = plan_load(sc, plan, &a.plan);
	if (rc == RC_OK && !a.plan.head.school.v)
		rc = RC_NOT_FOUND;
	if (rc == RC_OK)
		rc = plan_check_version(sc, &a.plan.head, version);
	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		if (!deficit_find(all[i].code, &known))
			rc =
			    refuse(&a, N_("Такого дефицита нет."), all[i].code);
		else
			rc = all[i].row.v ? take_on(&a, &all[i]) :
					    begin_row(&a, &all[i]);
	}
	if (rc != RC_OK || !a.said.n)
		return rc;
	rc = audit_write(sc, &(struct audit_entry){.action = S("plan.deficits"),
				 .object = S("plan"),
				 .object_id = plan.v,
				 .object_name = a.plan.head.title,
				 .becomes = buf_str(&a.said),
				 .note = arena_fmt(sc->mem, "по перечню № %lld",
				     (long long)run.v)});
	return rc == RC_OK ? tx_commit(&tx) : rc;
}
