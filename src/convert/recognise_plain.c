/*
 * recognise_plain.c - plain pupil rows, nearly all there are, without
 * ceremony: as cells, or straight from the bytes of a CSV file.
 *
 * A plain row names a school and an exam that were met before in the very
 * same letters, has a number for a code, a mark from 2 to 5 or a score, and no
 * words but those of the canonical file.  Any other row is left to
 * pupils_row(), which gives the reasons; both must count alike, and the tests
 * run every file both ways.
 *
 * While the group goes on, a line begins with the same bytes as the one
 * before it: one comparison, no lookup.
 */
#include <string.h>

#include "convert/recognise_pupils.h"

#define IS_IDENTITY(role)                                                      \
	((role) == ROLE_SCHOOL || (role) == ROLE_YEAR ||                       \
	    (role) == ROLE_PROCEDURE)

static const struct {
	enum field field;
	enum role role;
} meanings[] = {{FIELD_YEAR, ROLE_YEAR}, {FIELD_PROCEDURE, ROLE_PROCEDURE},
    {FIELD_PUPIL, ROLE_CODE}, {FIELD_MARK, ROLE_MARK},
    {FIELD_SCORE, ROLE_SCORE}, {FIELD_ATTEMPT, ROLE_ATTEMPT},
    {FIELD_GRADUATE, ROLE_GRADUATE}};

static void
set_role(struct plain *f, int32_t column, enum role role)
{
	if (column >= 0 && column < PLAIN_COLUMNS)
		f->roles[column] = (uint8_t)role;
}

/* Columns that say the group, when they come first and together. */
static uint32_t
identity_columns(const struct plain *f)
{
	uint32_t n = 0, later = 0;

	while (n < f->columns && IS_IDENTITY(f->roles[n]))
		n++;
	for (uint32_t c = n; c < f->columns; c++)
		later += IS_IDENTITY(f->roles[c]);
	return later ? 0 : n;
}

void
plain_begin(struct recogniser *r, struct pupils *p)
{
	static const enum field names[] = {
	    FIELD_SCHOOL, FIELD_CODE, FIELD_LOGIN, FIELD_NAME};
	const struct table_head *head = r->head;
	struct plain *f = &p->plain;
	int named_by = 0;

	*f = (struct plain){
	    .columns = head->columns, .schools = map_open(r->mem)};
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		named_by += head->column_of[names[i]] >= 0;
		set_role(f, head->column_of[names[i]], ROLE_SCHOOL);
	}
	for (size_t i = 0; i < COUNT_OF(meanings); i++)
		set_role(
		    f, head->column_of[meanings[i].field], meanings[i].role);
	f->is_possible = named_by == 1 && head->columns <= PLAIN_COLUMNS;
	f->prefix_columns = f->is_possible ? identity_columns(f) : 0;
}

static bool
is_same(const char *bytes, size_t n, struct str s)
{
	return n == s.n && (n == 0 || memcmp(bytes, s.p, n) == 0);
}

static bool
is_exam(const struct plain_exam *e, struct str year, struct str procedure)
{
	return e->exam && is_same(e->bytes, e->year_n, year) &&
	       is_same(e->bytes + e->year_n, e->procedure_n, procedure);
}

/* Where the exam of these texts is kept, or the free slot where it belongs. */
static struct plain_exam *
exam_slot(struct plain *f, struct str year, struct str procedure)
{
	size_t h = procedure.n * 31 + year.n;

	for (size_t i = 0; i < procedure.n; i++)
		h = h * 31 + (unsigned char)procedure.p[i];
	for (size_t i = 0; i < year.n; i++)
		h = h * 31 + (unsigned char)year.p[i];
	for (h ^= h >> 8;; h++) {
		struct plain_exam *e = &f->exams[h % PLAIN_EXAMS];
		if (!e->exam || is_exam(e, year, procedure))
			return e;
	}
}

