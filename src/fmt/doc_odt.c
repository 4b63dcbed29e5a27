/* doc_odt.c - a document as ODT: our own parts, packed by libzip. */
#include "fmt/doc_tree.h"
#include "fmt/xml_out.h"
#include "fmt/zip_out.h"

enum { FORMS = 4 };

struct odt {
	struct doc *doc;
	struct arena *mem;
	struct buf body;      /* office:text */
	struct buf automatic; /* styles that belong to one place */
	VEC(struct str) pictures;
	unsigned tables;
	uint32_t open_list;   /* the run of clauses that was numbered last */
	bool breaks_page;     /* the next paragraph begins a page, */
	const char *master;   /* or one of another form: see wrapped() */
	unsigned page_styles; /* made for them */
	enum rc rc;
};

static int
form_index(struct doc_form form)
{
	return (form.landscape ? 1 : 0) + (form.a3 ? 2 : 0);
}

static struct doc_form
form_of(int index)
{
	return (struct doc_form){index % 2 == 1, index >= 2};
}

/* ---- text ---------------------------------------------------------------- */

static const char *
align_name(enum align align)
{
	switch (align) {
	case ALIGN_LEFT:
		return "start";
	case ALIGN_CENTRE:
		return "center";
	case ALIGN_RIGHT:
		return "end";
	case ALIGN_JUSTIFY:
		return "justify";
	}
	UNREACHABLE();
}

/* Readers fold spaces: all but a single one between words are elements. */
static void
put_spaced(struct buf *out, struct str line)
{
	bool may_fold = true;

	while (line.n) {
		size_t n = 0;

		while (n < line.n && line.p[n] != ' ')
			n++;
		xml_put(out, str_cut(line, 0, n));
		line = str_from(line, n);
		if (n)
			may_fold = false;
		if (!line.n)
			return;
		buf_c(out, may_fold || line.n == 1 ? "<text:s/>" : " ");
		may_fold = true;
		line = str_from(line, 1);
	}
}

static void
put_lines(struct buf *out, struct str text)
{
	struct str line;
	bool is_first = true;

	while (str_split(&text, '\n', &line)) {
		if (!is_first)
			buf_c(out, "<text:line-break/>");
		is_first = false;
		put_spaced(out, line);
	}
}

/*
 * The style of the next paragraph.  One that begins a page needs a style of
 * its own, made from the one it wraps.
 */
static const char *
wrapped(struct odt *o, const char *style)
{
	const char *name;

	if (!o->breaks_page && !o->master)
		return style;
	name = arena_cstr(
	    o->mem, arena_fmt(o->mem, "%s-p%u", style, ++o->page_styles));
	buf_fmt(&o->automatic,
	    "<style:style style:name=\"%s\" style:family=\"paragraph\" "
	    "style:parent-style-name=\"%s\"",
	    name, style);
	if (o->master)
		buf_fmt(&o->automatic, " style:master-page-name=\"%s\"/>",
		    o->master);
	else
		buf_c(&o->automatic,
		    "><style:paragraph-properties fo:break-before=\"page\"/>"
		    "</style:style>");
	o->breaks_page = false;
	o->master = NULL;
	return name;
}

static void
open_paragraph(struct odt *o, const char *style)
{
	buf_fmt(&o->body, "<text:p text:style-name=\"%s\">", wrapped(o, style));
}

static void
put_styled(struct odt *o, const char *style, struct str text)
{
	open_paragraph(o, style);
	put_lines(&o->body, text);
	buf_c(&o->body, "</text:p>");
}

static void
put_gap(struct odt *o)
{
	put_styled(o, doc_looks[LOOK_GAP].id, S(""));
}

static void
put_list_item(struct odt *o, const struct doc_block *b)
{
	bool is_clause = b->look != LOOK_BULLET;
	int depth = b->look == LOOK_CLAUSE_2 ? 2 : 1;

	for (int i = 0; i < depth; i++)
		buf_fmt(&o->body, "<text:list%s%s%s><text:list-item>",
		    i ? "" : " text:style-name=\"",
		    i         ? "" :
		    is_clause ? "Clauses" :
				"Bullets",
		    i ? "" :
		    is_clause && b->list == o->open_list ?
			"\" text:continue-numbering=\"true\"" :
			"\"");
	put_styled(o, doc_looks[b->look].id, b->text);
	for (int i = 0; i < depth; i++)
		buf_c(&o->body, "</text:list-item></text:list>");
	if (is_clause)
		o->open_list = b->list;
}

