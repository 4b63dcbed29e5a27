/* lint_plan.c - a kept plan before the linter, with what is known beside it. */
#include "core/plans/lint_plan.h"

#include "base/utf8.h"
#include "core/methods/status.h"
#include "store/q_access.h"
#include "store/q_control.h"
#include "store/q_registry.h"

/* ---- the plan as a reading ------------------------------------------------------- */

/* A column is there when the plan prints it, or any row fills it. */
struct columns {
	bool has[COLUMN_COUNT];
};

static void
see(struct columns *c, enum plan_column column, struct str text)
{
	c->has[column] |= text.n > 0;
}

static struct columns
columns_of(const struct plan *p)
{
	static const struct {
		const char *code;
		enum plan_column column;
	} codes[] = {{"number", COLUMN_NUMBER}, {"result", COLUMN_RESULT},
	    {"indicator", COLUMN_INDICATOR}, {"report_form", COLUMN_REPORT}};
	struct columns c = {.has = {[COLUMN_RESPONSIBLE] = true}};
	struct str rest = p->head.columns, code;

	while (str_split(&rest, ' ', &code))
		for (size_t i = 0; i < COUNT_OF(codes); i++)
			if (str_eq(code, str_of(codes[i].code)))
				c.has[codes[i].column] = true;
	for (size_t i = 0; i < p->n_parts; i++)
		for (size_t k = 0; k < p->parts[i].n; k++) {
			const struct q_measure *m = &p->parts[i].rows[k].m;
			see(&c, COLUMN_NUMBER, m->number);
			see(&c, COLUMN_RESULT, m->result);
			see(&c, COLUMN_INDICATOR, m->indicator);
			see(&c, COLUMN_REPORT, m->report_form);
			see(&c, COLUMN_REPORT, m->evidence);
		}
	return c;
}

static void
add_headings(struct arena *mem, const struct columns *c, struct plan_table *t)
{
	t->headings = arena_new(mem, struct plan_heading, COLUMN_COUNT);
	/* Control points have their own few columns. */
	for (enum plan_column i = 0; i < COLUMN_COUNT; i++)
		if (c->has[i] &&
		    (t->kind != TABLE_POINTS || i == COLUMN_RESPONSIBLE))
			t->headings[t->n_headings++] =
			    (struct plan_heading){.column = i};
}

static enum plan_table_kind
table_kind(struct str section)
{
	return str_eq(section, S("points"))     ? TABLE_POINTS :
	       str_eq(section, S("mechanisms")) ? TABLE_MECHANISMS :
						  TABLE_MEASURES;
}

/* Evidence that was picked stands for a form nobody printed. */
static struct plan_measure
measure_of(struct arena *mem, const struct plan_row *r, size_t part, size_t row)
{
	const struct q_measure *m = &r->m;

	return (struct plan_measure){.table = part,
	    .section = NO_SECTION,
	    .number = m->number,
	    .title = m->title,
	    .school_part = m->school_part,
	    .deadline = m->deadline,
	    .parsed = r->deadline,
	    .responsible_text = m->responsible,
	    .responsible = responsibles_of(mem, m->responsible),
	    .result = m->result,
	    .indicator = m->indicator,
	    .report_form = m->report_form.n ? m->report_form : m->evidence,
	    .note = m->note,
	    .has_start = m->baseline_num.is_known,
	    .at = {
		(uint32_t)part + 1, (uint32_t)part + 1, (uint32_t)row + 1, 0}};
}

static void
add_part(struct arena *mem, const struct plan_part *part, size_t no,
    struct plan_reading *ret)
{
	bool is_order = str_eq(part->s.kind, S("order"));
	bool is_point = str_eq(part->s.kind, S("points"));

	for (size_t k = 0; k < part->n; k++) {
		const struct plan_row *r = &part->rows[k];
		struct plan_measure m = measure_of(mem, r, no, k);
		if (r->m.is_dropped)
			continue;
		if (is_order)
			*vec_push(mem, &ret->clauses) =
			    (struct plan_clause){.number = m.number,
				.title = m.title,
				.addressee = m.responsible_text,
				.deadline = m.deadline,
				.parsed = m.parsed,
				.responsible = m.responsible,
				.at = m.at};
		else if (is_point)
			*vec_push(mem, &ret->points) = m;
		else
			*vec_push(mem, &ret->measures) = m;
	}
}

void
plan_as_reading(
    struct arena *mem, const struct plan *p, struct plan_reading *ret)
{
	struct columns c = columns_of(p);

	*ret = (struct plan_reading){.title = p->head.title,
	    .period = {p->head.period_from, p->head.period_to},
	    .ordered = p->ordered};
	for (size_t i = 0; i < p->n_parts; i++) {
		struct plan_table *t = vec_push(mem, &ret->tables);
		*t = (struct plan_table){.kind = table_kind(p->parts[i].s.kind),
		    .title = p->parts[i].s.title,
		    .period = plan_part_context(p, &p->parts[i]).period,
		    .at = {(uint32_t)i + 1, (uint32_t)i + 1, 0, 0}};
		add_headings(mem, &c, t);
		add_part(mem, &p->parts[i], i, ret);
		if (t->title.n)
			*vec_push(mem, &ret->sections) =
			    (struct plan_section){.table = 0,
				.title = p->parts[i].s.number.n ?
					     arena_fmt(mem, "%.*s %.*s",
						 STR_ARG(p->parts[i].s.number),
						 STR_ARG(t->title)) :
					     t->title,
				.at = t->at};
	}
	for (size_t i = 0; i < p->n_people; i++)
		*vec_push(mem, &ret->people) =
		    (struct plan_person){.name = p->people[i].name,
			.post = p->people[i].post,
			.area = p->people[i].area};
}

