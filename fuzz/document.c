/* document.c - reads a text document and checks what both readers promise. */
#include "document.h"

#include "base/utf8.h"
#include "input.h"

static void
check_row(const struct grid_row *row)
{
	uint32_t next = 0;

	for (uint32_t i = 0; i < row->n; i++) {
		const struct grid_cell *c = &row->cells[i];
		MUST(c->column >= next && c->span >= 1);
		MUST(utf8_valid(c->text));
		input_touch(c->text);
		next = (uint32_t)c->column + c->span;
		MUST(next <= UINT16_MAX);
	}
}

static void
check_block(const struct block *b, size_t number)
{
	MUST(b->number == number && b->heading <= 9);
	MUST(utf8_valid(b->text) && utf8_valid(b->list_label));
	MUST(b->kind == BLOCK_TABLE || b->n_rows == 0);
	for (uint32_t i = 0; i < b->n_rows; i++)
		check_row(&b->rows[i]);
}

void
document_read(int fd, enum pages_format format)
{
	autoarena mem = arena_open(0);
	struct diag d = diag_open(mem, 0);
	struct pages pages;
	enum rc rc = pages_read(fd, format, mem, &d, &pages);

	MUST((rc == RC_OK) == (d.errors == 0));
	for (size_t i = 0; rc == RC_OK && i < pages.n; i++)
		check_block(&pages.blocks[i], i + 1);
}
