/*
 * harness.h - cmocka in the order it wants its headers, and a few checks on
 * our own types.
 */
#pragma once

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
/* clang-format on */

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"

#define assert_str(actual, expected)                                           \
	do {                                                                   \
		struct str a_ = (actual);                                      \
		struct str e_ = str_of(expected);                              \
		if (!str_eq(a_, e_))                                           \
			print_error("«%.*s» is not «%.*s»\n", STR_ARG(a_),     \
			    STR_ARG(e_));                                      \
		assert_true(str_eq(a_, e_));                                   \
	} while (0)

/*
 * Tests whose data lie beside the project stand last in their list and are
 * left out where the data are not: cmocka's skip() reads as a failure.
 */
static inline bool
is_there(const char *path)
{
	FILE *f = fopen(path, "rb");

	if (f)
		(void)fclose(f);
	return f != NULL;
}
