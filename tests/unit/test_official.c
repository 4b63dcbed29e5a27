/* test_official.c - orders of the region, reconciliation, groups by date. */
#include "core/access/audit.h"
#include "core/methods/edge.h"
#include "core/methods/official.h"
#include "core/methods/reconcile.h"
#include "core/methods/status.h"
#include "core/methods/steps.h"
#include "core/results/loads.h"
#include "room_place.h"

static void
schools(int n)
{
	struct intake *in = begin();

	for (int i = 1; i <= n; i++)
		school(in, arena_fmt(mem, "%02d", i).p,
		    arena_fmt(mem, "МБОУ «Приозёрная СОШ № %d»", i).p, "sosh");
	(void)end(in);
}

static struct official_details
act(const char *number, const char *on, int year, const char *kind)
{
	return (struct official_details){.number = str_of(number),
	    .on = day(on),
	    .issuer = S("министерство образования Озёрного края"),
	    .year = {year},
	    .kind = str_of(kind)};
}

/* The schools with these numbers, as a pasted list. */
static struct str
numbered(const int *all, size_t n)
{
	struct buf b = buf_open(mem, 0);

	for (size_t i = 0; i < n; i++)
		buf_fmt(&b, "%zu. МБОУ Приозёрная СОШ №%d;\n", i + 1, all[i]);
	return buf_str(&b);
}

static official_id
load_act(struct official_details a, struct str text)
{
	struct q_official *all;
	struct intake_report r;
	size_t n;

	ok(official_load_text(&sc, &words, text, &a, false, &r));
	ok(q_official_list(sc.db, mem, sc.actor.municipality, &all, &n));
	for (size_t i = 0; i < n; i++)
		if (all[i].load.v == r.load.v)
			return all[i].id;
	fail_msg("the act is not listed");
	return (official_id){0};
}

static struct q_official_entry *
entries(official_id id, size_t *ret_n)
{
	struct q_official_entry *all = NULL;

	ok(q_official_entry_list(
	    sc.db, mem, &sc.actor, sc.actor.municipality, id, &all, ret_n));
	return all;
}

/* As lists stand in orders, letters and tables of word processors. */
static void
pasted_lists_are_read(void **state)
{
	static const struct {
		const char *text, *codes, *basis;
	} cases[] = {
	    {"1. МБОУ Приозёрная СОШ № 5\n2. Приозёрная СОШ № 6.", "05 06", ""},
	    {"Перечень школ\n1) Приозёрная СОШ №1;\n2) Приозёрная СОШ №2;\n",
		"01 02", ""},
	    {"– Приозёрная СОШ № 3\r\n– Приозёрная СОШ № 4\r\n", "03 04", ""},
	    {"1. МБОУ «Приозёрная средняя\n   общеобразовательная школа № 7»\n"
	     "2. Приозёрная СОШ № 8\n\nМинистр",
		"07 08", ""},
	    {"1\tПриозёрная СОШ № 1\tшкола с признаками социального "
	     "учреждения\n",
		"01", "школа с признаками социального учреждения"},
	    {"1. Приозёрная СОШ № 9 – школа с высоким уровнем девиации", "09",
		"школа с высоким уровнем девиации"},
	};

	schools(9);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct official_details a =
		    act("1", "2023-10-10", 2023, "shnsu");
		struct buf codes = buf_open(mem, 0);
		size_t n;

		a.number = arena_fmt(mem, "%zu", i + 1);
		official_id id = load_act(a, str_of(cases[i].text));
		struct q_official_entry *all = entries(id, &n);
		for (size_t k = 0; k < n; k++)
			buf_fmt(&codes, "%s%.*s", k ? " " : "",
			    STR_ARG(all[k].code));
		assert_str(buf_str(&codes), cases[i].codes);
		assert_str(all[0].basis, cases[i].basis);
	}
}

/* Everything that is wrong is said, and nothing is written. */
static void
unknown_school_refuses_the_order(void **state)
{
	struct official_details a = act("217", "2023-10-10", 2023, "shnor");
	struct q_official *all;
	struct intake_report r;
	size_t n;

	schools(2);
	assert_int_equal(
	    official_load_text(&sc, &words,
		S("1. Приозёрная СОШ № 1\n2. Лицей № 77\n3. Приозёрная СОШ № "
		  "1\n4. Лицей № 78"),
		&a, false, &r),
	    RC_INVALID);
	assert_int_equal(r.refused, 3);
	assert_true(complained("Такой школы в реестре нет"));
	assert_true(complained("строка 2"));
	assert_true(complained("строка 4"));
	assert_true(complained("дважды, первый раз в строке 1"));
	ok(q_official_list(sc.db, mem, sc.actor.municipality, &all, &n));
	assert_int_equal(n, 0);
}

