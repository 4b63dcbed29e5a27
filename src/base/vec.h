/*
 * vec.h - a list that grows inside an arena.
 *
 *	VEC(struct school) schools = {0};
 *	*vec_push(mem, &schools) = school;
 *	vec_each (struct school, s, &schools)
 *		print(s->name);
 *
 * Pointers into a list are valid until the next push.
 */
#pragma once

#include "base/arena.h"

#include <stdint.h>

#define VEC(type)                                                              \
	struct {                                                               \
		type *p;                                                       \
		size_t n;                                                      \
		size_t cap;                                                    \
	}

/* A zeroed new last element, by address. */
#define vec_push(mem, v)                                                       \
	((v)->n == (v)->cap                                                    \
		? (void)((v)->p = vec_grow((mem), (v)->p, (v)->n, &(v)->cap,   \
			     sizeof *(v)->p))                                  \
		: (void)0,                                                     \
	    &(v)->p[(v)->n++])

#define vec_each(type, item, v)                                                \
	for (type *item = (v)->p; item && item < (v)->p + (v)->n; item++)

void *vec_grow(
    struct arena *mem, void *old, size_t n, size_t *cap, size_t size);
