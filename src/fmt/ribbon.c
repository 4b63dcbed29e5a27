/* ribbon.c - a plan as a strip of months. */
#include "fmt/ribbon.h"

#include "fmt/canvas.h"

enum {
	HEAD_QUARTERS = 20,
	HEAD_MONTHS = 20,
	HEAD = HEAD_QUARTERS + HEAD_MONTHS + 4,
	ROW = 28,
	SECTION = 26,
	LEGEND_LINE = 20,
	LEGEND = 12 + 2 * LEGEND_LINE,
	BAR = 12,
	LEAST_BAR = 3,
	MARK = 8, /* half a diamond */
	PAD = 8,
	NUMBER = 34, /* the number's column */
};

struct strip {
	const struct ribbon *r;
	struct canvas *on;
	struct arena *mem;
	double left, right; /* of the months */
	double month;       /* width */
	int32_t year, first_month;
	double bottom; /* of the rows */
};

/* ---- days on the strip --------------------------------------------------- */

/* Months all are equally wide; a day is a part of its month. */
static double
day_x(const struct strip *s, struct date d, bool is_end)
{
	struct civil c = date_civil(d);
	int32_t index = (c.year - s->year) * 12 + c.month - s->first_month;
	struct civil last = date_civil(date_month_last(c.year, c.month));
	double part = (c.day - (is_end ? 0 : 1)) / (double)last.day;
	double x = s->left + s->month * (index + part);

	return x < s->left ? s->left : x > s->right ? s->right : x;
}

static struct date
first_day(const struct strip *s)
{
	return date_month_first(s->year, s->first_month);
}

static struct date
last_day(const struct strip *s)
{
	int32_t m = s->first_month - 1 + s->r->months - 1;

	return date_month_last(s->year + m / 12, m % 12 + 1);
}

static bool
is_outside(const struct strip *s, struct date from, struct date to)
{
	return date_before(to, first_day(s)) || date_before(last_day(s), from);
}

/* Room at the right for the longest result, within reason. */
static double
results_width(const struct ribbon *r, double width)
{
	double most = width * 0.075 - 2 * PAD;

	for (size_t i = 0; i < r->n_rows; i++) {
		double w =
		    canvas_text_width(r->rows[i].result, CANVAS_SMALL) * 1.08;
		if (w > most)
			most = w;
	}
	return (most > width * 0.14 ? width * 0.14 : most) + 2 * PAD;
}

static struct strip
strip_of(const struct ribbon *r, struct canvas *on)
{
	struct civil c = date_civil(r->first);
	struct strip s = {.r = r,
	    .on = on,
	    .mem = on->mem,
	    .year = c.year,
	    .first_month = c.month};
	double width = on->size.width;

	MUST(r->months > 0 && r->months <= 36);
	s.left = width * 0.27;
	s.right = width - results_width(r, width);
	s.month = (s.right - s.left) / r->months;
	return s;
}

/* ---- what lies behind ---------------------------------------------------- */

static void
draw_spans(
    struct strip *s, const struct ribbon_span *spans, size_t n, const char *css)
{
	for (size_t i = 0; i < n; i++) {
		if (is_outside(s, spans[i].from, spans[i].to))
			continue;
		double x1 = day_x(s, spans[i].from, false);
		double x2 = day_x(s, spans[i].to, true);

		canvas_group(s->on, spans[i].name, S(""));
		canvas_rect(s->on, css,
		    (struct canvas_box){x1, HEAD, x2 - x1, s->bottom - HEAD});
		canvas_group_end(s->on);
	}
}

static void
draw_quarter(struct strip *s, int32_t month, int32_t year, double x, double w)
{
	static const char *const numerals[] = {"I", "II", "III", "IV"};
	const char *quarter = numerals[(month - 1) / 3];
	struct str text = arena_fmt(
	    s->mem, "%s\xC2\xA0квартал\xC2\xA0%d\xC2\xA0г.", quarter, year);

	if (canvas_text_width(text, CANVAS_SMALL) > w - 4)
		text =
		    arena_fmt(s->mem, "%s\xC2\xA0кв.\xC2\xA0%d", quarter, year);
	if (canvas_text_width(text, CANVAS_SMALL) > w - 4)
		text = arena_fmt(s->mem, "%s\xC2\xA0кв.", quarter);
	if (canvas_text_width(text, CANVAS_SMALL) > w - 4)
		text = str_of(quarter);
	canvas_text(s->on, "t-ink t-s", ANCHOR_START, x + 4, 14, text);
}

