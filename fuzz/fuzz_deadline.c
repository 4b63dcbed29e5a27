/*
 * fuzz_deadline.c - whatever an order prints: is its canonical form read back
 * as the same deadline?
 *
 * The first byte chooses what surrounds the phrase: "0" nothing, "1" a
 * calendar year, "2" a school year and an order, anything else two years.
 */
#include "base/utf8.h"
#include "input.h"
#include "lang/deadline.h"

static struct date
day(int year, int month, int of_month)
{
	struct date d = DATE_NONE;

	MUST(date_of(year, month, of_month, &d));
	return d;
}

static struct deadline_context
surroundings(char which)
{
	struct deadline_context c = {
	    .period = {DATE_NONE, DATE_NONE}, .ordered = DATE_NONE};

	if (which == '0')
		return c;
	c.period.from = which == '2' ? day(2023, 9, 1) : day(2023, 1, 1);
	c.period.to = which == '1' ? day(2023, 12, 31) :
		      which == '2' ? day(2024, 5, 31) :
				     day(2024, 12, 31);
	if (which == '2')
		c.ordered = day(2023, 10, 31);
	return c;
}

static void
check(const struct deadline *d)
{
	MUST(utf8_valid(d->canonical) && utf8_valid(d->schedule));
	MUST(d->n_windows <= DEADLINE_MAX_WINDOWS);
	for (size_t i = 0; i < d->n_windows; i++) {
		const struct deadline_window *w = &d->windows[i];
		MUST(!date_is_none(w->to) && utf8_valid(w->label));
		MUST(date_is_none(w->from) || w->from.day <= w->to.day);
	}
	for (size_t i = 0; i < d->n_assumptions; i++) {
		MUST(utf8_valid(d->assumptions[i]));
		input_touch(d->assumptions[i]);
	}
	MUST(d->kind != DEADLINE_UNKNOWN || d->n_assumptions > 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str text = {(const char *)data, n};

	if (!n || !utf8_valid(text) || str_find_char(text, 0) >= 0)
		return 0;

	autoarena mem = arena_open(0);
	struct deadline_context c = surroundings(text.p[0]);
	struct str phrase = str_from(text, 1), found;
	struct buf rule = buf_open(mem, 0);
	struct deadline d, again;

	deadline_read(mem, phrase, &c, &d);
	check(&d);
	if (d.kind != DEADLINE_UNKNOWN) {
		deadline_read(mem, d.canonical, &c, &again);
		MUST(deadline_eq(&d, &again));
	}
	if (deadline_rrule(&d, &rule))
		input_touch(buf_str(&rule));
	if (deadline_find(mem, phrase, &c, &found, &again)) {
		check(&again);
		MUST(found.n > 0 && found.n <= phrase.n && utf8_valid(found));
	}
	return 0;
}