static void
put_paragraph(struct odt *o, const struct doc_block *b)
{
	const char *id = doc_looks[b->look].id;

	if (b->label.n) {
		put_list_item(o, b);
		return;
	}
	if (b->look < LOOK_HEADING_1 || b->look > LOOK_HEADING_3) {
		put_styled(o, id, b->text);
		return;
	}
	buf_fmt(&o->body,
	    "<text:h text:style-name=\"%s\" text:outline-level=\"%d\">",
	    wrapped(o, id), (int)b->look - LOOK_HEADING_1 + 1);
	put_lines(&o->body, b->text);
	buf_c(&o->body, "</text:h>");
}

/* ---- tables -------------------------------------------------------------- */

static void
put_column_styles(struct odt *o, const int *widths, size_t n)
{
	int total = 0;

	for (size_t i = 0; i < n; i++)
		total += widths[i];
	buf_fmt(&o->automatic,
	    "<style:style style:name=\"T%u\" style:family=\"table\">"
	    "<style:table-properties style:width=\"%d.%dmm\" "
	    "table:align=\"left\"/></style:style>",
	    o->tables, total / 10, total % 10);
	for (size_t i = 0; i < n; i++)
		buf_fmt(&o->automatic,
		    "<style:style style:name=\"T%u.%zu\" "
		    "style:family=\"table-column\">"
		    "<style:table-column-properties "
		    "style:column-width=\"%d.%dmm\"/></style:style>",
		    o->tables, i, widths[i] / 10, widths[i] % 10);
}

static void
open_table(struct odt *o, const int *widths, size_t n)
{
	o->tables++;
	put_column_styles(o, widths, n);
	buf_fmt(&o->body,
	    "<table:table table:name=\"T%u\" table:style-name=\"T%u\">",
	    o->tables, o->tables);
	for (size_t i = 0; i < n; i++)
		buf_fmt(&o->body,
		    "<table:table-column table:style-name=\"T%u.%zu\"/>",
		    o->tables, i);
}

#define OPEN_ROW "<table:table-row table:style-name=\"Row\">"

static void
put_cell(
    struct odt *o, const char *cell_style, const char *style, struct str text)
{
	buf_c(&o->body, "<table:table-cell table:style-name=\"");
	buf_c(&o->body, cell_style);
	buf_c(&o->body, "\" office:value-type=\"string\">"
			"<text:p text:style-name=\"");
	buf_c(&o->body, style);
	buf_c(&o->body, "\">");
	put_lines(&o->body, text);
	buf_c(&o->body, "</text:p></table:table-cell>");
}

/* "Cell", "Cell-center", "CellSection-end": see put_aligned_styles(). */
static const char *
cell_look(struct odt *o, enum look look, enum align align)
{
	if (align == doc_looks[look].align)
		return doc_looks[look].id;
	return arena_cstr(o->mem,
	    arena_fmt(o->mem, "%s-%s", doc_looks[look].id, align_name(align)));
}

static void
put_section_row(struct odt *o, const struct doc_table *t, struct str text)
{
	buf_fmt(&o->body,
	    OPEN_ROW "<table:table-cell table:style-name=\"Frame\" "
		     "table:number-columns-spanned=\"%zu\" "
		     "office:value-type=\"string\">"
		     "<text:p text:style-name=\"%s\">",
	    t->n, doc_looks[LOOK_CELL_SECTION].id);
	put_lines(&o->body, text);
	buf_c(&o->body, "</text:p></table:table-cell>");
	for (size_t i = 1; i < t->n; i++)
		buf_c(&o->body, "<table:covered-table-cell/>");
	buf_c(&o->body, "</table:table-row>");
}

