/*
 * plan_import.c - a road map comes in from Word: read, looked at, corrected,
 * and only then a draft.
 *
 * The file is kept by its hash between the two steps; the address of the
 * preview names the hash and every correction, so it can be left and found
 * again.
 */

#include "base/hash.h"
#include "base/vec.h"
#include "convert/convert.h"
#include "os/file.h"
#include "plans.view.h"
#include "web/page/pages.h"
#include "web/page/plans.h"

/* ---- the file ---- */

enum rc
page_plan_import(struct visit *v, struct reply *rp)
{
	struct view_plan_import s = {
	    .shell = shell_open(v, SECTION_plans, S(N_("Взять план из файла"))),
	    .form = v->form.number == FORM_plan_upload ?
			v->form :
			form_open(v->scope.mem, FORM_plan_upload)};

	shell_crumb(&s.shell, S(N_("Дорожные карты")), link_plans());
	view_plan_import(&rp->body, &s);
	return RC_OK;
}

static struct link
link_reading(struct arena *mem, struct str hash, struct str name)
{
	struct link to = {
	    .address = arena_fmt(mem, "/plans/import/%.*s", STR_ARG(hash))};

	return link_with(mem, to, "name", name);
}

/* What the file is instead, what was expected, and the way out. */
static struct str
sentence_of(struct arena *mem, const struct complaint *c)
{
	struct buf b = buf_open(mem, 0);

	buf_put(&b, c->text);
	if (c->expected.n)
		buf_fmt(&b, " Ожидалось: %.*s.", STR_ARG(c->expected));
	if (c->hint.n)
		buf_fmt(&b, " %.*s", STR_ARG(c->hint));
	return buf_str(&b);
}

/* A file that cannot be read, or is no plan, is not kept at all. */
static enum rc
refuse_unreadable(struct visit *v, struct str bytes)
{
	struct scope *sc = &v->scope;
	const struct plan_options options = {
	    .period = {DATE_NONE, DATE_NONE}, .ordered = DATE_NONE};
	struct plan_reading reading;
	struct pages pages;
	autofd fd = -1;
	enum rc rc = fd_in_memory(bytes, &fd);

	if (rc == RC_OK)
		rc = convert_pages(fd, sc->mem, sc->diag, &pages);
	if (rc == RC_OK)
		rc = plan_read(sc->mem, &pages, &options, sc->diag, &reading);
	if (rc != RC_INVALID && rc != RC_LIMIT)
		return rc;
	for (size_t i = 0; i < sc->diag->n; i++)
		if (sc->diag->all[i].severity == SEV_ERROR) {
			form_refuse(&v->form, IN_plan_upload_file,
			    sentence_of(sc->mem, &sc->diag->all[i]));
			return RC_INVALID;
		}
	return rc;
}

enum rc
do_plan_upload(struct visit *v, struct reply *rp)
{
	const struct form_plan_upload *f = v->form.value;
	struct scope *sc = &v->scope;
	bool pasted = f->file.bytes.n == 0;
	struct str bytes = pasted ? f->table : f->file.bytes;
	enum rc rc;

	if (bytes.n == 0) {
		form_refuse(&v->form, IN_plan_upload_file,
		    S(N_("Выберите файл или вставьте таблицу ниже.")));
		return RC_INVALID;
	}
	rc = refuse_unreadable(v, bytes);
	if (rc != RC_OK)
		return rc;
	/* Beside evidence with the very same bytes: a row of its own. */
	struct str hash =
	    arena_fmt(sc->mem, "plan-%.*s", STR_ARG(hash_hex(sc->mem, bytes)));
	rc = q_stored_file_add(
	    sc->db, &(struct q_stored_file_add_in){
			.municipality = sc->actor.municipality,
			.hash = hash,
			.size = (int64_t)bytes.n,
			.kind = S("plan"),
			.content = bytes});
	if (rc != RC_OK)
		return rc;
	return reply_see_other(v, rp,
	    link_reading(sc->mem, hash,
		pasted ? S(N_("вставленная таблица")) : f->file.name));
}

/* ---- corrections ---- */

