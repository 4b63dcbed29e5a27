/* table_out.c - one table in any of its formats. */
#include "fmt/table_out.h"

#include "base/vec.h"
#include "fmt/csv_out.h"
#include "fmt/json.h"
#include "fmt/term_table.h"

struct table_out {
	struct arena *mem;
	enum table_format format;
	const struct table_about *about;
	struct buf *out;
	struct csv_out csv;
	struct json json;
	struct xlsx_out *book;
	bool owns_book;
	size_t count;                 /* rows put, also those left out */
	VEC(const struct str *) rows; /* TABLE_TERMINAL: kept to the end */
};

/* ---- cells --------------------------------------------------------------- */

struct table_cell
table_none(void)
{
	return (struct table_cell){.kind = TABLE_NONE};
}

struct table_cell
table_text(struct str s)
{
	return (struct table_cell){.kind = TABLE_TEXT, .text = s};
}

struct table_cell
table_int(int64_t n)
{
	return (struct table_cell){.kind = TABLE_INT, .number = ratio_int(n)};
}

struct table_cell
table_number(struct ratio a)
{
	return (struct table_cell){.kind = TABLE_NUMBER, .number = a};
}

struct table_cell
table_share(int64_t count, int64_t of)
{
	MUST(count >= 0 && of >= 0);
	return (struct table_cell){
	    .kind = TABLE_SHARE, .count = count, .of = of};
}

struct table_cell
table_date(struct date d)
{
	if (date_is_none(d))
		return table_none();
	return (struct table_cell){.kind = TABLE_DATE, .date = d};
}

struct table_cell
table_bool(bool is_true)
{
	return (struct table_cell){.kind = TABLE_BOOL, .is_true = is_true};
}

/* A share of nobody has counts but no percentage. */
static bool
percent_of(const struct table_cell *c, struct ratio *ret)
{
	if (c->of == 0)
		return false;
	*ret = ratio_of(c->count, c->of);
	return true;
}

/* ---- CSV ----------------------------------------------------------------- */

enum { PERCENT_PLACES = 1 };

static void
csv_head(struct table_out *t)
{
	const struct table_column *c = t->about->columns;

	for (size_t i = 0; i < t->about->n; i++, c++) {
		if (t->format == TABLE_CSV) {
			csv_out_text(&t->csv, str_of(c->key));
			if (c->kind != TABLE_SHARE)
				continue;
			csv_out_text(
			    &t->csv, arena_fmt(t->mem, "%s_count", c->key));
			csv_out_text(
			    &t->csv, arena_fmt(t->mem, "%s_of", c->key));
			continue;
		}
		if (c->kind != TABLE_SHARE) {
			csv_out_text(&t->csv, c->title);
			continue;
		}
		csv_out_text(
		    &t->csv, arena_fmt(t->mem, "%.*s, %%", STR_ARG(c->title)));
		csv_out_text(&t->csv, c->count_title);
		csv_out_text(&t->csv, c->of_title);
	}
	csv_out_end_row(&t->csv);
}

static void
csv_share(struct csv_out *csv, const struct table_cell *c)
{
	struct ratio share, percent;

	if (percent_of(c, &share) && ratio_mul(share, ratio_int(100), &percent))
		csv_out_decimal(csv, percent, PERCENT_PLACES);
	else
		csv_out_empty(csv);
	csv_out_int(csv, c->count);
	csv_out_int(csv, c->of);
}

static void
csv_cell(struct table_out *t, const struct table_column *column,
    const struct table_cell *c)
{
	bool is_plain = t->format == TABLE_CSV;

	switch (c->kind) {
	case TABLE_TEXT:
		csv_out_text(&t->csv, c->text);
		return;
	case TABLE_INT:
	case TABLE_NUMBER:
		csv_out_ratio(&t->csv, c->number);
		return;
	case TABLE_SHARE:
		csv_share(&t->csv, c);
		return;
	case TABLE_DATE:
		csv_out_date(&t->csv, c->date);
		return;
	case TABLE_BOOL:
		csv_out_text(&t->csv, c->is_true ?
					  is_plain ? S("yes") : S("да") :
				      is_plain ? S("no") :
						 S("нет"));
		return;
	case TABLE_NONE:
		csv_out_empty(&t->csv);
		if (column->kind == TABLE_SHARE) {
			csv_out_empty(&t->csv);
			csv_out_empty(&t->csv);
		}
		return;
	}
	UNREACHABLE();
}

/* ---- JSON ---------------------------------------------------------------- */

