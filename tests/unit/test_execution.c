/*
 * test_execution.c - what a plan asks of whom by when, marks, and what proves
 * them.
 *
 * EVIDENCE: deadlines.md, "What is done with it"; features C3, C5, C7, C8
 */
#include "core/access/audit.h"
#include "core/overview/work.h"
#include "core/plans/marks.h"
#include "plan_place.h"

static struct actor coordinator, head, curator, vyuzhino, gymnasium;
static plan_id plan;

static const char document[] =
    "План мероприятий («дорожная карта»)\n"
    "на 2023/2024 учебный год\n"
    "\n"
    "| № | Мероприятие | Сроки | Ответственные | Результат | Форма отчёта |\n"
    "| 1. | Назначить кураторов | до 15.11.2023 | Ярцева П.А. | | приказ |\n"
    "| 2. | Посетить уроки | 1 раз в четверть | Руководители ОО | | справка "
    "|\n"
    "| 3. | Вести занятия | постоянно | Руководители ОО | | |\n"
    "| 4. | Учить учителей | по графику института | Ярцева П.А. | | |\n"
    "| 5. | Помогать школам | по запросу | Ярцева П.А. | | |\n"
    "| 6. | Следить за посещением | ежедневно | Ярцева П.А. | | |\n"
    "| 7. | Провести диагностику | декабрь | Руководители ОО | не менее 80 % "
    "учителей | |\n";

static void
place(void)
{
	two_schools();
	coordinator = person("Ярцева П. А.", ROLE_COORDINATOR, NULL);
	head = person("Громов И. И.", ROLE_HEAD, NULL);
	curator = person("Онежцев Г. П.", ROLE_CURATOR, "01");
	vyuzhino = person("Снегирёва А. О.", ROLE_SCHOOL, "01");
	gymnasium = person("Лапин О. В.", ROLE_SCHOOL, "02");

	plan = plan_out_of(coordinator, document);
	for_schools(coordinator, plan, "01", "02");
	into_force(plan, coordinator, head, order("145", "2023-10-20"));
}

static struct task *
tasks(struct actor who, size_t *ret_n)
{
	const struct task_filter f = {
	    .plan = plan, .from = DATE_NONE, .to = DATE_NONE};
	struct scope s = as(who);
	struct task *all = NULL;

	ok(task_list(&s, &f, sc.actor.today, &all, ret_n));
	return all;
}

/* The n-th of a row, for one school or for the row itself. */
static struct task
find(const char *number, int window, const char *code)
{
	school_id at = code ? id_of(code) : (school_id){0};
	size_t n;
	struct task *all = tasks(coordinator, &n);

	for (size_t i = 0; i < n; i++)
		if (str_eq(all[i].row.number, str_of(number)) &&
		    all[i].row.window_no == window &&
		    all[i].row.school.v == at.v)
			return all[i];
	print_error("no occurrence %d of %s\n", window, number);
	fail();
	return all[0];
}

static size_t
count_of(const char *number)
{
	size_t n, k = 0;
	struct task *all = tasks(coordinator, &n);

	for (size_t i = 0; i < n; i++)
		k += str_eq(all[i].row.number, str_of(number));
	return k;
}

