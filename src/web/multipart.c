/* multipart.c - which part of the body is this field? */
#include "web/multipart.h"

#include <string.h>

#include "base/utf8.h"

/* value of  name="…"  or  name=…  behind a semicolon. */
static struct str
parameter(struct str header, struct str name)
{
	struct str rest = header, one;

	while (str_split(&rest, ';', &one)) {
		one = str_trim(one);
		if (!str_starts(one, name) || one.n <= name.n ||
		    one.p[name.n] != '=')
			continue;
		one = str_from(one, name.n + 1);
		if (one.n >= 2 && one.p[0] == '"' && one.p[one.n - 1] == '"')
			one = str_cut(one, 1, one.n - 1);
		return one;
	}
	return S("");
}

/* Browsers send the bare name, old ones "C:\folder\name". */
static struct str
bare_name(struct str path)
{
	for (size_t i = path.n; i > 0; i--) {
		if (path.p[i - 1] == '/' || path.p[i - 1] == '\\')
			return str_from(path, i);
	}
	return path;
}

/* Position of what from a place on, or -1; bodies are long, so memmem. */
static ptrdiff_t
find_from(struct str s, size_t from, struct str what)
{
	const char *at;

	if (from > s.n || what.n == 0)
		return -1;
	at = memmem(s.p + from, s.n - from, what.p, what.n);
	return at == NULL ? -1 : at - s.p;
}

/* The Content-Disposition of one part's head. */
static struct str
disposition(struct str head)
{
	struct str rest = head, line;

	while (str_split(&rest, '\n', &line)) {
		struct request one = {0};
		struct header h;
		ptrdiff_t colon = str_find_char(line, ':');

		if (colon < 0)
			continue;
		h.name = str_trim(str_cut(line, 0, (size_t)colon));
		h.value = str_trim(str_from(line, (size_t)colon + 1));
		one.headers = &h;
		one.n_headers = 1;
		if (request_header(&one, S("Content-Disposition")).n > 0)
			return h.value;
	}
	return S("");
}

bool
multipart_field(
    const struct request *rq, struct str name, struct form_file *ret)
{
	struct str boundary =
	    parameter(request_header(rq, S("Content-Type")), S("boundary"));
	struct str mark = arena_fmt(rq->mem, "--%.*s", STR_ARG(boundary));
	struct str end = arena_fmt(rq->mem, "\r\n--%.*s", STR_ARG(boundary));
	struct str body = rq->body;
	ptrdiff_t at = find_from(body, 0, mark);

	if (boundary.n == 0 || boundary.n > 70)
		return false;
	while (at >= 0) {
		size_t head = (size_t)at + mark.n + 2;
		ptrdiff_t blank = find_from(body, head, S("\r\n\r\n"));
		ptrdiff_t stop =
		    blank < 0 ? -1 : find_from(body, (size_t)blank + 2, end);
		struct str what;

		if (stop < 0)
			return false;
		what = disposition(str_cut(body, head, (size_t)blank));
		if (str_eq(parameter(what, S("name")), name)) {
			ret->name = bare_name(parameter(what, S("filename")));
			/* the blank line may be the boundary's own line end */
			ret->bytes =
			    (size_t)stop <= (size_t)blank + 4 ?
				S("") :
				str_cut(body, (size_t)blank + 4, (size_t)stop);
			return true;
		}
		at = stop + 2;
	}
	return false;
}
