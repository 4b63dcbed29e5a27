/* test_show.c - are values shown as a Russian reader writes them? */
#include "harness.h"
#include "web/show.h"

#define NBSP "\xC2\xA0"

static void
numbers_are_grouped_by_thousands(void **state)
{
	autoarena mem = arena_open(0);

	assert_str(show_count(mem, 0), "0");
	assert_str(show_count(mem, 999), "999");
	assert_str(show_count(mem, 5604), "5" NBSP "604");
	assert_str(show_count(mem, 1234567), "1" NBSP "234" NBSP "567");
	assert_str(show_count(mem, -12345), "−12" NBSP "345");
}

static void
a_share_has_one_digit_and_its_sign(void **state)
{
	autoarena mem = arena_open(0);

	assert_str(show_share(mem, ratio_of(9, 24)), "37,5" NBSP "%");
	assert_str(show_share(mem, ratio_of(0, 7)), "0,0" NBSP "%");
	assert_str(show_share(mem, ratio_of(1, 3)), "33,3" NBSP "%");
}

static void
what_is_missing_is_empty_and_can_be_said(void **state)
{
	autoarena mem = arena_open(0);

	assert_str(show_date(mem, DATE_NONE), "");
	assert_str(show_day(mem, DATE_NONE), "");
	assert_str(show_iso(mem, DATE_NONE), "");
	assert_str(show_moment(mem, MOMENT_NONE, 180), "");
	assert_str(show_year(mem, (struct syear){0}), "");
	assert_str(
	    show_or(mem, show_date(mem, DATE_NONE), "нет даты"), "нет даты");
	assert_str(show_or(mem, S("есть"), "нет"), "есть");
	assert_str(show_chars(mem, NULL), "");
}

static void
days_and_years(void **state)
{
	autoarena mem = arena_open(0);
	struct date d;

	assert_true(date_of(2027, 2, 18, &d));
	assert_str(show_date(mem, d), "18.02.2027");
	assert_str(show_day(mem, d), "18.02" NBSP "чт");
	assert_str(show_iso(mem, d), "2027-02-18");
	assert_str(show_year(mem, (struct syear){2026}), "2026/27");
}

static void
words_follow_their_number(void **state)
{
	autoarena mem = arena_open(0);

	static const struct {
		int n;
		const char *word;
	} cases[] = {{0, "школ"}, {1, "школа"}, {2, "школы"}, {5, "школ"},
	    {11, "школ"}, {12, "школ"}, {21, "школа"}, {104, "школы"},
	    {111, "школ"}};

	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_str(
		    show_plural(mem, cases[i].n, "школа", "школы", "школ"),
		    cases[i].word);
}

static void
sizes_are_in_round_units(void **state)
{
	autoarena mem = arena_open(0);

	assert_str(show_bytes(mem, 0), "0" NBSP "Б");
	assert_str(show_bytes(mem, 1023), "1023" NBSP "Б");
	assert_str(show_bytes(mem, 1536), "1,5" NBSP "КБ");
	assert_str(show_bytes(mem, 20480), "20" NBSP "КБ");
	assert_str(show_bytes(mem, 5242880), "5,0" NBSP "МБ");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(numbers_are_grouped_by_thousands),
	    cmocka_unit_test(a_share_has_one_digit_and_its_sign),
	    cmocka_unit_test(what_is_missing_is_empty_and_can_be_said),
	    cmocka_unit_test(days_and_years),
	    cmocka_unit_test(words_follow_their_number),
	    cmocka_unit_test(sizes_are_in_round_units),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
