/* plan_show.c - which rows does the reader want to see, and how do they stand? */
#include <stdlib.h>

#include "base/utf8.h"
#include "base/vec.h"
#include "web/page/plan.h"
#include "web/show.h"

/* ---- words of a state ---- */

static const struct {
	const char *kind, *icon;
} looks[TASK_STATE_COUNT] = {
    [TASK_PLANNED] = {"none", "plan"},
    [TASK_WAITING] = {"none", "none"},
    [TASK_OPEN] = {"run", "open"},
    [TASK_DUE_SOON] = {"warn", "soon"},
    [TASK_OVERDUE] = {"bad", "over"},
    [TASK_MARKED] = {"run", "wait"},
    [TASK_RETURNED] = {"warn", "back"},
    [TASK_RETURNED_LATE] = {"bad", "back"},
    [TASK_DONE] = {"good", "done"},
    [TASK_DONE_LATE] = {"good", "late"},
    [TASK_NOT_NEEDED] = {"none", "off"},
};

const char *
task_kind(enum occurrence_state s)
{
	return looks[s].kind;
}

const char *
task_icon(enum occurrence_state s)
{
	return looks[s].icon;
}

/* ---- filters ---- */

enum { ALL, LATE, SOON, MARKED, RETURNED, RUNNING, DONE, COMING };

static const struct filter_choice choices[] = {
    [ALL] = {"", N_("Все")},
    [LATE] = {"late", N_("Просрочено")},
    [SOON] = {"soon", N_("Срок близко")},
    [MARKED] = {"marked", N_("Ждёт подтверждения")},
    [RETURNED] = {"returned", N_("Возвращено")},
    [RUNNING] = {"open", N_("Исполняется")},
    [DONE] = {"done", N_("Исполнено")},
    [COMING] = {"planned", N_("Впереди")},
};

static int
choice_of(enum occurrence_state s)
{
	switch (s) {
	case TASK_OVERDUE:
	case TASK_RETURNED_LATE:
		return LATE;
	case TASK_DUE_SOON:
		return SOON;
	case TASK_MARKED:
		return MARKED;
	case TASK_RETURNED:
		return RETURNED;
	case TASK_OPEN:
		return RUNNING;
	case TASK_DONE:
	case TASK_DONE_LATE:
	case TASK_NOT_NEEDED:
		return DONE;
	case TASK_PLANNED:
	case TASK_WAITING:
	case TASK_STATE_COUNT:
		return COMING;
	}
	return COMING;
}

static int64_t
number_said(const struct visit *v, const char *name)
{
	int64_t n;

	return str_to_int(visit_query(v, str_of(name)), &n) && n > 0 ? n : 0;
}

struct showing {
	struct visit *v;
	struct view_plan *s;
	school_id school;
	int64_t section;
	struct task *tasks;
	size_t n_tasks;
	const struct q_plan_remark *remarks;
	size_t n_remarks;
};

/* ---- a row ---- */

static void
count_task(struct row_view *r, enum occurrence_state state)
{
	if (state == TASK_NOT_NEEDED)
		return;
	r->of++;
	r->done += state == TASK_DONE || state == TASK_DONE_LATE;
	r->late += state == TASK_OVERDUE || state == TASK_RETURNED_LATE;
	r->marked += state == TASK_MARKED;
}

static void
count_window(struct window_view *w, const struct task *t)
{
	struct row_view one = {0};

	count_task(&one, t->state);
	w->done += one.done;
	w->of += one.of;
	w->late += one.late;
	w->marked += one.marked;
}

/* Occurrences of one window lie side by side in no order: by its number. */
static void
windows_of_tasks(struct arena *mem, struct row_view *r)
{
	struct window_view *all =
	    arena_new(mem, struct window_view, r->n_tasks + 1);
	int64_t *numbers = arena_new(mem, int64_t, r->n_tasks + 1);

	for (size_t i = 0; i < r->n_tasks; i++) {
		const struct task *t = &r->tasks[i];
		size_t k = 0;

		while (k < r->n_windows && numbers[k] != t->row.window_no)
			k++;
		if (k == r->n_windows) {
			numbers[k] = t->row.window_no;
			all[k] = (struct window_view){.from = t->row.opens_on,
			    .to = t->row.due_on,
			    .label = t->row.label,
			    .is_outer = t->row.is_outer};
			r->n_windows++;
		}
		count_window(&all[k], t);
	}
	r->windows = all;
}