static void
states_by_day(void **state)
{
	enum { NO = INT32_MIN };

	static const struct {
		int32_t opens, due, done;
		enum mark_state mark;
		bool outer;
		enum occurrence_state is;
	} cases[] = {
	    /* today is 100 */
	    {101, 200, NO, MARK_NONE, false, TASK_PLANNED},
	    {100, 200, NO, MARK_NONE, false, TASK_OPEN},
	    {90, 108, NO, MARK_NONE, false, TASK_OPEN},
	    {90, 107, NO, MARK_NONE, false, TASK_DUE_SOON},
	    {90, 100, NO, MARK_NONE, false, TASK_DUE_SOON},
	    {90, 99, NO, MARK_NONE, false, TASK_OVERDUE},
	    {NO, 99, NO, MARK_NONE, false, TASK_OVERDUE},
	    {NO, 300, NO, MARK_NONE, false, TASK_OPEN},
	    {101, 103, NO, MARK_NONE, false, TASK_PLANNED},
	    {NO, NO, NO, MARK_NONE, false, TASK_WAITING},
	    {50, 200, NO, MARK_NONE, true, TASK_WAITING},
	    {50, 99, NO, MARK_NONE, true, TASK_OVERDUE},
	    {50, 99, 99, MARK_DONE, false, TASK_MARKED},
	    {50, 99, 99, MARK_CONFIRMED, false, TASK_DONE},
	    {50, 99, 100, MARK_CONFIRMED, false, TASK_DONE_LATE},
	    {NO, NO, 100, MARK_CONFIRMED, false, TASK_DONE},
	    {50, 100, 90, MARK_RETURNED, false, TASK_RETURNED},
	    {50, 99, 90, MARK_RETURNED, false, TASK_RETURNED_LATE},
	    {50, 99, NO, MARK_NOT_NEEDED, false, TASK_NOT_NEEDED},
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const struct occurrence_days o = {cases[i].opens, cases[i].due,
		    cases[i].done, (uint8_t)cases[i].mark, cases[i].outer};
		enum occurrence_state is =
		    occurrence_state(&o, 100, &occurrence_rules_usual);
		if (is != cases[i].is)
			print_error(
			    "case %zu: %s\n", i, occurrence_state_codes[is]);
		assert_int_equal(is, cases[i].is);
	}
}

static void
deadlines_become_occurrences(void **state)
{
	place();
	assert_int_equal(count_of("1."), 1);
	assert_int_equal(count_of("2."), 8); /* 4 terms, 2 schools */
	assert_int_equal(count_of("3."), 8); /* looked at once a term */
	assert_int_equal(count_of("4."), 1);
	assert_int_equal(count_of("5."), 1);
	assert_int_equal(count_of("6."), 4); /* nobody marks a day */
	assert_int_equal(count_of("7."), 2);

	struct task institute = find("4.", 1, NULL);
	assert_true(institute.row.is_outer);
	assert_int_equal(institute.state, TASK_WAITING);
	assert_true(date_eq(institute.row.due_on, day("2024-08-31")));
	assert_true(date_is_none(find("5.", 1, NULL).row.due_on));
	assert_str(find("3.", 1, "01").row.label, "контроль");

	today("2023-11-16");
	struct task curators = find("1.", 1, NULL);
	assert_int_equal(curators.state, TASK_OVERDUE);
	assert_int_equal(curators.days_late, 1);
}

static void
school_sees_its_own(void **state)
{
	size_t n;

	place();
	struct task *all = tasks(vyuzhino, &n);
	for (size_t i = 0; i < n; i++)
		assert_true(!all[i].row.school.v ||
			    all[i].row.school.v == id_of("01").v);
	/* Its own of rows 2, 3 and 7; of 1, 4, 5 and 6 there is one for all. */
	assert_int_equal(n, 4 + 4 + 1 + 1 + 1 + 1 + 4);
}

static enum rc
done(struct actor who, struct task t, const char *on, const char *fact)
{
	struct scope s = as(who);
	const struct mark_new m = {.occurrence = t.row.id,
	    .version = t.row.version,
	    .on = on ? day(on) : DATE_NONE,
	    .fact = str_of(fact)};

	return mark_done(&s, &m);
}

static enum rc
prove(struct actor who, struct task t, struct evidence_new e)
{
	struct scope s = as(who);
	evidence_id id;

	e.occurrence = t.row.id;
	return evidence_add(&s, &e, &id);
}

