/*
 * count_plain.c - canonical files of pupils and results, counted from their
 * bytes.
 *
 * Millions of rows are nearly all alike: the canonical headings, no quotes, a
 * school by its code or login, whole numbers, the canonical words.  Such a
 * file is counted here at the speed of reading.  At the first line that is
 * anything else, however harmless, this way gives up: the recogniser reads the
 * file from its beginning, understands it and gives the reasons.  Both ways
 * come to the same counts; the tests read every file both ways.
 *
 * BASIS: norilsk-2.1 - the first valid result of each pupil counts, results
 * of retakes and of graduates of earlier years do not.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "convert/count_plain_own.h"

enum {
	BUFFER = 256 * 1024,
	MARGIN = 128, /* bytes that may be looked at past the end */
	LONGEST_LINE = 4096,
	YEAR_CHARS = 9,
};

typedef enum pass count_lines(
    struct canonical *f, const char *p, const char *end);

/* ---- exams ---- */

static size_t
exam_hash(const char *p, size_t n)
{
	uint64_t head, tail;

	memcpy(&head, p, sizeof head);
	memcpy(&tail, p + n - sizeof tail, sizeof tail);
	return (size_t)((head * 0x9E3779B97F4A7C15u ^
			    tail * 0xBF58476D1CE4E5B9u ^ n) >>
			40);
}

/* A code as the canonical files have it: anything else is asked about. */
static bool
is_slug(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!(s.p[i] >= 'a' && s.p[i] <= 'z') &&
		    !(s.p[i] >= '0' && s.p[i] <= '9') && s.p[i] != '-')
			return false;
	return s.n > 0 && s.n <= 40;
}

/* Two spellings of one exam are left to those who understand spellings. */
static bool
exam_learn(struct canonical *f, struct met_exam *e, const char *p, size_t n)
{
	struct str procedure = {p + YEAR_CHARS + 1, n - YEAR_CHARS - 1};
	struct syear year;
	bool is_exact = true;

	if (!syear_parse((struct str){p, YEAR_CHARS}, &year) ||
	    !is_slug(procedure) || f->c->exams.n == EXAMS / 2)
		return false;
	vec_each(struct count_exam, known, &f->c->exams)
		if (known->year.first == year.first &&
		    str_eq(known->procedure, procedure))
			return false;
	const struct exam_threshold *t = threshold_of(
	    f->data, procedure, S("test"), year.first + 1, &is_exact);
	if (t && !is_exact)
		return false; /* to be said */
	*e = (struct met_exam){.n = (uint32_t)n,
	    .place = (uint32_t)f->c->exams.n,
	    .by_points = t != NULL,
	    .least = t ? t->least : 0};
	memcpy(e->text, p, n);
	*vec_push(f->c->mem, &f->c->exams) =
	    (struct count_exam){arena_str(f->c->mem, procedure), year};
	return true;
}

struct met_exam *
plain_exam(struct canonical *f, const char *p, size_t n)
{
	if (n < YEAR_CHARS + 2 || n > EXAM_MOST ||
	    p[YEAR_CHARS] != f->separator)
		return NULL;
	for (size_t h = exam_hash(p, n);; h++) {
		struct met_exam *e = &f->exams[h % EXAMS];
		if (e->n == n && same_bytes(e->text, p, n))
			return e;
		if (!e->n)
			return exam_learn(f, e, p, n) ? e : NULL;
	}
}

/* ---- schools ---- */

/* A code or login in plain letters: nothing a spreadsheet could have bent. */
static bool
is_plain_school(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		char c = p[i];
		if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'z') &&
		    !(c >= 'A' && c <= 'Z') && c != '-' && c != '_')
			return false;
	}
	return n > 0 && n <= SCHOOL_MOST;
}

static void
schools_grow(struct canonical *f)
{
	struct met_school *old = f->schools;
	size_t n = f->schools_cap;

	f->schools_cap = n ? n * 4 : 1024;
	f->schools = arena_new(f->mem, struct met_school, f->schools_cap);
	for (size_t i = 0; i < n; i++) {
		size_t h = school_hash(&old[i]);
		if (!old[i].n)
			continue;
		while (f->schools[h & (f->schools_cap - 1)].n)
			h++;
		f->schools[h & (f->schools_cap - 1)] = old[i];
	}
}

