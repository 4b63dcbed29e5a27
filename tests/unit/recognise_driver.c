/* recognise_driver.c - text fixtures in, text of typed rows out. */
#include "recognise_driver.h"

enum { CELLS_MAX = 256 };

struct driver {
	struct arena *mem;
	struct buf out;
};

static const char *
year(struct syear y, char out[SYEAR_TEXT])
{
	return y.first ? syear_text(y, out) : "?";
}

static void
put(struct buf *b, const char *name, struct str value)
{
	if (value.n)
		buf_fmt(b, " %s=«%.*s»", name, STR_ARG(value));
}

static void
put_school(struct buf *b, const struct school_ref *s)
{
	put(b, "login", s->login);
	put(b, "code", s->code);
	put(b, "name", s->name);
}

static void
put_number(struct buf *b, const char *name, int64_t value)
{
	if (value)
		buf_fmt(b, " %s=%lld", name, (long long)value);
}

static void
put_at(struct buf *b, const struct source_cell *at)
{
	buf_fmt(b, " @%.*s:%u", STR_ARG(at->sheet), at->row);
	if (at->last_row != at->row)
		buf_fmt(b, "-%u", at->last_row);
	if (at->column.n)
		buf_fmt(b, ":%.*s", STR_ARG(at->column));
	buf_char(b, '\n');
}

static void
on_head(void *ctx, const struct file_head *h)
{
	struct buf *b = &((struct driver *)ctx)->out;
	char text[SYEAR_TEXT], day[DATE_TEXT];

	buf_fmt(b, "head %s", file_kind_codes[h->kind]);
	put(b, "sheet", h->sheet);
	put(b, "profile", h->profile);
	put(b, "procedure", h->procedure);
	if (h->year.first)
		buf_fmt(b, " year=%s", syear_text(h->year, text));
	if (!date_is_none(h->dated))
		buf_fmt(b, " dated=%s", date_iso(h->dated, day));
	if (h->is_autumn)
		buf_c(b, " autumn");
	if (h->declared_participants >= 0)
		buf_fmt(b, " declared=%d", h->declared_participants);
	buf_char(b, '\n');
}

static void
on_school(void *ctx, const struct school_row *s)
{
	struct buf *b = &((struct driver *)ctx)->out;

	buf_c(b, "school");
	put(b, "code", s->code);
	put(b, "name", s->name);
	put(b, "kind", s->kind);
	put(b, "locality", s->locality);
	put(b, "logins", s->logins);
	buf_c(b, s->small ? " small" : "");
	put_at(b, &s->at);
}

static void
on_result(void *ctx, const struct result_row *row)
{
	struct buf *b = &((struct driver *)ctx)->out;
	char text[SYEAR_TEXT];

	buf_c(b, "result");
	put_school(b, &row->school);
	buf_fmt(b, " %.*s %s %d/%d", STR_ARG(row->procedure),
	    year(row->year, text), row->failed, row->participants);
	if (row->marks[0] >= 0 || row->marks[1] >= 0)
		buf_fmt(b, " marks=%d,%d,%d,%d", row->marks[0], row->marks[1],
		    row->marks[2], row->marks[3]);
	put_number(b, "retake", row->left_out_retake);
	put_number(b, "previous", row->left_out_previous);
	put_number(b, "absent", row->left_out_absent);
	put_number(b, "gve", row->left_out_gve);
	put_number(b, "without_first", row->without_first);
	buf_c(b, row->only_after_retake ? " only-after-retake" : "");
	buf_c(b, row->is_autumn ? " autumn" : "");
	put_at(b, &row->at);
}

static void
on_observation(void *ctx, const struct observation_row *o)
{
	struct buf *b = &((struct driver *)ctx)->out;
	char text[SYEAR_TEXT], day[DATE_TEXT];

	buf_c(b, "observation");
	put_school(b, &o->school);
	buf_fmt(b, " %s %.*s ", year(o->period, text), STR_ARG(o->element));
	if (o->is_known)
		buf_put(b, ratio_exact(((struct driver *)ctx)->mem, o->value));
	else
		buf_c(b, "нет данных");
	if (!date_is_none(o->dated))
		buf_fmt(b, " dated=%s", date_iso(o->dated, day));
	put(b, "source", o->source_note);
	put_at(b, &o->at);
}

static void
on_official(void *ctx, const struct official_row *o)
{
	struct buf *b = &((struct driver *)ctx)->out;
	char day[DATE_TEXT];

	buf_c(b, "official");
	put_school(b, &o->school);
	put(b, "kind", o->kind);
	put(b, "basis", o->basis);
	put(b, "order", o->order_number);
	if (!date_is_none(o->order_date))
		buf_fmt(b, " dated=%s", date_iso(o->order_date, day));
	put_at(b, &o->at);
}

