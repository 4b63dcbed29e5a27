/* test_intake.c - core/results: rows of files become revisions, or complaints. */
#include "core/registry/names.h"
#include "core/results/intake.h"
#include "core/results/loads.h"
#include "core/results/matching.h"
#include "core/results/staging.h"
#include "place.h"
#include "store/q_access.h"

static int file_number;

static int
open_place(void **state)
{
	open_municipality(state, "2026-02-16");
	return 0;
}

static struct intake *
start(struct intake_options o)
{
	struct intake *in = NULL;

	o.words = &words;
	if (!o.file_name.p)
		o.file_name = S("файл.csv");
	if (!o.file_hash.p)
		o.file_hash = arena_fmt(mem, "hash-%d", ++file_number);
	assert_int_equal(intake_open(&sc, &o, &in), RC_OK);
	return in;
}

static void
give_school(struct intake *in, const char *code, const char *name,
    const char *kind, const char *logins)
{
	struct row_sink sink = intake_sink(in);
	const struct school_row row = {.code = str_of(code),
	    .name = str_of(name),
	    .kind = str_of(kind),
	    .locality = S("rural"),
	    .logins = str_of(logins),
	    .at = {.row = 2}};

	sink.school(sink.ctx, &row);
}

static struct result_row
result(const char *code, int participants, int failed, uint32_t at)
{
	return (struct result_row){.school = {.code = str_of(code)},
	    .procedure = S("oge-math"),
	    .year = {2022},
	    .participants = participants,
	    .failed = failed,
	    .marks = {-1, -1, -1, -1},
	    .at = {.sheet = S(""), .row = at, .column = S("failed")}};
}

static void
give_result(struct intake *in, struct result_row row)
{
	struct row_sink sink = intake_sink(in);

	sink.result(sink.ctx, &row);
}

static struct intake_report
finish(struct intake *in, enum rc expected)
{
	struct intake_report r;
	enum rc rc = intake_close(in, RC_OK, &r);

	if (rc != expected)
		for (size_t i = 0; i < d.n; i++)
			print_error(
			    "%.*s\n", STR_ARG(complaint_line(mem, &d.all[i])));
	assert_int_equal(rc, expected);
	return r;
}

static void
three_schools(void)
{
	struct intake *in = start((struct intake_options){0});

	give_school(in, "0101", "МБОУ «Вьюжинская СОШ»", "sosh",
	    "edu77000101 sch77000991");
	give_school(in, "0102", "Гимназия № 3", "gymnasium", "edu77000102");
	give_school(in, "0103", "СОШ № 10", "sosh", "");
	assert_int_equal(finish(in, RC_OK).added, 3);
}

static struct q_result
current(const char *code)
{
	struct q_school s;
	struct q_result r;

	assert_int_equal(q_school_by_code(sc.db, mem, &sc.actor,
			     sc.actor.municipality, str_of(code), &s),
	    RC_OK);
	assert_int_equal(q_result_current(sc.db, mem, sc.actor.municipality,
			     (struct syear){2022}, s.id, S("oge-math"), &r),
	    RC_OK);
	return r;
}

static void
schools_are_added_then_known(void **state)
{
	three_schools();

	struct intake *in = start((struct intake_options){0});
	give_school(in, "0101", "МБОУ «Вьюжинская СОШ»", "sosh", "");
	give_school(in, "0103", "Школа № 10 имени лётчика Громова", "sosh", "");
	struct intake_report r = finish(in, RC_OK);
	assert_int_equal(r.same, 1);
	assert_int_equal(r.changed, 1);
	assert_str(r.changes[0].was, "СОШ № 10");

	/* Its history says what was and what became. */
	struct q_school renamed;
	struct q_audit *told;
	size_t n_told;
	ok(q_school_by_code(
	    sc.db, mem, &sc.actor, sc.actor.municipality, S("0103"), &renamed));
	ok(q_audit_of_object(sc.db, mem, sc.actor.municipality, S("school"),
	    renamed.id.v, &told, &n_told));
	assert_int_equal(n_told, 1);
	assert_str(told[0].action, "school.changed");
	assert_str(told[0].was, "название: СОШ № 10");
	assert_str(
	    told[0].becomes, "название: Школа № 10 имени лётчика Громова");

	/* The former name still finds the school. */
	struct matcher *m;
	assert_int_equal(matcher_open(&sc, &m), RC_OK);
	struct match found = matcher_find(
	    m, mem, &(struct school_ref){.name = S("МКОУ СОШ №10")});
	assert_int_equal(found.kind, MATCH_NAME);
	assert_str(found.code, "0103");
}

