/*
 * test_plan_lint.c - what the linter finds, and what it leaves alone.
 *
 * The plans of tests/data/plans/lint_*.txt are written for it: a clean one, and
 * some in which each defect is the row's only one.  The five source plans are
 * asked for the defects a person noted in them.
 *
 * EVIDENCE: domain 6.9; features C15
 */
#include <fcntl.h>
#include <unistd.h>

#include "base/utf8.h"
#include "core/plans/lint.h"
#include "harness.h"
#include "plan_text.h"

enum { MAX_FILE = 1 << 20 };

static struct arena *mem;

static const struct str directory[] = {S_INIT("управление образования"),
    S_INIT("методический центр"), S_INIT("гимназия № 3"),
    S_INIT("ручьев и. о."), S_INIT("озеров п. с.")};
static const struct str schools[] = {
    S_INIT("Вьюжинской СОШ"), S_INIT("Синеборской СОШ")};
static const struct lint_group groups[] = {{S_INIT("ШНОР"), 8}};
static const struct lint_context nothing;
static const struct lint_context known = {.directory = directory,
    .n_directory = COUNT_OF(directory),
    .schools = schools,
    .n_schools = COUNT_OF(schools),
    .groups = groups,
    .n_groups = COUNT_OF(groups)};

static struct plan_reading
fixture(const char *name)
{
	struct str path =
	    arena_fmt(mem, TESTS_DIR "/data/plans/lint_%s.txt", name);
	FILE *f = fopen(arena_cstr(mem, path), "rb");
	struct plan_options how = {
	    .period = {DATE_NONE, DATE_NONE}, .ordered = DATE_NONE};
	struct diag d = diag_open(mem, 0);
	struct plan_reading p;

	assert_non_null(f);
	char *text = arena_raw(mem, MAX_FILE);
	size_t n = fread(text, 1, MAX_FILE, f);
	assert_int_equal(fclose(f), 0);
	struct pages pages = pages_of(mem, (struct str){text, n});
	assert_int_equal(plan_read(mem, &pages, &how, &d, &p), RC_OK);
	return p;
}

static void
print_findings(const struct lint_findings *f)
{
	for (size_t i = 0; i < f->n; i++)
		print_error("[%s] %.*s\n", f->all[i].rule->code,
		    STR_ARG(lint_line(mem, &f->all[i])));
}

static bool
is_at(const struct lint_finding *f, const char *number)
{
	for (size_t i = 0; i < f->n_places; i++)
		if (str_eq(f->places[i].number, str_of(number)))
			return true;
	return !*number && (!f->n_places || !f->places[0].number.n);
}

/* The rule at this row, with these words in its line. */
static bool
finds(const struct lint_findings *f, const char *rule, const char *number,
    const char *words)
{
	for (size_t i = 0; i < f->n; i++)
		if (strcmp(f->all[i].rule->code, rule) == 0 &&
		    is_at(&f->all[i], number) &&
		    str_find(lint_line(mem, &f->all[i]), str_of(words)) >= 0)
			return true;
	return false;
}

static void
a_clean_plan_has_no_findings(void **state)
{
	struct plan_reading p = fixture("clean");
	struct lint_findings f = plan_lint(mem, &p, &nothing);

	print_findings(&f);
	assert_int_equal(f.n, 0);
	f = plan_lint(mem, &p,
	    &(struct lint_context){
		.directory = directory, .n_directory = COUNT_OF(directory)});
	print_findings(&f);
	assert_int_equal(f.n, 0);
}

/* ---- each defect by its rule ------------------------------------------------------ */

struct defect {
	const char *file, *rule, *number, *words;
};

