/* schedule.c - schedules date the rows that wait for them. */
#include "core/plans/schedule.h"

#include "base/utf8.h"
#include "core/access/access.h"
#include "core/access/audit.h"
#include "core/plans/moved.h"
#include "core/plans/plan_own.h"
#include "core/plans/plan_steps.h"

enum { COL_FROM, COL_TO, COL_TEXT, COL_SCHOOL, N_COLUMNS };

static const struct file_column columns[N_COLUMNS] = {
    {"from", "с|начало|дата|дата начала", true},
    {"to", "по|конец|окончание|дата окончания", false},
    {"text", "мероприятие|занятие|тема|что", false},
    {"school", "школа|оо|код", false},
};

struct row {
	struct date from, to;
	struct str text;
	school_id school;
};

struct loading {
	struct scope *sc;
	struct file_table t;
	struct directory directory;
	VEC(struct row) rows;
};

/* ---- reading ---- */

static school_id
school_of(struct loading *l, struct str typed)
{
	for (size_t i = 0; i < l->directory.n_schools; i++)
		if (str_eq(l->directory.schools[i].code, typed))
			return l->directory.schools[i].id;
	return directory_school(l->sc->mem, &l->directory, typed);
}

static struct complaint *
refuse(struct loading *l, size_t row, size_t column, const char *sentence)
{
	struct complaint *c = diag_error(l->sc->diag,
	    file_place(&l->t, row, columns, column), "%s", sentence);

	c->value = file_cell(&l->t, row, column);
	return c;
}

static void
read_row(struct loading *l, size_t at)
{
	struct str to = file_cell(&l->t, at, COL_TO);
	struct str school = file_cell(&l->t, at, COL_SCHOOL);
	struct row r = {.text = file_cell(&l->t, at, COL_TEXT)};
	size_t before = l->sc->diag->errors;

	if (!date_parse_loose(file_cell(&l->t, at, COL_FROM), &r.from))
		refuse(l, at, COL_FROM, N_("Это не дата."));
	if (!to.n)
		r.to = r.from;
	else if (!date_parse_loose(to, &r.to))
		refuse(l, at, COL_TO, N_("Это не дата."));
	if (l->sc->diag->errors == before && date_before(r.to, r.from))
		refuse(l, at, COL_TO, N_("Конец раньше начала."));
	if (school.n) {
		r.school = school_of(l, school);
		if (!r.school.v)
			refuse(l, at, COL_SCHOOL, N_("Такой школы нет."));
	}
	if (l->sc->diag->errors == before)
		*vec_push(l->sc->mem, &l->rows) = r;
}

static enum rc
read_rows(struct loading *l, const struct pages *file)
{
	struct scope *sc = l->sc;
	size_t before = sc->diag->errors;
	enum rc rc =
	    file_table_read(sc->mem, file, columns, N_COLUMNS, sc->diag, &l->t);

	if (rc == RC_OK)
		rc = directory_read(sc, &l->directory);
	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < l->t.n; i++)
		read_row(l, i);
	if (!l->t.n)
		diag_error(sc->diag, (struct place){0},
		    N_("В графике нет ни одной строки."));
	return sc->diag->errors > before ? RC_INVALID : RC_OK;
}

/* ---- names ---- */

/* The name without "график" or "план" before it. */
static struct str
bare(struct arena *mem, struct str name)
{
	static const char *const heads[] = {"согласно ", "по ", "график ",
	    "графику ", "план-график ", "план-графику ", "план ", "плану "};
	struct str s = text_fold(mem, str_trim(name));

	for (size_t i = 0; i < COUNT_OF(heads);) {
		if (str_starts(s, str_of(heads[i]))) {
			s = str_from(s, str_of(heads[i]).n);
			i = 0;
		} else {
			i++;
		}
	}
	return s;
}

bool
schedule_is_meant(struct arena *mem, const struct deadline *d, struct str name)
{
	struct str wanted = bare(mem, name);

	return d->kind == DEADLINE_EXTERNAL && d->schedule.n && wanted.n &&
	       str_eq(bare(mem, d->schedule), wanted);
}

/* ---- writing ---- */

