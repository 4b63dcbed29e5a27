/* buf.c - text that grows inside an arena. */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const size_t DEFAULT_MAX = (size_t)64 * 1024 * 1024;

struct buf
buf_open(struct arena *mem, size_t max)
{
	return (struct buf){.mem = mem, .max = max ? max : DEFAULT_MAX};
}

static void
grow_to(struct buf *b, size_t cap)
{
	char *p = arena_raw(b->mem, cap);

	if (b->n)
		memcpy(p, b->p, b->n);
	b->p = p;
	b->cap = cap;
}

/* Room for n more bytes and a terminator; false when the maximum is reached. */
static bool
room(struct buf *b, size_t n)
{
	if (n > b->max || b->n > b->max - n) {
		b->is_full = true;
		return false;
	}
	if (b->cap - b->n > n)
		return true;

	size_t cap = b->cap ? b->cap * 2 : 256;
	while (cap - b->n <= n)
		cap *= 2;
	grow_to(b, cap);
	return true;
}

void
buf_reserve(struct buf *b, size_t n)
{
	if (n > b->max)
		n = b->max;
	if (n >= b->cap)
		grow_to(b, n + 1);
}

void
buf_put(struct buf *b, struct str s)
{
	if (s.n == 0 || !room(b, s.n))
		return;
	memcpy(b->p + b->n, s.p, s.n);
	b->n += s.n;
}

void
buf_c(struct buf *b, const char *terminated)
{
	buf_put(b, str_of(terminated));
}

void
buf_int(struct buf *b, int64_t n)
{
	char digits[24];
	char *p = digits + sizeof digits;
	uint64_t u = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;

	do
		*--p = (char)('0' + u % 10);
	while (u /= 10);
	if (n < 0)
		*--p = '-';
	buf_put(b, (struct str){p, (size_t)(digits + sizeof digits - p)});
}

/* Most texts fit into what is left: only the others are made twice. */
void
buf_fmt(struct buf *b, const char *format, ...)
{
	size_t left = b->cap - b->n;
	va_list ap, again;

	va_start(ap, format);
	va_copy(again, ap);
	int n = vsnprintf(left ? b->p + b->n : NULL, left, format, ap);
	va_end(ap);
	MUST(n >= 0);
	if (room(b, (size_t)n)) {
		if ((size_t)n >= left)
			(void)vsnprintf(
			    b->p + b->n, (size_t)n + 1, format, again);
		b->n += (size_t)n;
	}
	va_end(again);
}

bool
buf_full(const struct buf *b)
{
	return b->is_full;
}

struct str
buf_str(const struct buf *b)
{
	return (struct str){b->p ? b->p : "", b->n};
}

const char *
buf_cstr(struct buf *b)
{
	if (!room(b, 0))
		return "";
	b->p[b->n] = '\0';
	return b->p;
}

void
buf_clear(struct buf *b)
{
	b->n = 0;
	b->is_full = false;
}
