/* term_table.c - text in aligned columns, wrapped to the terminal. */
#include "fmt/term_table.h"

#include <utf8proc.h>

#include "base/utf8.h"

enum { NARROWEST = 12, GAP = 2 };

static bool
is_control(int32_t c)
{
	return c < 0x20 || (c >= 0x7F && c < 0xA0);
}

/* A control character is printed as a space. */
static size_t
char_width(int32_t c)
{
	int n = is_control(c) ? 1 : utf8proc_charwidth(c);

	return n < 0 ? 0 : (size_t)n;
}

size_t
term_width(struct str s)
{
	size_t n = 0;

	while (s.n)
		n += char_width(utf8_next(&s));
	return n;
}

/* How much of s fits into width places; at least one character. */
static size_t
bytes_that_fit(struct str s, size_t width)
{
	struct str rest = s;
	size_t used = 0;

	while (rest.n) {
		struct str next = rest;

		used += char_width(utf8_next(&next));
		if (used > width && rest.n != s.n)
			break;
		rest = next;
	}
	return s.n - rest.n;
}

/*
 * Takes the next line off the front: up to a line break, or what fits,
 * preferably up to a space.
 */
static struct str
take_line(struct str *rest, size_t width)
{
	ptrdiff_t broken = str_find_char(*rest, '\n');
	size_t end = broken < 0 ? rest->n : (size_t)broken;
	struct str line = str_cut(*rest, 0, end);
	size_t fits = bytes_that_fit(line, width);

	if (fits == line.n) {
		*rest = str_from(*rest, broken < 0 ? end : end + 1);
		return line;
	}
	for (size_t i = fits; i > 0; i--)
		if (line.p[i] == ' ') {
			*rest = str_from(*rest, i + 1);
			return str_cut(line, 0, i);
		}
	*rest = str_from(*rest, fits);
	return str_cut(line, 0, fits);
}

static void
put_visible(struct buf *out, struct str s)
{
	s = utf8_repair(out->mem, s);
	while (s.n) {
		struct str at = s;
		int32_t c = utf8_next(&s);

		if (is_control(c))
			buf_char(out, ' ');
		else
			buf_put(out, str_cut(at, 0, at.n - s.n));
	}
}

static void
put_spaces(struct buf *out, size_t n)
{
	while (n--)
		buf_char(out, ' ');
}

static size_t
widest_line(struct str s)
{
	struct str line;
	size_t most = 0;

	while (str_split(&s, '\n', &line))
		if (term_width(line) > most)
			most = term_width(line);
	return most;
}

/* Narrow the widest text column, a place at a time, until the table fits. */
static void
narrow(const struct term_table *t, size_t *widths)
{
	size_t total = GAP * (t->n - 1);

	for (size_t i = 0; i < t->n; i++)
		total += widths[i];
	for (; t->width && total > t->width; total--) {
		size_t widest = t->n;

		for (size_t i = 0; i < t->n; i++)
			if (!t->columns[i].right && widths[i] > NARROWEST &&
			    (widest == t->n || widths[i] > widths[widest]))
				widest = i;
		if (widest == t->n)
			return;
		widths[widest]--;
	}
}

static size_t *
choose_widths(const struct term_table *t, struct arena *mem)
{
	size_t *widths = arena_new(mem, size_t, t->n);

	for (size_t i = 0; i < t->n; i++) {
		widths[i] = widest_line(t->columns[i].title);
		for (size_t row = 0; row < t->n_rows; row++) {
			size_t n = widest_line(t->rows[row][i]);
			if (n > widths[i])
				widths[i] = n;
		}
	}
	narrow(t, widths);
	return widths;
}

/* One row, as many lines as its tallest cell; no spaces at the line's end. */
static void
put_row(const struct term_table *t, const size_t *widths, struct str *cells,
    struct buf *out)
{
	bool is_more = true;

	while (is_more) {
		size_t owed = 0;

		is_more = false;
		for (size_t i = 0; i < t->n; i++) {
			struct str line = take_line(&cells[i], widths[i]);
			size_t n = term_width(line);
			size_t pad = widths[i] > n ? widths[i] - n : 0;

			if (t->columns[i].right)
				owed += pad;
			if (n) {
				put_spaces(out, owed);
				put_visible(out, line);
				owed = 0;
			}
			if (!t->columns[i].right)
				owed += pad;
			owed += GAP;
			is_more = is_more || cells[i].n;
		}
		buf_char(out, '\n');
	}
}

void
term_table_put(const struct term_table *t, struct buf *out)
{
	size_t *widths = choose_widths(t, out->mem);
	struct str *cells = arena_new(out->mem, struct str, t->n);

	for (size_t i = 0; i < t->n; i++)
		cells[i] = t->columns[i].title;
	put_row(t, widths, cells, out);
	for (size_t i = 0; i < t->n; i++) {
		for (size_t k = 0; k < widths[i]; k++)
			buf_c(out, "─");
		if (i + 1 < t->n)
			put_spaces(out, GAP);
	}
	buf_char(out, '\n');
	for (size_t row = 0; row < t->n_rows; row++) {
		for (size_t i = 0; i < t->n; i++)
			cells[i] = t->rows[row][i];
		put_row(t, widths, cells, out);
	}
}
