/* front.c - how do bytes from the network become requests, and replies bytes? */
#include "serve/front.h"

#include <dirent.h>
#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/event.h>
#include <event2/http.h>
#include <event2/http_struct.h>
#include <event2/keyvalq_struct.h>
#include <event2/listener.h>
#include <signal.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "os/clock.h"
#include "os/log.h"
#include "serve/finish.h"
#include "serve/pool.h"
#include "serve/strict.h"
#include "store/db.h"
#include "web/site.h"

enum {
	HEAD_BYTES_MAX = 16 * 1024,
	BODY_BYTES_MAX = FILE_BYTES_MAX + 32 * 1024 * 1024,
	HEADERS_MAX = 64,
	CONNECTIONS_MAX = 1000,
	IDLE_SECONDS = 60,
	DRAIN_SECONDS = 20,
	SPARE_ARENAS = 16,
};

/* The web process; one exists, on the stack of front_run(). */
struct front {
	struct event_base *base;
	struct evhttp *http;
	struct evhttp_bound_socket *socket;
	struct event *breath; /* after a pause: accept again */
	struct pool *pool;
	struct shelf *shelf;
	struct kept *kept;
	struct str db_url;
	struct db *watch; /* of a file; opened when first needed */
	struct arena *spare[SPARE_ARENAS];
	int n_spare;
	int in_hand;     /* requests not yet fully sent */
	int since_count; /* connections accepted since they were counted */
	bool is_draining;
};

/* ---- memory of requests ---- */

static struct arena *
arena_borrow(struct front *f)
{
	return f->n_spare > 0 ? f->spare[--f->n_spare] : arena_open(0);
}

static void
arena_return(struct front *f, struct arena *mem)
{
	if (f->n_spare == SPARE_ARENAS) {
		arena_close(mem);
		return;
	}
	arena_reset(mem);
	f->spare[f->n_spare++] = mem;
}

/* ---- connections ---- */

/* Descriptors of this process; the few that are no sockets do not matter. */
static int
count_descriptors(void)
{
	DIR *dir = opendir("/proc/self/fd");
	int n = 0;

	if (dir == NULL)
		return 0;
	while (readdir(dir) != NULL)
		n++;
	(void)closedir(dir);
	return n;
}

static void
breathe(evutil_socket_t fd, short what, void *of)
{
	struct front *f = of;
	static const struct timeval pause = {0, 200000};

	f->since_count = 0;
	if (count_descriptors() > CONNECTIONS_MAX) {
		(void)evtimer_add(f->breath, &pause);
		return;
	}
	(void)evconnlistener_enable(
	    evhttp_bound_socket_get_listener(f->socket));
}

/*
 * Past the limit new clients wait in the kernel's queue until others leave;
 * counting is needed only as often as the limit could be passed.
 */
static struct bufferevent *
new_connection(struct event_base *base, void *of)
{
	struct front *f = of;
	static const struct timeval pause = {0, 200000};

	if (++f->since_count >= CONNECTIONS_MAX / 10) {
		f->since_count = 0;
		if (count_descriptors() > CONNECTIONS_MAX) {
			(void)evconnlistener_disable(
			    evhttp_bound_socket_get_listener(f->socket));
			(void)evtimer_add(f->breath, &pause);
		}
	}
	return bufferevent_socket_new(base, -1, BEV_OPT_CLOSE_ON_FREE);
}

/* ---- requests ---- */

static struct str
copy(struct arena *mem, const char *text)
{
	return arena_str(mem, str_of(text ? text : ""));
}

static void
copy_headers(struct request *rq, struct evhttp_request *ev)
{
	struct evkeyvalq *list = evhttp_request_get_input_headers(ev);
	struct header *all = arena_new(rq->mem, struct header, HEADERS_MAX + 1);
	struct evkeyval *one;
	size_t n = 0;

	for (one = list->tqh_first; one != NULL && n <= HEADERS_MAX;
	     one = one->next.tqe_next)
		all[n++] = (struct header){
		    copy(rq->mem, one->key), copy(rq->mem, one->value)};
	rq->headers = all;
	rq->n_headers = n;
}

static void
copy_address(struct request *rq, struct evhttp_request *ev)
{
	struct str through = request_header(rq, S("X-Forwarded-For"));
	char *address = NULL;
	ev_uint16_t port;

	evhttp_connection_get_peer(
	    evhttp_request_get_connection(ev), &address, &port);
	rq->address = copy(rq->mem, address);

	/* A proxy on this machine says for whom it asks; the last word is its. */
	if (through.n > 0 && (str_eq(rq->address, S("127.0.0.1")) ||
				 str_eq(rq->address, S("::1")))) {
		struct str rest = through, one;

		while (str_split(&rest, ',', &one))
			rq->address = str_trim(one);
		rq->is_secure = str_eq(
		    request_header(rq, S("X-Forwarded-Proto")), S("https"));
	}
}

