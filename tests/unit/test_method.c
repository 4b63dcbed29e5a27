/* test_method.c - the method language: its words, its verdicts, its margins. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "harness.h"
#include "lang/method.h"

#define DATA_DIR TESTS_DIR "/../data"

static struct arena *mem;
static struct vocabulary voc;

static struct str
read_file(const char *dir, const char *name)
{
	struct buf b = buf_open(mem, 0);
	FILE *f =
	    fopen(arena_cstr(mem, arena_fmt(mem, "%s/%s", dir, name)), "rb");
	char block[4096];
	size_t n;

	assert_non_null(f);
	while ((n = fread(block, 1, sizeof block, f)) > 0)
		buf_put(&b, (struct str){block, n});
	assert_int_equal(fclose(f), 0);
	return buf_str(&b);
}

static void
print_complaints(struct str text, const struct diag *d)
{
	for (size_t i = 0; i < d->n; i++) {
		struct str s = method_caret(mem, text, &d->all[i]);
		print_error("%.*s\n", STR_ARG(s));
	}
}

static int
open_all(void **state)
{
	mem = arena_open(0);
	struct diag d = diag_open(mem, 0);
	struct vocabulary_texts texts = {
	    .procedures = read_file(DATA_DIR, "procedures.tsv"),
	    .years = read_file(DATA_DIR, "procedure-years.tsv"),
	    .elements = read_file(DATA_DIR, "elements.tsv"),
	};
	enum rc rc = vocabulary_parse(mem, &texts, &d, &voc);

	print_complaints(S(""), &d);
	return rc == RC_OK ? 0 : -1;
}

static int
close_all(void **state)
{
	arena_close(mem);
	return 0;
}

static struct method *
load(const char *name)
{
	struct diag d = diag_open(mem, 0);
	struct str text = read_file(DATA_DIR "/methods", name);
	struct method *m = NULL;
	enum rc rc = method_parse(mem, str_of(name), text, &voc, &d, &m);

	print_complaints(text, &d);
	assert_int_equal(rc, RC_OK);
	return m;
}

static void
examples_in_the_files_come_out(void **state)
{
	static const char *const names[] = {"shnor.method", "risk.method"};

	for (size_t i = 0; i < COUNT_OF(names); i++) {
		struct method *m = load(names[i]);
		struct diag d = diag_open(mem, 0);
		size_t run = 0;
		enum rc rc = method_check_examples(mem, m, &d, &run);
		print_complaints(m->text, &d);
		assert_int_equal(rc, RC_OK);
		assert_true(run >= 10);
	}
}

static void
prints_what_parses_to_the_same(void **state)
{
	static const char *const names[] = {"shnor.method", "risk.method"};

	for (size_t i = 0; i < COUNT_OF(names); i++) {
		struct method *m = load(names[i]), *again;
		struct str printed = method_print(mem, m);
		struct diag d = diag_open(mem, 0);
		enum rc rc = method_parse(
		    mem, str_of(names[i]), printed, &voc, &d, &again);
		print_complaints(printed, &d);
		assert_int_equal(rc, RC_OK);
		assert_true(str_eq(printed, method_print(mem, again)));
	}
}

/*
 * The language, from tests/data/method/: conditions in the place of K behind
 * these declarations, on one line so that a test counts its rows from 2.
 */
#define HEAD                                                                          \
	"method m title \"м\" version 1 from 2022-09-01 source \"и\""               \
	" procedures s \"три процедуры\" = vpr-math-5 vpr-rus-5 oge-math" \
	" elements e \"две доли\" = pupils-registered pupils-truant"           \
	" elements a \"ответы\" = internet computers"                           \
	" setting k \"к\" = 2 from 1 to 9"                                           \
	" setting share \"д\" = 30 % from 0 % to 100 %"                              \
	" define counted (p, y) \"результат учитывается\""        \
	" = participants(p, y) > 0\n"

#define LANGUAGE_DIR TESTS_DIR "/data/method"

static bool
next_line(struct str *rest, struct str *line)
{
	while (str_split(rest, '\n', line))
		if (line->n && !str_starts(*line, S("#")))
			return true;
	return false;
}

static struct method *
parse_whole(struct str text)
{
	struct diag d = diag_open(mem, 0);
	struct method *m = NULL;
	enum rc rc = method_parse(mem, S("t"), text, &voc, &d, &m);

	if (rc != RC_OK)
		print_complaints(text, &d);
	assert_int_equal(rc, RC_OK);
	return m;
}

static struct method *
parse_condition(struct str condition)
{
	return parse_whole(
	    arena_fmt(mem, "%scriterion K \"к\" = %.*s listed when K", HEAD,
		STR_ARG(condition)));
}

static void
conditions_come_to_what_they_should(void **state)
{
	static const char *const words[] = {"no", "yes", "unknown"};
	struct str rest = read_file(LANGUAGE_DIR, "value.t");
	struct str condition, facts, want;
	int n = 0;

	while (next_line(&rest, &condition)) {
		assert_true(next_line(&rest, &facts));
		assert_true(next_line(&rest, &want));
		bool school = str_find(facts, S("school ")) >= 0;
		struct method *m = parse_whole(arena_fmt(mem,
		    "%scriterion K \"к\" = %.*s listed when K "
		    "example \"п\" %s %.*s expect no_data",
		    HEAD, STR_ARG(condition), school ? "" : "school sosh",
		    STR_ARG(str_eq(facts, S("-")) ? S("") : facts)));
		const struct method_example *ex = &m->examples[0];
		struct diag d = diag_open(mem, 0);
		struct method_program *p = NULL;
		assert_int_equal(
		    method_prepare(mem, m, NULL, ex->year, &d, &p), RC_OK);
		struct verdict v = method_verdict(mem, p, &ex->facts);
		if (!str_eq(want, str_of(words[v.criteria[0]])))
			print_error(
			    "%.*s\n%.*s\n", STR_ARG(condition), STR_ARG(facts));
		assert_str(want, words[v.criteria[0]]);

		/* the tree of steps comes to the same, at its root and below */
		const struct step *root = method_trace(mem, p, &ex->facts);
		assert_int_equal(root->of[0].holds, v.criteria[0]);
		assert_int_equal(root->of[0].of[0].holds, v.criteria[0]);
		n++;
	}
	assert_true(n > 50);
}

static void
refused_with_the_exact_words(void **state)
{
	struct str rest = read_file(LANGUAGE_DIR, "fail.t");
	ptrdiff_t at = str_find(rest, S("%%FAIL\n"));
	int n = 0;

	while (at >= 0) {
		rest = str_from(rest, (size_t)at + 7);
		size_t end = (size_t)str_find(rest, S("\n%%\n"));
		struct str program = str_cut(rest, 0, end);
		rest = str_from(rest, end + 4);
		at = str_find(rest, S("%%FAIL\n"));
		struct str want =
		    str_trim(str_cut(rest, 0, at < 0 ? rest.n : (size_t)at));

		struct diag d = diag_open(mem, 0);
		struct method *m = NULL;
		struct str text =
		    str_starts(program, S("method")) ?
			program :
			arena_fmt(mem, "%s%.*s", HEAD, STR_ARG(program));
		enum rc rc = method_parse(mem, S("t"), text, &voc, &d, &m);
		assert_int_equal(rc, RC_INVALID);
		assert_null(m);
		struct buf b = buf_open(mem, 0);
		for (size_t i = 0; i < d.n; i++) {
			buf_put(&b, method_caret(mem, text, &d.all[i]));
			buf_c(&b, "\n");
		}
		assert_str(str_trim(buf_str(&b)), arena_cstr(mem, want));
		n++;
	}
	assert_true(n > 45);
}

static void
conditions_print_in_their_canonical_form(void **state)
{
	struct str rest = read_file(LANGUAGE_DIR, "print.t");
	struct str condition, want;
	const struct str head = S("criterion K \"к\" = ");

	while (next_line(&rest, &condition)) {
		assert_true(next_line(&rest, &want));
		for (int twice = 0; twice < 2; twice++) {
			struct str s =
			    method_print(mem, parse_condition(condition));
			s = str_from(s, (size_t)str_find(s, head) + head.n);
			s = str_cut(s, 0, (size_t)str_find_char(s, '\n'));
			assert_str(s, arena_cstr(mem, want));
			condition = want; /* and again from its own print */
		}
	}
}

static void
conditions_are_said_in_russian(void **state)
{
	struct str rest = read_file(LANGUAGE_DIR, "words.t");
	struct str condition, want;

	while (next_line(&rest, &condition)) {
		assert_true(next_line(&rest, &want));
		struct passages all =
		    method_passages(mem, parse_condition(condition), NULL);
		struct str said = S("");
		for (size_t i = 0; i < all.n; i++)
			if (str_starts(all.p[i].text, S("Точно: ")))
				said = str_from(all.p[i].text, S("Точно: ").n);
		assert_str(said, arena_cstr(mem, want));
	}
}

