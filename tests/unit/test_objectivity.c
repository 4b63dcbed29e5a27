/* test_objectivity.c - signs that ask for a check, markers, second marks. */
#include "core/methods/official.h"
#include "core/results/objectivity.h"
#include "room_place.h"
#include "store/q_results.h"

static void
schools(int n)
{
	struct intake *in = begin();

	for (int i = 1; i <= n; i++)
		school(in, arena_fmt(mem, "%02d", i).p,
		    arena_fmt(mem, "Приозёрная СОШ № %d", i).p, "sosh");
	(void)end(in);
}

static void
marks(struct intake *in, const char *code, int year, const char *procedure,
    int two, int three, int four, int five)
{
	struct row_sink sink = intake_sink(in);
	const struct result_row row = {.school = {.code = str_of(code)},
	    .procedure = str_of(procedure),
	    .year = {year},
	    .participants = two + three + four + five,
	    .failed = two,
	    .marks = {two, three, four, five},
	    .at = {.row = 3}};

	sink.result(sink.ctx, &row);
}

static void
marker(struct intake *in, const char *code, int year, const char *name,
    bool is_set)
{
	struct row_sink sink = intake_sink(in);
	const struct bias_row row = {.school = {.code = str_of(code)},
	    .year = {year},
	    .marker = str_of(name),
	    .is_set = is_set,
	    .at = {.row = 2}};

	sink.bias(sink.ctx, &row);
}

static struct objectivity
judged(int year)
{
	struct objectivity o = {0};

	ok(objectivity_of_year(&sc, &words, (struct syear){year}, &o));
	return o;
}

static const struct objectivity_line *
line(const struct objectivity *o, const char *code)
{
	for (size_t i = 0; i < o->n; i++)
		if (str_eq(o->lines[i].code, str_of(code)))
			return &o->lines[i];
	return NULL;
}

static size_t
signs(const struct objectivity *o, const char *code, enum sign_kind kind)
{
	const struct objectivity_line *l = line(o, code);
	size_t n = 0;

	for (size_t i = 0; l && i < l->n_signs; i++)
		n += l->signs[i].kind == kind;
	return n;
}

/* The same children: grade 5 then 6; grade 8 then ОГЭ; not another subject. */
static void
cohort_that_breaks_is_a_sign(void **state)
{
	schools(5);
	struct intake *in = begin();
	result(in, "01", 2021, "vpr-math-5", 20, 0);
	result(in, "01", 2022, "vpr-math-6", 20, 4); /* exactly 20 points */
	result(in, "02", 2021, "vpr-math-5", 20, 1);
	result(in, "02", 2022, "vpr-math-6", 20, 4); /* 15 */
	result(in, "03", 2021, "vpr-rus-8", 20, 1);
	result(in, "03", 2022, "oge-rus", 20, 9);
	result(in, "04", 2021, "vpr-math-5", 20, 0);
	result(in, "04", 2022, "vpr-rus-6", 20, 9);
	result(in, "05", 2021, "vpr-math-5", 9, 0); /* nine: nothing is said */
	result(in, "05", 2022, "vpr-math-6", 9, 9);
	(void)end(in);
	struct objectivity o = judged(2021);

	assert_int_equal(signs(&o, "01", SIGN_COHORT), 1);
	assert_int_equal(signs(&o, "02", SIGN_COHORT), 0);
	assert_int_equal(signs(&o, "03", SIGN_COHORT), 1);
	assert_int_equal(signs(&o, "04", SIGN_COHORT), 0);
	assert_null(line(&o, "05"));
	assert_int_equal(o.suppressed, 1);
	assert_str(line(&o, "01")->signs[0].text,
	    "ВПР, математика, 5 класс, 2021/22 уч. г.: не справились 0,0 % (0 "
	    "из 20); те же дети через год, ВПР, математика, 6 класс: 20,0 % "
	    "(4 из 20).");
}

static void
marks_all_alike_are_a_sign(void **state)
{
	schools(4);
	struct intake *in = begin();
	marks(in, "01", 2022, "vpr-math-5", 0, 0, 10, 10); /* σ = 0,5 exactly */
	marks(in, "02", 2022, "vpr-math-5", 1, 0, 10, 10);
	marks(in, "03", 2022, "vpr-math-5", 0, 0, 19, 0); /* nineteen */
	marks(in, "04", 2022, "vpr-math-5", 4, 8, 6, 3);
	(void)end(in);
	struct objectivity o = judged(2022);

	assert_int_equal(signs(&o, "01", SIGN_SPREAD), 1);
	assert_int_equal(signs(&o, "02", SIGN_SPREAD), 0);
	assert_int_equal(signs(&o, "03", SIGN_SPREAD), 0);
	assert_int_equal(signs(&o, "04", SIGN_SPREAD), 0);
	assert_int_equal(o.suppressed, 1);
}

