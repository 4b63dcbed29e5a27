/* access.c - may this person do this, and for which school? */
#include "core/access/access.h"

#include "store/q_access.h"
#include "store/q_registry.h"

static const struct {
	const char *code;
	const char *title;
} roles[ROLE_COUNT] = {

#define ROLE(name, code, title) {code, title},
#include "core/access/roles.def"
#undef ROLE
};

static const struct {
	const char *name;
	const char *title;
	const char *who; /* a letter a role, spaces between */
} perms[PERM_COUNT] = {

#define PERM(name, title, who) {#name, title, who},
#include "core/access/perms.def"
#undef PERM
};

static const uint32_t EVERY_ROLE = ((uint32_t)1 << ROLE_COUNT) - 1;

const char *
role_code(enum role r)
{
	return roles[r].code;
}

const char *
role_title(enum role r)
{
	return roles[r].title;
}

bool
role_by_code(struct str code, enum role *ret)
{
	for (enum role r = 0; r < ROLE_COUNT; r++) {
		if (str_eq(code, str_of(roles[r].code))) {
			*ret = r;
			return true;
		}
	}
	return false;
}

const char *
perm_name(enum perm p)
{
	return perms[p].name;
}

const char *
perm_title(enum perm p)
{
	return perms[p].title;
}

enum reach
role_reach(enum role r, enum perm p)
{
	const char *letter = perms[p].who;

	for (enum role before = 0; before < r; before++) {
		letter++;
		while (*letter == ' ')
			letter++;
	}
	return *letter == 'a' ? REACH_ALL :
	       *letter == 'o' ? REACH_OWN :
				REACH_NONE;
}

enum reach
actor_reach(const struct actor *a, enum perm p)
{
	enum reach most = REACH_NONE;

	for (enum role r = 0; r < ROLE_COUNT; r++) {
		enum reach reach = role_reach(r, p);

		if ((a->roles >> r & 1) && reach > most)
			most = reach;
	}
	return most;
}

enum rc
may(const struct actor *a, enum perm p)
{
	if (actor_reach(a, p) != REACH_NONE)
		return RC_OK;
	return actor_is_nobody(a) ? RC_SIGN_IN : RC_DENIED;
}

/* Is one of the person's present grants for this school a role with p? */
static enum rc
has_grant_for(struct scope *sc, enum perm p, school_id school)
{
	struct q_grant *all;
	size_t n;
	enum rc rc = q_grant_list(sc->db, sc->mem, sc->actor.municipality,
	    sc->actor.person, &all, &n);

	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < n; i++) {
		enum role role;

		if (all[i].organisation.v != school.v ||
		    date_before(sc->actor.today, all[i].since) ||
		    (!date_is_none(all[i].until) &&
			date_before(all[i].until, sc->actor.today)))
			continue;
		if (role_by_code(all[i].role, &role) &&
		    role_reach(role, p) != REACH_NONE)
			return RC_OK;
	}
	return RC_DENIED;
}

enum rc
may_for(struct scope *sc, enum perm p, school_id school)
{
	struct q_school seen;
	enum rc rc = may(&sc->actor, p);

	if (rc != RC_OK)
		return rc;
	rc = q_school_by_id(
	    sc->db, sc->mem, &sc->actor, sc->actor.municipality, school, &seen);
	if (rc != RC_OK)
		return rc;
	if (actor_reach(&sc->actor, p) == REACH_ALL)
		return RC_OK;
	return has_grant_for(sc, p, school);
}

struct actor
actor_program(municipality_id municipality, struct date today)
{
	return (struct actor){
	    .municipality = municipality,
	    .name = S("Опора"),
	    .sees_all = true,
	    .roles = EVERY_ROLE,
	    .today = today,
	};
}

struct actor
actor_nobody(municipality_id municipality, struct date today)
{
	return (struct actor){.municipality = municipality, .today = today};
}

bool
actor_is_nobody(const struct actor *a)
{
	return a->person.v == 0 && a->roles == 0;
}
