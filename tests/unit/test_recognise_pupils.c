/*
 * test_recognise_pupils.c - counting of pupil rows against an independent
 * reading of the rule, whatever the order of the rows.
 *
 * The counter has three ways: a group's rows together in ascending codes, a
 * group's rows together in any order, rows of a group scattered over the file;
 * and it reads rows as cells or as lines of bytes.  Each must give what a reader gets who looks at every pupil of every school.
 *
 * EVIDENCE: norilsk-2.1-retakes, norilsk-2.1-previous
 */
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "convert/count_plain.h"
#include "recognise_driver.h"

enum {
	SCHOOLS = 4,
	EXAMS = 3,
	GROUPS = SCHOOLS * EXAMS,
	CODES = 30,
	ROWS_MAX = 4000,
};

struct pupil_row {
	int group, code;
	int outcome; /* 0 failed, else passed; -1 absent, -2 nothing there */
	int rank;    /* 0 main, 1 reserve, 2 retake */
	bool previous;
};

struct counted {
	int participants, failed, retake, previous, absent, without_first;
};

static struct arena *mem;
static struct recognise_data data;
static uint32_t seed;

static int
dice(int sides)
{
	seed = seed * 1664525u + 1013904223u;
	return (int)((seed >> 8) % (uint32_t)sides);
}

static const char *const exams[EXAMS] = {"oge-math", "ege-rus", "vpr-rus-5"};

/* How codes look: small numbers, ten digits, words. */
enum code_form { CODE_SMALL, CODE_LONG, CODE_WORD };

static void
put_row(struct buf *b, const struct pupil_row *row, enum code_form form)
{
	static const char *const ranks[] = {"main", "reserve", "retake"};
	bool by_points = row->group % EXAMS == 1;

	buf_fmt(b, "s%d|2022/2023|%s|", row->group / EXAMS,
	    exams[row->group % EXAMS]);
	if (form == CODE_WORD)
		buf_fmt(b, "5А-%d|", row->code);
	else
		buf_fmt(b, "%lld|",
		    row->code + (form == CODE_LONG ? 9000000000LL : 0));
	if (row->outcome < 0)
		buf_c(b, row->outcome == -1 ? "X||" : "||");
	else if (by_points)
		buf_fmt(b, "|%d|", row->outcome ? 24 : 23);
	else
		buf_fmt(b, "%d||", row->outcome ? 3 : 2);
	buf_c(b, row->rank || dice(2) ? ranks[row->rank] : "");
	buf_c(b, row->previous ? "|previous\n" :
		 dice(2)       ? "|current\n" :
				 "|\n");
}

/* Every pupil of every group, looked at one by one. */
static void
read_slowly(const struct pupil_row *rows, size_t n, struct counted *ret,
    int *ret_refused)
{
	bool spoiled[GROUPS] = {false};

	memset(ret, 0, GROUPS * sizeof *ret);
	for (size_t i = 0; i < n; i++) {
		ret[rows[i].group].previous += rows[i].previous;
		ret[rows[i].group].absent +=
		    !rows[i].previous && rows[i].outcome < 0;
	}
	for (int group = 0; group < GROUPS; group++)
		for (int code = 0; code < CODES; code++) {
			int seen[3][2] = {{0}};
			for (size_t i = 0; i < n; i++)
				if (rows[i].group == group &&
				    rows[i].code == code && !rows[i].previous &&
				    rows[i].outcome >= 0)
					seen[rows[i].rank][rows[i].outcome]++;
			struct counted *c = &ret[group];
			int mains = seen[0][0] + seen[0][1];
			int reserves = seen[1][0] + seen[1][1];
			int retakes = seen[2][0] + seen[2][1];
			const int *first = mains ? seen[0] : seen[1];
			if (mains + reserves == 0) {
				c->without_first += retakes > 0;
				c->retake += retakes;
			} else if (first[0] && first[1]) {
				spoiled[group] = true;
			} else {
				c->participants++;
				c->failed += first[0] > 0;
				c->retake += retakes + (mains ? reserves : 0);
			}
		}

	/* a group with two answers to one question has no result at all */
	*ret_refused = 0;
	for (size_t i = 0; i < n; i++)
		*ret_refused += spoiled[rows[i].group];
	for (int group = 0; group < GROUPS; group++)
		if (spoiled[group])
			ret[group] = (struct counted){0};
}

struct answer {
	struct counted groups[GROUPS];
	int refused;
};

