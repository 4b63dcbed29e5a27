/* plan_appendix.c - the rows of a plan as the tables of its appendix. */
#include "base/utf8.h"
#include "core/plans/plan_document.h"

/*
 * Parts that make one printed table: of one kind, all with numbers or all
 * without, because a reader takes a row without a number among numbered ones
 * for the end of the row above.
 */
struct printed_table {
	const struct plan_part *parts;
	size_t n;
	struct printed_columns columns;
	bool has_sections;  /* titles of the parts as rows over the width */
	struct str heading; /* above the table; may be empty */
};

struct printer {
	struct arena *mem;
	struct doc *doc;
	const struct plan *plan;
	const struct plan_print *how;
};

static bool
stands(const struct plan_row *row)
{
	return !row->m.is_dropped;
}

static size_t
rows_of(const struct plan_part *part)
{
	size_t n = 0;

	for (size_t i = 0; i < part->n; i++)
		n += stands(&part->rows[i]);
	return n;
}

static bool
is_numbered(const struct plan_part *part)
{
	for (size_t i = 0; i < part->n; i++)
		if (stands(&part->rows[i]) && part->rows[i].m.number.n)
			return true;
	return false;
}

static const struct plan_mark_text *
mark_of(const struct plan_print *how, measure_id measure)
{
	for (size_t i = 0; i < how->n_marks; i++)
		if (how->marks[i].measure.v == measure.v)
			return &how->marks[i];
	return NULL;
}

/* ---- which tables ---- */

static bool
is_kind(const struct plan_part *part, const char *kind)
{
	return str_eq(part->s.kind, str_of(kind));
}

/* The clauses of the order are printed in the order, not in the appendix. */
static bool
is_printed(const struct plan_part *part)
{
	return !is_kind(part, "order") && rows_of(part) > 0;
}

static bool
continues(const struct plan_part *first, const struct plan_part *next)
{
	if (!is_printed(next))
		return rows_of(next) == 0 &&
		       str_eq(first->s.kind, next->s.kind);
	return str_eq(first->s.kind, next->s.kind) &&
	       is_numbered(first) == is_numbered(next) &&
	       (next->s.title.n > 0 || first->s.title.n == 0);
}

static struct printed_columns
usual_columns(const struct printer *pr, const struct plan_part *part)
{
	if (is_kind(part, "measures"))
		return printed_columns_of(pr->how->columns.n ?
					      pr->how->columns :
					      pr->plan->head.columns);
	return printed_columns_for(
	    is_kind(part, "points") ? "points" : "mechanisms");
}

static void
fit_columns(const struct printer *pr, struct printed_table *t)
{
	enum { STATE_WIDTH = 22 }; /* "не достигнуто: 26,7 % (32 из 120)" */

	t->columns = usual_columns(pr, t->parts);
	if (!is_numbered(t->parts))
		printed_columns_drop(&t->columns, PRINT_NUMBER);
	for (size_t i = 0; i < t->n; i++)
		for (size_t k = 0; k < t->parts[i].n; k++) {
			const struct plan_row *row = &t->parts[i].rows[k];

			for (enum print_column c = PRINT_TITLE;
			     stands(row) && c < PRINT_MARK; c++)
				if (measure_cell(&row->m, c).n)
					printed_columns_add(&t->columns, c);
			/* A control point says whether it is reached. */
			if (stands(row) && is_kind(t->parts, "points") &&
			    mark_of(pr->how, row->m.id))
				printed_columns_add(&t->columns, PRINT_MARK);
		}
	for (size_t i = 0; i < t->columns.n; i++)
		if (is_kind(t->parts, "points") &&
		    t->columns.all[i].column == PRINT_MARK)
			t->columns.all[i].width = STATE_WIDTH;
}

static bool
says_already(const struct printer *pr, struct str title)
{
	return !title.n || str_eq(title, pr->plan->head.title);
}