static void
json_share(struct json *j, const struct table_cell *c)
{
	struct ratio share, percent;

	json_begin_object(j);
	json_key(j, "percent");
	if (percent_of(c, &share) && ratio_mul(share, ratio_int(100), &percent))
		json_put_decimal(j, percent, PERCENT_PLACES);
	else
		json_put_null(j);
	json_field_int(j, "count", c->count);
	json_field_int(j, "of", c->of);
	json_end(j);
}

static void
json_cell(struct json *j, const struct table_cell *c)
{
	switch (c->kind) {
	case TABLE_TEXT:
		json_put_str(j, c->text);
		return;
	case TABLE_INT:
	case TABLE_NUMBER:
		json_put_ratio(j, c->number);
		return;
	case TABLE_SHARE:
		json_share(j, c);
		return;
	case TABLE_DATE:
		json_put_date(j, c->date);
		return;
	case TABLE_BOOL:
		json_put_bool(j, c->is_true);
		return;
	case TABLE_NONE:
		json_put_null(j);
		return;
	}
	UNREACHABLE();
}

/* ---- terminal ------------------------------------------------------------ */

static struct str
share_for_people(struct arena *mem, const struct table_cell *c)
{
	struct ratio share;

	if (!percent_of(c, &share))
		return arena_fmt(
		    mem, "%lld из %lld", (long long)c->count, (long long)c->of);
	return arena_fmt(mem, "%.*s %% (%lld из %lld)",
	    STR_ARG(ratio_percent_ru(mem, share)), (long long)c->count,
	    (long long)c->of);
}

static struct str
text_of_cell(struct arena *mem, const struct table_cell *c)
{
	switch (c->kind) {
	case TABLE_TEXT:
		return arena_str(mem, c->text);
	case TABLE_INT:
	case TABLE_NUMBER:
		return ratio_exact(mem, c->number);
	case TABLE_SHARE:
		return share_for_people(mem, c);
	case TABLE_DATE:
		return date_ru(mem, c->date);
	case TABLE_BOOL:
		return c->is_true ? S("да") : S("нет");
	case TABLE_NONE:
		return S("нет данных");
	}
	UNREACHABLE();
}

static bool
is_set_right(enum table_kind kind)
{
	return kind == TABLE_INT || kind == TABLE_NUMBER || kind == TABLE_SHARE;
}

static void
terminal_end(struct table_out *t)
{
	const struct table_about *about = t->about;
	struct term_column *columns =
	    arena_new(t->mem, struct term_column, about->n);

	for (size_t i = 0; i < about->n; i++) {
		columns[i].title = about->columns[i].title;
		columns[i].right = is_set_right(about->columns[i].kind);
	}
	term_table_put(&(struct term_table){columns, about->n, t->rows.p,
			   t->rows.n, about->terminal_width},
	    t->out);
}

/* ---- XLSX ---------------------------------------------------------------- */

static enum xlsx_kind
xlsx_kind_of(enum table_kind kind)
{
	switch (kind) {
	case TABLE_TEXT:
	case TABLE_BOOL:
	case TABLE_NONE:
		return XLSX_TEXT;
	case TABLE_INT:
	case TABLE_NUMBER:
		return XLSX_NUMBER;
	case TABLE_SHARE:
		return XLSX_PERCENT;
	case TABLE_DATE:
		return XLSX_DATE;
	}
	UNREACHABLE();
}

static void
xlsx_head(struct table_out *t)
{
	const struct table_about *about = t->about;
	struct xlsx_column *columns =
	    arena_new(t->mem, struct xlsx_column, about->n * 3);
	size_t n = 0;

	for (size_t i = 0; i < about->n; i++) {
		const struct table_column *c = &about->columns[i];

		columns[n++] = (struct xlsx_column){
		    c->title, xlsx_kind_of(c->kind), c->width, c->places};
		if (c->kind != TABLE_SHARE)
			continue;
		columns[n++] = (struct xlsx_column){
		    .title = c->count_title, .kind = XLSX_NUMBER};
		columns[n++] = (struct xlsx_column){
		    .title = c->of_title, .kind = XLSX_NUMBER};
	}
	xlsx_out_sheet(t->book, about->title, columns, n);
}

static void
xlsx_share(struct xlsx_out *book, const struct table_cell *c)
{
	struct ratio share;

	if (percent_of(c, &share))
		xlsx_out_percent(book, share);
	else
		xlsx_out_empty(book);
	xlsx_out_int(book, c->count);
	xlsx_out_int(book, c->of);
}