static void
put_rows(struct odt *o, const struct doc_table *t)
{
	const char **body = arena_new(o->mem, const char *, t->n);
	const char **total = arena_new(o->mem, const char *, t->n);

	for (size_t i = 0; i < t->n; i++) {
		enum align align = doc_column_align(&t->columns[i]);

		body[i] = cell_look(o, LOOK_CELL, align);
		total[i] = cell_look(o, LOOK_CELL_SECTION, align);
	}
	vec_each(const struct doc_table_row, row, &t->rows) {
		const char **styles = row->kind == DOC_ROW_TOTAL ? total : body;

		if (row->kind == DOC_ROW_SECTION) {
			put_section_row(o, t, row->cells[0]);
			continue;
		}
		buf_c(&o->body, OPEN_ROW);
		for (size_t i = 0; i < t->n; i++)
			put_cell(o, "Frame", styles[i], row->cells[i]);
		buf_c(&o->body, "</table:table-row>");
	}
}

static void
put_table(struct odt *o, const struct doc_block *b)
{
	const struct doc_table *t = b->table;
	int *widths = doc_column_ends(o->mem, t, doc_text_width(b->form) * 10);

	for (size_t i = t->n - 1; i > 0; i--)
		widths[i] -= widths[i - 1];
	if (o->breaks_page || o->master)
		put_gap(o);
	open_table(o, widths, t->n);
	buf_c(&o->body, "<table:table-header-rows>" OPEN_ROW);
	for (size_t i = 0; i < t->n; i++)
		put_cell(o, "FrameHead", doc_looks[LOOK_CELL_HEAD].id,
		    t->columns[i].title);
	buf_c(&o->body, "</table:table-row></table:table-header-rows>");
	put_rows(o, t);
	buf_c(&o->body, "</table:table>");
	put_gap(o);
}

/* ---- the other blocks ---------------------------------------------------- */

static void
put_signature(struct odt *o, const struct doc_block *b)
{
	int width = doc_text_width(b->form) * 10;
	int widths[] = {width * SIGN_POST / 100, width * SIGN_LINE / 100, 0};
	const char *id = doc_looks[LOOK_SIGNATURE].id;

	widths[2] = width - widths[0] - widths[1];
	put_gap(o);
	put_gap(o);
	open_table(o, widths, COUNT_OF(widths));
	buf_c(&o->body, OPEN_ROW);
	put_cell(o, "Bare", id, b->text);
	put_cell(o, "Line", id, S(""));
	put_cell(
	    o, "Bare", cell_look(o, LOOK_SIGNATURE, ALIGN_RIGHT), b->second);
	buf_c(&o->body, "</table:table-row></table:table>");
	put_gap(o);
}

/* The tab at the right margin is one of the form's own style. */
static void
put_requisites(struct odt *o, const struct doc_block *b)
{
	struct str style = arena_fmt(
	    o->mem, "%s%d", doc_looks[LOOK_REQUISITES].id, form_index(b->form));

	open_paragraph(o, arena_cstr(o->mem, style));
	put_lines(&o->body, b->text);
	buf_c(&o->body, "<text:tab/>");
	put_lines(&o->body, b->second);
	buf_c(&o->body, "</text:p>");
}

static void
put_approved(struct odt *o, const struct doc_block *b)
{
	struct str style = arena_fmt(
	    o->mem, "%s%d", doc_looks[LOOK_APPROVED].id, form_index(b->form));

	put_styled(o, arena_cstr(o->mem, style), b->text);
	put_gap(o);
}

static void
put_figure(struct odt *o, const struct doc_block *b)
{
	struct doc_extent e = doc_figure_extent(&b->figure, b->form);
	struct buf png = buf_open(o->mem, 0);

	o->rc = doc_figure_png(o->mem, &b->figure, b->form, &png);
	if (o->rc != RC_OK)
		return;
	*vec_push(o->mem, &o->pictures) = buf_str(&png);
	int w = (int)(e.width * 10), h = (int)(e.height * 10);
	open_paragraph(o, doc_looks[LOOK_FIGURE].id);
	buf_fmt(&o->body,
	    "<draw:frame draw:name=\"picture%zu\" "
	    "text:anchor-type=\"as-char\" svg:width=\"%d.%dmm\" "
	    "svg:height=\"%d.%dmm\"><draw:image "
	    "xlink:href=\"Pictures/picture%zu.png\" xlink:type=\"simple\" "
	    "xlink:show=\"embed\" xlink:actuate=\"onLoad\"/><svg:desc>",
	    o->pictures.n, w / 10, w % 10, h / 10, h % 10, o->pictures.n);
	xml_put(&o->body, b->figure.title);
	buf_c(&o->body, "</svg:desc></draw:frame></text:p>");
}

