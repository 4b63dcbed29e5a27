/*
 * def.h - the few macros every file may use.
 *
 * Each one exists because the compiler can then check something a reader
 * would otherwise have to.
 */
#pragma once

#include <stddef.h>

#define COUNT_OF(a) (sizeof(a) / sizeof((a)[0]))

/* The result carries the outcome: ignoring it is a mistake. */
#define NODISCARD __attribute__((warn_unused_result))

/* The argument number f is a printf format, its values start at v. */
#define PRINTF(f, v) __attribute__((format(printf, f, v)))

/* A variable that cleans itself when it leaves its block. */
#define CLEANUP(fn) __attribute__((cleanup(fn)))

/*
 * A sentence for people.  The words are Russian in the source (see
 * doc/why/russian-source.md); the mark lets xgettext collect them.
 */
#define N_(sentence) sentence

/* Says where a closed switch was left open, and ends the process. */
_Noreturn void unreachable(const char *file, int line);

#define UNREACHABLE() unreachable(__FILE__, __LINE__)

/*
 * An assertion that stays on in production: the state it denies would write
 * wrong data.
 */
_Noreturn void must_failed(const char *what, const char *file, int line);

#define MUST(cond)                                                             \
	((cond) ? (void)0 : must_failed(#cond, __FILE__, __LINE__))
