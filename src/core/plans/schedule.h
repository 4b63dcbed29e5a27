/*
 * schedule.h - somebody's schedule, once it is known: «по графику
 * регионального института».
 *
 * A file says its rows: from, to, text, school (code or name; empty: for
 * everybody).  Rows of approved plans whose deadline names this schedule get
 * its days, each row of it a window of its own; loading it again moves what
 * carries no mark yet.  Names are compared as a reader would: «Согласно
 * графику НИМРО» waits for «график НИМРО».
 *
 * BASIS: deadlines.md, external waits and reports that the schedule is
 * missing; idea 21.
 */
#pragma once

#include "core/plans/plan.h"
#include "core/plans/school_calendar.h"
#include "store/q_calendar.h"

struct schedule_load {
	schedule_id id;
	bool is_new;
	size_t rows;
	size_t measures; /* that wait for this schedule */
	struct deadlines_moved deadlines;
};

/* RC_INVALID with complaints; then, and with check_only, nothing is written. */
NODISCARD enum rc schedule_load(struct scope *sc, const struct pages *file,
    struct str name, struct str source, bool check_only,
    struct schedule_load *ret);

/* Whether a deadline waits for a schedule of this name. */
bool schedule_is_meant(
    struct arena *mem, const struct deadline *d, struct str name);

/*
 * The windows a schedule gives; labels are its texts.  ret_schools: whom each
 * is for, 0: everybody.
 */
NODISCARD enum rc schedule_windows(struct scope *sc, schedule_id id,
    struct deadline_window **ret, school_id **ret_schools, size_t *ret_n);
