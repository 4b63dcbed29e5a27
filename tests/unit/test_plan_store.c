/*
 * test_plan_store.c - plans that are kept: out of a file, along their way,
 * editions that do not change, who sees what.
 *
 * EVIDENCE: domain 6.1, 6.4, 6.7
 */
#include "core/access/audit.h"
#include "core/plans/evidence_kinds.h"
#include "core/plans/goal.h"
#include "core/plans/plan_own.h"
#include "core/plans/plan_review.h"
#include "plan_place.h"

static struct actor coordinator, head, vyuzhino, gymnasium;

static const char document[] =
    "План мероприятий («дорожная карта»)\n"
    "на 2023/2024 учебный год\n"
    "\n"
    "| № | Наименование мероприятия | Сроки | Ответственные | Результат | "
    "Форма отчёта |\n"
    "|<6> 1. Организация |\n"
    "| 1.1. | Назначить кураторов | до 15.10.2023 | Ярцева П.А. | приказ "
    "издан | приказ |\n"
    "| 1.2. | Составить дорожные карты школ | ноябрь | Руководители ОО | не "
    "менее 80 % школ | план, протокол |\n"
    "|<6> 2. Учителя |\n"
    "| 2.1. | Посетить уроки | 1 раз в четверть | Гимназия № 3 | не менее 4 "
    "пар | справка |\n"
    "\n"
    "Контрольные точки\n"
    "\n"
    "| № | Контрольная точка | Ответственный | Сроки |\n"
    "| 1. | Карты утверждены | Ярцева П. А. | до 01.12.2023 |\n";

static void
place(void)
{
	two_schools();
	coordinator = person("Ярцева П. А.", ROLE_COORDINATOR, NULL);
	head = person("Громов И. И.", ROLE_HEAD, NULL);
	vyuzhino = person("Снегирёва А. О.", ROLE_SCHOOL, "01");
	gymnasium = person("Лапин О. В.", ROLE_SCHOOL, "02");
}

static struct plan
seen_by(struct actor who, plan_id id)
{
	struct scope s = as(who);
	struct plan p = {0};

	ok(plan_load(&s, id, &p));
	return p;
}

static void
file_becomes_a_draft(void **state)
{
	plan_id id;

	place();
	id = plan_out_of(coordinator, document);
	struct plan p = seen_by(coordinator, id);

	assert_str(p.head.state, "draft");
	assert_true(date_eq(p.head.period_from, day("2023-09-01")));
	assert_str(p.head.columns,
	    "number title deadline responsible result report_form");
	assert_int_equal(p.n_parts, 3);
	assert_str(p.parts[2].s.kind, "points");

	const struct plan_row *maps = &p.parts[0].rows[1];
	assert_str(maps->m.number, "1.2.");
	assert_str(maps->m.participants, "all");
	assert_str(maps->m.evidence, "plan protocol");
	assert_str(maps->m.goal, "level");
	assert_int_equal(maps->m.goal_num.v, 80);
	assert_int_equal(maps->m.goal_den.v, 100);
	assert_int_equal(maps->deadline.n_windows, 1);
	assert_true(date_eq(maps->deadline.windows[0].to, day("2023-11-30")));
	assert_true(maps->who[0].is_collective);

	/* Who is in the directory is known by it. */
	const struct plan_row *curators = &p.parts[0].rows[0];
	assert_int_equal(curators->who[0].person.v, coordinator.person.v);
	assert_str(curators->m.participants, "none");
	const struct plan_row *lessons = &p.parts[1].rows[0];
	assert_int_equal(lessons->who[0].school.v, id_of("02").v);
	assert_str(lessons->m.goal, "count");
}

/* «Отметка об исполнении» of the file is kept, but is no mark of ours. */
static void
marks_of_the_file_are_kept_as_notes(void **state)
{
	const struct plan_options options = {
	    .period = {DATE_NONE, DATE_NONE}, .ordered = DATE_NONE};
	const struct plan_new new = {.kind = S("municipal"),
	    .period = {DATE_NONE, DATE_NONE},
	    .group_on = DATE_NONE};
	struct pages pages = pages_of(mem,
	    S("План мероприятий на 2023/2024 учебный год\n\n"
	      "| № | Мероприятие | Сроки | Ответственные | Отметка об "
	      "исполнении |\n"
	      "| 1. | Назначить кураторов | октябрь | Ярцева П. А. | приказ "
	      "№ 12 |\n"
	      "| 2. | Посетить уроки | ноябрь | Ярцева П. А. | |\n"));
	struct plan_reading reading;
	plan_id id;

	place();
	struct scope s = as(coordinator);
	ok(plan_read(mem, &pages, &options, &d, &reading));
	ok(plan_from_reading(
	    &s, &new, &reading, S("карта.docx"), S("def"), &id));
	struct plan p = seen_by(coordinator, id);
	assert_str(p.parts[0].rows[0].m.note, "Отметка в файле: приказ № 12");
	assert_str(p.parts[0].rows[1].m.note, "");
}

