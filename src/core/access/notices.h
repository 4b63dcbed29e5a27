/*
 * notices.h - telling people of what concerns them.
 *
 * A notice is written in the transaction of its event, so one is never there
 * without the other; drafts tell nobody.  Whoever did a thing is not told of
 * it, and nobody is told of kinds they have switched off.  Whom an event
 * concerns follows from the table of rights, never from a list of names.
 *
 * BASIS: ux 0 (the bell), 10; features D7
 */
#pragma once

#include "core/access/access.h"
#include "store/q_home.h"

enum notice_kind {

#define NOTICE(name, code, title) NOTICE_##name,
#include "core/access/notices.def"
#undef NOTICE
	NOTICE_KIND_COUNT
};

const char *notice_code(enum notice_kind k);
const char *notice_title(enum notice_kind k);
bool notice_kind_parse(struct str code, enum notice_kind *ret);

struct notice {
	enum notice_kind kind;
	struct str object; /* run, load, person: where it leads */
	int64_t object_id;
	school_id school; /* 0: about no school in particular */
	struct str text;  /* a whole sentence */
};

/* All inside the caller's transaction. */
NODISCARD enum rc notify_person(
    struct scope *sc, person_id person, const struct notice *n);

/*
 * Everybody with this right: for the municipality, or for the school of the
 * notice.  reach says which of the two: REACH_OWN leaves out those who see all.
 */
NODISCARD enum rc notify_right(
    struct scope *sc, enum perm p, enum reach reach, const struct notice *n);

/* Everybody whose own school has a decision in the list. */
NODISCARD enum rc notify_schools_of_run(
    struct scope *sc, run_id run, const struct notice *n);

/* One's own settings: the kinds switched off, as a set of bits. */
NODISCARD enum rc notices_off_read(struct scope *sc, uint32_t *ret);
NODISCARD enum rc notices_off_set(struct scope *sc, uint32_t kinds);