static void
no_closing_without_evidence(void **state)
{
	place();
	struct task lessons = find("2.", 1, "01");

	assert_int_equal(done(vyuzhino, lessons, "2023-10-19", ""), RC_INVALID);
	assert_true(complained("Не приложено подтверждение: справка."));
	forget_complaints();

	/* A file is what its bytes are. */
	struct evidence_new e = {.kind = S("note"),
	    .on = DATE_NONE,
	    .file_name = S("C:\\Документы\\справка \"1\".pdf"),
	    .content = S("MZ\x90")};
	assert_int_equal(prove(vyuzhino, lessons, e), RC_INVALID);
	assert_true(complained("Такой файл приложить нельзя."));
	forget_complaints();
	e.content = S("%PDF-1.7 справка");
	ok(prove(vyuzhino, lessons, e));
	ok(done(vyuzhino, lessons, "2023-10-19", ""));
	assert_int_equal(find("2.", 1, "01").state, TASK_MARKED);

	struct q_evidence *all;
	struct str content;
	size_t n;
	ok(q_evidence_list(sc.db, mem, &sc.actor, sc.actor.municipality,
	    lessons.row.id, &all, &n));
	assert_int_equal(n, 1);
	assert_str(all[0].file_name, "справка 1.pdf");
	assert_str(all[0].file_kind, "pdf");
	struct scope own = as(vyuzhino), other = as(gymnasium);
	ok(evidence_read(&own, all[0].id, &all[0], &content));
	assert_str(content, "%PDF-1.7 справка");
	assert_int_equal(
	    evidence_read(&other, all[0].id, &all[0], &content), RC_NOT_FOUND);
	/* What a mark stands on is not taken away. */
	assert_int_equal(
	    evidence_withdraw(&own, all[0].id, S("ошибка")), RC_INVALID);
}

static void
links_and_entries_have_their_rules(void **state)
{
	static const struct {
		const char *kind, *address, *number, *on;
		enum rc rc;
	} cases[] = {
	    {"publication", "https://school.example/doc", "", NULL, RC_OK},
	    {"publication", "javascript:alert(1)", "", NULL, RC_INVALID},
	    {"publication", "https://a b", "", NULL, RC_INVALID},
	    {"order", "", "12", "2023-10-01", RC_OK},
	    {"order", "", "12", NULL, RC_INVALID},
	    {"order", "https://school.example", "", NULL, RC_INVALID},
	    {"nonsense", "", "1", "2023-10-01", RC_INVALID},
	};

	place();
	struct task t = find("2.", 1, "01");
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const struct evidence_new e = {.kind = str_of(cases[i].kind),
		    .address = str_of(cases[i].address),
		    .number = str_of(cases[i].number),
		    .on = cases[i].on ? day(cases[i].on) : DATE_NONE};
		assert_int_equal(prove(vyuzhino, t, e), cases[i].rc);
	}
	assert_int_equal(prove(gymnasium, t,
			     (struct evidence_new){.kind = S("order"),
				 .number = S("1"),
				 .on = day("2023-10-01")}),
	    RC_NOT_FOUND);
}

static void
two_words_for_one_deed(void **state)
{
	struct q_mark *marks;
	size_t n;

	place();
	today("2023-12-10");
	struct task t = find("7.", 1, "01");
	assert_int_equal(done(vyuzhino, t, "2023-12-11", ""), RC_INVALID);
	assert_true(complained("ещё не наступил"));
	assert_int_equal(done(vyuzhino, t, "2023-12-09", "много"), RC_INVALID);
	assert_true(complained("Достигнутое значение"));
	assert_int_equal(done(gymnasium, t, "2023-12-09", ""), RC_NOT_FOUND);
	assert_int_equal(done(curator, t, "2023-12-09", "85 %"), RC_OK);

	struct scope s = as(vyuzhino), second = as(curator);
	assert_int_equal(
	    mark_confirm(&s, t.row.id, t.row.version + 1, S("")), RC_DENIED);
	assert_int_equal(
	    mark_return(&second, t.row.id, t.row.version + 1, S(" ")),
	    RC_INVALID);
	ok(mark_return(
	    &second, t.row.id, t.row.version + 1, S("нет двух классов")));
	assert_int_equal(find("7.", 1, "01").state, TASK_RETURNED);
	ok(done(vyuzhino, find("7.", 1, "01"), "2023-12-10", "90"));
	ok(mark_confirm(&second, t.row.id, t.row.version + 3, S("")));
	assert_int_equal(find("7.", 1, "01").state, TASK_DONE);

	ok(q_mark_list(sc.db, mem, &sc.actor, sc.actor.municipality, t.row.id,
	    &marks, &n));
	assert_int_equal(n, 4);
	assert_str(marks[1].text, "нет двух классов");
	assert_int_equal(marks[2].fact_num.v, 90);
	assert_int_equal(marks[2].fact_den.v, 100);
	assert_str(marks[3].person_name, "Онежцев Г. П.");
}

