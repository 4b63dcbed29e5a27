/* number.c - numbers of office files as people see them. */
#include "fmt/number.h"

#include <stdio.h>
#include <string.h>

#include "base/date.h"

/* mantissa × 10^exponent; dropped: digits past the 19th were not zero. */
struct decimal {
	bool is_negative;
	uint64_t mantissa;
	int n_digits;
	int exponent;
	bool has_point; /* or an exponent: not a plain row of digits */
};

enum {
	SHOWN_DIGITS = 15,
	KEPT_DIGITS = 19, /* the most a uint64_t surely holds */
	LARGEST_EXPONENT = 308,
};

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* exponent -> (e|E) [+|-] digit { digit } */
static bool
take_exponent(const char *p, const char *end, int *ret)
{
	bool negative = p < end && *p == '-';
	int value = 0;

	if (p < end && (*p == '-' || *p == '+'))
		p++;
	if (p == end)
		return false;
	for (; p < end; p++) {
		if (!is_digit(*p) || value > 9999)
			return false;
		value = value * 10 + (*p - '0');
	}
	*ret = negative ? -value : value;
	return true;
}

/* number -> [+|-] { digit } [ . { digit } ] [ exponent ] */
static bool
decimal_parse(struct str raw, struct decimal *ret)
{
	struct decimal d = {0};
	const char *p = raw.p, *end = raw.p + raw.n;
	bool any = false;
	int exponent = 0;

	if (p < end && (*p == '-' || *p == '+'))
		d.is_negative = *p++ == '-';
	for (; p < end && (is_digit(*p) || *p == '.'); p++) {
		if (*p == '.') {
			if (d.has_point)
				return false;
			d.has_point = true;
			continue;
		}
		any = true;
		if (d.n_digits < KEPT_DIGITS) {
			d.mantissa = d.mantissa * 10 + (uint64_t)(*p - '0');
			d.n_digits += d.mantissa != 0;
			d.exponent -= d.has_point;
		} else {
			d.exponent += !d.has_point;
		}
	}
	if (p < end && (*p == 'e' || *p == 'E')) {
		if (!take_exponent(p + 1, end, &exponent))
			return false;
		d.has_point = true;
		p = end;
	}
	d.exponent += exponent;
	*ret = d;
	return any && p == end;
}

/* Half up, to at most n digits; then without zeros at the end. */
static void
decimal_round(struct decimal *d, int n)
{
	for (; d->n_digits > n + 1; d->n_digits--, d->exponent++)
		d->mantissa /= 10;
	if (d->n_digits > n) {
		d->mantissa = (d->mantissa + 5) / 10;
		d->exponent++;
	}
	while (d->mantissa && d->mantissa % 10 == 0) {
		d->mantissa /= 10;
		d->exponent++;
	}
	if (d->mantissa == 0)
		d->exponent = 0;
}

static struct str
decimal_print(const struct decimal *d, char out[NUMBER_TEXT])
{
	char digits[24];
	int n = snprintf(
	    digits, sizeof digits, "%llu", (unsigned long long)d->mantissa);
	int whole = n + d->exponent; /* digits before the point */
	char *p = out;

	if (d->is_negative && d->mantissa)
		*p++ = '-';
	if (whole <= 0)
		*p++ = '0';
	for (int i = 0; i < whole; i++)
		*p++ = i < n ? digits[i] : '0';
	if (d->exponent < 0)
		*p++ = '.';
	for (int i = whole < 0 ? whole : 0; i < 0; i++)
		*p++ = '0';
	for (int i = whole > 0 ? whole : 0; i < n; i++)
		*p++ = digits[i];
	return (struct str){out, (size_t)(p - out)};
}

/* Most numbers of most files are short whole ones: nothing to do. */
static bool
is_short_whole(struct str s)
{
	if (s.n == 0 || s.n > SHOWN_DIGITS || (s.p[0] == '0' && s.n > 1))
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (!is_digit(s.p[i]))
			return false;
	return true;
}

bool
number_text(struct str raw, int shift, char out[NUMBER_TEXT], struct str *ret)
{
	struct decimal d;

	if (shift == 0 && is_short_whole(raw)) {
		*ret = raw;
		return true;
	}
	if (!decimal_parse(str_trim(raw), &d))
		return false;
	/* A long row of digits is a code, and none of them may be lost. */
	if (!d.has_point && d.exponent > 0)
		return false;
	if (d.has_point || shift)
		decimal_round(&d, SHOWN_DIGITS);
	d.exponent += shift;
	if (d.exponent > LARGEST_EXPONENT || d.exponent < -LARGEST_EXPONENT)
		return false;
	*ret = decimal_print(&d, out);
	return true;
}

bool
number_text_of_double(
    double value, int shift, char out[NUMBER_TEXT], struct str *ret)
{
	char raw[40];
	int n = snprintf(raw, sizeof raw, "%.16e", value);

	return number_text((struct str){raw, (size_t)n}, shift, out, ret);
}

