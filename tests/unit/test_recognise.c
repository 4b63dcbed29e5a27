/*
 * test_recognise.c - files as specialists have them: each fixture of
 * tests/data/recognise/ beside what must come out of it, word for word.
 *
 * EVIDENCE: norilsk-2.1-retakes, norilsk-2.1-previous - ege_two_days,
 * ege_standard, pupils; domain 10.2 results_percent, 10.3 oge_dense, 10.4 and
 * 10.5 pupils and ege_base, 10.6 ege_two_days and ege_only_july, 10.7 and 10.8
 * ege_standard, 10.11 f1_autumn_*, 10.16 observations, 10.20 ege_no_border and
 * ege_two_days, 10.21 f1_school, 10.23 ege_blocks and gia_blocks.
 *
 * OPORA_GOLDEN=write writes the expected files anew; read them before they are
 * committed.
 */
#include <dirent.h>
#include <stdlib.h>

#include "recognise_driver.h"

static struct arena *mem;
static struct recognise_data data;

static int
open_data(void **state)
{
	mem = arena_open(0);
	data = driver_data(mem);
	return 0;
}

static int
close_data(void **state)
{
	arena_close(mem);
	return 0;
}

static void
check_golden(const char *name)
{
	autoarena one = arena_open(0);
	struct str in =
	    arena_fmt(one, "%s/data/recognise/%s.txt", TESTS_DIR, name);
	struct str out =
	    arena_fmt(one, "%s/data/recognise/%s.out", TESTS_DIR, name);
	struct str fixture = driver_file(one, arena_cstr(one, in));
	struct str all = driver_run(one, &data, fixture, DRIVER_ALL_CELLS);
	struct str filled =
	    driver_run(one, &data, fixture, DRIVER_FILLED_CELLS);

	if (getenv("OPORA_GOLDEN")) {
		FILE *f = fopen(arena_cstr(one, out), "wb");
		assert_non_null(f);
		(void)fwrite(all.p, 1, all.n, f);
		(void)fclose(f);
	}
	struct str expected = driver_file(one, arena_cstr(one, out));
	if (!str_eq(all, expected))
		print_error("%s gives:\n%.*s\n", name, STR_ARG(all));
	assert_true(str_eq(all, expected));
	if (!str_eq(filled, expected))
		print_error("%s without empty cells gives:\n%.*s\n", name,
		    STR_ARG(filled));
	assert_true(str_eq(filled, expected));
}

/*
 * EVIDENCE: domain 10.25 - whatever is planted as a name, a document or a code
 * in a fixture stands in nothing that comes out of it.
 */
static const char *const planted[] = {"Фамильев", "Прозваньев", "Кличкина",
    "Безымянная", "Прошлогоднев", "Отчествов", "Лисицын", "Барсуков", "Выдрин",
    "Соболев", "СОБОЛЕВ", "Куницын", "Норкин", "Хорьков", "Енотов", "Рысев",
    "Иванов", "Олегов", "Львов", "Ильич", "2222", "90000", "77000", "50001",
    "60001"};

static void
check_names(const char *name, struct str all)
{
	for (size_t i = 0; i < COUNT_OF(planted); i++) {
		bool there = str_find(all, str_of(planted[i])) >= 0;
		if (there)
			print_error("%s lets «%s» out:\n%.*s\n", name,
			    planted[i], STR_ARG(all));
		assert_false(there);
	}
}

static struct str
fixture_text(struct arena *one, const char *name)
{
	struct str path =
	    arena_fmt(one, "%s/data/recognise/%s.txt", TESTS_DIR, name);

	return driver_file(one, arena_cstr(one, path));
}

/* A row of people, by its running number in front. */
static bool
is_row(struct str line)
{
	return line.n > 2 && line.p[0] >= '1' && line.p[0] <= '9' &&
	       line.p[1] == '|';
}

/* Rows of people slip by some cells to the right, or lose the first ones. */
static struct str
slipped(struct arena *one, struct str fixture, int by)
{
	struct buf b = buf_open(one, 0);
	struct str line, lost;

	while (str_split(&fixture, '\n', &line)) {
		for (int i = 0; is_row(line) && i < by; i++)
			buf_char(&b, '|');
		for (int i = 0; is_row(line) && i < -by; i++)
			(void)str_split(&line, '|', &lost);
		buf_put(&b, line);
		buf_char(&b, '\n');
	}
	return buf_str(&b);
}

static bool
is_protocol(const char *name)
{
	return strncmp(name, "ege", 3) == 0 || strncmp(name, "oge", 3) == 0 ||
	       strncmp(name, "g", 1) == 0;
}

static void
golden(void **state)
{
	autoarena one = arena_open(0);
	const char *name = *state;
	struct str fixture = fixture_text(one, name);

	check_golden(name);
	check_names(name, driver_run(one, &data, fixture, DRIVER_ALL_CELLS));
	for (int by = -3; is_protocol(name) && by <= 3; by++)
		check_names(
		    name, driver_run(one, &data, slipped(one, fixture, by),
			      DRIVER_FILLED_CELLS));
}

static bool
is_typed_row(struct str line)
{
	static const struct str rows[] = {S_INIT("result "), S_INIT("school "),
	    S_INIT("observation "), S_INIT("official "), S_INIT("amendment ")};

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (str_starts(line, rows[i]))
			return true;
	return false;
}

/* Lines of typed rows without the place where they stood. */
static struct str
results_only(struct arena *one, struct str out)
{
	struct buf b = buf_open(one, 0);
	struct str line;

	while (str_split(&out, '\n', &line))
		if (is_typed_row(line)) {
			ptrdiff_t at = str_find(line, S(" @"));
			buf_put(&b, str_cut(line, 0, (size_t)at));
			buf_char(&b, '\n');
		}
	return buf_str(&b);
}

