/* school_calendar_load.c - a year of the municipality out of a file. */
#include "base/buf.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "core/access/access.h"
#include "core/access/audit.h"
#include "core/plans/school_calendar.h"
#include "store/q_calendar.h"

enum { COL_YEAR, COL_CODE, COL_FROM, COL_TO, COL_NAME, N_COLUMNS };

static const struct file_column columns[N_COLUMNS] = {
    {"year", "год|учебный год", true},
    {"code", "что|период|код", true},
    {"from", "с|начало|дата начала", true},
    {"to", "по|конец|окончание|дата окончания", true},
    {"name", "название|экзамен", false},
};

struct span {
	struct syear year;
	struct str code;
	struct date from, to;
	struct str name;
	size_t row;
};

struct loading {
	struct scope *sc;
	struct file_table t;
	VEC(struct span) spans;
};

static struct complaint *
refuse(struct loading *l, size_t row, size_t column, const char *sentence)
{
	struct complaint *c = diag_error(l->sc->diag,
	    file_place(&l->t, row, columns, column), "%s", sentence);

	c->value = file_cell(&l->t, row, column);
	return c;
}

static bool
is_exam(const struct span *s)
{
	return str_eq(s->code, S("exam"));
}

static bool
is_day(const struct span *s)
{
	return str_eq(s->code, S("day-off")) ||
	       str_eq(s->code, S("working-day"));
}

static void
check_days(struct loading *l, size_t row, const struct span *s)
{
	if (date_before(s->to, s->from))
		refuse(l, row, COL_TO, N_("Конец раньше начала."));
	else if (date_before(s->from, syear_from(s->year)) ||
		 date_before(syear_to(s->year), s->to))
		refuse(
		    l, row, COL_FROM, N_("Дни не лежат в этом учебном году."))
		    ->expected = S("с 1 сентября по 31 августа");
	if (is_exam(s) && !s->name.n)
		refuse(l, row, COL_NAME, N_("У экзамена нет названия."));
	for (size_t i = 0; i < l->spans.n; i++)
		if (str_eq(l->spans.p[i].code, s->code) && !is_day(s) &&
		    l->spans.p[i].year.first == s->year.first &&
		    str_eq(l->spans.p[i].name, s->name))
			refuse(l, row, COL_CODE,
			    N_("Это уже названо в строке выше."));
}

static void
read_row(struct loading *l, size_t row)
{
	struct span s = {.row = row, .name = S("")};
	size_t before = l->sc->diag->errors;
	struct str to = file_cell(&l->t, row, COL_TO);

	if (!syear_parse(file_cell(&l->t, row, COL_YEAR), &s.year))
		refuse(l, row, COL_YEAR, N_("Это не учебный год."))->expected =
		    S("2026/2027");
	s.code =
	    school_period_code(l->sc->mem, file_cell(&l->t, row, COL_CODE));
	if (!s.code.n)
		refuse(l, row, COL_CODE, N_("Такого периода нет."))->expected =
		    S("quarter-1, break-autumn, exam, day-off …");
	if (!date_parse_loose(file_cell(&l->t, row, COL_FROM), &s.from))
		refuse(l, row, COL_FROM, N_("Это не дата."));
	if (!to.n)
		s.to = s.from; /* one day */
	else if (!date_parse_loose(to, &s.to))
		refuse(l, row, COL_TO, N_("Это не дата."));
	if (is_exam(&s))
		s.name = file_cell(&l->t, row, COL_NAME);
	if (l->sc->diag->errors == before)
		check_days(l, row, &s);
	if (l->sc->diag->errors == before)
		*vec_push(l->sc->mem, &l->spans) = s;
}

/* ---- a year as a whole ---- */

static const struct span *
find(const struct loading *l, struct syear year, struct str code)
{
	for (size_t i = 0; i < l->spans.n; i++)
		if (l->spans.p[i].year.first == year.first &&
		    str_eq(l->spans.p[i].code, code))
			return &l->spans.p[i];
	return NULL;
}

/* Terms of one kind: all or none, one after another. */
static void
check_terms(struct loading *l, const struct span *first, const char *prefix,
    int most, const char *sentence)
{
	const struct span *before = NULL;
	int found = 0;

	for (int i = 1; i <= most; i++) {
		const struct span *s = find(
		    l, first->year, arena_fmt(l->sc->mem, "%s%d", prefix, i));
		if (!s)
			continue;
		found++;
		if (before && !date_before(before->to, s->from))
			refuse(l, s->row, COL_FROM,
			    N_("Начинается раньше, чем кончился предыдущий."));
		before = s;
	}
	if (found && found < most)
		refuse(l, first->row, COL_YEAR, sentence);
}

