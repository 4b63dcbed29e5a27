/* test_notices.c - who is told of what, and what waits for whom. */
#include "core/access/notices.h"
#include "core/access/people.h"
#include "core/methods/objections.h"
#include "core/overview/work.h"
#include "core/results/loads.h"
#include "room_place.h"

static struct actor coordinator, head, vyuzhino, gymnasium, curator;
static struct library library;
static run_id list;

static void
place(void)
{
	struct intake *in = begin();

	school(in, "01", "Вьюжинская СОШ", "sosh");
	school(in, "02", "Гимназия № 3", "gymnasium");
	(void)end(in);
	in = begin();
	result(in, "01", 2022, "oge-math", 20, 8);
	result(in, "01", 2021, "oge-math", 20, 7);
	result(in, "02", 2022, "oge-math", 20, 1);
	(void)end(in);
	coordinator = person("Ярцева П. А.", ROLE_COORDINATOR, NULL);
	head = person("Громов И. И.", ROLE_HEAD, NULL);
	vyuzhino = person("Снегирёва А. О.", ROLE_SCHOOL, "01");
	gymnasium = person("Лапин О. В.", ROLE_SCHOOL, "02");
	curator = person("Онежцев Г. П.", ROLE_CURATOR, "01");
	ok(library_read(&sc, &words, &library));
	list = saved_list("shnor", 2023);
}

static size_t
told(struct actor who, struct q_notice *ret_last)
{
	struct q_notice *all;
	size_t n = 0;

	ok(q_notice_list(sc.db, mem, sc.actor.municipality, who.person,
	    INT64_MAX, 100, &all, &n));
	if (ret_last != NULL && n > 0)
		*ret_last = all[0];
	return n;
}

static struct work
work_of(struct actor who)
{
	struct scope s = as(who);
	struct work w = {0};

	ok(work_read(&s, &library, &w));
	return w;
}

static void
open_list(void)
{
	struct scope c = as(coordinator);

	ok(list_take_step(&c, list, 1, LIST_STEP_OPEN,
	    &(struct step_details){.term = day("2023-10-25")}));
}

static void
a_draft_tells_nobody_and_an_open_list_its_schools(void **state)
{
	struct q_notice last = {0};

	place();
	assert_int_equal(told(vyuzhino, NULL), 0);
	assert_int_equal(work_of(vyuzhino).n, 0);
	assert_int_equal(work_of(coordinator).items[0].kind, WORK_LIST_TO_OPEN);
	open_list();
	assert_int_equal(told(vyuzhino, &last), 1);
	assert_true(str_find(last.text, S("25.10.2023")) > 0);
	assert_int_equal(last.object_id, list.v);
	assert_true(str_eq(last.by_name, S("Ярцева П. А.")));
	assert_int_equal(told(gymnasium, NULL), 1);
	assert_int_equal(told(curator, NULL), 1);
	assert_int_equal(told(coordinator, NULL), 0); /* she did it herself */
}

static void
a_listed_school_has_a_term_and_the_other_has_none(void **state)
{
	place();
	open_list();

	struct work w = work_of(vyuzhino);
	assert_int_equal(w.n, 1);
	assert_int_equal(w.items[0].kind, WORK_LOOK_AT_DECISION);
	assert_int_equal(w.items[0].when, WORK_WEEK);
	assert_int_equal(work_of(gymnasium).n, 0);
	today("2023-10-25");
	assert_int_equal(work_of(vyuzhino).items[0].when, WORK_TODAY);
	today("2023-10-26");
	assert_int_equal(work_of(vyuzhino).n, 0);
	assert_int_equal(work_of(head).items[0].kind, WORK_LIST_TO_APPROVE);
}

