/*
 * kept.h - which answers are known to be the same as before, without being
 * made again.
 *
 * Kept is only the tag of an answer, under a key that hashes everything the
 * answer depends on: what was committed (db_state()) and the request with its
 * cookies.  A write by anybody changes every key, so nothing is ever thrown
 * out on purpose and nothing stale can be found; another person's request has
 * another key.  What depends on the clock besides is said by the site: an
 * entry holds until reply.same_until.  doc/why/unchanged-pages.md has the
 * reasons.
 *
 * Any thread may ask.
 */
#pragma once

#include "web/http.h"

struct kept;

/* Of one request and one state of the database. */
struct kept_key {
	bool is_known;
	unsigned char hash[32];
};

struct kept *kept_open(void);
void kept_close(struct kept *k);

/* Is this a request whose answer may be kept? */
bool kept_may(const struct request *rq);

/* state: db_state() before the answer is made. */
struct kept_key kept_key(const struct request *rq, struct str state);

/* True when the client has this answer already; then rp says so (304). */
bool kept_answer(struct kept *k, const struct kept_key *key,
    const struct request *rq, struct reply *rp);

/* After the answer was made, under the key of the state before. */
void kept_put(
    struct kept *k, const struct kept_key *key, const struct reply *rp);
