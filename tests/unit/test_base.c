/* test_base.c - floor 0: arena, text, numbers, days, complaints. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/diag.h"
#include "base/map.h"
#include "base/ratio.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "harness.h"

static struct arena *mem;

static int
open_arena(void **state)
{
	mem = arena_open(0);
	return 0;
}

static int
close_arena(void **state)
{
	arena_close(mem);
	return 0;
}

static void
arena_is_full_past_its_limit_and_still_gives(void **state)
{
	autoarena small = arena_open(1000);

	assert_false(arena_full(small));
	assert_non_null(arena_raw(small, 5000));
	assert_true(arena_full(small));
	arena_reset(small);
	assert_false(arena_full(small));
}

static void
arena_rewound_gives_the_same_memory(void **state)
{
	autoarena own = arena_open(0);
	char *small = arena_raw(own, 100), *large = arena_raw(own, 100000);

	for (int turn = 0; turn < 3; turn++) {
		arena_rewind(own);
		assert_int_equal(arena_used(own), 0);
		assert_ptr_equal(arena_raw(own, 100), small);
		assert_ptr_equal(arena_raw(own, 100000), large);
		memset(arena_raw(own, 300000), 1, 300000);
	}
	arena_reset(own);
	assert_ptr_equal(arena_raw(own, 100), small);
}

static void
list_keeps_what_was_pushed(void **state)
{
	VEC(int) v = {0};

	for (int i = 0; i < 1000; i++)
		*vec_push(mem, &v) = i;
	assert_int_equal(v.n, 1000);
	int expected = 0;
	vec_each(int, i, &v)
		assert_int_equal(*i, expected++);
}

static void
map_finds_every_key(void **state)
{
	struct map m = map_open(mem);

	for (int i = 0; i < 500; i++)
		*map_at(&m, arena_fmt(mem, "k%d", i)) = i;
	for (int i = 0; i < 500; i++)
		assert_int_equal(map_get(&m, arena_fmt(mem, "k%d", i)), i);
	assert_true(map_get(&m, S("none")) == MAP_NONE);
	/* the same when its room was told, and told too small */
	for (size_t told = 0; told <= 4000; told += 2000) {
		m = map_open_for(mem, told);
		for (int i = 0; i < 2000; i++)
			*map_at(&m, arena_fmt(mem, "k%d", i)) = i;
		for (int i = 0; i < 2000; i++)
			assert_int_equal(
			    map_get(&m, arena_fmt(mem, "k%d", i)), i);
		assert_true(map_get(&m, S("none")) == MAP_NONE);
	}
}

static void
full_buffer_drops_and_says_so(void **state)
{
	struct buf b = buf_open(mem, 10);

	buf_c(&b, "12345678");
	buf_int(&b, -1234);
	assert_true(buf_full(&b));
	assert_str(buf_str(&b), "12345678");
}

static void
days_go_round(void **state)
{
	struct date d;

	for (int32_t day = -800000; day < 800000; day += 97) {
		struct civil c = date_civil((struct date){day});
		if (c.year < 1)
			continue;
		assert_true(date_of(c.year, c.month, c.day, &d));
		assert_int_equal(d.day, day);
	}
	assert_true(date_of(1970, 1, 1, &d));
	assert_int_equal(d.day, 0);
	assert_int_equal(date_weekday(d), 4);
	assert_false(date_of(2023, 2, 29, &d));
	assert_true(date_of(2024, 2, 29, &d));
	assert_false(date_of(2023, 11, 31, &d));
}

static void
days_are_read_and_written(void **state)
{
	static const struct {
		const char *text, *iso;
	} good[] = {{"2026-11-24", "2026-11-24"}, {"24.11.2026", "2026-11-24"},
	    {"4.3.26", "2026-03-04"}, {"2022.06.23", "2022-06-23"},
	    {" 01.09.2023 ", "2023-09-01"}};

	static const char *const bad[] = {"", "31.11.2023", "29.02.2023",
	    "1.1.123", "2023-13-01", "01.09.20231"};
	struct date d;
	char text[DATE_TEXT];

	for (size_t i = 0; i < COUNT_OF(good); i++) {
		assert_true(date_parse_loose(str_of(good[i].text), &d));
		assert_string_equal(date_iso(d, text), good[i].iso);
	}
	for (size_t i = 0; i < COUNT_OF(bad); i++)
		assert_false(date_parse_loose(str_of(bad[i]), &d));
	assert_true(date_parse(S("2026-03-05"), &d));
	assert_str(date_ru(mem, d), "05.03.2026");
	assert_str(date_ru_long(mem, d), "5 марта 2026 г.");
}

static void
moments_go_round(void **state)
{
	char text[MOMENT_TEXT];
	struct moment m;

	assert_true(moment_parse(S("2026-11-24T05:21:32Z"), &m));
	assert_string_equal(moment_iso(m, text), "2026-11-24T05:21:32Z");
	assert_str(moment_ru(mem, m, 180), "24.11.2026, 08:21");
	assert_false(moment_parse(S("2026-11-24T25:00:00Z"), &m));
}

