/*
 * recognise_rows.c - rows of a plan's table to measures.
 *
 * Three things go wrong in real tables, often together: a row is torn in two
 * by a page break, cells stand one column beside their headings, and a section
 * is printed as a row.  What holds them together is the deadline: wherever it
 * stands, the title is before it and the responsible behind.
 */
#include <stdarg.h>
#include <stdio.h>

#include "base/utf8.h"
#include "core/plans/recognise.h"

enum { NOT_ASKED = -2 };

struct row_reader {
	struct recogniser_plan *rp;
	const struct block *table;
	const struct table_head *head;
	size_t plan_table;
	struct deadline_context context;
	bool people_points;          /* the table holds control points */
	int column_of[COLUMN_COUNT]; /* grid column of a meaning, or -1 */
	int title, when;             /* grid columns, -1: none */
	bool is_numbered; /* rows begin with a number in its own column */
	bool is_glued;    /* … or glued to the title */
	ptrdiff_t section;
	struct plan_measure *last;
	int *when_of; /* deadline_column() of a row, once it was asked */
	int shift;    /* of the last measure's cells against the headings */
	bool *used;   /* a filled cell of the row went into the plan */
};

/* ---- small questions ------------------------------------------------------ */

static bool
is_head_again(const struct row_reader *rr, const struct row_cells *row)
{
	size_t same = 0;

	for (size_t c = 0; c < rr->head->n_columns; c++)
		if (row->text[c].n)
			same +=
			    str_eq(text_header(rr->rp->scratch, row->text[c]),
				text_header(rr->rp->scratch,
				    rr->head->columns[c].text));
	arena_reset(rr->rp->scratch);
	return row->n_filled >= 2 && same * 2 > row->n_filled;
}

static bool
is_row_of_numbers(const struct row_cells *row)
{
	int64_t last = 0;
	int64_t n;

	for (size_t c = 0; c < MAX_GRID; c++) {
		if (!row->text[c].n)
			continue;
		if (!str_to_int(row->text[c], &n) || n != last + 1)
			return false;
		last = n;
	}
	return last > 2;
}

/* A cell that can be nothing but a deadline. */
static bool
reads_as_deadline(const struct row_reader *rr, struct str text)
{
	struct deadline d;

	if (!text.n || text.n > MAX_DEADLINE || !has_letters(text, 2))
		if (text.n < 5 || text.n > MAX_DEADLINE)
			return false;
	deadline_read(rr->rp->scratch, text, &rr->context, &d);
	bool yes = d.kind != DEADLINE_UNKNOWN && d.kind != DEADLINE_NONE &&
		   d.strays == 0;
	arena_reset(rr->rp->scratch);
	return yes;
}

/*
 * The column the deadline of this row stands in: its own, or the only other
 * one that cannot be anything else.  -1: none.
 */
static int
find_deadline_column(const struct row_reader *rr, const struct row_cells *row)
{
	if (rr->when < 0)
		return -1;
	if (row->text[rr->when].n && reads_as_deadline(rr, row->text[rr->when]))
		return rr->when;
	for (int away = 1; away <= 3; away++) {
		int right = rr->when + away;
		int left = rr->when - away;
		if (right < MAX_GRID && reads_as_deadline(rr, row->text[right]))
			return right;
		if (left > 0 && reads_as_deadline(rr, row->text[left]))
			return left;
	}
	return -1;
}

static int
deadline_column(const struct row_reader *rr, const struct row_cells *row)
{
	int *known = &rr->when_of[row->row - 1];

	if (*known == NOT_ASKED)
		*known = find_deadline_column(rr, row);
	return *known;
}

/* The meaning of a grid column in a row moved by shift. */
static enum plan_column
meaning(const struct row_reader *rr, int column, int shift)
{
	int logical = column;

	if (shift > 0 && column >= rr->when)
		logical =
		    column < rr->when + shift ? rr->when - 1 : column - shift;
	else if (shift < 0)
		logical = column - shift;
	if (logical < 0 || logical >= (int)rr->head->n_columns)
		return COLUMN_OTHER;
	return rr->head->columns[logical].column;
}

/* ---- filling a measure ----------------------------------------------------- */

