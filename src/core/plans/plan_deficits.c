/* plan_deficits.c - what does a list show this school to lack? */
#include "core/plans/plan_deficits.h"

#include "core/methods/inputs.h"
#include "core/methods/steps.h"
#include "core/results/profile.h"

static const struct plan_row *
answer_to(const struct plan *p, struct str code)
{
	for (size_t i = 0; i < p->n_parts; i++)
		for (size_t k = 0; k < p->parts[i].n; k++) {
			const struct plan_row *r = &p->parts[i].rows[k];

			if (!r->m.is_dropped &&
			    str_has_word(r->m.answers, code))
				return r;
		}
	return NULL;
}

/* The newest list with a verdict on the school that the actor may see. */
static enum rc
find_run(struct scope *sc, const struct plan *p, struct q_run *ret)
{
	struct syear last = syear_of(p->head.period_to);
	struct q_verdict_of_school *all;
	size_t n;
	enum rc rc = q_verdict_of_school(sc->db, sc->mem, &sc->actor,
	    sc->actor.municipality, p->head.school, &all, &n);

	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		enum list_state state;

		if (all[i].year.first <= last.first &&
		    list_state_parse(all[i].state, &state) &&
		    list_is_shown_to(&sc->actor, state))
			return q_run_by_id(sc->db, sc->mem,
			    sc->actor.municipality, all[i].run, ret);
	}
	return rc == RC_OK ? RC_NOT_FOUND : rc;
}

/* The frozen facts as the rows they once were. */
static void
deficits_of_facts(struct scope *sc, const struct inputs *in,
    const struct facts *f, struct deficit **ret, size_t *ret_n)
{
	const struct vocabulary *w = in->words;
	struct q_result *results =
	    arena_new(sc->mem, struct q_result, w->n_procedures + 1);
	struct q_observation *answers =
	    arena_new(sc->mem, struct q_observation, w->n_elements + 1);
	size_t n_results = 0, n_answers = 0;

	for (size_t p = 0; p < w->n_procedures; p++) {
		struct fact_count c = facts_count(f, p);
		if (c.participants >= 0)
			results[n_results++] =
			    (struct q_result){.year = syear_plus(in->year, -1),
				.procedure = w->procedures[p].code,
				.is_current = true,
				.participants = c.participants,
				.failed = c.failed};
	}
	for (size_t e = 0; e < w->n_elements; e++)
		if (f->elements[e].is_known)
			answers[n_answers++] =
			    (struct q_observation){.year = in->year,
				.element = w->elements[e].code,
				.num = {.is_known = true,
				    .v = f->elements[e].value.num},
				.den = {.is_known = true,
				    .v = f->elements[e].value.den}};
	deficits_of(sc->mem, w, results, n_results, answers, n_answers,
	    in->year, ret, ret_n);
}

static enum rc
read_run(struct scope *sc, const struct vocabulary *words, const struct plan *p,
    struct plan_deficits *ret)
{
	struct q_run_frozen frozen;
	struct inputs inputs;
	struct deficit *all = NULL;
	size_t n = 0;
	enum rc rc = q_run_frozen(
	    sc->db, sc->mem, sc->actor.municipality, ret->run.id, &frozen);

	if (rc == RC_OK)
		rc = inputs_parse(sc, words, frozen.inputs, &inputs);
	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < inputs.n; i++)
		if (inputs.schools[i].id.v == p->head.school.v)
			deficits_of_facts(
			    sc, &inputs, &inputs.schools[i].facts, &all, &n);
	ret->all = arena_new(sc->mem, struct shown_deficit, n + 1);
	for (size_t i = 0; i < n; i++)
		ret->all[i] = (struct shown_deficit){all[i].code, all[i].title,
		    all[i].shown_by, answer_to(p, all[i].code)};
	ret->n = n;
	return RC_OK;
}

enum rc
plan_deficits_read(struct scope *sc, const struct vocabulary *words,
    const struct plan *p, struct plan_deficits *ret)
{
	struct plan_deficits found = {0};
	enum rc rc = p->head.school.v ? RC_OK : RC_NOT_FOUND;

	if (rc != RC_OK)
		return rc;
	rc = find_run(sc, p, &found.run);
	if (rc == RC_OK)
		rc = read_run(sc, words, p, &found);
	else if (rc == RC_NOT_FOUND)
		rc = RC_OK;
	if (rc == RC_OK)
		*ret = found;
	return rc;
}
