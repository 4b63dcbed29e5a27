/*
 * canvas.h - what a picture is drawn on: SVG text or cairo, one drawing for
 * both.
 *
 * A mark has a class of the style sheet ("l1", "p1", "grid" …) instead of a
 * colour: in SVG the class is written and the page's style sheet colours it,
 * on cairo one table (canvas_cairo.c) holds the same looks for paper.  The
 * unit is a pixel of the page, y grows downwards.
 *
 * Geometry is in doubles: they decide where ink goes and nothing else.
 */
#pragma once

#include "base/buf.h"

struct canvas_size {
	int width, height;
};

enum canvas_anchor { ANCHOR_START, ANCHOR_MIDDLE, ANCHOR_END };

struct canvas_point {
	double x, y;
	bool is_move; /* begins a new line */
};

struct canvas_box {
	double x, y, w, h;
};

/* The two back ends; drawings call the functions below. */
struct canvas_ops {
	void (*group)(void *ctx, struct str title, struct str link);
	void (*group_end)(void *ctx, bool is_link);
	void (*rect)(void *ctx, const char *css, struct canvas_box box);
	void (*circle)(
	    void *ctx, const char *css, double x, double y, double r);
	void (*path)(void *ctx, const char *css,
	    const struct canvas_point *points, size_t n, bool is_closed);
	void (*text)(void *ctx, const char *css, enum canvas_anchor anchor,
	    double x, double y, struct str text);
};

struct canvas {
	const struct canvas_ops *ops;
	void *ctx;
	struct canvas_size size;
	struct arena *mem;
	bool in_link;
	bool in_group;
};

/*
 * Marks up to canvas_group_end() share one sentence for the pointer and,
 * when link is not empty, lead there.  Groups do not nest.
 */
void canvas_group(struct canvas *c, struct str title, struct str link);
void canvas_group_end(struct canvas *c);

void canvas_rect(struct canvas *c, const char *css, struct canvas_box box);
void canvas_circle(
    struct canvas *c, const char *css, double x, double y, double r);
void canvas_path(struct canvas *c, const char *css,
    const struct canvas_point *points, size_t n, bool is_closed);
void canvas_line(struct canvas *c, const char *css, double x1, double y1,
    double x2, double y2);

/* y is the base line. */
void canvas_text(struct canvas *c, const char *css, enum canvas_anchor anchor,
    double x, double y, struct str text);

/*
 * How wide a line of text will be, near enough to keep labels apart: the same
 * for both back ends, from the widths of Liberation Sans.
 */
double canvas_text_width(struct str text, double size);

/* The text, cut with "…" to fit into width. */
struct str canvas_fit(
    struct arena *mem, struct str text, double size, double width);

enum { CANVAS_MOST_LINES = 4 };

/* Broken between words into at most most lines; returns how many. */
size_t canvas_wrap(struct arena *mem, struct str text, double size,
    double width, size_t most, struct str ret_lines[CANVAS_MOST_LINES]);

/*
 * A whole <svg> element.  css: its classes ("chart", "chart ribbon"); label
 * is read aloud in place of the picture.
 */
struct canvas canvas_svg_open(struct buf *out, struct canvas_size size,
    const char *css, struct str label);
void canvas_svg_close(struct canvas *c);

struct _cairo; /* cairo_t */

/* Draws on cr, whose origin is the picture's upper left corner. */
struct canvas canvas_cairo_open(
    struct arena *mem, struct _cairo *cr, struct canvas_size size);
void canvas_cairo_close(struct canvas *c);

/* Sizes of the style sheet's text, in pixels. */
#define CANVAS_TEXT  12.5
#define CANVAS_SMALL 11.5