/* After each row of people one more whose last cell cannot be understood. */
static struct str
with_mistakes(struct arena *one, struct str fixture, struct str mark)
{
	struct buf b = buf_open(one, 0);
	struct str line, cell;

	while (str_split(&fixture, '\n', &line)) {
		buf_fmt(&b, "%.*s\n", STR_ARG(line));
		if (!is_row(line) && !str_starts(line, mark))
			continue;
		size_t last = line.n;
		while (line.p[last - 1] != '|')
			last--;
		struct str kept = str_cut(line, 0, last);
		(void)str_split(&kept, '|', &cell);
		buf_fmt(&b, "%.*s|%.*s?\n",
		    STR_ARG(is_row(line) ? S("99") : cell), STR_ARG(kept));
	}
	return buf_str(&b);
}

static struct str
without_mistakes(struct arena *one, struct str text)
{
	struct buf b = buf_open(one, 0);
	struct str line;

	while (str_split(&text, '\n', &line))
		if (!str_starts(line, S("99|")) && !str_ends(line, S("|?")))
			buf_fmt(&b, "%.*s\n", STR_ARG(line));
	return buf_str(&b);
}

/*
 * What was refused, once mended, loads back as what it would have been: the
 * wrong rows are struck out, all the others came along with them.
 */
static void
refused_rows_load_back(void **state)
{
	static const struct {
		const char *name, *row;
	} cases[] = {{"ege_blocks", "1|"}, {"ege_two_days", "1|"},
	    {"ege_only_july", "1|"}, {"ege_retake", "1|"}, {"gia_blocks", "1|"},
	    {"ege_base", "1|"}, {"oge_sparse", "1|"}, {"oge_foreign", "1|"},
	    {"f1_mark_last", "6000"}, {"collected_mark_last", "edu"},
	    {"pupils_good", "10"}};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		autoarena one = arena_open(0);
		struct str good = fixture_text(one, cases[i].name);
		struct str bad = with_mistakes(one, good, str_of(cases[i].row));
		struct str expected = results_only(
		    one, driver_run(one, &data, good, DRIVER_ALL_CELLS));
		assert_true(expected.n > 0);
		assert_str(results_only(one,
			       driver_run(one, &data, bad, DRIVER_ALL_CELLS)),
		    "");
		struct str mended = without_mistakes(
		    one, driver_refused(one, &data, bad, NULL));
		assert_str(results_only(one, driver_run(one, &data, mended,
						 DRIVER_ALL_CELLS)),
		    arena_cstr(one, expected));
	}
}

/* What a person says beside a file: said again when its rows come back. */
static struct str
options_of(struct arena *one, struct str fixture)
{
	struct buf b = buf_open(one, 0);
	struct str line;

	while (str_split(&fixture, '\n', &line))
		if (str_starts(line, S("@")) &&
		    !str_starts(line, S("@sheet")) &&
		    !str_starts(line, S("@row")))
			buf_fmt(&b, "%.*s\n", STR_ARG(line));
	return buf_str(&b);
}

static struct str
line_of(struct str text, size_t number)
{
	struct str line = S("");

	for (size_t i = 0; i <= number; i++)
		assert_true(str_split(&text, '\n', &line));
	return line;
}

/*
 * Each typed row of each fixture, asked back from the file it came of: rows of
 * the file's own shape, which load back as that typed row and no other.
 */
static void
given_back_rows_load_back(void **state)
{
	autoarena one = arena_open(0);
	const char *name = *state;
	struct str fixture = fixture_text(one, name);
	struct row_at *at;
	size_t n = driver_places(one, &data, fixture, &at);
	struct str all = results_only(
	    one, driver_run(one, &data, fixture, DRIVER_ALL_CELLS));

	for (size_t i = 0; i < n; i++) {
		struct str text = arena_fmt(one, "%.*s%.*s",
		    STR_ARG(options_of(one, fixture)),
		    STR_ARG(driver_refused(one, &data, fixture, &at[i])));
		struct str back = results_only(
		    one, driver_run(one, &data, text, DRIVER_ALL_CELLS));
		struct str want =
		    arena_fmt(one, "%.*s\n", STR_ARG(line_of(all, i)));

		check_names(name, text);
		if (!str_eq(back, want))
			print_error("%s, row %zu comes back as\n%.*s", name, i,
			    STR_ARG(text));
		assert_str(back, arena_cstr(one, want));
	}
}

/* Two tests a fixture. */
int
main(void)
{
	static struct CMUnitTest tests[256];
	struct dirent **names;
	autoarena names_mem = arena_open(0);
	size_t n = 0;
	tests[n++] =
	    (struct CMUnitTest)cmocka_unit_test(refused_rows_load_back);
	int found =
	    scandir(TESTS_DIR "/data/recognise", &names, NULL, alphasort);

	for (int i = 0; i < found && n + 2 < COUNT_OF(tests); i++) {
		char *name = names[i]->d_name;
		size_t length = strlen(name);
		if (length < 5 || strcmp(name + length - 4, ".txt") != 0)
			continue;
		name[length - 4] = '\0';
		tests[n++] = (struct CMUnitTest){
		    .name = arena_fmt(names_mem, "%s, given back", name).p,
		    .test_func = given_back_rows_load_back,
		    .initial_state = name};
		tests[n++] = (struct CMUnitTest){
		    .name = name, .test_func = golden, .initial_state = name};
	}
	if (n < 2)
		return 1;
	int failed = _cmocka_run_group_tests(
	    "recognise", tests, n, open_data, close_data);
	for (int i = 0; i < found; i++)
		free(names[i]);
	free(names);
	return failed;
}
