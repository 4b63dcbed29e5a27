/* test_json.c - JSON out: escapes byte by byte, numbers, misuse. */
#include <jansson.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fmt/json.h"
#include "harness.h"

static struct arena *mem;
static struct buf out;
static struct json j;

static int
open_json(void **state)
{
	mem = arena_open(0);
	out = buf_open(mem, 0);
	j = json_open(&out);
	return 0;
}

static int
close_json(void **state)
{
	arena_close(mem);
	return 0;
}

/* What json_put_str() writes for s, quotes included. */
static struct str
written(struct str s)
{
	buf_clear(&out);
	j = json_open(&out);
	json_put_str(&j, s);
	json_close(&j);
	return buf_str(&out);
}

static void
every_byte_below_128_is_escaped_as_the_standard_says(void **state)
{
	for (int c = 0; c < 128; c++) {
		char byte = (char)c;
		struct str s = written((struct str){&byte, 1});

		switch (c) {
		case '\b':
			assert_str(s, "\"\\b\"");
			break;
		case '\t':
			assert_str(s, "\"\\t\"");
			break;
		case '\n':
			assert_str(s, "\"\\n\"");
			break;
		case '\f':
			assert_str(s, "\"\\f\"");
			break;
		case '\r':
			assert_str(s, "\"\\r\"");
			break;
		case '"':
			assert_str(s, "\"\\\"\"");
			break;
		case '\\':
			assert_str(s, "\"\\\\\"");
			break;
		default:
			if (c < 32)
				assert_str(s,
				    arena_fmt(mem, "\"\\u%04x\"", (unsigned)c)
					.p);
			else
				assert_str(s, arena_fmt(mem, "\"%c\"", c).p);
		}
	}
}

static void
bytes_that_are_not_utf8_become_replacement_characters(void **state)
{
	assert_str(written(S("а\xFFб")), "\"а\\ufffdб\"");
	assert_str(written(S("\xD0")), "\"\\ufffd\"");
	assert_str(written(S("\xC0\xAF")), "\"\\ufffd\\ufffd\"");
	assert_str(written(S("\xED\xA0\x80")), "\"\\ufffd\\ufffd\\ufffd\"");
	assert_str(
	    written(S("конец\xE2\x80\xA8строки")), "\"конец\\u2028строки\"");
	assert_str(written(S("«ёлка» 😀")), "\"«ёлка» 😀\"");
}

static void
numbers_are_exact_decimals(void **state)
{
	static const struct {
		int64_t num, den;
		const char *text;
	} cases[] = {
	    {0, 7, "0"},
	    {9, 24, "0.375"},
	    {-3, 8, "-0.375"},
	    {125, 10, "12.5"},
	    {1250, 100, "12.5"},
	    {100, 1, "100"},
	    {1, 3, "0.333333333333"},
	    {2, 3, "0.666666666667"},
	    {-2, 3, "-0.666666666667"},
	    {1, 1024, "0.0009765625"},
	    {999999999999999, 10, "99999999999999.9"},
	    {INT64_MAX, 1, "9223372036854775807"},
	    {INT64_MIN, 1, "-9223372036854775808"},
	    {INT64_MAX, INT64_MAX - 1, "1"},
	    {1, INT64_MAX, "0"},
	    {-1, INT64_MAX, "0"},
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		buf_clear(&out);
		j = json_open(&out);
		json_put_ratio(&j, ratio_of(cases[i].num, cases[i].den));
		assert_str(buf_str(&out), cases[i].text);
	}
}

static void
decimals_round_half_away_from_zero(void **state)
{
	json_begin_array(&j);
	json_put_decimal(&j, ratio_of(125, 1000), 2);
	json_put_decimal(&j, ratio_of(-125, 1000), 2);
	json_put_decimal(&j, ratio_of(1, 2), 0);
	json_put_decimal(&j, ratio_of(1996, 1000), 2);
	json_put_decimal(&j, ratio_of(-1, 1000), 2);
	json_end(&j);
	json_close(&j);
	assert_str(buf_str(&out), "[0.13,-0.13,1,2,0]");
}

