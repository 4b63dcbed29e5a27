/* strict.c - can this request be read in one way only? */
#include "serve/strict.h"

static bool
is_length(struct str s)
{
	if (s.n == 0 || s.n > 18)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	}
	return true;
}

/* Header values are text: no control characters but the tab. */
static bool
is_clean(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if ((c < 0x20 && c != '\t') || c == 0x7f)
			return false;
	}
	return true;
}

/* An address is printable ASCII without spaces; the rest is percent-encoded. */
static bool
is_address(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] <= 0x20 || s.p[i] >= 0x7f)
			return false;
	}
	return true;
}

static int
check_body(const struct request *rq)
{
	struct str length = S(""), coding = S(""), type;
	size_t n_lengths =
	    request_count_headers(rq, S("Content-Length"), &length);

	/* Nobody needs chunks to send a form; refusing them all is simplest. */
	if (request_count_headers(rq, S("Transfer-Encoding"), &coding) > 0)
		return n_lengths > 0 ? 400 : 411;
	if (n_lengths > 1 || (n_lengths == 1 && !is_length(length)))
		return 400;
	if (rq->method == GET)
		return n_lengths == 1 && !str_eq(length, S("0")) ? 400 : 0;
	if (rq->method != POST)
		return 0;
	if (n_lengths == 0)
		return 411;
	type = request_header(rq, S("Content-Type"));
	if (str_starts(type, S("multipart/form-data")))
		return rq->body.n > FILE_BYTES_MAX ? 413 : 0;
	return rq->body.n > FORM_BYTES_MAX ? 413 : 0;
}

int
strict_check(const struct request *rq, bool is_http_1_0)
{
	struct str host = S("");
	size_t n_hosts = request_count_headers(rq, S("Host"), &host);

	if (n_hosts > 1 || (n_hosts == 0 && !is_http_1_0))
		return 400;
	if (rq->path.n == 0 || rq->path.p[0] != '/' || !is_address(rq->path) ||
	    !is_address(rq->query))
		return 400;
	for (size_t i = 0; i < rq->n_headers; i++) {
		if (!is_clean(rq->headers[i].value) ||
		    rq->headers[i].name.n == 0)
			return 400;
	}
	return check_body(rq);
}
