/*
 * test_reminders.c - who hears of what, when, and once: the ladder, letters,
 * the outbox; the calendar and schedules that deadlines hang on.
 *
 * EVIDENCE: ux 10; features J5, J11, 18; idea 21
 */
#include "core/plans/feed.h"
#include "core/plans/ladder.h"
#include "core/plans/marks.h"
#include "core/plans/remind.h"
#include "core/plans/schedule.h"
#include "plan_place.h"
#include "store/q_home.h"

static struct actor coordinator, head, curator, vyuzhino, gymnasium, named;
static plan_id plan;

static const char document[] =
    "План мероприятий («дорожная карта»)\n"
    "на 2023/2024 учебный год\n"
    "\n"
    "| № | Мероприятие | Сроки | Ответственные | Результат | Форма отчёта |\n"
    "| 1. | Назначить кураторов | до 15.11.2023 | Глебов А.Р. | | |\n"
    "| 2. | Посетить уроки | 1 раз в четверть | Руководители ОО | | |\n"
    "| 3. | Учить учителей | по графику института | Глебов А.Р. | | |\n"
    "| 4. | Провести работу | ноябрь | Руководители ОО | | |\n"
    "| 5. | Обновить раздел сайта | до 20.11.2023 | Управление образования | "
    "| |\n";

static void
email(struct actor who, const char *address)
{
	ok(letter_address_set(&sc, who.person, str_of(address)));
}

static void
draft(void)
{
	two_schools();
	coordinator = person("Ярцева П. А.", ROLE_COORDINATOR, NULL);
	head = person("Громов И. И.", ROLE_HEAD, NULL);
	curator = person("Онежцев Г. П.", ROLE_CURATOR, "01");
	vyuzhino = person("Снегирёва А. О.", ROLE_SCHOOL, "01");
	gymnasium = person("Лапин О. В.", ROLE_SCHOOL, "02");
	named = person("Глебов А. Р.", ROLE_METHODIST, NULL);
	email(coordinator, "yartseva@okrug.example");
	email(head, "gromov@okrug.example");
	email(curator, "onezhtsev@okrug.example");
	email(vyuzhino, "snegireva@okrug.example");
	email(named, "glebov@okrug.example");

	plan = plan_out_of(coordinator, document);
	for_schools(coordinator, plan, "01", "02");
}

static void
place(void)
{
	draft();
	into_force(plan, coordinator, head, order("145", "2023-10-20"));
}

static struct reminder *made;
static size_t n_made;

/* The letter of one kind to one person, or NULL. */
static const struct reminder *
letter_to(struct actor who, enum letter_kind kind)
{
	for (size_t i = 0; i < n_made; i++)
		if (made[i].letter.person.v == who.person.v &&
		    str_eq(
			made[i].letter.kind, str_of(letter_kind_codes[kind])))
			return &made[i];
	return NULL;
}

static bool
says(const struct reminder *r, const char *part)
{
	assert_non_null(r);
	if (str_find(r->letter.body, str_of(part)) >= 0)
		return true;
	print_error("no «%s» in:\n%.*s\n", part, STR_ARG(r->letter.body));
	return false;
}

static void
remind_on(const char *iso)
{
	struct calendar calendar;
	struct remind_options o = {
	    .site = S("https://opora.example"), .calendar = &calendar};

	today(iso);
	o.today = sc.actor.today;
	ok(school_calendar_read(&sc, &calendar));
	ok(reminders_make(&sc, &o, &made, &n_made));
}

/* ---- the ladder ---- */

