/*
 * pages_build.h - a flat list of blocks out of the nested events of a text
 * document; what the readers of DOCX and ODT share.
 *
 * Paragraphs of the body become blocks; those of a table cell become lines of
 * the cell.  Notes, text boxes and page heads ("asides") are collected apart
 * and follow the block that holds their anchor; so does a table that stands
 * inside a cell of another.  Tables inside asides give only their text.
 */
#pragma once

#include "base/buf.h"
#include "base/vec.h"
#include "fmt/pages.h"

enum frame_kind { FRAME_BODY, FRAME_CELL, FRAME_ASIDE };

/* A place paragraphs flow into. */
struct frame {
	enum frame_kind kind;
	enum block_kind aside;
	struct buf text;      /* lines that are finished */
	struct buf paragraph; /* the line being written */
	bool has_lines;
};

struct table_build {
	VEC(struct grid_row) rows;
	VEC(struct grid_cell) cells; /* of the row being read */
	uint32_t column;
	bool repeated_head;
	bool drop_row;
};

struct pages_build {
	struct arena *mem;
	struct diag *d;
	VEC(struct block) blocks;
	VEC(struct block) pending; /* asides waiting for their block's end */
	VEC(struct frame) frames;
	VEC(struct table_build) tables;
	size_t n_frames; /* in use; the rest keep their buffers for reuse */
	size_t n_tables;
	int flat; /* inside an aside: tables are only text */
};

struct pages_build pages_build_open(struct arena *mem, struct diag *d);

/* Soft hyphens are dropped. */
void pages_text(struct pages_build *b, struct str text);
void pages_char(struct pages_build *b, char c);

/* label: as automatic numbering prints it, or empty. */
void pages_paragraph_end(
    struct pages_build *b, uint8_t heading, struct str label);

void pages_table_start(struct pages_build *b);
void pages_row_start(struct pages_build *b);
void pages_cell_start(struct pages_build *b);

/* The cell's place is known only when its properties have been read. */
void pages_cell_end(struct pages_build *b, uint32_t span, bool continues);

/* The cell belongs to the one on its left: older files say it so. */
void pages_cell_end_joined(struct pages_build *b, uint32_t span);

/* Columns left out before the next cell. */
void pages_skip_columns(struct pages_build *b, uint32_t n);
void pages_row_is_head(struct pages_build *b);
void pages_row_is_deleted(struct pages_build *b);
void pages_row_end(struct pages_build *b);
void pages_table_end(struct pages_build *b);

void pages_aside_start(struct pages_build *b, enum block_kind kind);

/* Its whole text, in the document's memory; not a block yet. */
struct str pages_aside_take(struct pages_build *b);

/* It follows the present block, when it has any text. */
void pages_aside_end(struct pages_build *b);
void pages_aside_put(
    struct pages_build *b, enum block_kind kind, struct str text);

/* After the last event. */
void pages_build_finish(struct pages_build *b, struct pages *ret);
