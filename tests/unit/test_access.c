/* test_access.c - accounts, sessions, rights and the chain, on both databases. */
#include <sodium.h>

#include "core/access/audit.h"
#include "core/access/people.h"
#include "core/access/secret.h"
#include "core/access/session.h"
#include "databases.h"
#include "store/q_access.h"
#include "store/q_home.h"
#include "store/q_registry.h"

#define PASSWORD S("четыре слова подряд")

static struct arena *mem;
static struct diag d;
static struct scope sc;
static school_id first, second;

static school_id
add_school(struct db *db, const char *code, const char *name)
{
	struct q_school_add row;
	const struct q_school_add_in in = {.municipality = {1},
	    .code = str_of(code),
	    .name = str_of(name),
	    .sort_key = str_of(name),
	    .kind = S("sosh")};

	assert_int_equal(q_school_add(db, mem, &in, &row), RC_OK);
	return row.id;
}

static int
open_database(void **state)
{
	struct db *db;

	mem = arena_open(0);
	d = diag_open(mem, 0);
	db = test_database(*state, mem, &d);
	*state = db;
	assert_int_equal(
	    q_municipality_add(
		db, &(struct q_municipality_add_in){.code = S("sredneozersk"),
			.name = S("Среднеозерский муниципальный округ"),
			.name_short = S("Среднеозерский округ"),
			.name_of = S("Среднеозерского муниципального округа"),
			.body = S("Управление образования"),
			.region = S("Озёрный край"),
			.zone_minutes = 180,
			.is_invented = true}),
	    RC_OK);
	first = add_school(db, "0101", "Вьюжинская СОШ");
	second = add_school(db, "0102", "Гимназия № 3");
	sc = (struct scope){
	    .db = db, .mem = mem, .now = {1800000000}, .diag = &d};
	sc.actor =
	    actor_program((municipality_id){1}, moment_date(sc.now, 180));
	return 0;
}

static int
close_database(void **state)
{
	db_close(*state);
	*state = NULL;
	arena_close(mem);
	return 0;
}

static person_id
add_person(const char *login)
{
	person_id id;

	assert_int_equal(person_add(&sc, str_of(login), S("Ярцева П. А."),
			     S("специалист"), &id),
	    RC_OK);
	assert_int_equal(person_set_password(&sc, id, PASSWORD), RC_OK);
	return id;
}

static void
give(person_id p, enum role role, school_id school)
{
	const struct grant g = {.role = role,
	    .school = school,
	    .since = sc.actor.today,
	    .until = DATE_NONE};

	assert_int_equal(person_grant(&sc, p, &g), RC_OK);
}

static enum sign_in_outcome
try_to_enter(const char *login, struct str password, const char *token)
{
	struct scope visitor = sc;
	enum sign_in_outcome outcome;
	const struct sign_in in = {.login = str_of(login),
	    .password = password,
	    .token = str_of(token),
	    .address = S("192.0.2.7"),
	    .agent = S("test")};

	visitor.actor = actor_nobody((municipality_id){1}, sc.actor.today);
	assert_int_equal(sign_in(&visitor, &in, &outcome), RC_OK);
	return outcome;
}

static void
the_right_password_opens_a_session(void **state)
{
	struct session s;

	give(add_person("yartseva"), ROLE_COORDINATOR, (school_id){0});
	assert_int_equal(
	    try_to_enter(" Yartseva ", PASSWORD, "t1"), SIGN_IN_DONE);
	assert_int_equal(session_find(&sc, S("t1"), &s), RC_OK);
	assert_str(s.actor.name, "Ярцева П. А.");
	assert_true(s.actor.sees_all);
	assert_int_equal(may(&s.actor, PERM_LISTS_MAKE), RC_OK);
	assert_int_equal(may(&s.actor, PERM_PEOPLE_MANAGE), RC_DENIED);
	assert_int_equal(session_find(&sc, S("t2"), &s), RC_SIGN_IN);
}