static void
spellings_of_one_school(void **state)
{
	static const struct {
		struct school_ref ref;
		enum match_kind kind;
		const char *code;
	} cases[] = {
	    {{.login = S_INIT("sch77000101")}, MATCH_LOGIN, "0101"},
	    {{.login = S_INIT("EDU77000991")}, MATCH_LOGIN, "0101"},
	    {{.code = S_INIT("101.0")}, MATCH_CODE, "0101"},
	    {{.name = S_INIT("Средняя общеобразовательная школа №10")},
		MATCH_NAME, "0103"},
	    {{.name = S_INIT("муниципальное бюджетное общеобразовательное "
			     "учреждение \"Вьюжинская средняя "
			     "общеобразовательная школа\"")},
		MATCH_NAME, "0101"},
	    {{.name = S_INIT("Вьюжинской СОШ")}, MATCH_SUPPOSED, "0101"},
	    {{.name = S_INIT("СОШ № 1")}, MATCH_NONE, ""},
	    {{.name = S_INIT("СОШ")}, MATCH_NONE, ""},
	    {{.login = S_INIT("edu99999999")}, MATCH_NONE, ""},
	};
	struct matcher *m;

	three_schools();
	assert_int_equal(matcher_open(&sc, &m), RC_OK);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct match found = matcher_find(m, mem, &cases[i].ref);
		if (found.kind != cases[i].kind)
			print_error("case %zu\n", i);
		assert_int_equal(found.kind, cases[i].kind);
		assert_str(found.code, cases[i].code);
	}
}

/* EVIDENCE: domain 10.24 - a corrected file makes a revision and a difference. */
static void
corrected_file_makes_a_revision(void **state)
{
	three_schools();
	struct intake *in = start((struct intake_options){0});
	give_result(in, result("0101", 24, 9, 2));
	give_result(in, result("0102", 85, 2, 3));
	assert_int_equal(finish(in, RC_OK).added, 2);

	in = start((struct intake_options){.file_name = S("апелляции.csv")});
	give_result(in, result("0101", 24, 8, 2));
	give_result(in, result("0102", 85, 2, 3));
	struct intake_report r = finish(in, RC_OK);
	assert_int_equal(r.changed, 1);
	assert_int_equal(r.same, 1);
	assert_str(r.changes[0].was, "9 из 24");
	assert_str(r.changes[0].becomes, "8 из 24");

	struct q_result now = current("0101");
	assert_int_equal(now.revision, 2);
	assert_int_equal(now.failed, 8);
	assert_int_equal(now.row_number, 2);

	/* Undone: the first revision is current again, the second stays kept. */
	assert_int_equal(load_undo(&sc, r.load), RC_OK);
	assert_int_equal(current("0101").revision, 1);
	assert_int_equal(current("0101").failed, 9);
	struct q_result *all;
	size_t n;
	assert_int_equal(
	    q_result_revisions(sc.db, mem, &sc.actor, sc.actor.municipality,
		(struct syear){2022}, now.school, S("oge-math"), &all, &n),
	    RC_OK);
	assert_int_equal(n, 2);
}

static void
load_is_not_undone_while_another_stands_on_it(void **state)
{
	three_schools();
	struct intake *in = start((struct intake_options){0});
	give_result(in, result("0101", 24, 9, 2));
	load_id first = finish(in, RC_OK).load;
	in = start((struct intake_options){0});
	give_result(in, result("0101", 24, 8, 2));
	load_id second = finish(in, RC_OK).load;

	assert_int_equal(load_undo(&sc, first), RC_CONFLICT);
	assert_int_equal(d.errors, 1);
	assert_int_equal(load_undo(&sc, second), RC_OK);
	assert_int_equal(load_undo(&sc, first), RC_OK);
	assert_int_equal(load_undo(&sc, first), RC_NOT_FOUND);
}

/* EVIDENCE: domain 10.24 - the same file twice. */
static void
same_file_is_recognised(void **state)
{
	struct intake_options o = {
	    .file_hash = S("00ff"), .file_name = S("a.csv"), .words = &words};
	struct intake *in;

	three_schools();
	in = start(o);
	give_result(in, result("0101", 24, 9, 2));
	(void)finish(in, RC_OK);
	assert_int_equal(intake_open(&sc, &o, &in), RC_CONFLICT);
	assert_int_equal(d.errors, 1);
}

/* EVIDENCE: domain 10.12 - counts of two logins are added, not shares. */
static void
two_logins_are_added_up(void **state)
{
	three_schools();
	struct intake *in = start((struct intake_options){0});
	struct result_row a = result("", 10, 2, 2), b = result("", 20, 9, 3);
	a.school.login = S("edu77000101");
	b.school.login = S("sch77000991");
	a.marks[0] = 2, a.marks[1] = 8, a.marks[2] = 0, a.marks[3] = 0;
	b.marks[0] = 9, b.marks[1] = 1, b.marks[2] = 10, b.marks[3] = 0;
	give_result(in, a);
	give_result(in, b);
	(void)finish(in, RC_OK);
	struct q_result now = current("0101");
	assert_int_equal(now.participants, 30);
	assert_int_equal(now.failed, 11);
	assert_int_equal(now.mark4.v, 10);
	assert_int_equal(now.last_row, 3);
	assert_str(now.school_ref, "edu77000101 + sch77000991");
}

