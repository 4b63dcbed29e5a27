/*
 * process.h - a child process with pipes, and its end.
 */
#pragma once

#include <sys/types.h>

#include "base/arena.h"
#include "base/rc.h"
#include "base/str.h"

struct child {
	pid_t pid;
	int in;  /* write here: its standard input; -1 when not asked for */
	int out; /* read here: its standard output */
};

/*
 * Run this very program again with argv (argv[0] is replaced); fd, when not
 * negative, becomes descriptor 3 of the child.  Its standard error is ours; its
 * environment is empty, as ours may hold the database's password.
 */
NODISCARD enum rc child_start_self(
    const char *const argv[], int fd, struct child *ret);

/*
 * Up to n bytes of what it writes: how many, 0 at its end, -1 when nothing
 * came for so many seconds or it cannot be read.
 */
ssize_t child_read(struct child *c, void *out, size_t n, int seconds);

/* Wait for its end: exit status 0…255, or 256 + signal. */
int child_wait(struct child *c);

/* Kill it if it still runs, and wait. */
void child_stop(struct child *c);
