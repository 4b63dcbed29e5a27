/*
 * test_pack.c - the packed counts of a year never say anything but its rows.
 *
 * Random files are loaded, corrected, loaded in part, refused and taken back;
 * after each step every year's pack is read beside the rows, and the inputs
 * of a list read through packs beside those read row by row.
 */
#include "base/buf.h"
#include "core/methods/inputs.h"
#include "core/results/intake.h"
#include "core/results/loads.h"
#include "core/results/pack.h"
#include "place.h"
#include "store/q_pack.h"

enum { SCHOOLS = 5, YEARS = 3, FIRST = 2021, EXAMS = 4, STEPS = 40 };

static const char *const exams[EXAMS] = {
    "oge-math", "oge-rus", "vpr-rus-5", "ege-rus"};

static uint32_t seed;
static int file_number;

static int
dice(int sides)
{
	seed = seed * 1664525u + 1013904223u;
	return (int)((seed >> 8) % (uint32_t)sides);
}

static int
open_place(void **state)
{
	open_municipality(state, "2026-02-16");
	return 0;
}

static struct intake *
start(bool partial, bool check_only)
{
	struct intake_options o = {.words = &words,
	    .file_name = S("файл.csv"),
	    .file_hash = arena_fmt(mem, "hash-%d", ++file_number),
	    .partial = partial,
	    .check_only = check_only};
	struct intake *in = NULL;

	assert_int_equal(intake_open(&sc, &o, &in), RC_OK);
	return in;
}

static void
load_schools(void)
{
	struct intake *in = start(false, false);
	struct row_sink sink = intake_sink(in);
	struct intake_report report;

	for (int i = 0; i < SCHOOLS; i++) {
		const struct school_row row = {
		    .code = arena_fmt(mem, "010%d", i),
		    .name = arena_fmt(mem, "СОШ № %d", i + 1),
		    .kind = S("sosh"),
		    .locality = S("rural"),
		    .logins = arena_fmt(mem, "edu7700010%d", i),
		    .at = {.row = 2}};
		sink.school(sink.ctx, &row);
	}
	assert_int_equal(intake_close(in, RC_OK, &report), RC_OK);
}

/* Some rows of one file; by login a school comes a second time. */
static void
give_rows(struct row_sink sink)
{
	for (int s = 0; s < SCHOOLS; s++)
		for (int e = 0; e < EXAMS; e++) {
			int participants = dice(300);
			struct result_row row = {
			    .school = {.code = arena_fmt(mem, "010%d", s)},
			    .procedure = str_of(exams[e]),
			    .year = {FIRST + dice(YEARS)},
			    .participants = participants,
			    .failed = dice(participants + 1),
			    .marks = {-1, -1, -1, -1},
			    .at = {.row = (uint32_t)(s * EXAMS + e + 2)}};
			if (dice(3) == 0)
				continue;
			if (dice(25) == 0)
				row.failed = participants + 1; /* refused */
			sink.result(sink.ctx, &row);
			row.school = (struct school_ref){
			    .login = arena_fmt(mem, "edu7700010%d", s)};
			if (dice(6) == 0)
				sink.result(sink.ctx, &row);
		}
}

static void
load_or_undo(void)
{
	struct intake_report report;

	if (dice(3) == 0) {
		enum rc rc = load_undo(&sc, (load_id){1 + dice(STEPS)});
		assert_true(rc == RC_OK || rc == RC_CONFLICT ||
			    rc == RC_NOT_FOUND || rc == RC_INVALID);
	} else {
		struct intake *in = start(dice(2), dice(5) == 0);
		struct row_sink sink = intake_sink(in);
		give_rows(sink);
		if (sink.whole)
			sink.whole(sink.ctx);
		enum rc rc = intake_close(in, RC_OK, &report);
		assert_true(rc == RC_OK || rc == RC_INVALID);
	}
}

struct reading {
	struct buf text;
	int packs;
};

static void
put(struct buf *b, int64_t year, int64_t school, struct str procedure,
    int64_t participants, int64_t failed)
{
	buf_fmt(b, "%lld %lld %.*s %lld %lld\n", (long long)year,
	    (long long)school, STR_ARG(procedure), (long long)participants,
	    (long long)failed);
}

static bool
take_pack(void *ctx, const struct q_pack_each *row)
{
	struct reading *r = ctx;
	struct pack pack;
	struct pack_row one;

	assert_true(pack_open(mem, row->pack, &pack));
	while (pack_next(&pack, &one))
		put(&r->text, row->year.first, one.school.v,
		    pack.procedures[one.procedure], one.participants,
		    one.failed);
	assert_false(pack.is_broken);
	r->packs++;
	return true;
}

struct row_reading {
	struct buf *text;
	int year;
	bool any;
};

