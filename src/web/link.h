/*
 * link.h - addresses of the program's own pages are made here and nowhere else.
 *
 * A struct link is what href= and action= take; a text does not fit there,
 * so an address can be neither misspelt in a template nor smuggled in by
 * data.  Every function below answers a row of the route table, and the test
 * of routes walks all of them.
 */
#pragma once

#include "base/arena.h"
#include "base/str.h"

struct link {
	struct str address;
};

/* A place of this page: #name. */
struct link link_place(struct arena *mem, struct str name);

/*
 * Another site, as a person wrote it: only http:// and https:// are let
 * through; anything else leads to "#".
 */
struct link link_outside(struct arena *mem, struct str address);

/* Adds ?name=value or &name=value, encoded. */
struct link link_with(
    struct arena *mem, struct link to, const char *name, struct str value);
