/* recognise.c - a file's blocks to a plan: which table is what. */
#include "core/plans/recognise.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"

void
warn(struct recogniser_plan *rp, struct plan_place at, const char *format, ...)
{
	char text[512];
	va_list ap;

	va_start(ap, format);
	int n = vsnprintf(text, sizeof text, format, ap);
	va_end(ap);
	MUST(n >= 0);
	*vec_push(rp->mem, &rp->out->warnings) = (struct plan_remark){at,
	    arena_str(rp->mem,
		(struct str){text,
		    (size_t)n < sizeof text ? (size_t)n : sizeof text - 1})};
}

void
leave_out(struct recogniser_plan *rp, struct plan_place at, struct str text)
{
	*vec_push(rp->mem, &rp->out->leftovers) =
	    (struct plan_remark){at, plain_text(rp->mem, text)};
}

struct str
plan_place_text(struct arena *mem, struct plan_place at)
{
	if (!at.block)
		return S("");
	if (!at.table)
		return arena_fmt(mem, "абзац %u", at.block);
	if (!at.row)
		return arena_fmt(mem, "таблица %u", at.table);
	if (!at.column)
		return arena_fmt(
		    mem, "таблица %u, строка %u", at.table, at.row);
	return arena_fmt(mem, "таблица %u, строка %u, графа %u", at.table,
	    at.row, at.column);
}

struct plan_place
at_cell(const struct recogniser_plan *rp, const struct block *table,
    uint32_t row, uint32_t column)
{
	return (struct plan_place){table->number, rp->table_no, row, column};
}

struct deadline_context
context_of_table(const struct recogniser_plan *rp, size_t plan_table)
{
	bool own = plan_table < rp->out->tables.n;

	return (struct deadline_context){
	    .period =
		own ? rp->out->tables.p[plan_table].period : rp->out->period,
	    .ordered = rp->out->ordered,
	    .calendar = rp->options->calendar,
	};
}

static bool
has_column(const struct table_head *head, enum plan_column column)
{
	for (size_t c = 0; c < head->n_columns; c++)
		if (head->columns[c].column == column)
			return true;
	return false;
}

static enum plan_table_kind
kind_of_table(
    struct recogniser_plan *rp, const struct table_head *head, struct str title)
{
	struct str folded = text_fold(rp->mem, title);

	if (!head->found)
		return TABLE_OTHER;
	if (has_column(head, COLUMN_PERSON) && has_column(head, COLUMN_POST))
		return TABLE_PEOPLE;
	if (has_column(head, COLUMN_POINT) ||
	    str_find(folded, S("контрольные точки")) >= 0)
		return TABLE_POINTS;
	if (str_find(folded, S("механизм")) >= 0)
		return TABLE_MECHANISMS;
	return TABLE_MEASURES;
}

/* Lines above the headings of a spreadsheet: a title with its years. */
static struct str
read_lines_above(
    struct recogniser_plan *rp, const struct block *table, uint32_t rows)
{
	struct str lines = {0};
	struct row_cells row;

	for (uint32_t r = 0; r < rows; r++) {
		take_row(table, r, rp->mem, &row);
		struct str text = row.n_filled ? row.text[row.first] : S("");
		bool title = row.n_filled == 1 && text.n > 20;
		if (!title) {
			leave_table(rp, table, r, r + 1);
			continue;
		}
		rp->out->cells_seen++;
		rp->out->cells_used++;
		lines = join_text(rp, lines, text);
		if (date_is_none(rp->out->period.from))
			(void)period_in(text, &rp->out->period);
	}
	if (!rp->out->title.n)
		rp->out->title = lines;
	return lines;
}

/* A table without headings that goes on with the plan before it. */
static bool
goes_on(struct recogniser_plan *rp, const struct block *table,
    const struct table_head *before)
{
	struct row_cells row;

	if (!before->found || grid_width(table) != before->n_columns ||
	    table->n_rows == 0)
		return false;
	take_row(table, 0, rp->mem, &row);
	return row.n_filled > 1 || row.span[row.first] > 1;
}