const struct met_school *
plain_school(struct canonical *f, const char *p, size_t n)
{
	struct met_school s = school_key(p, n);

	if (f->c->schools.n * 3 >= f->schools_cap * 2)
		schools_grow(f);
	for (size_t h = school_hash(&s);; h++) {
		struct met_school *at = &f->schools[h & (f->schools_cap - 1)];
		if (same_school(at, &s))
			return at;
		if (at->n)
			continue;
		if (!is_plain_school(p, n))
			return NULL;
		s.place = (uint32_t)f->c->schools.n;
		*at = s;
		school_of_text(arena_str(f->c->mem, (struct str){p, n}),
		    &vec_push(f->c->mem, &f->c->schools)->ref);
		return at;
	}
}

/* ---- one person ---- */

const char *
take_long_digits(const char *p, char sign, uint32_t *ret)
{
	uint64_t value = 0;
	int n = 0;

	for (; p[n] >= '0' && p[n] <= '9'; n++) {
		value = value * 10 + (uint64_t)(p[n] - '0');
		if (value >= UINT32_MAX || n > 10)
			return NULL;
	}
	if (!n || p[n] != sign)
		return NULL;
	*ret = (uint32_t)value;
	return p + n + 1;
}

const char *
take_words(const struct canonical *f, const char *p, struct person *ret)
{
	static const struct {
		char word[10];
		size_t n;
		enum rank rank;
	} attempts[] = {{"main", 4, RANK_MAIN}, {"retake", 6, RANK_RETAKE},
	    {"reserve", 7, RANK_RESERVE}, {"", 0, RANK_MAIN}};

	size_t i = 0;

	while (memcmp(p, attempts[i].word, attempts[i].n) != 0 ||
	       p[attempts[i].n] != f->separator)
		if (++i == COUNT_OF(attempts))
			return NULL;
	ret->rank = attempts[i].rank;
	p += attempts[i].n + 1;
	if (memcmp(p, "current", 7) == 0) {
		p += 7;
	} else if (memcmp(p, "previous", 8) == 0) {
		ret->is_previous = true;
		p += 8;
	}
	return memcmp(p, f->eol, f->eol_n) == 0 ? p + f->eol_n : NULL;
}

size_t
later_of_person(const struct keys *later, size_t from)
{
	uint64_t who = later->p[from] >> LATER_CODE_AT;
	size_t to = from + 1;

	while (to < later->n && later->p[to] >> LATER_CODE_AT == who)
		to++;
	return to - from;
}

bool
later_settle(const uint64_t *attempts, size_t n, bool has_first,
    int32_t *participants, int32_t *failed)
{
	bool is_retake = attempts[0] >> 1 & 1;

	if (has_first)
		return true;
	if (is_retake || (n > 1 && !(attempts[1] >> 1 & 1)))
		return false;
	*participants += 1;
	*failed += attempts[0] & 1;
	return true;
}

/* ---- results of schools ---- */

static enum pass
count_results(struct canonical *f, const char *p, const char *end)
{
	uint32_t participants, failed;
	size_t names_n;

	while (p < end) {
		if (!take_names(f, p, &names_n))
			return PASS_NOT_PLAIN;
		p = take_number(p + names_n, f->separator, &participants);
		p = p ? take_number(p, f->eol[0], &failed) : NULL;
		if (!p || (f->eol_n == 2 && *p++ != '\n') ||
		    participants > COUNTS_MOST || failed > participants)
			return PASS_NOT_PLAIN;
		struct count_cell *cell =
		    counts_cell(f->c, f->school.place, f->exam->place);
		if (cell->participants != COUNT_NONE)
			return PASS_NOT_PLAIN;
		*cell = (struct count_cell){
		    (uint16_t)participants, (uint16_t)failed};
	}
	return PASS_DONE;
}

/* ---- the file ---- */

static count_lines *
reader_of(struct canonical *f, struct str headings)
{
	static const struct str pupils =
	    S_INIT("school,year,procedure,code,mark,score,attempt,graduate");
	static const struct str results =
	    S_INIT("school,year,procedure,participants,failed");

	if (str_eq(headings, results))
		return count_results;
	if (!str_eq(headings, pupils))
		return NULL;
	return f->scattered ? scattered_count : together_count;
}

