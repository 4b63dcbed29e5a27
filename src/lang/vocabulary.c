/* vocabulary.c - kinds of school, and the three tables of names as text. */
#include "lang/vocabulary.h"

#include "base/vec.h"

const char *const school_kind_codes[KIND_COUNT] = {
    [KIND_NOSH] = "nosh",
    [KIND_OOSH] = "oosh",
    [KIND_SOSH] = "sosh",
    [KIND_GYMNASIUM] = "gymnasium",
    [KIND_LYCEUM] = "lyceum",
    [KIND_CORRECTIONAL] = "correctional",
    [KIND_EVENING] = "evening",
};

const char *const school_kind_titles[KIND_COUNT] = {
    [KIND_NOSH] = N_("начальная школа"),
    [KIND_OOSH] = N_("основная школа"),
    [KIND_SOSH] = N_("средняя школа"),
    [KIND_GYMNASIUM] = N_("гимназия"),
    [KIND_LYCEUM] = N_("лицей"),
    [KIND_CORRECTIONAL] = N_("коррекционная школа"),
    [KIND_EVENING] = N_("вечерняя школа"),
};

bool
school_kind_parse(struct str code, enum school_kind *ret)
{
	for (int k = 0; k < KIND_COUNT; k++)
		if (str_eq(code, str_of(school_kind_codes[k]))) {
			*ret = (enum school_kind)k;
			return true;
		}
	return false;
}

struct fact_count *
fact_column(struct arena *mem, size_t n)
{
	struct fact_count *column = arena_raw(mem, n * sizeof *column);

	for (size_t i = 0; i < n; i++)
		column[i] = (struct fact_count){.participants = -1};
	return column;
}

void
facts_alone(struct arena *mem, struct facts *f, const struct fact_count *counts,
    size_t cells)
{
	const struct fact_count **columns =
	    arena_new(mem, const struct fact_count *, cells);

	for (size_t i = 0; i < cells; i++)
		columns[i] = &counts[i];
	f->columns = columns;
	f->place = 0;
}

struct fact_count *
facts_counts(struct arena *mem, const struct facts *f, size_t cells)
{
	struct fact_count *counts = arena_new(mem, struct fact_count, cells);

	for (size_t i = 0; i < cells; i++)
		counts[i] = facts_count(f, i);
	return counts;
}

ptrdiff_t
vocabulary_procedure_find(const struct vocabulary *v, struct str code)
{
	for (size_t i = 0; i < v->n_procedures; i++)
		if (str_eq(v->procedures[i].code, code))
			return (ptrdiff_t)i;
	return -1;
}

ptrdiff_t
vocabulary_element_find(const struct vocabulary *v, struct str code)
{
	for (size_t i = 0; i < v->n_elements; i++)
		if (str_eq(v->elements[i].code, code))
			return (ptrdiff_t)i;
	return -1;
}

enum held
vocabulary_held(const struct vocabulary *v, size_t procedure, struct syear year)
{
	for (size_t i = 0; i < v->n_years; i++)
		if (v->years[i].procedure == procedure &&
		    v->years[i].year.first == year.first)
			return v->years[i].held;
	return HELD_YES;
}

enum { MAX_COLUMNS = 8 };

/* One table being read: a cursor over its lines. */
struct table {
	struct str file;
	struct str rest;
	const char *const *columns;
	size_t n_columns;
	struct diag *d;
	uint32_t line;
	struct str cells[MAX_COLUMNS];
};

static struct place
cell_place(const struct table *t, size_t column)
{
	return (struct place){.file = t->file,
	    .row = t->line,
	    .column = column < t->n_columns ? str_of(t->columns[column]) :
					      (struct str){0}};
}

static void
bad_cell(struct table *t, size_t column, const char *expected)
{
	struct complaint *c = diag_error(t->d, cell_place(t, column),
	    N_("Значение не подходит для этой графы."));

	c->value = t->cells[column];
	c->expected = str_of(expected);
}

