/*
 * canvas_cairo.c - a picture on paper: the style sheet's classes as colours,
 * widths and dashes.
 */
#include <math.h>
#include <string.h>

#include "base/utf8.h"
#include "fmt/canvas.h"
#include "fmt/paper_lib.h"

struct paper {
	const struct paper_lib *lib;
	cairo_t *cr;
	PangoLayout *layout;
	PangoFontDescription *font;
	struct arena *mem;
};

enum { NO_INK = 0xFF000000 };

/*
 * What a class looks like on paper: the light theme of the style sheet.
 * Shapes, not colours, tell marks apart, so that a black print is read too.
 */
struct look {
	const char *css;
	uint32_t fill, stroke; /* 0xRRGGBB */
	double width;
	double dash, gap; /* 0: a whole line */
};

/* clang-format off */
static const struct look looks[] = {
	/* class      fill      stroke    width  dash gap */
	{"axis",      NO_INK,   0x7B7F83, 1,     0,   0},
	{"b-bad",     0xA1231B, NO_INK,   0,     0,   0},
	{"b-done",    0x1C6440, NO_INK,   0,     0,   0},
	{"b-dots",    NO_INK,   0x4B5259, 1.6,   1.5, 4},
	{"b-hollow",  NO_INK,   0x14507A, 1.5,   0,   0},
	{"b-part",    0xBFCFDA, 0x14507A, 1,     0,   0},
	{"b-plan",    0xFFFFFF, 0x4B5259, 1.5,   0,   0},
	{"b-run",     0x14507A, NO_INK,   0,     0,   0},
	{"band",      0xE3E9EE, NO_INK,   0,     0,   0},
	{"band-2",    0xECE5D3, NO_INK,   0,     0,   0},
	{"band-line", NO_INK,   0xB9B5A9, 1,     0,   0},
	{"exam",      0xECE5D3, NO_INK,   0,     0,   0},
	{"grid",      NO_INK,   0xD9D6CD, 1,     0,   0},
	{"h0",        0xFFFFFF, NO_INK,   0,     0,   0},
	{"h1",        0xF6F0DF, NO_INK,   0,     0,   0},
	{"h2",        0xEFDFB9, NO_INK,   0,     0,   0},
	{"h3",        0xE9C88D, NO_INK,   0,     0,   0},
	{"h4",        0xF1B49F, NO_INK,   0,     0,   0},
	{"hatch",     NO_INK,   0xB3AE9F, 0.8,   0,   0},
	{"hol",       0xECEAE5, NO_INK,   0,     0,   0},
	{"l1",        NO_INK,   0x14507A, 2.5,   0,   0},
	{"l2",        NO_INK,   0x8A6D1F, 2.5,   7,   3},
	{"l3",        NO_INK,   0x5D666E, 2,     2,   3},
	{"low",       0xA1231B, NO_INK,   0,     0,   0},
	{"p1",        0x14507A, NO_INK,   0,     0,   0},
	{"p2",        0xFFFFFF, 0x8A6D1F, 2.2,   0,   0},
	{"p3",        0xD5D8DA, 0x5D666E, 1.2,   0,   0},
	{"row-line",  NO_INK,   0xD9D6CD, 1,     0,   0},
	{"sec-bg",    0xEFEDE7, NO_INK,   0,     0,   0},
	{"thr",       NO_INK,   0xA1231B, 1.2,   5,   4},
	{"tick",      NO_INK,   0x4B5259, 1.6,   0,   0},
	{"today",     NO_INK,   0xA1231B, 1.5,   0,   0},
	{"today-f",   0xA1231B, NO_INK,   0,     0,   0},
	{"x",         NO_INK,   0xFFFFFF, 1.8,   0,   0},
};

/* Classes of text: a colour, and whether bold or small. */
static const struct {
	const char *css;
	uint32_t ink;
	bool is_bold, is_small;
} letters[] = {
	{"t-1",    0x14507A, false, false},
	{"t-2",    0x8A6D1F, false, false},
	{"t-3",    0x5D666E, false, false},
	{"t-b",    NO_INK,   true,  false},
	{"t-bad",  0xA1231B, true,  false},
	{"t-good", 0x1C6440, false, false},
	{"t-ink",  0x1B1F23, false, false},
	{"t-on",   0xFFFFFF, false, false},
	{"t-s",    NO_INK,   false, true},
	{"t-thr",  0xA1231B, false, false},
};

/* clang-format on */

static const struct look *
look_of(const char *css)
{
	for (size_t i = 0; i < COUNT_OF(looks); i++)
		if (strcmp(looks[i].css, css) == 0)
			return &looks[i];
	UNREACHABLE(); /* a class that paper does not know */
}

static void
set_ink(const struct paper_lib *lib, cairo_t *cr, uint32_t ink)
{
	lib->cairo_set_source_rgb(cr, (ink >> 16 & 0xFF) / 255.0,
	    (ink >> 8 & 0xFF) / 255.0, (ink & 0xFF) / 255.0);
}

/* Fills and strokes the current path as the class looks. */
static void
paint(const struct paper_lib *lib, cairo_t *cr, const char *css)
{
	const struct look *look = look_of(css);

	if (look->fill != NO_INK) {
		set_ink(lib, cr, look->fill);
		lib->cairo_fill_preserve(cr);
	}
	if (look->stroke != NO_INK) {
		double dashes[] = {look->dash, look->gap};

		set_ink(lib, cr, look->stroke);
		lib->cairo_set_line_width(cr, look->width);
		lib->cairo_set_dash(cr, dashes, look->dash > 0 ? 2 : 0, 0);
		lib->cairo_stroke_preserve(cr);
	}
	lib->cairo_new_path(cr);
}

