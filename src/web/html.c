/* html.c - how is a value written in this place of a page? */
#include "web/html.h"

/* What stands for a byte; NULL: the byte itself. */
static const char *
in_text(unsigned char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '\t':
	case '\n':
		return NULL;
	default:
		return c < 0x20 || c == 0x7f ? "\xEF\xBF\xBD" : NULL;
	}
}

static const char *
in_attr(unsigned char c)
{
	switch (c) {
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	default:
		return in_text(c);
	}
}

/* Runs of harmless bytes go out in one piece. */
static void
put_escaped(struct buf *out, struct str s, const char *(*of)(unsigned char))
{
	size_t start = 0;

	for (size_t i = 0; i < s.n; i++) {
		const char *instead = of((unsigned char)s.p[i]);

		if (instead == NULL)
			continue;
		buf_put(out, str_cut(s, start, i));
		buf_c(out, instead);
		start = i + 1;
	}
	buf_put(out, str_from(s, start));
}

void
html_text(struct buf *out, struct str s)
{
	put_escaped(out, s, in_text);
}

void
html_attr(struct buf *out, struct str s)
{
	put_escaped(out, s, in_attr);
}

static bool
is_word(unsigned char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	       (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
}

void
html_token(struct buf *out, struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		buf_char(out, is_word((unsigned char)s.p[i]) ? s.p[i] : '_');
}

void
html_url_part(struct buf *out, struct str s)
{
	static const char hex[] = "0123456789ABCDEF";

	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (is_word(c) || c == '.' || c == '~') {
			buf_char(out, s.p[i]);
			continue;
		}
		buf_char(out, '%');
		buf_char(out, hex[c >> 4]);
		buf_char(out, hex[c & 15]);
	}
}

void
html_link(struct buf *out, struct link to)
{
	html_attr(out, link_text(out->mem, to));
}
