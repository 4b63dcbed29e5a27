/*
 * table_out.h - one table, described once, written as CSV, JSON, XLSX or an
 * aligned table for a terminal.
 *
 *	struct table_out *t = table_out_open(mem, TABLE_CSV, &about, &out);
 *	table_out_row(t, (struct table_cell[]){
 *	    table_text(school->name), table_share(9, 24), table_none()});
 *	rc = table_out_close(t);
 *
 * A share is never without its counts: it becomes three columns (percent,
 * count, of how many) in CSV and XLSX, an object with the three in JSON, and
 * "37,5 % (9 из 24)" on a terminal.
 *
 * What is not known is an empty cell in a file, null in JSON and «нет данных»
 * on a terminal; never a zero.
 */
#pragma once

#include "base/buf.h"
#include "base/date.h"
#include "base/ratio.h"
#include "base/rc.h"
#include "fmt/xlsx_out.h"

enum table_format {
	TABLE_CSV,       /* for programs: keys as heads */
	TABLE_CSV_EXCEL, /* for Excel in Russian: titles as heads */
	TABLE_JSON,      /* an array of objects, one a row */
	TABLE_TERMINAL,
	TABLE_XLSX,
};

enum table_kind {
	TABLE_TEXT,
	TABLE_INT,
	TABLE_NUMBER, /* an exact decimal */
	TABLE_SHARE,  /* count of how many */
	TABLE_DATE,
	TABLE_BOOL, /* yes/no, да/нет, true/false */
	TABLE_NONE, /* of a cell only: нет данных */
};

struct table_column {
	const char *key; /* in CSV and JSON: "low_share" */
	struct str title; /* for people: "Доля не справившихся" */
	enum table_kind kind;
	uint8_t places;         /* TABLE_NUMBER in XLSX */
	uint16_t width;         /* characters in XLSX; 0: by content */
	struct str count_title; /* TABLE_SHARE: "не справились" */
	struct str of_title;    /* "участников" */
};

struct table_about {
	struct str title; /* of the sheet and the workbook */
	struct date made_on;
	const struct table_column *columns;
	size_t n;
	const struct xlsx_source *sources; /* TABLE_XLSX: a sheet of its own */
	size_t n_sources;
	size_t skip, most;       /* only these rows are written; most 0: all */
	uint16_t terminal_width; /* TABLE_TERMINAL; 0: as wide as it comes */
};

struct table_cell {
	enum table_kind kind; /* the column's, or TABLE_NONE */
	struct str text;
	struct ratio number; /* TABLE_INT, TABLE_NUMBER */
	int64_t count, of;   /* TABLE_SHARE */
	struct date date;
	bool is_true;
};

struct table_cell table_none(void);
struct table_cell table_text(struct str s);
struct table_cell table_int(int64_t n);
struct table_cell table_number(struct ratio a);
struct table_cell table_share(int64_t count, int64_t of);
struct table_cell table_date(struct date d); /* none: нет данных */
struct table_cell table_bool(bool is_true);

struct table_out;

/* about and what it points to must live until the close. */
struct table_out *table_out_open(struct arena *mem, enum table_format format,
    const struct table_about *about, struct buf *out);

/* As many cells as there are columns, of their kinds. */
void table_out_row(struct table_out *t, const struct table_cell *cells);

/* Rows put so far, also those outside of skip and most. */
size_t table_out_count(const struct table_out *t);

NODISCARD enum rc table_out_close(struct table_out *t);

/* The table as one more sheet of a workbook that is the caller's. */
struct table_out *table_out_sheet(
    struct arena *mem, const struct table_about *about, struct xlsx_out *book);
