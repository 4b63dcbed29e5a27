/* test_steps.c - the way of a list and the objections of schools. */
#include "core/access/audit.h"
#include "core/methods/objections.h"
#include "core/methods/steps.h"
#include "core/results/loads.h"
#include "room_place.h"

static struct actor coordinator, head, vyuzhino, gymnasium;
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
	list = saved_list("shnor", 2023);
}

static struct q_run
row(void)
{
	struct q_run r = {0};

	ok(q_run_by_id(sc.db, mem, sc.actor.municipality, list, &r));
	return r;
}

static enum rc
take(struct actor who, enum list_step step, struct step_details details)
{
	struct scope s = as(who);

	return list_take_step(&s, list, row().version_row, step, &details);
}

static void
open_objections(void)
{
	ok(take(coordinator, LIST_STEP_OPEN,
	    (struct step_details){.term = day("2023-10-27")}));
}

static const struct step_details order = {.document = S_INIT("приказ"),
    .document_number = S_INIT("145"),
    .document_on = {19660}};

static void
list_goes_its_way(void **state)
{
	struct list_way way;
	struct q_audit *entries;
	size_t n;

	place();
	open_objections();
	assert_str(row().state, "objections");
	today("2023-10-30");
	ok(take(head, LIST_STEP_APPROVE, order));
	assert_str(row().state, "approved");
	ok(take(coordinator, LIST_STEP_SKIP,
	    (struct step_details){.reason = S("приказа в этом году не было")}));
	assert_str(row().state, "closed");

	struct q_run r = row();
	ok(list_way_read(&sc, &r, &way));
	assert_int_equal(way.n, 3);
	assert_str(document_text(mem, way.approved.document,
		       way.approved.document_number, way.approved.document_on),
	    "приказ № 145 от 30.10.2023");
	assert_true(date_eq(way.term, day("2023-10-27")));
	assert_str(way.steps[1].person_name, "Громов И. И.");

	/* Every step stands in the journal, было → стало. */
	ok(q_audit_of_object(
	    sc.db, mem, sc.actor.municipality, S("run"), list.v, &entries, &n));
	assert_int_equal(n, 4);
	assert_str(entries[1].action, "run.approved");
	assert_str(entries[1].was, "Возражения по 27.10.2023");
	assert_str(entries[1].becomes, "Утверждён: приказ № 145 от 30.10.2023");
	assert_str(entries[0].note, "приказа в этом году не было");
}

static void
step_belongs_to_its_role(void **state)
{
	place();
	const struct step_details term = {.term = day("2023-10-27")};

	assert_int_equal(take(head, LIST_STEP_OPEN, term), RC_DENIED);
	assert_int_equal(take(vyuzhino, LIST_STEP_OPEN, term), RC_DENIED);
	assert_int_equal(
	    take(actor_nobody(sc.actor.municipality, sc.actor.today),
		LIST_STEP_OPEN, term),
	    RC_SIGN_IN);
	ok(take(coordinator, LIST_STEP_OPEN, term));
	assert_int_equal(
	    take(coordinator, LIST_STEP_APPROVE, order), RC_DENIED);

	assert_true(
	    list_step_is_open(&head, LIST_OBJECTIONS, LIST_STEP_APPROVE));
	assert_false(list_step_is_open(
	    &coordinator, LIST_OBJECTIONS, LIST_STEP_APPROVE));
	assert_false(list_step_is_open(&head, LIST_DRAFT, LIST_STEP_APPROVE));
	assert_false(list_is_shown_to(&vyuzhino, LIST_DRAFT));
	assert_true(list_is_shown_to(&vyuzhino, LIST_OBJECTIONS));
	assert_true(list_is_shown_to(&coordinator, LIST_DRAFT));
}

/* What a step needs is said all at once, by the names of the fields. */
static void
step_says_what_it_lacks(void **state)
{
	place();
	assert_int_equal(take(coordinator, LIST_STEP_OPEN,
			     (struct step_details){.term = DATE_NONE}),
	    RC_INVALID);
	assert_int_equal(take(coordinator, LIST_STEP_OPEN,
			     (struct step_details){.term = day("2023-10-19")}),
	    RC_INVALID);
	assert_int_equal(d.errors, 2);
	assert_str(d.all[0].at.column, "term");
	open_objections();
	forget_complaints();
	today("2023-10-30");
	assert_int_equal(take(head, LIST_STEP_APPROVE,
			     (struct step_details){.document_on = DATE_NONE}),
	    RC_INVALID);
	assert_int_equal(d.errors, 3);
	assert_int_equal(take(head, LIST_STEP_RETURN,
			     (struct step_details){.reason = S("  ")}),
	    RC_INVALID);
	assert_str(row().state, "objections");
}

