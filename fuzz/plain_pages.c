/* plain_pages.c - a document in plain text, for the reader of plans. */
#include "plain_pages.h"

#include "base/buf.h"
#include "base/vec.h"

enum { MOST_COLUMNS = 400 };

struct writing {
	struct arena *mem;
	VEC(struct block) blocks;
	VEC(struct grid_row) rows; /* of the table that is open */
};

static void
add_block(struct writing *w, struct block b)
{
	b.number = (uint32_t)w->blocks.n + 1;
	*vec_push(w->mem, &w->blocks) = b;
}

static void
close_table(struct writing *w)
{
	if (!w->rows.n)
		return;
	add_block(w, (struct block){.kind = BLOCK_TABLE,
			 .rows = w->rows.p,
			 .n_rows = (uint32_t)w->rows.n});
	w->rows.p = NULL;
	w->rows.n = w->rows.cap = 0;
}

static struct str
with_breaks(struct arena *mem, struct str s)
{
	struct buf b = buf_open(mem, 0);
	ptrdiff_t at;

	while ((at = str_find(s, S("\\n"))) >= 0) {
		buf_put(&b, str_cut(s, 0, (size_t)at));
		buf_char(&b, '\n');
		s = str_from(s, (size_t)at + 2);
	}
	buf_put(&b, s);
	return buf_str(&b);
}

static void
add_row(struct writing *w, struct str line)
{
	VEC(struct grid_cell) cells = {0};
	uint32_t column = 0;
	struct str text;

	line = str_from(line, 1);
	if (str_ends(line, S("|")))
		line.n--;
	while (column < MOST_COLUMNS && str_split(&line, '|', &text)) {
		struct grid_cell c = {.column = (uint16_t)column, .span = 1};
		text = str_trim(text);
		if (text.n > 2 && text.p[0] == '<' && text.p[1] >= '1' &&
		    text.p[1] <= '9' && text.p[2] == '>') {
			c.span = (uint16_t)(text.p[1] - '0');
			text = str_trim(str_from(text, 3));
		}
		c.continues = str_eq(text, S("^"));
		c.text = c.continues ? S("") : with_breaks(w->mem, text);
		column += c.span;
		*vec_push(w->mem, &cells) = c;
	}
	*vec_push(w->mem, &w->rows) =
	    (struct grid_row){.cells = cells.p, .n = (uint32_t)cells.n};
}

struct pages
plain_pages(struct arena *mem, struct str text)
{
	struct writing w = {.mem = mem};
	struct str line;

	while (text.n && str_split(&text, '\n', &line)) {
		if (str_starts(line, S("|"))) {
			add_row(&w, line);
			continue;
		}
		close_table(&w);
		bool is_heading = str_starts(line, S("# "));
		line = str_trim(str_from(line, is_heading ? 2 : 0));
		if (line.n)
			add_block(
			    &w, (struct block){.text = with_breaks(mem, line),
				    .heading = is_heading});
	}
	close_table(&w);
	return (struct pages){.blocks = w.blocks.p, .n = w.blocks.n};
}
