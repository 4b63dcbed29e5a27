/*
 * doc.h - a document to be printed: a tree of headings, paragraphs, clauses,
 * tables, pictures and signatures, written once and printed as DOCX, ODT, PDF
 * and HTML in the manner of ГОСТ Р 7.0.97.
 *
 *	struct doc *doc = doc_open(mem, &(struct doc_head){.title = …});
 *	doc_heading(doc, 1, S("Карточка решения"));
 *	doc_text(doc, DOC_BODY, S("…"));
 *	struct doc_table *t = doc_table(doc, columns, 4);
 *	doc_row(t, DOC_ROW_BODY, cells, 4);
 *	rc = doc_write(doc, DOC_DOCX, &bytes);
 *
 * Margins are 30, 15, 20 and 20 mm (left, right, top, bottom); a page that
 * lies turns with its margins, so that its upper edge goes into the binding.
 * Text is set in a Times-metric serif, 14 pt, tables in 12 pt; their heads
 * are repeated on every page, rows are not split.
 *
 * Text is plain UTF-8; '\n' is a line break, '\t' a space.  The tree and all
 * it borrows must live until it is written.  The same tree gives the same
 * bytes.
 */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/rc.h"
#include "base/str.h"
#include "fmt/chart.h"
#include "fmt/ribbon.h"

struct doc;
struct doc_table;

struct doc_head {
	struct str title;        /* of the file; not printed by itself */
	struct str organisation; /* printed in the page head */
	struct str footer;       /* left part of the page foot; "3 из 12" is added */
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
	uint16_t width;  /* share of the table's width, any unit; all 0: equal */
	bool right;      /* numbers */
	bool centre;     /* "№", states */
};

enum doc_row_kind {
	DOC_ROW_BODY,
	DOC_ROW_SECTION, /* one cell over the whole width, bold */
	DOC_ROW_TOTAL,
};

struct doc *doc_open(struct arena *mem, const struct doc_head *head);

/* level: 1 the document or a part, 2, 3. */
void doc_heading(struct doc *doc, int level, struct str text);
void doc_text(struct doc *doc, enum doc_style style, struct str text);

/* Clauses after this begin with "1." again: an appendix, another order. */
void doc_restart_clauses(struct doc *doc);

void doc_page_break(struct doc *doc);

/* A new page, and from it on pages of this form: an appendix that lies. */
void doc_page_form(struct doc *doc, bool landscape, bool a3);

/* The "УТВЕРЖДЕНО / приказом … от … № …" block, right half of the page. */
void doc_approved(struct doc *doc, struct str lines);

/* One line with two ends: "05.03.2027" and "№ 112". */
void doc_requisites(struct doc *doc, struct str left, struct str right);

/* "Начальник управления ________ И. О. Фамилия" */
void doc_signature(struct doc *doc, struct str post, struct str name);

struct doc_table *doc_table(
    struct doc *doc, const struct doc_column *columns, size_t n);

/* DOC_ROW_SECTION takes one cell; missing cells at the end are empty. */
void doc_row(struct doc_table *t, enum doc_row_kind kind,
    const struct str *cells, size_t n);

/* Pictures are as wide as the text; their title is printed above them. */
void doc_chart(struct doc *doc, const struct chart *chart);
void doc_heat(struct doc *doc, const struct heat *heat);
void doc_ribbon(struct doc *doc, const struct ribbon *ribbon);

enum doc_format { DOC_UNKNOWN, DOC_DOCX, DOC_ODT, DOC_PDF, DOC_HTML };

/* By the ending of a file's name: "отчёт.docx". */
enum doc_format doc_format_of(struct str file_name);

/* RC_LIMIT when out is full, RC_FAILED when a library fails; then what out
 * got is not to be used. */
NODISCARD enum rc doc_write(
    struct doc *doc, enum doc_format format, struct buf *out);
NODISCARD enum rc doc_write_docx(struct doc *doc, struct buf *out);
NODISCARD enum rc doc_write_odt(struct doc *doc, struct buf *out);
NODISCARD enum rc doc_write_pdf(struct doc *doc, struct buf *out);

/* The article's inner HTML, for pages (inside class "sheet"); escaped. */
void doc_write_html(struct doc *doc, struct buf *out);
