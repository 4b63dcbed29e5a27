/* test_table_out.c - one table as CSV, JSON, XLSX and for a terminal. */
#include "fmt/csv_out.h"
#include "fmt/table_out.h"
#include "fmt/term_table.h"
#include "harness.h"

static struct arena *mem;
static struct buf out;

static int
open_arena(void **state)
{
	mem = arena_open(0);
	out = buf_open(mem, 0);
	return 0;
}

static int
close_arena(void **state)
{
	arena_close(mem);
	return 0;
}

static struct date
day(int year, int month, int day_of_month)
{
	struct date d;

	assert_true(date_of(year, month, day_of_month, &d));
	return d;
}

/* One cell, as it stands in a row between two others. */
static struct str
csv_cell(enum csv_style style, const char *text)
{
	struct csv_out c;

	buf_clear(&out);
	c = csv_out_open(&out, style);
	csv_out_text(&c, S("a"));
	csv_out_text(&c, str_of(text));
	csv_out_text(&c, S("b"));
	csv_out_end_row(&c);

	struct str s = buf_str(&out);
	size_t head = style == CSV_PLAIN ? 2 : 5;
	size_t tail = style == CSV_PLAIN ? 3 : 4;
	return arena_str(mem, str_cut(s, head, s.n - tail));
}

static void
csv_quotes_what_must_be_quoted(void **state)
{
	static const struct {
		const char *text, *plain, *excel;
	} cases[] = {
	    {"", "", ""},
	    {"Вьюжинская СОШ", "Вьюжинская СОШ", "Вьюжинская СОШ"},
	    {"a,b", "\"a,b\"", "a,b"},
	    {"a;b", "a;b", "\"a;b\""},
	    {"\"", "\"\"\"\"", "\"\"\"\""},
	    {"a\"b\"c", "\"a\"\"b\"\"c\"", "\"a\"\"b\"\"c\""},
	    {"a\nb", "\"a\nb\"", "\"a\nb\""},
	    {"a\rb", "\"a\rb\"", "\"a\rb\""},
	    {" a", "\" a\"", "\" a\""},
	    {"a ", "\"a \"", "\"a \""},
	    {"=1+1", "=1+1", "'=1+1"},
	    {"+7", "+7", "'+7"},
	    {"-", "-", "'-"},
	    {"@a", "@a", "'@a"},
	    {"\tx", "\tx", "'\tx"},
	    {"=\"a\"", "\"=\"\"a\"\"\"", "\"'=\"\"a\"\"\""},
	    {"a=1", "a=1", "a=1"},
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		assert_str(csv_cell(CSV_PLAIN, cases[i].text), cases[i].plain);
		assert_str(
		    csv_cell(CSV_EXCEL_RU, cases[i].text), cases[i].excel);
	}
}

static void
csv_numbers_and_days_are_the_styles_own(void **state)
{
	for (int style = CSV_PLAIN; style <= CSV_EXCEL_RU; style++) {
		struct csv_out c = csv_out_open(&out, (enum csv_style)style);

		csv_out_int(&c, -5);
		csv_out_ratio(&c, ratio_of(-9, 24));
		csv_out_decimal(&c, ratio_of(2, 3), 2);
		csv_out_date(&c, day(2027, 3, 5));
		csv_out_date(&c, DATE_NONE);
		csv_out_end_row(&c);
		csv_out_empty(&c);
		csv_out_end_row(&c);
	}
	assert_str(buf_str(&out), "-5,-0.375,0.67,2027-03-05,\n\"\"\n"
				  "\xEF\xBB\xBF"
				  "-5;-0,375;0,67;05.03.2027;\r\n\"\"\r\n");
}

static const struct table_column columns[] = {
    {.key = "school", .title = S_INIT("Школа"), .kind = TABLE_TEXT},
    {.key = "pupils", .title = S_INIT("Учеников"), .kind = TABLE_INT},
    {.key = "low",
	.title = S_INIT("Доля не справившихся"),
	.kind = TABLE_SHARE,
	.count_title = S_INIT("не справились"),
	.of_title = S_INIT("участников")},
    {.key = "mean",
	.title = S_INIT("Средний балл"),
	.kind = TABLE_NUMBER,
	.places = 2},
    {.key = "day", .title = S_INIT("Дата"), .kind = TABLE_DATE},
    {.key = "small", .title = S_INIT("Малая"), .kind = TABLE_BOOL},
};

static struct table_about about = {
    .title = S_INIT("Результаты"),
    .columns = columns,
    .n = COUNT_OF(columns),
};

static struct str
as(enum table_format format)
{
	buf_clear(&out);
	about.made_on = day(2027, 2, 18);

	struct table_out *t = table_out_open(mem, format, &about, &out);

	table_out_row(t, (struct table_cell[]){table_text(S("Вьюжинская СОШ")),
			     table_int(84), table_share(3, 7),
			     table_number(ratio_of(345, 100)),
			     table_date(day(2027, 3, 5)), table_bool(true)});
	table_out_row(
	    t, (struct table_cell[]){table_text(S("=Гимназия, \"№ 3\"")),
		   table_none(), table_none(), table_none(),
		   table_date(DATE_NONE), table_bool(false)});
	table_out_row(
	    t, (struct table_cell[]){table_text(S("Пустая")), table_int(0),
		   table_share(0, 0), table_number(ratio_of(1, 3)),
		   table_none(), table_none()});
	assert_int_equal(table_out_close(t), RC_OK);
	return buf_str(&out);
}

