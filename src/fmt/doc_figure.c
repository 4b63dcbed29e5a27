/* doc_figure.c - pictures in a document: their sizes, parts, PNG. */
#include "fmt/doc_tree.h"
#include "fmt/paper_lib.h"

enum {
	WIDTH_AT_165_MM = 640, /* canvas pixels: text comes out at 9 points */
	RIBBON_LEAST = 1040,   /* pixels a ribbon needs to be readable */
	DOTS_AN_INCH = 200,
	CAPTION_ROOM = 22, /* mm above a picture that fills its page */
};

static int
canvas_width(enum doc_figure_kind kind, struct doc_form form)
{
	int width = doc_text_width(form) * WIDTH_AT_165_MM / 165;

	return kind == DOC_FIGURE_RIBBON && width < RIBBON_LEAST ?
		   RIBBON_LEAST :
		   width;
}

static int
height_at(const struct doc_figure *f, int width)
{
	switch (f->kind) {
	case DOC_FIGURE_CHART:
		return chart_height(f->chart, width);
	case DOC_FIGURE_HEAT:
		return heat_height(f->heat, width);
	case DOC_FIGURE_RIBBON:
		return ribbon_height(f->ribbon, width);
	}
	UNREACHABLE();
}

struct canvas_size
doc_figure_size(const struct doc_figure *f, struct doc_form form)
{
	int width = canvas_width(f->kind, form);

	return (struct canvas_size){width, height_at(f, width)};
}

void
doc_figure_draw(const struct doc_figure *f, struct canvas *on)
{
	switch (f->kind) {
	case DOC_FIGURE_CHART:
		chart_draw(f->chart, on);
		return;
	case DOC_FIGURE_HEAT:
		heat_draw(f->heat, on);
		return;
	case DOC_FIGURE_RIBBON:
		ribbon_draw(f->ribbon, on);
		return;
	}
	UNREACHABLE();
}

/* The tallest canvas that the page takes with the caption above it. */
static int
most_height(enum doc_figure_kind kind, struct doc_form form)
{
	return (doc_text_height(form) - CAPTION_ROOM) *
	       canvas_width(kind, form) / doc_text_width(form);
}

struct doc_extent
doc_figure_extent(const struct doc_figure *f, struct doc_form form)
{
	struct canvas_size size = doc_figure_size(f, form);
	struct doc_extent e = {.width = doc_text_width(form)};
	double most = doc_text_height(form) - CAPTION_ROOM;

	e.height = e.width * size.height / size.width;
	if (e.height > most) {
		e.width *= most / e.height;
		e.height = most;
	}
	return e;
}

/* ---- adding them --------------------------------------------------------- */

static void
add_figure(struct doc *doc, struct doc_figure f)
{
	struct doc_block *b = vec_push(doc->mem, &doc->blocks);

	b->kind = DOC_BLOCK_FIGURE;
	b->form = doc->form;
	b->figure = f;
}

static void
add_caption(struct doc *doc, struct str title)
{
	struct doc_block *b;

	if (!title.n)
		return;
	b = vec_push(doc->mem, &doc->blocks);
	b->kind = DOC_BLOCK_PARAGRAPH;
	b->look = LOOK_CAPTION;
	b->form = doc->form;
	b->text = title;
}

void
doc_chart(struct doc *doc, const struct chart *chart)
{
	add_caption(doc, chart->title);
	add_figure(doc, (struct doc_figure){.kind = DOC_FIGURE_CHART,
			    .title = chart->title,
			    .chart = chart});
}

/*
 * A picture of many rows is drawn in parts, each with its own head, that fit
 * a page.
 */
void
doc_heat(struct doc *doc, const struct heat *heat)
{
	int width = canvas_width(DOC_FIGURE_HEAT, doc->form);
	int most = most_height(DOC_FIGURE_HEAT, doc->form);

	add_caption(doc, heat->title);
	for (size_t from = 0; from < heat->n_rows;) {
		struct heat *part = arena_new(doc->mem, struct heat, 1);

		*part = *heat;
		part->rows += from;
		part->cells += from * heat->n_columns;
		part->n_rows = heat->n_rows - from;
		while (part->n_rows > 1 && heat_height(part, width) > most)
			part->n_rows--;
		from += part->n_rows;
		add_figure(doc, (struct doc_figure){.kind = DOC_FIGURE_HEAT,
				    .title = heat->title,
				    .heat = part});
	}
}

void
doc_ribbon(struct doc *doc, const struct ribbon *ribbon)
{
	int width = canvas_width(DOC_FIGURE_RIBBON, doc->form);
	int most = most_height(DOC_FIGURE_RIBBON, doc->form);

	add_caption(doc, ribbon->title);
	for (size_t from = 0; from < ribbon->n_rows;) {
		struct ribbon *part = arena_new(doc->mem, struct ribbon, 1);

		*part = *ribbon;
		part->rows += from;
		part->n_rows = ribbon->n_rows - from;
		while (part->n_rows > 1 && ribbon_height(part, width) > most)
			part->n_rows--;
		/* A section's heading goes with its first row. */
		if (part->n_rows > 1 && from + part->n_rows < ribbon->n_rows &&
		    part->rows[part->n_rows - 1].is_section)
			part->n_rows--;
		from += part->n_rows;
		add_figure(doc, (struct doc_figure){.kind = DOC_FIGURE_RIBBON,
				    .title = ribbon->title,
				    .ribbon = part});
	}
}

/* ---- PNG ----------------------------------------------------------------- */

static cairo_status_t
to_buffer(void *ctx, const unsigned char *bytes, unsigned n)
{
	const char *p = (const char *)bytes;

	buf_put(ctx, (struct str){p, n});
	return CAIRO_STATUS_SUCCESS;
}

enum rc
doc_figure_png(struct arena *mem, const struct doc_figure *f,
    struct doc_form form, struct buf *out)
{
	struct canvas_size size = doc_figure_size(f, form);
	struct doc_extent extent = doc_figure_extent(f, form);
	double scale = extent.width / 25.4 * DOTS_AN_INCH / size.width;
	const struct paper_lib *lib = paper_lib();

	if (!lib)
		return RC_FAILED;
	cairo_surface_t *picture =
	    lib->cairo_image_surface_create(CAIRO_FORMAT_RGB24,
		(int)(size.width * scale), (int)(size.height * scale));
	cairo_t *cr = lib->cairo_create(picture);

	lib->cairo_set_source_rgb(cr, 1, 1, 1);
	lib->cairo_paint(cr);
	lib->cairo_scale(cr, scale, scale);
	struct canvas on = canvas_cairo_open(mem, cr, size);
	doc_figure_draw(f, &on);
	canvas_cairo_close(&on);
	lib->cairo_destroy(cr);
	cairo_status_t status =
	    lib->cairo_surface_write_to_png_stream(picture, to_buffer, out);
	lib->cairo_surface_destroy(picture);
	return status == CAIRO_STATUS_SUCCESS ? RC_OK : RC_FAILED;
}
