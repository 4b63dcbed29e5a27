/*
 * doc_docx.c - a document as DOCX: our own parts, in an archive by zlib.
 *
 * The body is written block by block and row by row into a buffer that is
 * emptied into the archive whenever there is enough to pack: a road map of
 * five thousand rows takes no more memory than one of fifty.
 */
#include "fmt/doc_tree.h"
#include "fmt/xml_out.h"
#include "fmt/zip_out.h"

enum {
	FORMS = 4, /* portrait or landscape, A4 or A3 */
	EMU_A_MM = 36000,
	BULLETS = 1,            /* numId of the dashes; clauses follow */
	FIRST_CLAUSES = 2,      /* numId of the first run of clauses */
	BODY_PIECE = 16 * 1024, /* bytes of the body that are packed at once */
};

struct docx {
	struct doc *doc;
	struct arena *mem;
	struct zip_out *zip;
	struct buf body;          /* what the archive did not get yet */
	VEC(struct str) pictures; /* PNG */
	bool breaks_page;         /* the next paragraph begins a page */
	int sections;
	bool uses_form[FORMS];
	enum rc rc;
};

/* Between two elements: a body that is long enough goes into the archive. */
static void
pass_on(struct docx *d, size_t long_enough)
{
	if (d->body.n < long_enough)
		return;
	if (buf_full(&d->body))
		d->rc = RC_LIMIT;
	zip_out_put(d->zip, buf_str(&d->body));
	buf_clear(&d->body);
}

/* Twentieths of a point. */
static int
twips(int tenths_of_mm)
{
	return tenths_of_mm * 1440 / 254;
}

static int
form_index(struct doc_form form)
{
	return (form.landscape ? 1 : 0) + (form.a3 ? 2 : 0);
}

/* ---- text ---------------------------------------------------------------- */

static const char *
jc_of(enum align align)
{
	switch (align) {
	case ALIGN_LEFT:
		return "left";
	case ALIGN_CENTRE:
		return "center";
	case ALIGN_RIGHT:
		return "right";
	case ALIGN_JUSTIFY:
		return "both";
	}
	UNREACHABLE();
}

static bool
has_outer_space(struct str s)
{
	return s.n && (s.p[0] == ' ' || s.p[s.n - 1] == ' ');
}

/* One run; '\n' becomes a line break inside it. */
static void
put_run(struct buf *out, struct str text)
{
	struct str line;
	bool is_first = true;

	if (!text.n)
		return;
	buf_c(out, "<w:r>");
	while (str_split(&text, '\n', &line)) {
		if (!is_first)
			buf_c(out, "<w:br/>");
		is_first = false;
		buf_c(out, has_outer_space(line) ?
			       "<w:t xml:space=\"preserve\">" :
			       "<w:t>");
		xml_put(out, line);
		buf_c(out, "</w:t>");
	}
	buf_c(out, "</w:r>");
}

/* <w:p> up to the properties that differ from paragraph to paragraph. */
static void
open_paragraph(struct docx *d, enum look look)
{
	buf_c(&d->body, "<w:p><w:pPr><w:pStyle w:val=\"");
	buf_c(&d->body, doc_looks[look].id);
	buf_c(&d->body, "\"/>");
	if (d->breaks_page)
		buf_c(&d->body, "<w:pageBreakBefore/>");
	d->breaks_page = false;
}

static void
put_paragraph(struct docx *d, const struct doc_block *b)
{
	open_paragraph(d, b->look);
	if (b->look == LOOK_CLAUSE_1 || b->look == LOOK_CLAUSE_2)
		buf_fmt(&d->body,
		    "<w:numPr><w:ilvl w:val=\"%d\"/><w:numId w:val=\"%u\"/>"
		    "</w:numPr>",
		    b->look == LOOK_CLAUSE_2,
		    (unsigned)(FIRST_CLAUSES + b->list - 1));
	else if (b->look == LOOK_BULLET)
		buf_fmt(&d->body,
		    "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"%d\"/>"
		    "</w:numPr>",
		    BULLETS);
	buf_c(&d->body, "</w:pPr>");
	put_run(&d->body, b->text);
	buf_c(&d->body, "</w:p>");
}

