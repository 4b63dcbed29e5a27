/* objectivity.c - which results ask for a check, and on what grounds. */
#include "core/results/objectivity.h"

#include <string.h>

#include "base/buf.h"
#include "base/embedded.h"
#include "base/tsv.h"
#include "base/vec.h"
#include "core/access/access.h"
#include "core/methods/status.h"
#include "core/registry/catalogue.h"
#include "core_data.h" /* written by tools/embed.py */
#include "store/q_registry.h"
#include "store/q_results.h"

enum {
	GROUP_LEAST = 10, /* schools of one locality to compare a mean with */
	YEARS_BACK = 3,   /* in which markers are counted */
	POINT = 1000,     /* means of marks are kept in thousandths */
};

static const char *const sign_codes[SIGN_KIND_COUNT] = {
    "cohort", "spread", "mean"};

struct judging {
	struct scope *sc;
	const struct vocabulary *words;
	struct objectivity out;
	const struct q_school *schools;
	size_t n_schools;
	const struct q_result *now; /* of the year */
	size_t n_now;
	const struct q_result *next; /* of the year after it */
	size_t n_next;
	const struct q_bias_of_year *markers[YEARS_BACK];
	size_t n_markers[YEARS_BACK];
	const struct q_second *seconds;
	size_t n_seconds;
	struct status groups;
};

struct signs {
	struct sign *p;
	size_t n, cap;
};

/* ---- the rules ---- */

static bool
parse_rule(const struct str part[5], struct sign_rule rules[SIGN_KIND_COUNT])
{
	struct sign_rule rule;

	if (!ratio_parse(part[1], &rule.threshold) ||
	    !str_to_int(part[2], &rule.least))
		return false;
	rule.source = part[3];
	rule.title = part[4];
	for (int k = 0; k < SIGN_KIND_COUNT; k++)
		if (str_eq(part[0], str_of(sign_codes[k]))) {
			rules[k] = rule;
			return true;
		}
	return false;
}

static void
read_rules(struct sign_rule rules[SIGN_KIND_COUNT])
{
	const struct embedded *f =
	    embedded_find(&core_data, S("objectivity.tsv"));

	MUST(f);
	struct tsv t = tsv_open(f->bytes);
	while (tsv_next(&t))
		MUST(t.n == 5 && parse_rule(t.cells, rules));
}

/* ---- one result ---- */

static bool
has_marks(const struct q_result *r)
{
	return r->mark2.is_known && r->mark3.is_known && r->mark4.is_known &&
	       r->mark5.is_known;
}

struct spread {
	int64_t n, sum, squares;
};

static struct spread
spread_of(const struct q_result *r)
{
	const int64_t count[] = {
	    r->mark2.v, r->mark3.v, r->mark4.v, r->mark5.v};
	struct spread s = {0};

	for (int64_t m = 2; m <= 5; m++) {
		s.n += count[m - 2];
		s.sum += m * count[m - 2];
		s.squares += m * m * count[m - 2];
	}
	return s;
}

static bool
is_enough(const struct judging *j, enum sign_kind kind, int64_t participants,
    struct objectivity_line *line)
{
	if (participants >= j->out.rules[kind].least)
		return true;
	line->suppressed++;
	return false;
}

static void
add_sign(struct judging *j, struct signs *signs, enum sign_kind kind,
    ptrdiff_t procedure, struct str text)
{
	*vec_push(j->sc->mem, signs) =
	    (struct sign){kind, (size_t)procedure, text};
}

/* n²σ² ≤ threshold² · n², in whole numbers. */
static void
look_at_spread(struct judging *j, const struct q_result *r, ptrdiff_t p,
    struct objectivity_line *line, struct signs *signs)
{
	struct ratio square;
	const struct ratio *t = &j->out.rules[SIGN_SPREAD].threshold;

