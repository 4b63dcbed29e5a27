/* asked_columns.c - which headings has this file, and what stands below them? */
#include "core/results/asked_columns.h"

#include "base/utf8.h"
#include "base/vec.h"

enum {
	HEADING_ROWS = 30, /* headings stand within so many rows */
	SAMPLE_ROWS = 40,  /* below them values are looked for */
	SHORT_NUMBER = 6,  /* digits; a document has ten, a birthday eight */
	SAMPLE_LETTERS = 48,
	HEADING_LONGEST = 400, /* bytes, as the recogniser reads them */
};

static const enum file_kind asked_kinds[] = {FILE_RESULTS, FILE_OBSERVATIONS,
    FILE_PUPILS, FILE_SCHOOLS, FILE_OFFICIAL_LIST};

bool
is_asked_kind(enum file_kind kind)
{
	for (size_t i = 0; i < COUNT_OF(asked_kinds); i++)
		if (asked_kinds[i] == kind)
			return true;
	return false;
}

/* ---- columns of tables ---- */

static bool
is_of_kind(const struct recognise_column *c, enum file_kind kind)
{
	return (c->kinds & (uint32_t)1 << kind) != 0;
}

const struct recognise_column *const *
columns_of_kind(struct arena *mem, enum file_kind kind, size_t *ret_n)
{
	VEC(const struct recognise_column *) all = {0};
	size_t n;
	const struct recognise_column *c = recognise_columns(&n);

	for (size_t i = 0; i < n; i++)
		if (is_of_kind(&c[i], kind) && c[i].meaning)
			*vec_push(mem, &all) = &c[i];
	*ret_n = all.n;
	return all.p;
}

const struct recognise_column *
column_of_kind(enum file_kind kind, struct str name)
{
	size_t n;
	const struct recognise_column *c = recognise_columns(&n);

	for (size_t i = 0; i < n; i++)
		if (is_of_kind(&c[i], kind) && c[i].meaning &&
		    str_eq(str_of(c[i].name), name))
			return &c[i];
	return NULL;
}

/* A synonym that ends in "*" is the beginning of a heading. */
static bool
is_named(const struct recognise_column *c, struct str key)
{
	struct str rest = str_of(c->synonyms), word;

	if (str_eq(key, str_of(c->name)))
		return true;
	while (str_split(&rest, '|', &word)) {
		bool is_beginning = str_ends(word, S("*"));

		if (is_beginning ?
			str_starts(key, str_cut(word, 0, word.n - 1)) :
			str_eq(key, word))
			return true;
	}
	return false;
}

static const struct recognise_column *
known_column(enum file_kind kind, struct str key)
{
	size_t n;
	const struct recognise_column *c = recognise_columns(&n);

	for (size_t i = 0; key.n && i < n; i++)
		if (is_of_kind(&c[i], kind) && is_named(&c[i], key))
			return &c[i];
	return NULL;
}

/* Names and documents of people, in whatever table they stand. */
static bool
is_about_person(struct str key)
{
	size_t n;
	const struct recognise_column *c = recognise_columns(&n);

	for (size_t i = 0; i < n; i++)
		if (c[i].is_personal && !c[i].meaning && is_named(&c[i], key))
			return true;
	return false;
}

/* ---- the row of headings ---- */

struct heading_row {
	const struct block *sheet; /* NULL: the headings alone are known */
	struct str sheet_name;
	uint32_t at; /* among the rows of the sheet */
	uint32_t n;
	struct str *text, *key; /* by column */
};

static struct str
key_of(struct arena *mem, struct str text)
{
	struct str key = text_header(mem, text);

	while (str_ends(key, S(".")))
		key = str_trim(str_cut(key, 0, key.n - 1));
	return key;
}

static void
row_read(struct arena *mem, const struct grid_row *row, struct heading_row *h)
{
	h->n = 0;
	for (uint32_t i = 0; i < row->n; i++)
		if (row->cells[i].column >= h->n)
			h->n = row->cells[i].column + 1u;
	h->text = arena_new(mem, struct str, h->n + 1);
	h->key = arena_new(mem, struct str, h->n + 1);
	for (uint32_t i = 0; i < row->n; i++) {
		struct str text = str_trim(row->cells[i].text);
		uint32_t c = row->cells[i].column;

		if (text.n > HEADING_LONGEST)
			continue;
		h->text[c] = text;
		h->key[c] = key_of(mem, text);
	}
}

static bool
has_digit(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] >= '0' && s.p[i] <= '9')
			return true;
	return false;
}

