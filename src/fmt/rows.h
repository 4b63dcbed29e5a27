/*
 * rows.h - one row of a workbook being put together: what the readers of
 * XLSX, ODS and XLS share.
 *
 *	rows_sheet(&rows, name);
 *	rows_start(&rows, 14);
 *	rows_cell(&rows, 0, CELL_NUMBER, text, ROWS_COPY);
 *	rows_finish(&rows);
 *
 * Limits and the order of rows and cells are checked here.  A call returns
 * false when reading must end; is_stopped and rc then say how.
 */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "base/vec.h"
#include "fmt/number.h"
#include "fmt/sheet.h"

/* A cell whose text, when copied, is still an offset into row text. */
struct rows_cell {
	enum cell_kind kind;
	uint32_t column;
	uint32_t order; /* in which it came */
	const char *lasting;
	size_t offset;
	size_t n;
};

struct rows {
	const struct sheet_sink *sink;
	const struct sheet_limits *limits;
	struct diag *d;
	struct arena *mem;

	struct str sheet;
	uint32_t n_sheets;
	uint32_t row; /* the one being read, or the last one */
	bool is_disordered;
	VEC(struct rows_cell) taken;
	VEC(struct cell) given;
	struct buf text;
	bool is_stopped; /* by the sink or by a mistake */
	enum rc rc;
};

enum rows_text {
	ROWS_COPY,    /* the text is gone after the call */
	ROWS_LASTING, /* it stays until the sheet is read */
};

/* mem must outlive it; grows only with the widest row. */
struct rows rows_open(struct arena *mem, const struct sheet_sink *sink,
    const struct sheet_limits *limits, struct diag *d);

bool rows_sheet(struct rows *r, struct str name);
bool rows_start(struct rows *r, uint32_t row);
bool rows_cell(struct rows *r, uint32_t column, enum cell_kind kind,
    struct str text, enum rows_text how);

/* A number in a cell of this style, as it is seen; not a number: as text. */
bool rows_number(struct rows *r, uint32_t column, struct str raw,
    enum number_style style, bool since_1904);
bool rows_finish(struct rows *r);

/* Gives the row just finished once more under another number. */
bool rows_again(struct rows *r, uint32_t row);

/* A complaint at the present sheet and row; sets rc. */
bool rows_broken(struct rows *r);
bool rows_too_long(struct rows *r);