static enum http_method
verb_of(struct evhttp_request *ev)
{
	switch (evhttp_request_get_command(ev)) {
	case EVHTTP_REQ_GET:
	case EVHTTP_REQ_HEAD:
		return GET;
	case EVHTTP_REQ_POST:
		return POST;
	case EVHTTP_REQ_PUT:
	case EVHTTP_REQ_DELETE:
	case EVHTTP_REQ_OPTIONS:
	case EVHTTP_REQ_TRACE:
	case EVHTTP_REQ_CONNECT:
	case EVHTTP_REQ_PATCH:
		break;
	}
	return OTHER_METHOD;
}

static void
fill_request(struct request *rq, struct evhttp_request *ev)
{
	struct evbuffer *body = evhttp_request_get_input_buffer(ev);
	struct str target = copy(rq->mem, evhttp_request_get_uri(ev));
	ptrdiff_t mark = str_find_char(target, '?');

	rq->method = verb_of(ev);
	rq->is_head = evhttp_request_get_command(ev) == EVHTTP_REQ_HEAD;
	rq->path = mark < 0 ? target : str_cut(target, 0, (size_t)mark);
	rq->query = mark < 0 ? S("") : str_from(target, (size_t)mark + 1);
	rq->now = clock_now();
	copy_headers(rq, ev);
	copy_address(rq, ev);
	rq->body.n = evbuffer_get_length(body);
	rq->body.p = (const char *)evbuffer_pullup(body, -1);
}

/* ---- replies ---- */

struct sent {
	struct front *front;
	struct arena *mem;
};

/* The last byte of a body has left, or its client has. */
static void
body_gone(const void *bytes, size_t n, void *of)
{
	struct sent *sent = of;
	struct front *f = sent->front;

	arena_return(f, sent->mem);
	f->in_hand--;
	if (f->is_draining && f->in_hand == 0)
		(void)event_base_loopexit(f->base, &(struct timeval){0, 50000});
}

/* What goes to a log must not be able to write lines of its own there. */
static struct str
printable(struct arena *mem, struct str s)
{
	char *p = arena_cstr(mem, s);

	for (size_t i = 0; i < s.n; i++) {
		if (p[i] <= 0x20 || p[i] >= 0x7f)
			p[i] = '?';
	}
	return (struct str){p, s.n};
}

static void
log_reply(const struct job *job)
{
	const struct request *rq = &job->rq;
	struct str path = job->rp.logged.n ? job->rp.logged : rq->path;

	log_line("%s %.*s %d %zu %lld us %.*s",
	    rq->is_head        ? "HEAD" :
	    rq->method == GET  ? "GET" :
	    rq->method == POST ? "POST" :
				 "?",
	    STR_ARG(printable(job->mem, path)), job->rp.status, job->rp.body.n,
	    (long long)(clock_ticks() - job->began), STR_ARG(rq->address));
}

static void
send_reply(struct front *f, struct job *job)
{
	struct evhttp_request *ev = job->ticket;
	struct evkeyvalq *headers = evhttp_request_get_output_headers(ev);
	struct evbuffer *body = evhttp_request_get_output_buffer(ev);
	struct reply *rp = &job->rp;
	struct arena *mem = job->mem;
	struct sent *sent = arena_new(mem, struct sent, 1);
	int status = rp->status; /* the job ends with its arena */

	log_reply(job);
	if (rp->status != 304) {
		(void)evhttp_add_header(
		    headers, "Content-Type", arena_cstr(mem, rp->type));
		(void)evhttp_add_header(headers, "Content-Length",
		    arena_cstr(mem, arena_fmt(mem, "%zu", rp->body.n)));
	}
	for (size_t i = 0; i < rp->n_headers; i++)
		(void)evhttp_add_header(headers,
		    arena_cstr(mem, rp->headers[i].name),
		    arena_cstr(mem, rp->headers[i].value));
	if (f->is_draining)
		(void)evhttp_add_header(headers, "Connection", "close");

	*sent = (struct sent){f, mem};
	if (rp->body.n > 0 && !job->rq.is_head)
		(void)evbuffer_add_reference(
		    body, rp->body.p, rp->body.n, body_gone, sent);
	else
		body_gone(NULL, 0, sent);
	evhttp_send_reply(ev, status, NULL, NULL);
}

static void
refuse(struct front *f, struct job *job, int status)
{
	site_refuse(&job->rq, &job->rp, status);
	if (status != 503)
		reply_header(&job->rp, "Connection", S("close"));
	send_reply(f, job);
}

/* ---- pages that are known to be the same ---- */

/*
 * A database in a file tells its state in microseconds, so the loop asks it
 * and no worker is woken; a server may take its time, and the workers ask.
 */
static struct db *
watched(struct front *f, struct arena *mem)
{
	struct diag d = diag_open(mem, 0);

	if (f->watch == NULL && !db_is_server(f->db_url) &&
	    db_open(f->db_url, false, &d, &f->watch) != RC_OK)
		f->watch = NULL;
	return f->watch;
}

