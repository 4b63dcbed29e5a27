/* table.c - reads a table and checks what every reader promises. */
#include "table.h"

#include "base/utf8.h"
#include "input.h"

struct seen {
	uint32_t row;
	uint32_t rows;
};

static bool
on_sheet(void *ctx, struct str name, uint32_t index)
{
	struct seen *seen = ctx;

	(void)index;
	seen->row = 0;
	MUST(utf8_valid(name));
	return true;
}

static bool
on_row(void *ctx, uint32_t row, const struct cell *cells, size_t n)
{
	struct seen *seen = ctx;
	size_t filled = 0;

	MUST(row > seen->row && n > 0);
	seen->row = row;
	for (size_t i = 0; i < n; i++) {
		MUST(i == 0 || cells[i].column > cells[i - 1].column);
		MUST((cells[i].kind == CELL_EMPTY) == (cells[i].text.n == 0));
		MUST(utf8_valid(cells[i].text));
		input_touch(cells[i].text);
		filled += cells[i].text.n > 0;
	}
	MUST(filled > 0);
	return ++seen->rows < 20000;
}

void
table_read(int fd, enum sheet_format format)
{
	static const struct sheet_limits limits = {
	    .unpacked = 8 * 1024 * 1024,
	    .rows = 100000,
	    .lines = 100000,
	    .columns = 2000,
	    .cell_bytes = 20000,
	};
	autoarena mem = arena_open(0);
	struct diag d = diag_open(mem, 0);
	struct seen seen = {0};
	struct sheet_sink sink = {
	    .ctx = &seen, .sheet = on_sheet, .row = on_row};
	enum rc rc = sheet_read(fd, format, &limits, &sink, &d);

	MUST((rc == RC_OK) == (d.errors == 0));
	for (size_t i = 0; i < d.n; i++)
		MUST(utf8_valid(complaint_line(mem, &d.all[i])));
}
