/*
 * plan_text.h - a document in plain text, for tests of plans: a line is a
 * paragraph, a line in bars a row of a table, "<5>" a cell over five columns,
 * "^" a cell merged with the one above, "\n" a line break.
 */
#pragma once

#include "base/vec.h"
#include "core/plans/plan_reading.h"

struct writing {
	VEC(struct block) blocks;
	VEC(struct grid_row) rows;
};

static inline struct str
with_breaks(struct arena *mem, struct str s)
{
	struct buf b = buf_open(mem, 0);

	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '\\' && i + 1 < s.n && s.p[i + 1] == 'n') {
			buf_char(&b, '\n');
			i++;
		} else {
			buf_char(&b, s.p[i]);
		}
	return buf_str(&b);
}

static inline void
close_table(struct arena *mem, struct writing *w)
{
	if (!w->rows.n)
		return;
	*vec_push(mem, &w->blocks) = (struct block){.kind = BLOCK_TABLE,
	    .rows = w->rows.p,
	    .n_rows = (uint32_t)w->rows.n,
	    .number = (uint32_t)w->blocks.n};
	w->rows.p = NULL;
	w->rows.n = w->rows.cap = 0;
}

static inline void
add_row(struct arena *mem, struct writing *w, struct str line)
{
	VEC(struct grid_cell) cells = {0};
	uint16_t column = 0;
	struct str text;

	line = str_from(line, 1);
	if (str_ends(line, S("|")))
		line.n--;
	while (str_split(&line, '|', &text)) {
		struct grid_cell c = {.column = column, .span = 1};
		text = str_trim(text);
		if (text.n > 2 && text.p[0] == '<') {
			c.span = (uint16_t)(text.p[1] - '0');
			text = str_trim(str_from(text, 3));
		}
		c.continues = str_eq(text, S("^"));
		c.text = c.continues ? S("") : with_breaks(mem, text);
		column = (uint16_t)(column + c.span);
		*vec_push(mem, &cells) = c;
	}
	*vec_push(mem, &w->rows) =
	    (struct grid_row){.cells = cells.p, .n = (uint32_t)cells.n};
}

static inline struct pages
pages_of(struct arena *mem, struct str text)
{
	struct writing w = {0};
	struct str line;

	while (str_split(&text, '\n', &line)) {
		if (line.n && line.p[0] == '|') {
			add_row(mem, &w, line);
			continue;
		}
		close_table(mem, &w);
		if (str_trim(line).n)
			*vec_push(mem, &w.blocks) =
			    (struct block){.kind = BLOCK_PARAGRAPH,
				.text = str_trim(line),
				.number = (uint32_t)w.blocks.n};
	}
	close_table(mem, &w);
	return (struct pages){.blocks = w.blocks.p, .n = w.blocks.n};
}
