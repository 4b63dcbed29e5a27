/* chart_lying.c - charts with a row for each label: bars, dots with
 * intervals. */
#include "fmt/plot.h"

enum {
	ROW = 24,  /* with one series */
	MORE = 16, /* for each further one */
	HEAD = 26, /* the scale's labels */
	FOOT = 6,
	NAME_MOST = 210,
	NAME_GAP = 10,
	NOTE_GAP = 10,
	BAR = 12,
	CAP = 5, /* half the stroke that ends an interval */
};

static double
row_height(const struct chart *c)
{
	return ROW + MORE * (double)(c->n_series - 1);
}

/* A row for the key of several series, and one for the threshold's name. */
static double
head_height(const struct chart *c)
{
	return HEAD + (c->n_series > 1 ? 20 : 0) +
	       (c->has_threshold && c->threshold_name.n ? 16 : 0);
}

int
lying_height(const struct chart *c)
{
	return (int)(head_height(c) + row_height(c) * (double)c->n_labels) +
	       FOOT;
}

/* Labels that would run into each other under upright bars. */
bool
bars_lie(const struct chart *c, int width)
{
	double pitch = (width - 60.0) / (double)(c->n_labels ? c->n_labels : 1);

	for (size_t i = 0; i < c->n_labels; i++)
		if (canvas_text_width(c->labels[i], CANVAS_TEXT) + 6 > pitch)
			return true;
	return pitch < 30 * (double)c->n_series;
}

static struct str
note_of(const struct plot *p, const struct chart_point *point)
{
	struct str value = value_text(p, point->value);

	if (!point->note.n)
		return value;
	return arena_fmt(
	    p->mem, "%.*s, %.*s", STR_ARG(value), STR_ARG(point->note));
}

static double
widest_note(const struct plot *p)
{
	const struct chart *c = p->chart;
	double most = 0;

	for (size_t s = 0; s < c->n_series; s++)
		for (size_t i = 0; i < c->n_labels; i++) {
			const struct chart_point *point =
			    &c->series[s].points[i];
			if (!point->is_known)
				continue;
			double w =
			    canvas_text_width(note_of(p, point), CANVAS_SMALL);
			if (w > most)
				most = w;
		}
	return most;
}

static void
measure(struct plot *p)
{
	const struct chart *c = p->chart;
	double names = 0;

	for (size_t i = 0; i < c->n_labels; i++) {
		double w = canvas_text_width(c->labels[i], CANVAS_TEXT);
		if (w > names)
			names = w;
	}
	if (names > NAME_MOST)
		names = NAME_MOST;
	double left = names + NAME_GAP;
	p->box = (struct canvas_box){left, head_height(c),
	    p->on->size.width - left - widest_note(p) - 2 * NOTE_GAP,
	    row_height(c) * (double)c->n_labels};
}

static double
place_x(const struct plot *p, struct ratio value)
{
	return p->box.x + scale_place(&p->scale, value, p->box.w);
}

static void
draw_scale(struct plot *p)
{
	const struct chart *c = p->chart;
	double bottom = p->box.y + p->box.h;
	double key_x = p->box.x;

	for (int i = 0; i <= p->scale.n_steps; i++) {
		double x = p->box.x + p->box.w * i / p->scale.n_steps;

		canvas_line(p->on, i ? "grid" : "axis", x, p->box.y, x, bottom);
		canvas_text(p->on, "t-s", ANCHOR_MIDDLE, x, p->box.y - 8,
		    step_text(p, i));
	}
	for (size_t s = 0; c->n_series > 1 && s < c->n_series; s++) {
		draw_dot(p->on, s, key_x + 5, 9);
		canvas_text(p->on, "t-ink t-s", ANCHOR_START, key_x + 15, 13,
		    c->series[s].name);
		key_x += 15 +
			 canvas_text_width(c->series[s].name, CANVAS_SMALL) +
			 24;
	}
	if (!c->has_threshold)
		return;
	double x = place_x(p, c->threshold);
	canvas_line(p->on, "thr", x, p->box.y - 5, x, bottom);
	canvas_text(p->on, "t-thr t-s",
	    x > p->on->size.width / 2.0 ? ANCHOR_END : ANCHOR_START,
	    x > p->on->size.width / 2.0 ? x - 5 : x + 5, p->box.y - 24,
	    c->threshold_name);
}

static void
draw_value(struct plot *p, size_t series, size_t label, double y)
{
	const struct chart_point *point =
	    &p->chart->series[series].points[label];
	double x = place_x(p, point->value);

	canvas_group(p->on, point_title(p, series, label), S(""));
	if (p->chart->kind == CHART_BARS) {
		canvas_rect(p->on, mark_class(series),
		    (struct canvas_box){
			p->box.x, y - BAR / 2.0, x - p->box.x, BAR});
	} else {
		double low = place_x(p, point->low);
		double end = place_x(p, point->high);

		canvas_path(p->on, line_class(series),
		    (struct canvas_point[]){{low, y - CAP, true},
			{low, y + CAP, false}, {low, y, true}, {end, y, false},
			{end, y - CAP, true}, {end, y + CAP, false}},
		    6, false);
		draw_dot(p->on, series, x, y);
	}
	canvas_text(p->on, "t-ink t-s", ANCHOR_START,
	    p->box.x + p->box.w + NOTE_GAP, y + 4, note_of(p, point));
	canvas_group_end(p->on);
}

/* A long name takes two smaller lines. */
static void
draw_name(struct plot *p, struct str name, double middle)
{
	enum { LINE = 12 };

	double x = p->box.x - NAME_GAP;
	struct str lines[CANVAS_MOST_LINES];

	if (canvas_text_width(name, CANVAS_TEXT) <= NAME_MOST) {
		canvas_text(p->on, "t-ink", ANCHOR_END, x, middle + 4, name);
		return;
	}
	size_t n = canvas_wrap(p->mem, name, CANVAS_SMALL, NAME_MOST, 2, lines);
	for (size_t i = 0; i < n; i++)
		canvas_text(p->on, "t-ink t-s", ANCHOR_END, x,
		    middle + 4 + LINE * ((double)i - (double)(n - 1) / 2),
		    lines[i]);
}

void
draw_lying(struct plot *p)
{
	const struct chart *c = p->chart;
	double row = row_height(c);

	measure(p);
	draw_scale(p);
	for (size_t i = 0; i < c->n_labels; i++) {
		double top = p->box.y + row * (double)i;

		draw_name(p, c->labels[i], top + row / 2);
		for (size_t s = 0; s < c->n_series; s++) {
			double y = top + ROW / 2.0 + MORE * (double)s;

			if (c->series[s].points[i].is_known)
				draw_value(p, s, i, y);
			else
				canvas_text(p->on, "t-s", ANCHOR_START,
				    p->box.x + 6, y + 4, S("нет данных"));
		}
	}
}