/* line -> cell { TAB cell }; false when the number of cells is another. */
static bool
split_cells(struct table *t, struct str line)
{
	size_t n = 0;
	struct str cell;

	while (str_split(&line, '\t', &cell)) {
		if (n < t->n_columns)
			t->cells[n] = str_trim(cell);
		n++;
	}
	if (n + 1 == t->n_columns) { /* the last cell may be empty */
		t->cells[n++] = S("");
	}
	if (n == t->n_columns)
		return true;

	struct complaint *c = diag_error(t->d, cell_place(t, t->n_columns),
	    N_("В строке таблицы %zu граф вместо %zu."), n, t->n_columns);
	c->hint = S(N_("Графы разделяются знаком табуляции."));
	return false;
}

/* The next row with cells, past comments and empty lines. */
static bool
next_row(struct table *t)
{
	struct str line;

	while (str_split(&t->rest, '\n', &line)) {
		t->line++;
		if (str_ends(line, S("\r")))
			line = str_cut(line, 0, line.n - 1);
		if (!str_trim(line).n || str_starts(line, S("#")))
			continue;
		if (split_cells(t, line))
			return true;
	}
	return false;
}

static bool
open_table(struct table *t)
{
	if (!next_row(t)) {
		diag_error(t->d, (struct place){.file = t->file},
		    N_("В таблице нет строки с названиями граф."));
		return false;
	}
	for (size_t i = 0; i < t->n_columns; i++)
		if (!str_eq(t->cells[i], str_of(t->columns[i]))) {
			bad_cell(t, i, t->columns[i]);
			return false;
		}
	return true;
}

static bool
parse_kinds(struct str text, uint32_t *ret)
{
	uint32_t kinds = 0;
	struct str word;

	if (str_eq(text, S("all"))) {
		*ret = (1u << KIND_COUNT) - 1;
		return true;
	}
	while (str_split(&text, ' ', &word)) {
		enum school_kind kind;
		if (!school_kind_parse(word, &kind))
			return false;
		kinds |= 1u << kind;
	}
	*ret = kinds;
	return kinds != 0;
}

enum {
	P_CODE,
	P_TITLE,
	P_SHORT,
	P_DATIVE,
	P_LEVEL,
	P_SUBJECT,
	P_GRADE,
	P_KINDS
};

static void
read_procedures(struct arena *mem, struct table *t, struct vocabulary *v)
{
	VEC(struct vocabulary_procedure) all = {0};

	while (next_row(t)) {
		int64_t grade = 0;
		uint32_t kinds = 0;
		struct str code = t->cells[P_CODE];

		*v = (struct vocabulary){
		    .procedures = all.p, .n_procedures = all.n};
		if (!code.n || vocabulary_procedure_find(v, code) >= 0)
			bad_cell(t, P_CODE, N_("код, которого ещё не было"));
		if (!str_to_int(t->cells[P_GRADE], &grade) || grade < 1 ||
		    grade > 12)
			bad_cell(t, P_GRADE, N_("класс от 1 до 12"));
		if (!parse_kinds(t->cells[P_KINDS], &kinds))
			bad_cell(
			    t, P_KINDS, N_("виды школ через пробел или all"));
		*vec_push(mem, &all) = (struct vocabulary_procedure){
		    .code = code,
		    .title = t->cells[P_TITLE],
		    .title_short = t->cells[P_SHORT],
		    .title_dative = t->cells[P_DATIVE],
		    .level = t->cells[P_LEVEL],
		    .subject = t->cells[P_SUBJECT],
		    .grade = (int32_t)grade,
		    .kinds = kinds,
		};
	}
	v->procedures = all.p;
	v->n_procedures = all.n;
}

enum { Y_PROCEDURE, Y_YEAR, Y_HELD, Y_NOTE };