static void
take_refused(void *ctx, const struct refused_row *row)
{
	((struct answer *)ctx)->refused++;
}

static void
take_result(void *ctx, const struct result_row *row)
{
	struct counted *all = ((struct answer *)ctx)->groups;
	int school = row->school.code.p[1] - '0';

	for (int e = 0; e < EXAMS; e++)
		if (str_eq(row->procedure, str_of(exams[e])))
			all[school * EXAMS + e] =
			    (struct counted){row->participants, row->failed,
				row->left_out_retake, row->left_out_previous,
				row->left_out_absent, row->without_first};
}

/* The rows as a file: a fixture's cells, or CSV that keeps them in bytes. */
enum file_form { FILE_CELLS, FILE_CSV, FILE_CSV_CRLF, FILE_CSV_QUOTED };

static int
csv_file(struct str text, enum file_form how)
{
	struct buf b = buf_open(mem, 0);
	int fd = memfd_create("rows.csv", MFD_CLOEXEC);

	for (size_t i = 0; i < text.n; i++) {
		bool is_end = text.p[i] == '\n';
		bool quote = how == FILE_CSV_QUOTED && dice(40) == 0 &&
			     text.p[i] == '|' && i + 1 < text.n &&
			     text.p[i + 1] != '|' && text.p[i + 1] != '\n';
		buf_c(&b, is_end && how == FILE_CSV_CRLF ? "\r" : "");
		buf_char(&b, text.p[i] == '|' ? ',' : text.p[i]);
		if (!quote)
			continue;
		buf_char(&b, '"');
		while (text.p[i + 1] != '|' && text.p[i + 1] != '\n')
			buf_char(&b, text.p[++i]);
		buf_char(&b, '"');
	}
	assert_true(fd >= 0);
	assert_int_equal(write(fd, b.p, b.n), b.n);
	return fd;
}

static void
give_rows(struct str text, enum file_form how, const struct sheet_sink *sheets,
    int fd, struct diag *d)
{
	if (how == FILE_CELLS)
		driver_rows(text, sheets, DRIVER_ALL_CELLS);
	else
		assert_int_equal(
		    sheet_read(fd, SHEET_CSV, &sheet_default_limits, sheets, d),
		    RC_OK);
}

static void
read_by_program(
    struct str text, enum file_form how, struct answer *ret, int *ret_passes)
{
	int fd = how == FILE_CELLS ? -1 : csv_file(text, how);
	struct diag d = diag_open(mem, 0);
	struct recogniser_options options = {
	    .data = &data, .person_key = "a test's own key"};
	struct row_sink sink = {
	    .ctx = ret, .result = take_result, .refused = take_refused};
	struct recogniser *r = recogniser_open(mem, &options, &sink, &d);
	struct sheet_sink sheets = recogniser_sink(r);

	memset(ret, 0, sizeof *ret);
	*ret_passes = 0;
	do {
		++*ret_passes;
		give_rows(text, how, &sheets, fd, &d);
	} while (recogniser_again(r));
	enum rc rc = recogniser_close(r);
	assert_true(rc == RC_OK || d.errors > 0);
	if (fd >= 0)
		(void)close(fd);
}

static void
check_order(const struct pupil_row *rows, size_t n, enum code_form form,
    int least_passes)
{
	struct buf b = buf_open(mem, 0);
	struct counted expected[GROUPS];
	struct answer got;
	int passes, refused;

	buf_c(&b, "school|year|procedure|code|mark|score|attempt|graduate\n");
	for (size_t i = 0; i < n; i++)
		put_row(&b, &rows[i], form);
	read_slowly(rows, n, expected, &refused);
	for (int how = FILE_CELLS; how <= FILE_CSV_QUOTED; how++) {
		read_by_program(
		    buf_str(&b), (enum file_form)how, &got, &passes);
		assert_true(passes >= least_passes);
		for (int g = 0; g < GROUPS; g++)
			assert_memory_equal(
			    &got.groups[g], &expected[g], sizeof expected[g]);
		assert_int_equal(got.refused, refused);
	}
}

