/*
 * deficits.h - what a school may lack, by what it shows, and measures that
 * answer it: data/deficits.tsv and data/measures.tsv.
 *
 * The catalogue is a place to start a row from, never a duty: its words go into
 * the plan as a person's own and are changed there.
 *
 * BASIS: features, idea 7; domain 2, 6.2
 */
#pragma once

#include "base/arena.h"
#include "base/str.h"

struct deficit {
	struct str code, title;
	struct str title_of; /* genitive: "недостаток …" */
};

enum { DEFICITS_MOST = 64, CATALOGUE_MOST = 512 };

/* In the order of the table; returns how many. */
size_t deficits(struct deficit ret[DEFICITS_MOST]);
bool deficit_find(struct str code, struct deficit *ret);

/* "учителей, учебной мотивации" of codes; an unknown code as it is. */
struct str deficit_titles(struct arena *mem, struct str codes);

struct catalogue_measure {
	struct str answers; /* a deficit */
	struct str title, school_part, deadline, responsible, result;
	struct str evidence; /* codes of evidence_kinds.h */
};

/* Those that answer one of the codes; codes empty: all. */
size_t measure_catalogue(
    struct str codes, struct catalogue_measure ret[CATALOGUE_MOST]);
