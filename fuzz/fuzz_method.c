/*
 * fuzz_method.c - can any method harm the language, and do the ways of asking
 * it the same thing agree?
 *
 * Schools come from the bytes of the text itself, so an input is one file.
 */
#include "base/utf8.h"
#include "data_file.h"
#include "input.h"
#include "lang/method.h"

enum { SCHOOLS = 8, ASKED_FULLY = 2 };

static const struct vocabulary *
words(void)
{
	static struct vocabulary v;
	static struct arena *mem;

	if (mem)
		return &v;
	mem = arena_open(0);
	struct diag d = diag_open(mem, 0);
	const struct vocabulary_texts texts = {
	    .procedures = data_file("procedures.tsv"),
	    .years = data_file("procedure-years.tsv"),
	    .elements = data_file("elements.tsv")};
	MUST(vocabulary_parse(mem, &texts, &d, &v) == RC_OK);
	return &v;
}

/* Numbers out of the text; always the same ones. */
struct dice {
	uint64_t state;
};

static uint32_t throw(struct dice * dice, uint32_t below)
{
	dice->state ^= dice->state << 13;
	dice->state ^= dice->state >> 7;
	dice->state ^= dice->state << 17;
	return (uint32_t)(dice->state >> 33) % below;
}

static struct facts
school(struct arena *mem, const struct vocabulary *v, struct dice *dice)
{
	size_t n = FACT_YEARS * v->n_procedures;
	struct fact_count *counts = arena_new(mem, struct fact_count, n);
	struct fact_value *values =
	    arena_new(mem, struct fact_value, v->n_elements);

	for (size_t i = 0; i < n; i++) {
		int32_t people = (int32_t) throw(dice, 30) - 4;
		counts[i].participants = people < 0 ? -1 : people;
		counts[i].failed =
		    people > 0 ? (int32_t) throw(dice, (uint32_t)people + 1) :
				 0;
	}
	for (size_t i = 0; i < v->n_elements; i++) {
		uint32_t value = throw(dice, 60);
		values[i].is_known = throw(dice, 4) != 0;
		values[i].value = v->elements[i].kind == VALUE_YES_NO ?
				      ratio_int(value & 1) :
				  v->elements[i].kind == VALUE_SHARE ?
				      ratio_of((int64_t)value, 100) :
				      ratio_int((int64_t)value);
	}
	struct facts f = {.kind = (enum school_kind) throw(dice, KIND_COUNT),
	    .is_rural = throw(dice, 2) != 0,
	    .is_small = throw(dice, 2) != 0,
	    .elements = values};
	facts_alone(mem, &f, counts, n);
	return f;
}

static void
check_text(struct str s)
{
	MUST(utf8_valid(s));
	input_touch(s);
}

static void
check_steps(const struct step *s)
{
	check_text(s->text);
	check_text(s->source);
	check_text(s->value);
	check_text(s->threshold);
	for (size_t i = 0; i < s->n; i++)
		check_steps(&s->of[i]);
}

struct many {
	const struct facts *facts;
	struct method_result results[SCHOOLS];
	size_t heard;
};

static const struct facts *
facts_at(void *ctx, size_t i)
{
	return &((const struct many *)ctx)->facts[i];
}

static void
hear(void *ctx, size_t i, const struct method_decision *d)
{
	struct many *m = ctx;

	m->results[i] = d->result;
	m->heard++;
}

/* One school asked in every way. */
static void
check_school(struct arena *mem, const struct method_program *p,
    const struct facts *f, const struct method_result *r, bool fully)
{
	struct verdict v = method_verdict(mem, p, f);

	MUST(v.status == r->status && !(r->holds & r->unknown));
	for (size_t i = 0; i < v.n_criteria; i++) {
		bool unasked = r->status == METHOD_NOT_APPLICABLE;
		enum truth t = r->holds >> i & 1              ? TRUTH_YES :
			       unasked || r->unknown >> i & 1 ? TRUTH_UNKNOWN :
								TRUTH_NO;
		MUST(v.criteria[i] == t);
	}
	check_text(method_sentence(mem, p, f, &v));
	if (!fully)
		return;
	check_steps(method_trace(mem, p, f));
	struct margin margin = method_margin(mem, p, f);
	MUST(margin.is_exact || !margin.exists);
	MUST(!margin.exists || margin.pupils > 0);
}

static void
check_running(struct arena *mem, const struct method *m, uint64_t seed)
{
	const struct vocabulary *v = words();
	struct dice dice = {seed | 1};
	struct facts facts[SCHOOLS];
	struct many many = {.facts = facts};
	struct diag d = diag_open(mem, 0);
	struct method_program *p;
	size_t run;

	if (method_prepare(mem, m, NULL, (struct syear){2023}, &d, &p) !=
	    RC_OK) {
		MUST(d.errors > 0);
		return;
	}
	for (size_t i = 0; i < SCHOOLS; i++)
		facts[i] = school(mem, v, &dice);
	struct method_slots *slots = method_slots_open(mem, p);
	method_decide_many(p, facts_at, SCHOOLS, hear, &many);
	MUST(many.heard == SCHOOLS);
	for (size_t i = 0; i < SCHOOLS; i++) {
		struct method_result r = method_decide(p, &facts[i], slots);
		MUST(r.status == many.results[i].status &&
		     r.holds == many.results[i].holds &&
		     r.unknown == many.results[i].unknown);
		check_school(mem, p, &facts[i], &r, i < ASKED_FULLY);
	}
	(void)!method_check_examples(mem, m, &d, &run);
	check_text(method_text(mem, m, NULL));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str text = {(const char *)data, n};

	if (!utf8_valid(text) || str_find_char(text, 0) >= 0)
		return 0; /* a method is read as text, refused before */

	autoarena mem = arena_open(0);
	struct diag d = diag_open(mem, 0);
	struct method *m, *again;
	enum rc rc = method_parse(mem, S("m"), text, words(), &d, &m);

	MUST((rc == RC_OK) == (d.errors == 0));
	for (size_t i = 0; i < d.n; i++)
		check_text(method_caret(mem, text, &d.all[i]));
	if (rc != RC_OK)
		return 0;

	/* printed, it reads back as the same method */
	struct str printed = method_print(mem, m);
	check_text(printed);
	MUST(method_parse(mem, S("m"), printed, words(), &d, &again) == RC_OK);
	MUST(str_eq(printed, method_print(mem, again)));
	MUST(method_diff(mem, m, again).n == 0);
	check_running(mem, m, str_hash(text));
	return 0;
}
