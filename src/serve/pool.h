/*
 * pool.h - workers that answer requests, and the two queues between them and
 * the event loop.
 *
 * A job belongs to one side at a time: the loop fills it, a worker answers
 * it, the loop sends it and takes its memory back.
 *
 * Slow pages must not keep quick ones waiting.  The pool learns what a kind of
 * page usually costs; those above a limit wait in a lane of their own, for
 * workers of a lower priority, so that a quick page finds a worker free and
 * that worker a processor.
 */
#pragma once

#include "base/diag.h"
#include "base/rc.h"
#include "serve/kept.h"
#include "web/shelf.h"

struct job {
	struct arena *mem;
	struct request rq;
	struct reply rp;
	struct kept_key key; /* unknown: a worker asks its own database */
	size_t kind;         /* site_kind() */
	void *ticket;        /* the loop's own mark of the request */
	int64_t began;       /* ticks */
	struct job *next;
};

struct pool;

/*
 * workers for quick pages, and half as many more for slow ones.  Each opens the
 * database itself, the first one before this returns: RC of that; the others
 * with their first request.  db, shelf and kept must live as long as the pool.  A
 * count is written to wake_fd (an eventfd) whenever an answer is ready.
 */
struct pool_options {
	struct str db;
	int workers;
	struct shelf *shelf;
	struct kept *kept;
	int wake_fd;
};
NODISCARD enum rc pool_open(
    const struct pool_options *options, struct diag *d, struct pool **ret);

/* False when too many wait already. */
bool pool_put(struct pool *p, struct job *job);

/* An answered job, or NULL. */
struct job *pool_take(struct pool *p);

/* Lets the workers finish what they have, and ends them. */
void pool_close(struct pool *p);