static void
ladder_by_window(void **state)
{
	static const struct {
		const char *opens, *due, *today;
		bool speaks;
	} cases[] = {
	    /* only the last day is said */
	    {NULL, "2023-11-15", "2023-11-08", true},
	    {NULL, "2023-11-15", "2023-11-15", true},
	    {NULL, "2023-11-15", "2023-11-14", false},
	    {NULL, "2023-11-15", "2023-11-16", false},
	    /* a Sunday is spoken of on Friday */
	    {NULL, "2023-11-12", "2023-11-10", true},
	    {NULL, "2023-11-12", "2023-11-12", false},
	    /* a month; its first day was a Sunday */
	    {"2023-10-01", "2023-10-31", "2023-09-29", true},
	    {"2023-10-01", "2023-10-31", "2023-10-20", true},
	    {"2023-10-01", "2023-10-31", "2023-10-31", true},
	    {"2023-10-01", "2023-10-31", "2023-10-19", false},
	    /* a term: two weeks before its end */
	    {"2023-09-01", "2023-10-31", "2023-10-17", true},
	    {"2023-09-01", "2023-10-31", "2023-10-31", true},
	    {"2023-09-01", "2023-10-31", "2023-09-01", false},
	    /* a year: every quarter; 1 January is nobody's working day */
	    {"2023-09-01", "2024-05-31", "2023-09-29", true},
	    {"2023-09-01", "2024-05-31", "2023-12-29", true},
	    {"2023-09-01", "2024-05-31", "2024-04-01", true},
	    {"2023-09-01", "2024-05-31", "2024-05-17", true},
	    {"2023-09-01", "2024-05-31", "2024-05-31", true},
	    {"2023-09-01", "2024-05-31", "2023-11-01", false},
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct date opens =
		    cases[i].opens ? day(cases[i].opens) : DATE_NONE;
		bool speaks = reminds_on(
		    NULL, opens, day(cases[i].due), day(cases[i].today));
		if (speaks != cases[i].speaks)
			print_error("%s: %d\n", cases[i].today, speaks);
		assert_int_equal(speaks, cases[i].speaks);
	}
	assert_false(reminds_on(NULL, DATE_NONE, DATE_NONE, day("2023-11-15")));
}

static void
week_letter_waits_for_a_working_day(void **state)
{
	assert_true(is_week_letter_day(NULL, day("2023-11-13")));
	assert_true(is_week_letter_day(NULL, day("2023-11-15")));
	assert_false(is_week_letter_day(NULL, day("2023-11-16")));
	assert_false(is_week_letter_day(NULL, day("2023-11-12")));
	/* After the holidays of January a Tuesday is the first. */
	assert_false(is_week_letter_day(NULL, day("2024-01-08")));
	assert_true(is_week_letter_day(NULL, day("2024-01-09")));
}

/* ---- letters ---- */

static void
drafts_write_to_nobody(void **state)
{
	draft();
	remind_on("2023-11-13");
	for (size_t i = 0; i < n_made; i++)
		assert_true(str_find(made[i].letter.body,
				S("Назначить кураторов")) < 0);
	assert_null(letter_to(named, LETTER_WEEK));
	assert_null(letter_to(vyuzhino, LETTER_WEEK));
}

static void
week_says_what_is_ones_own(void **state)
{
	place();
	remind_on("2023-11-13");

	const struct reminder *r = letter_to(named, LETTER_WEEK);
	assert_true(says(r, "Срок на этой неделе: 1"));
	assert_true(says(r, "– 1. Назначить кураторов"));
	assert_true(says(r, "вы названы ответственным"));
	assert_true(says(r, "https://opora.example/letters"));
	assert_str(r->letter.address, "glebov@okrug.example");
	assert_int_equal(r->fate, REMINDER_NEW);

	/* Where only an office is named, it is the coordinator's. */
	r = letter_to(coordinator, LETTER_WEEK);
	assert_true(says(r, "Обновить раздел сайта"));
	assert_true(says(r, "названа организация без фамилии"));
	assert_true(says(r, "График не загружен, дат нет: 1"));
	assert_true(says(r, "Не заходили 30 дней: 2"));

	/* A school hears of the term that has passed unmarked. */
	r = letter_to(vyuzhino, LETTER_WEEK);
	assert_true(says(r, "Срок прошёл: 1"));
	assert_true(says(r, "Посетить уроки"));
	assert_true(str_find(r->letter.body, S("Гимназия")) < 0);
	assert_int_equal(
	    letter_to(gymnasium, LETTER_WEEK)->fate, REMINDER_NO_ADDRESS);
}

