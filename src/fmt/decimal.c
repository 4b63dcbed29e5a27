/* decimal.c - an exact number as digits in a file. */
#include "fmt/decimal.h"

__extension__ typedef __int128 wide;

enum { INEXACT_PLACES = 12 };

static wide
power_of_ten(int places)
{
	wide unit = 1;

	for (int i = 0; i < places; i++)
		unit *= 10;
	return unit;
}

/*
 * The whole part and the fraction are divided apart, so that 18 digits after
 * the point fit beside any 64-bit number.  Digits are laid down from the last.
 */
void
decimal_put(struct buf *out, struct ratio a, int places, char point)
{
	char digits[64];
	char *const end = digits + sizeof digits;
	char *p = end;

	MUST(places >= 0 && places <= DECIMAL_MOST_PLACES);
	wide unit = power_of_ten(places);
	wide size = a.num < 0 ? -(wide)a.num : (wide)a.num;
	wide fraction = (size % a.den * unit * 2 + a.den) / ((wide)a.den * 2);
	wide whole = size / a.den + fraction / unit;

	fraction %= unit;
	bool is_zero = whole == 0 && fraction == 0;
	for (int i = 0; i < places; i++, fraction /= 10)
		if (p != end || fraction % 10 != 0)
			*--p = (char)('0' + (int)(fraction % 10));
	if (p != end)
		*--p = point;
	do
		*--p = (char)('0' + (int)(whole % 10));
	while (whole /= 10);
	if (a.num < 0 && !is_zero)
		*--p = '-';
	buf_put(out, (struct str){p, (size_t)(end - p)});
}

void
decimal_put_exact(struct buf *out, struct ratio a, char point)
{
	wide rest = a.num % a.den;
	int places = 0;

	for (; places <= DECIMAL_MOST_PLACES; places++, rest *= 10)
		if (rest % a.den == 0)
			break;
	if (places > DECIMAL_MOST_PLACES)
		places = INEXACT_PLACES;
	decimal_put(out, a, places, point);
}
