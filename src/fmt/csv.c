/*
 * csv.c - CSV, TSV and pasted tables as a stream of rows.
 *
 *	file  -> row { newline row }
 *	row   -> field { separator field }
 *	field -> '"' { any, "" for a quote } '"' | { any but separator, newline }
 *
 * A quote means something only where a field begins, and only when a
 * separator or a newline follows the closing one: «МБОУ "СОШ № 3"» is kept as
 * it stands.
 *
 * Speed: separators and newlines are found 64 bytes at a time as bits of one
 * word, so a plain field costs a count of trailing zeros; the text is never
 * copied, cells point into the piece that was read.
 */
#include "fmt/csv.h"

#include <string.h>

#include "fmt/csv_text.h"
#include "fmt/formats.h"

enum {
	BLOCK = 64,
	SAMPLE_ROWS = 40,
	FIRST_CAP = 2 * TEXT_ROOM,
	LONGEST_ROW = 8 * 1024 * 1024,
};

struct csv {
	struct csv_text text;
	const struct sheet_limits *limits;
	const struct sheet_sink *sink;
	struct diag *d;
	struct arena *mem;

	char *buf; /* one byte before it and BLOCK bytes after cap are ours */
	size_t cap;
	char *p;      /* where the row begins */
	char *end;    /* past the last byte read */
	bool is_last; /* nothing comes after end */

	char separator;
	char newline;
	const char *block; /* the 64 bytes that signs speaks of */
	uint64_t signs;    /* separators and newlines not yet passed */

	struct cell *cells;
	uint32_t row;
	bool has_doubled; /* the row has a quoted field with "" */
};

enum step {
	STEP_ROW,   /* a row is in cells */
	STEP_MORE,  /* the row does not end in what was read */
	STEP_LIMIT, /* too many columns */
};

static uint64_t
signs_at(const struct csv *c, const char *p)
{
	return csv_signs(p, c->separator, c->newline);
}

/* Look for signs from p on. */
static void
move_to(struct csv *c, const char *p)
{
	c->block = p;
	c->signs = signs_at(c, p);
}

static bool
ends_field(const struct csv *c, const char *p)
{
	return p == c->end || *p == c->separator || *p == c->newline ||
	       (*p == '\r' && (p + 1 == c->end || p[1] == c->newline));
}

/*
 * The closing quote of the field that opens at p; NULL: none was read yet, or
 * what is quoted does not make up the whole field.
 */
static const char *
closing_quote(struct csv *c, const char *p, bool *ret_more)
{
	*ret_more = false;
	for (p++;; p += 2) {
		p = memchr(p, '"', (size_t)(c->end - p));
		if (!p || (p + 1 == c->end && !c->is_last)) {
			*ret_more = true;
			return NULL;
		}
		if (p + 1 == c->end || p[1] != '"')
			return ends_field(c, p + 1) ? p : NULL;
		c->has_doubled = true;
	}
}

/*
 * The field that opens with a quote at p: its text is put as cell n, and signs
 * go on behind its closing quote.  False: it is a plain field all the same, or
 * *ret_more: it does not end in what was read.
 */
static bool
take_quoted(struct csv *c, const char *p, size_t n, bool *ret_more)
{
	const char *close = closing_quote(c, p, ret_more);

	if (!close)
		return false;
	c->cells[n].text = (struct str){p + 1, (size_t)(close - p - 1)};
	move_to(c, close + 1);
	return true;
}

/* CR LF ends a row as LF does. */
static void
drop_return(struct csv *c, struct str *last, const char *end)
{
	if (last->n && last->p + last->n == end && end[-1] == '\r' &&
	    *end == c->newline)
		last->n--;
}

/*
 * One row from c->p into cells; moves past it only when it is whole.  What the
 * loop needs is held in locals: a store into a cell could otherwise be a store
 * into *c, and everything would be loaded again for each field.
 */
