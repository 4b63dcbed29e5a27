/* test_method.c - the method language: its words, its verdicts, its margins. */
#include "harness.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "lang/method.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#define DATA_DIR TESTS_DIR "/../data"

static struct arena *mem;
static struct vocabulary voc;

static struct str
read_file(const char *dir, const char *name)
{
	struct buf b = buf_open(mem, 0);
	FILE *f = fopen(arena_cstr(mem,
			    arena_fmt(mem, "%s/%s", dir, name)),
	    "rb");
	char block[4096];
	size_t n;

	assert_non_null(f);
	while ((n = fread(block, 1, sizeof block, f)) > 0)
		buf_put(&b, (struct str){block, n});
	assert_int_equal(fclose(f), 0);
	return buf_str(&b);
}

static void
print_complaints(struct str text, const struct diag *d)
{
	for (size_t i = 0; i < d->n; i++) {
		struct str s = method_caret(mem, text, &d->all[i]);
		print_error("%.*s\n", STR_ARG(s));
	}
}

static int
open_all(void **state)
{
	mem = arena_open(0);
	struct diag d = diag_open(mem, 0);
	struct vocabulary_texts texts = {
	    .procedures = read_file(DATA_DIR, "procedures.tsv"),
	    .years = read_file(DATA_DIR, "procedure-years.tsv"),
	    .elements = read_file(DATA_DIR, "elements.tsv"),
	};
	enum rc rc = vocabulary_parse(mem, &texts, &d, &voc);

	print_complaints(S(""), &d);
	return rc == RC_OK ? 0 : -1;
}

static int
close_all(void **state)
{
	arena_close(mem);
	return 0;
}

static struct method *
load(const char *name)
{
	struct diag d = diag_open(mem, 0);
	struct str text = read_file(DATA_DIR "/methods", name);
	struct method *m = NULL;
	enum rc rc = method_parse(mem, str_of(name), text, &voc, &d, &m);

	print_complaints(text, &d);
	assert_int_equal(rc, RC_OK);
	return m;
}

static void
examples_in_the_files_come_out(void **state)
{
	static const char *const names[] = {"shnor.method"};

	for (size_t i = 0; i < COUNT_OF(names); i++) {
		struct method *m = load(names[i]);
		struct diag d = diag_open(mem, 0);
		size_t run = 0;
		enum rc rc = method_check_examples(mem, m, &d, &run);
		print_complaints(m->text, &d);
		assert_int_equal(rc, RC_OK);
		assert_true(run >= 10);
	}
}

static void
prints_what_parses_to_the_same(void **state)
{
	static const char *const names[] = {"shnor.method"};

	for (size_t i = 0; i < COUNT_OF(names); i++) {
		struct method *m = load(names[i]), *again;
		struct str printed = method_print(mem, m);
		struct diag d = diag_open(mem, 0);
		enum rc rc = method_parse(
		    mem, str_of(names[i]), printed, &voc, &d, &again);
		print_complaints(printed, &d);
		assert_int_equal(rc, RC_OK);
		assert_true(str_eq(printed, method_print(mem, again)));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(examples_in_the_files_come_out),
	    cmocka_unit_test(prints_what_parses_to_the_same),
	};

	return cmocka_run_group_tests(tests, open_all, close_all);
}
