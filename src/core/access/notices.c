/* notices.c - whom does an event concern, and do they want to hear of it? */
#include "core/access/notices.h"

static const struct {
	const char *code, *title;
} kinds[NOTICE_KIND_COUNT] = {

#define NOTICE(name, code, title) {code, title},
#include "core/access/notices.def"
#undef NOTICE
};

const char *
notice_code(enum notice_kind k)
{
	return kinds[k].code;
}

const char *
notice_title(enum notice_kind k)
{
	return kinds[k].title;
}

bool
notice_kind_parse(struct str code, enum notice_kind *ret)
{
	for (enum notice_kind k = 0; k < NOTICE_KIND_COUNT; k++) {
		if (str_eq(code, str_of(kinds[k].code))) {
			*ret = k;
			return true;
		}
	}
	return false;
}

enum rc
notify_person(struct scope *sc, person_id person, const struct notice *n)
{
	if (person.v == 0 || person.v == sc->actor.person.v)
		return RC_OK;
	return q_notice_add(sc->db,
	    &(struct q_notice_add_in){.municipality = sc->actor.municipality,
		.person = person,
		.kind = str_of(kinds[n->kind].code),
		.at = sc->now,
		.object = n->object,
		.object_id = n->object_id,
		.organisation = n->school,
		.text = n->text,
		.by_name = sc->actor.name.p ? sc->actor.name : S("")});
}

/* Does this grant make its holder one of those to be told? */
static bool
is_told(const struct q_grant_holders *g, enum perm p, enum reach reach,
    school_id school)
{
	enum role role;

	if (!role_by_code(g->role, &role) || role_reach(role, p) != reach)
		return false;
	return reach == REACH_ALL || g->organisation.v == 0 ||
	       g->organisation.v == school.v;
}

/* Holders come person by person: one notice each. */
enum rc
notify_right(
    struct scope *sc, enum perm p, enum reach reach, const struct notice *n)
{
	struct q_grant_holders *all;
	person_id told = {0};
	size_t n_all;
	enum rc rc = q_grant_holders(sc->db, sc->mem, sc->actor.municipality,
	    sc->actor.today, &all, &n_all);

	for (size_t i = 0; rc == RC_OK && i < n_all; i++) {
		if (all[i].person.v == told.v ||
		    !is_told(&all[i], p, reach, n->school))
			continue;
		told = all[i].person;
		rc = notify_person(sc, told, n);
	}
	return rc;
}

static bool
is_among(const struct q_run_schools *all, size_t n, school_id school)
{
	for (size_t i = 0; i < n; i++) {
		if (all[i].school.v == school.v)
			return true;
	}
	return false;
}

enum rc
notify_schools_of_run(struct scope *sc, run_id run, const struct notice *n)
{
	struct q_grant_holders *all;
	struct q_run_schools *schools;
	person_id told = {0};
	size_t n_all, n_schools;
	enum rc rc = q_grant_holders(sc->db, sc->mem, sc->actor.municipality,
	    sc->actor.today, &all, &n_all);

	if (rc == RC_OK)
		rc = q_run_schools(sc->db, sc->mem, sc->actor.municipality, run,
		    &schools, &n_schools);
	for (size_t i = 0; rc == RC_OK && i < n_all; i++) {
		struct notice own = *n;

		own.school = all[i].organisation;
		if (all[i].person.v == told.v || own.school.v == 0 ||
		    !is_told(&all[i], PERM_LISTS_READ, REACH_OWN, own.school) ||
		    !is_among(schools, n_schools, own.school))
			continue;
		told = all[i].person;
		rc = notify_person(sc, told, &own);
	}
	return rc;
}

/* ---- settings ---- */

enum rc
notices_off_read(struct scope *sc, uint32_t *ret)
{
	struct q_notice_off_list *all;
	uint32_t off = 0;
	size_t n;
	enum rc rc = q_notice_off_list(sc->db, sc->mem, sc->actor.municipality,
	    sc->actor.person, &all, &n);

	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < n; i++) {
		enum notice_kind k;

		if (notice_kind_parse(all[i].kind, &k))
			off |= (uint32_t)1 << k;
	}
	*ret = off;
	return RC_OK;
}

enum rc
notices_off_set(struct scope *sc, uint32_t off)
{
	municipality_id m = sc->actor.municipality;
	autotx tx = {0};
	enum rc rc = tx_begin(sc->db, &tx);

	if (rc == RC_OK)
		rc = q_notice_off_clear(sc->db, m, sc->actor.person);
	for (enum notice_kind k = 0; rc == RC_OK && k < NOTICE_KIND_COUNT; k++)
		if (off >> k & 1)
			rc = q_notice_off_add(
			    sc->db, m, sc->actor.person, str_of(kinds[k].code));
	return rc == RC_OK ? tx_commit(&tx) : rc;
}
