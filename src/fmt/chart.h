/*
 * chart.h - the program's pictures, drawn once for two back ends: SVG text
 * for pages, cairo for PDF and DOCX.  (The month ribbon is in ribbon.h.)
 *
 * SVG has classes, no inline style (the page's style sheet colours it, in
 * light, dark and print), a <title> for each mark and role="img" with a label;
 * the page puts the numbers in a table below.
 *
 * What is not known is a gap with words, never a zero.  Series differ by
 * shape and dash as well as colour; there may be three.
 */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "base/ratio.h"
#include "base/str.h"

enum chart_kind {
	CHART_LINES,     /* series over ordered labels (years) */
	CHART_BARS,      /* upright, or lying when the labels are long */
	CHART_INTERVALS, /* dots with intervals, small groups */
};

enum { CHART_MOST_SERIES = 3 };

struct chart_point {
	bool is_known; /* false: a gap, "нет данных" */
	struct ratio value;
	struct ratio low, high; /* CHART_INTERVALS */
	struct str note; /* "9 из 24", shown on hover and in the table */
};

struct chart_series {
	struct str name;
	const struct chart_point *points; /* one a label */
};

struct chart_band { /* a period of measures behind the curve */
	struct str name;
	int from, to; /* indexes of labels, to exclusive */
};

struct chart {
	enum chart_kind kind;
	struct str title; /* for screen readers and documents */
	const struct str *labels;
	size_t n_labels;
	const struct chart_series *series;
	size_t n_series;
	const struct chart_band *bands; /* CHART_LINES */
	size_t n_bands;
	bool is_percent; /* values are shares of 1 */
	bool has_threshold;
	struct ratio threshold;
	struct str threshold_name;
};

/* height 0: as much as the picture needs at this width. */
void chart_svg(const struct chart *c, int width, int height, struct buf *out);

/*
 * A heat map of shares: schools in rows, procedures in columns.  Steps are
 * those of the style sheet: 0, up to 10, 20, 30 %, and 30 % and more, which
 * is also marked at its left edge; a small group is hatched.
 */
struct heat_cell {
	bool is_known;
	int64_t count, of;
	bool is_small;   /* few participants: one pupil moves the share a lot */
	struct str note; /* when not known, why: "11 класса нет" */
};

struct heat {
	struct str title;
	const struct str *columns;
	size_t n_columns;
	const struct str *rows;
	size_t n_rows;
	const struct heat_cell *cells; /* row by row */
};

void heat_svg(const struct heat *h, int width, struct buf *out);

/* For the writers of documents (canvas.h). */
struct canvas;
int chart_height(const struct chart *c, int width);
void chart_draw(const struct chart *c, struct canvas *on);
int heat_height(const struct heat *h, int width);
void heat_draw(const struct heat *h, struct canvas *on);
