/* utf8.c - Russian text: folding, order, plurals; tables by utf8proc. */
#include "base/utf8.h"

#include <string.h>
#include <utf8proc.h>

#include "base/buf.h"

/* Most text that is checked is digits and signs: eight bytes at a time. */
static struct str
past_ascii(struct str s)
{
	uint64_t word;

	while (s.n >= sizeof word) {
		memcpy(&word, s.p, sizeof word);
		if (word & 0x8080808080808080u)
			break;
		s = (struct str){s.p + sizeof word, s.n - sizeof word};
	}
	while (s.n && (unsigned char)*s.p < 0x80)
		s = (struct str){s.p + 1, s.n - 1};
	return s;
}

bool
utf8_valid(struct str s)
{
	for (s = past_ascii(s); s.n; s = past_ascii(s)) {
		utf8proc_int32_t c;
		utf8proc_ssize_t k = utf8proc_iterate(
		    (const utf8proc_uint8_t *)s.p, (utf8proc_ssize_t)s.n, &c);
		if (k <= 0)
			return false;
		s = str_from(s, (size_t)k);
	}
	return true;
}

int32_t
utf8_next(struct str *s)
{
	utf8proc_int32_t c;

	if ((unsigned char)s->p[0] < 0x80) {
		c = s->p[0];
		*s = str_from(*s, 1);
		return c;
	}

	/* The letters of Russian take two bytes: no call for them. */
	if (s->n > 1 && ((unsigned char)s->p[0] & 0xFE) == 0xD0 &&
	    ((unsigned char)s->p[1] & 0xC0) == 0x80) {
		c = ((unsigned char)s->p[0] & 0x1F) << 6 |
		    ((unsigned char)s->p[1] & 0x3F);
		*s = str_from(*s, 2);
		return c;
	}

	utf8proc_ssize_t k = utf8proc_iterate(
	    (const utf8proc_uint8_t *)s->p, (utf8proc_ssize_t)s->n, &c);
	if (k <= 0) {
		*s = str_from(*s, 1);
		return 0xFFFD;
	}
	*s = str_from(*s, (size_t)k);
	return c;
}

size_t
utf8_length(struct str s)
{
	size_t n = 0;

	for (; s.n; n++)
		(void)utf8_next(&s);
	return n;
}

static void
put_char(struct buf *b, int32_t c)
{
	utf8proc_uint8_t bytes[4];

	if (c < 0x80) {
		buf_char(b, (char)c);
		return;
	}
	utf8proc_ssize_t k = utf8proc_encode_char(c, bytes);
	if (k > 0)
		buf_put(b, (struct str){(const char *)bytes, (size_t)k});
}

struct str
utf8_repair(struct arena *mem, struct str s)
{
	if (utf8_valid(s))
		return s;

	struct buf b = buf_open(mem, 0);
	while (s.n)
		put_char(&b, utf8_next(&s));
	return buf_str(&b);
}