/* Until then finding it again would write nothing and end nothing. */
static void
a_session_says_when_to_look_again(void **state)
{
	struct session s;
	struct moment began = sc.now;

	(void)add_person("yartseva");
	assert_int_equal(
	    try_to_enter("yartseva", PASSWORD, "t1"), SIGN_IN_DONE);
	sc.now.second = began.second + 100;
	assert_int_equal(session_find(&sc, S("t1"), &s), RC_OK);
	assert_int_equal(s.until.second, began.second + 300);
	sc.now.second = began.second + 1000; /* touched */
	assert_int_equal(session_find(&sc, S("t1"), &s), RC_OK);
	assert_int_equal(s.until.second, began.second + 1300);
	for (int64_t t = 0; t < SESSION_MOST_SECONDS; t += 7000) {
		sc.now.second = began.second + t;
		assert_int_equal(session_find(&sc, S("t1"), &s), RC_OK);
	}
	sc.now.second = began.second + SESSION_MOST_SECONDS - 10;
	assert_int_equal(session_find(&sc, S("t1"), &s), RC_OK);
	assert_int_equal(s.until.second, began.second + SESSION_MOST_SECONDS);
	sc.now.second = s.until.second + 1;
	assert_int_equal(session_find(&sc, S("t1"), &s), RC_SIGN_IN);
}

static void
a_wrong_one_does_not_and_counts(void **state)
{
	struct session s;

	(void)add_person("yartseva");
	for (int i = 0; i < FAILURES_BY_ACCOUNT; i++)
		assert_int_equal(
		    try_to_enter("yartseva", S("не тот пароль"), "t1"),
		    SIGN_IN_WRONG);
	assert_int_equal(
	    try_to_enter("yartseva", PASSWORD, "t1"), SIGN_IN_TOO_MANY);
	assert_int_equal(session_find(&sc, S("t1"), &s), RC_SIGN_IN);

	sc.now.second += FAILURE_WINDOW_SECONDS + 1;
	assert_int_equal(
	    try_to_enter("yartseva", PASSWORD, "t1"), SIGN_IN_DONE);
}

static void
an_address_that_tries_many_names_is_stopped(void **state)
{
	autoarena names = arena_open(0);

	(void)add_person("yartseva");
	for (int i = 0; i < FAILURES_BY_ADDRESS; i++) {
		struct str login = arena_fmt(names, "nobody%d", i);
		assert_int_equal(try_to_enter(arena_cstr(names, login),
				     S("не тот пароль"), "t1"),
		    SIGN_IN_WRONG);
	}
	assert_int_equal(
	    try_to_enter("yartseva", PASSWORD, "t1"), SIGN_IN_TOO_MANY);
}

static void
a_session_ends(void **state)
{
	struct session s;
	int64_t n;

	person_id p = add_person("yartseva");
	assert_int_equal(try_to_enter("yartseva", PASSWORD, "a"), SIGN_IN_DONE);
	assert_int_equal(try_to_enter("yartseva", PASSWORD, "b"), SIGN_IN_DONE);
	assert_int_equal(try_to_enter("yartseva", PASSWORD, "c"), SIGN_IN_DONE);

	/* on sign-out; on «выйти везде» for all but this one */
	assert_int_equal(session_find(&sc, S("a"), &s), RC_OK);
	sc.actor.person = p;
	assert_int_equal(session_close(&sc, S("b")), RC_OK);
	assert_int_equal(session_find(&sc, S("b"), &s), RC_SIGN_IN);
	assert_int_equal(session_close_others(&sc, S("a"), &n), RC_OK);
	assert_int_equal(n, 1);
	assert_int_equal(session_find(&sc, S("c"), &s), RC_SIGN_IN);

	/* used often, it lives until its most */
	struct moment began = sc.now;
	while (sc.now.second < began.second + SESSION_MOST_SECONDS) {
		assert_int_equal(session_find(&sc, S("a"), &s), RC_OK);
		sc.now.second += 3600;
	}
	sc.now.second = began.second + SESSION_MOST_SECONDS + 1;
	assert_int_equal(session_find(&sc, S("a"), &s), RC_SIGN_IN);
	assert_int_equal(session_forget_old(&sc, &n), RC_OK);
	assert_int_equal(n, 1);

	/* unused, it dies sooner */
	assert_int_equal(try_to_enter("yartseva", PASSWORD, "d"), SIGN_IN_DONE);
	sc.now.second += SESSION_IDLE_SECONDS + 1;
	assert_int_equal(session_find(&sc, S("d"), &s), RC_SIGN_IN);

	/* and with its account */
	assert_int_equal(try_to_enter("yartseva", PASSWORD, "e"), SIGN_IN_DONE);
	assert_int_equal(person_set_disabled(&sc, p, true), RC_OK);
	assert_int_equal(session_find(&sc, S("e"), &s), RC_SIGN_IN);
	assert_int_equal(
	    try_to_enter("yartseva", PASSWORD, "e"), SIGN_IN_WRONG);
}