static void
an_objection_goes_to_the_coordinator_and_comes_back(void **state)
{
	struct q_notice last = {0};
	objection_id id = {0};

	place();
	open_list();
	struct scope s = as(vyuzhino), c = as(coordinator);
	ok(objection_file(&s, &words,
	    &(struct objection_new){.run = list,
		.school = id_of("01"),
		.text = S("Двое перешли в другую школу.")},
	    &id));
	assert_int_equal(told(coordinator, &last), 1);
	assert_true(str_starts(last.text, S("Вьюжинская СОШ возражает")));
	assert_int_equal(
	    work_of(coordinator).items[0].kind, WORK_OBJECTION_TO_ANSWER);
	assert_int_equal(told(head, NULL), 0);

	ok(objection_decide(&c, id, 1,
	    &(struct objection_answer){.text = S("Учтены приказом.")}));
	assert_int_equal(told(vyuzhino, &last), 2);
	assert_true(str_find(last.text, S("отклонено. Учтены приказом.")) > 0);
	assert_int_equal(told(gymnasium, NULL), 1);

	struct work w = work_of(vyuzhino);
	assert_int_equal(w.counts[WORK_NEWS], 1);
	assert_int_equal(w.n_to_do, w.n - 1);
	assert_int_equal(work_of(coordinator).n_to_do, 0);
}

static void
nobody_is_told_what_they_switched_off(void **state)
{
	uint32_t off = 0;

	place();
	struct scope s = as(vyuzhino);
	ok(notices_off_set(&s, (uint32_t)1 << NOTICE_LIST_OPEN));
	ok(notices_off_read(&s, &off));
	assert_int_equal(off, 1 << NOTICE_LIST_OPEN);
	open_list();
	assert_int_equal(told(vyuzhino, NULL), 0);
	assert_int_equal(told(gymnasium, NULL), 1);
	ok(notices_off_set(&s, 0));
	ok(notices_off_read(&s, &off));
	assert_int_equal(off, 0);
}

static void
a_refused_step_leaves_no_notice(void **state)
{
	place();
	struct scope c = as(coordinator);

	assert_int_equal(list_take_step(&c, list, 1, LIST_STEP_OPEN,
			     &(struct step_details){.term = DATE_NONE}),
	    RC_INVALID);
	assert_int_equal(told(vyuzhino, NULL), 0);
}

static void
a_role_and_a_deputyship_are_told(void **state)
{
	struct q_notice last = {0};
	const struct grant g = {.role = ROLE_METHODIST,
	    .since = day("2023-10-20"),
	    .until = DATE_NONE};

	place();
	struct scope a = as(person("Рубцов В. Е.", ROLE_ADMIN, NULL));
	ok(person_grant(&a, head.person, &g));
	assert_int_equal(told(head, &last), 1);
	assert_true(str_find(last.text, S("методический центр")) > 0);
	ok(person_deputise(&a, coordinator.person, head.person,
	    day("2023-10-21"), day("2023-10-30")));
	assert_int_equal(told(head, &last), 2);
	assert_true(str_find(last.text, S("Ярцева П. А.")) > 0);
}

static void
reading_stops_at_what_was_shown(void **state)
{
	struct q_notice last = {0};
	struct q_notice_unread unread;
	municipality_id m = sc.actor.municipality;

	place();
	open_list();
	(void)told(vyuzhino, &last);
	struct scope c = as(coordinator);
	ok(list_take_step(&c, list, 2, LIST_STEP_EXTEND,
	    &(struct step_details){
		.term = day("2023-10-28"), .reason = S("карантин")}));
	ok(q_notice_read_all(sc.db, m, vyuzhino.person, last.number, sc.now));
	ok(q_notice_unread(sc.db, mem, m, vyuzhino.person, &unread));
	assert_int_equal(unread.n, 1);
	ok(q_notice_unread(sc.db, mem, m, gymnasium.person, &unread));
	assert_int_equal(unread.n, 2);
}

int
main(void)
{
	const struct CMUnitTest all[] = {
	    both(a_draft_tells_nobody_and_an_open_list_its_schools),
	    both(a_listed_school_has_a_term_and_the_other_has_none),
	    both(an_objection_goes_to_the_coordinator_and_comes_back),
	    both(nobody_is_told_what_they_switched_off),
	    both(a_refused_step_leaves_no_notice),
	    both(a_role_and_a_deputyship_are_told),
	    both(reading_stops_at_what_was_shown),
	};

	return run_on_databases(all, COUNT_OF(all));
}
