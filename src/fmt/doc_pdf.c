/*
 * doc_pdf.c - a document as PDF: blocks flow into pages, cairo draws them.
 *
 * Pages are filled with light marks (lines of set text, rules, pictures)
 * before any is drawn, because the foot of the first already says how many
 * there are.  Fonts come embedded, cut down to the letters used.
 *
 * Geometry is in points (1/72 inch) and doubles; it decides where ink goes.
 */
#include "fmt/doc_tree.h"
#include "fmt/paper_lib.h"
#include "fmt/typeset.h"

static const double LINE_WIDTH = 0.5;

enum mark_kind { MARK_LINE, MARK_RULE, MARK_FIGURE };

struct mark {
	enum mark_kind kind;
	double x, y;
	double x2, y2;              /* RULE: its other end */
	const struct set_text *set; /* LINE */
	size_t line;
	enum align align;
	double width;
	const struct doc_figure *figure;
};

struct sheet {
	struct doc_form form;
	VEC(struct mark) marks;
};

struct pdf {
	const struct paper_lib *lib;
	struct doc *doc;
	struct arena *mem;
	struct typeset *ts;
	VEC(struct sheet) sheets;
	struct doc_form form;
	struct doc_page page; /* of the sheet being filled, millimetres */
	double y;             /* from its upper edge */
};

static double
mm(double millimetres)
{
	return millimetres * 72 / 25.4;
}

/* ---- the page being filled ----------------------------------------------- */

static double
top(const struct pdf *p)
{
	return mm(p->page.top);
}

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
new_page(struct pdf *p)
{
	vec_push(p->mem, &p->sheets)->form = p->form;
	p->page = doc_page_of(p->form);
	p->y = top(p);
}

static bool
is_at_top(const struct pdf *p)
{
	return p->y < top(p) + 0.1;
}

/* A new page unless so much room is left on this one. */
static void
need(struct pdf *p, double height)
{
	if (p->y + height > bottom(p) + 0.1 && !is_at_top(p))
		new_page(p);
}

static struct mark *
add_mark(struct pdf *p, enum mark_kind kind, double x, double y)
{
	struct sheet *sheet = &p->sheets.p[p->sheets.n - 1];
	struct mark *m = vec_push(p->mem, &sheet->marks);

	m->kind = kind;
	m->x = x;
	m->y = y;
	return m;
}

static void
add_rule(struct pdf *p, double x1, double y1, double x2, double y2)
{
	struct mark *m = add_mark(p, MARK_RULE, x1, y1);

	m->x2 = x2;
	m->y2 = y2;
}

static const struct set_text *
set(struct pdf *p, enum look look, double width, struct str text)
{
	struct set_text *t = arena_new(p->mem, struct set_text, 1);

	*t = typeset_text(p->ts, look, width, text);
	return t;
}

/* Lines from..to of a text, one below another from y on. */
static void
add_lines(struct pdf *p, const struct set_text *t, size_t from, size_t to,
    enum align align, double x, double y, double width)
{
	for (size_t i = from; i < to; i++) {
		struct mark *m = add_mark(p, MARK_LINE, x, y);

		m->set = t;
		m->line = i;
		m->align = align;
		m->width = width;
		y += t->pitch;
	}
}

/* ---- paragraphs ---------------------------------------------------------- */

static const struct set_text *
set_paragraph(struct pdf *p, const struct doc_block *b)
{
	struct str text = b->text;

	if (b->label.n)
		text = arena_fmt(p->mem, "%.*s\xC2\xA0%.*s", STR_ARG(b->label),
		    STR_ARG(b->text));
	return set(p, b->look, text_width(p), text);
}

/* How many of n lines go on this page: never one alone, here or there. */
static size_t
lines_here(size_t fit, size_t n)
{
	if (fit >= n)
		return n;
	if (fit > 0 && fit + 1 == n)
		fit--;
	return fit < 2 ? 0 : fit;
}

static void
put_paragraph(struct pdf *p, const struct doc_block *b)
{
	const struct look_rules *r = &doc_looks[b->look];
	const struct set_text *t = set_paragraph(p, b);
	size_t done = 0;

	/* Space above a paragraph is for what is above it. */
	if (!is_at_top(p))
		p->y += r->before;
	while (done < t->n) {
		size_t left_over = t->n - done;
		double room = bottom(p) + 0.1 - p->y;
		size_t fit = room > 0 ? (size_t)(room / t->pitch) : 0;
		size_t here = lines_here(fit, left_over);

		if (here == 0 && is_at_top(p))
			here = fit ? fit : 1;
		add_lines(p, t, done, done + here, r->align, left(p), p->y,
		    text_width(p));
		done += here;
		p->y += t->pitch * (double)here;
		if (done < t->n)
			new_page(p);
	}
	p->y += r->after;
}

