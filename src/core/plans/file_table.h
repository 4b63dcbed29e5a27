/*
 * file_table.h - a small table out of somebody's file by the names of its
 * columns: calendars and schedules, in CSV, XLSX, ODS or a Word table.
 *
 * Pure.  Complaints about what is not there name the column.
 */
#pragma once

#include "base/diag.h"
#include "fmt/pages.h"

struct file_column {
	const char *name;
	const char *synonyms; /* separated by "|", folded */
	bool is_needed;
};

/* Rows with any text; cells in the order of the columns, absent ones empty. */
struct file_table {
	struct str *cells;
	uint32_t *numbers; /* of the rows, from 1 */
	size_t n, n_columns;
};

NODISCARD enum rc file_table_read(struct arena *mem, const struct pages *file,
    const struct file_column *columns, size_t n_columns, struct diag *d,
    struct file_table *ret);

struct str file_cell(const struct file_table *t, size_t row, size_t column);
struct place file_place(const struct file_table *t, size_t row,
    const struct file_column *columns, size_t column);
