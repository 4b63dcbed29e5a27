/* csv_out.c - CSV out: separators, quoting, the guard against formulas. */
#include "fmt/csv_out.h"

#include <string.h>

#include "base/utf8.h"
#include "fmt/decimal.h"

struct csv_out
csv_out_open(struct buf *out, enum csv_style style)
{
	if (style == CSV_EXCEL_RU)
		buf_c(out, "\xEF\xBB\xBF");
	return (struct csv_out){
	    .out = out, .style = style, .row_start = out->n};
}

static char
separator(const struct csv_out *c)
{
	return c->style == CSV_EXCEL_RU ? ';' : ',';
}

static char
point(const struct csv_out *c)
{
	return c->style == CSV_EXCEL_RU ? ',' : '.';
}

static void
next_cell(struct csv_out *c)
{
	if (c->cells++)
		buf_char(c->out, separator(c));
}

static bool
must_quote(const struct csv_out *c, struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '"' || s.p[i] == '\n' || s.p[i] == '\r' ||
		    s.p[i] == separator(c))
			return true;
	/* A space at an end survives every reader only inside quotes. */
	return s.n && (s.p[0] == ' ' || s.p[s.n - 1] == ' ');
}

static bool
looks_like_formula(struct str s)
{
	return s.n && memchr("=+-@\t\r", s.p[0], 6);
}

void
csv_out_text(struct csv_out *c, struct str s)
{
	bool guard = c->style == CSV_EXCEL_RU && looks_like_formula(s);

	next_cell(c);
	s = utf8_repair(c->out->mem, s);
	if (!must_quote(c, s)) {
		if (guard)
			buf_char(c->out, '\'');
		buf_put(c->out, s);
		return;
	}
	buf_char(c->out, '"');
	if (guard)
		buf_char(c->out, '\'');
	for (ptrdiff_t at; (at = str_find_char(s, '"')) >= 0;
	     s = str_from(s, (size_t)at + 1)) {
		buf_put(c->out, str_cut(s, 0, (size_t)at));
		buf_c(c->out, "\"\"");
	}
	buf_put(c->out, s);
	buf_char(c->out, '"');
}

void
csv_out_int(struct csv_out *c, int64_t n)
{
	next_cell(c);
	buf_int(c->out, n);
}

void
csv_out_decimal(struct csv_out *c, struct ratio a, int places)
{
	next_cell(c);
	decimal_put(c->out, a, places, point(c));
}

void
csv_out_ratio(struct csv_out *c, struct ratio a)
{
	next_cell(c);
	decimal_put_exact(c->out, a, point(c));
}

void
csv_out_date(struct csv_out *c, struct date d)
{
	char iso[DATE_TEXT];

	next_cell(c);
	if (date_is_none(d))
		return;
	if (c->style == CSV_PLAIN) {
		buf_c(c->out, date_iso(d, iso));
		return;
	}
	struct civil day = date_civil(d);
	buf_fmt(c->out, "%02d.%02d.%04d", day.day, day.month, day.year);
}

void
csv_out_empty(struct csv_out *c)
{
	next_cell(c);
}

/*
 * A row of one empty cell would be an empty line, which readers skip; it is
 * written as "".
 */
void
csv_out_end_row(struct csv_out *c)
{
	if (c->cells == 1 && c->out->n == c->row_start)
		buf_c(c->out, "\"\"");
	buf_c(c->out, c->style == CSV_EXCEL_RU ? "\r\n" : "\n");
	c->cells = 0;
	c->row_start = c->out->n;
}
