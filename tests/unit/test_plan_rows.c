/*
 * test_plan_rows.c - plans as they are worked on: what the linter says of a
 * kept plan, rows that are added, changed, moved and removed.
 *
 * EVIDENCE: domain 6.1, 6.7; features C1, C15
 */
#include "core/plans/deficits.h"
#include "core/plans/evidence_kinds.h"
#include "core/plans/lint_plan.h"
#include "core/plans/plan_sections.h"
#include "core/plans/plan_shift.h"
#include "plan_place.h"

static struct actor coordinator, head;

static const char document[] =
    "ПРИКАЗ\n"
    "\n"
    "от 02.10.2023 № 118-о\n"
    "\n"
    "План мероприятий («дорожная карта»)\n"
    "на 2023/2024 учебный год\n"
    "\n"
    "| № | Мероприятие | Сроки | Ответственные | Результат | "
    "Форма отчёта |\n"
    "|<6> 1. Организация |\n"
    "| 1.1. | Назначить кураторов | до 15.11.2023 | Ярцева П.А. | приказ "
    "издан | приказ |\n"
    "| 1.2. | Составить карты школ | ноябрь 2023 | Руководители ОО | "
    "карты есть | план |\n"
    "|<6> 2. Учителя |\n"
    "| 2.1. | Посетить уроки | 1 раз в четверть | Гимназия № 3 | пары "
    "проведены | справка |\n";

static void
place(void)
{
	two_schools();
	coordinator = person("Ярцева П. А.", ROLE_COORDINATOR, NULL);
	head = person("Громов И. И.", ROLE_HEAD, NULL);
}

static struct lint_findings
linted(plan_id id)
{
	struct plan p = loaded(id);
	struct lint_findings f = {0};

	ok(plan_lint_kept(&sc, &p, &f));
	return f;
}

static const struct lint_finding *
finding(const struct lint_findings *f, const char *rule)
{
	for (size_t i = 0; i < f->n; i++)
		if (strcmp(f->all[i].rule->code, rule) == 0)
			return &f->all[i];
	return NULL;
}

/* ---- the linter of kept plans ----------------------------------------------------- */

static void
kept_plan_is_linted_with_the_directory(void **state)
{
	static const char spoilt[] =
	    "План мероприятий на 2023/2024 учебный год\n"
	    "\n"
	    "| № | Мероприятие | Сроки | Ответственные |\n"
	    "| 1. | Назначить кураторов | | МКУ «Дальний центр» |\n"
	    "| 2. | Собрать отчёты | май 2024 | Вьюжинская СОШ |\n";

	place();
	plan_id id = plan_out_of(coordinator, spoilt);
	struct lint_findings f = linted(id);
	const struct lint_finding *late = finding(&f, "deadline-missing");
	const struct lint_finding *who = finding(&f, "responsible-unknown");

	assert_non_null(late);
	assert_int_equal(late->n_places, 1);
	assert_int_equal(
	    late->places[0].measure.v, loaded(id).parts[0].rows[0].m.id.v);
	assert_str(lint_places(mem, late), "раздел 1, строка 1, № 1.");
	assert_non_null(who);
	assert_int_equal(who->n_places, 1);
	assert_str(who->detail, "МКУ «Дальний центр»");
	assert_null(finding(&f, "order-unknown"));
	assert_null(finding(&f, "evidence-missing"));
}

static void
clean_kept_plan_has_no_findings(void **state)
{
	place();
	struct lint_findings f = linted(plan_out_of(coordinator, document));

	for (size_t i = 0; i < f.n; i++)
		print_error("%.*s\n", STR_ARG(lint_line(mem, &f.all[i])));
	/* Terms of the school year nobody loaded are an assumption. */
	assert_int_equal(f.errors + f.warnings, 0);
	assert_int_equal(f.n, 1);
	assert_string_equal(f.all[0].rule->code, "deadline-assumed");
}