static enum step
take_row(struct csv *c, size_t *ret_n)
{
	const char newline = c->newline, separator = c->separator;
	const size_t most = c->limits->columns;
	struct cell *cells = c->cells;
	const char *block = c->block, *from = c->p, *at;
	uint64_t signs = c->signs;
	size_t n = 0;

	c->has_doubled = false;
	for (;; from = at + 1, n++) {
		bool more = false, is_quoted = false;
		if (n == most)
			return STEP_LIMIT;
		if (*from == '"' && from < c->end) {
			is_quoted = take_quoted(c, from, n, &more);
			if (more)
				return STEP_MORE;
			if (is_quoted) {
				block = c->block;
				signs = c->signs;
			}
		}
		while (!signs) {
			block += BLOCK;
			signs = csv_signs(block, separator, newline);
		}
		at = block + __builtin_ctzll(signs);
		signs &= signs - 1;
		if (!is_quoted)
			cells[n].text = (struct str){from, (size_t)(at - from)};
		if (*at == newline)
			break;
	}
	if (at >= c->end && !c->is_last)
		return STEP_MORE;
	drop_return(c, &cells[n].text, at);
	c->block = block;
	c->signs = signs;
	c->p = c->buf + (at + 1 - c->buf);
	*ret_n = n + 1;
	return STEP_ROW;
}

/* Drop the first of each two quotes; the text is in our own buffer. */
static void
undouble(struct csv *c, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct str s = c->cells[i].text;
		if (s.p[-1] != '"' || str_find_char(s, '"') < 0)
			continue;
		char *to = c->buf + (s.p - c->buf);
		size_t k = 0;
		for (size_t from = 0; from < s.n; from++) {
			to[k++] = s.p[from];
			from += s.p[from] == '"';
		}
		c->cells[i].text.n = k;
	}
}

/* A newline behind the last byte ends every search. */
static void
set_end(struct csv *c, char *end)
{
	c->end = end;
	memset(end, c->newline, BLOCK);
}

/* Make room for one more piece after the part of a row that is there. */
static bool
make_room(struct csv *c)
{
	size_t have = (size_t)(c->end - c->p);

	if (have > LONGEST_ROW)
		return false;
	if (have + TEXT_ROOM > c->cap) {
		c->cap *= 2;
		char *bigger =
		    (char *)arena_raw(c->mem, c->cap + 1 + BLOCK) + 1;
		memcpy(bigger, c->p, have);
		c->buf = bigger;
	} else {
		memmove(c->buf, c->p, have);
	}
	c->buf[-1] = '\n';
	c->p = c->buf;
	c->end = c->buf + have;
	return true;
}

static enum rc
too_long_row(struct csv *c)
{
	struct place at = {.row = c->row + 1};

	if (memchr(c->p, '"', (size_t)(c->end - c->p))) {
		diag_error(c->d, at,
		    N_("Здесь открыта кавычка, которая нигде не закрыта."))
		    ->hint = S("Удалите лишнюю кавычку в этой строке.");
		return RC_INVALID;
	}
	diag_error(c->d, at, N_("Строка длиннее %d МБ: это не таблица."),
	    LONGEST_ROW / 1000000);
	return RC_LIMIT;
}

static enum rc
refill(struct csv *c)
{
	size_t n;

	if (!make_room(c))
		return too_long_row(c);
	enum rc rc = csv_text_read(&c->text, c->end, &n);
	if (rc != RC_OK)
		return rc;
	c->is_last = n == 0;
	set_end(c, c->end + n);
	move_to(c, c->p);
	return RC_OK;
}

/* How often s stands outside quotes in each of the first rows. */
static int
consistent_rows(const struct csv *c, char separator)
{
	int counts[SAMPLE_ROWS] = {0}, n = 0, best = 0;
	bool quoted = false;

	for (const char *p = c->p; p < c->end && n < SAMPLE_ROWS; p++) {
		if (*p == '"')
			quoted = !quoted;
		else if (*p == separator && !quoted)
			counts[n]++;
		else if (*p == c->newline) {
			quoted = false; /* one odd quote must not spoil all */
			n++;
		}
	}
	n += n < SAMPLE_ROWS;
	for (int i = 0; i < n; i++) {
		int same = 0;
		for (int k = 0; k < n; k++)
			same += counts[i] > 0 && counts[k] == counts[i];
		best = same > best ? same : best;
	}
	return best;
}

/* Excel itself may say it in a first line: sep=; */
static bool
take_declared(struct csv *c)
{
	size_t n = (size_t)(c->end - c->p);

	if (n < 6 || memcmp(c->p, "sep=", 4) != 0 || c->p[4] == '"' ||
	    (c->p[5] != '\n' && c->p[5] != '\r'))
		return false;
	c->separator = c->p[4];
	const char *line = memchr(c->p, c->newline, n);
	c->p = line ? c->buf + (line + 1 - c->buf) : c->end;
	return true;
}

/*
 * Of two that fit equally well the rarer in plain text wins: a decimal comma
 * stands in every row of a table that is separated by semicolons.
 */