static void
table_as_csv(void **state)
{
	assert_str(as(TABLE_CSV),
	    "school,pupils,low,low_count,low_of,mean,day,small\n"
	    "Вьюжинская СОШ,84,42.9,3,7,3.45,2027-03-05,yes\n"
	    "\"=Гимназия, \"\"№ 3\"\"\",,,,,,,no\n"
	    "Пустая,0,,0,0,0.333333333333,,\n");
	assert_str(as(TABLE_CSV_EXCEL),
	    "\xEF\xBB\xBFШкола;Учеников;Доля не справившихся, %;"
	    "не справились;участников;Средний балл;Дата;Малая\r\n"
	    "Вьюжинская СОШ;84;42,9;3;7;3,45;05.03.2027;да\r\n"
	    "\"'=Гимназия, \"\"№ 3\"\"\";;;;;;;нет\r\n"
	    "Пустая;0;;0;0;0,333333333333;;\r\n");
}

static void
table_as_json(void **state)
{
	assert_str(as(TABLE_JSON),
	    "[{\"school\":\"Вьюжинская СОШ\",\"pupils\":84,"
	    "\"low\":{\"percent\":42.9,\"count\":3,\"of\":7},\"mean\":3.45,"
	    "\"day\":\"2027-03-05\",\"small\":true},"
	    "{\"school\":\"=Гимназия, \\\"№ 3\\\"\",\"pupils\":null,"
	    "\"low\":null,\"mean\":null,\"day\":null,\"small\":false},"
	    "{\"school\":\"Пустая\",\"pupils\":0,"
	    "\"low\":{\"percent\":null,\"count\":0,\"of\":0},"
	    "\"mean\":0.333333333333,\"day\":null,\"small\":null}]\n");
}

static void
table_on_a_terminal(void **state)
{
	assert_str(as(TABLE_TERMINAL),
	    "Школа               Учеников  Доля не справившихся  "
	    "Средний балл  Дата        Малая\n"
	    "────────────────  ──────────  ────────────────────  "
	    "────────────  ──────────  ──────────\n"
	    "Вьюжинская СОШ            84       42,9 % (3 из 7)  "
	    "        3,45  05.03.2027  да\n"
	    "=Гимназия, \"№ 3\"  нет данных            нет данных  "
	    "  нет данных  нет данных  нет\n"
	    "Пустая                     0                0 из 0  "
	    "         1/3  нет данных  нет данных\n");
}

static void
table_as_xlsx_is_the_same_every_time(void **state)
{
	struct str first = arena_str(mem, as(TABLE_XLSX));
	struct str again = as(TABLE_XLSX);

	assert_true(str_starts(first, S("PK\x03\x04")));
	assert_true(str_eq(first, again));
}

static void
xlsx_given_up_in_the_middle_leaves_nothing(void **state)
{
	static const struct xlsx_column one = {
	    .title = S_INIT("Школа"), .kind = XLSX_TEXT};
	autoxlsx book = xlsx_out_open(mem, S("Начато"), day(2027, 2, 18));

	xlsx_out_sheet(book, S("Лист"), &one, 1);
	xlsx_out_text(book, S("Вьюжинская СОШ"));
	/* the sanitizer sees what is not freed */
}

static void
full_buffer_is_a_limit(void **state)
{
	struct buf tight = buf_open(mem, 20);
	struct table_out *t;

	about.made_on = day(2027, 2, 18);
	t = table_out_open(mem, TABLE_CSV, &about, &tight);
	assert_int_equal(table_out_close(t), RC_LIMIT);
	t = table_out_open(mem, TABLE_XLSX, &about, &tight);
	assert_int_equal(table_out_close(t), RC_LIMIT);
}

static void
narrow_terminal_wraps_text_and_keeps_numbers(void **state)
{
	static const struct term_column two[] = {
	    {S_INIT("Мероприятие"), false}, {S_INIT("Из"), true}};
	static const struct str cells[][2] = {
	    {S_INIT("Провести пробный экзамен по математике"), S_INIT("9")},
	    {S_INIT("Одно\nдва"), S_INIT("24")},
	    {S_INIT("Сверхдлинноесловобезпробелов"), S_INIT("")},
	    {S_INIT("\x1b[31mкрасный"), S_INIT("1")},
	};
	static const struct str *const rows[] = {
	    cells[0], cells[1], cells[2], cells[3]};

	term_table_put(
	    &(struct term_table){two, 2, rows, COUNT_OF(rows), 20}, &out);
	assert_str(buf_str(&out), "Мероприятие       Из\n"
				  "────────────────  ──\n"
				  "Провести пробный   9\n"
				  "экзамен по\n"
				  "математике\n"
				  "Одно              24\n"
				  "два\n"
				  "Сверхдлинноеслов\n"
				  "обезпробелов\n"
				  " [31mкрасный       1\n");
}

static void
width_is_counted_in_places(void **state)
{
	assert_int_equal(term_width(S("ёлка")), 4);
	assert_int_equal(term_width(S("е\xCC\x88лка")), 4); /* е + diaeresis */
	assert_int_equal(term_width(S("漢字")), 4);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, open_arena, close_arena)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(csv_quotes_what_must_be_quoted),
	    TEST(csv_numbers_and_days_are_the_styles_own),
	    TEST(table_as_csv),
	    TEST(table_as_json),
	    TEST(table_on_a_terminal),
	    TEST(table_as_xlsx_is_the_same_every_time),
	    TEST(xlsx_given_up_in_the_middle_leaves_nothing),
	    TEST(full_buffer_is_a_limit),
	    TEST(narrow_terminal_wraps_text_and_keeps_numbers),
	    TEST(width_is_counted_in_places),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
