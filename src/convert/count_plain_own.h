/*
 * count_plain_own.h - what the three files of the short way share.
 *
 *	count_plain.c      the file, its headings, names; results of schools
 *	count_ordered.c    pupils whose groups stand together
 *	count_scattered.c  pupils in any order
 *
 * A group is one school, year and procedure.  Everything here is either
 * certain or given up: a function that returns false or NULL has met
 * something that has to be understood, and the recogniser does that.
 */
#pragma once

#include <string.h>

#include "base/vec.h"
#include "convert/count_plain.h"
#include "convert/recognise_pupils.h"
#include "fmt/csv.h"

enum {
	SCHOOL_MOST = 16,
	EXAM_MOST = 52, /* year, separator, procedure */
	EXAMS = 1024,   /* slots; half of them are used at most */
};

/* Why a pass ended. */
enum pass { PASS_DONE, PASS_SCATTERED, PASS_NOT_PLAIN };

/* A year and procedure in the very letters of the file. */
struct met_exam {
	char text[EXAM_MOST];  /* "2022/2023,vpr-math-5" */
	uint32_t n;            /* bytes; 0: a free slot */
	uint32_t place;        /* in counts.exams */
	struct met_exam *next; /* what stood behind it the last time */
	bool by_points;
	int32_t least;
};

/* Likewise a school: the text is its own key, whole. */
struct met_school {
	uint64_t head, tail;
	uint32_t n;     /* bytes; 0: free */
	uint32_t place; /* in counts.schools */
};

struct canonical {
	int fd;
	const struct recognise_data *data;
	struct counts *c;
	struct arena *mem;
	char separator;
	char eol[3];
	size_t eol_n;
	char usual[32]; /* "main,current" and the end of the line */
	size_t usual_n;
	struct met_exam *exams;
	struct met_school *schools;
	size_t schools_cap;
	struct met_exam *exam;    /* of the line before, or of the group */
	struct met_school school; /* likewise */
	struct keys later;        /* attempts that are not the first */
	struct together *together;
	struct scattered *scattered;
};

/* What a line says behind its group. */
struct person {
	uint32_t code;
	int32_t mark;  /* 0: empty */
	int32_t score; /* -1: empty */
	enum rank rank;
	bool is_previous; /* a graduate of an earlier year */
};

enum judgement { FAILED, PASSED, ABSENT, UNCLEAR };

/* ---- names ---- */

/* NULL: not plain.  Valid until the next one is asked for. */
const struct met_school *plain_school(
    struct canonical *f, const char *p, size_t n);

/* p: the year; n: up to the end of the procedure.  NULL: not plain. */
struct met_exam *plain_exam(struct canonical *f, const char *p, size_t n);

/* At least eight bytes, by eights; the last eight may overlap. */
static inline bool
same_bytes(const char *a, const char *b, size_t n)
{
	uint64_t x, y;

	for (size_t i = 0; i + sizeof x < n; i += sizeof x) {
		memcpy(&x, a + i, sizeof x);
		memcpy(&y, b + i, sizeof y);
		if (x != y)
			return false;
	}
	memcpy(&x, a + n - sizeof x, sizeof x);
	memcpy(&y, b + n - sizeof y, sizeof y);
	return x == y;
}

static inline struct met_school
school_key(const char *p, size_t n)
{
	struct met_school s = {.n = (uint32_t)n};

	memcpy(&s.head, p, sizeof s.head);
	if (n >= sizeof s.head)
		memcpy(&s.tail, p + n - sizeof s.tail, sizeof s.tail);
	else
		s.head &= ((uint64_t)1 << 8 * n) - 1;
	return s;
}

static inline bool
same_school(const struct met_school *a, const struct met_school *b)
{
	return a->head == b->head && a->tail == b->tail && a->n == b->n;
}

static inline size_t
school_hash(const struct met_school *s)
{
	return (size_t)((s->head * 0x9E3779B97F4A7C15u ^
			    s->tail * 0xBF58476D1CE4E5B9u) >>
			32);
}

/* Where the group's names end; false: not plain. */
static inline bool
cut_names(const struct canonical *f, const char *p, size_t *ret_school,
    size_t *ret_exam)
{
	uint64_t signs = csv_signs(p, f->separator, '\n');
	int a = signs ? __builtin_ctzll(signs) : 0;

	signs &= signs - 1;
	signs &= signs - 1;
	int c = signs ? __builtin_ctzll(signs) : 0;
	*ret_school = (size_t)a;
	*ret_exam = (size_t)(c - a - 1);
	return a > 0 && a <= SCHOOL_MOST && c > a && p[a] == f->separator &&
	       p[c] == f->separator;
}

/*
 * The names of a line where rows stand in order: the school is nearly always
 * that of the line before, the exam the one that followed the last time.
 * False: not plain.  f->school and f->exam are those of the line then.
 */
