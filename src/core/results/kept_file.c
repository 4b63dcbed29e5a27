/* kept_file.c - what file was that? */
#include "core/results/kept_file.h"

#include "core/access/secret.h"
#include "store/q_kept_files.h"

static const char CONTENT[] = "file", KEEPER[] = "file keeper";

enum rc
kept_file_put(struct scope *sc, struct str secret, struct str name,
    struct str bytes, struct str *ret_word)
{
	*ret_word = S("");
	if (secret.n == 0 || bytes.n > KEPT_FILE_MOST)
		return RC_OK;

	struct str shut = secret_shut(sc->mem, secret, CONTENT, bytes);
	const struct q_kept_file_put_in put = {
	    .municipality = sc->actor.municipality,
	    .keeper = token_derive(sc->mem, secret, KEEPER),
	    .word = token_hash(sc->mem, shut),
	    .name = name,
	    .at = sc->now,
	    .sealed = shut};
	enum rc rc = q_kept_file_put(sc->db, &put);

	if (rc == RC_OK)
		*ret_word = put.word;
	return rc;
}

static struct moment
oldest(const struct scope *sc)
{
	return (struct moment){sc->now.second - KEPT_FILE_SECONDS};
}

enum rc
kept_file_get(struct scope *sc, struct str secret, struct str word,
    struct str *ret_name, struct str *ret_bytes)
{
	struct q_kept_file_of row;
	enum rc rc;

	if (secret.n == 0 || word.n == 0)
		return RC_NOT_FOUND;
	rc = q_kept_file_of(sc->db, sc->mem, sc->actor.municipality,
	    token_derive(sc->mem, secret, KEEPER), word, oldest(sc), &row);
	if (rc != RC_OK)
		return rc;
	if (!secret_opened(sc->mem, secret, CONTENT, row.sealed, ret_bytes))
		return RC_NOT_FOUND;
	*ret_name = row.name;
	return RC_OK;
}

enum rc
kept_file_drop(struct scope *sc, struct str secret)
{
	if (secret.n == 0)
		return RC_OK;
	return q_kept_file_drop(sc->db, sc->actor.municipality,
	    token_derive(sc->mem, secret, KEEPER));
}

enum rc
kept_file_forget_old(struct scope *sc, int64_t *ret_n)
{
	return q_kept_file_forget_old(sc->db, oldest(sc), ret_n);
}
