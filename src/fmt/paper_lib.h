/*
 * paper_lib.h - cairo and pango, loaded when something is first drawn.
 *
 * They bring some thirty shared libraries with them.  A server that has not
 * been asked for a PDF, and every command that draws nothing, does without
 * their start-up time and memory: see base/late.h.
 *
 *	const struct paper_lib *lib = paper_lib();
 *	if (!lib)
 *		return RC_FAILED;
 *	lib->cairo_move_to(cr, x, y);
 *
 * Types and constants come from the libraries' own headers, so a call is
 * checked by the compiler as if it were linked.
 */
#pragma once

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

struct paper_lib {
#define PAPER(function) __typeof__(function) *function;
#include "fmt/paper_lib.def"
#undef PAPER
};

/* NULL when the libraries are not installed. Any thread may ask. */
const struct paper_lib *paper_lib(void);
