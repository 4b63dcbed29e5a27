/*
 * deadline_print.c - the canonical form: the shortest phrase of the language
 * itself that reads back as the same deadline.
 */
#include "base/utf8.h"
#include "lang/deadline_syntax.h"

/* ---- words ---------------------------------------------------------------- */

static const char *const months[][2] = {{"", ""}, {"январь", "января"},
    {"февраль", "февраля"}, {"март", "марта"}, {"апрель", "апреля"},
    {"май", "мая"}, {"июнь", "июня"}, {"июль", "июля"}, {"август", "августа"},
    {"сентябрь", "сентября"}, {"октябрь", "октября"}, {"ноябрь", "ноября"},
    {"декабрь", "декабря"}};

static const char *const weekdays[] = {"понедельник", "вторник", "среда",
    "четверг", "пятница", "суббота", "воскресенье"};

/* "1 раз в ...", "в 2 ...", "в 5 ...", "каждого ...", "по итогам ..." */
static const struct {
	const char *one, *few, *many, *each, *of;
} unit_words[UNIT_COUNT] = {
    [UNIT_DAY] = {"день", "дня", "дней", "каждого дня", "дня"},
    [UNIT_WEEK] = {"неделю", "недели", "недель", "каждой недели", "недели"},
    [UNIT_MONTH] = {"месяц", "месяца", "месяцев", "каждого месяца", "месяца"},
    [UNIT_QUARTER] = {"квартал", "квартала", "кварталов", "каждого квартала",
	"квартала"},
    [UNIT_HALF_YEAR] = {"полугодие", "полугодия", "полугодий",
	"каждого полугодия", "полугодия"},
    [UNIT_YEAR] = {"год", "года", "лет", "каждого года", "года"},
    [UNIT_SCHOOL_QUARTER] = {"четверть", "четверти", "четвертей",
	"каждой четверти", "четверти"},
    [UNIT_TRIMESTER] = {"триместр", "триместра", "триместров",
	"каждого триместра", "триместра"},
};

static void
put_date(struct buf *b, struct date d)
{
	char text[DATE_TEXT];

	buf_c(b, date_iso(d, text));
}

static void
put_window_text(struct buf *b, struct date from, struct date to)
{
	if (date_is_none(from)) {
		buf_c(b, "до ");
	} else if (!date_eq(from, to)) {
		put_date(b, from);
		buf_c(b, "..");
	}
	put_date(b, to);
}

static void
put_windows(struct buf *b, const struct deadline *d, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (i)
			buf_c(b, "; ");
		if (d->kind == DEADLINE_THROUGHOUT)
			buf_c(b, "в течение ");
		put_window_text(b, d->windows[i].from, d->windows[i].to);
	}
}

/* ---- recurrences ---------------------------------------------------------- */

static void
put_rate(struct buf *b, const struct deadline_every *e)
{
	bool few = e->count % 10 >= 2 && e->count % 10 <= 4 &&
		   (e->count % 100 < 12 || e->count % 100 > 14);

	bool one = e->count % 10 == 1 && e->count % 100 != 11;

	if (e->at_least)
		buf_c(b, "не реже ");
	buf_int(b, e->count);
	buf_c(b, (e->at_least ? one : few) ? " раза в " : " раз в ");
	if (e->interval > 1) {
		buf_int(b, e->interval);
		buf_char(b, ' ');
	}
	buf_c(b, plural_ru(e->interval, unit_words[e->unit].one,
		     unit_words[e->unit].few, unit_words[e->unit].many));
}

static void
put_nth(struct buf *b, unsigned nth, int weekday)
{
	static const char *const suffix[] = {"й", "й", "я", "й", "я", "я", "е"};
	static const char *const last[] = {"последний", "последний",
	    "последняя", "последний", "последняя", "последняя", "последнее"};
	bool any = false;

	for (int n = 0; n < 5; n++)
		if (nth >> n & 1) {
			buf_fmt(b, "%s%d-%s", any ? ", " : "", n + 1,
			    suffix[weekday]);
			any = true;
		}
	if (nth & RULE_LAST)
		buf_fmt(b, "%s%s", any ? ", " : "", last[weekday]);
	if (nth)
		buf_char(b, ' ');
}

