/*
 * doc_html.c - a document as the inner HTML of a page's article, in the
 * classes of the style sheet (".sheet": ctr, lft, rgt, app, req, sign …).
 *
 * Numbers of clauses are text, so that they are copied with it and stay right
 * when a table stands between two clauses.
 */
#include "fmt/doc_tree.h"
#include "fmt/xml_out.h"

/* Text with <br> for its line breaks. */
static void
put_lines(struct buf *out, struct str text)
{
	struct str line;
	bool is_first = true;

	while (str_split(&text, '\n', &line)) {
		if (!is_first)
			buf_c(out, "<br>");
		is_first = false;
		xml_put(out, line);
	}
}

static void
put_element(struct buf *out, const char *tag, const char *css, struct str text)
{
	if (*css)
		buf_fmt(out, "<%s class=\"%s\">", tag, css);
	else
		buf_fmt(out, "<%s>", tag);
	put_lines(out, text);
	buf_fmt(out, "</%s>\n", tag);
}

static const struct {
	const char *tag, *css;
} elements[LOOK_COUNT] = {
    [LOOK_BODY] = {"p", ""},
    [LOOK_PLAIN] = {"p", "lft"},
    [LOOK_CENTRE] = {"p", "ctr"},
    [LOOK_RIGHT] = {"p", "rgt"},
    [LOOK_SMALL] = {"p", "lft small"},
    [LOOK_CLAUSE_1] = {"p", ""},
    [LOOK_CLAUSE_2] = {"p", ""},
    [LOOK_BULLET] = {"p", ""},
    [LOOK_STRONG] = {"p", "lft strong"},
    [LOOK_HEADING_1] = {"h1", ""},
    [LOOK_HEADING_2] = {"h2", ""},
    [LOOK_HEADING_3] = {"h3", ""},
    [LOOK_CAPTION] = {"p", "lft cap"},
};

static void
put_paragraph(struct buf *out, const struct doc_block *b)
{
	const char *tag = elements[b->look].tag;
	const char *css = elements[b->look].css;

	MUST(tag);
	if (!b->label.n) {
		put_element(out, tag, css, b->text);
		return;
	}
	buf_fmt(out, "<p>%.*s ", STR_ARG(b->label));
	put_lines(out, b->text);
	buf_c(out, "</p>\n");
}

static const char *
align_class(enum align align)
{
	return align == ALIGN_RIGHT ? "r" : align == ALIGN_CENTRE ? "c" : "";
}

static void
put_row(struct buf *out, const struct doc_table *t,
    const struct doc_table_row *row)
{
	switch (row->kind) {
	case DOC_ROW_SECTION:
		buf_fmt(out,
		    "<tr class=\"group\"><th scope=\"rowgroup\" "
		    "colspan=\"%zu\">",
		    t->n);
		put_lines(out, row->cells[0]);
		buf_c(out, "</th></tr>\n");
		return;
	case DOC_ROW_TOTAL:
	case DOC_ROW_BODY:
		buf_c(out,
		    row->kind == DOC_ROW_TOTAL ? "<tr class=\"total\">"
					       : "<tr>");
		for (size_t i = 0; i < t->n; i++) {
			const char *css =
			    align_class(doc_column_align(&t->columns[i]));

			buf_fmt(out, *css ? "<td class=\"%s\">" : "<td>%s",
			    css);
			put_lines(out, row->cells[i]);
			buf_c(out, "</td>");
		}
		buf_c(out, "</tr>\n");
		return;
	}
	UNREACHABLE();
}

static void
put_table(struct buf *out, const struct doc_table *t)
{
	buf_c(out, "<table>\n<thead><tr>");
	for (size_t i = 0; i < t->n; i++) {
		buf_c(out, "<th scope=\"col\">");
		put_lines(out, t->columns[i].title);
		buf_c(out, "</th>");
	}
	buf_c(out, "</tr></thead>\n<tbody>\n");
	vec_each (const struct doc_table_row, row, &t->rows)
		put_row(out, t, row);
	buf_c(out, "</tbody>\n</table>\n");
}

static void
put_figure(struct buf *out, const struct doc_block *b)
{
	struct canvas_size size = doc_figure_size(&b->figure, b->form);
	bool is_ribbon = b->figure.kind == DOC_FIGURE_RIBBON;

	buf_c(out, "<figure class=\"fig\">");
	struct canvas on = canvas_svg_open(
	    out, size, is_ribbon ? "chart ribbon" : "chart", b->figure.title);
	doc_figure_draw(&b->figure, &on);
	canvas_svg_close(&on);
	buf_c(out, "</figure>\n");
}

static void
put_block(struct buf *out, const struct doc_block *b)
{
	switch (b->kind) {
	case DOC_BLOCK_PARAGRAPH:
		put_paragraph(out, b);
		return;
	case DOC_BLOCK_TABLE:
		put_table(out, b->table);
		return;
	case DOC_BLOCK_FIGURE:
		put_figure(out, b);
		return;
	case DOC_BLOCK_PAGE:
		buf_c(out, "<hr class=\"page\">\n");
		return;
	case DOC_BLOCK_APPROVED:
		buf_c(out, "<div class=\"app\">");
		put_element(out, "p", "", b->text);
		buf_c(out, "</div>\n");
		return;
	case DOC_BLOCK_REQUISITES:
		buf_c(out, "<p class=\"req\"><span>");
		xml_put(out, b->text);
		buf_c(out, "</span> <span>");
		xml_put(out, b->second);
		buf_c(out, "</span></p>\n");
		return;
	case DOC_BLOCK_SIGNATURE:
		buf_c(out, "<div class=\"sign\">");
		put_element(out, "p", "", b->text);
		put_element(out, "p", "line", S(""));
		put_element(out, "p", "", b->second);
		buf_c(out, "</div>\n");
		return;
	}
	UNREACHABLE();
}

void
doc_write_html(struct doc *doc, struct buf *out)
{
	vec_each (const struct doc_block, b, &doc->blocks)
		put_block(out, b);
}
