/* pool.c - who answers a request, and how does the answer come back? */
#include "serve/pool.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/resource.h>

#include "os/clock.h"
#include "os/log.h"
#include "serve/finish.h"
#include "web/site.h"

enum {
	MAX_WAITING = 512, /* in each lane */
	MAX_WORKERS = 96,
	SLOW_US = 10000, /* a page that usually costs more is slow */
	SLOW_NICENESS = 10,
	WAITING_COUNTS = 10, /* so much waiting weighs as one of work */
	MEMORY = 8,          /* the last answer is one part of so many */
};

enum lane { LANE_QUICK, LANE_SLOW, LANE_COUNT };

struct queue {
	struct job *first;
	struct job **last;
	int n;
};

struct worker {
	pthread_t thread;
	struct site *site;
	struct packer *packer;
	struct pool *pool;
	enum lane lane;
};

struct pool {
	pthread_mutex_t lock;
	pthread_cond_t some[LANE_COUNT];
	struct queue waiting[LANE_COUNT];
	int64_t
	    *usual; /* cost of each kind of page, microseconds; 0: unknown */
	struct queue answered;
	bool is_closing;
	struct pool_options options;
	int n_workers;
	struct worker workers[MAX_WORKERS];
};

static void
queue_put(struct queue *q, struct job *job)
{
	job->next = NULL;
	*q->last = job;
	q->last = &job->next;
	q->n++;
}

static struct job *
queue_take(struct queue *q)
{
	struct job *job = q->first;

	if (job == NULL)
		return NULL;
	q->first = job->next;
	if (q->first == NULL)
		q->last = &q->first;
	q->n--;
	return job;
}

/* The next job of the lane; NULL when the pool closes and none is left. */
static struct job *
next_job(struct pool *p, enum lane lane)
{
	struct job *job;

	(void)pthread_mutex_lock(&p->lock);
	while (p->waiting[lane].first == NULL && !p->is_closing)
		(void)pthread_cond_wait(&p->some[lane], &p->lock);
	job = queue_take(&p->waiting[lane]);
	(void)pthread_mutex_unlock(&p->lock);
	return job;
}

static enum rc
open_site(struct worker *w, struct diag *d)
{
	const struct pool_options *o = &w->pool->options;

	return site_open(o->db, o->shelf, d, &w->site);
}

/* What cannot be opened now is tried again with the next request. */
static bool
has_site(struct worker *w)
{
	autoarena mem = arena_open(0);
	struct diag d = diag_open(mem, 0);

	if (w->site)
		return true;
	if (open_site(w, &d) == RC_OK)
		return true;
	log_line("serve: a worker has not opened the database");
	for (size_t i = 0; i < d.n; i++)
		log_line("%s", arena_cstr(mem, complaint_line(mem, &d.all[i])));
	w->site = NULL;
	return false;
}

/*
 * The state is taken before the answer is made: what is written meanwhile
 * gives the next request another key.
 */
static void
answer(struct worker *w, struct job *job)
{
	struct kept *kept = w->pool->options.kept;
	struct str state;

	if (!job->key.is_known && kept_may(&job->rq) &&
	    site_state(w->site, job->mem, &state) == RC_OK) {
		job->key = kept_key(&job->rq, state);
		if (kept_answer(kept, &job->key, &job->rq, &job->rp))
			return;
	}
	site_answer(w->site, &job->rq, &job->rp);
	finish_reply(w->packer, &job->rq, &job->rp);
	kept_put(kept, &job->key, &job->rp);
}

/*
 * Its work rather than the time it took: on a busy machine everything takes
 * long.  But who waits, for a server or a child, holds a worker up as well.
 */
static int64_t
measure(struct worker *w, struct job *job)
{
	int64_t began = clock_ticks(), before = clock_worked();
	int64_t worked, waited;

	answer(w, job);
	worked = clock_worked() - before;
	waited = (clock_ticks() - began) / WAITING_COUNTS;
	return 1 + (worked > waited ? worked : waited);
}

static void
give_back(struct pool *p, struct job *job, int64_t cost)
{
	int64_t *usual = &p->usual[job->kind];

	(void)pthread_mutex_lock(&p->lock);
	if (cost > 0)
		*usual += *usual == 0 ? cost : (cost - *usual) / MEMORY;
	queue_put(&p->answered, job);
	(void)pthread_mutex_unlock(&p->lock);
	(void)eventfd_write(p->options.wake_fd, 1);
}