static enum rc
find_schedule(struct scope *sc, struct str name, struct q_schedule *ret)
{
	struct str wanted = bare(sc->mem, name);
	struct q_schedule *all;
	size_t n;
	enum rc rc =
	    q_schedule_list(sc->db, sc->mem, sc->actor.municipality, &all, &n);

	for (size_t i = 0; rc == RC_OK && i < n; i++)
		if (str_eq(bare(sc->mem, all[i].name), wanted)) {
			*ret = all[i];
			return RC_OK;
		}
	return rc == RC_OK ? RC_NOT_FOUND : rc;
}

static enum rc
put_head(struct scope *sc, struct str name, struct str source,
    struct schedule_load *ret)
{
	municipality_id m = sc->actor.municipality;
	struct q_schedule there;
	struct q_schedule_add made;
	enum rc rc = find_schedule(sc, name, &there);

	if (rc == RC_OK) {
		const struct q_schedule_set_in in = {.municipality = m,
		    .id = there.id,
		    .version = there.version,
		    .source = source,
		    .person_name = sc->actor.name,
		    .at = sc->now};
		ret->id = there.id;
		return q_schedule_set(sc->db, &in);
	}
	if (rc != RC_NOT_FOUND)
		return rc;
	const struct q_schedule_add_in in = {.municipality = m,
	    .name = str_trim(name),
	    .source = source,
	    .person_name = sc->actor.name,
	    .at = sc->now};
	rc = q_schedule_add(sc->db, sc->mem, &in, &made);
	if (rc == RC_OK) {
		ret->id = made.id;
		ret->is_new = true;
	}
	return rc;
}

static enum rc
put_rows(struct loading *l, struct schedule_load *ret)
{
	municipality_id m = l->sc->actor.municipality;
	enum rc rc = q_schedule_row_clear(l->sc->db, m, ret->id);

	for (size_t i = 0; rc == RC_OK && i < l->rows.n; i++) {
		const struct q_schedule_row_add_in in = {.municipality = m,
		    .schedule = ret->id,
		    .number = (int64_t)i + 1,
		    .text = l->rows.p[i].text,
		    .school = l->rows.p[i].school,
		    .from_day = l->rows.p[i].from,
		    .to_day = l->rows.p[i].to};
		rc = q_schedule_row_add(l->sc->db, &in);
	}
	ret->rows = l->rows.n;
	return rc;
}

/* Rows of one plan that wait for this schedule. */
static enum rc
tie_plan(
    struct scope *sc, plan_id id, struct str name, struct schedule_load *ret)
{
	struct plan p;
	enum rc rc = plan_load(sc, id, &p);

	for (size_t i = 0; rc == RC_OK && i < p.n_parts; i++)
		for (size_t k = 0; rc == RC_OK && k < p.parts[i].n; k++) {
			const struct plan_row *r = &p.parts[i].rows[k];
			if (!schedule_is_meant(sc->mem, &r->deadline, name))
				continue;
			ret->measures++;
			if (r->m.schedule.v != ret->id.v)
				rc = q_measure_set_schedule(sc->db,
				    sc->actor.municipality, r->m.id, ret->id);
		}
	return rc;
}

static enum rc
tie_all(struct scope *sc, struct str name, struct schedule_load *ret)
{
	struct q_running_plan_list *plans;
	size_t n;
	enum rc rc = q_running_plan_list(
	    sc->db, sc->mem, sc->actor.municipality, &plans, &n);

	for (size_t i = 0; rc == RC_OK && i < n; i++)
		rc = tie_plan(sc, plans[i].id, name, ret);
	if (rc == RC_OK && !ret->measures)
		diag_warning(sc->diag, (struct place){0},
		    N_("Ни один утверждённый план не ждёт такого графика: "
		       "проверьте его название."))
		    ->value = name;
	return rc;
}

enum rc
schedule_load(struct scope *sc, const struct pages *file, struct str name,
    struct str source, bool check_only, struct schedule_load *ret)
{
	struct schedule_load done = {0};
	struct loading l = {.sc = sc};
	autotx tx = {0};
	enum rc rc = may(&sc->actor, PERM_SETTINGS_EDIT);

