/* concern.c - whom a row of a plan concerns, and why them? */
#include "core/plans/concern.h"

enum rc
concerned_read(struct scope *sc, struct date on, struct concerned *ret)
{
	municipality_id m = sc->actor.municipality;
	struct concerned c = {0};
	enum rc rc =
	    q_grants_on(sc->db, sc->mem, m, on, &c.grants, &c.n_grants);

	if (rc == RC_OK)
		rc = q_named_list(sc->db, sc->mem, m, &c.named, &c.n_named);
	if (rc == RC_OK)
		*ret = c;
	return rc;
}

static void
add(struct arena *mem, struct concern_list *list, person_id person,
    enum concern_why why, struct str instead_of)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->p[i].person.v == person.v)
			return;
	*vec_push(mem, list) = (struct concern){.person = person,
	    .why = why,
	    .instead_of = instead_of.p ? instead_of : S("")};
}

static enum concern_why
why_of(enum role role)
{
	switch (role) {
	case ROLE_CURATOR:
		return WHY_CURATOR;
	case ROLE_COORDINATOR:
	case ROLE_METHODIST:
		return WHY_COORDINATOR;
	case ROLE_HEAD:
		return WHY_HEAD;
	case ROLE_SCHOOL:
	case ROLE_SUPPORT:
	case ROLE_REGION:
	case ROLE_ADMIN:
	case ROLE_COUNT:
		break;
	}
	return WHY_SCHOOL;
}

static void
add_role(struct arena *mem, const struct concerned *c, enum role role,
    school_id school, enum concern_why why, struct concern_list *ret)
{
	struct str code = str_of(role_code(role));

	for (size_t i = 0; i < c->n_grants; i++) {
		const struct q_grants_on *g = &c->grants[i];
		if (str_eq(g->role, code) &&
		    (g->school.v == 0 || g->school.v == school.v))
			add(mem, ret, g->person, why, g->instead_of_name);
	}
}

void
concern_role(struct arena *mem, const struct concerned *c, enum role role,
    school_id school, struct concern_list *ret)
{
	add_role(mem, c, role, school, why_of(role), ret);
}

static void
add_school(struct arena *mem, const struct concerned *c, school_id school,
    struct concern_list *ret)
{
	add_role(mem, c, ROLE_SCHOOL, school, WHY_SCHOOL, ret);
	add_role(mem, c, ROLE_SUPPORT, school, WHY_SCHOOL, ret);
}

/* Rows lie by measure: the first of this one's. */
static size_t
first_named(const struct concerned *c, measure_id m)
{
	size_t low = 0, high = c->n_named;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (c->named[mid].measure.v < m.v)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

void
concern_answers(struct arena *mem, const struct concerned *c,
    measure_id measure, school_id school, struct concern_list *ret)
{
	if (school.v) {
		add_school(mem, c, school, ret);
		return;
	}
	for (size_t i = first_named(c, measure);
	     i < c->n_named && c->named[i].measure.v == measure.v; i++) {
		const struct q_named_list *r = &c->named[i];
		if (r->person.v)
			add(mem, ret, r->person, WHY_NAMED, S(""));
		else if (!r->is_collective)
			add_school(mem, c, r->school, ret);
	}
	if (!ret->n)
		add_role(
		    mem, c, ROLE_COORDINATOR, (school_id){0}, WHY_OFFICE, ret);
}

void
concern_confirms(struct arena *mem, const struct concerned *c, school_id school,
    struct concern_list *ret)
{
	if (school.v)
		concern_role(mem, c, ROLE_CURATOR, school, ret);
	if (!ret->n)
		concern_role(mem, c, ROLE_COORDINATOR, school, ret);
}

const char *
concern_sentence(enum concern_why why)
{
	static const char *const sentences[WHY_COUNT] = {
	    [WHY_NAMED] = N_("вы названы ответственным в плане"),
	    [WHY_SCHOOL] = N_("вы работаете в программе от имени школы, "
			      "которая отвечает за мероприятие"),
	    [WHY_OFFICE] = N_("в плане названа организация без фамилии, а вы "
			      "ведёте этот план"),
	    [WHY_CURATOR] = N_("вы куратор школы"),
	    [WHY_COORDINATOR] = N_("вы ведёте дорожную карту"),
	    [WHY_HEAD] = N_("вы руководите управлением, а мероприятие "
			    "просрочено надолго"),
	};

	return sentences[why];
}
