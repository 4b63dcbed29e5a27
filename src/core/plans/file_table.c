/* file_table.c - a small table by the names of its columns. */
#include "core/plans/file_table.h"

#include "base/buf.h"
#include "base/utf8.h"

enum { COLUMNS_MOST = 12 };

static bool
is_named(const struct file_column *c, struct str folded)
{
	struct str rest = str_of(c->synonyms), word;

	if (str_eq(folded, str_of(c->name)))
		return true;
	while (str_split(&rest, '|', &word))
		if (str_eq(folded, word))
			return true;
	return false;
}

struct finding {
	const struct file_column *columns;
	size_t n;
	int at[COLUMNS_MOST]; /* grid columns, -1: none */
};

/* Whether the row is the heading: every needed column has its name there. */
static bool
is_heading(struct arena *mem, struct finding *f, const struct grid_row *row)
{
	for (size_t i = 0; i < f->n; i++)
		f->at[i] = -1;
	for (uint32_t k = 0; k < row->n; k++) {
		struct str word =
		    text_header(mem, str_trim(row->cells[k].text));
		for (size_t i = 0; i < f->n; i++)
			if (f->at[i] < 0 && is_named(&f->columns[i], word)) {
				f->at[i] = row->cells[k].column;
				break;
			}
	}
	for (size_t i = 0; i < f->n; i++)
		if (f->columns[i].is_needed && f->at[i] < 0)
			return false;
	return true;
}

static struct str
cell_at(const struct grid_row *row, int column)
{
	for (uint32_t k = 0; column >= 0 && k < row->n; k++)
		if (row->cells[k].column == column)
			return str_trim(row->cells[k].text);
	return S("");
}

static void
take_rows(struct arena *mem, const struct finding *f, const struct block *block,
    uint32_t from, struct file_table *ret)
{
	size_t most = block->n_rows - from;

	ret->cells = arena_new(mem, struct str, most * f->n + 1);
	ret->numbers = arena_new(mem, uint32_t, most + 1);
	ret->n_columns = f->n;
	for (uint32_t r = from; r < block->n_rows; r++) {
		bool any = false;
		for (size_t i = 0; i < f->n; i++) {
			struct str s = cell_at(&block->rows[r], f->at[i]);
			ret->cells[ret->n * f->n + i] = s;
			any |= s.n > 0;
		}
		ret->numbers[ret->n] = r + 1;
		ret->n += any;
	}
}

enum rc
file_table_read(struct arena *mem, const struct pages *file,
    const struct file_column *columns, size_t n_columns, struct diag *d,
    struct file_table *ret)
{
	struct finding f = {.columns = columns, .n = n_columns};
	struct buf expected = buf_open(mem, 0);

	MUST(n_columns <= COLUMNS_MOST);
	for (size_t b = 0; b < file->n; b++) {
		const struct block *block = &file->blocks[b];
		for (uint32_t r = 0;
		     block->kind == BLOCK_TABLE && r < block->n_rows; r++)
			if (is_heading(mem, &f, &block->rows[r])) {
				*ret = (struct file_table){0};
				take_rows(mem, &f, block, r + 1, ret);
				return RC_OK;
			}
	}
	for (size_t i = 0; i < n_columns; i++)
		if (columns[i].is_needed)
			buf_fmt(&expected, "%s%s", expected.n ? ", " : "",
			    columns[i].name);
	diag_error(
	    d, (struct place){0}, N_("В файле нет таблицы с нужными графами."))
	    ->expected = buf_str(&expected);
	return RC_INVALID;
}

struct str
file_cell(const struct file_table *t, size_t row, size_t column)
{
	return t->cells[row * t->n_columns + column];
}

struct place
file_place(const struct file_table *t, size_t row,
    const struct file_column *columns, size_t column)
{
	return (struct place){
	    .row = t->numbers[row], .column = str_of(columns[column].name)};
}
