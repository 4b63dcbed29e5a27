/* ladder.c - when is a deadline spoken of, and to whom when it is past? */
#include "core/plans/ladder.h"

#include "base/embedded.h"
#include "base/tsv.h"
#include "core_data.h" /* written by tools/embed.py */

const char *const escalation_rung_codes[RUNG_COUNT] = {
    [RUNG_ANSWERS] = "answers",
    [RUNG_CURATOR] = "curator",
    [RUNG_COORDINATOR] = "coordinator",
    [RUNG_HEAD] = "head",
};

static struct tsv
table(struct str name)
{
	const struct embedded *f = embedded_find(&core_data, name);

	MUST(f);
	return tsv_open(f->bytes);
}

static int
number(struct str s)
{
	int64_t n = 0;

	MUST(str_to_int(s, &n));
	return (int)n;
}

/* A window as the table counts it. */
static int
length_of(struct date opens, struct date due)
{
	return date_is_none(opens) ? 0 : due.day - opens.day + 1;
}

static struct date
working_before(const struct calendar *calendar, struct date d)
{
	/* A calendar without working days must not hang the caller. */
	for (int guard = 0; guard < 60 && !calendar_is_working(calendar, d);
	     guard++)
		d = date_plus(d, -1);
	return d;
}

static bool
is_quarter_first(struct date d)
{
	struct civil c = date_civil(d);

	return c.day == 1 && c.month % 3 == 1;
}

struct window {
	const struct calendar *calendar;
	struct date opens, due, today;
};

/* Whether the moment, brought to a working day, is today. */
static bool
falls_today(const struct window *w, struct date moment)
{
	return date_eq(working_before(w->calendar, moment), w->today);
}

/* Days inside the window that answer a test, each brought to a working day. */
static bool
any_day(const struct window *w, int of_month)
{
	for (int i = 0; i < 31; i++) {
		struct date d = date_plus(w->today, i);
		bool is_it = of_month ? date_civil(d).day == of_month :
					is_quarter_first(d);
		if (is_it && !date_before(d, w->opens) &&
		    !date_before(w->due, d) && falls_today(w, d))
			return true;
	}
	return false;
}

static bool
is_moment(const struct window *w, struct str moment)
{
	struct str rest = moment, word;

	MUST(str_split(&rest, ' ', &word));
	if (str_eq(word, S("first")))
		return falls_today(w, w->opens);
	if (str_eq(word, S("due")) || str_eq(word, S("last-working")))
		return falls_today(w, w->due);
	if (str_eq(word, S("before")))
		return falls_today(w, date_plus(w->due, -number(rest)));
	if (str_eq(word, S("quarter")))
		return any_day(w, 0);
	MUST(str_eq(word, S("day")));
	return any_day(w, number(rest));
}

bool
reminds_on(const struct calendar *calendar, struct date opens, struct date due,
    struct date today)
{
	const struct window w = {calendar, opens, due, today};
	struct tsv t = table(S("reminders.tsv"));
	int length;

	if (date_is_none(due))
		return false;
	length = length_of(opens, due);
	while (tsv_next(&t))
		if (length >= number(t.cells[0]) &&
		    length <= number(t.cells[1]) && is_moment(&w, t.cells[2]))
			return true;
	return false;
}

struct escalation
escalation_usual(void)
{
	struct tsv t = table(S("escalation.tsv"));
	struct escalation e = {0};

	while (tsv_next(&t))
		for (int r = 0; r < RUNG_COUNT; r++)
			if (str_eq(
				t.cells[0], str_of(escalation_rung_codes[r])))
				e.days[r] = number(t.cells[1]);
	return e;
}
