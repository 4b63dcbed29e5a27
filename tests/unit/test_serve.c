/* test_serve.c - what is known to be unchanged, and for whom. */
#include "harness.h"
#include "serve/kept.h"

static struct arena *mem;
static struct kept *kept;

static int
open_kept(void **state)
{
	mem = arena_open(0);
	kept = kept_open();
	return 0;
}

static int
close_kept(void **state)
{
	kept_close(kept);
	arena_close(mem);
	return 0;
}

#define TAG    "\"0123456789abcdef\""
#define COOKIE "opora=one"

enum { NOON = 1000000 };

/* The request everything below differs from in one thing. */
static struct request
request(const char *cookie, const char *tag)
{
	struct header *headers = arena_new(mem, struct header, 4);

	headers[0] = (struct header){S("Host"), S("opora.test")};
	headers[1] = (struct header){S("Cookie"), str_of(cookie)};
	headers[2] = (struct header){S("If-None-Match"), str_of(tag)};
	return (struct request){.mem = mem,
	    .path = S("/schools"),
	    .query = S("show=rural"),
	    .headers = headers,
	    .n_headers = 3,
	    .now = {NOON}};
}

/* An answer that holds for ten seconds. */
static void
put(const struct request *rq, const char *state)
{
	struct kept_key key = kept_key(rq, str_of(state));
	struct reply rp = reply_open(mem);

	reply_header(&rp, "ETag", S(TAG));
	rp.same_until.second = NOON + 10;
	kept_put(kept, &key, &rp);
}

static bool
is_kept(const struct request *rq, const char *state)
{
	struct kept_key key = kept_key(rq, str_of(state));
	struct reply rp = reply_open(mem);
	bool found = kept_answer(kept, &key, rq, &rp);

	if (found) {
		assert_int_equal(rp.status, 304);
		assert_int_equal(rp.body.n, 0);
		assert_str(reply_get_header(&rp, "ETag"), TAG);
		assert_str(reply_get_header(&rp, "Cache-Control"),
		    "private, no-cache");
	} else {
		assert_int_equal(rp.status, 200);
		assert_int_equal(rp.n_headers, 0);
	}
	return found;
}

static void
the_same_request_is_known(void **state)
{
	struct request rq = request(COOKIE, TAG);

	assert_false(is_kept(&rq, "1"));
	put(&rq, "1");
	assert_true(is_kept(&rq, "1"));
	rq = request(COOKIE, "\"other\", W/" TAG);
	assert_true(is_kept(&rq, "1"));
}

static void
a_write_makes_it_unknown(void **state)
{
	struct request rq = request(COOKIE, TAG);

	put(&rq, "1");
	assert_false(is_kept(&rq, "2"));
	assert_false(is_kept(&rq, ""));
}

static void
another_request_is_another(void **state)
{
	struct request all[] = {request("opora=two", TAG), request("", TAG),
	    request(COOKIE "; year=2024", TAG), request(COOKIE, TAG),
	    request(COOKIE, TAG), request(COOKIE, TAG), request(COOKIE, TAG)};
	struct request rq = request(COOKIE, TAG);

	all[3].path = S("/schools.csv");
	all[4].query = S("");
	all[5].is_secure = true;
	/* the same letters, cut elsewhere */
	all[6].path = S("/schoolsshow=");
	all[6].query = S("rural");
	put(&rq, "1");
	for (size_t i = 0; i < COUNT_OF(all); i++)
		assert_false(is_kept(&all[i], "1"));
	assert_true(is_kept(&rq, "1"));
}

static void
who_has_other_bytes_gets_the_page(void **state)
{
	struct request rq = request(COOKIE, TAG);

	put(&rq, "1");
	rq = request(COOKIE, "\"other\"");
	assert_false(is_kept(&rq, "1"));
	rq = request(COOKIE, "");
	assert_false(is_kept(&rq, "1"));
}

static void
a_promise_ends(void **state)
{
	struct request rq = request(COOKIE, TAG);

	put(&rq, "1");
	rq.now.second = NOON + 9;
	assert_true(is_kept(&rq, "1"));
	rq.now.second = NOON + 10;
	assert_false(is_kept(&rq, "1"));
}

/* Without a promise, a tag, or a known state nothing is kept. */
static void
what_is_not_promised_is_not_kept(void **state)
{
	struct request rq = request(COOKIE, TAG);
	struct kept_key key = kept_key(&rq, S("1")), unknown = {0};
	struct reply rp = reply_open(mem);

	reply_header(&rp, "ETag", S(TAG));
	kept_put(kept, &key, &rp);
	assert_false(is_kept(&rq, "1"));
	rp = reply_open(mem);
	rp.same_until.second = NOON + 10;
	kept_put(kept, &key, &rp);
	reply_header(&rp, "ETag", S("\"a tag longer than any of ours\""));
	kept_put(kept, &key, &rp);
	assert_false(is_kept(&rq, "1"));
	rp = reply_open(mem);
	reply_header(&rp, "ETag", S(TAG));
	rp.same_until.second = NOON + 10;
	kept_put(kept, &unknown, &rp);
	assert_false(kept_answer(kept, &unknown, &rq, &rp));
}

static void
only_pages_of_who_is_signed_in(void **state)
{
	struct request rq = request(COOKIE, TAG);
	struct header with_token[] = {{S_INIT("Cookie"), S_INIT(COOKIE)},
	    {S_INIT("Authorization"), S_INIT("Bearer x")}};

	assert_true(kept_may(&rq));
	rq.method = POST;
	assert_false(kept_may(&rq));
	rq = request("", TAG);
	assert_false(kept_may(&rq));
	rq.headers = with_token;
	rq.n_headers = 2;
	assert_false(kept_may(&rq));
}

/* More answers than there is room for: the memory stays, the last is known. */
static void
many_answers_need_no_more_room(void **state)
{
	struct request rq = request(COOKIE, TAG);

	for (int i = 0; i < 20000; i++) {
		rq.query = arena_fmt(mem, "page=%d", i);
		put(&rq, "1");
		assert_true(is_kept(&rq, "1"));
		arena_reset(mem);
		rq = request(COOKIE, TAG);
	}
}

#define fresh(f) cmocka_unit_test_setup_teardown(f, open_kept, close_kept)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    fresh(the_same_request_is_known),
	    fresh(a_write_makes_it_unknown),
	    fresh(another_request_is_another),
	    fresh(who_has_other_bytes_gets_the_page),
	    fresh(a_promise_ends),
	    fresh(what_is_not_promised_is_not_kept),
	    fresh(only_pages_of_who_is_signed_in),
	    fresh(many_answers_need_no_more_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