static void
same_row_twice_is_refused(void **state)
{
	three_schools();
	struct intake *in = start((struct intake_options){0});
	give_result(in, result("0101", 10, 2, 2));
	give_result(in, result("0101", 11, 2, 3));
	struct intake_report r = finish(in, RC_INVALID);
	assert_int_equal(r.refused, 1);
	assert_int_equal(r.load.v, 0);
}

/* Everything that is wrong is said at once, and nothing is written. */
static void
refused_file_leaves_nothing(void **state)
{
	three_schools();
	struct intake *in = start((struct intake_options){0});
	give_result(in, result("0101", 10, 2, 2));
	give_result(in, result("0101", 9, 10, 3));
	give_result(in, result("7777", 9, 1, 4));
	give_result(in, result("7777", 9, 1, 5));
	struct result_row odd = result("0102", 9, 1, 6);
	odd.procedure = S("vpr-dance-5");
	give_result(in, odd);
	struct intake_report r = finish(in, RC_INVALID);
	assert_int_equal(r.refused, 4);
	assert_int_equal(d.errors, 3); /* the unknown school once */
	assert_int_equal(r.n_unknown, 1);
	assert_int_equal(r.unknown[0].rows, 2);

	size_t n;
	struct q_load *loads;
	assert_int_equal(
	    q_load_list(sc.db, mem, sc.actor.municipality, &loads, &n), RC_OK);
	assert_int_equal(n, 1); /* the schools */
}

/* A refused row of the reader; back: the typed row it was part of, or 0. */
static void
give_refused(struct intake *in, const char *cell, uint32_t row, uint32_t back)
{
	struct row_sink sink = intake_sink(in);
	const struct str cells[] = {str_of(cell)};
	const struct refused_row refused = {.cells = cells,
	    .n = 1,
	    .at = {.sheet = S(""), .row = row},
	    .back = {S(""), back}};

	sink.refused(sink.ctx, &refused);
}

/*
 * The file of refused rows has one shape, that of the file: the reader's own
 * refusals and what came back for rows the intake refused.
 */
static void
partial_keeps_the_good_rows_and_gives_back_the_rest(void **state)
{
	static const struct str heading = S_INIT("Школа");

	three_schools();
	struct intake *in = start((struct intake_options){.partial = true});
	struct row_sink sink = intake_sink(in);
	sink.headings(sink.ctx, &heading, 1);
	give_result(in, result("0101", 10, 2, 2));
	give_result(in, result("7777", 9, 1, 4));
	give_refused(in, "caption", 0, 0);
	give_refused(in, "not understood", 3, 0);
	give_refused(in, "of school 7777", 4, 4);
	give_refused(in, "of school 7777 too", 5, 4);
	give_refused(in, "of a row that was not refused", 2, 2);
	struct intake_report r = finish(in, RC_OK);
	assert_int_equal(r.added, 1);
	assert_int_equal(r.refused, 2); /* one by each */
	assert_int_equal(r.n_refused_at, 1);
	assert_int_equal(r.refused_at[0].row, 4);
	assert_str(r.refused_csv, "Школа\ncaption\nnot understood\n"
				  "of school 7777\nof school 7777 too\n");
	assert_int_equal(current("0101").participants, 10);
}

/* Captions alone are no refused rows. */
static void
file_of_refused_rows_may_be_empty(void **state)
{
	three_schools();
	struct intake *in = start((struct intake_options){.partial = true});
	give_result(in, result("0101", 10, 2, 2));
	give_refused(in, "caption", 0, 0);
	give_refused(in, "of a row a person made good", 4, 4);
	struct intake_report r = finish(in, RC_OK);
	assert_int_equal(r.refused, 0);
	assert_null(r.refused_csv.p);
}

static void
hopeless_file_is_not_read_to_its_end(void **state)
{
	three_schools();
	struct intake *in = start((struct intake_options){.partial = true});
	struct row_sink sink = intake_sink(in);
	uint32_t row = 2;

	while (!sink.enough(sink.ctx))
		give_result(in, result("7777", 9, 1, row++));
	assert_int_equal(row - 2, INTAKE_HOPELESS);
	struct intake_report r = finish(in, RC_LIMIT);
	assert_int_equal(r.load.v, 0);
	assert_str(d.all[d.n - 1].text,
	    "Отклонено уже 20000 строк, дальше файл не читался.");
}

static void
too_many_refused_rows_are_said(void **state)
{
	three_schools();
	struct intake *in = start((struct intake_options){.partial = true});
	give_result(in, result("7777", 9, 1, 2));
	for (uint32_t row = 2; row < INTAKE_REFUSED + 4; row++)
		give_refused(in, "x", row, 2);
	struct intake_report r = finish(in, RC_OK);
	assert_int_equal(r.refused_csv.n, 2 * INTAKE_REFUSED);
	assert_int_equal(d.warnings, 1);
	assert_str(d.all[d.n - 1].text,
	    "Отклонённых строк больше 100000: дальше этого в файл отклонённых "
	    "они не попали.");
}