static void
put_weekdays(struct buf *b, const struct deadline_rule *r)
{
	bool any = false;
	int first = 0;

	while (first < 6 && !(r->weekdays >> first & 1))
		first++;
	put_nth(b, r->nth, first);
	for (int day = 0; day < 7; day++)
		if (r->weekdays >> day & 1) {
			buf_fmt(b, "%s%s", any ? ", " : "", weekdays[day]);
			any = true;
		}
	if (r->nth)
		buf_c(b, " месяца");
}

static void
put_day_month(struct buf *b, int day, int month)
{
	if (day)
		buf_fmt(b, "%02d.%02d", day, month);
	else
		buf_fmt(b, "конец %s", months[month][1]);
}

static void
put_yearly(struct buf *b, const struct yearly_span *y)
{
	if (y->by) {
		buf_c(b, "до ");
		if (y->to_day)
			put_day_month(b, y->to_day, y->to_month);
		else
			buf_fmt(b, "конца %s", months[y->to_month][1]);
	} else if (y->from_day == 1 && !y->to_day) {
		buf_c(b, months[y->from_month][0]);
		if (y->from_month != y->to_month)
			buf_fmt(b, "-%s", months[y->to_month][0]);
	} else if (y->from_day == y->to_day && y->from_month == y->to_month) {
		put_day_month(b, y->to_day, y->to_month);
	} else {
		buf_c(b, "с ");
		put_day_month(b, y->from_day, y->from_month);
		buf_c(b, " по ");
		put_day_month(b, y->to_day, y->to_month);
	}
}

/* Which month of its unit a day of the month is of. */
static const char *
month_of_unit(const struct deadline *d)
{
	static const char *const of_quarter[] = {
	    "первого месяца", "второго месяца", "последнего месяца"};
	int after = d->rule.months_after;

	if (after > 0)
		return "следующего месяца";
	return d->every.unit <= UNIT_MONTH ? "месяца" : of_quarter[2 + after];
}

static void
put_days(struct buf *b, const struct deadline_rule *r)
{
	bool any = false;

	if (!r->days)
		buf_int(b, r->day_to);
	for (int day = 1; day <= 31; day++)
		if (r->days >> (day - 1) & 1) {
			buf_fmt(b, "%s%d", any ? ", " : "", day);
			any = true;
		}
}

static void
put_workday(struct buf *b, const struct deadline_rule *r, const char *of)
{
	buf_c(b, r->by_workday ? ", не позднее " : ", ");
	if (r->workday == -1)
		buf_c(b, r->by_workday ? "последнего" : "последний");
	else
		buf_fmt(b, "%d-%s", r->workday, r->by_workday ? "го" : "й");
	buf_fmt(b, r->by_workday ? " рабочего дня %s" : " рабочий день %s", of);
}

