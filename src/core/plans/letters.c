/* letters.c - letters that wait in the database to be sent. */
#include "core/plans/letters.h"

#include <string.h>

#include "core/access/audit.h"

enum { EMAIL_MOST = 254 };

enum rc
letter_put(struct scope *sc, const struct letter_new *l, bool *ret_is_new)
{
	const struct q_letter_add_in in = {
	    .municipality = sc->actor.municipality,
	    .once = l->once,
	    .kind = l->kind,
	    .person = l->person,
	    .address = l->address,
	    .subject = l->subject,
	    .body = l->body,
	    .made_at = sc->now};
	int64_t n = 0;
	enum rc rc = q_letter_add(sc->db, &in, &n);

	if (rc == RC_OK)
		*ret_is_new = n > 0;
	return rc;
}

enum rc
letter_take(struct scope *sc, struct q_letter *ret)
{
	municipality_id m = sc->actor.municipality;
	struct q_letter letter;
	autotx tx = {0};
	enum rc rc = tx_begin(sc->db, &tx);

	if (rc == RC_OK)
		rc = q_letter_next(sc->db, sc->mem, m, sc->now, &letter);
	if (rc == RC_OK)
		rc = q_letter_claim(sc->db, m, letter.id, sc->now);
	if (rc == RC_OK)
		rc = tx_commit(&tx);
	if (rc != RC_OK)
		return rc;
	letter.tries++;
	*ret = letter;
	return RC_OK;
}

enum rc
letter_sent(struct scope *sc, letter_id id)
{
	return q_letter_set_sent(sc->db, sc->actor.municipality, id, sc->now);
}

int64_t
letter_pause(int64_t tries)
{
	int64_t pause = LETTER_FIRST_PAUSE;

	for (int64_t i = 1; i < tries && pause < LETTER_LONGEST_PAUSE; i++)
		pause *= 2;
	return pause < LETTER_LONGEST_PAUSE ? pause : LETTER_LONGEST_PAUSE;
}

enum rc
letter_later(struct scope *sc, const struct q_letter *l, struct str reason)
{
	struct moment next = {sc->now.second + letter_pause(l->tries)};

	if (next.second - l->made_at.second > (int64_t)LETTER_DAYS * 86400)
		return letter_refuse(sc, l->id,
		    arena_fmt(sc->mem,
			"За %d дня письмо не удалось отправить. %.*s",
			LETTER_DAYS, STR_ARG(reason)));
	return q_letter_set_waiting(
	    sc->db, sc->actor.municipality, l->id, next, reason);
}

enum rc
letter_refuse(struct scope *sc, letter_id id, struct str reason)
{
	return q_letter_set_refused(sc->db, sc->actor.municipality, id, reason);
}

enum rc
letters_recover(struct scope *sc)
{
	struct moment before = {sc->now.second - LETTER_CLAIM_SECONDS};
	int64_t n;

	return q_letter_give_up(sc->db, sc->actor.municipality, before,
	    S("Программа остановилась во время отправки; дошло ли письмо, "
	      "неизвестно. Второй раз оно не отправляется."),
	    &n);
}

/* ---- addresses ---- */

/* One box, in ASCII, with a domain: what every mail server takes. */
static bool
is_email(struct str s)
{
	ptrdiff_t at = str_find_char(s, '@');

	if (at < 1 || s.n > EMAIL_MOST)
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] <= ' ' || s.p[i] > '~' ||
		    memchr("<>(),;:\\\"[]", s.p[i], 11))
			return false;
	struct str domain = str_from(s, (size_t)at + 1);
	return str_find_char(domain, '@') < 0 &&
	       str_find_char(domain, '.') > 0 && !str_ends(domain, S("."));
}

enum rc
letter_address_set(struct scope *sc, person_id person, struct str email)
{
	struct str address = str_trim(email);
	autotx tx = {0};
	enum rc rc;

	if (address.n && !is_email(address)) {
		struct complaint *c =
		    diag_error(sc->diag, (struct place){.column = S("email")},
			N_("Это не адрес электронной почты."));
		c->value = address;
		c->expected = S("адрес вида ivanova@okrug.example");
		return RC_INVALID;
	}
	rc = tx_begin(sc->db, &tx);
	if (rc == RC_OK)
		rc = q_person_set_email(sc->db, sc->actor.municipality, person,
		    address.n ? address : (struct str){0});
	if (rc == RC_OK)
		rc = audit_write(
		    sc, &(struct audit_entry){.action = S("person.changed"),
			    .object = S("person"),
			    .object_id = person.v,
			    .note = address.n ? S("назван адрес для писем") :
						S("адрес для писем убран")});
	return rc == RC_OK ? tx_commit(&tx) : rc;
}
