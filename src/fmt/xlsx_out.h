/*
 * xlsx_out.h - a workbook for people who live in Excel: several sheets, true
 * types, a head that stays, filters, and a sheet that names the sources.
 *
 *	autoxlsx book = xlsx_out_open(mem, S("Результаты"), today);
 *	xlsx_out_sheet(book, S("ВПР"), columns, 3);
 *	xlsx_out_text(book, S("Вьюжинская СОШ"));
 *	xlsx_out_int(book, 24);
 *	xlsx_out_percent(book, ratio_of(9, 24));
 *	xlsx_out_end_row(book);
 *	xlsx_out_sources(book, sources, n);
 *	rc = xlsx_out_close(book, &bytes);
 *
 * Cells go from left to right, rows from top to bottom; memory does not grow
 * with the rows (libxlsxwriter, constant memory).  The library puts each
 * sheet into a temporary file that it unlinks the moment it is open, so none
 * is left behind, even by a killed process; they are made in /dev/shm, where
 * there is one, so that nothing reaches a disk.  The finished workbook is
 * gathered in an anonymous memory file and copied out.
 *
 * Same calls, same made_on: same bytes.
 *
 * A text is always a text: "=1+1" is not a formula, "007" keeps its zeros.
 * Excel takes 32 767 characters a cell; a longer text ends with "…" there.
 */
#pragma once

#include "base/buf.h"
#include "base/date.h"
#include "base/ratio.h"
#include "base/rc.h"

struct xlsx_out;

enum xlsx_kind {
	XLSX_TEXT,
	XLSX_NUMBER,  /* xlsx_out_int, xlsx_out_decimal */
	XLSX_PERCENT, /* xlsx_out_percent */
	XLSX_DATE,
};

struct xlsx_column {
	struct str title;
	enum xlsx_kind kind;
	uint16_t width; /* characters; 0: by the kind and the title */
	uint8_t places; /* XLSX_NUMBER: digits shown after the point */
};

struct xlsx_source {
	struct str what; /* "Приказ", "Загрузка", "Методика" */
	struct str text;
};

struct xlsx_out *xlsx_out_open(
    struct arena *mem, struct str title, struct date made_on);

/* Frees the workbook; for autoxlsx and for giving up. NULL is fine. */
void xlsx_out_closep(struct xlsx_out **x);
#define autoxlsx CLEANUP(xlsx_out_closep) struct xlsx_out *

/*
 * The name is cut to what Excel takes (31 characters, none of []:*?/\) and
 * made different from those before.
 */
void xlsx_out_sheet(struct xlsx_out *x, struct str name,
    const struct xlsx_column *columns, size_t n);

void xlsx_out_text(struct xlsx_out *x, struct str s);
void xlsx_out_int(struct xlsx_out *x, int64_t n);
void xlsx_out_decimal(struct xlsx_out *x, struct ratio a);
void xlsx_out_percent(struct xlsx_out *x, struct ratio a); /* share of 1 */
void xlsx_out_date(struct xlsx_out *x, struct date d);     /* empty: none */
void xlsx_out_empty(struct xlsx_out *x);
void xlsx_out_end_row(struct xlsx_out *x);

/* A last sheet "Источники": what the numbers were taken from. */
void xlsx_out_sources(
    struct xlsx_out *x, const struct xlsx_source *sources, size_t n);

/* RC_LIMIT past Excel's rows or out's maximum; RC_FAILED without room for
 * temporary files.  Then what out got is not to be used. */
NODISCARD enum rc xlsx_out_close(struct xlsx_out *x, struct buf *out);