static void
order_has_a_number_and_a_day(void **state)
{
	struct official_details a = act(" ", "2023-11-10", 2023, "shnor");
	struct intake_report r;

	schools(1);
	assert_int_equal(official_load_text(&sc, &words,
			     S("1. Приозёрная СОШ № 1"), &a, false, &r),
	    RC_INVALID);
	assert_int_equal(d.errors, 2);
	assert_str(d.all[0].at.column, "number");
	assert_str(d.all[1].at.column, "on");
}

static void
order_is_one_load_and_can_be_taken_back(void **state)
{
	struct official_details a = act("217", "2023-10-10", 2023, "shnor");
	struct q_official found;
	struct intake_report r;
	struct q_audit *journal;
	size_t n;

	schools(2);
	official_id id = load_act(a, S("1. Приозёрная СОШ № 1"));
	ok(q_official_by_id(sc.db, mem, sc.actor.municipality, id, &found));
	assert_int_equal(found.entries, 1);
	assert_str(official_text(mem, &found),
	    "приказ № 217 от 10.10.2023, министерство образования Озёрного "
	    "края");
	ok(q_audit_of_object(sc.db, mem, sc.actor.municipality, S("official"),
	    id.v, &journal, &n));
	assert_int_equal(n, 1);
	assert_str(journal[0].action, "official.loaded");

	/* Another list under the number and day of one that stands. */
	assert_int_equal(official_load_text(&sc, &words,
			     S("1. Приозёрная СОШ № 2"), &a, false, &r),
	    RC_INVALID);
	assert_true(complained("уже загружен"));
	ok(load_undo(&sc, found.load));
	assert_int_equal(
	    q_official_by_id(sc.db, mem, sc.actor.municipality, id, &found),
	    RC_NOT_FOUND);
	(void)load_act(a, S("1. Приозёрная СОШ № 2"));
}

static void
check_writes_no_order(void **state)
{
	struct official_details a = act("217", "2023-10-10", 2023, "shnor");
	struct q_official *all;
	struct intake_report r;
	size_t n;

	schools(1);
	ok(official_load_text(
	    &sc, &words, S("1. Приозёрная СОШ № 1"), &a, true, &r));
	assert_int_equal(r.added, 1);
	ok(q_official_list(sc.db, mem, sc.actor.municipality, &all, &n));
	assert_int_equal(n, 0);
}

/* ---- reconciliation ---- */

static const struct reconcile_line *
line(const struct reconciliation *r, const char *code)
{
	for (size_t i = 0; i < r->n; i++)
		if (str_eq(r->lines[i].code, str_of(code)))
			return &r->lines[i];
	fail_msg("no line of school %s", code);
	return NULL;
}

static bool
has_cause(
    const struct reconcile_line *l, enum cause_kind kind, const char *part)
{
	for (size_t i = 0; i < l->n_causes; i++)
		if (l->causes[i].kind == kind &&
		    str_find(l->causes[i].text, str_of(part)) >= 0)
			return true;
	print_error("school %.*s has no such cause, only:\n", STR_ARG(l->code));
	for (size_t i = 0; i < l->n_causes; i++)
		print_error("  %.*s\n", STR_ARG(l->causes[i].text));
	return false;
}

/*
 * 01 both · 02 ours, by a group of four · 03 the order's, numbers changed ·
 * 04 the order's, one result is after the retake · 05 the order's without a
 * cause · 06 neither, no data · 07 neither · 08 the order's, two pupils short.
 */
