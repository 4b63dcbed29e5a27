/*
 * test_plan_deficits.c - what a list shows a school to lack, and the rows of
 * its road map that a person lets answer it.
 *
 * EVIDENCE: issue "Road maps", risk factor or deficit answered; features, idea 7
 */
#include "core/access/audit.h"
#include "core/plans/plan_deficits.h"
#include "plan_place.h"

static struct actor coordinator, head, vyuzhino, gymnasium;
static plan_id own; /* of Вьюжинская СОШ */

static const char document[] =
    "План мероприятий («дорожная карта»)\n"
    "на 2023/2024 учебный год\n"
    "\n"
    "| № | Мероприятие | Сроки | Ответственные |\n"
    "| 1. | Составить карты школ | ноябрь 2023 | Руководители ОО |\n"
    "| 2. | Провести занятия | декабрь 2023 | Руководители ОО |\n";

/* A list of the year, a municipal plan in force, a school's road map. */
static void
place(bool with_list)
{
	struct intake *in;
	plan_id municipal;

	two_schools();
	in = begin();
	result(in, "01", 2022, "vpr-math-5", 20, 12);
	result(in, "01", 2022, "oge-math", 20, 9);
	result(in, "02", 2022, "vpr-math-5", 30, 1);
	(void)end(in);
	coordinator = person("Ярцева П. А.", ROLE_COORDINATOR, NULL);
	head = person("Громов И. И.", ROLE_HEAD, NULL);
	vyuzhino = person("Снегирёва А. О.", ROLE_SCHOOL, "01");
	gymnasium = person("Лапин О. В.", ROLE_SCHOOL, "02");
	if (with_list)
		(void)saved_list("shnor", 2023);
	municipal = plan_out_of(coordinator, document);
	for_schools(coordinator, municipal, "01", "02");
	into_force(municipal, coordinator, head, order("118", "2023-10-02"));
	struct scope s = as(vyuzhino);
	ok(plan_for_school(&s, municipal, id_of("01"), &own));
}

static struct plan_deficits
shown(struct actor who, struct plan *p)
{
	struct plan_deficits all = {0};
	struct scope s = as(who);

	*p = loaded(own);
	ok(plan_deficits_read(&s, &words, p, &all));
	return all;
}

static const struct shown_deficit *
lacking(const struct plan_deficits *all)
{
	for (size_t i = 0; i < all->n; i++)
		if (str_find(all->all[i].shown_by, S("12 из 20")) >= 0)
			return &all->all[i];
	return NULL;
}

static void
deficits_name_the_numbers_that_show_them(void **state)
{
	struct plan p;

	place(true);
	struct plan_deficits all = shown(coordinator, &p);
	assert_int_not_equal(all.run.id.v, 0);
	assert_true(all.n > 0);
	assert_non_null(lacking(&all));
	for (size_t i = 0; i < all.n; i++)
		assert_null(all.all[i].answer);
}

/* A draft of a list is not the school's to read. */
static void
school_sees_what_its_list_shows(void **state)
{
	struct plan p;

	place(true);
	assert_int_equal(shown(vyuzhino, &p).run.id.v, 0);
}

static void
without_a_list_nothing_is_shown(void **state)
{
	struct plan p;

	place(false);
	struct plan_deficits all = shown(coordinator, &p);
	assert_int_equal(all.run.id.v, 0);
	assert_int_equal(all.n, 0);
}

static void
a_row_answers_when_a_person_says_so(void **state)
{
	struct q_audit *entries;
	struct plan p;
	size_t n;

	place(true);
	struct plan_deficits all = shown(coordinator, &p);
	const struct shown_deficit *lack = lacking(&all);
	const struct deficit_choice choice = {
	    .code = lack->code, .row = row(&p, 0, 1)->m.id};
	struct scope s = as(vyuzhino);
	ok(plan_answer_deficits(
	    &s, own, p.head.version, all.run.id, &choice, 1));

	all = shown(coordinator, &p);
	lack = lacking(&all);
	assert_non_null(lack->answer);
	assert_str(lack->answer->m.title, "Провести занятия");
	assert_str(row(&p, 0, 0)->m.answers, "");

	/* Said again, it is not said twice. */
	ok(plan_answer_deficits(
	    &s, own, p.head.version, all.run.id, &choice, 1));
	assert_true(str_eq(loaded(own).parts[0].rows[1].m.answers, lack->code));
	ok(q_audit_page(sc.db, mem, sc.actor.municipality, INT64_MAX, 50,
	    &entries, &n));
	size_t said = 0;
	for (size_t i = 0; i < n; i++)
		said += str_eq(entries[i].action, S("plan.deficits"));
	assert_int_equal(said, 1);
}

static void
a_row_begins_from_the_catalogue(void **state)
{
	struct plan p;

	place(true);
	struct plan_deficits all = shown(coordinator, &p);
	const struct deficit_choice choice = {
	    .code = lacking(&all)->code, .catalogue = 1};
	struct scope s = as(vyuzhino);
	size_t before = p.parts[0].n;
	ok(plan_answer_deficits(
	    &s, own, p.head.version, all.run.id, &choice, 1));
	all = shown(coordinator, &p);
	assert_int_equal(p.parts[0].n, before + 1);
	assert_non_null(lacking(&all)->answer);
	assert_str(lacking(&all)->answer->m.responsible, "Вьюжинская СОШ");
}

static void
what_cannot_be_is_refused_whole(void **state)
{
	struct plan p;

	place(true);
	struct plan_deficits all = shown(coordinator, &p);
	const struct deficit_choice good = {
	    .code = lacking(&all)->code, .row = row(&p, 0, 0)->m.id};
	const struct deficit_choice wrong[] = {
	    good, {.code = good.code, .catalogue = 10000}};
	const struct deficit_choice unknown = {
	    .code = S("nonsense"), .row = good.row};
	struct scope s = as(vyuzhino), other = as(gymnasium);

	assert_int_equal(
	    plan_answer_deficits(&s, own, p.head.version, all.run.id, wrong, 2),
	    RC_INVALID);
	assert_true(complained("Такой меры в каталоге нет."));
	assert_int_equal(plan_answer_deficits(
			     &s, own, p.head.version, all.run.id, &unknown, 1),
	    RC_INVALID);
	assert_int_equal(plan_answer_deficits(
			     &s, own, p.head.version + 1, all.run.id, &good, 1),
	    RC_CONFLICT);
	assert_int_not_equal(plan_answer_deficits(&other, own, p.head.version,
				 all.run.id, &good, 1),
	    RC_OK);
	assert_str(loaded(own).parts[0].rows[0].m.answers, "");
}

int
main(void)
{
	const struct CMUnitTest all[] = {
	    both(deficits_name_the_numbers_that_show_them),
	    both(school_sees_what_its_list_shows),
	    both(without_a_list_nothing_is_shown),
	    both(a_row_answers_when_a_person_says_so),
	    both(a_row_begins_from_the_catalogue),
	    both(what_cannot_be_is_refused_whole),
	};

	return run_on_databases(all, COUNT_OF(all));
}
