/*
 * string_table.h - all texts of a workbook in one piece of memory: they are
 * the only part of it that must be held whole.
 *
 * A text is put together piece by piece at the end of the table, then closed.
 */
#pragma once

#include "base/str.h"

struct string_table {
	char *bytes;
	uint32_t
	    *ends; /* where each one ends; it begins where the last ended */
	size_t n;
	size_t n_bytes;
	size_t cap;
	size_t cap_bytes;
};

void string_table_closep(struct string_table *t);

/* False: there is more text than a table people work with can have. */
NODISCARD bool string_table_put(struct string_table *t, struct str piece);
NODISCARD bool string_table_end(struct string_table *t);

/* The text still open, in place. */
char *string_table_open_text(struct string_table *t, size_t *ret_n);

/* It turned out shorter: drop bytes from its end. */
void string_table_shorten(struct string_table *t, size_t n);

/* False when there is no such text. */
bool string_table_get(
    const struct string_table *t, uint64_t index, struct str *ret);
