/*
 * number.h - numbers of office files as people see them.
 *
 * Office programs keep numbers as binary fractions and write up to 17 digits
 * of them: 18.6 stands in the file as 18.600000000000001.  They show at most
 * 15, and so do we; rounding is done on the digits, so no double decides.
 */
#pragma once

#include "base/str.h"

enum { NUMBER_TEXT = 360 };

/* What a cell's format makes of its number. */
enum number_style {
	NUMBER_PLAIN,
	NUMBER_PERCENT,  /* 0.375 is seen as 37.5% */
	NUMBER_DATE,     /* 2026-11-24 */
	NUMBER_DATETIME, /* 2026-11-24 13:05 */
	NUMBER_TIME,     /* 13:05 */
	NUMBER_ELAPSED,  /* 36:00 */
};

/* Of a format code such as dd/mm/yyyy or 0.0%. */
enum number_style number_style_of_code(struct str code);

/* Of a built-in format of Excel: 14 is a date. */
enum number_style number_style_of_id(uint32_t id);

/*
 * Shortest decimal text of a number as files write it ("1.8600000000000001E1"
 * is "18.6"), 10^shift times as large, into out.  False: not a number, or too
 * large to be written without an exponent.
 */
bool number_text(
    struct str raw, int shift, char out[NUMBER_TEXT], struct str *ret);

/* Of a binary double: its 17 digits, then as above. */
bool number_text_of_double(
    double value, int shift, char out[NUMBER_TEXT], struct str *ret);

/*
 * Days since 1900 (or 1904) and their fraction as a date or time.  False:
 * not a number, or not a day of the years 1900–9999.
 */
bool serial_text(struct str raw, enum number_style style, bool since_1904,
    char out[NUMBER_TEXT], struct str *ret);