static void
same_file_is_noticed(void **state)
{
	place();
	(void)plan_out_of(coordinator, document);
	forget_complaints();
	(void)plan_out_of(coordinator, document);
	assert_true(complained("уже взят план"));
}

static void
drafts_are_nobody_elses(void **state)
{
	struct q_plan_line *all;
	struct plan p;
	plan_id id;
	size_t n;

	place();
	assert_int_equal(try_plan(vyuzhino, document, &id), RC_DENIED);
	forget_complaints();
	id = plan_out_of(coordinator, document);

	struct scope school = as(vyuzhino);
	assert_int_equal(plan_load(&school, id, &p), RC_NOT_FOUND);
	ok(q_plan_list(
	    sc.db, mem, &school.actor, sc.actor.municipality, &all, &n));
	assert_int_equal(n, 0);
}

static plan_id
approved(void)
{
	plan_id id = plan_out_of(coordinator, document);

	into_force(id, coordinator, head, order("145", "2023-10-20"));
	return id;
}

static void
approval_freezes_an_edition(void **state)
{
	struct q_edition_measure *rows;
	struct q_audit *entries;
	bool whole = false;
	size_t n;

	place();
	plan_id id = approved();
	struct plan p = seen_by(vyuzhino, id);
	assert_int_equal(p.head.edition, 1);
	assert_true(date_eq(p.ordered, day("2023-10-20")));

	ok(q_edition_measure_list(
	    sc.db, mem, sc.actor.municipality, id, 1, &rows, &n));
	assert_int_equal(n, 4);
	assert_str(rows[1].deadline, "ноябрь");
	assert_str(rows[3].section_kind, "points");
	ok(plan_edition_verify(&sc, id, 1, &whole));
	assert_true(whole);

	/* One letter of the edition changed by another hand is seen. */
	const struct q_edition_measure_add_in forged = {
	    .municipality = sc.actor.municipality,
	    .plan = id,
	    .edition = 1,
	    .position = 5,
	    .measure = {99},
	    .section_kind = S("measures"),
	    .section = S(""),
	    .number = S(""),
	    .title = S("Вписано позже"),
	    .school_part = S(""),
	    .deadline = S(""),
	    .responsible = S(""),
	    .result = S(""),
	    .indicator = S(""),
	    .report_form = S(""),
	    .evidence = S(""),
	    .schools = S("")};
	ok(q_edition_measure_add(sc.db, &forged));
	ok(plan_edition_verify(&sc, id, 1, &whole));
	assert_false(whole);

	ok(q_audit_of_object(
	    sc.db, mem, sc.actor.municipality, S("plan"), id.v, &entries, &n));
	assert_int_equal(n, 3);
	assert_str(entries[0].action, "plan.approved");
	assert_str(entries[0].becomes,
	    "Утверждён, редакция 1: приказ № 145 от 20.10.2023");
}

static void
steps_belong_to_their_roles(void **state)
{
	plan_id id;

	place();
	id = plan_out_of(coordinator, document);
	assert_int_equal(
	    try_step(head, id, PLAN_STEP_SUBMIT, because("")), RC_DENIED);
	step(coordinator, id, PLAN_STEP_SUBMIT, because(""));
	assert_int_equal(try_step(coordinator, id, PLAN_STEP_APPROVE,
			     order("145", "2023-10-20")),
	    RC_DENIED);
	assert_int_equal(
	    try_step(head, id, PLAN_STEP_APPROVE, because("")), RC_INVALID);
	assert_true(complained("Нет номера документа."));
	assert_true(complained("Нет даты документа."));
	assert_int_equal(
	    try_step(head, id, PLAN_STEP_APPROVE, order("145", "2023-10-21")),
	    RC_INVALID);
	assert_true(complained("ещё не наступила"));
	assert_int_equal(
	    try_step(head, id, PLAN_STEP_RETURN, because("")), RC_INVALID);
	assert_true(complained("Не названа причина."));
	step(head, id, PLAN_STEP_RETURN, because("нет сроков"));
}

static void
second_of_two_is_told(void **state)
{
	const struct step_details none = because("");

	place();
	plan_id id = plan_out_of(coordinator, document);
	struct scope s = as(coordinator);
	ok(plan_take_step(&s, id, 1, PLAN_STEP_SUBMIT, &none));
	forget_complaints();
	assert_int_equal(
	    plan_take_step(&s, id, 1, PLAN_STEP_SUBMIT, &none), RC_CONFLICT);
	assert_true(complained("На согласовании"));
}

