/* proposal_make.c - what of a new edition is offered to which school? */
#include "core/access/notices.h"
#include "core/plans/plan_own.h"
#include "core/plans/proposal_own.h"

struct proposing {
	struct scope *sc;
	const struct plan *plan;
	struct editions editions;
	int64_t edition;
	plan_id child;
	school_id school;
	const struct q_measure *rows; /* of the school's plan */
	size_t n_rows;
	const struct q_proposal *open;
	size_t n_open;
	size_t made;
};

static bool
lists_school(struct str ids, school_id school)
{
	struct str id;
	int64_t n;

	while (ids.n && str_split(&ids, ' ', &id))
		if (str_to_int(id, &n) && n == school.v)
			return true;
	return false;
}

/* As far as the edition says; a name counts while the words are the same. */
static bool
took_part(const struct q_edition_measure *was, const struct plan_row *row,
    school_id school)
{
	if (!was)
		return false;
	if (str_eq(was->schools, S("all")) ||
	    lists_school(was->schools, school))
		return true;
	return row && str_eq(row->m.responsible, was->responsible) &&
	       row_is_for_school(row, school);
}

/* Also NULL for a row that was taken out. */
static const struct plan_row *
live_row(const struct plan *p, measure_id id)
{
	for (size_t i = 0; i < p->n_parts; i++)
		for (size_t k = 0; k < p->parts[i].n; k++) {
			const struct plan_row *r = &p->parts[i].rows[k];

			if (r->m.id.v == id.v)
				return r->m.is_dropped ? NULL : r;
		}
	return NULL;
}

static const struct q_measure *
child_row(const struct proposing *p, measure_id parent)
{
	for (size_t i = 0; i < p->n_rows; i++)
		if (p->rows[i].parent.v == parent.v && !p->rows[i].is_dropped)
			return &p->rows[i];
	return NULL;
}

static const struct q_proposal *
open_one(const struct proposing *p, measure_id parent)
{
	for (size_t i = 0; i < p->n_open; i++)
		if (p->open[i].parent.v == parent.v &&
		    str_eq(p->open[i].state, S("open")))
			return &p->open[i];
	return NULL;
}

/* Whom the row is for, or what it says to a school, is another than before. */
static bool
concerns_schools(
    const struct q_edition_measure *was, const struct q_edition_measure *is)
{
	struct school_words a = words_of_edition(was);
	struct school_words b = words_of_edition(is);

	return !was || !is || words_differ(&a, &b) ||
	       !str_eq(was->schools, is->schools) ||
	       !str_eq(was->responsible, is->responsible);
}

/* "added", "changed", "dropped", or NULL: nothing to offer. */
static const char *
offered(const struct proposing *p, measure_id parent,
    const struct q_edition_measure *was, const struct q_edition_measure *is)
{
	const struct plan_row *row = live_row(p->plan, parent);
	bool has_row = child_row(p, parent) != NULL;
	bool takes_part = row && row_is_for_school(row, p->school);
	struct school_words a = words_of_edition(was);
	struct school_words b = words_of_edition(is);

	if (!takes_part)
		return has_row ? "dropped" : NULL;
	if (!has_row) /* a row the school took out itself is not offered back */
		return took_part(was, row, p->school) ? NULL : "added";
	return was && words_differ(&a, &b) ? "changed" : NULL;
}

static enum rc
propose(struct proposing *p, measure_id parent,
    const struct q_edition_measure *before, const struct q_edition_measure *is)
{
	const struct q_proposal *open = open_one(p, parent);
	const struct q_measure *row = child_row(p, parent);
	int64_t from = open ? open->from_edition : p->edition - 1;
	const struct q_edition_measure *was = before;
	enum rc rc = RC_OK;

	if (!concerns_schools(before, is))
		return RC_OK;
	if (open)
		rc = proposal_close(p->sc, open->id, "replaced", S(""), false);
	if (rc == RC_OK && open)
		rc = edition_row(p->sc, &p->editions, from, parent, &was);
	if (rc != RC_OK)
		return rc;
	const char *change = offered(p, parent, was, is);
	if (!change)
		return RC_OK;
	p->made++;
	return q_proposal_add(
	    p->sc->db, &(struct q_proposal_add_in){
			   .municipality = p->sc->actor.municipality,
			   .plan = p->child,
			   .measure = row ? row->id : (measure_id){0},
			   .parent = parent,
			   .from_edition = from,
			   .edition = p->edition,
			   .change = str_of(change),
			   .at = p->sc->now});
}

static enum rc
tell_school(struct proposing *p)
{
	struct scope *sc = p->sc;
	const struct notice n = {.kind = NOTICE_PROPOSAL_MADE,
	    .object = S("proposals"),
	    .object_id = p->child.v,
	    .school = p->school,
	    .text = arena_fmt(sc->mem,
		"Утверждена редакция %lld дорожной карты «%.*s». К дорожной "
		"карте школы предложено изменений: %zu.",
		(long long)p->edition, STR_ARG(p->plan->head.title), p->made)};

	return p->made ? notify_right(sc, PERM_PLANS_ANSWER, REACH_OWN, &n) :
			 RC_OK;
}

/* Rows of the new edition first, then those it no longer has. */
static enum rc
propose_to(struct proposing *p, const struct edition_rows *was,
    const struct edition_rows *is)
{
	struct scope *sc = p->sc;
	municipality_id m = sc->actor.municipality;
	struct q_measure *rows;
	struct q_proposal *open;
	const struct q_edition_measure *other;
	enum rc rc =
	    q_measure_list(sc->db, sc->mem, m, p->child, &rows, &p->n_rows);

	if (rc == RC_OK)
		rc = q_proposal_list(sc->db, sc->mem, &sc->actor, m, p->child,
		    &open, &p->n_open);
	if (rc != RC_OK)
		return rc;
	p->rows = rows;
	p->open = open;
	p->made = 0;
	for (size_t i = 0; rc == RC_OK && i < is->n; i++) {
		measure_id id = is->all[i].measure;
		rc = edition_row(sc, &p->editions, p->edition - 1, id, &other);
		if (rc == RC_OK)
			rc = propose(p, id, other, &is->all[i]);
	}
	for (size_t i = 0; rc == RC_OK && i < was->n; i++) {
		measure_id id = was->all[i].measure;
		rc = edition_row(sc, &p->editions, p->edition, id, &other);
		if (rc == RC_OK && !other)
			rc = propose(p, id, &was->all[i], NULL);
	}
	return rc == RC_OK ? tell_school(p) : rc;
}

enum rc
proposals_make(struct scope *sc, const struct plan *plan, int64_t edition)
{
	struct proposing p = {.sc = sc,
	    .plan = plan,
	    .editions = {.plan = plan->head.id},
	    .edition = edition};
	const struct edition_rows *was, *is;
	struct q_plan_children *children;
	size_t n;
	enum rc rc;

	if (edition < 2)
		return RC_OK; /* road maps of schools begin from the first one */
	rc = edition_rows(sc, &p.editions, edition - 1, &was);
	if (rc == RC_OK)
		rc = edition_rows(sc, &p.editions, edition, &is);
	if (rc == RC_OK)
		rc = q_plan_children(sc->db, sc->mem, sc->actor.municipality,
		    plan->head.id, &children, &n);
	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		p.child = children[i].id;
		p.school = children[i].school;
		rc = propose_to(&p, was, is);
	}
	return rc;
}
