/*
 * pages.h - a text document as it is read: paragraphs and tables in order.
 *
 * DOCX and ODT give the same flat list.  Only what a reader of plans needs is
 * kept: the words, the tables with their merged cells, numbering as printed
 * where it can be told, headings; all formatting is dropped.  Deleted text of
 * tracked changes is left out, inserted text stays; footnotes and text boxes
 * come as blocks of their own kind at the place of their anchor, so nothing
 * is lost silently.
 */
#pragma once

#include "base/arena.h"
#include "base/diag.h"
#include "base/rc.h"
#include "base/str.h"

enum block_kind {
	BLOCK_PARAGRAPH,
	BLOCK_TABLE,
	BLOCK_FOOTNOTE,
	BLOCK_TEXT_BOX,
	BLOCK_HEADER, /* page header or footer */
};

/* Lines inside a cell or paragraph are separated by '\n'. */
struct grid_cell {
	struct str text;
	uint16_t column;  /* of the grid, from 0 */
	uint16_t span;    /* columns it covers, at least 1 */
	bool continues;   /* covered by the cell above (vertical merge) */
};

struct grid_row {
	struct grid_cell *cells;
	uint32_t n;
	bool repeated_head; /* marked as a heading row of every page */
};

struct block {
	enum block_kind kind;
	uint8_t heading;       /* level 1..9, 0: body text */
	struct str text;       /* not for a table */
	struct str list_label; /* "1.", "2.1.", "•" where automatic numbering prints one */
	struct grid_row *rows; /* for a table */
	uint32_t n_rows;
	uint32_t number;       /* of the block in its file, from 1 */
};

struct pages {
	struct block *blocks;
	size_t n;
	bool had_tracked_changes;
	bool had_images;
};

enum pages_format { PAGES_UNKNOWN, PAGES_DOCX, PAGES_ODT };

enum pages_format pages_format_of(int fd);

/* RC_INVALID with a sentence: password, not a document, broken; RC_LIMIT. */
NODISCARD enum rc pages_read(int fd, enum pages_format format,
    struct arena *mem, struct diag *d, struct pages *ret);
