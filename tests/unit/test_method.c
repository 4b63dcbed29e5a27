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
	    .counts = s->counts,
	    .elements = s->elements,
	};
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

	tried.facts.counts = tried.counts;
	tried.facts.elements = tried.elements;
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
	told.facts.counts = told.counts;
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
	    cmocka_unit_test(low_schools_are_as_read_by_hand),
	    cmocka_unit_test(
		risk_schools_are_as_every_filling_of_the_gaps_says),
	    cmocka_unit_test(many_schools_are_decided_as_each_alone),
	    cmocka_unit_test(margin_is_the_least_of_all_ways),
	    cmocka_unit_test(margin_of_real_cohorts_is_as_worked_out_by_hand),
	};

	return cmocka_run_group_tests(tests, open_all, close_all);
}