	if (!has_marks(r))
		return;
	struct spread s = spread_of(r);
	if (!is_enough(j, SIGN_SPREAD, s.n, line) ||
	    !ratio_mul(*t, *t, &square))
		return;
	struct ratio variance =
	    ratio_of(s.n * s.squares - s.sum * s.sum, s.n * s.n);
	if (ratio_cmp(variance, square) > 0)
		return;
	add_sign(j, signs, SIGN_SPREAD, p,
	    arena_fmt(j->sc->mem,
		"%.*s: отметки почти одинаковы – «2» %lld, «3» %lld, «4» "
		"%lld, «5» %lld.",
		STR_ARG(j->words->procedures[p].title), (long long)r->mark2.v,
		(long long)r->mark3.v, (long long)r->mark4.v,
		(long long)r->mark5.v));
}

/* ---- the same children a year later ---- */

/* ВПР of the next grade; after grade 8 the ОГЭ. */
static bool
follows(
    const struct vocabulary_procedure *a, const struct vocabulary_procedure *b)
{
	if (!str_eq(a->level, S("vpr")) || !a->subject.n ||
	    !str_eq(a->subject, b->subject))
		return false;
	if (a->grade == 8)
		return str_eq(b->level, S("oge"));
	return str_eq(b->level, S("vpr")) && b->grade == a->grade + 1;
}

static void
compare_cohort(struct judging *j, const struct q_result *a, ptrdiff_t p,
    const struct q_result *b, ptrdiff_t q, struct objectivity_line *line,
    struct signs *signs)
{
	struct arena *mem = j->sc->mem;
	struct ratio before = ratio_of(a->failed, a->participants);
	struct ratio after = ratio_of(b->failed, b->participants);
	struct ratio grown, points;
	int64_t smaller = a->participants < b->participants ? a->participants :
							      b->participants;

	if (!is_enough(j, SIGN_COHORT, smaller, line) ||
	    !ratio_sub(after, before, &grown) ||
	    !ratio_mul(grown, ratio_int(100), &points) ||
	    ratio_cmp(points, j->out.rules[SIGN_COHORT].threshold) < 0)
		return;
	add_sign(j, signs, SIGN_COHORT, p,
	    arena_fmt(mem,
		"%.*s, %.*s уч. г.: не справились %.*s %% (%lld из %lld); те "
		"же дети через год, %.*s: %.*s %% (%lld из %lld).",
		STR_ARG(j->words->procedures[p].title),
		STR_ARG(syear_ru(mem, a->year)),
		STR_ARG(ratio_percent_ru(mem, before)), (long long)a->failed,
		(long long)a->participants,
		STR_ARG(j->words->procedures[q].title),
		STR_ARG(ratio_percent_ru(mem, after)), (long long)b->failed,
		(long long)b->participants));
}

static void
look_at_cohort(struct judging *j, const struct q_result *a, ptrdiff_t p,
    struct objectivity_line *line, struct signs *signs)
{
	for (size_t i = 0; a->participants && i < j->n_next; i++) {
		const struct q_result *b = &j->next[i];
		if (b->school.v != a->school.v || !b->participants)
			continue;
		ptrdiff_t q = vocabulary_procedure_find(j->words, b->procedure);
		if (q >= 0 &&
		    follows(&j->words->procedures[p], &j->words->procedures[q]))
			compare_cohort(j, a, p, b, q, line, signs);
	}
}

/* ---- against schools of the same locality ---- */

static const struct q_school *
school_of(const struct judging *j, school_id id)
{
	for (size_t i = 0; i < j->n_schools; i++)
		if (j->schools[i].id.v == id.v)
			return &j->schools[i];
	return NULL;
}

static int64_t
mean_of(const struct spread *s)
{
	return (s->sum * POINT * 2 + s->n) / (s->n * 2);
}

/*
 * Means in thousandths; m is far above the mean of n of them when
 * n·m − Σ > 0 and (n·m − Σ)² ≥ threshold² · (n·Σ² − (Σ)²).
 */
