/*
 * test_plan_control.c - is a control point reached: by marks, by counted
 * results; what is doubtful is asked.
 *
 * EVIDENCE: features C13; domain 6.4
 */
#include "core/plans/control.h"
#include "core/plans/marks.h"
#include "plan_place.h"

static struct actor coordinator, head, vyuzhino;
static plan_id plan;

enum { TEACHERS, FALL, UNCLEAR, MATHS, SCHOOLS, MAPS, N_POINTS };

static const char document[] =
    "План мероприятий («дорожная карта»)\n"
    "на 2023/2024 учебный год\n"
    "\n"
    "| № | Мероприятие | Сроки | Ответственные |\n"
    "| 1. | Назначить кураторов | до 15.11.2023 | Ярцева П. А. |\n"
    "\n"
    "Контрольные точки\n"
    "\n"
    "| № | Контрольная точка | Ответственный | Сроки |\n"
    "| 1. | Диагностику прошли не менее 80 % учителей | Ярцева П. А. | до "
    "01.10.2023 |\n"
    "| 2. | Снижение доли неуспевающих на 2 процентных пункта | Ярцева П. А. "
    "| до 01.10.2023 |\n"
    "| 3. | Снижение доли неуспевающих на 10 % | Ярцева П. А. | до "
    "01.06.2024 |\n"
    "| 4. | Не справились с ВПР по математике в 5 классе не более 30 % | "
    "Ярцева П. А. | до 01.06.2024 |\n"
    "| 5. | Проведено не менее 3 занятий | Руководители ОО | до "
    "01.10.2023 |\n"
    "| 6. | Карты школ утверждены | Ярцева П. А. | до 01.10.2023 |\n";

static void
place(void)
{
	struct intake *in;

	two_schools();
	in = begin();
	school(in, "03", "Сосновская СОШ", "sosh");
	(void)end(in);
	in = begin();
	result(in, "01", 2021, "vpr-math-5", 20, 10);
	result(in, "02", 2021, "vpr-math-5", 30, 10);
	result(in, "01", 2022, "vpr-math-5", 20, 8);
	result(in, "02", 2022, "vpr-math-5", 30, 6);
	result(in, "03", 2022, "vpr-math-5", 10, 10); /* not of the plan */
	(void)end(in);
	coordinator = person("Ярцева П. А.", ROLE_COORDINATOR, NULL);
	head = person("Громов И. И.", ROLE_HEAD, NULL);
	vyuzhino = person("Снегирёва А. О.", ROLE_SCHOOL, "01");
	plan = plan_out_of(coordinator, document);
	for_schools(coordinator, plan, "01", "02");
	into_force(plan, coordinator, head, order("118", "2023-09-02"));
}

static struct control_point *
points(void)
{
	struct plan *p = arena_new(mem, struct plan, 1);
	struct control_point *all;
	size_t n;

	*p = loaded(plan);
	ok(control_points(&sc, p, &words, sc.actor.today, &all, &n));
	assert_int_equal(n, N_POINTS);
	return all;
}

/* The point is marked with a fact and confirmed; school NULL: every school. */
static void
mark(int which, const char *school_code, const char *fact)
{
	const struct task_filter f = {.plan = plan,
	    .measure = points()[which].row->m.id,
	    .from = DATE_NONE,
	    .to = DATE_NONE};
	struct scope s = as(coordinator);
	struct task *all;
	size_t n;

	ok(task_list(&s, &f, sc.actor.today, &all, &n));
	for (size_t i = 0; i < n; i++) {
		const struct mark_new done = {.occurrence = all[i].row.id,
		    .version = all[i].row.version,
		    .on = day("2023-10-01"),
		    .fact = str_of(fact),
		    .text = S("")};
		if (school_code && all[i].row.school.v != id_of(school_code).v)
			continue;
		ok(mark_done(&s, &done));
		ok(mark_confirm(
		    &s, all[i].row.id, all[i].row.version + 1, S("")));
	}
}

static enum rc
say(int which, struct control_said said)
{
	struct scope s = as(coordinator);

	return control_say(&s, points()[which].row->m.id, &words, &said);
}

static void
without_marks_there_are_no_data(void **state)
{
	place();
	struct control_point *all = points();

	assert_int_equal(all[TEACHERS].state, CONTROL_NO_DATA);
	assert_str(all[TEACHERS].target, "не менее 80 %");
	assert_str(control_text(mem, &all[TEACHERS]),
	    "нет данных: цель не менее 80 %");
	assert_int_equal(all[SCHOOLS].state, CONTROL_NO_DATA);
	/* A deed without a number, and its day is over. */
	assert_int_equal(all[MAPS].state, CONTROL_MISSED);
}

static void
fact_decides_at_the_border(void **state)
{
	place();
	mark(TEACHERS, NULL, "80 %");
	struct control_point *all = points();
	assert_int_equal(all[TEACHERS].state, CONTROL_MET);
	assert_str(control_text(mem, &all[TEACHERS]),
	    "достигнуто: 80,0 %, цель не менее 80 %");
}

static void
missed_is_said_after_the_day(void **state)
{
	place();
	mark(TEACHERS, NULL, "79,9 %");
	assert_int_equal(points()[TEACHERS].state, CONTROL_MISSED);
	ok(say(MATHS, (struct control_said){.value = S("failed"),
			  .procedure = S("vpr-math-5"),
			  .year = S("2021/2022")}));
	assert_int_equal(points()[MATHS].state, CONTROL_NOT_YET);
	today("2024-06-02");
	assert_int_equal(points()[MATHS].state, CONTROL_MISSED);
}

