/*
 * child.c - the converter's side without rights: descriptor 3 in, records out.
 *
 * What it needs of the embedded tables is parsed before the sandbox closes;
 * after that nothing but the open descriptors is left to it.
 */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/embedded.h"
#include "convert/convert.h"
#include "convert/record.h"
#include "convert_data.h" /* written by tools/embed.py */
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
put_end(
    struct pipe_out *out, struct arena *mem, const struct diag *d, enum rc rc)
{
	struct buf b = buf_open(mem, 256);

	buf_char(&b, 'z');
	record_int(&b, rc);
	record_int(&b, (int64_t)d->errors);
	record_int(&b, (int64_t)d->warnings);
	put_line(out, buf_str(&b));
	flush(out);
}

static enum rc
read_rows(struct arena *mem, struct pipe_out *out, struct diag *d,
    struct recogniser_options *options)
{
	struct record_out records;
	enum sheet_format format = sheet_format_of(FILE_FD);
	enum rc rc;

	record_out_open(&records, arena_open(0), out, take);
	struct recogniser *r = recogniser_open(mem, options, &records.sink, d);
	struct sheet_sink sheets = recogniser_sink(r);
	do
		rc = sheet_read(
		    FILE_FD, format, &sheet_default_limits, &sheets, d);
	while (rc == RC_OK && recogniser_again(r));

	enum rc closed = recogniser_close(r);
	return rc == RC_OK ? closed : rc;
}

/* converter rows KIND NAME PROCEDURE YEAR AUTUMN */
static _Noreturn void
rows_main(char **argv)
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

	randombytes_buf(options.person_key, sizeof options.person_key);
	enum rc rc = read_tables(mem, &d, &data);
	if (rc == RC_OK)
		rc = sandbox_enter(
		    (struct sandbox_limits){most_memory, MOST_SECONDS});
	if (rc == RC_OK)
		rc = read_rows(mem, &out, &d, &options);
	put_complaints(&out, mem, &d);
	put_end(&out, mem, &d, rc);
	_exit(0); /* all is said, and nothing here outlives the process */
}

/* ---- documents ---- */

static void
put_cell(struct pipe_out *out, struct buf *b, const struct grid_cell *c)
{
	buf_clear(b);
	buf_char(b, 'k');
	record_int(b, c->column);
	record_int(b, c->span);
	record_int(b, c->continues);
	/* Line ends inside a cell mean something: they cross as \x1f. */
	buf_char(b, '\t');
	for (size_t i = 0; i < c->text.n; i++) {
		char ch = c->text.p[i];
		buf_char(b, ch == '\n'               ? '\x1f' :
			    (unsigned char)ch < 0x20 ? ' ' :
						       ch);
	}
	put_line(out, buf_str(b));
}

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
put_block(struct pipe_out *out, struct buf *b, const struct block *block)
{
	buf_clear(b);
	buf_char(b, 'p');
	record_int(b, block->kind);
	record_int(b, block->heading);
	record_int(b, block->number);
	put_text(b, block->list_label);
	put_text(b, block->text);
	put_line(out, buf_str(b));
	for (uint32_t r = 0; r < block->n_rows; r++) {
		buf_clear(b);
		buf_char(b, 'w');
		record_int(b, block->rows[r].repeated_head);
		put_line(out, buf_str(b));
		for (uint32_t c = 0; c < block->rows[r].n; c++)
			put_cell(out, b, &block->rows[r].cells[c]);
	}
}

static _Noreturn void
pages_main(void)
{
	struct arena *mem = arena_open(0);
	struct diag d = diag_open(mem, 0);
	struct pipe_out out = {.buf = buf_open(arena_open(0), 0)};
	struct buf line = buf_open(mem, RECORD_LONGEST);
	struct pages pages = {0};
	enum rc rc =
	    sandbox_enter((struct sandbox_limits){most_memory, MOST_SECONDS});

	if (rc == RC_OK)
		rc = pages_read(
		    FILE_FD, pages_format_of(FILE_FD), mem, &d, &pages);
	for (size_t i = 0; rc == RC_OK && i < pages.n; i++)
		put_block(&out, &line, &pages.blocks[i]);
	buf_clear(&line);
	buf_char(&line, 'm');
	record_int(&line, pages.had_tracked_changes);
	record_int(&line, pages.had_images);
	put_line(&out, buf_str(&line));
	put_complaints(&out, mem, &d);
	put_end(&out, mem, &d, rc);
	_exit(0); /* all is said, and nothing here outlives the process */
}

int
converter_main(int argc, char **argv)
{
	random_init();
	if (argc == 8 && strcmp(argv[2], "rows") == 0)
		rows_main(argv + 3);
	if (argc == 3 && strcmp(argv[2], "pages") == 0)
		pages_main();
	return rc_exit_status(RC_USAGE);
}
