/* test_asked_columns.c - what is a person shown of a file nobody knows? */
#include "base/buf.h"
#include "core/results/asked_columns.h"
#include "harness.h"

enum { MOST_CELLS = 8 };

/* One sheet: cells between ";", rows between "\n". */
static struct pages
sheet_of(struct arena *mem, const char *text)
{
	struct str rest = str_of(text), line, cell;
	struct block *b = arena_new(mem, struct block, 1);

	b->kind = BLOCK_TABLE;
	b->rows = arena_new(mem, struct grid_row, strlen(text) + 1);
	while (str_split(&rest, '\n', &line)) {
		struct grid_row *row = &b->rows[b->n_rows++];

		row->cells = arena_new(mem, struct grid_cell, MOST_CELLS);
		while (str_split(&line, ';', &cell)) {
			assert_true(row->n < MOST_CELLS);
			row->cells[row->n] = (struct grid_cell){.text = cell,
			    .column = (uint16_t)row->n,
			    .span = 1};
			row->n++;
		}
	}
	return (struct pages){.blocks = b, .n = 1};
}

static struct asked_columns
asked(struct arena *mem, const char *text, enum file_kind kind)
{
	static const struct vocabulary_procedure procedures[] = {
	    {.code = S_INIT("vpr-math-8"),
		.title = S_INIT("ВПР, математика, 8 класс"),
		.title_short = S_INIT("ВПР математика 8 кл.")}};
	static const struct vocabulary words = {
	    .procedures = procedures, .n_procedures = 1};
	const struct sample_words w = {.words = &words};
	struct pages file = sheet_of(mem, text);
	struct asked_columns ret;

	asked_columns_find(mem, &file, kind, &w, &ret);
	return ret;
}

/* "heading: sample, (said in words); …" */
static struct str
printed(struct arena *mem, const struct asked_columns *a)
{
	struct buf b = buf_open(mem, 0);

	for (size_t i = 0; i < a->n; i++) {
		const struct asked_column *c = &a->all[i];

		buf_fmt(&b, "%.*s:", STR_ARG(c->heading));
		for (size_t k = 0; k < c->n_samples; k++)
			buf_fmt(&b,
			    c->samples[k].is_described ? " (%.*s)" : " %.*s",
			    STR_ARG(c->samples[k].text));
		buf_c(&b, ";\n");
	}
	return buf_str(&b);
}

static void
only_what_is_about_nobody_is_shown(void **state)
{
	autoarena mem = arena_open(0);
	struct asked_columns a = asked(mem,
	    "Учреждение;Кто;Удостоверение;Родился;Вышло;За год;Работа;Пришёл\n"
	    "Лугозерская СОШ;Пронина Алла;4512 123456;01.02.2012;4;2025/2026;"
	    "ВПР, математика, 8 класс;да\n"
	    "Лугозерская СОШ;Руднев Глеб;4512 654321;02.03.2012;12,5;2025/2026;"
	    "vpr-math-8;нет\n",
	    FILE_UNKNOWN);

	assert_str(printed(mem, &a),
	    "Учреждение: Лугозерская СОШ;\n"
	    "Кто: (слова);\n"
	    "Удостоверение: (длинное число);\n"
	    "Родился: (дата);\n"
	    "Вышло: 4 12,5;\n"
	    "За год: 2025/2026;\n"
	    "Работа: ВПР, математика, 8 класс vpr-math-8;\n"
	    "Пришёл: да нет;\n");
}

static void
a_column_known_to_be_about_people_shows_nothing(void **state)
{
	autoarena mem = arena_open(0);
	struct asked_columns a = asked(
	    mem, "школа;ФИО;Серия паспорта;Вышло\n1;7;45;3\n", FILE_UNKNOWN);

	assert_str(printed(mem, &a), "школа: 1;\nФИО:;\nСерия паспорта:;\n"
				     "Вышло: 3;\n");
}

static void
a_list_of_people_has_no_headings(void **state)
{
	static const char *const lists[] = {
	    "Пронина Алла Петровна;школа\nРуднев Глеб Ильич;5\n",
	    "Пронина;Алла;2\nРуднев;Глеб;5\n",
	    "",
	};
	autoarena mem = arena_open(0);

	for (size_t i = 0; i < COUNT_OF(lists); i++)
		assert_int_equal(asked(mem, lists[i], FILE_UNKNOWN).n, 0);
}

static void
a_title_above_the_headings_is_passed_over(void **state)
{
	autoarena mem = arena_open(0);
	struct asked_columns a = asked(mem,
	    "Сводка округа\n\nшкола;Писали в 2026;Двоек\n0101;20;3\n",
	    FILE_UNKNOWN);

	assert_str(
	    printed(mem, &a), "школа: 0101;\nПисали в 2026: 20;\nДвоек: 3;\n");
	assert_int_equal(a.n_headings, 3);
}

/* By its headings; what a person says comes before. */
static void
the_kind_of_table_is_told(void **state)
{
	static const char context[] =
	    "школа;показатель;значение;Откуда\n0101;a;1;b\n";
	autoarena mem = arena_open(0);

	assert_int_equal(
	    asked(mem, context, FILE_UNKNOWN).kind, FILE_OBSERVATIONS);
	assert_int_equal(asked(mem, context, FILE_PUPILS).kind, FILE_PUPILS);
}

static void
names_of_people_cannot_be_chosen(void **state)
{
	autoarena mem = arena_open(0);
	size_t n;
	const struct recognise_column *const *all =
	    columns_of_kind(mem, FILE_PUPILS, &n);

	assert_true(n > 2);
	for (size_t i = 0; i < n; i++) {
		assert_non_null(all[i]->meaning);
		assert_ptr_equal(
		    column_of_kind(FILE_PUPILS, str_of(all[i]->name)), all[i]);
	}
	assert_null(column_of_kind(FILE_RESULTS, S("surname")));
	assert_null(column_of_kind(FILE_PUPILS, S("surname")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(only_what_is_about_nobody_is_shown),
	    cmocka_unit_test(a_column_known_to_be_about_people_shows_nothing),
	    cmocka_unit_test(a_list_of_people_has_no_headings),
	    cmocka_unit_test(a_title_above_the_headings_is_passed_over),
	    cmocka_unit_test(the_kind_of_table_is_told),
	    cmocka_unit_test(names_of_people_cannot_be_chosen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
