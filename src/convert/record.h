/*
 * record.h - a typed row as one line of text: how rows cross the pipe from
 * the converter child, and how a draft keeps them in the database.
 *
 * A record is a letter for the kind of row and its fields, separated by tabs.
 * A control character inside a text becomes a space, so a record never holds
 * a line end; everything else comes back as it went.
 */
#pragma once

#include "base/buf.h"
#include "convert/rows.h"

enum { RECORD_LONGEST = 1024 * 1024 };

/* Each call writes one record (without line end) and gives it to take(). */
struct record_out {
	struct row_sink sink;  /* the calls; its ctx points here */
	struct arena *scratch; /* reset after each record */
	void *ctx;
	void (*take)(void *ctx, struct str record, bool is_refused);
};

/* out must stay where it is while its sink is used. */
void record_out_open(struct record_out *out, struct arena *scratch, void *ctx,
    void (*take)(void *ctx, struct str record, bool is_refused));

/*
 * Calls the sink with the row of a record; false when it is not one.  mem:
 * for this call.
 */
bool record_give(
    struct arena *mem, struct str record, const struct row_sink *sink);

/* ---- fields, for records of other kinds ---- */

void record_text(struct buf *b, struct str s);
void record_int(struct buf *b, int64_t n);

enum { RECORD_FIELDS = 600 };

struct record_in {
	struct str fields[RECORD_FIELDS];
	size_t n, at;
	bool is_broken; /* a field lacked or was not a number */
};

void record_split(struct record_in *in, struct str record);
struct str record_next_text(struct record_in *in);
int64_t record_next_int(struct record_in *in);
