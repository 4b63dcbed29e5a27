/* profile.c - cohorts, corridors, intervals and deficits of one school. */
#include "core/results/profile.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/embedded.h"
#include "base/tsv.h"
#include "base/vec.h"
#include "core_data.h" /* written by tools/embed.py */
#include "store/q_registry.h"
#include "store/q_room.h"

/* ---- chance ---- */

static int64_t
root(int64_t n)
{
	int64_t r = 0;

	for (int bit = 30; bit >= 0; bit--) {
		int64_t with = r | (int64_t)1 << bit;
		if (with * with <= n)
			r = with;
	}
	return r;
}

/*
 * (x + z²/2 ± z √(x(n − x)/n + z²/4)) / (n + z²) with z = 1,96, in whole
 * numbers: z² is 38416 ten-thousandths.
 */
struct interval
share_interval(int64_t failed, int64_t participants)
{
	int64_t spread =
	    root(failed * (participants - failed) * 100000000 / participants +
		 96040000);
	int64_t whole = 10000 * participants + 38416;
	int64_t middle = (10000 * failed + 19208) * 1000 / whole;
	int64_t half = 1960 * spread / whole;
	int64_t low = middle - half, high = middle + half;

	return (struct interval){low < 0 ? 0 : low, high > 1000 ? 1000 : high};
}

/* ---- cohorts ---- */

static const struct q_result *
result_of(const struct q_result *all, size_t n, struct str procedure,
    struct syear year)
{
	for (size_t i = 0; i < n; i++) {
		if (all[i].is_current && all[i].year.first == year.first &&
		    str_eq(all[i].procedure, procedure))
			return &all[i];
	}
	return NULL;
}

static ptrdiff_t
work_of(const struct vocabulary *words, struct str subject, const char *level,
    int grade)
{
	for (size_t i = 0; i < words->n_procedures; i++) {
		const struct vocabulary_procedure *p = &words->procedures[i];

		if (str_eq(p->level, str_of(level)) && p->grade == grade &&
		    str_eq(p->subject, subject))
			return (ptrdiff_t)i;
	}
	return -1;
}

/* The grades a cohort goes through; the last one in the last year. */
static const struct {
	const char *level[COHORT_STEPS];
	int grade[COHORT_STEPS];
	size_t n;
} ways[] = {
    {{"vpr", "vpr", "vpr"}, {4, 5, 6}, 3},
    {{"vpr", "oge"}, {8, 9}, 2},
};

static bool
fill_cohort(const struct vocabulary *words, const struct q_result *results,
    size_t n, size_t way, struct syear last, struct cohort *c)
{
	int known = 0;

	c->n = ways[way].n;
	for (size_t i = 0; i < c->n; i++) {
		ptrdiff_t p = work_of(
		    words, c->subject, ways[way].level[i], ways[way].grade[i]);
		const struct q_result *r;

		if (p < 0)
			return false;
		c->steps[i] = (struct cohort_step){
		    .title = words->procedures[p].title_short,
		    .year = syear_plus(last, (int)i + 1 - (int)c->n)};
		r = result_of(
		    results, n, words->procedures[p].code, c->steps[i].year);
		if (r == NULL || r->participants == 0)
			continue;
		known++;
		c->steps[i].is_known = true;
		c->steps[i].failed = r->failed;
		c->steps[i].participants = r->participants;
	}
	return known >= 2;
}

void
cohorts_of(struct arena *mem, const struct vocabulary *words,
    const struct q_result *results, size_t n, struct syear last,
    struct cohort **ret, size_t *ret_n)
{
	static const struct str subjects[] = {
	    S_INIT("математика"), S_INIT("русский язык")};
	VEC(struct cohort) all = {0};

	for (size_t w = 0; w < COUNT_OF(ways); w++) {
		for (size_t s = 0; s < COUNT_OF(subjects); s++) {
			struct cohort c = {.subject = subjects[s]};

			if (fill_cohort(words, results, n, w, last, &c))
				*vec_push(mem, &all) = c;
		}
	}
	*ret = all.p;
	*ret_n = all.n;
}

/* ---- similar schools ---- */

