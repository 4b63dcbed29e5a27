/* xlsx.c - an XLSX workbook as a stream of rows. */
#include "fmt/xlsx.h"

#include <string.h>

#include "base/date.h"
#include "fmt/formats.h"
#include "fmt/rows.h"

struct sheet_ref {
	struct str name;
	const char *part;
};

struct workbook {
	struct arena *mem;
	const struct relations *relations;
	VEC(struct sheet_ref) sheets;
	bool since_1904;
};

/* The type of a cell, attribute t. */
enum xlsx_type {
	XLSX_NUMBER,
	XLSX_SHARED,
	XLSX_STRING, /* "str": a formula's text; "inlineStr" */
	XLSX_BOOL,
	XLSX_ERROR,
	XLSX_ISO_DATE,
};

struct sheet_reading {
	struct package *p;
	struct rows *rows;
	const struct string_table *strings;
	const struct styles *styles;
	bool since_1904;

	uint32_t next_row;
	uint32_t next_column;
	bool in_cell;
	bool in_value; /* inside <v>, or <t> of an inline text */
	int hidden;    /* inside <rPh> */
	uint32_t column;
	enum xlsx_type type;
	uint32_t style;
	struct buf value;
};

static void
workbook_start(void *ctx, const char *name, const char **attributes)
{
	struct workbook *w = ctx;

	if (strcmp(name, "workbookPr") == 0) {
		struct str on = str_of(xml_attribute(attributes, "date1904"));
		w->since_1904 = str_eq(on, S("1")) || str_eq(on, S("true"));
	} else if (strcmp(name, "sheet") == 0) {
		struct str id = str_of(xml_attribute(attributes, "id"));
		struct str title = str_of(xml_attribute(attributes, "name"));
		const struct relation *r = relation_by_id(w->relations, id);
		if (r && str_eq(r->kind, S("worksheet")))
			*vec_push(w->mem, &w->sheets) = (struct sheet_ref){
			    .name = arena_str(w->mem, title.p ? title : S("")),
			    .part = r->part,
			};
	}
}

/* cell -> letter { letter } digit { digit }; only the column is wanted. */
static bool
column_of(const char *ref, uint32_t *ret)
{
	uint32_t n = 0;
	int i = 0;

	for (; ((ref[i] | 0x20) >= 'a' && (ref[i] | 0x20) <= 'z') && i < 4; i++)
		n = n * 26 + (uint32_t)((ref[i] | 0x20) - 'a' + 1);
	if (i == 0 || ref[i] < '0' || ref[i] > '9')
		return false;
	*ret = n - 1;
	return true;
}

static enum xlsx_type
type_of(const char *t)
{
	switch (t[0]) {
	case 's':
		return t[1] ? XLSX_STRING : XLSX_SHARED;
	case 'i':
		return XLSX_STRING;
	case 'b':
		return XLSX_BOOL;
	case 'e':
		return XLSX_ERROR;
	case 'd':
		return XLSX_ISO_DATE;
	default:
		return XLSX_NUMBER;
	}
}

static void
start_row(struct sheet_reading *r, const char **attributes)
{
	const char *number = xml_attribute(attributes, "r");
	uint32_t row = r->next_row;

	if (number && !xlsx_uint(number, &row))
		(void)rows_broken(r->rows);
	else if (rows_start(r->rows, row))
		r->next_row = row + 1;
	r->next_column = 0;
	if (r->rows->rc != RC_OK)
		package_stop(r->p, r->rows->rc);
}

static void
start_cell(struct sheet_reading *r, const char **attributes)
{
	bool understood = true;

	r->column = r->next_column;
	r->type = XLSX_NUMBER;
	r->style = 0;
	for (const char **a = attributes; a[0]; a += 2) {
		if (!a[0][0] || a[0][1])
			continue; /* r, s and t are all we ask of a cell */
		if (a[0][0] == 'r')
			understood &= column_of(a[1], &r->column);
		else if (a[0][0] == 's')
			understood &= xlsx_uint(a[1], &r->style);
		else if (a[0][0] == 't')
			r->type = type_of(a[1]);
	}
	r->in_cell = true;
	r->next_column = r->column + 1;
	buf_clear(&r->value);
	if (!understood) {
		(void)rows_broken(r->rows);
		package_stop(r->p, r->rows->rc);
	}
}

static void
on_start(void *ctx, const char *name, const char **attributes)
{
	struct sheet_reading *r = ctx;

	if (!name[1]) {
		if (name[0] == 'c')
			start_cell(r, attributes);
		else if (name[0] == 'v' || name[0] == 't')
			r->in_value = r->in_cell && r->hidden == 0;
	} else if (name[0] == 'r') {
		if (strcmp(name, "row") == 0)
			start_row(r, attributes);
		else if (strcmp(name, "rPh") == 0)
			r->hidden++;
	}
}

static void
on_text(void *ctx, struct str text)
{
	struct sheet_reading *r = ctx;

	if (!r->in_value)
		return;
	buf_put(&r->value, text);
	if (buf_full(&r->value)) {
		(void)rows_too_long(r->rows);
		package_stop(r->p, r->rows->rc);
	}
}

static enum number_style
style_of(const struct sheet_reading *r)
{
	return r->style < r->styles->n ?
		   (enum number_style)r->styles->of[r->style] :
		   NUMBER_PLAIN;
}

