/*
 * ods.c - an ODS spreadsheet as a stream of rows.
 *
 * ODS does not number rows and cells: it repeats them.  What is repeated at
 * the end of a row or sheet is nearly always empty, a million times over, and
 * costs nothing here.
 */
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "fmt/formats.h"
#include "fmt/package.h"
#include "fmt/rows.h"

enum { MOST_REPEATS = 1 << 24 };

struct ods {
	struct package *p;
	struct rows *rows;
	int depth;
	int hidden; /* depth of an element whose inside is not a cell's text */
	int cell;   /* depth of the cell being read, or 0 */
	int table;  /* likewise */
	int paragraph;

	uint32_t row; /* the next one */
	uint32_t row_repeats;
	uint32_t column;
	uint32_t cell_repeats;
	bool is_covered;

	enum cell_kind kind;
	enum number_style style;
	bool has_value; /* the value stands in an attribute */
	struct buf text;
};

static uint32_t
repeats(const char **attributes, const char *name)
{
	const char *text = xml_attribute(attributes, name);
	unsigned long n = text ? strtoul(text, NULL, 10) : 1;

	return n < 1 ? 1 : n > MOST_REPEATS ? MOST_REPEATS : (uint32_t)n;
}

/* time -> PT [n H] [n M] [n S]; seconds are shown only when not 0. */
static void
put_time(struct buf *b, const char *p)
{
	long part[3] = {0};
	const char *units = "HMS";

	for (p += strncmp(p, "PT", 2) == 0 ? 2 : 0; *p;) {
		char *end;
		long n = strtol(p, &end, 10);
		if (end == p || n < 0 || n > 99999)
			return;
		if (*end == '.') /* parts of a second are not shown */
			(void)strtol(end + 1, &end, 10);
		const char *unit = *end ? strchr(units, *end) : NULL;
		if (!unit)
			return;
		part[unit - units] = n;
		p = end + 1;
	}
	buf_fmt(b, "%02ld:%02ld", part[0], part[1]);
	if (part[2])
		buf_fmt(b, ":%02ld", part[2]);
}

/* date -> YYYY-MM-DD [ T HH:MM:SS ] */
static void
put_date(struct ods *o, struct str raw)
{
	struct date day;
	struct str time = str_cut(raw, 11, 16);

	if (!date_parse(str_cut(raw, 0, 10), &day))
		return;
	o->kind = CELL_DATE;
	o->has_value = true;
	buf_put(&o->text, str_cut(raw, 0, 10));
	if (time.n == 5 && !str_eq(time, S("00:00")))
		buf_fmt(&o->text, " %.*s", STR_ARG(time));
}

/* LibreOffice says so beside the standard's value-type. */
static bool
is_error(const char **attributes)
{
	for (const char **a = attributes; a[0]; a += 2)
		if (strcmp(a[0], "calcext:value-type") == 0)
			return strcmp(a[1], "error") == 0;
	return false;
}

static void
take_value(struct ods *o, const char **attributes)
{
	struct str type = str_of(xml_attribute(attributes, "value-type"));
	const char *value = xml_attribute(attributes, "value");
	const char *date = xml_attribute(attributes, "date-value");
	const char *time = xml_attribute(attributes, "time-value");
	const char *yes = xml_attribute(attributes, "boolean-value");
	const char *text = xml_attribute(attributes, "string-value");

	o->kind = CELL_TEXT;
	o->style = NUMBER_PLAIN;
	o->has_value = false;
	buf_clear(&o->text);
	if (date && str_eq(type, S("date"))) {
		put_date(o, str_of(date));
	} else if (time && str_eq(type, S("time"))) {
		put_time(&o->text, time);
		o->has_value = o->text.n > 0;
	} else if (yes && str_eq(type, S("boolean"))) {
		o->kind = CELL_BOOL;
		o->has_value = true;
		buf_c(&o->text, strcmp(yes, "true") == 0 ? "TRUE" : "FALSE");
	} else if (value && type.n && !str_eq(type, S("string"))) {
		o->kind = CELL_NUMBER;
		o->has_value = true;
		if (str_eq(type, S("percentage")))
			o->style = NUMBER_PERCENT;
		buf_c(&o->text, value);
	} else if (text) {
		o->has_value = true;
		buf_c(&o->text, text);
	}
	if (!is_error(attributes))
		return;
	o->kind = CELL_ERROR; /* its name stands in the paragraph only */
	o->has_value = false;
	buf_clear(&o->text);
}

static void
start_cell(struct ods *o, bool covered, const char **attributes)
{
	o->cell = o->depth;
	o->paragraph = 0;
	o->is_covered = covered;
	o->cell_repeats = repeats(attributes, "number-columns-repeated");
	take_value(o, attributes);
}

static void
stop(struct ods *o)
{
	package_stop(o->p, o->rows->rc);
}

static void
start_row(struct ods *o, const char **attributes)
{
	o->row_repeats = repeats(attributes, "number-rows-repeated");
	o->column = 0;
	if (!rows_start(o->rows, o->row))
		stop(o);
}

