/* plan_copy.c - a draft out of a plan: for the next year, or for a school. */
#include "core/access/access.h"
#include "core/plans/occurrence.h"
#include "core/plans/plan_own.h"
#include "core/plans/plan_shift.h"

struct copying {
	struct scope *sc;
	const struct plan *from;
	struct directory directory;
	plan_id to;
	int64_t sections; /* made so far */
	int years;        /* later */
	const struct rollup *done;
	size_t n_done;
	bool only_unfinished;
	school_id school; /* whose plan it becomes; 0: the municipality's */
	struct str school_name;
};

static struct str
later(const struct copying *c, struct str s)
{
	return c->years ? words_years_later(c->sc->mem, s, c->years) : s;
}

static enum rc
copy_section(struct copying *c, const struct q_plan_section *s, int64_t *ret)
{
	struct q_plan_section_add made;
	const struct q_plan_section_add_in add = {
	    .municipality = c->sc->actor.municipality,
	    .plan = c->to,
	    .position = ++c->sections,
	    .kind = s->kind,
	    .number = s->number,
	    .title = later(c, s->title)};
	enum rc rc = q_plan_section_add(c->sc->db, c->sc->mem, &add, &made);

	if (rc == RC_OK)
		*ret = made.id;
	return rc;
}

/* Does it go into the copy?  Clauses belong to the order that had them. */
static bool
is_copied(const struct copying *c, const struct plan_part *part,
    const struct plan_row *r)
{
	uint32_t done = 0, of = 0;

	if (r->m.is_dropped || str_eq(part->s.kind, S("order")))
		return false;
	for (size_t i = 0; i < c->n_done; i++)
		if (c->done[i].measure.v == r->m.id.v) {
			done += c->done[i].done;
			of += c->done[i].of;
		}
	return !c->only_unfinished || !of || done < of;
}

/* ---- for a school -------------------------------------------------------------------- */

bool
row_is_for_school(const struct plan_row *r, school_id school)
{
	if (str_eq(r->m.participants, S("all")))
		return true;
	for (size_t i = 0; i < r->n_schools; i++)
		if (r->schools[i].v == school.v)
			return true;
	for (size_t i = 0; i < r->n_who; i++)
		if (r->who[i].school.v == school.v)
			return true;
	return false;
}

struct str
school_title(struct str title, struct str school_part)
{
	return school_part.n ? school_part : title;
}

/* It answers for what it does itself. */
static struct q_measure
as_school_row(const struct copying *c, const struct q_measure *m)
{
	struct q_measure row = *m;

	row.title = school_title(m->title, m->school_part);
	row.school_part = S("");
	row.responsible = c->school_name;
	row.participants = S("none");
	row.parent = m->id;
	return row;
}

/* ---- the walk ------------------------------------------------------------------------- */

static struct q_measure
as_next_year(const struct copying *c, const struct q_measure *m)
{
	struct q_measure row = *m;

	row.title = later(c, m->title);
	row.school_part = later(c, m->school_part);
	row.deadline = later(c, m->deadline);
	row.result = later(c, m->result);
	row.indicator = later(c, m->indicator);
	row.parent = (measure_id){0};
	row.source_place = arena_fmt(c->sc->mem, "план № %lld, строка %.*s",
	    (long long)c->from->head.id.v, STR_ARG(m->number));
	if (c->only_unfinished)
		row.note = arena_fmt(c->sc->mem,
		    "%.*s%sПеренесено из плана № %lld.", STR_ARG(m->note),
		    m->note.n ? "\n" : "", (long long)c->from->head.id.v);
	return row;
}

static enum rc
copy_picked(struct copying *c, const struct plan_row *r, measure_id id)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && !c->school.v && i < r->n_schools; i++)
		rc = q_measure_school_add(
		    c->sc->db, c->sc->actor.municipality, id, r->schools[i]);
	return rc;
}