/* 2026-11-24T13:05:00 as people see it. */
static bool
put_iso_date(struct sheet_reading *r, struct str raw)
{
	struct date day;
	struct str date = str_cut(raw, 0, 10);
	struct str time = str_cut(raw, 11, 16);

	if (!date_parse(date, &day))
		return rows_cell(r->rows, r->column, CELL_TEXT, raw, ROWS_COPY);
	if (time.n < 5 || str_eq(time, S("00:00")))
		return rows_cell(
		    r->rows, r->column, CELL_DATE, date, ROWS_COPY);
	r->value.p[10] = ' ';
	return rows_cell(
	    r->rows, r->column, CELL_DATE, str_cut(raw, 0, 16), ROWS_COPY);
}

static bool
put_shared(struct sheet_reading *r, struct str raw)
{
	uint32_t index;
	struct str text;

	if (raw.n == 0)
		return true;
	if (!xlsx_uint(buf_cstr(&r->value), &index) ||
	    !string_table_get(r->strings, index, &text))
		return rows_broken(r->rows);
	return rows_cell(r->rows, r->column, CELL_TEXT, text, ROWS_LASTING);
}

static bool
put_cell(struct sheet_reading *r)
{
	struct str raw = buf_str(&r->value);

	switch (r->type) {
	case XLSX_NUMBER:
		return rows_number(
		    r->rows, r->column, raw, style_of(r), r->since_1904);
	case XLSX_SHARED:
		return put_shared(r, raw);
	case XLSX_STRING:
		if (str_find_char(raw, '_') >= 0)
			raw = xlsx_unescape(r->value.p, raw.n);
		return rows_cell(r->rows, r->column, CELL_TEXT, raw, ROWS_COPY);
	case XLSX_BOOL:
		return rows_cell(r->rows, r->column, CELL_BOOL,
		    raw.n == 0          ? raw :
		    str_eq(raw, S("0")) ? S("FALSE") :
					  S("TRUE"),
		    ROWS_LASTING);
	case XLSX_ERROR:
		return rows_cell(
		    r->rows, r->column, CELL_ERROR, raw, ROWS_COPY);
	case XLSX_ISO_DATE:
		return put_iso_date(r, raw);
	}
	UNREACHABLE();
}

static void
on_end(void *ctx, const char *name)
{
	struct sheet_reading *r = ctx;
	bool on = true;

	if (!name[1]) {
		if (name[0] == 'c' && r->in_cell) {
			r->in_cell = false;
			on = put_cell(r);
		} else if (name[0] == 'v' || name[0] == 't') {
			r->in_value = false;
		}
	} else if (name[0] == 'r') {
		if (strcmp(name, "row") == 0)
			on = rows_finish(r->rows);
		else if (strcmp(name, "rPh") == 0)
			r->hidden--;
	}
	if (!on)
		package_stop(r->p, r->rows->rc);
}

static enum rc
read_workbook(struct package *p, struct workbook *w, struct diag *d,
    struct relations *ret_relations)
{
	struct relations top;
	struct xml_sink sink = {.ctx = w, .start = workbook_start};
	enum rc rc = package_relations(p, "", w->mem, &top);

	if (rc != RC_OK)
		return rc;
	const struct relation *book =
	    relation_by_kind(&top, S("officeDocument"));
	rc = book ? package_relations(p, book->part, w->mem, ret_relations) :
		    RC_NOT_FOUND;
	if (rc == RC_OK) {
		w->relations = ret_relations;
		rc = package_xml(p, book->part, &sink);
	}
	if (rc == RC_NOT_FOUND || (rc == RC_OK && w->sheets.n == 0)) {
		diag_error(d, (struct place){0},
		    N_("В этой книге Excel не нашлось ни одного листа."));
		return RC_INVALID;
	}
	return rc;
}

static enum rc
read_sheets(struct package *p, const struct workbook *w,
    const struct string_table *strings, const struct styles *styles,
    struct rows *rows)
{
	struct sheet_reading r = {
	    .p = p,
	    .rows = rows,
	    .strings = strings,
	    .styles = styles,
	    .since_1904 = w->since_1904,
	    .value = buf_open(w->mem, rows->limits->cell_bytes),
	};
	struct xml_sink sink = {&r, on_start, on_end, on_text};

	vec_each(struct sheet_ref, s, &w->sheets) {
		r.next_row = 1;
		if (!rows_sheet(rows, s->name))
			return RC_OK;
		enum rc rc = package_xml(p, s->part, &sink);
		if (rc == RC_NOT_FOUND)
			(void)rows_broken(rows);
		if (rc != RC_OK)
			return rc == RC_NOT_FOUND ? rows->rc : rc;
		if (rows->is_stopped)
			return RC_OK;
	}
	return RC_OK;
}

static const char *
part_of_kind(const struct relations *r, struct str kind)
{
	const struct relation *found = relation_by_kind(r, kind);

	return found ? found->part : NULL;
}

enum rc
xlsx_read(int fd, const struct sheet_limits *limits,
    const struct sheet_sink *sink, struct diag *d)
{
	autoarena mem = arena_open(0);
	autopackage p = NULL;
	struct workbook w = {.mem = mem};
	struct relations relations;
	struct styles styles;
	CLEANUP(string_table_closep) struct string_table strings = {0};
	struct rows rows = rows_open(mem, sink, limits, d);

	enum rc rc = package_open(fd, limits->unpacked, mem, d, &p);
	if (rc == RC_OK)
		rc = read_workbook(p, &w, d, &relations);
	if (rc == RC_OK)
		rc = styles_read(
		    p, part_of_kind(&relations, S("styles")), mem, &styles);
	if (rc == RC_OK)
		rc = shared_strings_read(p,
		    part_of_kind(&relations, S("sharedStrings")), d, &strings);
	if (rc != RC_OK)
		return rc;
	return read_sheets(p, &w, &strings, &styles, &rows);
}
