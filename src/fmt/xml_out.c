/* xml_out.c - text into XML: runs are copied, five characters are not. */
#include "fmt/xml_out.h"

#include "base/utf8.h"

static bool
is_plain(int32_t c)
{
	if (c < 0x20)
		return c == '\t' || c == '\n' || c == '\r';
	if (c >= 0xFFFD && c <= 0xFFFF)
		return false;
	return c != '&' && c != '<' && c != '>' && c != '"';
}

/* Bytes at the head of s that stand for themselves. */
static size_t
plain_length(struct str s)
{
	struct str rest = s;

	while (rest.n) {
		struct str next = rest;
		int32_t c = utf8_next(&next);

		if (!is_plain(c))
			break;
		rest = next;
	}
	return s.n - rest.n;
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