static bool
is_alike(const struct q_peer_results *own, const struct q_peer_results *other)
{
	if (own->school.v == other->school.v ||
	    own->is_rural != other->is_rural ||
	    str_eq(other->kind, S("correctional")) !=
		str_eq(own->kind, S("correctional")) ||
	    str_eq(other->kind, S("nosh")) != str_eq(own->kind, S("nosh")))
		return false;
	if (!own->pupils.is_known || !other->pupils.is_known)
		return true;
	return 2 * other->pupils.v >= own->pupils.v &&
	       other->pupils.v <= 2 * own->pupils.v;
}

static int
by_share(const void *a, const void *b)
{
	return ratio_cmp(*(const struct ratio *)a, *(const struct ratio *)b);
}

/* The shares of one procedure, of all schools or of those alike. */
static struct corridor
corridor_of(struct arena *mem, const struct q_peer_results *all, size_t n,
    struct str procedure, const struct q_peer_results *own)
{
	struct ratio *shares = arena_new(mem, struct ratio, n + 1);
	struct corridor c = {0};

	for (size_t i = 0; i < n; i++) {
		if (!str_eq(all[i].procedure, procedure) ||
		    all[i].participants == 0 ||
		    (own != NULL && !is_alike(own, &all[i])))
			continue;
		shares[c.n++] = ratio_of(all[i].failed, all[i].participants);
	}
	if (c.n < PEERS_LEAST)
		return c;
	qsort(shares, c.n, sizeof *shares, by_share);
	c.low = shares[c.n / 4];
	c.middle = shares[c.n / 2];
	c.high = shares[c.n - 1 - c.n / 4];
	return c;
}

static size_t
count_alike(const struct q_peer_results *all, size_t n,
    const struct q_peer_results *own)
{
	int64_t last = 0;
	size_t count = 0;

	for (size_t i = 0; i < n; i++) { /* they come school by school */
		if (all[i].school.v == last || !is_alike(own, &all[i]))
			continue;
		last = all[i].school.v;
		count++;
	}
	return count;
}

static struct str
rule_text(struct arena *mem, const struct q_peer_results *own)
{
	const char *where = own->is_rural ? "сельские" : "городские";

	if (!own->pupils.is_known)
		return arena_fmt(mem, "%s школы округа", where);
	return arena_fmt(mem, "%s школы округа, где от %lld до %lld учеников",
	    where, (long long)((own->pupils.v + 1) / 2),
	    (long long)(2 * own->pupils.v));
}

enum rc
peers_of(struct scope *sc, const struct vocabulary *words, school_id school,
    struct syear year, struct peers *ret)
{
	struct peers peers = {0};
	struct q_peer_results *rows;
	struct q_school own_row;
	size_t n;
	enum rc rc = q_school_by_id(sc->db, sc->mem, &sc->actor,
	    sc->actor.municipality, school, &own_row);

	if (rc == RC_OK)
		rc = q_peer_results(
		    sc->db, sc->mem, sc->actor.municipality, year, &rows, &n);
	if (rc != RC_OK)
		return rc;
	const struct q_peer_results own = {.school = school,
	    .is_rural = own_row.is_rural,
	    .kind = own_row.kind,
	    .pupils = own_row.pupils};
	struct corridor *alike =
	    arena_new(sc->mem, struct corridor, words->n_procedures + 1);
	struct corridor *all =
	    arena_new(sc->mem, struct corridor, words->n_procedures + 1);
	for (size_t p = 0; p < words->n_procedures; p++) {
		struct str code = words->procedures[p].code;

		alike[p] = corridor_of(sc->mem, rows, n, code, &own);
		all[p] = corridor_of(sc->mem, rows, n, code, NULL);
		alike[p].procedure = all[p].procedure = p;
	}
	peers.rule = rule_text(sc->mem, &own);
	peers.n = count_alike(rows, n, &own);
	peers.corridors = alike;
	peers.all = all;
	*ret = peers;
	return RC_OK;
}

/* ---- deficits ---- */

static bool
value_of(const struct q_observation *o, struct ratio *ret)
{
	if (!o->num.is_known || !o->den.is_known || o->den.v == 0)
		return false;
	*ret = ratio_of(o->num.v, o->den.v);
	return true;
}

