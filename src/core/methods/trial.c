/* trial.c - schools and counts of files as the inputs of lists. */
#include "core/methods/trial.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "convert/counts.h"
#include "core/results/matching.h"

/* What the rules ask of a school besides its results. */
struct trial_traits {
	enum school_kind kind : 8;
	bool is_rural, is_small;
};

/* An exam of the file: in which column its counts stand. */
struct trial_exam {
	ptrdiff_t cell; /* -1: no list asked for looks at that year */
};

struct trial {
	struct scope *sc;
	const struct vocabulary *words;
	struct syear first, last;
	size_t years; /* of results that these lists look at */
	size_t cells; /* years × procedures */
	VEC(struct match_school) schools;
	VEC(struct trial_traits) traits;
	VEC(struct str) logins;
	VEC(struct trial_exam) exams;
	struct matcher *matcher;
	/* By cell, from its first count on: years from the latest back. */
	struct fact_count **columns;
	struct fact_value *values; /* nothing is known of elements */
	struct arena *scratch;     /* one spelling */
	uint64_t *given;           /* counts of this file, a bit each */
	struct str file_name;
	struct map said; /* spellings that were complained about */
	bool has_appeals;
	bool is_unclear; /* something in the file's counts is not known */
	size_t errors_before;
};

struct trial *
trial_open(struct scope *sc, const struct vocabulary *words, struct syear first,
    struct syear last)
{
	struct trial *t = arena_new(sc->mem, struct trial, 1);

	t->sc = sc;
	t->words = words;
	t->first = first;
	t->last = last;
	t->years = (size_t)(last.first - first.first) + FACT_YEARS;
	t->cells = t->years * words->n_procedures;
	t->said = map_open(sc->mem);
	t->errors_before = sc->diag->errors;
	return t;
}

static struct place
place_of(const struct trial *t, const struct source_cell *at)
{
	struct arena *mem = t->sc->diag->mem;

	return (struct place){.file = t->file_name,
	    .sheet = arena_str(mem, at->sheet),
	    .row = at->row,
	    .column = arena_str(mem, at->column)};
}

static void
take_school(void *ctx, const struct school_row *row)
{
	struct trial *t = ctx;
	struct arena *mem = t->sc->mem;
	const school_id id = {(int64_t)t->schools.n}; /* its place */
	enum school_kind kind;

	if (!school_kind_parse(row->kind, &kind)) {
		diag_error(t->sc->diag, place_of(t, &row->at),
		    N_("Такого вида школ нет."))
		    ->value = arena_str(mem, row->kind);
		return;
	}
	*vec_push(mem, &t->schools) = (struct match_school){
	    id, arena_str(mem, row->code), arena_str(mem, row->name)};
	*vec_push(mem, &t->traits) = (struct trial_traits){
	    kind, str_eq(row->locality, S("rural")), row->small};
	*vec_push(mem, &t->logins) =
	    row->logins.n ? arena_str(mem, row->logins) : S("");
}

struct row_sink
trial_schools(struct trial *t)
{
	return (struct row_sink){.ctx = t, .school = take_school};
}

static bool
has_errors(const struct trial *t)
{
	return t->sc->diag->errors > t->errors_before;
}

static size_t
given_words(const struct trial *t)
{
	return (t->schools.n * t->cells + 63) / 64;
}

static void
refuse_twice(struct trial *t)
{
	autoarena scratch = arena_open(0);
	struct map seen = map_open_for(scratch, t->schools.n);

	vec_each(struct match_school, s, &t->schools) {
		int64_t *slot = map_at(&seen, s->code);
		if (*slot != MAP_NONE)
			diag_error(t->sc->diag, (struct place){0},
			    N_("Код школы стоит в списке школ дважды."))
			    ->value = s->code;
		*slot = 1;
	}
}

