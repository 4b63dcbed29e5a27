/*
 * diag.h - everything that is wrong, collected, each with a place, a reason
 * and a way out.
 *
 * Lower floors never print and never stop at the first mistake: they add a
 * complaint and go on.  The caller decides how a complaint is shown (a line
 * on standard error, a row of a table, a mark beside a field).
 *
 * Past max complaints the rest is only counted, so a broken file of a million
 * rows cannot fill the memory.
 */
#pragma once

#include "base/arena.h"
#include "base/str.h"

enum severity { SEV_NOTE, SEV_WARNING, SEV_ERROR };

/* Where: every part may be absent (n == 0, row 0). */
struct place {
	struct str file;
	struct str sheet;
	uint32_t row;      /* from 1, as the spreadsheet shows it */
	struct str column; /* the heading, or the letter */
	uint32_t offset;   /* byte in a source text, for caret diagnostics */
	uint32_t length;
};

struct complaint {
	enum severity severity;
	struct place at;
	struct str text;     /* a whole Russian sentence */
	struct str value;    /* what stood there, or empty */
	struct str expected; /* what was expected, or empty */
	struct str hint;     /* the way out, a sentence, or empty */
};

struct diag {
	struct arena *mem;
	struct complaint *all;
	size_t n;
	size_t cap;
	size_t max;
	size_t errors;   /* counted past max too */
	size_t warnings; /* likewise */
	struct complaint spare; /* takes what is past max */
};

/* max: 0 means 1000. */
struct diag diag_open(struct arena *mem, size_t max);

/* Returns the complaint, to fill value / expected / hint; never NULL. */
struct complaint *diag_error(struct diag *d, struct place at,
    const char *format, ...) PRINTF(3, 4);
struct complaint *diag_warning(struct diag *d, struct place at,
    const char *format, ...) PRINTF(3, 4);
struct complaint *diag_note(struct diag *d, struct place at,
    const char *format, ...) PRINTF(3, 4);

/*
 * A complaint in one line for a terminal or a log:
 * "results.xlsx, лист «Протокол», строка 14, графа «Балл»: …; стоит «x»,
 * ожидалось: число от 0 до 100. Исправьте …"
 */
struct str complaint_line(struct arena *mem, const struct complaint *c);
struct str place_text(struct arena *mem, struct place at);
