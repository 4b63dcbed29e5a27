/*
 * child.c - the converter's side without rights: descriptor 3 in, records out.
 *
 * What it needs of the embedded tables is parsed before the sandbox closes;
 * after that nothing but the open descriptors is left to it.
 */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/embedded.h"
#include "convert/convert.h"
#include "convert/count_plain.h"
#include "convert/record.h"
#include "convert_data.h" /* written by tools/embed.py */
#include "fmt/content.h"
#include "fmt/zip_lib.h"
#include "os/file.h"
#include "os/random.h"
#include "os/sandbox.h"

enum {
	FILE_FD = 3,
	MOST_SECONDS = 600,
	FLUSH_AT = 64 * 1024,
};

static const uint64_t most_memory = (uint64_t)1024 * 1024 * 1024;

/* Records gathered into one write. */
struct pipe_out {
	struct buf buf;
	bool is_broken; /* the parent has gone */
};

static void
flush(struct pipe_out *out)
{
	if (!out->is_broken &&
	    fd_write_all(STDOUT_FILENO, buf_str(&out->buf)) != RC_OK)
		out->is_broken = true;
	buf_clear(&out->buf);
}

static void
put_line(struct pipe_out *out, struct str record)
{
	buf_put(&out->buf, record);
	buf_char(&out->buf, '\n');
	if (out->buf.n >= FLUSH_AT)
		flush(out);
}

static void
take(void *ctx, struct str record, bool is_refused)
{
	put_line(ctx, record);
}

static struct str
text_of(const char *name)
{
	const struct embedded *f = embedded_find(&convert_data, str_of(name));

	MUST(f);
	return f->bytes;
}

static enum rc
read_tables(struct arena *mem, struct diag *d, struct recognise_data *ret)
{
	const struct recognise_texts texts = {
	    .subject_codes = text_of("subject-codes.tsv"),
	    .thresholds = text_of("thresholds.tsv"),
	    .vpr_scales = text_of("scales/vpr.tsv"),
	    .retakes = text_of("retakes.tsv"),
	    .elements = text_of("elements.tsv")};

	return recognise_data_read(mem, &texts, d, ret);
}

static void
put_complaints(struct pipe_out *out, struct arena *mem, const struct diag *d)
{
	for (size_t i = 0; i < d->n; i++) {
		const struct complaint *c = &d->all[i];
		struct buf b = buf_open(mem, RECORD_LONGEST);
		buf_char(&b, 'e');
		record_int(&b, c->severity);
		record_text(&b, c->at.sheet);
		record_int(&b, c->at.row);
		record_text(&b, c->at.column);
		record_text(&b, c->text);
		record_text(&b, c->value);
		record_text(&b, c->expected);
		record_text(&b, c->hint);
		put_line(out, buf_str(&b));
	}
}

/* The last record: without it the parent knows that the child died. */
static void
put_end(struct pipe_out *out, struct arena *mem, const struct diag *d,
    enum rc rc, bool is_whole)
{
	struct buf b = buf_open(mem, 256);

	buf_char(&b, 'z');
	record_int(&b, rc);
	record_int(&b, (int64_t)d->errors);
	record_int(&b, (int64_t)d->warnings);
	record_int(&b, is_whole);
	put_line(out, buf_str(&b));
	flush(out);
}

/* ret_whole: whether the file could be read to its end. */
static enum rc
read_table(struct arena *mem, const struct recogniser_options *options,
    const struct row_sink *sink, struct diag *d, bool *ret_whole)
{
	enum sheet_format format = sheet_format_of(FILE_FD);
	struct recogniser *r = recogniser_open(mem, options, sink, d);
	struct sheet_sink sheets = recogniser_sink(r);
	enum rc rc;

	do
		rc = sheet_read(
		    FILE_FD, format, &sheet_default_limits, &sheets, d);
	while (rc == RC_OK && recogniser_again(r));
	*ret_whole = rc == RC_OK;

	/* What is missing in a file that could not be read is no news. */
	struct diag said = *d;
	enum rc closed = recogniser_close(r);
	if (rc == RC_OK)
		return closed;
	*d = said;
	return rc;
}

static enum rc
read_rows(struct arena *mem, struct pipe_out *out, struct diag *d,
    const struct recogniser_options *options, bool *ret_whole)
{
	struct record_out records;

	record_out_open(&records, arena_open(0), out, take);
	return read_table(mem, options, &records.sink, d, ret_whole);
}

static void
put_counts(struct pipe_out *out, struct arena *mem, const struct counts *c)
{
	struct buf line = buf_open(mem, RECORD_LONGEST);

	vec_each(struct count_exam, e, &c->exams) {
		buf_clear(&line);
		buf_char(&line, 'x');
		record_text(&line, e->procedure);
		record_int(&line, e->year.first);
		put_line(out, buf_str(&line));
	}
	vec_each(struct count_school, s, &c->schools) {
		buf_clear(&line);
		buf_char(&line, 'c');
		record_text(&line, s->ref.login);
		record_text(&line, s->ref.code);
		record_text(&line, s->ref.name);
		buf_char(&line, '\t');
		counts_pack(&line, s->counts,
		    s->cap < c->exams.n ? s->cap : c->exams.n);
		put_line(out, buf_str(&line));
	}
}

