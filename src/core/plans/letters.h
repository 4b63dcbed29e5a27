/*
 * letters.h - letters that wait in the database to be sent.
 *
 * A letter has a name of its own ("week 2026-W48 person 7"); the same letter
 * is never written twice, and a letter is never sent twice:
 *
 *	waiting → sending → sent
 *	                  → waiting (the server was down: a longer pause each time)
 *	                  → refused (for good, with the reason)
 *
 * What a killed process left in "sending" becomes refused: nobody knows
 * whether it went, and a reminder that is missed once does less harm than one
 * that comes again and again.
 */
#pragma once

#include "core/scope.h"
#include "store/q_reminders.h"

enum {
	LETTER_FIRST_PAUSE = 300, /* seconds; doubled after each failure */
	LETTER_LONGEST_PAUSE = 6 * 3600,
	LETTER_DAYS = 3, /* older news is no news: refused */
	LETTER_CLAIM_SECONDS = 900,
};

struct letter_new {
	struct str once;
	struct str kind; /* codes of core/plans/remind.h */
	person_id person;
	struct str address;
	struct str subject;
	struct str body;
};

/* ret_is_new: false when this very letter was written before. */
NODISCARD enum rc letter_put(
    struct scope *sc, const struct letter_new *l, bool *ret_is_new);

/* The next that is due, claimed; RC_NOT_FOUND when there is none. */
NODISCARD enum rc letter_take(struct scope *sc, struct q_letter *ret);
NODISCARD enum rc letter_sent(struct scope *sc, letter_id id);

/* The pause follows from how often it was tried. */
NODISCARD enum rc letter_later(
    struct scope *sc, const struct q_letter *l, struct str reason);
NODISCARD enum rc letter_refuse(
    struct scope *sc, letter_id id, struct str reason);

/* What was left in "sending" too long ago. */
NODISCARD enum rc letters_recover(struct scope *sc);

/* How long a letter waits after it failed this many times. */
int64_t letter_pause(int64_t tries);

/* One's own address for letters; empty: none.  RC_INVALID when it is none. */
NODISCARD enum rc letter_address_set(
    struct scope *sc, person_id person, struct str email);
