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
#include "base/ratio.h"
#include "base/str.h"

enum value_kind { VALUE_YES_NO, VALUE_SHARE, VALUE_COUNT };

/* Order of the source's directory; names as in interfaces.md 3. */
enum school_kind {
	KIND_NOSH,         /* primary */
	KIND_OOSH,         /* grades 1-9 */
	KIND_SOSH,         /* grades 1-11 */
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
	struct str title_dative; /* "ВПР по математике в 5 классе": inside a sentence */
	struct str level;       /* vpr oge ege kdr */
	uint32_t kinds;         /* bit per school_kind where it applies */
};

struct vocabulary_element {
	struct str code;  /* teachers-overloaded */
	struct str title;
	struct str number; /* of the source's table: 2.1 */
	enum value_kind kind;
};

struct vocabulary {
	const struct vocabulary_procedure *procedures;
	size_t n_procedures;
	const struct vocabulary_element *elements;
	size_t n_elements;
};

/* One procedure of one school and year. */
struct fact_count {
	int32_t participants; /* -1: no row */
	int32_t failed;
};

struct fact_value {
	bool is_known;
	struct ratio value; /* yes/no: 1 or 0; percent: 12,5 is 125/10 of 100, as a share 125/1000 */
};

/*
 * What is known of one school.  counts[(back - 1) * n_procedures + p] is the
 * year `back` years before the list's year; elements belong to the list's
 * year.
 */
struct facts {
	enum school_kind kind;
	bool is_rural;
	bool is_small;
	const struct fact_count *counts;
	const struct fact_value *elements;
};

enum { FACT_YEARS = 3 };

extern const char *const school_kind_codes[KIND_COUNT];
extern const char *const school_kind_titles[KIND_COUNT];
bool school_kind_parse(struct str code, enum school_kind *ret);