/* clang-format off */
static const struct defect defects[] = {
	{"rows", "deadline-missing", "1.1.", "строка"},
	{"rows", "responsible-missing", "1.1.", ""},
	{"rows", "result-missing", "1.1.", ""},
	{"rows", "evidence-missing", "1.1.", ""},
	{"rows", "column-misnamed", "1.1.", "Школы, принимающие участие"},
	{"rows", "deadline-before-order", "1.2.", "«сентябрь 2024»"},
	{"rows", "deadline-partly-before-order", "1.3.", ""},
	{"rows", "deadline-at-order", "1.4.", "до 15.10.2024"},
	{"rows", "deadline-begins-before-order", "1.5.", ""},
	{"rows", "deadline-outside", "1.6.", "октябрь 2026"},
	{"rows", "deadline-unreadable", "1.7.", "до 32 декабря"},
	{"rows", "deadline-forever", "1.8.", ""},
	{"rows", "deadline-no-checks", "1.9.", ""},
	{"rows", "deadline-no-schedule", "1.10.", "регионального центра"},
	{"rows", "number-order", "1.12.", "после № 1.10."},
	{"rows", "number-twice", "1.12.", "уже есть"},
	{"rows", "deadline-torn", "1.13.", "апрель 2025;"},
	{"rows", "responsible-torn", "1.13.", ""},
	{"rows", "deadline-count", "1.14.", ""},
	{"rows", "deadline-too-short", "1.15.", ""},
	{"rows", "deadline-assumed", "1.16.", "Год не назван"},
	{"rows", "responsible-outside", "1.16.", "Родители"},
	{"rows", "goal-unclear", "1.16.", "на 10 %"},
	{"rows", "goal-no-start", "1.15.", "на 5 процентных пунктов"},
	{"rows", "number-form", "1.17", ""},
	{"rows", "number-missing", "", ""},
	{"rows", "section-order", "", "4. Повторы"},
	{"rows", "row-twice", "4.1.", "строка 14, № 1.12."},
	{"rows", "row-twice-other-date", "4.2.", "май 2025"},
	{"rows", "row-alike", "4.4.", "№ 4.3."},
	{"rows", "clause-differs", "4.5.", "(пункт 2: «в срок до 25.10.2024», здесь «декабрь 2024»)"},
	{"rows", "clause-alone", "", "пункт 3"},
	{"rows", "schools-in-title", "4.6.", ""},
	{"years", "order-unknown", "", ""},
	{"years", "heading-twice", "", "4.5. Ещё одна"},
	{"years", "deadline-other-year", "1.", ""},
	{"years", "year-missing", "1.", "01.10.2025 – 31.10.2025"},
	{"years", "year-relative", "2.", "текущего года"},
	{"years", "goal-unclear", "1", "до 10 %"},
	{"words", "years-backwards", "", "2028-2025"},
	{"words", "date-broken", "1.", "2612.2017"},
	{"words", "letters-mixed", "2.", "управлениеteam"},
	{"words", "digit-in-word", "3.", "улучшен4ия"},
	{"words", "latin-word", "4.", "measures"},
	{"words", "odd-word", "9.", "обычно «учебной неуспешности»"},
	{"words", "list-count", "10.", "названо 4, перечислено 3"},
	{"words", "group-count", "11.", "9 ШНОР, в списке 8"},
	{"words", "noise", "12.", "±"},
	{"people", "person-twice", "", "Озёров"},
	{"people", "person-idle", "", "Вьюжина"},
	{"people", "responsible-not-listed", "1.", "Ручьёв"},
	{"people", "deadline-unreadable", "2.", "32 мая"},
	{"people", "responsible-unknown", "3.", "МКУ «Дальний»"},
	{"people", "school-nowhere", "", "Синеборской СОШ"},
};

/* clang-format on */

static void
each_defect_is_found(void **state)
{
	size_t missed = 0;

	for (size_t i = 0; i < COUNT_OF(defects); i++) {
		struct plan_reading p = fixture(defects[i].file);
		struct lint_findings f = plan_lint(mem, &p, &known);
		if (finds(&f, defects[i].rule, defects[i].number,
			defects[i].words))
			continue;
		print_error("%s: no %s at «%s» with «%s»\n", defects[i].file,
		    defects[i].rule, defects[i].number, defects[i].words);
		if (i + 1 == COUNT_OF(defects) ||
		    strcmp(defects[i].file, defects[i + 1].file) != 0)
			print_findings(&f);
		missed++;
	}
	assert_int_equal(missed, 0);
}

/* A rule without a plan that breaks it would be a promise. */
static void
every_rule_has_its_defect(void **state)
{
	/* Of these the reading itself decides; see the tests below. */
	static const char *const others[] = {
	    "period-unknown", "title-missing", "reading-doubt", "left-out"};

	for (size_t i = 0; i < n_lint_rules; i++) {
		const char *code = lint_rule_at(i)->code;
		bool there = false;
		for (size_t k = 0; k < COUNT_OF(defects); k++)
			there |= strcmp(defects[k].rule, code) == 0;
		for (size_t k = 0; k < COUNT_OF(others); k++)
			there |= strcmp(others[k], code) == 0;
		if (!there)
			print_error("no defect for %s\n", code);
		assert_true(there);
	}
}

