/*
 * sheet.h - a spreadsheet as a stream of rows, whatever file it came from.
 *
 * CSV, XLSX, ODS and XLS all answer with the same calls: sheet by sheet, row
 * by row, cells with text exactly as a person sees the value (numbers with a
 * point, dates as ISO).  Memory does not grow with the number of rows.
 *
 * Readers work on an open descriptor, never on a name: they also run in a
 * process that may open nothing (see convert/).
 */
#pragma once

#include "base/arena.h"
#include "base/diag.h"
#include "base/rc.h"
#include "base/str.h"

enum cell_kind {
	CELL_EMPTY,
	CELL_TEXT,   /* also a time of day alone: 13:05 */
	CELL_NUMBER, /* shortest exact decimal, point, no exponent; 37.5% where
			the cell is formatted as a percentage */
	CELL_DATE,   /* text: 2026-11-24 or 2026-11-24 13:05 (or 13:05:30) */
	CELL_BOOL,   /* text: TRUE or FALSE */
	CELL_ERROR,  /* text: #N/A and the like */
};

struct cell {
	enum cell_kind kind;
	uint32_t column; /* from 0 */
	struct str text; /* UTF-8; lives until the row call returns */
};

/*
 * Called for every row that has a cell with content; cells are in ascending
 * columns, empty ones may be missing.  row counts from 1 as the program that
 * made the file shows it.  Return false to stop reading early.
 */
struct sheet_sink {
	void *ctx;
	bool (*sheet)(void *ctx, struct str name, uint32_t index);
	bool (*row)(
	    void *ctx, uint32_t row, const struct cell *cells, size_t n);

	/*
	 * May be NULL.  Lines of a CSV file in UTF-8 before they are cut into
	 * cells, ended by \n, the last perhaps cut off; row is the number of
	 * the first.  The sink may read as many of them as it understands
	 * without quotes and returns their bytes and how many lines they are;
	 * the next one comes as a row.
	 */
	size_t (*lines)(void *ctx, uint32_t row, struct str lines,
	    char separator, uint32_t *ret_rows);
};

enum sheet_format {
	SHEET_UNKNOWN,
	SHEET_CSV, /* also TSV and a table pasted from the clipboard */
	SHEET_XLSX,
	SHEET_ODS,
	SHEET_XLS,
};

struct sheet_limits {
	uint64_t unpacked; /* bytes out of one archive, in all */
	uint32_t rows;     /* with content, of a sheet in a workbook */
	uint32_t lines;    /* likewise of a CSV file */
	uint32_t columns;
	uint32_t cell_bytes;
};

extern const struct sheet_limits sheet_default_limits;

/* By content, not by name. */
enum sheet_format sheet_format_of(int fd);

/*
 * Reads the whole file from its beginning; SHEET_UNKNOWN: as what it is.  RC_INVALID with complaints when
 * it is broken or not what it says, RC_LIMIT past a limit.  A stop asked for
 * by the sink is RC_OK.
 */
NODISCARD enum rc sheet_read(int fd, enum sheet_format format,
    const struct sheet_limits *limits, const struct sheet_sink *sink,
    struct diag *d);

/* "A", "Z", "AA" for 0, 25, 26. */
struct str column_letters(struct arena *mem, uint32_t column);