static void
look_at_mean(struct judging *j, const struct q_result *r, ptrdiff_t p,
    struct objectivity_line *line, struct signs *signs)
{
	const struct q_school *own = school_of(j, r->school);
	struct ratio square, far;
	int64_t n = 0, sum = 0, squares = 0;
	const struct ratio *t = &j->out.rules[SIGN_MEAN].threshold;

	if (!has_marks(r) || !own)
		return;
	struct spread mine = spread_of(r);
	if (!is_enough(j, SIGN_MEAN, mine.n, line))
		return;
	for (size_t i = 0; i < j->n_now; i++) {
		const struct q_result *o = &j->now[i];
		const struct q_school *school = school_of(j, o->school);
		if (!str_eq(o->procedure, r->procedure) || !has_marks(o) ||
		    !school || school->is_rural != own->is_rural)
			continue;
		struct spread s = spread_of(o);
		if (s.n < j->out.rules[SIGN_MEAN].least)
			continue;
		int64_t m = mean_of(&s);
		n++;
		sum += m;
		squares += m * m;
	}
	int64_t above = n * mean_of(&mine) - sum;
	if (n < GROUP_LEAST || above <= 0 || !ratio_mul(*t, *t, &square) ||
	    !ratio_mul(square, ratio_int(n * squares - sum * sum), &far) ||
	    ratio_cmp(ratio_int(above * above), far) < 0)
		return;
	add_sign(j, signs, SIGN_MEAN, p,
	    arena_fmt(j->sc->mem,
		"%.*s: средняя отметка %.*s, а по %lld школам такой же "
		"местности %.*s.",
		STR_ARG(j->words->procedures[p].title),
		STR_ARG(ratio_ru(j->sc->mem, ratio_of(mine.sum, mine.n), 2)),
		(long long)n,
		STR_ARG(ratio_ru(j->sc->mem, ratio_of(sum, n * POINT), 2))));
}

/* ---- one school ---- */

static void
look_at_results(
    struct judging *j, school_id school, struct objectivity_line *line)
{
	struct signs signs = {0};

	for (size_t i = 0; i < j->n_now; i++) {
		const struct q_result *r = &j->now[i];
		if (r->school.v != school.v)
			continue;
		ptrdiff_t p = vocabulary_procedure_find(j->words, r->procedure);
		if (p < 0)
			continue;
		look_at_spread(j, r, p, line, &signs);
		look_at_cohort(j, r, p, line, &signs);
		look_at_mean(j, r, p, line, &signs);
	}
	line->signs = signs.p;
	line->n_signs = signs.n;
}

static int64_t
markers_set(const struct judging *j, int back, school_id school, struct buf *b)
{
	int64_t n = 0;

	for (size_t i = 0; i < j->n_markers[back]; i++) {
		const struct q_bias_of_year *m = &j->markers[back][i];
		if (m->school.v != school.v || !m->is_set)
			continue;
		if (b)
			buf_fmt(b, "%s%.*s", n ? ", " : "", STR_ARG(m->marker));
		n++;
	}
	return n;
}

static void
look_at_markers(
    struct judging *j, school_id school, struct objectivity_line *line)
{
	struct buf b = buf_open(j->sc->mem, 0);

	line->n_markers = markers_set(j, 0, school, &b);
	line->markers = buf_str(&b);
	for (int back = 0; back < YEARS_BACK; back++)
		line->years += markers_set(j, back, school, NULL) > 0;
}

static bool
is_in_shnor(const struct judging *j, school_id school)
{
	const struct membership *stays;
	size_t n = status_of(&j->groups, school, &stays);

	for (size_t i = 0; i < n; i++)
		if (stays[i].kind == OFFICIAL_SHNOR &&
		    date_is_none(stays[i].until))
			return true;
	return false;
}

