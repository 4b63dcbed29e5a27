/*
 * doc.h - a document to be printed: a tree of headings, paragraphs, clauses,
 * tables, charts and signatures, written once and printed as DOCX, ODT, PDF
 * and HTML in the manner of ГОСТ Р 7.0.97.
 *
 *	struct doc *doc = doc_open(mem, &(struct doc_head){.title = …});
 *	doc_heading(doc, 1, S("Карточка решения"));
 *	doc_text(doc, DOC_BODY, S("…"));
 *	struct doc_table *t = doc_table(doc, columns, 4);
 *	doc_row(t, DOC_ROW_BODY, cells, 4);
 *	rc = doc_write_docx(doc, &bytes);
 *
 * Text is plain UTF-8; '\n' is a line break.  The tree and all it borrows
 * must live until it is written.
 */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/rc.h"
#include "base/str.h"
#include "fmt/chart.h"

struct doc;
struct doc_table;

struct doc_head {
	struct str title;
	struct str organisation; /* printed in the page head */
	struct str footer;       /* left part of the page foot; pages are added */
	bool landscape;
	bool a3;
	struct date made_on;     /* for the file's properties: no clock here */
};

enum doc_style {
	DOC_BODY,       /* first-line indent, justified */
	DOC_PLAIN,      /* no indent, left */
	DOC_CENTRE,
	DOC_RIGHT,
	DOC_SMALL,      /* notes, sources */
	DOC_CLAUSE_1,   /* "1." numbered by the writer, level 1 */
	DOC_CLAUSE_2,   /* "1.1." */
	DOC_BULLET,
	DOC_STRONG,     /* a paragraph that carries the main message */
};

struct doc_column {
	struct str title;
	uint16_t width;  /* share of the table's width, any unit */
	bool right;      /* numbers */
};

enum doc_row_kind {
	DOC_ROW_BODY,
	DOC_ROW_SECTION, /* one cell over the whole width, bold */
	DOC_ROW_TOTAL,
};

struct doc *doc_open(struct arena *mem, const struct doc_head *head);
void doc_heading(struct doc *doc, int level, struct str text);
void doc_text(struct doc *doc, enum doc_style style, struct str text);
void doc_page_break(struct doc *doc);

/* The "УТВЕРЖДЕНО / приказом … от … № …" block, right half of the page. */
void doc_approved(struct doc *doc, struct str lines);

/* "Начальник управления ________ И. О. Фамилия" */
void doc_signature(struct doc *doc, struct str post, struct str name);
struct doc_table *doc_table(
    struct doc *doc, const struct doc_column *columns, size_t n);
void doc_row(struct doc_table *t, enum doc_row_kind kind,
    const struct str *cells, size_t n);
void doc_chart(struct doc *doc, const struct chart *chart);

NODISCARD enum rc doc_write_docx(struct doc *doc, struct buf *out);
NODISCARD enum rc doc_write_odt(struct doc *doc, struct buf *out);
NODISCARD enum rc doc_write_pdf(struct doc *doc, struct buf *out);

/* The article's inner HTML, for pages; escaped. */
void doc_write_html(struct doc *doc, struct buf *out);