static void
on_bias(void *ctx, const struct bias_row *row)
{
	struct buf *b = &((struct driver *)ctx)->out;
	char text[SYEAR_TEXT];

	buf_c(b, "bias");
	put_school(b, &row->school);
	buf_fmt(b, " %s %.*s=%d", year(row->year, text), STR_ARG(row->marker),
	    row->is_set);
	put_at(b, &row->at);
}

static void
on_reference(void *ctx, const struct reference_row *row)
{
	struct buf *b = &((struct driver *)ctx)->out;

	buf_c(b, "reference");
	put(b, "name", row->name);
	buf_fmt(b, " %.*s n=%lld", STR_ARG(row->procedure),
	    (long long)row->participants);
	for (int i = 0; i < 4; i++)
		buf_fmt(b, " %.*s", STR_ARG(row->percent[i]));
	put_at(b, &row->at);
}

static void
on_amendment(void *ctx, const struct amendment_row *row)
{
	struct buf *b = &((struct driver *)ctx)->out;
	char text[SYEAR_TEXT];

	buf_c(b, "amendment");
	put_school(b, &row->school);
	buf_fmt(b, " %.*s %s people=%d", STR_ARG(row->procedure),
	    year(row->year, text), row->people);
	put_number(b, "now_passed", row->now_passed);
	put_number(b, "now_failed", row->now_failed);
	put_number(b, "unknown", row->unknown);
	if (row->has_marks)
		buf_fmt(b, " marks=%d,%d,%d,%d", row->marks[0], row->marks[1],
		    row->marks[2], row->marks[3]);
	put_at(b, &row->at);
}

static void
on_refused(void *ctx, const struct refused_row *row)
{
	struct buf *b = &((struct driver *)ctx)->out;

	buf_fmt(b, "refused %u:", row->at.row);
	for (size_t i = 0; i < row->n; i++)
		buf_fmt(b, " %.*s |", STR_ARG(row->cells[i]));
	buf_char(b, '\n');
}

struct str
driver_file(struct arena *mem, const char *path)
{
	FILE *f = fopen(path, "rb");

	if (!f)
		fail_msg("cannot open %s", path);
	assert_int_equal(fseek(f, 0, SEEK_END), 0);
	long n = ftell(f);
	assert_true(n >= 0);
	rewind(f);
	char *p = arena_raw(mem, (size_t)n + 1);
	assert_int_equal(fread(p, 1, (size_t)n, f), (size_t)n);
	(void)fclose(f);
	return (struct str){p, (size_t)n};
}

struct recognise_data
driver_data(struct arena *mem)
{
	struct diag d = diag_open(mem, 0);
	struct recognise_data data;
	struct recognise_texts texts = {
	    .subject_codes =
		driver_file(mem, TESTS_DIR "/../data/subject-codes.tsv"),
	    .thresholds = driver_file(mem, TESTS_DIR "/../data/thresholds.tsv"),
	    .vpr_scales = driver_file(mem, TESTS_DIR "/../data/scales/vpr.tsv"),
	    .retakes = driver_file(mem, TESTS_DIR "/../data/retakes.tsv"),
	    .elements = driver_file(mem, TESTS_DIR "/../data/elements.tsv"),
	};

	assert_int_equal(recognise_data_read(mem, &texts, &d, &data), RC_OK);
	return data;
}

static bool
take_word(struct str *line, struct str word)
{
	if (!str_starts(*line, word))
		return false;
	*line = str_trim(str_from(*line, word.n));
	return true;
}

static void
read_option(struct str line, struct recogniser_options *o)
{
	if (take_word(&line, S("@kind"))) {
		for (int k = 0; k < FILE_KIND_COUNT; k++)
			if (str_eq(line, str_of(file_kind_codes[k])))
				o->kind = (enum file_kind)k;
		assert_true(o->kind != FILE_UNKNOWN);
	} else if (take_word(&line, S("@file"))) {
		o->file_name = line;
	} else if (take_word(&line, S("@year"))) {
		assert_true(syear_parse(line, &o->year));
	} else if (take_word(&line, S("@procedure"))) {
		o->procedure = line;
	} else if (take_word(&line, S("@autumn"))) {
		o->autumn = str_eq(line, S("actual")) ? AUTUMN_ACTUAL :
							AUTUMN_PROGRAMME;
	}
}

/* The calls a reader would make. */
void
driver_rows(
    struct str text, const struct sheet_sink *sink, enum driver_cells how)
{
	struct str line, part;
	uint32_t row = 0, sheet = 0;
	bool more = true;

