/* lint_deadlines.c - is the deadline there, readable, possible, checkable? */
#include "base/utf8.h"
#include "core/plans/lint_parts.h"

static struct date
last_day(const struct deadline *d)
{
	struct date last = DATE_NONE;

	for (size_t i = 0; i < d->n_windows; i++)
		if (date_is_none(last) || date_before(last, d->windows[i].to))
			last = d->windows[i].to;
	return last;
}

static bool
is_dated(const struct deadline *d)
{
	return (d->kind == DEADLINE_BY || d->kind == DEADLINE_DATES) &&
	       d->n_windows > 0;
}

/* Windows that were over on the day of the order. */
static size_t
over_at_order(const struct linter *l, const struct deadline *d)
{
	size_t n = 0;

	if (!is_dated(d) || date_is_none(l->plan->ordered))
		return 0;
	for (size_t i = 0; i < d->n_windows; i++)
		n += date_before(d->windows[i].to, l->plan->ordered);
	return n;
}

void
lint_no_deadline(struct linter *l, const struct plan_measure *m)
{
	if (m->parsed.kind == DEADLINE_NONE)
		found_in(l, m, title_of(l, m));
}

void
lint_unreadable(struct linter *l, const struct plan_measure *m)
{
	if (m->parsed.kind == DEADLINE_UNKNOWN)
		found_in(l, m, m->deadline);
}

/* ---- against the order and the period -------------------------------------------- */

void
lint_before_order(struct linter *l, const struct plan_measure *m)
{
	size_t over = over_at_order(l, &m->parsed);

	if (over && over == m->parsed.n_windows)
		found_in(l, m, m->deadline);
}

void
lint_partly_before(struct linter *l, const struct plan_measure *m)
{
	size_t over = over_at_order(l, &m->parsed);

	if (over && over < m->parsed.n_windows)
		found_in(l, m, m->deadline);
}

void
lint_at_order(struct linter *l, const struct plan_measure *m)
{
	enum { NOTICE = 3 }; /* days in which nobody can act */
	struct date last = last_day(&m->parsed);

	if (is_dated(&m->parsed) && !date_is_none(l->plan->ordered) &&
	    !date_before(last, l->plan->ordered) &&
	    last.day - l->plan->ordered.day < NOTICE)
		found_in(l, m, m->deadline);
}

/* A span of weeks or months of which part is gone; a year is the period. */
void
lint_begins_before(struct linter *l, const struct plan_measure *m)
{
	enum { SPAN = 100 };
	struct date ordered = l->plan->ordered;

	if (!is_dated(&m->parsed) || date_is_none(ordered))
		return;
	for (size_t i = 0; i < m->parsed.n_windows; i++) {
		const struct deadline_window *w = &m->parsed.windows[i];
		struct civil c = date_civil(ordered);
		struct date month = date_month_first(c.year, c.month);
		/* The month of the order itself is still ahead. */
		if (date_is_none(w->from) || !date_before(w->from, month) ||
		    date_before(w->to, ordered) ||
		    w->to.day - w->from.day > SPAN)
			continue;
		found_in(l, m, m->deadline);
		return;
	}
}

static bool
is_outside(const struct linter *l, const struct plan_measure *m)
{
	struct day_span period = period_of(l, m);

	if (date_is_none(period.from) || !is_dated(&m->parsed))
		return false;
	for (size_t i = 0; i < m->parsed.n_windows; i++) {
		const struct deadline_window *w = &m->parsed.windows[i];
		struct date from = date_is_none(w->from) ? w->to : w->from;
		if (date_before(period.to, from) ||
		    date_before(w->to, period.from))
			return true;
	}
	return false;
}

void
lint_outside(struct linter *l, const struct plan_measure *m)
{
	if (is_outside(l, m))
		found_in(l, m, m->deadline);
}

/* ---- years -------------------------------------------------------------------------- */

/* "2024", "24 г.", "01.03.24": is a year printed? */
static bool
names_year(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		size_t n = 0;
		while (i + n < s.n && is_digit(s.p[i + n]))
			n++;
		struct str after = str_from(s, i + n);
		/* "01.03.24": two dots before the two digits. */
		bool third = n == 2 && i >= 5 && s.p[i - 1] == '.' &&
			     s.p[i - 4] == '.' && is_digit(s.p[i - 2]);
		if (n == 4 || third || (n == 2 && str_starts(after, S(" г"))))
			return true;
		i += n;
	}
	return false;
}

static bool
is_yearly(struct str folded)
{
	return has_word(folded, "ежегодн") || has_word(folded, "кажд");
}

static bool
is_relative(struct str folded)
{
	static const char *const words[] = {
	    "отчетн", "текущ", "следующ", "прошл", "очередн"};

	if (!has_word(folded, "год"))
		return false;
	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (has_word(folded, words[i]))
			return true;
	return false;
}

/* The period touches more than one school year and one calendar year. */
static bool
spans_years(struct day_span period)
{
	return !date_is_none(period.from) &&
	       period.to.day - period.from.day > 370;
}

