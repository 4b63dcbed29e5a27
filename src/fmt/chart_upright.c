/* chart_upright.c - charts whose values go up: lines over years, bars. */
#include "fmt/plot.h"

enum {
	LEFT_GAP = 7,  /* between the scale's labels and the axis */
	FOOT = 30,     /* labels under the axis */
	HEAD = 20,     /* room for a value above the highest mark */
	BAND_ROW = 24, /* a band's name */
	EDGE = 28,     /* before the first and behind the last label */
	DOT_GAP = 9,   /* between a dot and its value */
	END_GAP = 12,  /* between the last dot and the name of its series */
	END_HEIGHT = 34,
	LEAST_END = 60,
	VALUE_HEIGHT = 10,
	BAR_MOST = 46,
	BAR_GAP = 3,
};

/* ---- frame --------------------------------------------------------------- */

static double
bottom_of(const struct plot *p)
{
	return p->box.y + p->box.h;
}

static double
place_y(const struct plot *p, struct ratio value)
{
	return bottom_of(p) - scale_place(&p->scale, value, p->box.h);
}

static double
place_x(const struct plot *p, size_t label)
{
	size_t n = p->chart->n_labels;
	double span = p->box.w - 2 * EDGE;

	if (n == 1)
		return p->box.x + p->box.w / 2;
	return p->box.x + EDGE + span * (double)label / (double)(n - 1);
}

static bool
is_threshold(const struct plot *p, int step)
{
	struct ratio value;

	return p->chart->has_threshold &&
	       ratio_mul(p->scale.step, ratio_int(step), &value) &&
	       ratio_cmp(value, p->chart->threshold) == 0;
}

static void
draw_scale(struct plot *p)
{
	double right = p->box.x + p->box.w;

	for (int i = 0; i <= p->scale.n_steps; i++) {
		double y = bottom_of(p) - p->box.h * i / p->scale.n_steps;
		bool here = is_threshold(p, i);

		if (!here)
			canvas_line(
			    p->on, i ? "grid" : "axis", p->box.x, y, right, y);
		canvas_text(p->on, here ? "t-thr" : "", ANCHOR_END,
		    p->box.x - LEFT_GAP, y + 4, step_text(p, i));
	}
	if (!p->chart->has_threshold)
		return;
	double y = place_y(p, p->chart->threshold);
	canvas_line(p->on, "thr", p->box.x, y, right, y);
}

/* A value's base line, lifted over the threshold that would strike it out. */
static double
clear_of_threshold(const struct plot *p, double y)
{
	if (!p->chart->has_threshold)
		return y;
	double line = place_y(p, p->chart->threshold);
	return line > y - VALUE_HEIGHT && line < y + 3 ? line - 4 : y;
}

static void
say_no_data(struct plot *p, double x)
{
	canvas_text(
	    p->on, "t-s", ANCHOR_MIDDLE, x, bottom_of(p) - 18, S("нет"));
	canvas_text(
	    p->on, "t-s", ANCHOR_MIDDLE, x, bottom_of(p) - 6, S("данных"));
}

static bool
is_unknown_for_all(const struct chart *c, size_t label)
{
	for (size_t s = 0; s < c->n_series; s++)
		if (c->series[s].points[label].is_known)
			return false;
	return true;
}

static void
draw_labels(struct plot *p)
{
	const struct chart *c = p->chart;

	for (size_t i = 0; i < c->n_labels; i++) {
		double x = place_x(p, i);

		canvas_text(p->on, "", ANCHOR_MIDDLE, x, bottom_of(p) + 18,
		    c->labels[i]);
		if (is_unknown_for_all(c, i))
			say_no_data(p, x);
	}
}

/* ---- lines --------------------------------------------------------------- */

/* The last known point of a series, or n_labels. */
static size_t
last_known(const struct plot *p, size_t series)
{
	size_t i = p->chart->n_labels;

	while (i > 0 && !p->chart->series[series].points[i - 1].is_known)
		i--;
	return i ? i - 1 : p->chart->n_labels;
}

static struct str
end_text(const struct plot *p, size_t series)
{
	const struct chart_series *s = &p->chart->series[series];
	size_t last = last_known(p, series);

	if (last == p->chart->n_labels)
		return S("");
	return arena_fmt(p->mem, "%.*s: %.*s", STR_ARG(s->name),
	    STR_ARG(value_text(p, s->points[last].value)));
}

/* Room at the right for the names of the series. */
static double
ends_width(const struct plot *p)
{
	double most = LEAST_END;

	for (size_t s = 0; s < p->chart->n_series; s++) {
		size_t last = last_known(p, s);
		double w =
		    canvas_text_width(end_text(p, s), CANVAS_TEXT) * 1.06;

		if (w > most)
			most = w;
		if (last == p->chart->n_labels)
			continue;
		w = canvas_text_width(
		    p->chart->series[s].points[last].note, CANVAS_SMALL);
		if (w > most)
			most = w;
	}
	double limit = p->on->size.width * 0.4;
	return most + END_GAP < limit ? most + END_GAP : limit;
}