static void
limits_are_named(void **state)
{
	struct diag d = diag_open(mem, 0);
	struct method *m = NULL;
	struct buf b = buf_open(mem, 0);

	buf_c(&b, HEAD "criterion K \"к\" = ");
	for (int i = 0; i < METHOD_DEPTH + 1; i++)
		buf_c(&b, "(");
	assert_int_equal(
	    method_parse(mem, S("t"), buf_str(&b), &voc, &d, &m), RC_INVALID);
	assert_str(
	    d.all[0].text, "Скобки вложены слишком глубоко: предел – 64.");

	/* definitions that double each other: 2 to the power of 20 */
	d = diag_open(mem, 0);
	buf_clear(&b);
	buf_c(&b, HEAD "define d0 (p, y) \"д\" = failed(p, y)\n");
	for (int i = 1; i <= 20; i++)
		buf_fmt(&b,
		    "define d%d (p, y) \"д\" = d%d(p, y) * d%d(p, y - 0) + "
		    "%d\n",
		    i, i - 1, i - 1, i);
	buf_c(&b, "criterion K \"к\" = d20(oge-math, year - 1) > 0 "
		  "listed when K");
	/* equal nodes are one, so this is small; a product past 64 bits is
	 * unknown, not wrong */
	assert_int_equal(
	    method_parse(mem, S("t"), buf_str(&b), &voc, &d, &m), RC_OK);

	d = diag_open(mem, 0);
	char *big = arena_take(mem, METHOD_BYTES + 1, 1);
	memset(big, ' ', METHOD_BYTES + 1);
	assert_int_equal(method_parse(mem, S("t"),
			     (struct str){big, METHOD_BYTES + 1}, &voc, &d, &m),
	    RC_LIMIT);
	assert_int_equal(d.errors, 1);
}

static struct str
first_complaint(enum rc rc, const struct diag *d)
{
	assert_int_not_equal(rc, RC_OK);
	assert_int_equal(d->errors, 1);
	return d->all[0].text;
}

static void
too_many_criteria_are_refused(void **state)
{
	struct diag d = diag_open(mem, 0);
	struct method *m = NULL;
	struct buf b = buf_open(mem, 0);

	buf_c(&b, HEAD);
	for (int i = 0; i <= METHOD_CRITERIA; i++)
		buf_fmt(&b,
		    "criterion K%d \"к\" = failed(oge-math, year - 1) >= %d\n",
		    i, i);
	buf_c(&b, "listed when K0");
	enum rc rc = method_parse(mem, S("t"), buf_str(&b), &voc, &d, &m);
	assert_str(first_complaint(rc, &d), "Критериев больше 32.");
}

/* "count(pa in s where count(pb in s where … >= 3) …" of so many variables. */
static struct str
nested_counts(char last)
{
	struct buf b = buf_open(mem, 0);

	buf_c(&b,
	    HEAD "procedures w \"четыре\" = vpr-math-5 vpr-rus-5 oge-math "
		 "oge-rus\n"
		 "criterion K \"к\" = ");
	for (char v = 'a'; v <= last; v++)
		buf_fmt(&b, "count(p%c in w where ", v);
	for (char v = 'a'; v <= last; v++)
		buf_fmt(&b, "%d * failed(p%c, year - 1) + ", v - 'a' + 2, v);
	buf_fmt(&b, "participants(p%c, year - 2)", last);
	for (char v = 'a'; v <= last; v++)
		buf_c(&b, " >= 3)");
	buf_c(&b, " >= 1 listed when K");
	return buf_str(&b);
}

/* What is small as it is written may be large when it is written out. */
static void
rules_that_grow_when_written_out_are_refused(void **state)
{
	struct diag d = diag_open(mem, 0);
	struct method *m = NULL;
	struct method_program *p;
	enum rc rc =
	    method_parse(mem, S("t"), nested_counts('h'), &voc, &d, &m);

	if (rc == RC_OK)
		rc = method_prepare(mem, m, NULL, (struct syear){2023}, &d, &p);
	assert_str(first_complaint(rc, &d),
	    "Правила, расписанные по процедурам и годам, слишком велики. "
	    "Предел – 20000.");

	d = diag_open(mem, 0);
	rc = method_parse(mem, S("t"), nested_counts('i'), &voc, &d, &m);
	assert_str(first_complaint(rc, &d),
	    "Слишком много переменных сразу: предел – 8.");
}

static void
definitions_that_lean_on_too_many_others_are_refused(void **state)
{
	struct diag d = diag_open(mem, 0);
	struct method *m = NULL;
	struct method_program *p;
	struct buf b = buf_open(mem, 0);

	buf_c(&b, HEAD "define d0 (p, y) \"д\" = failed(p, y)\n");
	for (int i = 1; i <= 4 * METHOD_DEPTH; i++)
		buf_fmt(
		    &b, "define d%d (p, y) \"д\" = d%d(p, y) + 1\n", i, i - 1);
	buf_fmt(&b,
	    "criterion K \"к\" = d%d(oge-math, year - 1) > 0 listed when K",
	    4 * METHOD_DEPTH);
	enum rc rc = method_parse(mem, S("t"), buf_str(&b), &voc, &d, &m);
	if (rc == RC_OK)
		rc = method_prepare(mem, m, NULL, (struct syear){2023}, &d, &p);
	assert_str(first_complaint(rc, &d),
	    "Определения вложены слишком глубоко. Предел – 256.");
}

/* Random schools, always the same ones. */

static uint64_t seed;

static uint32_t
dice(uint32_t sides)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(seed >> 33) % sides;
}

enum { PROCEDURES = 13, ELEMENTS = 14, CELLS = FACT_YEARS * PROCEDURES };

struct school {
	struct facts facts;
	struct fact_count counts[CELLS];
	struct fact_value elements[ELEMENTS];
};

/* Its facts are its own, also of a copy. */
static void
stand_alone(struct school *s)
{
	facts_alone(mem, &s->facts, s->counts, CELLS);
	s->facts.elements = s->elements;
}

static struct fact_count
random_count(uint32_t gaps)
{
	if (dice(100) < gaps)
		return (struct fact_count){dice(3) ? -1 : 0, 0};
	int32_t n = 1 + (int32_t)dice(dice(2) ? 12 : 120);
	int32_t failed = (int32_t)dice((uint32_t)n + 1);
	if (dice(2)) /* near the border of 30 % */
		failed = (3 * n + 9) / 10 - (int32_t)dice(2);
	if (failed < 0)
		failed = 0;
	return (struct fact_count){n, failed};
}

static struct fact_value
random_value(size_t element, uint32_t gaps)
{
	struct fact_value v = {.is_known = dice(100) >= gaps};

	if (voc.elements[element].kind == VALUE_YES_NO)
		v.value = ratio_int(dice(8) != 0);
	else if (dice(3) == 0)
		v.value = ratio_of(10, 100);
	else
		v.value = ratio_of(dice(130), 1000);
	return v;
}

static void
random_school(struct school *s, uint32_t gaps)
{
	s->facts = (struct facts){
	    .kind = (enum school_kind)dice(KIND_COUNT),
	    .is_rural = dice(2),
	    .is_small = dice(2),
	};
	stand_alone(s);
	for (size_t i = 0; i < CELLS; i++)
		s->counts[i] = random_count(gaps);
	for (size_t i = 0; i < ELEMENTS; i++)
		s->elements[i] = random_value(i, gaps);
}

static struct method_program *
prepare_for(const struct method *m, const struct method_choice *c, int32_t year)
{
	struct diag d = diag_open(mem, 0);
	struct method_program *p = NULL;

	assert_int_equal(
	    method_prepare(mem, m, c, (struct syear){year}, &d, &p), RC_OK);
	return p;
}

/*
 * The rule of section 2.1 read again, in plain arithmetic; knows nothing of
 * the language.  Columns of procedures.tsv: 1 2 5 6 are ВПР of grades 5 and
 * 6, 8 9 ОГЭ, 10 11 12 ЕГЭ.
 */
struct reading {
	enum method_status status;
	bool holds[4];
};

static bool
plain_is_low(const struct school *s, int back, int procedure)
{
	struct fact_count c = s->counts[(back - 1) * PROCEDURES + procedure];

	return c.participants > 0 && 10 * c.failed >= 3 * c.participants;
}

static struct reading
plain_shnor(const struct school *s)
{
	static const int nine[] = {1, 2, 5, 6, 8, 9, 10, 11, 12};
	int n = s->facts.kind == KIND_OOSH ? 6 : 9;
	int low[3] = {0};
	bool any = false;
	struct reading r = {0};

	for (int i = 0; i < n; i++) {
		any |= s->counts[nine[i]].participants > 0;
		for (int back = 1; back <= 2; back++)
			low[back] += plain_is_low(s, back, nine[i]);
	}
	if (s->facts.kind == KIND_NOSH || s->facts.kind == KIND_CORRECTIONAL) {
		r.status = METHOD_NOT_APPLICABLE;
		return r;
	}
	r.holds[0] = low[1] >= 2;
	r.holds[1] = low[1] >= 1 && low[2] >= 1;
	if (r.holds[0] || r.holds[1])
		r.status = METHOD_LISTED;
	else
		r.status = any ? METHOD_NOT_LISTED : METHOD_NO_DATA;
	return r;
}

/* EVIDENCE: norilsk-2.1 */
static void
low_schools_are_as_read_by_hand(void **state)
{
	struct method_program *p =
	    prepare_for(load("shnor.method"), NULL, 2023);
	struct method_slots *slots = method_slots_open(mem, p);
	int seen[METHOD_STATUS_COUNT] = {0};

	seed = 1;
	for (int i = 0; i < 60000; i++) {
		struct school s;
		random_school(&s, i % 4 * 33);
		struct reading want = plain_shnor(&s);
		struct method_result r = method_decide(p, &s.facts, slots);
		assert_int_equal(r.status, want.status);
		assert_int_equal(r.holds & 1, want.holds[0]);
		assert_int_equal(r.holds >> 1, want.holds[1]);
		seen[r.status]++;
	}
	for (int i = 0; i < METHOD_STATUS_COUNT; i++)
		assert_true(seen[i] > 100);
}

