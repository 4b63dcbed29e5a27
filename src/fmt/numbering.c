/* numbering.c - the numbers that Word prints before paragraphs. */
#include "fmt/numbering.h"

#include "base/buf.h"

void
list_definition_reset(struct list_definition *def)
{
	*def = (struct list_definition){0};
	for (int i = 0; i < LIST_LEVELS; i++)
		def->levels[i] = (struct list_level){
		    .form = FORM_DECIMAL, .start = 1, .restart_after = i};
}

static struct str
roman(struct arena *mem, uint32_t n, bool upper)
{
	static const struct {
		uint32_t value;
		const char *lower;
		const char *upper;
	} parts[] = {{1000, "m", "M"}, {900, "cm", "CM"}, {500, "d", "D"},
	    {400, "cd", "CD"}, {100, "c", "C"}, {90, "xc", "XC"},
	    {50, "l", "L"}, {40, "xl", "XL"}, {10, "x", "X"}, {9, "ix", "IX"},
	    {5, "v", "V"}, {4, "iv", "IV"}, {1, "i", "I"}};
	struct buf b = buf_open(mem, 0);

	if (n > 5000)
		return arena_fmt(mem, "%u", n);
	for (size_t i = 0; i < COUNT_OF(parts); i++)
		for (; n >= parts[i].value; n -= parts[i].value)
			buf_c(&b, upper ? parts[i].upper : parts[i].lower);
	return buf_str(&b);
}

/* After the last letter each one is doubled, then tripled. */
static struct str
letter(
    struct arena *mem, uint32_t n, const char *const *letters, uint32_t count)
{
	struct buf b = buf_open(mem, 0);

	if (n == 0 || n > count * 5)
		return arena_fmt(mem, "%u", n);
	for (uint32_t i = 0; i <= (n - 1) / count; i++)
		buf_c(&b, letters[(n - 1) % count]);
	return buf_str(&b);
}

static struct str
latin(struct arena *mem, uint32_t n, char first)
{
	char letters[5];
	uint32_t times = n ? (n - 1) / 26 + 1 : 0;

	if (n == 0 || times > sizeof letters)
		return arena_fmt(mem, "%u", n);
	for (uint32_t i = 0; i < times; i++)
		letters[i] = (char)(first + (n - 1) % 26);
	return arena_str(mem, (struct str){letters, times});
}

/* Without ё, й, ъ, ы, ь: no list uses them. */
static const char *const russian_lower[] = {"а", "б", "в", "г", "д", "е", "ж",
    "з", "и", "к", "л", "м", "н", "о", "п", "р", "с", "т", "у", "ф", "х", "ц",
    "ч", "ш", "щ", "э", "ю", "я"};
static const char *const russian_upper[] = {"А", "Б", "В", "Г", "Д", "Е", "Ж",
    "З", "И", "К", "Л", "М", "Н", "О", "П", "Р", "С", "Т", "У", "Ф", "Х", "Ц",
    "Ч", "Ш", "Щ", "Э", "Ю", "Я"};

struct str
number_written(struct arena *mem, uint32_t n, enum number_form form)
{
	switch (form) {
	case FORM_DECIMAL:
		return arena_fmt(mem, "%u", n);
	case FORM_DECIMAL_ZERO:
		return arena_fmt(mem, "%02u", n);
	case FORM_ROMAN_UPPER:
	case FORM_ROMAN_LOWER:
		return roman(mem, n, form == FORM_ROMAN_UPPER);
	case FORM_LATIN_UPPER:
		return latin(mem, n, 'A');
	case FORM_LATIN_LOWER:
		return latin(mem, n, 'a');
	case FORM_RUSSIAN_UPPER:
		return letter(mem, n, russian_upper, COUNT_OF(russian_upper));
	case FORM_RUSSIAN_LOWER:
		return letter(mem, n, russian_lower, COUNT_OF(russian_lower));
	case FORM_BULLET:
	case FORM_NONE:
		return S("");
	}
	UNREACHABLE();
}

struct str
bullet_of(struct str sign)
{
	static const struct str dashes[] = {
	    S_INIT("-"), S_INIT("–"), S_INIT("—"), S_INIT("*")};

	sign = str_trim(sign);
	for (size_t i = 0; i < COUNT_OF(dashes); i++)
		if (str_eq(sign, dashes[i]))
			return dashes[i];
	return S("•");
}

/* A level not yet met counts as its first number when a deeper one shows it. */
static uint32_t
count_of(struct list_definition *def, unsigned level)
{
	if (!def->is_set[level]) {
		def->is_set[level] = true;
		def->counts[level] = def->levels[level].start;
	}
	return def->counts[level];
}

static void
advance(struct list_definition *def, unsigned level)
{
	if (def->is_set[level])
		def->counts[level]++;
	else
		(void)count_of(def, level);
	for (unsigned i = level + 1; i < LIST_LEVELS; i++)
		if ((int)level < def->levels[i].restart_after)
			def->is_set[i] = false;
}

struct str
list_next(struct arena *mem, struct list_definition *def, unsigned level)
{
	const struct list_level *l = &def->levels[level];
	struct buf b = buf_open(mem, 0);

	advance(def, level);
	if (l->form == FORM_BULLET)
		return bullet_of(l->text);
	if (l->form == FORM_NONE && str_find_char(l->text, '%') < 0)
		return arena_str(mem, l->text);
	for (size_t i = 0; i < l->text.n; i++) {
		char c = l->text.p[i];
		char next = i + 1 < l->text.n ? l->text.p[i + 1] : 0;
		if (c != '%' || next < '1' || next > '9') {
			buf_char(&b, c);
			continue;
		}
		unsigned of = (unsigned)(next - '1');
		buf_put(
		    &b, number_written(mem, count_of(def, of),
			    l->is_legal ? FORM_DECIMAL : def->levels[of].form));
		i++;
	}
	return buf_str(&b);
}
