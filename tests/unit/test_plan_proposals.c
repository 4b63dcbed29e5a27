/*
 * test_plan_proposals.c - a new edition of the municipality's road map is
 * offered to the road maps of schools, which take it or decline it.
 *
 * EVIDENCE: features C10
 */
#include "core/access/audit.h"
#include "core/overview/work.h"
#include "core/plans/plan_review.h"
#include "core/plans/proposal.h"
#include "plan_place.h"
#include "store/q_home.h"

static struct actor coordinator, head, vyuzhino, gymnasium, curator;
static plan_id municipal, own; /* own: of Вьюжинская СОШ */

static const char document[] =
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
    "| 1.3. | Провести собрания | декабрь 2023 | Руководители ОО | "
    "собрания прошли | протокол |\n";

/* A municipal plan in force, and the road map of one school in force. */
static void
place(void)
{
	two_schools();
	coordinator = person("Ярцева П. А.", ROLE_COORDINATOR, NULL);
	head = person("Громов И. И.", ROLE_HEAD, NULL);
	vyuzhino = person("Снегирёва А. О.", ROLE_SCHOOL, "01");
	gymnasium = person("Лапин О. В.", ROLE_SCHOOL, "02");
	curator = person("Дроздов К. Л.", ROLE_CURATOR, "01");

	struct scope s = as(coordinator);
	municipal = plan_out_of(coordinator, document);
	for_schools(coordinator, municipal, "01", "02");
	step(coordinator, municipal, PLAN_STEP_SUBMIT, because("так нужно"));
	step(head, municipal, PLAN_STEP_APPROVE, order("118", "2023-10-02"));

	s = as(vyuzhino);
	ok(plan_for_school(&s, municipal, id_of("01"), &own));
	step(vyuzhino, own, PLAN_STEP_SUBMIT, because("так нужно"));
	step(head, own, PLAN_STEP_APPROVE, order("31-о", "2023-10-02"));
}

static struct q_measure
row_called(plan_id plan, const char *title)
{
	struct plan p = loaded(plan);

	for (size_t i = 0; i < p.n_parts; i++)
		for (size_t k = 0; k < p.parts[i].n; k++)
			if (str_eq(p.parts[i].rows[k].m.title, str_of(title)))
				return p.parts[i].rows[k].m;
	return (struct q_measure){0};
}

static void
set_deadline(const char *title, const char *deadline)
{
	struct scope s = as(coordinator);
	struct q_measure m = row_called(municipal, title);

	m.deadline = str_of(deadline);
	ok(measure_change(&s, m.version, &m));
}

static void
begin_edition(void)
{
	step(coordinator, municipal, PLAN_STEP_AMEND, because("так нужно"));
}

static void
approve_edition(const char *number)
{
	step(coordinator, municipal, PLAN_STEP_RESUBMIT, because("так нужно"));
	step(head, municipal, PLAN_STEP_REAPPROVE, order(number, "2023-10-02"));
}

static struct proposal *
proposals(size_t expected)
{
	struct proposal *all;
	size_t n;

	ok(proposal_list(&sc, own, &all, &n));
	assert_int_equal(n, expected);
	return all;
}

/* ---- making --------------------------------------------------------------------------- */

/* A deadline moves, a row comes, a row goes; what is no school's stays out. */
static void
second_edition(void)
{
	struct scope s = as(coordinator);
	struct q_measure gone = row_called(municipal, "Провести собрания");
	const struct q_measure for_all = {.title = S("Посетить уроки"),
	    .deadline = S("1 раз в четверть"),
	    .responsible = S("Руководители ОО"),
	    .result = S("пары проведены"),
	    .report_form = S("справка")};
	const struct q_measure for_none = {.title = S("Издать сборник"),
	    .deadline = S("май 2024"),
	    .responsible = S("Ярцева П. А.")};
	measure_id id;

	begin_edition();
	set_deadline("Составить карты школ", "декабрь 2023");
	set_deadline("Назначить кураторов", "до 20.11.2023");
	ok(measure_remove(&s, gone.id, gone.version));
	ok(measure_add(
	    &s, municipal, gone.section, (measure_id){0}, &for_all, &id));
	ok(measure_add(
	    &s, municipal, gone.section, (measure_id){0}, &for_none, &id));
	approve_edition("140");
}

