/*
 * asked_columns.h - the headings of a file nobody knows, each with a few values
 * that stand below it, for a person to say what they are (ux.md 6).
 *
 * Pure.  The file comes as convert_pages() read it.  Of each sheet one row is
 * taken for its headings: the one that names most columns of the tables a
 * person may bring, or, where none does, words all along over a column of
 * numbers.  A row in which a patronymic stands is never one.
 *
 * A value is given out only when it cannot be a name, a document or a birthday
 * (BASIS: domain-7.1): a short number, a school year, yes or no, or what names
 * a school, a procedure or an indicator.  Of others it is said what they are:
 * words, a date, a long number.  Columns known to be about a person show none.
 */
#pragma once

#include "convert/recognise.h"
#include "core/results/matching.h"
#include "fmt/pages.h"
#include "lang/vocabulary.h"

enum { COLUMN_SAMPLES = 3 };

struct sample {
	struct str text;   /* the value, or in words what stands there */
	bool is_described; /* in words */
};

struct asked_column {
	struct str sheet; /* empty: the file has one without a name */
	struct str heading;
	/* What the heading says by itself; NULL: nothing in such a table. */
	const struct recognise_column *known;
	struct sample samples[COLUMN_SAMPLES];
	size_t n_samples;
};

struct asked_columns {
	enum file_kind kind; /* as asked, or the one most headings fit */
	/* Each heading once, over all sheets; up to SAID_COLUMNS_MOST. */
	struct asked_column *all;
	size_t n;
	/* Of the first sheet with headings, by column: load_signature(). */
	const struct str *headings;
	size_t n_headings;
};

/* Tables with headings of one's own: a person may name these, no others. */
bool is_asked_kind(enum file_kind kind);

/*
 * What values are compared with; schools may be NULL: then only words like
 * «СОШ» tell a school.
 */
struct sample_words {
	const struct vocabulary *words;
	struct matcher *schools;
};

/* kind FILE_UNKNOWN: tell by the headings.  n is 0 when there are none. */
void asked_columns_find(struct arena *mem, const struct pages *file,
    enum file_kind kind, const struct sample_words *words,
    struct asked_columns *ret);

/* The same where only the headings are at hand. */
void asked_columns_named(struct arena *mem, const struct str *headings,
    size_t n, enum file_kind kind, struct asked_columns *ret);

/* What such a table may have, each name once; names of people are no column. */
const struct recognise_column *const *columns_of_kind(
    struct arena *mem, enum file_kind kind, size_t *ret_n);

/* NULL: such a table has no column of that name. */
const struct recognise_column *column_of_kind(
    enum file_kind kind, struct str name);