/* ---- tables -------------------------------------------------------------- */

struct set_row {
	const struct set_text **cells;
	enum align *aligns;
	size_t n;
	double height;
	double before; /* above the text */
};

struct grid {
	struct pdf *p;
	const struct doc_table *table;
	double *edges; /* of the columns: n + 1 */
	struct set_row head;
};

static struct set_row
set_row(struct grid *g, enum look look, const struct str *texts, bool is_whole)
{
	struct arena *mem = g->p->mem;
	const struct look_rules *r = &doc_looks[look];
	double pad = mm(CELL_PAD / 10.0);
	struct set_row row = {.n = is_whole ? 1 : g->table->n};

	row.cells = arena_new(mem, const struct set_text *, row.n);
	row.aligns = arena_new(mem, enum align, row.n);
	row.before = mm(CELL_PAD_HIGH / 10.0) + r->before;
	for (size_t i = 0; i < row.n; i++) {
		double right = g->edges[is_whole ? g->table->n : i + 1];

		row.cells[i] =
		    set(g->p, look, right - g->edges[i] - 2 * pad, texts[i]);
		row.aligns[i] = look == LOOK_CELL_HEAD || is_whole ?
				    r->align :
				    doc_column_align(&g->table->columns[i]);
		double h = set_text_height(row.cells[i]);
		if (h > row.height)
			row.height = h;
	}
	row.height += row.before + mm(CELL_PAD_HIGH / 10.0) + r->after;
	return row;
}

/* The row's frame and its lines; height may be less than the row's own. */
static void
put_cells(struct grid *g, const struct set_row *row, size_t from_line,
    size_t to_line, double height)
{
	struct pdf *p = g->p;
	double pad = mm(CELL_PAD / 10.0), y = p->y;
	double right = g->edges[g->table->n];

	for (size_t i = 0; i < row->n; i++) {
		const struct set_text *t = row->cells[i];
		double x = g->edges[i];
		double end = row->n == 1 ? right : g->edges[i + 1];
		size_t to = to_line < t->n ? to_line : t->n;
		double down = (height - set_text_height(t)) / 2;

		/* Heads stand in the middle of their row. */
		if (row != &g->head || down < row->before)
			down = row->before;
		add_rule(p, x, y, x, y + height);
		if (from_line < to)
			add_lines(p, t, from_line, to, row->aligns[i], x + pad,
			    y + down, end - x - 2 * pad);
	}
	add_rule(p, right, y, right, y + height);
	add_rule(p, g->edges[0], y, right, y);
	add_rule(p, g->edges[0], y + height, right, y + height);
	p->y += height;
}

static size_t
most_lines(const struct set_row *row)
{
	size_t n = 0;

	for (size_t i = 0; i < row->n; i++)
		if (row->cells[i]->n > n)
			n = row->cells[i]->n;
	return n;
}

static void
put_head(struct grid *g)
{
	put_cells(g, &g->head, 0, SIZE_MAX, g->head.height);
}

/* A row taller than a page goes on, below the head, on the next. */
static void
put_tall_row(struct grid *g, const struct set_row *row)
{
	struct pdf *p = g->p;
	double pitch = row->cells[0]->pitch;
	double frame = 2 * row->before;
	size_t n = most_lines(row);

	for (size_t done = 0; done < n;) {
		double room = bottom(p) - p->y - frame;
		size_t here = room > pitch ? (size_t)(room / pitch) : 1;

		if (here > n - done)
			here = n - done;
		put_cells(
		    g, row, done, done + here, pitch * (double)here + frame);
		done += here;
		if (done < n) {
			new_page(p);
			put_head(g);
		}
	}
}

static struct set_row
set_body_row(struct grid *g, const struct doc_table_row *r)
{
	bool is_section = r->kind == DOC_ROW_SECTION;

	return set_row(g,
	    r->kind == DOC_ROW_BODY ? LOOK_CELL : LOOK_CELL_SECTION, r->cells,
	    is_section);
}

