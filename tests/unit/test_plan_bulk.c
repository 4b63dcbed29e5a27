/*
 * test_plan_bulk.c - many rows changed at once, seen before, taken back whole;
 * confirmations of today taken back.
 *
 * EVIDENCE: features J2, J3; ux 3
 */
#include "core/access/audit.h"
#include "core/plans/marks.h"
#include "core/plans/plan_bulk.h"
#include "core/plans/plan_shift.h"
#include "plan_place.h"

static struct actor coordinator, head;
static plan_id plan;

static const char document[] =
    "План мероприятий («дорожная карта»)\n"
    "на 2023/2024 учебный год\n"
    "\n"
    "| № | Мероприятие | Сроки | Ответственные | Результат |\n"
    "|<5> 1. Организация |\n"
    "| 1.1. | Назначить кураторов | до 15.11.2023 | Ярцева П. А. | "
    "назначены |\n"
    "| 1.2. | Составить карты | ноябрь 2023 | Ярцева П. А. | карты есть |\n"
    "|<5> 2. Учителя |\n"
    "| 2.1. | Посетить уроки | 1 раз в четверть | Гимназия № 3 | пары "
    "проведены |\n";

static void
place(void)
{
	two_schools();
	coordinator = person("Ярцева П. А.", ROLE_COORDINATOR, NULL);
	head = person("Громов И. И.", ROLE_HEAD, NULL);
	plan = plan_out_of(coordinator, document);
}

/* Every row of the plan as it now stands. */
static struct bulk_change
all_rows(enum bulk_kind kind)
{
	struct plan p = loaded(plan);
	struct bulk_pick *picks = arena_new(mem, struct bulk_pick, 16);
	size_t n = 0;

	for (size_t i = 0; i < p.n_parts; i++)
		for (size_t k = 0; k < p.parts[i].n; k++)
			picks[n++] = (struct bulk_pick){p.parts[i].rows[k].m.id,
			    p.parts[i].rows[k].m.version};
	return (struct bulk_change){.kind = kind, .picks = picks, .n = n};
}

static enum rc
change(const struct bulk_change *c)
{
	struct scope s = as(coordinator);
	size_t n;

	return plan_bulk_do(&s, plan, c, &n);
}

static void
undo(void)
{
	struct scope s = as(coordinator);
	struct q_bulk last;

	ok(plan_bulk_last(&s, plan, &last));
	ok(plan_bulk_undo(&s, plan, last.number));
}

/* ---- days in words ---- */

static void
terms_are_moved_by_days(void **state)
{
	static const struct {
		const char *phrase;
		int32_t days;
		const char *later; /* NULL: nothing to move */
	} cases[] = {
	    {"до 15.11.2023", 14, "до 29.11.2023"},
	    {"не позднее 28.02.2024 (приказ)", 2,
		"не позднее 01.03.2024 (приказ)"},
	    {"01.10.2023 – 31.10.2023", -1, "30.09.2023 – 30.10.2023"},
	    {"ноябрь 2023", 7, "08.11.2023 – 07.12.2023"},
	    {"до 1 декабря", 10, "до 11.12.2023"},
	    {"1 раз в четверть", 7, NULL},
	    {"в течение года", 7, NULL},
	    {"по графику", 7, NULL},
	    {"постоянно", 7, NULL},
	    {"когда-нибудь", 7, NULL},
	    {"", 7, NULL},
	};
	const struct deadline_context context = {
	    .period = {day("2023-09-01"), day("2024-08-31")},
	    .ordered = DATE_NONE};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct str later;
		bool moved = deadline_days_later(mem, str_of(cases[i].phrase),
		    &context, cases[i].days, &later);

		if (moved != (cases[i].later != NULL))
			print_error("«%s»\n", cases[i].phrase);
		assert_int_equal(moved, cases[i].later != NULL);
		if (moved)
			assert_str(later, cases[i].later);
	}
}

/* ---- many rows ---- */

static void
preview_writes_nothing_and_names_what_stays(void **state)
{
	struct bulk_preview seen;

	place();
	struct bulk_change c = all_rows(BULK_DAYS);
	struct scope s = as(coordinator);
	c.days = 14;
	ok(plan_bulk_look(&s, plan, &c, &seen));
	assert_int_equal(seen.n, 3);
	assert_int_equal(seen.n_changed, 2);
	assert_str(seen.lines[0].becomes, "до 29.11.2023");
	assert_str(seen.lines[1].becomes, "15.11.2023 – 14.12.2023");
	assert_non_null(seen.lines[2].stays);
	struct plan p = loaded(plan);
	assert_str(row(&p, 0, 0)->m.deadline, "до 15.11.2023");
}

