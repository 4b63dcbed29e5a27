/* pool.c - who answers a request, and how does the answer come back? */
#include "serve/pool.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/eventfd.h>

#include "os/log.h"
#include "serve/finish.h"
#include "web/site.h"

enum { MAX_WAITING = 512, MAX_WORKERS = 64 };

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
};

struct pool {
	pthread_mutex_t lock;
	pthread_cond_t some;
	struct queue waiting;
	struct queue answered;
	bool is_closing;
	int wake_fd;
	struct str db;
	struct kept *kept;
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

/* The next job, waiting for one; NULL when the pool closes and none is left. */
static struct job *
next_job(struct pool *p)
{
	struct job *job;

	(void)pthread_mutex_lock(&p->lock);
	while (p->waiting.first == NULL && !p->is_closing)
		(void)pthread_cond_wait(&p->some, &p->lock);
	job = queue_take(&p->waiting);
	(void)pthread_mutex_unlock(&p->lock);
	return job;
}

/* A worker that cannot open the database leaves the work to the others. */
static bool
has_site(struct worker *w)
{
	autoarena mem = arena_open(0);
	struct diag d = diag_open(mem, 0);

	if (w->site)
		return true;
	if (site_open(w->pool->db, &d, &w->site) == RC_OK)
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
	struct kept *kept = w->pool->kept;
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

static void *
work(void *of)
{
	struct worker *w = of;
	struct job *job;

	if (!has_site(w))
		return NULL;
	while ((job = next_job(w->pool)) != NULL) {
		answer(w, job);
		(void)pthread_mutex_lock(&w->pool->lock);
		queue_put(&w->pool->answered, job);
		(void)pthread_mutex_unlock(&w->pool->lock);
		(void)eventfd_write(w->pool->wake_fd, 1);
	}
	return NULL;
}

/*
 * The first worker opens the database here, so that whoever started the server
 * learns what is wrong with it; the others open it while the first one is
 * answering already.
 */
static enum rc
start_worker(struct pool *p, struct diag *d)
{
	struct worker *w = &p->workers[p->n_workers];
	enum rc rc = p->n_workers == 0 ? site_open(p->db, d, &w->site) : RC_OK;

	if (rc != RC_OK)
		return rc;
	w->pool = p;
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
pool_open(struct str db, int workers, struct kept *kept, int wake_fd,
    struct diag *d, struct pool **ret)
{
	struct pool *p = calloc(1, sizeof *p);
	sigset_t all, before;
	enum rc rc = RC_OK;

	MUST(p != NULL);
	(void)pthread_mutex_init(&p->lock, NULL);
	(void)pthread_cond_init(&p->some, NULL);
	p->waiting.last = &p->waiting.first;
	p->answered.last = &p->answered.first;
	p->wake_fd = wake_fd;
	p->db = db;
	p->kept = kept;

	/* Signals are the loop's business. */
	(void)sigfillset(&all);
	(void)pthread_sigmask(SIG_BLOCK, &all, &before);
	while (
	    rc == RC_OK && p->n_workers < workers && p->n_workers < MAX_WORKERS)
		rc = start_worker(p, d);
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
	bool fits;

	(void)pthread_mutex_lock(&p->lock);
	fits = p->waiting.n < MAX_WAITING;
	if (fits)
		queue_put(&p->waiting, job);
	(void)pthread_mutex_unlock(&p->lock);
	(void)pthread_cond_signal(&p->some);
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
	(void)pthread_cond_broadcast(&p->some);
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
	(void)pthread_cond_destroy(&p->some);
	(void)pthread_mutex_destroy(&p->lock);
	free(p);
}
