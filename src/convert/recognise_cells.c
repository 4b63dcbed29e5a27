/*
 * recognise_cells.c - what one cell says: a number, a mark, a code, a year, a
 * yes, or that there is nothing.
 */
#include <string.h>

#include "convert/recognise_parts.h"

bool
all_digits(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return s.n > 0;
}

bool
cell_missing(struct recogniser *r, struct str s)
{
	static const struct str marks[] = {S_INIT("-"), S_INIT("—"),
	    S_INIT("–"), S_INIT("−"), S_INIT("X"), S_INIT("x"), S_INIT("Х"),
	    S_INIT("х")};
	static const struct str words[] = {S_INIT("нет отметки"),
	    S_INIT("отсутств"), S_INIT("нет данных"), S_INIT("не явил"),
	    S_INIT("неявка"), S_INIT("не писал"), S_INIT("не участв"),
	    S_INIT("н/я"), S_INIT("#n/a"), S_INIT("#н/д"), S_INIT("не заверш"),
	    S_INIT("удален")};

	if (s.n == 0)
		return true;
	for (size_t i = 0; i < COUNT_OF(marks); i++)
		if (str_eq(s, marks[i]))
			return true;
	if (s.n < 4 || (s.p[0] >= '0' && s.p[0] <= '9'))
		return false;

	struct str folded = text_fold(r->scratch, s);
	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (str_starts(folded, words[i]))
			return true;
	return false;
}

/* Small plain digits are what nearly every cell is. */
static bool
plain_integer(struct str s, int64_t *ret)
{
	int64_t value = 0;

	if (s.n == 0 || s.n > 9)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		value = value * 10 + (s.p[i] - '0');
	}
	*ret = value;
	return true;
}

bool
cell_integer(struct str s, int64_t *ret)
{
	struct ratio value;

	if (plain_integer(s, ret))
		return true;
	if (str_ends(s, S("%")) || !ratio_parse(s, &value) ||
	    !ratio_is_int(value))
		return false;
	*ret = value.num / value.den;
	return true;
}

struct str
cell_code(struct str s)
{
	s = str_trim(s);
	ptrdiff_t point = str_find_char(s, '.');
	if (point < 0)
		point = str_find_char(s, ',');
	if (point <= 0 || !all_digits(str_cut(s, 0, (size_t)point)))
		return s;

	struct str rest = str_from(s, (size_t)point + 1);
	for (size_t i = 0; i < rest.n; i++)
		if (rest.p[i] != '0')
			return s;
	return rest.n ? str_cut(s, 0, (size_t)point) : s;
}

int
cell_mark(struct recogniser *r, struct str s)
{
	static const struct {
		struct str word;
		int mark;
	} words[] = {{S_INIT("неуд"), 2}, {S_INIT("удовл"), 3},
	    {S_INIT("хор"), 4}, {S_INIT("отл"), 5}};

	int64_t value;

	if (s.n == 1 && s.p[0] >= '2' && s.p[0] <= '5')
		return s.p[0] - '0';
	if (cell_missing(r, s))
		return MARK_MISSING;
	if (cell_integer(s, &value))
		return value >= 2 && value <= 5 ? (int)value : MARK_WRONG;

	struct str folded = text_fold(r->scratch, s);
	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (str_starts(folded, words[i].word))
			return words[i].mark;
	return MARK_WRONG;
}

int
cell_yes_no(struct recogniser *r, struct str s)
{
	static const struct str yes[] = {S_INIT("yes"), S_INIT("да"),
	    S_INIT("1"), S_INIT("true"), S_INIT("истина"), S_INIT("имеется"),
	    S_INIT("есть"), S_INIT("y"), S_INIT("+")};
	static const struct str no[] = {S_INIT("no"), S_INIT("нет"),
	    S_INIT("0"), S_INIT("false"), S_INIT("ложь"),
	    S_INIT("не требуется"), S_INIT("отсутствует"), S_INIT("не имеется"),
	    S_INIT("не является"), S_INIT("n")};
	struct str folded = cell_code(text_header(r->scratch, s));

	while (str_ends(folded, S(".")))
		folded.n--;
	for (size_t i = 0; i < COUNT_OF(yes); i++)
		if (str_eq(folded, yes[i]))
			return 1;
	for (size_t i = 0; i < COUNT_OF(no); i++)
		if (str_eq(folded, no[i]))
			return 0;
	return -1;
}

