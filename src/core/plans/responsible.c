/* responsible.c - a cell of responsibles cut where a new one begins. */
#include "core/plans/responsible.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "base/vec.h"

/* What a word is at the beginning of a responsible. */
enum starter {
	START_NONE,
	START_ORGANISATION,
	START_ROLE,  /* one post */
	START_GROUP, /* many people */
	START_ALL,   /* every school: ОО, ОУ, школы */
};

/*
 * Nominative forms, and behind them the dative of those whom an order tells:
 * "отдел образования управления образования" is one office, its second noun
 * stands in the genitive.
 */
static const struct {
	const char *word;
	enum starter starter;
} starters[] = {
    {"автор", START_ROLE},
    {"администрация", START_ORGANISATION},
    {"администрации", START_GROUP},
    {"ассоциация", START_ORGANISATION},
    {"гау", START_ORGANISATION},
    {"гбоу", START_ORGANISATION},
    {"гбу", START_ORGANISATION},
    {"гимназия", START_ORGANISATION},
    {"гкоу", START_ORGANISATION},
    {"гку", START_ORGANISATION},
    {"департамент", START_ORGANISATION},
    {"директор", START_ROLE},
    {"директора", START_GROUP},
    {"директорам", START_GROUP},
    {"директору", START_ROLE},
    {"заведующий", START_ROLE},
    {"заведующая", START_ROLE},
    {"заведующему", START_ROLE},
    {"заместители", START_GROUP},
    {"заместитель", START_ROLE},
    {"классные", START_GROUP},
    {"комиссия", START_ORGANISATION},
    {"комитет", START_ORGANISATION},
    {"координатор", START_ROLE},
    {"координаторы", START_GROUP},
    {"координационная", START_ORGANISATION},
    {"координационный", START_ORGANISATION},
    {"куратор", START_ROLE},
    {"кураторы", START_GROUP},
    {"лицей", START_ORGANISATION},
    {"маоу", START_ORGANISATION},
    {"мау", START_ORGANISATION},
    {"мбоу", START_ORGANISATION},
    {"мбу", START_ORGANISATION},
    {"методист", START_ROLE},
    {"методисты", START_GROUP},
    {"методическая", START_ORGANISATION},
    {"методический", START_ORGANISATION},
    {"министерство", START_ORGANISATION},
    {"мкоу", START_ORGANISATION},
    {"мку", START_ORGANISATION},
    {"моу", START_ORGANISATION},
    {"муниципальная", START_ORGANISATION},
    {"муниципальные", START_GROUP},
    {"муниципальный", START_ROLE},
    {"наставник", START_ROLE},
    {"наставники", START_GROUP},
    {"начальник", START_ROLE},
    {"образовательные", START_GROUP},
    {"общеобразовательные", START_ALL},
    {"оо", START_ALL},
    {"опорная", START_ORGANISATION},
    {"опорные", START_GROUP},
    {"отдел", START_ORGANISATION},
    {"ответственный", START_ROLE},
    {"ответственные", START_GROUP},
    {"оу", START_ALL},
    {"педагог", START_ROLE},
    {"педагоги", START_GROUP},
    {"председатель", START_ROLE},
    {"психолог", START_ROLE},
    {"психологи", START_GROUP},
    {"рабочая", START_ORGANISATION},
    {"районные", START_GROUP},
    {"ресурсный", START_ORGANISATION},
    {"родители", START_GROUP},
    {"роо", START_ORGANISATION},
    {"руководители", START_GROUP},
    {"руководителю", START_ROLE},
    {"руководителям", START_GROUP},
    {"руководитель", START_ROLE},
    {"рцои", START_ORGANISATION},
    {"сектор", START_ORGANISATION},
    {"совет", START_ORGANISATION},
    {"социальный", START_ROLE},
    {"специалист", START_ROLE},
    {"специалистам", START_GROUP},
    {"специалисты", START_GROUP},
    {"тьютор", START_ROLE},
    {"тьюторы", START_GROUP},
    {"управление", START_ORGANISATION},
    {"управленческие", START_GROUP},
    {"учителя", START_GROUP},
    {"фгбоу", START_ORGANISATION},
    {"центр", START_ORGANISATION},
    {"шнор", START_ALL},
    {"школа", START_ORGANISATION},
    {"школы", START_ALL},
    {"школьная", START_ORGANISATION},
    {"школьные", START_GROUP},
    {"шмо", START_ORGANISATION},
    {"шнсу", START_ALL},
    {"отделу", START_ORGANISATION},
    {"сектору", START_ORGANISATION},
    {"центру", START_ORGANISATION},
    {"управлению", START_ORGANISATION},
    {"комитету", START_ORGANISATION},
    {"методистам", START_GROUP},
    {"заместителям", START_GROUP},
    {"координаторам", START_GROUP},
    {"кураторам", START_GROUP},
    {"учителям", START_GROUP},
    {"педагогам", START_GROUP},
    {"специалисту", START_ROLE},
    {"методисту", START_ROLE},
    {"начальнику", START_ROLE},
    {"заместителю", START_ROLE},
    {"координатору", START_ROLE},
    {"куратору", START_ROLE},
    {"школам", START_ALL},
};