static void
windows_of_words(struct arena *mem, struct day_span period, struct row_view *r)
{
	const struct deadline *d = &r->row->deadline;
	struct window_view *all =
	    arena_new(mem, struct window_view, d->n_windows + 1);

	for (size_t i = 0; i < d->n_windows; i++)
		all[i] = (struct window_view){.from = d->windows[i].from,
		    .to = d->windows[i].to,
		    .label = d->windows[i].label,
		    .is_outer = d->kind == DEADLINE_EXTERNAL};
	r->windows = all;
	r->n_windows = d->n_windows;
	/* Somebody's schedule is known to be inside the period, no more. */
	if (d->kind == DEADLINE_EXTERNAL && !d->n_windows) {
		all[0] = (struct window_view){
		    .from = period.from, .to = period.to, .is_outer = true};
		r->n_windows = 1;
	}
}

static bool
is_mine(const struct showing *sh, const struct row_view *r)
{
	const struct actor *a = &sh->v->scope.actor;

	for (size_t i = 0; i < r->row->n_who; i++)
		if (r->row->who[i].person.v &&
		    r->row->who[i].person.v == a->person.v)
			return true;
	for (size_t i = 0; !a->sees_all && i < r->n_tasks; i++)
		if (r->tasks[i].row.school.v)
			return true;
	return false;
}

static bool
takes_part(const struct plan_row *row, school_id school)
{
	if (str_eq(row->m.participants, S("all")))
		return true;
	for (size_t i = 0; i < row->n_schools; i++)
		if (row->schools[i].v == school.v)
			return true;
	return false;
}

/* Everything but the state: the chips count what the rest leaves. */
static bool
is_asked(const struct showing *sh, const struct row_view *r)
{
	const struct view_plan *s = sh->s;
	struct arena *mem = sh->v->scope.mem;

	if (sh->section && r->part->s.id != sh->section)
		return false;
	if (s->who.n && str_find(text_fold(mem, r->row->m.responsible),
			    text_fold(mem, s->who)) < 0)
		return false;
	if (s->is_mine && !is_mine(sh, r))
		return false;
	return !sh->school.v || r->n_tasks > 0 ||
	       (!s->plan.head.edition && takes_part(r->row, sh->school));
}

static uint32_t
belongs(const struct row_view *r)
{
	uint32_t bits = 0;

	for (size_t i = 0; i < r->n_tasks; i++)
		bits |= (uint32_t)1 << choice_of(r->tasks[i].state);
	return bits;
}

static int
by_measure(const void *a, const void *b)
{
	const struct task *x = a, *y = b;

	if (x->row.measure.v != y->row.measure.v)
		return x->row.measure.v < y->row.measure.v ? -1 : 1;
	if (x->row.window_no != y->row.window_no)
		return x->row.window_no < y->row.window_no ? -1 : 1;
	return x->row.id.v < y->row.id.v ? -1 : x->row.id.v > y->row.id.v;
}

static void
find_tasks(const struct showing *sh, measure_id m, struct row_view *r)
{
	size_t low = 0, high = sh->n_tasks;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (sh->tasks[mid].row.measure.v < m.v)
			low = mid + 1;
		else
			high = mid;
	}
	r->tasks = sh->tasks + low;
	while (low + r->n_tasks < sh->n_tasks &&
	       r->tasks[r->n_tasks].row.measure.v == m.v)
		r->n_tasks++;
}

static struct row_view
row_of(const struct showing *sh, const struct plan_part *part,
    const struct plan_row *row)
{
	struct visit *v = sh->v;
	struct str id = show_int(v->scope.mem, row->m.id.v);
	struct row_view r = {.part = part,
	    .row = row,
	    .pick = arena_fmt(v->scope.mem, "row-%.*s", STR_ARG(id)),
	    .edit = visit_link(v, "edit", id)};

	r.is_picked = v->rq->method == POST && form_raw(v->rq, r.pick).n > 0;
	find_tasks(sh, row->m.id, &r);
	for (size_t i = 0; i < r.n_tasks; i++)
		count_task(&r, r.tasks[i].state);
	if (r.n_tasks)
		windows_of_tasks(sh->v->scope.mem, &r);
	else
		windows_of_words(sh->v->scope.mem,
		    (struct day_span){sh->s->plan.head.period_from,
			sh->s->plan.head.period_to},
		    &r);
	for (size_t i = 0; i < sh->n_remarks; i++)
		r.remarks += !sh->remarks[i].is_settled &&
			     sh->remarks[i].measure.v == row->m.id.v;
	for (size_t i = 0; i < sh->s->n_differences; i++)
		if (sh->s->differences[i].measure.v == row->m.id.v)
			r.change = &sh->s->differences[i];
	return r;
}