static void
lateness_climbs(void **state)
{
	place();
	/* The term ended on 31 October; 3 November is the third working day. */
	remind_on("2023-11-02");
	assert_null(letter_to(curator, LETTER_WEEK));
	remind_on("2023-11-07");
	assert_true(says(letter_to(curator, LETTER_WEEK),
	    "Просрочено у других, и давно: 1"));
	assert_null(letter_to(head, LETTER_WEEK));
	remind_on("2023-11-20");
	assert_true(says(letter_to(head, LETTER_WEEK), "вы руководите"));
	assert_true(says(letter_to(head, LETTER_WEEK), "рабочих дней"));
}

static void
day_letters_keep_their_days(void **state)
{
	place();
	remind_on("2023-11-15");
	assert_true(says(letter_to(named, LETTER_DAY), "Напоминаем сегодня"));
	remind_on("2023-11-14");
	assert_null(letter_to(named, LETTER_DAY));
	remind_on("2023-11-16"); /* the first day overdue */
	assert_true(says(letter_to(named, LETTER_DAY), "опоздание – 1"));
	remind_on("2023-11-17");
	assert_null(letter_to(named, LETTER_DAY));
}

static void
mark_first(struct actor who)
{
	struct scope s = as(who);
	const struct task_filter f = {.plan = plan,
	    .school = id_of("01"),
	    .from = DATE_NONE,
	    .to = DATE_NONE};
	struct task *all;
	size_t n;

	ok(task_list(&s, &f, sc.actor.today, &all, &n));
	assert_true(n > 0);
	const struct mark_new m = {.occurrence = all[0].row.id,
	    .version = all[0].row.version,
	    .on = sc.actor.today};
	ok(mark_done(&s, &m));
}

static void
marked_waits_for_the_curator(void **state)
{
	place();
	today("2023-11-10");
	mark_first(vyuzhino);
	remind_on("2023-11-13");
	assert_true(says(
	    letter_to(curator, LETTER_WEEK), "Ждут вашего подтверждения: 1"));
	assert_true(says(letter_to(curator, LETTER_WEEK), "исполнено"));
	/* The school has done its part: nothing is left to say to it. */
	assert_null(letter_to(vyuzhino, LETTER_WEEK));
}

static void
refused_kind_is_not_written(void **state)
{
	size_t written;

	place();
	ok(q_refusal_add(
	    sc.db, sc.actor.municipality, named.person, S("week")));
	remind_on("2023-11-13");
	assert_int_equal(
	    letter_to(named, LETTER_WEEK)->fate, REMINDER_UNWANTED);
	ok(reminders_write(&sc, made, n_made, &written));
	/* coordinator, Vyuzhino, and the curator of what is late there */
	size_t first = written;
	assert_true(first >= 3);

	/* The same day again, and the next day of the same week: nothing new. */
	remind_on("2023-11-13");
	ok(reminders_write(&sc, made, n_made, &written));
	assert_int_equal(written, 0);
	remind_on("2023-11-14");
	assert_int_equal(
	    letter_to(coordinator, LETTER_WEEK)->fate, REMINDER_WRITTEN);
}

static void
deputy_hears_instead(void **state)
{
	place();
	struct actor deputy = person("Зимина Ю. С.", ROLE_METHODIST, NULL);
	const struct q_grant_add_in grant = {
	    .municipality = sc.actor.municipality,
	    .person = deputy.person,
	    .role = S("curator"),
	    .organisation = id_of("01"),
	    .since = day("2023-11-01"),
	    .until = day("2023-11-30"),
	    .instead_of = curator.person};
	ok(q_grant_add(sc.db, &grant));
	remind_on("2023-11-13");
	assert_true(says(
	    letter_to(deputy, LETTER_WEEK), "вы замещаете: Онежцев Г. П."));
	remind_on("2023-12-04");
	assert_null(letter_to(deputy, LETTER_WEEK));
}

/* ---- the outbox ---- */

static void
put(const char *once)
{
	const struct letter_new l = {.once = str_of(once),
	    .kind = S("day"),
	    .person = coordinator.person,
	    .address = S("yartseva@okrug.example"),
	    .subject = S("тема"),
	    .body = S("текст")};
	bool is_new;

	ok(letter_put(&sc, &l, &is_new));
	assert_true(is_new);
	ok(letter_put(&sc, &l, &is_new));
	assert_false(is_new);
}