static inline bool
take_names(struct canonical *f, const char *p, size_t *ret_n)
{
	size_t school_n, exam_n;

	if (!cut_names(f, p, &school_n, &exam_n))
		return false;
	const struct met_school key = school_key(p, school_n);
	if (!same_school(&key, &f->school)) {
		const struct met_school *s = plain_school(f, p, school_n);
		if (!s)
			return false;
		f->school = *s;
	}
	p += school_n + 1;
	struct met_exam *e = f->exam ? f->exam->next : NULL;
	if (!e || e->n != exam_n || !same_bytes(p, e->text, exam_n)) {
		e = plain_exam(f, p, exam_n);
		if (!e)
			return false;
		if (f->exam)
			f->exam->next = e;
	}
	f->exam = e;
	*ret_n = school_n + 1 + exam_n + 1;
	return true;
}

/* ---- one person ---- */

/*
 * Digits at p, at most seven, up to the sign: eight bytes at a time.  Returns
 * what follows the sign; NULL: no digit, too many, another sign.
 */
static inline const char *
take_digits(const char *p, char sign, uint32_t *ret)
{
	uint64_t t;

	memcpy(&t, p, sizeof t);
	t ^= 0x3030303030303030u;
	uint64_t other = ((t + 0x7676767676767676u) | t) & 0x8080808080808080u;
	if (!other)
		return NULL;
	int bits = __builtin_ctzll(other) & ~7;
	if (!bits || p[bits >> 3] != sign)
		return NULL;
	t <<= 64 - bits;
	t = t * 10 + (t >> 8);
	*ret = (uint32_t)(((t & 0x000000FF000000FFu) * 0x000F424000000064u +
			      (t >> 16 & 0x000000FF000000FFu) *
				  0x0000271000000001u) >>
			  32);
	return p + (bits >> 3) + 1;
}

/* Up to what 32 bits hold. */
const char *take_long_digits(const char *p, char sign, uint32_t *ret);

static inline const char *
take_number(const char *p, char sign, uint32_t *ret)
{
	const char *next = take_digits(p, sign, ret);

	return next ? next : take_long_digits(p, sign, ret);
}

/* Words other than the usual ones. */
const char *take_words(
    const struct canonical *f, const char *p, struct person *ret);

/* p: the code.  The next line, or NULL: not plain. */
static inline const char *
take_person(const struct canonical *f, const char *p, struct person *ret)
{
	char sign = f->separator;
	uint32_t score;

	*ret = (struct person){.score = -1};
	p = take_number(p, sign, &ret->code);
	if (!p)
		return NULL;
	if (*p != sign) {
		if (*p < '2' || *p > '5')
			return NULL;
		ret->mark = *p++ - '0';
		if (*p != sign)
			return NULL;
	}
	p++;
	if (*p == sign) {
		p++;
	} else {
		p = take_digits(p, sign, &score);
		if (!p)
			return NULL;
		ret->score = (int32_t)score;
	}
	if (same_bytes(p, f->usual, f->usual_n))
		return p + f->usual_n;
	return take_words(f, p, ret);
}

/* As outcome_of() of recognise_pupils.c, where it need not ask. */
static inline enum judgement
judge(const struct met_exam *e, const struct person *who)
{
	if (e->by_points) {
		if (who->score < 0)
			return who->mark ? UNCLEAR : ABSENT;
		return who->score > 100      ? UNCLEAR :
		       who->score < e->least ? FAILED :
					       PASSED;
	}
	if (who->mark)
		return who->mark == 2 ? FAILED : PASSED;
	return who->score < 0 ? ABSENT : UNCLEAR;
}

/*
 * Attempts that are not the first wait until their group is known.
 *
 *	school 21 | exam 9 | code 32 | retake 1 | failed 1
 */
enum { LATER_SCHOOLS = 1 << 21, LATER_CODE_AT = 2, LATER_GROUP_AT = 34 };

static inline uint64_t
later_key(uint32_t school, uint32_t exam, const struct person *who, bool failed)
{
	return ((uint64_t)school << 9 | exam) << LATER_GROUP_AT |
	       (uint64_t)who->code << LATER_CODE_AT |
	       (uint64_t)(who->rank == RANK_RETAKE) << 1 | failed;
}

/* How many of the sorted attempts from here on are of one person. */
size_t later_of_person(const struct keys *later, size_t from);

/*
 * Counts these n attempts of one person: nothing when the first one is there,
 * else a single reserve day.  False: two of them, or a retake alone, have to
 * be spoken of.
 */
bool later_settle(const uint64_t *attempts, size_t n, bool has_first,
    int32_t *participants, int32_t *failed);

/* ---- the two orders ---- */

/* Whole lines from p to end. */
enum pass together_count(struct canonical *f, const char *p, const char *end);
enum pass together_end(struct canonical *f);
void together_open(struct canonical *f);

enum pass scattered_count(struct canonical *f, const char *p, const char *end);
enum pass scattered_end(struct canonical *f);
void scattered_open(struct canonical *f);