static void
mark_without_a_number_is_no_data(void **state)
{
	place();
	mark(TEACHERS, NULL, "");
	struct control_point *all = points();
	assert_int_equal(all[TEACHERS].state, CONTROL_NO_DATA);
	assert_true(str_find(all[TEACHERS].doubt, S("не названо")) >= 0);
	mark(MAPS, NULL, "");
	assert_int_equal(points()[MAPS].state, CONTROL_MET);
}

static void
change_needs_its_start(void **state)
{
	place();
	mark(FALL, NULL, "23 %");
	assert_int_equal(points()[FALL].state, CONTROL_DOUBT);
	ok(say(FALL,
	    (struct control_said){.value = S("mark"), .baseline = S("25 %")}));
	struct control_point *all = points();
	assert_int_equal(all[FALL].state, CONTROL_MET);
	assert_str(all[FALL].before, "25,0 %");
	ok(say(FALL,
	    (struct control_said){.value = S("mark"), .baseline = S("24,9")}));
	assert_int_equal(points()[FALL].state, CONTROL_MISSED);
}

static void
two_meanings_are_asked(void **state)
{
	place();
	struct control_point *all = points();
	assert_int_equal(all[UNCLEAR].state, CONTROL_DOUBT);
	assert_true(str_find(all[UNCLEAR].doubt, S("скажите")) >= 0);
	mark(UNCLEAR, NULL, "18 %");
	assert_int_equal(points()[UNCLEAR].state, CONTROL_DOUBT);
	/* From 20 to 18 is a tenth of it, and two points. */
	ok(say(UNCLEAR, (struct control_said){.goal = S("change_rel"),
			    .sense = S("at_most"),
			    .target = S("-10"),
			    .baseline = S("20"),
			    .value = S("mark")}));
	assert_int_equal(points()[UNCLEAR].state, CONTROL_MET);
	ok(say(UNCLEAR, (struct control_said){.goal = S("change_pp"),
			    .sense = S("at_most"),
			    .target = S("-10"),
			    .baseline = S("20"),
			    .value = S("mark")}));
	assert_int_equal(points()[UNCLEAR].state, CONTROL_NOT_YET);
}

static void
named_procedure_is_offered_and_counted_when_said(void **state)
{
	place();
	struct control_point *all = points();
	assert_true(all[MATHS].named >= 0);
	assert_str(words.procedures[all[MATHS].named].code, "vpr-math-5");
	assert_int_equal(all[MATHS].state, CONTROL_NO_DATA);
	assert_true(str_find(all[MATHS].doubt, S("Скажите")) >= 0);

	/* Only schools of the plan are counted: 14 of 50. */
	ok(say(MATHS, (struct control_said){.value = S("failed"),
			  .procedure = S("vpr-math-5"),
			  .year = S("2022/2023"),
			  .baseline_year = S("2021/2022")}));
	all = points();
	assert_int_equal(all[MATHS].state, CONTROL_MET);
	assert_str(all[MATHS].reached, "28,0 % (14 из 50, школ: 2)");
	assert_str(all[MATHS].before, "40,0 % (20 из 50, школ: 2)");
	ok(say(MATHS, (struct control_said){.value = S("failed"),
			  .procedure = S("vpr-math-5"),
			  .year = S("2023/2024")}));
	all = points();
	assert_int_equal(all[MATHS].state, CONTROL_NO_DATA);
	assert_true(str_find(all[MATHS].doubt, S("2023/24")) >= 0);
}

static void
every_school_must_reach_it(void **state)
{
	place();
	mark(SCHOOLS, "01", "3");
	struct control_point *all = points();
	assert_int_equal(all[SCHOOLS].state, CONTROL_NO_DATA);
	assert_str(all[SCHOOLS].reached, "цель достигли 1 из 2 школ");
	mark(SCHOOLS, "02", "2");
	assert_int_equal(points()[SCHOOLS].state, CONTROL_MISSED);
}

static void
what_is_said_is_checked(void **state)
{
	place();
	assert_int_equal(say(TEACHERS, (struct control_said){.goal = S("level"),
					   .target = S("много"),
					   .value = S("failed"),
					   .procedure = S("vpr-dance-5"),
					   .year = S("весна")}),
	    RC_INVALID);
	assert_true(complained("Цель – число"));
	assert_true(complained("как сравнивать"));
	assert_true(complained("Не выбрана процедура."));
	assert_true(complained("Не назван учебный год"));
	struct scope s = as(vyuzhino);
	const struct control_said mark_only = {.value = S("mark")};
	assert_int_equal(
	    control_say(&s, points()[TEACHERS].row->m.id, &words, &mark_only),
	    RC_DENIED);
}

int
main(void)
{
	const struct CMUnitTest all[] = {
	    both(without_marks_there_are_no_data),
	    both(fact_decides_at_the_border),
	    both(missed_is_said_after_the_day),
	    both(mark_without_a_number_is_no_data),
	    both(change_needs_its_start),
	    both(two_meanings_are_asked),
	    both(named_procedure_is_offered_and_counted_when_said),
	    both(every_school_must_reach_it),
	    both(what_is_said_is_checked),
	};

	return run_on_databases(all, COUNT_OF(all));
}