/* with_next: the height of the row behind a section's heading, or 0. */
static void
put_row(struct grid *g, const struct set_row *row, double with_next)
{
	struct pdf *p = g->p;
	double page = bottom(p) - top(p) - g->head.height;

	if (row->height > page) {
		put_tall_row(g, row);
		return;
	}
	if (row->height + with_next > page)
		with_next = 0;
	if (p->y + row->height + with_next > bottom(p) + 0.1) {
		new_page(p);
		put_head(g);
	}
	put_cells(g, row, 0, SIZE_MAX, row->height);
}

static struct grid
grid_of(struct pdf *p, const struct doc_table *t)
{
	enum { PARTS = 100000 };
	struct grid g = {.p = p, .table = t};
	struct str *titles = arena_new(p->mem, struct str, t->n);
	int *ends = doc_column_ends(p->mem, t, PARTS);

	g.edges = arena_new(p->mem, double, t->n + 1);
	g.edges[0] = left(p);
	for (size_t i = 0; i < t->n; i++) {
		g.edges[i + 1] = left(p) + text_width(p) * ends[i] / PARTS;
		titles[i] = t->columns[i].title;
	}
	g.head = set_row(&g, LOOK_CELL_HEAD, titles, false);
	return g;
}

/* A row is set one ahead of its turn, so that a section sees what follows. */
static void
put_table(struct pdf *p, const struct doc_table *t)
{
	struct grid g = grid_of(p, t);
	struct set_row row = {0}, next = {0};

	put_head(&g);
	if (t->rows.n)
		next = set_body_row(&g, &t->rows.p[0]);
	for (size_t i = 0; i < t->rows.n; i++) {
		bool is_section = t->rows.p[i].kind == DOC_ROW_SECTION;
		bool is_last = i + 1 == t->rows.n;

		row = next;
		if (!is_last)
			next = set_body_row(&g, &t->rows.p[i + 1]);
		put_row(&g, &row, is_section && !is_last ? next.height : 0);
	}
	p->y += doc_looks[LOOK_GAP].size;
}

/* ---- the other blocks ---------------------------------------------------- */

static void
put_approved(struct pdf *p, const struct doc_block *b)
{
	double half = text_width(p) / 2;
	const struct set_text *t = set(p, LOOK_APPROVED, half, b->text);

	need(p, set_text_height(t));
	add_lines(p, t, 0, t->n, ALIGN_LEFT, left(p) + half, p->y, half);
	p->y += set_text_height(t) + doc_looks[LOOK_APPROVED].size;
}

static void
put_requisites(struct pdf *p, const struct doc_block *b)
{
	const struct look_rules *r = &doc_looks[LOOK_REQUISITES];
	double half = text_width(p) / 2;
	const struct set_text *from = set(p, LOOK_REQUISITES, half, b->text);
	const struct set_text *to = set(p, LOOK_REQUISITES, half, b->second);
	double height = set_text_height(from->n > to->n ? from : to);

	p->y += r->before;
	need(p, height);
	add_lines(p, from, 0, from->n, ALIGN_LEFT, left(p), p->y, half);
	add_lines(p, to, 0, to->n, ALIGN_RIGHT, left(p) + half, p->y, half);
	p->y += height + r->after;
}

/* Post, line and name end on one base line. */
static void
put_signature(struct pdf *p, const struct doc_block *b)
{
	double w = text_width(p), gap = mm(2);
	double post = w * SIGN_POST / 100, line = w * SIGN_LINE / 100;
	double name = w - post - line;
	const struct set_text *who = set(p, LOOK_SIGNATURE, post, b->text);
	const struct set_text *by = set(p, LOOK_SIGNATURE, name, b->second);
	double height = set_text_height(who->n > by->n ? who : by);
	double base = height - who->pitch + who->ascent;

	if (!is_at_top(p))
		p->y += 1.5 * doc_looks[LOOK_SIGNATURE].size;
	need(p, height);
	add_lines(p, who, 0, who->n, ALIGN_LEFT, left(p),
	    p->y + height - set_text_height(who), post);
	add_rule(p, left(p) + post + gap, p->y + base + 2,
	    left(p) + post + line - gap, p->y + base + 2);
	add_lines(p, by, 0, by->n, ALIGN_RIGHT, left(p) + post + line,
	    p->y + height - set_text_height(by), name);
	p->y += height + doc_looks[LOOK_GAP].size;
}

static void
put_figure(struct pdf *p, const struct doc_block *b)
{
	struct doc_extent e = doc_figure_extent(&b->figure, p->form);

	need(p, mm(e.height));
	add_mark(
	    p, MARK_FIGURE, left(p) + (text_width(p) - mm(e.width)) / 2, p->y)
	    ->figure = &b->figure;
	p->y += mm(e.height) + doc_looks[LOOK_FIGURE].after;
}

