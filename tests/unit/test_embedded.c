/* test_embedded.c - do the files inside the program come out as they went in? */
#include <zlib.h>

#include "base/embedded.h"
#include "harness.h"
#include "test_embedded_set.h"

static struct str
read_source(struct arena *mem, const char *name)
{
	struct str path =
	    arena_fmt(mem, "%s/data/embedded/%s", TESTS_DIR, name);
	FILE *f = fopen(arena_cstr(mem, path), "rb");
	char *bytes = arena_raw(mem, 4096);
	size_t n;

	assert_non_null(f);
	n = fread(bytes, 1, 4096, f);
	(void)fclose(f);
	return (struct str){bytes, n};
}

static void
bytes_are_those_of_the_file(void **state)
{
	static const char *const names[] = {
	    "long.txt", "tables/zero.bin", "пустой.txt"};
	autoarena mem = arena_open(0);

	assert_int_equal(test_embedded_set.n, COUNT_OF(names));
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		const struct embedded *e =
		    embedded_find(&test_embedded_set, str_of(names[i]));
		struct str want = read_source(mem, names[i]);

		assert_non_null(e);
		assert_int_equal(e->bytes.n, want.n);
		assert_memory_equal(e->bytes.p, want.p, want.n);
		assert_int_equal(e->bytes.p[want.n], 0);
		assert_int_equal(e->hash.n, 16);
	}
}

static void
packed_bytes_unpack_to_the_file(void **state)
{
	const struct embedded *e =
	    embedded_find(&test_embedded_set, S("long.txt"));
	unsigned char out[4096];
	z_stream z = {0};

	assert_true(e->gzip.n > 0 && e->gzip.n < e->bytes.n);
	assert_int_equal(inflateInit2(&z, 16 + MAX_WBITS), Z_OK);
	z.next_in = (unsigned char *)(uintptr_t)e->gzip.p;
	z.avail_in = (unsigned)e->gzip.n;
	z.next_out = out;
	z.avail_out = sizeof out;
	assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
	assert_int_equal(z.total_out, e->bytes.n);
	assert_memory_equal(out, e->bytes.p, e->bytes.n);
	inflateEnd(&z);
}

static void
what_does_not_shrink_is_not_packed(void **state)
{
	assert_int_equal(
	    embedded_find(&test_embedded_set, S("tables/zero.bin"))->gzip.n, 0);
}

static void
a_strange_name_finds_nothing(void **state)
{
	assert_null(embedded_find(&test_embedded_set, S("")));
	assert_null(embedded_find(&test_embedded_set, S("long.tx")));
	assert_null(embedded_find(&test_embedded_set, S("zzz")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(bytes_are_those_of_the_file),
	    cmocka_unit_test(packed_bytes_unpack_to_the_file),
	    cmocka_unit_test(what_does_not_shrink_is_not_packed),
	    cmocka_unit_test(a_strange_name_finds_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