static void
comparison_names_every_field(void **state)
{
	struct row_difference *all;
	size_t n;

	place();
	plan_id id = approved();
	step(coordinator, id, PLAN_STEP_AMEND, because("перенос"));
	struct plan p = seen_by(coordinator, id);
	ok(plan_compare(&sc, &p, 1, &all, &n));
	assert_int_equal(n, 0);

	struct q_measure *m = &p.parts[0].rows[1].m;
	m->deadline = S("декабрь");
	p.parts[1].rows[0].m.is_dropped = true;
	ok(plan_compare(&sc, &p, 1, &all, &n));
	assert_int_equal(n, 2);
	assert_int_equal(all[0].change, ROW_CHANGED);
	assert_str(all[0].was[FIELD_DEADLINE], "ноябрь");
	assert_str(all[0].becomes[FIELD_DEADLINE], "декабрь");
	assert_null(all[0].was[FIELD_TITLE].p);
	assert_int_equal(all[1].change, ROW_DROPPED);
	assert_str(all[1].number, "2.1.");
}

/* ---- words of a result and of a form of report ---- */

static void
results_are_numbers_of_a_kind(void **state)
{
	static const struct {
		const char *result, *kind, *sense;
		int64_t num, den;
		bool unclear;
	} cases[] = {
	    {"охват не менее 80 % педагогов", "level", "at_least", 80, 100, 0},
	    {"более 20 % учителей", "level", "more_than", 20, 100, 0},
	    {"100% управленческих команд", "level", "at_least", 100, 100, 0},
	    {"не менее 6 руководителей", "count", "at_least", 6, 1, 0},
	    {"доля снижена до 10 %", "level", "at_most", 10, 100, 0},
	    {"снижение не менее чем на 10 %", "text", "", 0, 0, 1},
	    {"снижение на 2 процентных пункта", "change_pp", "at_most", -2, 100,
		0},
	    {"рост не менее чем на 12,5 п.п.", "change_pp", "at_least", 125,
		1000, 0},
	    {"обучены учителя 9 классов в 2024 году", "text", "", 0, 0, 0},
	    {"приказ издан", "text", "", 0, 0, 0},
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct goal g = goal_of(mem, str_of(cases[i].result));
		bool right =
		    strcmp(goal_kind_codes[g.kind], cases[i].kind) == 0 &&
		    strcmp(goal_sense_codes[g.sense], cases[i].sense) == 0 &&
		    g.is_unclear == cases[i].unclear &&
		    (!cases[i].den ||
			ratio_cmp(g.target,
			    (struct ratio){cases[i].num, cases[i].den}) == 0);
		if (!right)
			print_error("«%s»: %s %s %lld/%lld\n", cases[i].result,
			    goal_kind_codes[g.kind], goal_sense_codes[g.sense],
			    (long long)g.target.num, (long long)g.target.den);
		assert_true(right);
	}
}

static void
goals_are_met_exactly(void **state)
{
	struct goal level = goal_of(mem, S("более 20 %"));
	struct goal fall = goal_of(mem, S("снижение на 2 процентных пункта"));
	const struct ratio fifth = {1, 5}, more = {21, 100}, before = {23, 100};

	assert_int_equal(goal_met(&level, &fifth, NULL), GOAL_MISSED);
	assert_int_equal(goal_met(&level, &more, NULL), GOAL_MET);
	assert_int_equal(goal_met(&level, NULL, NULL), GOAL_UNKNOWN);
	assert_int_equal(goal_met(&fall, &more, &before), GOAL_MET);
	assert_int_equal(goal_met(&fall, &more, NULL), GOAL_UNKNOWN);
	assert_int_equal(goal_met(&fall, &before, &before), GOAL_MISSED);
}

