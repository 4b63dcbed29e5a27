/*
 * route.h - the table of pages: which address, which right, which form.
 *
 * The columns are enforced once, in site.c, before any page runs.  The tests
 * walk the table: every route × role, every link against it.
 */
#pragma once

#include "web/visit.h"

typedef enum rc page(struct visit *v, struct reply *rp);

/* Besides enum perm: who may ask. */
enum {
	OPEN_TO_ALL = PERM_COUNT, /* also without sign-in */
	OPEN_TO_SIGNED_IN,
};

enum route_flags {
	ROUTE_PLAIN = 0,
	ROUTE_LIST = 1,   /* also answers .csv, .xlsx, .json */
	ROUTE_SECRET = 2, /* the address is a secret: never logged */
	ROUTE_WRITES = 4, /* a GET that writes: no read transaction around it */
	ROUTE_CLOCK = 8,  /* the answer tells the time: never twice the same */
};

struct route {
	enum http_method method;
	const char *path;
	page *page;
	int right; /* enum perm or OPEN_… */
	enum form_number form;
	page *again; /* shows the form again when it is refused */
	unsigned flags;
};

extern const struct route routes[];
extern const size_t n_routes;

struct route_match {
	const struct route *route; /* NULL: no such address */
	struct path_args at;
	enum list_format format;
	bool is_other_method; /* the address is there, for another method */
};

struct route_match route_find(
    struct arena *mem, enum http_method method, struct str path);
