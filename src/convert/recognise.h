/*
 * recognise.h - from a stream of spreadsheet rows to typed rows: which of the
 * known files is this, where are its headings, what does each row say.
 *
 * Pure: sheet calls in, row_sink calls out, complaints to diag with sheet,
 * row, column, value and what was expected.  Runs in the converter child and
 * in tests alike.
 *
 *	struct recogniser *r = recogniser_open(mem, &options, &rows, d);
 *	struct sheet_sink sheets = recogniser_sink(r);
 *	do
 *		rc = sheet_read(fd, format, limits, &sheets, d);
 *	while (rc == RC_OK && recogniser_again(r));
 *	…recogniser_close(r)
 *
 * BASIS: domain-3 (files and their headings), domain-7.1 (no personal data
 * leaves: names, documents and codes of pupils are hashed with a key of this
 * run, used to tell people apart, and forgotten).
 */
#pragma once

#include "base/arena.h"
#include "base/diag.h"
#include "base/vec.h"
#include "convert/rows.h"
#include "fmt/sheet.h"

/*
 * What has to be known beside the file itself: tables of data/, parsed.
 */

struct subject_code {
	struct str level; /* vpr, oge, ege, gve */
	struct str code;  /* in files of that level; empty when it has none */
	struct str procedure; /* "{grade}" stands for the grade */
	struct str names;     /* folded, separated by '|' */
};

struct exam_threshold {
	int32_t from, to; /* calendar years of the exam */
	struct str procedure;
	struct str scale; /* test or primary */
	int32_t least;    /* the lowest score that passes */
};

struct vpr_scale {
	int32_t from, to;         /* calendar years of the work */
	struct str subject_grade; /* math-5 */
	int32_t upper[3];         /* last primary score of marks 2, 3, 4 */
	int32_t top;              /* the highest possible, -1 when not known */
};

/* Days on which what was failed is taken again. */
struct retake_days {
	struct str level;
	int32_t from, to;            /* calendar years */
	int32_t first_day, last_day; /* month * 100 + day */
};

struct observed_element {
	struct str code;
	bool is_share; /* loaded as percent; neither: yes or no */
	bool is_count;
	struct str title; /* folded */
};

struct recognise_data {
	VEC(struct subject_code) subjects;
	VEC(struct exam_threshold) thresholds;
	VEC(struct vpr_scale) scales;
	VEC(struct retake_days) retakes;
	VEC(struct observed_element) elements;
};

/* The texts of files in data/: tab-separated, "#" begins a remark. */
struct recognise_texts {
	struct str subject_codes; /* subject-codes.tsv */
	struct str thresholds;    /* thresholds.tsv */
	struct str vpr_scales;    /* scales/vpr.tsv */
	struct str retakes;       /* retakes.tsv */
	struct str elements;      /* elements.tsv */
};

NODISCARD enum rc recognise_data_read(struct arena *mem,
    const struct recognise_texts *texts, struct diag *d,
    struct recognise_data *ret);

/* What the grade in an autumn ВПР means; see domain 1.6. */
enum autumn_grade {
	AUTUMN_NOT_SAID, /* taken as the programme's, with a warning */
	AUTUMN_PROGRAMME,
	AUTUMN_ACTUAL, /* the programme is that of the grade before */
};

/* A heading nobody knows, and the column it stands for (recognise_columns). */
struct said_column {
	struct str heading; /* digits count for any: "Писали в 2026" */
	struct str name;    /* canonical: "failed" */
};

enum { SAID_COLUMNS_MOST = 60 };

struct recogniser_options {
	enum file_kind kind;  /* FILE_UNKNOWN: tell by the headings */
	struct str file_name; /* a hint only: NN_YYYY.MM.DD */
	struct str procedure; /* said by the person, else empty */
	struct syear year;    /* likewise */
	enum autumn_grade autumn;
	const struct said_column *columns; /* said by the person, like these */
	size_t n_columns;
	/*
	 * Typed rows the consumer refused in an earlier reading: all rows of
	 * the file they came of are refused in this one, in the file's own
	 * shape.  Nothing else of such a reading is news.
	 */
	const struct row_at *give_back;
	size_t n_give_back;
	const struct recognise_data *data; /* never NULL */
	unsigned char person_key[16];      /* random, for this run only */
};

struct recogniser;

struct recogniser *recogniser_open(struct arena *mem,
    const struct recogniser_options *options, const struct row_sink *sink,
    struct diag *d);

/* The calls for sheet_read(). */
struct sheet_sink recogniser_sink(struct recogniser *r);

/*
 * After the last row: true when the file has to be read once more from its
 * beginning.  That is so when the rows of one school's exam lie scattered in a
 * file of pupils, so that people can be told apart only by keeping all codes,
 * and when a row about a person was refused, to give out all rows of that
 * school's exam with it.
 */
bool recogniser_again(struct recogniser *r);

/*
 * Gives out what was counted and checks what was declared; to be called once,
 * also after a failure, and nothing else after it.  RC_INVALID when rows were
 * refused or nothing was recognised, RC_LIMIT past the memory.
 */
NODISCARD enum rc recogniser_close(struct recogniser *r);

/*
 * Every heading that is understood, for the manual and the wizard.
 */
struct recognise_column {
	uint32_t kinds;   /* 1 << enum file_kind, for each file it stands in */
	uint8_t field;    /* same field: same meaning */
	bool is_personal; /* dropped in memory */
	const char *name; /* the canonical name */
	const char *synonyms; /* separated by '|'; "*" ends a beginning */
	const char *meaning;  /* one sentence, or NULL when it is not read */
};

const struct recognise_column *recognise_columns(size_t *ret_n);