static void
what_concerns_the_school_is_offered(void **state)
{
	place();
	second_edition();
	struct proposal *all = proposals(3);

	/* In the order of the new edition; what it dropped stands last. */
	assert_str(all[0].p.change, "added");
	assert_str(all[0].becomes[PROPOSED_TITLE], "Посетить уроки");
	assert_str(all[1].p.change, "changed");
	assert_str(all[1].was[PROPOSED_DEADLINE], "ноябрь 2023");
	assert_str(all[1].becomes[PROPOSED_DEADLINE], "декабрь 2023");
	assert_null(all[1].becomes[PROPOSED_TITLE].p);
	assert_null(all[1].now[PROPOSED_DEADLINE].p);
	assert_str(all[2].p.change, "dropped");
	assert_str(all[2].title, "Провести собрания");
	/* Nothing of the school's plan has changed by itself. */
	assert_str(
	    row_called(own, "Составить карты школ").deadline, "ноябрь 2023");
	assert_str(loaded(own).head.state, "approved");
}

static size_t
notices_of(struct actor who, const char *kind)
{
	struct q_notice *all;
	size_t n, found = 0;

	ok(q_notice_list(sc.db, mem, sc.actor.municipality, who.person,
	    INT64_MAX, 50, &all, &n));
	for (size_t i = 0; i < n; i++)
		found += str_eq(all[i].kind, str_of(kind));
	return found;
}

static void
those_who_answer_are_told_once(void **state)
{
	place();
	second_edition();
	assert_int_equal(notices_of(vyuzhino, "proposal.made"), 1);
	assert_int_equal(notices_of(curator, "proposal.made"), 1);
	/* Without a road map there is nothing to propose to. */
	assert_int_equal(notices_of(gymnasium, "proposal.made"), 0);
	assert_int_equal(notices_of(coordinator, "proposal.made"), 0);
}

/* ---- answering ------------------------------------------------------------------------ */

static void
taken_changes_the_row_and_not_the_edition(void **state)
{
	struct q_edition_measure *rows;
	struct q_audit *journal;
	bool whole = false;
	size_t n;

	place();
	second_edition();
	struct proposal *all = proposals(3);
	struct scope s = as(curator);
	ok(proposal_take(&s, own, all[1].p.id, all[1].version));

	struct plan p = loaded(own);
	assert_str(p.head.state, "amending");
	assert_str(
	    row_called(own, "Составить карты школ").deadline, "декабрь 2023");
	ok(q_edition_measure_list(
	    sc.db, mem, sc.actor.municipality, own, 1, &rows, &n));
	assert_str(rows[0].deadline, "ноябрь 2023");
	ok(plan_edition_verify(&sc, own, 1, &whole));
	assert_true(whole);

	ok(q_audit_of_object(
	    sc.db, mem, sc.actor.municipality, S("plan"), own.v, &journal, &n));
	assert_str(journal[0].action, "proposal.answered");
	assert_str(journal[0].was, "срок: ноябрь 2023");
	assert_str(journal[0].becomes, "срок: декабрь 2023");
	assert_str(journal[1].action, "plan.row");
	assert_str(journal[2].action, "plan.state");

	all = proposals(3);
	assert_str(all[2].p.state, "taken");
	assert_str(all[2].p.person_name, "Дроздов К. Л.");
}

static void
added_and_dropped_rows_follow(void **state)
{
	place();
	second_edition();
	struct scope s = as(vyuzhino);
	ok(proposal_take_all(&s, own));
	struct q_measure lessons = row_called(own, "Посетить уроки");

	assert_str(lessons.responsible, "Вьюжинская СОШ");
	assert_str(lessons.evidence, "note");
	assert_int_equal(
	    lessons.parent.v, row_called(municipal, "Посетить уроки").id.v);
	assert_true(row_called(own, "Провести собрания").is_dropped);
	assert_int_equal(notices_of(coordinator, "proposal.answered"), 1);

	/* Taken, the school's next edition carries them out. */
	step(vyuzhino, own, PLAN_STEP_RESUBMIT, because("так нужно"));
	step(head, own, PLAN_STEP_REAPPROVE, order("40-о", "2023-10-02"));
	assert_int_equal(loaded(own).head.edition, 2);
}

static void
declined_needs_a_reason_and_stays_declined(void **state)
{
	place();
	second_edition();
	struct proposal *all = proposals(3);
	struct scope s = as(vyuzhino);

	assert_int_equal(
	    proposal_decline(&s, own, all[0].p.id, S("  ")), RC_INVALID);
	assert_true(complained("Не названа причина отказа."));
	ok(proposal_decline(&s, own, all[0].p.id, S("уроки уже посещены")));
	assert_str(loaded(own).head.state, "approved");
	forget_complaints();
	assert_int_equal(
	    proposal_take(&s, own, all[0].p.id, all[0].version), RC_CONFLICT);
	assert_true(complained("уже ответили"));
	assert_null(row_called(own, "Посетить уроки").title.p);

	/* The next edition says the same of it: it is not offered again. */
	begin_edition();
	set_deadline("Составить карты школ", "январь 2024");
	approve_edition("155");
	all = proposals(3);
	assert_str(all[2].p.reason, "уроки уже посещены");
}