static bool
take_row(void *ctx, const struct q_pack_row_each *row)
{
	struct row_reading *r = ctx;

	put(r->text, r->year, row->school.v, row->procedure, row->participants,
	    row->failed);
	r->any = true;
	return true;
}

static void
packs_are_the_rows(void)
{
	struct reading packs = {.text = buf_open(mem, 0)};
	struct buf rows = buf_open(mem, 0);
	const municipality_id at = sc.actor.municipality;
	int years = 0;

	assert_int_equal(q_pack_each(sc.db, at, (struct syear){FIRST},
			     (struct syear){FIRST + YEARS}, take_pack, &packs),
	    RC_OK);
	for (int y = FIRST; y < FIRST + YEARS; y++) {
		struct row_reading r = {.text = &rows, .year = y};
		assert_int_equal(
		    q_pack_row_each(sc.db, at, (struct syear){y}, take_row, &r),
		    RC_OK);
		years += r.any;
	}
	assert_str(buf_str(&packs.text), buf_cstr(&rows));
	assert_true(packs.packs >= years);
}

static void
lists_read_the_same(void)
{
	const struct syear year = {FIRST + YEARS};
	struct inputs packed, frozen;

	assert_int_equal(inputs_read(&sc, &words, year, &packed), RC_OK);
	assert_int_equal(inputs_collect(&sc, &words, year, &frozen), RC_OK);
	assert_int_equal(packed.n, frozen.n);
	for (size_t i = 0; i < packed.n; i++) {
		assert_int_equal(
		    packed.schools[i].id.v, frozen.schools[i].id.v);
		for (size_t k = 0; k < FACT_YEARS * words.n_procedures; k++) {
			struct fact_count of_pack =
			    facts_count(&packed.schools[i].facts, k);
			struct fact_count of_rows =
			    facts_count(&frozen.schools[i].facts, k);
			assert_int_equal(
			    of_pack.participants, of_rows.participants);
			assert_int_equal(of_pack.failed, of_rows.failed);
		}
	}
}

static void
packs_follow_every_load_and_undo(void **state)
{
	load_schools();
	packs_are_the_rows();
	seed = 20231;
	for (int step = 0; step < STEPS; step++) {
		load_or_undo();
		packs_are_the_rows();
		lists_read_the_same();
	}
}

/* Years of a database older than packs, and people who see some schools. */
static void
without_a_pack_rows_are_read(void **state)
{
	load_schools();
	seed = 7;
	for (int step = 0; step < 6; step++)
		load_or_undo();
	assert_int_equal(sc.db->driver->script(sc.db,
			     "DELETE FROM result_pack WHERE year = 2022"),
	    RC_OK);
	lists_read_the_same();
	sc.actor.sees_all = false;
	sc.actor.person = (person_id){77}; /* has no role at all */
	struct inputs nothing;
	assert_int_equal(
	    inputs_read(&sc, &words, (struct syear){FIRST + YEARS}, &nothing),
	    RC_OK);
	for (size_t i = 0; i < nothing.n; i++)
		for (size_t k = 0; k < FACT_YEARS * words.n_procedures; k++)
			assert_int_equal(
			    facts_count(&nothing.schools[i].facts, k)
				.participants,
			    -1);
}

static void
broken_packs_are_told(void **state)
{
	/* clang-format off */
	static const struct { const char *bytes; size_t n; } all[] = {
	    {"", 0}, {"\x02\x00", 2}, {"\x01\x01\x09oge", 6},
	    {"\x01\xFF\xFF\xFF\x7F", 5},
	    {"\x01\x01\x01" "a\x05\x01\x01\x02\x01", 9}, /* no such procedure */
	    {"\x01\x01\x01" "a\x05\x01\x00\x02\x03", 9}, /* more failed */
	    {"\x01\x01\x01" "a\x05\x02\x00\x02\x01", 9}, /* cut */
	    {"\x01\x01\x01" "a\x05\x00", 6},             /* nothing of it */
	    {"\x01\x01\x01" "a\x05\x01\x00\xFF\xFF\xFF\xFF\x7F\x01", 13},
	    {"\x01\x01\x01" "a\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01", 15},
	};

	/* clang-format on */

	for (size_t i = 0; i < COUNT_OF(all); i++) {
		struct pack p;
		struct pack_row row;
		if (!pack_open(mem, (struct str){all[i].bytes, all[i].n}, &p))
			continue;
		while (pack_next(&p, &row))
			;
		assert_true(p.is_broken);
	}
}

/* clang-format off */
#define on(f, database) {#f " (" database ")", f, open_place, close_place, \
	(void *)(uintptr_t)database}
/* clang-format on */
#define both(f) on(f, "sqlite"), on(f, "postgres")

int
main(void)
{
	const struct CMUnitTest all[] = {
	    both(packs_follow_every_load_and_undo),
	    both(without_a_pack_rows_are_read),
	    both(broken_packs_are_told),
	};

	return run_on_databases(all, COUNT_OF(all));
}
