/*
 * test_recognise.c - files as specialists have them: each fixture of
 * tests/data/recognise/ beside what must come out of it, word for word.
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
 * EVIDENCE: domain 10.25, norilsk-2.1-previous - whatever is planted as a
 * name or a document in a fixture stands in nothing that comes out of it.
 */
static const char *const planted[] = {"Фамильев", "Прозваньев", "Кличкина",
    "Безымянная", "Прошлогоднев", "Отчествов", "2222"};

static void
check_names(const char *name, struct str all)
{
	for (size_t i = 0; i < COUNT_OF(planted); i++) {
		bool there = str_find(all, str_of(planted[i])) >= 0;
		if (there)
			print_error("%s lets «%s» out\n", name, planted[i]);
		assert_false(there);
	}
}

static void
golden(void **state)
{
	autoarena one = arena_open(0);
	const char *name = *state;
	struct str in =
	    arena_fmt(one, "%s/data/recognise/%s.txt", TESTS_DIR, name);
	struct str fixture = driver_file(one, arena_cstr(one, in));

	check_golden(name);
	check_names(name, driver_run(one, &data, fixture, DRIVER_ALL_CELLS));
}

/* One test a fixture. */
int
main(void)
{
	static struct CMUnitTest tests[256];
	struct dirent **names;
	size_t n = 0;
	int found =
	    scandir(TESTS_DIR "/data/recognise", &names, NULL, alphasort);

	for (int i = 0; i < found && n < COUNT_OF(tests); i++) {
		char *name = names[i]->d_name;
		size_t length = strlen(name);
		if (length < 5 || strcmp(name + length - 4, ".txt") != 0)
			continue;
		name[length - 4] = '\0';
		tests[n++] = (struct CMUnitTest){
		    .name = name, .test_func = golden, .initial_state = name};
	}
	if (n == 0)
		return 1;
	return _cmocka_run_group_tests(
	    "recognise", tests, n, open_data, close_data);
}
