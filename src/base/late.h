/*
 * late.h - a shared library that is loaded when it is first needed.
 *
 * A library that is linked in the usual way is mapped, relocated and
 * initialised by every command and every process of the server, with all the
 * libraries it brings along; doc/why/libraries-when-needed.md has the figures.
 * What few commands need is therefore found late: a .def file lists the
 * functions, the types come from the library's own header, so a call is
 * checked by the compiler as if it were linked.
 *
 *	struct paper_lib {
 *	#define PAPER(function) __typeof__(function) *function;
 *	#include "fmt/paper_lib.def"
 *	#undef PAPER
 *	};
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct late_function {
	const char *name;
	size_t at; /* offset of its pointer in the table */
};

/*
 * Fills the table once for the process; false when the library or one of the
 * functions is not there: the table must not be used then.  Call it under a
 * once_flag of your own.  The library stays loaded.
 */
bool late_load(const char *library, const struct late_function *functions,
    size_t n, void *table);