/* Nine schools alike and one above: compared only when ten are there. */
static void
mean_far_above_its_neighbours_is_a_sign(void **state)
{
	schools(10);
	struct intake *in = begin();
	for (int i = 1; i <= 9; i++)
		marks(in, arena_fmt(mem, "%02d", i).p, 2022, "vpr-math-5", 4, 8,
		    5, i % 2);
	(void)end(in);
	struct objectivity o = judged(2022);
	assert_int_equal(o.n, 0);
	in = begin();
	marks(in, "10", 2022, "vpr-math-5", 0, 1, 4, 12);
	(void)end(in);
	o = judged(2022);
	assert_int_equal(o.n, 1);
	assert_int_equal(signs(&o, "10", SIGN_MEAN), 1);
}

static void
markers_are_a_list_and_repeat(void **state)
{
	schools(3);
	struct intake *in = begin();
	marker(in, "01", 2021, "4 РУ", true);
	marker(in, "01", 2022, "4 РУ", true);
	marker(in, "01", 2022, "9 ОГЭ", true);
	marker(in, "02", 2022, "4 РУ", false);
	marker(in, "03", 2022, "5 МА", true);
	result(in, "01", 2022, "vpr-rus-4", 20, 1);
	result(in, "02", 2022, "vpr-rus-4", 20, 1);
	(void)end(in);
	const struct official_details act = {.number = S("217"),
	    .on = day("2023-10-10"),
	    .year = {2023},
	    .kind = S("shnor")};
	struct intake_report r;
	ok(official_load_text(
	    &sc, &words, S("1. Приозёрная СОШ № 3"), &act, false, &r));
	struct objectivity o = judged(2022);

	assert_int_equal(o.n, 2);
	assert_str(line(&o, "01")->markers, "4 РУ, 9 ОГЭ");
	assert_int_equal(line(&o, "01")->n_markers, 2);
	assert_int_equal(line(&o, "01")->years, 2);
	assert_int_equal(o.with_markers, 2);
	assert_int_equal(o.took_part, 2);
	/* Marked and in no group: low results may be hidden. */
	assert_true(line(&o, "01")->may_hide_low);
	assert_false(line(&o, "03")->may_hide_low);
	assert_true(line(&o, "03")->in_shnor);
}

static void
only_the_department_sees_it(void **state)
{
	static const struct {
		enum role role;
		const char *school;
		enum rc rc;
	} cases[] = {{ROLE_COORDINATOR, NULL, RC_OK}, {ROLE_HEAD, NULL, RC_OK},
	    {ROLE_METHODIST, NULL, RC_OK}, {ROLE_SCHOOL, "01", RC_DENIED},
	    {ROLE_CURATOR, "01", RC_DENIED}, {ROLE_REGION, NULL, RC_DENIED},
	    {ROLE_ADMIN, NULL, RC_DENIED}};
	struct objectivity o;

	schools(1);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct scope s =
		    as(person("Лапин О. В.", cases[i].role, cases[i].school));
		assert_int_equal(
		    objectivity_of_year(&s, &words, (struct syear){2022}, &o),
		    cases[i].rc);
	}
}

static void
second_marks_stand_beside_the_first(void **state)
{
	struct q_result first;
	int64_t id;

	schools(1);
	struct intake *in = begin();
	marks(in, "01", 2022, "vpr-math-5", 0, 0, 10, 10);
	(void)end(in);
	struct second_new s = {.school = id_of("01"),
	    .year = {2022},
	    .procedure = S("vpr-math-5"),
	    .marks = {6, 8, 5, 2},
	    .document = S("")};

	/* More works than there were, and no act of the check. */
	assert_int_equal(second_marks_add(&sc, &words, &s, &id), RC_INVALID);
	assert_int_equal(d.errors, 2);
	s.marks[3] = 1;
	s.document = S("акт № 3 от 12.10.2023");
	ok(second_marks_add(&sc, &words, &s, &id));
	s.procedure = S("vpr-rus-5");
	assert_int_equal(second_marks_add(&sc, &words, &s, &id), RC_INVALID);

	struct objectivity o = judged(2022);
	assert_int_equal(line(&o, "01")->n_seconds, 1);
	assert_int_equal(line(&o, "01")->seconds[0].mark2, 6);
	ok(q_result_current(sc.db, mem, sc.actor.municipality,
	    (struct syear){2022}, s.school, S("vpr-math-5"), &first));
	assert_int_equal(first.mark2.v, 0);

	struct scope own = as(person("Лапин О. В.", ROLE_SCHOOL, "01"));
	s.procedure = S("vpr-math-5");
	assert_int_equal(second_marks_add(&own, &words, &s, &id), RC_DENIED);
	assert_int_equal(second_marks_withdraw(&sc, 1, S(" ")), RC_INVALID);
	ok(second_marks_withdraw(&sc, 1, S("акт оформлен с ошибкой")));
	assert_int_equal(
	    second_marks_withdraw(&sc, 1, S("ещё раз")), RC_CONFLICT);
	o = judged(2022);
	assert_int_equal(line(&o, "01")->n_seconds, 0);
}

int
main(void)
{
	const struct CMUnitTest all[] = {
	    both(cohort_that_breaks_is_a_sign),
	    both(marks_all_alike_are_a_sign),
	    both(mean_far_above_its_neighbours_is_a_sign),
	    both(markers_are_a_list_and_repeat),
	    both(only_the_department_sees_it),
	    both(second_marks_stand_beside_the_first),
	};

	return run_on_databases(all, COUNT_OF(all));
}
