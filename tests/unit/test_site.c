/* test_site.c - pages without a network: routes × roles, links, forms, marks. */
#include <fcntl.h>

#include "core/access/people.h"
#include "core/access/session.h"
#include "databases.h"
#include "os/random.h"
#include "store/q_registry.h"
#include "web/page/pages.h"
#include "web/show.h"
#include "web/site.h"

#define PASSWORD S("четыре слова подряд")

static struct arena *mem;
static struct diag d;
static char path[] = "/tmp/opora-site-XXXXXX";
static struct site *site;
static struct shelf *shelf;
static struct str tokens[ROLE_COUNT];

/* ---- a small municipality with a person for every role ---- */

static void
add_school(struct db *db, const char *code, const char *name)
{
	struct q_school_add row;
	const struct q_school_add_in in = {.municipality = {1},
	    .code = str_of(code),
	    .name = str_of(name),
	    .sort_key = str_of(name),
	    .kind = S("sosh")};

	assert_int_equal(q_school_add(db, mem, &in, &row), RC_OK);
}

static void
add_person(struct scope *sc, enum role role)
{
	struct str login = arena_fmt(mem, "%s-person", role_code(role));
	struct scope visitor = *sc;
	enum sign_in_outcome outcome;
	person_id id;
	const struct grant g = {.role = role,
	    .school = {role == ROLE_SCHOOL || role == ROLE_CURATOR ||
			       role == ROLE_SUPPORT ?
			   1 :
			   0},
	    .since = date_plus(sc->actor.today, -10),
	    .until = DATE_NONE};

	tokens[role] =
	    arena_fmt(mem, "token-of-%s-long-enough", role_code(role));
	assert_int_equal(
	    person_add(sc, login, S("Кто-то О. О."), S(""), &id), RC_OK);
	assert_int_equal(person_set_password(sc, id, PASSWORD), RC_OK);
	assert_int_equal(person_grant(sc, id, &g), RC_OK);
	assert_int_equal(sign_in(&visitor,
			     &(struct sign_in){.login = login,
				 .password = PASSWORD,
				 .token = tokens[role],
				 .address = S("192.0.2.1"),
				 .agent = S("")},
			     &outcome),
	    RC_OK);
	assert_int_equal(outcome, SIGN_IN_DONE);
}

static struct moment
now(void)
{
	return (struct moment){1795000000};
}

static int
open_site(void **state)
{
	struct db *db;
	struct scope sc;
	int fd;

	mem = arena_open(0);
	d = diag_open(mem, 0);
	(void)setenv("OPORA_TODAY", "2026-11-18", 1);
	fd = mkstemp(path);
	assert_true(fd >= 0);
	(void)close(fd);
	assert_int_equal(db_open(str_of(path), true, &d, &db), RC_OK);
	assert_int_equal(db_migrate(db, &d, NULL, NULL), RC_OK);
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
	add_school(db, "0101", "Вьюжинская СОШ");
	add_school(db, "0102", "Гимназия № 3");
	sc = (struct scope){.db = db, .mem = mem, .now = now(), .diag = &d};
	sc.actor = actor_program((municipality_id){1}, moment_date(now(), 180));
	for (enum role r = 0; r < ROLE_COUNT; r++)
		add_person(&sc, r);
	db_close(db);
	assert_int_equal(shelf_open(&d, &shelf), RC_OK);
	assert_int_equal(site_open(str_of(path), shelf, &d, &site), RC_OK);
	return 0;
}

static int
close_site(void **state)
{
	site_close(site);
	shelf_close(shelf);
	(void)unlink(path);
	(void)unlink(arena_fmt(mem, "%s-wal", path).p);
	(void)unlink(arena_fmt(mem, "%s-shm", path).p);
	arena_close(mem);
	return 0;
}

/* ---- asking ---- */

enum { NOBODY = ROLE_COUNT };

static struct reply
ask_at(struct moment when, struct str agent, enum http_method method,
    struct str target, int who, struct str body)
{
	struct header *headers = arena_new(mem, struct header, 4);
	struct request rq = {.mem = mem,
	    .method = method,
	    .path = target,
	    .query = S(""),
	    .address = S("192.0.2.1"),
	    .headers = headers,
	    .body = body,
	    .now = when};
	struct reply rp = reply_open(mem);
	ptrdiff_t mark = str_find_char(target, '?');

