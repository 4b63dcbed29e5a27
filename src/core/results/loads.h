/*
 * loads.h - what was loaded, what it changed, and taking it back.
 */
#pragma once

#include "core/results/intake.h"
#include "store/q_results.h"

/* What stands on a load, so that it cannot be undone: "run", "load". */
struct load_dependant {
	struct str what;
	int64_t id;
};

/*
 * Takes a load back: its numbers are withdrawn (they stay in the history) and
 * what stood before them is current again.  RC_CONFLICT with a complaint that
 * names every list and later load that stands on it.
 */
NODISCARD enum rc load_undo(struct scope *sc, load_id id);
