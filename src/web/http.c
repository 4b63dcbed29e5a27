/* http.c - what does a request say, and what is in a reply so far? */
#include "web/http.h"

#include "base/utf8.h"

static bool
same_name(struct str a, struct str b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++) {
		char x = a.p[i], y = b.p[i];

		if (x >= 'A' && x <= 'Z')
			x = (char)(x + 32);
		if (y >= 'A' && y <= 'Z')
			y = (char)(y + 32);
		if (x != y)
			return false;
	}
	return true;
}

struct str
request_header(const struct request *rq, struct str name)
{
	for (size_t i = 0; i < rq->n_headers; i++) {
		if (same_name(rq->headers[i].name, name))
			return rq->headers[i].value;
	}
	return S("");
}

size_t
request_count_headers(
    const struct request *rq, struct str name, struct str *ret)
{
	size_t n = 0;

	for (size_t i = 0; i < rq->n_headers; i++) {
		if (!same_name(rq->headers[i].name, name))
			continue;
		*ret = rq->headers[i].value;
		n++;
	}
	return n;
}

struct str
request_cookie(const struct request *rq, struct str name)
{
	struct str rest = request_header(rq, S("Cookie")), one;

	while (str_split(&rest, ';', &one)) {
		one = str_trim(one);
		if (str_starts(one, name) && one.n > name.n &&
		    one.p[name.n] == '=')
			return str_from(one, name.n + 1);
	}
	return S("");
}

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

bool
url_decode(struct arena *mem, struct str text, struct str *ret)
{
	char *out = arena_raw(mem, text.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];

		if (c == '%') {
			int high, low;

			if (text.n - i < 3)
				return false;
			high = hex_digit(text.p[i + 1]);
			low = hex_digit(text.p[i + 2]);
			if (high < 0 || low < 0)
				return false;
			c = (char)(high * 16 + low);
			i += 2;
		} else if (c == '+') {
			c = ' ';
		}
		if (c == '\0')
			return false;
		out[n++] = c;
	}
	*ret = (struct str){out, n};
	return utf8_valid(*ret);
}

bool
urlencoded_field(
    struct arena *mem, struct str text, struct str name, struct str *ret)
{
	struct str rest = text, pair, key;

	while (str_split(&rest, '&', &pair)) {
		ptrdiff_t at = str_find_char(pair, '=');
		struct str left = at < 0 ? pair : str_cut(pair, 0, (size_t)at);
		struct str right =
		    at < 0 ? S("") : str_from(pair, (size_t)at + 1);

		if (url_decode(mem, left, &key) && str_eq(key, name))
			return url_decode(mem, right, ret);
	}
	return false;
}

struct reply
reply_open(struct arena *mem)
{
	return (struct reply){
	    .status = 200,
	    .type = S("text/html; charset=utf-8"),
	    .body = buf_open(mem, 0),
	    .same_until = MOMENT_NONE,
	};
}

void
reply_header(struct reply *rp, const char *name, struct str value)
{
	MUST(rp->n_headers < COUNT_OF(rp->headers));
	rp->headers[rp->n_headers++] = (struct header){str_of(name), value};
}

void
reply_borrow(struct reply *rp, struct str bytes)
{
	/* cap == n: a later put would move to memory of the arena. */
	rp->body.p = (char *)(uintptr_t)bytes.p;
	rp->body.n = rp->body.cap = bytes.n;
}

struct str
reply_get_header(const struct reply *rp, const char *name)
{
	for (size_t i = 0; i < rp->n_headers; i++) {
		if (same_name(rp->headers[i].name, str_of(name)))
			return rp->headers[i].value;
	}
	return S("");
}