static enum starter
starter_of(struct str folded)
{
	ptrdiff_t hyphen = str_find_char(folded, '-');

	/* "учителя-предметники" */
	if (hyphen > 0)
		folded = str_cut(folded, 0, (size_t)hyphen);
	for (size_t i = 0; i < COUNT_OF(starters); i++)
		if (str_eq(folded, str_of(starters[i].word)))
			return starters[i].starter;
	return START_NONE;
}

/* ---- persons --------------------------------------------------------------- */

static bool
is_upper(int32_t c)
{
	return (c >= 0x410 && c <= 0x42F) || c == 0x401;
}

static bool
is_lower(int32_t c)
{
	return (c >= 0x430 && c <= 0x44F) || c == 0x451 || c == '-';
}

/* "А.П.", "А.", "А. П.": one or two initials at the front; bytes taken. */
static size_t
initials_length(struct str s)
{
	struct str rest = s;
	size_t taken = 0;

	for (int n = 0; n < 2; n++) {
		struct str at = rest;
		while (at.n && at.p[0] == ' ')
			at = str_from(at, 1);
		if (!at.n || !is_upper(utf8_next(&at)) || !at.n ||
		    at.p[0] != '.')
			break;
		rest = str_from(at, 1);
		taken = s.n - rest.n;
	}
	return taken;
}

/* "Вьюжина А.П." or "А.П. Вьюжина" at the front; bytes taken, or 0. */
static size_t
person_length(struct str s)
{
	struct str rest = s;
	size_t first = initials_length(s);
	size_t letters = 0;

	if (first) {
		rest = str_from(s, first);
		while (rest.n && rest.p[0] == ' ')
			rest = str_from(rest, 1);
	}
	if (!rest.n || !is_upper(utf8_next(&rest)))
		return 0;
	while (rest.n) {
		struct str at = rest;
		int32_t c = utf8_next(&at);
		if (!is_lower(c) && !is_upper(c))
			break;
		letters += is_lower(c);
		rest = at;
	}
	if (letters < 2)
		return 0;
	if (first)
		return s.n - rest.n;
	size_t after = initials_length(rest);
	return after ? s.n - rest.n + after : 0;
}

/* ---- cutting ---------------------------------------------------------------- */

struct cutter {
	struct arena *mem;
	VEC(struct responsible) out;
	struct str cell;
	size_t from; /* of the responsible being collected */
	enum starter starter;
	bool has_person;
	size_t person_end; /* its surname and initials are one word */
	int depth;         /* inside brackets and quotes nothing begins */
	int quotes;
};