static size_t
make_rows(struct pupil_row *rows, bool with_conflicts)
{
	size_t n = 0;

	for (int group = 0; group < GROUPS; group++)
		for (int code = 0; code < CODES; code++) {
			struct pupil_row row = {.group = group, .code = code};
			row.outcome = dice(12) == 0 ? -1 : dice(3) > 0;
			row.previous = dice(20) == 0;
			row.rank = dice(15) == 0 ? dice(3) : 0;
			rows[n++] = row;
			if (dice(8) == 0) {
				row.rank = 1 + dice(2);
				row.outcome = dice(2);
				rows[n++] = row;
			}
			if (dice(15) == 0) {
				rows[n] = rows[n - 1];
				if (with_conflicts && rows[n].outcome >= 0)
					rows[n].outcome = dice(2);
				n++;
			}
		}
	assert_true(n < ROWS_MAX);
	return n;
}

static void
shuffle(struct pupil_row *rows, size_t n)
{
	for (size_t i = n; i > 1; i--) {
		size_t k = (size_t)dice((int)i);
		struct pupil_row t = rows[i - 1];
		rows[i - 1] = rows[k];
		rows[k] = t;
	}
}

static int
by_group(const void *left, const void *right)
{
	const struct pupil_row *x = left;
	const struct pupil_row *y = right;

	return x->group - y->group;
}

static int
by_code(const void *left, const void *right)
{
	const struct pupil_row *x = left;
	const struct pupil_row *y = right;

	return x->code != y->code ? x->code - y->code : x->group - y->group;
}

static void
any_order_gives_the_same_counts(void **state)
{
	static struct pupil_row rows[ROWS_MAX];

	for (int round = 0; round < 30; round++) {
		seed = (uint32_t)round * 77u + 1u;
		enum code_form form = (enum code_form)(round % 3);
		size_t n = make_rows(rows, round % 2 == 0);
		check_order(rows, n, form, 1);
		qsort(rows, n, sizeof *rows, by_code);
		check_order(rows, n, form, 1);
		shuffle(rows, n);
		check_order(rows, n, form, 2);
		qsort(rows, n, sizeof *rows, by_group);
		check_order(rows, n, form, 1);
		arena_reset(mem);
		data = driver_data(mem);
	}
}

/* Groups that take turns, each with ascending codes, need one pass only. */
static void
groups_in_turns_need_no_second_pass(void **state)
{
	struct buf b = buf_open(mem, 0);
	struct answer got;
	int passes;

	buf_c(&b, "school|year|procedure|code|mark\n");
	for (int code = 1; code <= 50; code++)
		for (int school = 0; school < 3; school++)
			buf_fmt(&b, "s%d|2022/2023|oge-math|%d|%d\n", school,
			    code, 2 + code % 4);
	read_by_program(buf_str(&b), FILE_CSV, &got, &passes);
	assert_int_equal(passes, 1);
	assert_int_equal(got.groups[0].participants, 50);
	assert_int_equal(got.groups[0].failed, 12);
	assert_int_equal(got.groups[2 * EXAMS].failed, 12);
}

/*
 * The short way: what it does not give up is the same as an independent
 * reading; the table of the recogniser's rows is the same as that.
 */
static void
put_counts(const struct counts *c, struct counted *ret)
{
	memset(ret, 0, GROUPS * sizeof *ret);
	vec_each(struct count_school, s, &c->schools)
		for (size_t e = 0; e < s->cap && e < c->exams.n; e++) {
			struct str procedure = c->exams.p[e].procedure;
			size_t exam = 0;
			while (!str_eq(procedure, str_of(exams[exam])))
				exam++;
			struct counted *to =
			    &ret[(size_t)(s->ref.code.p[1] - '0') * EXAMS +
				 exam];
			if (s->counts[e].participants == COUNT_NONE)
				continue;
			to->participants = s->counts[e].participants;
			to->failed = s->counts[e].failed;
		}
}

static bool
count_shortly(int fd, struct counted *ret)
{
	struct diag d = diag_open(mem, 0);
	struct counts c;

	counts_open(&c, mem, mem, &d);
	bool done = counts_plain(fd, &data, &c, mem);
	assert_true(done || (c.schools.n == 0 && c.exams.n == 0));
	put_counts(&c, ret);
	return done;
}

static void
expect_numbers(const struct counted *got, const struct counted *expected)
{
	for (int g = 0; g < GROUPS; g++) {
		assert_int_equal(got[g].participants, expected[g].participants);
		assert_int_equal(got[g].failed, expected[g].failed);
	}
}

