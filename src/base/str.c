/* str.c - borrowed text. */
#include "base/str.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct str
str_of(const char *terminated)
{
	return (struct str){terminated, terminated ? strlen(terminated) : 0};
}

bool
str_eq(struct str a, struct str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

int
str_cmp(struct str a, struct str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int c = n ? memcmp(a.p, b.p, n) : 0;

	if (c)
		return c;
	return (a.n > b.n) - (a.n < b.n);
}

bool
str_starts(struct str s, struct str prefix)
{
	return s.n >= prefix.n && str_eq(str_cut(s, 0, prefix.n), prefix);
}

bool
str_ends(struct str s, struct str suffix)
{
	return s.n >= suffix.n && str_eq(str_from(s, s.n - suffix.n), suffix);
}

struct str
str_from(struct str s, size_t from)
{
	return str_cut(s, from, s.n);
}

struct str
str_cut(struct str s, size_t from, size_t to)
{
	if (to > s.n)
		to = s.n;
	if (from > to)
		from = to;
	return (struct str){s.p ? s.p + from : NULL, to - from};
}

/* Bytes of one white character at p, or 0: space, NBSP, thin space, BOM. */
static size_t
white_at(const char *p, size_t left)
{
	static const struct str wide[] = {S_INIT("\xC2\xA0"),
	    S_INIT("\xE2\x80\x89"), S_INIT("\xE2\x80\xAF"),
	    S_INIT("\xE2\x80\x87"), S_INIT("\xE2\x80\x8B"),
	    S_INIT("\xEF\xBB\xBF")};

	if (left == 0)
		return 0;
	if (*p == ' ' || (*p >= '\t' && *p <= '\r'))
		return 1;
	for (size_t i = 0; i < COUNT_OF(wide); i++)
		if (str_starts((struct str){p, left}, wide[i]))
			return wide[i].n;
	return 0;
}

struct str
str_trim(struct str s)
{
	size_t w;

	while ((w = white_at(s.p, s.n)))
		s = str_from(s, w);
	for (;;) {
		size_t cut = 0;
		for (size_t back = 1; back <= 3 && back <= s.n; back++)
			if (white_at(s.p + s.n - back, back) == back)
				cut = back;
		if (!cut)
			return s;
		s.n -= cut;
	}
}

ptrdiff_t
str_find(struct str s, struct str what)
{
	if (what.n == 0)
		return 0;
	if (s.n < what.n)
		return -1;

	const char *hit = memmem(s.p, s.n, what.p, what.n);
	return hit ? hit - s.p : -1;
}

ptrdiff_t
str_find_char(struct str s, char c)
{
	const char *hit = s.n ? memchr(s.p, c, s.n) : NULL;

	return hit ? hit - s.p : -1;
}

bool
str_split(struct str *rest, char separator, struct str *ret_part)
{
	if (!rest->p)
		return false;

	ptrdiff_t at = str_find_char(*rest, separator);
	if (at < 0) {
		*ret_part = *rest;
		*rest = (struct str){NULL, 0};
		return true;
	}
	*ret_part = str_cut(*rest, 0, (size_t)at);
	*rest = str_from(*rest, (size_t)at + 1);
	return true;
}

bool
str_has_word(struct str words, struct str word)
{
	struct str one;

	while (str_split(&words, ' ', &one))
		if (word.n && str_eq(one, word))
			return true;
	return false;
}

char *
arena_cstr(struct arena *mem, struct str s)
{
	char *copy = arena_raw(mem, s.n + 1);

	if (s.n)
		memcpy(copy, s.p, s.n);
	copy[s.n] = '\0';
	return copy;
}

struct str
arena_str(struct arena *mem, struct str s)
{
	if (!s.p)
		return s;
	return (struct str){arena_cstr(mem, s), s.n};
}

/* Short texts are made once and copied, long ones are measured first. */
struct str
arena_fmt(struct arena *mem, const char *format, ...)
{
	char text[256];
	va_list ap, again;

	va_start(ap, format);
	va_copy(again, ap);
	int n = vsnprintf(text, sizeof text, format, ap);
	va_end(ap);
	MUST(n >= 0);

	size_t size = (size_t)n + 1;
	char *p = arena_raw(mem, size);
	if (size <= sizeof text)
		memcpy(p, text, size);
	else
		(void)vsnprintf(p, size, format, again);
	va_end(again);
	return (struct str){p, (size_t)n};
}

bool
str_to_int(struct str s, int64_t *ret)
{
	bool negative = s.n && s.p[0] == '-';
	int64_t value = 0;

	if (negative)
		s = str_from(s, 1);
	if (s.n == 0)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		if (__builtin_mul_overflow(value, 10, &value) ||
		    __builtin_add_overflow(value, s.p[i] - '0', &value))
			return false;
	}
	*ret = negative ? -value : value;
	return true;
}

uint64_t
str_hash(struct str s)
{
	uint64_t h = 1469598103934665603u; /* FNV-1a */

	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * 1099511628211u;
	return h;
}