static struct str *
field_of(struct plan_measure *m, enum plan_column column)
{
	switch (column) {
	case COLUMN_NUMBER:
		return &m->number;
	case COLUMN_TITLE:
	case COLUMN_POINT:
		return &m->title;
	case COLUMN_SCHOOL_PART:
		return &m->school_part;
	case COLUMN_DEADLINE:
		return &m->deadline;
	case COLUMN_RESPONSIBLE:
		return &m->responsible_text;
	case COLUMN_RESULT:
		return &m->result;
	case COLUMN_INDICATOR:
		return &m->indicator;
	case COLUMN_REPORT:
		return &m->report_form;
	case COLUMN_MARK:
		return &m->mark;
	case COLUMN_NOTE:
		return &m->note;
	case COLUMN_OTHER:
	case COLUMN_PERSON:
	case COLUMN_POST:
	case COLUMN_AREA:
	case COLUMN_COUNT:
		return NULL;
	}
	UNREACHABLE();
}

static struct plan_place
place_of(const struct row_reader *rr, const struct row_cells *row, size_t c)
{
	return at_cell(rr->rp, rr->table, row->row, (uint32_t)c + 1);
}

/* Lines of a responsible's cell are its borders; elsewhere they are spaces. */
static void
add_text(struct row_reader *rr, struct plan_measure *m, enum plan_column column,
    struct str text)
{
	struct str *field = field_of(m, column);

	if (column == COLUMN_RESPONSIBLE && field->n) {
		struct str plain = plain_text(rr->rp->mem, text);
		struct str had = plain_text(rr->rp->mem, *field);
		if (str_starts(plain, had))
			*field = text;
		else if (!str_eq(plain, had))
			*field = arena_fmt(rr->rp->mem, "%.*s %.*s",
			    STR_ARG(*field), STR_ARG(text));
	} else if (column == COLUMN_RESPONSIBLE) {
		*field = text;
	} else {
		*field = join_text(rr->rp, *field, text);
	}
}

/*
 * More text under a deadline that already reads: taken only when both
 * together read too ("Сентябрь" / "2021"), else it is printing rubbish.
 */
static bool
add_deadline(struct row_reader *rr, struct plan_measure *m, struct str text)
{
	struct str both = join_text(rr->rp, m->deadline, text);

	if (m->deadline.n && reads_as_deadline(rr, m->deadline) &&
	    !reads_as_deadline(rr, both))
		return false;
	m->deadline = both;
	return true;
}

static bool
is_rubbish(struct str text)
{
	return !has_letters(text, 2) && !is_number_text(text);
}

/* "1.1.МБОУ …": the number off the front of the title. */
static void
split_number(struct plan_measure *m)
{
	size_t n = number_length(m->title);

	if (m->number.n || !n)
		return;
	m->number = str_trim(str_cut(m->title, 0, n));
	m->title = str_from(m->title, n);
}

/* One filled cell into its field; false: nobody wants it. */
static bool
take_cell(struct row_reader *rr, struct plan_measure *m,
    const struct row_cells *row, int c, int shift)
{
	struct str text = row->text[c];
	enum plan_column column = meaning(rr, c, shift);
	bool number = column == COLUMN_NUMBER;

	if (column == COLUMN_OTHER && shift == 0 && c > 0 && row->span[c] > 1 &&
	    c < rr->when)
		column = COLUMN_TITLE;
	if (number && !is_number_text(text)) {
		if (is_rubbish(text))
			return false;
		column = COLUMN_TITLE; /* the title begins a column too early */
	}
	if (column == COLUMN_DEADLINE) {
		/* The title ran over into the column of deadlines. */
		if (text.n > MAX_DEADLINE && !reads_as_deadline(rr, text)) {
			warn(rr->rp, place_of(rr, row, (size_t)c),
			    N_("В графе срока стоит длинный текст: он "
			       "присоединён к мероприятию."));
			add_text(rr, m, COLUMN_TITLE, text);
			return true;
		}
		return add_deadline(rr, m, text);
	}
	if (!field_of(m, column) ||
	    (!number && is_rubbish(text) && column != COLUMN_MARK))
		return false;
	if (number && m->number.n)
		return false;
	add_text(rr, m, column, text);
	return true;
}

