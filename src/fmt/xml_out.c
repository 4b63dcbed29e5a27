/* xml_out.c - text into XML: runs are copied, five characters are not. */
#include "fmt/xml_out.h"

#include <string.h>

#include "base/utf8.h"

static bool
is_plain(int32_t c)
{
	if (c < 0x20)
		return c == '\t' || c == '\n' || c == '\r';
	return c < 0xFFFD || c > 0xFFFF;
}

/* A byte that begins nothing out of the ordinary and ends it too. */
static bool
is_plain_byte(unsigned char c)
{
	return c >= 0x20 && c < 0x80 && c != '&' && c != '<' && c != '>' &&
	       c != '"';
}

/* A Russian letter: two bytes that need no looking up. */
static bool
is_letter(struct str s, size_t at)
{
	return ((unsigned char)s.p[at] & 0xFE) == 0xD0 && at + 1 < s.n &&
	       ((unsigned char)s.p[at + 1] & 0xC0) == 0x80;
}

/* Whether the character at the head of *s stands for itself; takes it off. */
static bool
take_plain(struct str *s)
{
	return !strchr("&<>\"", s->p[0]) && is_plain(utf8_next(s));
}

/* Bytes at the head of s that stand for themselves. */
static size_t
plain_length(struct str s)
{
	size_t n = 0;

	while (n < s.n) {
		if (is_plain_byte((unsigned char)s.p[n])) {
			n++;
		} else if (is_letter(s, n)) {
			n += 2;
		} else {
			struct str rest = str_from(s, n);

			if (!take_plain(&rest))
				break;
			n = s.n - rest.n;
		}
	}
	return n;
}

void
xml_put(struct buf *out, struct str text)
{
	for (;;) {
		size_t n = plain_length(text);

		buf_put(out, str_cut(text, 0, n));
		text = str_from(text, n);
		if (!text.n)
			return;
		switch (utf8_next(&text)) {
		case '&':
			buf_c(out, "&amp;");
			break;
		case '<':
			buf_c(out, "&lt;");
			break;
		case '>':
			buf_c(out, "&gt;");
			break;
		case '"':
			buf_c(out, "&quot;");
			break;
		default:
			buf_c(out, "\xEF\xBF\xBD");
		}
	}
}
