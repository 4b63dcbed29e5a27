/*
 * load_profile.h - what a person chose in the loading wizard, remembered by
 * the headings of the file: its procedure, its year, what headings nobody knew
 * stand for.  Next year's file comes with all of it filled in.  (Spellings of
 * schools are remembered for every file: matching.h.)
 *
 * A file is known again by its signature: its headings in small letters,
 * digits as "#".  The same headings may come with several procedures ("ВПР
 * математика", "ВПР русский язык"): then each has a profile of its own, and
 * the one whose last file had the same name but for digits is meant; failing
 * that, the only one.  With several left a person is asked.
 *
 * A year is kept as its distance from the school year of the day, so that
 * "last year" said in 2026 means 2026/2027 a year later.
 *
 * BASIS: ux 6.
 */
#pragma once

#include "convert/recognise.h"
#include "core/scope.h"
#include "store/q_load_profiles.h"

enum { PROFILE_NAME_MOST = 120 };

/* Empty for headings without a word. */
struct str load_signature(struct arena *mem, const struct str *cells, size_t n);

/* "ВПР 2026.xlsx" is "впр ####.xlsx". */
struct str load_file_like(struct arena *mem, struct str file_name);

struct load_profiles {
	const struct q_load_profile *all; /* of these headings */
	size_t n;
	const struct q_load_profile *meant; /* NULL: none, or ask */
};

NODISCARD enum rc load_profiles_of(struct scope *sc, struct str signature,
    struct str file_name, struct load_profiles *ret);

/* The year a profile means today; 0 when the file says its own. */
struct syear load_profile_year(
    const struct q_load_profile *p, struct date today);

/* Columns as one text, and back. */
struct str said_columns_text(
    struct arena *mem, const struct said_column *all, size_t n);
const struct said_column *said_columns_of(
    struct arena *mem, struct str text, size_t *ret_n);

/* What is remembered with a load; inside its transaction, journalled. */
struct load_choice {
	struct str signature;
	struct str kind;    /* code */
	struct str profile; /* the reader's name of it */
	struct str file_name;
	struct str procedure;
	struct syear year;
	struct str columns;
	load_id load;
};
NODISCARD enum rc load_profile_remember(
    struct scope *sc, const struct load_choice *c);

/* RC_INVALID: no name, or too long; RC_NOT_FOUND: there is no such profile. */
NODISCARD enum rc load_profile_rename(
    struct scope *sc, int64_t id, struct str name);
NODISCARD enum rc load_profile_forget(struct scope *sc, int64_t id);
