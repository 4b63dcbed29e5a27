/* xlsx_out.c - a workbook on libxlsxwriter in constant memory. */
#include "fmt/xlsx_out.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/utf8.h"
#include "base/vec.h"
#include "fmt/book_lib.h"

enum {
	MOST_ROWS = 1048576,
	MOST_COLUMNS = 16384,
	MOST_CHARACTERS = 32767,
	MOST_NAME = 31,
	EXCEL_EPOCH = 25569,  /* 1970-01-01 as Excel counts days */
	EXCEL_FIRST = -25508, /* 1900-03-01: before it Excel errs by a day */
	NARROWEST = 8,
	WIDEST = 60,
	PORTRAIT_COLUMNS = 6,
	PAPER_A4 = 9,
	MOST_TITLE = 255,
	FILTER_ARROW = 3,   /* characters its button covers */
	TYPICAL_NUMBER = 8, /* characters */
};

enum { PLACES = 7 }; /* formats for 0 to 6 digits after the point */

static const int64_t EXACT_IN_DOUBLE = (int64_t)1 << 53;

struct xlsx_out {
	struct arena *mem;
	const struct book_lib *lib;
	lxw_workbook *book;
	lxw_worksheet *sheet;
	int fd; /* the anonymous file the workbook is gathered in */
	struct buf scratch;
	const struct xlsx_column *columns;
	size_t n_columns;
	size_t *widest; /* characters seen in each column */
	lxw_row_t row;
	lxw_col_t column;
	VEC(struct str) names;
	bool is_over;    /* more rows than Excel takes */
	bool has_failed; /* no room for a sheet */
	lxw_format *head;
	lxw_format *text;
	lxw_format *percent;
	lxw_format *date;
	lxw_format *number[PLACES];
};

/* A memory file system, so that no row reaches a disk; NULL: the system's. */
static char *
temporary_folder(void)
{
	static char memory[] = "/dev/shm";

	return access(memory, W_OK | X_OK) == 0 ? memory : NULL;
}

static lxw_format *
new_format(struct xlsx_out *x, const char *number_format)
{
	lxw_format *f = x->lib->workbook_add_format(x->book);

	MUST(f);
	x->lib->format_set_align(f, LXW_ALIGN_VERTICAL_TOP);
	if (number_format)
		x->lib->format_set_num_format(f, number_format);
	return f;
}

static void
make_formats(struct xlsx_out *x)
{
	static const char *const decimals[PLACES] = {
	    "0", "0.0", "0.00", "0.000", "0.0000", "0.00000", "0.000000"};

	x->head = new_format(x, NULL);
	x->lib->format_set_bold(x->head);
	x->lib->format_set_text_wrap(x->head);
	x->lib->format_set_align(x->head, LXW_ALIGN_VERTICAL_BOTTOM);
	x->lib->format_set_bg_color(x->head, 0xEFEDE7);
	x->lib->format_set_bottom(x->head, LXW_BORDER_THIN);
	x->text = new_format(x, NULL);
	x->lib->format_set_text_wrap(x->text);
	x->percent = new_format(x, "0.0%");
	x->date = new_format(x, "dd.mm.yyyy");
	for (size_t i = 0; i < PLACES; i++)
		x->number[i] = new_format(x, decimals[i]);
}

/*
 * Terminated, valid UTF-8 without the control characters XML refuses, cut to
 * most characters with "…" in place of the last.
 */
static const char *
clean(struct xlsx_out *x, struct str s, size_t most)
{
	buf_clear(&x->scratch);
	s = utf8_repair(x->mem, s);
	if (utf8_length(s) > most)
		s = text_clip(x->mem, s, most);
	while (s.n) {
		struct str at = s;
		int32_t c = utf8_next(&s);

		if (c >= 0x20 || c == '\n' || c == '\t')
			buf_put(&x->scratch, str_cut(at, 0, at.n - s.n));
		else if (c != '\r')
			buf_char(&x->scratch, ' ');
	}
	return buf_cstr(&x->scratch);
}

