/* vec.c - a list that grows inside an arena. */
#include "base/vec.h"

#include <string.h>

void *
vec_grow(struct arena *mem, void *old, size_t n, size_t *cap, size_t size)
{
	size_t bigger = *cap ? *cap * 2 : 8;
	size_t bytes;

	MUST(!__builtin_mul_overflow(bigger, size, &bytes));
	char *p = arena_raw(mem, bytes);
	if (n)
		memcpy(p, old, n * size);
	memset(p + n * size, 0, bytes - n * size);
	*cap = bigger;
	return p;
}