	if (mark >= 0) {
		rq.path = str_cut(target, 0, (size_t)mark);
		rq.query = str_from(target, (size_t)mark + 1);
	}
	headers[rq.n_headers++] = (struct header){S("Host"), S("opora.test")};
	if (method == POST)
		headers[rq.n_headers++] = (struct header){
		    S("Content-Type"), S("application/x-www-form-urlencoded")};
	if (who != NOBODY)
		headers[rq.n_headers++] = (struct header){S("Cookie"),
		    arena_fmt(mem, "opora=%.*s", STR_ARG(tokens[who]))};
	headers[rq.n_headers++] = (struct header){S("User-Agent"), agent};
	site_answer(site, &rq, &rp);
	return rp;
}

static struct reply
ask(enum http_method method, struct str target, int who, struct str body)
{
	return ask_at(now(), S("one"), method, target, who, body);
}

/* A route's path with 1 for every number and a word for every word. */
static struct str
filled(const char *pattern)
{
	struct buf b = buf_open(mem, 0);

	for (const char *p = pattern; *p; p++) {
		if (*p != '{') {
			buf_char(&b, *p);
			continue;
		}
		buf_c(&b, strncmp(p, "{word}", 6) == 0 ? "unknown" : "1");
		p = strchr(p, '}');
	}
	return buf_str(&b);
}

static bool
may_enter(const struct route *r, enum role who)
{
	if (r->right == OPEN_TO_ALL || r->right == OPEN_TO_SIGNED_IN)
		return true;
	return role_reach(who, (enum perm)r->right) != REACH_NONE;
}

/* Every GET route for every role, and for nobody. */
static void
every_route_asks_for_its_right(void **state)
{
	for (size_t i = 0; i < n_routes; i++) {
		const struct route *r = &routes[i];
		struct str target = filled(r->path);

		if (r->method != GET)
			continue;
		struct reply rp = ask(GET, target, NOBODY, S(""));
		if (r->right != OPEN_TO_ALL) {
			assert_int_equal(rp.status, 303);
			assert_true(str_starts(
			    reply_get_header(&rp, "Location"), S("/sign-in")));
		}
		for (enum role who = 0; who < ROLE_COUNT; who++) {
			rp = ask(GET, target, who, S(""));
			if ((rp.status == 403) == may_enter(r, who) ||
			    rp.status == 500)
				print_error("%s as %s gives %d\n", r->path,
				    role_code(who), rp.status);
			assert_true((rp.status == 403) == !may_enter(r, who));
			assert_int_not_equal(rp.status, 500);
			assert_int_not_equal(rp.status, 422);
		}
	}
}

/* Nothing is changed by a form that does not carry the session's mark. */
static void
a_form_without_its_mark_is_refused(void **state)
{
	for (size_t i = 0; i < n_routes; i++) {
		const struct route *r = &routes[i];
		struct reply rp;

		if (r->method != POST)
			continue;
		for (int who = 0; who <= NOBODY; who++) {
			rp = ask(POST, filled(r->path), who,
			    S("mark=wrong&login=a&password=b"));
			if (rp.status != 403 && rp.status != 401)
				print_error(
				    "%s gives %d\n", r->path, rp.status);
			assert_true(rp.status == 403 || rp.status == 401);
		}
	}
}

/* What a list answers is described by the table it is printed by. */
static void
every_list_has_its_table(void **state)
{
	static page *const described[] = {
#define LIST(page, table) page,
#define LIST_TOO          LIST
#include "web/lists.def"
#undef LIST
#undef LIST_TOO
	    page_card, /* one object: openapi_shared.c */
	};

	for (size_t i = 0; i < n_routes; i++) {
		bool is_there = !(routes[i].flags & ROUTE_LIST);

		for (size_t k = 0; k < COUNT_OF(described); k++)
			is_there |= described[k] == routes[i].page;
		if (!is_there)
			print_error("%s has no table\n", routes[i].path);
		assert_true(is_there);
	}
}

static void
every_link_leads_to_a_route(void **state)
{
	static const char *const paths[] = {
/* clang-format off */
#define LINK(name, path) path,
#define LINK_ID(name, type, path) path,
#define LINK_ID2(name, type, type2, path) path,
#include "web/links.def"
#undef LINK
#undef LINK_ID
#undef LINK_ID2
	    /* clang-format on */
	};

	for (size_t i = 0; i < COUNT_OF(paths); i++) {
		struct str target = filled(paths[i]);
		bool leads = route_find(mem, GET, target).route != NULL ||
			     route_find(mem, POST, target).route != NULL;

		if (!leads)
			print_error("%s leads nowhere\n", paths[i]);
		assert_true(leads);
	}
}

