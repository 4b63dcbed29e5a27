/* counts.c - rows of results gathered into a table, and the table as text. */
#include "convert/counts.h"

#include <string.h>

enum { DIGITS = 3, PAIR = 2 * DIGITS, SMALLEST_ROW = 16 };

void
counts_open(
    struct counts *c, struct arena *mem, struct arena *scratch, struct diag *d)
{
	*c = (struct counts){
	    .mem = mem, .scratch = scratch, .d = d, .places = map_open(mem)};
}

static bool
same_ref(const struct school_ref *a, const struct school_ref *b)
{
	return str_eq(a->code, b->code) && str_eq(a->login, b->login) &&
	       str_eq(a->name, b->name);
}

/* Rows come school by school, so it is nearly always the one before. */
static size_t
school_place(struct counts *c, const struct school_ref *ref)
{
	if (c->schools.n && same_ref(ref, &c->schools.p[c->school].ref))
		return c->school;

	struct str key = arena_fmt(c->scratch, "%.*s\x1f%.*s\x1f%.*s",
	    STR_ARG(ref->login), STR_ARG(ref->code), STR_ARG(ref->name));
	int64_t at = map_get(&c->places, key);
	if (at != MAP_NONE)
		return c->school = (size_t)at;
	*map_at(&c->places, arena_str(c->mem, key)) = (int64_t)c->schools.n;
	vec_push(c->mem, &c->schools)->ref =
	    (struct school_ref){.login = arena_str(c->mem, ref->login),
		.code = arena_str(c->mem, ref->code),
		.name = arena_str(c->mem, ref->name)};
	return c->school = c->schools.n - 1;
}

static bool
is_exam(const struct count_exam *e, struct str procedure, struct syear year)
{
	return e->year.first == year.first && str_eq(e->procedure, procedure);
}

/* Every school has the same exams in the same order, or nearly. */
static size_t
exam_place(struct counts *c, struct str procedure, struct syear year)
{
	size_t next = c->exam + 1 < c->exams.n ? c->exam + 1 : 0;

	if (next < c->exams.n && is_exam(&c->exams.p[next], procedure, year))
		return c->exam = next;
	for (size_t i = 0; i < c->exams.n; i++)
		if (is_exam(&c->exams.p[i], procedure, year))
			return c->exam = i;
	*vec_push(c->mem, &c->exams) = (struct count_exam){
	    .procedure = arena_str(c->mem, procedure), .year = year};
	return c->exam = c->exams.n - 1;
}

void
counts_clear(struct counts *c)
{
	counts_open(c, c->mem, c->scratch, c->d);
}

void
counts_widen(struct counts *c, struct count_school *s)
{
	size_t cap = c->exams.n < SMALLEST_ROW ? SMALLEST_ROW : c->exams.n + 7;
	struct count_cell *wider = arena_raw(c->mem, cap * sizeof *wider);

	if (s->cap)
		memcpy(wider, s->counts, s->cap * sizeof *wider);
	for (size_t i = s->cap; i < cap; i++)
		wider[i] = (struct count_cell){COUNT_NONE, 0};
	s->counts = wider;
	s->cap = cap;
}

const char *
result_fault(const struct result_row *r)
{
	int64_t sum = 0;
	bool all = true;

	if (r->participants < 0 || r->failed < 0)
		return N_("Число участников или не справившихся не указано.");
	if (r->failed > r->participants)
		return N_("Не справившихся больше, чем участников.");
	for (int i = 0; i < 4; i++) {
		all = all && r->marks[i] >= 0;
		sum += r->marks[i];
	}
	if (all && sum != r->participants)
		return N_("Отметки в сумме не дают числа участников.");
	if (r->marks[0] >= 0 && r->marks[0] != r->failed)
		return N_("Число отметок «2» не равно числу не справившихся.");
	return NULL;
}