static void
add_table(struct recogniser_plan *rp, size_t block,
    const struct table_head *head, enum plan_table_kind kind, struct str title,
    bool inherited)
{
	struct plan_heading *headings =
	    arena_new(rp->mem, struct plan_heading, head->n_columns + 1);
	struct day_span own = rp->out->period;

	for (size_t c = 0; c < head->n_columns; c++)
		headings[c] = head->columns[c];
	/* «План мероприятий на 2023 год» inside a programme of three years. */
	struct day_span said;
	if (!inherited && period_in(title, &said) &&
	    (date_is_none(own.from) || day_span_contains(own, said)))
		own = said;
	*vec_push(rp->mem, &rp->out->tables) = (struct plan_table){
	    .kind = kind,
	    .title = title,
	    .period = own,
	    .headings = headings,
	    .n_headings = head->n_columns,
	    .heads_inherited = inherited,
	    .at = at_cell(rp, &rp->pages->blocks[block], 0, 0),
	};
}

/* The headings themselves are read, not left out. */
static void
count_head(struct recogniser_plan *rp, const struct block *table,
    const struct table_head *head)
{
	struct row_cells row;

	for (uint32_t r = head->first; r <= head->last; r++) {
		take_row(table, r, rp->mem, &row);
		rp->out->cells_seen += row.n_filled;
		rp->out->cells_used += row.n_filled;
	}
}

static void
read_table(struct recogniser_plan *rp, size_t block, struct table_head *before)
{
	const struct block *table = &rp->pages->blocks[block];
	struct table_head head;
	size_t first;
	struct str title = title_above(rp, block, &first);
	bool inherited = false;

	rp->table_no++;
	find_head(rp, table, &head);
	enum plan_table_kind kind = kind_of_table(rp, &head, title);
	if (head.found) {
		struct str lines = read_lines_above(rp, table, head.first);
		title = lines.n ? lines : title;
		count_head(rp, table, &head);
	} else if (goes_on(rp, table, before)) {
		head = *before;
		head.found = false;
		inherited = true;
		kind = TABLE_MEASURES;
	}
	add_table(rp, block, &head, kind, title, inherited);
	switch (kind) {
	case TABLE_MEASURES:
	case TABLE_MECHANISMS:
	case TABLE_POINTS:
		read_measures(rp, table, &head, rp->out->tables.n - 1);
		if (!inherited)
			*before = head;
		break;
	case TABLE_PEOPLE:
		read_people(rp, table, &head);
		break;
	case TABLE_OTHER:
		leave_table(rp, table, 0, table->n_rows);
		break;
	}
	if (kind == TABLE_MEASURES && !has_column(&head, COLUMN_DEADLINE))
		warn(rp, at_cell(rp, table, 0, 0),
		    N_("В таблице нет графы со сроками: мероприятия взяты без "
		       "сроков. Впишите их в черновике, без срока задача "
		       "никому не напомнит о себе."));
}

static bool
table_has_deadlines(const struct recogniser_plan *rp, size_t table)
{
	const struct plan_table *t = &rp->out->tables.p[table];

	for (size_t c = 0; c < t->n_headings; c++)
		if (t->headings[c].column == COLUMN_DEADLINE)
			return true;
	return false;
}

static void
finish_measure(struct recogniser_plan *rp, struct plan_measure *m)
{
	struct deadline_context context = context_of_table(rp, m->table);

	if (m->section != NO_SECTION) {
		struct day_span own = plan_own_period(
		    rp->out->period, rp->out->sections.p[m->section].title);
		if (!day_span_eq(own, rp->out->period))
			context.period = own;
	}
	deadline_read(rp->mem, m->deadline, &context, &m->parsed);
	m->responsible = responsibles_of(rp->mem, m->responsible_text);
	m->responsible_text = plain_text(rp->mem, m->responsible_text);
	if (!m->deadline.n && table_has_deadlines(rp, m->table))
		warn(rp, m->at, N_("Срок не назван."));
	if (m->parsed.kind == DEADLINE_UNKNOWN)
		warn(rp, m->at, N_("Срок «%.*s» не прочитан."),
		    STR_ARG(text_clip(rp->mem, m->deadline, 80)));
	if (m->last_row > m->at.row)
		warn(rp, m->at,
		    N_("Строки %u–%u соединены: это одно мероприятие."),
		    m->at.row, m->last_row);
}

/* What stands beside the text says so: people look for it elsewhere. */
static struct str
named_by_kind(struct arena *mem, enum block_kind kind, struct str text)
{
	const char *name = kind == BLOCK_FOOTNOTE ? N_("Сноска: ") :
			   kind == BLOCK_TEXT_BOX ? N_("Надпись в рамке: ") :
			   kind == BLOCK_HEADER ? N_("Колонтитул: ") :
						  "";

	return arena_fmt(mem, "%s%.*s", name, STR_ARG(text));
}

