/* ratio.c - exact numbers by cross-multiplication in 128 bits. */
#include "base/ratio.h"

#include "base/buf.h"

__extension__ typedef __int128 wide;

struct ratio
ratio_of(int64_t num, int64_t den)
{
	MUST(den != 0);
	return den < 0 ? (struct ratio){-num, -den} : (struct ratio){num, den};
}

struct ratio
ratio_int(int64_t n)
{
	return (struct ratio){n, 1};
}

int
ratio_cmp(struct ratio a, struct ratio b)
{
	wide left = (wide)a.num * b.den;
	wide right = (wide)b.num * a.den;

	return (left > right) - (left < right);
}

bool
ratio_is_int(struct ratio a)
{
	return a.num % a.den == 0;
}

static wide
gcd(wide a, wide b)
{
	if (a < 0)
		a = -a;
	while (b) {
		wide t = a % b;
		a = b;
		b = t;
	}
	return a;
}

/* Reduce only when the exact value does not fit as it stands. */
static bool
fit(wide num, wide den, struct ratio *ret)
{
	if (den < 0) {
		num = -num;
		den = -den;
	}
	if (num > INT64_MAX || num < INT64_MIN || den > INT64_MAX) {
		wide g = gcd(num, den);
		num /= g;
		den /= g;
	}
	if (num > INT64_MAX || num < INT64_MIN || den > INT64_MAX)
		return false;
	*ret = (struct ratio){(int64_t)num, (int64_t)den};
	return true;
}

bool
ratio_add(struct ratio a, struct ratio b, struct ratio *ret)
{
	if (a.den == b.den)
		return fit((wide)a.num + b.num, a.den, ret);

	wide left, right, sum;
	if (__builtin_mul_overflow((wide)a.num, (wide)b.den, &left) ||
	    __builtin_mul_overflow((wide)b.num, (wide)a.den, &right) ||
	    __builtin_add_overflow(left, right, &sum))
		return false;
	return fit(sum, (wide)a.den * b.den, ret);
}

bool
ratio_sub(struct ratio a, struct ratio b, struct ratio *ret)
{
	if (b.num == INT64_MIN)
		return false;
	return ratio_add(a, (struct ratio){-b.num, b.den}, ret);
}

bool
ratio_mul(struct ratio a, struct ratio b, struct ratio *ret)
{
	return fit((wide)a.num * b.num, (wide)a.den * b.den, ret);
}

bool
ratio_div(struct ratio a, struct ratio b, struct ratio *ret)
{
	if (b.num == 0)
		return false;
	return fit((wide)a.num * b.den, (wide)a.den * b.num, ret);
}

/* Length of a group separator at the head of s: space, NBSP, thin spaces. */
static size_t
group_gap(struct str s)
{
	static const struct str gaps[] = {S_INIT(" "), S_INIT("\xC2\xA0"),
	    S_INIT("\xE2\x80\x89"), S_INIT("\xE2\x80\xAF"), S_INIT("'")};

	for (size_t i = 0; i < COUNT_OF(gaps); i++)
		if (str_starts(s, gaps[i]))
			return gaps[i].n;
	return 0;
}

/* A gap separates thousands only when exactly three digits follow it. */
static bool
three_digits_follow(struct str s)
{
	size_t n = 0;

	while (n < s.n && s.p[n] >= '0' && s.p[n] <= '9')
		n++;
	return n == 3;
}

static bool
take_sign(struct str *s)
{
	if (str_starts(*s, S("−"))) {
		*s = str_from(*s, sizeof "−" - 1);
		return true;
	}
	if (!str_starts(*s, S("-")))
		return false;
	*s = str_from(*s, 1);
	return true;
}

bool
ratio_parse(struct str s, struct ratio *ret)
{
	int64_t num = 0, den = 1;
	int digits = 0;
	bool point = false;

	s = str_trim(s);
	if (str_ends(s, S("%")))
		s = str_trim(str_cut(s, 0, s.n - 1));
	bool negative = take_sign(&s);

	while (s.n) {
		char c = s.p[0];
		size_t gap = point ? 0 : group_gap(s);

		if (c >= '0' && c <= '9') {
			if (++digits > 15)
				return false;
			num = num * 10 + (c - '0');
			if (point)
				den *= 10;
			s = str_from(s, 1);
		} else if ((c == ',' || c == '.') && !point && digits) {
			point = true;
			s = str_from(s, 1);
			if (!s.n)
				return false;
		} else if (gap && digits && three_digits_follow(str_from(s, gap))) {
			s = str_from(s, gap);
		} else {
			return false;
		}
	}
	if (!digits)
		return false;
	*ret = (struct ratio){negative ? -num : num, den};
	return true;
}

int
ratio_places(struct str s)
{
	int places = 0;
	bool point = false;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == ',' || s.p[i] == '.')
			point = true;
		else if (point && s.p[i] >= '0' && s.p[i] <= '9')
			places++;
	}
	return places;
}

/* Rounded half away from zero. */
static wide
scaled(struct ratio a, wide by)
{
	wide v = (wide)a.num * by * 2;
	wide half = v < 0 ? -(wide)a.den : (wide)a.den;

	return (v + half) / ((wide)a.den * 2);
}

struct str
ratio_ru(struct arena *mem, struct ratio a, int places)
{
	int64_t unit = 1;

	for (int i = 0; i < places; i++)
		unit *= 10;

	int64_t v = (int64_t)scaled(a, unit);
	uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
	const char *sign = v < 0 ? "−" : "";
	if (places == 0)
		return arena_fmt(mem, "%s%llu", sign, (unsigned long long)u);
	return arena_fmt(mem, "%s%llu,%0*llu", sign,
	    (unsigned long long)(u / (uint64_t)unit), places,
	    (unsigned long long)(u % (uint64_t)unit));
}

struct str
ratio_exact(struct arena *mem, struct ratio a)
{
	wide unit = 1;

	for (int places = 0; places <= 9; places++, unit *= 10)
		if ((wide)a.num * unit % a.den == 0)
			return ratio_ru(mem, a, places);
	return arena_fmt(
	    mem, "%lld/%lld", (long long)a.num, (long long)a.den);
}

struct str
ratio_percent_ru(struct arena *mem, struct ratio a)
{
	struct ratio percent;

	if (!ratio_mul(a, ratio_int(100), &percent))
		return S("");
	return ratio_ru(mem, percent, 1);
}

/* |100 k / n - p| <= half of 10^-places, all multiplied out. */
static bool
prints_as(int64_t k, int64_t n, struct ratio p, wide unit)
{
	wide off = (wide)100 * k * p.den - (wide)p.num * n;

	if (off < 0)
		off = -off;
	return off * 2 * unit <= (wide)n * p.den;
}

bool
count_from_percent(struct ratio percent, int places, int64_t n, int64_t *ret_k)
{
	wide unit = 1;

	if (n < 0 || n > 100000000 || places < 0 || places > 6)
		return false;
	if (n == 0) {
		*ret_k = 0;
		return percent.num == 0;
	}
	for (int i = 0; i < places; i++)
		unit *= 10;

	int64_t k =
	    (int64_t)scaled((struct ratio){percent.num, percent.den * 100}, n);
	if (k < 0 || k > n || !prints_as(k, n, percent, unit))
		return false;
	if ((k > 0 && prints_as(k - 1, n, percent, unit)) ||
	    (k < n && prints_as(k + 1, n, percent, unit)))
		return false;
	*ret_k = k;
	return true;
}
