/*
 * convert.c - the converter's side with rights: start the child, read its
 * records, trust none of them.
 */
#include "convert/convert.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "base/vec.h"
#include "convert/counts.h"
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
	bool is_whole; /* and came to the end of the file */
	bool is_garbage;
	bool is_silent;
	bool is_full;   /* what it said is more than the caller can hold */
	bool is_enough; /* the consumer wants no more */
	enum rc rc;
	uint64_t errors, warnings; /* heard one by one */
	void *ctx;
	bool (*take)(struct hearing *h, struct str line);
};

/* Text of the child becomes the parent's own. */
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

	h->errors += severity == SEV_ERROR;
	h->warnings += severity == SEV_WARNING;

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

/* The last word: the outcome, and all complaints, also those not kept. */
static bool
take_end(struct hearing *h, struct record_in *in)
{
	int64_t rc = record_next_int(in);
	int64_t errors = record_next_int(in);
	int64_t warnings = record_next_int(in);
	int64_t whole = record_next_int(in);

	if (in->is_broken || rc < 0 || rc >= RC_COUNT || errors < 0 ||
	    warnings < 0)
		return false;
	if ((uint64_t)errors > h->errors)
		h->d->errors += (uint64_t)errors - h->errors;
	if ((uint64_t)warnings > h->warnings)
		h->d->warnings += (uint64_t)warnings - h->warnings;
	h->has_ended = true;
	h->is_whole = whole == 1;
	h->rc = (enum rc)rc;
	return true;
}

