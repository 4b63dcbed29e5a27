/* csv_text.c - the bytes of a text file as UTF-8, piece by piece. */
#include "fmt/csv_text.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/utf8.h"

enum rc
csv_text_open(int fd, struct arena *mem, struct diag *d, struct csv_text *ret)
{
	if (lseek(fd, 0, SEEK_SET) < 0 && errno != ESPIPE)
		return RC_FAILED;
	*ret = (struct csv_text){
	    .fd = fd, .d = d, .raw = arena_raw(mem, TEXT_PIECE + 8)};
	return RC_OK;
}

static enum rc
read_all(struct csv_text *t, char *into, size_t room, size_t *ret_n)
{
	size_t n = 0;

	while (n < room) {
		ssize_t got = read(t->fd, into + n, room - n);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0) {
			diag_error(t->d, (struct place){0},
			    N_("Файл не читается: %s."), strerror(errno));
			return RC_FAILED;
		}
		if (got == 0)
			break;
		n += (size_t)got;
	}
	*ret_n = n;
	return RC_OK;
}

static bool
is_ascii(const char *p, size_t n)
{
	uint64_t seen = 0, word;
	size_t i = 0;

	for (; i + 32 <= n; i += 32)
		for (size_t k = 0; k < 32; k += 8) {
			memcpy(&word, p + i + k, 8);
			seen |= word;
		}
	for (; i < n; i++)
		seen |= (unsigned char)p[i] & 0x80u;
	return (seen & 0x8080808080808080u) == 0;
}

/* Bytes at the end that begin a letter which does not end here. */
static size_t
cut_letter(const char *p, size_t n)
{
	for (size_t back = 1; back <= 3 && back <= n; back++) {
		unsigned char c = (unsigned char)p[n - back];
		if (c >= 0xC0) {
			size_t whole = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;
			return whole > back ? back : 0;
		}
		if (c < 0x80)
			break;
	}
	return 0;
}

static size_t
put_letter(char *out, uint32_t c)
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xC0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3F));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (char)(0xE0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3F));
		out[2] = (char)(0x80 | (c & 0x3F));
		return 3;
	}
	out[0] = (char)(0xF0 | c >> 18);
	out[1] = (char)(0x80 | (c >> 12 & 0x3F));
	out[2] = (char)(0x80 | (c >> 6 & 0x3F));
	out[3] = (char)(0x80 | (c & 0x3F));
	return 4;
}

static void
complain_bad(struct csv_text *t)
{
	if (t->has_bad)
		return;
	t->has_bad = true;
	diag_warning(t->d, (struct place){0},
	    N_("В файле есть знаки, которые не удалось прочесть; вместо них "
	       "поставлен «?»."))
	    ->hint =
	    S("Сохраните файл в кодировке UTF-8 и проверьте названия.");
}

/* Each byte that belongs to no letter becomes "?". */
static void
mend_utf8(struct csv_text *t, char *p, size_t n)
{
	struct str s = {p, n};

	complain_bad(t);
	while (s.n) {
		size_t before = s.n;
		int32_t c = utf8_next(&s);
		if (c == 0xFFFD && before - s.n == 1)
			p[n - before] = '?';
	}
}

static size_t
from_cp1251(const char *raw, size_t n, char *out, struct arena *mem)
{
	struct str s = text_from_cp1251(mem, (struct str){raw, n});

	memcpy(out, s.p, s.n);
	return s.n;
}

static uint32_t
unit16(const struct csv_text *t, const char *p)
{
	uint32_t a = (unsigned char)p[0], b = (unsigned char)p[1];

	return t->encoding == TEXT_UTF16LE ? b << 8 | a : a << 8 | b;
}