static void
a_role_for_one_school_reaches_that_school(void **state)
{
	person_id p = add_person("director");
	struct session s;
	struct scope own = sc;

	give(p, ROLE_SCHOOL, first);
	assert_int_equal(
	    try_to_enter("director", PASSWORD, "t1"), SIGN_IN_DONE);
	assert_int_equal(session_find(&sc, S("t1"), &s), RC_OK);
	own.actor = s.actor;
	assert_false(own.actor.sees_all);
	assert_int_equal(may_for(&own, PERM_RESULTS_READ, first), RC_OK);
	assert_int_equal(
	    may_for(&own, PERM_RESULTS_READ, second), RC_NOT_FOUND);
	assert_int_equal(may_for(&own, PERM_LISTS_MAKE, first), RC_DENIED);
}

/* A curator of one school and the school role of another: each its own. */
static void
rights_of_two_roles_do_not_mix(void **state)
{
	person_id p = add_person("both");
	struct scope own = sc;

	give(p, ROLE_CURATOR, first);
	give(p, ROLE_SCHOOL, second);
	assert_int_equal(
	    actor_of(&sc, (municipality_id){1}, p, S("Б"), &own.actor), RC_OK);
	assert_int_equal(may_for(&own, PERM_MARKS_CONFIRM, first), RC_OK);
	assert_int_equal(may_for(&own, PERM_MARKS_CONFIRM, second), RC_DENIED);
	assert_int_equal(may_for(&own, PERM_FORMS_FILL, first), RC_DENIED);
	assert_int_equal(may_for(&own, PERM_FORMS_FILL, second), RC_OK);
}

static void
a_deputy_has_the_roles_for_the_days_named(void **state)
{
	person_id head = add_person("head"), deputy = add_person("deputy");
	struct actor a;
	struct date from = date_plus(sc.actor.today, 2);

	give(head, ROLE_HEAD, (school_id){0});
	assert_int_equal(
	    person_deputise(&sc, head, deputy, from, date_plus(from, 3)),
	    RC_OK);
	for (int day = 0; day < 8; day++) {
		struct scope then = sc;

		then.actor.today = date_plus(sc.actor.today, day);
		assert_int_equal(
		    actor_of(&then, (municipality_id){1}, deputy, S("З"), &a),
		    RC_OK);
		assert_int_equal(may(&a, PERM_LISTS_APPROVE),
		    day >= 2 && day <= 5 ? RC_OK : RC_DENIED);
	}
}