static void
unanswered_is_offered_anew_over_the_whole_difference(void **state)
{
	place();
	second_edition();
	begin_edition();
	set_deadline("Составить карты школ", "январь 2024");
	approve_edition("155");
	struct proposal *all = proposals(3);

	assert_str(all[0].p.change, "changed");
	assert_int_equal(all[0].p.from_edition, 1);
	assert_str(all[0].was[PROPOSED_DEADLINE], "ноябрь 2023");
	assert_str(all[0].becomes[PROPOSED_DEADLINE], "январь 2024");

	/* And what returns to the old words is no proposal any more. */
	begin_edition();
	set_deadline("Составить карты школ", "ноябрь 2023");
	approve_edition("156");
	all = proposals(2);
	assert_str(all[0].p.change, "added");
	assert_str(all[1].p.change, "dropped");
}

static void
own_words_of_the_school_are_shown_and_guarded(void **state)
{
	place();
	step(vyuzhino, own, PLAN_STEP_AMEND, because("так нужно"));
	struct scope s = as(vyuzhino);
	struct q_measure m = row_called(own, "Составить карты школ");
	m.deadline = S("до 10.11.2023");
	ok(measure_change(&s, m.version, &m));
	second_edition();
	struct proposal *all = proposals(3);
	assert_str(all[1].now[PROPOSED_DEADLINE], "до 10.11.2023");

	/* Seen before the row changed: the second of two is told. */
	m = row_called(own, "Составить карты школ");
	m.note = S("проверено");
	ok(measure_change(&s, m.version, &m));
	assert_int_equal(
	    proposal_take(&s, own, all[1].p.id, all[1].version), RC_CONFLICT);
	assert_true(complained("за это время изменили"));

	/* A plan on approval keeps its rows. */
	step(vyuzhino, own, PLAN_STEP_RESUBMIT, because("так нужно"));
	all = proposals(3);
	assert_int_equal(
	    proposal_take(&s, own, all[1].p.id, all[1].version), RC_CONFLICT);
	assert_true(complained("Строки плана сейчас не меняются."));
}

static void
answers_belong_to_the_school(void **state)
{
	struct proposal *none;
	size_t n;

	place();
	second_edition();
	struct proposal *all = proposals(3);
	struct scope s = as(gymnasium);
	assert_int_equal(proposal_list(&s, own, &none, &n), RC_NOT_FOUND);
	assert_int_equal(
	    proposal_decline(&s, own, all[0].p.id, S("нет")), RC_NOT_FOUND);
	s = as(head);
	assert_int_equal(
	    proposal_take(&s, own, all[0].p.id, all[0].version), RC_DENIED);
	/* Another plan's number leads nowhere. */
	s = as(coordinator);
	assert_int_equal(
	    proposal_take(&s, municipal, all[0].p.id, 1), RC_NOT_FOUND);
}

static void
maps_of_schools_are_counted(void **state)
{
	struct q_plan_map *maps;
	size_t n;

	place();
	second_edition();
	struct scope s = as(vyuzhino);
	ok(proposal_decline(
	    &s, own, proposals(3)[0].p.id, S("уроки уже посещены")));
	ok(q_plan_map_list(sc.db, mem, &sc.actor, sc.actor.municipality,
	    municipal, &maps, &n));
	assert_int_equal(n, 2);
	assert_int_equal(maps[0].plan.v, own.v);
	assert_int_equal(maps[0].measures, 2);
	assert_int_equal(maps[0].own, 0);
	assert_int_equal(maps[0].waiting, 2);
	assert_int_equal(maps[0].declined, 1);
	assert_int_equal(maps[1].plan.v, 0);
	ok(q_plan_map_list(
	    sc.db, mem, &s.actor, sc.actor.municipality, municipal, &maps, &n));
	assert_int_equal(n, 1);
}

static void
school_map_waits_for_the_order(void **state)
{
	plan_id id;

	place();
	begin_edition();
	struct scope s = as(gymnasium);
	assert_int_equal(
	    plan_for_school(&s, municipal, id_of("02"), &id), RC_CONFLICT);
	assert_true(complained("по утверждённой дорожной карте"));
}

/* ---- «Моя работа» ---- */

/* The one item of this kind, or one without a title. */
static struct work_item
work_on(struct actor who, enum work_kind kind)
{
	struct scope s = as(who);
	struct work_item found = {.title = S("")};
	struct library library;
	struct work w;
	size_t n = 0;

	ok(library_read(&s, &words, &library));
	ok(work_read(&s, &library, &w));
	for (size_t i = 0; i < w.n; i++)
		if (w.items[i].kind == kind && !n++)
			found = w.items[i];
	assert_true(n <= 1);
	return found;
}