/* EVIDENCE: norilsk-2.1-procedures */
static void
rule_looks_at_nine_procedures(void **state)
{
	static const char *const nine[] = {"vpr-math-5", "vpr-math-6",
	    "vpr-rus-5", "vpr-rus-6", "oge-math", "oge-rus", "ege-math-base",
	    "ege-math-profile", "ege-rus"};
	struct method *m = load("shnor.method");
	struct method_program *p = prepare_for(m, NULL, 2023);
	struct method_slots *slots = method_slots_open(mem, p);

	assert_int_equal(m->n_sets, 1);
	assert_int_equal(m->sets[0].n, COUNT_OF(nine));
	/* Low in one of them and in each other procedure there is: K1 holds
	 * exactly when that other one is of the nine. */
	for (size_t i = 0; i < PROCEDURES; i++) {
		struct school s = {.facts = {.kind = KIND_SOSH}};
		bool is_of_nine = false;
		stand_alone(&s);
		for (size_t k = 0; k < CELLS; k++)
			s.counts[k].participants = -1;
		s.counts[vocabulary_procedure_find(&voc, S("oge-rus"))] =
		    (struct fact_count){10, 3};
		s.counts[i] = (struct fact_count){10, 3};
		for (size_t k = 0; k < COUNT_OF(nine); k++)
			is_of_nine |=
			    str_eq(voc.procedures[i].code, str_of(nine[k]));
		bool is_second =
		    is_of_nine && !str_eq(voc.procedures[i].code, S("oge-rus"));
		struct method_result r = method_decide(p, &s.facts, slots);
		assert_int_equal(r.holds & 1, is_second);
	}
}

/* The rule of section 3.2 for a table without gaps. */
static void
plain_sections(const struct school *s, bool holds[4])
{
	static const int works[] = {0, 3, 4, 7};
	int weak = 0;
	int64_t sum = 0; /* in thousandths */

	holds[0] = false;
	for (int e = 0; e < 7; e++)
		holds[0] |= s->elements[e].value.num == 0;
#define ABOVE(e, percent)                                                      \
	(s->elements[e].value.num * 100 > (percent)*s->elements[e].value.den)
	holds[1] = ABOVE(7, 10) || ABOVE(8, 0);
	for (int e = 9; e < 13; e++)
		sum +=
		    s->elements[e].value.num * 1000 / s->elements[e].value.den;
	holds[2] = sum > 100;
	for (int i = 0; i < 4; i++) {
		struct fact_count c = s->counts[works[i]];
		weak += 5 * c.failed >= c.participants;
	}
	holds[3] = weak >= 2 || ABOVE(13, 10);
#undef ABOVE
}

/* The gaps that section 3.2 looks at. */
struct gaps {
	struct fact_value *values[ELEMENTS];
	size_t n_values;
	struct fact_count *counts[4];
	size_t n_counts;
};

static struct gaps
find_gaps(struct school *s)
{
	static const int works[] = {0, 3, 4, 7};
	struct gaps g = {0};

	for (size_t e = 0; e < ELEMENTS; e++)
		if (!s->elements[e].is_known)
			g.values[g.n_values++] = &s->elements[e];
	for (size_t i = 0; i < 4; i++)
		if (s->counts[works[i]].participants <= 0)
			g.counts[g.n_counts++] = &s->counts[works[i]];
	return g;
}

/* Every way to fill the gaps with the least and the most they may be. */
static void
by_brute_force(const struct school *s, int k, enum truth sections[4],
    enum method_status *ret_status)
{
	struct school full = *s;
	struct gaps g = find_gaps(&full);
	unsigned seen[4] = {0}, listed = 0;

	for (uint32_t way = 0; way < 1u << (g.n_values + g.n_counts); way++) {
		bool holds[4];
		int sum = 0;
		for (size_t i = 0; i < g.n_values; i++)
			g.values[i]->value = ratio_int(way >> i & 1);
		for (size_t i = 0; i < g.n_counts; i++)
			*g.counts[i] = (struct fact_count){
			    10, way >> (g.n_values + i) & 1 ? 10 : 0};
		plain_sections(&full, holds);
		for (int i = 0; i < 4; i++) {
			seen[i] |= 1u << holds[i];
			sum += holds[i];
		}
		listed |= 1u << (sum >= k);
	}

	static const enum truth truths[] = {
	    [1] = TRUTH_NO, [2] = TRUTH_YES, [3] = TRUTH_UNKNOWN};

	for (int i = 0; i < 4; i++)
		sections[i] = truths[seen[i]];
	*ret_status = listed == 2 ? METHOD_LISTED :
		      listed == 1 ? METHOD_NOT_LISTED :
				    METHOD_NO_DATA;
}

/* EVIDENCE: norilsk-3.2 */
static void
risk_schools_are_as_every_filling_of_the_gaps_says(void **state)
{
	struct method *m = load("risk.method");
	int seen[METHOD_STATUS_COUNT] = {0};

	seed = 2;
	for (int k = 1; k <= 4; k++) {
		struct method_choice c = method_default(mem, m);
		c.settings[0] = ratio_int(k);
		struct method_program *p = prepare_for(m, &c, 2023);
		struct method_slots *slots = method_slots_open(mem, p);
		for (int i = 0; i < 4000; i++) {
			struct school s;
			enum truth sections[4];
			enum method_status status;
			random_school(&s, (uint32_t)dice(4) * 12);
			struct gaps g = find_gaps(&s);
			if (g.n_values + g.n_counts > 9)
				continue;
			by_brute_force(&s, k, sections, &status);
			struct method_result r =
			    method_decide(p, &s.facts, slots);
			assert_int_equal(r.status, status);
			for (int j = 0; j < 4; j++) {
				assert_int_equal(
				    r.holds >> j & 1, sections[j] == TRUTH_YES);
				assert_int_equal(r.unknown >> j & 1,
				    sections[j] == TRUTH_UNKNOWN);
			}
			seen[r.status]++;
		}
	}
	assert_true(seen[METHOD_LISTED] > 100);
	assert_true(seen[METHOD_NOT_LISTED] > 100);
	assert_true(seen[METHOD_NO_DATA] > 100);
}

/* The margin, against every way to turn pupils. */

static struct method *
parse_rules(const char *rules)
{
	struct diag d = diag_open(mem, 0);
	struct str text = arena_fmt(mem,
	    "method m title \"м\" version 1 from 2022-09-01 source \"и\"\n"
	    "procedures s \"с\" = vpr-math-5 vpr-rus-5 oge-math\n%s\n",
	    rules);
	struct method *m = NULL;
	enum rc rc = method_parse(mem, S("m.method"), text, &voc, &d, &m);

	print_complaints(text, &d);
	assert_int_equal(rc, RC_OK);
	return m;
}

/* Cells 1, 5 and 8 of the last two years: the set s. */
static const size_t turned[] = {1, 5, 8, 14, 18, 21};

static int64_t
least_by_brute_force(const struct method_program *p, struct school *s)
{
	struct method_slots *slots = method_slots_open(mem, p);
	bool listed =
	    method_decide(p, &s->facts, slots).status == METHOD_LISTED;
	struct school tried = *s;
	int64_t best = -1;

	stand_alone(&tried);
	for (;;) {
		int64_t price = 0;
		for (size_t i = 0; i < COUNT_OF(turned); i++)
			price += labs((long)tried.counts[turned[i]].failed -
				      s->counts[turned[i]].failed);
		enum method_status now =
		    method_decide(p, &tried.facts, slots).status;
		if ((now == METHOD_LISTED) != listed &&
		    (best < 0 || price < best))
			best = price;
		size_t i = 0;
		for (; i < COUNT_OF(turned); i++) {
			struct fact_count *c = &tried.counts[turned[i]];
			struct fact_count was = s->counts[turned[i]];
			int32_t end = listed ? 0 : was.participants;
			if (was.participants > 0 && c->failed != end) {
				c->failed += listed ? -1 : 1;
				break;
			}
			*c = was;
		}
		if (i == COUNT_OF(turned))
			return best;
	}
}

static void
check_margin(const struct method_program *p, struct school *s, int *found)
{
	struct method_slots *slots = method_slots_open(mem, p);
	enum method_status was = method_decide(p, &s->facts, slots).status;
	struct margin got = method_margin(mem, p, &s->facts);

	assert_true(got.is_exact);
	if (was != METHOD_LISTED && was != METHOD_NOT_LISTED) {
		assert_false(got.exists);
		return;
	}
	int64_t want = least_by_brute_force(p, s);
	assert_int_equal(got.exists, want >= 0);
	if (!got.exists)
		return;
	assert_int_equal(got.pupils, want);
	++*found;

	/* the changes told do turn it, and cost what is told */
	struct school told = *s;
	int64_t price = 0;
	stand_alone(&told);
	for (size_t i = 0; i < got.n; i++) {
		size_t cell =
		    (size_t)(2022 - got.flips[i].year.first) * PROCEDURES +
		    got.flips[i].procedure;
		assert_int_equal(told.counts[cell].failed, got.flips[i].from);
		told.counts[cell].failed = got.flips[i].to;
		price += labs((long)got.flips[i].to - got.flips[i].from);
	}
	assert_int_equal(price, got.pupils);
	enum method_status now = method_decide(p, &told.facts, slots).status;
	assert_true((now == METHOD_LISTED) != (was == METHOD_LISTED));
}