/* Nobody twice with the same attempt, no retake alone. */
static size_t
make_plain_rows(struct pupil_row *rows)
{
	size_t n = 0;

	for (int group = 0; group < GROUPS; group++)
		for (int code = 0; code < CODES; code++) {
			struct pupil_row row = {.group = group, .code = code};
			row.outcome = dice(12) == 0 ? -2 : dice(3) > 0;
			row.previous = dice(20) == 0;
			row.rank = dice(15) == 0;
			rows[n++] = row;
			if (row.outcome < 0 || row.previous || dice(8))
				continue;
			row.rank = 2;
			row.outcome = dice(2);
			rows[n++] = row;
		}
	return n;
}

static int
short_ways_in_order(struct pupil_row *rows, size_t n, enum code_form form)
{
	struct buf b = buf_open(mem, 0);
	struct counted expected[GROUPS], got[GROUPS];
	int refused, taken = 0;

	buf_c(&b, "school|year|procedure|code|mark|score|attempt|graduate\n");
	for (size_t i = 0; i < n; i++)
		put_row(&b, &rows[i], form);
	read_slowly(rows, n, expected, &refused);
	for (int how = FILE_CSV; how <= FILE_CSV_QUOTED; how++) {
		int fd = csv_file(buf_str(&b), (enum file_form)how);
		if (count_shortly(fd, got)) {
			assert_int_equal(refused, 0);
			expect_numbers(got, expected);
			taken++;
		}
		(void)close(fd);
	}
	return taken;
}

static void
the_short_way_counts_the_same(void **state)
{
	static struct pupil_row rows[ROWS_MAX];

	for (int round = 0; round < 30; round++) {
		seed = (uint32_t)round * 91u + 5u;
		/* ten digits do not fit its codes, words are no numbers */
		bool small = round % 3 == CODE_SMALL;
		enum code_form form = (enum code_form)(round % 3);
		size_t n = make_plain_rows(rows);
		assert_int_equal(
		    short_ways_in_order(rows, n, form), small ? 2 : 0);
		qsort(rows, n, sizeof *rows, by_code);
		assert_int_equal(
		    short_ways_in_order(rows, n, form), small ? 2 : 0);
		shuffle(rows, n);
		assert_int_equal(
		    short_ways_in_order(rows, n, form), small ? 2 : 0);
		n = make_rows(rows, round % 2 == 0);
		(void)short_ways_in_order(rows, n, CODE_SMALL);
		shuffle(rows, n);
		(void)short_ways_in_order(rows, n, CODE_SMALL);
		arena_reset(mem);
		data = driver_data(mem);
	}
}

enum { MANY_SCHOOLS = 150, MANY_EXAMS = 40, PEOPLE = 20 };

/* How many of the first people did not pass, as many_lines() has it. */
static int
failed_of(int school, int exam)
{
	return (school + exam) % (PEOPLE + 1);
}

/* All groups again and again, their exams and schools not known before. */
static struct str
many_lines(int twice)
{
	struct buf b = buf_open(mem, 0);

	buf_c(&b, "school,year,procedure,code,mark,score,attempt,graduate\n");
	for (int person = 0; person < PEOPLE; person++)
		for (int exam = 0; exam < MANY_EXAMS; exam++)
			for (int school = 0; school < MANY_SCHOOLS; school++)
				buf_fmt(&b, "%d,%d/%d,vpr-math-%d,%d,%d,,,\n",
				    100 + school, 2000 + exam / 4,
				    2001 + exam / 4, 4 + exam % 4,
				    person == PEOPLE - 1 && school == twice ?
					7 :
					7 + person * (1 + exam % 3 * 2),
				    person < failed_of(school, exam) ? 2 : 3);
	return buf_str(&b);
}

static void
many_groups_in_any_order_are_counted(void **state)
{
	struct diag d = diag_open(mem, 0);
	struct counts c;
	struct str text = many_lines(-1);
	int fd = csv_file(text, FILE_CSV);

	counts_open(&c, mem, mem, &d);
	assert_true(counts_plain(fd, &data, &c, mem));
	(void)close(fd);
	assert_int_equal(c.schools.n, MANY_SCHOOLS);
	assert_int_equal(c.exams.n, MANY_EXAMS);
	for (int school = 0; school < MANY_SCHOOLS; school++)
		for (int exam = 0; exam < MANY_EXAMS; exam++) {
			const struct count_cell *cell =
			    counts_cell(&c, (size_t)school, (size_t)exam);
			assert_int_equal(cell->participants, PEOPLE);
			assert_int_equal(cell->failed, failed_of(school, exam));
		}
	/* the last person of one school is its first one again */
	fd = csv_file(many_lines(MANY_SCHOOLS - 1), FILE_CSV);
	counts_open(&c, mem, mem, &d);
	assert_false(counts_plain(fd, &data, &c, mem));
	(void)close(fd);
}

