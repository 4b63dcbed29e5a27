/*
 * decimal.h - an exact number as digits in a file: "12.5", "-3", "0,375".
 *
 * For programs that read, not for people (see ratio_ru for those): the sign
 * is the ASCII minus, trailing zeros are dropped, thousands are not grouped,
 * there is no exponent and no "-0".
 */
#pragma once

#include "base/buf.h"
#include "base/ratio.h"

enum { DECIMAL_MOST_PLACES = 18 };

/* Rounded half away from zero to at most places digits. */
void decimal_put(struct buf *out, struct ratio a, int places, char point);

/*
 * The exact decimal; where there is none (1/3) it is rounded at the twelfth
 * digit, so counts that matter are written beside it.
 */
void decimal_put_exact(struct buf *out, struct ratio a, char point);