static void
an_invitation_works_once(void **state)
{
	struct scope visitor = sc;
	struct invited who;
	person_id p;

	assert_int_equal(
	    person_add(&sc, S("new"), S("Новая А. А."), S("директор"), &p),
	    RC_OK);
	assert_int_equal(try_to_enter("new", S(""), "t"), SIGN_IN_WRONG);
	assert_int_equal(person_invite(&sc, p, S("old link")), RC_OK);
	assert_int_equal(person_invite(&sc, p, S("link")), RC_OK);
	assert_int_equal(
	    invitation_find(&sc, S("old link"), &who), RC_NOT_FOUND);
	assert_int_equal(invitation_find(&sc, S("link"), &who), RC_OK);
	assert_str(who.login, "new");

	visitor.actor = actor_nobody((municipality_id){1}, sc.actor.today);
	assert_int_equal(
	    invitation_accept(&visitor, S("link"), S("короткий")), RC_INVALID);
	assert_int_equal(d.errors, 1);
	assert_int_equal(
	    invitation_accept(&visitor, S("link"), PASSWORD), RC_OK);
	assert_int_equal(
	    invitation_accept(&visitor, S("link"), PASSWORD), RC_NOT_FOUND);
	assert_int_equal(try_to_enter("new", PASSWORD, "t"), SIGN_IN_DONE);

	assert_int_equal(person_invite(&sc, p, S("late")), RC_OK);
	sc.now.second += (int64_t)INVITATION_DAYS * 86400 + 1;
	assert_int_equal(invitation_find(&sc, S("late"), &who), RC_NOT_FOUND);
}

static void
a_second_step_is_asked_when_it_is_on(void **state)
{
	person_id p = add_person("head");
	struct scope own = sc;
	enum sign_in_outcome outcome;
	struct session s;
	struct str secret = S("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"), code;

	own.actor.person = p;
	assert_int_equal(factor_offer(&own, secret), RC_OK);
	assert_int_equal(try_to_enter("head", PASSWORD, "t0"), SIGN_IN_DONE);
	assert_true(
	    totp_code(mem, secret, sc.now.second / TOTP_STEP_SECONDS, &code));
	assert_int_equal(factor_confirm(&own, S("000000")), RC_INVALID);
	assert_int_equal(factor_confirm(&own, code), RC_OK);

	assert_int_equal(
	    try_to_enter("head", PASSWORD, "t1"), SIGN_IN_NEEDS_CODE);
	assert_int_equal(session_find(&sc, S("t1"), &s), RC_OK);
	assert_true(s.needs_code);
	/* the code that turned it on is spent */
	assert_int_equal(sign_in_code(&sc, S("t1"), code, &outcome), RC_OK);
	assert_int_equal(outcome, SIGN_IN_WRONG);

	sc.now.second += TOTP_STEP_SECONDS;
	assert_true(
	    totp_code(mem, secret, sc.now.second / TOTP_STEP_SECONDS, &code));
	assert_int_equal(sign_in_code(&sc, S("t1"), code, &outcome), RC_OK);
	assert_int_equal(outcome, SIGN_IN_DONE);
	assert_int_equal(session_find(&sc, S("t1"), &s), RC_OK);
	assert_false(s.needs_code);
}

/* Who lost the telephone is let in by the administrator, and told of it. */
static void
a_second_step_is_turned_off_for_somebody_else(void **state)
{
	person_id p = add_person("head");
	struct scope own = sc;
	struct str secret = S("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"), code;
	struct q_notice_unread unread;
	bool is_on;

	own.actor.person = p;
	assert_int_equal(factor_offer(&own, secret), RC_OK);
	assert_true(
	    totp_code(mem, secret, sc.now.second / TOTP_STEP_SECONDS, &code));
	assert_int_equal(factor_confirm(&own, code), RC_OK);
	assert_int_equal(
	    factor_is_on(&sc, sc.actor.municipality, p, &is_on), RC_OK);
	assert_true(is_on);
	assert_int_equal(factor_remove(&sc, p), RC_OK);
	assert_int_equal(try_to_enter("head", PASSWORD, "t1"), SIGN_IN_DONE);
	assert_int_equal(
	    q_notice_unread(sc.db, mem, sc.actor.municipality, p, &unread),
	    RC_OK);
	assert_int_equal(unread.n, 1);
	assert_int_equal(factor_remove(&sc, (person_id){999}), RC_NOT_FOUND);

	/* One's own is no news. */
	assert_int_equal(factor_offer(&own, secret), RC_OK);
	assert_int_equal(factor_remove(&own, p), RC_OK);
	assert_int_equal(
	    q_notice_unread(sc.db, mem, sc.actor.municipality, p, &unread),
	    RC_OK);
	assert_int_equal(unread.n, 1);
}