static void
errors_stop_the_way_unless_a_reason_is_given(void **state)
{
	static const char spoilt[] =
	    "План мероприятий на 2023/2024 учебный год\n"
	    "\n"
	    "| № | Мероприятие | Сроки | Ответственные |\n"
	    "| 1. | Назначить кураторов | | Ярцева П.А. |\n";

	place();
	plan_id id = plan_out_of(coordinator, spoilt);
	assert_int_equal(
	    try_step(coordinator, id, PLAN_STEP_SUBMIT, because("")),
	    RC_INVALID);
	assert_true(complained("Срок не указан."));
	step(coordinator, id, PLAN_STEP_SUBMIT,
	    because("сроки назовёт совет руководителей"));
	assert_str(loaded(id).head.state, "review");
}

/* ---- rows ------------------------------------------------------------------------- */

static void
added_row_stands_where_it_was_put(void **state)
{
	const struct q_measure m = {.title = S("Провести совещание"),
	    .deadline = S("декабрь 2023"),
	    .responsible = S("Руководители ОО"),
	    .result = S("участвовали не менее 80 % школ"),
	    .report_form = S("протокол"),
	    .baseline_on = DATE_NONE};
	measure_id id, first;

	place();
	plan_id plan = plan_out_of(coordinator, document);
	struct plan p = loaded(plan);
	struct scope s = as(coordinator);
	int64_t section = p.parts[0].s.id;

	ok(measure_add(&s, plan, section, row(&p, 0, 0)->m.id, &m, &id));
	ok(measure_add(&s, plan, section, (measure_id){0}, &m, &first));
	p = loaded(plan);
	assert_int_equal(p.parts[0].n, 4);
	assert_int_equal(row(&p, 0, 0)->m.id.v, first.v);
	assert_int_equal(row(&p, 0, 2)->m.id.v, id.v);
	assert_str(row(&p, 0, 3)->m.number, "1.2.");

	/* What the words say is filled in. */
	const struct q_measure *got = &row(&p, 0, 2)->m;
	assert_str(got->evidence, "protocol");
	assert_str(got->participants, "all");
	assert_str(got->goal, "level");
	assert_int_equal(got->goal_num.v * 100, 80 * got->goal_den.v);
	assert_true(row(&p, 0, 2)->who[0].is_collective);
}

static void
changed_words_take_along_what_follows(void **state)
{
	place();
	plan_id plan = plan_out_of(coordinator, document);
	struct plan p = loaded(plan);
	struct scope s = as(coordinator);
	struct q_measure m = row(&p, 0, 0)->m;
	int64_t version = p.head.version;

	m.report_form = S("справка");
	m.responsible = S("Гимназия № 3");
	ok(measure_change(&s, m.version, &m));
	p = loaded(plan);
	assert_str(row(&p, 0, 0)->m.evidence, "note");
	assert_int_equal(row(&p, 0, 0)->who[0].school.v, id_of("02").v);
	assert_true(p.head.version > version);

	/* The second of two people sees the first. */
	assert_int_equal(measure_change(&s, m.version, &m), RC_CONFLICT);
	assert_true(complained("Строку за это время изменили."));
}

static void
wrong_rows_are_refused_by_field(void **state)
{
	place();
	plan_id plan = plan_out_of(coordinator, document);
	struct plan p = loaded(plan);
	struct scope s = as(coordinator);
	struct q_measure m = row(&p, 0, 0)->m;

	m.title = S(" ");
	m.evidence = S("order nonsense");
	m.answers = S("laziness");
	m.goal = S("level");
	m.goal_num = (struct opt_int){0};
	assert_int_equal(measure_change(&s, m.version, &m), RC_INVALID);
	assert_true(complained("Мероприятие не названо."));
	assert_true(complained("Такого вида подтверждения нет."));
	assert_true(complained("Такого дефицита нет."));
	assert_true(complained("Не назван целевой показатель."));
}

static void
rows_move_and_are_numbered_anew(void **state)
{
	place();
	plan_id plan = plan_out_of(coordinator, document);
	struct plan p = loaded(plan);
	struct scope s = as(coordinator);

	ok(measure_move(&s, row(&p, 0, 1)->m.id, row(&p, 0, 1)->m.version,
	    p.parts[1].s.id, (measure_id){0}));
	p = loaded(plan);
	assert_int_equal(p.parts[0].n, 1);
	assert_str(row(&p, 1, 0)->m.number, "1.2.");
	ok(plan_renumber(&s, plan, p.head.version));
	p = loaded(plan);
	assert_str(row(&p, 0, 0)->m.number, "1.1.");
	assert_str(row(&p, 1, 0)->m.number, "2.1.");
	assert_str(row(&p, 1, 1)->m.number, "2.2.");
	assert_int_equal(plan_renumber(&s, plan, 1), RC_CONFLICT);
}

