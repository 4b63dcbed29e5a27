/*
 * convert.c - the converter's side with rights: start the child, read its
 * records, trust none of them.
 */
#include "convert/convert.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "convert/record.h"
#include "os/process.h"

enum { SILENCE_SECONDS = 120, READ_AT_ONCE = 256 * 1024 };

/* What one run of the child has said so far. */
struct hearing {
	struct child child;
	struct diag *d;
	struct arena *line_mem; /* reset after each line */
	char *bytes;
	size_t n; /* in bytes, not yet cut into lines */
	bool has_ended;
	bool is_garbage;
	enum rc rc;
	uint64_t rows;
	void *ctx;
	bool (*take)(struct hearing *h, struct str line);
};

/* Text of the child becomes the parent's own: valid UTF-8 or nothing. */
static struct str
own_text(struct hearing *h, struct record_in *in)
{
	return arena_str(h->d->mem, record_next_text(in));
}

static bool
take_complaint(struct hearing *h, struct record_in *in)
{
	int64_t severity = record_next_int(in);
	struct place at = {0};

	at.sheet = own_text(h, in);
	at.row = (uint32_t)record_next_int(in);
	at.column = own_text(h, in);
	struct str text = own_text(h, in);
	struct complaint *c =
	    severity == SEV_ERROR ?
		diag_error(h->d, at, "%.*s", STR_ARG(text)) :
	    severity == SEV_WARNING ?
		diag_warning(h->d, at, "%.*s", STR_ARG(text)) :
		diag_note(h->d, at, "%.*s", STR_ARG(text));
	c->value = own_text(h, in);
	c->expected = own_text(h, in);
	c->hint = own_text(h, in);
	return !in->is_broken;
}

static bool
take_end(struct hearing *h, struct record_in *in)
{
	int64_t rc = record_next_int(in);

	if (in->is_broken || rc < 0 || rc >= RC_COUNT)
		return false;
	h->has_ended = true;
	h->rc = (enum rc)rc;
	return true;
}

static bool
take_line(struct hearing *h, struct str line)
{
	if (!line.n)
		return false;
	if (line.p[0] != 'e' && line.p[0] != 'z') {
		h->rows++;
		return h->take(h, line);
	}
	struct record_in *in = arena_raw(h->line_mem, sizeof *in);
	record_split(in, line);
	return line.p[0] == 'e' ? take_complaint(h, in) : take_end(h, in);
}

/* Cuts what has come into lines; what is left moves to the front. */
static void
cut_lines(struct hearing *h)
{
	struct str rest = {h->bytes, h->n};
	ptrdiff_t end;

	while (!h->is_garbage && (end = str_find_char(rest, '\n')) >= 0) {
		if (h->has_ended ||
		    !take_line(h, str_cut(rest, 0, (size_t)end)))
			h->is_garbage = true;
		arena_reset(h->line_mem);
		rest = str_from(rest, (size_t)end + 1);
	}
	if (rest.n)
		memmove(h->bytes, rest.p, rest.n);
	h->n = rest.n;
}

static void
hear(struct hearing *h)
{
	size_t cap = RECORD_LONGEST + READ_AT_ONCE;

	h->bytes = malloc(cap);
	MUST(h->bytes);
	h->line_mem = arena_open(0);
	while (!h->is_garbage) {
		ssize_t got = child_read(
		    &h->child, h->bytes + h->n, READ_AT_ONCE, SILENCE_SECONDS);
		if (got <= 0)
			break;
		h->n += (size_t)got;
		cut_lines(h);
		if (h->n > RECORD_LONGEST)
			h->is_garbage = true;
	}
	arena_close(h->line_mem);
	free(h->bytes);
}

/* Why the child did not come to its last word. */
static enum rc
complain_death(struct hearing *h, int status)
{
	enum {
		KILLED_BY_CPU = 256 + 24,
		KILLED = 256 + 9,
		KILLED_BY_CALL = 256 + 31
	};
	struct place nowhere = {0};

	if (h->is_garbage)
		diag_error(
		    h->d, nowhere, N_("Файл не прочитан: чтение сбилось."));
	else if (status == KILLED_BY_CPU || status == KILLED)
		diag_error(h->d, nowhere,
		    N_("Файл читался слишком долго и остановлен."))
		    ->hint =
		    S("Проверьте, тот ли это файл, или разделите его.");
	else if (status == KILLED_BY_CALL)
		diag_error(h->d, nowhere,
		    N_("Файл пытался сделать то, чего таблица делать не может; "
		       "чтение остановлено."))
		    ->hint = S("Не загружайте его и сообщите администратору.");
	else
		diag_error(h->d, nowhere,
		    N_("Файл не прочитан: он повреждён или "
		       "слишком велик."))
		    ->hint =
		    S("Откройте его в Excel, сохраните заново и повторите.");
	return RC_INVALID;
}