static bool
is_space(int32_t c)
{
	return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 ||
	       (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x3000;
}

/* Marks that print as nothing: soft hyphen, zero-width, BOM. */
static bool
is_invisible(int32_t c)
{
	return c == 0xAD || (c >= 0x200B && c <= 0x200F) || c == 0xFEFF;
}

static int32_t
folded(int32_t c)
{
	if (c < 0x80)
		return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
	c = utf8proc_tolower(c);
	return c == 0x451 /* ё */ ? 0x435 /* е */ : c;
}

struct str
text_fold(struct arena *mem, struct str s)
{
	struct buf b = buf_open(mem, 0);
	bool gap = false;

	buf_reserve(&b, s.n); /* small letters are seldom longer */
	while (s.n) {
		int32_t c = utf8_next(&s);
		if (is_invisible(c))
			continue;
		if (is_space(c)) {
			gap = b.n > 0;
			continue;
		}
		if (gap)
			buf_char(&b, ' ');
		gap = false;
		put_char(&b, folded(c));
	}
	return buf_str(&b);
}

/* The Cyrillic letter that looks like this small Latin one, or 0. */
static int32_t
look_alike(int32_t c)
{
	static const struct {
		char latin;
		int32_t cyrillic;
	} pairs[] = {{'a', 0x430}, {'b', 0x432}, {'c', 0x441}, {'e', 0x435},
	    {'h', 0x43D}, {'k', 0x43A}, {'m', 0x43C}, {'o', 0x43E},
	    {'p', 0x440}, {'t', 0x442}, {'x', 0x445}, {'y', 0x443}};

	for (size_t i = 0; i < COUNT_OF(pairs); i++)
		if (pairs[i].latin == c)
			return pairs[i].cyrillic;
	return 0;
}

static bool
is_latin(int32_t c)
{
	return c >= 'a' && c <= 'z';
}

static bool
is_cyrillic(int32_t c)
{
	return c >= 0x430 && c <= 0x45F;
}

/*
 * One word of a heading: Latin look-alikes become Cyrillic when the word has
 * a Cyrillic letter, or consists of look-alikes only beside a digit ("K1") or
 * in a heading that is otherwise Cyrillic ("Код OO").
 */
static void
put_header_word(struct buf *b, struct str word, bool cyrillic_heading)
{
	bool cyrillic = false, foreign = false;
	bool digit = cyrillic_heading;

	for (struct str s = word; s.n;) {
		int32_t c = utf8_next(&s);
		cyrillic |= is_cyrillic(c);
		foreign |= is_latin(c) && !look_alike(c);
		digit |= c >= '0' && c <= '9';
	}

	bool turn = cyrillic || (digit && !foreign);
	while (word.n) {
		int32_t c = utf8_next(&word);
		int32_t twin = turn ? look_alike(c) : 0;
		put_char(b, twin ? twin : c);
	}
}

struct str
text_header(struct arena *mem, struct str s)
{
	struct buf b = buf_open(mem, 0);
	struct str rest = text_fold(mem, s);
	struct str word;
	bool cyrillic = false;

	for (struct str look = rest; look.n;)
		cyrillic |= is_cyrillic(utf8_next(&look));
	while (rest.n && (str_ends(rest, S(":")) || str_ends(rest, S("*")) ||
			     str_ends(rest, S(" "))))
		rest.n--;
	while (str_split(&rest, ' ', &word)) {
		if (b.n)
			buf_char(&b, ' ');
		put_header_word(&b, word, cyrillic);
	}
	return buf_str(&b);
}

struct str
text_lower(struct arena *mem, struct str s)
{
	struct buf b = buf_open(mem, 0);

	while (s.n)
		put_char(&b, utf8proc_tolower(utf8_next(&s)));
	return buf_str(&b);
}

struct str
text_capital(struct arena *mem, struct str s)
{
	struct buf b = buf_open(mem, 0);

	if (s.n)
		put_char(&b, utf8proc_toupper(utf8_next(&s)));
	buf_put(&b, s);
	return buf_str(&b);
}

/* A run of digits as its length and its digits, so 2 sorts before 10. */
static void
put_number_key(struct buf *b, struct str *s)
{
	size_t n = 0;

	while (s->n > 1 && s->p[0] == '0' && s->p[1] >= '0' && s->p[1] <= '9')
		*s = str_from(*s, 1);
	while (n < s->n && s->p[n] >= '0' && s->p[n] <= '9')
		n++;
	buf_char(b, '0');
	buf_char(b, (char)('A' + (n < 25 ? n : 25)));
	buf_put(b, str_cut(*s, 0, n));
	*s = str_from(*s, n);
}

/* ё stands between е and ж: the letters behind it move up by one. */
static int32_t
alphabet_place(int32_t c)
{
	if (c == 0x451)
		return 0x436;
	return c >= 0x436 && c <= 0x44F ? c + 1 : c;
}

struct str
text_sort_key(struct arena *mem, struct str s)
{
	struct buf b = buf_open(mem, 0);
	struct str rest = s;
	bool gap = false;

	while (rest.n) {
		if (rest.p[0] >= '0' && rest.p[0] <= '9') {
			if (gap)
				buf_char(&b, ' ');
			gap = false;
			put_number_key(&b, &rest);
			continue;
		}
		int32_t c = utf8proc_tolower(utf8_next(&rest));
		if (!is_latin(c) && !is_cyrillic(c)) {
			gap |= is_space(c) && b.n;
			continue;
		}
		if (gap)
			buf_char(&b, ' ');
		gap = false;
		put_char(&b, alphabet_place(c));
	}
	buf_char(&b, '\x01'); /* names equal so far: by their exact spelling */
	buf_put(&b, s);
	return buf_str(&b);
}

struct str
text_clip(struct arena *mem, struct str s, size_t n)
{
	struct str rest = s;
	size_t seen = 0;
	size_t keep = 0;

	while (rest.n && seen < n) {
		if (seen == n - 1)
			keep = s.n - rest.n;
		(void)utf8_next(&rest);
		seen++;
	}
	if (!rest.n)
		return s;
	return arena_fmt(mem, "%.*s…", STR_ARG(str_trim(str_cut(s, 0, keep))));
}

struct str
text_from_cp1251(struct arena *mem, struct str s)
{
	/* 0x80..0xBF; above it the alphabet stands in order. */
	static const uint16_t upper[64] = {0x402, 0x403, 0x201A, 0x453, 0x201E,
	    0x2026, 0x2020, 0x2021, 0x20AC, 0x2030, 0x409, 0x2039, 0x40A, 0x40C,
	    0x40B, 0x40F, 0x452, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013,
	    0x2014, 0xFFFD, 0x2122, 0x459, 0x203A, 0x45A, 0x45C, 0x45B, 0x45F,
	    0xA0, 0x40E, 0x45E, 0x408, 0xA4, 0x490, 0xA6, 0xA7, 0x401, 0xA9,
	    0x404, 0xAB, 0xAC, 0xAD, 0xAE, 0x407, 0xB0, 0xB1, 0x406, 0x456,
	    0x491, 0xB5, 0xB6, 0xB7, 0x451, 0x2116, 0x454, 0xBB, 0x458, 0x405,
	    0x455, 0x457};
	struct buf b = buf_open(mem, s.n * 3 + 16);

	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c < 0x80)
			buf_char(&b, (char)c);
		else if (c < 0xC0)
			put_char(&b, upper[c - 0x80]);
		else
			put_char(&b, 0x410 + (c - 0xC0));
	}
	return buf_str(&b);
}

const char *
plural_ru(int64_t n, const char *one, const char *few, const char *many)
{
	int64_t last = n < 0 ? -(n % 100) : n % 100;

	if (last >= 11 && last <= 14)
		return many;
	last %= 10;
	if (last == 1)
		return one;
	return last >= 2 && last <= 4 ? few : many;
}
