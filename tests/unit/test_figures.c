/* test_figures.c - charts, the heat map and the ribbon as SVG text. */
#include "fmt/canvas.h"
#include "harness.h"
#include "sample_figures.h"

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

static size_t
count(const char *what)
{
	struct str rest = buf_str(&out);
	size_t n = 0;

	for (ptrdiff_t at; (at = str_find(rest, str_of(what))) >= 0; n++)
		rest = str_from(rest, (size_t)at + strlen(what));
	return n;
}

static void
canvas_writes_classes_and_escapes_text(void **state)
{
	struct canvas c = canvas_svg_open(&out, (struct canvas_size){640, 32},
	    "chart", S("Школы «\"А\" & <Б>»"));

	canvas_group(&c, S("9 < 24"), S("/a?b=1&c=\"2\""));
	canvas_rect(&c, "p1", (struct canvas_box){1, 2.04, 3.06, 4.96});
	canvas_circle(&c, "p2", -0.04, 10, 4);
	canvas_group_end(&c);
	canvas_line(&c, "grid", 0.5, 1.25, 100, 1e3);
	canvas_group(&c, S(""), S(""));
	canvas_text(&c, "", ANCHOR_MIDDLE, 1, 2, S("a&b"));
	canvas_text(&c, "t-s", ANCHOR_END, 1, 2, S("в"));
	canvas_text(&c, "t-s", ANCHOR_START, 1, 2, S(""));
	canvas_text(&c, "", ANCHOR_START, 1, 2, S("\xFF\x01"));
	canvas_group_end(&c);
	canvas_svg_close(&c);
	assert_str(buf_str(&out),
	    "<svg class=\"chart\" viewBox=\"0 0 640 32\" role=\"img\" "
	    "aria-label=\"Школы «&quot;А&quot; &amp; &lt;Б&gt;»\">"
	    "<a href=\"/a?b=1&amp;c=&quot;2&quot;\">"
	    "<title>9 &lt; 24</title>"
	    "<rect class=\"p1\" x=\"1\" y=\"2\" width=\"3.1\" height=\"5\"/>"
	    "<circle class=\"p2\" cx=\"0\" cy=\"10\" r=\"4\"/></a>"
	    "<path class=\"grid\" d=\"M0.5 1.3L100 1000\"/>"
	    "<g><text class=\"t-mid\" x=\"1\" y=\"2\">a&amp;b</text>"
	    "<text class=\"t-s t-end\" x=\"1\" y=\"2\">в</text>"
	    "<text x=\"1\" y=\"2\">\xEF\xBF\xBD\xEF\xBF\xBD</text></g></svg>");
}

static void
text_is_cut_and_wrapped_by_its_width(void **state)
{
	struct str lines[CANVAS_MOST_LINES];

	assert_true(canvas_text_width(S("ШШШ"), 10) >
		    canvas_text_width(S("iii"), 10) * 3);
	assert_str(canvas_fit(mem, S("Школа"), 10, 100), "Школа");
	assert_str(canvas_fit(mem, S("Школа № 12 города"), 10, 50), "Школа…");
	assert_int_equal(
	    canvas_wrap(mem, S("Один два три четыре"), 10, 50, 3, lines), 3);
	assert_str(lines[0], "Один два");
	assert_str(lines[1], "три");
	assert_str(lines[2], "четыре");
	assert_int_equal(canvas_wrap(mem, S(""), 10, 50, 3, lines), 0);
	assert_int_equal(
	    canvas_wrap(mem, S("Невместимое"), 10, 30, 2, lines), 2);
}

static void
curve_breaks_where_a_value_is_unknown(void **state)
{
	chart_svg(&sample_lines, 640, 0, &out);
	/* nine known values, nine marks with a sentence each; three bands */
	assert_int_equal(count("<circle class=\"p1\""), 5);
	assert_int_equal(count("<circle class=\"p2\""), 4);
	assert_int_equal(count("<title>"), 12);
	assert_int_equal(count("<title>7 школ перечня, 2025/26: "
			       "37,9\xC2\xA0% (50 из 132 участников)</title>"),
	    1);
	/* the second curve is in two pieces: one path, two moves */
	ptrdiff_t at = str_find(buf_str(&out), S("<path class=\"l2\" d=\""));
	assert_true(at >= 0);
	struct str path = str_from(buf_str(&out), (size_t)at);
	path = str_cut(path, 0, (size_t)str_find(path, S("/>")));
	size_t moves = 0;
	for (size_t i = 0; i < path.n; i++)
		moves += path.p[i] == 'M';
	assert_int_equal(moves, 2);
}