static void
school_year_begins_in_september(void **state)
{
	struct date d;
	struct syear y;
	char text[SYEAR_TEXT];

	assert_true(date_parse(S("2023-08-31"), &d));
	assert_int_equal(syear_of(d).first, 2022);
	assert_int_equal(syear_of(date_plus(d, 1)).first, 2023);
	assert_true(syear_parse(S("2022/2023"), &y));
	assert_string_equal(syear_text(y, text), "2022/2023");
	assert_true(syear_parse(S("2022–2023"), &y));
	assert_true(syear_parse(S("2022/23"), &y));
	assert_false(syear_parse(S("2022/2024"), &y));
	assert_false(syear_parse(S("2022"), &y));
}

/* EVIDENCE: norilsk-2.1 - the border of 30 % is decided on counts. */
static void
three_of_ten_is_thirty_percent(void **state)
{
	struct ratio border = ratio_of(30, 100);

	assert_int_equal(ratio_cmp(ratio_of(3, 10), border), 0);
	assert_true(ratio_cmp(ratio_of(2, 7), border) < 0);
	assert_true(ratio_cmp(ratio_of(1, 3), border) > 0);
	assert_true(ratio_cmp(ratio_of(400, 1334), border) < 0);
	assert_true(ratio_cmp(ratio_of(14, 47), border) < 0);
}

static void
numbers_are_read_as_people_write_them(void **state)
{
	static const struct {
		const char *text;
		int64_t num, den;
	} good[] = {{"12,5", 125, 10}, {"12.50", 1250, 100}, {"-3", -3, 1},
	    {"1 234,5", 12345, 10}, {"37,5 %", 375, 10}, {"1 234", 1234, 1},
	    {"−0,1", -1, 10}, {"100", 100, 1}};

	static const char *const bad[] = {"", "12,", ",5", "1 23", "1,2,3",
	    "12a", "abc", "1e5", "1234567890123456"};
	struct ratio r;

	for (size_t i = 0; i < COUNT_OF(good); i++) {
		assert_true(ratio_parse(str_of(good[i].text), &r));
		assert_int_equal(r.num, good[i].num);
		assert_int_equal(r.den, good[i].den);
	}
	for (size_t i = 0; i < COUNT_OF(bad); i++)
		assert_false(ratio_parse(str_of(bad[i]), &r));
}

/* EVIDENCE: domain 10.2 - counts behind printed percentages. */
static void
counts_come_back_from_percentages_or_not_at_all(void **state)
{
	static const struct {
		const char *percent;
		int64_t n;
		int64_t k; /* -1: cannot be told */
	} cases[] = {{"30", 47, 14}, {"30,0", 1334, 400}, {"30", 50, 15},
	    {"29,99", 1334, 400}, {"33,33", 3, 1}, {"0", 12, 0},
	    {"100", 12, 12}, {"35", 10, -1}, {"30", 1334, -1}, {"12,5", 8, 1},
	    {"0", 0, 0}, {"5", 0, -1}, {"0,1", 7, -1}};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct ratio p;
		int64_t k = -1;
		assert_true(ratio_parse(str_of(cases[i].percent), &p));
		bool found = count_from_percent(
		    p, ratio_places(str_of(cases[i].percent)), cases[i].n, &k);
		assert_int_equal(found ? k : -1, cases[i].k);
	}
}

static void
shares_are_printed_with_a_comma(void **state)
{
	assert_str(ratio_percent_ru(mem, ratio_of(9, 24)), "37,5");
	assert_str(ratio_percent_ru(mem, ratio_of(1, 3)), "33,3");
	assert_str(ratio_percent_ru(mem, ratio_of(2, 3)), "66,7");
	assert_str(ratio_ru(mem, ratio_of(-1, 2), 0), "−1");
	assert_str(ratio_exact(mem, ratio_of(125, 10)), "12,5");
	assert_str(ratio_exact(mem, ratio_of(1, 3)), "1/3");
}

static void
headings_are_compared_as_a_reader_sees_them(void **state)
{
	static const struct {
		const char *text, *header;
	} cases[] = {{"  Код  ОО: ", "код оо"}, {"Развёрнутым", "развернутым"},
	    {"Кол-во участников*", "кол-во участников"}, {"Kод OO", "код оо"},
	    {"7K1 (3б)", "7к1 (3б)"}, {"Класс\xC2\xA0", "класс"},
	    {"PrimaryMark", "primarymark"}};

	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_str(
		    text_header(mem, str_of(cases[i].text)), cases[i].header);
}

static void
names_sort_as_a_russian_reader_expects(void **state)
{
	static const char *const order[] = {"Гимназия № 3", "Елкинская ООШ",
	    "Еловская СОШ", "Ёлкинская ООШ", "СОШ № 2", "СОШ № 10", "Школа"};

	for (size_t i = 1; i < COUNT_OF(order); i++)
		assert_true(str_cmp(text_sort_key(mem, str_of(order[i - 1])),
				text_sort_key(mem, str_of(order[i]))) < 0);
}

