/*
 * index.h - schools in hard social conditions (ШНСУ): an index that anybody
 * can check with pencil and paper.
 *
 * An index is a readable file (data/indexes/): inputs with weight, direction
 * and threshold, and one of three ways to decide:
 *
 *	index	 50 + 10 · Σ w·s·z / Σ w, listed below a limit or in the lowest
 *		 part; z is how far the value lies from the mean of the
 *		 municipality, in standard deviations, s is -1 where more is
 *		 worse
 *	points	 the weights of the inputs beyond their thresholds are added up
 *	factors	 the inputs beyond their thresholds are counted (m of n)
 *
 * With fewer schools than `least` deviations mean nothing: the index is
 * refused and points decide.
 *
 * Exactness: a value is taken in millionths, z in thousandths, rounded half
 * away from zero by integer arithmetic; the decision compares whole numbers.
 * What is missing decides only when it no longer matters (points, factors);
 * for the index a school with a missing input has no data.
 *
 * A run of an index is kept like a run of a method (run.h), so steps,
 * objections and reconciliation are the same.
 */
#pragma once

#include "core/methods/inputs.h"
#include "lang/method.h"

enum index_mode { INDEX_DEVIATIONS, INDEX_POINTS, INDEX_FACTORS, INDEX_MODES };

extern const char *const index_mode_codes[INDEX_MODES];
extern const char *const index_mode_titles[INDEX_MODES];

struct index_input {
	size_t element; /* in the vocabulary */
	int64_t weight; /* 1…1000 */
	bool more_is_worse;
	struct ratio threshold; /* a share of one, a count, or 0 and 1 */
};

struct index_method {
	struct str text; /* the whole file */
	struct str code, title, short_title, version, source;
	enum index_mode mode;
	int64_t limit_index; /* thousandths */
	struct ratio lowest; /* a share of the schools; den 0: limit_index */
	int64_t limit_points, limit_factors;
	int64_t least;
	const struct index_input *inputs;
	size_t n;
};

enum { INDEX_BYTES = 64 * 1024, INDEX_INPUTS = 32 };

/* RC_INVALID with every complaint, by line. */
NODISCARD enum rc index_parse(struct scope *sc, const struct vocabulary *words,
    struct str file, struct str text, struct index_method *ret);

/* One of the program's own; RC_NOT_FOUND with a complaint. */
NODISCARD enum rc index_find(struct scope *sc, const struct vocabulary *words,
    struct str code, struct index_method *ret);

/* All of the program's own, by code. */
NODISCARD enum rc index_list(struct scope *sc, const struct vocabulary *words,
    const struct index_method **ret, size_t *ret_n);

/* One input of one school. */
struct index_value {
	bool is_known;
	struct ratio value;
	int64_t z;      /* thousandths; 0 where it is not known */
	bool is_factor; /* known and beyond the threshold */
};

struct index_line {
	const struct inputs_school *school;
	enum method_status status;
	bool has_score;
	int64_t score; /* thousandths, for people; 50000 is the mean */
	int64_t points, factors;
	size_t missing;
	const struct index_value *values; /* as method->inputs */
	struct str reason;
};

/* What ±10 % of one weight does to the list. */
struct index_shift {
	size_t input;
	bool up;
	struct str enter, leave; /* names; empty: nobody */
};

struct index_run {
	const struct index_method *method;
	struct inputs inputs;
	enum index_mode mode; /* the one that decided */
	bool fell_back;       /* deviations were refused: too few schools */
	size_t complete;      /* schools with every input */
	const struct index_line *lines; /* as inputs.schools */
	size_t n;
	size_t counts[METHOD_STATUS_COUNT];
	struct str formula; /* printed, with its weights */
	struct str rule;    /* who is listed, in a sentence */
	struct str settings, summary, hash;
};

NODISCARD enum rc index_compute(struct scope *sc,
    const struct index_method *method, const struct inputs *inputs,
    struct index_run *ret);

/* Only those that move somebody; none when weights do not decide. */
NODISCARD enum rc index_sensitivity(struct scope *sc,
    const struct index_run *run, struct index_shift **ret, size_t *ret_n);

/* As run_save(). */
NODISCARD enum rc index_save(
    struct scope *sc, const struct index_run *run, run_id *ret);

/* The saved one again, from its frozen text; as run_reopen(). */
NODISCARD enum rc index_reopen(struct scope *sc, const struct vocabulary *words,
    run_id id, struct index_run *ret);

/* "47,3" */
struct str index_score_text(struct arena *mem, int64_t score);
