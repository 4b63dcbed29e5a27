/*
 * proposal_own.h - what making proposals and answering them share: a row as the
 * school's road map would have it, and the frozen rows it is taken from.
 */
#pragma once

#include "core/plans/proposal.h"

struct school_words {
	struct str of[PROPOSED_COUNT];
};

/* Of no row: every word empty. */
struct school_words words_of_edition(const struct q_edition_measure *r);
struct school_words words_of_row(const struct q_measure *m);
bool words_differ(const struct school_words *a, const struct school_words *b);

struct edition_rows {
	int64_t edition; /* 0: an empty place */
	struct q_edition_measure *all;
	size_t n;
};

enum { EDITIONS_AT_ONCE = 8 };

/* Editions read so far; the last place is used again when all are taken. */
struct editions {
	plan_id plan;
	struct edition_rows kept[EDITIONS_AT_ONCE];
};

NODISCARD enum rc edition_rows(struct scope *sc, struct editions *e,
    int64_t edition, const struct edition_rows **ret);

/* NULL: the edition has no such row. */
NODISCARD enum rc edition_row(struct scope *sc, struct editions *e,
    int64_t edition, measure_id measure, const struct q_edition_measure **ret);

/* state: "taken", "declined", "replaced"; by_person: the actor said so. */
NODISCARD enum rc proposal_close(struct scope *sc, proposal_id id,
    const char *state, struct str reason, bool by_person);