static void
take_cells(struct row_reader *rr, struct plan_measure *m,
    const struct row_cells *row, int shift)
{
	for (int c = 0; c < MAX_GRID; c++)
		if (row->text[c].n)
			rr->used[c] = take_cell(rr, m, row, c, shift);
	m->last_row = row->row;
}

/* A cell merged downwards stands for every row it covers. */
static void
inherit_merged(
    struct row_reader *rr, struct plan_measure *m, const struct row_cells *row)
{
	const struct plan_measure *above = rr->last;

	static const enum plan_column inherited[] = {COLUMN_NUMBER,
	    COLUMN_DEADLINE, COLUMN_RESPONSIBLE, COLUMN_RESULT,
	    COLUMN_INDICATOR, COLUMN_REPORT};

	if (!above)
		return;
	for (size_t i = 0; i < COUNT_OF(inherited); i++) {
		int c = rr->column_of[inherited[i]];
		struct str *to = field_of(m, inherited[i]);
		struct plan_measure copy = *above;
		if (c < 0 || !row->continues[c] || to->n)
			continue;
		*to = *field_of(&copy, inherited[i]);
		if (to->n)
			warn(rr->rp, place_of(rr, row, (size_t)c),
			    N_("Ячейка объединена со строкой выше: взято "
			       "«%.*s»."),
			    STR_ARG(text_clip(rr->rp->mem, *to, 60)));
	}
}

/* ---- sections --------------------------------------------------------------- */

static void
add_section(struct row_reader *rr, struct str title, struct plan_place at)
{
	rr->section = (ptrdiff_t)rr->rp->out->sections.n;
	*vec_push(rr->rp->mem, &rr->rp->out->sections) = (struct plan_section){
	    .table = rr->plan_table,
	    .title = title,
	    .at = at,
	};
}

/* The words of a heading that lies over several columns, left to right. */
static struct str
row_text(struct row_reader *rr, const struct row_cells *row)
{
	struct str all = {0};

	for (int c = 0; c < MAX_GRID; c++) {
		struct str text = row->text[c];
		if (!text.n || is_rubbish(text))
			continue;
		/* "Норма | Нормативно-правовые": the beginning printed twice */
		all = join_text(rr->rp, all, text);
		rr->used[c] = true;
	}
	return all;
}

/* Does the row begin a measure? */
static bool
begins_measure(struct row_reader *rr, const struct row_cells *row, int when)
{
	int number = rr->column_of[COLUMN_NUMBER];
	struct str title =
	    rr->title >= 0 ? row->text[rr->title] : (struct str){0};
	bool has_number = number >= 0 && is_number_text(row->text[number]);

	if (rr->is_numbered) {
		if (has_number)
			return row->n_filled > 1;
		/* One number over several rows, each with its own title. */
		if (number >= 0 && row->continues[number] &&
		    starts_capital(title))
			return true;
		/* A number was forgotten: a whole row all the same. */
		return when == rr->when && starts_capital(title) &&
		       rr->column_of[COLUMN_RESPONSIBLE] >= 0 &&
		       row->text[rr->column_of[COLUMN_RESPONSIBLE]].n > 0;
	}
	if (rr->is_glued)
		return number_length(title) > 0 && row->n_filled > 1;
	return when >= 0 && (rr->when < 0 || row->n_filled > 1);
}

static bool
next_begins(struct row_reader *rr, uint32_t row)
{
	struct row_cells next;

	for (uint32_t r = row + 1; r < rr->table->n_rows; r++) {
		take_row(rr->table, r, rr->rp->mem, &next);
		if (next.n_filled)
			return begins_measure(
			    rr, &next, deadline_column(rr, &next));
	}
	return false;
}

static bool
spans_row(const struct row_reader *rr, const struct row_cells *row)
{
	return row->n_filled == 1 &&
	       row->span[row->first] * 2 > rr->head->n_columns &&
	       row->span[row->first] > 1;
}

