/*
 * http.h - the seam between pages and the network: a request that came whole,
 * a reply that goes whole.
 *
 * Only serve/ knows which library reads the bytes; pages, tests and the
 * command line (which can ask for a page too) see these structures.  All text
 * lives in the request's arena, which ends when the reply has been sent.
 */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/str.h"

enum http_method {
	GET, /* HEAD comes as GET with is_head */
	POST,
	OTHER_METHOD
};

struct header {
	struct str name; /* as sent; compared without regard to case */
	struct str value;
};

struct request {
	struct arena *mem;
	enum http_method method;
	bool is_head;
	struct str path;    /* "/schools/7", as sent */
	struct str query;   /* behind "?", as sent; may be empty */
	struct str address; /* of the client, for the journal and the limits */
	bool is_secure;     /* came over TLS: cookies may say so */
	const struct header *headers;
	size_t n_headers;
	struct str body;
	struct moment now;
};

struct reply {
	int status;
	struct str type; /* Content-Type */
	struct buf body;
	struct header headers[24];
	size_t n_headers;
	struct str logged; /* the address as the log may know it: no secrets */

	/*
	 * Sooner than this the same request gets the same answer, if nothing
	 * is written meanwhile; MOMENT_NONE: that is not promised.
	 */
	struct moment same_until;
};

/* The first header of this name (any case), or an empty text. */
struct str request_header(const struct request *rq, struct str name);

/* How many headers have this name; *ret is the last of them. */
size_t request_count_headers(
    const struct request *rq, struct str name, struct str *ret);

/* The value of one cookie, or an empty text. */
struct str request_cookie(const struct request *rq, struct str name);

/*
 * One decoded field of a query or a form's body, "a=1&b=%D1%88": the first of
 * that name.  False when there is none.
 */
bool urlencoded_field(
    struct arena *mem, struct str text, struct str name, struct str *ret);

/* Percent and plus decoded; false when an escape is broken or gives a zero. */
bool url_decode(struct arena *mem, struct str text, struct str *ret);

struct reply reply_open(struct arena *mem);

/* Bytes that live for ever become the body without being copied. */
void reply_borrow(struct reply *rp, struct str bytes);
void reply_header(struct reply *rp, const char *name, struct str value);

/* The reply's own header of this name, or empty. */
struct str reply_get_header(const struct reply *rp, const char *name);
