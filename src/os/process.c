/* process.c - a child process with pipes. */
#include "os/process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

static void
close_fd(int *fd)
{
	if (*fd >= 0)
		(void)close(*fd);
	*fd = -1;
}

enum rc
child_start_self(const char *const argv[], int fd, struct child *ret)
{
	static char *const no_environment[] = {NULL};
	posix_spawn_file_actions_t actions;
	int out[2];
	pid_t pid;

	if (pipe2(out, O_CLOEXEC) != 0)
		return RC_FAILED;

	(void)posix_spawn_file_actions_init(&actions);
	(void)posix_spawn_file_actions_addopen(
	    &actions, 0, "/dev/null", O_RDONLY, 0);
	(void)posix_spawn_file_actions_adddup2(&actions, out[1], 1);
	if (fd >= 0)
		(void)posix_spawn_file_actions_adddup2(&actions, fd, 3);
	int failed = posix_spawn(&pid, "/proc/self/exe", &actions, NULL,
	    (char *const *)(uintptr_t)argv, no_environment);
	(void)posix_spawn_file_actions_destroy(&actions);
	close_fd(&out[1]);
	if (failed) {
		close_fd(&out[0]);
		return RC_FAILED;
	}
	*ret = (struct child){.pid = pid, .in = -1, .out = out[0]};
	return RC_OK;
}

ssize_t
child_read(struct child *c, void *out, size_t n, int seconds)
{
	struct pollfd ready = {.fd = c->out, .events = POLLIN};
	ssize_t got;
	int some;

	do
		some = poll(&ready, 1, seconds * 1000);
	while (some < 0 && errno == EINTR);
	if (some <= 0)
		return -1;
	do
		got = read(c->out, out, n);
	while (got < 0 && errno == EINTR);
	return got;
}

int
child_wait(struct child *c)
{
	int status = 0;

	close_fd(&c->in);
	close_fd(&c->out);
	if (c->pid <= 0)
		return 0;
	while (waitpid(c->pid, &status, 0) < 0 && errno == EINTR)
		;
	c->pid = 0;
	return WIFSIGNALED(status) ? 256 + WTERMSIG(status) :
				     WEXITSTATUS(status);
}

void
child_stop(struct child *c)
{
	if (c->pid > 0)
		(void)kill(c->pid, SIGKILL);
	(void)child_wait(c);
}