/* A row that has no place in the table; NULL when it has. */
static const char *
fault_of(const struct result_row *row)
{
	if (!row->year.first)
		return N_("Файл не говорит, за какой он учебный год.");
	if (!row->procedure.n)
		return N_("Файл не говорит, какая это процедура.");
	if (row->participants > COUNTS_MOST)
		return N_("Столько участников в одной школе не бывает.");
	return result_fault(row);
}

static void
complain(struct counts *c, const struct result_row *row, const char *fault)
{
	const struct place at = {
	    .sheet = arena_str(c->d->mem, row->at.sheet), .row = row->at.row};

	diag_error(c->d, at, "%s", fault);
}

static void
take_result(void *ctx, const struct result_row *row)
{
	struct counts *c = ctx;
	const char *fault = fault_of(row);

	if (fault) {
		complain(c, row, fault);
		return;
	}
	size_t school = school_place(c, &row->school);
	size_t exam = exam_place(c, row->procedure, row->year);
	struct count_cell *cell = counts_cell(c, school, exam);
	if (cell->participants != COUNT_NONE)
		complain(c, row,
		    N_("Школа, процедура и год названы в файле второй раз."));
	*cell = (struct count_cell){
	    (uint16_t)row->participants, (uint16_t)row->failed};
	if (arena_used(c->scratch))
		arena_reset(c->scratch);
}

void
appeals_left_out(struct diag *d, const struct amendment_row *row, bool *said)
{
	const struct place at = {
	    .sheet = arena_str(d->mem, row->at.sheet), .row = row->at.row};

	if (*said)
		return;
	*said = true;
	diag_warning(d, at,
	    N_("Апелляции из этого файла не учтены: протокола, который они "
	       "меняют, в нём нет."))
	    ->hint = S("Чтобы учесть их, загрузите протокол и апелляции в базу "
		       "командой import.");
}

static void
take_amendment(void *ctx, const struct amendment_row *row)
{
	struct counts *c = ctx;

	appeals_left_out(c->d, row, &c->has_appeals);
}

struct row_sink
counts_sink(struct counts *c)
{
	return (struct row_sink){
	    .ctx = c, .result = take_result, .amendment = take_amendment};
}

/* ---- as text ---- */

/* Six bits a sign, the lowest first: '0' to 'o'. */
static inline void
put_number(char *to, uint32_t n)
{
	for (int i = 0; i < DIGITS; i++)
		to[i] = (char)('0' + (n >> 6 * i & 63));
}

static uint32_t
number_at(const char *from)
{
	uint32_t n = 0;

	for (int i = 0; i < DIGITS; i++)
		n |= ((uint32_t)from[i] - '0') << 6 * i;
	return n;
}

void
counts_pack(struct buf *b, const struct count_cell *counts, size_t n)
{
	char pairs[64 * PAIR];
	size_t at = 0;

	for (size_t i = 0; i < n; i++, at += PAIR) {
		if (at == sizeof pairs) {
			buf_put(b, (struct str){pairs, at});
			at = 0;
		}
		if (counts[i].participants == COUNT_NONE) {
			memset(pairs + at, ' ', PAIR);
			continue;
		}
		put_number(pairs + at, counts[i].participants);
		put_number(pairs + at + DIGITS, counts[i].failed);
	}
	buf_put(b, (struct str){pairs, at});
}

static bool
is_pair(const char *p)
{
	for (int i = 0; i < PAIR; i++)
		if (p[i] < '0' || p[i] > 'o')
			return false;
	return true;
}

ptrdiff_t
counts_unpack(struct str text, struct fact_count *ret, size_t most)
{
	size_t n = text.n / PAIR;

	if (text.n % PAIR || n > most)
		return -1;
	for (size_t i = 0; i < n; i++) {
		const char *p = text.p + i * PAIR;
		struct fact_count c = {.participants = -1};
		if (p[0] != ' ') {
			if (!is_pair(p))
				return -1;
			c.participants = (int32_t)number_at(p);
			c.failed = (int32_t)number_at(p + DIGITS);
			if (c.failed > c.participants)
				return -1;
		}
		ret[i] = c;
	}
	return (ptrdiff_t)n;
}