static void
letter_goes_once(void **state)
{
	struct q_letter l, other;

	place();
	put("day 2023-11-15 person 1");
	ok(letter_take(&sc, &l));
	assert_int_equal(letter_take(&sc, &other), RC_NOT_FOUND);
	ok(letter_sent(&sc, l.id));
	assert_int_equal(letter_take(&sc, &other), RC_NOT_FOUND);
	assert_int_equal(letter_sent(&sc, l.id), RC_CONFLICT);
}

static void
letter_waits_longer_each_time(void **state)
{
	struct q_letter l;
	int64_t paused = 0;
	int tries = 0;

	place();
	put("day 2023-11-15 person 1");
	while (letter_take(&sc, &l) == RC_OK) {
		int64_t pause = letter_pause(l.tries);
		assert_int_equal(l.tries, ++tries);
		assert_true(pause >= paused);
		ok(letter_later(&sc, &l, S("сервер не отвечает")));
		sc.now.second += pause - 1;
		assert_int_equal(letter_take(&sc, &l), RC_NOT_FOUND);
		sc.now.second++;
		paused = pause;
	}
	/* Three days of silence: the news is old. */
	assert_true(tries > 10);
	struct q_letter *all;
	size_t n;
	ok(q_letter_list(
	    sc.db, mem, sc.actor.municipality, S("refused"), &all, &n));
	assert_int_equal(n, 1);
	assert_true(str_find(all[0].last_error, S("сервер не отвечает")) >= 0);
}

static void
killed_while_sending_is_not_sent_again(void **state)
{
	struct q_letter l;

	place();
	put("day 2023-11-15 person 1");
	ok(letter_take(&sc, &l));
	/* Another process may still be at it. */
	ok(letters_recover(&sc));
	ok(letter_sent(&sc, l.id));

	put("day 2023-11-16 person 1");
	ok(letter_take(&sc, &l));
	sc.now.second += LETTER_CLAIM_SECONDS + 1;
	ok(letters_recover(&sc));
	assert_int_equal(letter_take(&sc, &l), RC_NOT_FOUND);
	assert_int_equal(letter_sent(&sc, l.id), RC_CONFLICT);
}

static void
addresses_are_looked_at(void **state)
{
	static const char *const bad[] = {"yartseva", "a@b", "a b@c.example",
	    "a@b.example\r\nBcc: c@d.example", "а@пример.рф", "a@b@c.example",
	    "<a@b.example>", "@b.example", "a@b.example."};
	struct q_person_email kept;

	place();
	for (size_t i = 0; i < COUNT_OF(bad); i++)
		assert_int_equal(
		    letter_address_set(&sc, coordinator.person, str_of(bad[i])),
		    RC_INVALID);
	forget_complaints();
	ok(letter_address_set(&sc, coordinator.person, S("")));
	ok(q_person_email(
	    sc.db, mem, sc.actor.municipality, coordinator.person, &kept));
	assert_null(kept.email.p);
}

/* ---- calendar and schedules ---- */

static struct task
find(const char *number, int window)
{
	const struct task_filter f = {
	    .plan = plan, .from = DATE_NONE, .to = DATE_NONE};
	struct task *all;
	size_t n;

	ok(task_list(&sc, &f, sc.actor.today, &all, &n));
	for (size_t i = 0; i < n; i++)
		if (str_eq(all[i].row.number, str_of(number)) &&
		    all[i].row.window_no == window)
			return all[i];
	print_error("no occurrence %d of %s\n", window, number);
	fail();
	return all[0];
}

static const char calendar_file[] =
    "| Учебный год | Период | С | По | Название |\n"
    "| 2023/2024 | 1 четверть | 01.09.2023 | 27.10.2023 | |\n"
    "| 2023/2024 | II четверть | 07.11.2023 | 29.12.2023 | |\n"
    "| 2023/2024 | quarter-3 | 2024-01-09 | 2024-03-22 | |\n"
    "| 2023/2024 | quarter-4 | 2024-04-01 | 2024-05-24 | |\n"
    "| 2023/2024 | осенние каникулы | 28.10.2023 | 06.11.2023 | |\n"
    "| 2023/2024 | экзамен | 20.03.2024 | 10.04.2024 | ВПР |\n"
    "| 2023/2024 | выходной | 06.11.2023 | | |\n";