static void
take_seconds(struct judging *j, struct objectivity_line *line)
{
	for (size_t i = 0; i < j->n_seconds; i++) {
		if (j->seconds[i].school.v != line->school.v)
			continue;
		if (!line->n_seconds)
			line->seconds = &j->seconds[i];
		line->n_seconds++; /* they stand school by school */
	}
}

static void
judge_all(struct judging *j)
{
	VEC(struct objectivity_line) lines = {0};

	for (size_t i = 0; i < j->n_schools; i++) {
		struct objectivity_line line = {.school = j->schools[i].id,
		    .name = j->schools[i].name,
		    .code = j->schools[i].code};
		look_at_results(j, line.school, &line);
		look_at_markers(j, line.school, &line);
		take_seconds(j, &line);
		line.in_shnor = is_in_shnor(j, line.school);
		line.may_hide_low =
		    !line.in_shnor && (line.n_markers || line.n_signs);
		j->out.suppressed += line.suppressed;
		j->out.with_markers += line.n_markers > 0;
		if (line.n_markers || line.n_signs || line.n_seconds)
			*vec_push(j->sc->mem, &lines) = line;
	}
	j->out.lines = lines.p;
	j->out.n = lines.n;
	j->out.has_markers = j->n_markers[0] > 0;
	for (size_t i = 0; i < j->n_now; i++)
		j->out.took_part +=
		    str_eq(j->now[i].procedure, S("vpr-rus-4")) &&
		    j->now[i].participants > 0;
}

/* ---- reading ---- */

static enum rc
read_results(struct judging *j, struct syear year)
{
	struct scope *sc = j->sc;
	municipality_id place = sc->actor.municipality;
	struct q_result *now, *next;
	enum rc rc = q_result_of_year(
	    sc->db, sc->mem, &sc->actor, place, year, &now, &j->n_now);

	if (rc == RC_OK)
		rc = q_result_of_year(sc->db, sc->mem, &sc->actor, place,
		    syear_plus(year, 1), &next, &j->n_next);
	if (rc != RC_OK)
		return rc;
	j->now = now;
	j->next = next;
	return RC_OK;
}

static enum rc
read_markers(struct judging *j, struct syear year)
{
	struct scope *sc = j->sc;
	struct q_second *seconds;
	enum rc rc = RC_OK;

	for (int back = 0; rc == RC_OK && back < YEARS_BACK; back++) {
		struct q_bias_of_year *rows;
		rc = q_bias_of_year(sc->db, sc->mem, &sc->actor,
		    sc->actor.municipality, syear_plus(year, -back), &rows,
		    &j->n_markers[back]);
		if (rc == RC_OK)
			j->markers[back] = rows;
	}
	if (rc == RC_OK)
		rc = q_second_of_year(sc->db, sc->mem, &sc->actor,
		    sc->actor.municipality, year, &seconds, &j->n_seconds);
	if (rc == RC_OK)
		j->seconds = seconds;
	return rc;
}

enum rc
objectivity_of_year(struct scope *sc, const struct vocabulary *words,
    struct syear year, struct objectivity *ret)
{
	struct judging j = {.sc = sc, .words = words, .out = {.year = year}};
	struct q_school *schools;
	enum rc rc = may(&sc->actor, PERM_BIAS_READ);

	if (rc == RC_OK && actor_reach(&sc->actor, PERM_BIAS_READ) != REACH_ALL)
		rc = RC_DENIED;
	if (rc == RC_OK)
		rc = q_school_list(sc->db, sc->mem, &sc->actor,
		    sc->actor.municipality, &schools, &j.n_schools);
	if (rc == RC_OK)
		rc = read_results(&j, year);
	if (rc == RC_OK)
		rc = read_markers(&j, year);
	if (rc == RC_OK)
		rc = status_on(sc, sc->actor.today, &j.groups);
	if (rc != RC_OK)
		return rc;
	j.schools = schools;
	read_rules(j.out.rules);
	judge_all(&j);
	if (arena_full(sc->mem))
		return RC_LIMIT;
	*ret = j.out;
	return RC_OK;
}