#define LOW                                                                    \
	"low result (p, y) when participants(p, y) > 0"                        \
	" and failed(p, y) / participants(p, y) >= 30 %\n"

static const char *const margin_rules[] = {
    LOW "criterion K1 \"к\" = count(p in s where low(p, year - 1)) >= 2\n"
	"criterion K2 \"к\" = any(p in s where low(p, year - 1))"
	" and any(p in s where low(p, year - 2))\n"
	"listed when K1 or K2\n"
	"enough data when any(p in s where participants(p, year - 1) > 0)",
    LOW "criterion K \"к\" = any(p in s where low(p, year - 1)"
	" and low(p, year - 2)) listed when K",
    LOW "criterion K \"к\" = count(p in s where low(p, year - 1)) = 2"
	" listed when K",
    LOW "criterion K \"к\" = none(p in s where low(p, year - 1))"
	" listed when not K enough data when known(K)",
    "criterion K \"к\" = sum(failed(p, year - 1) for p in s)"
    " / sum(participants(p, year - 1) for p in s) > 30 % listed when K",
    "criterion K \"к\" = sum(failed(p, year - 1) / participants(p, year - 1)"
    " for p in s) > 75 % listed when K",
    "criterion K \"к\" = failed(oge-math, year - 1) > failed(oge-math, year"
    " - 2) and not failed(vpr-math-5, year - 1) = 1 listed when K",
    "criterion K \"к\" = sum(failed(p, year - 1) for p in s where"
    " participants(p, year - 1) >= 2) - failed(oge-math, year - 2) * 2 >= 3"
    " listed when K",
    "criterion K \"к\" = at least 2 of (failed(oge-math, year - 1) >= 2,"
    " failed(vpr-rus-5, year - 1) + failed(oge-math, year - 2) >= 2,"
    " failed(vpr-math-5, year - 1) = failed(vpr-math-5, year - 2))"
    " listed when K",
    "criterion K \"к\" = sum(failed(p, year - 1) for p in s where"
    " failed(p, year - 2) > 0) > 2 listed when K or known(internet = no)"
    " and failed(oge-math, year - 1) > 1",
};

/* A school that is well in everything section 3.2 asks. */
static void
school_without_risk(struct school *s)
{
	*s = (struct school){.facts = {.kind = KIND_SOSH}};
	stand_alone(s);
	for (size_t i = 0; i < CELLS; i++)
		s->counts[i] = (struct fact_count){100, 0};
	for (size_t e = 0; e < ELEMENTS; e++)
		s->elements[e] = (struct fact_value){
		    true, ratio_int(voc.elements[e].kind == VALUE_YES_NO)};
}

/*
 * EVIDENCE: norilsk-3.2-s1, norilsk-3.2-s2, norilsk-3.2-s3, norilsk-3.2-s4,
 * domain 10.15, domain 10.16 - each border of the table of risks, on it and
 * just beyond, and what is not known.  A share is in thousandths, a work in
 * pupils of a hundred; -1: no data.
 */
struct border {
	struct {
		const char *code;
		int value;
	} is[4];

	unsigned holds, unknown;
};

enum { S1 = 1, S2 = 2, S3 = 4, S4 = 8 };

static const struct border borders[] = {
    {{{"internet", 1}}, 0, 0},
    {{{"internet", 0}}, S1, 0},
    {{{"computers", 0}}, S1, 0},
    {{{"lab-physics", 0}}, S1, 0},
    {{{"lab-technology", 0}}, S1, 0},
    {{{"lab-technology", -1}}, 0, S1},
    {{{"lab-technology", -1}, {"internet", 0}}, S1, 0},
    {{{"teachers-overloaded", 100}}, 0, 0},
    {{{"teachers-overloaded", 101}}, S2, 0},
    {{{"teachers-unqualified", 0}}, 0, 0},
    {{{"teachers-unqualified", 1}}, S2, 0},
    {{{"teachers-unqualified", -1}}, 0, S2},
    {{{"teachers-unqualified", -1}, {"teachers-overloaded", 101}}, S2, 0},
    {{{"pupils-registered", 25}, {"pupils-disability", 25},
	 {"pupils-nonnative", 25}, {"pupils-truant", 25}},
	0, 0},
    {{{"pupils-registered", 25}, {"pupils-disability", 25},
	 {"pupils-nonnative", 25}, {"pupils-truant", 26}},
	S3, 0},
    {{{"pupils-registered", 101}, {"pupils-truant", -1}}, S3, 0},
    {{{"pupils-registered", 100}, {"pupils-truant", -1}}, 0, S3},
    {{{"vpr-math-4", 20}}, 0, 0},
    {{{"vpr-math-4", 20}, {"vpr-rus-8", 19}}, 0, 0},
    {{{"vpr-math-4", 20}, {"vpr-rus-8", 20}}, S4, 0},
    {{{"vpr-math-8", 20}, {"vpr-rus-4", 20}}, S4, 0},
    {{{"vpr-math-5", 90}, {"vpr-rus-6", 90}}, 0, 0},
    {{{"vpr-math-4", 20}, {"vpr-rus-8", -1}}, 0, S4},
    {{{"vpr-math-4", 19}, {"vpr-rus-8", -1}}, 0, 0},
    {{{"pupils-failing", 100}}, 0, 0},
    {{{"pupils-failing", 101}}, S4, 0},
    {{{"pupils-failing", -1}}, 0, S4},
};

static void
set_border(struct school *s, const struct border *b)
{
	for (int k = 0; k < 4 && b->is[k].code; k++) {
		struct str code = str_of(b->is[k].code);
		int value = b->is[k].value;
		ptrdiff_t e = vocabulary_element_find(&voc, code);

		if (e < 0)
			s->counts[vocabulary_procedure_find(&voc, code)] =
			    (struct fact_count){
				value < 0 ? -1 : 100, value < 0 ? 0 : value};
		else
			s->elements[e] = (struct fact_value){
			    value >= 0, voc.elements[e].kind == VALUE_YES_NO ?
					    ratio_int(value) :
					    ratio_of(value, 1000)};
	}
}

static void
borders_of_the_risk_table(void **state)
{
	struct method_program *p = prepare_for(load("risk.method"), NULL, 2023);
	struct method_slots *slots = method_slots_open(mem, p);

	for (size_t i = 0; i < COUNT_OF(borders); i++) {
		const struct border *b = &borders[i];
		struct school s;

		school_without_risk(&s);
		set_border(&s, b);
		struct method_result r = method_decide(p, &s.facts, slots);
		if (r.holds != b->holds || r.unknown != b->unknown)
			print_error("case %zu: holds %x, unknown %x\n", i,
			    r.holds, r.unknown);
		assert_int_equal(r.holds, b->holds);
		assert_int_equal(r.unknown, b->unknown);
		assert_int_equal(r.status, b->holds   ? METHOD_LISTED :
					   b->unknown ? METHOD_NO_DATA :
							METHOD_NOT_LISTED);
	}
}

/* Past the limit of the search nothing is said of the margin. */
static void
margin_past_its_limit_is_not_said(void **state)
{
	struct diag d = diag_open(mem, 0);
	struct method *m = NULL;
	struct school s;

	assert_int_equal(
	    method_parse(mem, S("t"),
		S(HEAD "criterion K \"к\" = failed(vpr-math-5, year - 1) + "
		       "101 * failed(vpr-rus-5, year - 1) + 10201 * "
		       "failed(oge-math, year - 1) >= 1030300 listed when K"),
		&voc, &d, &m),
	    RC_OK);
	school_without_risk(&s);
	struct margin margin =
	    method_margin(mem, prepare_for(m, NULL, 2023), &s.facts);
	assert_false(margin.is_exact);
	assert_false(margin.exists);
	assert_int_equal(margin.n, 0);
}

static void
margin_is_the_least_of_all_ways(void **state)
{
	seed = 3;
	for (size_t r = 0; r < COUNT_OF(margin_rules); r++) {
		struct arena *kept = mem;
		autoarena own = arena_open(0);
		mem = own;
		struct method_program *p =
		    prepare_for(parse_rules(margin_rules[r]), NULL, 2023);
		int found = 0;
		for (int i = 0; i < 60; i++) {
			struct school s;
			random_school(&s, 10);
			s.facts.kind = KIND_SOSH;
			for (size_t c = 0; c < CELLS; c++) {
				int32_t n = (int32_t)dice(5) - (dice(4) == 0);
				s.counts[c] = (struct fact_count){n,
				    n > 0 ? (int32_t)dice((uint32_t)n + 1) : 0};
			}
			check_margin(p, &s, &found);
		}
		assert_true(found > 10);
		mem = kept;
	}
}