static void
codes_cannot_be_guessed_by_trying(void **state)
{
	person_id p = add_person("head");
	struct scope own = sc;
	enum sign_in_outcome outcome;
	struct str secret = S("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"), code;

	own.actor.person = p;
	assert_int_equal(factor_offer(&own, secret), RC_OK);
	assert_true(
	    totp_code(mem, secret, sc.now.second / TOTP_STEP_SECONDS, &code));
	assert_int_equal(factor_confirm(&own, code), RC_OK);
	assert_int_equal(
	    try_to_enter("head", PASSWORD, "t1"), SIGN_IN_NEEDS_CODE);
	for (int i = 0; i < FAILURES_BY_ACCOUNT; i++) {
		assert_int_equal(
		    sign_in_code(&sc, S("t1"), S("123"), &outcome), RC_OK);
		assert_int_equal(outcome, SIGN_IN_WRONG);
	}
	assert_int_equal(sign_in_code(&sc, S("t1"), S("123"), &outcome), RC_OK);
	assert_int_equal(outcome, SIGN_IN_TOO_MANY);
}

static void
a_token_of_a_program_lives_until_its_day(void **state)
{
	person_id p = add_person("script");
	struct scope own = sc;
	struct actor a;

	give(p, ROLE_METHODIST, (school_id){0});
	own.actor.person = p;
	own.actor.name = S("Скрипт");
	assert_int_equal(api_token_add(&own, S("key"), S("выгрузка"),
			     date_plus(sc.actor.today, 30)),
	    RC_OK);
	assert_int_equal(api_token_find(&sc, S("key"), &a), RC_OK);
	assert_int_equal(may(&a, PERM_RESULTS_READ), RC_OK);
	assert_int_equal(api_token_find(&sc, S("other"), &a), RC_SIGN_IN);

	struct scope later = sc;
	later.actor.today = date_plus(sc.actor.today, 31);
	assert_int_equal(api_token_find(&later, S("key"), &a), RC_SIGN_IN);

	assert_int_equal(api_token_revoke(&own, 1), RC_OK);
	assert_int_equal(api_token_find(&sc, S("key"), &a), RC_SIGN_IN);
	assert_int_equal(api_token_revoke(&own, 1), RC_NOT_FOUND);
}

static void
logins_are_unique_whatever_their_case(void **state)
{
	person_id p;

	(void)add_person("yartseva");
	assert_int_equal(person_add(&sc, S("YARTSEVA"), S("Другая"), S(""), &p),
	    RC_CONFLICT);
	assert_int_equal(d.errors, 1);
	assert_int_equal(
	    person_add(&sc, S("с пробелом"), S("Имя"), S(""), &p), RC_INVALID);
	assert_int_equal(
	    person_add(&sc, S("login"), S(" "), S(""), &p), RC_INVALID);
}

/* ---- the chain ---- */

static void
write_entries(int n)
{
	for (int i = 0; i < n; i++) {
		autotx tx = {0};

		assert_int_equal(tx_begin(sc.db, &tx), RC_OK);
		assert_int_equal(
		    audit_write(&sc,
			&(struct audit_entry){.action = S("school.changed"),
			    .object = S("school"),
			    .object_id = i,
			    .was = S("было"),
			    .becomes = S("стало")}),
		    RC_OK);
		assert_int_equal(tx_commit(&tx), RC_OK);
	}
}