static void
tell_separator(struct csv *c)
{
	static const char candidates[] = {'\t', ';', ','};
	int best = 0;

	c->newline = '\n';
	if (!memchr(c->p, '\n', (size_t)(c->end - c->p)) &&
	    memchr(c->p, '\r', (size_t)(c->end - c->p)))
		c->newline = '\r';
	c->separator = ',';
	if (!take_declared(c)) {
		for (size_t i = 0; i < COUNT_OF(candidates); i++) {
			int rows = consistent_rows(c, candidates[i]);
			if (rows > best) {
				best = rows;
				c->separator = candidates[i];
			}
		}
	}
	set_end(c, c->end);
	move_to(c, c->p);
}

static enum rc
past_limit(struct csv *c, const char *what, uint32_t limit)
{
	diag_error(c->d, (struct place){.row = c->row},
	    N_("В таблице больше %u %s, столько не читается."), limit, what)
	    ->hint = S("Разделите файл на части.");
	return RC_LIMIT;
}

/* Kinds and columns; false when nothing stands in the row. */
static bool
name_cells(struct csv *c, size_t n)
{
	size_t length = 0;

	for (size_t i = 0; i < n; i++) {
		c->cells[i].kind = c->cells[i].text.n ? CELL_TEXT : CELL_EMPTY;
		c->cells[i].column = (uint32_t)i;
		length |= c->cells[i].text.n;
	}
	return length != 0;
}

static bool
has_long_cell(const struct csv *c, size_t n)
{
	if ((size_t)(c->p - c->cells[0].text.p) <= c->limits->cell_bytes)
		return false;
	for (size_t i = 0; i < n; i++)
		if (c->cells[i].text.n > c->limits->cell_bytes)
			return true;
	return false;
}

/* Lines that the sink reads by itself; the one after them is cut here. */
static void
give_lines(struct csv *c)
{
	uint32_t rows = 0;

	if (!c->sink->lines || c->newline != '\n')
		return;
	size_t n = c->sink->lines(c->sink->ctx, c->row + 1,
	    (struct str){c->p, (size_t)(c->end - c->p)}, c->separator, &rows);
	if (rows == 0)
		return;
	c->p += n;
	c->row += rows;
	move_to(c, c->p);
}

/* All rows that are whole in what was read; *ret_on: the sink wants more. */
static enum rc
give_rows(struct csv *c, bool *ret_on)
{
	size_t n;

	*ret_on = true;
	while (*ret_on && (c->p < c->end)) {
		give_lines(c);
		if (c->p >= c->end)
			break;
		enum step step = take_row(c, &n);
		if (step == STEP_MORE)
			return RC_OK;
		if (++c->row > c->limits->lines)
			return past_limit(c, N_("строк"), c->limits->lines);
		if (step == STEP_LIMIT)
			return past_limit(
			    c, N_("столбцов"), c->limits->columns);
		if (has_long_cell(c, n))
			return past_limit(c, N_("байт текста в одной ячейке"),
			    c->limits->cell_bytes);
		if (c->has_doubled)
			undouble(c, n);
		if (name_cells(c, n))
			*ret_on =
			    c->sink->row(c->sink->ctx, c->row, c->cells, n);
	}
	return RC_OK;
}

enum rc
csv_read(int fd, const struct sheet_limits *limits,
    const struct sheet_sink *sink, struct diag *d)
{
	autoarena mem = arena_open(0);
	struct csv c = {
	    .limits = limits,
	    .sink = sink,
	    .d = d,
	    .mem = mem,
	    .cap = FIRST_CAP,
	    .newline = '\n',
	};
	bool on = true;

	enum rc rc = csv_text_open(fd, mem, d, &c.text);
	if (rc != RC_OK)
		return rc;
	c.buf = c.p = c.end = (char *)arena_raw(mem, c.cap + 1 + BLOCK) + 1;
	c.cells = arena_raw(mem, limits->columns * sizeof *c.cells);
	rc = refill(&c);
	if (rc != RC_OK || !sink->sheet(sink->ctx, S(""), 0))
		return rc;
	tell_separator(&c);
	for (;;) {
		rc = give_rows(&c, &on);
		if (rc != RC_OK || !on || (c.is_last && c.p >= c.end))
			return rc;
		if (c.is_last)
			return too_long_row(&c);
		rc = refill(&c);
		if (rc != RC_OK)
			return rc;
	}
}