static bool
parse_held(struct str word, enum held *ret)
{
	static const char *const words[] = {
	    [HELD_YES] = "yes", [HELD_NO] = "no", [HELD_PARTLY] = "partly"};

	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (str_eq(word, str_of(words[i]))) {
			*ret = (enum held)i;
			return true;
		}
	return false;
}

static void
read_years(struct arena *mem, struct table *t, struct vocabulary *v)
{
	VEC(struct vocabulary_year) all = {0};

	while (next_row(t)) {
		struct vocabulary_year y = {.note = t->cells[Y_NOTE]};
		ptrdiff_t p =
		    vocabulary_procedure_find(v, t->cells[Y_PROCEDURE]);

		if (p < 0)
			bad_cell(t, Y_PROCEDURE, N_("код из procedures.tsv"));
		else
			y.procedure = (size_t)p;
		if (!syear_parse(t->cells[Y_YEAR], &y.year))
			bad_cell(
			    t, Y_YEAR, N_("учебный год, например 2019/2020"));
		if (!parse_held(t->cells[Y_HELD], &y.held))
			bad_cell(t, Y_HELD, N_("yes, no или partly"));
		*vec_push(mem, &all) = y;
	}
	v->years = all.p;
	v->n_years = all.n;
}

enum { E_CODE, E_NUMBER, E_KIND, E_TITLE };

static bool
parse_value_kind(struct str word, enum value_kind *ret)
{
	static const char *const words[] = {[VALUE_YES_NO] = "yes-no",
	    [VALUE_SHARE] = "share",
	    [VALUE_COUNT] = "count"};

	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (str_eq(word, str_of(words[i]))) {
			*ret = (enum value_kind)i;
			return true;
		}
	return false;
}

static void
read_elements(struct arena *mem, struct table *t, struct vocabulary *v)
{
	VEC(struct vocabulary_element) all = {0};

	while (next_row(t)) {
		struct vocabulary_element e = {.code = t->cells[E_CODE],
		    .title = t->cells[E_TITLE],
		    .number = t->cells[E_NUMBER]};

		v->elements = all.p;
		v->n_elements = all.n;
		if (!e.code.n || vocabulary_element_find(v, e.code) >= 0)
			bad_cell(t, E_CODE, N_("код, которого ещё не было"));
		if (!parse_value_kind(t->cells[E_KIND], &e.kind))
			bad_cell(t, E_KIND, N_("yes-no, share или count"));
		*vec_push(mem, &all) = e;
	}
	v->elements = all.p;
	v->n_elements = all.n;
}

enum rc
vocabulary_parse(struct arena *mem, const struct vocabulary_texts *texts,
    struct diag *d, struct vocabulary *ret)
{
	static const char *const procedure_columns[] = {"code", "title",
	    "title_short", "title_dative", "level", "subject", "grade",
	    "kinds"};
	static const char *const year_columns[] = {
	    "procedure", "year", "held", "note"};
	static const char *const element_columns[] = {
	    "code", "number", "kind", "title"};
	struct table procedures = {.file = S("procedures.tsv"),
	    .rest = texts->procedures,
	    .columns = procedure_columns,
	    .n_columns = COUNT_OF(procedure_columns),
	    .d = d};
	struct table years = {.file = S("procedure-years.tsv"),
	    .rest = texts->years,
	    .columns = year_columns,
	    .n_columns = COUNT_OF(year_columns),
	    .d = d};
	struct table elements = {.file = S("elements.tsv"),
	    .rest = texts->elements,
	    .columns = element_columns,
	    .n_columns = COUNT_OF(element_columns),
	    .d = d};
	struct vocabulary v = {0};
	size_t before = d->errors;

	if (open_table(&procedures))
		read_procedures(mem, &procedures, &v);
	if (open_table(&years))
		read_years(mem, &years, &v);
	if (open_table(&elements))
		read_elements(mem, &elements, &v);
	if (d->errors != before)
		return RC_INVALID;
	*ret = v;
	return RC_OK;
}