static enum rc
copy_part(struct copying *c, const struct plan_part *part)
{
	int64_t section = 0, position = 0;
	enum rc rc = RC_OK;

	for (size_t k = 0; rc == RC_OK && k < part->n; k++) {
		const struct plan_row *r = &part->rows[k];
		bool wanted =
		    c->school.v ?
			!r->m.is_dropped && row_is_for_school(r, c->school) :
			is_copied(c, part, r);
		measure_id id;
		if (!wanted)
			continue;
		if (!section)
			rc = copy_section(c, &part->s, &section);
		struct q_measure row = c->school.v ? as_school_row(c, &r->m) :
						     as_next_year(c, &r->m);
		row.plan = c->to;
		row.section = section;
		row.position = ++position;
		if (rc == RC_OK)
			rc = measure_insert(c->sc, &c->directory, &row, &id);
		if (rc == RC_OK)
			rc = copy_picked(c, r, id);
	}
	return rc;
}

static enum rc
copy_people(struct copying *c)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < c->from->n_people; i++) {
		const struct q_plan_person *w = &c->from->people[i];
		rc = q_plan_person_add(
		    c->sc->db, &(struct q_plan_person_add_in){
				   .municipality = c->sc->actor.municipality,
				   .plan = c->to,
				   .number = w->number,
				   .name = w->name,
				   .post = w->post,
				   .area = w->area,
				   .person = w->person});
	}
	return rc;
}

/* The group as it is on the new day; picked schools as they were. */
static enum rc
copy_schools(struct copying *c, const struct plan_new *p)
{
	municipality_id place = c->sc->actor.municipality;
	school_id *group = NULL;
	size_t n = 0;
	enum rc rc = RC_OK;

	if (p->group_kind.n) {
		rc =
		    group_on_day(c->sc, p->group_kind, p->group_on, &group, &n);
		for (size_t i = 0; rc == RC_OK && i < n; i++)
			rc = q_plan_school_add(
			    c->sc->db, place, c->to, group[i], p->period.from);
		return rc;
	}
	for (size_t i = 0; rc == RC_OK && i < c->from->n_schools; i++)
		if (date_is_none(c->from->schools[i].until))
			rc = q_plan_school_add(c->sc->db, place, c->to,
			    c->from->schools[i].school, p->period.from);
	return rc;
}

/* ---- next year -------------------------------------------------------------------------- */

static struct plan_new
next_head(const struct copying *c, const struct plan_copy_options *o)
{
	const struct q_plan *h = &c->from->head;

	return (struct plan_new){.kind = h->kind,
	    .school = h->school,
	    .parent = h->school.v ? (plan_id){0} : h->parent,
	    .title = o->title.n ? o->title : later(c, h->title),
	    .period = o->period,
	    .group_kind = h->group_kind,
	    .group_on =
		date_is_none(o->group_on) ? o->period.from : o->group_on,
	    .columns = h->columns,
	    .basis = h->basis,
	    .control = h->control,
	    .aim = later(c, h->aim),
	    .tasks = later(c, h->tasks)};
}

static enum rc
fill_copy(struct copying *c, const struct plan_new *p)
{
	struct rollup *done = NULL;
	enum rc rc = directory_read(c->sc, &c->directory);

	if (rc == RC_OK)
		rc = plan_rollup(c->sc, c->from->head.id, c->sc->actor.today,
		    &done, &c->n_done);
	c->done = done;
	for (size_t i = 0; rc == RC_OK && i < c->from->n_parts; i++)
		rc = copy_part(c, &c->from->parts[i]);
	if (rc == RC_OK)
		rc = copy_people(c);
	return rc == RC_OK ? copy_schools(c, p) : rc;
}