static bool
is_first_of_year(const struct loading *l, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (l->spans.p[i].year.first == l->spans.p[at].year.first)
			return false;
	return true;
}

static void
check_years(struct loading *l)
{
	for (size_t i = 0; i < l->spans.n; i++) {
		const struct span *s = &l->spans.p[i];
		if (!is_first_of_year(l, i))
			continue;
		check_terms(l, s, "quarter-", CALENDAR_QUARTERS,
		    N_("Названы не все четыре четверти этого года."));
		check_terms(l, s, "half-", CALENDAR_HALVES,
		    N_("Названо только одно полугодие этого года."));
		check_terms(l, s, "trimester-", CALENDAR_TRIMESTERS,
		    N_("Названы не все три триместра этого года."));
	}
}

/* ---- writing ---- */

static enum rc
clear_years(struct loading *l)
{
	municipality_id m = l->sc->actor.municipality;
	enum rc rc = RC_OK;
	int64_t n;

	for (size_t i = 0; rc == RC_OK && i < l->spans.n; i++) {
		struct syear year = l->spans.p[i].year;
		if (!is_first_of_year(l, i))
			continue;
		rc = q_calendar_span_clear(l->sc->db, m, year, &n);
		if (rc == RC_OK)
			rc = q_calendar_day_clear(
			    l->sc->db, m, syear_from(year), syear_to(year), &n);
	}
	return rc;
}

static enum rc
put_days(
    struct loading *l, const struct span *s, struct school_calendar_load *ret)
{
	bool working = str_eq(s->code, S("working-day"));
	enum rc rc = RC_OK;

	for (struct date d = s->from; rc == RC_OK && !date_before(s->to, d);
	     d = date_plus(d, 1)) {
		rc = q_calendar_day_set(
		    l->sc->db, l->sc->actor.municipality, d, working);
		ret->days++;
	}
	return rc;
}

static enum rc
put_span(struct loading *l, const struct span *s, struct str source,
    struct school_calendar_load *ret)
{
	const struct q_calendar_span_add_in in = {
	    .municipality = l->sc->actor.municipality,
	    .year = s->year,
	    .code = s->code,
	    .name = s->name,
	    .from_day = s->from,
	    .to_day = s->to,
	    .source = source.p ? source : S("")};

	if (is_day(s))
		return put_days(l, s, ret);
	ret->spans++;
	return q_calendar_span_add(l->sc->db, &in);
}

static enum rc
write_all(
    struct loading *l, struct str source, struct school_calendar_load *ret)
{
	struct scope *sc = l->sc;
	enum rc rc = clear_years(l);

	for (size_t i = 0; rc == RC_OK && i < l->spans.n; i++)
		rc = put_span(l, &l->spans.p[i], source, ret);
	if (rc == RC_OK)
		rc = deadlines_follow(sc,
		    arena_fmt(sc->mem,
			"загружен календарь учебного года%s%.*s%s",
			source.n ? " (" : "", STR_ARG(source),
			source.n ? ")" : ""),
		    &ret->deadlines);
	if (rc == RC_OK)
		rc = audit_write(
		    sc, &(struct audit_entry){.action = S("calendar.loaded"),
			    .object = S("calendar"),
			    .becomes = arena_fmt(sc->mem,
				"периодов %zu, дней %zu, сдвинуто сроков %zu",
				ret->spans, ret->days, ret->deadlines.moved),
			    .note = source.p ? source : S("")});
	return rc;
}

enum rc
school_calendar_load(struct scope *sc, const struct pages *file,
    struct str source, bool check_only, struct school_calendar_load *ret)
{
	struct school_calendar_load done = {0};
	struct loading l = {.sc = sc};
	size_t before = sc->diag->errors;
	autotx tx = {0};
	enum rc rc = may(&sc->actor, PERM_SETTINGS_EDIT);

	if (rc == RC_OK)
		rc = file_table_read(
		    sc->mem, file, columns, N_COLUMNS, sc->diag, &l.t);
	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < l.t.n; i++)
		read_row(&l, i);
	if (sc->diag->errors == before)
		check_years(&l);
	if (sc->diag->errors > before)
		return RC_INVALID;
	rc = tx_begin(sc->db, &tx);
	if (rc == RC_OK)
		rc = write_all(&l, source, &done);
	if (rc == RC_OK && !check_only)
		rc = tx_commit(&tx);
	if (rc == RC_OK)
		*ret = done;
	return rc;
}