static void
second_person_sees_the_first(void **state)
{
	place();
	today("2023-12-10");
	struct task t = find("7.", 1, "01");
	ok(done(vyuzhino, t, "2023-12-09", ""));
	assert_int_equal(done(curator, t, "2023-12-09", ""), RC_CONFLICT);
	assert_true(complained("отмечено исполнение (Снегирёва А. О."));
}

static void
rows_roll_up(void **state)
{
	struct rollup *all;
	size_t n;

	place();
	today("2024-01-09");
	ok(done(vyuzhino, find("7.", 1, "01"), "2023-12-20", ""));
	struct scope s = as(curator);
	ok(mark_confirm(&s, find("7.", 1, "01").row.id, 2, S("")));
	struct task other = find("7.", 1, "02");
	ok(plan_rollup(&sc, plan, sc.actor.today, &all, &n));
	for (size_t i = 0; i < n; i++)
		if (all[i].measure.v == other.row.measure.v) {
			assert_int_equal(all[i].done, 1);
			assert_int_equal(all[i].of, 2);
			assert_int_equal(all[i].late, 1);
			assert_str(all[i].missing, "Гимназия № 3");
			return;
		}
	fail();
}

static void
many_are_confirmed_together_or_not(void **state)
{
	place();
	today("2023-12-20");
	ok(done(vyuzhino, find("7.", 1, "01"), "2023-12-19", ""));
	ok(done(gymnasium, find("7.", 1, "02"), "2023-12-19", ""));
	struct task a = find("7.", 1, "01"), b = find("7.", 1, "02");
	struct scope s = as(coordinator);
	struct mark_many both_of[] = {
	    {a.row.id, a.row.version}, {b.row.id, b.row.version - 1}};

	assert_int_equal(mark_confirm_many(&s, both_of, 2, S("")), RC_CONFLICT);
	assert_int_equal(find("7.", 1, "01").state, TASK_MARKED);
	both_of[1].version++;
	ok(mark_confirm_many(&s, both_of, 2, S("")));
	assert_int_equal(find("7.", 1, "02").state, TASK_DONE);
}

/* Only the row's own person, or who may everything, marks a row of itself. */
static void
rows_without_a_school(void **state)
{
	place();
	struct task t = find("4.", 1, NULL);
	assert_int_equal(done(vyuzhino, t, "2023-10-19", ""), RC_DENIED);
	ok(done(coordinator, t, "2023-10-19", ""));
}

static void
next_edition_moves_and_keeps(void **state)
{
	place();
	today("2023-12-20");
	ok(done(vyuzhino, find("7.", 1, "01"), "2023-12-19", ""));
	step(coordinator, plan, PLAN_STEP_AMEND, because("так надо"));

	struct scope s = as(coordinator);
	struct plan p;
	ok(plan_load(&s, plan, &p));
	struct q_measure m = p.parts[0].rows[6].m;
	const struct q_measure_set_in set = {
	    .municipality = sc.actor.municipality,
	    .id = m.id,
	    .version = m.version,
	    .number = m.number,
	    .title = m.title,
	    .school_part = m.school_part,
	    .deadline = S("январь"),
	    .responsible = m.responsible,
	    .result = m.result,
	    .indicator = m.indicator,
	    .report_form = m.report_form,
	    .note = m.note,
	    .evidence = m.evidence,
	    .answers = m.answers,
	    .basis = m.basis,
	    .participants = m.participants,
	    .goal = m.goal,
	    .goal_sense = m.goal_sense,
	    .goal_num = m.goal_num,
	    .goal_den = m.goal_den,
	    .baseline_on = DATE_NONE};
	ok(q_measure_set(sc.db, &set));
	/* While it is prepared, the approved edition is carried out. */
	assert_true(date_eq(find("7.", 1, "02").row.due_on, day("2023-12-31")));
	step(coordinator, plan, PLAN_STEP_RESUBMIT, because("так надо"));
	forget_complaints();
	step(head, plan, PLAN_STEP_REAPPROVE, order("160", "2023-10-20"));
	assert_true(date_eq(find("7.", 1, "02").row.due_on, day("2024-01-31")));
	assert_true(date_eq(find("7.", 1, "01").row.due_on, day("2023-12-31")));
	assert_true(complained("отметка уже есть"));
	assert_int_equal(count_of("2."), 8);
}