static void
waiting_proposals_are_work_of_the_school(void **state)
{
	place();
	assert_int_equal(work_on(vyuzhino, WORK_PROPOSALS).title.n, 0);
	begin_edition();
	set_deadline("Составить карты школ", "до 20.12.2023");
	set_deadline("Провести собрания", "до 25.12.2023");
	today("2023-10-23");
	approve_edition("119");
	today("2023-10-30");

	struct work_item item = work_on(vyuzhino, WORK_PROPOSALS);
	assert_str(
	    item.title, "Ответьте на предложения округа к карте школы: 2");
	assert_int_equal(item.plan.v, own.v);
	assert_true(date_eq(moment_date(item.since, 0), day("2023-10-23")));
	assert_true(work_on(curator, WORK_PROPOSALS).title.n > 0);
	/* Nor the school next door, nor those who made the edition. */
	assert_int_equal(work_on(gymnasium, WORK_PROPOSALS).title.n, 0);
	assert_int_equal(work_on(coordinator, WORK_PROPOSALS).title.n, 0);

	struct scope s = as(vyuzhino);
	ok(proposal_take(
	    &s, own, proposals(2)[0].p.id, proposals(2)[0].version));
	assert_str(work_on(vyuzhino, WORK_PROPOSALS).title,
	    "Ответьте на предложения округа к карте школы: 1");
	ok(proposal_decline(&s, own, proposals(2)[0].p.id, S("так лучше")));
	assert_int_equal(work_on(vyuzhino, WORK_PROPOSALS).title.n, 0);
}

static void
plans_on_their_way_are_work(void **state)
{
	place();
	begin_edition();
	set_deadline("Провести собрания", "до 25.12.2023");
	assert_int_equal(work_on(head, WORK_PLAN_TO_APPROVE).title.n, 0);
	step(coordinator, municipal, PLAN_STEP_RESUBMIT, because("так нужно"));
	assert_int_equal(
	    work_on(head, WORK_PLAN_TO_APPROVE).plan.v, municipal.v);
	assert_int_equal(work_on(coordinator, WORK_PLAN_RETURNED).title.n, 0);
	assert_int_equal(work_on(coordinator, WORK_PLAN_TO_APPROVE).title.n, 0);

	step(head, municipal, PLAN_STEP_SEND_BACK, because("Назовите школы."));
	assert_int_equal(work_on(head, WORK_PLAN_TO_APPROVE).title.n, 0);
	struct work_item item = work_on(coordinator, WORK_PLAN_RETURNED);
	assert_int_equal(item.plan.v, municipal.v);
	assert_str(item.quote, "Назовите школы.");
	assert_int_equal(item.when, WORK_BACK);
	assert_int_equal(work_on(vyuzhino, WORK_PLAN_RETURNED).title.n, 0);
}

static void
orders_to_read_are_work(void **state)
{
	place();
	/* Its own road map too: of the two the municipal one is left. */
	struct scope s = as(vyuzhino);
	ok(plan_acquaint(&s, own));
	assert_int_equal(
	    work_on(vyuzhino, WORK_ORDER_TO_READ).plan.v, municipal.v);
	assert_int_equal(work_on(head, WORK_ORDER_TO_READ).title.n, 0);
	ok(plan_acquaint(&s, municipal));
	assert_int_equal(work_on(vyuzhino, WORK_ORDER_TO_READ).title.n, 0);
	/* A new edition is read anew. */
	begin_edition();
	set_deadline("Провести собрания", "до 25.12.2023");
	approve_edition("119");
	assert_int_equal(
	    work_on(vyuzhino, WORK_ORDER_TO_READ).plan.v, municipal.v);
}

int
main(void)
{
	const struct CMUnitTest all[] = {
	    both(what_concerns_the_school_is_offered),
	    both(those_who_answer_are_told_once),
	    both(taken_changes_the_row_and_not_the_edition),
	    both(added_and_dropped_rows_follow),
	    both(declined_needs_a_reason_and_stays_declined),
	    both(unanswered_is_offered_anew_over_the_whole_difference),
	    both(own_words_of_the_school_are_shown_and_guarded),
	    both(answers_belong_to_the_school),
	    both(maps_of_schools_are_counted),
	    both(school_map_waits_for_the_order),
	    both(waiting_proposals_are_work_of_the_school),
	    both(plans_on_their_way_are_work),
	    both(orders_to_read_are_work),
	};

	return run_on_databases(all, COUNT_OF(all));
}