struct xlsx_out *
xlsx_out_open(struct arena *mem, struct str title, struct date made_on)
{
	struct xlsx_out *x = arena_new(mem, struct xlsx_out, 1);

	MUST(!date_is_none(made_on));
	x->mem = mem;
	x->scratch = buf_open(mem, 0);
	x->fd = memfd_create("workbook", MFD_CLOEXEC);
	x->lib = book_lib();
	if (x->fd < 0 || !x->lib)
		return x;

	struct str path = arena_fmt(mem, "/proc/self/fd/%d", x->fd);
	lxw_workbook_options options = {
	    .constant_memory = 1, .tmpdir = temporary_folder(), .use_zip64 = 1};
	x->book = x->lib->workbook_new_opt(arena_cstr(mem, path), &options);
	MUST(x->book);
	make_formats(x);

	lxw_doc_properties about = {
	    .title = arena_cstr(mem, str_of(clean(x, title, MOST_TITLE))),
	    /* Noon, so that no zone moves the day; 0 would mean "now". */
	    .created = (time_t)made_on.day * 86400 + 43200,
	};
	(void)x->lib->workbook_set_properties(x->book, &about);
	return x;
}

void
xlsx_out_closep(struct xlsx_out **x)
{
	if (!*x)
		return;
	if ((*x)->book)
		(*x)->lib->lxw_workbook_free((*x)->book);
	if ((*x)->fd >= 0)
		(void)close((*x)->fd);
	*x = NULL;
}

static bool
name_is_taken(const struct xlsx_out *x, struct str name)
{
	for (size_t i = 0; i < x->names.n; i++) {
		autoarena work = arena_open(0);
		if (str_eq(
			text_fold(work, x->names.p[i]), text_fold(work, name)))
			return true;
	}
	return false;
}

/* What Excel takes as the name of a sheet, different from all before. */
static struct str
sheet_name(struct xlsx_out *x, struct str wish)
{
	char *plain = arena_cstr(x->mem, str_of(clean(x, wish, MOST_NAME)));

	for (char *p = plain; *p; p++)
		if (strchr("[]:*?/\\'\n\t", *p))
			*p = ' ';
	struct str base = str_trim(str_of(plain));
	if (!base.n)
		base = S("Лист");
	struct str name = text_clip(x->mem, base, MOST_NAME);
	for (int i = 2; name_is_taken(x, name); i++)
		name = arena_fmt(x->mem, "%.*s (%d)",
		    STR_ARG(text_clip(x->mem, base, MOST_NAME - 6)), i);
	*vec_push(x->mem, &x->names) = name;
	return name;
}

static uint16_t
width_of(const struct xlsx_out *x, size_t i)
{
	size_t n = x->widest[i] + 2;

	if (x->columns[i].width)
		return x->columns[i].width;
	return (uint16_t)(n < NARROWEST ? NARROWEST : n > WIDEST ? WIDEST : n);
}

/* Widths and the filter are known only when the last row is there. */
static void
finish_sheet(struct xlsx_out *x)
{
	if (!x->sheet)
		return;
	for (size_t i = 0; i < x->n_columns; i++)
		(void)x->lib->worksheet_set_column(
		    x->sheet, (lxw_col_t)i, (lxw_col_t)i, width_of(x, i), NULL);
	if (x->row > 1)
		(void)x->lib->worksheet_autofilter(
		    x->sheet, 0, 0, x->row - 1, (lxw_col_t)(x->n_columns - 1));
	x->sheet = NULL;
}

/* On paper: as wide as the page, the head on each, "3 из 12" at the foot. */
static void
set_page(struct xlsx_out *x)
{
	x->lib->worksheet_set_paper(x->sheet, PAPER_A4);
	if (x->n_columns > PORTRAIT_COLUMNS)
		x->lib->worksheet_set_landscape(x->sheet);
	x->lib->worksheet_fit_to_pages(x->sheet, 1, 0);
	(void)x->lib->worksheet_repeat_rows(x->sheet, 0, 0);
	(void)x->lib->worksheet_set_footer(x->sheet, "&L&A&R&P из &N");
	x->lib->worksheet_freeze_panes(x->sheet, 1, 0);
}

/* The longest word of the title must fit; the title itself may wrap. */
static size_t
longest_word(struct str s)
{
	struct str word;
	size_t most = 0;

	while (str_split(&s, ' ', &word))
		if (utf8_length(word) > most)
			most = utf8_length(word);
	return most;
}

void
xlsx_out_sheet(struct xlsx_out *x, struct str name,
    const struct xlsx_column *columns, size_t n)
{
	MUST(n > 0 && n <= MOST_COLUMNS && x->column == 0);
	finish_sheet(x);
	x->columns = columns;
	x->n_columns = n;
	x->widest = arena_new(x->mem, size_t, n);
	x->row = 0;
	if (!x->book)
		return;
	struct str taken = sheet_name(x, name);
	x->sheet =
	    x->lib->workbook_add_worksheet(x->book, arena_cstr(x->mem, taken));
	if (!x->sheet) {
		x->has_failed = true;
		return;
	}
	set_page(x);
	for (size_t i = 0; i < n; i++) {
		x->widest[i] = longest_word(columns[i].title) + FILTER_ARROW;
		(void)x->lib->worksheet_write_string(x->sheet, 0, (lxw_col_t)i,
		    clean(x, columns[i].title, MOST_CHARACTERS), x->head);
	}
	x->row = 1;
}

