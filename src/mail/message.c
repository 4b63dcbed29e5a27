/* message.c - the bytes of a letter: RFC 5322, 2045, 2047. */
#include "base/buf.h"
#include "base/utf8.h"
#include "mail/mail.h"

enum {
	/* of text in one encoded word: "Subject: " before it, and its frame */
	WORD_BYTES = 39,
	LINE_BYTES = 57, /* of the body in one line of 76 signs */
	LINE_BREAK_AT = 78,
};

static void
put_base64(struct buf *out, struct str s)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t i = 0; i < s.n; i += 3) {
		size_t n = s.n - i < 3 ? s.n - i : 3;
		uint32_t v = 0;

		for (size_t k = 0; k < 3; k++)
			v = v << 8 | (k < n ? (unsigned char)s.p[i + k] : 0U);
		for (size_t k = 0; k < 4; k++)
			buf_char(
			    out, k <= n ? digits[v >> (18 - 6 * k) & 63] : '=');
	}
}

static bool
is_plain(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < ' ' || (unsigned char)s.p[i] > '~')
			return false;
	return true;
}

/* A header's text is one line, whatever its author typed. */
static struct str
one_line(struct arena *mem, struct str s)
{
	struct str valid = utf8_repair(mem, s);
	struct buf b = buf_open(mem, 0);

	for (size_t i = 0; i < valid.n; i++) {
		unsigned char c = (unsigned char)valid.p[i];
		buf_char(&b, c < ' ' || c == 0x7F ? ' ' : (char)c);
	}
	return buf_str(&b);
}

/* Encoded words of whole characters, each on a line of its own. */
static void
put_words(struct buf *out, struct str s)
{
	bool first = true;

	while (s.n) {
		size_t n = s.n < WORD_BYTES ? s.n : WORD_BYTES;

		while (
		    n < s.n && n > 1 && ((unsigned char)s.p[n] & 0xC0) == 0x80)
			n--;
		buf_c(out, first ? "=?UTF-8?B?" : "\r\n =?UTF-8?B?");
		put_base64(out, str_cut(s, 0, n));
		buf_c(out, "?=");
		s = str_from(s, n);
		first = false;
	}
}

static void
put_text(struct buf *out, struct arena *mem, const char *name, struct str text)
{
	struct str line = one_line(mem, text);

	buf_fmt(out, "%s: ", name);
	if (is_plain(line) && line.n < LINE_BREAK_AT / 2)
		buf_put(out, line);
	else
		put_words(out, line);
	buf_c(out, "\r\n");
}

/* An address stands as it is: one with other signs was never let in. */
static void
put_address(struct buf *out, const char *name, struct str address)
{
	buf_fmt(out, "%s: <", name);
	for (size_t i = 0; i < address.n; i++)
		if ((unsigned char)address.p[i] > ' ' && address.p[i] != '<' &&
		    address.p[i] != '>')
			buf_char(out, address.p[i]);
	buf_c(out, ">\r\n");
}

/* "Date: Tue, 24 Nov 2026 05:21:32 +0700" */
static void
put_date(struct buf *out, struct moment at, int32_t zone)
{
	static const char *const days[] = {
	    "", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
	static const char *const months[] = {"", "Jan", "Feb", "Mar", "Apr",
	    "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	struct date d = moment_date(at, zone);
	struct civil c = date_civil(d);
	int64_t second =
	    at.second + (int64_t)zone * 60 - (int64_t)d.day * 86400;
	int minutes = zone < 0 ? -zone : zone;

	buf_fmt(out, "Date: %s, %d %s %d %02d:%02d:%02d %c%02d%02d\r\n",
	    days[date_weekday(d)], c.day, months[c.month], c.year,
	    (int)(second / 3600), (int)(second / 60 % 60), (int)(second % 60),
	    zone < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

static struct str
domain_of(struct str address)
{
	ptrdiff_t at = str_find_char(address, '@');

	return at < 0 ? S("localhost") : str_from(address, (size_t)at + 1);
}

static struct str
with_crlf(struct arena *mem, struct str body)
{
	struct buf b = buf_open(mem, 0);

	for (size_t i = 0; i < body.n; i++) {
		if (body.p[i] == '\r')
			continue;
		if (body.p[i] == '\n')
			buf_char(&b, '\r');
		buf_char(&b, body.p[i]);
	}
	return buf_str(&b);
}

struct str
mail_message(struct arena *mem, const struct mail_letter *l)
{
	struct buf out = buf_open(mem, 0);
	struct str body = with_crlf(mem, utf8_repair(mem, l->body));

	put_date(&out, l->at, l->zone_minutes);
	buf_c(&out, "From: ");
	put_words(&out, one_line(mem, l->from_name));
	buf_fmt(&out, "\r\n <%.*s>\r\n", STR_ARG(l->from));
	put_address(&out, "To", l->to);
	put_text(&out, mem, "Subject", l->subject);
	buf_fmt(&out, "Message-ID: <%.*s@%.*s>\r\n", STR_ARG(l->id),
	    STR_ARG(domain_of(l->from)));
	/* RFC 3834: nobody's holiday notice should answer it. */
	buf_c(&out, "Auto-Submitted: auto-generated\r\n");
	if (l->unsubscribe.n)
		put_address(&out, "List-Unsubscribe", l->unsubscribe);
	buf_c(&out, "MIME-Version: 1.0\r\n"
		    "Content-Type: text/plain; charset=utf-8\r\n"
		    "Content-Transfer-Encoding: base64\r\n\r\n");
	while (body.n) {
		size_t n = body.n < LINE_BYTES ? body.n : LINE_BYTES;
		put_base64(&out, str_cut(body, 0, n));
		buf_c(&out, "\r\n");
		body = str_from(body, n);
	}
	return buf_str(&out);
}