static void
draw_months(struct strip *s)
{
	static const char *const names[] = {"янв", "фев", "мар", "апр", "май",
	    "июн", "июл", "авг", "сен", "окт", "ноя", "дек"};

	for (int32_t i = 0; i <= s->r->months; i++) {
		int32_t m = s->first_month - 1 + i;
		double x = s->left + s->month * i;
		bool is_quarter = m % 3 == 0;

		canvas_line(s->on, is_quarter ? "axis" : "grid", x,
		    is_quarter ? 2 : HEAD_QUARTERS, x, s->bottom);
		if (i == s->r->months)
			break;
		canvas_text(s->on, "t-s", ANCHOR_MIDDLE, x + s->month / 2,
		    HEAD - 8, str_of(names[m % 12]));
		if (!is_quarter && i > 0)
			continue;
		int32_t left = s->r->months - i;
		int32_t span = 3 - m % 3;
		draw_quarter(s, m % 12 + 1, s->year + m / 12, x,
		    s->month * (span < left ? span : left));
	}
}

static void
draw_today(struct strip *s)
{
	struct date today = s->r->today;

	if (date_is_none(today) || is_outside(s, today, today))
		return;
	struct civil c = date_civil(today);
	struct str text = arena_fmt(s->mem, "%02d.%02d", c.day, c.month);
	double x = (day_x(s, today, false) + day_x(s, today, true)) / 2;
	double w = canvas_text_width(text, CANVAS_SMALL) + 8;

	canvas_group(s->on, S("сегодня"), S(""));
	canvas_line(s->on, "today", x, HEAD - 2, x, s->bottom);
	canvas_rect(s->on, "today-f",
	    (struct canvas_box){x - w / 2, HEAD_QUARTERS, w, HEAD_MONTHS - 2});
	canvas_text(s->on, "t-on t-s", ANCHOR_MIDDLE, x, HEAD - 11, text);
	canvas_group_end(s->on);
}

/* ---- marks --------------------------------------------------------------- */

static const char *
state_class(enum ribbon_state state)
{
	switch (state) {
	case RIBBON_PLANNED:
		return "b-plan";
	case RIBBON_RUNNING:
		return "b-run";
	case RIBBON_DONE:
		return "b-done";
	case RIBBON_LATE:
		return "b-bad";
	}
	UNREACHABLE();
}

static const char *
state_word(enum ribbon_state state)
{
	switch (state) {
	case RIBBON_PLANNED:
		return N_("запланировано");
	case RIBBON_RUNNING:
		return N_("идёт");
	case RIBBON_DONE:
		return N_("исполнено");
	case RIBBON_LATE:
		return N_("просрочено");
	}
	UNREACHABLE();
}

/* A tick or an exclamation mark in a filled shape: its state without colour. */
static void
draw_sign(struct canvas *on, enum ribbon_state state, double x, double y)
{
	if (state == RIBBON_DONE)
		canvas_path(on, "x",
		    (struct canvas_point[]){{x - 3.4, y + 0.2, true},
			{x - 1, y + 2.6, false}, {x + 3.4, y - 2.8, false}},
		    3, false);
	if (state == RIBBON_LATE)
		canvas_path(on, "x",
		    (struct canvas_point[]){{x, y - 4, true},
			{x, y + 0.8, false}, {x, y + 2.6, true},
			{x, y + 4, false}},
		    4, false);
}

static void
draw_bar(struct canvas *on, const struct ribbon_mark *m, struct canvas_box box)
{
	if (m->state == RIBBON_RUNNING && m->of > 0) {
		struct canvas_box done = box;

		done.w = box.w * (m->done < m->of ? m->done : m->of) / m->of;
		canvas_rect(on, "b-part", box);
		if (m->done)
			canvas_rect(on, "b-run", done);
		return;
	}
	canvas_rect(on, state_class(m->state), box);
	if (box.w >= BAR)
		draw_sign(
		    on, m->state, box.x + box.w - BAR / 2.0, box.y + BAR / 2.0);
}

static void
draw_diamond(struct canvas *on, enum ribbon_state state, double x, double y)
{
	canvas_path(on, state_class(state),
	    (struct canvas_point[]){{x, y - MARK, true}, {x + MARK, y, false},
		{x, y + MARK, false}, {x - MARK, y, false}},
	    4, true);
	draw_sign(on, state, x, y);
}

/* One of several terms: a stroke while it waits, a narrow block afterwards. */
static void
draw_tick(struct canvas *on, enum ribbon_state state, double x, double y)
{
	if (state == RIBBON_PLANNED) {
		canvas_line(on, "tick", x, y - MARK, x, y + MARK);
		return;
	}
	double w = state == RIBBON_LATE ? BAR : 5;
	canvas_rect(on, state_class(state),
	    (struct canvas_box){x - w / 2, y - MARK, w, 2 * MARK});
	if (state == RIBBON_LATE)
		draw_sign(on, state, x, y);
}

