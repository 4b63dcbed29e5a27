/*
 * test_plan_copy.c - where a draft begins: a template, last year's plan with
 * what was not carried out; the schools a row is for.
 *
 * EVIDENCE: domain 6.1; features C5, C14
 */
#include "core/plans/marks.h"
#include "core/plans/plan_columns.h"
#include "core/plans/plan_templates.h"
#include "plan_place.h"

static struct actor coordinator, head, vyuzhino;
static plan_id plan;

static const char document[] =
    "План мероприятий («дорожная карта»)\n"
    "на 2023/2024 учебный год\n"
    "\n"
    "| № | Мероприятие | Сроки | Ответственные | Результат |\n"
    "|<5> 1. Организация |\n"
    "| 1.1. | Назначить кураторов | до 15.09.2023 | Ярцева П. А. | "
    "назначены |\n"
    "| 1.2. | Составить карты школ | до 01.10.2023 | Руководители ОО | "
    "карты есть |\n"
    "|<5> 2. Учителя |\n"
    "| 2.1. | Посетить уроки | март 2024 | Гимназия № 3 | пары "
    "проведены |\n";

static void
place(void)
{
	struct intake *in;

	two_schools();
	in = begin();
	school(in, "03", "Сосновская СОШ", "sosh");
	(void)end(in);
	coordinator = person("Ярцева П. А.", ROLE_COORDINATOR, NULL);
	head = person("Громов И. И.", ROLE_HEAD, NULL);
	vyuzhino = person("Снегирёва А. О.", ROLE_SCHOOL, "01");
	plan = plan_out_of(coordinator, document);
	for_schools(coordinator, plan, "01", "02");
}

/* The first so many terms of a row are carried out and confirmed. */
static void
carry_out(measure_id measure, size_t n_done)
{
	const struct task_filter f = {.plan = plan,
	    .measure = measure,
	    .from = DATE_NONE,
	    .to = DATE_NONE};
	struct scope s = as(coordinator);
	struct task *all;
	size_t n;

	ok(task_list(&s, &f, sc.actor.today, &all, &n));
	assert_true(n >= n_done);
	for (size_t i = 0; i < n_done; i++) {
		const struct mark_new done = {.occurrence = all[i].row.id,
		    .version = all[i].row.version,
		    .on = day("2023-10-01"),
		    .fact = S(""),
		    .text = S("")};
		ok(mark_done(&s, &done));
		ok(mark_confirm(
		    &s, all[i].row.id, all[i].row.version + 1, S("")));
	}
}

/* ---- the next year -------------------------------------------------------------------- */

static void
only_what_was_not_carried_out_is_taken_along(void **state)
{
	const struct plan_copy_options options = {
	    .period = {day("2024-09-01"), day("2025-08-31")},
	    .group_on = DATE_NONE,
	    .only_unfinished = true};
	plan_id copy;

	place();
	into_force(plan, coordinator, head, order("118", "2023-09-02"));
	struct plan p = loaded(plan);
	carry_out(row(&p, 0, 0)->m.id, 1); /* whole */
	carry_out(row(&p, 0, 1)->m.id, 1); /* one of two schools */
	struct scope s = as(coordinator);
	ok(plan_copy(&s, plan, &options, &copy));

	p = loaded(copy);
	assert_int_equal(p.n_parts, 2);
	assert_int_equal(p.parts[0].n, 1);
	assert_str(row(&p, 0, 0)->m.title, "Составить карты школ");
	assert_str(row(&p, 0, 0)->m.deadline, "до 01.10.2024");
	assert_str(row(&p, 0, 0)->m.note,
	    arena_fmt(mem, "Перенесено из плана № %lld.", (long long)plan.v).p);
	assert_str(row(&p, 1, 0)->m.deadline, "март 2025");
	/* The same schools; nothing of the old plan has moved. */
	assert_int_equal(p.n_schools, 2);
	assert_int_equal(loaded(plan).parts[0].n, 2);
	assert_str(loaded(plan).head.state, "approved");
}

static void
everything_is_taken_along_unless_asked(void **state)
{
	const struct plan_copy_options options = {
	    .period = {day("2024-09-01"), day("2025-08-31")},
	    .group_on = DATE_NONE};
	plan_id copy;

	place();
	into_force(plan, coordinator, head, order("118", "2023-09-02"));
	struct plan p = loaded(plan);
	carry_out(row(&p, 0, 0)->m.id, 1);
	struct scope s = as(coordinator);
	ok(plan_copy(&s, plan, &options, &copy));
	p = loaded(copy);
	assert_int_equal(p.parts[0].n + p.parts[1].n, 3);
	assert_str(row(&p, 0, 0)->m.note, "");
	s = as(vyuzhino);
	assert_int_equal(plan_copy(&s, plan, &options, &copy), RC_DENIED);
}

/* ---- whom a row is for ----------------------------------------------------------------- */

static void
picked_schools_stand_until_they_are_taken_back(void **state)
{
	const struct plan_copy_options options = {
	    .period = {day("2024-09-01"), day("2025-08-31")},
	    .group_on = DATE_NONE};
	plan_id copy;

	place();
	struct plan p = loaded(plan);
	struct scope s = as(coordinator);
	const school_id one[] = {id_of("02")};
	ok(measure_set_schools(
	    &s, row(&p, 0, 1)->m.id, row(&p, 0, 1)->m.version, one, 1));
	p = loaded(plan);
	assert_str(row(&p, 0, 1)->m.participants, "picked");
	assert_int_equal(p.parts[0].rows[1].n_schools, 1);
	assert_int_equal(p.parts[0].rows[1].schools[0].v, one[0].v);

	/* The copy keeps the choice. */
	ok(plan_copy(&s, plan, &options, &copy));
	struct plan q = loaded(copy);
	assert_int_equal(q.parts[0].rows[1].n_schools, 1);
	assert_int_equal(q.parts[0].rows[1].schools[0].v, one[0].v);

	/* Without any the words of the row decide again. */
	ok(measure_set_schools(
	    &s, row(&p, 0, 1)->m.id, row(&p, 0, 1)->m.version, NULL, 0));
	p = loaded(plan);
	assert_str(row(&p, 0, 1)->m.participants, "all");
	assert_int_equal(p.parts[0].rows[1].n_schools, 0);
}

