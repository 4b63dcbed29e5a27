/*
 * pack.h - the current counts of a year in one value, for lists.
 *
 * Facts stay row by row with their origins in the table result.  A list of a
 * country reads a million and a half of them and wants four numbers of each;
 * so whoever changes rows of a year rebuilds that year's pack in the same
 * transaction (pack_rebuild, pack_rebuild_of_load).  A pack is never changed,
 * only made anew from the rows; a year without one is read from its rows.
 *
 * Numbers of seven bits a byte, the lowest first, the eighth bit while more
 * follow:
 *
 *	1  procedures  { length  code }…
 *	{ school - the school before  results
 *	  { procedure  participants  failed }… }…
 */
#pragma once

#include "core/scope.h"

/* RC_OK when the rows of this year stand in its pack. */
NODISCARD enum rc pack_rebuild(struct scope *sc, struct syear year);

/* Every year the load gave a number for, also one that was withdrawn. */
NODISCARD enum rc pack_rebuild_of_load(struct scope *sc, load_id load);

struct pack {
	struct str rest;
	const struct str *procedures; /* codes; they live as long as the text */
	size_t n_procedures;
	int64_t school;
	uint64_t left; /* results of this school still to come */
	bool is_broken;
};

struct pack_row {
	school_id school;
	size_t procedure; /* place in procedures */
	int32_t participants, failed;
};

/* False: not a pack. */
bool pack_open(struct arena *mem, struct str text, struct pack *ret);

/* False after the last row, and when the pack is broken. */
bool pack_next(struct pack *p, struct pack_row *ret);