static void
late_school_is_asked_from_its_day(void **state)
{
	place();
	today("2024-01-15");
	step(coordinator, plan, PLAN_STEP_AMEND, because("так надо"));
	struct scope s = as(coordinator);
	struct intake *in = begin();
	school(in, "03", "Лугозерская СОШ", "sosh");
	(void)end(in);
	const school_id schools[] = {id_of("01"), id_of("03")};
	ok(plan_set_schools(&s, plan, loaded(plan).head.version, schools, 2));
	step(coordinator, plan, PLAN_STEP_RESUBMIT, because("так надо"));
	step(head, plan, PLAN_STEP_REAPPROVE, order("160", "2024-01-15"));
	/* Third and fourth terms of the new one; the first two of who left. */
	size_t n, late = 0, left = 0;
	struct task *all = tasks(coordinator, &n);
	for (size_t i = 0; i < n; i++) {
		if (!str_eq(all[i].row.number, S("2.")))
			continue;
		late += all[i].row.school.v == id_of("03").v;
		left += all[i].row.school.v == id_of("02").v;
	}
	assert_int_equal(late, 2);
	assert_int_equal(left, 2);
}

static void
marks_stand_in_the_journal(void **state)
{
	struct q_audit *entries;
	struct audit_state chain;
	size_t n;

	place();
	struct task t = find("4.", 1, NULL);
	ok(done(coordinator, t, "2023-10-19", ""));
	ok(q_audit_of_object(sc.db, mem, sc.actor.municipality, S("occurrence"),
	    t.row.id.v, &entries, &n));
	assert_int_equal(n, 1);
	assert_str(entries[0].action, "mark.done");
	assert_str(entries[0].was, "отметки нет");
	assert_str(entries[0].becomes, "отмечено исполнение");
	ok(audit_verify(&sc, &chain));
	assert_int_equal(chain.broken_at, 0);
}

static void
counts_agree_with_the_list(void **state)
{
	struct task_counts counts;
	size_t n, by[TASK_STATE_COUNT] = {0};

	place();
	today("2024-02-01");
	struct task *all = tasks(coordinator, &n);
	for (size_t i = 0; i < n; i++)
		by[all[i].state]++;
	ok(task_count(&sc, plan, sc.actor.today, &counts));
	assert_int_equal(counts.all, n);
	for (int s = 0; s < TASK_STATE_COUNT; s++)
		assert_int_equal(counts.by_state[s], by[s]);
}

/* ---- the overview and «Моя работа» over these tasks ---- */

static struct overview_tasks
overview_of(struct actor who, const char *end_of)
{
	struct scope s = as(who);
	struct overview_tasks t;
	struct date on = end_of ? day(end_of) : sc.actor.today;
	struct moment until = {((int64_t)on.day + 1) * 86400};

	ok(overview_tasks_read(&s, on, end_of ? until : MOMENT_NONE, &t));
	return t;
}

static void
the_overview_counts_what_the_list_shows(void **state)
{
	size_t n, late = 0, marked = 0, soon = 0;

	place();
	today("2023-11-16");
	ok(done(coordinator, find("4.", 1, NULL), "2023-11-15", ""));
	struct task *all = tasks(coordinator, &n);
	for (size_t i = 0; i < n; i++) {
		late += all[i].state == TASK_OVERDUE;
		marked += all[i].state == TASK_MARKED;
		soon += all[i].state == TASK_DUE_SOON;
	}
	struct overview_tasks t = overview_of(coordinator, NULL);
	assert_true(t.is_there);
	assert_true(late > 1);
	assert_int_equal(t.overdue, late);
	assert_int_equal(t.overdue_schools, 2);
	assert_int_equal(overview_of(vyuzhino, NULL).overdue_schools, 1);
	assert_int_equal(t.waiting, marked);
	assert_int_equal(marked, 1);
	assert_true(date_eq(t.waiting_since, day("2023-11-15")));
	assert_int_equal(t.soon, soon);
	assert_true(date_before(t.overdue_since, day("2023-11-16")));
}

