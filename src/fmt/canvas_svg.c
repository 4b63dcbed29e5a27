/* canvas_svg.c - a picture as SVG text: classes, no style, titles. */
#include <math.h>

#include "fmt/canvas.h"
#include "fmt/xml_out.h"

/* One digit after the point is a tenth of a pixel: enough for any screen. */
static void
put_number(struct buf *out, double v)
{
	int64_t tenths = llround(v * 10);

	if (tenths < 0) {
		buf_char(out, '-');
		tenths = -tenths;
	}
	buf_int(out, tenths / 10);
	if (tenths % 10) {
		buf_char(out, '.');
		buf_int(out, tenths % 10);
	}
}

static void
put_attribute(struct buf *out, const char *name, double v)
{
	buf_char(out, ' ');
	buf_c(out, name);
	buf_c(out, "=\"");
	put_number(out, v);
	buf_char(out, '"');
}

static void
put_element(struct buf *out, const char *name, const char *css)
{
	buf_char(out, '<');
	buf_c(out, name);
	buf_c(out, " class=\"");
	buf_c(out, css);
	buf_char(out, '"');
}

static void
svg_group(void *ctx, struct str title, struct str link)
{
	struct buf *out = ctx;

	if (link.n) {
		buf_c(out, "<a href=\"");
		xml_put(out, link);
		buf_c(out, "\">");
	} else {
		buf_c(out, "<g>");
	}
	if (title.n) {
		buf_c(out, "<title>");
		xml_put(out, title);
		buf_c(out, "</title>");
	}
}

static void
svg_group_end(void *ctx, bool is_link)
{
	buf_c(ctx, is_link ? "</a>" : "</g>");
}

static void
svg_rect(void *ctx, const char *css, struct canvas_box box)
{
	struct buf *out = ctx;

	put_element(out, "rect", css);
	put_attribute(out, "x", box.x);
	put_attribute(out, "y", box.y);
	put_attribute(out, "width", box.w);
	put_attribute(out, "height", box.h);
	buf_c(out, "/>");
}

static void
svg_circle(void *ctx, const char *css, double x, double y, double r)
{
	struct buf *out = ctx;

	put_element(out, "circle", css);
	put_attribute(out, "cx", x);
	put_attribute(out, "cy", y);
	put_attribute(out, "r", r);
	buf_c(out, "/>");
}

static void
svg_path(void *ctx, const char *css, const struct canvas_point *points,
    size_t n, bool is_closed)
{
	struct buf *out = ctx;

	put_element(out, "path", css);
	buf_c(out, " d=\"");
	for (size_t i = 0; i < n; i++) {
		buf_char(out, points[i].is_move ? 'M' : 'L');
		put_number(out, points[i].x);
		buf_char(out, ' ');
		put_number(out, points[i].y);
	}
	if (is_closed)
		buf_char(out, 'Z');
	buf_c(out, "\"/>");
}

static void
svg_text(void *ctx, const char *css, enum canvas_anchor anchor, double x,
    double y, struct str text)
{
	static const char *const classes[] = {[ANCHOR_START] = "",
	    [ANCHOR_MIDDLE] = " t-mid",
	    [ANCHOR_END] = " t-end"};
	struct buf *out = ctx;
	const char *more = classes[anchor];

	buf_c(out, "<text");
	if (!*css && *more)
		more++; /* without the space between two classes */
	if (*css || *more)
		buf_fmt(out, " class=\"%s%s\"", css, more);
	put_attribute(out, "x", x);
	put_attribute(out, "y", y);
	buf_char(out, '>');
	xml_put(out, text);
	buf_c(out, "</text>");
}

static const struct canvas_ops svg_ops = {
    svg_group, svg_group_end, svg_rect, svg_circle, svg_path, svg_text};

struct canvas
canvas_svg_open(
    struct buf *out, struct canvas_size size, const char *css, struct str label)
{
	buf_fmt(out,
	    "<svg class=\"%s\" viewBox=\"0 0 %d %d\" role=\"img\" "
	    "aria-label=\"",
	    css, size.width, size.height);
	xml_put(out, label);
	buf_c(out, "\">");
	return (struct canvas){
	    .ops = &svg_ops, .ctx = out, .size = size, .mem = out->mem};
}

void
canvas_svg_close(struct canvas *c)
{
	MUST(!c->in_group);
	buf_c(c->ctx, "</svg>");
}
