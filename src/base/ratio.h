/*
 * ratio.h - exact numbers: a share is a pair of counts, never a double.
 *
 * BASIS: norilsk-2.1 - "not less than 30 %" is decided on 10 * failed >=
 * 3 * participants, so a share printed as 30 % but lying below it is not low.
 *
 * A ratio is kept as it came (3 of 10 stays 3/10) so that it can be printed
 * with its counts; comparison and arithmetic cross-multiply in 128 bits.
 * The denominator is always positive.
 */
#pragma once

#include "base/arena.h"
#include "base/str.h"

struct ratio {
	int64_t num;
	int64_t den;
};

struct ratio ratio_of(int64_t num, int64_t den);
struct ratio ratio_int(int64_t n);
int ratio_cmp(struct ratio a, struct ratio b);
bool ratio_is_int(struct ratio a);

/* False when the exact result does not fit in 64 bits, or on division by 0. */
bool ratio_add(struct ratio a, struct ratio b, struct ratio *ret);
bool ratio_sub(struct ratio a, struct ratio b, struct ratio *ret);
bool ratio_mul(struct ratio a, struct ratio b, struct ratio *ret);
bool ratio_div(struct ratio a, struct ratio b, struct ratio *ret);

/*
 * A number as people and files write it: "12,5", "12.5", "-3", "1 234,50",
 * "37,5 %" (the sign is dropped: 37,5 % is 375/10).  At most 15 digits.
 */
bool ratio_parse(struct str s, struct ratio *ret);

/* Digits after the point as written: 2 for "12,50"; 0 for "12". */
int ratio_places(struct str s);

/* "12,5": rounded half away from zero to places digits, trailing zeros kept. */
struct str ratio_ru(struct arena *mem, struct ratio a, int places);

/* The shortest exact decimal ("12,5"), or "1/3" where there is none. */
struct str ratio_exact(struct arena *mem, struct ratio a);

/* num/den as percent with one digit: 9 of 24 is "37,5". */
struct str ratio_percent_ru(struct arena *mem, struct ratio a);

/*
 * The count behind a printed percentage: k with |100 k / n - p| within half a
 * unit of the last digit.  False when no k fits or more than one does.
 * BASIS: domain 1.3.
 */
bool count_from_percent(
    struct ratio percent, int places, int64_t n, int64_t *ret_k);