/* "Ивановна": whoever stands here is no heading. */
static bool
has_patronymic(struct str key)
{
	static const struct str ends[] = {S_INIT("ович"), S_INIT("евич"),
	    S_INIT("овна"), S_INIT("евна"), S_INIT("ична")};
	struct str word;

	while (str_split(&key, ' ', &word))
		for (size_t i = 0; i < COUNT_OF(ends); i++)
			if (word.n > ends[i].n + 2 && str_ends(word, ends[i]))
				return true;
	return false;
}

static int
named_in(const struct heading_row *h, enum file_kind kind)
{
	int named = 0;

	for (uint32_t c = 0; c < h->n; c++)
		named += !has_digit(h->key[c]) &&
			 known_column(kind, h->key[c]) != NULL;
	return named;
}

static struct str
cell_at(const struct grid_row *row, uint32_t column)
{
	for (uint32_t i = 0; i < row->n; i++)
		if (row->cells[i].column == column)
			return str_trim(row->cells[i].text);
	return S("");
}

/* Digits and the signs of numbers, years and days. */
static bool
is_number(struct str s, int *ret_digits)
{
	*ret_digits = 0;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] >= '0' && s.p[i] <= '9')
			++*ret_digits;
		else if (str_find_char(S(".,/%+- "), s.p[i]) < 0)
			return false;
	}
	return *ret_digits > 0;
}

/* Words all along, and below some of them nothing but numbers. */
static bool
stands_over_numbers(const struct heading_row *h)
{
	uint32_t last = h->at + 3, filled = 0;
	bool any = false;
	int digits;

	if (last > h->sheet->n_rows)
		last = h->sheet->n_rows;
	for (uint32_t c = 0; c < h->n; c++) {
		bool numbers = h->text[c].n > 0 && last > h->at + 1;

		if (has_digit(h->text[c]))
			return false;
		filled += h->text[c].n > 0;
		for (uint32_t r = h->at + 1; numbers && r < last; r++)
			numbers =
			    is_number(cell_at(&h->sheet->rows[r], c), &digits);
		any |= numbers;
	}
	return any && filled >= 2;
}

static int
score_of(const struct heading_row *h)
{
	int best = 0;

	for (uint32_t c = 0; c < h->n; c++)
		if (has_patronymic(h->key[c]))
			return 0;
	for (size_t i = 0; i < COUNT_OF(asked_kinds); i++) {
		int named = named_in(h, asked_kinds[i]);

		if (named > best)
			best = named;
	}
	return best > 0 ? best + 1 : stands_over_numbers(h);
}

/* False: nothing on the sheet is a row of headings. */
static bool
headings_of(
    struct arena *mem, const struct block *sheet, struct heading_row *ret)
{
	int best = 0;

	for (uint32_t r = 0; r < sheet->n_rows && r < HEADING_ROWS; r++) {
		struct heading_row h = {.sheet = sheet, .at = r};
		int score;

		row_read(mem, &sheet->rows[r], &h);
		score = score_of(&h);
		if (score > best) {
			best = score;
			*ret = h;
		}
	}
	return best > 0;
}

/* ---- values ---- */

static bool
is_yes_no(struct str folded)
{
	return str_has_word(S("да нет yes no есть true false + -"), folded);
}

static bool
is_school(const struct sample_words *w, struct arena *mem, struct str text,
    struct str folded)
{
	static const struct str kinds[] = {S_INIT("школа"), S_INIT("гимназия"),
	    S_INIT("лицей"), S_INIT("сош"), S_INIT("оош"), S_INIT("нош")};
	const struct school_ref ref = {.login = text, .name = text};
	struct str word;

	while (str_split(&folded, ' ', &word))
		for (size_t i = 0; i < COUNT_OF(kinds); i++)
			if (str_eq(word, kinds[i]))
				return true;
	return w->schools &&
	       matcher_find(w->schools, mem, &ref).kind > MATCH_SUPPOSED;
}

static bool
is_of_vocabulary(
    const struct vocabulary *w, struct arena *mem, struct str folded)
{
	for (size_t i = 0; i < w->n_procedures; i++)
		if (str_eq(folded, w->procedures[i].code) ||
		    str_eq(folded, text_fold(mem, w->procedures[i].title)) ||
		    str_eq(
			folded, text_fold(mem, w->procedures[i].title_short)))
			return true;
	for (size_t i = 0; i < w->n_elements; i++)
		if (str_eq(folded, w->elements[i].code) ||
		    str_eq(folded, text_fold(mem, w->elements[i].title)))
			return true;
	return false;
}

static struct sample
sample_of(struct arena *mem, const struct sample_words *w, struct str text)
{
	struct str folded = text_fold(mem, text);
	struct syear year;
	struct date day;
	int digits;

	if (is_number(text, &digits)) {
		if (digits <= SHORT_NUMBER || syear_parse(text, &year))
			return (struct sample){text, false};
		return (struct sample){date_parse_loose(text, &day) ?
					   S(N_("дата")) :
					   S(N_("длинное число")),
		    true};
	}
	if (is_yes_no(folded) || is_of_vocabulary(w->words, mem, folded) ||
	    is_school(w, mem, text, folded))
		return (struct sample){
		    text_clip(mem, text, SAMPLE_LETTERS), false};
	return (struct sample){S(N_("слова")), true};
}