/* ---- appeals without their protocol ---- */

static struct amendment_row
appeals(const char *code, int passed, int failed)
{
	return (struct amendment_row){.school = {.code = str_of(code)},
	    .procedure = S("oge-math"),
	    .year = {2022},
	    .people = passed + failed,
	    .now_passed = passed,
	    .now_failed = failed,
	    .at = {.sheet = S(""), .row = 7, .column = S("Оценка")}};
}

static struct intake_report
amend(struct amendment_row row, enum rc expected)
{
	struct intake *in = start((struct intake_options){0});
	struct row_sink sink = intake_sink(in);

	d.n = d.errors = d.warnings = 0;
	sink.amendment(sink.ctx, &row);
	return finish(in, expected);
}

static load_id
protocol_of_0101(void)
{
	struct intake *in = start((struct intake_options){0});
	struct result_row row = result("0101", 24, 9, 2);

	for (int i = 0; i < 4; i++)
		row.marks[i] = (const int[]){9, 10, 5, 0}[i];
	give_result(in, row);
	return finish(in, RC_OK).load;
}

/* EVIDENCE: domain 10.24 - appeals make a revision, было and стало. */
static void
appeals_change_the_counts_they_amend(void **state)
{
	three_schools();
	(void)protocol_of_0101();

	struct amendment_row row = appeals("0101", 2, 0);
	row.has_marks = true;
	row.people = 3;
	row.marks[0] = -2, row.marks[1] = 1, row.marks[2] = 1;
	struct intake_report r = amend(row, RC_OK);
	assert_int_equal(r.changed, 1);
	assert_str(r.changes[0].was, "9 из 24");
	assert_str(r.changes[0].becomes, "7 из 24");
	assert_int_equal(d.warnings, 1); /* what is taken for granted */

	struct q_result now = current("0101");
	assert_int_equal(now.revision, 2);
	assert_true(now.is_amended);
	assert_int_equal(now.participants, 24);
	assert_int_equal(now.mark2.v, 7);
	assert_int_equal(now.mark3.v, 11);
	assert_int_equal(now.mark4.v, 6);
	assert_int_equal(now.mark5.v, 0);
	assert_int_equal(now.row_number, 7);

	/* Undone, the protocol stands as it was. */
	assert_int_equal(load_undo(&sc, r.load), RC_OK);
	assert_int_equal(current("0101").failed, 9);
	assert_false(current("0101").is_amended);
}

/* By points a mark is not known: «2» follows, the others are not invented. */
static void
appeals_by_points_leave_other_marks_unknown(void **state)
{
	three_schools();
	(void)protocol_of_0101();
	(void)amend(appeals("0101", 0, 1), RC_OK);
	struct q_result now = current("0101");
	assert_int_equal(now.failed, 10);
	assert_int_equal(now.mark2.v, 10);
	assert_false(
	    now.mark3.is_known || now.mark4.is_known || now.mark5.is_known);
}

static void
appeals_that_move_nobody_change_nothing(void **state)
{
	three_schools();
	(void)protocol_of_0101();
	struct amendment_row row = appeals("0101", 0, 0);
	row.people = 2;
	assert_int_equal(amend(row, RC_OK).same, 1);
	assert_int_equal(current("0101").revision, 1);
}

/* In one file with their protocol, named otherwise: one revision. */
static void
appeals_beside_their_protocol_make_one_revision(void **state)
{
	three_schools();
	struct intake *in = start((struct intake_options){0});
	struct row_sink sink = intake_sink(in);
	struct amendment_row row = appeals("", 1, 0);
	give_result(in, result("0101", 24, 9, 2));
	row.school.login = S("edu77000101");
	sink.amendment(sink.ctx, &row);
	(void)finish(in, RC_OK);
	assert_int_equal(current("0101").revision, 1);
	assert_int_equal(current("0101").failed, 8);
}

static void
refuse_appeals(struct amendment_row row, const char *text)
{
	struct intake_report r = amend(row, RC_INVALID);

	assert_int_equal(r.refused, 1);
	assert_int_equal(r.load.v, 0);
	assert_str(d.all[0].text, text);
	assert_true(d.all[0].hint.n > 0);
}

