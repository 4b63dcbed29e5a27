/* pages_build.c - a flat list of blocks out of nested events. */
#include "fmt/pages_build.h"

enum { MOST_COLUMNS = 1024 };

static void
push_frame(struct pages_build *b, enum frame_kind kind, enum block_kind aside)
{
	if (b->n_frames == b->frames.n)
		*vec_push(b->mem, &b->frames) = (struct frame){
		    .text = buf_open(b->mem, 0),
		    .paragraph = buf_open(b->mem, 0),
		};

	struct frame *f = &b->frames.p[b->n_frames++];
	f->kind = kind;
	f->aside = aside;
	f->has_lines = false;
	buf_clear(&f->text);
	buf_clear(&f->paragraph);
}

static struct frame *
top(struct pages_build *b)
{
	return &b->frames.p[b->n_frames - 1];
}

static struct table_build *
table(struct pages_build *b)
{
	return b->n_tables && !b->flat ? &b->tables.p[b->n_tables - 1] : NULL;
}

struct pages_build
pages_build_open(struct arena *mem, struct diag *d)
{
	struct pages_build b = {.mem = mem, .d = d};

	push_frame(&b, FRAME_BODY, BLOCK_PARAGRAPH);
	return b;
}

void
pages_text(struct pages_build *b, struct str text)
{
	static const struct str soft = S_INIT("\xC2\xAD");
	struct buf *to = &top(b)->paragraph;
	ptrdiff_t at;

	while ((at = str_find(text, soft)) >= 0) {
		buf_put(to, str_cut(text, 0, (size_t)at));
		text = str_from(text, (size_t)at + soft.n);
	}
	buf_put(to, text);
}

void
pages_char(struct pages_build *b, char c)
{
	buf_char(&top(b)->paragraph, c);
}

static void
push_block(struct pages_build *b, struct block block)
{
	*vec_push(b->mem, &b->blocks) = block;
}

/* What was anchored in the block just pushed follows it. */
static void
push_pending(struct pages_build *b)
{
	vec_each(struct block, block, &b->pending)
		push_block(b, *block);
	b->pending.n = 0;
}

/* A number printed by Word in a cell is part of what the cell says. */
static void
end_line(struct pages_build *b, struct frame *f, struct str label)
{
	struct str line = buf_str(&f->paragraph);

	if (f->has_lines)
		buf_char(&f->text, '\n');
	f->has_lines = true;
	buf_put(&f->text, label);
	if (label.n && line.n)
		buf_char(&f->text, ' ');
	buf_put(&f->text, line);
}

void
pages_paragraph_end(struct pages_build *b, uint8_t heading, struct str label)
{
	struct frame *f = top(b);

	if (f->kind != FRAME_BODY) {
		end_line(b, f, label);
	} else {
		push_block(
		    b, (struct block){
			   .kind = BLOCK_PARAGRAPH,
			   .heading = heading,
			   .text = arena_str(b->mem, buf_str(&f->paragraph)),
			   .list_label = label,
		       });
		push_pending(b);
	}
	buf_clear(&f->paragraph);
}

void
pages_table_start(struct pages_build *b)
{
	if (b->flat)
		return;
	if (b->n_tables == b->tables.n)
		*vec_push(b->mem, &b->tables) = (struct table_build){0};

	struct table_build *t = &b->tables.p[b->n_tables++];
	t->rows.p = NULL; /* the rows of the last one belong to its block */
	t->rows.n = t->rows.cap = 0;
	t->cells.n = 0;
}

void
pages_row_start(struct pages_build *b)
{
	struct table_build *t = table(b);

	if (!t)
		return;
	t->cells.n = 0;
	t->column = 0;
	t->repeated_head = t->drop_row = false;
}

void
pages_cell_start(struct pages_build *b)
{
	if (table(b))
		push_frame(b, FRAME_CELL, BLOCK_PARAGRAPH);
}

/* The text of the frame on top, which ends here. */
static struct str
pop_frame(struct pages_build *b)
{
	struct frame *f = top(b);

	if (f->paragraph.n) /* a paragraph whose end was deleted */
		end_line(b, f, S(""));
	b->n_frames--;
	return arena_str(b->mem, str_trim(buf_str(&f->text)));
}

