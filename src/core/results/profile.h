/*
 * profile.h - what the numbers of one school say together: cohorts, similar
 * schools, chance in small groups, deficits.
 *
 * Similar schools are a corridor, never a rank: between which shares the
 * middle half of them lies.  A corridor of fewer than PEERS_LEAST schools is
 * not told, so no school can be made out in it; it is the one thing here that
 * is computed from schools the reader may not see.
 */
#pragma once

#include "core/scope.h"
#include "lang/vocabulary.h"
#include "store/q_results.h"

enum { PEERS_LEAST = 5, COHORT_STEPS = 3 };

/* Thousandths of one: where the true share lies 19 times of 20 (Wilson). */
struct interval {
	int64_t low, high;
};

/* participants > 0. */
struct interval share_interval(int64_t failed, int64_t participants);

/* The same children in the works of following years. */
struct cohort_step {
	bool is_known;
	struct str title; /* "ВПР математика 4 кл." */
	struct syear year;
	int64_t failed, participants;
};

struct cohort {
	struct str subject; /* математика */
	struct cohort_step steps[COHORT_STEPS];
	size_t n;
};

/* Grades 4→5→6 and 8→9 up to a year; those with at least two known works. */
void cohorts_of(struct arena *mem, const struct vocabulary *words,
    const struct q_result *results, size_t n, struct syear last,
    struct cohort **ret, size_t *ret_n);

/* Of one procedure and year; n below PEERS_LEAST: shares are not told. */
struct corridor {
	size_t procedure; /* in the vocabulary */
	size_t n;
	struct ratio low, middle, high; /* quartiles of shares */
};

struct peers {
	struct str rule; /* who counts as similar, a sentence */
	size_t n;        /* similar schools */
	const struct corridor *corridors; /* as the vocabulary */
	const struct corridor *all;       /* of every school that took part */
};

/*
 * Schools of the same locality, of half to twice the size, that teach the
 * same grades; of a school without a number of pupils: of the same locality.
 */
NODISCARD enum rc peers_of(struct scope *sc, const struct vocabulary *words,
    school_id school, struct syear year, struct peers *ret);

/* What a school lacks, and by what it shows. */
struct deficit {
	struct str code, title;
	struct str shown_by; /* "ОГЭ математика (11 из 27); …" */
};

/*
 * By data/deficits.tsv: low results of the year before (BASIS: norilsk-2.1)
 * and answers that break their rule (BASIS: norilsk-3.2).
 */
void deficits_of(struct arena *mem, const struct vocabulary *words,
    const struct q_result *results, size_t n_results,
    const struct q_observation *answers, size_t n_answers, struct syear year,
    struct deficit **ret, size_t *ret_n);

/* Does this answer break its rule?  all: the school's of the same year. */
bool answer_is_breach(const struct vocabulary *words,
    const struct q_observation *answer, const struct q_observation *all,
    size_t n);
