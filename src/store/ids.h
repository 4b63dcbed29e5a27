/*
 * ids.h - every kind of row has an id of its own type, so mixing two of them
 * up does not compile.  0 is "none".
 *
 * Ids count from 1 inside a municipality; addresses of pages and the text of
 * orders show them.
 */
#pragma once

#include <stdint.h>

/* clang-format off */
#define STORE_IDS(ID) \
	ID(municipality) ID(school) ID(person) ID(load) ID(run) ID(official) \
	ID(objection) ID(plan) ID(measure) ID(occurrence) ID(mark) ID(evidence) \
	ID(schedule) ID(proposal) ID(letter)
/* clang-format on */

#define DECLARE_ID(kind)                                                       \
	typedef struct {                                                       \
		int64_t v;                                                     \
	} kind##_id;
STORE_IDS(DECLARE_ID)
#undef DECLARE_ID
