/*
 * embedded.h - files that travel inside the program: style sheets, scripts,
 * methodologies, catalogues, pages of the manual.
 *
 * tools/embed.py writes one table a set at build time:
 *
 *	#include "web_assets.h"      - written by tools/embed.py
 *	const struct embedded *css = embedded_find(&web_assets, S("style.css"));
 *
 * The bytes are part of the program's read-only data: nothing is opened or
 * copied at run time, and a pointer to them is valid for ever.
 */
#pragma once

#include "base/str.h"

struct embedded {
	struct str name;  /* below the set's root: "methods/shnor.method" */
	struct str bytes; /* a zero byte stands behind them */
	struct str
	    gzip; /* the same packed; empty where it would not be smaller */
	struct str hash; /* 16 hexadecimal digits that change with the bytes */
};

/* Sorted by the bytes of the names. */
struct embedded_set {
	const struct embedded *files;
	size_t n;
};

/* NULL when the set has no such file. */
const struct embedded *embedded_find(
    const struct embedded_set *set, struct str name);
