/* vec.c - a list that grows inside an arena. */
#include "base/vec.h"

#include <string.h>

void *
vec_grow(struct arena *mem, void *old, size_t n, size_t *cap, size_t size)
{
	size_t bigger = *cap ? *cap * 2 : 8;
	char *p = arena_take(mem, bigger, size);

	if (n)
		memcpy(p, old, n * size);
	*cap = bigger;
	return p;
}