/* Headings the recogniser is sure about, for columns a person named. */
static const char *const plain_headings[COLUMN_COUNT] = {
    [COLUMN_NUMBER] = "№ п/п",
    [COLUMN_TITLE] = "Мероприятие",
    [COLUMN_SCHOOL_PART] = "Действия школ",
    [COLUMN_DEADLINE] = "Сроки",
    [COLUMN_RESPONSIBLE] = "Ответственные",
    [COLUMN_RESULT] = "Результат",
    [COLUMN_INDICATOR] = "Показатель",
    [COLUMN_REPORT] = "Форма отчёта",
    [COLUMN_MARK] = "Отметка об исполнении",
    [COLUMN_NOTE] = "Примечание",
};

/* A field of the corrections: of the form sent, or of the address. */
static struct str
said(const struct visit *v, struct str name)
{
	return v->rq->method == POST ? form_raw(v->rq, name) :
				       visit_query(v, name);
}

static bool
meaning_parse(struct str s, enum plan_column *ret)
{
	int64_t n;

	if (!str_to_int(s, &n) || n < 0 || n >= COLUMN_COUNT ||
	    (n != COLUMN_OTHER && !plain_headings[n]))
		return false;
	*ret = (enum plan_column)n;
	return true;
}

static struct str
column_field(struct arena *mem, size_t table, size_t column)
{
	return arena_fmt(mem, "col-%zu-%zu", table + 1, column + 1);
}

/* The heading's cells in this column get the words of the chosen meaning. */
static void
rename_column(struct pages *pages, const struct plan_table *t, size_t column,
    struct str heading, const char *words)
{
	struct str put = words ? str_of(words) : S("–");

	for (size_t i = 0; i < pages->n; i++) {
		struct block *b = &pages->blocks[i];

		if (b->kind != BLOCK_TABLE || b->number != t->at.block)
			continue;
		for (uint32_t r = 0; r < b->n_rows && r < 12; r++)
			for (uint32_t c = 0; c < b->rows[r].n; c++) {
				struct grid_cell *cell = &b->rows[r].cells[c];
				struct str text = str_trim(cell->text);

				if (cell->column != column || !text.n ||
				    str_find(heading, text) < 0)
					continue;
				cell->text = put;
				return;
			}
	}
}

static bool
correct_columns(
    struct visit *v, struct pages *pages, const struct plan_reading *p)
{
	bool any = false;

	for (size_t t = 0; t < p->tables.n; t++) {
		const struct plan_table *table = &p->tables.p[t];

		for (size_t c = 0; c < table->n_headings; c++) {
			enum plan_column now = table->headings[c].column, to;

			if (table->heads_inherited ||
			    !meaning_parse(
				said(v, column_field(v->scope.mem, t, c)),
				&to) ||
			    to == now)
				continue;
			rename_column(pages, table, c, table->headings[c].text,
			    plain_headings[to]);
			any = true;
		}
	}
	return any;
}

static struct str
skip_field(struct arena *mem, size_t i)
{
	return arena_fmt(mem, "skip-%zu", i + 1);
}

/* ---- reading ---- */

static bool
day_said(struct visit *v, const char *name, struct date *ret)
{
	struct str text = str_trim(said(v, str_of(name)));

	return text.n && (date_parse_loose(text, ret) || date_parse(text, ret));
}

static struct plan_options
options_said(struct visit *v)
{
	struct plan_options o = {
	    .period = {DATE_NONE, DATE_NONE}, .ordered = DATE_NONE};

	(void)day_said(v, "ordered", &o.ordered);
	if (!day_said(v, "from", &o.period.from) ||
	    !day_said(v, "to", &o.period.to) ||
	    date_before(o.period.to, o.period.from))
		o.period = (struct day_span){DATE_NONE, DATE_NONE};
	return o;
}

/* RC_INVALID: read, but it is no plan; the complaints say why. */
static enum rc
read_file(struct visit *v, struct view_plan_reading *s)
{
	struct scope *sc = &v->scope;
	const struct plan_options options = options_said(v);
	struct q_stored_file_content file;
	struct pages pages;
	autofd fd = -1;
	enum rc rc = q_stored_file_content(
	    sc->db, sc->mem, sc->actor.municipality, v->at.word, &file);

	if (rc == RC_OK && !str_eq(file.kind, S("plan")))
		rc = RC_NOT_FOUND;
	if (rc == RC_OK)
		rc = fd_in_memory(file.content, &fd);
	if (rc == RC_OK)
		rc = convert_pages(fd, sc->mem, sc->diag, &pages);
	if (rc != RC_OK)
		return rc;
	rc = plan_read(sc->mem, &pages, &options, sc->diag, &s->reading);
	if (rc != RC_OK && rc != RC_INVALID)
		return rc;
	if (correct_columns(v, &pages, &s->reading)) {
		*sc->diag = diag_open(sc->mem, 200);
		rc =
		    plan_read(sc->mem, &pages, &options, sc->diag, &s->reading);
	}
	s->is_plan = rc == RC_OK;
	return rc;
}