static void
only_schools_of_the_plan_are_picked(void **state)
{
	place();
	struct plan p = loaded(plan);
	struct scope s = as(coordinator);
	const school_id outside[] = {id_of("01"), id_of("03")};
	const struct q_measure *m = &row(&p, 0, 1)->m;

	assert_int_equal(
	    measure_set_schools(&s, m->id, m->version, outside, 2), RC_INVALID);
	assert_true(complained("Школа не входит в этот план."));
	assert_int_equal(loaded(plan).parts[0].rows[1].n_schools, 0);
	assert_int_equal(
	    measure_set_schools(&s, m->id, m->version + 1, outside, 1),
	    RC_CONFLICT);
	s = as(head);
	assert_int_equal(
	    measure_set_schools(&s, m->id, m->version, outside, 1), RC_DENIED);
}

/* Of a row for one school only that school gets a task. */
static void
picked_schools_get_the_tasks(void **state)
{
	place();
	struct plan p = loaded(plan);
	struct scope s = as(coordinator);
	const school_id one[] = {id_of("02")};
	measure_id id = row(&p, 0, 1)->m.id;
	ok(measure_set_schools(&s, id, row(&p, 0, 1)->m.version, one, 1));
	into_force(plan, coordinator, head, order("118", "2023-09-02"));
	const struct task_filter f = {
	    .plan = plan, .measure = id, .from = DATE_NONE, .to = DATE_NONE};
	struct task *all;
	size_t n;
	ok(task_list(&sc, &f, sc.actor.today, &all, &n));
	assert_int_equal(n, 1);
	assert_int_equal(all[0].row.school.v, one[0].v);
}

/* ---- templates -------------------------------------------------------------------------- */

static void
templates_are_the_sets_of_columns(void **state)
{
	struct column_set sets[COLUMN_SETS_MOST];
	struct plan_template all[TEMPLATES_MOST];
	size_t n_sets = column_sets(mem, sets);
	size_t n = plan_templates(all);

	assert_int_equal(n, 5);
	for (size_t i = 0; i < n; i++) {
		bool found = false;

		for (size_t k = 0; k < n_sets; k++)
			found |= str_eq(sets[k].code, all[i].code) &&
				 str_eq(sets[k].columns, all[i].columns);
		if (!found)
			print_error("%.*s\n", STR_ARG(all[i].code));
		assert_true(found);
		assert_true(all[i].name.n && all[i].about.n && all[i].title.n);
		assert_true(all[i].n >= 3);
		for (size_t k = 0; k < all[i].n; k++)
			assert_true(
			    all[i].sections[k].title.n > 0 &&
			    (str_eq(all[i].sections[k].kind, S("measures")) ||
				str_eq(all[i].sections[k].kind, S("points")) ||
				str_eq(
				    all[i].sections[k].kind, S("mechanisms"))));
	}
}

static void
draft_begins_from_a_template(void **state)
{
	const struct plan_new head_of = {.kind = S("municipal"),
	    .title = S("Дорожная карта округа"),
	    .period = {day("2023-09-01"), day("2024-08-31")},
	    .group_on = DATE_NONE};
	plan_id id;

	place();
	struct scope s = as(coordinator);
	ok(plan_from_template(&s, &head_of, S("reports"), &id));
	struct plan p = loaded(id);
	assert_str(
	    p.head.columns, "title deadline responsible indicator report_form");
	assert_str(
	    p.head.source_name, "шаблон: План с показателями и отчётами");
	assert_int_equal(p.n_parts, 6);
	assert_str(p.parts[0].s.kind, "points");
	assert_str(p.parts[5].s.title, "Механизмы управления");

	/* Rows go into its sections at once. */
	const struct q_measure m = {.title = S("Провести семинар"),
	    .deadline = S("ноябрь"),
	    .responsible = S("Ярцева П. А.")};
	measure_id made;
	ok(measure_add(&s, id, p.parts[2].s.id, (measure_id){0}, &m, &made));
	p = loaded(id);
	assert_str(row(&p, 2, 0)->m.title, "Провести семинар");

	assert_int_equal(
	    plan_from_template(&s, &head_of, S("nothing"), &id), RC_INVALID);
	assert_true(complained("Такого шаблона нет."));
	s = as(vyuzhino);
	assert_int_equal(
	    plan_from_template(&s, &head_of, S("short"), &id), RC_DENIED);
}

int
main(void)
{
	const struct CMUnitTest all[] = {
	    both(only_what_was_not_carried_out_is_taken_along),
	    both(everything_is_taken_along_unless_asked),
	    both(picked_schools_stand_until_they_are_taken_back),
	    both(only_schools_of_the_plan_are_picked),
	    both(picked_schools_get_the_tasks),
	    on(templates_are_the_sets_of_columns, "sqlite"),
	    both(draft_begins_from_a_template),
	};

	return run_on_databases(all, COUNT_OF(all));
}
