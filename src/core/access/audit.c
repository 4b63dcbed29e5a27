/* audit.c - what was done, in a chain nobody can quietly mend? */
#include "core/access/audit.h"

#include <sodium.h>

#include "base/buf.h"
#include "store/q_access.h"

static const struct {
	const char *code;
	const char *title;
} actions[] = {

#define ACTION(code, title) {code, title},
#include "core/access/actions.def"
#undef ACTION
};

const char *
audit_action_title(struct arena *mem, struct str code)
{
	for (size_t i = 0; i < COUNT_OF(actions); i++) {
		if (str_eq(code, str_of(actions[i].code)))
			return actions[i].title;
	}
	return arena_cstr(mem, code);
}

/* Lengths stand before the texts, so no two entries have one canonical form. */
static void
put_part(struct buf *b, struct str part)
{
	buf_int(b, (int64_t)part.n);
	buf_char(b, ':');
	buf_put(b, part);
	buf_char(b, '\n');
}

static struct str
entry_hash(struct arena *mem, struct str before, const struct q_audit *e)
{
	unsigned char hash[crypto_hash_sha256_BYTES];
	char when[MOMENT_TEXT];
	char *text = arena_raw(mem, sizeof hash * 2 + 1);
	struct buf b = buf_open(mem, 0);

	put_part(&b, before);
	buf_int(&b, e->number);
	buf_char(&b, '\n');
	put_part(&b, str_of(moment_iso(e->at, when)));
	buf_int(&b, e->person.v);
	buf_char(&b, '\n');
	put_part(&b, e->person_name);
	put_part(&b, e->address);
	put_part(&b, e->action);
	put_part(&b, e->object);
	buf_int(&b, e->object_id);
	buf_char(&b, '\n');
	put_part(&b, e->object_name);
	put_part(&b, e->was);
	put_part(&b, e->becomes);
	put_part(&b, e->note);
	(void)crypto_hash_sha256(hash, (const unsigned char *)b.p, b.n);
	(void)sodium_bin2hex(text, sizeof hash * 2 + 1, hash, sizeof hash);
	return (struct str){text, sizeof hash * 2};
}

/* A NULL text would come back from the database as an empty one. */
static struct str
some(struct str s)
{
	return s.p ? s : S("");
}

static enum rc
take_place(struct scope *sc, struct q_audit_next *ret)
{
	municipality_id m = sc->actor.municipality;
	enum rc rc = q_audit_next(sc->db, sc->mem, m, ret);

	if (rc != RC_NOT_FOUND)
		return rc;
	rc = q_audit_head_make(sc->db, m);
	if (rc != RC_OK)
		return rc;
	return q_audit_next(sc->db, sc->mem, m, ret);
}

enum rc
audit_write(struct scope *sc, const struct audit_entry *entry)
{
	struct q_audit_next place;
	enum rc rc = take_place(sc, &place);

	if (rc != RC_OK)
		return rc;

	struct q_audit e = {
	    .number = place.number,
	    .at = sc->now,
	    .person = sc->actor.person,
	    .person_name = some(sc->actor.name),
	    .address = some(sc->actor.address),
	    .action = some(entry->action),
	    .object = some(entry->object),
	    .object_id = entry->object_id,
	    .object_name = some(entry->object_name),
	    .was = some(entry->was),
	    .becomes = some(entry->becomes),
	    .note = some(entry->note),
	};
	e.hash = entry_hash(sc->mem, place.hash, &e);
	rc = q_audit_add(sc->db, &(struct q_audit_add_in){
				     .municipality = sc->actor.municipality,
				     .number = e.number,
				     .at = e.at,
				     .person = e.person,
				     .person_name = e.person_name,
				     .address = e.address,
				     .action = e.action,
				     .object = e.object,
				     .object_id = e.object_id,
				     .object_name = e.object_name,
				     .was = e.was,
				     .becomes = e.becomes,
				     .note = e.note,
				     .hash = e.hash,
				 });
	if (rc != RC_OK)
		return rc;
	return q_audit_head_set(sc->db, sc->actor.municipality, e.hash);
}

struct check {
	struct arena *mem;
	struct arena *scratch; /* one entry's canonical form at a time */
	struct audit_state state;
	char hash[crypto_hash_sha256_BYTES * 2];
};

static bool
check_entry(void *of, const struct q_audit *e)
{
	struct check *c = of;
	struct str before = {c->hash, c->state.entries ? sizeof c->hash : 0};
	struct str want = entry_hash(c->scratch, before, e);
	bool fits = e->number == c->state.entries + 1 && str_eq(e->hash, want);

	if (!fits) {
		c->state.broken_at = c->state.entries + 1;
		return false;
	}
	for (size_t i = 0; i < want.n; i++)
		c->hash[i] = want.p[i];
	c->state.entries++;
	arena_reset(c->scratch);
	return true;
}

enum rc
audit_verify(struct scope *sc, struct audit_state *ret)
{
	autoarena scratch = arena_open(0);
	struct check c = {.mem = sc->mem, .scratch = scratch};
	struct q_audit_head_get head = {0};
	enum rc rc =
	    q_audit_each(sc->db, sc->actor.municipality, check_entry, &c);

	if (rc != RC_OK)
		return rc;
	rc = q_audit_head_get(sc->db, sc->mem, sc->actor.municipality, &head);
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;

	struct str last = {c.hash, c.state.entries ? sizeof c.hash : 0};
	c.state.last_hash = arena_str(sc->mem, last);
	/* Entries cut off the end leave a chain that holds, but not its end. */
	if (c.state.broken_at == 0 &&
	    (head.number != c.state.entries || !str_eq(head.hash, last)))
		c.state.broken_at = c.state.entries + 1;
	*ret = c.state;
	return RC_OK;
}