static void
fit_heading(const struct printer *pr, struct printed_table *t)
{
	const struct str title = t->parts->s.title;

	if (is_kind(t->parts, "points")) {
		t->heading = title.n ? title : S("Контрольные точки");
		return;
	}
	t->has_sections = t->n > 1 || !says_already(pr, title);
	if (!is_kind(t->parts, "mechanisms"))
		return;
	t->heading = S("Механизмы реализации");
	if (t->n == 1 && str_find(title, S("еханизм")) >= 0) {
		t->heading = title;
		t->has_sections = false;
	}
}

static size_t
take_table(const struct printer *pr, size_t from, struct printed_table *ret)
{
	const struct plan *p = pr->plan;
	size_t to = from + 1;

	while (to < p->n_parts && continues(&p->parts[from], &p->parts[to]))
		to++;
	*ret = (struct printed_table){.parts = &p->parts[from], .n = to - from};
	fit_columns(pr, ret);
	fit_heading(pr, ret);
	return to;
}

/* ---- rows ---- */

static struct str
cell(const struct printer *pr, const struct printed_table *t,
    const struct plan_row *row, enum print_column column)
{
	const struct q_measure *m = &row->m;
	const struct plan_mark_text *mark;

	if (column == PRINT_MARK) {
		mark = mark_of(pr->how, m->id);
		return mark ? mark->text : S("");
	}
	/* "1.1. Ремонт зала": sets without a column of numbers. */
	if (column == PRINT_TITLE && m->number.n &&
	    !printed_columns_have(&t->columns, PRINT_NUMBER))
		return arena_fmt(pr->mem, "%.*s %.*s", STR_ARG(m->number),
		    STR_ARG(m->title));
	/* Without a number small letters read as the end of the row above. */
	if (column == PRINT_TITLE && !m->number.n)
		return text_capital(pr->mem, m->title);
	return measure_cell(m, column);
}

static void
print_row(const struct printer *pr, const struct printed_table *t,
    const struct plan_row *row, struct doc_table *to)
{
	struct str cells[PRINT_COLUMN_COUNT];

	for (size_t i = 0; i < t->columns.n; i++)
		cells[i] = cell(pr, t, row, t->columns.all[i].column);
	doc_row(to, DOC_ROW_BODY, cells, t->columns.n);
}

static void
print_part(const struct printer *pr, const struct printed_table *t,
    const struct plan_part *part, struct doc_table *to)
{
	/* A heading in small letters reads as the end of the row above it. */
	const struct str title = text_capital(pr->mem, part->s.title);

	if (t->has_sections && title.n && rows_of(part))
		doc_row(to, DOC_ROW_SECTION, &title, 1);
	for (size_t i = 0; i < part->n; i++)
		if (stands(&part->rows[i]))
			print_row(pr, t, &part->rows[i], to);
}

static void
print_table(const struct printer *pr, const struct printed_table *t)
{
	struct doc_column *columns =
	    arena_new(pr->mem, struct doc_column, t->columns.n);
	struct doc_table *to;

	for (size_t i = 0; i < t->columns.n; i++) {
		const struct printed_column *c = &t->columns.all[i];

		columns[i] = (struct doc_column){.title = c->heading,
		    .width = c->width,
		    .centre = c->column == PRINT_NUMBER};
	}
	if (t->heading.n)
		doc_heading(pr->doc, 2, t->heading);
	to = doc_table(pr->doc, columns, t->columns.n);
	for (size_t i = 0; i < t->n; i++)
		print_part(pr, t, &t->parts[i], to);
}

/* Control points stand before the measures they check. */
void
plan_print_tables(struct arena *mem, struct doc *doc, const struct plan *p,
    const struct plan_print *how)
{
	const struct printer pr = {mem, doc, p, how};
	static const char *const order[] = {"points", "measures", "mechanisms"};

	for (size_t k = 0; k < COUNT_OF(order); k++)
		for (size_t i = 0; i < p->n_parts;) {
			struct printed_table t;

			if (!is_kind(&p->parts[i], order[k]) ||
			    !is_printed(&p->parts[i])) {
				i++;
				continue;
			}
			i = take_table(&pr, i, &t);
			print_table(&pr, &t);
		}
}

/* ---- the same as a workbook ---- */

