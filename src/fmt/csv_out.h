/*
 * csv_out.h - CSV out (RFC 4180), for programs or for Excel in Russian.
 *
 *	                CSV_PLAIN      CSV_EXCEL_RU
 *	byte order mark no             yes, or Excel guesses cp1251
 *	separator       ,              ;
 *	decimal point   .              ,
 *	dates           2026-11-24     24.11.2026
 *	line end        LF             CRLF
 *	text "=1+1"     as it is       '=1+1
 *
 * The last line is a guard: a text cell that begins with = + - @ or a tab
 * would be run by Excel as a formula, so it gets an apostrophe in front.
 * Programs get the text unchanged, and LF, so that line tools see no \r in
 * the last column.  A cell is quoted only when it must be.
 */
#pragma once

#include "base/buf.h"
#include "base/date.h"
#include "base/ratio.h"

enum csv_style { CSV_PLAIN, CSV_EXCEL_RU };

struct csv_out {
	struct buf *out;
	enum csv_style style;
	uint32_t cells;   /* of the row so far */
	size_t row_start; /* in out */
};

struct csv_out csv_out_open(struct buf *out, enum csv_style style);
void csv_out_text(struct csv_out *c, struct str s);
void csv_out_int(struct csv_out *c, int64_t n);
void csv_out_decimal(struct csv_out *c, struct ratio a, int places);
void csv_out_ratio(struct csv_out *c, struct ratio a); /* exact */
void csv_out_date(struct csv_out *c, struct date d);   /* empty for none */
void csv_out_empty(struct csv_out *c);
void csv_out_end_row(struct csv_out *c);
