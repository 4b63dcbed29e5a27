/*
 * access.h - who may do what: roles, rights and their one table.
 *
 * A person holds roles, each for one organisation or for the whole
 * municipality and for a period.  What a role may do stands in perms.def;
 * which schools a person sees is part of every statement that reads them
 * (see {visible: …} in tools/sqlgen.py).  Nothing else decides about rights.
 */
#pragma once

#include "base/buf.h"
#include "core/scope.h"

enum role {

#define ROLE(name, code, title) ROLE_##name,
#include "core/access/roles.def"
#undef ROLE
	ROLE_COUNT
};

enum perm {

#define PERM(name, title, who) PERM_##name,
#include "core/access/perms.def"
#undef PERM
	PERM_COUNT
};

/* How far a right goes. */
enum reach { REACH_NONE, REACH_OWN, REACH_ALL };

const char *role_code(enum role r);
const char *role_title(enum role r);
bool role_by_code(struct str code, enum role *ret);
const char *perm_name(enum perm p);
const char *perm_title(enum perm p);
enum reach role_reach(enum role r, enum perm p);

/* The farthest reach of any of the actor's roles. */
enum reach actor_reach(const struct actor *a, enum perm p);

/* RC_OK, RC_SIGN_IN when nobody is signed in, or RC_DENIED. */
NODISCARD enum rc may(const struct actor *a, enum perm p);

/*
 * The same for one school: a role that reaches its own organisations only
 * must have been given for this one.  A school the actor does not see is
 * RC_NOT_FOUND, so that asking tells nothing.
 */
NODISCARD enum rc may_for(struct scope *sc, enum perm p, school_id school);

/* The program itself, and the command line of the machine's owner. */
struct actor actor_program(municipality_id municipality, struct date today);

/* Somebody who is not signed in. */
struct actor actor_nobody(municipality_id municipality, struct date today);

bool actor_is_nobody(const struct actor *a);
