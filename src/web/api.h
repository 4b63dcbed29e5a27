/*
 * api.h - the lists of the program for other programs: /api/v1/….
 *
 * An address of the API is the address of a list page behind /api/v1: the same
 * query, the same rights, the same filters, as JSON, page by page.  What is
 * there follows from the route table; the OpenAPI document is printed from it.
 *
 *	GET /api/v1/schools?show=rural&page=2&per_page=50
 *
 * answers an array with X-Total-Count, Link (first, prev, next, last) and an
 * ETag; If-None-Match that fits it gets 304.  What goes wrong is a problem
 * document (RFC 9457) with the sentence a page would say.
 */
#pragma once

#include "fmt/table_out.h"
#include "web/route.h"

enum { API_PER_PAGE = 100, API_PER_PAGE_MOST = 1000 };

/* What a request to the API keeps beside its visit. */
struct api {
	struct str path; /* of the list page: "/schools" */
	struct table_about about;
	struct table_out *table; /* NULL: the answer is one object */
	int64_t page, per_page;
};

/*
 * False: the address is not under /api/v1.  Otherwise what stands behind it,
 * as a page's own address would be found, for GET and lists only.
 */
bool api_find(struct arena *mem, enum http_method method, struct str path,
    struct str *ret_path, struct route_match *ret);

/* page= and per_page= of the query; RC_INVALID says what they may be. */
NODISCARD enum rc api_open(struct visit *v);

/* In place of a file: one page of the rows. */
struct table_out *api_table(
    struct visit *v, struct reply *rp, const struct table_about *about);

/* Count, links and ETag, when the rows are written; may become a 304. */
void api_finish(struct visit *v, struct reply *rp);

/* A problem document with these complaints (d may be NULL). */
void api_problem(struct arena *mem, struct reply *rp, int status,
    const char *title, struct str sentence, const struct diag *d);