/* The last whole number of "2.10." */
static int64_t
last_number(struct str s)
{
	size_t end = s.n;
	int64_t n = 0;

	while (end > 0 && (s.p[end - 1] < '0' || s.p[end - 1] > '9'))
		end--;
	size_t from = end;
	while (from > 0 && s.p[from - 1] >= '0' && s.p[from - 1] <= '9')
		from--;
	(void)str_to_int(str_cut(s, from, end), &n);
	return n;
}

/* Behind the row the numbers begin anew. */
static bool
numbers_restart(struct row_reader *rr, uint32_t row)
{
	int number = rr->column_of[COLUMN_NUMBER];
	struct row_cells next;

	for (uint32_t r = row; number >= 0 && rr->last && r < rr->table->n_rows;
	     r++) {
		take_row(rr->table, r, rr->rp->mem, &next);
		if (next.n_filled)
			return is_number_text(next.text[number]) &&
			       last_number(next.text[number]) <=
				   last_number(rr->last->number);
	}
	return false;
}

/*
 * A row that is a heading: one text over the whole width, or a text that
 * begins a sentence where a number should stand, and measures follow.
 */
static bool
is_section_row(struct row_reader *rr, const struct row_cells *row, int when)
{
	struct str text = row->text[row->first];
	int number = rr->column_of[COLUMN_NUMBER];
	bool first = (int)row->first == (number >= 0 ? number : rr->title);

	if (when >= 0 || starts_lower(text) || has_unmatched_close(text) ||
	    !has_letters(text, 3))
		return false;
	if (spans_row(rr, row))
		return rr->is_numbered || rr->is_glued || !rr->last ||
		       next_begins(rr, row->row - 1);
	if (rr->is_numbered && row->n_filled == 1 &&
	    (int)row->first == rr->title)
		return starts_capital(text) && numbers_restart(rr, row->row);
	if (rr->is_numbered || rr->is_glued)
		return row->n_filled == 1 && first && !is_number_text(text) &&
		       next_begins(rr, row->row - 1);
	/* Unnumbered: every cell is a piece of the heading. */
	if (!starts_capital(text) || !next_begins(rr, row->row - 1))
		return false;
	return first || row->n_filled == 1 || !rr->last;
}

/* ---- rows ------------------------------------------------------------------- */

/* The last letter is a small one: no sentence ended here. */
static bool
ends_lower(struct str s)
{
	size_t at = s.n;

	while (at > 0 && ((unsigned char)s.p[at - 1] & 0xC0) == 0x80)
		at--;
	return at > 0 && starts_lower(str_from(s, at - 1)) &&
	       has_letters(str_from(s, at - 1), 1);
}

/*
 * "ероприятия с педагогами Проведение совещаний": a heading whose line break
 * was lost runs into the measure behind it.
 */
static void
split_fused_section(
    struct row_reader *rr, struct plan_measure *m, struct plan_place at)
{
	struct str t = m->title;

	if (rr->is_numbered || rr->is_glued || !starts_lower(t) ||
	    !has_letters(str_cut(t, 0, 2), 1))
		return;
	for (size_t i = 1; i + 2 < t.n; i++) {
		struct str rest = str_from(t, i + 1);
		if (t.p[i] != ' ' || !starts_capital(rest) ||
		    !ends_lower(str_cut(t, 0, i)) || i < 30)
			continue;
		add_section(rr, str_cut(t, 0, i), at);
		m->section = rr->section;
		m->title = rest;
		warn(rr->rp, at,
		    N_("Заголовок раздела напечатан в одной ячейке с "
		       "мероприятием: проверьте, где проходит граница."));
		return;
	}
}

