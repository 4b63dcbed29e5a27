/*
 * lacks.h - what does each school lack, and which measure of an approved plan
 * answers it?
 *
 * A deficit follows from the numbers of the overview: low results and answers
 * that break their rule (core/results/profile.h).  A measure answers it when
 * its row says so, its edition is in force on the day of the overview, the
 * plan runs in the school year of the list, and the school takes part.  Where
 * neither the row nor the edition names schools, every school takes part.
 *
 * Of an earlier day: results and editions as they stood then; what a row
 * answers, and the answers of schools, as they are now.
 *
 * BASIS: ux 1, «Дефицит без меры»; domain 2, 6.2
 */
#pragma once

#include "core/overview/overview.h"
#include "core/results/profile.h"

struct lack {
	const struct overview_school *school;
	bool is_listed; /* on the list of the year */
	struct deficit deficit;
	const struct q_answering_measure *measure; /* the first; NULL: none */
};

struct lacks {
	const struct lack
	    *all; /* by school, then as in the table of deficits */
	size_t n;
	/* of the schools on the list; of all of them while there is no list */
	size_t asked, without, schools_without;
};

NODISCARD enum rc lacks_read(
    struct scope *sc, const struct overview *o, struct lacks *ret);
