/*
 * doc_pdf.c - the document as PDF: pango sets the lines, cairo draws them.
 *
 * A page is recorded first and played into the file at the end, because its
 * foot says how many pages there are.  Fonts come embedded and cut down to
 * the letters used.  Nothing of fontconfig is touched before this is called.
 *
 * Geometry is in points (1/72 inch) and doubles; it decides where ink goes.
 */
#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include "base/utf8.h"
#include "fmt/doc_tree.h"

static const char faces[] = "Liberation Serif, PT Astra Serif, PT Serif, serif";

/* A point is 1/72 inch. */
static double
mm(double millimetres)
{
	return millimetres * 72.0 / 25.4;
}

struct sheet {
	cairo_surface_t *ink; /* recorded */
	struct doc_form form;
};

struct pdf {
	struct doc *doc;
	struct arena *mem;
	PangoContext *fonts;
	PangoFontDescription *font[LOOK_COUNT];
	VEC(struct sheet) sheets;
	struct doc_form form;
	struct doc_page page; /* millimetres */
	cairo_t *cr;          /* of the page being filled */
	double y;             /* points from the upper edge */
};

/* ---- pages --------------------------------------------------------------- */

static double
bottom(const struct pdf *p)
{
	return mm(p->page.height - p->page.bottom);
}

static double
left(const struct pdf *p)
{
	return mm(p->page.left);
}

static double
text_width(const struct pdf *p)
{
	return mm(p->page.width - p->page.left - p->page.right);
}

static void
end_page(struct pdf *p)
{
	if (p->cr)
		cairo_destroy(p->cr);
	p->cr = NULL;
}

static void
new_page(struct pdf *p)
{
	end_page(p);
	p->page = doc_page_of(p->form);
	cairo_rectangle_t area = {0, 0, mm(p->page.width), mm(p->page.height)};
	struct sheet *s = vec_push(p->mem, &p->sheets);
	s->ink =
	    cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, &area);
	s->form = p->form;
	p->cr = cairo_create(s->ink);
	p->y = mm(p->page.top);
}

/* A new page unless so much room is left on this one. */
static void
need(struct pdf *p, double height)
{
	if (p->y + height > bottom(p) && p->y > mm(p->page.top) + 1)
		new_page(p);
}

/* ---- lines of text ------------------------------------------------------- */

static PangoAlignment
pango_align(enum align a)
{
	return a == ALIGN_CENTRE ? PANGO_ALIGN_CENTER :
	       a == ALIGN_RIGHT  ? PANGO_ALIGN_RIGHT :
				   PANGO_ALIGN_LEFT;
}

static PangoLayout *
layout_of(struct pdf *p, enum look look, enum align align, double width,
    struct str text)
{
	const struct look_rules *r = &doc_looks[look];
	PangoLayout *l = pango_layout_new(p->fonts);

	pango_layout_set_font_description(l, p->font[look]);
	pango_layout_set_width(l, (int)(width * PANGO_SCALE));
	pango_layout_set_wrap(l, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_alignment(l, pango_align(align));
	pango_layout_set_justify(l, align == ALIGN_JUSTIFY);
	pango_layout_set_indent(l, (int)(mm(r->first / 10.0) * PANGO_SCALE));
	pango_layout_set_line_spacing(l, (float)(r->line / 100.0));
	pango_layout_set_text(l, text.p ? text.p : "", (int)text.n);
	return l;
}

static double
height_of(PangoLayout *l)
{
	int height;

	pango_layout_get_size(l, NULL, &height);
	return (double)height / PANGO_SCALE;
}

/* Line by line, so that a paragraph may go on on the next page. */
static void
put_lines(struct pdf *p, PangoLayout *l, double x)
{
	PangoLayoutIter *at = pango_layout_get_iter(l);
	double start = p->y;

	do {
		PangoRectangle box;
		PangoLayoutLine *line = pango_layout_iter_get_line_readonly(at);
		int top, end;
		pango_layout_iter_get_line_extents(at, NULL, &box);
		pango_layout_iter_get_line_yrange(at, &top, &end);
		if (start + (double)end / PANGO_SCALE > bottom(p)) {
			new_page(p);
			start = p->y - (double)top / PANGO_SCALE;
		}
		cairo_move_to(p->cr, x + (double)box.x / PANGO_SCALE,
		    start + (double)pango_layout_iter_get_baseline(at) /
				PANGO_SCALE);
		pango_cairo_show_layout_line(p->cr, line);
		p->y = start + (double)end / PANGO_SCALE;
	} while (pango_layout_iter_next_line(at));
	pango_layout_iter_free(at);
}

static void
put_paragraph(struct pdf *p, const struct doc_block *b)
{
	const struct look_rules *r = &doc_looks[b->look];
	struct str text = b->label.n ?
			      arena_fmt(p->mem, "%.*s %.*s", STR_ARG(b->label),
				  STR_ARG(b->text)) :
			      b->text;
	PangoLayout *l = layout_of(p, b->look, r->align, text_width(p), text);

	p->y += r->before;
	/* What announces the next block does not end a page. */
	if (r->keeps_next)
		need(p, height_of(l) + 3.0 * r->size);
	put_lines(p, l, left(p));
	p->y += r->after;
	g_object_unref(l);
}

/* A paragraph in a part of the width; y moves by its height. */
static void
put_in(struct pdf *p, enum look look, enum align align, double x, double width,
    struct str text)
{
	PangoLayout *l = layout_of(p, look, align, width, text);

