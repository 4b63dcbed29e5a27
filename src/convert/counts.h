/*
 * counts.h - a whole file of results as one table: schools × exams.
 *
 * For lists that are drawn straight from files, where only the counts are
 * asked for: no origins, no reasons for what was left out.  The child gathers
 * the recogniser's rows here and sends one record a school instead of one a
 * number; pupils or sums, CSV or a workbook, it is the same table.
 */
#pragma once

#include "base/buf.h"
#include "base/diag.h"
#include "base/map.h"
#include "base/vec.h"
#include "convert/rows.h"
#include "lang/vocabulary.h"

struct count_exam {
	struct str procedure;
	struct syear year;
};

/* Of one school and exam: small, for a country has millions of them. */
struct count_cell {
	uint16_t participants; /* COUNT_NONE: no row */
	uint16_t failed;
};

enum { COUNT_NONE = UINT16_MAX, COUNTS_MOST = COUNT_NONE - 1 };

struct count_school {
	struct school_ref ref;
	struct count_cell *counts; /* by exam; none beyond cap */
	size_t cap;
};

struct counts {
	struct arena *mem;
	struct arena *scratch;
	struct diag *d;
	VEC(struct count_exam) exams;
	VEC(struct count_school) schools;
	struct map places;   /* spelling of a school -> place */
	size_t school, exam; /* of the row before */
	bool has_appeals;    /* and it was said that they are left out */
};

void counts_open(
    struct counts *c, struct arena *mem, struct arena *scratch, struct diag *d);

/* Forget everything; the memory goes with the arena. */
void counts_clear(struct counts *c);

/* Room in a school's row for all exams there are. */
void counts_widen(struct counts *c, struct count_school *school);

/* The cell of places that are there already. */
static inline struct count_cell *
counts_cell(struct counts *c, size_t school, size_t exam)
{
	struct count_school *s = &c->schools.p[school];

	if (exam >= s->cap)
		counts_widen(c, s);
	return &s->counts[exam];
}

/* What is wrong with the numbers of a result; NULL when nothing is. */
const char *result_fault(const struct result_row *row);

/* Everything but results is passed over; of appeals that is said. */
struct row_sink counts_sink(struct counts *c);

/* A warning, once: *said is whether it was given already. */
void appeals_left_out(
    struct diag *d, const struct amendment_row *row, bool *said);

/*
 * Counts as signs that stand in a record: two or a few a pair, a blank for "no
 * row".
 * Unpacking returns how many there were, or -1 when it is not such a text.
 */
void counts_pack(struct buf *b, const struct count_cell *counts, size_t n);
ptrdiff_t counts_unpack(struct str text, struct fact_count *ret, size_t most);
