/* def.c - how the process ends when an impossible state is met. */
#include "base/def.h"

#include <stdio.h>
#include <stdlib.h>

void
unreachable(const char *file, int line)
{
	(void)fprintf(stderr, "opora: %s:%d: unreachable state\n", file, line);
	abort();
}

void
must_failed(const char *what, const char *file, int line)
{
	(void)fprintf(stderr, "opora: %s:%d: broken: %s\n", file, line, what);
	abort();
}