	need(p, height_of(l));
	put_lines(p, l, x);
	g_object_unref(l);
}

/* ---- special blocks ------------------------------------------------------ */

static void
put_approved(struct pdf *p, const struct doc_block *b)
{
	double half = text_width(p) / 2;

	put_in(p, LOOK_APPROVED, ALIGN_LEFT, left(p) + half, half, b->text);
	p->y += doc_looks[LOOK_APPROVED].size;
}

static void
put_requisites(struct pdf *p, const struct doc_block *b)
{
	double half = text_width(p) / 2;
	PangoLayout *l =
	    layout_of(p, LOOK_REQUISITES, ALIGN_LEFT, half, b->text);

	need(p, height_of(l));
	double top = p->y;
	put_lines(p, l, left(p));
	double below = p->y;
	p->y = top;
	put_in(
	    p, LOOK_REQUISITES, ALIGN_RIGHT, left(p) + half, half, b->second);
	if (p->y < below)
		p->y = below;
	p->y += doc_looks[LOOK_REQUISITES].after;
	g_object_unref(l);
}

static void
put_signature(struct pdf *p, const struct doc_block *b)
{
	double w = text_width(p);
	double post = w * SIGN_POST / 100, line = w * SIGN_LINE / 100;
	PangoLayout *l =
	    layout_of(p, LOOK_SIGNATURE, ALIGN_LEFT, post, b->text);
	double height = height_of(l);

	p->y += doc_looks[LOOK_SIGNATURE].size * 1.5;
	need(p, height);
	double top = p->y;
	put_lines(p, l, left(p));
	g_object_unref(l);
	cairo_set_line_width(p->cr, 0.5);
	cairo_move_to(p->cr, left(p) + post, top + height);
	cairo_line_to(p->cr, left(p) + post + line - 6, top + height);
	cairo_stroke(p->cr);
	p->y = top + height - doc_looks[LOOK_SIGNATURE].size * 1.2;
	put_in(p, LOOK_SIGNATURE, ALIGN_LEFT, left(p) + post + line,
	    w - post - line, b->second);
	p->y = top + height;
}

static void
put_figure(struct pdf *p, const struct doc_block *b)
{
	struct canvas_size size = doc_figure_size(&b->figure, p->form);
	struct doc_extent extent = doc_figure_extent(&b->figure, p->form);
	double scale = mm(extent.width) / size.width;

	need(p, mm(extent.height));
	cairo_save(p->cr);
	cairo_translate(
	    p->cr, left(p) + (text_width(p) - mm(extent.width)) / 2, p->y);
	cairo_scale(p->cr, scale, scale);
	struct canvas on = canvas_cairo_open(p->mem, p->cr, size);
	doc_figure_draw(&b->figure, &on);
	canvas_cairo_close(&on);
	cairo_restore(p->cr);
	p->y += mm(extent.height) + doc_looks[LOOK_FIGURE].after;
}

/* ---- tables -------------------------------------------------------------- */

struct cells {
	PangoLayout **layouts;
	double *x; /* of each cell, and of the right edge */
	size_t n;
	double height; /* with padding */
};

static double
cell_pad(void)
{
	return mm(CELL_PAD / 10.0);
}

static struct cells
set_cells(struct pdf *p, const struct doc_table *t, enum look look,
    const struct str *texts, size_t n)
{
	int *ends = doc_column_ends(p->mem, t, (int)(text_width(p) * 100));
	struct cells c = {.layouts = arena_new(p->mem, PangoLayout *, n),
	    .x = arena_new(p->mem, double, n + 1),
	    .n = n};

	c.x[0] = left(p);
	for (size_t i = 0; i < n; i++) {
		bool whole = n == 1 && t->n > 1;
		c.x[i + 1] =
		    left(p) + (whole ? text_width(p) : (double)ends[i] / 100);
		enum align align = look == LOOK_CELL ?
				       doc_column_align(&t->columns[i]) :
				       doc_looks[look].align;
		c.layouts[i] = layout_of(p, look, align,
		    c.x[i + 1] - c.x[i] - 2 * cell_pad(), texts[i]);
		double h = height_of(c.layouts[i]);
		if (h > c.height)
			c.height = h;
	}
	c.height +=
	    2 * mm(0.8) + doc_looks[look].before + doc_looks[look].after;
	return c;
}

static void
free_cells(struct cells *c)
{
	for (size_t i = 0; i < c->n; i++)
		g_object_unref(c->layouts[i]);
}

/* Draws the part of the row from skip on, at most height of it. */
static void
draw_cells(struct pdf *p, const struct cells *c, double skip, double height)
{
	cairo_set_line_width(p->cr, 0.5);
	for (size_t i = 0; i < c->n; i++) {
		double w = c->x[i + 1] - c->x[i];
		cairo_rectangle(p->cr, c->x[i], p->y, w, height);
		cairo_stroke(p->cr);
		cairo_save(p->cr);
		cairo_rectangle(p->cr, c->x[i], p->y, w, height);
		cairo_clip(p->cr);
		cairo_move_to(
		    p->cr, c->x[i] + cell_pad(), p->y + mm(0.8) - skip);
		pango_cairo_show_layout(p->cr, c->layouts[i]);
		cairo_restore(p->cr);
	}
	p->y += height;
}

static void
put_head(struct pdf *p, const struct doc_table *t)
{
	struct str *titles = arena_new(p->mem, struct str, t->n);

	for (size_t i = 0; i < t->n; i++)
		titles[i] = t->columns[i].title;
	struct cells c = set_cells(p, t, LOOK_CELL_HEAD, titles, t->n);
	draw_cells(p, &c, 0, c.height);
	free_cells(&c);
}

static void
put_row(struct pdf *p, const struct doc_table *t, const struct doc_table_row *r)
{
	enum look look =
	    r->kind == DOC_ROW_SECTION ? LOOK_CELL_SECTION : LOOK_CELL;
	size_t n = r->kind == DOC_ROW_SECTION ? 1 : t->n;
	struct cells c = set_cells(p, t, look, r->cells, n);
	double keep = look == LOOK_CELL_SECTION ? c.height + mm(12) : c.height;

	if (p->y + keep > bottom(p)) {
		new_page(p);
		put_head(p, t);
	}
	/* Taller than a page: as much as fits, then on with the next. */
	double done = 0, line = doc_looks[look].size * 1.2;
	while (c.height - done > bottom(p) - p->y) {
		double room = bottom(p) - p->y;
		double part = (double)(int)(room / line) * line;
		draw_cells(p, &c, done, part > line ? part : room);
		done += part > line ? part : room;
		new_page(p);
		put_head(p, t);
	}
	draw_cells(p, &c, done, c.height - done);
	free_cells(&c);
}

static void
put_table(struct pdf *p, const struct doc_table *t)
{
	need(p, mm(25));
	put_head(p, t);
	vec_each(const struct doc_table_row, r, &t->rows)
		put_row(p, t, r);
	p->y += doc_looks[LOOK_GAP].size;
}

static void
put_block(struct pdf *p, const struct doc_block *b)
{
	switch (b->kind) {
	case DOC_BLOCK_PARAGRAPH:
		put_paragraph(p, b);
		return;
	case DOC_BLOCK_TABLE:
		put_table(p, b->table);
		return;
	case DOC_BLOCK_FIGURE:
		put_figure(p, b);
		return;
	case DOC_BLOCK_PAGE:
		p->form = b->form;
		new_page(p);
		return;
	case DOC_BLOCK_APPROVED:
		put_approved(p, b);
		return;
	case DOC_BLOCK_REQUISITES:
		put_requisites(p, b);
		return;
	case DOC_BLOCK_SIGNATURE:
		put_signature(p, b);
		return;
	}
	UNREACHABLE();
}

/* ---- the file ------------------------------------------------------------ */

static cairo_status_t
to_buffer(void *ctx, const unsigned char *bytes, unsigned n)
{
	buf_put(ctx, (struct str){(const char *)bytes, n});
	return CAIRO_STATUS_SUCCESS;
}

/* The organisation above, the footer and "3 из 12" below. */
static void
put_margins(struct pdf *p, size_t number)
{
	struct doc_head *head = &p->doc->head;

	p->page = doc_page_of(p->form);
	if (head->organisation.n && number > 1) {
		p->y = mm(PAGE_HEAD_AT);
		put_in(p, LOOK_PAGE_HEAD, ALIGN_CENTRE, left(p), text_width(p),
		    head->organisation);
	}
	struct str count =
	    arena_fmt(p->mem, "%zu%s%zu", number, PAGE_OF, p->sheets.n);
	double line = doc_looks[LOOK_PAGE_FOOT].size * 1.3;
	double at = mm(p->page.height - PAGE_FOOT_AT) - line;
	PangoLayout *l = layout_of(p, LOOK_PAGE_FOOT, ALIGN_LEFT,
	    text_width(p) * 0.8, text_clip(p->mem, head->footer, 110));
	cairo_move_to(p->cr, left(p), at);
	pango_cairo_show_layout(p->cr, l);
	g_object_unref(l);
	l = layout_of(p, LOOK_PAGE_FOOT, ALIGN_RIGHT, text_width(p), count);
	cairo_move_to(p->cr, left(p), at);
	pango_cairo_show_layout(p->cr, l);
	g_object_unref(l);
}

static enum rc
play(struct pdf *p, struct buf *out)
{
	struct doc_page first = doc_page_of(p->sheets.p[0].form);
	cairo_surface_t *file = cairo_pdf_surface_create_for_stream(
	    to_buffer, out, mm(first.width), mm(first.height));
	char day[DATE_TEXT];

	cairo_pdf_surface_set_metadata(file, CAIRO_PDF_METADATA_TITLE,
	    arena_cstr(p->mem, p->doc->head.title));
	/* The day is given, so the same tree makes the same file. */
	cairo_pdf_surface_set_metadata(file, CAIRO_PDF_METADATA_CREATE_DATE,
	    arena_fmt(
		p->mem, "%sT00:00:00Z", date_iso(p->doc->head.made_on, day))
		.p);
	p->cr = cairo_create(file);
	for (size_t i = 0; i < p->sheets.n; i++) {
		struct doc_page page = doc_page_of(p->sheets.p[i].form);
		cairo_pdf_surface_set_size(
		    file, mm(page.width), mm(page.height));
		cairo_set_source_surface(p->cr, p->sheets.p[i].ink, 0, 0);
		cairo_paint(p->cr);
		cairo_set_source_rgb(p->cr, 0, 0, 0);
		p->form = p->sheets.p[i].form;
		put_margins(p, i + 1);
		cairo_show_page(p->cr);
	}
	cairo_destroy(p->cr);
	p->cr = NULL;
	cairo_surface_finish(file);
	cairo_status_t status = cairo_surface_status(file);
	cairo_surface_destroy(file);
	return status != CAIRO_STATUS_SUCCESS ? RC_FAILED :
	       buf_full(out)                  ? RC_LIMIT :
						RC_OK;
}

/* One description a look; the context carries no hinting, as paper wants. */
static void
open_fonts(struct pdf *p)
{
	PangoFontMap *map = pango_cairo_font_map_get_default();
	cairo_font_options_t *options = cairo_font_options_create();

	p->fonts = pango_font_map_create_context(map);
	pango_cairo_context_set_resolution(p->fonts, 72);
	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	pango_cairo_context_set_font_options(p->fonts, options);
	cairo_font_options_destroy(options);
	pango_context_set_language(p->fonts, pango_language_from_string("ru"));
	for (int i = 0; i < LOOK_COUNT; i++) {
		const struct look_rules *r = &doc_looks[i];
		PangoFontDescription *f = pango_font_description_new();
		pango_font_description_set_family_static(f, faces);
		pango_font_description_set_size(f, r->size * PANGO_SCALE);
		if (r->is_bold)
			pango_font_description_set_weight(f, PANGO_WEIGHT_BOLD);
		if (r->is_italic)
			pango_font_description_set_style(f, PANGO_STYLE_ITALIC);
		p->font[i] = f;
	}
}

enum rc
doc_write_pdf(struct doc *doc, struct buf *out)
{
	struct pdf p = {.doc = doc,
	    .mem = doc->mem,
	    .form = {doc->head.landscape, doc->head.a3}};

	open_fonts(&p);
	new_page(&p);
	vec_each(const struct doc_block, b, &doc->blocks)
		put_block(&p, b);
	end_page(&p);
	enum rc rc = play(&p, out);
	vec_each(struct sheet, s, &p.sheets)
		cairo_surface_destroy(s->ink);
	for (int i = 0; i < LOOK_COUNT; i++)
		pango_font_description_free(p.font[i]);
	g_object_unref(p.fonts);
	return rc;
}
