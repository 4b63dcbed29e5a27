/* school_calendar.c - the municipality's own calendar, kept and asked. */
#include "core/plans/school_calendar.h"

#include "store/q_calendar.h"

/* ---- rows to the service ---- */

/* "quarter-3" with prefix "quarter-" is 2; -1: not one of most. */
static int
numbered(struct str code, struct str prefix, int most)
{
	int64_t n;

	if (!str_starts(code, prefix) ||
	    !str_to_int(str_from(code, prefix.n), &n) || n < 1 || n > most)
		return -1;
	return (int)n - 1;
}

static const char *const break_codes[BREAK_COUNT] = {
    [BREAK_AUTUMN] = "break-autumn",
    [BREAK_WINTER] = "break-winter",
    [BREAK_SPRING] = "break-spring",
    [BREAK_SUMMER] = "break-summer",
};

struct known {
	bool quarters, halves, teaching;
};

static void
take_span(struct school_year *y, const struct q_calendar_span_list *r,
    struct known *known)
{
	struct day_span span = {r->from_day, r->to_day};
	int i;

	if ((i = numbered(r->code, S("quarter-"), CALENDAR_QUARTERS)) >= 0) {
		y->quarters[i] = span;
		known->quarters = true;
	} else if ((i = numbered(r->code, S("half-"), CALENDAR_HALVES)) >= 0) {
		y->halves[i] = span;
		known->halves = true;
	} else if ((i = numbered(
			r->code, S("trimester-"), CALENDAR_TRIMESTERS)) >= 0) {
		y->trimesters[i] = span;
	} else if (str_eq(r->code, S("teaching"))) {
		y->teaching = span;
		known->teaching = true;
	}
	for (i = 0; i < BREAK_COUNT; i++)
		if (str_eq(r->code, str_of(break_codes[i])))
			y->breaks[i] = span;
}

/* Half-years and the year of lessons follow from the quarters. */
static void
derive(struct school_year *y, const struct known *known)
{
	if (known->quarters && !known->halves) {
		y->halves[0] =
		    (struct day_span){y->quarters[0].from, y->quarters[1].to};
		y->halves[1] =
		    (struct day_span){y->quarters[2].from, y->quarters[3].to};
	}
	if (known->quarters && !known->teaching)
		y->teaching =
		    (struct day_span){y->quarters[0].from, y->quarters[3].to};
	y->is_default = !known->quarters && !known->halves;
}

/* Rows lie by year. */
static void
build(struct arena *mem, const struct q_calendar_span_list *rows, size_t n,
    struct calendar *c)
{
	struct school_year *years = arena_new(mem, struct school_year, n + 1);
	struct exam_window *exams = arena_new(mem, struct exam_window, n + 1);
	struct known known = {0};

	for (size_t i = 0; i < n; i++) {
		if (str_eq(rows[i].code, S("exam"))) {
			exams[c->n_exams++] = (struct exam_window){
			    rows[i].name, {rows[i].from_day, rows[i].to_day}};
			continue;
		}
		if (!c->n_years ||
		    years[c->n_years - 1].year.first != rows[i].year.first) {
			if (c->n_years)
				derive(&years[c->n_years - 1], &known);
			years[c->n_years++] = calendar_year(NULL, rows[i].year);
			known = (struct known){0};
		}
		take_span(&years[c->n_years - 1], &rows[i], &known);
	}
	if (c->n_years)
		derive(&years[c->n_years - 1], &known);
	c->years = years;
	c->exams = exams;
}

static void
build_days(struct arena *mem, const struct q_calendar_day_list *rows, size_t n,
    struct calendar *c)
{
	struct date *off = arena_new(mem, struct date, n + 1);
	struct date *working = arena_new(mem, struct date, n + 1);

	for (size_t i = 0; i < n; i++)
		if (rows[i].is_working)
			working[c->n_working++] = rows[i].day;
		else
			off[c->n_days_off++] = rows[i].day;
	c->days_off = off;
	c->working = working;
}

enum rc
school_calendar_read(struct scope *sc, struct calendar *ret)
{
	municipality_id m = sc->actor.municipality;
	struct calendar c = {0};
	struct q_calendar_span_list *spans;
	struct q_calendar_day_list *days;
	size_t n_spans, n_days;
	enum rc rc = q_calendar_span_list(sc->db, sc->mem, m, &spans, &n_spans);

	if (rc == RC_OK)
		rc = q_calendar_day_list(sc->db, sc->mem, m, &days, &n_days);
	if (rc != RC_OK)
		return rc;
	build(sc->mem, spans, n_spans, &c);
	build_days(sc->mem, days, n_days, &c);
	*ret = c;
	return RC_OK;
}
