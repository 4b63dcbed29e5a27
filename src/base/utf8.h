/*
 * utf8.h - Russian text: folding for comparison, order, width, plurals.
 *
 * Two notions of "the same text" are used in the program:
 *   fold   - as a reader sees it: lower case, ё as е, all spaces alike and
 *            single, no soft hyphens or zero-width marks;
 *   header - fold, and Latin look-alikes (K, A, C …) as Cyrillic when the
 *            word is otherwise Cyrillic, trailing ":" and "*" gone.
 */
#pragma once

#include "base/arena.h"
#include "base/str.h"

bool utf8_valid(struct str s);

/* The text itself when it is valid; else a copy with U+FFFD for bad bytes. */
struct str utf8_repair(struct arena *mem, struct str s);

/* Decode one character; bad bytes give U+FFFD and advance by one. */
int32_t utf8_next(struct str *s);
size_t utf8_length(struct str s); /* characters */

struct str text_fold(struct arena *mem, struct str s);
struct str text_header(struct arena *mem, struct str s);
struct str text_lower(struct arena *mem, struct str s);

/* First letter upper, the rest as it was. */
struct str text_capital(struct arena *mem, struct str s);

/*
 * Bytes that sort as a Russian reader expects: numbers by value ("№ 2" before
 * "№ 10"), ё right after е, case and punctuation last.  Stored beside names,
 * so that both databases order alike.
 */
struct str text_sort_key(struct arena *mem, struct str s);

/* At most n characters, with … when something was cut. */
struct str text_clip(struct arena *mem, struct str s, size_t n);

/* Bytes in Windows-1251 to UTF-8. */
struct str text_from_cp1251(struct arena *mem, struct str s);

/* 1 школа, 2 школы, 5 школ: picks the form for n. */
const char *plural_ru(
    int64_t n, const char *one, const char *few, const char *many);