static official_id
eight_schools(run_id *ret_list)
{
	static const int named[] = {1, 3, 4, 5, 8};

	schools(8);
	struct intake *in = begin();
	struct row_sink sink = intake_sink(in);
	for (int i = 1; i <= 8; i++) {
		const char *code = arena_fmt(mem, "%02d", i).p;
		if (i == 6)
			continue;
		result(in, code, 2022, "oge-rus", 40, 0);
		result(in, code, 2022, "vpr-math-5", 40, i == 1 ? 20 : 0);
		result(in, code, 2022, "vpr-rus-5", i == 2 ? 4 : 40,
		    i == 1 ? 20 :
		    i == 2 ? 2 :
		    i == 8 ? 12 :
			     0);
		result(in, code, 2022, "vpr-rus-6", i == 2 ? 4 : 40,
		    i == 2 ? 2 :
		    i == 8 ? 10 :
			     0);
	}
	const struct result_row retake = {.school = {.code = S("04")},
	    .procedure = S("oge-math"),
	    .year = {2022},
	    .participants = 40,
	    .marks = {-1, -1, -1, -1},
	    .only_after_retake = true,
	    .at = {.row = 9}};
	sink.result(sink.ctx, &retake);
	(void)end(in);
	*ret_list = saved_list("shnor", 2023);

	in = begin();
	result(in, "03", 2022, "vpr-math-5", 40, 15);
	result(in, "03", 2022, "vpr-rus-5", 40, 16);
	(void)end(in);
	return load_act(act("217", "2023-10-10", 2023, "shnor"),
	    numbered(named, COUNT_OF(named)));
}

/* EVIDENCE: domain 10.14 */
static void
every_difference_has_its_cause(void **state)
{
	struct reconciliation r;
	run_id list;
	official_id id = eight_schools(&list);

	ok(reconcile(&sc, list, id, &r));
	assert_int_equal(r.counts[DIFFERENCE_NONE], 1);
	assert_int_equal(r.counts[DIFFERENCE_ONLY_ORDER], 4);
	assert_int_equal(r.counts[DIFFERENCE_ONLY_OURS], 1);
	assert_int_equal(r.counts[DIFFERENCE_NO_DATA], 1);
	assert_int_equal(r.neither, 1);
	assert_int_equal(r.n, 7);

	assert_int_equal(line(&r, "01")->kind, DIFFERENCE_NONE);
	assert_int_equal(line(&r, "02")->kind, DIFFERENCE_ONLY_OURS);
	assert_true(has_cause(
	    line(&r, "02"), CAUSE_READING, "если участников меньше десяти"));
	assert_true(has_cause(line(&r, "03"), CAUSE_CHANGED,
	    "по сегодняшним школа вошла бы в перечень"));
	assert_true(has_cause(
	    line(&r, "04"), CAUSE_RETAKE, "ОГЭ, математика, 2022/23 уч. г."));
	assert_true(has_cause(line(&r, "05"), CAUSE_MISSING, "нет данных"));
	assert_int_equal(line(&r, "06")->kind, DIFFERENCE_NO_DATA);
	assert_int_equal(line(&r, "06")->n_causes, 0);
	assert_true(has_cause(line(&r, "08"), CAUSE_MARGIN, "2 учениках"));
	assert_int_equal(r.unexplained, 0);
}

/* With every result there and far from the border nothing can be computed. */
static void
what_cannot_be_computed_is_explained_by_a_person(void **state)
{
	static const char *const main_ones[] = {"vpr-math-5", "vpr-math-6",
	    "vpr-rus-5", "vpr-rus-6", "oge-math", "oge-rus", "ege-math-base",
	    "ege-math-profile", "ege-rus"};
	static const int named[] = {1};
	struct reconciliation r;

	schools(2);
	struct intake *in = begin();
	for (int year = 2021; year <= 2022; year++)
		for (size_t p = 0; p < COUNT_OF(main_ones); p++) {
			result(in, "01", year, main_ones[p], 40, 0);
			result(in, "02", year, main_ones[p], 40, 0);
		}
	(void)end(in);
	run_id list = saved_list("shnor", 2023);
	official_id id = load_act(act("217", "2023-10-10", 2023, "shnor"),
	    numbered(named, COUNT_OF(named)));

	ok(reconcile(&sc, list, id, &r));
	assert_int_equal(line(&r, "01")->n_causes, 0);
	assert_int_equal(r.unexplained, 1);

	/* The list is not reconciled before somebody says why. */
	struct q_run row;
	ok(q_run_by_id(sc.db, mem, sc.actor.municipality, list, &row));
	ok(list_take_step(&sc, list, row.version_row, LIST_STEP_OPEN,
	    &(struct step_details){.term = day("2023-10-20")}));
	today("2023-10-21");
	ok(list_take_step(&sc, list, row.version_row + 1, LIST_STEP_APPROVE,
	    &(struct step_details){.document = S("протокол"),
		.document_number = S("3"),
		.document_on = day("2023-10-21")}));
	const struct step_details with = {.act = id};
	assert_int_equal(list_take_step(&sc, list, row.version_row + 2,
			     LIST_STEP_RECONCILE, &with),
	    RC_INVALID);
	assert_true(complained("без объяснения: 1"));

	assert_int_equal(
	    reconcile_explain(&sc, list, id, id_of("01"), 0, S(" ")),
	    RC_INVALID);
	ok(reconcile_explain(&sc, list, id, id_of("01"), 0,
	    S("Регион учёл результаты вечерних классов.")));
	assert_int_equal(
	    reconcile_explain(&sc, list, id, id_of("01"), 0, S("Ещё раз.")),
	    RC_CONFLICT);
	ok(reconcile_explain(&sc, list, id, id_of("01"), 1,
	    S("Регион считал школу вместе с филиалом.")));
	ok(reconcile(&sc, list, id, &r));
	assert_str(line(&r, "01")->note.text,
	    "Регион считал школу вместе с филиалом.");
	assert_int_equal(r.unexplained, 0);
	ok(list_take_step(
	    &sc, list, row.version_row + 2, LIST_STEP_RECONCILE, &with));

	/* What a reconciliation stands on is not taken back. */
	struct q_official found;
	ok(q_official_by_id(sc.db, mem, sc.actor.municipality, id, &found));
	assert_int_equal(load_undo(&sc, found.load), RC_CONFLICT);
}

