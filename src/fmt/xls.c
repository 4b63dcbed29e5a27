/*
 * xls.c - an old Excel workbook (BIFF8, Excel 97–2003) as a stream of rows.
 *
 * The stream "Workbook" is a row of records: number, length, bytes.  First
 * come the records of the book (formats, texts, where each sheet begins),
 * then those of each sheet, cell by cell.  A record that does not fit is
 * continued by CONTINUE records.
 */
#include <stdio.h>
#include <string.h>

#include "base/map.h"
#include "fmt/formats.h"
#include "fmt/number.h"
#include "fmt/ole.h"
#include "fmt/rows.h"
#include "fmt/string_table.h"

enum record {
	BIFF_FORMULA = 0x06,
	BIFF_EOF = 0x0A,
	BIFF_DATEMODE = 0x22,
	BIFF_FILEPASS = 0x2F,
	BIFF_CONTINUE = 0x3C,
	BIFF_BOUNDSHEET = 0x85,
	BIFF_MULRK = 0xBD,
	BIFF_RSTRING = 0xD6,
	BIFF_XF = 0xE0,
	BIFF_SST = 0xFC,
	BIFF_LABELSST = 0xFD,
	BIFF_NUMBER = 0x203,
	BIFF_LABEL = 0x204,
	BIFF_BOOLERR = 0x205,
	BIFF_STRING = 0x207,
	BIFF_RK = 0x27E,
	BIFF_FORMAT = 0x41E,
	BIFF_BOF = 0x809,
};

enum {
	WINDOW = 256 * 1024,
	BIFF8 = 0x600,
	BOF_SHEET = 0x10,
	MOST_SHEETS = 4096,
};

/* The records of a stream, one at a time, through a window into it. */
struct biff {
	struct ole_stream *stream;
	unsigned char *window;
	uint64_t from; /* place of the window in the stream */
	size_t n_window;

	uint64_t next; /* the record after the present one */
	uint32_t id;
	const unsigned char *data; /* valid until the next record is taken */
	size_t n;
	size_t i; /* how much of data is used */
};

struct bound_sheet {
	struct str name;
	uint32_t offset;
};

struct xls {
	struct arena *mem;
	struct diag *d;
	struct biff b;
	struct rows *rows;
	struct string_table strings;
	struct map codes; /* of number formats */
	VEC(uint8_t) styles;
	VEC(struct bound_sheet) sheets;
	bool since_1904;
	bool too_much;
	struct buf text;

	/* a formula whose text comes in a record of its own */
	bool awaits_string;
	uint32_t string_column;
};

static uint32_t
get16(const unsigned char *p)
{
	return (uint32_t)p[0] | (uint32_t)p[1] << 8;
}

static uint32_t
get32(const unsigned char *p)
{
	return get16(p) | get16(p + 2) << 16;
}

/* n bytes of the stream at offset, or NULL at its end. */
static const unsigned char *
bytes_at(struct biff *b, uint64_t offset, size_t n)
{
	if (offset < b->from || offset + n > b->from + b->n_window) {
		b->from = offset;
		b->n_window = ole_read(b->stream, offset, b->window, WINDOW);
		if (n > b->n_window)
			return NULL;
	}
	return b->window + (offset - b->from);
}

static bool
next_record(struct biff *b)
{
	const unsigned char *head = bytes_at(b, b->next, 4);

	if (!head)
		return false;
	b->id = get16(head);
	b->n = get16(head + 2);
	b->i = 0;
	b->data = bytes_at(b, b->next + 4, b->n);
	b->next += 4 + b->n;
	return b->data != NULL;
}

static bool
next_is_continue(struct biff *b)
{
	const unsigned char *head = bytes_at(b, b->next, 4);

	return head && get16(head) == BIFF_CONTINUE && next_record(b);
}

/* n bytes of the record and what continues it, into out if there is one. */
static bool
take(struct biff *b, unsigned char *out, size_t n)
{
	while (n) {
		if (b->i == b->n && !next_is_continue(b))
			return false;
		size_t part = b->n - b->i < n ? b->n - b->i : n;
		if (out) {
			memcpy(out, b->data + b->i, part);
			out += part;
		}
		b->i += part;
		n -= part;
		if (n && part == 0 && b->n == 0)
			return false;
	}
	return true;
}