static void
schools_do_not_see_each_other(void **state)
{
	struct reply rp = ask(GET, S("/schools.csv"), ROLE_SCHOOL, S(""));

	assert_int_equal(rp.status, 200);
	assert_true(str_find(buf_str(&rp.body), S("Вьюжинская")) >= 0);
	assert_true(str_find(buf_str(&rp.body), S("Гимназия")) < 0);
	rp = ask(GET, S("/schools.csv"), ROLE_COORDINATOR, S(""));
	assert_true(str_find(buf_str(&rp.body), S("Гимназия")) >= 0);
	rp = ask(GET, S("/schools/1"), ROLE_SCHOOL, S(""));
	assert_int_equal(rp.status, 200);
	rp = ask(GET, S("/schools/2"), ROLE_SCHOOL, S(""));
	assert_int_equal(rp.status, 404);
	rp = ask(
	    GET, S("/search.json?q=%D0%B3%D0%B8%D0%BC"), ROLE_SCHOOL, S(""));
	assert_str(buf_str(&rp.body), "[]\n");
}

/* ---- forms ---- */

/* The mark stands in every page of the session. */
static struct str
mark_of(enum role who)
{
	struct reply rp = ask(GET, S("/account"), who, S(""));
	struct str html = buf_str(&rp.body), name = S("name=\"mark\" value=\"");
	ptrdiff_t at = str_find(html, name);

	assert_true(at >= 0);
	html = str_from(html, (size_t)at + name.n);
	return str_cut(html, 0, (size_t)str_find_char(html, '"'));
}

static void
a_refused_form_keeps_what_was_typed(void **state)
{
	struct str body = arena_fmt(mem,
	    "mark=%.*s&login=a&name=%%D0%%9D%%D0%%BE%%D0%%B2%%D0%%B0%%D1%%8F&"
	    "post=%%3Cb%%3E",
	    STR_ARG(mark_of(ROLE_ADMIN)));
	struct reply rp = ask(POST, S("/people"), ROLE_ADMIN, body);
	struct str html = buf_str(&rp.body);

	assert_int_equal(rp.status, 422);
	assert_true(str_find(html, S("value=\"Новая\"")) >= 0);
	assert_true(str_find(html, S("value=\"&lt;b&gt;\"")) >= 0);
	assert_true(str_find(html, S("Здесь нужно не меньше 2 знаков.")) >= 0);
	assert_true(str_find(html, S("aria-invalid=\"true\"")) >= 0);
}

static void
a_whole_form_does_its_work_once(void **state)
{
	struct str mark = mark_of(ROLE_ADMIN);
	struct str body = arena_fmt(
	    mem, "mark=%.*s&login=newone&name=Name&post=", STR_ARG(mark));
	struct reply rp = ask(POST, S("/people"), ROLE_ADMIN, body);

	assert_int_equal(rp.status, 303);
	assert_true(
	    str_starts(reply_get_header(&rp, "Location"), S("/people/")));
	rp = ask(POST, S("/people"), ROLE_ADMIN, body);
	assert_int_equal(rp.status, 422);
	assert_true(str_find(buf_str(&rp.body),
			S("Такое имя для входа уже есть.")) >= 0);
	/* another session's mark is no mark */
	rp = ask(POST, S("/people"), ROLE_ADMIN,
	    arena_fmt(mem, "mark=%.*s&login=x2&name=Name&post=",
		STR_ARG(mark_of(ROLE_HEAD))));
	assert_int_equal(rp.status, 403);
}

static void
what_is_not_there_is_said(void **state)
{
	struct reply rp = ask(GET, S("/nothing"), ROLE_HEAD, S(""));

	assert_int_equal(rp.status, 404);
	rp = ask(OTHER_METHOD, S("/schools"), ROLE_HEAD, S(""));
	assert_int_equal(rp.status, 405);
	assert_true(reply_get_header(&rp, "Allow").n > 0);
	rp = ask(GET, S("/schools/999"), ROLE_HEAD, S(""));
	assert_int_equal(rp.status, 404);
	rp = ask(GET, S("/schools/x"), ROLE_HEAD, S(""));
	assert_int_equal(rp.status, 404);
	rp = ask(GET, S("/schools/99999999999999999999"), ROLE_HEAD, S(""));
	assert_int_equal(rp.status, 404);
}

