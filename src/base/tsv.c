/* tsv.c - the tables of data/, row by row. */
#include "base/tsv.h"

struct tsv
tsv_open(struct str text)
{
	return (struct tsv){.rest = text};
}

static void
split_cells(struct tsv *t, struct str line)
{
	struct str cell;

	t->n = 0;
	while (t->n < TSV_COLUMNS && str_split(&line, '\t', &cell))
		t->cells[t->n++] = str_trim(cell);
	for (size_t i = t->n; i < TSV_COLUMNS; i++)
		t->cells[i] = S("");
}

bool
tsv_next(struct tsv *t)
{
	struct str line;

	while (str_split(&t->rest, '\n', &line)) {
		t->line++;
		if (!str_trim(line).n || line.p[0] == '#')
			continue;
		if (!t->past_heading) {
			t->past_heading = true;
			continue;
		}
		split_cells(t, line);
		return true;
	}
	return false;
}