static bool
is_separator(char c)
{
	return c == ',' || c == ';' || c == '\n' || c == '/';
}

static struct str
clean(struct arena *mem, struct str s)
{
	struct buf b = buf_open(mem, 0);
	struct str word;
	struct str rest = str_trim(s);

	while (rest.n && is_separator(rest.p[rest.n - 1]))
		rest.n--;
	rest = str_trim(rest);
	for (size_t i = 0; i < rest.n; i++)
		if (rest.p[i] == '\n' || rest.p[i] == '\t') {
			char *copy = arena_cstr(mem, rest);
			for (size_t k = 0; k < rest.n; k++)
				if (copy[k] == '\n' || copy[k] == '\t')
					copy[k] = ' ';
			rest.p = copy;
			break;
		}
	while (str_split(&rest, ' ', &word)) {
		if (!word.n)
			continue;
		if (b.n)
			buf_char(&b, ' ');
		buf_put(&b, word);
	}
	return buf_str(&b);
}

static bool
names_all_schools(struct arena *mem, struct str text)
{
	struct str rest = text_fold(mem, text);
	struct str word;

	while (str_split(&rest, ' ', &word))
		if (starter_of(word) == START_ALL || str_eq(word, S("школ")) ||
		    str_starts(word, S("общеобразоват")))
			return true;
	return false;
}

static void
finish(struct cutter *c, size_t to)
{
	struct str text = clean(c->mem, str_cut(c->cell, c->from, to));
	size_t person = person_length(text);
	struct responsible r = {.text = text};

	c->from = to;
	if (!text.n)
		return;
	if (person) {
		r.kind = WHO_PERSON;
		r.person = str_cut(text, 0, person);
	} else if (c->starter == START_GROUP || c->starter == START_ALL) {
		r.kind = WHO_GROUP;
		r.is_collective = names_all_schools(c->mem, text);
	} else if (c->starter == START_ROLE) {
		r.kind = WHO_ROLE;
	} else {
		r.kind = WHO_ORGANISATION;
	}
	*vec_push(c->mem, &c->out) = r;
	c->starter = START_NONE;
	c->has_person = false;
}

static bool
has_text(const struct cutter *c, size_t to)
{
	return str_trim(str_cut(c->cell, c->from, to)).n > 0;
}

/*
 * A post takes the organisation behind it: "директор МБОУ СОШ № 5"; a group
 * only the one right behind: "методисты РМО", but "Школьные МО / МБУ".
 */
static bool
takes_complement(enum starter last, enum starter next, size_t words)
{
	if (next != START_ORGANISATION && next != START_ALL)
		return false;
	return last == START_ROLE || (last == START_GROUP && words == 1);
}

static size_t
count_words(struct str s)
{
	struct str word;
	size_t n = 0;

	s = str_trim(s);
	while (str_split(&s, ' ', &word))
		n += word.n > 0;
	return n;
}

/*
 * "Управление образования администрации района" is one office, "МБУ
 * администрации школ" two: the heads of schools are many.
 */
static bool
is_genitive(struct cutter *c, size_t at, struct str word)
{
	struct str rest = str_trim(str_from(c->cell, at + word.n));
	struct str next;

	return str_eq(word, S("администрации")) &&
	       !(str_split(&rest, ' ', &next) &&
		   names_all_schools(c->mem, next));
}

/* One word that waits for its noun: "муниципальная", "Методическому". */
static bool
is_adjective(struct str folded)
{
	static const struct str endings[] = {S_INIT("ая"), S_INIT("ый"),
	    S_INIT("ые"), S_INIT("ий"), S_INIT("ому"), S_INIT("ему"),
	    S_INIT("ой"), S_INIT("ым"), S_INIT("им")};

	for (size_t i = 0; i < COUNT_OF(endings); i++)
		if (str_ends(folded, endings[i]))
			return str_find_char(folded, ' ') < 0;
	return false;
}

