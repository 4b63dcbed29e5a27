/* counts.c - rows of results gathered into a table, and the table as text. */
#include "convert/counts.h"

#include <string.h>

enum { DIGITS = 4, PAIR = 2 * DIGITS, SMALLEST_ROW = 16 };

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

/*
 * Five bits a sign, the lowest first: '@' and on, 32 signs higher while more
 * follow.  Most counts are one sign.
 */
static inline char *
put_number(char *to, uint32_t n)
{
	for (; n >= 32; n >>= 5)
		*to++ = (char)('@' + 32 + (n & 31));
	*to++ = (char)('@' + n);
	return to;
}

/* What follows the number; NULL when there is none. */
static inline const char *
take_number(const char *p, const char *end, int32_t *ret)
{
	uint32_t n = 0;

	for (int i = 0; i < DIGITS && p < end; i++) {
		uint32_t sign = (uint32_t)(unsigned char)*p++ - '@';
		if (sign >= 64)
			return NULL;
		n |= (sign & 31) << 5 * i;
		if (sign < 32) {
			*ret = (int32_t)n;
			return p;
		}
	}
	return NULL;
}

void
counts_pack(struct buf *b, const struct count_cell *counts, size_t n)
{
	char pairs[64 * PAIR];
	char *to = pairs;

	for (size_t i = 0; i < n; i++) {
		if (to > pairs + sizeof pairs - PAIR) {
			buf_put(b, (struct str){pairs, (size_t)(to - pairs)});
			to = pairs;
		}
		if (counts[i].participants == COUNT_NONE) {
			*to++ = ' ';
			continue;
		}
		to = put_number(to, counts[i].participants);
		to = put_number(to, counts[i].failed);
	}
	buf_put(b, (struct str){pairs, (size_t)(to - pairs)});
}

ptrdiff_t
counts_unpack(struct str text, struct fact_count *ret, size_t most)
{
	const char *p = text.p, *end = text.p + text.n;
	size_t n = 0;

	for (; p < end; n++) {
		struct fact_count c = {.participants = -1};
		if (n == most)
			return -1;
		if (*p == ' ') {
			p++;
		} else {
			p = take_number(p, end, &c.participants);
			p = p ? take_number(p, end, &c.failed) : NULL;
			if (!p || c.failed > c.participants)
				return -1;
		}
		ret[n] = c;
	}
	return (ptrdiff_t)n;
}
