/*
 * chart.h - the program's pictures, drawn once for two back ends: SVG text
 * for pages, cairo for PDF and DOCX.
 *
 * SVG has classes, no inline style (the page's style sheet colours it, in
 * light, dark and print), a <title> for each mark and role="img" with a label;
 * the page puts the numbers in a table below.
 */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "base/ratio.h"
#include "base/str.h"

enum chart_kind {
	CHART_LINES,     /* series over ordered labels (years) */
	CHART_BARS,
	CHART_INTERVALS, /* dots with intervals, small groups */
};

struct chart_point {
	bool is_known; /* false: a gap, "нет данных" */
	struct ratio value;
	struct ratio low, high; /* CHART_INTERVALS */
	struct str note;        /* "9 из 24", shown on hover and in the table */
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
	const struct chart_band *bands;
	size_t n_bands;
	bool is_percent;  /* values are shares of 1 */
	bool has_threshold;
	struct ratio threshold;
	struct str threshold_name;
};

void chart_svg(const struct chart *c, int width, int height, struct buf *out);