void
pages_cell_end(struct pages_build *b, uint32_t span, bool continues)
{
	struct table_build *t = table(b);

	if (!t || top(b)->kind != FRAME_CELL)
		return;

	struct str text = pop_frame(b);
	if (span < 1 || t->column >= MOST_COLUMNS)
		span = 1;
	if (span > MOST_COLUMNS)
		span = MOST_COLUMNS;
	if (t->column < UINT16_MAX - MOST_COLUMNS)
		*vec_push(b->mem, &t->cells) = (struct grid_cell){
		    .text = text,
		    .column = (uint16_t)t->column,
		    .span = (uint16_t)span,
		    .continues = continues,
		};
	t->column += span;
}

void
pages_cell_end_joined(struct pages_build *b, uint32_t span)
{
	struct table_build *t = table(b);

	if (!t || t->cells.n == 0 || top(b)->kind != FRAME_CELL) {
		pages_cell_end(b, span, false);
		return;
	}

	struct str text = pop_frame(b);
	struct grid_cell *left = &t->cells.p[t->cells.n - 1];
	if (text.n)
		left->text = left->text.n ?
				 arena_fmt(b->mem, "%.*s\n%.*s",
				     STR_ARG(left->text), STR_ARG(text)) :
				 text;
	if (left->span + span <= MOST_COLUMNS) {
		left->span = (uint16_t)(left->span + span);
		t->column += span;
	}
}

void
pages_skip_columns(struct pages_build *b, uint32_t n)
{
	struct table_build *t = table(b);

	if (t && n <= MOST_COLUMNS)
		t->column += n;
}

void
pages_row_is_head(struct pages_build *b)
{
	struct table_build *t = table(b);

	if (t)
		t->repeated_head = true;
}

void
pages_row_is_deleted(struct pages_build *b)
{
	struct table_build *t = table(b);

	if (t)
		t->drop_row = true;
}

void
pages_row_end(struct pages_build *b)
{
	struct table_build *t = table(b);

	if (!t || t->drop_row || t->cells.n == 0)
		return;

	struct grid_row row = {
	    .cells = arena_new(b->mem, struct grid_cell, t->cells.n),
	    .n = (uint32_t)t->cells.n,
	    .repeated_head = t->repeated_head,
	};
	for (size_t i = 0; i < t->cells.n; i++)
		row.cells[i] = t->cells.p[i];
	*vec_push(b->mem, &t->rows) = row;
}

void
pages_table_end(struct pages_build *b)
{
	struct table_build *t = table(b);

	if (!t)
		return;

	struct block block = {
	    .kind = BLOCK_TABLE,
	    .rows = t->rows.p,
	    .n_rows = (uint32_t)t->rows.n,
	};
	b->n_tables--;
	if (block.n_rows == 0)
		return;
	if (top(b)->kind == FRAME_BODY) {
		push_block(b, block);
		push_pending(b);
		return;
	}
	diag_note(b->d, (struct place){0},
	    N_("В ячейке таблицы стоит другая таблица; она прочитана отдельно, "
	       "после внешней."));
	*vec_push(b->mem, &b->pending) = block;
}

void
pages_aside_start(struct pages_build *b, enum block_kind kind)
{
	push_frame(b, FRAME_ASIDE, kind);
	b->flat++;
}

struct str
pages_aside_take(struct pages_build *b)
{
	MUST(top(b)->kind == FRAME_ASIDE);
	b->flat--;
	return pop_frame(b);
}

void
pages_aside_put(struct pages_build *b, enum block_kind kind, struct str text)
{
	if (text.n)
		*vec_push(b->mem, &b->pending) =
		    (struct block){.kind = kind, .text = text};
}

void
pages_aside_end(struct pages_build *b)
{
	enum block_kind kind = top(b)->aside;

	pages_aside_put(b, kind, pages_aside_take(b));
}

void
pages_build_finish(struct pages_build *b, struct pages *ret)
{
	push_pending(b);
	for (size_t i = 0; i < b->blocks.n; i++)
		b->blocks.p[i].number = (uint32_t)i + 1;
	ret->blocks = b->blocks.p;
	ret->n = b->blocks.n;
}