/* Digits behind the sixth place say nothing about counts: rounded off. */
static struct str
six_places(struct str s, char out[32], bool *ret_round_up)
{
	ptrdiff_t point = str_find_char(s, '.');

	*ret_round_up = false;
	if (point < 0)
		point = str_find_char(s, ',');
	if (point < 0 || s.n <= (size_t)point + 7 || (size_t)point + 7 > 31)
		return s;
	for (size_t i = (size_t)point + 1; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return s;
	*ret_round_up = s.p[point + 7] >= '5';
	memcpy(out, s.p, (size_t)point + 7);
	return (struct str){out, (size_t)point + 7};
}

bool
cell_decimal(struct str s, struct ratio *ret, int *ret_places)
{
	char digits[32];
	bool up;
	struct ratio value;

	s = str_trim(s);
	if (str_ends(s, S("%")))
		s = str_trim(str_cut(s, 0, s.n - 1));
	s = six_places(s, digits, &up);
	if (!ratio_parse(s, &value))
		return false;
	value.num += up ? (value.num < 0 ? -1 : 1) : 0;
	*ret = value;
	*ret_places = ratio_places(s);
	return true;
}

struct syear
syear_of_exam(int32_t calendar_year)
{
	return (struct syear){calendar_year ? calendar_year - 1 : 0};
}

/* A year as files write it; a bare "2023" only where calendar is allowed. */
bool
cell_year(struct recogniser *r, struct str s, bool calendar, struct syear *ret)
{
	int64_t year;

	if (r->year_text.n && str_eq(s, r->year_text)) {
		*ret = r->year_read;
		return true;
	}
	if (!syear_parse(s, ret)) {
		struct str folded = text_fold(r->scratch, s);
		ptrdiff_t blank = str_find_char(folded, ' ');
		struct str first =
		    blank < 0 ? folded : str_cut(folded, 0, (size_t)blank);
		if (!syear_parse(first, ret)) {
			if (!calendar || !cell_integer(cell_code(s), &year) ||
			    year < 1990 || year > 2200)
				return false;
			*ret = syear_of_exam((int32_t)year);
		}
	}
	if (s.n <= sizeof r->year_kept) {
		memcpy(r->year_kept, s.p, s.n);
		r->year_text = (struct str){r->year_kept, s.n};
		r->year_read = *ret;
	}
	return true;
}

static bool
is_slug(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') &&
		    c != '-')
			return false;
	}
	return s.n > 0 && s.n <= 40;
}

/* "ВПР математика 5 класс" to its code; empty when it cannot be told. */
static struct str
procedure_in_words(struct recogniser *r, struct str s)
{
	struct title t;

	title_clear(&t);
	(void)title_of_text(r, &t, s);
	if (!t.level.n)
		return S("");

	const struct subject_code *subject =
	    subject_in_text(r->data, t.level, text_fold(r->scratch, s));
	if (!subject || (str_eq(t.level, S("vpr")) && !t.grade))
		return S("");
	return procedure_at_grade(r->mem, subject, t.grade);
}

struct str
cell_procedure(struct recogniser *r, struct str s)
{
	if (is_slug(s))
		return s;

	int64_t known = map_get(&r->procedure_words, s);
	if (known != MAP_NONE)
		return r->procedures.p[known];

	struct str lower = text_lower(r->scratch, s);
	struct str code = is_slug(lower) ? arena_str(r->mem, lower) :
					   procedure_in_words(r, s);
	*map_at(&r->procedure_words, arena_str(r->mem, s)) =
	    (int64_t)r->procedures.n;
	*vec_push(r->mem, &r->procedures) = code;
	return code;
}

/* "sch" or "edu" and digits, on its own or inside a text. */
bool
login_in(struct str text, struct str *ret_login)
{
	for (size_t i = 0; i + 4 <= text.n; i++) {
		struct str at = str_from(text, i);
		size_t n = 3;

		if (strncasecmp(at.p, "sch", 3) && strncasecmp(at.p, "edu", 3))
			continue;
		while (n < at.n && at.p[n] >= '0' && at.p[n] <= '9')
			n++;
		if (n >= 6) {
			*ret_login = str_cut(at, 0, n);
			return true;
		}
	}
	return false;
}

static bool
is_ascii(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0x80)
			return false;
	return true;
}

void
school_of_text(struct str text, struct school_ref *ret)
{
	struct str login;

	if (!text.n)
		return;
	bool is_code = str_find_char(text, ' ') < 0 && is_ascii(text);
	if (login_in(text, &login)) {
		ret->login = login;
		if (login.n != text.n)
			ret->name = text;
		else
			ret->code = text;
	} else if (is_code) {
		ret->code = cell_code(text);
	} else {
		ret->name = text;
	}
}

void
school_of(
    struct recogniser *r, const struct record *rec, struct school_ref *ret)
{
	struct school_ref s = {0};

	if (has_field(r, FIELD_SCHOOL))
		school_of_text(rec->field[FIELD_SCHOOL], &s);
	if (rec->field[FIELD_LOGIN].n &&
	    !login_in(rec->field[FIELD_LOGIN], &s.login))
		school_of_text(rec->field[FIELD_LOGIN], &s);
	if (rec->field[FIELD_CODE].n)
		s.code = cell_code(rec->field[FIELD_CODE]);
	if (rec->field[FIELD_NAME].n)
		s.name = rec->field[FIELD_NAME];
	*ret = s;
}

bool
school_is_empty(const struct school_ref *s)
{
	return !s->login.n && !s->code.n && !s->name.n;
}

struct str
school_label(struct arena *mem, const struct school_ref *s)
{
	if (s->name.n)
		return text_clip(mem, s->name, 80);
	return s->code.n ? s->code : s->login;
}
