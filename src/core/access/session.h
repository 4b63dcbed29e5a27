/*
 * session.h - getting in and staying in.
 *
 * A session is a token in a cookie; the database keeps its hash.  It ends
 * after two hours without use or twelve in all, on sign-out, on «выйти везде»
 * and when the account is closed.  Sign-in always makes a new token.
 *
 * Failures are counted by account and by address in windows of a quarter of
 * an hour; past the limit even the right password does not help for the rest
 * of the window, and the answer says so.
 */
#pragma once

#include "core/access/access.h"

enum {
	SESSION_IDLE_SECONDS = 2 * 3600,
	SESSION_MOST_SECONDS = 12 * 3600,
	FAILURE_WINDOW_SECONDS = 900,
	FAILURES_BY_ACCOUNT = 5,
	FAILURES_BY_ADDRESS = 30,
};

enum sign_in_outcome {
	SIGN_IN_DONE,
	SIGN_IN_NEEDS_CODE, /* the session waits for the second factor */
	SIGN_IN_WRONG,      /* name or password, not said which */
	SIGN_IN_TOO_MANY,
};

struct sign_in {
	struct str login;
	struct str password;
	struct str token;   /* of the session to be, made by the caller */
	struct str address; /* of the client */
	struct str agent;
};

/*
 * RC_OK with the outcome; RC is for what failed inside.  On SIGN_IN_DONE and
 * SIGN_IN_NEEDS_CODE the token's session exists.
 */
NODISCARD enum rc sign_in(
    struct scope *sc, const struct sign_in *in, enum sign_in_outcome *ret);

/* The second step for a session that needs it. */
NODISCARD enum rc sign_in_code(struct scope *sc, struct str token,
    struct str code, enum sign_in_outcome *ret);

struct session {
	struct actor actor;
	bool needs_code;
	struct moment until; /* sooner, finding it again changes nothing */
};

/* RC_SIGN_IN when the token is unknown or its session has ended. */
NODISCARD enum rc session_find(
    struct scope *sc, struct str token, struct session *ret);

NODISCARD enum rc session_close(struct scope *sc, struct str token);

/* Every session of the actor but this one. */
NODISCARD enum rc session_close_others(
    struct scope *sc, struct str token, int64_t *ret_closed);

/* Housekeeping: sessions and counts that no longer matter. */
NODISCARD enum rc session_forget_old(struct scope *sc, int64_t *ret_forgotten);

/* ---- tokens of programs ---- */

NODISCARD enum rc api_token_add(struct scope *sc, struct str token,
    struct str name, struct date expires_on);
NODISCARD enum rc api_token_find(
    struct scope *sc, struct str token, struct actor *ret);
NODISCARD enum rc api_token_revoke(struct scope *sc, int64_t number);

/* ---- second factor ---- */

/* A new secret (base32 of random bytes made by the caller), not yet on. */
NODISCARD enum rc factor_offer(struct scope *sc, struct str secret);

/* Turns it on when the code is right; RC_INVALID otherwise. */
NODISCARD enum rc factor_confirm(struct scope *sc, struct str code);
/* Somebody else's, when their telephone is lost: they are told of it. */
NODISCARD enum rc factor_remove(struct scope *sc, person_id person);
NODISCARD enum rc factor_is_on(
    struct scope *sc, municipality_id m, person_id p, bool *ret);

/* RC_NOT_FOUND: there is none. */
NODISCARD enum rc factor_state(
    struct scope *sc, bool *ret_is_on, struct str *ret_secret);
