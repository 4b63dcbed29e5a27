/*
 * kept_file.h - the file a person is still asked about, so that it need not be
 * chosen again with every answer of the loading wizard.
 *
 * Files hold names and documents of pupils, and the promise is that none of
 * them is kept (BASIS: domain-7.1).  So what lies in the database is shut
 * under the secret of the session (access/secret.h), which only the browser
 * has: to everybody else, also to the session's own person after sign-out and
 * to whoever has a copy of the database, it is noise.  One file a session, the
 * last; it goes with the draft that is made of it, or after an hour.
 */
#pragma once

#include "core/scope.h"

enum {
	KEPT_FILE_MOST = 16 * 1024 * 1024, /* bytes; a larger one is not kept */
	KEPT_FILE_SECONDS = 3600,
};

/*
 * ret_word names the file in the next form; empty when it is not kept: too
 * large, or there is no session (secret empty).
 */
NODISCARD enum rc kept_file_put(struct scope *sc, struct str secret,
    struct str name, struct str bytes, struct str *ret_word);

/* RC_NOT_FOUND: its time is over, or another one took its place. */
NODISCARD enum rc kept_file_get(struct scope *sc, struct str secret,
    struct str word, struct str *ret_name, struct str *ret_bytes);

NODISCARD enum rc kept_file_drop(struct scope *sc, struct str secret);

/* Housekeeping, over all places. */
NODISCARD enum rc kept_file_forget_old(struct scope *sc, int64_t *ret_n);