/* A word at "at" begins; does a new responsible begin with it? */
static void
begin_word(struct cutter *c, size_t at, struct str word)
{
	enum starter next = has_text(c, at) && is_genitive(c, at, word) ?
				START_NONE :
				starter_of(text_fold(c->mem, word));
	bool person = person_length(str_from(c->cell, at)) > 0;

	if (c->depth > 0 || c->quotes > 0 || at < c->person_end)
		return;
	if (person)
		c->person_end = at + person_length(str_from(c->cell, at));
	if (!has_text(c, at)) {
		c->starter = next;
		c->has_person = person;
		return;
	}
	if (c->has_person && c->starter == START_NONE && next == START_ROLE) {
		c->starter = START_ROLE; /* the person's own post */
		return;
	}
	if (str_eq(text_fold(c->mem, str_trim(str_cut(c->cell, c->from, at))),
		S("и.о."))) {
		c->starter = START_ROLE; /* "И.о. директора" is one post */
		return;
	}
	if (person && !c->has_person && c->starter != START_ROLE) {
		finish(c, at);
		c->has_person = true;
	} else if (person && c->has_person) {
		finish(c, at);
		c->has_person = true;
	} else if (next != START_NONE &&
		   !takes_complement(c->starter, next,
		       count_words(str_cut(c->cell, c->from, at)))) {
		/* An adjective that begins keeps its noun: "муниципальная рабочая". */
		struct str before = str_cut(c->cell, c->from, at);
		struct str so_far = text_fold(c->mem, str_trim(before));
		if (is_adjective(so_far)) {
			if (next == START_ROLE || next == START_GROUP)
				c->starter = next;
			return;
		}
		finish(c, at);
		c->starter = next;
	}
}

/*
 * What stands behind a comma belongs to what is before it: the post to its
 * person ("Вьюжина А.П., директор СОШ № 5"), a participle to its noun.
 */
static bool
joins_back(struct cutter *c, size_t at)
{
	size_t next = at + 1;
	size_t end;

	if (c->cell.p[at] != ',')
		return false;
	while (next < c->cell.n && c->cell.p[next] == ' ')
		next++;
	end = next;
	while (end < c->cell.n && c->cell.p[end] != ' ' &&
	       !is_separator(c->cell.p[end]))
		end++;
	struct str word = str_cut(c->cell, next, end);
	struct str folded = text_fold(c->mem, word);
	enum starter begins = starter_of(folded);
	if (c->has_person)
		return begins == START_ROLE && str_eq(folded, word);
	/* "директорам школ, названных в плане" */
	return begins == START_NONE && c->starter != START_NONE &&
	       str_eq(folded, word) && word.n > 8 &&
	       (unsigned char)word.p[0] >= 0x80;
}

struct responsibles
responsibles_of(struct arena *mem, struct str cell)
{
	struct cutter c = {.mem = mem, .cell = cell};
	bool in_word = false;

	for (size_t at = 0; at < cell.n;) {
		struct str rest = str_from(cell, at);
		int32_t ch = utf8_next(&rest);
		size_t next = cell.n - rest.n;
		c.depth += ch == '(' ? 1 : ch == ')' && c.depth ? -1 : 0;
		c.quotes += ch == 0xAB ? 1 : ch == 0xBB && c.quotes ? -1 : 0;
		if (ch < 0x80 && is_separator((char)ch) && !c.depth &&
		    !c.quotes) {
			if (!joins_back(&c, at))
				finish(&c, next);
			in_word = false;
		} else if (ch == ' ' || ch == '\t' || ch == 0xA0) {
			in_word = false;
		} else if (!in_word) {
			size_t end = at;
			while (end < cell.n && cell.p[end] != ' ' &&
			       !is_separator(cell.p[end]))
				end++;
			begin_word(&c, at, str_cut(cell, at, end));
			in_word = true;
		}
		at = next;
	}
	finish(&c, cell.n);
	return (struct responsibles){c.out.p, c.out.n};
}
