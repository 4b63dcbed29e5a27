/* test_overview.c - the questions of «Сводка» over a small municipality. */
#include "core/methods/objections.h"
#include "core/overview/overview.h"
#include "room_place.h"

static struct actor coordinator, vyuzhino, gymnasium;
static struct library library;
static run_id list;

static void
place(void)
{
	struct intake *in = begin();

	school(in, "01", "Вьюжинская СОШ", "sosh");
	school(in, "02", "Гимназия № 3", "gymnasium");
	school(in, "03", "Начальная школа № 7", "nosh");
	school(in, "04", "Еловомысская ООШ", "oosh");
	(void)end(in);
	in = begin();
	result(in, "01", 2022, "oge-math", 20, 8);
	result(in, "01", 2022, "ege-rus", 4, 0);
	result(in, "01", 2021, "oge-math", 20, 7);
	result(in, "02", 2022, "oge-math", 20, 1);
	(void)end(in);
	coordinator = person("Ярцева П. А.", ROLE_COORDINATOR, NULL);
	vyuzhino = person("Снегирёва А. О.", ROLE_SCHOOL, "01");
	gymnasium = person("Лапин О. В.", ROLE_SCHOOL, "02");
	ok(library_read(&sc, &words, &library));
	list = saved_list("shnor", 2023);
}

static struct overview
seen_by(struct actor who, int year)
{
	struct scope s = as(who);
	struct overview o = {0};

	ok(overview_read(&s, &words, &library,
	    &(struct overview_asked){
		S("shnor"), (struct syear){year}, DATE_NONE, MOMENT_NONE},
	    &o));
	return o;
}

static size_t
procedure(const char *code)
{
	ptrdiff_t at = vocabulary_procedure_find(&words, str_of(code));

	assert_true(at >= 0);
	return (size_t)at;
}

static void
counts_schools_and_what_they_lack(void **state)
{
	place();

	struct overview o = seen_by(coordinator, 2023);
	size_t oge = procedure("oge-math");

	assert_int_equal(o.n, 4);
	assert_int_equal(o.results_year.first, 2022);
	assert_true(o.is_held[oge]);
	assert_false(o.is_held[procedure("vpr-math-4")]);
	/* A primary school takes no OGE, so it is not expected to bring it. */
	assert_int_equal(o.n_expected, 3);
	assert_int_equal(o.n_without, 1);
	assert_int_equal(o.n_partly, 1); /* the gymnasium has no ege-rus */
	assert_true(str_eq(o.without, S("Еловомысская ООШ")));
}

static void
sums_what_is_known_and_nothing_else(void **state)
{
	place();

	struct overview o = seen_by(coordinator, 2023);
	const bool all[] = {true, true, true, true};
	const bool last[] = {false, false, true, true};
	size_t oge = procedure("oge-math");
	struct overview_count sum = overview_sum(&o, all, oge, 0);

	assert_int_equal(sum.participants, 40);
	assert_int_equal(sum.failed, 9);
	assert_int_equal(overview_sum(&o, all, oge, 1).participants, 20);
	assert_int_equal(overview_sum(&o, all, oge, 4).participants, -1);
	assert_int_equal(overview_sum(&o, last, oge, 0).participants, -1);
}

static void
compares_with_the_list_of_the_year_before(void **state)
{
	place();
	(void)saved_list("shnor", 2024);

	struct overview o = seen_by(coordinator, 2024);

	assert_true(o.list.is_there);
	assert_true(o.list.has_before);
	assert_int_equal(o.list.before_year.first, 2023);
	assert_int_equal(
	    o.list.before, o.list.listed + o.list.left - o.list.entered);
	assert_int_equal(o.years[OVERVIEW_LISTS - 2].listed, o.list.before);
	assert_true(o.years[OVERVIEW_LISTS - 2].run.v == list.v);
	assert_false(o.years[0].is_there);
}

static void
a_school_sees_itself_and_no_draft(void **state)
{
	place();

	struct overview o = seen_by(vyuzhino, 2023);

	assert_int_equal(o.n, 1);
	assert_false(o.list.is_there);
	assert_false(o.loads.is_seen);
	assert_int_equal(
	    overview_at(&o, 0, procedure("oge-math"), 0)->failed, 8);
}

static void
an_objection_waits_until_it_is_answered(void **state)
{
	place();
	struct scope c = as(coordinator), s = as(vyuzhino);
	objection_id id;

	ok(list_take_step(&c, list, 1, LIST_STEP_OPEN,
	    &(struct step_details){.term = day("2023-10-27")}));
	assert_int_equal(seen_by(coordinator, 2023).objections.n, 0);
	ok(objection_file(&s, &words,
	    &(struct objection_new){.run = list,
		.school = id_of("01"),
		.text = S("Двое перешли в другую школу.")},
	    &id));

	struct overview o = seen_by(coordinator, 2023);
	assert_int_equal(o.objections.n, 1);
	assert_true(str_eq(o.objections.school, S("Вьюжинская СОШ")));
	assert_int_equal(seen_by(gymnasium, 2023).objections.n, 0);
	assert_true(seen_by(vyuzhino, 2023).list.is_there);

	ok(objection_decide(&c, id, 1,
	    &(struct objection_answer){.text = S("Учтены приказом.")}));
	assert_int_equal(seen_by(coordinator, 2023).objections.n, 0);
}

static void
nothing_is_known_of_an_empty_place(void **state)
{
	ok(library_read(&sc, &words, &library));

	struct overview o = seen_by(sc.actor, 2023);

	assert_int_equal(o.n, 0);
	assert_false(o.list.is_there);
	assert_true(moment_is_none(o.data_at));
	assert_int_equal(o.n_expected, 0);
}

int
main(void)
{
	const struct CMUnitTest all[] = {
	    both(counts_schools_and_what_they_lack),
	    both(sums_what_is_known_and_nothing_else),
	    both(compares_with_the_list_of_the_year_before),
	    both(a_school_sees_itself_and_no_draft),
	    both(an_objection_waits_until_it_is_answered),
	    both(nothing_is_known_of_an_empty_place),
	};

	return run_on_databases(all, COUNT_OF(all));
}