	while (more && str_split(&text, '\n', &line)) {
		struct cell cells[CELLS_MAX];
		size_t n = 0;
		if (take_word(&line, S("@sheet"))) {
			more = sink->sheet(sink->ctx, line, sheet++);
			row = 0;
			continue;
		}
		if (take_word(&line, S("@row"))) {
			int64_t number = 0;
			assert_true(str_to_int(line, &number));
			row = (uint32_t)number - 1;
			continue;
		}
		if (str_starts(line, S("@")))
			continue;
		if (sheet == 0)
			more = sink->sheet(sink->ctx, S("Лист1"), sheet++);
		row++;
		if (line.n == 0)
			continue;
		for (uint32_t c = 0;
		     c < CELLS_MAX && str_split(&line, '|', &part); c++) {
			part = str_trim(part);
			if (how == DRIVER_FILLED_CELLS && part.n == 0)
				continue;
			cells[n++] = (struct cell){
			    part.n ? CELL_TEXT : CELL_EMPTY, c, part};
		}
		if (n && more)
			more = sink->row(sink->ctx, row, cells, n);
	}
}

static void
put_complaints(struct driver *out, const struct diag *d)
{
	static const char *const names[] = {"note", "warning", "error"};

	for (size_t i = 0; i < d->n; i++)
		buf_fmt(&out->out, "%s %.*s\n", names[d->all[i].severity],
		    STR_ARG(complaint_line(out->mem, &d->all[i])));
}

static void
put_line(struct buf *b, const struct str *cells, size_t n)
{
	for (size_t i = 0; i < n; i++)
		buf_fmt(b, "%s%.*s", i ? "|" : "", STR_ARG(cells[i]));
	buf_char(b, '\n');
}

static void
first_headings(void *ctx, const struct str *cells, size_t n)
{
	struct driver *driver = ctx;

	if (!driver->out.n)
		put_line(&driver->out, cells, n);
}

static void
refused_line(void *ctx, const struct refused_row *row)
{
	put_line(&((struct driver *)ctx)->out, row->cells, row->n);
}

static enum rc
run(struct arena *mem, const struct recognise_data *data, struct str fixture,
    enum driver_cells how, const struct row_at *back,
    const struct row_sink *sink, struct diag *d)
{
	struct recogniser_options options = {.data = data,
	    .give_back = back,
	    .n_give_back = back != NULL,
	    .person_key = "a test's own key"};
	struct str line, text = fixture;

	while (str_split(&text, '\n', &line))
		read_option(line, &options);
	struct recogniser *r = recogniser_open(mem, &options, sink, d);
	struct sheet_sink sheets = recogniser_sink(r);
	do
		driver_rows(fixture, &sheets, how);
	while (recogniser_again(r));
	return recogniser_close(r);
}

struct str
driver_refused(struct arena *mem, const struct recognise_data *data,
    struct str fixture, const struct row_at *back)
{
	struct driver driver = {.mem = mem, .out = buf_open(mem, 0)};
	struct diag d = diag_open(mem, 0);
	struct row_sink sink = {.ctx = &driver,
	    .headings = first_headings,
	    .refused = refused_line};

	(void)!run(mem, data, fixture, DRIVER_ALL_CELLS, back, &sink, &d);
	return buf_str(&driver.out);
}

struct seen_places {
	struct arena *mem;
	VEC(struct row_at) all;
};

static void
see(void *ctx, const struct source_cell *at)
{
	struct seen_places *seen = ctx;

	*vec_push(seen->mem, &seen->all) =
	    (struct row_at){arena_str(seen->mem, at->sheet), at->row};
}

static void
see_result(void *ctx, const struct result_row *row)
{
	see(ctx, &row->at);
}

static void
see_school(void *ctx, const struct school_row *row)
{
	see(ctx, &row->at);
}

static void
see_observation(void *ctx, const struct observation_row *row)
{
	see(ctx, &row->at);
}

static void
see_official(void *ctx, const struct official_row *row)
{
	see(ctx, &row->at);
}

static void
see_amendment(void *ctx, const struct amendment_row *row)
{
	see(ctx, &row->at);
}

size_t
driver_places(struct arena *mem, const struct recognise_data *data,
    struct str fixture, struct row_at **ret)
{
	struct seen_places seen = {.mem = mem};
	struct diag d = diag_open(mem, 0);
	const struct row_sink sink = {.ctx = &seen,
	    .school = see_school,
	    .result = see_result,
	    .observation = see_observation,
	    .official = see_official,
	    .amendment = see_amendment};

	(void)!run(mem, data, fixture, DRIVER_ALL_CELLS, NULL, &sink, &d);
	*ret = seen.all.p;
	return seen.all.n;
}

struct str
driver_run(struct arena *mem, const struct recognise_data *data,
    struct str fixture, enum driver_cells how)
{
	struct driver driver = {.mem = mem, .out = buf_open(mem, 0)};
	struct diag d = diag_open(mem, 0);
	struct row_sink sink = {.ctx = &driver,
	    .head = on_head,
	    .school = on_school,
	    .result = on_result,
	    .observation = on_observation,
	    .official = on_official,
	    .bias = on_bias,
	    .reference = on_reference,
	    .amendment = on_amendment,
	    .refused = on_refused};
	enum rc rc = run(mem, data, fixture, how, NULL, &sink, &d);

	put_complaints(&driver, &d);
	buf_fmt(&driver.out, "%s\n", rc_name(rc));
	return buf_str(&driver.out);
}