static bool
is_unchanged(struct front *f, struct job *job)
{
	struct db *watch = kept_may(&job->rq) ? watched(f, job->mem) : NULL;
	struct str state;

	if (watch == NULL || db_state(watch, job->mem, &state) != RC_OK)
		return false;
	job->key = kept_key(&job->rq, state);
	return kept_answer(f->kept, &job->key, &job->rq, &job->rp);
}

static void
take_request(struct evhttp_request *ev, void *of)
{
	struct front *f = of;
	struct arena *mem = arena_borrow(f);
	struct job *job = arena_new(mem, struct job, 1);
	int status;

	*job = (struct job){
	    .mem = mem,
	    .rq = {.mem = mem},
	    .rp = reply_open(mem),
	    .ticket = ev,
	    .began = clock_ticks(),
	};
	f->in_hand++;
	fill_request(&job->rq, ev);
	status = strict_check(&job->rq, ev->major == 1 && ev->minor == 0);
	if (job->rq.n_headers > HEADERS_MAX)
		status = 431;
	if (status != 0) {
		refuse(f, job, status);
		return;
	}
	if (site_asset(&job->rq, &job->rp) || is_unchanged(f, job)) {
		send_reply(f, job);
		return;
	}
	if (!pool_put(f->pool, job))
		refuse(f, job, 503);
}

static void
answers_ready(evutil_socket_t fd, short what, void *of)
{
	struct front *f = of;
	struct job *job;
	eventfd_t n;

	(void)eventfd_read(fd, &n);
	while ((job = pool_take(f->pool)) != NULL)
		send_reply(f, job);
}

/* ---- the end ---- */

static void
drain(evutil_socket_t signal, short what, void *of)
{
	struct front *f = of;
	struct timeval most = {DRAIN_SECONDS, 0};

	if (f->is_draining)
		return;
	f->is_draining = true;
	evhttp_del_accept_socket(f->http, f->socket);
	if (f->in_hand == 0)
		most = (struct timeval){0, 0};
	(void)event_base_loopexit(f->base, &most);
}

static void
set_limits(struct front *f)
{
	evhttp_set_bevcb(f->http, new_connection, f);
	evhttp_set_gencb(f->http, take_request, f);
	evhttp_set_timeout(f->http, IDLE_SECONDS);
	evhttp_set_max_headers_size(f->http, HEAD_BYTES_MAX);
	evhttp_set_max_body_size(f->http, BODY_BYTES_MAX);
	(void)evhttp_set_flags(f->http, EVHTTP_SERVER_LINGERING_CLOSE);
	evhttp_set_allowed_methods(
	    f->http, EVHTTP_REQ_GET | EVHTTP_REQ_POST | EVHTTP_REQ_HEAD |
			 EVHTTP_REQ_PUT | EVHTTP_REQ_DELETE |
			 EVHTTP_REQ_OPTIONS | EVHTTP_REQ_PATCH);
}

enum rc
front_run(const struct front_options *options, struct diag *d)
{
	struct front f = {.db_url = options->db};
	int wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	struct event *answers, *stop[2];
	enum rc rc;

	(void)signal(SIGPIPE, SIG_IGN);
	f.kept = kept_open();
	rc = shelf_open(d, &f.shelf);
	if (rc == RC_OK)
		rc = pool_open(&(struct pool_options){.db = options->db,
				   .workers = options->workers,
				   .shelf = f.shelf,
				   .kept = f.kept,
				   .wake_fd = wake},
		    d, &f.pool);
	if (rc != RC_OK) {
		if (f.shelf)
			shelf_close(f.shelf);
		kept_close(f.kept);
		return rc;
	}
	f.base = event_base_new();
	f.http = evhttp_new(f.base);
	MUST(f.base != NULL && f.http != NULL);
	f.breath = evtimer_new(f.base, breathe, &f);
	set_limits(&f);
	f.socket = evhttp_accept_socket_with_handle(f.http, options->listen_fd);
	answers =
	    event_new(f.base, wake, EV_READ | EV_PERSIST, answers_ready, &f);
	stop[0] = evsignal_new(f.base, SIGTERM, drain, &f);
	stop[1] = evsignal_new(f.base, SIGINT, drain, &f);
	(void)event_add(answers, NULL);
	(void)event_add(stop[0], NULL);
	(void)event_add(stop[1], NULL);

	if (options->ready_fd >= 0)
		(void)!write(options->ready_fd, "", 1);
	(void)event_base_dispatch(f.base);

	pool_close(f.pool);
	shelf_close(f.shelf);
	kept_close(f.kept);
	db_close(f.watch);
	event_free(answers);
	event_free(stop[0]);
	event_free(stop[1]);
	event_free(f.breath);
	evhttp_free(f.http);
	event_base_free(f.base);
	for (int i = 0; i < f.n_spare; i++)
		arena_close(f.spare[i]);
	(void)close(wake);
	return RC_OK;
}