static void
calendar_moves_terms_only(void **state)
{
	struct pages file = pages_of(mem, str_of(calendar_file));
	struct school_calendar_load done;
	struct calendar c;
	struct day_span vpr;
	bool is_default;

	place();
	assert_true(date_eq(find("2.", 1).row.due_on, day("2023-10-31")));
	ok(school_calendar_load(&sc, &file, S("приказ № 9"), true, &done));
	assert_true(date_eq(find("2.", 1).row.due_on, day("2023-10-31")));
	ok(school_calendar_load(&sc, &file, S("приказ № 9"), false, &done));
	assert_int_equal(done.spans, 6);
	assert_int_equal(done.days, 1);
	assert_true(date_eq(find("2.", 1).row.due_on, day("2023-10-27")));
	assert_true(date_eq(find("4.", 1).row.due_on, day("2023-11-30")));
	/* Four terms of two schools, and nothing else. */
	assert_int_equal(done.deadlines.moved, 8);

	ok(school_calendar_read(&sc, &c));
	struct school_year y = calendar_year(&c, (struct syear){2023});
	assert_false(y.is_default);
	assert_true(date_eq(y.halves[0].to, day("2023-12-29")));
	assert_true(date_eq(y.teaching.to, day("2024-05-24")));
	assert_true(calendar_exam(
	    &c, S("ВПР"), (struct syear){2023}, &vpr, &is_default));
	assert_false(calendar_is_working(&c, day("2023-11-06")));

	/* Loaded again: the same, and nothing twice. */
	ok(school_calendar_load(&sc, &file, S("приказ № 9"), false, &done));
	assert_int_equal(done.deadlines.moved, 0);
}

static void
calendar_with_mistakes_is_refused_whole(void **state)
{
	static const char bad[] =
	    "| год | что | с | по |\n"
	    "| 2023/2024 | quarter-1 | 01.09.2023 | 27.10.2023 |\n"
	    "| 2023/2024 | quarter-2 | 20.10.2023 | 29.12.2023 |\n"
	    "| 2023/2025 | quarter-3 | 09.01.2024 | 22.03.2024 |\n"
	    "| 2023/2024 | экзамен | 20.03.2025 | 10.04.2025 |\n"
	    "| 2023/2024 | пересменка | 1 | 2 |\n";
	struct pages file = pages_of(mem, str_of(bad));
	struct school_calendar_load done;
	struct calendar c;

	place();
	assert_int_equal(
	    school_calendar_load(&sc, &file, S(""), false, &done), RC_INVALID);
	assert_true(complained("Это не учебный год"));
	assert_true(complained("Такого периода нет"));
	assert_true(complained("не лежат в этом учебном году"));
	ok(school_calendar_read(&sc, &c));
	assert_int_equal(c.n_years, 0);

	static const char half[] =
	    "| год | что | с | по |\n"
	    "| 2023/2024 | quarter-1 | 01.09.2023 | 27.10.2023 |\n"
	    "| 2023/2024 | quarter-2 | 20.10.2023 | 29.12.2023 |\n";
	forget_complaints();
	file = pages_of(mem, str_of(half));
	assert_int_equal(
	    school_calendar_load(&sc, &file, S(""), false, &done), RC_INVALID);
	assert_true(complained("кончился предыдущий"));
	assert_true(complained("не все четыре четверти"));
}

static void
only_who_may_loads_a_calendar(void **state)
{
	struct pages file = pages_of(mem, str_of(calendar_file));
	struct school_calendar_load done;

	place();
	struct scope s = as(vyuzhino);
	assert_int_equal(
	    school_calendar_load(&s, &file, S(""), false, &done), RC_DENIED);
}

