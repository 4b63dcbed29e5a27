/* matching.c - which school of the registry a file means. */
#include "core/results/matching.h"

#include <string.h>

#include "base/map.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "core/registry/names.h"
#include "store/q_registry.h"

/* Below it two names are not even worth a question. */
enum { LIKE_ENOUGH = 60 };

struct matcher {
	struct arena *mem;
	const struct match_school *schools;
	size_t n;
	struct map by_login; /* key -> place */
	struct map by_code;
	struct map by_inn;
	struct map by_name;
	struct str *name_keys; /* of schools, for likeness; see know_names() */
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
	struct map by_id = map_open(m->mem);

	for (size_t i = 0; n && i < m->n; i++)
		*map_at(&by_id,
		    arena_fmt(m->mem, "%lld", (long long)m->schools[i].id.v)) =
		    (int64_t)i;
	for (size_t i = 0; i < n; i++) {
		struct str id =
		    arena_fmt(m->mem, "%lld", (long long)aliases[i].school.v);
		int64_t place = map_get(&by_id, id);
		if (place != MAP_NONE)
			*map_at(map_of(m, aliases[i].kind), aliases[i].folded) =
			    place;
	}
}

/*
 * Names are taken apart when the first file names a school by its name: most
 * have a code or a login.  Two schools may share a name: then the name alone
 * means neither; an alias stands before a name.
 */
static void
know_names(struct matcher *m)
{
	if (m->name_keys)
		return;

	struct map own = map_open(m->mem);
	m->name_keys = arena_new(m->mem, struct str, m->n + 1);
	for (size_t i = 0; i < m->n; i++) {
		struct str key = school_name_key(m->mem, m->schools[i].name);
		int64_t *slot = map_at(&own, key);
		*slot = *slot == MAP_NONE ? (int64_t)i : -1;
		m->name_keys[i] = key;
	}
	for (size_t i = 0; i < m->n; i++) {
		int64_t *slot = map_at(&m->by_name, m->name_keys[i]);
		if (*slot == MAP_NONE)
			*slot = map_get(&own, m->name_keys[i]);
	}
}

static struct matcher *
matcher_make(struct arena *mem, const struct match_school *schools, size_t n)
{
	struct matcher *m = arena_new(mem, struct matcher, 1);

	*m = (struct matcher){.mem = mem,
	    .schools = schools,
	    .n = n,
	    .by_login = map_open(mem),
	    .by_code = map_open_for(mem, n),
	    .by_inn = map_open(mem),
	    .by_name = map_open(mem)};
	for (size_t i = 0; i < n; i++)
		*map_at(&m->by_code, school_code_key(mem, schools[i].code)) =
		    (int64_t)i;
	return m;
}

/* The registry on its way in. */
struct registry {
	struct arena *mem;
	VEC(struct match_school) schools;
};

static bool
take_school(void *ctx, const struct q_school_names_each *row)
{
	struct registry *r = ctx;

	*vec_push(r->mem, &r->schools) = (struct match_school){row->id,
	    arena_str(r->mem, row->code), arena_str(r->mem, row->name)};
	return !arena_full(r->mem);
}

enum rc
matcher_open(struct scope *sc, struct matcher **ret)
{
	struct registry r = {.mem = sc->mem};
	struct q_alias *aliases;
	size_t n;
	enum rc rc = q_school_names_each(
	    sc->db, &sc->actor, sc->actor.municipality, take_school, &r);

	if (rc != RC_OK)
		return rc;
	if (arena_full(sc->mem))
		return RC_LIMIT;
	rc =
	    q_alias_list(sc->db, sc->mem, sc->actor.municipality, &aliases, &n);
	if (rc != RC_OK)
		return rc;
	*ret = matcher_make(sc->mem, r.schools.p, r.schools.n);
	add_aliases(*ret, aliases, n);
	return RC_OK;
}

struct matcher *
matcher_over(struct arena *mem, const struct match_school *schools, size_t n,
    const struct str *logins)
{
	struct matcher *m = matcher_make(mem, schools, n);
	size_t with_login = 0;

	for (size_t i = 0; i < n; i++)
		with_login += logins[i].n > 0;
	m->by_login = map_open_for(mem, with_login);
	for (size_t i = 0; i < n; i++) {
		struct str rest = logins[i], login;
		while (rest.n && str_split(&rest, ' ', &login))
			if (login.n)
				*map_at(&m->by_login,
				    school_login_key(mem, login)) = (int64_t)i;
	}
	return m;
}

static struct match
found(const struct matcher *m, enum match_kind kind, int64_t place)
{
	const struct match_school *s = &m->schools[place];

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

	know_names(m);
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