/* The cell to write to, or false when nothing more can be written. */
static bool
next_cell(struct xlsx_out *x, size_t characters, lxw_col_t *ret_column)
{
	MUST(x->column < x->n_columns);
	size_t *widest = &x->widest[x->column];
	if (*widest < characters)
		*widest = characters;
	*ret_column = x->column++;
	return x->sheet && !x->is_over;
}

/* The longest line of a text that may have several. */
static size_t
longest_line(struct str s)
{
	struct str line;
	size_t most = 0;

	while (str_split(&s, '\n', &line))
		if (utf8_length(line) > most)
			most = utf8_length(line);
	return most;
}

void
xlsx_out_text(struct xlsx_out *x, struct str s)
{
	lxw_col_t at;

	if (next_cell(x, longest_line(s), &at) && s.n)
		(void)x->lib->worksheet_write_string(x->sheet, x->row, at,
		    clean(x, s, MOST_CHARACTERS), x->text);
}

static void
put_number(struct xlsx_out *x, double value, lxw_format *format)
{
	lxw_col_t at;

	if (next_cell(x, TYPICAL_NUMBER, &at))
		(void)x->lib->worksheet_write_number(
		    x->sheet, x->row, at, value, format);
}

/* A whole number keeps its digits as a text where a double would round it. */
void
xlsx_out_int(struct xlsx_out *x, int64_t n)
{
	if (n > EXACT_IN_DOUBLE || n < -EXACT_IN_DOUBLE)
		xlsx_out_text(x, arena_fmt(x->mem, "%lld", (long long)n));
	else
		put_number(x, (double)n, x->number[0]);
}

static double
as_double(struct ratio a)
{
	return (double)a.num / (double)a.den;
}

void
xlsx_out_decimal(struct xlsx_out *x, struct ratio a)
{
	MUST(x->column < x->n_columns);
	uint8_t places = x->columns[x->column].places;

	put_number(x, as_double(a), x->number[places < PLACES ? places : 0]);
}

void
xlsx_out_percent(struct xlsx_out *x, struct ratio a)
{
	put_number(x, as_double(a), x->percent);
}

void
xlsx_out_date(struct xlsx_out *x, struct date d)
{
	if (date_is_none(d))
		xlsx_out_empty(x);
	else if (d.day < EXCEL_FIRST)
		xlsx_out_text(x, date_ru(x->mem, d));
	else
		put_number(x, d.day + EXCEL_EPOCH, x->date);
}

void
xlsx_out_empty(struct xlsx_out *x)
{
	lxw_col_t at;

	(void)next_cell(x, 0, &at);
}

void
xlsx_out_end_row(struct xlsx_out *x)
{
	x->column = 0;
	if (x->row + 1 >= MOST_ROWS)
		x->is_over = true;
	else
		x->row++;
}

void
xlsx_out_sources(
    struct xlsx_out *x, const struct xlsx_source *sources, size_t n)
{
	static const struct xlsx_column columns[] = {
	    {.title = S_INIT("Что"), .width = 28},
	    {.title = S_INIT("Откуда"), .width = 90},
	};

	xlsx_out_sheet(x, S("Источники"), columns, COUNT_OF(columns));
	for (size_t i = 0; i < n; i++) {
		xlsx_out_text(x, sources[i].what);
		xlsx_out_text(x, sources[i].text);
		xlsx_out_end_row(x);
	}
}

/* The anonymous file, from its beginning, to the end of out. */
static enum rc
copy_out(int fd, struct buf *out)
{
	char part[64 * 1024];
	off_t at = 0;

	for (;;) {
		ssize_t n = pread(fd, part, sizeof part, at);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return RC_FAILED;
		if (n == 0)
			return buf_full(out) ? RC_LIMIT : RC_OK;
		buf_put(out, (struct str){part, (size_t)n});
		at += n;
	}
}

enum rc
xlsx_out_close(struct xlsx_out *x, struct buf *out)
{
	MUST(x->column == 0);
	finish_sheet(x);
	if (!x->book || x->has_failed)
		return RC_FAILED;
	if (x->is_over)
		return RC_LIMIT;

	lxw_error error = x->lib->workbook_close(x->book);
	x->book = NULL;
	if (error != LXW_NO_ERROR)
		return RC_FAILED;
	return copy_out(x->fd, out);
}
