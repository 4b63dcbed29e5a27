/*
 * recognise.h - from a stream of spreadsheet rows to typed rows: which of the
 * known files is this, where are its headings, what does each row say.
 *
 * Pure: sheet calls in, row_sink calls out, complaints to diag with sheet,
 * row, column, value and what was expected.  Runs in the converter child and
 * in tests alike.
 */
#pragma once

#include "base/arena.h"
#include "base/diag.h"
#include "convert/rows.h"
#include "fmt/sheet.h"

struct recogniser_options {
	enum file_kind kind; /* FILE_UNKNOWN: tell by the headings */
	struct str file_name; /* a hint only: NN_YYYY.MM.DD */
	struct str procedure; /* said by the person, else empty */
	struct syear year;    /* likewise */
};

struct recogniser;

struct recogniser *recogniser_open(struct arena *mem,
    const struct recogniser_options *options, const struct row_sink *sink,
    struct diag *d);

/* The calls for sheet_read(). */
struct sheet_sink recogniser_sink(struct recogniser *r);

/* After the last row: gives out the counted pupils, checks what was declared. */
NODISCARD enum rc recogniser_close(struct recogniser *r);
