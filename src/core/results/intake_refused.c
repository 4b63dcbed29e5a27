/*
 * intake_refused.c - what becomes of refused rows: a file of the same shape
 * that loads back once mended.
 *
 * Typed rows cannot be turned back into the file's own: of a protocol only
 * counts came.  So the places of refused ones are remembered, and the reader
 * is asked for the rows they came of.
 */
#include "convert/convert.h"
#include "core/results/intake_own.h"
#include "fmt/csv_out.h"

static struct str
place_key(struct arena *mem, const struct row_at *at)
{
	return arena_fmt(mem, "%u\x1f%.*s", at->row, STR_ARG(at->sheet));
}

static bool
was_refused(struct intake *in, const struct row_at *at)
{
	return map_get(&in->refused_places, place_key(in->scratch, at)) !=
	       MAP_NONE;
}

void
intake_refuse(struct intake *in, const struct source_cell *at)
{
	const struct row_at place = {at->sheet, at->row};
	struct arena *mem = in->sc->mem;

	in->refused++;
	if (!at->row || was_refused(in, &place))
		return;
	*map_at(&in->refused_places, place_key(mem, &place)) = 1;
	*vec_push(mem, &in->refused_at) =
	    (struct row_at){arena_str(mem, at->sheet), at->row};
}

static struct str
csv_line(struct arena *mem, const struct str *cells, size_t n)
{
	struct buf b = buf_open(mem, 0);
	struct csv_out csv = csv_out_open(&b, CSV_PLAIN);

	for (size_t i = 0; i < n; i++)
		csv_out_text(&csv, cells[i]);
	csv_out_end_row(&csv);
	return buf_str(&b);
}

void
intake_take_headings(void *ctx, const struct str *cells, size_t n)
{
	struct intake *in = ctx;

	if (!in->refused_head.p)
		in->refused_head = csv_line(in->sc->mem, cells, n);
}

static bool
keep_line(struct intake *in, const struct str *cells, size_t n)
{
	struct arena *mem = in->sc->mem;

	if (in->refused_lines.n == INTAKE_REFUSED && !in->said_lines) {
		in->said_lines = true;
		(void)diag_warning(in->sc->diag,
		    (struct place){.file = in->options.file_name},
		    N_("Отклонённых строк больше %d: дальше этого в файл "
		       "отклонённых они не попали."),
		    INTAKE_REFUSED);
	}
	if (in->refused_lines.n >= INTAKE_REFUSED || arena_full(mem))
		return false;
	*vec_push(mem, &in->refused_lines) = csv_line(mem, cells, n);
	return true;
}

void
intake_take_refused(void *ctx, const struct refused_row *row)
{
	struct intake *in = ctx;

	if (row->at.row == 0) { /* a caption above the rows that follow */
		(void)keep_line(in, row->cells, row->n);
		return;
	}
	if (row->back.row) {
		/* meanwhile a person may have said which school it is */
		if (was_refused(in, &row->back))
			in->refused_rows += keep_line(in, row->cells, row->n);
	} else {
		in->rows_read += !in->is_rereading;
		in->refused += !in->is_rereading;
		in->refused_rows += keep_line(in, row->cells, row->n);
	}
	arena_reset(in->scratch);
}

/* Once more, for the rows alone; what it complains of was said already. */
static enum rc
read_refused(struct intake *in, int fd, const struct recogniser_options *how)
{
	autoarena mem = arena_open(0);
	struct diag unheard = diag_open(mem, 0);
	struct recogniser_options again = *how;
	const struct row_sink sink = {.ctx = in,
	    .headings = intake_take_headings,
	    .refused = intake_take_refused};

	again.give_back = in->refused_at.p;
	again.n_give_back = in->refused_at.n;
	in->refused_lines.n = 0;
	in->refused_rows = 0;
	in->is_rereading = true;
	return convert_rows(fd, &again, &sink, &unheard);
}

enum rc
intake_read(struct intake *in, int fd, const struct recogniser_options *how)
{
	struct row_sink sink = intake_sink(in);
	enum rc rc = convert_rows(fd, how, &sink, in->sc->diag);
	enum rc again;

	if (!in->is_whole || in->rc != RC_OK || !in->refused_at.n)
		return rc;
	again = read_refused(in, fd, how);
	return again == RC_OK || again == RC_INVALID ? rc : again;
}

enum rc
intake_keep_refused(struct intake *in)
{
	for (size_t i = 0; i <= in->refused_lines.n; i++) {
		const struct q_load_row_add_in row = {
		    .municipality = in->sc->actor.municipality,
		    .load = in->load,
		    .number = (int64_t)i,
		    .is_refused = true,
		    .record =
			i == 0 ? in->refused_head : in->refused_lines.p[i - 1]};
		enum rc rc = q_load_row_add(in->sc->db, &row);
		if (rc != RC_OK)
			return rc;
	}
	return RC_OK;
}

struct str
intake_refused_file(const struct intake *in)
{
	struct buf b = buf_open(in->sc->mem, 0);

	if (!in->refused_rows)
		return (struct str){NULL, 0};
	buf_put(&b, in->refused_head);
	for (size_t i = 0; i < in->refused_lines.n; i++)
		buf_put(&b, in->refused_lines.p[i]);
	return buf_str(&b);
}