static void
an_earlier_day_knows_the_marks_of_then(void **state)
{
	place();
	today("2023-11-16");
	ok(done(coordinator, find("4.", 1, NULL), "2023-11-15", ""));
	today("2023-11-20");
	assert_int_equal(overview_of(coordinator, NULL).waiting, 1);
	assert_int_equal(overview_of(coordinator, "2023-11-16").waiting, 1);
	assert_int_equal(overview_of(coordinator, "2023-11-15").waiting, 0);
	/* Row 1 was due on the fifteenth: a day later it is late, not before. */
	assert_int_equal(overview_of(coordinator, "2023-11-16").overdue,
	    overview_of(coordinator, "2023-11-15").overdue + 1);
	/* Nothing was approved yet. */
	assert_false(overview_of(coordinator, "2023-10-19").is_there);
}

static size_t
work_on(struct actor who, enum work_kind kind, const char *title)
{
	struct scope s = as(who);
	struct library library;
	struct work w;
	size_t n = 0;

	ok(library_read(&s, &words, &library));
	ok(work_read(&s, &library, &w));
	for (size_t i = 0; i < w.n; i++)
		n += w.items[i].kind == kind &&
		     str_eq(w.items[i].title, str_of(title));
	return n;
}

static void
own_work_is_what_one_has_to_do(void **state)
{
	static const char lessons[] = "Посетить уроки";

	place();
	today("2023-11-16");
	/* A school: what its people do, of its own and nobody else's. */
	assert_int_equal(work_on(vyuzhino, WORK_TASK, lessons), 1);
	assert_int_equal(work_on(gymnasium, WORK_TASK, lessons), 1);
	assert_int_equal(
	    work_on(vyuzhino, WORK_TASK, "Назначить кураторов"), 0);
	/* A curator looks after it and does not do it. */
	assert_int_equal(work_on(curator, WORK_TASK, lessons), 0);
	assert_int_equal(work_on(coordinator, WORK_TASK, lessons), 0);
	assert_int_equal(
	    work_on(coordinator, WORK_TASK, "Назначить кураторов"), 1);

	struct task t = find("2.", 1, "01");
	ok(prove(vyuzhino, t,
	    (struct evidence_new){.kind = S("note"),
		.on = DATE_NONE,
		.file_name = S("справка.pdf"),
		.content = S("%PDF-1.7 справка")}));
	ok(done(vyuzhino, t, "2023-11-16", ""));
	assert_int_equal(work_on(vyuzhino, WORK_TASK, lessons), 0);
	assert_int_equal(work_on(curator, WORK_MARKS_TO_CONFIRM,
			     "Подтвердите или верните отметки: Вьюжинская СОШ"),
	    1);
}

int
main(void)
{
	const struct CMUnitTest all[] = {
	    on(states_by_day, "sqlite"),
	    both(deadlines_become_occurrences),
	    both(school_sees_its_own),
	    both(no_closing_without_evidence),
	    both(links_and_entries_have_their_rules),
	    both(two_words_for_one_deed),
	    both(second_person_sees_the_first),
	    both(rows_roll_up),
	    both(many_are_confirmed_together_or_not),
	    both(rows_without_a_school),
	    both(next_edition_moves_and_keeps),
	    both(late_school_is_asked_from_its_day),
	    both(marks_stand_in_the_journal),
	    both(counts_agree_with_the_list),
	    both(the_overview_counts_what_the_list_shows),
	    both(an_earlier_day_knows_the_marks_of_then),
	    both(own_work_is_what_one_has_to_do),
	};

	return run_on_databases(all, COUNT_OF(all));
}
