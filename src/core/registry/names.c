/* names.c - when two spellings mean one school. */
#include "core/registry/names.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "base/vec.h"

enum { MAX_WORDS = 24 };

/* Legal forms and filler: they tell nothing about which school it is. */
static const struct str fillers[] = {S_INIT("мбоу"), S_INIT("мкоу"),
    S_INIT("маоу"), S_INIT("моу"), S_INIT("мобу"), S_INIT("гбоу"),
    S_INIT("гкоу"), S_INIT("мбу"), S_INIT("оу"), S_INIT("г"), S_INIT("город"),
    S_INIT("города"), S_INIT("с"), S_INIT("село"), S_INIT("села"), S_INIT("п"),
    S_INIT("пос"), S_INIT("поселок"), S_INIT("поселка"), S_INIT("д"),
    S_INIT("деревня"), S_INIT("деревни"), S_INIT("им"), S_INIT("имени"),
    S_INIT("муниципальное"), S_INIT("бюджетное"), S_INIT("казенное"),
    S_INIT("автономное"), S_INIT("общеобразовательное"),
    S_INIT("общеобразовательная"), S_INIT("образовательное"),
    S_INIT("учреждение"), S_INIT("школа"), S_INIT("номер"), S_INIT("n")};

static const struct {
	struct str word, means;
} kinds[] = {
    {S_INIT("средняя"), S_INIT("сош")},
    {S_INIT("основная"), S_INIT("оош")},
    {S_INIT("начальная"), S_INIT("нош")},
    {S_INIT("сш"), S_INIT("сош")},
    {S_INIT("ош"), S_INIT("оош")},
    {S_INIT("гимназии"), S_INIT("гимназия")},
    {S_INIT("лицея"), S_INIT("лицей")},
};

static bool
is_digit(int32_t c)
{
	return c >= '0' && c <= '9';
}

static bool
is_letter(int32_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 0x430 && c <= 0x45F);
}

/* The next word of letters or of digits; everything between is dropped. */
static bool
next_word(struct str *rest, struct str *ret)
{
	while (rest->n) {
		struct str start = *rest;
		int32_t c = utf8_next(rest);
		if (!is_letter(c) && !is_digit(c))
			continue;
		bool digits = is_digit(c);
		struct str end = *rest;
		while (rest->n) {
			c = utf8_next(rest);
			if (digits ? !is_digit(c) : !is_letter(c))
				break;
			end = *rest;
		}
		*rest = end;
		*ret = str_cut(start, 0, start.n - end.n);
		return true;
	}
	return false;
}

static bool
is_filler(struct str word)
{
	for (size_t i = 0; i < COUNT_OF(fillers); i++)
		if (str_eq(word, fillers[i]))
			return true;
	return false;
}

static struct str
kind_of(struct str word)
{
	for (size_t i = 0; i < COUNT_OF(kinds); i++)
		if (str_eq(word, kinds[i].word))
			return kinds[i].means;
	return word;
}

struct str
school_name_key(struct arena *mem, struct str name)
{
	struct buf b = buf_open(mem, 4096);
	struct str rest = text_header(mem, name);
	struct str word;

	while (next_word(&rest, &word)) {
		word = kind_of(word);
		if (is_filler(word))
			continue;
		if (b.n)
			buf_char(&b, ' ');
		buf_put(&b, word);
	}
	return buf_str(&b);
}

struct str
school_login_key(struct arena *mem, struct str login)
{
	struct str folded = text_fold(mem, login);

	if (str_starts(folded, S("edu")) || str_starts(folded, S("sch")))
		return str_from(folded, 3);
	return folded;
}

struct str
school_code_key(struct arena *mem, struct str code)
{
	struct str key = text_fold(mem, code);

	if (str_ends(key, S(".0")))
		key.n -= 2;
	while (key.n > 1 && key.p[0] == '0')
		key = str_from(key, 1);
	return key;
}

static size_t
words_of(struct str key, struct str words[MAX_WORDS])
{
	size_t n = 0;

	while (n < MAX_WORDS && str_split(&key, ' ', &words[n]))
		if (words[n].n)
			n++;
	return n;
}

/* Endings change with the case: the same word when all but the end agrees. */
static bool
same_word(struct str a, struct str b)
{
	size_t common = 0;
	size_t shorter = a.n < b.n ? a.n : b.n;

	if (str_eq(a, b))
		return true;
	if (!a.n || !b.n || is_digit(a.p[0]) || is_digit(b.p[0]))
		return false;
	while (common < shorter && a.p[common] == b.p[common])
		common++;
	/* Two bytes a letter: at least five letters, at most three differ. */
	return common >= 10 && a.n - common <= 6 && b.n - common <= 6;
}

static bool
has(const struct str *words, size_t n, struct str word)
{
	for (size_t i = 0; i < n; i++)
		if (same_word(words[i], word))
			return true;
	return false;
}

static bool
is_kind(struct str word)
{
	static const struct str names[] = {S_INIT("сош"), S_INIT("оош"),
	    S_INIT("нош"), S_INIT("гимназия"), S_INIT("лицей"),
	    S_INIT("интернат"), S_INIT("филиал")};

	for (size_t i = 0; i < COUNT_OF(names); i++)
		if (str_eq(word, names[i]))
			return true;
	return false;
}

int
school_name_likeness(struct str a, struct str b)
{
	struct str left[MAX_WORDS], right[MAX_WORDS];
	size_t n_left = words_of(a, left), n_right = words_of(b, right);
	size_t common = 0;
	bool meaning = false;

	for (size_t i = 0; i < n_left; i++) {
		bool there = has(right, n_right, left[i]);
		if (!there && is_digit(left[i].p[0]))
			return 0;
		common += there;
		meaning |= there && !is_kind(left[i]);
	}
	for (size_t i = 0; i < n_right; i++)
		if (is_digit(right[i].p[0]) && !has(left, n_left, right[i]))
			return 0;
	if (!meaning)
		return 0;
	return (int)(200 * common / (n_left + n_right));
}