static void
draw_shape(
    struct canvas *on, const struct ribbon_mark *m, struct canvas_box box)
{
	double middle = box.y + box.h / 2;

	switch (m->kind) {
	case RIBBON_BAR:
		draw_bar(on, m, box);
		return;
	case RIBBON_HOLLOW:
		canvas_rect(on, m->state == RIBBON_LATE ? "b-bad" : "b-hollow",
		    (struct canvas_box){
			box.x + 1, box.y + 1, box.w - 2, box.h - 2});
		return;
	case RIBBON_DOTTED:
		canvas_line(
		    on, "b-dots", box.x + 2, middle, box.x + box.w - 2, middle);
		return;
	case RIBBON_TICK:
		draw_tick(on, m->state, box.x + box.w, middle);
		return;
	case RIBBON_DIAMOND:
		draw_diamond(on, m->state, box.x + box.w, middle);
		return;
	}
	UNREACHABLE();
}

static struct str
mark_title(struct strip *s, const struct ribbon_mark *m)
{
	struct buf b = buf_open(s->mem, 0);

	if (m->note.n) {
		buf_put(&b, m->note);
		buf_c(&b, ": ");
	}
	if (m->kind == RIBBON_BAR && m->of)
		buf_fmt(&b, "%u из %u, ", m->done, m->of);
	buf_c(&b, state_word(m->state));
	return buf_str(&b);
}

static void
draw_mark(struct strip *s, const struct ribbon_mark *m, double top)
{
	bool is_point = m->kind == RIBBON_TICK || m->kind == RIBBON_DIAMOND;
	struct date from = is_point ? m->to : m->from;

	if (is_outside(s, from, m->to))
		return;
	double x1 = day_x(s, from, false), x2 = day_x(s, m->to, true);
	if (is_point && x2 > s->right - MARK)
		x2 = s->right - MARK;
	if (is_point)
		x1 = x2;
	else if (x2 < x1 + LEAST_BAR)
		x2 = x1 + LEAST_BAR;
	canvas_group(s->on, mark_title(s, m), S(""));
	draw_shape(s->on, m,
	    (struct canvas_box){x1, top + (ROW - BAR) / 2.0, x2 - x1, BAR});
	canvas_group_end(s->on);
}

/* ---- rows ---------------------------------------------------------------- */

static double
row_height(const struct ribbon_row *row)
{
	return row->is_section ? SECTION : ROW;
}

static void
draw_names(struct strip *s, const struct ribbon_row *row, double top)
{
	enum { LINE = 13 };

	double x = PAD + NUMBER, width = s->left - x - PAD;
	struct str lines[CANVAS_MOST_LINES];
	size_t n =
	    canvas_wrap(s->mem, row->label, CANVAS_SMALL, width, 2, lines);
	double y = top + ROW / 2.0 + 4 - LINE / 2.0 * (double)(n ? n - 1 : 0);

	canvas_text(s->on, "t-s", ANCHOR_START, PAD, y, row->number);
	canvas_group(s->on, row->label, row->link);
	for (size_t i = 0; i < n; i++)
		canvas_text(s->on, "t-ink t-s", ANCHOR_START, x,
		    y + LINE * (double)i, lines[i]);
	canvas_group_end(s->on);
	canvas_text(s->on,
	    row->state == RIBBON_LATE ? "t-bad t-s" :
	    row->state == RIBBON_DONE ? "t-good t-s" :
					"t-s",
	    ANCHOR_START, s->right + PAD, top + ROW / 2.0 + 4,
	    canvas_fit(s->mem, row->result, CANVAS_SMALL,
		s->on->size.width - s->right - PAD + 1));
}

/* The grounds of the sections lie under the months' lines, so they go first. */
static void
draw_grounds(struct strip *s)
{
	double y = HEAD, width = s->on->size.width;

	for (size_t i = 0; i < s->r->n_rows; i++) {
		const struct ribbon_row *row = &s->r->rows[i];

		if (row->is_section)
			canvas_rect(s->on, "sec-bg",
			    (struct canvas_box){0, y, width, SECTION});
		y += row_height(row);
	}
}