/* Real sizes: the answer of the rule worked out by hand. */
static int64_t
flips_of_shnor(const struct school *s, bool listed)
{
	static const int nine[] = {1, 2, 5, 6, 8, 9, 10, 11, 12};
	int n = s->facts.kind == KIND_OOSH ? 6 : 9;
	int64_t price[3][9], best = -1;

	for (int back = 1; back <= 2; back++)
		for (int i = 0; i < n; i++) {
			struct fact_count c =
			    s->counts[(back - 1) * PROCEDURES + nine[i]];
			int32_t border = (3 * c.participants + 9) / 10;
			bool low = plain_is_low(s, back, nine[i]);
			price[back][i] = low == !listed      ? 0 :
					 c.participants <= 0 ? -1 :
					 listed ? c.failed - border + 1 :
						  border - c.failed;
		}
	/* every choice of the results that become low, or stop being so */
	for (uint32_t a = 0; a < 1u << n; a++)
		for (int both = 0; both < 2; both++) {
			int64_t sum = 0;
			int low1 = 0, low2 = 0;
			bool possible = true;
			for (int i = 0; i < n; i++) {
				bool turn = a >> i & 1;
				if (turn && price[1][i] < 0)
					possible = false;
				if (turn)
					sum += price[1][i];
				low1 += plain_is_low(s, 1, nine[i]) ?
					    !(listed && turn) :
					    !listed && turn && price[1][i] >= 0;
			}
			int64_t least = -1;
			for (int i = 0; i < n; i++) {
				bool low = plain_is_low(s, 2, nine[i]);
				if (listed && both && low)
					sum += price[2][i];
				low2 += low && !(listed && both);
				if (!listed && !low && price[2][i] >= 0 &&
				    (least < 0 || price[2][i] < least))
					least = price[2][i];
			}
			if (!listed && both && low2 == 0 && least >= 0) {
				sum += least;
				low2 = 1;
			}
			bool now = low1 >= 2 || (low1 && low2);
			if (possible && now != listed &&
			    (best < 0 || sum < best))
				best = sum;
		}
	return best;
}

/* EVIDENCE: norilsk-2.1 */
static void
margin_of_real_cohorts_is_as_worked_out_by_hand(void **state)
{
	struct method_program *p =
	    prepare_for(load("shnor.method"), NULL, 2023);
	int seen[2] = {0};

	seed = 4;
	for (int i = 0; i < 1500; i++) {
		struct arena *kept = mem;
		autoarena own = arena_open(0);
		struct school s;
		random_school(&s, i % 3 * 20);
		for (size_t c = 0; i % 2 && c < CELLS; c++)
			s.counts[c].failed /= 3;
		struct reading r = plain_shnor(&s);
		bool listed = r.status == METHOD_LISTED;
		if (!listed && r.status != METHOD_NOT_LISTED)
			continue;
		mem = own;
		struct margin got = method_margin(mem, p, &s.facts);
		int64_t want = flips_of_shnor(&s, listed);
		assert_true(got.is_exact);
		assert_int_equal(got.exists ? got.pupils : -1, want);
		seen[listed]++;
		mem = kept;
	}
	assert_true(seen[0] > 50 && seen[1] > 50);
}

/* A list decided many schools at a time is the list decided one by one. */

enum { MANY = 3000 };

struct many {
	const struct method_program *p;
	struct school *schools;
	int given[MANY];
	int seen[METHOD_STATUS_COUNT];
};

static const struct facts *
school_at(void *ctx, size_t i)
{
	const struct many *all = ctx;

	return &all->schools[i].facts;
}

static bool
same_low(const struct method_low *a, const struct method_low *b)
{
	return a->procedure == b->procedure && a->year.first == b->year.first &&
	       a->count.participants == b->count.participants &&
	       a->count.failed == b->count.failed && a->is_small == b->is_small;
}

static void
is_as_alone(void *ctx, size_t i, const struct method_decision *d)
{
	struct many *all = ctx;
	autoarena own = arena_open(0);
	struct method_slots *slots = method_slots_open(own, all->p);
	const struct facts *f = &all->schools[i].facts;
	struct method_result r = method_decide(all->p, f, slots);
	struct verdict v = method_verdict(own, all->p, f);

	assert_int_equal(d->result.status, r.status);
	assert_int_equal(d->result.holds, r.holds);
	assert_int_equal(d->result.unknown, r.unknown);
	assert_int_equal(d->n_low, v.n_low);
	for (size_t k = 0; k < v.n_low; k++)
		assert_true(same_low(&d->low[k], &v.low[k]));
	all->given[i]++;
	all->seen[r.status]++;
}

static int
statuses_of_many(const struct method *m, const struct method_choice *c)
{
	struct many *all = arena_new(mem, struct many, 1);
	int kinds = 0;

	all->p = prepare_for(m, c, 2023);
	all->schools = arena_new(mem, struct school, MANY);
	for (size_t i = 0; i < MANY; i++)
		random_school(&all->schools[i], (uint32_t)i % 4 * 33);
	method_decide_many(all->p, school_at, MANY, is_as_alone, all);
	for (size_t i = 0; i < MANY; i++)
		assert_int_equal(all->given[i], 1);
	for (int i = 0; i < METHOD_STATUS_COUNT; i++)
		kinds += all->seen[i] > 0;
	return kinds;
}

/* Every sign, on both sides, of counts that are known and of such that are not. */
static const char every_sign[] =
    "method t title \"т\" version 1 from 2022-09-01 source \"и\"\n"
    "procedures main \"все\" = vpr-math-5 vpr-math-6 vpr-rus-5 oge-math\n"
    "low result (p, y) when participants(p, y) >= 5\n"
    "  and failed(p, y) / participants(p, y) > 25 %%\n"
    "criterion A \"а\" = count(p in main where low(p, year - 1)) %s 2\n"
    "criterion B \"б\" = 1 %s count(p in main where low(p, year - 2))\n"
    "criterion C \"в\" = rural or not small\n"
    "criterion D \"г\" = not (A or B)\n"
    "listed when A and (B or C) or D and small\n";

static void
many_schools_are_decided_as_each_alone(void **state)
{
	static const char *const signs[] = {"<", "<=", ">", ">=", "=", "!="};
	struct method *shnor = load("shnor.method");
	struct method_choice c = method_default(mem, shnor);

	seed = 5;
	assert_int_equal(statuses_of_many(shnor, NULL), METHOD_STATUS_COUNT);
	assert_true(statuses_of_many(load("risk.method"), NULL) >= 2);
	for (size_t d = 0; d < shnor->n_doubts; d++)
		for (size_t k = 1; k <= shnor->doubts[d].n_others; k++) {
			c.readings[d] = (uint8_t)k;
			assert_true(statuses_of_many(shnor, &c) >= 2);
			c.readings[d] = 0;
		}
	for (size_t i = 0; i < COUNT_OF(signs); i++) {
		struct diag d = diag_open(mem, 0);
		struct str text =
		    arena_fmt(mem, every_sign, signs[i], signs[i]);
		struct method *m = NULL;
		enum rc rc = method_parse(mem, S("t"), text, &voc, &d, &m);
		print_complaints(text, &d);
		assert_int_equal(rc, RC_OK);
		assert_true(statuses_of_many(m, NULL) >= 2);
	}
}

/*
 * A district of 23 schools as in domain 1.2: nine are listed, seven of them for
 * ОГЭ in mathematics two years running.  Names and counts are invented.
 */
enum {
	MATH_5 = 1,
	MATH_6 = 2,
	RUS_5 = 5,
	RUS_6 = 6,
	OGE_MATH = 8,
	OGE_RUS = 9,
	EGE_RUS = 12,
};

struct told {
	int procedure;
	int back;
	struct fact_count count;
};

static const struct district_school {
	const char *name;
	enum school_kind kind;
	bool hard; /* in unfavourable social conditions */
	uint32_t criteria;
	struct told told[5];
} district[23] = {
    {"Вьюжинская СОШ", KIND_SOSH, false, 2,
	{{OGE_MATH, 1, {24, 9}}, {OGE_MATH, 2, {22, 7}}}},
    {"Гимназия № 3", KIND_GYMNASIUM, false, 2,
	{{OGE_MATH, 1, {61, 19}}, {OGE_MATH, 2, {58, 18}}}},
    {"Дальнепольская СОШ", KIND_SOSH, false, 2,
	{{OGE_MATH, 1, {10, 3}}, {OGE_MATH, 2, {9, 3}}}},
    {"Еловомысская СОШ", KIND_SOSH, true, 2,
	{{OGE_MATH, 1, {7, 3}}, {OGE_MATH, 2, {6, 2}}}},
    {"Иволжинская СОШ", KIND_SOSH, false, 2,
	{{OGE_MATH, 1, {13, 4}}, {OGE_MATH, 2, {11, 5}}}},
    {"Кедроложская ООШ", KIND_OOSH, false, 2,
	{{OGE_MATH, 1, {4, 2}}, {OGE_MATH, 2, {3, 1}}}},
    {"Лугозерская ООШ", KIND_OOSH, true, 2,
	{{OGE_MATH, 1, {2, 1}}, {OGE_MATH, 2, {5, 2}}}},
    {"Медвежелогская СОШ", KIND_SOSH, false, 1,
	{{OGE_MATH, 1, {12, 5}}, {EGE_RUS, 1, {6, 2}}}},
    {"Нижнеярская СОШ", KIND_SOSH, true, 2,
	{{MATH_5, 2, {14, 5}}, {MATH_6, 2, {13, 4}}, {RUS_6, 2, {13, 6}},
	    {OGE_MATH, 1, {11, 4}}}},
    {"Ольшанобродская СОШ", KIND_SOSH, true, 0,
	{{OGE_MATH, 1, {17, 5}}, {OGE_MATH, 2, {20, 5}}}},
    {"Рябиноложская СОШ", KIND_SOSH, true, 0, {{OGE_MATH, 2, {8, 4}}}},
    {"Синеборская ООШ", KIND_OOSH, true, 0, {{OGE_MATH, 1, {3, 1}}}},
    {"Тихопольская СОШ", KIND_SOSH, false, 0, {{0}}},
    {"Устьвяхирская СОШ", KIND_SOSH, false, 0, {{MATH_5, 2, {9, 3}}}},
    {"Ясноборская СОШ", KIND_SOSH, false, 0, {{RUS_5, 1, {7, 2}}}},
    {"СОШ № 1", KIND_SOSH, false, 0, {{OGE_RUS, 1, {88, 26}}}},
    {"СОШ № 2", KIND_SOSH, false, 0, {{OGE_RUS, 1, {50, 15}}}},
    {"СОШ № 4", KIND_SOSH, false, 0, {{0}}},
    {"СОШ № 5", KIND_SOSH, false, 0, {{0}}},
    {"ООШ № 6", KIND_OOSH, false, 0, {{0}}},
    {"Лицей № 8", KIND_LYCEUM, false, 0, {{0}}},
    {"Гусинолапская ООШ", KIND_OOSH, false, 0, {{0}}},
    {"Яшминская СОШ", KIND_SOSH, false, 0, {{0}}},
};