static void
begin_measure(struct row_reader *rr, const struct row_cells *row, int when)
{
	struct plan_measure m = {
	    .table = rr->plan_table,
	    .section = rr->section,
	    .at = place_of(rr, row, 0),
	};
	int shift = when >= 0 && rr->when >= 0 ? when - rr->when : 0;

	m.at.column = 0;
	/* Without a deadline the row is taken as the one before it was. */
	take_cells(rr, &m, row, shift);
	if (shift)
		warn(rr->rp, m.at,
		    N_("Ячейки строки сдвинуты относительно заголовков: срок "
		       "найден в %d-й графе."),
		    when + 1);
	inherit_merged(rr, &m, row);
	if (rr->is_glued || rr->column_of[COLUMN_NUMBER] < 0)
		split_number(&m);
	else if (!m.number.n && rr->is_numbered)
		warn(rr->rp, m.at, N_("У мероприятия нет номера."));
	split_fused_section(rr, &m, m.at);
	rr->shift = shift;
	if (rr->people_points) {
		*vec_push(rr->rp->mem, &rr->rp->out->points) = m;
		rr->last = &rr->rp->out->points.p[rr->rp->out->points.n - 1];
	} else {
		*vec_push(rr->rp->mem, &rr->rp->out->measures) = m;
		rr->last =
		    &rr->rp->out->measures.p[rr->rp->out->measures.n - 1];
	}
}

/* Words that would land under a deadline without being one. */
static bool
hits_deadline(
    const struct row_reader *rr, const struct row_cells *row, int shift)
{
	for (int c = 0; c < MAX_GRID; c++)
		if (has_letters(row->text[c], 3) &&
		    meaning(rr, c, shift) == COLUMN_DEADLINE &&
		    !reads_as_deadline(rr, row->text[c]) &&
		    !reads_as_deadline(rr,
			join_text(rr->rp, rr->last->deadline, row->text[c])))
			return true;
	return false;
}

/*
 * The lower half of a torn row.  It stands as the upper half did, unless that
 * would put somebody's name into the column of deadlines.
 */
static void
continue_measure(struct row_reader *rr, const struct row_cells *row, int when)
{
	int shift = when >= 0 ? when - rr->when : rr->shift;

	if (when < 0 && shift > 0 && hits_deadline(rr, row, shift) &&
	    !hits_deadline(rr, row, 0))
		shift = 0;

	if (spans_row(rr, row)) {
		add_text(rr, rr->last, COLUMN_TITLE, row->text[row->first]);
		rr->used[row->first] = true;
		rr->last->last_row = row->row;
		return;
	}
	/* A line of its own behind the table: «Исполнитель: …». */
	if (rr->is_numbered && row->n_filled == 1 &&
	    (int)row->first == rr->column_of[COLUMN_NUMBER] &&
	    starts_capital(row->text[row->first]))
		return;
	take_cells(rr, rr->last, row, shift);
}

/* What the row gave to the plan, and what it did not. */
static void
account(struct row_reader *rr, const struct row_cells *row)
{
	struct plan_reading *out = rr->rp->out;

	for (size_t c = 0; c < MAX_GRID; c++) {
		if (!row->text[c].n)
			continue;
		out->cells_seen++;
		if (rr->used[c]) {
			out->cells_used++;
			continue;
		}
		out->cells_left++;
		leave_out(rr->rp, place_of(rr, row, c), row->text[c]);
	}
}

static void
mark_all(struct row_reader *rr, const struct row_cells *row)
{
	for (size_t c = 0; c < MAX_GRID; c++)
		rr->used[c] = row->text[c].n > 0;
}

static void
read_row(struct row_reader *rr, uint32_t r)
{
	bool used[MAX_GRID] = {false};
	struct row_cells row;

	take_row(rr->table, r, rr->rp->mem, &row);
	if (!row.n_filled)
		return;
	rr->used = used;
	int when = deadline_column(rr, &row);
	if (is_head_again(rr, &row) || is_row_of_numbers(&row)) {
		mark_all(rr, &row);
	} else if (begins_measure(rr, &row, when)) {
		begin_measure(rr, &row, when);
	} else if (is_section_row(rr, &row, when)) {
		add_section(rr, row_text(rr, &row), place_of(rr, &row, 0));
	} else if (rr->last) {
		continue_measure(rr, &row, when);
	}
	account(rr, &row);
}

/* ---- what kind of rows these are ---------------------------------------------- */

static void
find_columns(struct row_reader *rr)
{
	for (int m = 0; m < COLUMN_COUNT; m++)
		rr->column_of[m] = -1;
	for (size_t c = 0; c < rr->head->n_columns; c++) {
		enum plan_column m = rr->head->columns[c].column;
		if (rr->column_of[m] < 0)
			rr->column_of[m] = (int)c;
	}
	rr->title = rr->column_of[COLUMN_TITLE] >= 0 ?
			rr->column_of[COLUMN_TITLE] :
			rr->column_of[COLUMN_POINT];
	rr->when = rr->column_of[COLUMN_DEADLINE];
}

