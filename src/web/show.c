/* show.c - how does a reader expect this value? */
#include "web/show.h"

#include "base/buf.h"
#include "base/utf8.h"

#define NBSP "\xC2\xA0"

struct str
show_str(struct arena *mem, struct str s)
{
	return s;
}

struct str
show_chars(struct arena *mem, const char *s)
{
	return s == NULL ? S("") : str_of(s);
}

struct str
show_int(struct arena *mem, int64_t n)
{
	return arena_fmt(mem, "%lld", (long long)n);
}

struct str
show_size(struct arena *mem, size_t n)
{
	return arena_fmt(mem, "%zu", n);
}

struct str
show_date(struct arena *mem, struct date d)
{
	return date_is_none(d) ? S("") : date_ru(mem, d);
}

struct str
show_day(struct arena *mem, struct date d)
{
	static const char *const days[] = {
	    "", "пн", "вт", "ср", "чт", "пт", "сб", "вс"};
	struct civil c;

	if (date_is_none(d))
		return S("");
	c = date_civil(d);
	return arena_fmt(
	    mem, "%02d.%02d" NBSP "%s", c.day, c.month, days[date_weekday(d)]);
}

struct str
show_date_long(struct arena *mem, struct date d)
{
	return date_is_none(d) ? S("") : date_ru_long(mem, d);
}

struct str
show_iso(struct arena *mem, struct date d)
{
	return date_is_none(d) ? S("") : date_iso_str(mem, d);
}

struct str
show_moment(struct arena *mem, struct moment m, int32_t zone_minutes)
{
	return moment_is_none(m) ? S("") : moment_ru(mem, m, zone_minutes);
}

struct str
show_year(struct arena *mem, struct syear y)
{
	return y.first == 0 ? S("") : syear_ru(mem, y);
}

struct str
show_share(struct arena *mem, struct ratio r)
{
	return arena_fmt(
	    mem, "%.*s" NBSP "%%", STR_ARG(ratio_percent_ru(mem, r)));
}

struct str
show_number(struct arena *mem, struct ratio r)
{
	return ratio_exact(mem, r);
}

struct str
show_count(struct arena *mem, int64_t n)
{
	struct str digits = show_int(mem, n < 0 ? -n : n);
	struct buf b = {.mem = mem, .max = 64};

	if (n < 0)
		buf_c(&b, "−");
	for (size_t i = 0; i < digits.n; i++) {
		if (i > 0 && (digits.n - i) % 3 == 0)
			buf_c(&b, NBSP);
		buf_char(&b, digits.p[i]);
	}
	return buf_str(&b);
}

struct str
show_plural(struct arena *mem, int64_t n, const char *one, const char *few,
    const char *many)
{
	return str_of(plural_ru(n, one, few, many));
}

struct str
show_or(struct arena *mem, struct str s, const char *otherwise)
{
	return s.n == 0 ? str_of(otherwise) : s;
}

struct str
show_bytes(struct arena *mem, int64_t n)
{
	static const char *const units[] = {"Б", "КБ", "МБ", "ГБ"};
	int64_t size = 1;
	size_t unit = 0;

	while (unit + 1 < COUNT_OF(units) && n >= size * 1024) {
		size *= 1024;
		unit++;
	}
	return arena_fmt(mem, "%.*s" NBSP "%s",
	    STR_ARG(
		ratio_ru(mem, ratio_of(n, size), unit > 0 && n < 10 * size)),
	    units[unit]);
}

struct str
show_capital(struct arena *mem, struct str s)
{
	return text_capital(mem, s);
}