/* ---- the flow ------------------------------------------------------------ */

/* The least of a block that may stand at the end of a page. */
static double
opening_height(struct pdf *p, const struct doc_block *b)
{
	switch (b->kind) {
	case DOC_BLOCK_PARAGRAPH: {
		const struct set_text *t = set_paragraph(p, b);
		size_t least = t->n < 4 ? t->n : 2;

		if (doc_looks[b->look].keeps_next)
			least = t->n;
		return doc_looks[b->look].before + t->pitch * (double)least;
	}
	case DOC_BLOCK_TABLE: {
		struct grid g = grid_of(p, b->table);
		double height = g.head.height;
		size_t n = b->table->rows.n;

		for (size_t i = 0; i < n && i < 2; i++) {
			height += set_body_row(&g, &b->table->rows.p[i]).height;
			if (b->table->rows.p[i].kind != DOC_ROW_SECTION)
				break;
		}
		return height;
	}
	case DOC_BLOCK_FIGURE:
		return mm(doc_figure_extent(&b->figure, p->form).height);
	case DOC_BLOCK_PAGE:
	case DOC_BLOCK_APPROVED:
	case DOC_BLOCK_REQUISITES:
	case DOC_BLOCK_SIGNATURE:
		return 0;
	}
	UNREACHABLE();
}

/* Block i, and what must not be parted from it, on one page. */
static void
keep_together(struct pdf *p, size_t i)
{
	const struct doc_block *blocks = p->doc->blocks.p;
	double height = 0, page = bottom(p) - top(p);

	for (; i < p->doc->blocks.n && height < page; i++) {
		const struct doc_block *b = &blocks[i];
		bool goes_on = b->kind == DOC_BLOCK_PARAGRAPH &&
			       doc_looks[b->look].keeps_next;

		height += opening_height(p, b);
		if (!goes_on)
			break;
		height += doc_looks[b->look].after;
	}
	if (height < page)
		need(p, height);
}

static bool
begins_chain(const struct doc_block *b)
{
	return b->kind == DOC_BLOCK_TABLE || (b->kind == DOC_BLOCK_PARAGRAPH &&
						 doc_looks[b->look].keeps_next);
}

