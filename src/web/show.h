/*
 * show.h - values as a reader expects them; the filters of templates.
 *
 * {{ x | date }} calls show_date(mem, x).  A filter returns text: part of its
 * argument, or written into the page's arena; escaping comes after it.
 * Plain values ({{ x }}) go through SHOW(), which knows texts and whole
 * numbers only: a date or a share must say how it wants to be shown.
 *
 * A value that is not there (DATE_NONE, year 0) shows as an empty text, so
 * that a page says in words what is missing: {{ d | date | or("нет даты") }}.
 */
#pragma once

#include "base/date.h"
#include "base/ratio.h"
#include "base/str.h"

struct str show_str(struct arena *mem, struct str s);
struct str show_chars(struct arena *mem, const char *s);
struct str show_int(struct arena *mem, int64_t n);
struct str show_size(struct arena *mem, size_t n);

/* clang-format off */
#define SHOW(mem, x) _Generic((x), \
	struct str: show_str, char *: show_chars, const char *: show_chars, \
	unsigned long: show_size, unsigned: show_int, int: show_int, \
	short: show_int, unsigned short: show_int, signed char: show_int, \
	unsigned char: show_int, long: show_int, long long: show_int \
	)((mem), (x))
/* clang-format on */

struct str show_date(struct arena *mem, struct date d); /* 05.03.2026 */
struct str show_day(struct arena *mem, struct date d);  /* 05.03 чт */
struct str show_date_long(
    struct arena *mem, struct date d); /* 5 марта 2026 г. */
struct str show_iso(struct arena *mem, struct date d); /* 2026-03-05 */

/* 05.03.2026, 14:20 in the municipality's zone. */
struct str show_moment(
    struct arena *mem, struct moment m, int32_t zone_minutes);
struct str show_year(struct arena *mem, struct syear y); /* 2025/26 */

/* 9 of 24 is "37,5 %"; the space does not break. */
struct str show_share(struct arena *mem, struct ratio r);

/* An exact number: 12,5. */
struct str show_number(struct arena *mem, struct ratio r);

/* 5604 is "5 604"; the space does not break. */
struct str show_count(struct arena *mem, int64_t n);

/* The word alone: {{ n }} {{ n | plural("школа", "школы", "школ") }}. */
struct str show_plural(struct arena *mem, int64_t n, const char *one,
    const char *few, const char *many);

/* "приказ № 145" at the beginning of a sentence. */
struct str show_capital(struct arena *mem, struct str s);

/* What to say where the text is empty: {{ s | or("нет данных") }}. */
struct str show_or(struct arena *mem, struct str s, const char *otherwise);

/* 1536 is "1,5 КБ". */
struct str show_bytes(struct arena *mem, int64_t n);