static void
draw_rows(struct strip *s)
{
	double y = HEAD, width = s->on->size.width;

	for (size_t i = 0; i < s->r->n_rows; i++) {
		const struct ribbon_row *row = &s->r->rows[i];

		canvas_line(s->on, "row-line", 0, y, width, y);
		if (row->is_section) {
			struct str text = arena_fmt(s->mem, "%.*s%s%.*s",
			    STR_ARG(row->number), row->number.n ? ". " : "",
			    STR_ARG(row->label));
			canvas_text(s->on, "t-ink t-b", ANCHOR_START, PAD,
			    y + SECTION / 2.0 + 4,
			    canvas_fit(s->mem, text, CANVAS_TEXT * 1.06,
				width - 2 * PAD));
		} else {
			draw_names(s, row, y);
			for (size_t k = 0; k < row->n_marks; k++)
				draw_mark(s, &row->marks[k], y);
		}
		y += row_height(row);
	}
	canvas_line(s->on, "row-line", 0, y, width, y);
}

/* ---- legend -------------------------------------------------------------- */

struct sample {
	enum ribbon_kind kind;
	enum ribbon_state state;
	const char *words;
};

static const struct sample samples[] = {
    {RIBBON_BAR, RIBBON_DONE, N_("исполнено")},
    {RIBBON_BAR, RIBBON_RUNNING, N_("идёт, закрашено сделанное")},
    {RIBBON_BAR, RIBBON_LATE, N_("просрочено")},
    {RIBBON_BAR, RIBBON_PLANNED, N_("впереди")},
    {RIBBON_HOLLOW, RIBBON_RUNNING, N_("в течение года")},
    {RIBBON_DOTTED, RIBBON_PLANNED, N_("по чужому графику")},
    {RIBBON_TICK, RIBBON_PLANNED, N_("один из сроков")},
    {RIBBON_DIAMOND, RIBBON_PLANNED, N_("контрольная точка")},
};

static void
draw_sample(
    struct canvas *on, const struct sample *sample, struct canvas_box box)
{
	struct ribbon_mark m = {.kind = sample->kind,
	    .state = sample->state,
	    .done = 3,
	    .of = sample->kind == RIBBON_BAR ? 5 : 0};

	if (m.kind == RIBBON_TICK || m.kind == RIBBON_DIAMOND)
		box.w /= 2;
	draw_shape(on, &m, box);
}

/* The next sample's place; a sample that does not fit begins a new line. */
static void
next_place(struct strip *s, double width, double *x, double *y)
{
	if (*x + width <= s->on->size.width)
		return;
	*x = PAD;
	*y += LEGEND_LINE;
}

static void
draw_legend(struct strip *s)
{
	static const char *const grounds[][2] = {
	    {"hol", N_("каникулы")}, {"exam", N_("ВПР и экзамены")}};

	enum { SAMPLE = 30, GAP = 16 };

	double x = PAD, y = s->bottom + 16;

	for (size_t i = 0; i < COUNT_OF(samples) + COUNT_OF(grounds); i++) {
		bool is_mark = i < COUNT_OF(samples);
		const char *const *ground =
		    is_mark ? NULL : grounds[i - COUNT_OF(samples)];
		struct str words =
		    str_of(is_mark ? samples[i].words : ground[1]);
		double w = SAMPLE + 5 + canvas_text_width(words, CANVAS_SMALL);

		next_place(s, w, &x, &y);
		struct canvas_box box = {x, y - BAR / 2.0, SAMPLE, BAR};
		if (is_mark)
			draw_sample(s->on, &samples[i], box);
		else
			canvas_rect(s->on, ground[0], box);
		canvas_text(
		    s->on, "t-s", ANCHOR_START, x + SAMPLE + 5, y + 4, words);
		x += w + GAP;
	}
}

/* ---- the ribbon ---------------------------------------------------------- */

static double
rows_height(const struct ribbon *r)
{
	double h = 0;

	for (size_t i = 0; i < r->n_rows; i++)
		h += row_height(&r->rows[i]);
	return h;
}

int
ribbon_height(const struct ribbon *r, int width)
{
	return HEAD + (int)rows_height(r) + (r->has_legend ? LEGEND : 2);
}

void
ribbon_draw(const struct ribbon *r, struct canvas *on)
{
	struct strip s = strip_of(r, on);

	s.bottom = HEAD + rows_height(r);
	draw_spans(&s, r->holidays, r->n_holidays, "hol");
	draw_spans(&s, r->exams, r->n_exams, "exam");
	draw_grounds(&s);
	draw_months(&s);
	draw_rows(&s);
	draw_today(&s);
	if (r->has_legend)
		draw_legend(&s);
}

void
ribbon_svg(const struct ribbon *r, int width, struct buf *out)
{
	struct canvas on = canvas_svg_open(out,
	    (struct canvas_size){width, ribbon_height(r, width)},
	    "chart ribbon", r->title);

	ribbon_draw(r, &on);
	canvas_svg_close(&on);
}
