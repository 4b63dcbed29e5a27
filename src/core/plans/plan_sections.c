/* plan_sections.c - which sections has a plan, and in which order? */
#include "core/plans/plan_sections.h"

#include "base/utf8.h"
#include "core/access/audit.h"
#include "core/plans/plan_own.h"

enum { TITLE_MOST = 500, NUMBER_MOST = 40 };

struct sections {
	struct scope *sc;
	struct q_plan plan;
	struct q_plan_section *all; /* in their order */
	size_t n;
};

static enum rc
open_sections(struct sections *s, struct scope *sc, plan_id id, int64_t version)
{
	municipality_id m = sc->actor.municipality;
	enum rc rc = plan_may_edit(sc, PERM_PLANS_EDIT, id);

	s->sc = sc;
	if (rc == RC_OK)
		rc = q_plan_by_id(sc->db, sc->mem, &sc->actor, m, id, &s->plan);
	if (rc == RC_OK)
		rc =
		    q_plan_section_list(sc->db, sc->mem, m, id, &s->all, &s->n);
	return rc == RC_OK ? plan_check_version(sc, &s->plan, version) : rc;
}

static const struct q_plan_section *
find(const struct sections *s, int64_t id)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->all[i].id == id)
			return &s->all[i];
	return NULL;
}

static enum rc
check(const struct sections *s, int64_t own, const struct section_words *w)
{
	struct diag *d = s->sc->diag;
	size_t before = d->errors;

	if (!str_trim(w->title).n)
		diag_error(d, (struct place){.column = S("title")},
		    N_("Раздел не назван."));
	else if (utf8_length(w->title) > TITLE_MOST)
		diag_error(d, (struct place){.column = S("title")},
		    N_("Название слишком длинное."));
	if (utf8_length(w->number) > NUMBER_MOST)
		diag_error(d, (struct place){.column = S("number")},
		    N_("Номер слишком длинный."));
	if (w->after && (w->after == own || !find(s, w->after)))
		diag_error(d, (struct place){.column = S("after")},
		    N_("Такого раздела в плане нет."));
	return d->errors > before ? RC_INVALID : RC_OK;
}

/* "II. Учителя, после «I. Организация»" */
static struct str
in_words(const struct sections *s, struct str number, struct str title,
    int64_t after)
{
	struct arena *mem = s->sc->mem;
	const struct q_plan_section *before = find(s, after);

	return arena_fmt(mem, "%.*s%s%.*s, %s%.*s%s", STR_ARG(number),
	    number.n ? " " : "", STR_ARG(title), before ? "после «" : "первый",
	    STR_ARG(before ? before->title : S("")), before ? "»" : "");
}

static int64_t
stands_after(const struct sections *s, int64_t id)
{
	int64_t before = 0;

	for (size_t i = 0; i < s->n && s->all[i].id != id; i++)
		before = s->all[i].id;
	return before;
}

/* Positions 1, 2, 3 …, the section itself in its new place. */
static enum rc
put_in_order(
    const struct sections *s, int64_t own, const struct section_words *w)
{
	struct scope *sc = s->sc;
	int64_t position = 0;
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i <= s->n; i++) {
		const struct q_plan_section *o = i ? &s->all[i - 1] : NULL;

		if (o && o->id != own)
			rc = q_plan_section_set(
			    sc->db, &(struct q_plan_section_set_in){
					.municipality = sc->actor.municipality,
					.plan = s->plan.id,
					.id = o->id,
					.position = ++position,
					.number = o->number,
					.title = o->title});
		if (rc != RC_OK || w->after != (o ? o->id : 0))
			continue;
		rc = q_plan_section_set(
		    sc->db, &(struct q_plan_section_set_in){
				.municipality = sc->actor.municipality,
				.plan = s->plan.id,
				.id = own,
				.position = ++position,
				.number = str_trim(w->number),
				.title = str_trim(w->title)});
	}
	return rc;
}

static enum rc
tell(const struct sections *s, struct str was, const struct section_words *w)
{
	struct scope *sc = s->sc;
	enum rc rc = q_plan_touch(sc->db, sc->actor.municipality, s->plan.id);

	if (rc != RC_OK)
		return rc;
	return audit_write(
	    sc, &(struct audit_entry){.action = S("plan.section"),
		    .object = S("plan"),
		    .object_id = s->plan.id.v,
		    .object_name = s->plan.title,
		    .was = was,
		    .becomes = in_words(
			s, str_trim(w->number), str_trim(w->title), w->after)});
}

enum rc
section_add(struct scope *sc, plan_id plan, int64_t version,
    const struct section_words *w, int64_t *ret)
{
	struct sections s = {0};
	struct q_plan_section_add made;
	autotx tx = {0};
	enum rc rc = tx_begin(sc->db, &tx);

	if (rc == RC_OK)
		rc = open_sections(&s, sc, plan, version);
	if (rc == RC_OK)
		rc = check(&s, 0, w);
	if (rc == RC_OK)
		rc = q_plan_section_add(sc->db, sc->mem,
		    &(struct q_plan_section_add_in){
			.municipality = sc->actor.municipality,
			.plan = plan,
			.position = (int64_t)s.n + 1,
			.kind = S("measures"),
			.number = str_trim(w->number),
			.title = str_trim(w->title)},
		    &made);
	if (rc == RC_OK)
		rc = put_in_order(&s, made.id, w);
	if (rc == RC_OK)
		rc = tell(&s, S(""), w);
	if (rc == RC_OK)
		rc = tx_commit(&tx);
	if (rc == RC_OK)
		*ret = made.id;
	return rc;
}

enum rc
section_change(struct scope *sc, plan_id plan, int64_t version, int64_t section,
    const struct section_words *w)
{
	struct sections s = {0};
	const struct q_plan_section *own = NULL;
	struct str was = S("");
	autotx tx = {0};
	enum rc rc = tx_begin(sc->db, &tx);

	if (rc == RC_OK)
		rc = open_sections(&s, sc, plan, version);
	if (rc == RC_OK && !(own = find(&s, section)))
		rc = RC_NOT_FOUND;
	if (rc == RC_OK)
		rc = check(&s, section, w);
	if (rc == RC_OK) {
		was = in_words(
		    &s, own->number, own->title, stands_after(&s, section));
		rc = put_in_order(&s, section, w);
	}
	if (rc == RC_OK)
		rc = tell(&s, was, w);
	return rc == RC_OK ? tx_commit(&tx) : rc;
}
