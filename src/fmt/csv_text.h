/*
 * csv_text.h - the bytes of a text file as UTF-8, piece by piece.
 *
 * UTF-8 with or without a mark, UTF-16 with a mark (Excel's "Unicode text"),
 * otherwise Windows-1251.  A file that is ASCII so far stays undecided until
 * its first other byte.  Bytes that are no letters become "?" and are
 * complained about once.
 */
#pragma once

#include "base/arena.h"
#include "base/diag.h"
#include "base/rc.h"

enum text_encoding {
	TEXT_UNDECIDED, /* nothing but ASCII has been seen */
	TEXT_UTF8,
	TEXT_CP1251,
	TEXT_UTF16LE,
	TEXT_UTF16BE,
};

enum {
	TEXT_PIECE = 64 * 1024,          /* bytes of the file in one piece */
	TEXT_ROOM = 3 * TEXT_PIECE + 16, /* what a piece may grow to */
};

struct csv_text {
	int fd;
	struct diag *d;
	enum text_encoding encoding;
	char *raw;    /* bytes before they are turned into UTF-8 */
	char rest[4]; /* of a letter cut by the end of a piece */
	size_t n_rest;
	bool has_begun;
	bool has_bad;
};

NODISCARD enum rc csv_text_open(
    int fd, struct arena *mem, struct diag *d, struct csv_text *ret);

/* The next piece into out, which has TEXT_ROOM bytes; 0 at the end. */
NODISCARD enum rc csv_text_read(struct csv_text *t, char *out, size_t *ret_n);