static void
schedule_dates_what_waited(void **state)
{
	static const char text[] = "| Дата | Занятие |\n"
				   "| 05.12.2023 | Первое занятие |\n"
				   "| 06.02.2024 | Второе занятие |\n";
	static const char later[] = "| Дата | Занятие |\n"
				    "| 05.12.2023 | Первое занятие |\n"
				    "| 13.02.2024 | Второе занятие |\n";
	struct pages file = pages_of(mem, str_of(text));
	struct schedule_load done;

	place();
	assert_int_equal(find("3.", 1).state, TASK_WAITING);
	ok(schedule_load(
	    &sc, &file, S("График института"), S("письмо"), false, &done));
	assert_true(done.is_new);
	assert_int_equal(done.measures, 1);
	assert_true(date_eq(find("3.", 1).row.due_on, day("2023-12-05")));
	assert_true(date_eq(find("3.", 2).row.due_on, day("2024-02-06")));
	assert_str(find("3.", 2).row.label, "Второе занятие");
	assert_false(find("3.", 1).row.is_outer);

	file = pages_of(mem, str_of(later));
	ok(schedule_load(
	    &sc, &file, S("по графику института"), S(""), false, &done));
	assert_false(done.is_new);
	assert_int_equal(done.deadlines.moved, 1);
	assert_true(date_eq(find("3.", 2).row.due_on, day("2024-02-13")));

	forget_complaints();
	ok(schedule_load(&sc, &file, S("план НИМРО"), S(""), true, &done));
	assert_true(complained("не ждёт такого графика"));
	assert_true(date_eq(find("3.", 2).row.due_on, day("2024-02-13")));
}

/* ---- deadlines that moved ---- */

static struct q_notice *
notices_of(struct actor who, size_t *n)
{
	struct q_notice *all;

	ok(q_notice_list(sc.db, mem, sc.actor.municipality, who.person,
	    INT64_MAX, 100, &all, n));
	return all;
}

/* The one notice of this kind; a person has one for each cause. */
static struct str
moved_notice(struct actor who)
{
	size_t n, found = 0;
	struct q_notice *all = notices_of(who, &n);
	struct str text = S("");

	for (size_t i = 0; i < n; i++)
		if (str_eq(all[i].kind, S("deadlines.moved")) && !found++)
			text = all[i].text;
	assert_true(found <= 1);
	return text;
}

static void
load_calendar(struct actor who)
{
	struct pages file = pages_of(mem, str_of(calendar_file));
	struct school_calendar_load done;
	struct scope s = as(who);

	ok(school_calendar_load(&s, &file, S("приказ № 9"), false, &done));
}

static void
calendar_that_moves_terms_is_told(void **state)
{
	place();
	today("2023-10-20");
	load_calendar(coordinator);
	struct str text = moved_notice(vyuzhino);
	assert_str(text,
	    "Изменились сроки ваших мероприятий: 4. Причина: загружен "
	    "календарь учебного года (приказ № 9) – Ярцева П. А., 20.10.2023.\n"
	    "2. Посетить уроки – срок был 31.10.2023, стал 27.10.2023\n"
	    "2. Посетить уроки – срок был с 06.11.2023 по 31.12.2023, стал с "
	    "07.11.2023 по 29.12.2023\n"
	    "2. Посетить уроки – срок был 31.03.2024, стал 22.03.2024\n"
	    "2. Посетить уроки – срок был 31.05.2024, стал 24.05.2024\n"
	    "Почему вы: вы работаете в программе от имени школы, которая "
	    "отвечает за мероприятие.");
	/* Nothing of theirs has moved. */
	assert_int_equal(moved_notice(named).n, 0);
	assert_int_equal(moved_notice(coordinator).n, 0);

	remind_on("2023-10-23");
	const struct reminder *r = letter_to(vyuzhino, LETTER_WEEK);
	assert_true(says(r, "Сроки изменились: 4"));
	assert_true(
	    says(r, "Причина: загружен календарь учебного года (приказ № 9) – "
		    "Ярцева П. А., 20.10.2023."));
	assert_true(says(r, "– 2. Посетить уроки – Вьюжинская СОШ; срок был "
			    "31.10.2023, стал 27.10.2023"));
	assert_true(says(r, "вы работаете в программе от имени школы"));
	assert_true(
	    str_find(r->letter.subject, S("сроки изменились – 4")) >= 0);
}

