/*
 * trial.h - the inputs of lists drawn straight from files, without a database.
 *
 * A list of schools and their counts are taken as the files say; nothing is
 * stored, nothing has an origin, so what is drawn from it is only looked at.
 * The rules are those of stored lists: schools are matched by login, code and
 * name, counts of two logins of one school are added up (BASIS: domain 10.12),
 * and the same method programs decide.  Appeals whose protocol is elsewhere
 * are left out, with a warning.
 *
 *	struct trial *t = trial_open(sc, words, first, last);
 *	trial_file(t, "schools.csv")
 *	convert_rows(schools…, trial_schools(t))
 *	trial_schools_end(t)
 *	for each file of results or pupils
 *		trial_file(t, "pupils.csv")
 *		convert_counts(results…, trial_counts(t))
 *		if trial_is_unclear(t): trial_file() again and
 *			convert_rows(results…, trial_rows(t))
 *	trial_files_end(t)
 *	trial_inputs(t, year, &inputs) for each year from first to last
 *
 * The second reading costs more and says where the unknown school stands.
 */
#pragma once

#include "convert/convert.h"
#include "core/methods/inputs.h"

struct trial;

/* Lists of the years first…last may be asked for.  Lives in sc->mem. */
struct trial *trial_open(struct scope *sc, const struct vocabulary *words,
    struct syear first, struct syear last);

struct row_sink trial_schools(struct trial *t);

/* RC_INVALID with complaints when the list of schools cannot be used. */
NODISCARD enum rc trial_schools_end(struct trial *t);

/*
 * Another file begins; name is kept.  Its counts take the place of those an
 * earlier file gave for the same school and exam, as a corrected file's do.
 */
void trial_file(struct trial *t, struct str name);

struct count_sink trial_counts(struct trial *t);

/* True: the file names a school or a procedure that is not known. */
bool trial_is_unclear(const struct trial *t);

struct row_sink trial_rows(struct trial *t);

/*
 * After the last file: RC_INVALID when any had something unknown, RC_LIMIT when
 * all of it is more than the arena may hold.
 */
NODISCARD enum rc trial_files_end(struct trial *t);

/*
 * The facts of a list's year; schools by code, or by name as lists are read.
 * The facts are the trial's own and shared by all its years; the rest is in
 * mem.
 */
NODISCARD enum rc trial_inputs(struct trial *t, struct syear year, bool by_name,
    struct arena *mem, struct inputs *ret);