/* A defect of one row is said of that row and of no other. */
static void
rows_without_defects_are_left_alone(void **state)
{
	struct plan_reading p = fixture("rows");
	struct lint_findings f = plan_lint(mem, &p, &nothing);
	static const char *const single[] = {"deadline-missing",
	    "deadline-before-order", "deadline-outside", "deadline-unreadable",
	    "responsible-missing", "result-missing", "evidence-missing",
	    "number-twice", "row-alike", "row-twice", "goal-unclear",
	    "goal-no-start"};

	for (size_t k = 0; k < COUNT_OF(single); k++) {
		size_t n = 0;
		for (size_t i = 0; i < f.n; i++)
			n += strcmp(f.all[i].rule->code, single[k]) == 0;
		if (n != 1)
			print_error("%s: %zu findings\n", single[k], n);
		assert_int_equal(n, 1);
	}
	assert_int_equal(f.errors, 4);
}

static void
what_the_reading_doubts_is_said(void **state)
{
	struct plan_reading p = fixture("clean");
	struct plan_place at = {3, 1, 4, 2};

	p.period = (struct day_span){DATE_NONE, DATE_NONE};
	p.measures.p[0].title = S("");
	p.cells_left = 2;
	*vec_push(mem, &p.warnings) = (struct plan_remark){
	    at, S("Строки 4–5 соединены: это одно мероприятие.")};
	struct lint_findings f = plan_lint(mem, &p, &nothing);
	assert_true(finds(&f, "period-unknown", "", ""));
	assert_true(finds(&f, "title-missing", "1.1.", ""));
	assert_true(finds(&f, "left-out", "", "ячеек: 2"));
	assert_true(finds(&f, "reading-doubt", "", "таблица 1, строка 4"));
}

/* ---- places ------------------------------------------------------------------------- */

static void
many_rows_make_one_line(void **state)
{
	struct lint_place places[9] = {0};
	struct lint_rule rule = {"x", SEV_NOTE, "Сказано.", "Исправьте."};
	struct lint_finding f = {
	    .rule = &rule, .places = places, .n_places = 9};

	for (size_t i = 0; i < 9; i++) {
		places[i].at = (struct plan_place){1, 2, (uint32_t)i + 3, 0};
		places[i].where =
		    arena_fmt(mem, "таблица 2, строка %zu", i + 3);
		places[i].number = arena_fmt(mem, "%zu.", i + 1);
	}
	assert_str(lint_line(mem, &f),
	    "таблица 2, строка 3, 4, 5, 6, 7, 8 и ещё 3: Сказано. Исправьте.");
	for (size_t i = 0; i < 9; i++)
		places[i].is_unique = true;
	f.n_places = 2;
	f.detail = S("как есть");
	assert_str(
	    lint_line(mem, &f), "№ 1., № 2.: Сказано. «как есть». Исправьте.");
}

/* ---- the five source plans --------------------------------------------------------------- */

