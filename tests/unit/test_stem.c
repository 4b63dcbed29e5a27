/* test_stem.c - is a word found in whichever of its forms? */
#include "harness.h"
#include "lang/stem.h"

static bool
finds(const char *text, const char *asked)
{
	autoarena mem = arena_open(0);
	autostemmer s = stemmer_open(mem);

	return stems_have(
	    stemmer_text(&s, str_of(text)), stemmer_text(&s, str_of(asked)));
}

static void
a_word_is_found_in_its_forms(void **state)
{
	static const char *const forms[] = {"мероприятие", "мероприятия",
	    "мероприятий", "мероприятиям", "Мероприятиями", "мероприяти"};

	for (size_t i = 0; i < COUNT_OF(forms); i++) {
		assert_true(finds("План мероприятий школы", forms[i]));
		assert_true(finds("2.1. Мероприятие", forms[i]));
	}
	assert_true(
	    finds("Проведённые консультации", "проведенных консультаций"));
	assert_false(finds("План мероприятий", "школа"));
}

static void
every_word_of_the_question_is_wanted(void **state)
{
	assert_true(finds("Помощь учителям школы № 4", "школе учителя"));
	assert_false(finds("Помощь учителям школы № 4", "школе родители"));
	assert_false(finds("Помощь учителям", ""));
	assert_false(finds("Помощь учителям", "«»…"));
}

static void
a_beginning_is_enough_but_not_of_a_number(void **state)
{
	assert_true(finds("Лугозерская СОШ", "лугоз"));
	assert_false(finds("Лугозерская СОШ", "озерская"));
	assert_true(finds("СОШ № 3", "сош 3"));
	assert_false(finds("СОШ № 34", "сош 3"));
	assert_true(finds("приказ № 59-о от 14.09.2026", "59-о"));
}

int
main(void)
{
	const struct CMUnitTest all[] = {
	    cmocka_unit_test(a_word_is_found_in_its_forms),
	    cmocka_unit_test(every_word_of_the_question_is_wanted),
	    cmocka_unit_test(a_beginning_is_enough_but_not_of_a_number),
	};

	return cmocka_run_group_tests(all, NULL, NULL);
}