static void
a_chain_holds(void **state)
{
	struct audit_state s;

	assert_int_equal(audit_verify(&sc, &s), RC_OK);
	assert_int_equal(s.entries, 0);
	assert_int_equal(s.broken_at, 0);
	write_entries(5);
	assert_int_equal(audit_verify(&sc, &s), RC_OK);
	assert_int_equal(s.entries, 5);
	assert_int_equal(s.broken_at, 0);
	assert_int_equal(s.last_hash.n, 64);
}

static void
an_entry_of_rolled_back_work_is_not_there(void **state)
{
	struct audit_state s;

	write_entries(1);
	{
		autotx tx = {0};
		assert_int_equal(tx_begin(sc.db, &tx), RC_OK);
		assert_int_equal(
		    audit_write(
			&sc, &(struct audit_entry){.action = S("load.loaded")}),
		    RC_OK);
	}
	write_entries(1);
	assert_int_equal(audit_verify(&sc, &s), RC_OK);
	assert_int_equal(s.entries, 2);
	assert_int_equal(s.broken_at, 0);
}

static void
a_later_hand_shows(void **state)
{
	static const struct {
		const char *sql;
		int broken_at;
	} cases[] = {
	    {"UPDATE audit SET becomes = 'другое' WHERE number = 3", 3},
	    {"DELETE FROM audit WHERE number = 2", 2},
	    {"DELETE FROM audit WHERE number = 5", 5},
	    {"UPDATE audit SET person_name = 'Иная' WHERE number = 1", 1},
	};
	struct audit_state s;

	write_entries(5);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		autotx tx = {0};

		assert_int_equal(tx_begin(sc.db, &tx), RC_OK);
		assert_int_equal(
		    sc.db->driver->script(sc.db, cases[i].sql), RC_OK);
		struct scope inside = sc;
		(void)inside;
		assert_int_equal(tx_commit(&tx), RC_OK);
		assert_int_equal(audit_verify(&sc, &s), RC_OK);
		assert_int_equal(s.broken_at, cases[i].broken_at);
		if (i + 1 == COUNT_OF(cases))
			break;
		assert_int_equal(sc.db->driver->script(sc.db,
				     "DELETE FROM audit; UPDATE audit_head "
				     "SET number = 0, hash = ''"),
		    RC_OK);
		write_entries(5);
	}
}

/* ---- without a database ---- */

static void
what_is_shut_opens_with_its_own_secret_only(void **state)
{
	autoarena box = arena_open(0);
	struct str shut =
	    secret_shut(box, S("secret"), "file", S("4512 123456"));
	struct str open;

	assert_int_equal(str_find(shut, S("4512")), -1);
	assert_true(secret_opened(box, S("secret"), "file", shut, &open));
	assert_str(open, "4512 123456");
	assert_false(secret_opened(box, S("secreT"), "file", shut, &open));
	assert_false(secret_opened(box, S("secret"), "letter", shut, &open));
	assert_false(
	    secret_opened(box, S("secret"), "file", S("short"), &open));
	for (size_t i = 0; i < shut.n; i++) {
		char *changed = arena_cstr(box, shut);

		changed[i] ^= 1;
		assert_false(secret_opened(box, S("secret"), "file",
		    (struct str){changed, shut.n}, &open));
	}
}

/* The same content is known again; another one has another nonce. */
static void
what_is_shut_twice_is_the_same(void **state)
{
	autoarena box = arena_open(0);
	struct str a = secret_shut(box, S("secret"), "file", S("one"));

	assert_true(str_eq(a, secret_shut(box, S("secret"), "file", S("one"))));
	assert_memory_not_equal(
	    a.p, secret_shut(box, S("secret"), "file", S("two")).p, 24);
}

