/* recognise_words.c - text of cells: made plain, joined, judged by its look. */
#include "base/utf8.h"
#include "core/plans/recognise.h"

struct str
plain_text(struct arena *mem, struct str s)
{
	struct buf b = buf_open(mem, 0);
	bool gap = false;

	s = str_trim(s);
	while (s.n) {
		struct str at = s;
		int32_t c = utf8_next(&at);
		if (c <= ' ' || c == 0xA0 || c == 0x202F ||
		    (c >= 0x2000 && c <= 0x200A)) {
			gap = b.n > 0;
		} else if (c != 0xAD && c != 0x200B && c != 0xFEFF) {
			if (gap)
				buf_char(&b, ' ');
			gap = false;
			buf_put(&b, str_cut(s, 0, s.n - at.n));
		}
		s = at;
	}
	return buf_str(&b);
}

static bool
is_letter(int32_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= 0x400 && c <= 0x45F);
}

static bool
is_upper(int32_t c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 0x410 && c <= 0x42F) ||
	       c == 0x401;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

bool
starts_lower(struct str s)
{
	s = str_trim(s);
	if (!s.n)
		return false;
	int32_t c = utf8_next(&s);
	return (is_letter(c) && !is_upper(c)) || c == '-' || c == '(' ||
	       c == ',' || c == 0x2013 || c == 0x2014 || c == 0x2022;
}

bool
starts_capital(struct str s)
{
	s = str_trim(s);
	s = str_from(s, number_length(s));
	while (s.n && (s.p[0] == '"' || s.p[0] == '['))
		s = str_from(s, 1);
	if (!s.n)
		return false;
	int32_t c = utf8_next(&s);
	if (c == 0xAB && s.n)
		c = utf8_next(&s);
	return is_upper(c);
}

bool
has_letters(struct str s, int at_least)
{
	int n = 0;

	while (s.n && n < at_least)
		n += is_letter(utf8_next(&s));
	return n >= at_least;
}

/*
 * "1", "1.", "1.10.", "2)", "№ 3": digits and dots, then a border.  A date
 * ("01.09.2023") and a year are no numbers of a row.
 */
size_t
number_length(struct str s)
{
	size_t i = 0;
	size_t parts = 0;

	while (i < s.n && is_digit(s.p[i])) {
		size_t digits = 0;
		while (i < s.n && is_digit(s.p[i])) {
			i++;
			digits++;
		}
		if (digits > 3)
			return 0;
		parts++;
		if (i < s.n && s.p[i] == '.')
			i++;
		else
			break;
	}
	if (!parts || parts > 4)
		return 0;
	bool dot = s.p[i - 1] == '.';
	if (i < s.n && s.p[i] == ')') {
		i++;
		dot = true;
	}
	size_t end = i;
	while (end < s.n && s.p[end] == ' ')
		end++;
	/* "2 раза" and "9 классы" are words, "1.1.Проведение" is a number. */
	if (!dot && parts == 1 && end < s.n)
		return 0;
	if (end == i && end < s.n && !dot)
		return 0;
	return end;
}

/* "1204." in a cell of its own; "2024" is a year. */
static bool
is_long_number(struct str s)
{
	bool dot = str_ends(s, S("."));
	int64_t n;

	if (s.n != (dot ? 5 : 4) || !is_digit(s.p[0]) ||
	    !str_to_int(str_cut(s, 0, 4), &n))
		return false;
	return dot || n < 1990 || n > 2100;
}

bool
is_number_text(struct str s)
{
	s = str_trim(s);
	if (str_starts(s, S("№")))
		s = str_trim(str_from(s, sizeof "№" - 1));
	return s.n > 0 && (number_length(s) == s.n || is_long_number(s));
}

bool
has_unmatched_close(struct str s)
{
	int depth = 0;

	for (size_t i = 0; i < s.n; i++) {
		depth += s.p[i] == '(' ? 1 : s.p[i] == ')' ? -1 : 0;
		if (depth < 0)
			return true;
	}
	return false;
}

/* ---- words the file prints whole ------------------------------------------ */

static void
remember(struct recogniser_plan *rp, struct str text)
{
	struct str rest = text_fold(rp->mem, text);

	while (rest.n) {
		size_t n = 0;
		struct str at = rest;
		while (at.n) {
			struct str next = at;
			if (!is_letter(utf8_next(&next)))
				break;
			n += at.n - next.n;
			at = next;
		}
		if (n >= 4) {
			int64_t *seen = map_at(&rp->words, str_cut(rest, 0, n));
			*seen = *seen == MAP_NONE ? 1 : *seen + 1;
		}
		rest = str_from(rest, n);
		if (rest.n)
			(void)utf8_next(&rest);
	}
}

void
remember_words(struct recogniser_plan *rp)
{
	rp->words = map_open(rp->mem);
	for (size_t i = 0; i < rp->pages->n; i++) {
		const struct block *b = &rp->pages->blocks[i];
		remember(rp, b->text);
		for (uint32_t r = 0; r < b->n_rows; r++)
			for (uint32_t c = 0; c < b->rows[r].n; c++)
				remember(rp, b->rows[r].cells[c].text);
	}
}

static int64_t
times_printed(const struct recogniser_plan *rp, struct str word)
{
	int64_t n = map_get(&rp->words, word);

	return n == MAP_NONE ? 0 : n;
}

/* Letters at the end of a, or at the beginning of b. */
static struct str
last_word(struct str a)
{
	size_t from = a.n;

	while (from > 0 && (unsigned char)a.p[from - 1] >= 0x80)
		from--;
	return str_from(a, from);
}

static struct str
first_word(struct str b)
{
	size_t n = 0;

	while (n < b.n && (unsigned char)b.p[n] >= 0x80)
		n++;
	return str_cut(b, 0, n);
}

/*
 * A word torn between two cells is joined when the file prints it whole
 * somewhere and its half nowhere else.
 */
static bool
is_torn(struct recogniser_plan *rp, struct str a, struct str b)
{
	struct str left = text_fold(rp->scratch, last_word(a));
	struct str right = text_fold(rp->scratch, first_word(b));
	struct str whole =
	    arena_fmt(rp->scratch, "%.*s%.*s", STR_ARG(left), STR_ARG(right));

	if (left.n < 4 || right.n < 2 || !starts_lower(b))
		return false;
	return times_printed(rp, whole) > 0 && times_printed(rp, left) <= 1 &&
	       times_printed(rp, right) <= 1;
}

/* One text out of two parts of a cell; a part printed twice stands once. */
struct str
join_text(struct recogniser_plan *rp, struct str a, struct str b)
{
	struct buf out = buf_open(rp->mem, 0);

	b = plain_text(rp->mem, b);
	if (!a.n || str_eq(a, b))
		return b;
	if (!b.n)
		return a;
	if (str_starts(text_fold(rp->scratch, b), text_fold(rp->scratch, a)))
		return b;
	bool hyphen = str_ends(a, S("-")) && !str_ends(a, S(" -")) &&
		      starts_lower(b) && a.n > 2;
	struct str left = hyphen ? str_cut(a, 0, a.n - 1) : a;
	if (hyphen && !is_torn(rp, left, b))
		left = a;
	buf_put(&out, left);
	if (!hyphen && !is_torn(rp, a, b))
		buf_char(&out, ' ');
	buf_put(&out, b);
	arena_reset(rp->scratch);
	return buf_str(&out);
}
