/*
 * doc_tree.h - the document as its writers see it (doc.h is for the others).
 */
#pragma once

#include "base/vec.h"
#include "fmt/canvas.h"
#include "fmt/doc.h"

enum doc_block_kind {
	DOC_BLOCK_TEXT,
	DOC_BLOCK_HEADING,
	DOC_BLOCK_TABLE,
	DOC_BLOCK_FIGURE,
	DOC_BLOCK_PAGE, /* a new page, perhaps of another form */
	DOC_BLOCK_APPROVED,
	DOC_BLOCK_REQUISITES,
	DOC_BLOCK_SIGNATURE,
};

/* A page's form. Lengths of a page are whole millimetres. */
struct doc_form {
	bool landscape;
	bool a3;
};

struct doc_page {
	int width, height;
	int left, right, top, bottom; /* margins */
};

enum doc_figure_kind { DOC_FIGURE_CHART, DOC_FIGURE_HEAT, DOC_FIGURE_RIBBON };

struct doc_figure {
	enum doc_figure_kind kind;
	struct str title;
	const struct chart *chart;
	const struct heat *heat;
	const struct ribbon *ribbon;
};

struct doc_block {
	enum doc_block_kind kind;
	enum doc_style style; /* TEXT */
	int level;            /* HEADING */
	struct str text;      /* also: lines, left part, post */
	struct str second;    /* right part, name */
	struct str label;     /* clauses: "2.1." */
	uint32_t list;        /* clauses and bullets: the run of numbers, from 1 */
	struct doc_table *table;
	struct doc_figure figure;
	struct doc_form form; /* PAGE, and of every block: its page's form */
};

struct doc_table_row {
	enum doc_row_kind kind;
	struct str *cells; /* as many as columns; SECTION: one */
};

struct doc_table {
	struct doc *doc;
	const struct doc_column *columns;
	size_t n;
	VEC(struct doc_table_row) rows;
};

struct doc {
	struct arena *mem;
	struct doc_head head;
	struct doc_form form; /* of the page being filled */
	VEC(struct doc_block) blocks;
	uint32_t lists; /* runs of numbered clauses so far */
	int clause_1, clause_2;
};

struct doc_page doc_page_of(struct doc_form form);
int doc_text_width(struct doc_form form); /* mm between the margins */

/* Ends of the columns, in parts of total: n numbers that ascend to total. */
int *doc_column_ends(
    struct arena *mem, const struct doc_table *t, int total);

/* The picture's size in its own points when it is width points wide. */
struct canvas_size doc_figure_size(const struct doc_figure *f, int width);
void doc_figure_draw(const struct doc_figure *f, struct canvas *c);