/* Whatever is not plain is left to the recogniser, also on the last line. */
static void
what_is_not_plain_is_given_up(void **state)
{
	static const char *const lines[] = {"s1|2022/2023|oge-math|8|1|||",
	    "s1|2022/2023|oge-math|8|3||again|", "s1|2022/2023|oge-math||3|||",
	    "s1|2022|oge-math|8|3|||", "s1|2022/2023|ОГЭ математика|8|3|||",
	    "s1|2022/2023|ege-rus|8|3|||", "s1|2022/2023|ege-rus|8||101||",
	    "s1|2022/2023|oge-math|8||15||",
	    "s1|2022/2023|oge-math|8|3||main|x", "s1|2022/2023|oge-math|8|3",
	    "s1|2022/2023|oge-math|8|3||||9", "",
	    "Школа № 1|2022/2023|oge-math|8|3|||",
	    "s1|2022/2023|oge-math|7|3|||", "s1|2022/2023|oge-math|7|2|||",
	    "s1|2022/2023|oge-math|8|3||retake|",
	    "s1|2060/2061|ege-rus|8||30||", " s1|2022/2023|oge-math|8|3|||"};
	struct counted got[GROUPS];

	for (size_t i = 0; i <= COUNT_OF(lines); i++) {
		struct buf b = buf_open(mem, 0);
		buf_c(&b, "school|year|procedure|code|mark|score|attempt|"
			  "graduate\ns1|2022/2023|oge-math|7|3|||\n");
		if (i < COUNT_OF(lines))
			buf_fmt(&b, "%s\n", lines[i]);
		int fd = csv_file(buf_str(&b), FILE_CSV);
		assert_int_equal(count_shortly(fd, got), i == COUNT_OF(lines));
		(void)close(fd);
	}
	assert_int_equal(got[EXAMS].participants, 1);
}

static void
counts_survive_being_text(void **state)
{
	static const struct count_cell all[] = {{0, 0}, {COUNT_NONE, 0}, {1, 1},
	    {31, 0}, {32, 31}, {63, 62}, {64, 64}, {1023, 1}, {1024, 1023},
	    {COUNTS_MOST, COUNTS_MOST}, {COUNT_NONE, 0}, {4096, 77}};
	struct fact_count back[COUNT_OF(all)];
	struct buf b = buf_open(mem, 0);

	counts_pack(&b, all, COUNT_OF(all));
	struct str text = arena_str(mem, buf_str(&b));
	assert_int_equal(
	    counts_unpack(text, back, COUNT_OF(all)), COUNT_OF(all));
	for (size_t i = 0; i < COUNT_OF(all); i++) {
		bool is_none = all[i].participants == COUNT_NONE;
		assert_int_equal(
		    back[i].participants, is_none ? -1 : all[i].participants);
		if (!is_none)
			assert_int_equal(back[i].failed, all[i].failed);
	}
	assert_int_equal(counts_unpack(text, back, COUNT_OF(all) - 1), -1);
	assert_int_equal(
	    counts_unpack(str_cut(text, 0, text.n - 1), back, COUNT_OF(all)),
	    -1);

	/* half a pair, strange signs, more failed than there were, no end */
	static const char *const wrong[] = {"B", "B ", "AB", "0@", "B0",
	    "B\x1f", "B\xd0", "@A", "B`", "````@@", "``````", "B@B"};
	for (size_t i = 0; i < COUNT_OF(wrong); i++)
		assert_int_equal(
		    counts_unpack(str_of(wrong[i]), back, COUNT_OF(all)), -1);
	assert_int_equal(counts_unpack(S(""), back, 0), 0);
	assert_int_equal(counts_unpack(S("B@ "), back, 2), 2);
}

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

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(any_order_gives_the_same_counts),
	    cmocka_unit_test(groups_in_turns_need_no_second_pass),
	    cmocka_unit_test(the_short_way_counts_the_same),
	    cmocka_unit_test(many_groups_in_any_order_are_counted),
	    cmocka_unit_test(what_is_not_plain_is_given_up),
	    cmocka_unit_test(counts_survive_being_text),
	};

	return cmocka_run_group_tests(tests, open_data, close_data);
}