#define FIRST_PAGE "First"
static const char *const form_names[FORMS] = {
    "FormPortrait", "FormLandscape", "FormPortraitA3", "FormLandscapeA3"};

static void
put_block(struct odt *o, const struct doc_block *b)
{
	switch (b->kind) {
	case DOC_BLOCK_PARAGRAPH:
		put_paragraph(o, b);
		return;
	case DOC_BLOCK_TABLE:
		put_table(o, b);
		return;
	case DOC_BLOCK_FIGURE:
		put_figure(o, b);
		return;
	case DOC_BLOCK_PAGE:
		if (b->changes_form)
			o->master = form_names[form_index(b->form)];
		else
			o->breaks_page = true;
		return;
	case DOC_BLOCK_APPROVED:
		put_approved(o, b);
		return;
	case DOC_BLOCK_REQUISITES:
		put_requisites(o, b);
		return;
	case DOC_BLOCK_SIGNATURE:
		put_signature(o, b);
		return;
	}
	UNREACHABLE();
}

#define OASIS "urn:oasis:names:tc:opendocument:xmlns:"
#define NAMESPACES                                                             \
	" xmlns:office=\"" OASIS "office:1.0\" xmlns:style=\"" OASIS           \
	"style:1.0\" xmlns:text=\"" OASIS "text:1.0\" xmlns:table=\"" OASIS    \
	"table:1.0\" xmlns:draw=\"" OASIS "drawing:1.0\" xmlns:fo=\"" OASIS    \
	"xsl-fo-compatible:1.0\" xmlns:svg=\"" OASIS                           \
	"svg-compatible:1.0\" xmlns:meta=\"" OASIS                             \
	"meta:1.0\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" "             \
	"xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "                       \
	"office:version=\"1.2\""
#define FONT                                                                   \
	"<office:font-face-decls><style:font-face style:name=\"Serif\" "       \
	"svg:font-family=\"&apos;Times New Roman&apos;\" "                     \
	"style:font-family-generic=\"roman\" "                                 \
	"style:font-pitch=\"variable\"/></office:font-face-decls>"

/* ---- styles -------------------------------------------------------------- */

static void
put_look(struct buf *b, enum look look)
{
	const struct look_rules *l = &doc_looks[look];

	buf_fmt(b,
	    "<style:style style:name=\"%s\" style:display-name=\"%s\" "
	    "style:family=\"paragraph\" "
	    "style:parent-style-name=\"Standard\"",
	    l->id, l->name);
	if (look >= LOOK_HEADING_1 && look <= LOOK_HEADING_3)
		buf_fmt(b, " style:default-outline-level=\"%d\"",
		    (int)look - LOOK_HEADING_1 + 1);
	buf_fmt(b,
	    "><style:paragraph-properties fo:text-align=\"%s\" "
	    "fo:text-indent=\"%d.%dmm\" fo:margin-top=\"%dpt\" "
	    "fo:margin-bottom=\"%dpt\" fo:line-height=\"%d%%\"%s/>"
	    "<style:text-properties fo:font-size=\"%dpt\"%s%s/>"
	    "</style:style>",
	    align_name(l->align), l->first / 10, l->first % 10, l->before,
	    l->after, l->line,
	    l->keeps_next ? " fo:keep-with-next=\"always\"" : "", l->size,
	    l->is_bold ? " fo:font-weight=\"bold\"" : "",
	    l->is_italic ? " fo:font-style=\"italic\"" : "");
}

static void
put_derived(
    struct buf *b, enum look look, const char *suffix, const char *properties)
{
	buf_fmt(b,
	    "<style:style style:name=\"%s%s\" style:family=\"paragraph\" "
	    "style:parent-style-name=\"%s\"><style:paragraph-properties%s",
	    doc_looks[look].id, suffix, doc_looks[look].id, properties);
}