static void
take_rows(struct showing *sh)
{
	struct view_plan *s = sh->s;
	VEC(struct row_view) rows = {0};
	const struct plan_part *last = NULL;

	for (size_t i = 0; i < s->plan.n_parts; i++)
		for (size_t k = 0; k < s->plan.parts[i].n; k++) {
			const struct plan_part *part = &s->plan.parts[i];
			struct row_view r = row_of(sh, part, &part->rows[k]);

			s->n_all++;
			if (!is_asked(sh, &r))
				continue;
			filter_count(&s->filter, belongs(&r));
			s->done += r.done;
			s->of += r.of;
			s->late += r.late;
			s->marked += r.marked;
			if (!filter_lets(&s->filter, belongs(&r)))
				continue;
			r.begins_part = part != last;
			last = part;
			*vec_push(sh->v->scope.mem, &rows) = r;
		}
	s->rows = rows.p;
	s->n_rows = rows.n;
}

/* ---- choices above the views ---- */

static void
offer_views(struct visit *v, struct view_plan *s)
{
	static const struct {
		const char *code, *title;
	} views[] = {[VIEW_TABLE] = {"", N_("Таблица")},
	    [VIEW_RIBBON] = {"ribbon", N_("Лента")},
	    [VIEW_CALENDAR] = {"calendar", N_("Календарь")},
	    [VIEW_BOARD] = {"board", N_("Доска")}};
	struct str said = visit_query(v, S("view"));

	for (size_t i = 0; i < COUNT_OF(views); i++) {
		if (i && str_eq(said, str_of(views[i].code)))
			s->view = (enum plan_view)i;
		s->views[i] = (struct chip){.title = views[i].title,
		    .to = visit_link(v, "view", str_of(views[i].code))};
	}
	s->views[s->view].is_chosen = true;
}

static void
offer_schools(struct showing *sh)
{
	struct view_plan *s = sh->s;
	VEC(struct plan_choice) all = {0};

	for (size_t i = 0; i < s->plan.n_schools; i++) {
		const struct q_plan_school *q = &s->plan.schools[i];

		*vec_push(sh->v->scope.mem, &all) = (struct plan_choice){
		    show_int(sh->v->scope.mem, q->school.v), q->name,
		    q->school.v == sh->school.v};
	}
	s->schools = (struct plan_choices){all.p, all.n};
}

static void
offer_sections(struct showing *sh)
{
	struct view_plan *s = sh->s;
	VEC(struct plan_choice) all = {0};

	for (size_t i = 0; i < s->plan.n_parts; i++) {
		const struct q_plan_section *q = &s->plan.parts[i].s;

		*vec_push(sh->v->scope.mem, &all) =
		    (struct plan_choice){show_int(sh->v->scope.mem, q->id),
			q->title.n ? q->title : S(N_("без названия")),
			q->id == sh->section};
	}
	s->sections = (struct plan_choices){all.p, all.n};
}

static void
offer_columns(struct showing *sh)
{
	struct arena *mem = sh->v->scope.mem;
	struct view_plan *s = sh->s;
	struct str said = visit_query(sh->v, S("set"));
	struct column_set sets[COLUMN_SETS_MOST];
	size_t n = column_sets(mem, sets);
	struct plan_choice *all = arena_new(mem, struct plan_choice, n);
	struct str codes = s->plan.head.columns;

	for (size_t i = 0; i < n; i++) {
		bool chosen = str_eq(said, sets[i].code);

		all[i] =
		    (struct plan_choice){sets[i].code, sets[i].title, chosen};
		if (chosen)
			codes = sets[i].columns;
	}
	s->sets = (struct plan_choices){all, n};
	s->columns = printed_columns_of(codes);
	printed_columns_add(&s->columns, PRINT_NUMBER);
	printed_columns_drop(&s->columns, PRINT_MARK);
	if (s->plan.head.edition)
		printed_columns_add(&s->columns, PRINT_MARK);
}

/* ---- reading ---- */

static enum rc
read_tasks(struct showing *sh)
{
	const struct task_filter f = {.plan = sh->v->at.plan,
	    .school = sh->school,
	    .from = DATE_NONE,
	    .to = DATE_NONE};
	enum rc rc = RC_OK;

	if (!sh->s->plan.head.edition)
		return RC_OK;
	rc = task_list(&sh->v->scope, &f, sh->v->scope.actor.today, &sh->tasks,
	    &sh->n_tasks);
	if (rc == RC_OK && sh->n_tasks)
		qsort(sh->tasks, sh->n_tasks, sizeof *sh->tasks, by_measure);
	return rc;
}