static void
put_block(struct pdf *p, size_t i)
{
	const struct doc_block *b = &p->doc->blocks.p[i];

	if (begins_chain(b))
		keep_together(p, i);
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

/* The body's name above, but on the first page; footer and "3 из 12" below. */
static void
put_margins(struct pdf *p, size_t number)
{
	const struct doc_head *head = &p->doc->head;
	struct sheet *sheet = &p->sheets.p[number - 1];
	struct doc_page page = doc_page_of(sheet->form);
	double width = mm(page.width - page.left - page.right);
	double x = mm(page.left);
	struct set_text *t = arena_new(p->mem, struct set_text, 3);

	t[0] = typeset_text(p->ts, LOOK_PAGE_FOOT, width * 0.85, head->footer);
	t[1] = typeset_text(p->ts, LOOK_PAGE_FOOT, width,
	    arena_fmt(p->mem, "%zu%s%zu", number, PAGE_OF, p->sheets.n));
	double y = mm(page.height - PAGE_FOOT_AT) - t[0].pitch;
	for (int i = 0; i < 2; i++) {
		struct mark *m = vec_push(p->mem, &sheet->marks);

		*m = (struct mark){.kind = MARK_LINE,
		    .x = x,
		    .y = y,
		    .set = &t[i],
		    .align = i ? ALIGN_RIGHT : ALIGN_LEFT,
		    .width = width};
	}
	if (number == 1 || !head->organisation.n)
		return;
	t[2] = typeset_text(p->ts, LOOK_PAGE_HEAD, width, head->organisation);
	*vec_push(p->mem, &sheet->marks) = (struct mark){.kind = MARK_LINE,
	    .x = x,
	    .y = mm(PAGE_HEAD_AT),
	    .set = &t[2],
	    .align = ALIGN_CENTRE,
	    .width = width};
}

/* ---- the file ------------------------------------------------------------ */

static void
draw_figure(
    struct pdf *p, cairo_t *cr, const struct mark *m, struct doc_form form)
{
	const struct paper_lib *lib = p->lib;
	struct canvas_size size = doc_figure_size(m->figure, form);
	struct doc_extent e = doc_figure_extent(m->figure, form);

	lib->cairo_save(cr);
	lib->cairo_translate(cr, m->x, m->y);
	lib->cairo_scale(
	    cr, mm(e.width) / size.width, mm(e.height) / size.height);
	struct canvas on = canvas_cairo_open(p->mem, cr, size);
	doc_figure_draw(m->figure, &on);
	canvas_cairo_close(&on);
	lib->cairo_restore(cr);
}

/* Rules first, all in one stroke: text and rules apart make a smaller file. */
static void
draw_sheet(struct pdf *p, cairo_t *cr, const struct sheet *sheet)
{
	const struct paper_lib *lib = p->lib;

	lib->cairo_set_source_rgb(cr, 0, 0, 0);
	lib->cairo_set_line_width(cr, LINE_WIDTH);
	lib->cairo_set_line_cap(cr, CAIRO_LINE_CAP_SQUARE);
	vec_each(const struct mark, m, &sheet->marks) {
		if (m->kind != MARK_RULE)
			continue;
		lib->cairo_move_to(cr, m->x, m->y);
		lib->cairo_line_to(cr, m->x2, m->y2);
	}
	lib->cairo_stroke(cr);
	lib->cairo_set_line_cap(cr, CAIRO_LINE_CAP_BUTT);
	vec_each(const struct mark, m, &sheet->marks)
		if (m->kind == MARK_LINE)
			typeset_draw(p->ts, cr, m->set, m->line, m->align, m->x,
			    m->y, m->width);
	vec_each(const struct mark, m, &sheet->marks)
		if (m->kind == MARK_FIGURE)
			draw_figure(p, cr, m, sheet->form);
}

static cairo_status_t
to_buffer(void *ctx, const unsigned char *bytes, unsigned n)
{
	const void *p = bytes;

	buf_put(ctx, (struct str){p, n});
	return CAIRO_STATUS_SUCCESS;
}

static void
set_properties(struct pdf *p, cairo_surface_t *file)
{
	const struct paper_lib *lib = p->lib;
	const struct doc_head *head = &p->doc->head;
	char day[DATE_TEXT];
	struct str made =
	    arena_fmt(p->mem, "%sT12:00:00Z", date_iso(head->made_on, day));

	lib->cairo_pdf_surface_set_metadata(
	    file, CAIRO_PDF_METADATA_TITLE, arena_cstr(p->mem, head->title));
	lib->cairo_pdf_surface_set_metadata(file, CAIRO_PDF_METADATA_AUTHOR,
	    arena_cstr(p->mem, head->organisation));
	lib->cairo_pdf_surface_set_metadata(
	    file, CAIRO_PDF_METADATA_CREATE_DATE, arena_cstr(p->mem, made));
}

static enum rc
draw_file(struct pdf *p, struct buf *out)
{
	const struct paper_lib *lib = p->lib;
	struct doc_page first = doc_page_of(p->sheets.p[0].form);
	cairo_surface_t *file = lib->cairo_pdf_surface_create_for_stream(
	    to_buffer, out, mm(first.width), mm(first.height));
	cairo_t *cr = lib->cairo_create(file);

	set_properties(p, file);
	vec_each(const struct sheet, sheet, &p->sheets) {
		struct doc_page page = doc_page_of(sheet->form);

		lib->cairo_pdf_surface_set_size(
		    file, mm(page.width), mm(page.height));
		draw_sheet(p, cr, sheet);
		lib->cairo_show_page(cr);
	}
	lib->cairo_destroy(cr);
	lib->cairo_surface_finish(file);
	cairo_status_t status = lib->cairo_surface_status(file);
	lib->cairo_surface_destroy(file);
	if (status != CAIRO_STATUS_SUCCESS)
		return RC_FAILED;
	return buf_full(out) ? RC_LIMIT : RC_OK;
}

enum rc
doc_write_pdf(struct doc *doc, struct buf *out)
{
	struct pdf p = {.lib = paper_lib(),
	    .doc = doc,
	    .mem = doc->mem,
	    .form = {doc->head.landscape, doc->head.a3}};

	if (!p.lib)
		return RC_FAILED;
	p.ts = typeset_open(doc->mem, p.lib);
	new_page(&p);
	for (size_t i = 0; i < doc->blocks.n; i++)
		put_block(&p, i);
	for (size_t i = 1; i <= p.sheets.n; i++)
		put_margins(&p, i);
	enum rc rc = draw_file(&p, out);
	typeset_close(p.ts);
	return rc;
}