static void
put_aligned_styles(struct buf *b)
{
	static const enum look cells[] = {
	    LOOK_CELL, LOOK_CELL_SECTION, LOOK_SIGNATURE};

	for (size_t i = 0; i < COUNT_OF(cells); i++)
		for (int a = ALIGN_LEFT; a <= ALIGN_RIGHT; a++) {
			const char *name = align_name((enum align)a);

			buf_fmt(b,
			    "<style:style style:name=\"%s-%s\" "
			    "style:family=\"paragraph\" "
			    "style:parent-style-name=\"%s\">"
			    "<style:paragraph-properties "
			    "fo:text-align=\"%s\"/></style:style>",
			    doc_looks[cells[i]].id, name,
			    doc_looks[cells[i]].id, name);
		}
}

/* Styles that depend on how wide the page's text is. */
static void
put_form_styles(struct buf *b)
{
	static const enum look tabbed[] = {LOOK_REQUISITES, LOOK_PAGE_FOOT};

	for (int i = 0; i < FORMS; i++) {
		int width = doc_text_width(form_of(i));
		char suffix[] = {(char)('0' + i), '\0'};

		for (size_t k = 0; k < COUNT_OF(tabbed); k++) {
			put_derived(b, tabbed[k], suffix, ">");
			buf_fmt(b,
			    "<style:tab-stops><style:tab-stop "
			    "style:position=\"%dmm\" style:type=\"right\"/>"
			    "</style:tab-stops></style:paragraph-properties>"
			    "</style:style>",
			    width);
		}
		put_derived(b, LOOK_APPROVED, suffix, "");
		buf_fmt(
		    b, " fo:margin-left=\"%dmm\"/></style:style>", width / 2);
	}
}

#define FRAME "fo:border=\"0.5pt solid #000000\" "
#define CELL_STYLE(name, properties)                                           \
	"<style:style style:name=\"" name "\" style:family=\"table-cell\">"    \
	"<style:table-cell-properties " properties "/></style:style>"
#define LEVEL(n, levels)                                                       \
	"<text:list-level-style-number text:level=\"" n "\" "                  \
	"style:num-format=\"1\" style:num-suffix=\".\" "                       \
	"text:display-levels=\"" levels "\">" LEVEL_PLACE                      \
	"</text:list-level-style-number>"
#define LEVEL_PLACE                                                            \
	"<style:list-level-properties "                                        \
	"text:list-level-position-and-space-mode=\"label-alignment\">"         \
	"<style:list-level-label-alignment text:label-followed-by=\"space\" "  \
	"fo:text-indent=\"12.5mm\" fo:margin-left=\"0mm\"/>"                   \
	"</style:list-level-properties>"

/* Used from content.xml, so they stand among its automatic styles. */
static const char shared_styles[] =
    "<style:style style:name=\"Row\" style:family=\"table-row\">"
    "<style:table-row-properties "
    "fo:keep-together=\"always\"/></style:style>" CELL_STYLE("Frame",
	FRAME "fo:padding-left=\"1.4mm\" "
	      "fo:padding-right=\"1.4mm\" "
	      "fo:padding-top=\"0.5mm\" "
	      "fo:padding-bottom=\"0.5mm\"") CELL_STYLE("FrameHead",
	FRAME "fo:padding-left=\"1.4mm\" "
	      "fo:padding-right=\"1.4mm\" "
	      "fo:padding-top=\"0.5mm\" "
	      "fo:padding-bottom=\"0.5mm\" "
	      "style:vertical-align=\"middle\"") CELL_STYLE("Bare",
	"fo:border=\"none\" fo:padding=\"0mm\" "
	"style:vertical-align=\"bottom\"") CELL_STYLE("Line",
	"fo:border-bottom=\"0.5pt solid #000000\" "
	"fo:padding=\"0mm\" style:vertical-align=\"bottom\"") "<text:list-"
							      "style "
							      "style:name="
							      "\"Clauses\""
							      ">" LEVEL("1",
								  "1") LEVEL("2",
								  "2") "</"
								       "text:"
								       "list-"
								       "style><"
								       "text:"
								       "list-"
								       "style "
								       "style:"
								       "name="
								       "\"Bulle"
								       "ts\">"
								       "<text:"
								       "list-"
								       "level-"
								       "style-"
								       "bullet "
								       "text:"
								       "level="
								       "\"1\" "
								       "text:"
								       "bullet-"
								       "char="
								       "\"–\""
								       ">" LEVEL_PLACE
								       "</"
								       "text:"
								       "list-"
								       "level-"
								       "style-"
								       "bullet>"
								       "</"
								       "text:"
								       "list-"
								       "style>";