static void
nested_values_are_read_back_by_another_library(void **state)
{
	struct date d;

	assert_true(date_of(2026, 11, 24, &d));
	json_begin_object(&j);
	json_field_str(&j, "школа \"1\"", S("Вьюжинская\nСОШ"));
	json_key(&j, "пусто");
	json_begin_object(&j);
	json_end(&j);
	json_key(&j, "ряд");
	json_begin_array(&j);
	json_put_int(&j, -5);
	json_begin_array(&j);
	json_end(&j);
	json_put_null(&j);
	json_put_bool(&j, true);
	json_put_date(&j, d);
	json_put_date(&j, DATE_NONE);
	json_put_moment(&j, (struct moment){0});
	json_put_str_or_null(&j, S(""));
	json_end(&j);
	json_field_bool(&j, "нет", false);
	json_field_ratio(&j, "доля", ratio_of(9, 24));
	json_field_date(&j, "день", d);
	json_field_int(&j, "число", 24);
	json_field_null(&j, "ничего");
	json_end(&j);
	json_close(&j);

	json_error_t error;
	json_t *read = json_loadb(out.p, out.n, JSON_REJECT_DUPLICATES, &error);
	assert_non_null(read);
	const char *name =
	    json_string_value(json_object_get(read, "школа \"1\""));
	assert_string_equal(name, "Вьюжинская\nСОШ");
	json_t *row = json_object_get(read, "ряд");
	assert_int_equal(json_array_size(row), 8);
	assert_int_equal(json_integer_value(json_array_get(row, 0)), -5);
	assert_string_equal(
	    json_string_value(json_array_get(row, 4)), "2026-11-24");
	assert_true(json_is_null(json_array_get(row, 5)));
	assert_string_equal(
	    json_string_value(json_array_get(row, 6)), "1970-01-01T00:00:00Z");
	assert_true(json_is_null(json_array_get(row, 7)));
	json_decref(read);
}

/* Misuse ends the process, so each case is tried in a child. */
static bool
ends_the_process(void (*misuse)(struct json *))
{
	pid_t child = fork();
	int status;

	assert_true(child >= 0);
	if (child == 0) {
		(void)freopen("/dev/null", "w", stderr);
		misuse(&j);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

static void
value_without_key(struct json *w)
{
	json_begin_object(w);
	json_put_int(w, 1);
}

static void
key_in_array(struct json *w)
{
	json_begin_array(w);
	json_key(w, "k");
}

static void
two_keys(struct json *w)
{
	json_begin_object(w);
	json_key(w, "a");
	json_key(w, "b");
}

static void
end_after_key(struct json *w)
{
	json_begin_object(w);
	json_key(w, "a");
	json_end(w);
}

static void
end_too_many(struct json *w)
{
	json_begin_array(w);
	json_end(w);
	json_end(w);
}

static void
end_too_few(struct json *w)
{
	json_begin_array(w);
	json_close(w);
}

static void
second_value(struct json *w)
{
	json_put_int(w, 1);
	json_put_int(w, 2);
}

static void
nothing(struct json *w)
{
	json_close(w);
}

static void
too_deep(struct json *w)
{
	for (int i = 0; i <= JSON_DEEPEST; i++)
		json_begin_array(w);
}

static void
misuse_ends_the_process(void **state)
{
	assert_true(ends_the_process(value_without_key));
	assert_true(ends_the_process(key_in_array));
	assert_true(ends_the_process(two_keys));
	assert_true(ends_the_process(end_after_key));
	assert_true(ends_the_process(end_too_many));
	assert_true(ends_the_process(end_too_few));
	assert_true(ends_the_process(second_value));
	assert_true(ends_the_process(nothing));
	assert_true(ends_the_process(too_deep));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_json, close_json)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(every_byte_below_128_is_escaped_as_the_standard_says),
	    TEST(bytes_that_are_not_utf8_become_replacement_characters),
	    TEST(numbers_are_exact_decimals),
	    TEST(decimals_round_half_away_from_zero),
	    TEST(nested_values_are_read_back_by_another_library),
	    TEST(misuse_ends_the_process),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
