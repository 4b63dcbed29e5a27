/*
 * buf.h - text that grows: pages, files, canonical forms are written here.
 *
 * A buffer lives in an arena.  It has a maximum of its own; past it further
 * bytes are dropped and buf_full() is true, so a writer checks once at the
 * end, not after every put.
 */
#pragma once

#include "base/arena.h"
#include "base/str.h"

struct buf {
	struct arena *mem;
	char *p;
	size_t n;
	size_t cap;
	size_t max;
	bool is_full;
};

/* max: 0 means 64 MB. */
struct buf buf_open(struct arena *mem, size_t max);

/* Room for n bytes in all at once, where a writer knows about how many. */
void buf_reserve(struct buf *b, size_t n);
void buf_put(struct buf *b, struct str s);

static inline void
buf_char(struct buf *b, char c)
{
	if (b->n < b->max && b->cap - b->n > 1)
		b->p[b->n++] = c;
	else
		buf_put(b, (struct str){&c, 1});
}

void buf_c(struct buf *b, const char *terminated);
void buf_int(struct buf *b, int64_t n);
void buf_fmt(struct buf *b, const char *format, ...) PRINTF(2, 3);
bool buf_full(const struct buf *b);

/* What was written; valid until the next write. */
struct str buf_str(const struct buf *b);

/* As buf_str, with a zero byte behind it. */
const char *buf_cstr(struct buf *b);
void buf_clear(struct buf *b);
