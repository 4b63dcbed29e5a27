/*
 * people.h - accounts: who there is, which roles they hold, how they get in.
 *
 * Nobody types a password for somebody else: a new account gets an invitation,
 * a link that works once and for some days, and its owner sets the password.
 * (The command line may set one, for the first administrator.)
 */
#pragma once

#include "core/access/access.h"

enum { INVITATION_DAYS = 7 };

/* Lower case, no spaces around: how logins are kept and compared. */
struct str login_fold(struct arena *mem, struct str login);

/* RC_INVALID with complaints, RC_CONFLICT when the login is taken. */
NODISCARD enum rc person_add(struct scope *sc, struct str login,
    struct str name, struct str post, person_id *ret);

/* RC_INVALID with the fault when the password is no good as a new one. */
NODISCARD enum rc person_set_password(
    struct scope *sc, person_id person, struct str password);

/* Also ends every session of the person. */
NODISCARD enum rc person_set_disabled(
    struct scope *sc, person_id person, bool is_disabled);

struct grant {
	enum role role;
	school_id school; /* 0: the whole municipality */
	struct date since;
	struct date until;    /* DATE_NONE: without end */
	person_id instead_of; /* 0: own right */
};

NODISCARD enum rc person_grant(
    struct scope *sc, person_id person, const struct grant *grant);
NODISCARD enum rc person_grant_end(
    struct scope *sc, person_id person, int64_t number);

/*
 * Gives the deputy every present role of the person for the days named; the
 * journal shows in whose place things were done.  RC_INVALID names the field.
 */
NODISCARD enum rc person_deputise(struct scope *sc, person_id person,
    person_id deputy, struct date since, struct date until);

/* Takes back what the actor lent the deputy; RC_NOT_FOUND: nothing. */
NODISCARD enum rc person_deputy_end(struct scope *sc, person_id deputy);

/* The token is the secret of the link; earlier links of the person end. */
NODISCARD enum rc person_invite(
    struct scope *sc, person_id person, struct str token);

/* Whose invitation this is; RC_NOT_FOUND when it was used or is too old. */
struct invited {
	municipality_id municipality;
	person_id person;
	struct str name;
	struct str login;
};

NODISCARD enum rc invitation_find(
    struct scope *sc, struct str token, struct invited *ret);

/* Sets the password and uses the link up. */
NODISCARD enum rc invitation_accept(
    struct scope *sc, struct str token, struct str password);

/*
 * The person as an actor on this day: roles of the grants that hold today.
 * While one of them is lent, the name says for whom: "Глебов А. Р. (за: …)".
 */
NODISCARD enum rc actor_of(struct scope *sc, municipality_id municipality,
    person_id person, struct str name, struct actor *ret);
