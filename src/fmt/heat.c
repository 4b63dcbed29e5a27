/* heat.c - a heat map of shares with their counts. */
#include "fmt/canvas.h"
#include "fmt/chart.h"

enum {
	ROW = 36,
	HEAD_LINE = 15,
	HEAD_LINES = 3,
	HEAD = HEAD_LINES * HEAD_LINE + 8,
	PAD = 6,
	NAME_MOST = 190,
	NAME_LEAST = 80,
	EDGE = 3,  /* the mark of a low result */
	HATCH = 6, /* between the lines over a small group */
};

static double
name_width(const struct heat *h)
{
	double most = NAME_LEAST;

	for (size_t i = 0; i < h->n_rows; i++) {
		double w = canvas_text_width(h->rows[i], CANVAS_TEXT);
		if (w > most)
			most = w;
	}
	return (most > NAME_MOST ? NAME_MOST : most) + 2 * PAD;
}

/*
 * BASIS: norilsk-2.1 - a low result is 30 % and more, decided on the counts.
 */
static const char *
step_class(const struct heat_cell *c)
{
	if (10 * c->count >= 3 * c->of)
		return "h4";
	if (5 * c->count >= c->of)
		return "h3";
	if (10 * c->count >= c->of)
		return "h2";
	return c->count > 0 ? "h1" : "h0";
}

/* Slanting lines over the box: each runs from its lower to its upper edge. */
static void
draw_hatch(struct canvas *on, struct canvas_box b)
{
	struct canvas_point points[128];
	size_t n = 0;
	double right = b.x + b.w, bottom = b.y + b.h;

	for (double x = b.x + HATCH - b.h; x < right; x += HATCH) {
		double x1 = x, y1 = bottom, x2 = x + b.h, y2 = b.y;

		if (n + 2 > COUNT_OF(points))
			break;
		if (x1 < b.x) {
			y1 -= b.x - x1;
			x1 = b.x;
		}
		if (x2 > right) {
			y2 += x2 - right;
			x2 = right;
		}
		points[n++] = (struct canvas_point){x1, y1, true};
		points[n++] = (struct canvas_point){x2, y2, false};
	}
	canvas_path(on, "hatch", points, n, false);
}

static void
draw_known(struct canvas *on, const struct heat *h, size_t row, size_t column,
    struct canvas_box box)
{
	const struct heat_cell *c = &h->cells[row * h->n_columns + column];
	struct str share = arena_fmt(on->mem, "%.*s\xC2\xA0%%",
	    STR_ARG(ratio_percent_ru(on->mem, ratio_of(c->count, c->of))));
	struct str counts = arena_fmt(
	    on->mem, "%lld из %lld", (long long)c->count, (long long)c->of);
	bool is_low = 10 * c->count >= 3 * c->of;
	double right = box.x + box.w - PAD;

	canvas_group(on,
	    arena_fmt(on->mem, "%.*s, %.*s: %.*s, %.*s", STR_ARG(h->rows[row]),
		STR_ARG(h->columns[column]), STR_ARG(share), STR_ARG(counts)),
	    S(""));
	canvas_rect(on, step_class(c), box);
	if (c->is_small)
		draw_hatch(on, box);
	if (is_low)
		canvas_rect(
		    on, "low", (struct canvas_box){box.x, box.y, EDGE, box.h});
	canvas_text(on, is_low ? "t-ink t-b" : "t-ink", ANCHOR_END, right,
	    box.y + 15, share);
	canvas_text(on, "t-s", ANCHOR_END, right, box.y + 29, counts);
	canvas_group_end(on);
}

/* How many cells from this one on are unknown for the same reason. */
static size_t
same_reason(const struct heat *h, const struct heat_cell *cells, size_t from)
{
	size_t n = 1;

	while (from + n < h->n_columns && !cells[from + n].is_known &&
	       str_eq(cells[from + n].note, cells[from].note))
		n++;
	return n;
}

/* A long name takes two smaller lines. */
static void
draw_name(struct canvas *on, struct str name, double top, double left)
{
	struct str lines[CANVAS_MOST_LINES];
	double room = left - 2 * PAD;

	if (canvas_text_width(name, CANVAS_TEXT) <= room) {
		canvas_text(
		    on, "t-ink", ANCHOR_START, PAD, top + ROW / 2.0 + 4, name);
		return;
	}
	size_t n = canvas_wrap(on->mem, name, CANVAS_SMALL, room, 2, lines);
	for (size_t i = 0; i < n; i++)
		canvas_text(on, "t-ink t-s", ANCHOR_START, PAD,
		    top + 15 + HEAD_LINE * (double)i, lines[i]);
}

static void
draw_row(struct canvas *on, const struct heat *h, size_t row, double left,
    double width)
{
	const struct heat_cell *cells = &h->cells[row * h->n_columns];
	double top = HEAD + ROW * (double)row;

	draw_name(on, h->rows[row], top, left);
	for (size_t i = 0, n; i < h->n_columns; i += n) {
		struct canvas_box box = {
		    left + width * (double)i, top, width, ROW};

		canvas_line(on, "grid", box.x, top, box.x, top + ROW);
		n = 1;
		if (cells[i].is_known && cells[i].of > 0) {
			draw_known(on, h, row, i, box);
			continue;
		}
		n = same_reason(h, cells, i);
		box.w *= (double)n;
		canvas_text(on, "t-s", ANCHOR_MIDDLE, box.x + box.w / 2,
		    top + ROW / 2.0 + 4,
		    canvas_fit(on->mem,
			cells[i].note.n ? cells[i].note : S("нет данных"),
			CANVAS_SMALL, box.w - PAD));
	}
}

static void
draw_head(struct canvas *on, const struct heat *h, double left, double width)
{
	for (size_t i = 0; i < h->n_columns; i++) {
		struct str lines[CANVAS_MOST_LINES];
		size_t n = canvas_wrap(on->mem, h->columns[i], CANVAS_SMALL,
		    width - PAD, HEAD_LINES, lines);
		double x = left + width * (double)(i + 1) - PAD;

		for (size_t k = 0; k < n; k++)
			canvas_text(on, "t-ink t-s", ANCHOR_END, x,
			    HEAD - 8 - HEAD_LINE * (double)(n - 1 - k),
			    lines[k]);
	}
}

int
heat_height(const struct heat *h, int width)
{
	return HEAD + ROW * (int)h->n_rows + 1;
}

void
heat_draw(const struct heat *h, struct canvas *on)
{
	double left = name_width(h);
	double width = (on->size.width - left) / (double)h->n_columns;

	draw_head(on, h, left, width);
	for (size_t row = 0; row < h->n_rows; row++)
		draw_row(on, h, row, left, width);
	for (size_t row = 0; row <= h->n_rows; row++) {
		double y = HEAD + ROW * (double)row + 0.5;
		canvas_line(on, row ? "grid" : "axis", 0, y, on->size.width, y);
	}
}

void
heat_svg(const struct heat *h, int width, struct buf *out)
{
	struct canvas on = canvas_svg_open(out,
	    (struct canvas_size){width, heat_height(h, width)}, "chart",
	    h->title);

	heat_draw(h, &on);
	canvas_svg_close(&on);
}
