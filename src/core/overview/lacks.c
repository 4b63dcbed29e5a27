/* lacks.c - what do schools lack, and is there a measure for it? */
#include "core/overview/lacks.h"

#include "base/vec.h"
#include "core/access/access.h"

struct looking {
	struct scope *sc;
	const struct overview *o;
	const struct q_answering_measure *measures;
	size_t n_measures;
	struct q_result *results; /* of one school, written anew for each */
	VEC(struct lack) found;
	struct lacks counts;
};

static bool
takes_part(
    struct arena *mem, const struct q_answering_measure *m, school_id school)
{
	struct str named = m->picked.n > 0 ? m->picked : m->schools;

	if (m->school.v != 0)
		return m->school.v == school.v;
	return named.n == 0 ||
	       str_has_word(named, arena_fmt(mem, "%lld", (long long)school.v));
}

static const struct q_answering_measure *
answer_to(const struct looking *l, school_id school, struct str deficit)
{
	for (size_t i = 0; i < l->n_measures; i++) {
		if (str_has_word(l->measures[i].answers, deficit) &&
		    takes_part(l->sc->mem, &l->measures[i], school))
			return &l->measures[i];
	}
	return NULL;
}

static size_t
results_of(const struct looking *l, size_t school)
{
	const struct overview *o = l->o;
	size_t n = 0;

	for (size_t p = 0; p < o->n_procedures; p++) {
		const struct overview_count *c = overview_at(o, school, p, 0);

		if (c->participants >= 0)
			l->results[n++] =
			    (struct q_result){.year = o->results_year,
				.procedure = o->words->procedures[p].code,
				.participants = c->participants,
				.failed = c->failed};
	}
	return n;
}

static void
look_at(struct looking *l, size_t school, const struct q_observation *answers,
    size_t n_answers)
{
	const struct overview_school *s = &l->o->schools[school];
	bool is_listed = s->has_verdict && s->status == METHOD_LISTED;
	bool is_asked = is_listed || !l->o->list.is_there;
	size_t n, without = 0;
	struct deficit *all;

	deficits_of(l->sc->mem, l->o->words, l->results, results_of(l, school),
	    answers, n_answers, l->o->year, &all, &n);
	for (size_t i = 0; i < n; i++) {
		const struct q_answering_measure *m =
		    answer_to(l, s->row.id, all[i].code);

		*vec_push(l->sc->mem, &l->found) =
		    (struct lack){s, is_listed, all[i], m};
		without += m == NULL;
	}
	if (!is_asked)
		return;
	l->counts.asked += n;
	l->counts.without += without;
	l->counts.schools_without += without > 0;
}

static enum rc
read_measures(struct looking *l)
{
	const struct scope *sc = l->sc;
	struct moment now = {sc->now.second + 1};
	struct q_answering_measure *all;
	enum rc rc;

	if (may(&sc->actor, PERM_PLANS_READ) != RC_OK)
		return RC_OK;
	rc = q_answering_measure(sc->db, sc->mem, &sc->actor,
	    sc->actor.municipality, syear_from(l->o->year),
	    syear_to(l->o->year), l->o->is_past ? l->o->until : now, &all,
	    &l->n_measures);
	l->measures = all;
	return rc;
}

enum rc
lacks_read(struct scope *sc, const struct overview *o, struct lacks *ret)
{
	struct looking l = {.sc = sc, .o = o};
	struct q_observation *answers;
	size_t n;
	enum rc rc = may(&sc->actor, PERM_RESULTS_READ);

	if (rc != RC_OK)
		return rc;
	rc = q_observation_of_year(sc->db, sc->mem, &sc->actor,
	    sc->actor.municipality, o->year, &answers, &n);
	if (rc == RC_OK)
		rc = read_measures(&l);
	if (rc != RC_OK)
		return rc;
	l.results = arena_new(sc->mem, struct q_result, o->n_procedures + 1);
	for (size_t i = 0; i < o->n; i++) {
		size_t first = 0, own;

		while (first < n &&
		       answers[first].school.v != o->schools[i].row.id.v)
			first++;
		own = first;
		while (
		    own < n && answers[own].school.v == o->schools[i].row.id.v)
			own++;
		if (o->schools[i].is_open)
			look_at(&l, i, answers + first, own - first);
	}
	*ret = l.counts;
	ret->all = l.found.p;
	ret->n = l.found.n;
	return RC_OK;
}