/* ---- how long an answer holds ---- */

static int64_t
promised(struct reply rp)
{
	return moment_is_none(rp.same_until) ?
		   0 :
		   rp.same_until.second - now().second;
}

static void
a_page_holds_until_the_session_is_to_be_looked_at(void **state)
{
	struct reply rp = ask(GET, S("/schools"), ROLE_HEAD, S(""));

	assert_int_equal(promised(rp), 300);
	rp = ask(GET, S("/schools.csv"), ROLE_HEAD, S(""));
	assert_int_equal(promised(rp), 300);
}

static void
other_answers_promise_nothing(void **state)
{
	static const char *const targets[] = {"/schools/999", "/nothing",
	    "/schools.xlsx", "/account/factor", "/objectivity", "/sign-in"};

	for (size_t i = 0; i < COUNT_OF(targets); i++) {
		for (int who = 0; who <= NOBODY; who++)
			assert_int_equal(
			    promised(ask(GET, str_of(targets[i]), who, S(""))),
			    0);
	}
	assert_int_equal(promised(ask(GET, S("/schools"), NOBODY, S(""))), 0);
	assert_int_equal(
	    promised(ask(POST, S("/views"), ROLE_HEAD, S("mark=x"))), 0);
}

/* As long as it is promised, nothing but the request and the day matters. */
static void
what_is_promised_is_kept(void **state)
{
	static const char *const endings[] = {"", ".csv", ".json"};
	size_t n = 0;

	for (size_t i = 0; i < n_routes * COUNT_OF(endings); i++) {
		const struct route *r = &routes[i / COUNT_OF(endings)];
		struct str target = arena_fmt(mem, "%.*s%s",
		    STR_ARG(filled(r->path)), endings[i % COUNT_OF(endings)]);

		for (enum role who = 0; who < ROLE_COUNT; who++) {
			struct reply a, b;

			if (r->method != GET)
				continue;
			a = ask(GET, target, who, S(""));
			if (promised(a) == 0)
				continue;
			b = ask_at((struct moment){a.same_until.second - 1},
			    S("two"), GET, target, who, S(""));
			n++;
			if (!str_eq(buf_str(&a.body), buf_str(&b.body)))
				print_error("%.*s as %s changes by itself\n",
				    STR_ARG(target), role_code(who));
			assert_true(str_eq(buf_str(&a.body), buf_str(&b.body)));
			assert_int_equal(
			    a.same_until.second, b.same_until.second);
		}
	}
	assert_true(n > 100);
}

/* In this place it is midnight at 21:00 of Greenwich. */
static void
no_page_outlives_its_day(void **state)
{
	struct moment t = now(),
		      midnight = {((int64_t)moment_date(t, 0).day + 1) * 86400 -
				  180 * 60};
	struct reply rp;

	for (; t.second < midnight.second; t.second += 3600)
		rp = ask_at(t, S(""), GET, S("/schools"), ROLE_ADMIN, S(""));
	t.second = midnight.second - 10;
	rp = ask_at(t, S(""), GET, S("/schools"), ROLE_ADMIN, S(""));
	assert_int_equal(rp.status, 200);
	assert_int_equal(rp.same_until.second, midnight.second);
}

static void
every_reply_carries_the_headers_of_safety(void **state)
{
	static const char *const pages[] = {"/sign-in", "/schools", "/nothing"};

	for (size_t i = 0; i < COUNT_OF(pages); i++) {
		struct reply rp = ask(GET, str_of(pages[i]), ROLE_HEAD, S(""));
		struct str policy =
		    reply_get_header(&rp, "Content-Security-Policy");

		assert_true(str_starts(policy, S("default-src 'none';")));
		assert_true(str_find(policy, S("unsafe")) < 0);
		assert_str(
		    reply_get_header(&rp, "X-Content-Type-Options"), "nosniff");
		assert_true(reply_get_header(&rp, "Cache-Control").n > 0);
	}
}

/* ---- reading of forms ---- */

static struct request
multipart(struct str body)
{
	static const struct header headers[] = {{S_INIT("content-type"),
	    S_INIT("multipart/form-data; boundary=\"x-1\"")}};

	return (struct request){.mem = mem,
	    .method = POST,
	    .headers = headers,
	    .n_headers = 1,
	    .body = body};
}