static void
put_char(struct buf *out, uint32_t c)
{
	if (c == 0 || (c >= 0xD800 && c < 0xE000))
		c = '?';
	if (c < 0x80) {
		buf_char(out, (char)c);
	} else if (c < 0x800) {
		buf_char(out, (char)(0xC0 | c >> 6));
		buf_char(out, (char)(0x80 | (c & 0x3F)));
	} else if (c < 0x10000) {
		buf_char(out, (char)(0xE0 | c >> 12));
		buf_char(out, (char)(0x80 | (c >> 6 & 0x3F)));
		buf_char(out, (char)(0x80 | (c & 0x3F)));
	} else {
		buf_char(out, (char)(0xF0 | c >> 18));
		buf_char(out, (char)(0x80 | (c >> 12 & 0x3F)));
		buf_char(out, (char)(0x80 | (c >> 6 & 0x3F)));
		buf_char(out, (char)(0x80 | (c & 0x3F)));
	}
}

/* Letters, one or two bytes each; a continued record says anew which. */
static bool
take_letters(struct biff *b, size_t n, bool wide, struct buf *out)
{
	unsigned char two[2] = {0};
	uint32_t high = 0;

	for (; n; n--) {
		if (b->i == b->n) {
			unsigned char flags;
			if (!next_is_continue(b) || !take(b, &flags, 1))
				return false;
			wide = flags & 1;
		}
		two[1] = 0;
		if (!take(b, two, wide ? 2 : 1))
			return false;
		uint32_t c = get16(two);
		if (c >= 0xD800 && c < 0xDC00) {
			high = c;
			continue;
		}
		if (high && c >= 0xDC00 && c < 0xE000)
			c = 0x10000 + ((high - 0xD800) << 10) + (c - 0xDC00);
		high = 0;
		put_char(out, c);
	}
	return true;
}

/* text -> flags [runs] [extra] letters { run } { extra byte } */
static bool
take_text(struct biff *b, size_t n, struct buf *out)
{
	unsigned char flags, runs[2] = {0}, extra[4] = {0};

	buf_clear(out);
	if (n == 0 && b->i == b->n)
		return true;
	if (!take(b, &flags, 1) || ((flags & 8) && !take(b, runs, 2)) ||
	    ((flags & 4) && !take(b, extra, 4)))
		return false;
	return take_letters(b, n, flags & 1, out) &&
	       take(b, NULL, (size_t)get16(runs) * 4) &&
	       take(b, NULL, get32(extra));
}

static bool
take_long_text(struct biff *b, struct buf *out)
{
	unsigned char n[2];

	return take(b, n, 2) && take_text(b, get16(n), out);
}

static bool
read_strings(struct xls *x)
{
	unsigned char head[8];

	if (!take(&x->b, head, 8))
		return false;
	for (uint32_t left = get32(head + 4); left; left--) {
		if (!take_long_text(&x->b, &x->text))
			return false;
		if (!string_table_put(&x->strings, buf_str(&x->text)) ||
		    !string_table_end(&x->strings)) {
			x->too_much = true;
			return false;
		}
	}
	return true;
}

static bool
read_bound_sheet(struct xls *x)
{
	struct biff *b = &x->b;
	unsigned char head[7];

	if (!take(b, head, 7) || !take_text(b, head[6], &x->text))
		return false;
	if (head[5] == 0 && x->sheets.n < MOST_SHEETS)
		*vec_push(x->mem, &x->sheets) = (struct bound_sheet){
		    .name = arena_str(x->mem, buf_str(&x->text)),
		    .offset = get32(head),
		};
	return true;
}

static struct str
code_key(struct arena *mem, uint32_t id)
{
	return arena_fmt(mem, "%u", id);
}

static bool
read_format(struct xls *x)
{
	unsigned char id[2];

	if (!take(&x->b, id, 2) || !take_long_text(&x->b, &x->text))
		return false;
	*map_at(&x->codes, code_key(x->mem, get16(id))) =
	    number_style_of_code(buf_str(&x->text));
	return true;
}

static bool
read_xf(struct xls *x)
{
	unsigned char head[4];

	if (!take(&x->b, head, 4))
		return false;

	uint32_t id = get16(head + 2);
	int64_t style = map_get(&x->codes, code_key(x->mem, id));
	*vec_push(x->mem, &x->styles) =
	    (uint8_t)(style == MAP_NONE ? number_style_of_id(id) :
					  (enum number_style)style);
	return true;
}

static enum rc
refuse(struct xls *x, const char *sentence, struct str hint)
{
	diag_error(x->d, (struct place){0}, "%s", sentence)->hint = hint;
	return RC_INVALID;
}

static enum rc
broken(struct xls *x)
{
	if (x->too_much) {
		(void)refuse(x,
		    N_("В книге слишком много текста, столько не читается."),
		    S("Разделите файл на части."));
		return RC_LIMIT;
	}
	return refuse(x, N_("Файл XLS повреждён и не читается."),
	    S("Откройте его в Excel или LibreOffice и сохраните как XLSX."));
}

