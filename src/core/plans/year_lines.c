/* year_lines.c - which days does a person's text give to a school year? */
#include "core/plans/year_lines.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/vec.h"
#include "lang/deadline.h"
#include "store/q_calendar.h"

/* ---- out ---- */

struct writing {
	struct arena *mem;
	VEC(struct year_line) lines;
};

static void
put_line(struct writing *w, struct str name, struct day_span days)
{
	*vec_push(w->mem, &w->lines) = (struct year_line){name, days};
}

static void
put_usual(struct writing *w, struct syear year)
{
	static const char *const codes[] = {"quarter-1", "quarter-2",
	    "quarter-3", "quarter-4", "break-autumn", "break-winter",
	    "break-spring", "break-summer"};
	struct school_year usual = calendar_year(NULL, year);

	for (size_t i = 0; i < COUNT_OF(codes); i++)
		put_line(w, school_period_title(str_of(codes[i])),
		    i < CALENDAR_QUARTERS ?
			usual.quarters[i] :
			usual.breaks[i - CALENDAR_QUARTERS]);
}

/* Days of one kind that follow each other are one line. */
static void
put_days(struct writing *w, const struct q_calendar_day_list *days, size_t n,
    struct syear year)
{
	for (size_t i = 0, k; i < n; i = k) {
		for (k = i + 1;
		     k < n && days[k].is_working == days[i].is_working &&
		     date_eq(date_plus(days[k - 1].day, 1), days[k].day);)
			k++;
		if (date_before(days[i].day, syear_from(year)) ||
		    date_before(syear_to(year), days[i].day))
			continue;
		put_line(w,
		    school_period_title(
			days[i].is_working ? S("working-day") : S("day-off")),
		    (struct day_span){days[i].day, days[k - 1].day});
	}
}

static int
by_day(const void *a, const void *b)
{
	const struct day_span *x = &((const struct year_line *)a)->days;
	const struct day_span *y = &((const struct year_line *)b)->days;

	return (x->from.day > y->from.day) - (x->from.day < y->from.day);
}

static struct str
text_of(const struct writing *w)
{
	struct buf b = buf_open(w->mem, 0);

	vec_each(const struct year_line, l, &w->lines) {
		buf_fmt(&b, "%.*s: %.*s", STR_ARG(l->name),
		    STR_ARG(date_ru(w->mem, l->days.from)));
		if (!date_eq(l->days.from, l->days.to))
			buf_fmt(&b, " – %.*s",
			    STR_ARG(date_ru(w->mem, l->days.to)));
		buf_c(&b, "\n");
	}
	return buf_str(&b);
}

enum rc
year_lines_read(struct scope *sc, struct syear year, struct year_lines *ret)
{
	struct year_lines y = {.is_default = true, .source = S("")};
	struct writing w = {.mem = sc->mem};
	struct q_calendar_span_list *spans;
	struct q_calendar_day_list *days;
	size_t n_spans, n_days;
	municipality_id m = sc->actor.municipality;
	enum rc rc = q_calendar_span_list(sc->db, sc->mem, m, &spans, &n_spans);

	if (rc == RC_OK)
		rc = q_calendar_day_list(sc->db, sc->mem, m, &days, &n_days);
	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < n_spans; i++) {
		const struct q_calendar_span_list *s = &spans[i];

		if (s->year.first != year.first)
			continue;
		put_line(&w, s->name.n ? s->name : school_period_title(s->code),
		    (struct day_span){s->from_day, s->to_day});
		y.is_default = false;
		if (s->source.n)
			y.source = s->source;
	}
	if (y.is_default)
		put_usual(&w, year);
	put_days(&w, days, n_days, year);
	if (w.lines.n)
		qsort(w.lines.p, w.lines.n, sizeof *w.lines.p, by_day);
	y.all = w.lines.p;
	y.n = w.lines.n;
	y.text = text_of(&w);
	*ret = y;
	return RC_OK;
}

/* ---- in ---- */

enum { COL_YEAR, COL_CODE, COL_FROM, COL_TO, COL_NAME, N_COLUMNS };

struct reading {
	struct scope *sc;
	struct syear year;
	struct buf faults;
	VEC(struct grid_row) rows; /* the first is the heading */
	VEC(struct str) lines;     /* which each row came from */
};