static void
fill_district_school(struct school *s, const struct district_school *from)
{
	s->facts = (struct facts){.kind = from->kind};
	stand_alone(s);
	memset(s->elements, 0, sizeof s->elements);
	for (size_t i = 0; i < CELLS; i++)
		s->counts[i] = (struct fact_count){20, 1};
	for (size_t i = 0; i < COUNT_OF(from->told); i++)
		if (from->told[i].back)
			s->counts[(from->told[i].back - 1) * PROCEDURES +
				  from->told[i].procedure] =
			    from->told[i].count;
}

/* EVIDENCE: norilsk-2.1 */
static void
a_district_of_23_schools_has_nine_on_the_list(void **state)
{
	struct method_program *p =
	    prepare_for(load("shnor.method"), NULL, 2023);
	int listed = 0, hard = 0, either = 0, math_twice = 0;

	for (size_t i = 0; i < COUNT_OF(district); i++) {
		struct school s;
		fill_district_school(&s, &district[i]);
		struct verdict v = method_verdict(mem, p, &s.facts);
		bool on = v.status == METHOD_LISTED;
		assert_int_equal(on, district[i].criteria != 0);
		for (size_t c = 0; c < 2; c++)
			assert_int_equal(v.criteria[c],
			    district[i].criteria >> c & 1 ? TRUTH_YES :
							    TRUTH_NO);
		listed += on;
		hard += district[i].hard;
		either += on || district[i].hard;
		math_twice += on && v.n_low == 2 &&
			      v.low[0].procedure == OGE_MATH &&
			      v.low[1].procedure == OGE_MATH;
	}
	assert_int_equal(listed, 9);
	assert_int_equal(hard, 6);
	assert_int_equal(either, 12);
	assert_int_equal(math_twice, 7);
}

static struct str
sentence_of(size_t i)
{
	struct method_program *p =
	    prepare_for(load("shnor.method"), NULL, 2023);
	struct school *s = arena_new(mem, struct school, 1);

	fill_district_school(s, &district[i]);
	struct verdict v = method_verdict(mem, p, &s->facts);
	return method_sentence(mem, p, &s->facts, &v);
}

static void
each_verdict_says_why(void **state)
{
	assert_str(sentence_of(0),
	    "Школа включена: выполнен критерий 2: низкие результаты два "
	    "учебных года подряд: в 2022/23 – ОГЭ по математике (9 из 24, "
	    "37,5 %); в 2021/22 – ОГЭ по математике (7 из 22, 31,8 %).");
	assert_str(sentence_of(7),
	    "Школа включена: выполнен критерий 1: в 2022/23 учебном году "
	    "низкие результаты по двум процедурам – ОГЭ по математике (5 из "
	    "12, 41,7 %), ЕГЭ по русскому языку (2 из 6, 33,3 %).");
	assert_str(sentence_of(9),
	    "Школа не включена: ни один критерий не выполнен. Низкие "
	    "результаты: в 2022/23 учебном году – нет; в 2021/22 – нет.");
	assert_str(sentence_of(10),
	    "Школа не включена: ни один критерий не выполнен. Низкие "
	    "результаты: в 2022/23 учебном году – нет; в 2021/22 – ОГЭ по "
	    "математике (4 из 8, 50 %).");
}

static void
shares_do_not_pretend_to_be_round(void **state)
{
	assert_str(method_share_text(mem, (struct fact_count){24, 9}),
	    "9 из 24, 37,5 %");
	assert_str(method_share_text(mem, (struct fact_count){10, 3}),
	    "3 из 10, 30 %");
	assert_str(method_share_text(mem, (struct fact_count){1334, 400}),
	    "400 из 1334, 29,99 %");
	assert_str(method_share_text(mem, (struct fact_count){3, 1}),
	    "1 из 3, 33,3 %");
	assert_str(
	    method_share_text(mem, (struct fact_count){0, 0}), "нет данных");
}

/* What a verdict says besides the status. */

static void
verdict_names_low_results_and_what_is_missing(void **state)
{
	struct method_program *p =
	    prepare_for(load("shnor.method"), NULL, 2021);
	struct school s;
	struct fact_count none = {-1, 0};

	fill_district_school(&s, &district[5]); /* oosh: ЕГЭ is not missed */
	s.counts[MATH_5] = none;
	s.counts[MATH_6] = (struct fact_count){0, 0};
	s.counts[PROCEDURES + OGE_MATH] = none; /* not held in 2019/20 */
	s.counts[PROCEDURES + RUS_5] = (struct fact_count){3, 2};
	struct verdict v = method_verdict(mem, p, &s.facts);

	assert_int_equal(v.status, METHOD_LISTED);
	assert_true(v.is_small);
	assert_int_equal(v.n_low, 2);
	assert_int_equal(v.low[0].year.first, 2019);
	assert_int_equal(v.low[0].procedure, RUS_5);
	assert_true(v.low[0].is_small);
	assert_int_equal(v.low[1].year.first, 2020);
	assert_int_equal(v.low[1].procedure, OGE_MATH);

	static const struct {
		uint32_t index;
		int32_t year;
		enum missing_reason reason;
	} want[] = {
	    {MATH_5, 2020, MISSING_NOT_LOADED},
	    {MATH_6, 2020, MISSING_NO_PARTICIPANTS},
	    {OGE_MATH, 2019, MISSING_NOT_HELD},
	};

	assert_int_equal(v.n_missing, COUNT_OF(want));
	for (size_t i = 0; i < COUNT_OF(want); i++) {
		assert_int_equal(v.missing[i].index, want[i].index);
		assert_int_equal(v.missing[i].year.first, want[i].year);
		assert_int_equal(v.missing[i].reason, want[i].reason);
	}
}

static void
cohorts_below_ten_are_small(void **state)
{
	static const struct {
		int32_t participants;
		bool is_small;
	} sizes[] = {{1, true}, {2, true}, {9, true}, {10, false}, {15, false},
	    {16, false}};
	struct method_program *p =
	    prepare_for(load("shnor.method"), NULL, 2023);

	for (size_t i = 0; i < COUNT_OF(sizes); i++) {
		struct school s;
		int32_t n = sizes[i].participants;
		fill_district_school(&s, &district[12]);
		s.counts[OGE_MATH] = s.counts[OGE_RUS] =
		    (struct fact_count){n, n};
		struct verdict v = method_verdict(mem, p, &s.facts);
		assert_int_equal(v.status, METHOD_LISTED);
		assert_int_equal(v.is_small, sizes[i].is_small);
	}
}

static const struct step *
find_step(const struct step *s, enum step_kind kind, ptrdiff_t procedure,
    int32_t year)
{
	if (s->kind == kind && s->procedure == procedure &&
	    s->year.first == year)
		return s;
	for (size_t i = 0; i < s->n; i++) {
		const struct step *found =
		    find_step(&s->of[i], kind, procedure, year);
		if (found)
			return found;
	}
	return NULL;
}

static void
steps_carry_the_facts_and_thresholds(void **state)
{
	struct method_program *p =
	    prepare_for(load("shnor.method"), NULL, 2023);
	struct school s;

	fill_district_school(&s, &district[0]);
	s.counts[MATH_5] = (struct fact_count){-1, 0};
	const struct step *root = method_trace(mem, p, &s.facts);
	assert_int_equal(root->holds, TRUTH_YES);
	assert_int_equal(root->n, 3); /* applies, listed, enough */
	assert_int_equal(root->of[1].of[0].kind, STEP_CRITERION);
	assert_str(root->of[1].of[0].source, "K1");

	const struct step *low = find_step(root, STEP_RESULT, OGE_MATH, 2022);
	assert_non_null(low);
	assert_int_equal(low->holds, TRUTH_YES);
	assert_str(low->value, "9 из 24, 37,5 %");
	assert_str(low->threshold, "не меньше 30 %");
	assert_int_equal(low->count.participants, 24);
	assert_int_equal(low->missing, MISSING_NONE);

	const struct step *gap = find_step(root, STEP_RESULT, MATH_5, 2022);
	assert_non_null(gap);
	assert_int_equal(gap->holds, TRUTH_UNKNOWN);
	assert_int_equal(gap->missing, MISSING_NOT_LOADED);
	assert_str(gap->value, "нет данных: не загружено");
}