/* The records of the book, up to its end. */
static enum rc
read_book(struct xls *x)
{
	struct biff *b = &x->b;
	bool good = next_record(b) && b->id == BIFF_BOF && b->n >= 4;

	if (good && get16(b->data) != BIFF8)
		return refuse(x,
		    N_("Это книга Excel 95 или старше, такие не читаются."),
		    S("Откройте её в Excel или LibreOffice и сохраните как "
		      "XLSX."));
	while (good && next_record(b) && b->id != BIFF_EOF) {
		switch (b->id) {
		case BIFF_FILEPASS:
			return refuse(x, N_("Файл защищён паролем."),
			    S("Снимите пароль и сохраните файл заново."));
		case BIFF_DATEMODE:
			x->since_1904 = b->n >= 2 && get16(b->data) == 1;
			break;
		case BIFF_BOUNDSHEET:
			good = read_bound_sheet(x);
			break;
		case BIFF_SST:
			good = read_strings(x);
			break;
		case BIFF_FORMAT:
			good = read_format(x);
			break;
		case BIFF_XF:
			good = read_xf(x);
			break;
		}
	}
	return good && x->sheets.n ? RC_OK : broken(x);
}

static enum number_style
style_of(const struct xls *x, uint32_t xf)
{
	return xf < x->styles.n ? (enum number_style)x->styles.p[xf] :
				  NUMBER_PLAIN;
}

static bool
put_double(struct xls *x, uint32_t column, uint32_t xf, double value)
{
	char raw[40];
	int n;

	/* Whole numbers are most of what tables hold, and cheap to print. */
	if (value > -1e15 && value < 1e15 &&
	    !((double)(int64_t)value < value) &&
	    !((double)(int64_t)value > value))
		n = snprintf(raw, sizeof raw, "%lld", (long long)value);
	else
		n = snprintf(raw, sizeof raw, "%.16e", value);
	return rows_number(x->rows, column, (struct str){raw, (size_t)n},
	    style_of(x, xf), x->since_1904);
}

static double
get_double(const unsigned char *p)
{
	uint64_t bits = get32(p) | (uint64_t)get32(p + 4) << 32;
	double value;

	memcpy(&value, &bits, sizeof value);
	return value;
}

/*
 * RK: a number in 30 bits, either whole or the upper part of a double,
 * perhaps to be divided by 100.
 */
static bool
put_rk(struct xls *x, uint32_t column, uint32_t xf, uint32_t rk)
{
	uint64_t bits = (uint64_t)(rk & ~3u) << 32;
	double value;
	char raw[24];

	if (rk & 2) {
		int32_t whole = (int32_t)rk >> 2;
		int n = snprintf(
		    raw, sizeof raw, "%d%s", whole, rk & 1 ? "e-2" : "");
		return rows_number(x->rows, column,
		    (struct str){raw, (size_t)n}, style_of(x, xf),
		    x->since_1904);
	}
	memcpy(&value, &bits, sizeof value);
	return put_double(x, column, xf, rk & 1 ? value / 100 : value);
}

static bool
put_error(struct xls *x, uint32_t column, unsigned code)
{
	static const struct {
		unsigned code;
		struct str text;
	} errors[] = {{0x00, S_INIT("#NULL!")}, {0x07, S_INIT("#DIV/0!")},
	    {0x0F, S_INIT("#VALUE!")}, {0x17, S_INIT("#REF!")},
	    {0x1D, S_INIT("#NAME?")}, {0x24, S_INIT("#NUM!")},
	    {0x2A, S_INIT("#N/A")}};

	for (size_t i = 0; i < COUNT_OF(errors); i++)
		if (errors[i].code == code)
			return rows_cell(x->rows, column, CELL_ERROR,
			    errors[i].text, ROWS_LASTING);
	return rows_cell(x->rows, column, CELL_ERROR, S("#N/A"), ROWS_LASTING);
}

static bool
put_bool(struct xls *x, uint32_t column, bool value)
{
	return rows_cell(x->rows, column, CELL_BOOL,
	    value ? S("TRUE") : S("FALSE"), ROWS_LASTING);
}

/* A formula's last value; data points past row, column and format. */
static bool
put_formula(
    struct xls *x, uint32_t column, uint32_t xf, const unsigned char *result)
{
	if (get16(result + 6) != 0xFFFF)
		return put_double(x, column, xf, get_double(result));
	switch (result[0]) {
	case 0:
		x->awaits_string = true;
		x->string_column = column;
		return true;
	case 1:
		return put_bool(x, column, result[2] != 0);
	case 2:
		return put_error(x, column, result[2]);
	default:
		return true; /* an empty text */
	}
}

static bool
put_many_rk(struct xls *x, uint32_t column)
{
	struct biff *b = &x->b;

	for (size_t i = 4; i + 8 <= b->n; i += 6, column++)
		if (!put_rk(
			x, column, get16(b->data + i), get32(b->data + i + 2)))
			return false;
	return true;
}