static void
order_of_another_year_or_kind_is_no_match(void **state)
{
	static const int named[] = {1};
	struct reconciliation r;

	schools(1);
	run_id list = saved_list("shnor", 2023);
	official_id risk = load_act(act("5", "2023-10-10", 2023, "risk"),
	    numbered(named, COUNT_OF(named)));
	official_id old = load_act(act("6", "2022-10-10", 2022, "shnor"),
	    numbered(named, COUNT_OF(named)));

	assert_int_equal(reconcile(&sc, list, risk, &r), RC_INVALID);
	assert_int_equal(reconcile(&sc, list, old, &r), RC_INVALID);
}

/* ---- groups by date ---- */

/* EVIDENCE: domain 1.2 - 9 ШНОР + 6 ШНСУ − 3 that are both = 12 schools. */
static void
nine_and_six_are_twelve_schools(void **state)
{
	static const int nine[] = {1, 2, 3, 4, 5, 6, 7, 8, 9};
	static const int five[] = {7, 8, 10, 11, 12};
	static const int one[] = {9};
	struct official_details social =
	    act("219", "2024-02-09", 2023, "shnsu");
	struct official_details deviant =
	    act("220", "2024-02-09", 2023, "shnsu");
	struct status status;

	today("2024-03-01");
	schools(23);
	social.basis = S("школа с признаками социального учреждения");
	deviant.basis = S("школа с высоким уровнем девиации детей");
	(void)load_act(act("217", "2024-02-09", 2023, "shnor"),
	    numbered(nine, COUNT_OF(nine)));
	(void)load_act(social, numbered(five, COUNT_OF(five)));
	(void)load_act(deviant, numbered(one, COUNT_OF(one)));

	ok(status_on(&sc, sc.actor.today, &status));
	assert_int_equal(status.counts[OFFICIAL_SHNOR], 9);
	assert_int_equal(status.counts[OFFICIAL_SHNSU], 6);
	assert_int_equal(status.schools, 12);

	const struct membership *stays;
	assert_int_equal(status_of(&status, id_of("09"), &stays), 2);
	assert_str(stays[1].type, "школа с высоким уровнем девиации детей");
	ok(status_on(&sc, day("2024-02-08"), &status));
	assert_int_equal(status.schools, 0);
}

static void
status_follows_the_orders_by_date(void **state)
{
	static const int first[] = {1, 2}, added[] = {3}, next[] = {2, 4};
	struct official_details off = act("40", "2023-05-10", 2022, "shnor");
	const struct membership *stays;
	struct status status;

	schools(4);
	(void)load_act(act("30", "2022-10-25", 2022, "shnor"),
	    numbered(first, COUNT_OF(first)));
	(void)load_act(act("35", "2022-12-01", 2022, "shnor"),
	    numbered(added, COUNT_OF(added)));
	off.is_exit = true;
	(void)load_act(off, S("1. Приозёрная СОШ № 3"));
	(void)load_act(act("50", "2023-10-10", 2023, "shnor"),
	    numbered(next, COUNT_OF(next)));

	/* A second order of the same year adds; only then one takes off. */
	ok(status_on(&sc, day("2022-12-31"), &status));
	assert_int_equal(status.schools, 3);
	ok(status_on(&sc, day("2023-05-10"), &status));
	assert_int_equal(status.schools, 2);
	ok(status_on(&sc, day("2023-10-20"), &status));
	assert_int_equal(status.schools, 2);

	assert_int_equal(status_of(&status, id_of("01"), &stays), 1);
	assert_true(date_eq(stays[0].since, day("2022-10-25")));
	assert_true(date_eq(stays[0].until, day("2023-10-09")));
	assert_str(stays[0].left_by, "№ 50 от 10.10.2023");
	assert_int_equal(status_of(&status, id_of("03"), &stays), 1);
	assert_true(date_eq(stays[0].until, day("2023-05-09")));
	assert_int_equal(status_of(&status, id_of("02"), &stays), 1);
	assert_true(date_is_none(stays[0].until));
	assert_str(stays[0].entered_by, "№ 30 от 25.10.2022");
}

