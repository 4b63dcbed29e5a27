/*
 * recognise_pupils.h - the counter of pupil rows, shared by its three files:
 *
 *	recognise_pupils.c  what a row says; passes over the file; results out
 *	recognise_tally.c   groups, and people told apart within them
 *	recognise_plain.c   plain rows, nearly all there are, without ceremony
 *
 * See recognise_pupils.c for how it works.
 */
#pragma once

#include "convert/recognise_parts.h"

enum {
	TALLY_CHUNK = 4096,
	TALLIES_MAX = (1 << 24) - 1,
	CODE_BITS = 36,
	OUTCOME_BITS = 2,
	RANK_BITS = 2,
	LOW_BITS = OUTCOME_BITS + RANK_BITS,
};

#define CODE_IS_WORD ((uint64_t)1 << (CODE_BITS - 1))
#define CODE_MASK    (((uint64_t)1 << CODE_BITS) - 1)
#define TOP_UNKNOWN  UINT32_MAX

enum rank { RANK_MAIN, RANK_RESERVE, RANK_RETAKE, RANK_WRONG };

enum outcome {
	OUTCOME_FAILED = 0, /* or mark 2; the marks follow */
	OUTCOME_PASSED = 1,
	OUTCOME_NONE = 4, /* absent: not a participant */
	OUTCOME_BAD = 5,  /* complained about */
};

enum mode { MODE_STREAM, MODE_KEEP, MODE_NAME };

struct exam {
	struct str year_text, procedure; /* procedure: the code */
	struct syear year;
	bool by_points;
	int32_t least;
	bool said_mark_used;
	const struct vpr_scale *scale; /* when the file has no marks */
};

/* Rare counts live beside the tally that has them. */
struct extras {
	int32_t retake, previous, absent, gve, refused, without_first, twice;
	bool is_spoiled; /* a row was refused: the whole group is */
	bool is_back;    /* the consumer wants its rows back */
};

struct tally {
	uint32_t school;
	uint16_t exam;
	uint16_t sheet;
	uint32_t first_row, last_row;
	uint32_t counts[4]; /* by outcome */
	uint32_t extras;    /* place + 1, 0 for none */
	uint32_t top;       /* the highest code so far + 1, or TOP_UNKNOWN */
};

/* Keys of rows; grows by realloc, as it may be most of the memory. */
struct keys {
	uint64_t *p;
	size_t n, cap;
};

/* What a column holds, for rows that are read without ceremony. */
enum role {
	ROLE_SKIPPED,
	ROLE_SCHOOL,
	ROLE_YEAR,
	ROLE_PROCEDURE,
	ROLE_CODE,
	ROLE_MARK,
	ROLE_SCORE,
	ROLE_ATTEMPT,
	ROLE_GRADUATE,
	ROLE_COUNT
};

enum {
	PLAIN_COLUMNS = 32,
	PLAIN_BYTES = 64,  /* the longest text of a school or an exam kept */
	PLAIN_EXAMS = 512, /* half of them are used at most */
};

/* Texts of an exam's two cells, and which exam they are. */
struct plain_exam {
	char bytes[PLAIN_BYTES];
	uint8_t year_n, procedure_n;
	uint16_t exam; /* place + 1; 0: free */
};

/* What plain rows need to know; see recognise_plain.c. */
struct plain {
	bool is_possible; /* the school is named by one column */
	uint8_t roles[PLAIN_COLUMNS];
	uint32_t columns;
	struct map schools; /* text of the cell -> place in schools */
	struct plain_exam exams[PLAIN_EXAMS]; /* open addressing */
	uint32_t n_exams;
	char school[PLAIN_BYTES]; /* of the last row */
	size_t school_n;
	uint32_t school_at;
	char prefix[2 * PLAIN_BYTES]; /* of the last line, in bytes */
	size_t prefix_n;
	uint32_t prefix_columns;
	uint32_t prefix_group;
};

struct pupils {
	enum mode mode;
	struct plain plain;
	int32_t mark_at, score_at; /* columns, -1 when absent */

	struct map school_places;
	VEC(struct school_ref) schools;
	VEC(struct exam) exams;
	VEC(struct str) sheets;
	struct str column;

	VEC(struct tally *) chunks;
	uint32_t tallies;
	uint64_t *slots; /* open addressing: school 24, exam 16, tally + 1 */
	uint32_t slot_cap;
	VEC(struct extras) extras;

	struct tally *now; /* NULL between segments */
	uint32_t now_at;
	struct exam *exam;
	struct keys segment;
	bool is_plain; /* first attempts in ascending codes so far */
	uint32_t counts[4];
	uint64_t last;  /* code + 1 of the row before, in a plain segment */
	uint64_t floor; /* code + 1 below which the group was seen before */

	struct map words; /* codes that are not numbers */
	struct arena *words_mem;
	uint64_t word_count;
	bool words_last; /* their places hold for the file, not a segment */

	struct keys kept;
	struct keys conflicts; /* key >> LOW_BITS, ascending */
	bool is_scattered;
};

/* recognise_tally.c */
void keys_push(struct keys *k, uint64_t key);
void keys_sort(struct keys *k);
struct tally *tally_at(struct pupils *p, uint32_t i);
uint32_t tally_find(struct recogniser *r, struct pupils *p, uint32_t school,
    uint32_t exam, uint32_t row);
/* Rows that follow belong to this group; see pupils.now. */
void tally_enter(
    struct recogniser *r, struct pupils *p, uint32_t at, uint32_t exam);
void tally_leave(struct recogniser *r, struct pupils *p);
struct extras *extras_of(
    struct recogniser *r, struct pupils *p, struct tally *t);
/* One valid row of a person, told apart from the others by its code. */
void count_row(struct recogniser *r, struct pupils *p, uint64_t code,
    enum rank rank, uint32_t outcome);
/* Everyone among sorted keys. */
void count_sorted(
    struct recogniser *r, struct pupils *p, const uint64_t *keys, size_t n);
void forget_words(struct pupils *p);

/* recognise_plain.c */
void plain_begin(struct recogniser *r, struct pupils *p);
/* What a row read with ceremony taught: the same texts mean the same. */
void plain_learn(struct recogniser *r, struct pupils *p,
    const struct record *rec, uint32_t school, uint32_t exam);