/* Elements inside a cell's own paragraphs. */
static void
start_text(struct ods *o, const char *name, const char **attributes)
{
	if (strcmp(name, "p") == 0 && o->depth == o->cell + 1) {
		if (o->paragraph++ && !o->has_value)
			buf_char(&o->text, '\n');
	} else if (o->has_value) {
		return;
	} else if (strcmp(name, "s") == 0) {
		uint32_t n = repeats(attributes, "c");
		for (uint32_t i = 0; i < n && i < 1000; i++)
			buf_char(&o->text, ' ');
	} else if (strcmp(name, "tab") == 0) {
		buf_char(&o->text, '\t');
	} else if (strcmp(name, "line-break") == 0) {
		buf_char(&o->text, '\n');
	}
}

static bool
is_aside(const char *name)
{
	static const char *const asides[] = {"annotation", "shapes", "note",
	    "frame", "custom-shape", "tracked-changes", "ruby-text", "forms",
	    "table"};

	for (size_t i = 0; i < COUNT_OF(asides); i++)
		if (strcmp(name, asides[i]) == 0)
			return true;
	return false;
}

static void
on_start(void *ctx, const char *name, const char **attributes)
{
	struct ods *o = ctx;

	o->depth++;
	if (o->hidden)
		return;
	if (o->table && !o->cell && strcmp(name, "table-cell") == 0) {
		start_cell(o, false, attributes);
	} else if (o->cell && strcmp(name, "p") == 0) {
		start_text(o, name, attributes);
	} else if (strcmp(name, "table") == 0 && !o->table) {
		o->table = o->depth;
		o->row = 1;
		if (!rows_sheet(
			o->rows, str_of(xml_attribute(attributes, "name"))))
			stop(o);
	} else if (is_aside(name)) {
		o->hidden = o->depth;
	} else if (!o->table) {
		return;
	} else if (o->cell) {
		start_text(o, name, attributes);
	} else if (strcmp(name, "table-row") == 0) {
		start_row(o, attributes);
	} else if (strcmp(name, "covered-table-cell") == 0) {
		start_cell(o, true, attributes);
	}
}

static void
on_text(void *ctx, struct str text)
{
	struct ods *o = ctx;

	if (!o->cell || !o->paragraph || o->hidden || o->has_value)
		return;
	buf_put(&o->text, text);
	if (buf_full(&o->text)) {
		(void)rows_too_long(o->rows);
		stop(o);
	}
}

static bool
put_cell(struct ods *o)
{
	struct str text = buf_str(&o->text);
	uint32_t n = text.n && !o->is_covered ? o->cell_repeats : 0;

	if (buf_full(&o->text))
		return rows_too_long(o->rows);
	for (uint32_t i = 0; i < n; i++) {
		bool on = o->kind == CELL_NUMBER ?
			      rows_number(o->rows, o->column + i, text,
				  o->style, false) :
			      rows_cell(o->rows, o->column + i, o->kind, text,
				  ROWS_COPY);
		if (!on)
			return false;
	}
	o->column += o->cell_repeats;
	return o->column < MOST_REPEATS || rows_broken(o->rows);
}

static bool
put_row(struct ods *o)
{
	uint32_t row = o->row;

	o->row = row > UINT32_MAX - o->row_repeats ? UINT32_MAX :
						     row + o->row_repeats;
	if (o->rows->taken.n == 0)
		return true;
	if (!rows_finish(o->rows))
		return false;
	for (uint32_t i = 1; i < o->row_repeats; i++)
		if (!rows_again(o->rows, row + i))
			return false;
	return true;
}

static void
on_end(void *ctx, const char *name)
{
	struct ods *o = ctx;
	int depth = o->depth--;

	if (o->hidden) {
		if (o->hidden == depth)
			o->hidden = 0;
		return;
	}
	if (o->cell) {
		if (o->cell == depth) {
			o->cell = 0;
			if (!put_cell(o))
				stop(o);
		}
	} else if (o->table == depth) {
		o->table = 0;
	} else if (o->table && strcmp(name, "table-row") == 0) {
		if (!put_row(o))
			stop(o);
	}
}

/* META-INF/manifest.xml says of every part whether it is encrypted. */
static void
on_manifest(void *ctx, const char *name, const char **attributes)
{
	bool *is_encrypted = ctx;

	(void)attributes;
	*is_encrypted |= strcmp(name, "encryption-data") == 0;
}

enum rc
odf_check_password(struct package *p, struct diag *d)
{
	bool is_encrypted = false;
	struct xml_sink sink = {.ctx = &is_encrypted, .start = on_manifest};
	enum rc rc = package_xml(p, "META-INF/manifest.xml", &sink);

	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	if (is_encrypted) {
		diag_error(d, (struct place){0}, N_("Файл защищён паролем."))
		    ->hint = S("Снимите пароль и сохраните файл заново.");
		return RC_INVALID;
	}
	return RC_OK;
}

enum rc
ods_read(int fd, const struct sheet_limits *limits,
    const struct sheet_sink *sink, struct diag *d)
{
	autoarena mem = arena_open(0);
	autopackage p = NULL;
	struct rows rows = rows_open(mem, sink, limits, d);
	struct ods o = {
	    .rows = &rows, .text = buf_open(mem, limits->cell_bytes)};
	struct xml_sink events = {&o, on_start, on_end, on_text};

	enum rc rc = package_open(fd, limits->unpacked, mem, d, &p);
	if (rc == RC_OK)
		rc = odf_check_password(p, d);
	if (rc != RC_OK)
		return rc;
	o.p = p;
	rc = package_xml(p, "content.xml", &events);
	if (rc == RC_NOT_FOUND) {
		(void)rows_broken(&rows);
		return rows.rc;
	}
	return rc;
}