static void
every_right_has_a_letter_for_every_role(void **state)
{
	for (enum perm p = 0; p < PERM_COUNT; p++) {
		int allowed = 0;

		for (enum role r = 0; r < ROLE_COUNT; r++)
			allowed += role_reach(r, p) != REACH_NONE;
		if (allowed == 0)
			print_error("%s is nobody's\n", perm_name(p));
		assert_true(allowed > 0);
		assert_true(perm_title(p)[0] != '\0');
	}
	assert_int_equal(role_reach(ROLE_ADMIN, PERM_PEOPLE_MANAGE), REACH_ALL);
	assert_int_equal(role_reach(ROLE_SCHOOL, PERM_RESULTS_READ), REACH_OWN);
	assert_int_equal(role_reach(ROLE_SCHOOL, PERM_BIAS_READ), REACH_NONE);
}

static void
weak_passwords_are_refused_with_a_reason(void **state)
{
	static const char *const weak[] = {"", "короткий", "1234567890",
	    "яяяяяяяяяяяя", "yartseva2026!", "ПАРОЛЬ12345"};

	for (size_t i = 0; i < COUNT_OF(weak); i++)
		assert_true(
		    password_fault(str_of(weak[i]), S("yartseva")).n > 0);
	assert_int_equal(password_fault(PASSWORD, S("yartseva")).n, 0);
	assert_int_equal(
	    password_fault(S("correct horse battery"), S("yartseva")).n, 0);
}

/* RFC 6238, appendix B: the last six of its eight digits. */
static void
codes_are_those_of_the_standard(void **state)
{
	static const struct {
		int64_t second;
		const char *code;
	} cases[] = {{59, "287082"}, {1111111109, "081804"},
	    {1111111111, "050471"}, {1234567890, "005924"},
	    {2000000000, "279037"}, {20000000000, "353130"}};

	autoarena own = arena_open(0);
	struct str secret =
	    base32(own, (const unsigned char *)"12345678901234567890", 20);
	struct str code;
	int64_t step;

	assert_str(secret, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct moment now = {cases[i].second};

		assert_true(totp_code(
		    own, secret, cases[i].second / TOTP_STEP_SECONDS, &code));
		assert_str(code, cases[i].code);
		now.second += TOTP_STEP_SECONDS; /* a slow hand */
		assert_true(totp_check(own, secret, code, now, &step));
		now.second += TOTP_STEP_SECONDS;
		assert_false(totp_check(own, secret, code, now, &step));
	}
	assert_false(totp_code(own, S("not base32!"), 1, &code));
}

/* clang-format off */
#define on(f, database) \
	{#f " (" database ")", f, open_database, close_database, \
	    (void *)(uintptr_t)database}
#define both(f) on(f, "sqlite"), on(f, "postgres")
#define plain(f) {#f, f, NULL, NULL, (void *)(uintptr_t)"plain"}

/* clang-format on */

int
main(void)
{
	const struct CMUnitTest all[] = {
	    both(the_right_password_opens_a_session),
	    both(a_session_says_when_to_look_again),
	    both(a_wrong_one_does_not_and_counts),
	    both(an_address_that_tries_many_names_is_stopped),
	    both(a_session_ends),
	    both(a_role_for_one_school_reaches_that_school),
	    both(rights_of_two_roles_do_not_mix),
	    both(a_deputy_has_the_roles_for_the_days_named),
	    both(an_invitation_works_once),
	    both(a_second_step_is_asked_when_it_is_on),
	    both(a_second_step_is_turned_off_for_somebody_else),
	    both(codes_cannot_be_guessed_by_trying),
	    both(a_token_of_a_program_lives_until_its_day),
	    both(logins_are_unique_whatever_their_case),
	    both(a_chain_holds),
	    both(an_entry_of_rolled_back_work_is_not_there),
	    both(a_later_hand_shows),
	    plain(what_is_shut_opens_with_its_own_secret_only),
	    plain(what_is_shut_twice_is_the_same),
	    plain(every_right_has_a_letter_for_every_role),
	    plain(weak_passwords_are_refused_with_a_reason),
	    plain(codes_are_those_of_the_standard),
	};

	if (sodium_init() < 0)
		return 1;
	return run_on_databases(all, COUNT_OF(all));
}