void
plain_learn(struct recogniser *r, struct pupils *p, const struct record *rec,
    uint32_t school, uint32_t exam)
{
	struct plain *f = &p->plain;
	struct str text[ROLE_COUNT] = {{0}};

	if (!f->is_possible || exam + 1 > UINT16_MAX)
		return;
	for (size_t i = 0; i < rec->n; i++)
		if (rec->cells[i].column < f->columns)
			text[f->roles[rec->cells[i].column]] =
			    rec->cells[i].text;
	struct str year = text[ROLE_YEAR], procedure = text[ROLE_PROCEDURE];
	if (text[ROLE_SCHOOL].n &&
	    map_get(&f->schools, text[ROLE_SCHOOL]) == MAP_NONE)
		*map_at(&f->schools, arena_str(r->mem, text[ROLE_SCHOOL])) =
		    school;
	struct plain_exam *e = exam_slot(f, year, procedure);
	if (e->exam || year.n + procedure.n > PLAIN_BYTES ||
	    f->n_exams == PLAIN_EXAMS / 2)
		return;
	f->n_exams++;
	if (year.n)
		memcpy(e->bytes, year.p, year.n);
	if (procedure.n)
		memcpy(e->bytes + year.n, procedure.p, procedure.n);
	e->year_n = (uint8_t)year.n;
	e->procedure_n = (uint8_t)procedure.n;
	e->exam = (uint16_t)(exam + 1);
}

/* The group of these texts, when each was met before. */
static bool
enter_group(struct recogniser *r, struct pupils *p, uint32_t row,
    const struct str *text)
{
	struct plain *f = &p->plain;
	struct str school = text[ROLE_SCHOOL];
	const struct plain_exam *e =
	    exam_slot(f, text[ROLE_YEAR], text[ROLE_PROCEDURE]);

	if (!e->exam || !school.n || p->tallies >= TALLIES_MAX)
		return false;
	if (!is_same(f->school, f->school_n, school)) {
		int64_t at = map_get(&f->schools, school);
		if (at == MAP_NONE || school.n > PLAIN_BYTES)
			return false;
		memcpy(f->school, school.p, school.n);
		f->school_n = school.n;
		f->school_at = (uint32_t)at;
	}
	uint32_t exam = e->exam - 1u;
	tally_enter(r, p, tally_find(r, p, f->school_at, exam, row), exam);
	return true;
}

static inline bool
small_number(struct str s, size_t most, uint64_t *ret)
{
	uint64_t value = 0;

	if (s.n == 0 || s.n > most)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		unsigned digit = (unsigned)(unsigned char)s.p[i] - '0';
		if (digit > 9)
			return false;
		value = value * 10 + digit;
	}
	*ret = value;
	return true;
}

/* A word of known length: the comparison becomes one of a register. */
#define IS(s, word)                                                            \
	((s).n == sizeof(word) - 1 &&                                          \
	    memcmp((s).p, word, sizeof(word) - 1) == 0)

static inline enum rank
plain_rank(struct str s)
{
	if (s.n == 0 || IS(s, "main"))
		return RANK_MAIN;
	if (IS(s, "retake"))
		return RANK_RETAKE;
	return IS(s, "reserve") ? RANK_RESERVE : RANK_WRONG;
}

static inline bool
plain_outcome(const struct exam *exam, const struct str *text, uint32_t *ret)
{
	uint64_t score;

	if (exam->by_points) {
		if (!small_number(text[ROLE_SCORE], 3, &score) || score > 100)
			return false;
		*ret = score < (uint64_t)exam->least ? OUTCOME_FAILED :
						       OUTCOME_PASSED;
		return true;
	}
	struct str mark = text[ROLE_MARK];
	if (mark.n != 1 || mark.p[0] < '2' || mark.p[0] > '5')
		return false;
	*ret = (uint32_t)(mark.p[0] - '2');
	return true;
}