static void
unknown_is_said_in_words(void **state)
{
	chart_svg(&sample_unknown, 640, 0, &out);
	assert_int_equal(count(">нет данных</text>"), 1);
	assert_int_equal(count("<circle"), 0);
	buf_clear(&out);
	chart_svg(&sample_lying, 640, 0, &out);
	assert_int_equal(count(">нет данных</text>"), 1);
	assert_int_equal(count("<rect class=\"p1\""), 7);
}

static void
nothing_is_styled_in_place(void **state)
{
	struct ribbon r = sample_ribbon(mem, 24);

	chart_svg(&sample_lines, 640, 0, &out);
	chart_svg(&sample_bars, 640, 0, &out);
	chart_svg(&sample_intervals, 640, 0, &out);
	heat_svg(&sample_heat, 640, &out);
	ribbon_svg(&r, 1240, &out);
	assert_int_equal(count("style="), 0);
	assert_int_equal(count("fill="), 0);
	assert_int_equal(count("role=\"img\""), 5);
}

/* EVIDENCE: norilsk-2.1 - 30 % and more is low, decided on the counts. */
static void
heat_steps_are_exact(void **state)
{
	static const struct {
		int64_t count, of;
		const char *css;
	} cases[] = {
	    {0, 10, "h0"},
	    {1, 1000, "h1"},
	    {99, 1000, "h1"},
	    {1, 10, "h2"},
	    {199, 1000, "h2"},
	    {2, 10, "h3"},
	    {2999, 10000, "h3"},
	    {3, 10, "h4"},
	    {10, 10, "h4"},
	};
	static const struct str name = S_INIT("Школа");

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct heat_cell cell = {.is_known = true,
		    .count = cases[i].count,
		    .of = cases[i].of};
		struct heat h = {.title = name,
		    .columns = &name,
		    .n_columns = 1,
		    .rows = &name,
		    .n_rows = 1,
		    .cells = &cell};

		buf_clear(&out);
		heat_svg(&h, 400, &out);
		assert_int_equal(
		    count(arena_fmt(mem, "class=\"%s\"", cases[i].css).p), 1);
		assert_int_equal(
		    count("class=\"low\""), strcmp(cases[i].css, "h4") == 0);
	}
}

static struct date
day(int year, int month, int day_of_month)
{
	struct date d;

	assert_true(date_of(year, month, day_of_month, &d));
	return d;
}

/* 1000 pixels: names to 270, results from 925, twelve months between. */
static void
ribbon_puts_days_in_their_months(void **state)
{
	struct ribbon_mark marks[] = {
	    {RIBBON_BAR, RIBBON_PLANNED, day(2026, 10, 1), day(2026, 10, 31), 0,
		0, S("октябрь")},
	    {RIBBON_BAR, RIBBON_DONE, day(2026, 1, 1), day(2026, 9, 15), 0, 0,
		S("до середины сентября")},
	    {RIBBON_BAR, RIBBON_LATE, day(2027, 9, 1), day(2027, 9, 30), 0, 0,
		S("вне ленты")},
	};
	struct ribbon_row row = {
	    .label = S("Мера"), .marks = marks, .n_marks = 3};
	struct ribbon r = {.title = S("Карта"),
	    .first = day(2026, 9, 1),
	    .months = 12,
	    .today = DATE_NONE,
	    .rows = &row,
	    .n_rows = 1};

	ribbon_svg(&r, 1000, &out);
	assert_int_equal(
	    count("<g><title>октябрь: запланировано</title><rect "
		  "class=\"b-plan\" x=\"324.6\" y=\"52\" width=\"54.6\" "
		  "height=\"12\"/>"),
	    1);
	assert_int_equal(
	    count("<g><title>до середины сентября: исполнено</title><rect "
		  "class=\"b-done\" x=\"270\" y=\"52\" width=\"27.3\""),
	    1);
	assert_int_equal(count("вне ленты"), 0);
	assert_int_equal(count("class=\"today\""), 0);
	assert_int_equal(count("квартал"), 4);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, open_arena, close_arena)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(canvas_writes_classes_and_escapes_text),
	    TEST(text_is_cut_and_wrapped_by_its_width),
	    TEST(curve_breaks_where_a_value_is_unknown),
	    TEST(unknown_is_said_in_words),
	    TEST(nothing_is_styled_in_place),
	    TEST(heat_steps_are_exact),
	    TEST(ribbon_puts_days_in_their_months),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
