/*
 * harness.h - cmocka in the order it wants its headers, and a few checks on
 * our own types.
 */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/str.h"

#include <stdio.h>
#include <string.h>

#define assert_str(actual, expected)                                           \
	do {                                                                   \
		struct str a_ = (actual);                                      \
		struct str e_ = str_of(expected);                              \
		if (!str_eq(a_, e_))                                           \
			print_error("«%.*s» is not «%.*s»\n", STR_ARG(a_),     \
			    STR_ARG(e_));                                      \
		assert_true(str_eq(a_, e_));                                   \
	} while (0)