static void
put_page_layout(struct buf *b, int form)
{
	struct doc_page p = doc_page_of(form_of(form));

	buf_fmt(b,
	    "<style:page-layout style:name=\"L%d\">"
	    "<style:page-layout-properties fo:page-width=\"%dmm\" "
	    "fo:page-height=\"%dmm\" style:print-orientation=\"%s\" "
	    "fo:margin-left=\"%dmm\" fo:margin-right=\"%dmm\" "
	    "fo:margin-top=\"%dmm\" fo:margin-bottom=\"%dmm\"/>"
	    "<style:header-style><style:header-footer-properties "
	    "fo:min-height=\"%dmm\" fo:margin-bottom=\"2mm\"/>"
	    "</style:header-style>"
	    "<style:footer-style><style:header-footer-properties "
	    "fo:min-height=\"%dmm\" fo:margin-top=\"2mm\"/>"
	    "</style:footer-style></style:page-layout>",
	    form, p.width, p.height,
	    form_of(form).landscape ? "landscape" : "portrait", p.left, p.right,
	    PAGE_HEAD_AT, PAGE_FOOT_AT, p.top - PAGE_HEAD_AT,
	    p.bottom - PAGE_FOOT_AT);
}

/* next: the pages behind it, or NULL; the first of all has no running head. */
static void
put_master_page(
    struct odt *o, struct buf *b, const char *name, int form, const char *next)
{
	buf_fmt(b,
	    "<style:master-page style:name=\"%s\" "
	    "style:page-layout-name=\"L%d\"",
	    name, form);
	if (next)
		buf_fmt(b, " style:next-style-name=\"%s\"", next);
	buf_fmt(b, "><style:header><text:p text:style-name=\"%s\">",
	    doc_looks[LOOK_PAGE_HEAD].id);
	if (!next)
		put_lines(b, o->doc->head.organisation);
	buf_fmt(b,
	    "</text:p></style:header><style:footer>"
	    "<text:p text:style-name=\"%s%d\">",
	    doc_looks[LOOK_PAGE_FOOT].id, form);
	put_lines(b, o->doc->head.footer);
	buf_c(b, "<text:tab/><text:page-number text:select-page=\"current\">1"
		 "</text:page-number>" PAGE_OF
		 "<text:page-count>1</text:page-count></text:p></style:footer>"
		 "</style:master-page>");
}

static void
put_master_pages(struct odt *o, struct buf *b)
{
	struct doc_form form = {o->doc->head.landscape, o->doc->head.a3};
	int first = form_index(form);

	put_master_page(o, b, FIRST_PAGE, first, form_names[first]);
	for (int i = 0; i < FORMS; i++)
		put_master_page(o, b, form_names[i], i, NULL);
}

static struct str
styles(struct odt *o)
{
	struct buf b = buf_open(o->mem, 0);

	buf_c(&b, XML_HEAD
	    "<office:document-styles" NAMESPACES ">" FONT
	    "<office:styles><style:default-style "
	    "style:family=\"paragraph\"><style:text-properties "
	    "style:font-name=\"Serif\" fo:font-size=\"14pt\" "
	    "fo:language=\"ru\" fo:country=\"RU\"/></style:default-style>"
	    "<style:style style:name=\"Standard\" "
	    "style:family=\"paragraph\" style:class=\"text\">"
	    "<style:paragraph-properties fo:orphans=\"2\" "
	    "fo:widows=\"2\"/></style:style>");
	for (int look = 0; look < LOOK_COUNT; look++)
		put_look(&b, (enum look)look);
	put_aligned_styles(&b);
	put_form_styles(&b);
	buf_c(&b, "</office:styles><office:automatic-styles>");
	for (int i = 0; i < FORMS; i++)
		put_page_layout(&b, i);
	buf_c(&b, "</office:automatic-styles><office:master-styles>");
	put_master_pages(o, &b);
	buf_c(&b, "</office:master-styles></office:document-styles>");
	return buf_str(&b);
}

