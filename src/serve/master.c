/* master.c - who keeps the web process and the clock process alive? */
#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "os/clock.h"
#include "os/file.h"
#include "os/log.h"
#include "serve/clock_process.h"
#include "serve/front.h"
#include "serve/serve.h"

enum {
	WORKERS = 4,
	BACKLOG = 512,
	STOP_SECONDS = 25, /* after that what does not stop is killed */
	TICKS_A_SECOND = 1000000,
};

enum part { PART_WEB, PART_CLOCK, PART_COUNT };

static const char *const part_names[PART_COUNT] = {"web", "clock"};

struct master {
	const struct serve_options *options;
	struct diag *diag;
	int listen_fd;
	int ready_fd;
	pid_t pids[PART_COUNT];
	int64_t started[PART_COUNT]; /* ticks */
};

/* ---- the address ---- */

static enum rc
bad_address(const struct serve_options *o, struct diag *d)
{
	struct complaint *c = diag_error(d, (struct place){0},
	    N_("На адресе «%.*s» нельзя принимать соединения: %s."),
	    STR_ARG(o->listen), strerror(errno));

	c->hint = S("Укажите свободный адрес и порт, например "
		    "--listen 127.0.0.1:8080.");
	return RC_FAILED;
}

static int
listen_on(const struct addrinfo *at)
{
	int fd = socket(
	    at->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	int one = 1;

	if (fd < 0)
		return -1;
	(void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
	/* Inherited by connections; without it a page waits for an ACK. */
	(void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
	if (bind(fd, at->ai_addr, at->ai_addrlen) == 0 &&
	    listen(fd, BACKLOG) == 0)
		return fd;
	(void)close(fd);
	return -1;
}

static enum rc
open_address(const struct serve_options *o, struct diag *d, int *ret_fd)
{
	autoarena mem = arena_open(0);
	struct addrinfo want = {.ai_socktype = SOCK_STREAM,
			    .ai_flags = AI_PASSIVE | AI_NUMERICSERV},
			*found = NULL;
	char *host = arena_cstr(mem, o->listen);
	char *port = strrchr(host, ':');
	int fd;

	errno = EINVAL;
	if (port == NULL)
		return bad_address(o, d);
	*port++ = '\0';
	if (host[0] == '[' && port[-2] == ']') {
		port[-2] = '\0';
		host++;
	}
	if (getaddrinfo(host[0] ? host : NULL, port, &want, &found) != 0)
		return bad_address(o, d);
	fd = listen_on(found);
	freeaddrinfo(found);
	if (fd < 0)
		return bad_address(o, d);
	*ret_fd = fd;
	return RC_OK;
}

/* The port may have been 0: ask which one it became. */
static void
announce(const struct master *m)
{
	struct sockaddr_storage at;
	socklen_t n = sizeof at;
	char host[NI_MAXHOST] = "", port[NI_MAXSERV] = "";

	if (getsockname(m->listen_fd, (struct sockaddr *)&at, &n) == 0)
		(void)getnameinfo((struct sockaddr *)&at, n, host, sizeof host,
		    port, sizeof port, NI_NUMERICHOST | NI_NUMERICSERV);
	(void)printf(strchr(host, ':') ? "http://[%s]:%s\n" : "http://%s:%s\n",
	    host, port);
	(void)fflush(stdout);
}

/* ---- the processes ---- */

static int
run_part(const struct master *m, enum part part)
{
	autoarena mem = arena_open(0);
	struct diag d = diag_open(mem, 0);
	enum rc rc = RC_FAILED;

	switch (part) {
	case PART_WEB:
		rc = front_run(&(struct front_options){.db = m->options->db,
				   .workers = m->options->workers > 0 ?
						  m->options->workers :
						  WORKERS,
				   .listen_fd = m->listen_fd,
				   .ready_fd = m->ready_fd},
		    &d);
		break;
	case PART_CLOCK:
		(void)close(m->listen_fd);
		rc = clock_run(&(struct clock_options){.db = m->options->db,
				   .backups = m->options->backups},
		    &d);
		break;
	case PART_COUNT:
		UNREACHABLE();
	}
	for (size_t i = 0; i < d.n; i++)
		log_line("%.*s", STR_ARG(complaint_line(mem, &d.all[i])));
	return rc_exit_status(rc);
}

/* Signals are blocked in the master and taken by sigtimedwait(). */
static sigset_t
master_signals(void)
{
	sigset_t set;

	(void)sigemptyset(&set);
	(void)sigaddset(&set, SIGCHLD);
	(void)sigaddset(&set, SIGTERM);
	(void)sigaddset(&set, SIGINT);
	return set;
}

static enum rc
start(struct master *m, enum part part)
{
	pid_t pid = fork();

	if (pid < 0)
		return RC_FAILED;
	if (pid == 0) {
		sigset_t set = master_signals();

		(void)prctl(PR_SET_PDEATHSIG, SIGTERM);
		(void)prctl(PR_SET_NAME, part_names[part]);
		(void)sigprocmask(SIG_UNBLOCK, &set, NULL);
		_exit(run_part(m, part));
	}
	m->pids[part] = pid;
	m->started[part] = clock_ticks();
	return RC_OK;
}

/* What dies at once is started again a second later, not in a circle. */
static void
revive(struct master *m, enum part part, int status)
{
	log_line("process %s ended (%s %d), starting it again",
	    part_names[part], WIFSIGNALED(status) ? "signal" : "status",
	    WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
	if (clock_ticks() - m->started[part] < TICKS_A_SECOND)
		(void)nanosleep(&(struct timespec){.tv_sec = 1}, NULL);
	(void)start(m, part);
}

/* Which part ended; PART_COUNT when none did. */
static enum part
reap(struct master *m, int *ret_status)
{
	pid_t pid = waitpid(-1, ret_status, WNOHANG);

	for (enum part r = 0; r < PART_COUNT; r++) {
		if (pid > 0 && m->pids[r] == pid) {
			m->pids[r] = 0;
			return r;
		}
	}
	return PART_COUNT;
}

static bool
is_any_left(const struct master *m)
{
	return m->pids[PART_WEB] > 0 || m->pids[PART_CLOCK] > 0;
}

static void
signal_all(const struct master *m, int signal)
{
	for (enum part r = 0; r < PART_COUNT; r++) {
		if (m->pids[r] > 0)
			(void)kill(m->pids[r], signal);
	}
}

static void
stop_all(struct master *m)
{
	sigset_t set = master_signals();
	int64_t until = clock_ticks() + (int64_t)STOP_SECONDS * TICKS_A_SECOND;
	int status;

	signal_all(m, SIGTERM);
	while (is_any_left(m)) {
		if (reap(m, &status) != PART_COUNT)
			continue;
		if (clock_ticks() > until)
			signal_all(m, SIGKILL);
		(void)sigtimedwait(
		    &set, NULL, &(struct timespec){.tv_nsec = 100000000});
	}
}

/* Until told to stop. */
static void
watch(struct master *m)
{
	sigset_t set = master_signals();
	int status;

	for (;;) {
		int got = sigwaitinfo(&set, NULL);
		enum part part;

		if (got == SIGTERM || got == SIGINT)
			return;
		while ((part = reap(m, &status)) != PART_COUNT)
			revive(m, part, status);
	}
}

/* The first start must succeed: a wrong database is not worth repeating. */
static enum rc
start_first(struct master *m)
{
	int ends[2];
	char byte;
	enum rc rc;

	if (pipe(ends) != 0)
		return RC_FAILED;
	m->ready_fd = ends[1];
	rc = start(m, PART_WEB);
	(void)close(ends[1]);
	m->ready_fd = -1;
	if (rc == RC_OK && read(ends[0], &byte, 1) != 1)
		rc = RC_FAILED;
	(void)close(ends[0]);
	if (rc != RC_OK)
		return rc;
	announce(m);
	return start(m, PART_CLOCK);
}

enum rc
serve_run(const struct serve_options *options, struct diag *d)
{
	struct master m = {.options = options, .diag = d, .ready_fd = -1};
	sigset_t set = master_signals();
	enum rc rc;

	rc = open_address(options, d, &m.listen_fd);
	if (rc != RC_OK)
		return rc;
	(void)sigprocmask(SIG_BLOCK, &set, NULL);
	rc = start_first(&m);
	if (rc == RC_OK)
		watch(&m);
	stop_all(&m);
	(void)close(m.listen_fd);
	(void)sigprocmask(SIG_UNBLOCK, &set, NULL);
	return rc;
}
