/* test_profile.c - cohorts, corridors of similar schools, chance, deficits. */
#include "core/methods/official.h"
#include "core/results/profile.h"
#include "core/results/staging.h"
#include "room_place.h"
#include "store/q_results.h"

/* Wilson's bounds to a thousandth, against a table computed by hand. */
static void
chance_is_wide_in_small_groups(void **state)
{
	static const struct {
		int64_t failed, n, low, high;
	} cases[] = {
	    {0, 2, 0, 658},
	    {1, 2, 94, 906},
	    {3, 7, 158, 750},
	    {9, 24, 211, 573},
	    {24, 24, 862, 1000},
	    {300, 1000, 272, 329},
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct interval got =
		    share_interval(cases[i].failed, cases[i].n);

		/* the last thousandth is cut, not rounded */
		assert_in_range(got.low + 2, cases[i].low, cases[i].low + 3);
		assert_in_range(got.high + 2, cases[i].high, cases[i].high + 3);
	}
}

static void
row(struct q_result *r, int year, const char *procedure, int64_t failed,
    int64_t participants)
{
	*r = (struct q_result){.year = {year},
	    .procedure = str_of(procedure),
	    .is_current = true,
	    .failed = failed,
	    .participants = participants};
}

/* 4→5→6 in following years; one work alone is no cohort; 8→9 is the ОГЭ. */
static void
the_same_children_are_followed(void **state)
{
	struct q_result all[5];
	struct cohort *cohorts;
	size_t n;

	row(&all[0], 2021, "vpr-math-4", 2, 30);
	row(&all[1], 2023, "vpr-math-6", 9, 28);
	row(&all[2], 2023, "vpr-rus-6", 3, 28);
	row(&all[3], 2022, "vpr-rus-8", 5, 26);
	row(&all[4], 2023, "oge-rus", 4, 25);
	cohorts_of(mem, &words, all, 5, (struct syear){2023}, &cohorts, &n);
	assert_int_equal(n, 2);
	assert_str(cohorts[0].subject, "математика");
	assert_int_equal(cohorts[0].n, 3);
	assert_true(cohorts[0].steps[0].is_known);
	assert_false(cohorts[0].steps[1].is_known);
	assert_int_equal(cohorts[0].steps[2].failed, 9);
	assert_str(cohorts[1].subject, "русский язык");
	assert_int_equal(cohorts[1].n, 2);
	assert_int_equal(cohorts[1].steps[0].year.first, 2022);
}

static void
ten_schools(void)
{
	struct intake *in = begin();

	for (int i = 1; i <= 10; i++)
		school(in, arena_fmt(mem, "%02d", i).p,
		    arena_fmt(mem, "Приозёрная СОШ № %d", i).p, "sosh");
	(void)end(in);
	for (int i = 1; i <= 10; i++) {
		const struct q_school_set_details_in set = {.municipality = {1},
		    .id = {i},
		    .pupils = {.is_known = true, .v = i <= 7 ? 100 + i : 900},
		    .head = S("")};

		assert_int_equal(q_school_set_details(sc.db, &set), RC_OK);
	}
	in = begin();
	for (int i = 1; i <= 10; i++)
		result(
		    in, arena_fmt(mem, "%02d", i).p, 2022, "oge-math", 20, i);
	result(in, "01", 2022, "oge-rus", 20, 5);
	(void)end(in);
}

/* Of the seven small schools six are alike to the first; never itself. */
static void
a_corridor_is_of_five_schools_at_least(void **state)
{
	ptrdiff_t math = vocabulary_procedure_find(&words, S("oge-math"));
	ptrdiff_t rus = vocabulary_procedure_find(&words, S("oge-rus"));
	struct peers p;

	ten_schools();
	ok(peers_of(&sc, &words, (school_id){1}, (struct syear){2022}, &p));
	assert_int_equal(p.n, 6);
	assert_int_equal(p.corridors[math].n, 6);
	assert_int_equal(ratio_cmp(p.corridors[math].low, ratio_of(3, 20)), 0);
	assert_int_equal(ratio_cmp(p.corridors[math].high, ratio_of(6, 20)), 0);
	assert_int_equal(p.all[math].n, 10);
	assert_int_equal(ratio_cmp(p.all[math].middle, ratio_of(6, 20)), 0);
	assert_int_equal(p.corridors[rus].n, 0);
	/* one of three large ones: the corridor is not told */
	ok(peers_of(&sc, &words, (school_id){9}, (struct syear){2022}, &p));
	assert_int_equal(p.corridors[math].n, 2);
	assert_int_equal(p.corridors[math].high.den, 0);
}

