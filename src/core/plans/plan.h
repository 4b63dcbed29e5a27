/*
 * plan.h - programmes and road maps as they are kept and worked on.
 *
 * A plan is made from a file (plan_from_reading), from a template, or from
 * last year's plan; people correct it row by row; plan_steps.h leads it to an
 * order, which freezes an edition.  The live rows are always the working copy:
 * while changes to an approved plan are prepared, what is carried out is the
 * edition that stands approved.
 *
 * Every change is one transaction with its entry in the journal (было → стало)
 * and takes the version its author saw: the second of two people gets
 * RC_CONFLICT.  RC_INVALID comes with a complaint for each field that is wrong;
 * the complaint's column is the field's name.
 *
 * BASIS: domain 6.1, 6.7; features C1, C4, C10, C14; issue "Road maps".
 */
#pragma once

#include "core/plans/plan_reading.h"
#include "core/scope.h"
#include "store/q_plans.h"

struct plan_new {
	struct str kind;  /* programme, municipal, school */
	school_id school; /* whose, for kind school; 0: the municipality's */
	plan_id parent;   /* 0: none */
	struct str title;
	struct day_span period;
	struct str
	    group_kind; /* shnor, risk, shnsu, or empty: picked schools */
	struct date group_on;
	struct str columns; /* empty: the municipality's usual set */
	struct str basis, control, aim, tasks;
};

/* An empty draft. */
NODISCARD enum rc plan_make(
    struct scope *sc, const struct plan_new *p, plan_id *ret);

/*
 * A draft of everything a file said: sections, measures, points, clauses,
 * people.  Responsibles are looked up in the directory; what is not found
 * stays as printed and is a finding of the linter.
 */
NODISCARD enum rc plan_from_reading(struct scope *sc,
    const struct plan_new *head, const struct plan_reading *reading,
    struct str file_name, struct str file_hash, plan_id *ret);

/* A whole plan in memory: what lists, documents and the linter work on. */
struct plan_row {
	struct q_measure m;
	struct deadline deadline; /* read in the context of the plan */
	struct q_measure_responsible *who;
	size_t n_who;
	school_id *schools; /* participants picked for this row */
	size_t n_schools;
};

struct plan_part {
	struct q_plan_section s;
	struct plan_row *rows;
	size_t n;
};

struct plan {
	struct q_plan head;
	struct q_plan_school *schools;
	size_t n_schools;
	struct plan_part *parts;
	size_t n_parts;
	struct q_plan_person *people;
	size_t n_people;
	struct date ordered; /* of the order that approved it, or DATE_NONE */
	const struct calendar
	    *calendar; /* of the municipality; NULL: defaults */
};

/* RC_NOT_FOUND also for a plan the actor may not see. */
NODISCARD enum rc plan_load(struct scope *sc, plan_id id, struct plan *ret);

/* The context its deadlines are read in. */
struct deadline_context plan_context(const struct plan *p);
/* Of one section, which may be of its own years ("… на 2023 год"). */
struct deadline_context plan_part_context(
    const struct plan *p, const struct plan_part *part);

/*
 * The schools it is for.  Of an approved plan a school leaves or joins from
 * today on; of a draft from the beginning of the period.
 */
NODISCARD enum rc plan_set_schools(struct scope *sc, plan_id id,
    int64_t version, const school_id *all, size_t n);

/* The schools of a group (shnor, risk, shnsu) on a day, by the acts. */
NODISCARD enum rc group_on_day(struct scope *sc, struct str kind,
    struct date on, school_id **ret, size_t *ret_n);

/* Rows.  after: 0 puts it first in its section. */
NODISCARD enum rc measure_add(struct scope *sc, plan_id plan, int64_t section,
    measure_id after, const struct q_measure *m, measure_id *ret);
NODISCARD enum rc measure_change(
    struct scope *sc, int64_t version, const struct q_measure *m);
NODISCARD enum rc measure_remove(
    struct scope *sc, measure_id id, int64_t version);
NODISCARD enum rc measure_move(struct scope *sc, measure_id id, int64_t version,
    int64_t section, measure_id after);
NODISCARD enum rc measure_set_schools(struct scope *sc, measure_id id,
    int64_t version, const school_id *schools, size_t n);
/* Numbers anew, in the manner the plan numbers already ("2.3.", "14"). */
NODISCARD enum rc plan_renumber(struct scope *sc, plan_id id, int64_t version);

/*
 * Next year's draft: windows a year later in the words of the order, schools of
 * the group on the new day, and of the old rows those not carried out when
 * only_unfinished says so.
 */
struct plan_copy_options {
	struct str title;
	struct day_span period;
	struct date group_on;
	bool only_unfinished;
};
NODISCARD enum rc plan_copy(struct scope *sc, plan_id from,
    const struct plan_copy_options *options, plan_id *ret);

/* A school's draft that inherits the rows its school takes part in. */
NODISCARD enum rc plan_for_school(
    struct scope *sc, plan_id municipal, school_id school, plan_id *ret);
