/*
 * secret.h - passwords, tokens and one-time codes: what is kept of them, and
 * how they are checked.
 *
 * Tokens are made by the caller (os/random.h); the database keeps a hash, so
 * a stolen copy opens nothing.
 */
#pragma once

#include "base/arena.h"
#include "base/date.h"
#include "base/diag.h"
#include "base/rc.h"

/* Hexadecimal BLAKE2b of a token. */
struct str token_hash(struct arena *mem, struct str token);

/*
 * A word derived from a secret for one purpose: the mark in a form that only
 * pages of this session can carry.
 */
struct str token_derive(
    struct arena *mem, struct str token, const char *purpose);

/*
 * Bytes that only this secret opens again.  The same bytes under the same
 * secret and purpose give the same text, so nothing random is needed: the
 * nonce is a keyed hash of what is shut (a synthetic one, as in RFC 5297).
 */
struct str secret_shut(
    struct arena *mem, struct str secret, const char *purpose, struct str open);

/* False: another secret or purpose, or somebody changed it. */
NODISCARD bool secret_opened(struct arena *mem, struct str secret,
    const char *purpose, struct str shut, struct str *ret);

/* In a time that does not depend on where they differ. */
bool token_same(struct str a, struct str b);

enum { PASSWORD_MIN = 10, PASSWORD_MAX = 200 };

/* What is wrong with a password as a new one, or an empty text. */
struct str password_fault(struct str password, struct str login);

/* Argon2id; RC_LIMIT when the memory for it is not to be had. */
NODISCARD enum rc password_hash(
    struct arena *mem, struct str password, struct str *ret);

/* hash may be empty (an unknown account): the same time is spent. */
bool password_is(struct arena *mem, struct str password, struct str hash);

/* RFC 6238, six digits, half a minute, SHA-1 as all authenticators know. */
enum { TOTP_SECRET_BYTES = 20, TOTP_STEP_SECONDS = 30 };

struct str base32(struct arena *mem, const unsigned char *bytes, size_t n);

/*
 * The step whose code this is, one step either way of now; false when it is
 * none of the three.
 */
bool totp_check(struct arena *mem, struct str secret_base32, struct str code,
    struct moment now, int64_t *ret_step);

/* The code of one step: for tests and the proof of the first one. */
bool totp_code(
    struct arena *mem, struct str secret_base32, int64_t step, struct str *ret);
