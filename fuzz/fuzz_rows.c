/*
 * fuzz_rows.c - can a table harm the recogniser, and does what the consumer
 * asks back come back?
 *
 * The first line is said beside the file, in letters: "p" a procedure, "y" a
 * year, "a" autumn; the rest is the CSV.
 */
#include "base/utf8.h"
#include "convert/recognise.h"
#include "data_file.h"
#include "input.h"

struct heard {
	struct arena *mem;
	struct row_at first; /* of the typed rows; row 0: none came */
	bool came_back;
};

static void
hear(struct heard *h, const struct source_cell *at)
{
	MUST(utf8_valid(at->sheet) && utf8_valid(at->column));
	MUST(at->row > 0 && at->last_row >= at->row);
	if (!h->first.row)
		h->first =
		    (struct row_at){arena_str(h->mem, at->sheet), at->row};
}

static void
check_ref(const struct school_ref *s)
{
	MUST(
	    utf8_valid(s->login) && utf8_valid(s->code) && utf8_valid(s->name));
	MUST(s->login.n + s->code.n + s->name.n > 0);
}

static void
on_result(void *ctx, const struct result_row *r)
{
	int64_t sum = 0;
	bool all = true;

	check_ref(&r->school);
	hear(ctx, &r->at);
	MUST(r->failed >= 0 && r->failed <= r->participants);
	for (int i = 0; i < 4; i++) {
		MUST(r->marks[i] >= -1);
		all = all && r->marks[i] >= 0;
		sum += r->marks[i];
	}
	MUST(!all || sum == r->participants);
	MUST(r->marks[0] < 0 || r->marks[0] == r->failed);
}

static void
on_school(void *ctx, const struct school_row *r)
{
	MUST(utf8_valid(r->code) && utf8_valid(r->name) &&
	     utf8_valid(r->logins));
	hear(ctx, &r->at);
}

static void
on_observation(void *ctx, const struct observation_row *r)
{
	check_ref(&r->school);
	MUST(!r->is_known || r->value.den > 0);
	MUST(utf8_valid(r->as_written));
	hear(ctx, &r->at);
}

static void
on_official(void *ctx, const struct official_row *r)
{
	check_ref(&r->school);
	hear(ctx, &r->at);
}

static void
on_bias(void *ctx, const struct bias_row *r)
{
	check_ref(&r->school);
	hear(ctx, &r->at);
}

static void
on_amendment(void *ctx, const struct amendment_row *r)
{
	MUST(r->people > 0 && r->now_passed >= 0 && r->now_failed >= 0);
	MUST(r->now_passed + r->now_failed + r->unknown <= r->people);
	hear(ctx, &r->at);
}

static void
on_refused(void *ctx, const struct refused_row *row)
{
	struct heard *h = ctx;

	h->came_back |= row->back.row != 0;
	for (size_t i = 0; i < row->n; i++) {
		MUST(utf8_valid(row->cells[i]));
		input_touch(row->cells[i]);
	}
}

static enum rc
read_csv(int fd, struct recogniser_options *o, const struct row_sink *sink,
    struct diag *d, bool *ret_whole)
{
	static const struct sheet_limits limits = {
	    .unpacked = 1 << 20,
	    .rows = 5000,
	    .lines = 5000,
	    .columns = 500,
	    .cell_bytes = 5000,
	};
	autoarena mem = arena_open(0);
	struct recogniser *r = recogniser_open(mem, o, sink, d);
	struct sheet_sink sheets = recogniser_sink(r);
	enum rc read, closed;

	do
		read = sheet_read(fd, SHEET_CSV, &limits, &sheets, d);
	while (read == RC_OK && recogniser_again(r));
	*ret_whole = read == RC_OK;
	closed = recogniser_close(r);
	return read == RC_OK ? closed : read;
}

static const struct recognise_data *
tables(void)
{
	static struct recognise_data data;
	static struct arena *mem;

	if (mem)
		return &data;
	mem = arena_open(0);
	struct diag d = diag_open(mem, 0);
	const struct recognise_texts texts = {
	    .subject_codes = data_file("subject-codes.tsv"),
	    .thresholds = data_file("thresholds.tsv"),
	    .vpr_scales = data_file("scales/vpr.tsv"),
	    .retakes = data_file("retakes.tsv"),
	    .elements = data_file("elements.tsv")};
	MUST(recognise_data_read(mem, &texts, &d, &data) == RC_OK);
	return &data;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str all = {(const char *)data, n}, said;

	if (!n || !str_split(&all, '\n', &said))
		return 0;

	autoarena mem = arena_open(0);
	struct diag d = diag_open(mem, 0), unheard = diag_open(mem, 0);
	struct heard h = {.mem = mem};
	const struct row_sink sink = {.ctx = &h,
	    .school = on_school,
	    .result = on_result,
	    .observation = on_observation,
	    .official = on_official,
	    .bias = on_bias,
	    .amendment = on_amendment,
	    .refused = on_refused};
	const struct row_sink refused = {.ctx = &h, .refused = on_refused};
	struct recogniser_options o = {.data = tables(),
	    .procedure =
		str_find_char(said, 'p') >= 0 ? S("vpr-math-5") : S(""),
	    .year = {str_find_char(said, 'y') >= 0 ? 2022 : 0},
	    .autumn = str_find_char(said, 'a') >= 0 ? AUTUMN_ACTUAL :
						      AUTUMN_NOT_SAID};
	int fd = input_file((const uint8_t *)all.p, all.n);
	bool whole;
	enum rc rc = read_csv(fd, &o, &sink, &d, &whole);

	MUST((rc == RC_OK) == (d.errors == 0));
	for (size_t i = 0; i < d.n; i++)
		MUST(utf8_valid(complaint_line(mem, &d.all[i])));
	if (!h.first.row || rc == RC_LIMIT || !whole)
		return 0; /* of a broken file nothing is loaded, so none back */
	o.give_back = &h.first;
	o.n_give_back = 1;
	h.came_back = false;
	(void)!read_csv(fd, &o, &refused, &unheard, &whole);
	MUST(h.came_back);
	return 0;
}