static void
old_encoding_is_turned(void **state)
{
	assert_str(text_from_cp1251(mem, S("\xD8\xEA\xEE\xEB\xE0 \xB9 1 \xB8")),
	    "Школа № 1 ё");
	assert_false(utf8_valid(S("\xD8\xEA")));
	assert_true(utf8_valid(S("Школа")));
	/* the one bad byte wherever it stands among plain ones */
	for (size_t at = 0; at < 20; at++) {
		char text[21];
		memset(text, 'a', sizeof text);
		assert_true(utf8_valid((struct str){text, at}));
		text[at] = '\xD0';
		assert_false(utf8_valid((struct str){text, sizeof text}));
		text[at + 1 < sizeof text ? at + 1 : at] = '\xA8';
		assert_true(utf8_valid((struct str){text, sizeof text}));
	}
}

static void
forms_follow_numbers(void **state)
{
	static const struct {
		int64_t n;
		const char *word;
	} cases[] = {{1, "школа"}, {2, "школы"}, {5, "школ"}, {11, "школ"},
	    {21, "школа"}, {112, "школ"}, {0, "школ"}, {104, "школы"}};

	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_string_equal(
		    plural_ru(cases[i].n, "школа", "школы", "школ"),
		    cases[i].word);
}

static void
long_text_is_clipped_at_a_character(void **state)
{
	assert_str(text_clip(mem, S("Школа"), 5), "Школа");
	assert_str(text_clip(mem, S("Школа № 7"), 6), "Школа…");
	assert_str(text_clip(mem, S("Школы"), 3), "Шк…");
}

static void
complaints_are_collected_and_counted_past_the_maximum(void **state)
{
	struct diag d = diag_open(mem, 2);
	struct place at = {.file = S("a.csv"), .row = 3, .column = S("Балл")};

	for (int i = 0; i < 5; i++) {
		struct complaint *c = diag_error(&d, at, "Это не число.");
		c->value = S("x");
		c->expected = S("целое число");
	}
	assert_int_equal(d.n, 2);
	assert_int_equal(d.errors, 5);
	assert_str(complaint_line(mem, &d.all[0]),
	    "a.csv, строка 3, графа «Балл»: Это не число. Стоит «x». "
	    "Ожидалось: целое число.");
}

static void
bad_bytes_are_repaired_and_good_text_is_not_copied(void **state)
{
	struct str good = S("ёлка");

	assert_ptr_equal(utf8_repair(mem, good).p, good.p);
	assert_str(
	    utf8_repair(mem, S("а\xFF\xD0")), "а\xEF\xBF\xBD\xEF\xBF\xBD");
}

static void
words_of_a_list_are_whole(void **state)
{
	assert_true(str_has_word(S("a bc"), S("bc")));
	assert_false(str_has_word(S("a bc"), S("b")));
	assert_false(str_has_word(S(""), S("")));
	assert_false(str_has_word((struct str){0}, S("a")));
}

static void
text_splits_with_its_empty_parts(void **state)
{
	struct str rest = S("a,,b");
	struct str part;

	assert_true(str_split(&rest, ',', &part));
	assert_str(part, "a");
	assert_true(str_split(&rest, ',', &part));
	assert_str(part, "");
	assert_true(str_split(&rest, ',', &part));
	assert_str(part, "b");
	assert_false(str_split(&rest, ',', &part));
	assert_str(str_trim(S("\xEF\xBB\xBF \xC2\xA0 x \xC2\xA0")), "x");
}

static void
long_complaint_is_cut_between_letters(void **state)
{
	struct diag d = diag_open(mem, 0);
	struct buf text = buf_open(mem, 0);

	for (int i = 0; i < 600; i++)
		buf_c(&text, "ё");
	for (int shift = 0; shift < 2; shift++) {
		struct complaint *c = diag_error(&d, (struct place){0},
		    "%.*s%s", shift, "x", buf_cstr(&text));
		assert_true(c->text.n > 1000 && c->text.n < 1024);
		assert_true(utf8_valid(c->text));
	}
}

#define test(f) cmocka_unit_test(f)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    test(long_complaint_is_cut_between_letters),
	    test(arena_is_full_past_its_limit_and_still_gives),
	    test(arena_rewound_gives_the_same_memory),
	    test(list_keeps_what_was_pushed),
	    test(map_finds_every_key),
	    test(full_buffer_drops_and_says_so),
	    test(days_go_round),
	    test(days_are_read_and_written),
	    test(moments_go_round),
	    test(school_year_begins_in_september),
	    test(three_of_ten_is_thirty_percent),
	    test(numbers_are_read_as_people_write_them),
	    test(counts_come_back_from_percentages_or_not_at_all),
	    test(shares_are_printed_with_a_comma),
	    test(bad_bytes_are_repaired_and_good_text_is_not_copied),
	    test(headings_are_compared_as_a_reader_sees_them),
	    test(names_sort_as_a_russian_reader_expects),
	    test(old_encoding_is_turned),
	    test(forms_follow_numbers),
	    test(long_text_is_clipped_at_a_character),
	    test(complaints_are_collected_and_counted_past_the_maximum),
	    test(words_of_a_list_are_whole),
	    test(text_splits_with_its_empty_parts),
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