static enum rc
converse(struct hearing *h, int fd, const char *const argv[])
{
	enum rc rc = child_start_self(argv, fd, &h->child);

	if (rc != RC_OK) {
		diag_error(h->d, (struct place){0},
		    N_("Чтение файла не началось: процесс не запускается."));
		return rc;
	}
	hear(h);
	if (h->is_garbage || !h->has_ended) {
		int status = child_wait(&h->child);
		return complain_death(h, status);
	}
	(void)child_wait(&h->child);
	return h->rc;
}

static bool
take_row(struct hearing *h, struct str line)
{
	return record_give(h->line_mem, line, h->ctx);
}

enum rc
convert_rows(int fd, const struct recogniser_options *options,
    const struct row_sink *sink, struct diag *d)
{
	autoarena mem = arena_open(0);
	const char *const argv[] = {"opora", "converter", "rows",
	    arena_fmt(mem, "%u", options->kind).p,
	    arena_cstr(mem, options->file_name),
	    arena_cstr(mem, options->procedure),
	    arena_fmt(mem, "%d", options->year.first).p,
	    arena_fmt(mem, "%u", options->autumn).p, NULL};
	struct hearing h = {
	    .d = d, .ctx = (void *)(uintptr_t)sink, .take = take_row};

	return converse(&h, fd, argv);
}

/* ---- documents ---- */

struct page_building {
	struct arena *mem;
	struct pages pages;
	VEC(struct block) blocks;
	VEC(struct grid_row) rows;   /* of the block being built */
	VEC(struct grid_cell) cells; /* of the row being built */
	bool has_row;
};

static struct str
lines_of(struct arena *mem, struct str s)
{
	char *copy = arena_cstr(mem, s);

	for (size_t i = 0; i < s.n; i++)
		if (copy[i] == '\x1f')
			copy[i] = '\n';
	return (struct str){copy, s.n};
}

static void
close_row(struct page_building *p)
{
	if (p->has_row) {
		struct grid_row *row = &p->rows.p[p->rows.n - 1];
		row->cells = p->cells.p;
		row->n = (uint32_t)p->cells.n;
	}
	p->has_row = false;
	memset(&p->cells, 0, sizeof p->cells);
}

static void
close_block(struct page_building *p)
{
	close_row(p);
	if (p->blocks.n) {
		struct block *b = &p->blocks.p[p->blocks.n - 1];
		b->rows = p->rows.p;
		b->n_rows = (uint32_t)p->rows.n;
	}
	memset(&p->rows, 0, sizeof p->rows);
}

static bool
take_block(struct page_building *p, struct record_in *in)
{
	int64_t kind = record_next_int(in);

	close_block(p);
	if (kind < BLOCK_PARAGRAPH || kind > BLOCK_HEADER)
		return false;
	struct block *b = vec_push(p->mem, &p->blocks);
	b->kind = (enum block_kind)kind;
	b->heading = (uint8_t)record_next_int(in);
	b->number = (uint32_t)record_next_int(in);
	b->list_label = lines_of(p->mem, record_next_text(in));
	b->text = lines_of(p->mem, record_next_text(in));
	return !in->is_broken;
}

static bool
take_page_line(struct hearing *h, struct str line)
{
	struct page_building *p = h->ctx;
	struct record_in *in = arena_raw(h->line_mem, sizeof *in);

	record_split(in, line);
	switch (line.p[0]) {
	case 'p':
		return take_block(p, in);
	case 'w':
		close_row(p);
		p->has_row = p->blocks.n > 0;
		vec_push(p->mem, &p->rows)->repeated_head =
		    record_next_int(in) != 0;
		return p->has_row && !in->is_broken;
	case 'k': {
		if (!p->has_row)
			return false;
		struct grid_cell *c = vec_push(p->mem, &p->cells);
		c->column = (uint16_t)record_next_int(in);
		c->span = (uint16_t)record_next_int(in);
		c->continues = record_next_int(in) != 0;
		c->text = lines_of(p->mem, record_next_text(in));
		return !in->is_broken && c->span >= 1;
	}
	case 'm':
		p->pages.had_tracked_changes = record_next_int(in) != 0;
		p->pages.had_images = record_next_int(in) != 0;
		return !in->is_broken;
	default:
		return false;
	}
}

enum rc
convert_pages(int fd, struct arena *mem, struct diag *d, struct pages *ret)
{
	static const char *const argv[] = {"opora", "converter", "pages", NULL};
	struct page_building p = {.mem = mem};
	struct hearing h = {.d = d, .ctx = &p, .take = take_page_line};
	enum rc rc = converse(&h, fd, argv);

	if (rc != RC_OK)
		return rc;
	close_block(&p);
	p.pages.blocks = p.blocks.p;
	p.pages.n = p.blocks.n;
	*ret = p.pages;
	return RC_OK;
}