static void
xlsx_cell(struct xlsx_out *book, const struct table_column *column,
    const struct table_cell *c)
{
	switch (c->kind) {
	case TABLE_TEXT:
		xlsx_out_text(book, c->text);
		return;
	case TABLE_INT:
		xlsx_out_int(book, c->number.num);
		return;
	case TABLE_NUMBER:
		xlsx_out_decimal(book, c->number);
		return;
	case TABLE_SHARE:
		xlsx_share(book, c);
		return;
	case TABLE_DATE:
		xlsx_out_date(book, c->date);
		return;
	case TABLE_BOOL:
		xlsx_out_text(book, c->is_true ? S("да") : S("нет"));
		return;
	case TABLE_NONE:
		xlsx_out_empty(book);
		if (column->kind == TABLE_SHARE) {
			xlsx_out_empty(book);
			xlsx_out_empty(book);
		}
		return;
	}
	UNREACHABLE();
}

/* ---- the table ----------------------------------------------------------- */

static struct table_out *
new_table(struct arena *mem, enum table_format format,
    const struct table_about *about, struct buf *out)
{
	struct table_out *t = arena_new(mem, struct table_out, 1);

	MUST(about->n > 0);
	t->mem = mem;
	t->format = format;
	t->about = about;
	t->out = out;
	return t;
}

struct table_out *
table_out_open(struct arena *mem, enum table_format format,
    const struct table_about *about, struct buf *out)
{
	struct table_out *t = new_table(mem, format, about, out);

	switch (format) {
	case TABLE_CSV:
	case TABLE_CSV_EXCEL:
		t->csv = csv_out_open(
		    out, format == TABLE_CSV ? CSV_PLAIN : CSV_EXCEL_RU);
		csv_head(t);
		return t;
	case TABLE_JSON:
		t->json = json_open(out);
		json_begin_array(&t->json);
		return t;
	case TABLE_TERMINAL:
		return t;
	case TABLE_XLSX:
		t->book = xlsx_out_open(mem, about->title, about->made_on);
		t->owns_book = true;
		xlsx_head(t);
		return t;
	}
	UNREACHABLE();
}

struct table_out *
table_out_sheet(
    struct arena *mem, const struct table_about *about, struct xlsx_out *book)
{
	struct table_out *t = new_table(mem, TABLE_XLSX, about, NULL);

	t->book = book;
	xlsx_head(t);
	return t;
}

static void
keep_row(struct table_out *t, const struct table_cell *cells)
{
	struct str *row = arena_new(t->mem, struct str, t->about->n);

	for (size_t i = 0; i < t->about->n; i++)
		row[i] = text_of_cell(t->mem, &cells[i]);
	*vec_push(t->mem, &t->rows) = row;
}

void
table_out_row(struct table_out *t, const struct table_cell *cells)
{
	const struct table_column *columns = t->about->columns;
	size_t n = t->about->n;

	for (size_t i = 0; i < n; i++)
		MUST(cells[i].kind == columns[i].kind ||
		     cells[i].kind == TABLE_NONE);
	t->count++;
	if (t->about->most != 0 &&
	    (t->count <= t->about->skip ||
		t->count > t->about->skip + t->about->most))
		return;
	switch (t->format) {
	case TABLE_CSV:
	case TABLE_CSV_EXCEL:
		for (size_t i = 0; i < n; i++)
			csv_cell(t, &columns[i], &cells[i]);
		csv_out_end_row(&t->csv);
		return;
	case TABLE_JSON:
		json_begin_object(&t->json);
		for (size_t i = 0; i < n; i++) {
			json_key(&t->json, columns[i].key);
			json_cell(&t->json, &cells[i]);
		}
		json_end(&t->json);
		return;
	case TABLE_TERMINAL:
		keep_row(t, cells);
		return;
	case TABLE_XLSX:
		for (size_t i = 0; i < n; i++)
			xlsx_cell(t->book, &columns[i], &cells[i]);
		xlsx_out_end_row(t->book);
		return;
	}
	UNREACHABLE();
}

size_t
table_out_count(const struct table_out *t)
{
	return t->count;
}

static enum rc
close_book(struct table_out *t)
{
	autoxlsx book = t->book;

	if (t->about->n_sources)
		xlsx_out_sources(book, t->about->sources, t->about->n_sources);
	return xlsx_out_close(book, t->out);
}

enum rc
table_out_close(struct table_out *t)
{
	switch (t->format) {
	case TABLE_CSV:
	case TABLE_CSV_EXCEL:
		break;
	case TABLE_JSON:
		json_end(&t->json);
		json_close(&t->json);
		buf_char(t->out, '\n');
		break;
	case TABLE_TERMINAL:
		terminal_end(t);
		break;
	case TABLE_XLSX:
		return t->owns_book ? close_book(t) : RC_OK;
	}
	return buf_full(t->out) ? RC_LIMIT : RC_OK;
}
