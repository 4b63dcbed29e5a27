/*
 * tsv.h - the tables of data/: tab-separated text inside the program.
 *
 *	struct tsv t = tsv_open(text);
 *	while (tsv_next(&t))
 *		use(t.cells[0], t.cells[1]);
 *
 * Lines that are empty or begin with # are comments; the first other line is
 * the heading and is skipped.  Cells borrow the text; a short row is filled
 * with empty cells.
 */
#pragma once

#include "base/str.h"

enum { TSV_COLUMNS = 16 };

struct tsv {
	struct str rest;
	struct str cells[TSV_COLUMNS];
	size_t n;      /* cells that stand in the row */
	uint32_t line; /* of the row, from 1 */
	bool past_heading;
};

struct tsv tsv_open(struct str text);
bool tsv_next(struct tsv *t);