/* Paragraphs that no part of the plan took. */
static void
leave_paragraphs(struct recogniser_plan *rp)
{
	for (size_t i = 0; i < rp->pages->n; i++) {
		const struct block *b = &rp->pages->blocks[i];
		struct str text = plain_text(rp->mem, b->text);
		bool used = b->kind == BLOCK_TABLE || !text.n ||
			    rp->used_blocks[i] ||
			    str_find(rp->out->title, text) >= 0;
		for (size_t t = 0; t < rp->out->tables.n && !used; t++)
			used = str_find(rp->out->tables.p[t].title, text) >= 0;
		if (!used)
			leave_out(rp, (struct plan_place){.block = b->number},
			    named_by_kind(rp->mem, b->kind, text));
	}
}

static void
complain_of_file(struct recogniser_plan *rp)
{
	if (rp->pages->had_tracked_changes)
		warn(rp, (struct plan_place){0},
		    N_("В файле есть исправления: удалённое не читалось, "
		       "вставленное прочитано."));
	if (date_is_none(rp->out->period.from))
		warn(rp, (struct plan_place){0},
		    N_("Период плана не найден: назовите его, иначе сроки без "
		       "года не прочитать."));
}

bool
plan_reading_is_whole(const struct plan_reading *p)
{
	return p->cells_seen == p->cells_used + p->cells_left;
}

/* In the order of the file; what was said first of one place stays first. */
static int
by_place(const void *a, const void *b)
{
	const struct plan_remark *x = a, *y = b;

	if (x->at.block != y->at.block)
		return x->at.block < y->at.block ? -1 : 1;
	if (x->at.row != y->at.row)
		return x->at.row < y->at.row ? -1 : 1;
	if (x->at.column != y->at.column)
		return x->at.column < y->at.column ? -1 : 1;
	return str_cmp(x->text, y->text);
}

static enum rc
judge(struct recogniser_plan *rp)
{
	const struct plan_reading *out = rp->out;

	if (arena_full(rp->mem))
		return RC_LIMIT;
	if (out->measures.n || out->points.n)
		return RC_OK;
	struct complaint *c = diag_error(rp->d, (struct place){0},
	    out->tables.n ?
		N_("Ни одна таблица файла не похожа на план мероприятий.") :
		N_("В файле нет таблиц."));
	c->expected = S("таблица с графами «Мероприятие», «Сроки», "
			"«Ответственные»");
	c->hint = S(N_("Подпишите графы такими словами, а план, набранный "
		       "без таблицы, перенесите в таблицу."));
	return RC_INVALID;
}

enum rc
plan_read(struct arena *mem, const struct pages *pages,
    const struct plan_options *options, struct diag *d,
    struct plan_reading *ret)
{
	autoarena scratch = arena_open(0);
	struct recogniser_plan rp = {
	    .mem = mem,
	    .scratch = scratch,
	    .pages = pages,
	    .options = options,
	    .d = d,
	    .out = ret,
	};
	struct table_head before = {0};

	*ret = (struct plan_reading){
	    .period = {DATE_NONE, DATE_NONE},
	    .ordered = DATE_NONE,
	};
	rp.used_blocks = arena_new(mem, bool, pages->n + 1);
	remember_words(&rp);
	read_texts(&rp);
	for (size_t i = 0; i < pages->n && !arena_full(mem); i++)
		if (pages->blocks[i].kind == BLOCK_TABLE)
			read_table(&rp, i, &before);
	vec_each(struct plan_measure, m, &ret->measures)
		finish_measure(&rp, m);
	vec_each(struct plan_measure, m, &ret->points)
		finish_measure(&rp, m);
	leave_paragraphs(&rp);
	if (ret->warnings.n)
		qsort(ret->warnings.p, ret->warnings.n, sizeof *ret->warnings.p,
		    by_place);
	if (ret->leftovers.n)
		qsort(ret->leftovers.p, ret->leftovers.n,
		    sizeof *ret->leftovers.p, by_place);
	complain_of_file(&rp);
	MUST(plan_reading_is_whole(ret));
	return judge(&rp);
}