/* ---- what is known beside it -------------------------------------------------------- */

struct knowing {
	struct scope *sc;
	VEC(struct str) names;
	VEC(struct str) schools;
	VEC(struct lint_group) groups;
};

static void
know(struct knowing *k, struct str name)
{
	if (str_trim(name).n)
		*vec_push(k->sc->mem, &k->names) = text_fold(k->sc->mem, name);
}

static enum rc
know_directory(struct knowing *k)
{
	struct scope *sc = k->sc;
	municipality_id place = sc->actor.municipality;
	struct q_municipality here;
	struct q_person *people;
	struct q_school *schools;
	struct q_responsible_used *used;
	size_t n_people, n_schools, n_used;
	enum rc rc = q_municipality_by_id(sc->db, sc->mem, place, &here);

	if (rc == RC_OK)
		rc = q_person_list(sc->db, sc->mem, place, &people, &n_people);
	if (rc == RC_OK)
		rc = q_school_list(
		    sc->db, sc->mem, &sc->actor, place, &schools, &n_schools);
	if (rc == RC_OK)
		rc = q_responsible_used(sc->db, sc->mem, place, &used, &n_used);
	if (rc != RC_OK)
		return rc;
	know(k, here.body);
	for (size_t i = 0; i < n_people; i++) {
		know(k, people[i].name);
		know(k, people[i].post);
	}
	for (size_t i = 0; i < n_schools; i++)
		know(k, schools[i].name);
	for (size_t i = 0; i < n_used; i++)
		know(k, used[i].text);
	return RC_OK;
}

/* The names by which plans call the groups. */
static const char *
group_name(enum official_kind kind)
{
	struct str code = str_of(official_kind_codes[kind]);

	return str_eq(code, S("shnor")) ? "ШНОР" :
	       str_eq(code, S("shnsu")) ? "ШНСУ" :
					  NULL;
}

static enum rc
know_groups(struct knowing *k, const struct plan *p)
{
	struct status status;
	struct date on = p && !date_is_none(p->head.group_on) ?
			     p->head.group_on :
			     k->sc->actor.today;
	enum rc rc = status_on(k->sc, on, &status);

	for (enum official_kind i = 0; rc == RC_OK && i < OFFICIAL_KIND_COUNT;
	     i++)
		if (group_name(i) && status.counts[i])
			*vec_push(k->sc->mem, &k->groups) = (struct lint_group){
			    str_of(group_name(i)), (int64_t)status.counts[i]};
	return rc;
}

enum rc
lint_context_read(
    struct scope *sc, const struct plan *p, struct lint_context *ret)
{
	struct knowing k = {.sc = sc};
	enum rc rc = know_directory(&k);

	if (rc == RC_OK)
		rc = know_groups(&k, p);
	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; p && i < p->n_people; i++) {
		know(&k, p->people[i].name);
		know(&k, p->people[i].post);
	}
	for (size_t i = 0; p && i < p->n_schools; i++)
		if (date_is_none(p->schools[i].until))
			*vec_push(sc->mem, &k.schools) = p->schools[i].name;
	*ret = (struct lint_context){.directory = k.names.p,
	    .n_directory = k.names.n,
	    .schools = k.schools.p,
	    .n_schools = k.schools.n,
	    .groups = k.groups.p,
	    .n_groups = k.groups.n,
	    .is_kept = p != NULL};
	return RC_OK;
}

/* ---- both together --------------------------------------------------------------------- */

/* The id of the n-th row of measures, then of points, as the reading has them. */
static measure_id *
ids_of(struct arena *mem, const struct plan *p, const struct plan_reading *r)
{
	measure_id *ids =
	    arena_new(mem, measure_id, r->measures.n + r->points.n + 1);
	size_t measure = 0, point = r->measures.n;

	for (size_t i = 0; i < p->n_parts; i++)
		for (size_t k = 0; k < p->parts[i].n; k++) {
			const struct q_measure *m = &p->parts[i].rows[k].m;
			if (m->is_dropped ||
			    str_eq(p->parts[i].s.kind, S("order")))
				continue;
			if (str_eq(p->parts[i].s.kind, S("points")))
				ids[point++] = m->id;
			else
				ids[measure++] = m->id;
		}
	return ids;
}

/* What somebody said beside a control point: a number, or the year of one. */
static enum rc
mark_starts(struct scope *sc, const struct plan *p, const measure_id *ids,
    struct plan_reading *r)
{
	struct q_control *all;
	size_t n;
	enum rc rc = q_control_list(
	    sc->db, sc->mem, sc->actor.municipality, p->head.id, &all, &n);

	for (size_t i = 0; rc == RC_OK && i < n; i++)
		for (size_t k = 0; k < r->points.n; k++)
			if (ids[r->measures.n + k].v == all[i].measure.v)
				r->points.p[k].has_start |=
				    all[i].baseline_num.is_known ||
				    all[i].baseline_year.first;
	return rc;
}

enum rc
plan_lint_kept(
    struct scope *sc, const struct plan *p, struct lint_findings *ret)
{
	struct lint_context context;
	struct plan_reading reading;
	enum rc rc = lint_context_read(sc, p, &context);

	if (rc != RC_OK)
		return rc;
	plan_as_reading(sc->mem, p, &reading);
	const measure_id *ids = ids_of(sc->mem, p, &reading);
	rc = mark_starts(sc, p, ids, &reading);
	if (rc != RC_OK)
		return rc;
	*ret = plan_lint(sc->mem, &reading, &context);
	for (size_t i = 0; i < ret->n; i++)
		for (size_t k = 0; k < ret->all[i].n_places; k++) {
			struct lint_place *at = &ret->all[i].places[k];
			if (at->row != NO_ROW)
				at->measure = ids[at->row];
		}
	return RC_OK;
}
