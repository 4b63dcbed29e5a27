/*
 * doc_tree.h - the document as its writers see it (doc.h is for the others):
 * the blocks in order, the looks of paragraphs and the measures of pages, each
 * written down once for all four formats.
 */
#pragma once

#include "base/vec.h"
#include "fmt/canvas.h"
#include "fmt/doc.h"

/* ---- blocks -------------------------------------------------------------- */

/* Every kind of paragraph there is; a heading, a cell is one too. */
enum look {
	LOOK_BODY,
	LOOK_PLAIN,
	LOOK_CENTRE,
	LOOK_RIGHT,
	LOOK_SMALL,
	LOOK_CLAUSE_1,
	LOOK_CLAUSE_2,
	LOOK_BULLET,
	LOOK_STRONG,
	LOOK_HEADING_1,
	LOOK_HEADING_2,
	LOOK_HEADING_3,
	LOOK_APPROVED,
	LOOK_REQUISITES,
	LOOK_SIGNATURE,
	LOOK_CAPTION,
	LOOK_FIGURE,
	LOOK_CELL,
	LOOK_CELL_HEAD,
	LOOK_CELL_SECTION,
	LOOK_PAGE_HEAD,
	LOOK_PAGE_FOOT,
	LOOK_GAP, /* a thin empty line: behind a table, between sections */
	LOOK_COUNT
};

enum align { ALIGN_LEFT, ALIGN_CENTRE, ALIGN_RIGHT, ALIGN_JUSTIFY };

struct look_rules {
	const char *id;   /* in the files */
	const char *name; /* in Word's list of styles */
	uint8_t size;     /* points */
	bool is_bold;
	bool is_italic;
	enum align align;
	uint8_t first;  /* indent of the first line, tenths of a millimetre */
	uint8_t before; /* points */
	uint8_t after;  /* points */
	uint8_t line;   /* percent of the font's own line */
	bool keeps_next; /* not the last thing on a page */
};

extern const struct look_rules doc_looks[LOOK_COUNT];

enum doc_block_kind {
	DOC_BLOCK_PARAGRAPH, /* text, headings, clauses, captions */
	DOC_BLOCK_TABLE,
	DOC_BLOCK_FIGURE,
	DOC_BLOCK_PAGE, /* a new page, perhaps of another form */
	DOC_BLOCK_APPROVED,
	DOC_BLOCK_REQUISITES,
	DOC_BLOCK_SIGNATURE,
};

struct doc_form {
	bool landscape;
	bool a3;
};

enum doc_figure_kind { DOC_FIGURE_CHART, DOC_FIGURE_HEAT, DOC_FIGURE_RIBBON };

struct doc_figure {
	enum doc_figure_kind kind;
	struct str title; /* for those who do not see it */
	const struct chart *chart;
	const struct heat *heat;
	const struct ribbon *ribbon;
};

struct doc_block {
	enum doc_block_kind kind;
	enum look look;    /* PARAGRAPH */
	struct str text;   /* also: lines, left part, post */
	struct str second; /* right part, name */
	struct str label;  /* clauses and bullets: "2.1.", "–" */
	uint32_t list;     /* clauses: the run of numbers, from 1 */
	struct doc_table *table;
	struct doc_figure figure;
	struct doc_form form; /* of the page it stands on; PAGE: the new one */
	bool changes_form;    /* PAGE */
};

struct doc_table_row {
	enum doc_row_kind kind;
	struct str *cells; /* as many as columns; SECTION: one */
};

struct doc_table {
	struct arena *mem;
	const struct doc_column *columns;
	size_t n;
	VEC(struct doc_table_row) rows;
};

struct doc {
	struct arena *mem;
	struct doc_head head;
	struct doc_form form; /* of the page being filled */
	VEC(struct doc_block) blocks;
	uint32_t lists; /* runs of numbered clauses so far, at least 1 */
	int clause_1, clause_2;
};

/* ---- pages --------------------------------------------------------------- */

/* Whole millimetres. */
struct doc_page {
	int width, height;
	int left, right, top, bottom; /* margins */
};

enum {
	PAGE_HEAD_AT = 10,  /* mm from the upper edge */
	PAGE_FOOT_AT = 7,   /* mm from the lower edge */
	CELL_PAD = 14,      /* tenths of mm, left and right in a cell */
	CELL_PAD_HIGH = 5,  /* above and below */
	SIGN_POST = 50,     /* percent of the width: the post, */
	SIGN_LINE = 22,     /* the place to sign; the name has the rest */
};

struct doc_page doc_page_of(struct doc_form form);
int doc_text_width(struct doc_form form); /* mm between the margins */
int doc_text_height(struct doc_form form);

/* Ends of the columns in parts of total: n numbers that ascend to it. */
int *doc_column_ends(
    struct arena *mem, const struct doc_table *t, int total);
enum align doc_column_align(const struct doc_column *c);

/* "PAGE из PAGES": the words between. */
#define PAGE_OF N_(" из ")

/* ---- figures ------------------------------------------------------------- */

/* Size on its canvas when it is as wide as the text of the form. */
struct canvas_size doc_figure_size(
    const struct doc_figure *f, struct doc_form form);
void doc_figure_draw(const struct doc_figure *f, struct canvas *on);

/* Millimetres on paper, never taller than the page. */
struct doc_extent {
	double width, height;
} doc_figure_extent(const struct doc_figure *f, struct doc_form form);

/* As a PNG for DOCX and ODT, 200 dots an inch. */
NODISCARD enum rc doc_figure_png(struct arena *mem, const struct doc_figure *f,
    struct doc_form form, struct buf *out);