static void
approval_waits_for_the_term(void **state)
{
	place();
	open_objections();
	today("2023-10-27");
	struct step_details same_day = order;
	same_day.document_on = day("2023-10-27");
	assert_int_equal(take(head, LIST_STEP_APPROVE, same_day), RC_INVALID);
	assert_true(complained("принимаются по 27.10.2023"));
	today("2023-10-28");
	ok(take(head, LIST_STEP_APPROVE, same_day));
}

/* Two people press at once: the second is told, nothing is overwritten. */
static void
second_of_two_gets_a_conflict(void **state)
{
	place();
	int64_t seen = row().version_row;
	struct scope s = as(coordinator);
	const struct step_details term = {.term = day("2023-10-27")};

	ok(list_take_step(&s, list, seen, LIST_STEP_OPEN, &term));
	assert_int_equal(
	    list_take_step(&s, list, seen, LIST_STEP_OPEN, &term), RC_CONFLICT);
	assert_int_equal(
	    list_take_step(&s, list, seen, LIST_STEP_EXTEND, &term),
	    RC_CONFLICT);
	assert_true(complained("Возражения"));
}

static void
one_list_a_year_is_approved(void **state)
{
	place();
	open_objections();
	today("2023-10-30");
	ok(take(head, LIST_STEP_APPROVE, order));
	run_id first = list;

	list = saved_list("shnor", 2023);
	ok(take(coordinator, LIST_STEP_OPEN,
	    (struct step_details){.term = day("2023-10-30")}));
	today("2023-10-31");
	assert_int_equal(take(head, LIST_STEP_APPROVE, order), RC_INVALID);
	assert_true(complained("уже утверждён"));

	run_id second = list;
	list = first;
	ok(take(head, LIST_STEP_REVOKE,
	    (struct step_details){.reason = S("ошибка в данных")}));
	struct list_way way;
	struct q_run r = row();
	ok(list_way_read(&sc, &r, &way));
	assert_int_equal(way.approved.number, 0);
	list = second;
	ok(take(head, LIST_STEP_APPROVE, order));
}

static objection_id
object(void)
{
	struct scope s = as(vyuzhino);
	objection_id id = {0};
	const struct objection_new o = {.run = list,
	    .school = id_of("01"),
	    .about = S("oge-math"),
	    .year = {2022},
	    .claimed = S("5 из 20"),
	    .text = S("Три ученика пересдали по апелляции.")};

	ok(objection_file(&s, &words, &o, &id));
	return id;
}

static struct q_objection
objection(objection_id id)
{
	struct q_objection o = {0};

	ok(q_objection_by_id(
	    sc.db, mem, &sc.actor, sc.actor.municipality, id, &o));
	return o;
}

static void
school_objects_in_time_and_for_itself(void **state)
{
	objection_id id;
	struct q_objection *seen;
	size_t n;

	place();
	struct scope s = as(vyuzhino), other = as(gymnasium);
	struct objection_new o = {
	    .run = list, .school = id_of("01"), .text = S("Числа неверны.")};

	assert_int_equal(objection_file(&s, &words, &o, &id), RC_INVALID);
	open_objections();
	(void)object();

	/* Not for another school, not without words, not about a strange number. */
	assert_int_equal(objection_file(&other, &words, &o, &id), RC_NOT_FOUND);
	o.text = S(" ");
	assert_int_equal(objection_file(&s, &words, &o, &id), RC_INVALID);
	o.text = S("Числа неверны.");
	o.about = S("vpr-dance-5");
	assert_int_equal(objection_file(&s, &words, &o, &id), RC_INVALID);
	o.about = S("oge-math");
	o.year = (struct syear){2023};
	assert_int_equal(objection_file(&s, &words, &o, &id), RC_INVALID);

	/* The other school does not see it. */
	ok(q_objection_of_run(
	    sc.db, mem, &other.actor, sc.actor.municipality, list, &seen, &n));
	assert_int_equal(n, 0);
	ok(q_objection_of_run(
	    sc.db, mem, &s.actor, sc.actor.municipality, list, &seen, &n));
	assert_int_equal(n, 1);
	assert_str(seen[0].school_name, "Вьюжинская СОШ");
	assert_str(
	    objection_about_text(mem, &words, seen[0].about, seen[0].year),
	    "ОГЭ, математика, 2022/23 уч. г.");

	today("2023-10-28");
	s = as(vyuzhino);
	o.year = (struct syear){2022};
	assert_int_equal(objection_file(&s, &words, &o, &id), RC_INVALID);
	assert_true(complained("принимались по 27.10.2023"));
}

