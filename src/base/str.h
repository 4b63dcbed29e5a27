/*
 * str.h - borrowed text: a pointer and a length, never owned, not terminated.
 *
 * A str says nothing about who keeps the bytes; the function that returns one
 * does.  Text is UTF-8 unless a header says otherwise.  p == NULL is "no
 * text" and differs from the empty text only where a header says so (a NULL
 * column of the database).
 */
#pragma once

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct str {
	const char *p;
	size_t n;
};

/* A literal as a str. */
#define S(literal) ((struct str){(literal), sizeof(literal) - 1})
#define S_INIT(literal) {(literal), sizeof(literal) - 1}

/* For "%.*s". */
#define STR_ARG(s) (int)(s).n, (s).p ? (s).p : ""

struct str str_of(const char *terminated);
bool str_eq(struct str a, struct str b);
int str_cmp(struct str a, struct str b);
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);
struct str str_trim(struct str s); /* ASCII space, NBSP, BOM */
struct str str_from(struct str s, size_t from);
struct str str_cut(struct str s, size_t from, size_t to);

/* Position of the first occurrence, or -1. */
ptrdiff_t str_find(struct str s, struct str what);
ptrdiff_t str_find_char(struct str s, char c);

/*
 * Take the part before the next separator off the front of *rest.  Returns
 * false when nothing is left.  "a,,b" gives "a", "", "b".
 */
bool str_split(struct str *rest, char separator, struct str *ret_part);

/* Whether "a b c", words with single spaces between, has "b"; never "". */
bool str_has_word(struct str words, struct str word);

/* Copies live in the arena; arena_cstr is terminated. */
struct str arena_str(struct arena *mem, struct str s);
char *arena_cstr(struct arena *mem, struct str s);
struct str arena_fmt(struct arena *mem, const char *format, ...) PRINTF(2, 3);

/* Whole text must be a number; false leaves *ret alone. */
bool str_to_int(struct str s, int64_t *ret);

uint64_t str_hash(struct str s);
