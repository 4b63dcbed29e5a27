/*
 * term_table.h - text in aligned columns, for a terminal.
 *
 * Widths are counted in places on the screen, not in bytes or characters.
 * A table wider than the terminal has its widest text columns narrowed and
 * wrapped between words; columns set right (numbers) are never wrapped.
 * Control characters of the data do not reach the terminal.
 */
#pragma once

#include "base/buf.h"

struct term_column {
	struct str title;
	bool right; /* numbers */
};

struct term_table {
	const struct term_column *columns;
	size_t n;
	const struct str *const *rows; /* n cells each */
	size_t n_rows;
	uint16_t width; /* of the terminal; 0: as wide as it comes */
};

void term_table_put(const struct term_table *t, struct buf *out);

/* Places on the screen that one line of text takes. */
size_t term_width(struct str s);
