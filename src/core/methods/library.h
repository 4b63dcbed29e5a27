/*
 * library.h - the methodologies that travel with the program.
 *
 * Several versions of one method may be shipped; the one in force on a day is
 * taken unless a version is named ("shnor@2022.1").
 */
#pragma once

#include "core/scope.h"
#include "lang/method.h"

struct library {
	struct method *
	    *methods; /* by code, then by the day they came in force */
	size_t n;
};

NODISCARD enum rc library_read(
    struct scope *sc, const struct vocabulary *words, struct library *ret);

/* The version that came in force last; NULL: no method has this code. */
const struct method *library_newest(
    const struct library *library, struct str code);

/*
 * "shnor" or "shnor@2022.1".  RC_NOT_FOUND with a complaint that lists what
 * there is.
 */
NODISCARD enum rc library_find(struct scope *sc, const struct library *library,
    struct str name, struct date on, const struct method **ret);
