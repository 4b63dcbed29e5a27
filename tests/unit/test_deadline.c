/*
 * test_deadline.c - the language of deadlines against tables of phrases.
 *
 * Columns: id from to phrase kind windows every sure note; our own tables have
 * two more at the end: ordered, schedule.  Where sure is "no" a person could
 * not tell either, and only the round trip is checked.
 *
 * EVIDENCE: deadlines.md
 */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "base/vec.h"
#include "harness.h"
#include "lang/deadline.h"
#include "lang/deadline_token.h"

enum { MAX_COLUMNS = 16, MAX_FILE = 1 << 20 };

static struct arena *mem;

static struct str
file_text(const char *path)
{
	FILE *f = fopen(path, "rb");

	if (!f)
		return S("");
	char *text = arena_raw(mem, MAX_FILE);
	size_t n = fread(text, 1, MAX_FILE, f);
	assert_int_equal(fclose(f), 0);
	return (struct str){text, n};
}

static struct date
day(struct str s)
{
	struct date d = DATE_NONE;

	if (s.n)
		assert_true(date_parse(s, &d));
	return d;
}

static const char *
windows_text(const struct deadline *d)
{
	struct buf b = buf_open(mem, 0);
	char from[DATE_TEXT], to[DATE_TEXT];

	for (size_t i = 0; i < d->n_windows; i++)
		buf_fmt(&b, "%s%s..%s", i ? " " : "",
		    date_iso(d->windows[i].from, from),
		    date_iso(d->windows[i].to, to));
	return buf_cstr(&b);
}

/* unit[/interval][ xcount][ +]: "+" is "at least". */
static const char *
every_text(const struct deadline *d)
{
	struct buf b = buf_open(mem, 0);

	if (!d->every.is_set)
		return "";
	buf_c(&b, deadline_unit_codes[d->every.unit]);
	if (d->every.interval != 1)
		buf_fmt(&b, "/%d", d->every.interval);
	if (d->every.count != 1)
		buf_fmt(&b, " x%d", d->every.count);
	if (d->every.at_least)
		buf_c(&b, " +");
	return buf_cstr(&b);
}

