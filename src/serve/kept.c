/* kept.c - has this very answer been given already? */
#include "serve/kept.h"

#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "serve/finish.h"
#include "web/site.h"

enum { SLOTS = 4096, TAG_MAX = 22 };

/*
 * A key has one place; what stood there gives way.  All in all 256 KB, of
 * which the machine gives as much as is used.
 */
struct slot {
	unsigned char hash[32];
	struct moment until;
	unsigned char n;
	char tag[TAG_MAX];
};

struct kept {
	pthread_mutex_t lock;
	struct slot slots[SLOTS];
};

struct kept *
kept_open(void)
{
	struct kept *k = calloc(1, sizeof *k);

	MUST(k != NULL);
	(void)pthread_mutex_init(&k->lock, NULL);
	return k;
}

void
kept_close(struct kept *k)
{
	(void)pthread_mutex_destroy(&k->lock);
	free(k);
}

/* Only who is signed in has pages of their own; programs come by tokens. */
bool
kept_may(const struct request *rq)
{
	return rq->method == GET && request_header(rq, S("Cookie")).n > 0 &&
	       request_header(rq, S("Authorization")).n == 0;
}

/* With its length, so that no two lists of parts read the same. */
static void
add_part(crypto_generichash_state *h, struct str part)
{
	uint64_t n = part.n;

	(void)crypto_generichash_update(h, (unsigned char *)&n, sizeof n);
	(void)crypto_generichash_update(
	    h, (const unsigned char *)part.p, part.n);
}

struct kept_key
kept_key(const struct request *rq, struct str state)
{
	struct kept_key key = {.is_known = true};
	crypto_generichash_state h;

	(void)crypto_generichash_init(&h, NULL, 0, sizeof key.hash);
	add_part(&h, state);
	add_part(&h, rq->path);
	add_part(&h, rq->query);
	add_part(&h, rq->is_secure ? S("https") : S("http"));
	add_part(&h, request_header(rq, S("Host")));
	add_part(&h, request_header(rq, S("Cookie")));
	(void)crypto_generichash_final(&h, key.hash, sizeof key.hash);
	return key;
}

static struct slot *
slot_of(struct kept *k, const struct kept_key *key)
{
	uint32_t number;

	memcpy(&number, key->hash, sizeof number);
	return &k->slots[number % SLOTS];
}

/* The tag, in the request's memory; empty when it is not known. */
static struct str
find(struct kept *k, const struct kept_key *key, const struct request *rq)
{
	const struct slot *s = slot_of(k, key);
	struct str tag = S("");

	(void)pthread_mutex_lock(&k->lock);
	if (memcmp(s->hash, key->hash, sizeof s->hash) == 0 &&
	    rq->now.second < s->until.second)
		tag = arena_str(rq->mem, (struct str){s->tag, s->n});
	(void)pthread_mutex_unlock(&k->lock);
	return tag;
}

bool
kept_answer(struct kept *k, const struct kept_key *key,
    const struct request *rq, struct reply *rp)
{
	struct str tag;

	if (!key->is_known || request_header(rq, S("If-None-Match")).n == 0)
		return false;
	tag = find(k, key, rq);
	if (tag.n == 0 || !has_tag(rq, tag))
		return false;
	site_unchanged(rp, tag);
	return true;
}

void
kept_put(struct kept *k, const struct kept_key *key, const struct reply *rp)
{
	struct str tag = reply_get_header(rp, "ETag");
	struct slot *s = slot_of(k, key);

	if (!key->is_known || moment_is_none(rp->same_until) || tag.n == 0 ||
	    tag.n > TAG_MAX)
		return;
	(void)pthread_mutex_lock(&k->lock);
	memcpy(s->hash, key->hash, sizeof s->hash);
	memcpy(s->tag, tag.p, tag.n);
	s->n = (unsigned char)tag.n;
	s->until = rp->same_until;
	(void)pthread_mutex_unlock(&k->lock);
}
