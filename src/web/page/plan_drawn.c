/* plan_drawn.c - the rows as a ribbon of months, a calendar, a board. */
#include "base/utf8.h"
#include "base/vec.h"
#include "web/page/plan.h"

enum { MONTHS_LEAST = 12, MONTHS_MOST = 24 };

static int
months_between(struct date a, struct date b)
{
	struct civil x = date_civil(a), y = date_civil(b);

	return (y.year - x.year) * 12 + y.month - x.month;
}

/* ---- ribbon ---- */

static bool
is_point(const struct row_view *r)
{
	return str_eq(r->part->s.kind, S("points"));
}

static enum ribbon_kind
kind_of(const struct row_view *r, const struct window_view *w)
{
	const struct deadline *d = &r->row->deadline;

	if (is_point(r))
		return RIBBON_DIAMOND;
	if (w->is_outer || d->kind == DEADLINE_EXTERNAL)
		return RIBBON_DOTTED;
	if (d->kind == DEADLINE_THROUGHOUT && !d->every.is_set &&
	    r->n_windows == 1)
		return RIBBON_HOLLOW;
	if (d->kind == DEADLINE_RECURRING || date_is_none(w->from))
		return RIBBON_TICK;
	return RIBBON_BAR;
}

static enum ribbon_state
state_of(const struct window_view *w, struct date today)
{
	if (w->of && w->done == w->of)
		return RIBBON_DONE;
	if (w->late)
		return RIBBON_LATE;
	if (w->of &&
	    (w->done || w->marked ||
		(!date_is_none(w->from) && !date_before(today, w->from))))
		return RIBBON_RUNNING;
	return RIBBON_PLANNED;
}

static struct ribbon_row
ribbon_row(struct visit *v, const struct row_view *r)
{
	struct arena *mem = v->scope.mem;
	struct ribbon_mark *marks =
	    arena_new(mem, struct ribbon_mark, r->n_windows + 1);
	size_t n = 0;

	for (size_t i = 0; i < r->n_windows; i++) {
		const struct window_view *w = &r->windows[i];

		if (date_is_none(w->to))
			continue;
		marks[n++] = (struct ribbon_mark){.kind = kind_of(r, w),
		    .state = state_of(w, v->scope.actor.today),
		    .from = date_is_none(w->from) ? w->to : w->from,
		    .to = w->to,
		    .done = (uint16_t)w->done,
		    .of = (uint16_t)w->of,
		    .note = r->row->m.deadline};
	}
	return (struct ribbon_row){.number = r->row->m.number,
	    .label = r->row->m.title,
	    .link = link_text(mem, link_measure(r->row->m.id)),
	    .result =
		r->of ? arena_fmt(mem, "%zu из %zu", r->done, r->of) : S(""),
	    .state = r->late                   ? RIBBON_LATE :
		     r->of && r->done == r->of ? RIBBON_DONE :
						 RIBBON_RUNNING,
	    .marks = marks,
	    .n_marks = n};
}

static void
put_times(struct visit *v, struct view_plan *s, struct date last)
{
	VEC(struct ribbon_span) holidays = {0}, exams = {0};
	static const char *const names[BREAK_COUNT] = {
	    [BREAK_AUTUMN] = "осенние каникулы",
	    [BREAK_WINTER] = "зимние каникулы",
	    [BREAK_SPRING] = "весенние каникулы",
	    [BREAK_SUMMER] = "летние каникулы"};

	for (struct syear y = syear_of(s->ribbon.first);
	     !date_before(last, syear_from(y)); y = syear_plus(y, 1)) {
		struct school_year year = calendar_year(s->plan.calendar, y);
		struct day_span days;
		bool is_default;

		for (int b = 0; b < BREAK_COUNT; b++)
			*vec_push(v->scope.mem, &holidays) =
			    (struct ribbon_span){year.breaks[b].from,
				year.breaks[b].to, str_of(names[b])};
		if (calendar_exam(
			s->plan.calendar, S("ГИА"), y, &days, &is_default))
			*vec_push(v->scope.mem, &exams) =
			    (struct ribbon_span){days.from, days.to, S("ГИА")};
	}
	s->ribbon.holidays = holidays.p;
	s->ribbon.n_holidays = holidays.n;
	s->ribbon.exams = exams.p;
	s->ribbon.n_exams = exams.n;
}

void
plan_view_ribbon(struct visit *v, struct view_plan *s)
{
	VEC(struct ribbon_row) rows = {0};
	int months =
	    months_between(s->plan.head.period_from, s->plan.head.period_to) +
	    1;

	for (size_t i = 0; i < s->n_rows; i++) {
		const struct row_view *r = &s->rows[i];

		if (r->begins_part && r->part->s.title.n)
			*vec_push(v->scope.mem, &rows) = (struct ribbon_row){
			    .is_section = true, .label = r->part->s.title};
		*vec_push(v->scope.mem, &rows) = ribbon_row(v, r);
	}
	months = months < MONTHS_LEAST ? MONTHS_LEAST :
		 months > MONTHS_MOST  ? MONTHS_MOST :
					 months;
	s->ribbon = (struct ribbon){.title = s->plan.head.title,
	    .first = s->plan.head.period_from,
	    .months = (uint8_t)months,
	    .today = v->scope.actor.today,
	    .rows = rows.p,
	    .n_rows = rows.n,
	    .has_legend = true};
	put_times(v, s, date_plus(s->plan.head.period_from, months * 31));
}