static void
draw_bands(struct plot *p)
{
	for (size_t i = 0; i < p->chart->n_bands; i++) {
		const struct chart_band *b = &p->chart->bands[i];
		double top = 6 + BAND_ROW * (double)i;
		double x1 = b->from > 0 ? place_x(p, (size_t)b->from - 1) + 14 :
					  p->box.x;
		double x2 = place_x(p, (size_t)b->to - 1);
		double w = canvas_text_width(b->name, CANVAS_SMALL);

		canvas_group(p->on, b->name, S(""));
		canvas_rect(p->on, i % 2 ? "band-2" : "band",
		    (struct canvas_box){x1, top, x2 - x1, bottom_of(p) - top});
		canvas_line(p->on, "band-line", x1, top, x1, bottom_of(p));
		canvas_line(p->on, "band-line", x1, top, x2, top);
		if (x1 - 6 - w > 0)
			canvas_text(p->on, "t-ink t-s", ANCHOR_END, x1 - 6,
			    top + 12, b->name);
		else
			canvas_text(p->on, "t-ink t-s", ANCHOR_START, x2 + 6,
			    top + 12, b->name);
		canvas_group_end(p->on);
	}
}

/* The curve, broken where a value is not known. */
static void
draw_curve(struct plot *p, size_t series)
{
	const struct chart_point *points = p->chart->series[series].points;
	struct canvas_point *at =
	    arena_new(p->mem, struct canvas_point, p->chart->n_labels);
	size_t n = 0;
	bool is_broken = true;

	for (size_t i = 0; i < p->chart->n_labels; i++) {
		if (points[i].is_known)
			at[n++] = (struct canvas_point){place_x(p, i),
			    place_y(p, points[i].value), is_broken};
		is_broken = !points[i].is_known;
	}
	canvas_path(p->on, line_class(series), at, n, false);
}

/* Is another series' point so near above that a value would run into it? */
static bool
is_crowded_above(const struct plot *p, size_t series, size_t label)
{
	const struct chart *c = p->chart;
	double y = place_y(p, c->series[series].points[label].value);

	for (size_t s = 0; s < c->n_series; s++) {
		const struct chart_point *other = &c->series[s].points[label];

		if (s == series || !other->is_known)
			continue;
		double above = y - place_y(p, other->value);
		if (above > 0 && above < END_HEIGHT)
			return true;
		if (above > -0.01 && above < 0.01 && s < series)
			return true;
	}
	return false;
}

static void
draw_value(struct plot *p, size_t series, size_t label, double x, double y)
{
	const struct chart_point *point =
	    &p->chart->series[series].points[label];

	if (is_crowded_above(p, series, label))
		y += 2 * DOT_GAP;
	else
		y = clear_of_threshold(p, y - DOT_GAP);
	canvas_text(p->on, "t-ink t-s", ANCHOR_MIDDLE, x, y,
	    value_text(p, point->value));
}

static void
draw_points(struct plot *p, size_t series)
{
	const struct chart_point *points = p->chart->series[series].points;
	size_t last = last_known(p, series);

	for (size_t i = 0; i < p->chart->n_labels; i++) {
		if (!points[i].is_known)
			continue;
		double x = place_x(p, i), y = place_y(p, points[i].value);

		canvas_group(p->on, point_title(p, series, i), S(""));
		draw_dot(p->on, series, x, y);
		/* The last value stands beside the name of the series. */
		if (i != last)
			draw_value(p, series, i, x, y);
		canvas_group_end(p->on);
	}
}

/* Names at the ends of the curves, kept apart: the highest first. */
static void
draw_ends(struct plot *p)
{
	double lowest = -END_HEIGHT;
	bool is_drawn[CHART_MOST_SERIES] = {false};

	for (size_t k = 0; k < p->chart->n_series; k++) {
		size_t next = p->chart->n_series, last = 0;
		double y = 0;

		for (size_t s = 0; s < p->chart->n_series; s++) {
			size_t end = last_known(p, s);
			if (is_drawn[s] || end == p->chart->n_labels)
				continue;
			double at =
			    place_y(p, p->chart->series[s].points[end].value);
			if (next == p->chart->n_series || at < y) {
				next = s;
				y = at;
				last = end;
			}
		}
		if (next == p->chart->n_series)
			return;
		is_drawn[next] = true;
		if (y < lowest + END_HEIGHT)
			y = lowest + END_HEIGHT;
		lowest = y;
		double x = place_x(p, p->chart->n_labels - 1) + END_GAP;
		double room = p->on->size.width - x;
		canvas_text(p->on, text_class(next), ANCHOR_START, x, y + 4,
		    canvas_fit(
			p->mem, end_text(p, next), CANVAS_TEXT * 1.06, room));
		canvas_text(p->on, "t-s", ANCHOR_START, x, y + 19,
		    canvas_fit(p->mem, p->chart->series[next].points[last].note,
			CANVAS_SMALL, room));
	}
}