/* Each node of the tree agrees with what the rule of its kind says. */
static void
check_steps(const struct step *s)
{
	for (size_t i = 0; i < s->n; i++)
		check_steps(&s->of[i]);
	assert_true(s->text.n && utf8_valid(s->text) && s->source.n);
	if (s->kind == STEP_CRITERION || s->kind == STEP_DEFINED ||
	    s->kind == STEP_RESULT)
		assert_int_equal(s->holds, s->of[0].holds);
}

static void
trace_agrees_with_the_verdict(void **state)
{
	static const char *const names[] = {"shnor.method", "risk.method"};

	seed = 5;
	for (size_t f = 0; f < COUNT_OF(names); f++) {
		struct method *m = load(names[f]);
		struct method_program *p = prepare_for(m, NULL, 2023);
		for (int i = 0; i < 60; i++) {
			struct arena *kept = mem;
			autoarena own = arena_open(0);
			struct school s;
			random_school(&s, i % 4 * 20);
			mem = own;
			struct verdict v = method_verdict(mem, p, &s.facts);
			const struct step *root =
			    method_trace(mem, p, &s.facts);
			check_steps(root);
			assert_int_equal(root->holds == TRUTH_YES,
			    v.status == METHOD_LISTED);
			const struct step *rule = &root->of[root->n > 1];
			if (v.status != METHOD_NOT_APPLICABLE)
				for (size_t c = 0; c < v.n_criteria; c++)
					assert_int_equal(
					    rule->of[c].holds, v.criteria[c]);
			struct str said = method_sentence(mem, p, &s.facts, &v);
			assert_true(said.n > 20 && utf8_valid(said));
			mem = kept;
		}
	}
}

/* The next list, from every single result of the coming year. */

static enum method_status
next_status(const struct method_program *next, const struct school *s,
    const struct fact_count *coming)
{
	struct school y = *s;

	stand_alone(&y);
	memcpy(y.counts, coming, PROCEDURES * sizeof *coming);
	memcpy(y.counts + PROCEDURES, s->counts,
	    (FACT_YEARS - 1) * PROCEDURES * sizeof *coming);
	return method_decide(next, &y.facts, method_slots_open(mem, next))
	    .status;
}

static void
edge_is_what_single_results_do(void **state)
{
	struct method *m = load("shnor.method");
	struct method_program *p = prepare_for(m, NULL, 2023);
	struct method_program *next = prepare_for(m, NULL, 2024);
	int entering = 0, leaving = 0;

	seed = 6;
	for (int i = 0; i < 300; i++) {
		struct school s;
		struct fact_count clean[PROCEDURES], repeat[PROCEDURES];
		random_school(&s, 0);
		s.facts.kind = i % 2 ? KIND_OOSH : KIND_SOSH;
		for (size_t c = 0; c < CELLS; c++)
			if (dice(4))
				s.counts[c].failed /= 4;
		for (size_t c = 0; c < PROCEDURES; c++) {
			repeat[c] = s.counts[c];
			clean[c] =
			    (struct fact_count){s.counts[c].participants, 0};
		}
		struct method_edge e = method_edge(mem, p, next, &s.facts);
		assert_int_equal(e.if_clean, next_status(next, &s, clean));
		assert_int_equal(e.if_repeat, next_status(next, &s, repeat));
		size_t enter = 0, leave = 0;
		for (uint32_t c = 0; c < PROCEDURES; c++) {
			struct fact_count was = clean[c];
			int32_t from = 0;
			for (int32_t n = 1; !from && n <= was.participants;
			     n++) {
				clean[c].failed = n;
				if (next_status(next, &s, clean) ==
				    METHOD_LISTED)
					from = n;
			}
			clean[c] = was;
			if (from && e.if_clean == METHOD_NOT_LISTED) {
				assert_true(enter < e.n_enter);
				assert_int_equal(e.enter[enter].procedure, c);
				assert_int_equal(e.enter[enter].failed, from);
				enter++;
			}
			was = repeat[c];
			repeat[c].failed = 0;
			if (was.failed && e.if_repeat == METHOD_LISTED &&
			    next_status(next, &s, repeat) != METHOD_LISTED) {
				assert_true(leave < e.n_leave);
				assert_int_equal(e.leave[leave].procedure, c);
				leave++;
			}
			repeat[c] = was;
		}
		assert_int_equal(enter, e.n_enter);
		assert_int_equal(leave, e.n_leave);
		entering += enter > 0;
		leaving += leave > 0;
	}
	assert_true(entering > 10 && leaving > 10);
}

/* Settings, readings, versions. */

static void
settings_take_what_people_write(void **state)
{
	struct method *m = load("shnor.method");
	struct method_choice c = method_default(mem, m);
	struct diag d = diag_open(mem, 0);

	assert_false(method_is_trial(m, &c));
	assert_int_equal(
	    method_set_value(&c, m, S("threshold"), S("30"), &d), RC_OK);
	assert_false(method_is_trial(m, &c));
	assert_int_equal(
	    method_set_value(&c, m, S("threshold"), S("27,5 %"), &d), RC_OK);
	assert_true(method_is_trial(m, &c));
	assert_int_equal(ratio_cmp(c.settings[0], ratio_of(275, 1000)), 0);
	assert_int_equal(
	    method_set_value(&c, m, S("threshold"), S("101"), &d), RC_INVALID);
	assert_str(complaint_line(mem, &d.all[0]),
	    "Такое значение настройки «threshold» не подходит. Стоит «101». "
	    "Ожидалось: доля от 1 % до 100 %.");
	assert_int_equal(
	    method_set_value(&c, m, S("minimum"), S("2,5"), &d), RC_INVALID);
	assert_int_equal(
	    method_set_value(&c, m, S("minimun"), S("2"), &d), RC_NOT_FOUND);
}

static int
listed_in_the_district(const struct method_program *p)
{
	int listed = 0;

	for (size_t i = 0; i < COUNT_OF(district); i++) {
		struct school s;
		fill_district_school(&s, &district[i]);
		listed +=
		    method_verdict(mem, p, &s.facts).status == METHOD_LISTED;
	}
	return listed;
}

static void
other_readings_can_be_run(void **state)
{
	struct method *m = load("shnor.method");
	/* by doubt and other reading: schools of the district on the list */
	static const int want[][2] = {{4, 7}, {8}, {9}, {9}, {9}};

	assert_int_equal(m->n_doubts, COUNT_OF(want));
	for (size_t i = 0; i < m->n_doubts; i++)
		for (size_t k = 0; k < m->doubts[i].n_others; k++) {
			struct method_choice c = method_default(mem, m);
			c.readings[i] = (uint8_t)(k + 1);
			assert_true(method_is_trial(m, &c));
			assert_int_equal(
			    listed_in_the_district(prepare_for(m, &c, 2023)),
			    want[i][k]);
		}
}

/* Every reading of every doubt of the shipped files can be prepared. */
static void
every_reading_of_the_files_runs(void **state)
{
	static const char *const names[] = {"shnor.method", "risk.method"};

	for (size_t f = 0; f < COUNT_OF(names); f++) {
		struct method *m = load(names[f]);
		assert_true(m->n_doubts >= 4);
		for (size_t i = 0; i < m->n_doubts; i++) {
			assert_true(m->doubts[i].n_others > 0);
			for (size_t k = 0; k < m->doubts[i].n_others; k++) {
				struct method_choice c = method_default(mem, m);
				c.readings[i] = (uint8_t)(k + 1);
				struct method_program *p =
				    prepare_for(m, &c, 2023);
				assert_true(method_of(p) != m);
				assert_true(method_text(mem, m, &c).n > 1000);
			}
		}
	}
}