static int
by_text(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

/* The same windows in any order: a list in a cell is a set. */
static bool
same_windows(struct str expected, struct str actual)
{
	struct str a[512], b[512];
	size_t n = 0, m = 0;

	while (n < COUNT_OF(a) && str_split(&expected, ' ', &a[n]))
		n++;
	while (m < COUNT_OF(b) && str_split(&actual, ' ', &b[m]))
		m++;
	qsort(a, n, sizeof *a, by_text);
	qsort(b, m, sizeof *b, by_text);
	bool same = n == m;
	for (size_t i = 0; same && i < n; i++)
		same = str_eq(a[i], b[i]);
	return same;
}

struct row {
	struct str id, from, to, phrase, kind, windows, every, sure, note;
	struct str ordered, schedule;
};

static struct deadline_context
context_of(const struct row *r)
{
	return (struct deadline_context){
	    .period = {day(r->from), day(r->to)}, .ordered = day(r->ordered)};
}

/* An every-column with a plain unit fixes the unit only. */
static bool
same_every(struct str expected, const struct deadline *d)
{
	if (!expected.n)
		return true;
	if (str_eq(expected, S("-")))
		return !d->every.is_set;
	bool exact = str_find_char(expected, ' ') >= 0 ||
		     str_find_char(expected, '/') >= 0 ||
		     str_find_char(expected, '=') >= 0;
	if (str_starts(expected, S("=")))
		expected = str_from(expected, 1);
	return exact ? str_eq(expected, str_of(every_text(d))) :
		       d->every.is_set &&
			   str_eq(expected,
			       str_of(deadline_unit_codes[d->every.unit]));
}

static bool
agrees(const struct row *r, const struct deadline *d)
{
	bool kind = str_eq(r->kind, str_of(deadline_kind_codes[d->kind]));
	bool windows =
	    !r->windows.n ||
	    same_windows(str_eq(r->windows, S("-")) ? S("") : r->windows,
		str_of(windows_text(d)));
	bool schedule = !r->schedule.n || str_eq(r->schedule, d->schedule);

	return kind && windows && schedule && same_every(r->every, d);
}

static bool
round_trips(const struct row *r, const struct deadline *d)
{
	struct deadline_context c = context_of(r);
	struct deadline again;

	deadline_read(mem, d->canonical, &c, &again);
	if (deadline_eq(d, &again) && str_eq(d->canonical, again.canonical))
		return true;
	print_error("%.*s «%.*s»: canonical «%.*s» reads as %s %s, not %s %s\n",
	    STR_ARG(r->id), STR_ARG(r->phrase), STR_ARG(d->canonical),
	    deadline_kind_codes[again.kind], windows_text(&again),
	    deadline_kind_codes[d->kind], windows_text(d));
	return false;
}

/* Windows stand in the order of time, behind those printed before "далее". */
static bool
in_order(const struct row *r, const struct deadline *d)
{
	for (size_t i = d->rule.lead + 1; i < d->n_windows; i++)
		if (date_before(d->windows[i].to, d->windows[i - 1].to)) {
			print_error("%.*s «%.*s»: %s is not in order\n",
			    STR_ARG(r->id), STR_ARG(r->phrase),
			    windows_text(d));
			return false;
		}
	return true;
}

/* What the phrases of a table came to, so that no form goes untried. */
static struct {
	size_t kinds[DEADLINE_KIND_COUNT];
	size_t units[UNIT_COUNT];
	size_t places[RULE_LAST_DAY + 1];
} tried;

static void
count_form(const struct deadline *d)
{
	tried.kinds[d->kind]++;
	if (!d->every.is_set)
		return;
	tried.units[d->every.unit]++;
	tried.places[d->rule.place]++;
}

static bool
check_row(const struct row *r)
{
	struct deadline_context c = context_of(r);
	struct deadline d;

	deadline_read(mem, r->phrase, &c, &d);
	count_form(&d);
	bool trip = round_trips(r, &d) & in_order(r, &d);
	if (str_eq(r->sure, S("no")) || agrees(r, &d))
		return trip;
	print_error("%.*s «%.*s»: %s [%s] [%s] [%.*s], expected %.*s [%.*s] "
		    "[%.*s] [%.*s]\n",
	    STR_ARG(r->id), STR_ARG(r->phrase), deadline_kind_codes[d.kind],
	    windows_text(&d), every_text(&d), STR_ARG(d.schedule),
	    STR_ARG(r->kind), STR_ARG(r->windows), STR_ARG(r->every),
	    STR_ARG(r->schedule));
	return false;
}

static struct row
row_of(struct str line)
{
	struct str cell[MAX_COLUMNS] = {{0}};

	for (size_t n = 0; n < MAX_COLUMNS && str_split(&line, '\t', &cell[n]);)
		n++;
	return (struct row){cell[0], cell[1], cell[2], cell[3], cell[4],
	    cell[5], cell[6], cell[7], cell[8], cell[9], cell[10]};
}

/*
 * Rows of the shared tables we read otherwise, and why.
 */
static const struct {
	const char *id;
	const char *why;
} otherwise[] = {
    {"s066", "The first window is one day, the end of the school year that was "
	     "running; by the rule of s098 it begins with the plan."},
    {"r101",
	"Rule 1 puts August of a school-year plan into its second year, as "
	"in r033."},
};

static bool
is_read_otherwise(struct str id)
{
	for (size_t i = 0; i < COUNT_OF(otherwise); i++)
		if (str_eq(id, str_of(otherwise[i].id)))
			return true;
	return false;
}

static void
check_table(const char *path, size_t at_least)
{
	struct str rest = file_text(path);
	struct str line;
	size_t rows = 0, wrong = 0;

	(void)str_split(&rest, '\n', &line); /* the headings */
	while (str_split(&rest, '\n', &line)) {
		if (line.n && line.p[line.n - 1] == '\r')
			line.n--;
		if (!line.n || line.p[0] == '#')
			continue;
		struct row r = row_of(line);
		rows++;
		if (is_read_otherwise(r.id))
			r.sure = S("no");
		wrong += !check_row(&r);
	}
	assert_int_equal(wrong, 0);
	assert_true(rows >= at_least);
}

static void
words_are_sorted(void **state)
{
	assert_true(word_table_is_sorted());
}

/* The tables of the sources stand beside the project, or are not there. */
static void
phrases_of_the_sources(void **state)
{
	check_table(TESTS_DIR "/../../shared/data/deadlines/sources.tsv", 100);
}

static void
usual_phrases(void **state)
{
	check_table(TESTS_DIR "/../../shared/data/deadlines/usual.tsv", 150);
}

static void
our_own_phrases(void **state)
{
	memset(&tried, 0, sizeof tried);
	check_table(TESTS_DIR "/data/deadline/phrases.tsv", 250);
	for (size_t i = 0; i < COUNT_OF(tried.kinds); i++)
		assert_true(tried.kinds[i] > 0);
	for (size_t i = 0; i < COUNT_OF(tried.units); i++)
		assert_true(tried.units[i] > 0);
	for (size_t i = 0; i < COUNT_OF(tried.places); i++)
		assert_true(tried.places[i] > 0);
}

/*
 * Every phrase with the one before it: whatever such a cell is read as, it
 * reads back the same, and nothing in it goes backwards.
 */
static void
two_phrases_in_a_cell(void **state)
{
	static const char *const joins[] = {", ", "; ", " – ", " (", " и "};

	struct str rest = file_text(TESTS_DIR "/data/deadline/phrases.tsv");
	struct str line;
	struct row before = {0};
	size_t n = 0, wrong = 0;

	(void)str_split(&rest, '\n', &line);
	for (; str_split(&rest, '\n', &line); n++) {
		struct row r = row_of(line), both = r;
		both.phrase =
		    arena_fmt(mem, "%.*s%s%.*s", STR_ARG(before.phrase),
			joins[n % COUNT_OF(joins)], STR_ARG(r.phrase));
		both.sure = S("no");
		wrong += !check_row(&both);
		before = r;
	}
	assert_int_equal(wrong, 0);
	assert_true(n > 500);
}

/* What is found is a piece of the sentence itself, however it is printed. */
static void
deadlines_stand_in_sentences(void **state)
{
	static const struct {
		const char *sentence, *phrase;
	} cases[] = {
	    {"Представить отчёт в срок до 31.05.2024.", "в срок до 31.05.2024"},
	    {"Сдать  сведения   до  15  мая\u00a02024 г. в отдел",
		"до  15  мая\u00a02024 г."},
	    {"проводить сверку (,$сентябрьянварь,$октябрь) и отчитаться",
		"сентябрьянварь,$октябрь"},
	    {"собирать справки еже месячно и хранить", "еже месячно"},
	    {"Назначить ответственных школам", NULL},
	};
	const struct deadline_context context = {
	    .period = {day(S("2023-09-01")), day(S("2024-05-31"))},
	    .ordered = DATE_NONE};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct str sentence = str_of(cases[i].sentence), phrase;
		struct deadline d;
		bool found =
		    deadline_find(mem, sentence, &context, &phrase, &d);

		assert_int_equal(found, cases[i].phrase != NULL);
		if (found)
			assert_str(phrase, cases[i].phrase);
	}
}

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

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(words_are_sorted),
	    cmocka_unit_test(our_own_phrases),
	    cmocka_unit_test(two_phrases_in_a_cell),
	    cmocka_unit_test(deadlines_stand_in_sentences),
	    cmocka_unit_test(phrases_of_the_sources),
	    cmocka_unit_test(usual_phrases),
	};

	bool shared =
	    is_there(TESTS_DIR "/../../shared/data/deadlines/sources.tsv");

	return _cmocka_run_group_tests("deadline", tests,
	    COUNT_OF(tests) - (shared ? 0 : 2), open_arena, close_arena);
}