static void
forms_of_report_are_kinds_of_evidence(void **state)
{
	static const struct {
		const char *printed, *codes;
	} cases[] = {
	    {"Приказ, протокол совещания", "order protocol"},
	    {"Аналитическая справка", "note"},
	    {"Отчет о проведении", "report"},
	    {"Договоры с опорной школой; план-график",
		"agreement plan schedule"},
	    {"Индивидуальные маршруты педагогов", "route"},
	    {"Информация на сайте", "publication"},
	    {"", ""},
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_str(evidence_kinds_in(mem, str_of(cases[i].printed)),
		    cases[i].codes);
	assert_str(evidence_titles(mem, S("order note")), "приказ, справка");
}

/* ---- what people say about a plan ---- */

static struct q_audit
newest_of(const char *object, int64_t id)
{
	struct q_audit *all;
	size_t n;

	ok(q_audit_of_object(
	    sc.db, mem, sc.actor.municipality, str_of(object), id, &all, &n));
	assert_true(n > 0);
	return all[0];
}

static size_t
entries_of(const char *object, int64_t id)
{
	struct q_audit *all;
	size_t n;

	ok(q_audit_of_object(
	    sc.db, mem, sc.actor.municipality, str_of(object), id, &all, &n));
	return n;
}

static bool
is_left(plan_id plan, struct actor who)
{
	struct q_unacquainted *left;
	size_t n;

	ok(q_unacquainted(sc.db, mem, sc.actor.municipality, plan, who.person,
	    sc.actor.today, &left, &n));
	return n > 0;
}

static void
acquaintance_is_journalled_once(void **state)
{
	plan_id id;

	place();
	id = plan_out_of(coordinator, document);
	for_schools(coordinator, id, "01", "02");
	struct scope s = as(vyuzhino);
	/* A draft has no order to be acquainted with. */
	assert_int_equal(plan_acquaint(&s, id), RC_NOT_FOUND);
	into_force(id, coordinator, head, order("145", "2023-10-10"));

	assert_true(is_left(id, vyuzhino));
	assert_true(is_left(id, coordinator)); /* named in a row */
	assert_false(is_left(id, head));
	ok(plan_acquaint(&s, id));
	struct q_audit e = newest_of("plan", id.v);
	assert_str(e.action, "plan.acquainted");
	assert_str(e.was, "не ознакомлен(а)");
	assert_str(e.becomes, "ознакомлен(а) с редакцией 1: Снегирёва А. О.");
	assert_false(is_left(id, vyuzhino));
	assert_true(is_left(id, gymnasium));

	/* Said again: the sheet and the journal stay as they were. */
	size_t before = entries_of("plan", id.v);
	ok(plan_acquaint(&s, id));
	assert_int_equal(entries_of("plan", id.v), before);
	struct q_acquaintance *sheet;
	size_t n;
	ok(q_acquaintance_list(
	    sc.db, mem, sc.actor.municipality, id, 1, &sheet, &n));
	assert_int_equal(n, 1);
	assert_str(sheet[0].school_name, "Вьюжинская СОШ");
	struct audit_state chain;
	ok(audit_verify(&sc, &chain));
	assert_int_equal(chain.broken_at, 0);
}

static void
remarks_are_journalled(void **state)
{
	plan_id id;

	place();
	id = plan_out_of(coordinator, document);
	for_schools(coordinator, id, "01", "02");
	struct plan p = loaded(id);
	const struct q_measure *m = &row(&p, 0, 1)->m;
	struct scope s = as(head), author = as(coordinator);
	assert_int_equal(remark_put(&s, &p.head, m, S("рано")), RC_DENIED);

	step(coordinator, id, PLAN_STEP_SUBMIT, because(""));
	p = loaded(id);
	ok(remark_put(&s, &p.head, m, S("Назовите школы.")));
	struct q_audit e = newest_of("measure", m->id.v);
	assert_str(e.action, "remark.added");
	assert_str(e.becomes, "Назовите школы.");
	assert_str(e.person_name, "Громов И. И.");

	struct scope outside = as(vyuzhino);
	assert_int_equal(remark_settle(&outside, &p.head, m, 1), RC_DENIED);
	ok(remark_settle(&author, &p.head, m, 1));
	e = newest_of("measure", m->id.v);
	assert_str(e.action, "remark.settled");
	assert_str(e.was, "не учтено: Назовите школы.");
	assert_str(e.becomes, "учтено");
	/* Settled is settled; nothing is written a second time. */
	size_t before = entries_of("measure", m->id.v);
	assert_int_equal(remark_settle(&author, &p.head, m, 1), RC_CONFLICT);
	assert_int_equal(entries_of("measure", m->id.v), before);
}

int
main(void)
{
	const struct CMUnitTest all[] = {
	    both(file_becomes_a_draft),
	    both(marks_of_the_file_are_kept_as_notes),
	    both(same_file_is_noticed),
	    both(drafts_are_nobody_elses),
	    both(approval_freezes_an_edition),
	    both(steps_belong_to_their_roles),
	    both(second_of_two_is_told),
	    both(comparison_names_every_field),
	    both(acquaintance_is_journalled_once),
	    both(remarks_are_journalled),
	    on(results_are_numbers_of_a_kind, "sqlite"),
	    on(goals_are_met_exactly, "sqlite"),
	    on(forms_of_report_are_kinds_of_evidence, "sqlite"),
	};

	return run_on_databases(all, COUNT_OF(all));
}