/* The canonical headings, whatever separates them. */
static count_lines *
take_headings(struct canonical *f, struct str line)
{
	char text[80];

	f->eol_n = line.n && line.p[line.n - 1] == '\r' ? 2 : 1;
	memcpy(f->eol, f->eol_n == 2 ? "\r\n" : "\n", f->eol_n);
	line.n -= f->eol_n - 1;
	if (line.n < 7 || line.n > sizeof text)
		return NULL;
	f->separator = line.p[6];
	if (f->separator != ',' && f->separator != ';' && f->separator != '\t')
		return NULL;
	f->usual_n = (size_t)snprintf(
	    f->usual, sizeof f->usual, "main%ccurrent%s", f->separator, f->eol);
	for (size_t i = 0; i < line.n; i++)
		text[i] = line.p[i] == f->separator ? ',' :
			  line.p[i] == ','          ? ' ' :
						      line.p[i];
	return reader_of(f, (struct str){text, line.n});
}

/* One line, with the mark of UTF-8 before it or not; the rest follows. */
static const char *
skip_headings(
    struct canonical *f, const char *p, const char *end, count_lines **ret)
{
	if (end - p >= 3 && memcmp(p, "\xEF\xBB\xBF", 3) == 0)
		p += 3;
	const char *line_end = memchr(p, '\n', (size_t)(end - p));
	*ret = line_end ?
		   take_headings(f, (struct str){p, (size_t)(line_end - p)}) :
		   NULL;
	return *ret ? line_end + 1 : end;
}

/* A last line without an end is given one; lines end before what is cut off. */
static const char *
end_of_lines(const struct canonical *f, char *p, size_t *n, bool is_last)
{
	if (is_last && *n && p[*n - 1] != '\n') {
		memcpy(p + *n, f->eol, f->eol_n);
		*n += f->eol_n;
	}
	memset(p + *n, 0, MARGIN);
	const char *last = *n ? memrchr(p, '\n', *n) : NULL;
	return last ? last + 1 : p;
}

static enum pass
read_file(struct canonical *f, char *buffer)
{
	count_lines *count = NULL;
	size_t n = 0;
	bool is_last = false;

	if (lseek(f->fd, 0, SEEK_SET) != 0)
		return PASS_NOT_PLAIN;
	while (!is_last) {
		ssize_t got = read(f->fd, buffer + n, BUFFER - n);
		if (got < 0)
			return PASS_NOT_PLAIN;
		is_last = got == 0;
		n += (size_t)got;
		const char *end = end_of_lines(f, buffer, &n, is_last);
		const char *from = buffer;
		if (!count)
			from = skip_headings(f, buffer, end, &count);
		enum pass pass = count ? count(f, from, end) : PASS_NOT_PLAIN;
		if (pass != PASS_DONE)
			return pass;
		n -= (size_t)(end - buffer);
		memmove(buffer, end, n);
		if (n > LONGEST_LINE || arena_full(f->mem))
			return PASS_NOT_PLAIN;
	}
	return count == count_results ? PASS_DONE :
	       f->scattered           ? scattered_end(f) :
					together_end(f);
}

static enum pass
run_pass(int fd, const struct recognise_data *data, struct counts *c,
    struct arena *mem, bool is_scattered)
{
	struct canonical f = {.fd = fd,
	    .data = data,
	    .c = c,
	    .mem = mem,
	    .exams = arena_new(mem, struct met_exam, EXAMS)};

	schools_grow(&f);
	(is_scattered ? scattered_open : together_open)(&f);
	enum pass pass = read_file(&f, arena_raw(mem, BUFFER + 2 * MARGIN));
	free(f.later.p);
	return pass;
}

bool
counts_plain(int fd, const struct recognise_data *data, struct counts *c,
    struct arena *mem)
{
	enum pass pass = run_pass(fd, data, c, mem, false);

	if (pass == PASS_SCATTERED) {
		counts_clear(c);
		pass = run_pass(fd, data, c, mem, true);
	}
	if (pass != PASS_DONE)
		counts_clear(c);
	return pass == PASS_DONE;
}