static void
put_gap(struct docx *d)
{
	open_paragraph(d, LOOK_GAP);
	buf_c(&d->body, "</w:pPr></w:p>");
}

/* A table cannot begin a page by itself: a thin line does it for it. */
static void
break_before_table(struct docx *d)
{
	if (d->breaks_page)
		put_gap(d);
}

/* ---- tables -------------------------------------------------------------- */

#define TABLE_BORDER(side)                                                     \
	"<w:" side " w:val=\"single\" w:sz=\"4\" w:space=\"0\" "               \
	"w:color=\"000000\"/>"

static void
open_table(struct docx *d, const struct doc_table *t, const int *ends)
{
	int pad = twips(CELL_PAD), high = twips(CELL_PAD_HIGH);

	buf_fmt(&d->body,
	    "<w:tbl><w:tblPr><w:tblW w:w=\"%d\" "
	    "w:type=\"dxa\"/><w:tblBorders>" TABLE_BORDER("top")
		TABLE_BORDER("left") TABLE_BORDER("bottom")
		    TABLE_BORDER("right") TABLE_BORDER("insideH") TABLE_BORDER(
			"insideV") "</w:tblBorders><w:tblLayout "
				   "w:type=\"fixed\"/><w:tblCellMar>"
				   "<w:top w:w=\"%d\" w:type=\"dxa\"/>"
				   "<w:left w:w=\"%d\" w:type=\"dxa\"/>"
				   "<w:bottom w:w=\"%d\" w:type=\"dxa\"/>"
				   "<w:right w:w=\"%d\" "
				   "w:type=\"dxa\"/></w:tblCellMar></w:tblPr>"
				   "<w:tblGrid>",
	    ends[t->n - 1], high, pad, high, pad);
	for (size_t i = 0; i < t->n; i++)
		buf_fmt(&d->body, "<w:gridCol w:w=\"%d\"/>",
		    ends[i] - (i ? ends[i - 1] : 0));
	buf_c(&d->body, "</w:tblGrid>");
}

/* What stands before a cell's text, made once for a column. */
static struct str
cell_opening(
    struct docx *d, int width, enum look look, enum align align, int span)
{
	struct buf b = buf_open(d->mem, 0);

	buf_fmt(&b, "<w:tc><w:tcPr><w:tcW w:w=\"%d\" w:type=\"dxa\"/>", width);
	if (span > 1)
		buf_fmt(&b, "<w:gridSpan w:val=\"%d\"/>", span);
	if (look == LOOK_CELL_HEAD)
		buf_c(&b, "<w:vAlign w:val=\"center\"/>");
	buf_fmt(&b, "</w:tcPr><w:p><w:pPr><w:pStyle w:val=\"%s\"/>",
	    doc_looks[look].id);
	if (align != doc_looks[look].align)
		buf_fmt(&b, "<w:jc w:val=\"%s\"/>", jc_of(align));
	buf_c(&b, "</w:pPr>");
	return buf_str(&b);
}

static void
put_cell(struct docx *d, struct str opening, struct str text)
{
	buf_put(&d->body, opening);
	put_run(&d->body, text);
	buf_c(&d->body, "</w:p></w:tc>");
}

#define ROW_OPENING "<w:tr><w:trPr><w:cantSplit/></w:trPr>"