/* ---- the package --------------------------------------------------------- */

static void
put_content(struct zip_out *zip, const struct odt *o)
{
	zip_out_part(zip, "content.xml", ZIP_PACKED);
	zip_out_put(zip, S(XML_HEAD "<office:document-content" NAMESPACES
				    ">" FONT "<office:automatic-styles>"));
	zip_out_put(zip, str_of(shared_styles));
	zip_out_put(zip, buf_str(&o->automatic));
	zip_out_put(
	    zip, S("</office:automatic-styles><office:body><office:text>"));
	zip_out_put(zip, buf_str(&o->body));
	zip_out_put(
	    zip, S("</office:text></office:body></office:document-content>"));
}

static struct str
meta(struct odt *o)
{
	struct buf b = buf_open(o->mem, 0);
	char day[DATE_TEXT];

	(void)date_iso(o->doc->head.made_on, day);
	buf_c(&b, XML_HEAD "<office:document-meta" NAMESPACES
			   "><office:meta><dc:title>");
	xml_put(&b, o->doc->head.title);
	buf_c(&b, "</dc:title><meta:initial-creator>");
	xml_put(&b, o->doc->head.organisation);
	buf_fmt(&b,
	    "</meta:initial-creator><meta:creation-date>%sT12:00:00"
	    "</meta:creation-date><dc:language>ru-RU</dc:language>"
	    "</office:meta></office:document-meta>",
	    day);
	return buf_str(&b);
}

#define MIMETYPE "application/vnd.oasis.opendocument.text"

static void
put_entry(struct buf *b, const char *path, const char *type)
{
	buf_fmt(b,
	    "<manifest:file-entry manifest:full-path=\"%s\" "
	    "manifest:media-type=\"%s\"/>",
	    path, type);
}

static const char *
picture_name(struct odt *o, size_t n)
{
	return arena_cstr(
	    o->mem, arena_fmt(o->mem, "Pictures/picture%zu.png", n));
}

static struct str
manifest(struct odt *o)
{
	struct buf b = buf_open(o->mem, 0);

	buf_c(&b, XML_HEAD "<manifest:manifest xmlns:manifest=\"" OASIS
			   "manifest:1.0\" manifest:version=\"1.2\">");
	put_entry(&b, "/", MIMETYPE);
	put_entry(&b, "content.xml", "text/xml");
	put_entry(&b, "styles.xml", "text/xml");
	put_entry(&b, "meta.xml", "text/xml");
	for (size_t i = 1; i <= o->pictures.n; i++)
		put_entry(&b, picture_name(o, i), "image/png");
	buf_c(&b, "</manifest:manifest>");
	return buf_str(&b);
}

/* The type stands first and unpacked, so that it is known at a glance. */
static enum rc
pack(struct odt *o, struct buf *out)
{
	struct zip_out *zip = zip_out_open(out);
	size_t n = 0;

	zip_out_part(zip, "mimetype", ZIP_STORED);
	zip_out_put(zip, S(MIMETYPE));
	zip_out_part(zip, "META-INF/manifest.xml", ZIP_PACKED);
	zip_out_put(zip, manifest(o));
	zip_out_part(zip, "meta.xml", ZIP_PACKED);
	zip_out_put(zip, meta(o));
	zip_out_part(zip, "styles.xml", ZIP_PACKED);
	zip_out_put(zip, styles(o));
	put_content(zip, o);
	vec_each(const struct str, png, &o->pictures) {
		zip_out_part(zip, picture_name(o, ++n), ZIP_STORED);
		zip_out_put(zip, *png);
	}
	return zip_out_close(zip);
}

enum rc
doc_write_odt(struct doc *doc, struct buf *out)
{
	struct odt o = {.doc = doc,
	    .mem = doc->mem,
	    .body = buf_open(doc->mem, 0),
	    .automatic = buf_open(doc->mem, 0),
	    .master = FIRST_PAGE};

	vec_each(const struct doc_block, b, &doc->blocks)
		put_block(&o, b);
	if (o.rc != RC_OK)
		return o.rc;
	if (buf_full(&o.body))
		return RC_LIMIT;
	return pack(&o, out);
}