	if (rc == RC_OK && !bare(sc->mem, name).n) {
		diag_error(sc->diag, (struct place){.column = S("name")},
		    N_("У графика нет названия."));
		rc = RC_INVALID;
	}
	if (rc == RC_OK)
		rc = read_rows(&l, file);
	if (rc == RC_OK)
		rc = tx_begin(sc->db, &tx);
	if (rc == RC_OK)
		rc = put_head(sc, name, source.p ? source : S(""), &done);
	if (rc == RC_OK)
		rc = put_rows(&l, &done);
	if (rc == RC_OK)
		rc = tie_all(sc, name, &done);
	if (rc == RC_OK)
		rc = deadlines_follow(sc,
		    arena_fmt(sc->mem, "загружен график «%.*s»%s%.*s%s",
			STR_ARG(str_trim(name)), source.n ? " (" : "",
			STR_ARG(source), source.n ? ")" : ""),
		    &done.deadlines);
	if (rc == RC_OK)
		rc = audit_write(
		    sc, &(struct audit_entry){.action = S("schedule.loaded"),
			    .object = S("schedule"),
			    .object_id = done.id.v,
			    .object_name = str_trim(name),
			    .becomes = arena_fmt(sc->mem,
				"строк %zu, мероприятий %zu, сроков назначено "
				"или сдвинуто %zu",
				done.rows, done.measures,
				done.deadlines.moved + done.deadlines.added),
			    .note = source.p ? source : S("")});
	if (rc == RC_OK && !check_only)
		rc = tx_commit(&tx);
	if (rc == RC_OK)
		*ret = done;
	return rc;
}

/* ---- for occurrences ---- */

enum rc
schedule_windows(struct scope *sc, schedule_id id, struct deadline_window **ret,
    school_id **ret_schools, size_t *ret_n)
{
	struct q_schedule_row *rows;
	size_t n;
	enum rc rc = q_schedule_row_list(
	    sc->db, sc->mem, sc->actor.municipality, id, &rows, &n);

	if (rc != RC_OK)
		return rc;
	struct deadline_window *all =
	    arena_new(sc->mem, struct deadline_window, n ? n : 1);
	school_id *schools = arena_new(sc->mem, school_id, n ? n : 1);
	for (size_t i = 0; i < n; i++) {
		schools[i] = rows[i].school;
		all[i] = (struct deadline_window){.from = rows[i].from_day,
		    .to = rows[i].to_day,
		    .label = rows[i].text};
	}
	*ret = all;
	*ret_schools = schools;
	*ret_n = n;
	return RC_OK;
}

/* ---- what follows ---- */

struct day_changes {
	struct deadline_change *p;
	size_t n, cap;
};

static enum rc
follow(struct scope *sc, plan_id id, struct deadlines_moved *moved,
    struct day_changes *days)
{
	struct occurrences_change change;
	struct plan p;
	enum rc rc = plan_load(sc, id, &p);

	if (rc == RC_OK)
		rc = occurrences_sync(sc, &p, &change);
	if (rc != RC_OK)
		return rc;
	moved->added += change.added;
	moved->moved += change.moved;
	moved->dropped += change.dropped;
	moved->kept += change.kept;
	moved->plans++;
	for (size_t i = 0; i < change.n_days; i++)
		*vec_push(sc->mem, days) = change.days[i];
	return RC_OK;
}

enum rc
deadlines_follow(
    struct scope *sc, struct str cause, struct deadlines_moved *ret)
{
	struct day_changes days = {0};
	struct deadlines_moved moved = {0};
	struct q_running_plan_list *plans;
	size_t n;
	enum rc rc = q_running_plan_list(
	    sc->db, sc->mem, sc->actor.municipality, &plans, &n);

	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		/* The live rows of such a plan are not approved yet. */
		if (!str_eq(plans[i].state, S("approved"))) {
			moved.waiting++;
			continue;
		}
		rc = follow(sc, plans[i].id, &moved, &days);
	}
	if (rc == RC_OK)
		rc = moved_tell(sc, cause, days.p, days.n);
	if (rc == RC_OK)
		*ret = moved;
	return rc;
}
