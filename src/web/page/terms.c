/* terms.c - the days that deadlines hang on: the school year, and schedules of
 * others.  Each change is looked at before it is made. */
#include "web/page/terms.h"

#include "convert/convert.h"
#include "core/access/access.h"
#include "core/plans/schedule.h"
#include "os/file.h"
#include "terms.view.h"
#include "web/page/pages.h"

/* ---- what stands there ---- */

static enum rc
fill_schedules(struct visit *v, struct view_terms *s)
{
	const struct scope *sc = &v->scope;
	struct q_schedule *all;
	enum rc rc = q_schedule_list(
	    sc->db, sc->mem, sc->actor.municipality, &all, &s->n_schedules);

	if (rc != RC_OK)
		return rc;
	s->schedules =
	    arena_new(sc->mem, struct schedule_line, s->n_schedules + 1);
	for (size_t i = 0; rc == RC_OK && i < s->n_schedules; i++) {
		struct q_schedule_row *rows;

		s->schedules[i].s = all[i];
		rc =
		    q_schedule_row_list(sc->db, sc->mem, sc->actor.municipality,
			all[i].id, &rows, &s->schedules[i].n);
		s->schedules[i].rows = rows;
	}
	return rc;
}

static struct form
form_of(struct visit *v, enum form_number number)
{
	return v->form.number == number ? v->form :
					  form_open(v->scope.mem, number);
}

static enum rc
fill(struct visit *v, struct view_terms *s)
{
	enum rc rc;

	*s = (struct view_terms){
	    .shell = shell_open(v, SECTION_terms, S(N_("Календарь и графики"))),
	    .year = v->year,
	    .zone = (int32_t)v->place.zone_minutes,
	    .may_change = may(&v->scope.actor, PERM_SETTINGS_EDIT) == RC_OK,
	    .year_form = form_of(v, FORM_school_year),
	    .schedule_form = form_of(v, FORM_schedule)};
	rc = year_lines_read(&v->scope, s->year, &s->lines);
	if (rc == RC_OK)
		rc = fill_schedules(v, s);
	if (rc == RC_OK)
		rc = awaited_schedules(&v->scope, &s->awaited, &s->n_awaited);
	if (rc != RC_OK)
		return rc;
	if (v->form.number != FORM_school_year) {
		form_type(&s->year_form, IN_school_year_lines, s->lines.text);
		form_type(
		    &s->year_form, IN_school_year_source, s->lines.source);
	}
	if (v->form.number != FORM_schedule && s->n_awaited > 0)
		form_type(
		    &s->schedule_form, IN_schedule_name, s->awaited[0].name);
	return RC_OK;
}

enum rc
page_terms(struct visit *v, struct reply *rp)
{
	struct view_terms s;
	enum rc rc = fill(v, &s);

	if (rc == RC_OK)
		view_terms(&rp->body, &s);
	return rc;
}

/* What was read, and which warnings stand beside it. */
static struct terms_preview
preview(const struct visit *v, struct str what, struct deadlines_moved moved)
{
	const struct diag *d = v->scope.diag;
	struct terms_preview p = {
	    .is_there = true, .what = what, .moved = moved, .warning = S("")};

	for (size_t i = 0; i < d->n; i++)
		if (d->all[i].severity == SEV_WARNING)
			p.warning = d->all[i].text;
	return p;
}

/* ---- the school year ---- */

enum rc
do_school_year(struct visit *v, struct reply *rp)
{
	const struct form_school_year *f = v->form.value;
	struct school_calendar_load done;
	struct view_terms s;
	enum rc rc = year_lines_save(&v->scope, (struct syear){(int)f->year},
	    f->lines, f->source, f->look, &done);

	if (rc != RC_OK)
		return rc;
	if (!f->look)
		return reply_done(v, rp, link_terms(),
		    arena_fmt(v->scope.mem,
			N_("Учебный год записан. Сроков сдвинуто: %zu."),
			done.deadlines.moved)
			.p);
	rc = fill(v, &s);
	if (rc != RC_OK)
		return rc;
	s.year_preview = preview(v,
	    arena_fmt(v->scope.mem, N_("Прочитано: периодов %zu, дней %zu."),
		done.spans, done.days),
	    done.deadlines);
	view_terms(&rp->body, &s);
	return RC_OK;
}