static void
objection_is_answered_before_the_approval(void **state)
{
	place();
	open_objections();
	objection_id id = object();
	struct scope s = as(coordinator);
	const struct objection_answer silent = {.text = S("")};
	const struct objection_answer no = {
	    .text = S("Апелляций по протоколу РЦОИ не было.")};

	today("2023-10-30");
	assert_int_equal(take(head, LIST_STEP_APPROVE, order), RC_INVALID);
	assert_true(complained("без ответа: 1"));

	struct scope school_own = as(vyuzhino);
	assert_int_equal(objection_decide(&school_own, id, 1, &no), RC_DENIED);
	assert_int_equal(objection_decide(&s, id, 1, &silent), RC_INVALID);
	ok(objection_decide(&s, id, 1, &no));
	assert_str(objection(id).state, "declined");
	assert_str(objection(id).answered_name, "Ярцева П. А.");
	assert_int_equal(objection_decide(&s, id, 1, &no), RC_CONFLICT);
	ok(take(head, LIST_STEP_APPROVE, order));
}

/* An accepted objection leads to the load, and the load to a new list. */
static void
accepted_objection_asks_for_a_new_list(void **state)
{
	place();
	open_objections();
	objection_id id = object();
	struct scope s = as(coordinator);

	struct intake *in = begin();
	result(in, "02", 2022, "oge-math", 20, 2);
	load_id other = end(in);
	in = begin();
	result(in, "01", 2022, "oge-math", 20, 5);
	load_id right = end(in);

	struct objection_answer yes = {.is_accepted = true,
	    .text = S("Протокол апелляций загружен."),
	    .load = other};
	assert_int_equal(objection_decide(&s, id, 1, &yes), RC_INVALID);
	assert_true(complained("не исправляла оспоренное число"));
	yes.load = right;
	ok(objection_decide(&s, id, 1, &yes));
	assert_int_equal(objection(id).load.v, right.v);

	today("2023-10-30");
	assert_int_equal(take(head, LIST_STEP_APPROVE, order), RC_INVALID);
	assert_true(complained("Рассчитайте перечень заново"));
	ok(take(coordinator, LIST_STEP_GIVE_UP,
	    (struct step_details){.reason = S("числа исправлены")}));

	list = saved_list("shnor", 2023);
	ok(take(coordinator, LIST_STEP_OPEN,
	    (struct step_details){.term = day("2023-10-30")}));
	today("2023-10-31");
	ok(take(head, LIST_STEP_APPROVE, order));
}

static void
school_takes_its_word_back(void **state)
{
	struct audit_state chain;

	place();
	open_objections();
	objection_id id = object();
	struct scope s = as(vyuzhino), other = as(gymnasium);

	assert_int_equal(objection_withdraw(&other, id, 1), RC_NOT_FOUND);
	ok(objection_withdraw(&s, id, 1));
	assert_str(objection(id).state, "withdrawn");
	ok(audit_verify(&sc, &chain));
	assert_int_equal(chain.broken_at, 0);
	/* two loads and the list itself, then what is done here */
	assert_int_equal(chain.entries, 6);
}

int
main(void)
{
	const struct CMUnitTest all[] = {
	    both(list_goes_its_way),
	    both(step_belongs_to_its_role),
	    both(step_says_what_it_lacks),
	    both(approval_waits_for_the_term),
	    both(second_of_two_gets_a_conflict),
	    both(one_list_a_year_is_approved),
	    both(school_objects_in_time_and_for_itself),
	    both(objection_is_answered_before_the_approval),
	    both(accepted_objection_asks_for_a_new_list),
	    both(school_takes_its_word_back),
	};

	return run_on_databases(all, COUNT_OF(all));
}
