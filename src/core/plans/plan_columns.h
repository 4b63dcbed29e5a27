/*
 * plan_columns.h - the columns a road map is printed and shown in.
 *
 * A plan keeps the codes of its columns in their order ("number title deadline
 * responsible"); headings and widths are rows of data/plan-columns.tsv, so a
 * municipality's own appendix is data and not code.
 *
 * BASIS: domain 6.1 - the column sets met.
 */
#pragma once

#include "base/arena.h"
#include "base/str.h"

enum print_column {
	PRINT_NUMBER,
	PRINT_TITLE,
	PRINT_SCHOOL_PART,
	PRINT_DEADLINE,
	PRINT_RESPONSIBLE,
	PRINT_RESULT,
	PRINT_INDICATOR,
	PRINT_REPORT_FORM,
	PRINT_NOTE,
	PRINT_MARK,
	PRINT_COLUMN_COUNT
};

extern const char *const print_column_codes[PRINT_COLUMN_COUNT];
bool print_column_parse(struct str code, enum print_column *ret);

/* What stands in a column of a row; empty in "mark", which is not the row's. */
struct q_measure;
struct str measure_cell(const struct q_measure *m, enum print_column column);

struct printed_column {
	enum print_column column;
	struct str heading;
	uint16_t width;
};

struct printed_columns {
	struct printed_column all[PRINT_COLUMN_COUNT];
	size_t n;
};

/*
 * What a plan's own codes mean; unknown and repeated codes are passed over,
 * without any the set "results" is taken.
 */
struct printed_columns printed_columns_of(struct str codes);

/* The usual columns of a table of control points or of mechanisms. */
struct printed_columns printed_columns_for(const char *table);

bool printed_columns_have(
    const struct printed_columns *c, enum print_column column);

/* Puts a column with its usual heading where the full set has it. */
void printed_columns_add(struct printed_columns *c, enum print_column column);
void printed_columns_drop(struct printed_columns *c, enum print_column column);

/* Codes in their order, as a plan keeps them. */
struct str printed_columns_codes(
    struct arena *mem, const struct printed_columns *c);

/* The sets to choose from: code, title, codes of its columns. */
struct column_set {
	struct str code, title, columns;
};

enum { COLUMN_SETS_MOST = 12 };

size_t column_sets(struct arena *mem, struct column_set ret[COLUMN_SETS_MOST]);