static void
moved_terms_come_back_in_one_step(void **state)
{
	struct q_audit *journal;
	size_t n;

	place();
	struct bulk_change c = all_rows(BULK_DAYS);
	c.days = 14;
	ok(change(&c));
	struct plan p = loaded(plan);
	assert_str(row(&p, 0, 0)->m.deadline, "до 29.11.2023");
	assert_str(row(&p, 1, 0)->m.deadline, "1 раз в четверть");
	undo();
	p = loaded(plan);
	assert_str(row(&p, 0, 0)->m.deadline, "до 15.11.2023");
	assert_str(row(&p, 0, 1)->m.deadline, "ноябрь 2023");
	ok(q_audit_of_object(sc.db, mem, sc.actor.municipality, S("plan"),
	    plan.v, &journal, &n));
	assert_str(
	    journal[0].becomes, "отменено изменение нескольких строк: 2");
	assert_str(journal[1].becomes, "сдвинуть сроки на дни, строк: 2");
	assert_str(journal[2].action, "plan.row");

	/* Taken back once, it is not taken back again. */
	struct scope s = as(coordinator);
	struct q_bulk last;
	assert_int_equal(plan_bulk_last(&s, plan, &last), RC_NOT_FOUND);
	assert_int_equal(plan_bulk_undo(&s, plan, 1), RC_NOT_FOUND);
}

static void
next_year_moves_what_names_a_year(void **state)
{
	place();
	struct bulk_change c = all_rows(BULK_NEXT_YEAR);
	ok(change(&c));
	struct plan p = loaded(plan);
	assert_str(row(&p, 0, 0)->m.deadline, "до 15.11.2024");
	assert_str(row(&p, 0, 1)->m.deadline, "ноябрь 2024");
}

static void
responsibles_follow_and_return(void **state)
{
	place();
	struct bulk_change c = all_rows(BULK_RESPONSIBLE);
	c.responsible = S("Вьюжинская СОШ");
	ok(change(&c));
	struct plan p = loaded(plan);
	assert_int_equal(p.parts[1].rows[0].who[0].school.v, id_of("01").v);
	undo();
	p = loaded(plan);
	assert_str(row(&p, 1, 0)->m.responsible, "Гимназия № 3");
	assert_int_equal(p.parts[1].rows[0].who[0].school.v, id_of("02").v);
	assert_int_equal(
	    p.parts[0].rows[0].who[0].person.v, coordinator.person.v);
}

static void
rows_move_to_a_section_in_their_order(void **state)
{
	place();
	struct plan p = loaded(plan);
	struct bulk_change c = all_rows(BULK_SECTION);
	c.section = p.parts[1].s.id;
	ok(change(&c));
	p = loaded(plan);
	assert_int_equal(p.parts[0].n, 0);
	assert_str(row(&p, 1, 0)->m.title, "Посетить уроки");
	assert_str(row(&p, 1, 1)->m.title, "Назначить кураторов");
	assert_str(row(&p, 1, 2)->m.title, "Составить карты");
	undo();
	p = loaded(plan);
	assert_str(row(&p, 0, 0)->m.title, "Назначить кураторов");
	assert_str(row(&p, 0, 1)->m.title, "Составить карты");
}

static void
removed_rows_are_put_back_whole(void **state)
{
	place();
	struct plan p = loaded(plan);
	struct scope s = as(coordinator);
	const school_id schools[] = {id_of("01")};
	ok(measure_set_schools(
	    &s, row(&p, 0, 1)->m.id, row(&p, 0, 1)->m.version, schools, 1));
	struct bulk_change c = all_rows(BULK_REMOVE);
	ok(change(&c));
	p = loaded(plan);
	assert_int_equal(p.parts[0].n + p.parts[1].n, 0);
	undo();
	p = loaded(plan);
	assert_str(row(&p, 0, 1)->m.title, "Составить карты");
	assert_str(row(&p, 0, 1)->m.participants, "picked");
	assert_int_equal(p.parts[0].rows[1].n_schools, 1);
	assert_int_equal(p.parts[0].rows[1].schools[0].v, id_of("01").v);
	assert_int_equal(
	    p.parts[0].rows[0].who[0].person.v, coordinator.person.v);
}

static void
all_or_none(void **state)
{
	place();
	struct bulk_change c = all_rows(BULK_DAYS);
	struct scope s = as(coordinator);
	struct plan p = loaded(plan);
	struct q_measure m = row(&p, 0, 1)->m;

	c.days = 14;
	m.note = S("читал другой");
	ok(measure_change(&s, m.version, &m));
	assert_int_equal(change(&c), RC_CONFLICT);
	assert_true(complained("«Составить карты» за это время изменили"));
	p = loaded(plan);
	assert_str(row(&p, 0, 0)->m.deadline, "до 15.11.2023");

	/* And what was changed since is not overwritten by the way back. */
	forget_complaints();
	c = all_rows(BULK_DAYS);
	c.days = 14;
	ok(change(&c));
	p = loaded(plan);
	m = row(&p, 0, 0)->m;
	m.deadline = S("до 01.12.2023");
	ok(measure_change(&s, m.version, &m));
	struct q_bulk last;
	ok(plan_bulk_last(&s, plan, &last));
	assert_int_equal(plan_bulk_undo(&s, plan, last.number), RC_CONFLICT);
	assert_true(complained("вернуть всё сразу"));
	p = loaded(plan);
	assert_str(row(&p, 0, 0)->m.deadline, "до 01.12.2023");
	assert_str(row(&p, 0, 1)->m.deadline, "15.11.2023 – 14.12.2023");
}