static void
removed_row_of_a_draft_is_gone(void **state)
{
	place();
	plan_id plan = plan_out_of(coordinator, document);
	struct plan p = loaded(plan);
	struct scope s = as(coordinator);
	const struct q_measure *m = &row(&p, 0, 0)->m;

	ok(measure_remove(&s, m->id, m->version));
	p = loaded(plan);
	assert_int_equal(p.parts[0].n, 1);
	s = as(head);
	assert_int_equal(
	    measure_remove(&s, row(&p, 0, 0)->m.id, row(&p, 0, 0)->m.version),
	    RC_DENIED);
}

/* ---- copies ----------------------------------------------------------------------- */

static void
years_in_words_are_shifted(void **state)
{
	static const struct {
		const char *was, *becomes;
	} cases[] = {
	    {"октябрь 2023", "октябрь 2024"},
	    {"до 01.11.2023", "до 01.11.2024"},
	    {"до 01.11.23", "до 01.11.24"},
	    {"с 1 по 10 июня", "с 1 по 10 июня"},
	    {"май 2023, 2024 г.г.", "май 2024, 2025 г.г."},
	    {"на 2023/24 учебный год", "на 2024/25 учебный год"},
	    {"2023-2024 учебный год", "2024-2025 учебный год"},
	    {"не позднее 29.02.2024", "не позднее 28.02.2025"},
	    {"29 февраля 2024 года", "28 февраля 2025 года"},
	    {"1 раз в 2 месяца", "1 раз в 2 месяца"},
	    {"приказ № 2023-о", "приказ № 2023-о"},
	    {"14.04-13.05.2023", "14.04-13.05.2024"},
	    {"обучены 12 учителей", "обучены 12 учителей"},
	    {"", ""},
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_str(words_years_later(mem, str_of(cases[i].was), 1),
		    cases[i].becomes);
}

/* EVIDENCE: features C10 - the windows come a year later, none is lost. */
static void
shifted_deadlines_come_a_year_later(void **state)
{
	static const char *const phrases[] = {"октябрь 2023", "ноябрь",
	    "до 01.11.2023", "октябрь 2023 – апрель 2024", "1 раз в месяц",
	    "декабрь 2023, май 2024", "до 25 января 2024 года",
	    "сентябрь-октябрь", "в течение учебного года"};
	const struct deadline_context now = {
	    .period = {day("2023-09-01"), day("2024-08-31")},
	    .ordered = DATE_NONE};
	const struct deadline_context next = {
	    .period = {day("2024-09-01"), day("2025-08-31")},
	    .ordered = DATE_NONE};

	for (size_t i = 0; i < COUNT_OF(phrases); i++) {
		struct deadline a, b;
		deadline_read(mem, str_of(phrases[i]), &now, &a);
		deadline_read(mem,
		    words_years_later(mem, str_of(phrases[i]), 1), &next, &b);
		assert_int_equal(a.kind, b.kind);
		assert_int_equal(a.n_windows, b.n_windows);
		for (size_t k = 0; k < a.n_windows; k++) {
			struct civil was = date_civil(a.windows[k].to);
			struct civil is = date_civil(b.windows[k].to);
			assert_int_equal(is.year, was.year + 1);
			assert_int_equal(is.month, was.month);
		}
	}
}

static void
plan_is_copied_into_the_next_year(void **state)
{
	const struct plan_copy_options options = {
	    .period = {day("2024-09-01"), day("2025-08-31")},
	    .group_on = DATE_NONE};
	plan_id copy = {0};

	place();
	plan_id plan = plan_out_of(coordinator, document);
	struct scope s = as(coordinator);
	ok(plan_copy(&s, plan, &options, &copy));
	struct plan p = loaded(copy);
	assert_str(p.head.title,
	    "План мероприятий («дорожная карта») на 2024/2025 учебный год");
	assert_int_equal(p.head.copied_from.v, plan.v);
	assert_str(p.head.state, "draft");
	assert_int_equal(p.parts[0].n + p.parts[1].n, 3);
	assert_str(row(&p, 0, 0)->m.deadline, "до 15.11.2024");
	assert_str(row(&p, 0, 1)->m.deadline, "ноябрь 2024");
	assert_str(row(&p, 1, 0)->m.deadline, "1 раз в четверть");
	assert_int_equal(row(&p, 0, 0)->who[0].person.v, coordinator.person.v);
}

static void
school_inherits_what_it_takes_part_in(void **state)
{
	plan_id own = {0}, second;

	place();
	plan_id plan = plan_out_of(coordinator, document);
	struct scope s = as(coordinator);
	const school_id schools[] = {id_of("01")};
	ok(plan_set_schools(&s, plan, loaded(plan).head.version, schools, 1));
	into_force(plan, coordinator, head, order("118", "2023-10-02"));
	s = as(person("Снегирёва А. О.", ROLE_SCHOOL, "01"));
	ok(plan_for_school(&s, plan, id_of("01"), &own));
	struct plan p = loaded(own);
	assert_str(p.head.kind, "school");
	assert_int_equal(p.head.parent.v, plan.v);
	assert_int_equal(p.n_parts, 1);
	assert_int_equal(p.parts[0].n, 1);
	assert_str(row(&p, 0, 0)->m.number, "1.2.");
	assert_str(row(&p, 0, 0)->m.responsible, "Вьюжинская СОШ");
	assert_int_equal(
	    row(&p, 0, 0)->m.parent.v, loaded(plan).parts[0].rows[1].m.id.v);
	assert_int_equal(row(&p, 0, 0)->who[0].school.v, id_of("01").v);
	assert_int_equal(
	    plan_for_school(&s, plan, id_of("01"), &second), RC_CONFLICT);
	assert_true(complained("уже есть дорожная карта"));
	/* Another school's it may not make. */
	assert_int_equal(
	    plan_for_school(&s, plan, id_of("02"), &second), RC_NOT_FOUND);
}

/* ---- deficits and the catalogue ------------------------------------------------------- */

static void
catalogue_is_whole(void **state)
{
	static struct catalogue_measure all[CATALOGUE_MOST];
	struct deficit table[DEFICITS_MOST], d0;
	size_t n = measure_catalogue(S(""), all);
	size_t n_deficits = deficits(table);
	const struct deadline_context year = {
	    .period = {day("2023-09-01"), day("2024-08-31")},
	    .ordered = DATE_NONE};

	assert_true(n >= 60);
	for (size_t i = 0; i < n; i++) {
		struct deadline read;
		struct str rest = all[i].evidence, code;
		struct evidence_kind kind;
		assert_true(deficit_find(all[i].answers, &d0));
		deadline_read(mem, all[i].deadline, &year, &read);
		if (read.kind == DEADLINE_UNKNOWN)
			print_error("«%.*s»\n", STR_ARG(all[i].deadline));
		assert_int_not_equal(read.kind, DEADLINE_UNKNOWN);
		assert_true(all[i].title.n && all[i].result.n && rest.n);
		while (str_split(&rest, ' ', &code))
			assert_true(evidence_kind_find(code, &kind));
	}
	/* No deficit is left without an answer. */
	for (size_t i = 0; i < n_deficits; i++)
		assert_true(measure_catalogue(table[i].code, all) > 0);
}

static void
deficits_are_named(void **state)
{
	assert_str(
	    deficit_titles(mem, S("failing")), "Высокая доля неуспевающих");
}

/* ---- sections --------------------------------------------------------------------- */

static struct str
sections_of(plan_id id)
{
	struct plan p = loaded(id);
	struct str all = S("");

	for (size_t i = 0; i < p.n_parts; i++)
		if (!str_eq(p.parts[i].s.kind, S("order")))
			all = arena_fmt(mem, "%.*s[%.*s|%.*s: %zu]",
			    STR_ARG(all), STR_ARG(p.parts[i].s.number),
			    STR_ARG(p.parts[i].s.title), p.parts[i].n);
	return all;
}

static struct section_words
called(const char *number, const char *title, int64_t after)
{
	return (struct section_words){
	    .number = str_of(number), .title = str_of(title), .after = after};
}

static void
sections_are_added_named_and_moved(void **state)
{
	int64_t added;

	place();
	plan_id id = plan_out_of(coordinator, document);
	struct plan p = loaded(id);
	int64_t first = p.parts[0].s.id, second = p.parts[1].s.id;
	int64_t version = p.head.version;
	struct scope s = as(coordinator);
	struct section_words w = called("II.", " Родители ", first);

	ok(section_add(&s, id, version, &w, &added));
	assert_str(sections_of(id),
	    "[|1. Организация: 2][II.|Родители: 0][|2. Учителя: 1]");
	/* The second of two people is told so. */
	assert_int_equal(section_add(&s, id, version, &w, &added), RC_CONFLICT);

	w = called("3.", "Семьи", second);
	ok(section_change(&s, id, loaded(id).head.version, added, &w));
	assert_str(sections_of(id),
	    "[|1. Организация: 2][|2. Учителя: 1][3.|Семьи: 0]");
	w = called("1.", "Учителя", 0);
	ok(section_change(&s, id, loaded(id).head.version, second, &w));
	assert_str(sections_of(id),
	    "[1.|Учителя: 1][|1. Организация: 2][3.|Семьи: 0]");
	struct q_audit *all;
	size_t n;
	ok(q_audit_of_object(
	    sc.db, mem, sc.actor.municipality, S("plan"), id.v, &all, &n));
	assert_str(all[0].action, "plan.section");
	assert_str(all[0].was, "2. Учителя, после «1. Организация»");
	assert_str(all[0].becomes, "1. Учителя, первый");
}

static void
sections_with_mistakes_are_refused(void **state)
{
	int64_t added;

	place();
	plan_id id = plan_out_of(coordinator, document);
	int64_t version = loaded(id).head.version;
	struct scope s = as(coordinator), outside = as(head);
	struct str before = sections_of(id);
	struct section_words w = called("", "  ", 0);

	assert_int_equal(section_add(&s, id, version, &w, &added), RC_INVALID);
	w = called("", "Семьи", 999);
	assert_int_equal(section_add(&s, id, version, &w, &added), RC_INVALID);
	int64_t own = loaded(id).parts[0].s.id;
	w = called("", "Семьи", own);
	assert_int_equal(section_change(&s, id, version, own, &w), RC_INVALID);
	w = called("", "Семьи", 0);
	assert_int_equal(
	    section_change(&s, id, version, 999, &w), RC_NOT_FOUND);
	assert_int_equal(
	    section_add(&outside, id, version, &w, &added), RC_DENIED);
	assert_str(sections_of(id), arena_fmt(mem, "%.*s", STR_ARG(before)).p);

	/* While it is read before approval nothing of it changes. */
	step(coordinator, id, PLAN_STEP_SUBMIT, because("так нужно"));
	assert_int_equal(
	    section_add(&s, id, loaded(id).head.version, &w, &added),
	    RC_CONFLICT);
}

int
main(void)
{
	const struct CMUnitTest all[] = {
	    both(kept_plan_is_linted_with_the_directory),
	    both(clean_kept_plan_has_no_findings),
	    both(errors_stop_the_way_unless_a_reason_is_given),
	    both(added_row_stands_where_it_was_put),
	    both(changed_words_take_along_what_follows),
	    both(wrong_rows_are_refused_by_field),
	    both(rows_move_and_are_numbered_anew),
	    both(removed_row_of_a_draft_is_gone),
	    on(years_in_words_are_shifted, "sqlite"),
	    on(shifted_deadlines_come_a_year_later, "sqlite"),
	    both(plan_is_copied_into_the_next_year),
	    both(school_inherits_what_it_takes_part_in),
	    both(sections_are_added_named_and_moved),
	    both(sections_with_mistakes_are_refused),
	    on(catalogue_is_whole, "sqlite"),
	    on(deficits_are_named, "sqlite"),
	};

	return run_on_databases(all, COUNT_OF(all));
}