static void
paper_group(void *ctx, struct str title, struct str link)
{
}

static void
paper_group_end(void *ctx, bool is_link)
{
}

static void
paper_rect(void *ctx, const char *css, struct canvas_box box)
{
	struct paper *p = ctx;
	const struct paper_lib *lib = p->lib;

	lib->cairo_rectangle(p->cr, box.x, box.y, box.w, box.h);
	paint(lib, p->cr, css);
}

static void
paper_circle(void *ctx, const char *css, double x, double y, double r)
{
	struct paper *p = ctx;
	const struct paper_lib *lib = p->lib;

	lib->cairo_new_sub_path(p->cr);
	lib->cairo_arc(p->cr, x, y, r, 0, 2 * M_PI);
	paint(lib, p->cr, css);
}

static void
paper_path(void *ctx, const char *css, const struct canvas_point *points,
    size_t n, bool is_closed)
{
	struct paper *p = ctx;
	const struct paper_lib *lib = p->lib;

	for (size_t i = 0; i < n; i++)
		if (points[i].is_move)
			lib->cairo_move_to(p->cr, points[i].x, points[i].y);
		else
			lib->cairo_line_to(p->cr, points[i].x, points[i].y);
	if (is_closed)
		lib->cairo_close_path(p->cr);
	paint(lib, p->cr, css);
}

/* The classes of a text, one after another, change colour and weight. */
static void
set_letters(struct paper *p, const char *css)
{
	const struct paper_lib *lib = p->lib;
	struct str rest = str_of(css), class;
	uint32_t ink = 0x4B5259;
	double size = CANVAS_TEXT;
	bool is_bold = false;

	while (str_split(&rest, ' ', &class))
		for (size_t i = 0; i < COUNT_OF(letters); i++) {
			if (!str_eq(class, str_of(letters[i].css)))
				continue;
			if (letters[i].ink != NO_INK)
				ink = letters[i].ink;
			is_bold = is_bold || letters[i].is_bold;
			if (letters[i].is_small)
				size = CANVAS_SMALL;
		}
	set_ink(lib, p->cr, ink);
	lib->pango_font_description_set_absolute_size(
	    p->font, size * PANGO_SCALE);
	lib->pango_font_description_set_weight(
	    p->font, is_bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
	lib->pango_layout_set_font_description(p->layout, p->font);
}

static void
paper_text(void *ctx, const char *css, enum canvas_anchor anchor, double x,
    double y, struct str text)
{
	struct paper *p = ctx;
	const struct paper_lib *lib = p->lib;
	int width;

	text = utf8_repair(p->mem, text);
	set_letters(p, css);
	lib->pango_layout_set_text(p->layout, text.p, (int)text.n);
	lib->pango_layout_get_size(p->layout, &width, NULL);
	double w = (double)width / PANGO_SCALE;
	double base =
	    (double)lib->pango_layout_get_baseline(p->layout) / PANGO_SCALE;

	if (anchor == ANCHOR_MIDDLE)
		x -= w / 2;
	else if (anchor == ANCHOR_END)
		x -= w;
	lib->cairo_move_to(p->cr, x, y - base);
	lib->pango_cairo_show_layout(p->cr, p->layout);
}

static const struct canvas_ops paper_ops = {paper_group, paper_group_end,
    paper_rect, paper_circle, paper_path, paper_text};

/* The same letters on every machine, whatever its screen is set to. */
static void
no_hints(const struct paper_lib *lib, PangoLayout *layout)
{
	cairo_font_options_t *options = lib->cairo_font_options_create();

	lib->cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
	lib->cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	lib->cairo_font_options_set_hint_metrics(
	    options, CAIRO_HINT_METRICS_OFF);
	lib->pango_cairo_context_set_font_options(
	    lib->pango_layout_get_context(layout), options);
	lib->cairo_font_options_destroy(options);
	lib->pango_layout_context_changed(layout);
}

struct canvas
canvas_cairo_open(struct arena *mem, cairo_t *cr, struct canvas_size size)
{
	struct paper *p = arena_new(mem, struct paper, 1);
	const struct paper_lib *lib = paper_lib();

	MUST(lib);
	p->lib = lib;
	p->cr = cr;
	p->mem = mem;
	p->layout = lib->pango_cairo_create_layout(cr);
	p->font = lib->pango_font_description_new();
	lib->pango_font_description_set_family(
	    p->font, "Liberation Sans,PT Sans,sans-serif");
	no_hints(lib, p->layout);
	lib->cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
	return (struct canvas){
	    .ops = &paper_ops, .ctx = p, .size = size, .mem = mem};
}

void
canvas_cairo_close(struct canvas *c)
{
	struct paper *p = c->ctx;
	const struct paper_lib *lib = p->lib;

	MUST(!c->in_group);
	lib->pango_font_description_free(p->font);
	lib->g_object_unref(p->layout);
}

#ifdef __SANITIZE_ADDRESS__
/*
 * fontconfig keeps pointers as offsets, which the leak checker cannot follow:
 * what its cache holds to the end of the process looks lost.
 */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_options(void);

const char *
__lsan_default_suppressions(void)
{
	return "leak:libfontconfig\nleak:libpangoft2\n";
}

const char *
__lsan_default_options(void)
{
	return "print_suppressions=0";
}
#endif