enum rc
plan_copy(struct scope *sc, plan_id from,
    const struct plan_copy_options *options, plan_id *ret)
{
	struct plan p;
	struct copying c = {
	    .sc = sc, .from = &p, .only_unfinished = options->only_unfinished};
	autotx tx = {0};
	enum rc rc = tx_begin(sc->db, &tx);

	if (rc == RC_OK)
		rc = plan_load(sc, from, &p);
	if (rc != RC_OK)
		return rc;
	c.years = date_is_none(options->period.from) ?
		      0 :
		      date_civil(options->period.from).year -
			  date_civil(p.head.period_from).year;
	struct plan_new head = next_head(&c, options);
	rc = plan_insert(sc, &head,
	    arena_fmt(sc->mem, "план № %lld", (long long)from.v), S(""), from,
	    &c.to);
	if (rc == RC_OK)
		rc = fill_copy(&c, &head);
	if (rc == RC_OK)
		rc = tx_commit(&tx);
	if (rc == RC_OK)
		*ret = c.to;
	return rc;
}

/* ---- a school's road map ------------------------------------------------------------------ */

/* It inherits what an order fixed, and nothing that is still being written. */
static enum rc
check_parent(struct scope *sc, const struct plan *p)
{
	if (str_eq(p->head.kind, S("municipal")) &&
	    str_eq(p->head.state, S("approved")))
		return RC_OK;
	diag_error(sc->diag, (struct place){0},
	    N_("Дорожную карту школы заводят по утверждённой дорожной карте "
	       "округа."))
	    ->hint = S("Дождитесь утверждения плана или его новой редакции.");
	return RC_CONFLICT;
}

static enum rc
check_school(struct scope *sc, const struct plan *p, school_id school,
    struct q_school *ret)
{
	municipality_id place = sc->actor.municipality;
	struct q_plan_children *children;
	size_t n;
	enum rc rc =
	    q_school_by_id(sc->db, sc->mem, &sc->actor, place, school, ret);

	if (rc == RC_OK)
		rc = q_plan_children(
		    sc->db, sc->mem, place, p->head.id, &children, &n);
	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < n; i++)
		if (children[i].school.v == school.v) {
			diag_error(sc->diag, (struct place){0},
			    N_("У этой школы уже есть дорожная карта по этому "
			       "плану: № %lld."),
			    (long long)children[i].id.v);
			return RC_CONFLICT;
		}
	return RC_OK;
}

enum rc
plan_for_school(
    struct scope *sc, plan_id municipal, school_id school, plan_id *ret)
{
	struct plan p;
	struct q_school whose;
	struct copying c = {.sc = sc, .from = &p, .school = school};
	autotx tx = {0};
	enum rc rc = tx_begin(sc->db, &tx);

	if (rc == RC_OK)
		rc = plan_load(sc, municipal, &p);
	if (rc == RC_OK)
		rc = check_parent(sc, &p);
	if (rc == RC_OK)
		rc = check_school(sc, &p, school, &whose);
	if (rc != RC_OK)
		return rc;
	c.school_name = whose.name;
	const struct plan_new head = {.kind = S("school"),
	    .school = school,
	    .parent = municipal,
	    .title =
		arena_fmt(sc->mem, "Дорожная карта: %.*s", STR_ARG(whose.name)),
	    .period = {p.head.period_from, p.head.period_to},
	    .group_on = DATE_NONE,
	    .columns = S("number title deadline responsible result "
			 "report_form"),
	    .basis = p.head.title};
	rc = plan_insert(sc, &head, S(""), S(""), (plan_id){0}, &c.to);
	if (rc == RC_OK)
		rc = directory_read(sc, &c.directory);
	for (size_t i = 0; rc == RC_OK && i < p.n_parts; i++)
		rc = copy_part(&c, &p.parts[i]);
	if (rc == RC_OK)
		rc = q_plan_school_add(sc->db, sc->actor.municipality, c.to,
		    school, head.period.from);
	if (rc == RC_OK)
		rc = tx_commit(&tx);
	if (rc == RC_OK)
		*ret = c.to;
	return rc;
}