static void
put_place(struct buf *b, const struct deadline *d)
{
	const struct deadline_rule *r = &d->rule;
	const char *each = unit_words[d->every.unit].each;
	const char *of = unit_words[d->every.unit].of;
	const char *next = month_of_unit(d);

	switch (r->place) {
	case RULE_WHOLE:
		return;
	case RULE_BY_DAY:
		buf_c(b, ", до ");
		put_days(b, r);
		buf_fmt(b, " числа %s", next);
		return;
	case RULE_DAYS:
		if (r->days) {
			buf_c(b, ", ");
			put_days(b, r);
			buf_fmt(b, " числа %s", next);
		} else if (r->day_from == r->day_to)
			buf_fmt(b, ", %d числа %s", r->day_to, next);
		else
			buf_fmt(b, ", с %d по %d числа %s", r->day_from,
			    r->day_to, next);
		return;
	case RULE_WEEKDAYS:
		buf_c(b, ", ");
		put_weekdays(b, r);
		return;
	case RULE_BEGINNING:
		buf_fmt(b, ", в начале %s", each);
		return;
	case RULE_MIDDLE:
		buf_fmt(b, ", в середине %s", each);
		return;
	case RULE_END:
		buf_fmt(b, ", в конце %s", each);
		return;
	case RULE_UNTIL_END:
		buf_fmt(b, ", до конца %s", each);
		return;
	case RULE_AFTER:
		buf_fmt(b, ", по итогам %s", of);
		return;
	case RULE_WORKDAY:
		put_workday(b, r, of);
		return;
	case RULE_LAST_DAY:
		buf_fmt(b, ", последний день %s", of);
		return;
	case RULE_YEARLY:
		for (size_t i = 0; i < r->n_yearly; i++) {
			buf_c(b, i ? "; " : ": ");
			put_yearly(b, &r->yearly[i]);
		}
		return;
	}
	UNREACHABLE();
}

static void
put_bounds(struct buf *b, const struct deadline_rule *r, bool fine)
{
	bool any = false;

	if (r->lead) {
		; /* what comes after "далее" begins behind the windows */
	} else if (!date_is_none(r->within.from)) {
		buf_c(b, "; с ");
		put_date(b, r->within.from);
		if (!date_is_none(r->within.to)) {
			buf_c(b, " по ");
			put_date(b, r->within.to);
		}
	} else if (!date_is_none(r->within.to)) {
		buf_c(b, "; до ");
		put_date(b, r->within.to);
	}
	unsigned in = ~r->months_out & 0xFFF;
	bool few = fine && __builtin_popcount(in) <= 6;
	for (int m = 0; m < 12; m++)
		if ((few ? in : r->months_out) >> m & 1) {
			buf_fmt(b, "%s%s",
			    any ? ", " :
			    few ? "; " :
				  "; кроме ",
			    months[m + 1][few ? 0 : 1]);
			any = true;
		}
}

static void
put_every(struct buf *b, const struct deadline *d)
{
	put_rate(b, &d->every);
	put_place(b, d);
	/* Months bound what happens every month or oftener. */
	put_bounds(b, &d->rule, d->every.unit <= UNIT_MONTH);
}

/* ---- the whole ------------------------------------------------------------ */

static void
put_with_every(struct buf *b, const struct deadline *d)
{
	put_windows(b, d, d->n_windows);
	if (d->every.is_set) {
		if (b->n)
			buf_c(b, "; ");
		put_every(b, d);
	}
}

struct str
deadline_print(struct arena *mem, const struct deadline *d, struct str phrase)
{
	struct buf b = buf_open(mem, 0);

	switch (d->kind) {
	case DEADLINE_BY:
	case DEADLINE_DATES:
		put_windows(&b, d, d->n_windows);
		break;
	case DEADLINE_THROUGHOUT:
		if (!d->n_windows)
			buf_c(&b, "постоянно");
		put_with_every(&b, d);
		break;
	case DEADLINE_RECURRING:
		put_windows(&b, d, d->rule.lead);
		if (d->rule.lead)
			buf_c(&b, ", далее ");
		put_every(&b, d);
		break;
	case DEADLINE_EXTERNAL:
		put_with_every(&b, d);
		buf_c(&b, b.n ? "; по графику: " : "по графику: ");
		buf_put(&b, d->schedule);
		break;
	case DEADLINE_ON_REQUEST:
		put_with_every(&b, d);
		buf_c(&b, b.n ? "; по запросу" : "по запросу");
		break;
	case DEADLINE_NONE:
		buf_c(&b, "нет");
		break;
	case DEADLINE_UNKNOWN:
		/* What says so already stays as it is. */
		if (!str_starts(phrase, S("не прочитано:")))
			buf_c(&b, "не прочитано: ");
		buf_put(&b, phrase);
		break;
	case DEADLINE_KIND_COUNT:
		UNREACHABLE();
	}
	return buf_str(&b);
}