/* Where the facts do not suffice, the reason is said and nothing changes. */
static void
appeals_that_cannot_be_exact_are_refused(void **state)
{
	three_schools();
	refuse_appeals(appeals("0101", 1, 0),
	    "Апелляции не учтены: результата, который они меняют, в базе нет "
	    "(ОГЭ, математика, 2022/23).");
	(void)protocol_of_0101();

	struct amendment_row row = appeals("0101", 1, 0);
	row.unknown = 2;
	refuse_appeals(row,
	    "Апелляции не учтены: в файле не сказано, каким результат был до "
	    "них (людей: 2).");
	refuse_appeals(appeals("0101", 10, 0),
	    "Апелляции не учтены: они не сходятся с загруженными числами (не "
	    "справились 9 из 24).");
	row = appeals("0101", 0, 0);
	row.has_marks = true;
	row.marks[3] = -1, row.marks[2] = 1;
	refuse_appeals(row,
	    "Апелляции не учтены: они не сходятся с загруженными числами (не "
	    "справились 9 из 24).");
	assert_int_equal(current("0101").revision, 1);

	load_id first = amend(appeals("0101", 1, 0), RC_OK).load;
	refuse_appeals(appeals("0101", 1, 0),
	    arena_fmt(mem,
		"Апелляции не учтены: к этому результату они уже применены "
		"загрузкой № %lld, а те же это люди или другие, по числам не "
		"узнать.",
		(long long)first.v)
		.p);
	assert_int_equal(current("0101").failed, 8);
}

static void
check_writes_nothing(void **state)
{
	three_schools();
	struct intake *in = start((struct intake_options){.check_only = true});
	give_result(in, result("0101", 10, 2, 2));
	struct intake_report r = finish(in, RC_OK);
	assert_int_equal(r.added, 1);
	assert_int_equal(r.load.v, 0);
	struct q_result row;
	struct q_school s;
	assert_int_equal(q_school_by_code(sc.db, mem, &sc.actor,
			     sc.actor.municipality, S("0101"), &s),
	    RC_OK);
	assert_int_equal(q_result_current(sc.db, mem, sc.actor.municipality,
			     (struct syear){2022}, s.id, S("oge-math"), &row),
	    RC_NOT_FOUND);
}

/* EVIDENCE: domain 10.16 - an empty answer is "no data", not "no". */
static void
observations_keep_no_data_apart_from_no(void **state)
{
	static const struct {
		const char *element, *written;
		bool is_known;
		int64_t num, den;
	} rows[] = {{"internet", "yes", true, 1, 1},
	    {"lab-physics", "", false, 0, 1},
	    {"teachers-overloaded", "12,5", true, 125, 10}};

	three_schools();
	struct intake *in = start((struct intake_options){0});
	struct row_sink sink = intake_sink(in);
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const struct observation_row row = {
		    .school = {.code = S("0101")},
		    .period = {2023},
		    .element = str_of(rows[i].element),
		    .is_known = rows[i].is_known,
		    .value = {rows[i].num, rows[i].den},
		    .as_written = str_of(rows[i].written),
		    .dated = DATE_NONE,
		    .source_note = S("ОО-1"),
		    .at = {.row = (uint32_t)i + 2}};
		sink.observation(sink.ctx, &row);
	}
	assert_int_equal(finish(in, RC_OK).added, 3);

	struct q_observation *all;
	size_t n;
	assert_int_equal(
	    q_observation_of_year(sc.db, mem, &sc.actor, sc.actor.municipality,
		(struct syear){2023}, &all, &n),
	    RC_OK);
	assert_int_equal(n, 3);
	for (size_t i = 0; i < n; i++) {
		if (str_eq(all[i].element, S("lab-physics")))
			assert_false(all[i].num.is_known);
		if (str_eq(all[i].element, S("teachers-overloaded")))
			assert_int_equal(ratio_cmp((struct ratio){all[i].num.v,
						       all[i].den.v},
					     ratio_of(125, 1000)),
			    0);
	}
}

static void
value_out_of_its_kind_is_refused(void **state)
{
	three_schools();
	struct intake *in = start((struct intake_options){0});
	struct row_sink sink = intake_sink(in);
	struct observation_row row = {.school = {.code = S("0101")},
	    .period = {2023},
	    .element = S("pupils-failing"),
	    .is_known = true,
	    .value = {101, 1},
	    .as_written = S("101"),
	    .dated = DATE_NONE,
	    .at = {.row = 2}};
	sink.observation(sink.ctx, &row);
	row.element = S("internet");
	row.value = ratio_int(2);
	sink.observation(sink.ctx, &row);
	assert_int_equal(finish(in, RC_INVALID).refused, 2);
	assert_int_equal(d.errors, 2);
}