static void
rule_of_leaving_is_a_setting(void **state)
{
	static const int first[] = {1, 2}, next[] = {2};
	struct exit_rule rules[OFFICIAL_KIND_COUNT];
	const struct membership *stays;
	struct status status;

	schools(2);
	(void)load_act(act("30", "2022-02-28", 2021, "shnor"),
	    numbered(first, COUNT_OF(first)));
	(void)load_act(act("50", "2023-02-28", 2022, "shnor"),
	    numbered(next, COUNT_OF(next)));
	ok(exit_rules_read(&sc, rules));
	assert_int_equal(rules[OFFICIAL_SHNOR].kind, EXIT_NEXT_LIST);
	assert_str(rules[OFFICIAL_SHNOR].source, "настройка муниципалитета");
	ok(status_on(&sc, day("2023-03-01"), &status));
	assert_int_equal(status.schools, 1);

	struct exit_rule own = {EXIT_BY_ACT, 0, S("")};
	assert_int_equal(
	    exit_rule_change(&sc, OFFICIAL_SHNOR, &own), RC_INVALID);
	own.source = S("приказ управления № 12");
	ok(exit_rule_change(&sc, OFFICIAL_SHNOR, &own));
	ok(status_on(&sc, day("2023-03-01"), &status));
	assert_int_equal(status.schools, 2);

	own.kind = EXIT_YEARS;
	own.years = 1;
	ok(exit_rule_change(&sc, OFFICIAL_SHNOR, &own));
	ok(status_on(&sc, day("2023-02-27"), &status));
	assert_int_equal(status.schools, 2);
	ok(status_on(&sc, day("2023-02-28"), &status));
	assert_int_equal(status.schools, 1);
	assert_int_equal(status_of(&status, id_of("01"), &stays), 1);
	assert_str(stays[0].left_by, "истёк срок");
	assert_true(date_eq(stays[0].until, day("2023-02-27")));

	struct scope s = as(person("Лапин О. В.", ROLE_SCHOOL, "01"));
	assert_int_equal(exit_rule_change(&s, OFFICIAL_SHNOR, &own), RC_DENIED);
	/* A school sees its own groups only. */
	ok(status_on(&s, day("2023-03-20"), &status));
	assert_int_equal(status.n, 1);
}

static void
edge_names_the_result(void **state)
{
	struct edge_list edge;
	struct q_run row;
	struct run run;

	schools(2);
	struct intake *in = begin();
	result(in, "01", 2022, "oge-math", 20, 7);
	result(in, "01", 2022, "oge-rus", 20, 0);
	result(in, "02", 2022, "oge-math", 20, 0);
	(void)end(in);
	ok(run_reopen(&sc, &words, saved_list("shnor", 2023), &row, &run));
	ok(edge_list_make(&sc, &run, &edge));

	/* One low result this year: any one next year meets criterion 2. */
	assert_int_equal(edge.n, 1);
	assert_int_equal(edge.may_enter, 1);
	assert_str(edge.lines[0].line->school->code, "01");
	assert_true(str_find(edge.lines[0].enter, S("6 из 20")) >= 0);
}

int
main(void)
{
	const struct CMUnitTest all[] = {
	    both(pasted_lists_are_read),
	    both(unknown_school_refuses_the_order),
	    both(order_has_a_number_and_a_day),
	    both(order_is_one_load_and_can_be_taken_back),
	    both(check_writes_no_order),
	    both(every_difference_has_its_cause),
	    both(what_cannot_be_computed_is_explained_by_a_person),
	    both(order_of_another_year_or_kind_is_no_match),
	    both(nine_and_six_are_twelve_schools),
	    both(status_follows_the_orders_by_date),
	    both(rule_of_leaving_is_a_setting),
	    both(edge_names_the_result),
	};

	return run_on_databases(all, COUNT_OF(all));
}