/* Two bytes a unit; two units make a letter past the first 65,536. */
static size_t
from_utf16(struct csv_text *t, const char *raw, size_t n, char *out)
{
	size_t to = 0, i = 0;

	while (n - i >= 2) {
		uint32_t c = unit16(t, raw + i);
		if (c >= 0xD800 && c < 0xDC00) {
			if (n - i < 4)
				break;
			uint32_t low = unit16(t, raw + i + 2);
			if (low >= 0xDC00 && low < 0xE000) {
				c = 0x10000 + ((c - 0xD800) << 10) +
				    (low - 0xDC00);
				i += 2;
			}
		}
		if (c >= 0xD800 && c < 0xE000) {
			complain_bad(t);
			c = '?';
		}
		to += put_letter(out + to, c);
		i += 2;
	}
	t->n_rest = n - i;
	memcpy(t->rest, raw + i, t->n_rest);
	return to;
}

static enum text_encoding
encoding_of(const char *p, size_t n, bool is_last)
{
	size_t cut = is_last ? 0 : cut_letter(p, n);

	if (is_ascii(p, n))
		return TEXT_UNDECIDED;
	return utf8_valid((struct str){p, n - cut}) ? TEXT_UTF8 : TEXT_CP1251;
}

/* A mark in the first bytes; returns how many of them it takes. */
static size_t
take_mark(struct csv_text *t, const char *p, size_t n)
{
	if (n >= 3 && memcmp(p, "\xEF\xBB\xBF", 3) == 0) {
		t->encoding = TEXT_UTF8;
		return 3;
	}
	if (n >= 2 && memcmp(p, "\xFF\xFE", 2) == 0) {
		t->encoding = TEXT_UTF16LE;
		return 2;
	}
	if (n >= 2 && memcmp(p, "\xFE\xFF", 2) == 0) {
		t->encoding = TEXT_UTF16BE;
		return 2;
	}
	return 0;
}

static enum rc
not_text(struct csv_text *t)
{
	diag_error(t->d, (struct place){0},
	    N_("Это не таблица и не текст: в файле двоичные данные."))
	    ->hint = S("Нужен файл CSV, XLSX, ODS или XLS.");
	return RC_INVALID;
}

/* n bytes at p, of which the last may be a cut letter, stay where they are. */
static enum rc
finish_utf8(struct csv_text *t, char *p, size_t n, bool is_last, size_t *ret_n)
{
	t->n_rest = is_last ? 0 : cut_letter(p, n);
	n -= t->n_rest;
	memcpy(t->rest, p + n, t->n_rest);
	if (!is_ascii(p, n) && !utf8_valid((struct str){p, n}))
		mend_utf8(t, p, n);
	*ret_n = n;
	return RC_OK;
}

static enum rc
finish_other(struct csv_text *t, const char *p, size_t n, bool is_last,
    char *out, size_t *ret_n)
{
	autoarena mem = arena_open(0);

	memcpy(t->raw, p, n);
	t->n_rest = 0;
	if (t->encoding == TEXT_CP1251) {
		*ret_n = from_cp1251(t->raw, n, out, mem);
		return RC_OK;
	}
	*ret_n = from_utf16(t, t->raw, n, out);
	if (is_last && t->n_rest)
		complain_bad(t);
	return RC_OK;
}

enum rc
csv_text_read(struct csv_text *t, char *out, size_t *ret_n)
{
	size_t n, old = t->n_rest;

	memcpy(out, t->rest, old);
	enum rc rc = read_all(t, out + old, TEXT_PIECE, &n);
	if (rc != RC_OK)
		return rc;

	bool is_last = n < TEXT_PIECE;
	size_t skip = t->has_begun ? 0 : take_mark(t, out, n);
	t->has_begun = true;
	n += old - skip;
	if (skip)
		memmove(out, out + skip, n);
	if (t->encoding == TEXT_UNDECIDED)
		t->encoding = encoding_of(out, n, is_last);
	if (t->encoding != TEXT_UTF16LE && t->encoding != TEXT_UTF16BE &&
	    memchr(out, 0, n))
		return not_text(t);
	if (t->encoding == TEXT_UNDECIDED) {
		t->n_rest = 0;
		*ret_n = n;
		return RC_OK;
	}
	if (t->encoding == TEXT_UTF8)
		return finish_utf8(t, out, n, is_last, ret_n);
	return finish_other(t, out, n, is_last, out, ret_n);
}
