/* test_ics.c - a calendar out, byte by byte where the standard is exact. */
#include "fmt/ics.h"
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

static struct moment
now(void)
{
	struct moment m;

	assert_true(moment_parse(S("2027-02-18T07:42:05Z"), &m));
	return m;
}

static void
one_event_whole(void **state)
{
	struct ics cal = ics_open(&out, S("Карта"), now());

	ics_event(
	    &cal, &(struct ics_event){.uid = S("t7-2027-03-31@opora"),
		      .sequence = 2,
		      .from = day(2027, 3, 30),
		      .to = day(2027, 3, 31),
		      .summary = S("Сдать отчёт; форма 1, лист \\2\nсрочно\r"),
		      .rrule = S("FREQ=MONTHLY;INTERVAL=2;COUNT=5"),
		      .url = S("https://opora.example/t/7"),
		      .remind_days = 14});
	ics_close(&cal);
	assert_str(buf_str(&out),
	    "BEGIN:VCALENDAR\r\n"
	    "VERSION:2.0\r\n"
	    "PRODID:-//Opora//RU\r\n"
	    "CALSCALE:GREGORIAN\r\n"
	    "METHOD:PUBLISH\r\n"
	    "NAME:Карта\r\n"
	    "X-WR-CALNAME:Карта\r\n"
	    "REFRESH-INTERVAL;VALUE=DURATION:PT12H\r\n"
	    "X-PUBLISHED-TTL:PT12H\r\n"
	    "BEGIN:VEVENT\r\n"
	    "UID:t7-2027-03-31@opora\r\n"
	    "DTSTAMP:20270218T074205Z\r\n"
	    "SEQUENCE:2\r\n"
	    "DTSTART;VALUE=DATE:20270330\r\n"
	    "DTEND;VALUE=DATE:20270401\r\n"
	    "RRULE:FREQ=MONTHLY;INTERVAL=2;COUNT=5\r\n"
	    "SUMMARY:Сдать отчёт\\; форма 1\\, лист \\\\2\\nсрочно\r\n"
	    "URL:https://opora.example/t/7\r\n"
	    "STATUS:CONFIRMED\r\n"
	    "TRANSP:TRANSPARENT\r\n"
	    "BEGIN:VALARM\r\n"
	    "ACTION:DISPLAY\r\n"
	    "DESCRIPTION:Сдать отчёт\\; форма 1\\, лист \\\\2\\nсрочн\r\n"
	    " о\r\n"
	    "TRIGGER:-P14D\r\n"
	    "END:VALARM\r\n"
	    "END:VEVENT\r\n"
	    "END:VCALENDAR\r\n");
}

/* Whatever the length and the width of its characters, folding is right. */
static void
lines_fold_at_75_bytes_between_characters(void **state)
{
	static const char *const letters[] = {"a", "я", "…", "😀"};

	for (size_t kind = 0; kind < COUNT_OF(letters); kind++)
		for (int n = 1; n <= 170; n++) {
			struct buf text = buf_open(mem, 0);
			struct buf unfolded = buf_open(mem, 0);
			struct str rest, line;

			for (int i = 0; i < n; i++)
				buf_c(&text, letters[kind]);
			buf_clear(&out);
			struct ics cal = ics_open(&out, buf_str(&text), now());
			ics_close(&cal);

			rest = buf_str(&out);
			while (str_split(&rest, '\n', &line)) {
				if (!line.n && !rest.n)
					break; /* behind the last line end */
				assert_true(str_ends(line, S("\r")));
				assert_true(line.n <= 76);
				bool is_more = str_starts(line, S(" "));
				line = str_cut(line, is_more, line.n - 1);
				/* a continuation begins with a whole character */
				assert_int_not_equal(line.p[0] & 0xC0, 0x80);
				if (!is_more)
					buf_char(&unfolded, '\n');
				buf_put(&unfolded, line);
			}
			buf_char(&unfolded, '\n');
			assert_true(str_find(buf_str(&unfolded),
					arena_fmt(mem, "\nNAME:%s\n",
					    buf_cstr(&text))) >= 0);
		}
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, open_arena, close_arena)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(one_event_whole),
	    TEST(lines_fold_at_75_bytes_between_characters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