static enum rc
read_changes(struct showing *sh)
{
	struct view_plan *s = sh->s;
	struct row_difference *all;
	enum rc rc;

	if (!s->plan.head.edition)
		return RC_OK;
	/* What differs from the order is counted always, shown when asked. */
	rc = plan_compare(&sh->v->scope, &s->plan, s->plan.head.edition, &all,
	    &s->n_differences);
	if (rc != RC_OK)
		return rc;
	s->differences = all;
	s->is_compared = visit_query(sh->v, S("compare")).n > 0;
	s->compare =
	    visit_link(sh->v, "compare", s->is_compared ? S("") : S("1"));
	return RC_OK;
}

enum rc
plan_view_read(struct visit *v, struct view_plan *s)
{
	struct showing sh = {.v = v,
	    .s = s,
	    .school = {number_said(v, "school")},
	    .section = number_said(v, "section")};
	struct q_plan_remark *remarks;
	enum rc rc = plan_load(&v->scope, v->at.plan, &s->plan);

	if (rc == RC_OK && !plan_state_parse(s->plan.head.state, &s->state))
		rc = RC_FAILED;
	if (rc == RC_OK)
		rc = q_plan_remark_list(v->scope.db, v->scope.mem,
		    v->scope.actor.municipality, v->at.plan, &remarks,
		    &sh.n_remarks);
	if (rc == RC_OK)
		rc = read_tasks(&sh);
	if (rc == RC_OK)
		rc = read_changes(&sh);
	if (rc != RC_OK)
		return rc;
	sh.remarks = remarks;
	s->filter = filter_open(v, "state", choices, COUNT_OF(choices));
	s->who = visit_query(v, S("who"));
	s->is_mine = visit_query(v, S("mine")).n > 0;
	s->has_filter = s->who.n || s->is_mine || sh.school.v || sh.section ||
			s->filter.chosen;
	s->clear = link_plan(v->at.plan);
	offer_views(v, s);
	offer_schools(&sh);
	offer_sections(&sh);
	offer_columns(&sh);
	take_rows(&sh);
	return RC_OK;
}

/* ---- cells ---- */

static int
field_of(enum print_column c)
{
	static const int fields[PRINT_COLUMN_COUNT] = {
	    [PRINT_NUMBER] = FIELD_NUMBER,
	    [PRINT_TITLE] = FIELD_TITLE,
	    [PRINT_SCHOOL_PART] = FIELD_SCHOOL_PART,
	    [PRINT_DEADLINE] = FIELD_DEADLINE,
	    [PRINT_RESPONSIBLE] = FIELD_RESPONSIBLE,
	    [PRINT_RESULT] = FIELD_RESULT,
	    [PRINT_INDICATOR] = FIELD_INDICATOR,
	    [PRINT_REPORT_FORM] = FIELD_REPORT_FORM,
	    [PRINT_NOTE] = -1,
	    [PRINT_MARK] = -1,
	};

	return fields[c];
}

struct str
plan_cell(const struct row_view *r, enum print_column column)
{
	return measure_cell(&r->row->m, column);
}

struct str
plan_cell_was(const struct row_view *r, enum print_column column)
{
	int field = field_of(column);

	if (!r->change || field < 0 || r->change->change != ROW_CHANGED ||
	    !r->change->was[field].p)
		return S("");
	return r->change->was[field].n ? r->change->was[field] : S(N_("пусто"));
}

/* ---- a deadline in words ---- */

static struct str
window_text(struct arena *mem, const struct deadline_window *w)
{
	if (date_is_none(w->from))
		return arena_fmt(mem, "до %.*s", STR_ARG(date_ru(mem, w->to)));
	if (date_eq(w->from, w->to))
		return date_ru(mem, w->to);
	return arena_fmt(mem, "%.*s – %.*s", STR_ARG(date_ru(mem, w->from)),
	    STR_ARG(date_ru(mem, w->to)));
}

enum { WINDOWS_TOLD = 3 };

struct str
deadline_in_words(struct arena *mem, const struct deadline *d)
{
	struct buf b = buf_open(mem, 0);

	if (d->kind == DEADLINE_UNKNOWN)
		return S(N_("не прочитан"));
	if (d->kind == DEADLINE_NONE)
		return S("");
	if (d->kind == DEADLINE_ON_REQUEST)
		return S(N_("по запросу, без даты"));
	if (d->kind == DEADLINE_EXTERNAL)
		return S(N_("по чужому графику, без даты"));
	for (size_t i = 0; i < d->n_windows && i < WINDOWS_TOLD; i++)
		buf_fmt(&b, "%s%.*s", i ? "; " : "",
		    STR_ARG(window_text(mem, &d->windows[i])));
	if (d->n_windows > WINDOWS_TOLD)
		buf_fmt(&b, "; всего %zu", d->n_windows);
	return buf_str(&b);
}