/* BASIS: norilsk-3.2 - the four shares of pupils are judged by their sum. */
static const char *const pupils[] = {"pupils-registered", "pupils-disability",
    "pupils-nonnative", "pupils-truant"};

static bool
is_pupils(struct str element)
{
	for (size_t i = 0; i < COUNT_OF(pupils); i++) {
		if (str_eq(element, str_of(pupils[i])))
			return true;
	}
	return false;
}

/* The sum is beyond 10 %, and no share of it is greater than this one. */
static bool
leads_the_sum(const struct q_observation *answer,
    const struct q_observation *all, size_t n, struct ratio own)
{
	struct ratio sum = ratio_int(0), v;

	for (size_t i = 0; i < n; i++) {
		if (all[i].year.first != answer->year.first ||
		    !is_pupils(all[i].element) || !value_of(&all[i], &v))
			continue;
		if (ratio_cmp(v, own) > 0 || !ratio_add(sum, v, &sum))
			return false;
	}
	return ratio_cmp(sum, ratio_of(1, 10)) > 0;
}

bool
answer_is_breach(const struct vocabulary *words,
    const struct q_observation *answer, const struct q_observation *all,
    size_t n)
{
	ptrdiff_t e = vocabulary_element_find(words, answer->element);
	struct ratio v;

	if (e < 0 || !value_of(answer, &v))
		return false;
	if (is_pupils(answer->element))
		return leads_the_sum(answer, all, n, v);
	if (str_eq(answer->element, S("teachers-overloaded")) ||
	    str_eq(answer->element, S("pupils-failing")))
		return ratio_cmp(v, ratio_of(1, 10)) > 0;
	if (str_eq(answer->element, S("teachers-unqualified")))
		return v.num > 0;
	return words->elements[e].kind == VALUE_YES_NO &&
	       words->elements[e].number.n > 0 &&
	       words->elements[e].number.p[0] == '1' && v.num == 0;
}

static void
say(struct buf *b, struct str text)
{
	buf_fmt(b, "%s%.*s", b->n ? "; " : "", STR_ARG(text));
}

/* One code of the column shown_by against the numbers of this school. */
static void
look(struct arena *mem, const struct vocabulary *words, struct str code,
    const struct q_result *results, size_t n_results,
    const struct q_observation *answers, size_t n_answers, struct syear year,
    struct buf *b)
{
	ptrdiff_t p = vocabulary_procedure_find(words, code);
	const struct q_result *r =
	    p < 0 ? NULL :
		    result_of(results, n_results, code, syear_plus(year, -1));

	/* BASIS: norilsk-2.1 */
	if (r != NULL && r->participants > 0 &&
	    10 * r->failed >= 3 * r->participants)
		say(b, arena_fmt(mem, "%.*s (%lld из %lld)",
			   STR_ARG(words->procedures[p].title_short),
			   (long long)r->failed, (long long)r->participants));
	for (size_t i = 0; p < 0 && i < n_answers; i++) {
		if (answers[i].year.first == year.first &&
		    str_eq(answers[i].element, code) &&
		    answer_is_breach(words, &answers[i], answers, n_answers))
			say(b,
			    words
				->elements[vocabulary_element_find(words, code)]
				.title);
	}
}

void
deficits_of(struct arena *mem, const struct vocabulary *words,
    const struct q_result *results, size_t n_results,
    const struct q_observation *answers, size_t n_answers, struct syear year,
    struct deficit **ret, size_t *ret_n)
{
	enum { CODE, TITLE, TITLE_OF, SHOWN_BY };
	const struct embedded *f = embedded_find(&core_data, S("deficits.tsv"));
	VEC(struct deficit) all = {0};
	struct tsv t;

	MUST(f);
	t = tsv_open(f->bytes);
	while (tsv_next(&t)) {
		struct buf b = buf_open(mem, 0);
		struct str rest = t.cells[SHOWN_BY], code;

		while (str_split(&rest, ' ', &code))
			look(mem, words, code, results, n_results, answers,
			    n_answers, year, &b);
		if (b.n > 0)
			*vec_push(mem, &all) = (struct deficit){
			    t.cells[CODE], t.cells[TITLE], buf_str(&b)};
	}
	*ret = all.p;
	*ret_n = all.n;
}