static bool
put_label(struct xls *x, uint32_t column)
{
	x->b.i = 6;
	if (!take_long_text(&x->b, &x->text))
		return rows_broken(x->rows);
	return rows_cell(
	    x->rows, column, CELL_TEXT, buf_str(&x->text), ROWS_COPY);
}

static bool
put_shared(struct xls *x, uint32_t column)
{
	struct str text;

	if (!string_table_get(&x->strings, get32(x->b.data + 6), &text))
		return rows_broken(x->rows);
	return rows_cell(x->rows, column, CELL_TEXT, text, ROWS_LASTING);
}

static bool
put_formula_text(struct xls *x)
{
	if (!x->awaits_string)
		return true;
	x->awaits_string = false;
	if (!take_long_text(&x->b, &x->text))
		return rows_broken(x->rows);
	return rows_cell(
	    x->rows, x->string_column, CELL_TEXT, buf_str(&x->text), ROWS_COPY);
}

/* Least bytes of a record that holds a cell; 0: it holds none. */
static size_t
least_of_cell(uint32_t id)
{
	switch (id) {
	case BIFF_FORMULA:
	case BIFF_NUMBER:
		return 14;
	case BIFF_MULRK:
	case BIFF_RK:
	case BIFF_LABELSST:
		return 10;
	case BIFF_LABEL:
	case BIFF_RSTRING:
	case BIFF_BOOLERR:
		return 8;
	default:
		return 0;
	}
}

static bool
put_cell(struct xls *x)
{
	struct biff *b = &x->b;
	uint32_t row = get16(b->data) + 1, column = get16(b->data + 2);
	uint32_t xf = get16(b->data + 4);

	x->awaits_string = false;
	if (row != x->rows->row &&
	    (!rows_finish(x->rows) || !rows_start(x->rows, row)))
		return false;
	switch (b->id) {
	case BIFF_FORMULA:
		return put_formula(x, column, xf, b->data + 6);
	case BIFF_NUMBER:
		return put_double(x, column, xf, get_double(b->data + 6));
	case BIFF_MULRK:
		return put_many_rk(x, column);
	case BIFF_RK:
		return put_rk(x, column, xf, get32(b->data + 6));
	case BIFF_LABELSST:
		return put_shared(x, column);
	case BIFF_BOOLERR:
		return b->data[7] ? put_error(x, column, b->data[6]) :
				    put_bool(x, column, b->data[6]);
	default:
		return put_label(x, column);
	}
}

/*
 * The records of one sheet.  A chart on it is a book inside the book: its
 * cells are those of the chart and are passed over.
 */
static bool
read_sheet(struct xls *x)
{
	struct biff *b = &x->b;
	int depth = 1;

	x->rows->taken.n = 0;
	while (depth && next_record(b)) {
		size_t least = least_of_cell(b->id);
		if (b->id == BIFF_BOF) {
			depth++;
		} else if (b->id == BIFF_EOF) {
			depth--;
		} else if (depth == 1 && b->id == BIFF_STRING) {
			if (!put_formula_text(x))
				return false;
		} else if (depth == 1 && least) {
			if (b->n < least)
				return rows_broken(x->rows);
			if (!put_cell(x))
				return false;
		}
	}
	if (depth)
		return rows_broken(x->rows);
	return rows_finish(x->rows);
}

static enum rc
read_sheets(struct xls *x)
{
	vec_each(struct bound_sheet, s, &x->sheets) {
		x->b.next = s->offset;
		if (!next_record(&x->b) || x->b.id != BIFF_BOF || x->b.n < 4)
			return broken(x);
		if (get16(x->b.data + 2) != BOF_SHEET)
			continue; /* a chart or a macro sheet */
		if (!rows_sheet(x->rows, s->name) || !read_sheet(x))
			return x->rows->rc;
	}
	return RC_OK;
}

static void
xls_closep(struct xls *x)
{
	string_table_closep(&x->strings);
}

enum rc
xls_read(int fd, const struct sheet_limits *limits,
    const struct sheet_sink *sink, struct diag *d)
{
	autoarena mem = arena_open(0);
	struct rows rows = rows_open(mem, sink, limits, d);
	CLEANUP(xls_closep)
	struct xls x = {
	    .mem = mem,
	    .d = d,
	    .rows = &rows,
	    .codes = map_open(mem),
	    .text = buf_open(mem, limits->cell_bytes * 2),
	};

	if (ole_open_workbook(fd, mem, &x.b.stream) != RC_OK)
		return broken(&x);
	x.b.window = arena_raw(mem, WINDOW);
	enum rc rc = read_book(&x);
	if (rc != RC_OK)
		return rc;
	return read_sheets(&x);
}