static void
a_field_is_found_in_many_parts(void **state)
{
	struct request rq = multipart(
	    S("--x-1\r\nContent-Disposition: form-data; name=\"mark\"\r\n\r\n"
	      "abc\r\n--x-1\r\ncontent-disposition: form-data; name=\"file\"; "
	      "filename=\"C:\\\\dir\\\\a.csv\"\r\nContent-Type: text/csv\r\n"
	      "\r\n1;2\r\n--x\r\n\r\n--x-1\r\nContent-Disposition: form-data; "
	      "name=\"empty\"\r\n\r\n\r\n--x-1--\r\n"));

	assert_str(form_raw(&rq, S("mark")), "abc");
	assert_str(form_raw(&rq, S("file")), "1;2\r\n--x\r\n");
	assert_str(form_raw(&rq, S("empty")), "");
	assert_str(form_raw(&rq, S("nothing")), "");
}

static void
broken_parts_are_no_fields(void **state)
{
	static const char *const bodies[] = {"", "--x-1", "--x-1\r\n",
	    "--x-1\r\nContent-Disposition: form-data; name=\"mark\"\r\n\r\nabc",
	    "--x-1\r\nContent-Disposition: form-data; name=\"mark\"",
	    "--x-1\r\n\r\nabc\r\n--x-1--"};

	for (size_t i = 0; i < COUNT_OF(bodies); i++) {
		struct request rq = multipart(str_of(bodies[i]));

		assert_str(form_raw(&rq, S("mark")), "");
	}
}

static void
urlencoded_text_is_decoded_or_refused(void **state)
{
	struct str got;

	assert_true(url_decode(mem, S("a+b%20%D1%8F"), &got));
	assert_str(got, "a b я");
	assert_false(url_decode(mem, S("%"), &got));
	assert_false(url_decode(mem, S("%4"), &got));
	assert_false(url_decode(mem, S("%zz"), &got));
	assert_false(url_decode(mem, S("%00"), &got));
	assert_false(url_decode(mem, S("%ff"), &got));
	assert_true(urlencoded_field(mem, S("a=1&b=2&b=3"), S("b"), &got));
	assert_str(got, "2");
	assert_false(urlencoded_field(mem, S("a=1"), S("b"), &got));
}

static void
fields_are_read_by_their_kind(void **state)
{
	struct request rq = {.mem = mem,
	    .method = POST,
	    .body =
		S("role=school&school=7&since=05.03.2026&until=31.02.2026")};
	struct form f = form_read(&rq, FORM_grant);
	const struct form_grant *g = f.value;

	assert_str(g->role, "school");
	assert_int_equal(g->school, 7);
	assert_int_equal(f.n_bad, 1);
	assert_str(f.reasons[IN_grant_until],
	    "Такого дня нет. Напишите дату так: 05.03.2026.");
	assert_str(f.typed[IN_grant_until], "31.02.2026");

	/* A browser ends lines by CR LF; a lone CR ends one too. */
	rq.body = S("text=a%0D%0Ab%0Dc%0A%0D%0A");
	f = form_read(&rq, FORM_load);
	assert_str(f.typed[IN_load_text], "a\nb\nc");
	assert_str(((const struct form_load *)f.value)->text, "a\nb\nc");

	rq.body = S("role=&school=семь&since=");
	f = form_read(&rq, FORM_grant);
	assert_int_equal(f.n_bad, 3);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_route_asks_for_its_right),
	    cmocka_unit_test(a_form_without_its_mark_is_refused),
	    cmocka_unit_test(every_link_leads_to_a_route),
	    cmocka_unit_test(every_list_has_its_table),
	    cmocka_unit_test(schools_do_not_see_each_other),
	    cmocka_unit_test(a_refused_form_keeps_what_was_typed),
	    cmocka_unit_test(a_whole_form_does_its_work_once),
	    cmocka_unit_test(what_is_not_there_is_said),
	    cmocka_unit_test(every_reply_carries_the_headers_of_safety),
	    cmocka_unit_test(a_page_holds_until_the_session_is_to_be_looked_at),
	    cmocka_unit_test(other_answers_promise_nothing),
	    cmocka_unit_test(what_is_promised_is_kept),
	    cmocka_unit_test(no_page_outlives_its_day),
	    cmocka_unit_test(a_field_is_found_in_many_parts),
	    cmocka_unit_test(broken_parts_are_no_fields),
	    cmocka_unit_test(urlencoded_text_is_decoded_or_refused),
	    cmocka_unit_test(fields_are_read_by_their_kind),
	};

	random_init();
	return cmocka_run_group_tests(tests, open_site, close_site);
}