/* Nothing is sent of a file with mistakes. */
static enum rc
read_counts(struct arena *mem, struct pipe_out *out, struct diag *d,
    const struct recogniser_options *options, bool *ret_whole)
{
	struct arena *own = arena_open((size_t)most_memory);
	struct counts counts;

	counts_open(&counts, own, arena_open(0), d);
	struct row_sink sink = counts_sink(&counts);
	enum rc rc = RC_OK;
	if (!counts_plain(FILE_FD, options->data, &counts, own)) {
		rc = read_table(mem, options, &sink, d, ret_whole);
		if (rc == RC_OK && d->errors)
			rc = RC_INVALID;
	}
	if (rc == RC_OK)
		put_counts(out, own, &counts);
	return rc;
}

typedef enum rc table_reader(struct arena *mem, struct pipe_out *out,
    struct diag *d, const struct recogniser_options *options, bool *ret_whole);

/* What reading an archive needs is loaded while files may be opened. */
static void
load_what_is_needed(void)
{
	char head[2];

	if (pread(FILE_FD, head, sizeof head, 0) == sizeof head &&
	    memcmp(head, "PK", sizeof head) == 0)
		(void)zip_lib();
}

/* "failed~Ниже 30" */
static struct said_column
said_column_of(struct str word)
{
	struct said_column c = {0};

	(void)str_split(&word, '~', &c.name);
	c.heading = word;
	return c;
}

/* "~failed~Ниже 30" "=Лист" 2 17 "=Лист 2" 5: see table_argv(). */
static void
take_words(struct arena *mem, char **argv, struct recogniser_options *options)
{
	VEC(struct said_column) columns = {0};
	VEC(struct row_at) list = {0};
	struct str sheet = S("");

	for (; *argv; argv++) {
		if (**argv == '=')
			sheet = str_of(*argv + 1);
		else if (**argv == '~')
			*vec_push(mem, &columns) =
			    said_column_of(str_of(*argv + 1));
		else
			*vec_push(mem, &list) =
			    (struct row_at){sheet, (uint32_t)atol(*argv)};
	}
	options->columns = columns.p;
	options->n_columns = columns.n;
	options->give_back = list.p;
	options->n_give_back = list.n;
}

/* converter rows KIND NAME PROCEDURE YEAR AUTUMN [~NAME~HEADING]… [=SHEET ROW…]… */
static _Noreturn void
table_main(table_reader *read, char **argv)
{
	struct arena *mem = arena_open(0);
	struct diag d = diag_open(mem, 0);
	struct recognise_data data;
	struct pipe_out out = {.buf = buf_open(arena_open(0), 0)};
	struct recogniser_options options = {
	    .kind = (enum file_kind)atoi(argv[0]),
	    .file_name = str_of(argv[1]),
	    .procedure = str_of(argv[2]),
	    .year = {atoi(argv[3])},
	    .autumn = (enum autumn_grade)atoi(argv[4]),
	    .data = &data};
	bool whole = false;

	take_words(mem, argv + 5, &options);
	randombytes_buf(options.person_key, sizeof options.person_key);
	enum rc rc = read_tables(mem, &d, &data);
	load_what_is_needed();
	if (rc == RC_OK)
		rc = sandbox_enter(
		    (struct sandbox_limits){most_memory, MOST_SECONDS});
	if (rc == RC_OK)
		rc = read(mem, &out, &d, &options, &whole);
	put_complaints(&out, mem, &d);
	put_end(&out, mem, &d, rc, whole);
	_exit(0); /* all is said, and nothing here outlives the process */
}

/* ---- documents ---- */

/* A road map of more rows than this is not one. */
enum { MOST_PLAN_ROWS = 50000 };

/* Blocks on their way to the parent. */
struct pages_out {
	struct pipe_out *out;
	struct buf line;
	struct str sheet; /* whose table has not begun */
	bool has_table;
	struct arena *mem;
};

/* Line ends inside a text mean something: they cross as \x1f. */
static void
put_text(struct buf *b, struct str s)
{
	buf_char(b, '\t');
	for (size_t i = 0; i < s.n; i++)
		buf_char(b, s.p[i] == '\n'               ? '\x1f' :
			    (unsigned char)s.p[i] < 0x20 ? ' ' :
							   s.p[i]);
}

static void
put_block(struct pages_out *o, const struct block *block)
{
	buf_clear(&o->line);
	buf_char(&o->line, 'p');
	record_int(&o->line, block->kind);
	record_int(&o->line, block->heading);
	put_text(&o->line, block->list_label);
	put_text(&o->line, block->text);
	put_line(o->out, buf_str(&o->line));
}