/* Numbers in a column of their own, or glued to titles, or none at all. */
static void
find_numbering(struct row_reader *rr, uint32_t from)
{
	size_t own = 0, glued = 0, dated = 0;
	int number = rr->column_of[COLUMN_NUMBER];
	struct row_cells row;

	for (uint32_t r = from; r < rr->table->n_rows; r++) {
		take_row(rr->table, r, rr->rp->mem, &row);
		if (row.n_filled < 2)
			continue;
		dated += deadline_column(rr, &row) >= 0;
		own += number >= 0 && is_number_text(row.text[number]);
		glued +=
		    rr->title >= 0 && number_length(row.text[rr->title]) > 0;
	}
	rr->is_numbered = own > 0 && own * 3 >= dated;
	rr->is_glued = !rr->is_numbered && glued > 0 && glued * 2 >= dated;
}

void
read_measures(struct recogniser_plan *rp, const struct block *table,
    const struct table_head *head, size_t plan_table)
{
	struct plan_table *t = &rp->out->tables.p[plan_table];
	struct row_reader rr = {
	    .rp = rp,
	    .table = table,
	    .head = head,
	    .plan_table = plan_table,
	    .context = context_of_table(rp, plan_table),
	    .people_points = t->kind == TABLE_POINTS,
	    .section = NO_SECTION,
	};
	uint32_t from = head->found ? head->last + 1 : 0;

	rr.when_of = arena_new(rp->mem, int, table->n_rows);
	for (uint32_t r = 0; r < table->n_rows; r++)
		rr.when_of[r] = NOT_ASKED;
	find_columns(&rr);
	find_numbering(&rr, from);
	if (t->heads_inherited && t->title.n)
		add_section(&rr, t->title, t->at);
	for (uint32_t r = from; r < table->n_rows && !arena_full(rp->mem); r++)
		read_row(&rr, r);
}

/* ---- people ---------------------------------------------------------------- */

void
read_people(struct recogniser_plan *rp, const struct block *table,
    const struct table_head *head)
{
	struct row_cells row;

	for (uint32_t r = head->last + 1; r < table->n_rows; r++) {
		struct plan_person who = {.at = at_cell(rp, table, r + 1, 0)};
		take_row(table, r, rp->mem, &row);
		for (size_t c = 0; c < MAX_GRID; c++) {
			struct str text = plain_text(rp->mem, row.text[c]);
			enum plan_column m = c < head->n_columns ?
						 head->columns[c].column :
						 COLUMN_OTHER;
			struct str *to = m == COLUMN_NUMBER ? &who.number :
					 m == COLUMN_PERSON ? &who.name :
					 m == COLUMN_POST   ? &who.post :
					 m == COLUMN_AREA ||
						 m == COLUMN_TITLE ||
						 m == COLUMN_RESPONSIBLE ?
							    &who.area :
							    NULL;
			if (!text.n)
				continue;
			rp->out->cells_seen++;
			if (to && !to->n) {
				*to = text;
				rp->out->cells_used++;
				continue;
			}
			rp->out->cells_left++;
			leave_out(rp,
			    at_cell(rp, table, r + 1, (uint32_t)c + 1), text);
		}
		if (who.name.n || who.post.n)
			*vec_push(rp->mem, &rp->out->people) = who;
	}
}

/* Rows that are no plan: every filled cell is listed. */
void
leave_table(struct recogniser_plan *rp, const struct block *table,
    uint32_t from_row, uint32_t to_row)
{
	struct row_cells row;

	for (uint32_t r = from_row; r < to_row && r < table->n_rows; r++) {
		take_row(table, r, rp->mem, &row);
		for (size_t c = 0; c < MAX_GRID; c++) {
			if (!row.text[c].n)
				continue;
			rp->out->cells_seen++;
			rp->out->cells_left++;
			leave_out(rp,
			    at_cell(rp, table, r + 1, (uint32_t)c + 1),
			    row.text[c]);
		}
	}
}
