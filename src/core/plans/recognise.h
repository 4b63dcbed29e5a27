/*
 * recognise.h - the parts of plan recognition, between themselves.
 */
#pragma once

#include "base/map.h"
#include "core/plans/plan_reading.h"

enum {
	MAX_GRID = 64,     /* columns looked at */
	HEAD_ROWS = 12,    /* where a heading may stand */
	MAX_DEADLINE = 240 /* bytes; a longer cell is no deadline */
};

struct recogniser_plan {
	struct arena *mem;
	struct arena *scratch; /* forgotten after every question */
	const struct pages *pages;
	const struct plan_options *options;
	struct diag *d;
	struct plan_reading *out;
	bool *used_blocks; /* paragraphs the plan took */
	uint32_t table_no; /* of the table being read, from 1 */
	struct map words;  /* how often the file prints a word whole */
};

/* One row of a table by grid columns; empty texts have n == 0. */
struct row_cells {
	struct str text[MAX_GRID];
	bool continues[MAX_GRID];
	uint16_t span[MAX_GRID];
	size_t n_filled;
	size_t first; /* filled column, meaningless when n_filled is 0 */
	uint32_t row; /* from 1 */
};

/* recognise_words.c */
void remember_words(struct recogniser_plan *rp);
struct str join_text(struct recogniser_plan *rp, struct str a, struct str b);
struct str plain_text(struct arena *mem, struct str s);
bool starts_lower(struct str s); /* or with a dash or an open bracket */
bool starts_capital(struct str s);
bool has_letters(struct str s, int at_least);
/* "1.10." at the front, bytes with the spaces behind it; 0: none. */
size_t number_length(struct str s);
bool is_number_text(struct str s);
bool has_unmatched_close(struct str s);

/* recognise_head.c */
enum plan_column column_of_heading(struct arena *mem, struct str text);

struct table_head {
	bool found;
	uint32_t first, last; /* rows from 0 */
	struct plan_heading columns[MAX_GRID];
	size_t n_columns;
};

void find_head(struct recogniser_plan *rp, const struct block *table,
    struct table_head *ret);
size_t grid_width(const struct block *table);
void take_row(const struct block *table, uint32_t row, struct arena *mem,
    struct row_cells *ret);

/* recognise_text.c */
void read_texts(struct recogniser_plan *rp);
bool is_paragraph(const struct block *b); /* with text */
bool period_in(struct str text, struct day_span *ret);
struct str title_above(
    struct recogniser_plan *rp, size_t block, size_t *ret_first);

/*
 * recognise_clauses.c - first where the clauses are (the block behind them is
 * returned), then, when the period is known, what each of them says.
 */
size_t find_clauses(struct recogniser_plan *rp);
void finish_clauses(struct recogniser_plan *rp);

/* recognise_rows.c */
void read_measures(struct recogniser_plan *rp, const struct block *table,
    const struct table_head *head, size_t plan_table);
void read_people(struct recogniser_plan *rp, const struct block *table,
    const struct table_head *head);
void leave_table(struct recogniser_plan *rp, const struct block *table,
    uint32_t from_row, uint32_t to_row);

void warn(struct recogniser_plan *rp, struct plan_place at, const char *format,
    ...) PRINTF(3, 4);
void leave_out(
    struct recogniser_plan *rp, struct plan_place at, struct str text);
struct plan_place at_cell(const struct recogniser_plan *rp,
    const struct block *table, uint32_t row, uint32_t column);
struct deadline_context context_of_table(
    const struct recogniser_plan *rp, size_t plan_table);
