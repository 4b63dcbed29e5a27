/* chart.c - charts: the scale of values, and which drawing a chart gets. */
#include "fmt/chart.h"

#include "fmt/decimal.h"
#include "fmt/plot.h"

enum {
	MOST_STEPS = 6,
	UPRIGHT_HEIGHT = 322,
	EMPTY_HEIGHT = 80, /* no value is known */
	BAND_ROW = 24,     /* a name of a band above the plot */
};

const char *
line_class(size_t series)
{
	static const char *const classes[] = {"l1", "l2", "l3"};

	return classes[series];
}

const char *
mark_class(size_t series)
{
	static const char *const classes[] = {"p1", "p2", "p3"};

	return classes[series];
}

const char *
text_class(size_t series)
{
	static const char *const classes[] = {"t-1 t-b", "t-2 t-b", "t-3 t-b"};

	return classes[series];
}

void
draw_dot(struct canvas *on, size_t series, double x, double y)
{
	enum { R = 4 };

	if (series < 2) {
		canvas_circle(on, mark_class(series), x, y, R);
		return;
	}
	canvas_rect(on, mark_class(series),
	    (struct canvas_box){x - R, y - R, 2 * R, 2 * R});
}

/* ---- the scale ----------------------------------------------------------- */

static struct ratio
larger(struct ratio a, struct ratio b)
{
	return ratio_cmp(a, b) < 0 ? b : a;
}

static struct ratio
largest_value(const struct chart *c)
{
	struct ratio most = c->has_threshold ? c->threshold : ratio_int(0);

	for (size_t s = 0; s < c->n_series; s++)
		for (size_t i = 0; i < c->n_labels; i++) {
			const struct chart_point *p = &c->series[s].points[i];

			if (!p->is_known)
				continue;
			most = larger(most, p->value);
			if (c->kind == CHART_INTERVALS)
				most = larger(most, p->high);
		}
	return most;
}

/* value <= step * n, multiplied out. */
static bool
reaches(struct ratio step, int n, struct ratio value)
{
	struct ratio top;

	return ratio_mul(step, ratio_int(n), &top) &&
	       ratio_cmp(value, top) <= 0;
}

/* 1/100, 2/100, 5/100, 1/10, …: the first that needs few enough steps. */
struct scale
scale_for(const struct chart *c)
{
	static const int leads[] = {1, 2, 5};
	struct ratio most = largest_value(c);
	struct ratio step = ratio_of(1, 100);

	for (int64_t unit = 1; unit < INT64_MAX / 1000; unit *= 10)
		for (size_t i = 0; i < COUNT_OF(leads); i++) {
			step = ratio_of(unit * leads[i], 100);
			if (!reaches(step, MOST_STEPS - 1, most))
				continue;
			int n = 1;
			while (!reaches(step, n, most))
				n++;
			return (struct scale){step, n};
		}
	return (struct scale){step, MOST_STEPS};
}

static double
as_double(struct ratio a)
{
	return (double)a.num / (double)a.den;
}

double
scale_place(const struct scale *s, struct ratio value, double length)
{
	double v = as_double(value) / (as_double(s->step) * s->n_steps);

	return length * (v < 0 ? 0 : v > 1 ? 1 : v);
}

static struct str
text_of(const struct plot *p, struct ratio value)
{
	struct ratio percent = value;

	if (!p->chart->is_percent)
		return ratio_exact(p->mem, value);
	if (!ratio_mul(value, ratio_int(100), &percent))
		return S("");
	return arena_fmt(
	    p->mem, "%.*s\xC2\xA0%%", STR_ARG(ratio_exact(p->mem, percent)));
}

struct str
value_text(const struct plot *p, struct ratio value)
{
	if (p->chart->is_percent)
		return arena_fmt(p->mem, "%.*s\xC2\xA0%%",
		    STR_ARG(ratio_percent_ru(p->mem, value)));
	struct buf digits = buf_open(p->mem, 0);
	decimal_put(&digits, value, 2, ',');
	return buf_str(&digits);
}

struct str
step_text(const struct plot *p, int step)
{
	struct ratio value;

	if (!ratio_mul(p->scale.step, ratio_int(step), &value))
		return S("");
	return text_of(p, value);
}

double
steps_width(const struct plot *p)
{
	double most = 0;

	for (int i = 0; i <= p->scale.n_steps; i++) {
		double w = canvas_text_width(step_text(p, i), CANVAS_TEXT);
		if (w > most)
			most = w;
	}
	return most;
}

struct str
point_title(const struct plot *p, size_t series, size_t label)
{
	const struct chart_series *s = &p->chart->series[series];
	const struct chart_point *point = &s->points[label];
	struct str value = value_text(p, point->value);
	struct buf b = buf_open(p->mem, 0);

	buf_put(&b, s->name);
	if (s->name.n)
		buf_c(&b, ", ");
	buf_put(&b, p->chart->labels[label]);
	buf_c(&b, ": ");
	buf_put(&b, value);
	if (p->chart->kind == CHART_INTERVALS)
		buf_fmt(&b, ", от %.*s до %.*s",
		    STR_ARG(value_text(p, point->low)),
		    STR_ARG(value_text(p, point->high)));
	if (point->note.n)
		buf_fmt(&b, " (%.*s)", STR_ARG(point->note));
	return buf_str(&b);
}

/* ---- the chart ----------------------------------------------------------- */

static bool
is_lying(const struct chart *c, int width)
{
	return c->kind == CHART_INTERVALS ||
	       (c->kind == CHART_BARS && bars_lie(c, width));
}

static bool
has_values(const struct chart *c)
{
	for (size_t s = 0; s < c->n_series; s++)
		for (size_t i = 0; i < c->n_labels; i++)
			if (c->series[s].points[i].is_known)
				return true;
	return false;
}

int
chart_height(const struct chart *c, int width)
{
	if (!has_values(c))
		return EMPTY_HEIGHT;
	if (is_lying(c, width))
		return lying_height(c);
	return UPRIGHT_HEIGHT + BAND_ROW * (int)c->n_bands;
}

void
chart_draw(const struct chart *c, struct canvas *on)
{
	struct plot p = {.chart = c, .on = on, .mem = on->mem};

	MUST(c->n_series <= CHART_MOST_SERIES);
	if (!has_values(c)) {
		canvas_text(on, "t-ink", ANCHOR_MIDDLE, on->size.width / 2.0,
		    on->size.height / 2.0, S("нет данных"));
		return;
	}
	p.scale = scale_for(c);
	if (is_lying(c, on->size.width))
		draw_lying(&p);
	else if (c->kind == CHART_LINES)
		draw_lines_chart(&p);
	else
		draw_upright_bars(&p);
}

void
chart_svg(const struct chart *c, int width, int height, struct buf *out)
{
	struct canvas_size size = {
	    width, height ? height : chart_height(c, width)};
	struct canvas on = canvas_svg_open(out, size, "chart", c->title);

	chart_draw(c, &on);
	canvas_svg_close(&on);
}