static bool
take_line(struct hearing *h, struct str line)
{
	if (!line.n || memchr(line.p, 0, line.n) || !utf8_valid(line))
		return false;
	if (line.p[0] != 'e' && line.p[0] != 'z')
		return h->take(h, line);
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

	while (!h->is_garbage && !h->is_enough &&
	       (end = str_find_char(rest, '\n')) >= 0) {
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
	while (!h->is_garbage && !h->is_enough) {
		ssize_t got = child_read(
		    &h->child, h->bytes + h->n, READ_AT_ONCE, SILENCE_SECONDS);
		h->is_silent = got < 0;
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

struct death {
	int status; /* as child_wait() says it */
	enum rc rc;
	const char *sentence;
	const char *hint;
};

/* clang-format off */
static const struct death deaths[] = {
	{256 + SIGXCPU, RC_LIMIT,
	    N_("Файл читался слишком долго, и чтение остановлено."),
	    N_("Проверьте, тот ли это файл, или разделите его на части.")},
	{256 + SIGKILL, RC_LIMIT,
	    N_("Файл читался слишком долго, и чтение остановлено."),
	    N_("Проверьте, тот ли это файл, или разделите его на части.")},
	{256 + SIGABRT, RC_LIMIT,
	    N_("Файл слишком велик: на его чтение не хватило памяти."),
	    N_("Разделите его на части.")},
	{256 + SIGSYS, RC_INVALID,
	    N_("Чтение файла остановлено: он пытался сделать то, чего таблица "
	       "делать не может."),
	    N_("Не открывайте этот файл и покажите его администратору.")},
};

/* clang-format on */

/* Why the child did not come to its last word. */
static enum rc
complain_death(struct hearing *h, int status)
{
	static const struct death other = {0, RC_INVALID,
	    N_("Файл не прочитан: он повреждён."),
	    N_("Откройте его в той программе, где он сделан, сохраните заново "
	       "и повторите.")};
	const struct death *why = &other;

	for (size_t i = 0; i < COUNT_OF(deaths); i++)
		if (deaths[i].status == status && !h->is_garbage)
			why = &deaths[i];
	diag_error(h->d, (struct place){0}, "%s", why->sentence)->hint =
	    str_of(why->hint);
	return why->rc;
}

static enum rc
complain_full(struct hearing *h)
{
	diag_error(h->d, (struct place){0},
	    N_("В файле слишком много текста, столько не читается."))
	    ->hint = S("Разделите файл на части.");
	return RC_LIMIT;
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
	if (h->is_enough) {
		child_stop(&h->child);
		return RC_LIMIT;
	}
	if (h->has_ended && !h->is_garbage) {
		child_stop(&h->child); /* it has nothing more to say */
		return h->is_full ? complain_full(h) : h->rc;
	}
	if (h->is_garbage || h->is_silent) { /* it may never end by itself */
		child_stop(&h->child);
		return h->is_full ? complain_full(h) :
				    complain_death(h, 256 + SIGKILL);
	}
	return complain_death(h, child_wait(&h->child));
}

static bool
take_row(struct hearing *h, struct str line)
{
	const struct row_sink *sink = h->ctx;
	bool good = record_give(h->line_mem, line, sink);

	if (sink->enough && sink->enough(sink->ctx))
		h->is_enough = true;
	return good;
}

/*
 * What the child is told, as words: "~failed~Ниже 30" of a column; a sheet
 * once for all rows of it that stand together ("=Лист"), so that a long list
 * still fits.
 */
static const char *const *
table_argv(
    struct arena *mem, const char *what, const struct recogniser_options *o)
{
	VEC(const char *) argv = {0};
	const char *const first[] = {"opora", "converter", what,
	    arena_fmt(mem, "%u", o->kind).p, arena_cstr(mem, o->file_name),
	    arena_cstr(mem, o->procedure),
	    arena_fmt(mem, "%d", o->year.first).p,
	    arena_fmt(mem, "%u", o->autumn).p};

	for (size_t i = 0; i < COUNT_OF(first); i++)
		*vec_push(mem, &argv) = first[i];
	for (size_t i = 0; i < o->n_columns; i++)
		*vec_push(mem, &argv) = arena_fmt(mem, "~%.*s~%.*s",
		    STR_ARG(o->columns[i].name), STR_ARG(o->columns[i].heading))
					    .p;
	for (size_t i = 0; i < o->n_give_back; i++) {
		const struct row_at *at = &o->give_back[i];
		if (i == 0 || !str_eq(at->sheet, at[-1].sheet))
			*vec_push(mem, &argv) =
			    arena_fmt(mem, "=%.*s", STR_ARG(at->sheet)).p;
		*vec_push(mem, &argv) = arena_fmt(mem, "%u", at->row).p;
	}
	*vec_push(mem, &argv) = NULL;
	return argv.p;
}

static enum rc
converse_table(struct hearing *h, int fd, const char *what,
    const struct recogniser_options *options)
{
	autoarena mem = arena_open(0);

	return converse(h, fd, table_argv(mem, what, options));
}

enum rc
convert_rows(int fd, const struct recogniser_options *options,
    const struct row_sink *sink, struct diag *d)
{
	struct hearing h = {
	    .d = d, .ctx = (void *)(uintptr_t)sink, .take = take_row};

	enum rc rc = converse_table(&h, fd, "rows", options);

	if (h.is_whole && (rc == RC_OK || rc == RC_INVALID) && sink->whole)
		sink->whole(sink->ctx);
	return rc;
}

/* ---- counts ---- */

enum { MOST_EXAMS = 4096 };

struct count_hearing {
	const struct count_sink *sink;
	size_t exams;
	struct fact_count counts[MOST_EXAMS];
};

static bool
take_exam(struct count_hearing *c, struct record_in *in)
{
	struct str procedure = record_next_text(in);
	int64_t year = record_next_int(in);

	if (in->is_broken || year < 1 || year > 9998 || c->exams == MOST_EXAMS)
		return false;
	c->exams++;
	c->sink->exam(c->sink->ctx, procedure, (struct syear){(int32_t)year});
	return true;
}

static bool
take_school(struct count_hearing *c, struct record_in *in)
{
	struct school_ref ref = {0};

	ref.login = record_next_text(in);
	ref.code = record_next_text(in);
	ref.name = record_next_text(in);
	ptrdiff_t n = in->at < in->n ? counts_unpack(in->fields[in->at],
					   c->counts, c->exams) :
				       -1;
	if (in->is_broken || n < 0)
		return false;
	c->sink->school(c->sink->ctx, &ref, c->counts, (size_t)n);
	return true;
}

static bool
take_count_line(struct hearing *h, struct str line)
{
	struct record_in *in = arena_raw(h->line_mem, sizeof *in);

	record_split(in, line);
	return line.p[0] == 'x' ? take_exam(h->ctx, in) :
	       line.p[0] == 'c' ? take_school(h->ctx, in) :
				  false;
}

enum rc
convert_counts(int fd, const struct recogniser_options *options,
    const struct count_sink *sink, struct diag *d)
{
	autoarena mem = arena_open(0);
	struct count_hearing *c = arena_new(mem, struct count_hearing, 1);
	struct hearing h = {.d = d, .ctx = c, .take = take_count_line};

	c->sink = sink;
	return converse_table(&h, fd, "counts", options);
}

/* ---- documents ---- */

struct page_building {
	struct arena *mem;
	struct pages pages;
	VEC(struct block) blocks;
	VEC(struct grid_row) rows;   /* of the block being built */
	VEC(struct grid_cell) cells; /* of the row being built */
	bool has_row;
	int64_t next_column; /* the first one that is free */
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
	int64_t heading = record_next_int(in);

	close_block(p);
	if (kind < BLOCK_PARAGRAPH || kind > BLOCK_HEADER || heading < 0 ||
	    heading > 9)
		return false;
	struct block *b = vec_push(p->mem, &p->blocks);
	b->kind = (enum block_kind)kind;
	b->heading = (uint8_t)heading;
	b->number = (uint32_t)p->blocks.n;
	b->list_label = lines_of(p->mem, record_next_text(in));
	b->text = lines_of(p->mem, record_next_text(in));
	return !in->is_broken;
}

static bool
take_grid_row(struct page_building *p, struct record_in *in)
{
	if (!p->blocks.n || p->blocks.p[p->blocks.n - 1].kind != BLOCK_TABLE)
		return false;
	close_row(p);
	p->has_row = true;
	p->next_column = 0;
	vec_push(p->mem, &p->rows)->repeated_head = record_next_int(in) != 0;
	return !in->is_broken;
}

/* Cells of a row go from left to right and do not overlap. */
static bool
take_grid_cell(struct page_building *p, struct record_in *in)
{
	int64_t column = record_next_int(in);
	int64_t span = record_next_int(in);

	if (!p->has_row || column < p->next_column || column > UINT16_MAX ||
	    span < 1 || span > UINT16_MAX - column)
		return false;
	p->next_column = column + span;
	struct grid_cell *c = vec_push(p->mem, &p->cells);
	c->column = (uint16_t)column;
	c->span = (uint16_t)span;
	c->continues = record_next_int(in) != 0;
	c->text = lines_of(p->mem, record_next_text(in));
	return !in->is_broken;
}

static bool
take_page_line(struct hearing *h, struct str line)
{
	struct page_building *p = h->ctx;
	struct record_in *in = arena_raw(h->line_mem, sizeof *in);

	record_split(in, line);
	h->is_full = arena_full(p->mem);
	if (h->is_full)
		return false;
	switch (line.p[0]) {
	case 'p':
		return take_block(p, in);
	case 'w':
		return take_grid_row(p, in);
	case 'k':
		return take_grid_cell(p, in);
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
