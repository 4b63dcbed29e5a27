/*
 * audit.h - the chain of what was done: who, what, to which object, what it was
 * and what it became.
 *
 * An entry is written in the transaction of the change it tells of, so one is
 * never there without the other.  Nothing is ever changed or removed; each
 * entry's hash covers the one before it, so a gap or a later hand shows.
 */
#pragma once

#include "core/scope.h"

struct audit_entry {
	struct str action;      /* "person.invited"; titles in actions.def */
	struct str object;      /* "person", "load", "run", "school" … */
	int64_t object_id;      /* 0: the municipality itself */
	struct str object_name; /* as it was called then */
	struct str was;         /* in words, empty when nothing was */
	struct str becomes;
	struct str note; /* reason, order, file */
};

/* Inside the caller's transaction. */
NODISCARD enum rc audit_write(
    struct scope *sc, const struct audit_entry *entry);

/* "приглашён" for "person.invited"; the code itself when it is not known. */
const char *audit_action_title(struct arena *mem, struct str code);

struct audit_state {
	int64_t entries;
	struct str last_hash;
	int64_t broken_at; /* the first entry that does not fit; 0: none */
};

/*
 * RC_OK also when the chain is broken: see broken_at.  The caller holds a read
 * transaction, lest somebody writes between the last entry and the end.
 */
NODISCARD enum rc audit_verify(struct scope *sc, struct audit_state *ret);