static bool
has_sample(const struct asked_column *c, struct str text)
{
	for (size_t i = 0; i < c->n_samples; i++)
		if (str_eq(c->samples[i].text, text))
			return true;
	return false;
}

static void
take_samples(struct arena *mem, const struct sample_words *w,
    const struct heading_row *h, uint32_t column, struct asked_column *c)
{
	uint32_t last = h->at + 1 + SAMPLE_ROWS;

	if (last > h->sheet->n_rows)
		last = h->sheet->n_rows;
	if (is_about_person(h->key[column]) ||
	    (c->known && c->known->is_personal))
		return;
	for (uint32_t r = h->at + 1; r < last && c->n_samples < COLUMN_SAMPLES;
	     r++) {
		struct str text = cell_at(&h->sheet->rows[r], column);
		struct sample s;

		if (text.n == 0)
			continue;
		s = sample_of(mem, w, text);
		if (!has_sample(c, s.text))
			c->samples[c->n_samples++] = s;
	}
}

/* ---- the file ---- */

struct asking {
	struct arena *mem;
	const struct sample_words *words;
	VEC(struct heading_row) rows; /* one a sheet */
	VEC(struct asked_column) all;
};

static void
find_rows(struct asking *a, const struct pages *file)
{
	struct str name = S("");

	for (size_t i = 0; i < file->n; i++) {
		const struct block *b = &file->blocks[i];
		struct heading_row h;

		if (b->kind != BLOCK_TABLE) {
			name = b->text;
			continue;
		}
		if (!headings_of(a->mem, b, &h))
			continue;
		h.sheet_name = name;
		*vec_push(a->mem, &a->rows) = h;
	}
}

/* The kind of table most headings are of; one school's name is of nearly all. */
static enum file_kind
likely_kind(const struct asking *a)
{
	enum file_kind likely = FILE_RESULTS;
	int best = 0;

	for (size_t k = 0; k < COUNT_OF(asked_kinds); k++) {
		int named = 0;

		for (size_t i = 0; i < a->rows.n; i++)
			named += named_in(&a->rows.p[i], asked_kinds[k]);
		if (named > best) {
			best = named;
			likely = asked_kinds[k];
		}
	}
	return likely;
}

static bool
is_asked(const struct asking *a, struct str heading)
{
	for (size_t i = 0; i < a->all.n; i++)
		if (str_eq(a->all.p[i].heading, heading))
			return true;
	return false;
}

static void
ask_row(struct asking *a, const struct heading_row *h, enum file_kind kind)
{
	for (uint32_t c = 0; c < h->n && a->all.n < SAID_COLUMNS_MOST; c++) {
		struct asked_column column = {.sheet = h->sheet_name,
		    .heading = h->text[c],
		    .known = known_column(kind, h->key[c])};

		if (h->text[c].n == 0 || is_asked(a, h->text[c]))
			continue;
		if (h->sheet)
			take_samples(a->mem, a->words, h, c, &column);
		*vec_push(a->mem, &a->all) = column;
	}
}

static void
ask(struct asking *a, enum file_kind kind, struct asked_columns *ret)
{
	if (kind == FILE_UNKNOWN)
		kind = likely_kind(a);
	for (size_t i = 0; i < a->rows.n; i++)
		ask_row(a, &a->rows.p[i], kind);
	*ret = (struct asked_columns){
	    .kind = kind, .all = a->all.p, .n = a->all.n};
	if (a->rows.n > 0) {
		ret->headings = a->rows.p[0].text;
		ret->n_headings = a->rows.p[0].n;
	}
}

void
asked_columns_find(struct arena *mem, const struct pages *file,
    enum file_kind kind, const struct sample_words *words,
    struct asked_columns *ret)
{
	struct asking a = {.mem = mem, .words = words};

	find_rows(&a, file);
	ask(&a, kind, ret);
}

void
asked_columns_named(struct arena *mem, const struct str *headings, size_t n,
    enum file_kind kind, struct asked_columns *ret)
{
	struct asking a = {.mem = mem};
	struct heading_row *h = vec_push(mem, &a.rows);

	h->n = (uint32_t)n;
	h->text = arena_new(mem, struct str, n + 1);
	h->key = arena_new(mem, struct str, n + 1);
	for (size_t i = 0; i < n; i++) {
		h->text[i] = str_trim(headings[i]);
		h->key[i] = key_of(mem, headings[i]);
	}
	ask(&a, kind, ret);
}
