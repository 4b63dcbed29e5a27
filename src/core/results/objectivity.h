/*
 * objectivity.h - results that ask for a check: markers that came from above,
 * and signs computed from the loaded results.
 *
 * A sign is a reason to look, never a verdict: the words are «требует
 * проверки».  Below data/objectivity.tsv's numbers of participants nothing is
 * said.  Only the department sees any of it (PERM_BIAS_READ); a school is
 * told by a person, not by a page.
 *
 * What is not computed: the jump at the border of two marks and the share of
 * «повысили» need distributions of points and comparisons with the journal,
 * and those are not kept.
 */
#pragma once

#include "core/scope.h"
#include "lang/vocabulary.h"
#include "store/q_room_objectivity.h"

enum sign_kind { SIGN_COHORT, SIGN_SPREAD, SIGN_MEAN, SIGN_KIND_COUNT };

struct sign_rule {
	struct ratio threshold;
	int64_t least; /* participants */
	struct str source, title;
};

struct sign {
	enum sign_kind kind;
	size_t procedure; /* in the vocabulary; of a cohort the earlier one */
	struct str text;  /* a sentence with its numbers */
};

struct objectivity_line {
	school_id school;
	struct str name, code;
	struct str markers; /* "4 РУ, 5 МА"; empty: none set */
	int64_t n_markers;
	int64_t years; /* of the last three in which a marker was set */
	const struct sign *signs;
	size_t n_signs;
	int64_t suppressed; /* checks left out: too few participants */
	bool may_hide_low;  /* a marker or sign, and in no group of ШНОР */
	bool in_shnor;
	const struct q_second *seconds;
	size_t n_seconds;
};

struct objectivity {
	struct syear year;
	struct sign_rule rules[SIGN_KIND_COUNT];
	const struct objectivity_line *lines; /* that have anything to show */
	size_t n;
	int64_t with_markers;
	int64_t took_part; /* schools with a result of Russian, grade 4 */
	int64_t suppressed;
	bool has_markers; /* a list of markers is loaded for the year */
};

/* Needs PERM_BIAS_READ for every school, else RC_DENIED. */
NODISCARD enum rc objectivity_of_year(struct scope *sc,
    const struct vocabulary *words, struct syear year, struct objectivity *ret);

/* Second marks: stored beside the first, which nothing changes. */
struct second_new {
	school_id school;
	struct syear year;
	struct str procedure;
	int64_t marks[4]; /* 2…5 */
	struct str document;
	struct str note;
};

/* RC_INVALID by column; the first marks must be there. */
NODISCARD enum rc second_marks_add(struct scope *sc,
    const struct vocabulary *words, const struct second_new *s, int64_t *ret);
NODISCARD enum rc second_marks_withdraw(
    struct scope *sc, int64_t id, struct str reason);
