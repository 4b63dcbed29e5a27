/*
 * plan_own.h - what the files that keep plans share between themselves.
 */
#pragma once

#include "core/access/access.h"
#include "core/plans/plan.h"
#include "store/q_access.h"
#include "store/q_registry.h"

/* Checks, inserts, journals; inside the caller's transaction. */
NODISCARD enum rc plan_insert(struct scope *sc, const struct plan_new *p,
    struct str file_name, struct str file_hash, plan_id copied_from,
    plan_id *ret);

/* RC_CONFLICT with a complaint when the plan is not as its author saw it. */
NODISCARD enum rc plan_check_version(
    struct scope *sc, const struct q_plan *plan, int64_t version);

/* Every row's deadline anew: the context changed. */
void plan_read_deadlines(struct arena *mem, struct plan *p);

/* Who the directory knows: persons by name, schools by every spelling. */
struct directory {
	struct q_person *people;
	size_t n_people;
	struct q_school *schools;
	struct str *school_keys; /* school_name_key of each */
	size_t n_schools;
};
NODISCARD enum rc directory_read(struct scope *sc, struct directory *ret);
person_id directory_person(
    struct arena *mem, const struct directory *d, struct str name);
school_id directory_school(
    struct arena *mem, const struct directory *d, struct str name);

/* Cuts the printed cell, looks each up, and replaces the rows of the measure. */
NODISCARD enum rc measure_put_responsible(struct scope *sc,
    const struct directory *d, measure_id id, struct str printed);

/* A row as given, with its responsibles; of m the id is not looked at. */
NODISCARD enum rc measure_insert(struct scope *sc, const struct directory *d,
    const struct q_measure *m, measure_id *ret);

/* Everything of a measure that follows from its printed texts. */
struct measure_sense {
	struct str evidence; /* codes the form of report asks for */
	struct str
	    participants; /* "all" where every school acts, else "none" */
	struct str goal, goal_sense;
	struct opt_int goal_num, goal_den;
};
struct measure_sense measure_sense_of(struct arena *mem, struct str responsible,
    struct str school_part, struct str result, struct str report_form);

/*
 * As measure_add, measure_change and measure_remove, by another right and
 * inside the caller's transaction; of the new row m->plan is the plan.
 */
NODISCARD enum rc measure_put_in(struct scope *sc, enum perm right,
    int64_t section, measure_id after, const struct q_measure *m,
    measure_id *ret);
NODISCARD enum rc measure_rewrite(struct scope *sc, enum perm right,
    int64_t version, const struct q_measure *m);
NODISCARD enum rc measure_take_out(
    struct scope *sc, enum perm right, measure_id id, int64_t version);

NODISCARD enum rc measure_move_to(struct scope *sc, enum perm right,
    measure_id id, int64_t version, int64_t section, measure_id after);

/* RC_CONFLICT with a complaint while the plan's rows are closed. */
NODISCARD enum rc plan_may_edit(struct scope *sc, enum perm right, plan_id id);

/*
 * Every field and the place of a row as they were; no checks, no journal.
 * RC_CONFLICT unless the row has this version.
 */
NODISCARD enum rc measure_restore(struct scope *sc, const struct q_measure *was,
    measure_id id, int64_t version);

/*
 * An approved plan begins a new edition, by another right and inside the
 * caller's transaction; one whose rows are open stays as it is.
 */
NODISCARD enum rc plan_open_for(
    struct scope *sc, enum perm right, plan_id id, struct str reason);

/* The school takes part in the row: with all, by being picked, or by its name. */
bool row_is_for_school(const struct plan_row *r, school_id school);

/* What the school does is the measure of its own road map. */
struct str school_title(struct str title, struct str school_part);
