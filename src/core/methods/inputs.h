/*
 * inputs.h - everything a decision stands on, frozen.
 *
 * The inputs of a run are read from the database once, or from the canonical
 * text that an earlier run kept; both give the same schools with the same
 * facts, so a decision can be recomputed years later and must come to the
 * same hash.
 *
 * The canonical text is lines of tab-separated fields, sorted, UTF-8:
 *
 *	opora inputs 1
 *	year	2023/2024
 *	school	ID	CODE	KIND	rural|urban	small|full	SORT KEY	NAME
 *	count	ID	YEAR	PROCEDURE	PARTICIPANTS	FAILED	LOAD.REVISION …
 *	value	ID	ELEMENT	NUM/DEN|-	LOAD.REVISION
 */
#pragma once

#include "core/scope.h"
#include "lang/vocabulary.h"

struct inputs_school {
	school_id id;
	struct str code, name, sort_key;
	struct facts facts;
};

struct inputs {
	const struct vocabulary *words;
	struct syear year;                   /* in which the list is drawn up */
	const struct inputs_school *schools; /* in Russian alphabetical order */
	size_t n;
	const load_id *loads; /* every load a number came from, ascending */
	size_t n_loads;
	struct str text; /* canonical; empty after inputs_read() */
	struct str hash; /* SHA-256 of text; likewise */
};

/*
 * The schools that are open in the list's year, with the results of the years
 * before it and the observations of the year itself.  Results of a school
 * that was merged into another are added to that one's, and only by such a
 * record (BASIS: domain 10.13).
 */
NODISCARD enum rc inputs_collect(struct scope *sc,
    const struct vocabulary *words, struct syear year, struct inputs *ret);

/*
 * The same facts without their origins, their text and its hash: to look at a
 * list that is not going to be saved.
 */
NODISCARD enum rc inputs_read(struct scope *sc, const struct vocabulary *words,
    struct syear year, struct inputs *ret);

/* From the canonical text; RC_INVALID with a complaint when it is not one. */
NODISCARD enum rc inputs_parse(struct scope *sc, const struct vocabulary *words,
    struct str text, struct inputs *ret);