static void
put_row(struct reading *r, struct str line, const struct str cells[N_COLUMNS])
{
	struct arena *mem = r->sc->mem;
	struct grid_cell *all = arena_new(mem, struct grid_cell, N_COLUMNS);

	for (uint16_t c = 0; c < N_COLUMNS; c++)
		all[c] = (struct grid_cell){
		    .text = cells[c], .column = c, .span = 1};
	*vec_push(mem, &r->rows) =
	    (struct grid_row){.cells = all, .n = N_COLUMNS};
	*vec_push(mem, &r->lines) = line;
}

static void
refuse(struct reading *r, struct str line, const char *sentence)
{
	buf_fmt(&r->faults, "%s«%.*s»: %s", r->faults.n ? " " : "",
	    STR_ARG(line), sentence);
}

/* Only days: what is "till", recurring or somebody's schedule is no period. */
static void
read_days(struct reading *r, struct str line, struct str name, struct str when)
{
	struct arena *mem = r->sc->mem;
	const struct deadline_context context = {
	    .period = {syear_from(r->year), syear_to(r->year)},
	    .ordered = DATE_NONE};
	struct str code = school_period_code(mem, name);
	struct deadline d;

	deadline_read(mem, when, &context, &d);
	if (!name.n)
		refuse(r, line, N_("Перед двоеточием нет названия периода."));
	else if (d.kind != DEADLINE_DATES || !d.n_windows)
		refuse(r, line,
		    N_("Не понято, какие это дни. Напишите так: 01.09.2026 – "
		       "31.10.2026."));
	else
		for (size_t i = 0; i < d.n_windows; i++)
			put_row(r, line,
			    (struct str[]){syear_ru(mem, r->year),
				code.n ? code : S("exam"),
				date_ru(mem, d.windows[i].from),
				date_ru(mem, d.windows[i].to), name});
}

static void
read_lines(struct reading *r, struct str text)
{
	static const struct str heading[N_COLUMNS] = {S_INIT("год"),
	    S_INIT("что"), S_INIT("с"), S_INIT("по"), S_INIT("название")};
	struct str line;

	put_row(r, S(""), heading);
	while (str_split(&text, '\n', &line)) {
		line = str_trim(line);
		if (!line.n)
			continue;
		ptrdiff_t colon = str_find_char(line, ':');
		if (colon < 0)
			refuse(r, line,
			    N_("Нет двоеточия между названием и днями."));
		else
			read_days(r, line,
			    str_trim(str_cut(line, 0, (size_t)colon)),
			    str_trim(str_from(line, (size_t)colon + 1)));
	}
}

/* The loader's complaints name rows; a person sees lines. */
static void
take_complaints(struct reading *r, const struct diag *d)
{
	for (size_t i = 0; i < d->n; i++) {
		const struct complaint *c = &d->all[i];
		size_t row = c->at.row;

		if (row > 0 && row <= r->lines.n)
			refuse(r, r->lines.p[row - 1],
			    arena_cstr(r->sc->mem, c->text));
		else
			buf_fmt(&r->faults, "%s%.*s", r->faults.n ? " " : "",
			    STR_ARG(c->text));
	}
}

static enum rc
tell(struct reading *r)
{
	diag_error(r->sc->diag, (struct place){.column = S("lines")}, "%.*s",
	    STR_ARG(buf_str(&r->faults)));
	return RC_INVALID;
}

enum rc
year_lines_save(struct scope *sc, struct syear year, struct str lines,
    struct str source, bool check_only, struct school_calendar_load *ret)
{
	struct reading r = {
	    .sc = sc, .year = year, .faults = buf_open(sc->mem, 0)};
	struct diag d = diag_open(sc->mem, 0);
	struct scope own = *sc;
	struct block table = {.kind = BLOCK_TABLE, .number = 1};
	enum rc rc;

	read_lines(&r, lines);
	if (r.faults.n)
		return tell(&r);
	table.rows = r.rows.p;
	table.n_rows = (uint32_t)r.rows.n;
	own.diag = &d;
	rc = school_calendar_load(&own,
	    &(struct pages){.blocks = &table, .n = 1}, source, check_only, ret);
	if (rc != RC_INVALID)
		return rc;
	take_complaints(&r, &d);
	return tell(&r);
}