/* ---- the preview ---- */

static void
fill_columns(struct visit *v, struct view_plan_reading *s)
{
	VEC(struct read_column) all = {0};

	for (size_t t = 0; t < s->reading.tables.n; t++) {
		const struct plan_table *table = &s->reading.tables.p[t];

		if (table->heads_inherited || table->kind == TABLE_PEOPLE ||
		    table->kind == TABLE_OTHER)
			continue;
		for (size_t c = 0; c < table->n_headings; c++)
			if (table->headings[c].text.n)
				*vec_push(v->scope.mem, &all) =
				    (struct read_column){
					column_field(v->scope.mem, t, c),
					table->headings[c].text,
					table->headings[c].column, t + 1};
	}
	s->columns = all.p;
	s->n_columns = all.n;
}

static bool
is_of_row(const struct plan_remark *w, const struct plan_measure *m)
{
	uint32_t last = m->last_row > m->at.row ? m->last_row : m->at.row;
	bool is_clause = !m->at.table; /* a paragraph has no rows */

	return w->at.block == m->at.block && (w->at.row || is_clause) &&
	       w->at.row >= m->at.row && w->at.row <= last;
}

/* Doubts come in the order of the file: those of a row lie together. */
static void
doubts_of(const struct plan_reading *p, const struct plan_measure *m,
    struct read_row *row)
{
	for (size_t i = 0; i < p->warnings.n; i++) {
		if (!is_of_row(&p->warnings.p[i], m))
			continue;
		if (!row->doubts)
			row->doubts = &p->warnings.p[i];
		row->n++;
	}
}

/* What a draft is made of, in the order of its rows on the page. */
struct read_item {
	const struct plan_measure *m;
	struct str section;
};

static struct read_item *
items_of(struct arena *mem, const struct plan_reading *p, size_t *ret_n)
{
	size_t n = 0;
	struct read_item *all = arena_new(mem, struct read_item,
	    p->measures.n + p->points.n + p->clauses.n + 1);

	vec_each(const struct plan_measure, m, &p->measures)
		all[n++] = (struct read_item){m,
		    m->section == NO_SECTION ? S("") :
					       p->sections.p[m->section].title};
	vec_each(const struct plan_measure, m, &p->points)
		all[n++] = (struct read_item){m, S(N_("Контрольные точки"))};
	vec_each(const struct plan_clause, c, &p->clauses) {
		if (c->kind != CLAUSE_TASK)
			continue;
		struct plan_measure *m = arena_new(mem, struct plan_measure, 1);
		*m = plan_clause_row(c);
		all[n++] = (struct read_item){m, S(N_("Пункты приказа"))};
	}
	*ret_n = n;
	return all;
}

static void
fill_rows(struct visit *v, struct view_plan_reading *s)
{
	const struct plan_reading *p = &s->reading;
	const struct read_item *items = items_of(v->scope.mem, p, &s->n_all);
	struct read_row *rows =
	    arena_new(v->scope.mem, struct read_row, READ_ROWS_SHOWN);
	struct str section = {0};

	for (size_t i = 0; i < s->n_all && i < READ_ROWS_SHOWN; i++) {
		struct read_row *row = &rows[s->n_rows++];

		*row = (struct read_row){
		    .m = items[i].m, .field = skip_field(v->scope.mem, i)};
		row->is_skipped = said(v, row->field).n > 0;
		if (!str_eq(items[i].section, section))
			row->section = section = items[i].section;
		doubts_of(p, items[i].m, row);
	}
	s->rows = rows;
}

static void
fill_loose_doubts(struct visit *v, struct view_plan_reading *s)
{
	VEC(struct plan_remark) loose = {0};

	for (size_t i = 0; i < s->reading.warnings.n; i++) {
		const struct plan_remark *w = &s->reading.warnings.p[i];
		bool taken = false;

		for (size_t k = 0; k < s->n_rows && !taken; k++)
			taken = is_of_row(w, s->rows[k].m);
		if (!taken)
			*vec_push(v->scope.mem, &loose) = *w;
	}
	s->doubts = loose.p;
	s->n_doubts = loose.n;
}

