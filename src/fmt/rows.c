/* rows.c - one row of a workbook being put together. */
#include "fmt/rows.h"

#include <stdlib.h>
#include <string.h>

struct rows
rows_open(struct arena *mem, const struct sheet_sink *sink,
    const struct sheet_limits *limits, struct diag *d)
{
	return (struct rows){
	    .sink = sink,
	    .limits = limits,
	    .d = d,
	    .mem = mem,
	    .text = buf_open(mem, (size_t)limits->cell_bytes * 256),
	};
}

static struct place
here(struct rows *r)
{
	return (struct place){
	    .sheet = arena_str(r->d->mem, r->sheet), .row = r->row};
}

static bool
stop(struct rows *r, enum rc rc)
{
	r->is_stopped = true;
	r->rc = rc;
	return false;
}

bool
rows_broken(struct rows *r)
{
	diag_error(r->d, here(r),
	    N_("Файл испорчен: дальше этого места он не читается."))
	    ->hint = S("Откройте его в той программе, где он сделан, и "
		       "сохраните заново.");
	return stop(r, RC_INVALID);
}

static bool
past_limit(struct rows *r, const char *what, uint32_t limit)
{
	diag_error(r->d, here(r),
	    N_("На листе больше %u %s, столько не читается."), limit, what)
	    ->hint = S("Разделите файл на части.");
	return stop(r, RC_LIMIT);
}

bool
rows_too_long(struct rows *r)
{
	diag_error(r->d, here(r),
	    N_("В одной ячейке больше %u байт текста, столько не читается."),
	    r->limits->cell_bytes);
	return stop(r, RC_LIMIT);
}

bool
rows_sheet(struct rows *r, struct str name)
{
	r->sheet = arena_str(r->mem, name);
	r->row = 0;
	return r->sink->sheet(r->sink->ctx, r->sheet, r->n_sheets++) ||
	       stop(r, RC_OK);
}

bool
rows_start(struct rows *r, uint32_t row)
{
	bool ascending = row > r->row;

	r->row = row;
	r->taken.n = 0;
	r->is_disordered = false;
	buf_clear(&r->text);
	return ascending || rows_broken(r);
}

bool
rows_cell(struct rows *r, uint32_t column, enum cell_kind kind, struct str text,
    enum rows_text how)
{
	if (column >= r->limits->columns)
		return past_limit(r, N_("столбцов"), r->limits->columns);
	if (text.n > r->limits->cell_bytes)
		return rows_too_long(r);
	if (text.n == 0)
		return true;
	if (r->taken.n && r->taken.p[r->taken.n - 1].column >= column)
		r->is_disordered = true;

	uint32_t order = (uint32_t)r->taken.n;
	*vec_push(r->mem, &r->taken) = (struct rows_cell){
	    .kind = kind,
	    .column = column,
	    .order = order,
	    .lasting = how == ROWS_LASTING ? text.p : NULL,
	    .offset = r->text.n,
	    .n = text.n,
	};
	if (how == ROWS_COPY)
		buf_put(&r->text, text);
	return !buf_full(&r->text) || rows_too_long(r);
}

bool
rows_number(struct rows *r, uint32_t column, struct str raw,
    enum number_style style, bool since_1904)
{
	char out[NUMBER_TEXT];
	struct str text;

	if (style == NUMBER_PERCENT && number_text(raw, 2, out, &text)) {
		if (text.p != out)
			memcpy(out, text.p, text.n);
		out[text.n] = '%';
		return rows_cell(r, column, CELL_NUMBER,
		    (struct str){out, text.n + 1}, ROWS_COPY);
	}
	if (style != NUMBER_PLAIN && style != NUMBER_PERCENT &&
	    serial_text(raw, style, since_1904, out, &text))
		return rows_cell(r, column,
		    style == NUMBER_DATE || style == NUMBER_DATETIME ?
			CELL_DATE :
			CELL_TEXT,
		    text, ROWS_COPY);
	if (number_text(raw, 0, out, &text))
		return rows_cell(r, column, CELL_NUMBER, text, ROWS_COPY);
	return rows_cell(r, column, CELL_TEXT, str_trim(raw), ROWS_COPY);
}

/* By column, then as they came. */
static int
by_column(const void *a, const void *b)
{
	const struct rows_cell *x = a, *y = b;

	if (x->column != y->column)
		return x->column < y->column ? -1 : 1;
	return (x->order > y->order) - (x->order < y->order);
}

/* Rows past the limit matter only when something stands in them. */
static bool
give(struct rows *r)
{
	if (r->row > r->limits->rows)
		return past_limit(r, N_("строк"), r->limits->rows);
	return r->sink->row(r->sink->ctx, r->row, r->given.p, r->given.n) ||
	       stop(r, RC_OK);
}

bool
rows_finish(struct rows *r)
{
	r->given.n = 0;
	if (r->taken.n == 0)
		return true;
	if (r->is_disordered)
		qsort(r->taken.p, r->taken.n, sizeof *r->taken.p, by_column);
	vec_each(struct rows_cell, c, &r->taken) {
		if (r->given.n && c->column == c[-1].column)
			continue; /* the first of two in one place */
		*vec_push(r->mem, &r->given) = (struct cell){
		    .kind = c->kind,
		    .column = c->column,
		    .text = {c->lasting ? c->lasting : r->text.p + c->offset,
			c->n},
		};
	}
	return give(r);
}

bool
rows_again(struct rows *r, uint32_t row)
{
	r->row = row;
	return r->given.n == 0 || give(r);
}