/* What the person said beside the file is for rows that do not say it. */
static void
year_said_beside_fills_gaps_only(void **state)
{
	three_schools();
	struct intake *in =
	    start((struct intake_options){.year = {2023}, .partial = true});
	struct result_row silent = result("0102", 85, 2, 4);
	silent.year = (struct syear){0};
	give_result(in, result("0101", 24, 9, 2));
	give_result(in, result("0103", 24, 9, 3));
	give_result(in, silent);

	struct row_sink sink = intake_sink(in);
	struct observation_row seen = {.school = {.code = S("0101")},
	    .period = {2021},
	    .element = S("internet"),
	    .is_known = true,
	    .value = {1, 1},
	    .as_written = S("yes"),
	    .dated = DATE_NONE,
	    .at = {.row = 5}};
	sink.observation(sink.ctx, &seen);
	assert_int_equal(finish(in, RC_OK).added, 4);

	/* Two other years in the file: one warning each, however many rows. */
	assert_int_equal(d.warnings, 2);
	assert_true(str_find(d.all[0].text, S("2022/2023")) >= 0);
	assert_true(str_find(d.all[0].text, S("2023/2024")) >= 0);
	assert_int_equal(current("0101").participants, 24);

	struct q_result *all;
	size_t n;
	assert_int_equal(
	    q_result_of_year(sc.db, mem, &sc.actor, sc.actor.municipality,
		(struct syear){2023}, &all, &n),
	    RC_OK);
	assert_int_equal(n, 1);
	assert_int_equal(all[0].participants, 85);
	struct q_observation *values;
	assert_int_equal(
	    q_observation_of_year(sc.db, mem, &sc.actor, sc.actor.municipality,
		(struct syear){2021}, &values, &n),
	    RC_OK);
	assert_int_equal(n, 1);
}

static struct str
last_action(void)
{
	struct q_audit *all;
	size_t n;

	assert_int_equal(q_audit_page(sc.db, mem, sc.actor.municipality,
			     INT32_MAX, 1, &all, &n),
	    RC_OK);
	return n ? all[0].action : S("");
}

static size_t
loads_kept(void)
{
	struct q_load *loads;
	size_t n;

	assert_int_equal(
	    q_load_list(sc.db, mem, sc.actor.municipality, &loads, &n), RC_OK);
	return n;
}

static void
sql(const char *text)
{
	assert_int_equal(sc.db->driver->script(sc.db, text), RC_OK);
}

/* Neither a load without its entry in the journal, nor an entry without it. */
static void
load_and_its_entry_stand_or_fall_together(void **state)
{
	struct intake_report r;

	three_schools();
	assert_str(last_action(), "load.loaded");

	sql("ALTER TABLE audit RENAME TO audit_away");
	struct intake *in = start((struct intake_options){0});
	give_result(in, result("0101", 24, 9, 2));
	assert_int_not_equal(intake_close(in, RC_OK, &r), RC_OK);
	assert_int_equal(r.load.v, 0);
	sql("ALTER TABLE audit_away RENAME TO audit");
	assert_int_equal(loads_kept(), 1);

	in = start((struct intake_options){0});
	give_result(in, result("0101", 24, 9, 2));
	load_id load = finish(in, RC_OK).load;
	sql("ALTER TABLE audit RENAME TO audit_away");
	assert_int_not_equal(load_undo(&sc, load), RC_OK);
	sql("ALTER TABLE audit_away RENAME TO audit");
	assert_int_equal(current("0101").failed, 9);
	assert_int_equal(load_undo(&sc, load), RC_OK);
	assert_str(last_action(), "load.undone");

	/* A check and a refusal leave no entry. */
	in = start((struct intake_options){.check_only = true});
	give_result(in, result("0101", 24, 9, 2));
	(void)finish(in, RC_OK);
	in = start((struct intake_options){0});
	give_result(in, result("7777", 24, 9, 2));
	(void)finish(in, RC_INVALID);
	assert_str(last_action(), "load.undone");
}

/* The wizard's draft: kept, asked about, checked, loaded, gone. */
static void
draft_waits_for_a_person(void **state)
{
	const struct intake_options o = {.words = &words,
	    .file_name = S("выгрузка.xlsx"),
	    .file_hash = S("beef")};
	struct intake_options check = {.words = &words, .check_only = true};
	struct intake_options load = {.words = &words};
	struct school_ref odd = {.name = S("Вьюжинской СОШ")};
	struct intake_report r;
	struct staging *st;
	struct q_school s;
	struct q_load was;
	load_id draft;

	three_schools();
	assert_int_equal(staging_open(&sc, &o, &st), RC_OK);
	struct row_sink sink = staging_sink(st);
	const struct file_head head = {.kind = FILE_RESULTS,
	    .profile = S("обычный"),
	    .declared_participants = -1};
	sink.head(sink.ctx, &head);
	struct result_row row = result("", 24, 9, 2);
	row.school = odd;
	sink.result(sink.ctx, &row);
	assert_int_equal(staging_close(st, RC_OK, &draft), RC_OK);

	assert_int_equal(staging_apply(&sc, draft, &check, &r), RC_INVALID);
	assert_int_equal(r.n_unknown, 1);
	assert_str(r.unknown[0].supposed_code, "0101");
	assert_int_equal(
	    q_school_by_code(sc.db, mem, &sc.actor, sc.actor.municipality,
		r.unknown[0].supposed_code, &s),
	    RC_OK);
	assert_int_equal(match_confirm(&sc, &r.unknown[0].ref, s.id), RC_OK);

	assert_int_equal(staging_apply(&sc, draft, &check, &r), RC_OK);
	assert_int_equal(r.added, 1);
	assert_int_equal(staging_apply(&sc, draft, &load, &r), RC_OK);
	assert_int_equal(r.kind, FILE_RESULTS);
	assert_str(r.profile, "обычный");
	assert_int_equal(current("0101").failed, 9);
	assert_int_equal(
	    q_load_by_id(sc.db, mem, sc.actor.municipality, draft, &was),
	    RC_NOT_FOUND);
}