/* ---- schedules ---- */

/* The tables of a file as text a person can mend: cells between tabs. */
static struct str
text_of(struct arena *mem, const struct pages *pages)
{
	struct buf b = buf_open(mem, 0);

	for (size_t i = 0; i < pages->n; i++)
		for (uint32_t r = 0; r < pages->blocks[i].n_rows; r++) {
			const struct grid_row *row = &pages->blocks[i].rows[r];
			uint16_t at = 0;

			for (uint32_t c = 0; c < row->n; c++) {
				for (; at < row->cells[c].column; at++)
					buf_char(&b, '\t');
				for (size_t k = 0; k < row->cells[c].text.n;
				     k++)
					buf_char(
					    &b, (unsigned char)row->cells[c]
							    .text.p[k] < ' ' ?
						    ' ' :
						    row->cells[c].text.p[k]);
			}
			buf_char(&b, '\n');
		}
	return buf_str(&b);
}

/* Everything that is wrong goes beside the table, with its row. */
static enum rc
refuse_table(struct visit *v)
{
	struct diag *d = v->scope.diag;
	struct buf b = buf_open(v->scope.mem, 0);

	for (size_t i = 0; i < d->n; i++) {
		if (d->all[i].severity != SEV_ERROR)
			continue;
		if (str_eq(d->all[i].at.column, S("name")))
			return RC_INVALID; /* has a field of its own */
		if (b.n)
			buf_char(&b, ' ');
		buf_put(&b, complaint_line(v->scope.mem, &d->all[i]));
	}
	*d = diag_open(v->scope.mem, 200);
	form_refuse(&v->form, IN_schedule_table, buf_str(&b));
	return RC_INVALID;
}

static enum rc
read_schedule(struct visit *v, struct pages *ret)
{
	const struct form_schedule *f = v->form.value;
	struct scope *sc = &v->scope;
	struct str bytes = f->file.bytes.n ? f->file.bytes : f->table;
	autofd fd = -1;
	enum rc rc;

	if (!bytes.n) {
		form_refuse(&v->form, IN_schedule_table,
		    S(N_("Выберите файл или вставьте таблицу.")));
		return RC_INVALID;
	}
	rc = fd_in_memory(bytes, &fd);
	if (rc == RC_OK)
		rc = convert_pages(fd, sc->mem, sc->diag, ret);
	if (rc == RC_OK)
		form_type(&v->form, IN_schedule_table, text_of(sc->mem, ret));
	return rc;
}

enum rc
do_schedule(struct visit *v, struct reply *rp)
{
	const struct form_schedule *f = v->form.value;
	struct schedule_load done;
	struct pages pages;
	struct view_terms s;
	enum rc rc = read_schedule(v, &pages);

	if (rc == RC_OK)
		rc = schedule_load(
		    &v->scope, &pages, f->name, f->source, f->look, &done);
	if (rc == RC_INVALID)
		return v->form.n_bad ? rc : refuse_table(v);
	if (rc != RC_OK)
		return rc;
	if (!f->look)
		return reply_done(v, rp, link_terms(),
		    arena_fmt(v->scope.mem,
			N_("График загружен. Мероприятий, которые его ждали: "
			   "%zu."),
			done.measures)
			.p);
	rc = fill(v, &s);
	if (rc != RC_OK)
		return rc;
	s.schedule_preview = preview(v,
	    arena_fmt(v->scope.mem,
		N_("Прочитано строк: %zu. Мероприятий, которые ждут этого "
		   "графика: %zu."),
		done.rows, done.measures),
	    done.deadlines);
	view_terms(&rp->body, &s);
	return RC_OK;
}