/* Whole days, and seconds of the rest rounded to the nearest one. */
static bool
serial_parse(struct str raw, int64_t *ret_days, int64_t *ret_seconds)
{
	struct decimal d;
	uint64_t one = 1; /* 10^-exponent */

	if (!decimal_parse(str_trim(raw), &d) || d.is_negative)
		return false;
	decimal_round(&d, SHOWN_DIGITS);
	for (; d.exponent > 0; d.exponent--)
		if (__builtin_mul_overflow(d.mantissa, 10, &d.mantissa))
			return false;
	/* At 15 digits a fraction of more than 18 places is below a second. */
	for (; d.exponent < -18; d.exponent++)
		d.mantissa /= 10;
	for (; d.exponent < 0; d.exponent++)
		one *= 10;

	uint64_t days = d.mantissa / one;
	unsigned __int128 rest = d.mantissa % one;
	int64_t seconds = (int64_t)((rest * 86400 + one / 2) / one);
	if (days > 3000000)
		return false;
	*ret_days = (int64_t)days + seconds / 86400;
	*ret_seconds = seconds % 86400;
	return true;
}

/*
 * Excel counts 29 February 1900, a day that never was: number 60.  Days
 * before it are one nearer to their date than those after.
 */
static bool
date_of_serial(int64_t days, bool since_1904, struct date *ret)
{
	static const int32_t from_1904 = -24107; /* 1904-01-01 */
	static const int32_t from_1900 = -25569; /* 1899-12-30 */
	int64_t day = days + (since_1904 ? from_1904 : from_1900);

	if (!since_1904 && days < 60)
		day++;
	if ((!since_1904 && (days == 60 || days == 0)) || day > 2932896)
		return false;
	ret->day = (int32_t)day;
	return true;
}

/* ":ss" only where there are any. */
static int
print_time(char *out, size_t n, const char *before, int64_t hours, int64_t rest)
{
	int k = snprintf(out, n, "%s%02lld:%02lld", before, (long long)hours,
	    (long long)(rest / 60));

	if (rest % 60)
		k += snprintf(
		    out + k, n - (size_t)k, ":%02lld", (long long)(rest % 60));
	return k;
}

bool
serial_text(struct str raw, enum number_style style, bool since_1904,
    char out[NUMBER_TEXT], struct str *ret)
{
	int64_t days, seconds;
	struct date date;
	int n = 0;

	if (!serial_parse(raw, &days, &seconds))
		return false;
	if (style == NUMBER_ELAPSED) {
		n = print_time(out, NUMBER_TEXT, "", days * 24 + seconds / 3600,
		    seconds % 3600);
	} else if (style == NUMBER_TIME) {
		n = print_time(
		    out, NUMBER_TEXT, "", seconds / 3600, seconds % 3600);
	} else {
		if (!date_of_serial(days, since_1904, &date))
			return false;
		n = (int)strlen(date_iso(date, out));
		if (style == NUMBER_DATETIME && seconds)
			n += print_time(out + n, NUMBER_TEXT - (size_t)n, " ",
			    seconds / 3600, seconds % 3600);
	}
	*ret = (struct str){out, (size_t)n};
	return true;
}

/* The next letter of a format code that means something, or 0. */
static char
next_sign(const char **p, const char *end, bool *ret_elapsed)
{
	while (*p < end) {
		char c = *(*p)++;
		if (c == '"') {
			while (*p < end && *(*p)++ != '"')
				;
		} else if (c == '\\' || c == '_' || c == '*') {
			*p += *p < end;
		} else if (c == '[') {
			char first = *p < end ? (char)(**p | 0x20) : 0;
			const char *close = memchr(*p, ']', (size_t)(end - *p));
			size_t n = close ? (size_t)(close - *p) : 0;
			if (n == 0)
				continue;
			*p = close + 1;
			if ((first == 'h' || first == 'm' || first == 's') &&
			    n <= 2)
				*ret_elapsed = true;
		} else {
			return c;
		}
	}
	return 0;
}

enum number_style
number_style_of_code(struct str code)
{
	const char *p = code.p, *end = code.p + code.n;
	bool day = false, month = false, hour = false, elapsed = false;
	bool counts = false;
	char c;

	if (str_eq(code, S("General")) || str_eq(code, S("Standard")))
		return NUMBER_PLAIN;
	while ((c = next_sign(&p, end, &elapsed)) && c != ';') {
		char lower = (char)(c | 0x20);
		if (c == '%')
			return NUMBER_PERCENT;
		counts |= c == '#' || c == '?';
		day |= lower == 'd' || lower == 'y';
		month |= lower == 'm';
		hour |= lower == 'h' || lower == 's';
	}
	if (counts)
		return NUMBER_PLAIN;
	if (elapsed)
		return NUMBER_ELAPSED;
	if (day)
		return hour ? NUMBER_DATETIME : NUMBER_DATE;
	if (hour)
		return NUMBER_TIME;
	return month ? NUMBER_DATE : NUMBER_PLAIN;
}

enum number_style
number_style_of_id(uint32_t id)
{
	if (id == 9 || id == 10)
		return NUMBER_PERCENT;
	if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id == 36 ||
	    (id >= 50 && id <= 58))
		return NUMBER_DATE;
	if (id == 22)
		return NUMBER_DATETIME;
	if (id == 46)
		return NUMBER_ELAPSED;
	if ((id >= 18 && id <= 21) || id == 45 || id == 47 ||
	    (id >= 32 && id <= 35))
		return NUMBER_TIME;
	return NUMBER_PLAIN;
}
