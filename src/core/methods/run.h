/*
 * run.h - a list drawn up: a method, frozen inputs, a verdict for each school.
 *
 * A run is computed in memory; saving makes it a decision that nothing
 * changes any more.  A run with other settings or readings is a trial and
 * cannot be saved.  What was saved is recomputed from its own frozen text and
 * must come to the same hash.
 *
 * The hash covers everything that was decided and everything it was decided
 * from: the inputs with their origins, the method's text, every setting, and
 * for each school the status, what each criterion came to and the low results
 * behind it.  The margin, the missing facts and the sentences follow from the
 * same text and inputs and are worked out when somebody reads them
 * (run_line_whole), so they are not part of it.  Inputs that were read without
 * being frozen give a run without a hash; it can be shown and not saved.
 *
 * BASIS: norilsk-2.1, norilsk-3.2 (which method is which file under
 * data/methods/)
 */
#pragma once

#include "core/methods/inputs.h"
#include "lang/method.h"
#include "store/q_methods.h"

struct run_line {
	const struct inputs_school *school;
	struct verdict verdict; /* missing: only of a whole line */
	struct str criteria;    /* "K1=yes K2=no" */
	struct str holding;     /* "K1": those that hold */
	struct str low;         /* "2022/2023:vpr-math-5 …" */

	/* Of a whole line: */
	bool is_whole;
	struct margin margin;
	struct str reason; /* for people */
};

struct run {
	const struct method *method;
	const struct method_program *program;
	struct inputs inputs;
	const struct run_line *lines; /* in the order of inputs.schools */
	size_t n;
	size_t counts[METHOD_STATUS_COUNT];
	struct str settings; /* "name = value", one a line */
	struct str hash;     /* empty: the inputs were not frozen */
	bool is_trial;
};

/* choice NULL: the method as it is. */
NODISCARD enum rc run_compute(struct scope *sc, const struct method *method,
    const struct method_choice *choice, const struct inputs *inputs,
    struct run *ret);

/*
 * The line with what a person who looks at this school asks: its margin, what
 * is missing, the sentence.  Some hundred times the cost of the decision, so
 * only for schools that are shown.
 */
struct run_line run_line_whole(
    struct arena *mem, const struct run *run, const struct run_line *line);

/* RC_INVALID for a trial.  One transaction; the run begins as a draft. */
NODISCARD enum rc run_save(
    struct scope *sc, const struct run *run, run_id *ret);

/*
 * The decision again, from its frozen text.  RC_INVALID with a complaint when
 * it does not come to the hash it was saved with.
 */
NODISCARD enum rc run_reopen(struct scope *sc, const struct vocabulary *words,
    run_id id, struct q_run *ret_row, struct run *ret);

/* A school whose verdict differs between two runs of the same schools. */
struct run_difference {
	const struct run_line *before, *after; /* NULL: not in that run */
};

void run_compare(struct arena *mem, const struct run *before,
    const struct run *after, struct run_difference **ret, size_t *ret_n);

const struct run_line *run_line_of(const struct run *run, school_id school);
