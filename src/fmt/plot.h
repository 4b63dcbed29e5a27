/*
 * plot.h - what the kinds of charts share: the scale of values, its axis, the
 * threshold, the looks of a series.  For chart*.c only.
 */
#pragma once

#include "fmt/canvas.h"
#include "fmt/chart.h"

struct scale {
	struct ratio step; /* 1, 2 or 5 times a power of ten */
	int n_steps;
};

struct plot {
	const struct chart *chart;
	struct canvas *on;
	struct arena *mem;
	struct scale scale;
	struct canvas_box box; /* where values are drawn */
};

struct scale scale_for(const struct chart *c);

/* Pixels from the zero line for a value, when the scale is length long. */
double scale_place(const struct scale *s, struct ratio value, double length);

/* "37,9 %" or "3,45"; "10 %" for a step of the scale. */
struct str value_text(const struct plot *p, struct ratio value);
struct str step_text(const struct plot *p, int step);

/* The widest label of the scale. */
double steps_width(const struct plot *p);

/* "7 школ перечня, 2025/26: 37,9 % (50 из 132)", for the pointer. */
struct str point_title(const struct plot *p, size_t series, size_t label);

/* l1, p1, t-1 … of a series. */
const char *line_class(size_t series);
const char *mark_class(size_t series);
const char *text_class(size_t series);

/* A dot, round for the first series and different for the others. */
void draw_dot(struct canvas *on, size_t series, double x, double y);

void draw_lines_chart(struct plot *p);
void draw_upright_bars(struct plot *p);
void draw_lying(struct plot *p); /* bars and intervals, a row a label */

bool bars_lie(const struct chart *c, int width);
int lying_height(const struct chart *c);