enum rc
trial_schools_end(struct trial *t)
{
	struct arena *mem = t->sc->mem;

	refuse_twice(t);
	if (!t->schools.n && !has_errors(t))
		diag_error(t->sc->diag, (struct place){0},
		    N_("В списке школ нет ни одной школы."));
	if (has_errors(t))
		return RC_INVALID;
	t->matcher = matcher_over(mem, t->schools.p, t->schools.n, t->logins.p);
	t->given = arena_new(mem, uint64_t, given_words(t) + 1);
	t->columns = arena_new(mem, struct fact_count *, t->cells + 1);
	t->values = arena_new(mem, struct fact_value, t->words->n_elements + 1);
	t->scratch = arena_open(0);
	return arena_full(mem) ? RC_LIMIT : RC_OK;
}

void
trial_file(struct trial *t, struct str name)
{
	if (t->given)
		memset(t->given, 0, given_words(t) * sizeof *t->given);
	t->file_name = name;
	t->exams.n = 0;
	t->is_unclear = false;
	t->has_appeals = false;
}

/* In which column an exam's counts stand; -1: no list looks at them. */
static ptrdiff_t
cell_of(const struct trial *t, ptrdiff_t procedure, struct syear year)
{
	int back = t->last.first - year.first;

	if (back < 1 || (size_t)back > t->years)
		return -1;
	return (back - 1) * (ptrdiff_t)t->words->n_procedures + procedure;
}

/* Two logins of one school in one file: added up; another file: corrected. */
static void
put_count(
    struct trial *t, school_id school, ptrdiff_t cell, struct fact_count count)
{
	size_t at = (size_t)school.v * t->cells + (size_t)cell;
	uint64_t bit = (uint64_t)1 << at % 64;

	if (!t->columns[cell])
		t->columns[cell] = fact_column(t->sc->mem, t->schools.n);
	struct fact_count *to = &t->columns[cell][school.v];
	if (!(t->given[at / 64] & bit))
		*to = (struct fact_count){0};
	t->given[at / 64] |= bit;
	to->participants += count.participants;
	to->failed += count.failed;
}

/* ---- the counts of a file ---- */

static void
take_exam(void *ctx, struct str procedure, struct syear year)
{
	struct trial *t = ctx;
	ptrdiff_t p = vocabulary_procedure_find(t->words, procedure);

	if (p < 0)
		t->is_unclear = true;
	vec_push(t->sc->mem, &t->exams)->cell =
	    p < 0 ? -1 : cell_of(t, p, year);
}

static void
take_counts(void *ctx, const struct school_ref *ref,
    const struct fact_count *counts, size_t n)
{
	struct trial *t = ctx;
	struct match m = matcher_find(t->matcher, t->scratch, ref);

	arena_reset(t->scratch);
	if (m.kind <= MATCH_SUPPOSED) {
		t->is_unclear = true;
		return;
	}
	for (size_t e = 0; e < n && e < t->exams.n; e++)
		if (counts[e].participants >= 0 && t->exams.p[e].cell >= 0)
			put_count(t, m.school, t->exams.p[e].cell, counts[e]);
}

struct count_sink
trial_counts(struct trial *t)
{
	return (struct count_sink){
	    .ctx = t, .exam = take_exam, .school = take_counts};
}

bool
trial_is_unclear(const struct trial *t)
{
	return t->is_unclear;
}

/* ---- the same by rows, each with its place ---- */

/* One complaint a spelling, however many rows carry it. */
static bool
is_said(struct trial *t, struct str spelling)
{
	int64_t *slot = map_at(&t->said, arena_str(t->sc->mem, spelling));
	bool was = *slot != MAP_NONE;

	*slot = 1;
	return was;
}

static void
refuse_procedure(struct trial *t, const struct result_row *row)
{
	if (is_said(t, row->procedure))
		return;
	struct complaint *c = diag_error(t->sc->diag, place_of(t, &row->at),
	    N_("Такой процедуры в списке нет."));
	c->value = arena_str(t->sc->diag->mem, row->procedure);
	c->expected = S("код из списка процедур, например vpr-math-5");
}