static void
draft_given_up_leaves_nothing(void **state)
{
	const struct intake_options o = {
	    .words = &words, .file_name = S("a.csv"), .file_hash = S("cafe")};
	struct staging *st;
	struct q_load *loads;
	load_id draft;
	size_t n;

	three_schools();
	assert_int_equal(staging_open(&sc, &o, &st), RC_OK);
	struct row_sink sink = staging_sink(st);
	struct result_row row = result("0101", 24, 9, 2);
	sink.result(sink.ctx, &row);
	const struct str cells[] = {S("0101"), S("девять")};
	const struct refused_row refused = {.cells = cells, .n = 2};
	sink.refused(sink.ctx, &refused);
	sink.whole(sink.ctx);
	assert_int_equal(staging_close(st, RC_INVALID, &draft), RC_OK);
	assert_int_equal(staging_drop(&sc, draft), RC_OK);
	assert_int_equal(
	    q_load_list(sc.db, mem, sc.actor.municipality, &loads, &n), RC_OK);
	assert_int_equal(n, 1);
	assert_int_equal(staging_drop(&sc, draft), RC_CONFLICT);
}

/* ---- profiles ---- */

static const struct str shape[] = {
    S_INIT("Школа"), S_INIT("Писали в 2026"), S_INIT("Двоек"), S_INIT("")};

/* A draft of one good row under these headings; its bytes are new each time. */
static load_id
stage_shaped(const char *hash, const char *name, struct str procedure)
{
	static const struct said_column said[] = {
	    {S_INIT("Писали в 2026"), S_INIT("participants")}};
	const struct intake_options o = {.words = &words,
	    .file_name = str_of(name),
	    .file_hash = str_of(hash),
	    .procedure = procedure,
	    .columns = said,
	    .n_columns = 1};
	const struct file_head head = {
	    .kind = FILE_RESULTS, .declared_participants = -1};
	struct result_row row = result("0101", 24, 9, 2);
	struct staging *st;
	load_id draft;

	assert_int_equal(staging_open(&sc, &o, &st), RC_OK);
	struct row_sink sink = staging_sink(st);
	sink.head(sink.ctx, &head);
	sink.headings(sink.ctx, shape, COUNT_OF(shape));
	sink.result(sink.ctx, &row);
	assert_int_equal(staging_close(st, RC_OK, &draft), RC_OK);
	return draft;
}

static void
load_draft(load_id draft)
{
	struct q_load row;
	struct intake_report r;

	assert_int_equal(
	    q_load_by_id(sc.db, mem, sc.actor.municipality, draft, &row),
	    RC_OK);
	const struct intake_options load = {.words = &words,
	    .year = row.said_year,
	    .procedure = row.said_procedure};
	assert_int_equal(staging_apply(&sc, draft, &load, &r), RC_OK);
}

static struct load_profiles
profiles_for(const char *file_name)
{
	struct load_profiles p;
	struct str signature = load_signature(mem, shape, COUNT_OF(shape));

	assert_int_equal(
	    load_profiles_of(&sc, signature, str_of(file_name), &p), RC_OK);
	return p;
}

static void
a_signature_is_of_words_and_not_of_years(void **state)
{
	const struct str later[] = {
	    S("школа "), S("ПИСАЛИ В 2031"), S("двоек")};
	const struct str other[] = {S("Школа"), S("Писали"), S("Двоек")};
	const struct str none[] = {S(""), S(" ")};
	struct str s = load_signature(mem, shape, COUNT_OF(shape));

	assert_str(
	    load_signature(mem, later, COUNT_OF(later)), arena_cstr(mem, s));
	assert_false(str_eq(load_signature(mem, other, COUNT_OF(other)), s));
	assert_int_equal(load_signature(mem, none, COUNT_OF(none)).n, 0);
	assert_str(load_file_like(mem, S("ВПР 2026.XLSX")), "впр ####.xlsx");
}

