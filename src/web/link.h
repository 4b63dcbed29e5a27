/*
 * link.h - addresses of the program's own pages are made here and nowhere else.
 *
 * A struct link is what href= and action= take; a text does not fit there,
 * so an address can be neither misspelt in a template nor smuggled in by
 * data.  Every function of links.def answers a row of the route table; the
 * test of routes walks all of them.
 */
#pragma once

#include "base/arena.h"
#include "base/str.h"
#include "store/ids.h"

struct link {
	struct str address; /* with n_ids places {…} still to be filled */
	int64_t ids[2];
	int n_ids;
};

/* clang-format off */
#define LINK(name, path) struct link link_##name(void);
#define LINK_ID(name, type, path) struct link link_##name(type id);
#define LINK_ID2(name, type, type2, path) struct link link_##name(type id, type2 id2);
#include "web/links.def"
#undef LINK
#undef LINK_ID
#undef LINK_ID2
/* clang-format on */

/* A page of the manual, and its section when one is named. */
struct link link_manual(struct arena *mem, struct str page, struct str section);

/* A place of this page: #name. */
struct link link_place(struct arena *mem, struct str name);

/*
 * Another site, as a person wrote it: only http:// and https:// are let
 * through; anything else leads to "#".
 */
struct link link_outside(struct arena *mem, struct str address);

/*
 * Back to where somebody was going: an address of this program, as it came
 * with the request; anything else leads home.
 */
struct link link_back(struct arena *mem, struct str address);

/* A file of the program itself; its address changes with its bytes. */
struct link link_asset(struct arena *mem, const char *name);

/* Adds ?name=value or &name=value, encoded. */
struct link link_with(
    struct arena *mem, struct link to, const char *name, struct str value);

/* The same list as a file: .csv, .xlsx, .json before the query. */
struct link link_as(struct arena *mem, struct link to, const char *extension);

/* The whole address as text. */
struct str link_text(struct arena *mem, struct link to);
