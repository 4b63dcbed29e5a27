/*
 * overview.h - how the municipality stands, on one page: who is on the list,
 * whose data are missing, what waits for an answer, who is near the edge, and
 * the results of every school beside each other.
 *
 * Everything is read of the schools the actor may see, from what is current
 * now, or as it stood at the end of an earlier day: lists by their steps,
 * results by the loads that stood, tasks by the marks made until then.  What
 * nobody wrote down at the time (loads left half done, days a term was moved
 * from) is said to be unknown and never made up.
 * The list is the one of the chosen school year; its results are those of the
 * year before, as the methodologies take them.
 *
 * BASIS: ux 1, 8; features E1
 */
#pragma once

#include "core/methods/library.h"
#include "core/methods/steps.h"
#include "store/q_overview.h"
#include "store/q_registry.h"

enum {
	OVERVIEW_YEARS = 5, /* of results, the newest first */
	OVERVIEW_LISTS = 5, /* of lists, the oldest first */
	OVERVIEW_NAMES = 3, /* schools named before "и ещё" */
	OVERVIEW_EDGE = 1,  /* pupils: as near as a list can be */
};

/* One result, or that there is none. */
struct overview_count {
	int32_t participants; /* -1: no row */
	int32_t failed;
};

struct overview_school {
	struct q_school row;
	bool is_open;     /* not closed on the day asked about */
	bool has_verdict; /* in the list of this year */
	enum method_status status;
	struct opt_int margin;
	size_t expected; /* procedures held that its kind takes part in */
	size_t missing;  /* of them without a row */
};

/* Who is on the list? */
struct overview_list {
	bool is_there;
	struct q_run run;
	enum list_state state;
	struct str title; /* ШНОР */
	size_t listed, applicable, no_data;
	bool has_before;
	struct syear before_year;
	size_t before, entered, left;
	size_t may_leave, may_enter; /* a pupil away from turning */
};

/* Schools on the lists of some years, for the curve. */
struct overview_year {
	struct syear year;
	bool is_there;
	run_id run;
	size_t listed, applicable;
};

struct overview_objections {
	size_t n;
	struct moment oldest;
	struct str school; /* who waits longest */
	run_id run;
};

struct overview_loads {
	bool is_seen;   /* the actor may see loads */
	int64_t drafts; /* 0 for an earlier day: not known */
	int64_t refused_loads, refused_rows;
};

/* How the approved plans stand; nothing is said while there is none. */
struct overview_tasks {
	bool is_there;
	size_t overdue, overdue_measures, overdue_schools;
	struct date overdue_since;
	size_t waiting; /* marks nobody has confirmed */
	struct date waiting_since;
	size_t soon; /* due within the days of TASK_DUE_SOON */
	struct date soonest;
	struct str soonest_title;
};

/* What is asked for. */
struct overview_asked {
	struct str method; /* usually shnor */
	struct syear year; /* of the list */
	struct date on;    /* DATE_NONE, or a day from today on: as it is now */
	struct moment
	    until; /* where that day ends in the municipality's zone */
};

struct overview {
	struct date on; /* the day shown; today */
	bool is_past;   /* as it stood at the end of that day */
	struct moment until;
	struct syear year;         /* of the list */
	struct syear results_year; /* the year before it */
	const struct vocabulary *words;
	struct overview_school *schools; /* by the alphabet */
	size_t n;
	size_t n_procedures;
	/* overview_at(); procedures as in the vocabulary */
	struct overview_count *counts;
	bool *is_held; /* somebody has a result of it in results_year */
	struct overview_list list;
	struct overview_year years[OVERVIEW_LISTS];
	struct overview_objections objections;
	struct overview_loads loads;
	struct overview_tasks tasks;
	struct moment data_at; /* of the newest standing load; MOMENT_NONE */
	size_t n_expected;     /* schools that should have results */
	size_t n_without;      /* of them without any */
	size_t n_partly;       /* of them with some missing */
	struct str without;    /* names: "А, Б, В и ещё 2" */
};

NODISCARD enum rc overview_read(struct scope *sc,
    const struct vocabulary *words, const struct library *library,
    const struct overview_asked *asked, struct overview *ret);

/*
 * Of the tasks the actor sees, on the actor's day; until other than
 * MOMENT_NONE: on that earlier day, by the marks made and the editions in
 * force before the moment.  A term moved since then stands where it is now.
 */
NODISCARD enum rc overview_tasks_read(struct scope *sc, struct date on,
    struct moment until, struct overview_tasks *ret);

/* back: 0 is results_year. */
const struct overview_count *overview_at(
    const struct overview *o, size_t school, size_t procedure, int back);

/* Does this kind of school take part in the procedure? */
bool overview_applies(
    const struct overview *o, size_t school, size_t procedure);

/* Sum over the schools chosen; participants -1 where none has a row. */
struct overview_count overview_sum(const struct overview *o,
    const bool *is_chosen, size_t procedure, int back);
