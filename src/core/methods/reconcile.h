/*
 * reconcile.h - our list against the region's, school by school, with the
 * cause of each difference.
 *
 * Causes are computed where they can be: another reading or version of the
 * method decides as the order does; the numbers were changed after the run;
 * data are missing; the decision hangs on one or two pupils; only results
 * after a retake are loaded.  Whatever the program finds, a person may add
 * their own word.
 *
 * BASIS: domain 10.14
 */
#pragma once

#include "core/methods/official.h"
#include "core/methods/run.h"

enum difference_kind {
	DIFFERENCE_NONE, /* both list it */
	DIFFERENCE_ONLY_ORDER,
	DIFFERENCE_ONLY_OURS,
	DIFFERENCE_NO_DATA, /* neither lists it, but we could not decide */
	DIFFERENCE_KIND_COUNT
};

extern const char *const difference_kind_codes[DIFFERENCE_KIND_COUNT];
extern const char *const difference_kind_titles[DIFFERENCE_KIND_COUNT];

enum cause_kind {
	CAUSE_READING,
	CAUSE_VERSION,
	CAUSE_CHANGED,
	CAUSE_NOT_APPLICABLE,
	CAUSE_NOT_IN_RUN,
	CAUSE_MISSING,
	CAUSE_RETAKE,
	CAUSE_MARGIN,
};

struct cause {
	enum cause_kind kind;
	struct str text; /* a sentence */
};

struct reconcile_line {
	school_id school;
	struct str name, code;
	struct str sort_key;
	enum difference_kind kind;
	struct str status; /* of our verdict; empty: not in the run */
	struct str reason;
	struct str basis; /* the order's ground */
	const struct cause *causes;
	size_t n_causes;
	struct q_difference_note note; /* version 0: nobody wrote one */
};

struct reconciliation {
	struct q_run run;
	struct q_official act;
	const struct reconcile_line *lines; /* differences and both, by name */
	size_t n;
	size_t counts[DIFFERENCE_KIND_COUNT];
	size_t neither;     /* schools neither lists, decided */
	size_t unexplained; /* ONLY_… with neither a cause nor a note */
};

/* RC_INVALID when the act has no school of the run's kind or another year. */
NODISCARD enum rc reconcile(
    struct scope *sc, run_id run, official_id act, struct reconciliation *ret);

NODISCARD enum rc reconcile_unexplained(
    struct scope *sc, const struct q_run *run, official_id act, size_t *ret);

/* A person's word; version 0 for the first one.  Empty text is refused. */
NODISCARD enum rc reconcile_explain(struct scope *sc, run_id run,
    official_id act, school_id school, int64_t version, struct str text);