static void
difference_of_versions_is_told_in_words(void **state)
{
	struct method *before = load("shnor.method"), *after;
	struct str text = before->text;
	struct str changed = S("");

	static const struct {
		const char *from, *to;
	} edits[] = {
	    {"version 2022.1", "version 2023.1"},
	    {"= 30 % from", "= 25 % from"},
	    {"vpr-rus-5 vpr-rus-6", "vpr-rus-5"},
	    {"= count(p in main where low(p, year - 1)) >= each\n    and",
		"= count(p in main where low(p, year - 1)) >= each\n    or"},
	};

	assert_int_equal(method_diff(mem, before, before).n, 0);
	for (size_t i = 0; i < COUNT_OF(edits); i++) {
		struct str from = str_of(edits[i].from);
		ptrdiff_t at = str_find(text, from);
		assert_true(at >= 0);
		changed = arena_fmt(mem, "%.*s%s%.*s", (int)at, text.p,
		    edits[i].to, STR_ARG(str_from(text, (size_t)at + from.n)));
		text = changed;
	}
	/* an example of the file stands on the procedure that was taken out */
	after = parse_whole(
	    str_cut(changed, 0, (size_t)str_find(changed, S("\nexample"))));
	struct passages d = method_diff(mem, before, after);
	static const char *const want[] = {
	    "Версия: было «2022.1», стало «2023.1».",
	    "Настройка «Доля не справившихся, начиная с которой результат "
	    "считается низким»: было «30 %», стало «25 %».",
	    "Убрано из набора «девять процедур»: ВПР, русский язык, 6 класс.",
	    "Определение «результат низкий»: было «результат учитывается и "
	    "доля не справившихся среди участников – не меньше 30 %», стало "
	    "«результат учитывается и доля не справившихся среди участников – "
	    "не меньше 25 %».",
	    "Критерий K2: было «число процедур из набора «девять процедур», "
	    "по которым результат низкий в предыдущем учебном году, – не "
	    "меньше 1 и число процедур из набора «девять процедур», по "
	    "которым результат низкий в позапрошлом учебном году, – не меньше "
	    "1», стало «число процедур из набора «девять процедур», по "
	    "которым результат низкий в предыдущем учебном году, – не меньше "
	    "1 или число процедур из набора «девять процедур», по которым "
	    "результат низкий в позапрошлом учебном году, – не меньше 1».",
	};
	assert_int_equal(d.n, COUNT_OF(want));
	for (size_t i = 0; i < COUNT_OF(want); i++)
		assert_str(d.p[i].text, want[i]);
}

static bool
has_passage(struct passages all, const char *text)
{
	for (size_t i = 0; i < all.n; i++)
		if (str_eq(all.p[i].text, str_of(text)))
			return true;
	print_error("no passage «%s»\n", text);
	return false;
}

/* EVIDENCE: norilsk-2.1 */
static void
the_prose_says_the_rule(void **state)
{
	struct method *m = load("shnor.method");
	struct method_choice c = method_default(mem, m);
	struct passages all = method_passages(mem, m, NULL);

	assert_true(has_passage(all,
	    "Результат низкий, если верно: результат учитывается и доля не "
	    "справившихся среди участников – не меньше 30 %."));
	assert_true(has_passage(all,
	    "Точно: число процедур из набора «девять процедур», по которым "
	    "результат низкий в предыдущем учебном году, – не меньше 2."));
	assert_true(has_passage(all,
	    "Школа входит в перечень, если верно: выполнен критерий 1 или "
	    "выполнен критерий 2."));
	assert_true(has_passage(all,
	    "Можно читать и так: Не учитывать, если участников меньше "
	    "десяти."));

	c.settings[0] = ratio_of(25, 100);
	c.readings[0] = 1;
	all = method_passages(mem, m, &c);
	assert_true(has_passage(all,
	    "Результат низкий, если верно: результат учитывается и доля не "
	    "справившихся среди участников – не меньше 25 %."));
	assert_true(has_passage(all,
	    "Результат учитывается, если верно: в школе этого вида "
	    "проводится процедура и число участников – не меньше 10."));
	assert_true(has_passage(all,
	    "Выбрано для пробного расчёта: Не учитывать, если участников "
	    "меньше десяти."));
}

/* A failing example is told with what came out. */
static void
an_example_that_lies_is_found(void **state)
{
	struct str text = S(HEAD "criterion K \"к\" = internet = no listed "
				 "when K\nexample \"п\" school sosh elements: "
				 "internet no expect not_listed");
	struct method *m = parse_whole(text);
	struct diag d = diag_open(mem, 0);
	size_t run = 0;

	assert_int_equal(method_check_examples(mem, m, &d, &run), RC_INVALID);
	assert_int_equal(run, 1);
	assert_str(method_caret(mem, text, &d.all[0]),
	    "t:3:9: Пример выходит иначе, чем сказано. Стоит «listed K». "
	    "Ожидалось: not_listed.\n"
	    "  example \"п\" school sosh elements: internet no expect "
	    "not_listed\n"
	    "          ^~~");
}

/* The three tables. */

static void
tables_of_names_are_as_the_source_has_them(void **state)
{
	ptrdiff_t oge = vocabulary_procedure_find(&voc, S("oge-math"));
	ptrdiff_t base = vocabulary_procedure_find(&voc, S("ege-math-base"));

	assert_int_equal(voc.n_procedures, PROCEDURES);
	assert_int_equal(voc.n_elements, ELEMENTS);
	assert_int_equal(oge, OGE_MATH);
	assert_str(voc.procedures[oge].title_dative, "ОГЭ по математике");
	assert_false(voc.procedures[base].kinds >> KIND_OOSH & 1);
	assert_true(voc.procedures[base].kinds >> KIND_SOSH & 1);
	assert_int_equal(voc.procedures[0].grade, 4);
	assert_true(voc.procedures[0].kinds >> KIND_NOSH & 1);
	assert_false(voc.procedures[MATH_5].kinds >> KIND_NOSH & 1);
	assert_int_equal(
	    vocabulary_held(&voc, (size_t)oge, (struct syear){2019}), HELD_NO);
	assert_int_equal(
	    vocabulary_held(&voc, (size_t)oge, (struct syear){2020}), HELD_YES);
	assert_int_equal(
	    vocabulary_held(&voc, (size_t)base, (struct syear){2020}), HELD_NO);
	assert_int_equal(
	    vocabulary_held(&voc, MATH_5, (struct syear){2021}), HELD_PARTLY);
	assert_int_equal(
	    vocabulary_element_find(&voc, S("pupils-failing")), 13);
}

static void
tables_with_mistakes_are_refused_with_all_of_them(void **state)
{
	struct vocabulary_texts texts = {
	    .procedures = S("code\ttitle\ttitle_short\ttitle_dative\tlevel\t"
			    "subject\tgrade\tkinds\n"
			    "a\tA\tA\tA\tvpr\tм\t5\tall\n"
			    "a\tA\tA\tA\tvpr\tм\t0\tuniversity\n"
			    "b\tB\n"),
	    .years = S("procedure\tyear\theld\tnote\n"
		       "c\t2019/2021\tmaybe\t\n"),
	    .elements = S("code\tname\n"),
	};
	struct diag d = diag_open(mem, 0);
	struct vocabulary v;

	assert_int_equal(vocabulary_parse(mem, &texts, &d, &v), RC_INVALID);
	static const char *const want[] = {
	    "procedures.tsv, строка 3, графа «code»",
	    "procedures.tsv, строка 3, графа «grade»",
	    "procedures.tsv, строка 3, графа «kinds»",
	    "procedures.tsv, строка 4",
	    "procedure-years.tsv, строка 2, графа «procedure»",
	    "procedure-years.tsv, строка 2, графа «year»",
	    "procedure-years.tsv, строка 2, графа «held»",
	    "elements.tsv, строка 1",
	};
	for (size_t i = 0; i < d.n && i < COUNT_OF(want); i++)
		assert_str(place_text(mem, d.all[i].at), want[i]);
	assert_true(d.n >= COUNT_OF(want));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(examples_in_the_files_come_out),
	    cmocka_unit_test(prints_what_parses_to_the_same),
	    cmocka_unit_test(conditions_come_to_what_they_should),
	    cmocka_unit_test(refused_with_the_exact_words),
	    cmocka_unit_test(conditions_print_in_their_canonical_form),
	    cmocka_unit_test(conditions_are_said_in_russian),
	    cmocka_unit_test(limits_are_named),
	    cmocka_unit_test(too_many_criteria_are_refused),
	    cmocka_unit_test(rules_that_grow_when_written_out_are_refused),
	    cmocka_unit_test(
		definitions_that_lean_on_too_many_others_are_refused),
	    cmocka_unit_test(low_schools_are_as_read_by_hand),
	    cmocka_unit_test(rule_looks_at_nine_procedures),
	    cmocka_unit_test(borders_of_the_risk_table),
	    cmocka_unit_test(
		risk_schools_are_as_every_filling_of_the_gaps_says),
	    cmocka_unit_test(many_schools_are_decided_as_each_alone),
	    cmocka_unit_test(margin_is_the_least_of_all_ways),
	    cmocka_unit_test(margin_past_its_limit_is_not_said),
	    cmocka_unit_test(margin_of_real_cohorts_is_as_worked_out_by_hand),
	    cmocka_unit_test(a_district_of_23_schools_has_nine_on_the_list),
	    cmocka_unit_test(each_verdict_says_why),
	    cmocka_unit_test(shares_do_not_pretend_to_be_round),
	    cmocka_unit_test(verdict_names_low_results_and_what_is_missing),
	    cmocka_unit_test(cohorts_below_ten_are_small),
	    cmocka_unit_test(steps_carry_the_facts_and_thresholds),
	    cmocka_unit_test(trace_agrees_with_the_verdict),
	    cmocka_unit_test(edge_is_what_single_results_do),
	    cmocka_unit_test(settings_take_what_people_write),
	    cmocka_unit_test(other_readings_can_be_run),
	    cmocka_unit_test(every_reading_of_the_files_runs),
	    cmocka_unit_test(difference_of_versions_is_told_in_words),
	    cmocka_unit_test(the_prose_says_the_rule),
	    cmocka_unit_test(an_example_that_lies_is_found),
	    cmocka_unit_test(tables_of_names_are_as_the_source_has_them),
	    cmocka_unit_test(tables_with_mistakes_are_refused_with_all_of_them),
	};

	return cmocka_run_group_tests(tests, open_all, close_all);
}