/* False: nothing was done, the row is for pupils_row(). */
static inline bool
count_plain(struct recogniser *r, struct pupils *p, uint32_t row,
    const struct str *text, bool is_same_group)
{
	enum rank rank = plain_rank(text[ROLE_ATTEMPT]);
	struct str graduate = text[ROLE_GRADUATE];
	uint32_t outcome;
	uint64_t code;

	if (rank == RANK_WRONG ||
	    (!is_same_group && !enter_group(r, p, row, text)))
		return false;
	if (graduate.n && !IS(graduate, "current")) {
		if (!IS(graduate, "previous"))
			return false;
		extras_of(r, p, p->now)->previous++;
		p->now->last_row = row;
		return true;
	}
	if (!plain_outcome(p->exam, text, &outcome) ||
	    !small_number(text[ROLE_CODE], 10, &code))
		return false;
	p->now->last_row = row;
	count_row(r, p, code, rank, outcome);
	return true;
}

bool
pupils_pass(
    struct recogniser *r, uint32_t row, const struct cell *cells, size_t n)
{
	struct pupils *p = r->pupils;
	struct str text[ROLE_COUNT] = {{0}};

	if (r->head->layout->kind != FILE_PUPILS || !p->plain.is_possible ||
	    p->mode == MODE_NAME)
		return false;
	for (size_t i = 0; i < n && cells[i].column < p->plain.columns; i++)
		text[p->plain.roles[cells[i].column]] = cells[i].text;
	return count_plain(r, p, row, text, false);
}

/*
 * The cells of a line from its column on; NULL where it is not plain: a
 * quote, too many columns, no end.  Else the beginning of the next line.
 */
static inline const char *
split_line(const struct plain *f, const char *at, const char *end,
    char separator, uint32_t column, struct str *text)
{
	for (const char *from = at; at < end; at++) {
		char c = *at;
		if (c == '"')
			return NULL;
		if (c != separator && c != '\n')
			continue;
		if (column >= f->columns)
			return NULL;
		const char *to = at;
		if (c == '\n' && to > from && to[-1] == '\r')
			to--;
		text[f->roles[column++]] =
		    (struct str){from, (size_t)(to - from)};
		from = at + 1;
		if (c != '\n')
			continue;
		for (; column < f->columns; column++)
			text[f->roles[column]] = (struct str){0};
		return from;
	}
	return NULL;
}

/* The bytes by which the next line of the group will be known. */
static void
keep_prefix(struct pupils *p, const char *line, const struct str *text)
{
	struct plain *f = &p->plain;
	const char *end = line;

	f->prefix_n = 0;
	if (!f->prefix_columns)
		return;
	for (uint32_t c = 0; c < f->prefix_columns; c++) {
		const struct str *t = &text[f->roles[c]];
		if (t->p + t->n + 1 > end)
			end = t->p + t->n + 1;
	}
	if ((size_t)(end - line) > sizeof f->prefix)
		return;
	f->prefix_n = (size_t)(end - line);
	memcpy(f->prefix, line, f->prefix_n);
	f->prefix_group = p->now_at;
}

size_t
pupils_lines(struct recogniser *r, uint32_t row, struct str lines,
    char separator, uint32_t *ret_rows)
{
	struct pupils *p = r->pupils;
	const struct plain *f = &p->plain;
	const char *at = lines.p, *end = lines.p + lines.n;
	struct str text[ROLE_COUNT] = {{0}};
	uint32_t rows = 0;

	*ret_rows = 0;
	if (r->head->layout->kind != FILE_PUPILS || !f->is_possible ||
	    p->mode == MODE_NAME)
		return 0;
	while (!r->is_void) {
		bool same = f->prefix_n && p->now &&
			    p->now_at == f->prefix_group &&
			    (size_t)(end - at) > f->prefix_n &&
			    memcmp(at, f->prefix, f->prefix_n) == 0;
		const char *next = split_line(f, same ? at + f->prefix_n : at,
		    end, separator, same ? f->prefix_columns : 0, text);
		if (!next || !count_plain(r, p, row + rows, text, same))
			break;
		if (!same)
			keep_prefix(p, at, text);
		rows++;
		at = next;
	}
	*ret_rows = rows;
	return (size_t)(at - lines.p);
}