/* What a letter told is not told by the next one. */
static void
moves_are_told_by_one_letter(void **state)
{
	size_t written;

	place();
	today("2023-10-20");
	load_calendar(coordinator);
	remind_on("2023-10-23");
	ok(reminders_write(&sc, made, n_made, &written));
	remind_on("2023-10-30");
	assert_true(str_find(letter_to(vyuzhino, LETTER_WEEK)->letter.body,
			S("Сроки изменились")) < 0);
	/* Whoever had no letter of a week is told for three weeks. */
	assert_int_equal(
	    letter_to(gymnasium, LETTER_WEEK)->fate, REMINDER_NO_ADDRESS);
	assert_true(
	    says(letter_to(gymnasium, LETTER_WEEK), "Сроки изменились: 4"));
	remind_on("2023-11-13");
	assert_true(str_find(letter_to(gymnasium, LETTER_WEEK)->letter.body,
			S("Сроки изменились")) < 0);
}

static void
drafts_move_in_silence(void **state)
{
	draft();
	load_calendar(coordinator);
	assert_int_equal(moved_notice(vyuzhino).n, 0);
	step(coordinator, plan, PLAN_STEP_SUBMIT, because(""));
	load_calendar(coordinator);
	assert_int_equal(moved_notice(vyuzhino).n, 0);
	/* Nor does the first edition move anything. */
	step(head, plan, PLAN_STEP_APPROVE, order("145", "2023-10-20"));
	assert_int_equal(moved_notice(vyuzhino).n, 0);
}

static void
schedule_that_sets_days_is_told(void **state)
{
	static const char text[] = "| Дата | Занятие |\n"
				   "| 05.12.2023 | Первое занятие |\n"
				   "| 06.02.2024 | Второе занятие |\n";
	struct pages file = pages_of(mem, str_of(text));
	struct schedule_load done;

	place();
	struct scope s = as(coordinator);
	ok(schedule_load(
	    &s, &file, S("График института"), S("письмо № 5"), true, &done));
	assert_int_equal(moved_notice(named).n, 0);
	ok(schedule_load(
	    &s, &file, S("График института"), S("письмо № 5"), false, &done));
	struct str told = moved_notice(named);
	assert_true(str_find(told, S("загружен график «График института» "
				     "(письмо № 5)")) >= 0);
	assert_true(str_find(told, S("3. Учить учителей (Первое занятие) – "
				     "назначен срок: 05.12.2023")) >= 0);
	assert_true(str_find(told, S("вы названы ответственным")) >= 0);
	assert_int_equal(moved_notice(vyuzhino).n, 0);
}

/* A plan being amended follows the calendar when its edition is approved. */
static void
edition_that_moves_days_is_told(void **state)
{
	place();
	step(coordinator, plan, PLAN_STEP_AMEND, because("сроки"));
	load_calendar(coordinator);
	assert_int_equal(moved_notice(vyuzhino).n, 0);
	step(coordinator, plan, PLAN_STEP_RESUBMIT, because(""));
	step(head, plan, PLAN_STEP_REAPPROVE, order("150", "2023-10-20"));
	assert_true(str_find(moved_notice(vyuzhino),
			S("утверждена редакция 2 плана")) >= 0);
	assert_true(str_find(moved_notice(vyuzhino),
			S("срок был 31.10.2023, стал 27.10.2023")) >= 0);
}

/* ---- calendars by a secret address ---- */

/* Lines as they were before they were folded. */
static struct str
unfolded(struct str text)
{
	struct buf b = buf_open(mem, 0);

	for (size_t i = 0; i < text.n; i++) {
		if (str_starts(str_from(text, i), S("\r\n ")))
			i += 2;
		else
			buf_char(&b, text.p[i]);
	}
	return buf_str(&b);
}

static struct str
calendar_of(struct str token)
{
	struct scope nobody = sc;
	struct buf out = buf_open(mem, 0);

	nobody.actor = actor_nobody(sc.actor.municipality, sc.actor.today);
	assert_int_equal(feed_calendar(&nobody, token, S(""), &out), RC_OK);
	return unfolded(buf_str(&out));
}

static size_t
times(struct str text, const char *part)
{
	size_t n = 0;
	ptrdiff_t at;

	while ((at = str_find(text, str_of(part))) >= 0) {
		n++;
		text = str_from(text, (size_t)at + 1);
	}
	return n;
}