/* ---- calendar ---- */

/* "2026-10", or the month of today inside the period. */
static struct date
month_asked(struct visit *v, const struct view_plan *s)
{
	struct str said = visit_query(v, S("month"));
	struct date first, today = v->scope.actor.today;
	struct civil c;

	if (said.n == 7 &&
	    date_parse(
		arena_fmt(v->scope.mem, "%.*s-01", STR_ARG(said)), &first))
		return first;
	if (date_before(today, s->plan.head.period_from))
		today = s->plan.head.period_from;
	if (date_before(s->plan.head.period_to, today))
		today = s->plan.head.period_to;
	c = date_civil(today);
	return date_month_first(c.year, c.month);
}

static struct link
link_month(struct visit *v, struct date in_month)
{
	struct civil c = date_civil(in_month);

	return visit_link(
	    v, "month", arena_fmt(v->scope.mem, "%04d-%02d", c.year, c.month));
}

static struct str
month_name(struct arena *mem, struct civil c)
{
	static const char *const names[] = {"январь", "февраль", "март",
	    "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь",
	    "ноябрь", "декабрь"};

	return arena_fmt(mem, "%s %d", names[c.month - 1], c.year);
}

static void
fill_day(struct visit *v, const struct view_plan *s, struct day_view *day)
{
	VEC(struct day_item) items = {0};

	for (size_t i = 0; i < s->n_rows; i++)
		for (size_t k = 0; k < s->rows[i].n_windows; k++) {
			const struct window_view *w = &s->rows[i].windows[k];

			if (!date_is_none(w->to) && date_eq(w->to, day->day))
				*vec_push(v->scope.mem, &items) =
				    (struct day_item){&s->rows[i], w};
		}
	day->items = items.p;
	day->n = items.n;
}

void
plan_view_calendar(struct visit *v, struct view_plan *s)
{
	struct date first = month_asked(v, s);
	struct civil c = date_civil(first);
	struct date last = date_month_last(c.year, c.month);
	int before = date_weekday(first) - 1;

	s->month = month_name(v->scope.mem, c);
	s->month_before = link_month(v, date_plus(first, -1));
	s->month_after = link_month(v, date_plus(last, 1));
	for (int i = 0; i < CALENDAR_CELLS; i++) {
		struct date d = date_plus(first, i - before);
		struct day_view *day = &s->days[i];

		*day = (struct day_view){.day = DATE_NONE};
		if (date_before(d, first) || date_before(last, d))
			continue;
		day->day = d;
		day->is_today = date_eq(d, v->scope.actor.today);
		day->is_off = !calendar_is_working(s->plan.calendar, d);
		fill_day(v, s, day);
	}
}

/* ---- board ---- */

static int
column_of(enum occurrence_state s)
{
	switch (s) {
	case TASK_OVERDUE:
	case TASK_RETURNED_LATE:
		return 0;
	case TASK_DUE_SOON:
	case TASK_RETURNED:
		return 1;
	case TASK_OPEN:
		return 2;
	case TASK_MARKED:
		return 3;
	case TASK_DONE:
	case TASK_DONE_LATE:
		return 4;
	case TASK_PLANNED:
	case TASK_WAITING:
	case TASK_NOT_NEEDED:
	case TASK_STATE_COUNT:
		break;
	}
	return -1;
}

/* What waits for nobody yet (planned, not needed) is no card. */
void
plan_view_board(struct visit *v, struct view_plan *s)
{
	static const struct board_column empty[BOARD_COLUMNS] = {
	    {.title = N_("Просрочено"), .kind = "bad", .icon = "over"},
	    {.title = N_("Срок близко, возвращено"),
		.kind = "warn",
		.icon = "soon"},
	    {.title = N_("Исполняется"), .kind = "run", .icon = "open"},
	    {.title = N_("Ждёт подтверждения"), .kind = "run", .icon = "wait"},
	    {.title = N_("Исполнено"), .kind = "good", .icon = "done"}};

	for (int c = 0; c < BOARD_COLUMNS; c++) {
		s->board[c] = empty[c];
		s->board[c].cards =
		    arena_new(v->scope.mem, const struct task *, BOARD_CARDS);
	}
	for (size_t i = 0; i < s->n_rows; i++)
		for (size_t k = 0; k < s->rows[i].n_tasks; k++) {
			const struct task *t = &s->rows[i].tasks[k];
			int c = column_of(t->state);
			struct board_column *to = c < 0 ? NULL : &s->board[c];

			if (!to)
				continue;
			to->n_all++;
			if (to->n < BOARD_CARDS)
				to->cards[to->n++] = t;
		}
}