static struct q_observation
answer(const char *element, int64_t num, int64_t den)
{
	return (struct q_observation){.year = {2023},
	    .element = str_of(element),
	    .is_current = true,
	    .num = {.is_known = den > 0, .v = num},
	    .den = {.is_known = den > 0, .v = den}};
}

/* EVIDENCE: norilsk-2.1, norilsk-3.2 */
static void
deficits_follow_from_broken_rules(void **state)
{
	struct q_result results[2];
	const struct q_observation answers[] = {
	    answer("internet", 0, 1),
	    answer("computers", 0, 0),            /* no data is not "no" */
	    answer("teachers-overloaded", 1, 10), /* ten is not beyond ten */
	    answer("teachers-unqualified", 1, 1000),
	    answer("pupils-registered", 2, 100),
	    answer("pupils-nonnative", 9, 100),
	};
	struct deficit *all;
	size_t n;

	row(&results[0], 2022, "oge-math", 3, 10);
	row(&results[1], 2022, "oge-rus", 2, 10);
	deficits_of(mem, &words, results, 2, answers, COUNT_OF(answers),
	    (struct syear){2023}, &all, &n);
	assert_int_equal(n, 4);
	assert_str(all[0].code, "digital");
	assert_str(all[0].shown_by, "Устойчивый доступ в интернет");
	assert_str(all[1].code, "staff-qualification");
	assert_str(all[2].code, "language");
	assert_str(all[3].code, "math-basic");
	assert_str(all[3].shown_by, "ОГЭ математика (3 из 10)");
}

/* ---- an order as a draft ---- */

static const struct official_details order = {.number = S_INIT("217"),
    .on = {19400},
    .issuer = S_INIT("министерство"),
    .year = {2023},
    .kind = S_INIT("shnor")};

/* Staging keeps the details; loading uses them; giving up leaves nothing. */
static void
an_order_is_read_before_it_is_loaded(void **state)
{
	const struct intake_options check = {
	    .check_only = true, .words = &words};
	const struct intake_options load = {.words = &words};
	struct official_details said;
	struct intake_report r;
	struct q_official *acts;
	load_id draft;
	size_t n;

	ten_schools();
	ok(official_stage_text(&sc, &words,
	    S("1. Приозёрная СОШ № 3;\n2. Приозёрная СОШ № 5."), &order,
	    &draft));
	ok(staging_order(&sc, draft, &said));
	assert_str(said.number, "217");
	ok(staging_apply(&sc, draft, &check, &r));
	assert_int_equal(r.added, 2);
	ok(q_official_list(sc.db, mem, (municipality_id){1}, &acts, &n));
	assert_int_equal(n, 0);
	ok(staging_apply(&sc, draft, &load, &r));
	ok(q_official_list(sc.db, mem, (municipality_id){1}, &acts, &n));
	assert_int_equal(n, 1);
	assert_str(acts[0].number, "217");
	assert_int_equal(acts[0].entries, 2);
	assert_int_equal(staging_order(&sc, draft, &said), RC_NOT_FOUND);
	assert_int_equal(staging_say_order(&sc, r.load, &order), RC_CONFLICT);
}

static void
an_order_given_up_leaves_nothing(void **state)
{
	struct official_details said = order;
	load_id draft;

	ten_schools();
	ok(official_stage_text(
	    &sc, &words, S("1. Приозёрная СОШ № 3"), &order, &draft));
	said.number = S("");
	assert_int_equal(staging_say_order(&sc, draft, &said), RC_INVALID);
	assert_true(complained("Нет номера приказа."));
	ok(staging_drop(&sc, draft));
	assert_int_equal(staging_order(&sc, draft, &said), RC_NOT_FOUND);
}

int
main(void)
{
	const struct CMUnitTest all[] = {
	    on(chance_is_wide_in_small_groups, "sqlite"),
	    on(the_same_children_are_followed, "sqlite"),
	    both(a_corridor_is_of_five_schools_at_least),
	    on(deficits_follow_from_broken_rules, "sqlite"),
	    both(an_order_is_read_before_it_is_loaded),
	    both(an_order_given_up_leaves_nothing),
	};

	return run_on_databases(all, COUNT_OF(all));
}
