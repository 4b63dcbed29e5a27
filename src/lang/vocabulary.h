/*
 * vocabulary.h - the names a methodology may use: procedures, elements of the
 * risk table, kinds of school.
 *
 * The rows are data (data/procedures.tsv, data/elements.tsv and what a
 * municipality added); this floor only sees the list.  Facts about schools
 * come as arrays in the same order, so a name is looked up once, when the
 * method is checked, never per school.
 */
#pragma once

#include "base/date.h"
#include "base/diag.h"
#include "base/ratio.h"
#include "base/rc.h"
#include "base/str.h"

enum value_kind { VALUE_YES_NO, VALUE_SHARE, VALUE_COUNT };

/* Order of the source's directory; names as in interfaces.md 3. */
enum school_kind {
	KIND_NOSH, /* primary */
	KIND_OOSH, /* grades 1-9 */
	KIND_SOSH, /* grades 1-11 */
	KIND_GYMNASIUM,
	KIND_LYCEUM,
	KIND_CORRECTIONAL,
	KIND_EVENING,
	KIND_COUNT
};

struct vocabulary_procedure {
	struct str code;        /* vpr-math-5 */
	struct str title;       /* ВПР, математика, 5 класс */
	struct str title_short; /* ВПР математика 5 кл. */
	struct str
	    title_dative; /* "ВПР по математике в 5 классе": inside a sentence */
	struct str level;   /* vpr oge ege kdr */
	uint32_t kinds;     /* bit per school_kind where it applies */
	struct str subject; /* математика */
	int32_t grade;      /* whose programme is examined */
};

/* Was the procedure held at all: a year without it is not a year of zeros. */
enum held { HELD_YES, HELD_NO, HELD_PARTLY };

struct vocabulary_year {
	size_t procedure;
	struct syear year;
	enum held held;
	struct str note; /* what happened, and where it is written */
};

struct vocabulary_element {
	struct str code; /* teachers-overloaded */
	struct str title;
	struct str number; /* of the source's table: 2.1 */
	enum value_kind kind;
};

struct vocabulary {
	const struct vocabulary_procedure *procedures;
	size_t n_procedures;
	const struct vocabulary_element *elements;
	size_t n_elements;
	const struct vocabulary_year
	    *years; /* only what was out of the usual */
	size_t n_years;
};

/* One procedure of one school and year. */
struct fact_count {
	int32_t participants; /* -1: no row */
	int32_t failed;
};

struct fact_value {
	bool is_known;
	struct ratio
	    value; /* yes/no: 1 or 0; percent: 12,5 is 125/10 of 100, as a share 125/1000 */
};

/*
 * What is known of one school.  Its counts stand in columns shared with other
 * schools: a rule asks one result of all of them, so what it reads lies
 * together, and a procedure nobody has takes no room.  The column of a cell,
 * (back - 1) * n_procedures + p, is of the year `back` years before the list's
 * year; elements belong to the list's year.
 */
struct facts {
	enum school_kind kind;
	bool is_rural;
	bool is_small;
	uint32_t place; /* of the school in each column */
	const struct fact_count *const *columns; /* by cell; NULL: no rows */
	const struct fact_value *elements;
};

static inline struct fact_count
facts_count(const struct facts *f, size_t cell)
{
	const struct fact_count *column = f->columns[cell];

	return column ? column[f->place] :
			(struct fact_count){.participants = -1};
}

/* A column without a row yet, of n schools. */
struct fact_count *fact_column(struct arena *mem, size_t n);

/*
 * A school alone: its counts by cell are read where they stand, so what is
 * changed there is a change of its facts.
 */
void facts_alone(struct arena *mem, struct facts *f,
    const struct fact_count *counts, size_t cells);

/* A copy of its counts by cell, to be changed. */
struct fact_count *facts_counts(
    struct arena *mem, const struct facts *f, size_t cells);

enum { FACT_YEARS = 3 };

extern const char *const school_kind_codes[KIND_COUNT];
extern const char *const school_kind_titles[KIND_COUNT];
bool school_kind_parse(struct str code, enum school_kind *ret);

/* A place in the list, or -1. */
ptrdiff_t vocabulary_procedure_find(
    const struct vocabulary *v, struct str code);
ptrdiff_t vocabulary_element_find(const struct vocabulary *v, struct str code);

/* HELD_YES where nothing else is written. */
enum held vocabulary_held(
    const struct vocabulary *v, size_t procedure, struct syear year);

/* The three tables as text: tab-separated, # begins a comment, one heading. */
struct vocabulary_texts {
	struct str procedures; /* data/procedures.tsv */
	struct str years;      /* data/procedure-years.tsv */
	struct str elements;   /* data/elements.tsv */
};

/* RC_INVALID with every complaint; the result borrows the texts. */
NODISCARD enum rc vocabulary_parse(struct arena *mem,
    const struct vocabulary_texts *texts, struct diag *d,
    struct vocabulary *ret);
