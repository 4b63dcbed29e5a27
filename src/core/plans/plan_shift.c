/* plan_shift.c - which digits of a text are years, and what they become. */
#include "core/plans/plan_shift.h"

#include "base/buf.h"
#include "base/date.h"

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static int64_t
number_at(struct str s, size_t from, size_t n)
{
	int64_t value = 0;

	for (size_t i = from; i < from + n; i++)
		value = value * 10 + (s.p[i] - '0');
	return value;
}

/* Digits that end right before this place, over one separator; their count. */
static size_t
digits_before(struct str s, size_t at, const char *separators)
{
	size_t n = 0;

	if (!at || !str_of(separators).n ||
	    str_find_char(str_of(separators), s.p[at - 1]) < 0)
		return 0;
	while (at - 1 > n && is_digit(s.p[at - 2 - n]))
		n++;
	return n;
}

static bool
follows(struct str s, size_t at, const char *what)
{
	return str_starts(str_from(s, at), str_of(what));
}

/* "2023/24", "01.03.24", "24 г.", "24-25 г." */
static bool
is_short_year(struct str s, size_t at)
{
	if (digits_before(s, at, "/-") == 4)
		return true;
	if (follows(s, at + 2, " г.") || follows(s, at + 2, "г."))
		return true;
	size_t month = digits_before(s, at, ".");
	return (month == 1 || month == 2) &&
	       digits_before(s, at - month - 1, ".") > 0;
}

/* The 29 February that stands before this year becomes 28. */
static void
mend_leap_day(struct buf *out, int64_t year)
{
	static const char *const spellings[] = {
	    "29.02.", "29.2.", "29 февраля "};
	struct date day;

	if (date_of((int32_t)year, 2, 29, &day))
		return;
	for (size_t i = 0; i < COUNT_OF(spellings); i++) {
		struct str spelling = str_of(spellings[i]);
		if (str_ends(buf_str(out), spelling))
			out->p[out->n - spelling.n + 1] = '8';
	}
}

struct str
words_years_later(struct arena *mem, struct str words, int years)
{
	struct buf out = buf_open(mem, 0);

	for (size_t i = 0; i < words.n;) {
		size_t n = 0;
		while (i + n < words.n && is_digit(words.p[i + n]))
			n++;
		int64_t value = n && n <= 4 ? number_at(words, i, n) : 0;
		/* "приказ № 2023-о" names no year. */
		bool is_number = str_ends(buf_str(&out), S("№ ")) ||
				 str_ends(buf_str(&out), S("№"));
		if (n == 4 && !is_number && value >= 1990 && value <= 2100) {
			mend_leap_day(&out, value + years);
			buf_int(&out, value + years);
		} else if (n == 2 && is_short_year(words, i)) {
			mend_leap_day(&out, 2000 + value + years);
			buf_fmt(&out, "%02d", (int)((value + years) % 100));
		} else {
			buf_put(&out, str_cut(words, i, i + (n ? n : 1)));
		}
		i += n ? n : 1;
	}
	return buf_str(&out);
}

/* ---- days ---- */

enum { FULL_DATE = 10 }; /* "15.10.2026" */

static bool
full_date_at(struct str s, size_t at, struct date *ret)
{
	static const char shape[] = "dd.dd.dddd";

	if (s.n < at + FULL_DATE || (at && is_digit(s.p[at - 1])))
		return false;
	for (size_t i = 0; i < FULL_DATE; i++)
		if (shape[i] == 'd' ? !is_digit(s.p[at + i]) :
				      s.p[at + i] != shape[i])
			return false;
	return date_of((int32_t)number_at(s, at + 6, 4),
	    (int)number_at(s, at + 3, 2), (int)number_at(s, at, 2), ret);
}

/* The words stay, the days written out in them are moved. */
static struct str
dates_moved(struct arena *mem, struct str words, int32_t days)
{
	struct buf out = buf_open(mem, 0);
	struct date day;

	for (size_t i = 0; i < words.n;) {
		if (full_date_at(words, i, &day)) {
			buf_put(&out, date_ru(mem, date_plus(day, days)));
			i += FULL_DATE;
		} else {
			buf_char(&out, words.p[i++]);
		}
	}
	return buf_str(&out);
}

/* The windows themselves, where the words name months. */
static struct str
windows_moved(struct arena *mem, const struct deadline *d, int32_t days)
{
	struct buf out = buf_open(mem, 0);

	for (size_t i = 0; i < d->n_windows; i++) {
		const struct deadline_window *w = &d->windows[i];

		buf_put(&out, i ? S("; ") : S(""));
		if (date_is_none(w->from))
			buf_put(&out, S("до "));
		else if (!date_eq(w->from, w->to))
			buf_fmt(&out, "%.*s – ",
			    STR_ARG(date_ru(mem, date_plus(w->from, days))));
		buf_put(&out, date_ru(mem, date_plus(w->to, days)));
	}
	return buf_str(&out);
}

static bool
is_moved(const struct deadline *was, const struct deadline *is, int32_t days)
{
	if (was->kind != is->kind || was->n_windows != is->n_windows)
		return false;
	for (size_t i = 0; i < was->n_windows; i++) {
		const struct deadline_window *a = &was->windows[i];
		const struct deadline_window *b = &is->windows[i];

		if (!date_eq(date_plus(a->to, days), b->to) ||
		    date_is_none(a->from) != date_is_none(b->from) ||
		    (!date_is_none(a->from) &&
			!date_eq(date_plus(a->from, days), b->from)) ||
		    !str_eq(a->label, b->label))
			return false;
	}
	return true;
}

bool
deadline_days_later(struct arena *mem, struct str phrase,
    const struct deadline_context *context, int32_t days, struct str *ret)
{
	struct deadline was, is;

	deadline_read(mem, phrase, context, &was);
	if (was.kind != DEADLINE_BY && was.kind != DEADLINE_DATES)
		return false;
	*ret = dates_moved(mem, phrase, days);
	deadline_read(mem, *ret, context, &is);
	if (is_moved(&was, &is, days))
		return true;
	*ret = windows_moved(mem, &was, days);
	deadline_read(mem, *ret, context, &is);
	return is_moved(&was, &is, days);
}