static void
what_is_missing_is_said(void **state)
{
	place();
	struct bulk_change c = all_rows(BULK_DAYS);
	assert_int_equal(change(&c), RC_INVALID);
	assert_true(complained("на сколько дней"));
	c = all_rows(BULK_RESPONSIBLE);
	assert_int_equal(change(&c), RC_INVALID);
	assert_true(complained("Не названы ответственные."));
	c = all_rows(BULK_SECTION);
	assert_int_equal(change(&c), RC_INVALID);
	assert_true(complained("Такого раздела в плане нет."));
	c.n = 0;
	assert_int_equal(change(&c), RC_INVALID);
	assert_true(complained("Не отмечено ни одной строки."));
	/* Whoever may not edit learns nothing of the preview either. */
	struct scope s = as(head);
	struct bulk_preview seen;
	c = all_rows(BULK_REMOVE);
	assert_int_equal(plan_bulk_look(&s, plan, &c, &seen), RC_DENIED);
}

/* ---- confirmations ---- */

static size_t
tasks_in(enum mark_state mark)
{
	const struct task_filter f = {.from = DATE_NONE, .to = DATE_NONE};
	struct task *all;
	size_t n, found = 0;

	ok(task_list(&sc, &f, sc.actor.today, &all, &n));
	for (size_t i = 0; i < n; i++)
		found += str_eq(
		    all[i].row.mark_state, str_of(mark_state_code(mark)));
	return found;
}

static void
confirmations_of_today_are_taken_back(void **state)
{
	const struct task_filter f = {.from = DATE_NONE, .to = DATE_NONE};
	struct mark_many picks[2];
	struct task *all;
	size_t n;

	place();
	into_force(plan, coordinator, head, order("118", "2023-10-02"));
	struct scope s = as(coordinator);
	ok(task_list(&s, &f, sc.actor.today, &all, &n));
	assert_true(n > 2);
	for (size_t i = 0; i < 2; i++) {
		const struct mark_new done = {.occurrence = all[i].row.id,
		    .version = all[i].row.version,
		    .on = day("2023-10-19"),
		    .fact = S(""),
		    .text = S("")};
		ok(mark_done(&s, &done));
		picks[i] =
		    (struct mark_many){all[i].row.id, all[i].row.version + 1};
	}
	ok(mark_confirm_many(&s, picks, 2, S("")));
	assert_int_equal(tasks_in(MARK_CONFIRMED), 2);
	ok(mark_confirmed_today(&s, &n));
	assert_int_equal(n, 2);

	/* Another person has nothing to take back. */
	struct scope other = as(head);
	ok(mark_confirmed_today(&other, &n));
	assert_int_equal(n, 0);

	ok(mark_unconfirm_today(&s, &n));
	assert_int_equal(n, 2);
	assert_int_equal(tasks_in(MARK_DONE), 2);
	struct task t;
	ok(task_find(&s, picks[0].id, sc.actor.today, &t));
	assert_true(date_eq(t.row.done_on, day("2023-10-19")));
	assert_int_equal(mark_unconfirm_today(&s, &n), RC_CONFLICT);

	struct q_audit *journal;
	ok(q_audit_of_object(sc.db, mem, sc.actor.municipality, S("occurrence"),
	    picks[0].id.v, &journal, &n));
	assert_str(journal[0].action, "mark.unconfirmed");
}

static void
yesterdays_confirmations_stay(void **state)
{
	const struct task_filter f = {.from = DATE_NONE, .to = DATE_NONE};
	struct task *all;
	size_t n;

	place();
	into_force(plan, coordinator, head, order("118", "2023-10-02"));
	struct scope s = as(coordinator);
	ok(task_list(&s, &f, sc.actor.today, &all, &n));
	const struct mark_new done = {.occurrence = all[0].row.id,
	    .version = all[0].row.version,
	    .on = day("2023-10-19"),
	    .fact = S(""),
	    .text = S("")};
	ok(mark_done(&s, &done));
	ok(mark_confirm(&s, all[0].row.id, all[0].row.version + 1, S("")));
	today("2023-10-21");
	s = as(coordinator);
	ok(mark_confirmed_today(&s, &n));
	assert_int_equal(n, 0);
}

int
main(void)
{
	const struct CMUnitTest all[] = {
	    on(terms_are_moved_by_days, "sqlite"),
	    both(preview_writes_nothing_and_names_what_stays),
	    both(moved_terms_come_back_in_one_step),
	    both(next_year_moves_what_names_a_year),
	    both(responsibles_follow_and_return),
	    both(rows_move_to_a_section_in_their_order),
	    both(removed_rows_are_put_back_whole),
	    both(all_or_none),
	    both(what_is_missing_is_said),
	    both(confirmations_of_today_are_taken_back),
	    both(yesterdays_confirmations_stay),
	};

	return run_on_databases(all, COUNT_OF(all));
}