static void
secret_opens_ones_own_calendar(void **state)
{
	struct buf out = buf_open(mem, 0);
	struct str ics;

	place();
	struct scope school = as(vyuzhino), chief = as(coordinator);
	ok(feed_make(&school, S("secret-of-a-school"), FEED_PERSON, 0));
	ok(feed_make(&chief, S("secret-of-a-plan"), FEED_PLAN, plan.v));

	ics = calendar_of(S("secret-of-a-school"));
	assert_true(str_find(ics, S("Посетить уроки")) >= 0);
	assert_true(str_find(ics, S("Назначить кураторов")) < 0);
	assert_true(str_find(ics, S("Гимназия")) < 0);
	/* The terms, one rule while none is marked, and November. */
	assert_int_equal(times(ics, "BEGIN:VEVENT"), 2);
	assert_int_equal(times(ics, "RRULE:"), 1);
	/* What waits for a schedule has no day. */
	ics = calendar_of(S("secret-of-a-plan"));
	assert_true(str_find(ics, S("Учить учителей")) < 0);
	assert_true(str_find(ics, S("Исполнено: 0 из 2")) >= 0);
	assert_int_equal(times(ics, "BEGIN:VEVENT"), 4);

	/* Another address ends the one before; a wrong one opens nothing. */
	ok(feed_make(&school, S("a-newer-secret"), FEED_PERSON, 0));
	assert_int_equal(
	    feed_calendar(&sc, S("secret-of-a-school"), S(""), &out),
	    RC_NOT_FOUND);
	ok(feed_revoke(&school, FEED_PERSON, vyuzhino.person.v));
	assert_int_equal(
	    feed_calendar(&sc, S("a-newer-secret"), S(""), &out), RC_NOT_FOUND);
	assert_int_equal(out.n, 0);
}

static void
another_school_is_not_shown(void **state)
{
	place();
	struct scope school = as(vyuzhino);
	assert_int_equal(
	    feed_make(&school, S("secret"), FEED_SCHOOL, id_of("02").v),
	    RC_NOT_FOUND);
	ok(feed_make(&school, S("own"), FEED_SCHOOL, id_of("01").v));
	assert_true(str_find(calendar_of(S("own")), S("Посетить уроки")) >= 0);
}

static void
event_keeps_its_name_and_grows(void **state)
{
	static const char november[] = "UID:measure-4-window-1-";
	struct str ics;

	place();
	today("2023-11-10");
	struct scope school = as(vyuzhino);
	ok(feed_make(&school, S("own"), FEED_PERSON, 0));
	ics = calendar_of(S("own"));
	assert_int_equal(times(ics, "SEQUENCE:0\r\n"), 2);
	assert_int_equal(times(ics, november), 1);
	mark_first(vyuzhino);

	/* Four terms of their own now, one of them carried out. */
	ics = calendar_of(S("own"));
	assert_int_equal(times(ics, "BEGIN:VEVENT"), 5);
	assert_int_equal(times(ics, november), 1);
	assert_int_equal(times(ics, "SEQUENCE:0\r\n"), 4);
	assert_int_equal(times(ics, "SEQUENCE:1\r\n"), 1);
	assert_int_equal(times(ics, "SUMMARY:✓"), 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    on(ladder_by_window, "sqlite"),
	    on(week_letter_waits_for_a_working_day, "sqlite"),
	    both(drafts_write_to_nobody),
	    both(week_says_what_is_ones_own),
	    both(lateness_climbs),
	    both(day_letters_keep_their_days),
	    both(marked_waits_for_the_curator),
	    both(refused_kind_is_not_written),
	    both(deputy_hears_instead),
	    both(letter_goes_once),
	    both(letter_waits_longer_each_time),
	    both(killed_while_sending_is_not_sent_again),
	    both(addresses_are_looked_at),
	    both(calendar_moves_terms_only),
	    both(calendar_with_mistakes_is_refused_whole),
	    both(only_who_may_loads_a_calendar),
	    both(schedule_dates_what_waited),
	    both(calendar_that_moves_terms_is_told),
	    both(moves_are_told_by_one_letter),
	    both(drafts_move_in_silence),
	    both(schedule_that_sets_days_is_told),
	    both(edition_that_moves_days_is_told),
	    both(secret_opens_ones_own_calendar),
	    both(another_school_is_not_shown),
	    both(event_keeps_its_name_and_grows),
	};

	return run_on_databases(tests, COUNT_OF(tests));
}