static void
put_head_row(struct docx *d, const struct doc_table *t, const int *ends)
{
	buf_c(&d->body, "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
	for (size_t i = 0; i < t->n; i++)
		put_cell(d,
		    cell_opening(d, ends[i] - (i ? ends[i - 1] : 0),
			LOOK_CELL_HEAD, ALIGN_CENTRE, 1),
		    t->columns[i].title);
	buf_c(&d->body, "</w:tr>");
}

static void
put_rows(struct docx *d, const struct doc_table *t, const int *ends)
{
	struct str *body = arena_new(d->mem, struct str, t->n);
	struct str *total = arena_new(d->mem, struct str, t->n);
	struct str section = cell_opening(
	    d, ends[t->n - 1], LOOK_CELL_SECTION, ALIGN_CENTRE, (int)t->n);

	for (size_t i = 0; i < t->n; i++) {
		int width = ends[i] - (i ? ends[i - 1] : 0);
		enum align align = doc_column_align(&t->columns[i]);

		body[i] = cell_opening(d, width, LOOK_CELL, align, 1);
		total[i] = cell_opening(d, width, LOOK_CELL_SECTION, align, 1);
	}
	vec_each(const struct doc_table_row, row, &t->rows) {
		buf_c(&d->body, ROW_OPENING);
		if (row->kind == DOC_ROW_SECTION) {
			put_cell(d, section, row->cells[0]);
		} else {
			const struct str *openings =
			    row->kind == DOC_ROW_TOTAL ? total : body;
			for (size_t i = 0; i < t->n; i++)
				put_cell(d, openings[i], row->cells[i]);
		}
		buf_c(&d->body, "</w:tr>");
		pass_on(d, BODY_PIECE);
	}
}

static void
put_table(struct docx *d, const struct doc_block *b)
{
	int width = twips(doc_text_width(b->form) * 10);
	int *ends = doc_column_ends(d->mem, b->table, width);

	break_before_table(d);
	open_table(d, b->table, ends);
	put_head_row(d, b->table, ends);
	put_rows(d, b->table, ends);
	buf_c(&d->body, "</w:tbl>");
	put_gap(d);
}

/* ---- the other blocks ---------------------------------------------------- */

/* The right half of the page. */
static void
put_approved(struct docx *d, const struct doc_block *b)
{
	open_paragraph(d, LOOK_APPROVED);
	buf_fmt(&d->body, "<w:ind w:left=\"%d\"/></w:pPr>",
	    twips(doc_text_width(b->form) * 5));
	put_run(&d->body, b->text);
	buf_c(&d->body, "</w:p>");
	put_gap(d);
}

static void
put_requisites(struct docx *d, const struct doc_block *b)
{
	open_paragraph(d, LOOK_REQUISITES);
	buf_fmt(&d->body,
	    "<w:tabs><w:tab w:val=\"right\" w:pos=\"%d\"/></w:tabs></w:pPr>",
	    twips(doc_text_width(b->form) * 10));
	put_run(&d->body, b->text);
	buf_c(&d->body, "<w:r><w:tab/></w:r>");
	put_run(&d->body, b->second);
	buf_c(&d->body, "</w:p>");
}

static void
put_sign_cell(
    struct docx *d, int width, bool is_line, enum align align, struct str text)
{
	buf_fmt(&d->body, "<w:tc><w:tcPr><w:tcW w:w=\"%d\" w:type=\"dxa\"/>",
	    width);
	if (is_line)
		buf_c(&d->body,
		    "<w:tcBorders>" TABLE_BORDER("bottom") "</w:tcBorders>");
	buf_fmt(&d->body,
	    "<w:vAlign w:val=\"bottom\"/></w:tcPr><w:p><w:pPr>"
	    "<w:pStyle w:val=\"%s\"/><w:jc w:val=\"%s\"/></w:pPr>",
	    doc_looks[LOOK_SIGNATURE].id, jc_of(align));
	put_run(&d->body, text);
	buf_c(&d->body, "</w:p></w:tc>");
}

/* Post, line and name stand on one base line, however long the post is. */
static void
put_signature(struct docx *d, const struct doc_block *b)
{
	int width = twips(doc_text_width(b->form) * 10);
	int post = width * SIGN_POST / 100, line = width * SIGN_LINE / 100;
	int name = width - post - line;

	put_gap(d);
	put_gap(d);
	buf_fmt(&d->body,
	    "<w:tbl><w:tblPr><w:tblW w:w=\"%d\" w:type=\"dxa\"/>"
	    "<w:tblLayout w:type=\"fixed\"/><w:tblCellMar>"
	    "<w:left w:w=\"0\" w:type=\"dxa\"/>"
	    "<w:right w:w=\"0\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr>"
	    "<w:tblGrid><w:gridCol w:w=\"%d\"/><w:gridCol w:w=\"%d\"/>"
	    "<w:gridCol w:w=\"%d\"/></w:tblGrid>" ROW_OPENING,
	    width, post, line, name);
	put_sign_cell(d, post, false, ALIGN_LEFT, b->text);
	put_sign_cell(d, line, true, ALIGN_LEFT, S(""));
	put_sign_cell(d, name, false, ALIGN_RIGHT, b->second);
	buf_c(&d->body, "</w:tr></w:tbl>");
	put_gap(d);
}

static void
put_figure(struct docx *d, const struct doc_block *b)
{
	struct doc_extent e = doc_figure_extent(&b->figure, b->form);
	struct buf png = buf_open(d->mem, 0);
	int cx = (int)(e.width * EMU_A_MM), cy = (int)(e.height * EMU_A_MM);

	d->rc = doc_figure_png(d->mem, &b->figure, b->form, &png);
	if (d->rc != RC_OK)
		return;
	*vec_push(d->mem, &d->pictures) = buf_str(&png);
	unsigned n = (unsigned)d->pictures.n;
	open_paragraph(d, LOOK_FIGURE);
	buf_fmt(&d->body,
	    "</w:pPr><w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" "
	    "distL=\"0\" distR=\"0\"><wp:extent cx=\"%d\" cy=\"%d\"/>"
	    "<wp:docPr id=\"%u\" name=\"picture %u\" descr=\"",
	    cx, cy, n, n);
	xml_put(&d->body, b->figure.title);
	buf_fmt(&d->body,
	    "\"/><a:graphic><a:graphicData uri=\"http://schemas."
	    "openxmlformats.org/drawingml/2006/picture\"><pic:pic>"
	    "<pic:nvPicPr><pic:cNvPr id=\"%u\" name=\"picture%u.png\"/>"
	    "<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>"
	    "<a:blip r:embed=\"picture%u\"/><a:stretch><a:fillRect/>"
	    "</a:stretch></pic:blipFill><pic:spPr><a:xfrm>"
	    "<a:off x=\"0\" y=\"0\"/><a:ext cx=\"%d\" cy=\"%d\"/></a:xfrm>"
	    "<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr>"
	    "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
	    "</w:r></w:p>",
	    n, n, n, cx, cy);
}

/* ---- sections ------------------------------------------------------------ */

/* The first page of all has no running head, so it has a title page's foot. */
static void
put_section(struct docx *d, struct doc_form form)
{
	struct doc_page p = doc_page_of(form);
	bool is_first = d->sections++ == 0;

	buf_c(&d->body, "<w:sectPr>");
	if (d->doc->head.organisation.n)
		buf_c(&d->body, "<w:headerReference w:type=\"default\" "
				"r:id=\"header\"/>");
	if (is_first)
		buf_fmt(&d->body,
		    "<w:footerReference w:type=\"first\" "
		    "r:id=\"footer%d\"/>",
		    form_index(form));
	buf_fmt(&d->body,
	    "<w:footerReference w:type=\"default\" r:id=\"footer%d\"/>"
	    "<w:pgSz w:w=\"%d\" w:h=\"%d\"%s/>"
	    "<w:pgMar w:top=\"%d\" w:right=\"%d\" w:bottom=\"%d\" "
	    "w:left=\"%d\" w:header=\"%d\" w:footer=\"%d\" w:gutter=\"0\"/>"
	    "%s</w:sectPr>",
	    form_index(form), twips(p.width * 10), twips(p.height * 10),
	    form.landscape ? " w:orient=\"landscape\"" : "", twips(p.top * 10),
	    twips(p.right * 10), twips(p.bottom * 10), twips(p.left * 10),
	    twips(PAGE_HEAD_AT * 10), twips(PAGE_FOOT_AT * 10),
	    is_first ? "<w:titlePg/>" : "");
}

/* before: the form of the pages that end here. */
static void
put_page(struct docx *d, const struct doc_block *b, struct doc_form before)
{
	if (!b->changes_form) {
		d->breaks_page = true;
		return;
	}
	open_paragraph(d, LOOK_GAP);
	put_section(d, before);
	buf_c(&d->body, "</w:pPr></w:p>");
}

static void
put_block(struct docx *d, const struct doc_block *b, struct doc_form before)
{
	switch (b->kind) {
	case DOC_BLOCK_PARAGRAPH:
		put_paragraph(d, b);
		return;
	case DOC_BLOCK_TABLE:
		put_table(d, b);
		return;
	case DOC_BLOCK_FIGURE:
		put_figure(d, b);
		return;
	case DOC_BLOCK_PAGE:
		put_page(d, b, before);
		return;
	case DOC_BLOCK_APPROVED:
		put_approved(d, b);
		return;
	case DOC_BLOCK_REQUISITES:
		put_requisites(d, b);
		return;
	case DOC_BLOCK_SIGNATURE:
		put_signature(d, b);
		return;
	}
	UNREACHABLE();
}

#define W_NAMESPACES                                                           \
	"xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/"   \
	"main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/"   \
	"2006/relationships\""

/* Known before the body is written: the parts are listed ahead of it. */
static void
find_forms(struct docx *d, struct doc_form first)
{
	d->uses_form[form_index(first)] = true;
	vec_each(const struct doc_block, b, &d->doc->blocks)
		d->uses_form[form_index(b->form)] = true;
}

static void
put_body(struct docx *d, struct doc_form form)
{
	buf_c(&d->body,
	    XML_HEAD "<w:document " W_NAMESPACES
		     " xmlns:wp=\"http://schemas.openxmlformats.org/"
		     "drawingml/2006/wordprocessingDrawing\" "
		     "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/"
		     "2006/main\" xmlns:pic=\"http://schemas.openxmlformats."
		     "org/drawingml/2006/picture\"><w:body>");
	vec_each(const struct doc_block, b, &d->doc->blocks) {
		put_block(d, b, form);
		pass_on(d, BODY_PIECE);
		form = b->form;
	}
	put_section(d, form);
	buf_c(&d->body, "</w:body></w:document>");
	pass_on(d, 0);
}

/* ---- styles, numbers, heads and feet ------------------------------------- */

#define FONTS                                                                  \
	"<w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" "   \
	"w:cs=\"Times New Roman\" w:eastAsia=\"Times New Roman\"/>"

/* Word knows these by name and shows them in its own language. */
static bool
is_known_to_word(enum look look)
{
	return (look >= LOOK_HEADING_1 && look <= LOOK_HEADING_3) ||
	       look == LOOK_CAPTION || look == LOOK_PAGE_HEAD ||
	       look == LOOK_PAGE_FOOT;
}

static void
put_style(struct buf *b, enum look look)
{
	const struct look_rules *l = &doc_looks[look];

	buf_fmt(b,
	    "<w:style w:type=\"paragraph\"%s w:styleId=\"%s\">"
	    "<w:name w:val=\"%s\"/><w:basedOn w:val=\"Normal\"/><w:qFormat/>"
	    "<w:pPr>%s<w:spacing w:before=\"%d\" w:after=\"%d\" "
	    "w:line=\"%d\" w:lineRule=\"auto\"/>"
	    "<w:ind w:firstLine=\"%d\"/><w:jc w:val=\"%s\"/>",
	    is_known_to_word(look) ? "" : " w:customStyle=\"1\"", l->id,
	    l->name, l->keeps_next ? "<w:keepNext/>" : "", l->before * 20,
	    l->after * 20, l->line * 240 / 100, twips(l->first),
	    jc_of(l->align));
	if (look >= LOOK_HEADING_1 && look <= LOOK_HEADING_3)
		buf_fmt(b, "<w:outlineLvl w:val=\"%d\"/>",
		    (int)look - LOOK_HEADING_1);
	buf_fmt(b,
	    "</w:pPr><w:rPr>%s%s<w:sz w:val=\"%d\"/><w:szCs w:val=\"%d\"/>"
	    "</w:rPr></w:style>",
	    l->is_bold ? "<w:b/>" : "", l->is_italic ? "<w:i/>" : "",
	    l->size * 2, l->size * 2);
}

static struct str
styles(struct docx *d)
{
	struct buf b = buf_open(d->mem, 0);

	buf_c(&b, XML_HEAD
	    "<w:styles " W_NAMESPACES
	    "><w:docDefaults><w:rPrDefault><w:rPr>" FONTS
	    "<w:sz w:val=\"28\"/><w:szCs w:val=\"28\"/>"
	    "<w:lang w:val=\"ru-RU\"/></w:rPr></w:rPrDefault>"
	    "<w:pPrDefault/></w:docDefaults>"
	    "<w:style w:type=\"paragraph\" w:default=\"1\" "
	    "w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/>"
	    "</w:style>");
	for (int look = 0; look < LOOK_COUNT; look++)
		put_style(&b, (enum look)look);
	buf_c(&b, "</w:styles>");
	return buf_str(&b);
}

/* The number stands at the first-line indent, a space behind it. */
static void
put_level(struct buf *b, int level, const char *format, const char *text)
{
	buf_fmt(b,
	    "<w:lvl w:ilvl=\"%d\"><w:start w:val=\"1\"/>"
	    "<w:numFmt w:val=\"%s\"/><w:suff w:val=\"space\"/>"
	    "<w:lvlText w:val=\"%s\"/><w:lvlJc w:val=\"left\"/>"
	    "<w:pPr><w:ind w:left=\"0\" w:firstLine=\"%d\"/></w:pPr></w:lvl>",
	    level, format, text, twips(doc_looks[LOOK_CLAUSE_1].first));
}

static struct str
numbering(struct docx *d)
{
	struct buf b = buf_open(d->mem, 0);

	buf_c(&b, XML_HEAD "<w:numbering " W_NAMESPACES
			   "><w:abstractNum w:abstractNumId=\"0\">"
			   "<w:multiLevelType w:val=\"singleLevel\"/>");
	put_level(&b, 0, "bullet", "–");
	buf_c(&b, "</w:abstractNum><w:abstractNum w:abstractNumId=\"1\">"
		  "<w:multiLevelType w:val=\"multilevel\"/>");
	put_level(&b, 0, "decimal", "%1.");
	put_level(&b, 1, "decimal", "%1.%2.");
	buf_fmt(&b,
	    "</w:abstractNum><w:num w:numId=\"%d\">"
	    "<w:abstractNumId w:val=\"0\"/></w:num>",
	    BULLETS);
	for (uint32_t i = 0; i < d->doc->lists; i++)
		buf_fmt(&b,
		    "<w:num w:numId=\"%u\"><w:abstractNumId w:val=\"1\"/>"
		    "<w:lvlOverride w:ilvl=\"0\">"
		    "<w:startOverride w:val=\"1\"/></w:lvlOverride></w:num>",
		    (unsigned)(FIRST_CLAUSES + i));
	buf_c(&b, "</w:numbering>");
	return buf_str(&b);
}

static struct str
page_head(struct docx *d)
{
	struct buf b = buf_open(d->mem, 0);

	buf_fmt(&b,
	    XML_HEAD "<w:hdr " W_NAMESPACES
		     "><w:p><w:pPr><w:pStyle w:val=\"%s\"/></w:pPr>",
	    doc_looks[LOOK_PAGE_HEAD].id);
	put_run(&b, d->doc->head.organisation);
	buf_c(&b, "</w:p></w:hdr>");
	return buf_str(&b);
}

static void
put_field(struct buf *b, const char *code)
{
	buf_fmt(b,
	    "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>"
	    "<w:r><w:instrText xml:space=\"preserve\"> %s </w:instrText></w:r>"
	    "<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>"
	    "<w:r><w:t>1</w:t></w:r>"
	    "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>",
	    code);
}

static struct str
page_foot(struct docx *d, struct doc_form form)
{
	struct buf b = buf_open(d->mem, 0);

	buf_fmt(&b,
	    XML_HEAD "<w:ftr " W_NAMESPACES
		     "><w:p><w:pPr><w:pStyle w:val=\"%s\"/><w:tabs>"
		     "<w:tab w:val=\"right\" w:pos=\"%d\"/></w:tabs></w:pPr>",
	    doc_looks[LOOK_PAGE_FOOT].id, twips(doc_text_width(form) * 10));
	put_run(&b, d->doc->head.footer);
	buf_c(&b, "<w:r><w:tab/></w:r>");
	put_field(&b, "PAGE");
	put_run(&b, S(PAGE_OF));
	put_field(&b, "NUMPAGES");
	buf_c(&b, "</w:p></w:ftr>");
	return buf_str(&b);
}

/* ---- the package --------------------------------------------------------- */

#define OOXML "http://schemas.openxmlformats.org/"
#define RELATIONS                                                              \
	XML_HEAD "<Relationships xmlns=\"" OOXML "package/2006/"               \
		 "relationships\">"

static const char package_relations[] =
    RELATIONS "<Relationship Id=\"document\" Type=\"" OOXML
	      "officeDocument/2006/relationships/officeDocument\" "
	      "Target=\"word/document.xml\"/>"
	      "<Relationship Id=\"core\" Type=\"" OOXML
	      "package/2006/relationships/metadata/core-properties\" "
	      "Target=\"docProps/core.xml\"/></Relationships>";

/* Update of fields is not asked for: Word counts pages by itself. */
static const char settings[] =
    XML_HEAD "<w:settings " W_NAMESPACES "><w:defaultTabStop w:val=\"709\"/>"
	     "<w:compat><w:compatSetting w:name=\"compatibilityMode\" "
	     "w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/>"
	     "</w:compat></w:settings>";

static void
put_relation(
    struct buf *b, const char *id, const char *type, const char *target)
{
	buf_fmt(b,
	    "<Relationship Id=\"%s\" Type=\"" OOXML
	    "officeDocument/2006/relationships/%s\" Target=\"%s\"/>",
	    id, type, target);
}

static struct str
document_relations(struct docx *d)
{
	struct buf b = buf_open(d->mem, 0);

	buf_c(&b, RELATIONS);
	put_relation(&b, "styles", "styles", "styles.xml");
	put_relation(&b, "numbering", "numbering", "numbering.xml");
	put_relation(&b, "settings", "settings", "settings.xml");
	if (d->doc->head.organisation.n)
		put_relation(&b, "header", "header", "header.xml");
	for (int i = 0; i < FORMS; i++)
		if (d->uses_form[i])
			buf_fmt(&b,
			    "<Relationship Id=\"footer%d\" Type=\"" OOXML
			    "officeDocument/2006/relationships/footer\" "
			    "Target=\"footer%d.xml\"/>",
			    i, i);
	for (unsigned i = 1; i <= d->pictures.n; i++)
		buf_fmt(&b,
		    "<Relationship Id=\"picture%u\" Type=\"" OOXML
		    "officeDocument/2006/relationships/image\" "
		    "Target=\"media/picture%u.png\"/>",
		    i, i);
	buf_c(&b, "</Relationships>");
	return buf_str(&b);
}

#define WORD_TYPE                                                              \
	"application/vnd.openxmlformats-officedocument.wordprocessingml."

static struct str
content_types(struct docx *d)
{
	static const struct {
		const char *part, *type;
	} parts[] = {
	    {"/word/document.xml", WORD_TYPE "document.main+xml"},
	    {"/word/styles.xml", WORD_TYPE "styles+xml"},
	    {"/word/numbering.xml", WORD_TYPE "numbering+xml"},
	    {"/word/settings.xml", WORD_TYPE "settings+xml"},
	    {"/docProps/core.xml",
		"application/vnd.openxmlformats-package.core-properties+xml"},
	};
	struct buf b = buf_open(d->mem, 0);

	buf_c(&b,
	    XML_HEAD "<Types xmlns=\"" OOXML "package/2006/content-types\">"
		     "<Default Extension=\"rels\" ContentType=\"application/"
		     "vnd.openxmlformats-package.relationships+xml\"/>"
		     "<Default Extension=\"xml\" "
		     "ContentType=\"application/xml\"/>"
		     "<Default Extension=\"png\" ContentType=\"image/png\"/>");
	for (size_t i = 0; i < COUNT_OF(parts); i++)
		buf_fmt(&b, "<Override PartName=\"%s\" ContentType=\"%s\"/>",
		    parts[i].part, parts[i].type);
	if (d->doc->head.organisation.n)
		buf_c(&b, "<Override PartName=\"/word/header.xml\" "
			  "ContentType=\"" WORD_TYPE "header+xml\"/>");
	for (int i = 0; i < FORMS; i++)
		if (d->uses_form[i])
			buf_fmt(&b,
			    "<Override PartName=\"/word/footer%d.xml\" "
			    "ContentType=\"" WORD_TYPE "footer+xml\"/>",
			    i);
	buf_c(&b, "</Types>");
	return buf_str(&b);
}

static struct str
core_properties(struct docx *d)
{
	struct buf b = buf_open(d->mem, 0);
	char day[DATE_TEXT];

	(void)date_iso(d->doc->head.made_on, day);
	buf_c(&b,
	    XML_HEAD "<cp:coreProperties xmlns:cp=\"" OOXML
		     "package/2006/metadata/core-properties\" "
		     "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
		     "xmlns:dcterms=\"http://purl.org/dc/terms/\" "
		     "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">"
		     "<dc:title>");
	xml_put(&b, d->doc->head.title);
	buf_c(&b, "</dc:title><dc:creator>");
	xml_put(&b, d->doc->head.organisation);
	buf_fmt(&b,
	    "</dc:creator><dc:language>ru-RU</dc:language>"
	    "<dcterms:created xsi:type=\"dcterms:W3CDTF\">%sT12:00:00Z"
	    "</dcterms:created><dcterms:modified "
	    "xsi:type=\"dcterms:W3CDTF\">%sT12:00:00Z</dcterms:modified>"
	    "</cp:coreProperties>",
	    day, day);
	return buf_str(&b);
}

/* "word/footer" 2 ".xml" */
static const char *
part_name(struct docx *d, const char *head, unsigned n, const char *tail)
{
	return arena_cstr(d->mem, arena_fmt(d->mem, "%s%u%s", head, n, tail));
}

static void
put_part(struct docx *d, const char *name, struct str bytes)
{
	zip_out_part(d->zip, name, ZIP_PACKED);
	zip_out_put(d->zip, bytes);
}

static void
put_heads_and_feet(struct docx *d)
{
	if (d->doc->head.organisation.n)
		put_part(d, "word/header.xml", page_head(d));
	for (int i = 0; i < FORMS; i++) {
		struct doc_form form = {i % 2 == 1, i >= 2};

		if (d->uses_form[i])
			put_part(d,
			    part_name(d, "word/footer", (unsigned)i, ".xml"),
			    page_foot(d, form));
	}
}

static void
put_pictures(struct docx *d)
{
	unsigned n = 0;

	vec_each(const struct str, png, &d->pictures) {
		zip_out_part(d->zip,
		    part_name(d, "word/media/picture", ++n, ".png"),
		    ZIP_STORED);
		zip_out_put(d->zip, *png);
	}
}

/* The list of types stands first: by it the kind of file is known. */
enum rc
doc_write_docx(struct doc *doc, struct buf *out)
{
	struct doc_form first = {doc->head.landscape, doc->head.a3};
	struct docx d = {.doc = doc,
	    .mem = doc->mem,
	    .zip = zip_out_open(out),
	    .body = buf_open(doc->mem, 0)};

	buf_reserve(&d.body, BODY_PIECE + BODY_PIECE / 4);
	find_forms(&d, first);
	put_part(&d, "[Content_Types].xml", content_types(&d));
	put_part(&d, "_rels/.rels", S(package_relations));
	put_part(&d, "docProps/core.xml", core_properties(&d));
	zip_out_part(d.zip, "word/document.xml", ZIP_PACKED);
	put_body(&d, first);
	put_part(&d, "word/_rels/document.xml.rels", document_relations(&d));
	put_part(&d, "word/styles.xml", styles(&d));
	put_part(&d, "word/numbering.xml", numbering(&d));
	put_part(&d, "word/settings.xml", S(settings));
	put_heads_and_feet(&d);
	put_pictures(&d);

	enum rc packed = zip_out_close(d.zip);
	return d.rc != RC_OK ? d.rc : packed;
}