/* clang-format off */
static const struct defect of_sources[] = {
	/* EVIDENCE: domain 6.9 */
	{"norilsk", "years-backwards", "", "2028-2025"},
	{"norilsk", "date-broken", "", "2612.2017"},
	{"norilsk", "heading-twice", "", "4.5."},
	{"norilsk", "odd-word", "", "неуспешности"},
	{"norilsk", "number-missing", "", ""},
	{"barabinsk", "letters-mixed", "", ""},
	{"georgievsk", "heading-twice", "", "3."},
	{"georgievsk", "result-missing", "2.5.", ""},
	{"georgievsk", "result-missing", "4.2.", ""},
	{"georgievsk", "evidence-missing", "4.2.", ""},
	{"pechenga", "deadline-missing", "3.6.", ""},
	{"pechenga", "responsible-missing", "3.6.", ""},
	/* the notes of expected.tsv */
	{"pechenga", "deadline-at-order", "1.1.", ""},
	{"pechenga", "deadline-at-order", "1.4.", ""},
	{"pechenga", "deadline-at-order", "3.8.", ""},
	{"pechenga", "deadline-assumed", "1.6.", "Год не назван"},
	{"pechenga", "deadline-assumed", "1.7.", "Год не назван"},
	{"pechenga", "deadline-assumed", "1.10.", "Год не назван"},
	{"pechenga", "clause-differs", "1.7.", "15.11.2023"},
	{"pechenga", "number-form", "3.10", ""},
	{"barabinsk", "deadline-before-order", "1", ""},
	{"barabinsk", "deadline-before-order", "14", ""},
	{"barabinsk", "deadline-before-order", "37", ""},
	{"barabinsk", "deadline-assumed", "37", "Год не назван"},
	{"barabinsk", "row-alike", "40", "№ 28"},
	{"barabinsk", "deadline-torn", "36", ""},
	{"barabinsk", "responsible-torn", "45", ""},
	{"barabinsk", "clause-alone", "", "5.2"},
	{"buinsk", "column-misnamed", "2", ""},
	{"buinsk", "deadline-outside", "3", "Август 2021"},
	{"buinsk", "deadline-outside", "4", "Август 2021"},
	{"buinsk", "deadline-outside", "7", "Август 2021"},
	{"buinsk", "result-missing", "16", ""},
	{"buinsk", "result-missing", "4", ""},
	{"buinsk", "result-missing", "2", ""},
	{"buinsk", "responsible-outside", "4", "Родители"},
	{"georgievsk", "year-relative", "1", ""},
	{"georgievsk", "year-relative", "2", ""},
	{"georgievsk", "goal-unclear", "4", ""},
	{"georgievsk", "goal-unclear", "5", ""},
	{"georgievsk", "year-missing", "5", ""},
	{"georgievsk", "row-alike", "8", "№ 2."},
	{"georgievsk", "person-idle", "", ""},
	{"georgievsk", "responsible-not-listed", "2.4.", ""},
	{"georgievsk", "responsible-not-listed", "4.1.", ""},
	{"georgievsk", "responsible-not-listed", "4.5.", ""},
	{"georgievsk", "deadline-begins-before-order", "4.1.", ""},
	{"georgievsk", "year-missing", "4.3.", ""},
	{"georgievsk", "year-missing", "4.4.", ""},
	{"georgievsk", "year-missing", "4.6.", ""},
	{"georgievsk", "year-missing", "4.7.", ""},
	{"georgievsk", "digit-in-word", "4.6.", ""},
	{"norilsk", "year-missing", "2.", ""},
	{"norilsk", "year-missing", "3.", ""},
	{"norilsk", "year-missing", "5.", ""},
	{"norilsk", "year-missing", "6.", ""},
	{"norilsk", "result-missing", "4.", ""},
	{"norilsk", "deadline-too-short", "6.", ""},
	{"norilsk", "noise", "", ""},
	{"norilsk", "deadline-other-year", "", ""},
};

/* clang-format on */

static bool
source(const char *name, struct plan_reading *ret)
{
	struct str path = arena_fmt(
	    mem, TESTS_DIR "/../../shared/data/roadmaps/%s.docx", name);
	int fd = open(arena_cstr(mem, path), O_RDONLY | O_CLOEXEC);
	struct plan_options how = {
	    .period = {DATE_NONE, DATE_NONE}, .ordered = DATE_NONE};
	struct diag d = diag_open(mem, 0);
	struct pages pages;

	if (fd < 0)
		return false;
	assert_int_equal(
	    pages_read(fd, pages_format_of(fd), mem, &d, &pages), RC_OK);
	assert_int_equal(close(fd), 0);
	assert_int_equal(plan_read(mem, &pages, &how, &d, ret), RC_OK);
	return true;
}

static void
known_defects_of_the_sources_are_found(void **state)
{
	const char *last = "";
	struct plan_reading p;
	struct lint_findings f = {0};
	size_t missed = 0;

	for (size_t i = 0; i < COUNT_OF(of_sources); i++) {
		const struct defect *d = &of_sources[i];
		if (strcmp(last, d->file) != 0) {
			assert_true(source(d->file, &p));
			f = plan_lint(mem, &p, &nothing);
		}
		last = d->file;
		if (finds(&f, d->rule, d->number, d->words))
			continue;
		print_error("%s: no %s at «%s»\n", d->file, d->rule, d->number);
		missed++;
	}
	assert_int_equal(missed, 0);
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
	    cmocka_unit_test(a_clean_plan_has_no_findings),
	    cmocka_unit_test(each_defect_is_found),
	    cmocka_unit_test(every_rule_has_its_defect),
	    cmocka_unit_test(rows_without_defects_are_left_alone),
	    cmocka_unit_test(what_the_reading_doubts_is_said),
	    cmocka_unit_test(many_rows_make_one_line),
	    cmocka_unit_test(known_defects_of_the_sources_are_found),
	};

	bool shared =
	    is_there(TESTS_DIR "/../../shared/data/roadmaps/buinsk.docx");

	return _cmocka_run_group_tests("lint", tests,
	    COUNT_OF(tests) - (shared ? 0 : 1), open_arena, close_arena);
}