static const struct table_column columns[] = {
    {"section", S_INIT("Раздел"), TABLE_TEXT, 0, 28, {0}, {0}},
    {"number", S_INIT("№"), TABLE_TEXT, 0, 7, {0}, {0}},
    {"title", S_INIT("Мероприятие"), TABLE_TEXT, 0, 52, {0}, {0}},
    {"school_part", S_INIT("Действия школ"), TABLE_TEXT, 0, 36, {0}, {0}},
    {"deadline", S_INIT("Срок"), TABLE_TEXT, 0, 24, {0}, {0}},
    {"from", S_INIT("Начало"), TABLE_DATE, 0, 12, {0}, {0}},
    {"to", S_INIT("Окончание"), TABLE_DATE, 0, 12, {0}, {0}},
    {"windows", S_INIT("Сроков за период"), TABLE_INT, 0, 10, {0}, {0}},
    {"responsible", S_INIT("Ответственные"), TABLE_TEXT, 0, 36, {0}, {0}},
    {"result", S_INIT("Ожидаемый результат"), TABLE_TEXT, 0, 36, {0}, {0}},
    {"indicator", S_INIT("Показатель"), TABLE_TEXT, 0, 30, {0}, {0}},
    {"report_form", S_INIT("Форма отчёта"), TABLE_TEXT, 0, 26, {0}, {0}},
    {"note", S_INIT("Примечание"), TABLE_TEXT, 0, 22, {0}, {0}},
    {"done", S_INIT("Исполнено"), TABLE_INT, 0, 10, {0}, {0}},
    {"of", S_INIT("Из скольких"), TABLE_INT, 0, 10, {0}, {0}},
    {"mark", S_INIT("Отметка об исполнении"), TABLE_TEXT, 0, 30, {0}, {0}},
};

/* From the first day of the first window to the last of the last. */
static struct day_span
span_of(const struct deadline *d)
{
	struct day_span s = {DATE_NONE, DATE_NONE};

	for (size_t i = 0; i < d->n_windows; i++) {
		const struct deadline_window *w = &d->windows[i];

		if (!date_is_none(w->from) &&
		    (date_is_none(s.from) || date_before(w->from, s.from)))
			s.from = w->from;
		if (date_is_none(s.to) || date_before(s.to, w->to))
			s.to = w->to;
	}
	return s;
}

static struct table_cell
text_cell(struct str s)
{
	return s.n ? table_text(s) : table_none();
}

static void
table_row(const struct plan_print *how, const struct plan_part *part,
    const struct plan_row *row, struct table_out *t)
{
	const struct q_measure *m = &row->m;
	const struct plan_mark_text *mark = mark_of(how, m->id);
	struct day_span span = span_of(&row->deadline);

	table_out_row(t,
	    (struct table_cell[]){text_cell(part->s.title),
		text_cell(m->number), table_text(m->title),
		text_cell(m->school_part), text_cell(m->deadline),
		table_date(span.from), table_date(span.to),
		row->deadline.n_windows ?
		    table_int((int64_t)row->deadline.n_windows) :
		    table_none(),
		text_cell(m->responsible), text_cell(m->result),
		text_cell(m->indicator), text_cell(m->report_form),
		text_cell(m->note), mark ? table_int(mark->done) : table_none(),
		mark ? table_int(mark->of) : table_none(),
		mark ? text_cell(mark->text) : table_none()});
}

enum rc
plan_table(struct arena *mem, const struct plan *p,
    const struct plan_print *how, enum table_format format, struct buf *out)
{
	const struct xlsx_source source = {S("План"), p->head.title};
	const struct table_about about = {.title = S("План мероприятий"),
	    .made_on = how->made_on,
	    .columns = columns,
	    .n = COUNT_OF(columns),
	    .sources = &source,
	    .n_sources = 1};
	struct table_out *t = table_out_open(mem, format, &about, out);

	for (size_t i = 0; i < p->n_parts; i++)
		for (size_t k = 0; k < p->parts[i].n; k++)
			if (stands(&p->parts[i].rows[k]))
				table_row(
				    how, &p->parts[i], &p->parts[i].rows[k], t);
	return table_out_close(t);
}