/* "01.10.2023 – 31.10.2023, 01.10.2024 – 31.10.2024 и ещё 1" */
static struct str
windows_text(struct arena *mem, const struct deadline *d)
{
	enum { SHOWN = 3 };
	struct buf b = buf_open(mem, 0);

	for (size_t i = 0; i < d->n_windows && i < SHOWN; i++) {
		const struct deadline_window *w = &d->windows[i];
		buf_c(&b, i ? ", " : "");
		if (!date_is_none(w->from) && !date_eq(w->from, w->to))
			buf_fmt(&b, "%.*s – ", STR_ARG(date_ru(mem, w->from)));
		buf_put(&b, date_ru(mem, w->to));
	}
	if (d->n_windows > SHOWN)
		buf_fmt(&b, " и ещё %zu", d->n_windows - SHOWN);
	return buf_str(&b);
}

void
lint_month_without_year(struct linter *l, const struct plan_measure *m)
{
	struct str folded = text_fold(l->mem, m->deadline);

	if (!is_dated(&m->parsed) || !spans_years(period_of(l, m)) ||
	    names_year(folded) || is_yearly(folded) || is_relative(folded))
		return;
	found_in(l, m,
	    arena_fmt(l->mem, "«%.*s», прочитано как %.*s",
		STR_ARG(m->deadline),
		STR_ARG(windows_text(l->mem, &m->parsed))));
}

void
lint_relative_year(struct linter *l, const struct plan_measure *m)
{
	if (is_dated(&m->parsed) && is_relative(text_fold(l->mem, m->deadline)))
		found_in(l, m, m->deadline);
}

void
lint_other_year(struct linter *l, const struct plan_measure *m)
{
	struct day_span period = period_of(l, m);
	struct str folded = text_fold(l->mem, m->deadline);

	if (date_is_none(period.from) || !has_word(folded, "учебн") ||
	    !has_word(folded, "год"))
		return;
	struct civil from = date_civil(period.from), to = date_civil(period.to);
	if (from.year == to.year && from.month < 6 && to.month > 9)
		found_in(l, m, m->deadline);
}

/* What the rules above say is not said again. */
void
lint_assumed(struct linter *l, const struct plan_measure *m)
{
	struct str folded = text_fold(l->mem, m->deadline);
	bool is_said = is_outside(l, m) ||
		       (is_dated(&m->parsed) && spans_years(period_of(l, m)) &&
			   !names_year(folded) && !is_yearly(folded));

	if (m->parsed.kind != DEADLINE_UNKNOWN && m->parsed.n_assumptions &&
	    !is_said)
		found_in(l, m, m->parsed.assumptions[0]);
}

/* ---- how long, how many ---------------------------------------------------------------- */

void
lint_no_schedule(struct linter *l, const struct plan_measure *m)
{
	if (m->parsed.kind == DEADLINE_EXTERNAL)
		found_in(l, m, m->parsed.schedule);
}

static bool
is_forever(struct str folded)
{
	return has_word(folded, "постоянн") ||
	       has_word(folded, "систематическ") ||
	       has_word(folded, "регулярн");
}

void
lint_forever(struct linter *l, const struct plan_measure *m)
{
	if (m->parsed.kind == DEADLINE_THROUGHOUT && !m->parsed.every.is_set &&
	    is_forever(text_fold(l->mem, m->deadline)))
		found_in(l, m, text_lower(l->mem, m->deadline));
}

void
lint_no_checks(struct linter *l, const struct plan_measure *m)
{
	if (m->parsed.kind == DEADLINE_THROUGHOUT && !m->parsed.every.is_set &&
	    !is_forever(text_fold(l->mem, m->deadline)))
		found_in(l, m, text_lower(l->mem, m->deadline));
}

/* "Разработка и реализация программ" in September. */
void
lint_too_short(struct linter *l, const struct plan_measure *m)
{
	enum { BEGINNING = 100 }; /* bytes: what the row is about */
	struct str title = text_fold(l->mem, m->title);
	struct str start =
	    str_cut(title, 0, title.n < BEGINNING ? title.n : BEGINNING);
	bool is_long = str_find(start, S(" и реализац")) >= 0 ||
		       str_find(start, S(" и внедрен")) >= 0 ||
		       str_starts(start, S("реализац")) ||
		       str_starts(start, S("внедрен"));

	if (!is_long || m->parsed.kind != DEADLINE_DATES)
		return;
	for (size_t i = 0; i < m->parsed.n_windows; i++) {
		const struct deadline_window *w = &m->parsed.windows[i];
		struct day_span s = {w->from, w->to};
		if (date_is_none(s.from) || day_span_length(s) > 31)
			return;
	}
	found_in(l, m, m->deadline);
}

/* Sub-items of a measure: "- …; - …" */
static size_t
count_items(struct str title)
{
	size_t n = 0;

	for (size_t i = 0; i + 2 < title.n; i++)
		n += (title.p[i] == ' ' || title.p[i] == '\n') &&
		     title.p[i + 1] == '-' && title.p[i + 2] != '-';
	return n;
}

/* Two dates of two meetings are fine, three of two are not. */
void
lint_several(struct linter *l, const struct plan_measure *m)
{
	size_t items = count_items(m->title);

	if (is_dated(&m->parsed) && m->parsed.n_windows > 1 && items > 1 &&
	    items != m->parsed.n_windows)
		found_in(l, m, m->deadline);
}

void
lint_torn(struct linter *l, const struct plan_measure *m)
{
	struct str s = str_trim(m->deadline);

	if (str_ends(s, S(";")) || str_ends(s, S(",")))
		found_in(l, m, s);
}