/* Does a curve or a value pass through the strip from y1 to y2? */
static bool
is_strip_free(const struct plot *p, double x2, double y1, double y2)
{
	for (size_t s = 0; s < p->chart->n_series; s++)
		for (size_t i = 0; i < p->chart->n_labels; i++) {
			const struct chart_point *point =
			    &p->chart->series[s].points[i];
			if (!point->is_known || place_x(p, i) - 20 > x2)
				continue;
			double y = place_y(p, point->value);
			if (y + 6 > y1 && y - 2 * DOT_GAP - 2 < y2)
				return false;
		}
	return true;
}

/* The threshold's name above its line or below, where nothing is in the way. */
static void
draw_threshold_name(struct plot *p)
{
	const struct chart *c = p->chart;

	if (!c->has_threshold || !c->threshold_name.n)
		return;
	double y = place_y(p, c->threshold);
	double x2 =
	    p->box.x + 4 + canvas_text_width(c->threshold_name, CANVAS_SMALL);
	bool above = is_strip_free(p, x2, y - 16, y);
	bool below = !above && is_strip_free(p, x2, y, y + 16);

	if (above || below)
		canvas_text(p->on, "t-thr t-s", ANCHOR_START, p->box.x + 4,
		    above ? y - 5 : y + 14, c->threshold_name);
	else
		canvas_text(p->on, "t-thr t-s", ANCHOR_START, p->box.x + 4,
		    p->box.y - 6, c->threshold_name);
}

void
draw_lines_chart(struct plot *p)
{
	double left = steps_width(p) + 2 * LEFT_GAP;
	double top = HEAD + BAND_ROW * (double)p->chart->n_bands;

	p->box = (struct canvas_box){left, top,
	    p->on->size.width - left - ends_width(p) + EDGE,
	    p->on->size.height - top - FOOT};
	draw_bands(p);
	draw_scale(p);
	for (size_t s = 0; s < p->chart->n_series; s++)
		draw_curve(p, s);
	for (size_t s = 0; s < p->chart->n_series; s++)
		draw_points(p, s);
	draw_threshold_name(p);
	draw_ends(p);
	draw_labels(p);
}

/* ---- bars ---------------------------------------------------------------- */

/* What the marks of the series mean; one series needs no key. */
static void
draw_key(struct plot *p)
{
	double x = p->box.x;

	if (p->chart->n_series < 2)
		return;
	for (size_t s = 0; s < p->chart->n_series; s++) {
		struct str name = p->chart->series[s].name;

		canvas_rect(
		    p->on, mark_class(s), (struct canvas_box){x, 4, 14, 10});
		canvas_text(p->on, "t-ink t-s", ANCHOR_START, x + 20, 13, name);
		x += 20 + canvas_text_width(name, CANVAS_SMALL) + 24;
	}
}

static void
draw_bar(struct plot *p, size_t series, size_t label, double x, double w)
{
	const struct chart_point *point =
	    &p->chart->series[series].points[label];
	double y = place_y(p, point->value);

	canvas_group(p->on, point_title(p, series, label), S(""));
	canvas_rect(p->on, mark_class(series),
	    (struct canvas_box){x, y, w, bottom_of(p) - y});
	canvas_text(p->on, "t-ink t-s", ANCHOR_MIDDLE, x + w / 2,
	    clear_of_threshold(p, y - 5), value_text(p, point->value));
	if (p->chart->n_series == 1)
		canvas_text(p->on, "t-s", ANCHOR_MIDDLE, x + w / 2,
		    bottom_of(p) + 33, point->note);
	canvas_group_end(p->on);
}

void
draw_upright_bars(struct plot *p)
{
	const struct chart *c = p->chart;
	double left = steps_width(p) + 2 * LEFT_GAP;
	double top = HEAD + (c->n_series > 1 ? 20 : 0);
	double foot = FOOT + (c->n_series == 1 ? 14 : 0);

	p->box = (struct canvas_box){left, top, p->on->size.width - left - 8,
	    p->on->size.height - top - foot};
	draw_key(p);
	draw_scale(p);
	double pitch = p->box.w / (double)c->n_labels;
	double w = pitch * 0.7 / (double)c->n_series;
	if (w > BAR_MOST)
		w = BAR_MOST;
	double group = w * (double)c->n_series;

	for (size_t i = 0; i < c->n_labels; i++) {
		double middle = p->box.x + pitch * ((double)i + 0.5);

		for (size_t s = 0; s < c->n_series; s++) {
			double x = middle - group / 2 + w * (double)s;

			if (c->series[s].points[i].is_known)
				draw_bar(p, s, i, x, w - BAR_GAP);
			else
				say_no_data(p, x + w / 2);
		}
		canvas_text(p->on, "", ANCHOR_MIDDLE, middle, bottom_of(p) + 18,
		    c->labels[i]);
	}
	if (c->has_threshold)
		canvas_text(p->on, "t-thr t-s", ANCHOR_END, p->box.x + p->box.w,
		    place_y(p, c->threshold) - 5, c->threshold_name);
}
