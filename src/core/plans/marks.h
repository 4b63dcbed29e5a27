/*
 * marks.h - saying that something was done, what proves it, and the second
 * word of whoever confirms.
 *
 * done → confirmed or returned (with a reason) → done again; not_needed for
 * what fell away.  Each mark is a row that stays; undoing adds a row.  A
 * measure that asks for evidence cannot be marked done without each kind.
 *
 * Every change is one transaction with its journal entry and takes the version
 * of the occurrence its author saw (RC_CONFLICT: somebody marked it first, and
 * the complaint says who).  Rights: MARKS_MAKE for one's own school or one's
 * own name, MARKS_CONFIRM for the schools one is curator of.
 *
 * BASIS: features C7, C8, 6; ux 7.
 */
#pragma once

#include "core/plans/occurrence.h"

enum { EVIDENCE_MAX_BYTES = 20 * 1024 * 1024 };

struct mark_new {
	occurrence_id occurrence;
	int64_t version;
	struct date on;  /* when it was done; not in the future */
	struct str fact; /* "23", "12,5 %": read by the measure's goal */
	struct str text;
};

NODISCARD enum rc mark_done(struct scope *sc, const struct mark_new *m);
NODISCARD enum rc mark_withdraw(
    struct scope *sc, occurrence_id id, int64_t version, struct str reason);
NODISCARD enum rc mark_confirm(
    struct scope *sc, occurrence_id id, int64_t version, struct str text);
NODISCARD enum rc mark_return(
    struct scope *sc, occurrence_id id, int64_t version, struct str reason);
NODISCARD enum rc mark_not_needed(
    struct scope *sc, occurrence_id id, int64_t version, struct str reason);
NODISCARD enum rc mark_needed(
    struct scope *sc, occurrence_id id, int64_t version, struct str reason);

/* Many at once; all or none, each refusal named. */
struct mark_many {
	occurrence_id id;
	int64_t version;
};
NODISCARD enum rc mark_confirm_many(
    struct scope *sc, const struct mark_many *all, size_t n, struct str text);

/*
 * What the actor confirmed last, in one go and today, waits again for the
 * second word: all of it but what somebody has touched since.  RC_CONFLICT:
 * there is nothing to take back.
 */
NODISCARD enum rc mark_confirmed_today(struct scope *sc, size_t *ret_n);
NODISCARD enum rc mark_unconfirm_today(struct scope *sc, size_t *ret_n);

struct evidence_new {
	occurrence_id occurrence;
	struct str kind; /* code of data/evidence-kinds.tsv */
	struct str title;
	struct str number;
	struct date on;
	struct str file_name,
	    content;        /* a file: both; its bytes decide its type */
	struct str address; /* a link: https:// only */
	/* neither: an entry of the register, by its number and date */
};

NODISCARD enum rc evidence_add(
    struct scope *sc, const struct evidence_new *e, evidence_id *ret);
NODISCARD enum rc evidence_withdraw(
    struct scope *sc, evidence_id id, struct str reason);
/* A file's bytes, for whoever may see the occurrence; never shown inline. */
NODISCARD enum rc evidence_read(struct scope *sc, evidence_id id,
    struct q_evidence *ret, struct str *ret_content);

/* The kinds the measure asks for that are not there yet. */
NODISCARD enum rc evidence_missing(
    struct scope *sc, occurrence_id id, struct str **ret_titles, size_t *ret_n);