static void
what_was_chosen_is_remembered_by_the_headings(void **state)
{
	struct q_load row;
	struct load_profiles p;
	load_id draft;
	size_t n;

	three_schools();
	draft = stage_shaped("a1", "ВПР 2026.xlsx", S(""));
	assert_int_equal(profiles_for("ВПР 2026.xlsx").n, 0);
	assert_int_equal(
	    staging_say(&sc, draft, syear_plus(syear_of(sc.actor.today), -1),
		S("vpr-math-5")),
	    RC_OK);
	load_draft(draft);
	p = profiles_for("другой.xlsx");
	assert_int_equal(p.n, 1);
	assert_ptr_equal(p.meant, p.all); /* the only one */
	assert_str(p.meant->said_procedure, "vpr-math-5");
	assert_int_equal(p.meant->times, 1);
	assert_str(said_columns_of(mem, p.meant->columns, &n)[0].heading,
	    "Писали в 2026");
	assert_int_equal(n, 1);

	/* A year later "the last year" is another one. */
	struct date later = date_plus(sc.actor.today, 365);
	assert_int_equal(
	    load_profile_year(p.meant, later).first, syear_of(later).first - 1);

	/* The next file gets the answers, and counts. */
	draft = stage_shaped("a2", "ВПР 2027.xlsx", S(""));
	assert_int_equal(staging_fill(&sc, draft, p.meant), RC_OK);
	assert_int_equal(
	    q_load_by_id(sc.db, mem, sc.actor.municipality, draft, &row),
	    RC_OK);
	assert_str(row.said_procedure, "vpr-math-5");
	assert_int_equal(
	    row.said_year.first, syear_of(sc.actor.today).first - 1);
	load_draft(draft);
	assert_int_equal(profiles_for("").all[0].times, 2);
}

static void
same_headings_of_two_procedures_are_two_profiles(void **state)
{
	struct load_profiles p;

	three_schools();
	load_draft(stage_shaped("b1", "математика 2026.xlsx", S("vpr-math-5")));
	load_draft(stage_shaped("b2", "русский 2026.xlsx", S("vpr-rus-5")));
	p = profiles_for("что-то.xlsx");
	assert_int_equal(p.n, 2);
	assert_null(p.meant); /* a person is asked */
	p = profiles_for("Математика 2027.xlsx");
	assert_non_null(p.meant);
	assert_str(p.meant->said_procedure, "vpr-math-5");
}

static void
a_profile_is_renamed_and_forgotten_in_the_journal(void **state)
{
	int64_t id;

	three_schools();
	load_draft(stage_shaped("c1", "a.xlsx", S("vpr-math-5")));
	id = profiles_for("").all[0].id;
	assert_int_equal(
	    load_profile_rename(&sc, id, S(" ВПР, пятые ")), RC_OK);
	assert_str(last_action(), "profile.changed");
	assert_str(profiles_for("").all[0].name, "ВПР, пятые");
	assert_int_equal(load_profile_rename(&sc, id, S("  ")), RC_INVALID);
	assert_int_equal(
	    load_profile_rename(&sc, id + 1, S("x")), RC_NOT_FOUND);
	assert_int_equal(load_profile_forget(&sc, id), RC_OK);
	assert_str(last_action(), "profile.dropped");
	assert_int_equal(profiles_for("").n, 0);
	assert_int_equal(load_profile_forget(&sc, id), RC_NOT_FOUND);
}

static void
a_draft_of_another_version_is_told_of(void **state)
{
	const struct intake_options check = {
	    .words = &words, .check_only = true};
	struct intake_report r;
	load_id draft;

	three_schools();
	draft = stage_shaped("d1", "a.xlsx", S("vpr-math-5"));
	sql("UPDATE load_row SET record = 'r'");
	assert_int_equal(staging_apply(&sc, draft, &check, &r), RC_CONFLICT);
	assert_true(sc.diag->n > 0);
	assert_true(sc.diag->all[sc.diag->n - 1].hint.n > 0);
	assert_int_equal(staging_drop(&sc, draft), RC_OK);
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
	    both(schools_are_added_then_known),
	    both(spellings_of_one_school),
	    both(corrected_file_makes_a_revision),
	    both(load_is_not_undone_while_another_stands_on_it),
	    both(same_file_is_recognised),
	    both(two_logins_are_added_up),
	    both(same_row_twice_is_refused),
	    both(refused_file_leaves_nothing),
	    both(partial_keeps_the_good_rows_and_gives_back_the_rest),
	    both(file_of_refused_rows_may_be_empty),
	    both(hopeless_file_is_not_read_to_its_end),
	    both(too_many_refused_rows_are_said),
	    both(appeals_change_the_counts_they_amend),
	    both(appeals_by_points_leave_other_marks_unknown),
	    both(appeals_that_move_nobody_change_nothing),
	    both(appeals_beside_their_protocol_make_one_revision),
	    both(appeals_that_cannot_be_exact_are_refused),
	    both(check_writes_nothing),
	    both(observations_keep_no_data_apart_from_no),
	    both(value_out_of_its_kind_is_refused),
	    both(year_said_beside_fills_gaps_only),
	    both(load_and_its_entry_stand_or_fall_together),
	    both(draft_waits_for_a_person),
	    both(draft_given_up_leaves_nothing),
	    both(a_signature_is_of_words_and_not_of_years),
	    both(what_was_chosen_is_remembered_by_the_headings),
	    both(same_headings_of_two_procedures_are_two_profiles),
	    both(a_profile_is_renamed_and_forgotten_in_the_journal),
	    both(a_draft_of_another_version_is_told_of),
	};

	return run_on_databases(all, COUNT_OF(all));
}