/* What the file says stands in the form, until a person says otherwise. */
static void
fill_form(struct visit *v, struct view_plan_reading *s)
{
	struct arena *mem = v->scope.mem;
	const struct plan_reading *p = &s->reading;

	if (v->form.number == FORM_plan_draft) {
		s->form = v->form;
		return;
	}
	s->form = form_open(mem, FORM_plan_draft);
	form_type(&s->form, IN_plan_draft_title, p->title);
	if (!date_is_none(p->period.from)) {
		form_type(
		    &s->form, IN_plan_draft_from, date_ru(mem, p->period.from));
		form_type(
		    &s->form, IN_plan_draft_to, date_ru(mem, p->period.to));
	}
	if (!date_is_none(p->ordered))
		form_type(
		    &s->form, IN_plan_draft_ordered, date_ru(mem, p->ordered));
}

static enum rc
read_schools(struct visit *v, struct view_plan_reading *s)
{
	struct q_school *schools;
	enum rc rc = q_school_list(v->scope.db, v->scope.mem, &v->scope.actor,
	    v->scope.actor.municipality, &schools, &s->n_schools);

	if (rc != RC_OK)
		return rc;
	s->schools = schools;
	s->own_only =
	    actor_reach(&v->scope.actor, PERM_PLANS_EDIT) != REACH_ALL;
	return RC_OK;
}

enum rc
page_plan_reading(struct visit *v, struct reply *rp)
{
	struct view_plan_reading s = {
	    .shell = shell_open(v, SECTION_plans, S(N_("Что прочитано"))),
	    .hash = v->at.word,
	    .name = said(v, S("name"))};
	enum rc rc = read_schools(v, &s);

	if (rc == RC_OK)
		rc = read_file(v, &s);
	if (rc == RC_NOT_FOUND || rc == RC_FAILED)
		return rc;
	shell_crumb(&s.shell, S(N_("Дорожные карты")), link_plans());
	shell_crumb(&s.shell, S(N_("Взять план из файла")), link_plan_import());
	s.complaints = v->scope.diag->all;
	s.n_complaints = v->scope.diag->n;
	if (s.is_plan) {
		fill_columns(v, &s);
		fill_rows(v, &s);
		fill_loose_doubts(v, &s);
		fill_form(v, &s);
	}
	view_plan_reading(&rp->body, &s);
	return RC_OK;
}

/* ---- the draft ---- */

/* Rows a person does not want; their numbers are those of items_of(). */
static void
leave_out(struct visit *v, struct plan_reading *p)
{
	size_t at = 0, kept = 0;

	for (size_t i = 0; i < p->measures.n; i++)
		if (!said(v, skip_field(v->scope.mem, at++)).n)
			p->measures.p[kept++] = p->measures.p[i];
	p->measures.n = kept;
	kept = 0;
	for (size_t i = 0; i < p->points.n; i++)
		if (!said(v, skip_field(v->scope.mem, at++)).n)
			p->points.p[kept++] = p->points.p[i];
	p->points.n = kept;
	vec_each(struct plan_clause, c, &p->clauses)
		if (c->kind == CLAUSE_TASK &&
		    said(v, skip_field(v->scope.mem, at++)).n)
			c->kind = CLAUSE_FORMAL;
}

enum rc
do_plan_draft(struct visit *v, struct reply *rp)
{
	const struct form_plan_draft *f = v->form.value;
	struct view_plan_reading s = {.hash = v->at.word};
	bool is_school = f->school != NUMBER_NONE;
	const struct plan_new head = {
	    .kind = is_school ? S("school") : S("municipal"),
	    .school = {is_school ? f->school : 0},
	    .title = f->title,
	    .period = {f->from, f->to},
	    .group_kind = f->group_kind,
	    .group_on = f->group_kind.n ? f->from : DATE_NONE};
	plan_id id;
	enum rc rc;

	if (form_raw(v->rq, S("again")).n)
		return page_plan_reading(v, rp);
	rc = read_file(v, &s);
	if (rc == RC_OK)
		leave_out(v, &s.reading);
	if (rc == RC_OK)
		rc = plan_from_reading(&v->scope, &head, &s.reading,
		    f->name.n ? f->name : S("файл"), str_from(s.hash, 5), &id);
	if (rc != RC_OK)
		return rc;
	return reply_done(v, rp, link_plan(id),
	    N_("Черновик готов. Его видят те, кто составляет и утверждает "
	       "планы; школам ничего не отправлено."));
}
