/* matching.c - which school of the registry a file means. */
#include "core/results/matching.h"

#include <string.h>

#include "base/map.h"
#include "base/utf8.h"
#include "core/registry/names.h"
#include "store/q_registry.h"

/* Below it two names are not even worth a question. */
enum { LIKE_ENOUGH = 60 };

struct matcher {
	struct scope *sc;
	const struct q_school *schools;
	size_t n;
	struct map by_id;    /* decimal id -> place in schools */
	struct map by_login; /* key -> place */
	struct map by_code;
	struct map by_inn;
	struct map by_name;
	struct str *name_keys; /* of schools, for likeness */
};

static struct map *
map_of(struct matcher *m, struct str kind)
{
	if (str_eq(kind, S("login")))
		return &m->by_login;
	if (str_eq(kind, S("code")))
		return &m->by_code;
	if (str_eq(kind, S("inn")))
		return &m->by_inn;
	return &m->by_name;
}

static void
add_aliases(struct matcher *m, const struct q_alias *aliases, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct str id = arena_fmt(
		    m->sc->mem, "%lld", (long long)aliases[i].school.v);
		int64_t place = map_get(&m->by_id, id);
		if (place != MAP_NONE)
			*map_at(map_of(m, aliases[i].kind), aliases[i].folded) =
			    place;
	}
}

/* Two schools may share a name: then the name alone means neither. */
static void
add_own_name(struct matcher *m, size_t place)
{
	int64_t *slot = map_at(&m->by_name, m->name_keys[place]);

	*slot = *slot == MAP_NONE ? (int64_t)place : -1;
}

enum rc
matcher_open(struct scope *sc, struct matcher **ret)
{
	struct matcher *m = arena_new(sc->mem, struct matcher, 1);
	struct q_school *schools;
	struct q_alias *aliases;
	size_t n_aliases;
	enum rc rc = q_school_list(sc->db, sc->mem, &sc->actor,
	    sc->actor.municipality, &schools, &m->n);

	if (rc != RC_OK)
		return rc;
	rc = q_alias_list(
	    sc->db, sc->mem, sc->actor.municipality, &aliases, &n_aliases);
	if (rc != RC_OK)
		return rc;

	m->sc = sc;
	m->schools = schools;
	m->by_id = map_open(sc->mem);
	m->by_login = map_open(sc->mem);
	m->by_code = map_open(sc->mem);
	m->by_inn = map_open(sc->mem);
	m->by_name = map_open(sc->mem);
	m->name_keys = arena_new(sc->mem, struct str, m->n);
	for (size_t i = 0; i < m->n; i++) {
		const struct q_school *s = &schools[i];
		*map_at(&m->by_id, arena_fmt(sc->mem, "%lld",
				       (long long)s->id.v)) = (int64_t)i;
		*map_at(&m->by_code, school_code_key(sc->mem, s->code)) =
		    (int64_t)i;
		m->name_keys[i] = school_name_key(sc->mem, s->name);
		add_own_name(m, i);
	}
	add_aliases(m, aliases, n_aliases);
	*ret = m;
	return RC_OK;
}

static struct match
found(const struct matcher *m, enum match_kind kind, int64_t place)
{
	const struct q_school *s = &m->schools[place];

	return (struct match){kind, s->id, s->name, s->code};
}

/* The one school that is most alike; a tie is no supposition. */
static struct match
suppose(const struct matcher *m, struct str key)
{
	int best = 0, second = 0;
	size_t at = 0;

	for (size_t i = 0; i < m->n; i++) {
		int like = school_name_likeness(key, m->name_keys[i]);
		if (like > best) {
			second = best;
			best = like;
			at = i;
		} else if (like > second) {
			second = like;
		}
	}
	if (best < LIKE_ENOUGH || best == second)
		return (struct match){0};
	return found(m, MATCH_SUPPOSED, (int64_t)at);
}

struct match
matcher_find(struct matcher *m, struct arena *mem, const struct school_ref *ref)
{
	int64_t place;

	if (ref->login.n) {
		place =
		    map_get(&m->by_login, school_login_key(mem, ref->login));
		if (place >= 0)
			return found(m, MATCH_LOGIN, place);
	}
	if (ref->code.n) {
		struct str key = school_code_key(mem, ref->code);
		place = map_get(&m->by_code, key);
		if (place >= 0)
			return found(m, MATCH_CODE, place);
		place = map_get(&m->by_inn, key);
		if (place >= 0)
			return found(m, MATCH_INN, place);
	}
	struct str name = ref->name.n ? ref->name : ref->code;
	if (!name.n)
		return (struct match){0};

	struct str key = school_name_key(mem, name);
	place = map_get(&m->by_name, key);
	if (place >= 0)
		return found(m, MATCH_NAME, place);
	return ref->name.n ? suppose(m, key) : (struct match){0};
}

struct str
school_ref_text(struct arena *mem, const struct school_ref *ref)
{
	if (ref->name.n && ref->login.n)
		return arena_fmt(mem, "%.*s (%.*s)", STR_ARG(ref->name),
		    STR_ARG(ref->login));
	if (ref->name.n)
		return ref->name;
	return ref->code.n ? ref->code : ref->login;
}

enum rc
match_confirm(struct scope *sc, const struct school_ref *ref, school_id school)
{
	const struct {
		const char *kind;
		struct str written, folded;
	} parts[] = {
	    {"login", ref->login, school_login_key(sc->mem, ref->login)},
	    {"code", ref->code, school_code_key(sc->mem, ref->code)},
	    {"name", ref->name, school_name_key(sc->mem, ref->name)},
	};

	for (size_t i = 0; i < COUNT_OF(parts); i++) {
		if (!parts[i].folded.n)
			continue;
		const struct q_alias_set_in in = {
		    .municipality = sc->actor.municipality,
		    .kind = str_of(parts[i].kind),
		    .folded = parts[i].folded,
		    .written = parts[i].written,
		    .school = school};
		enum rc rc = q_alias_set(sc->db, &in);
		if (rc != RC_OK)
			return rc;
	}
	return RC_OK;
}