static void
put_row(struct pages_out *o, bool repeated_head)
{
	buf_clear(&o->line);
	buf_char(&o->line, 'w');
	record_int(&o->line, repeated_head);
	put_line(o->out, buf_str(&o->line));
}

static void
put_cell(struct pages_out *o, const struct grid_cell *c)
{
	buf_clear(&o->line);
	buf_char(&o->line, 'k');
	record_int(&o->line, c->column);
	record_int(&o->line, c->span);
	record_int(&o->line, c->continues);
	put_text(&o->line, c->text);
	put_line(o->out, buf_str(&o->line));
}

static enum rc
give_document(struct pages_out *o, struct diag *d)
{
	struct pages pages;
	enum rc rc = pages_read(FILE_FD, PAGES_UNKNOWN, o->mem, d, &pages);

	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < pages.n; i++) {
		const struct block *b = &pages.blocks[i];
		put_block(o, b);
		for (uint32_t r = 0; r < b->n_rows; r++) {
			put_row(o, b->rows[r].repeated_head);
			for (uint32_t c = 0; c < b->rows[r].n; c++)
				put_cell(o, &b->rows[r].cells[c]);
		}
	}
	buf_clear(&o->line);
	buf_char(&o->line, 'm');
	record_int(&o->line, pages.had_tracked_changes);
	record_int(&o->line, pages.had_images);
	put_line(o->out, buf_str(&o->line));
	return RC_OK;
}

static bool
on_sheet(void *ctx, struct str name, uint32_t index)
{
	struct pages_out *o = ctx;

	o->sheet = arena_str(o->mem, name);
	o->has_table = false;
	return true;
}

/* A sheet is a heading with its name and one table. */
static bool
on_row(void *ctx, uint32_t row, const struct cell *cells, size_t n)
{
	struct pages_out *o = ctx;

	if (!o->has_table) {
		if (o->sheet.n)
			put_block(
			    o, &(struct block){.heading = 1, .text = o->sheet});
		put_block(o, &(struct block){.kind = BLOCK_TABLE});
		o->has_table = true;
	}
	put_row(o, false);
	for (size_t i = 0; i < n; i++)
		if (cells[i].text.n)
			put_cell(o, &(struct grid_cell){
					.text = cells[i].text,
					.column = (uint16_t)cells[i].column,
					.span = 1,
				    });
	return true;
}

static enum rc
give_sheets(struct pages_out *o, struct diag *d)
{
	struct sheet_limits limits = sheet_default_limits;
	struct sheet_sink sink = {.ctx = o, .sheet = on_sheet, .row = on_row};

	limits.rows = limits.lines = MOST_PLAN_ROWS;
	limits.unpacked = (uint64_t)256 * 1024 * 1024;
	return sheet_read(FILE_FD, SHEET_UNKNOWN, &limits, &sink, d);
}

static enum rc
give_pages(struct pages_out *o, struct diag *d)
{
	if (pages_format_of(FILE_FD) != PAGES_UNKNOWN)
		return give_document(o, d);
	if (sheet_format_of(FILE_FD) != SHEET_UNKNOWN)
		return give_sheets(o, d);
	content_refuse(
	    content_of(FILE_FD), S("DOCX, ODT, XLSX, ODS, XLS или CSV"), d);
	return RC_INVALID;
}

/* converter pages */
static _Noreturn void
pages_main(void)
{
	struct arena *mem = arena_open(0);
	struct diag d = diag_open(mem, 0);
	struct pipe_out out = {.buf = buf_open(arena_open(0), 0)};
	struct pages_out pages = {
	    .out = &out, .mem = mem, .line = buf_open(mem, RECORD_LONGEST)};

	load_what_is_needed();
	enum rc rc =
	    sandbox_enter((struct sandbox_limits){most_memory, MOST_SECONDS});
	if (rc == RC_OK)
		rc = give_pages(&pages, &d);
	put_complaints(&out, mem, &d);
	put_end(&out, mem, &d, rc, rc == RC_OK);
	_exit(0); /* all is said, and nothing here outlives the process */
}

int
converter_main(int argc, char **argv)
{
	/* Whatever else the parent had open is none of our business. */
	(void)close_range(FILE_FD + 1, ~0u, 0);
	/* libzip asks for local times, the C library opens a file for them. */
	if (setenv("TZ", "UTC0", 1) != 0)
		return rc_exit_status(RC_FAILED);
	tzset();
	random_init();
	if (argc >= 8 && strcmp(argv[2], "rows") == 0)
		table_main(read_rows, argv + 3);
	if (argc == 8 && strcmp(argv[2], "counts") == 0)
		table_main(read_counts, argv + 3);
	if (argc == 3 && strcmp(argv[2], "pages") == 0)
		pages_main();
	return rc_exit_status(RC_USAGE);
}