static void *
work(void *of)
{
	struct worker *w = of;
	struct job *job;

	/* Of this thread only. */
	if (w->lane == LANE_SLOW)
		(void)setpriority(PRIO_PROCESS, 0, SLOW_NICENESS);
	while ((job = next_job(w->pool, w->lane)) != NULL) {
		int64_t cost = 0;

		if (has_site(w))
			cost = measure(w, job);
		else
			site_refuse(&job->rq, &job->rp, 503);
		give_back(w->pool, job, cost);
	}
	return NULL;
}

/*
 * The first worker opens the database here, so that whoever started the server
 * learns what is wrong with it.
 */
static enum rc
start_worker(struct pool *p, enum lane lane, struct diag *d)
{
	struct worker *w = &p->workers[p->n_workers];
	enum rc rc;

	w->pool = p;
	rc = p->n_workers == 0 ? open_site(w, d) : RC_OK;
	if (rc != RC_OK)
		return rc;
	w->lane = lane;
	w->packer = packer_open();
	if (pthread_create(&w->thread, NULL, work, w) != 0) {
		packer_close(w->packer);
		if (w->site)
			site_close(w->site);
		return RC_FAILED;
	}
	p->n_workers++;
	return RC_OK;
}

enum rc
pool_open(const struct pool_options *options, struct diag *d, struct pool **ret)
{
	struct pool *p = calloc(1, sizeof *p);
	int workers = options->workers, n = workers + (workers + 1) / 2;
	sigset_t all, before;
	enum rc rc = RC_OK;

	MUST(p != NULL && workers > 0 && n <= MAX_WORKERS);
	(void)pthread_mutex_init(&p->lock, NULL);
	for (enum lane l = 0; l < LANE_COUNT; l++) {
		(void)pthread_cond_init(&p->some[l], NULL);
		p->waiting[l].last = &p->waiting[l].first;
	}
	p->usual = calloc(site_kinds(), sizeof *p->usual);
	MUST(p->usual != NULL);
	p->answered.last = &p->answered.first;
	p->options = *options;

	/* Signals are the loop's business. */
	(void)sigfillset(&all);
	(void)pthread_sigmask(SIG_BLOCK, &all, &before);
	for (int i = 0; rc == RC_OK && i < n; i++)
		rc = start_worker(p, i < workers ? LANE_QUICK : LANE_SLOW, d);
	(void)pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (rc != RC_OK) {
		pool_close(p);
		return rc;
	}
	*ret = p;
	return RC_OK;
}

bool
pool_put(struct pool *p, struct job *job)
{
	enum lane lane;
	bool fits;

	job->kind = site_kind(&job->rq);
	(void)pthread_mutex_lock(&p->lock);
	lane = p->usual[job->kind] > SLOW_US ? LANE_SLOW : LANE_QUICK;
	fits = p->waiting[lane].n < MAX_WAITING;
	if (fits)
		queue_put(&p->waiting[lane], job);
	(void)pthread_mutex_unlock(&p->lock);
	(void)pthread_cond_signal(&p->some[lane]);
	return fits;
}

struct job *
pool_take(struct pool *p)
{
	struct job *job;

	(void)pthread_mutex_lock(&p->lock);
	job = queue_take(&p->answered);
	(void)pthread_mutex_unlock(&p->lock);
	return job;
}

void
pool_close(struct pool *p)
{
	(void)pthread_mutex_lock(&p->lock);
	p->is_closing = true;
	for (enum lane l = 0; l < LANE_COUNT; l++)
		(void)pthread_cond_broadcast(&p->some[l]);
	(void)pthread_mutex_unlock(&p->lock);
	for (int i = 0; i < p->n_workers; i++) {
		(void)pthread_join(p->workers[i].thread, NULL);
		packer_close(p->workers[i].packer);
		if (p->workers[i].site)
			site_close(p->workers[i].site);
	}
	/* Answers nobody waits for any more. */
	for (struct job *job; (job = queue_take(&p->answered)) != NULL;)
		arena_close(job->mem);
	for (enum lane l = 0; l < LANE_COUNT; l++)
		(void)pthread_cond_destroy(&p->some[l]);
	free(p->usual);
	(void)pthread_mutex_destroy(&p->lock);
	free(p);
}
