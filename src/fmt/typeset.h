/*
 * typeset.h - words set into lines, for PDF.
 *
 * Pango chooses fonts and shapes each word once; a word that comes again is
 * taken from a table, which makes a road map of thousands of like words
 * several times cheaper than a layout for every cell.  Lines are broken here:
 * after a space, a hyphen between letters or a slash; a word wider than its
 * line is cut.
 *
 * Lengths are points.  Nothing of fontconfig is touched before
 * typeset_open().
 */
#pragma once

#include "fmt/doc_tree.h"
#include "fmt/paper_lib.h"

struct typeset;

/* A word, with the space behind it. */
struct word {
	const struct glyph_run *runs; /* one a font, almost always one */
	size_t n_runs;
	double width; /* without the space */
	double space; /* 0: the next word follows at once */
};

struct set_line {
	const struct word **words;
	size_t n;
	double indent;
	double width;   /* of the words and the spaces between them */
	size_t spaces;  /* between words: what justification may stretch */
	bool ends_text; /* not justified: the last, or before '\n' */
};

struct set_text {
	struct set_line *lines;
	size_t n;
	double pitch;  /* from line to line */
	double ascent; /* from a line's upper edge to its base line */
};

struct typeset *typeset_open(struct arena *mem, const struct paper_lib *lib);
void typeset_close(struct typeset *ts);

struct set_text typeset_text(
    struct typeset *ts, enum look look, double width, struct str text);
double set_text_height(const struct set_text *t);

/* x, y: the upper left corner of the line's place. */
void typeset_draw(struct typeset *ts, cairo_t *cr, const struct set_text *t,
    size_t line, enum align align, double x, double y, double width);