static void
refuse_school(
    struct trial *t, const struct result_row *row, const struct match *like)
{
	struct arena *mem = t->sc->diag->mem;
	struct str spelling = school_ref_text(t->scratch, &row->school);

	if (is_said(t, spelling))
		return;
	struct complaint *c = diag_error(t->sc->diag, place_of(t, &row->at),
	    N_("Такой школы в списке школ нет."));
	c->value = arena_str(mem, spelling);
	if (like->kind == MATCH_SUPPOSED)
		c->expected = arena_fmt(mem, "похоже на «%.*s» (код %.*s)",
		    STR_ARG(like->name), STR_ARG(like->code));
}

static void
take_result(void *ctx, const struct result_row *row)
{
	struct trial *t = ctx;
	const struct fact_count count = {row->participants, row->failed};
	struct match m = matcher_find(t->matcher, t->scratch, &row->school);
	ptrdiff_t p = vocabulary_procedure_find(t->words, row->procedure);
	ptrdiff_t cell = p < 0 ? -1 : cell_of(t, p, row->year);

	if (p < 0)
		refuse_procedure(t, row);
	if (m.kind <= MATCH_SUPPOSED)
		refuse_school(t, row, &m);
	else if (cell >= 0)
		put_count(t, m.school, cell, count);
	arena_reset(t->scratch);
}

static void
take_amendment(void *ctx, const struct amendment_row *row)
{
	struct trial *t = ctx;

	appeals_left_out(t->sc->diag, row, &t->has_appeals);
}

struct row_sink
trial_rows(struct trial *t)
{
	return (struct row_sink){
	    .ctx = t, .result = take_result, .amendment = take_amendment};
}

enum rc
trial_files_end(struct trial *t)
{
	arena_close(t->scratch);
	t->scratch = NULL;
	if (has_errors(t))
		return RC_INVALID;
	return arena_full(t->sc->mem) ? RC_LIMIT : RC_OK;
}

static int
by_code(const void *a, const void *b)
{
	const struct inputs_school *x = a, *y = b;

	return str_cmp(x->code, y->code);
}

static int
by_sort_key(const void *a, const void *b)
{
	const struct inputs_school *x = a, *y = b;
	int c = str_cmp(x->sort_key, y->sort_key);

	return c ? c : str_cmp(x->code, y->code);
}

/* Files mostly stand in order already. */
static void
sort_schools(struct inputs_school *schools, size_t n,
    int (*cmp)(const void *, const void *))
{
	for (size_t i = 1; i < n; i++)
		if (cmp(&schools[i - 1], &schools[i]) > 0) {
			qsort(schools, n, sizeof *schools, cmp);
			return;
		}
}

enum rc
trial_inputs(struct trial *t, struct syear year, bool by_name,
    struct arena *mem, struct inputs *ret)
{
	size_t n = t->schools.n;
	struct inputs_school *schools =
	    arena_new(mem, struct inputs_school, n + 1);
	size_t back = (size_t)(t->last.first - year.first);
	const struct fact_count *const *columns =
	    (const struct fact_count *const *)t->columns +
	    back * t->words->n_procedures;

	for (size_t i = 0; i < n; i++) {
		const struct match_school *s = &t->schools.p[i];
		const struct trial_traits *traits = &t->traits.p[i];
		schools[i] = (struct inputs_school){.id = s->id,
		    .code = s->code,
		    .name = s->name,
		    .sort_key = by_name ? text_sort_key(mem, s->name) : S(""),
		    .facts = {.kind = traits->kind,
			.is_rural = traits->is_rural,
			.is_small = traits->is_small,
			.place = (uint32_t)s->id.v,
			.columns = columns,
			.elements = t->values}};
	}
	sort_schools(schools, n, by_name ? by_sort_key : by_code);
	*ret = (struct inputs){
	    .words = t->words, .year = year, .schools = schools, .n = n};
	return arena_full(mem) ? RC_LIMIT : RC_OK;
}
