/*
 * method.h - a methodology: rules a methodologist can read aloud, that decide
 * which school is on a list and can say why.
 *
 * The way of a method:
 *
 *	method_parse()    text -> struct method, names and kinds of value checked
 *	method_prepare()  + settings, readings, year -> struct method_program
 *	method_decide()   + facts of one school -> the status, ~0.5 µs
 *	method_decide_many()  the same for a whole list, a tenth of that
 *	method_verdict()  the same with low results and missing facts by name
 *	method_trace()    the same as a tree of steps for the decision card
 *	method_margin()   how many pupils the status hangs on
 *
 * Everything is exact and has no side effects.  A fact that is not known is
 * an interval of what it may be; a condition holds when it holds for the
 * whole interval, does not when it fails for the whole of it, and is "no
 * data" otherwise.  Counts and sums add intervals, so what is missing decides
 * only when it still matters (shares and counts of pupils are never
 * negative).  The language: doc/method-language.md.
 *
 * Memory: a method, a program and all results live in the arenas they were
 * made with; a program borrows its method and vocabulary.
 *
 * BASIS: norilsk-2.1, norilsk-3.2
 */
#pragma once

#include "base/arena.h"
#include "base/date.h"
#include "base/diag.h"
#include "base/rc.h"
#include "lang/vocabulary.h"

enum truth { TRUTH_NO, TRUTH_YES, TRUTH_UNKNOWN };

enum method_status {
	METHOD_LISTED,
	METHOD_NOT_LISTED,
	METHOD_NO_DATA,
	METHOD_NOT_APPLICABLE,
	METHOD_STATUS_COUNT
};

/* listed, not_listed, no_data, not_applicable; and the words for people. */
extern const char *const method_status_codes[METHOD_STATUS_COUNT];
extern const char *const method_status_titles[METHOD_STATUS_COUNT];

/*
 * Limits, named in the complaint that meets them.  METHOD_NODES is the rules
 * with every "for each procedure" written out, for one kind of school.
 */
enum {
	METHOD_BYTES = 256 * 1024,
	METHOD_DEPTH = 64,
	METHOD_NODES = 20000,
	METHOD_CRITERIA = 32,
	METHOD_STATES = 50000, /* of the search for the margin */
	METHOD_SMALL = 10,     /* participants below which a cohort is small */
};

/* Parts of a method. */

struct expr;   /* lang/method_tree.h */
struct phrase; /* a sentence with {places} filled for a school */
struct change; /* what another reading replaces */

struct method_setting {
	struct str name;
	struct str title; /* what it means, a sentence for people */
	bool is_share;    /* 30 % is 30/100 */
	struct ratio value;
	struct ratio least;
	struct ratio most;
};

struct method_set {
	struct str name;
	struct str title;
	bool of_elements;        /* else of procedures */
	const uint32_t *members; /* places in the vocabulary */
	size_t n;
};

struct method_define {
	struct str name;
	struct str title;
	const struct str *params;
	const uint8_t *param_kinds; /* enum expr_type */
	size_t n_params;
	const struct expr *body;
};

struct method_criterion {
	struct str id;
	struct str title;
	const struct expr *rule;
	const struct phrase *because; /* or NULL */
};

struct method_other {
	struct str text;
	const struct change *changes;
	size_t n_changes;
};

/* A place of the source that can be read in several ways. */
struct method_doubt {
	struct str question;
	struct str reading; /* the one chosen */
	struct str because;
	const struct method_other *others; /* each can be run */
	size_t n_others;
};

struct method_example {
	struct str title;
	struct syear year; /* of the list */
	struct facts facts;
	const struct change *changes; /* settings of this example */
	size_t n_changes;
	enum method_status status;
	uint32_t criteria; /* bit per criterion that holds */
	struct place at;
};

struct method {
	struct str file;
	struct str text; /* the whole source */
	struct str code;
	struct str title;
	struct str short_title; /* ШНОР; may be empty */
	struct str version;
	struct date from;
	struct date until; /* last day, or DATE_NONE */
	struct str source;
	struct str section;
	struct str basis; /* id of the requirement: norilsk-2.1 */
	struct str about;
	const struct expr *applies; /* NULL: to every school */
	struct str otherwise;       /* the sentence for the rest */
	const struct expr *listed;
	const struct expr *enough; /* NULL: when listed is decided */
	const struct phrase *say[METHOD_STATUS_COUNT];
	const struct method_setting *settings;
	size_t n_settings;
	const struct method_set *sets;
	size_t n_sets;
	const struct method_define *defines; /* the low result is one of them */
	size_t n_defines;
	ptrdiff_t low; /* which of defines, or -1 */
	const struct method_criterion *criteria;
	size_t n_criteria;
	const struct method_doubt *doubts;
	size_t n_doubts;
	const struct method_example *examples;
	size_t n_examples;
	const struct vocabulary *vocabulary;
};

/*
 * Parse and check.  RC_INVALID with every complaint found; each has row,
 * offset and length in the text for method_caret().  text need not outlive
 * the call.
 */
NODISCARD enum rc method_parse(struct arena *mem, struct str file,
    struct str text, const struct vocabulary *v, struct diag *d,
    struct method **ret);

/*
 * The complaint with the line it is about and a mark under the place:
 * "shnor.method:12:30: Имя «treshold» не объявлено. …", two lines more.
 */
struct str method_caret(
    struct arena *mem, struct str text, const struct complaint *c);

/* The method in its canonical form; parses back to the same method. */
struct str method_print(struct arena *mem, const struct method *m);

/* A choice of settings and readings: a trial run, or the method as it is. */
struct method_choice {
	struct ratio *settings; /* n_settings */
	uint8_t *readings;      /* n_doubts: 0 as chosen, k the k-th other */
};

struct method_choice method_default(struct arena *mem, const struct method *m);

/* name = value as a person writes it ("25 %", "2"); complains when it cannot. */
NODISCARD enum rc method_set_value(struct method_choice *c,
    const struct method *m, struct str name, struct str value, struct diag *d);

/* The choice differs from the method: its result is never a decision. */
bool method_is_trial(const struct method *m, const struct method_choice *c);

/* Running. */

struct method_program;
struct method_slots; /* the working values of one evaluation */

/* choice NULL: as the method is.  year: in which the list is drawn up. */
NODISCARD enum rc method_prepare(struct arena *mem, const struct method *m,
    const struct method_choice *choice, struct syear year, struct diag *d,
    struct method_program **ret);
struct method_slots *method_slots_open(
    struct arena *mem, const struct method_program *p);

/* The method with the choice applied. */
const struct method *method_of(const struct method_program *p);
struct syear method_year(const struct method_program *p);

struct method_result {
	enum method_status status;
	uint32_t holds;   /* bit per criterion */
	uint32_t unknown; /* bit per criterion; clear in both: does not hold */
};

/* No allocation; slots may be used for any number of schools in turn. */
struct method_result method_decide(const struct method_program *p,
    const struct facts *f, struct method_slots *slots);

/* A result of an exam the verdict looked at. */
struct method_low {
	uint32_t procedure;
	struct syear year;
	struct fact_count count;
	bool is_small; /* participants < METHOD_SMALL */
};

/* What a list says of a school. */
struct method_decision {
	struct method_result result;
	const struct method_low *low; /* every low result, by year and code */
	size_t n_low;
};

typedef const struct facts *method_facts_at(void *ctx, size_t i);
typedef void method_each(void *ctx, size_t i, const struct method_decision *d);

/*
 * Schools 0…n-1, whose facts at() finds; each() gets every one of them once,
 * in no order.  low is there until each() returns.
 */
void method_decide_many(const struct method_program *p, method_facts_at *at,
    size_t n, method_each *each, void *ctx);

enum missing_reason {
	MISSING_NONE,
	MISSING_NOT_LOADED,
	MISSING_NO_PARTICIPANTS,
	MISSING_NOT_APPLICABLE, /* no such procedure in this kind of school */
	MISSING_NOT_HELD,       /* by data/procedure-years.tsv */
	MISSING_REASON_COUNT
};

/* "результат не загружен" … */
extern const char *const missing_reason_titles[MISSING_REASON_COUNT];

struct method_missing {
	bool is_element;
	uint32_t index; /* procedure or element of the vocabulary */
	struct syear year;
	enum missing_reason reason;
};

struct verdict {
	enum method_status status;
	size_t n_criteria;
	const enum truth *criteria;
	const struct method_low *low; /* every low result, by year and code */
	size_t n_low;
	const struct method_missing *missing;
	size_t n_missing;
	bool is_small; /* listed, and a low result is of a small cohort */
};

struct verdict method_verdict(
    struct arena *mem, const struct method_program *p, const struct facts *f);

/* One step of the derivation; the root's children are the rules. */
enum step_kind {
	STEP_RULE, /* and, or, not, at least k of */
	STEP_CRITERION,
	STEP_COMPARE, /* value against threshold */
	STEP_NUMBER,  /* a count, a sum, an amount */
	STEP_EACH,    /* for each procedure or element of a set */
	STEP_DEFINED, /* a named condition */
	STEP_RESULT,  /* the result of a procedure */
	STEP_ELEMENT, /* an answer of the table of risks */
	STEP_SCHOOL,  /* a property of the school */
};

struct step {
	enum step_kind kind;
	struct str text;   /* in Russian, with names and years filled in */
	struct str source; /* the part of the method, as it is written */
	bool is_condition; /* holds says something */
	enum truth holds;
	struct str value; /* "9 из 24, 37,5 %", "2", "нет данных" */
	struct str threshold; /* "не меньше 30 %", or empty */
	ptrdiff_t procedure;  /* -1: of no procedure */
	ptrdiff_t element;    /* -1: of no element */
	struct syear year;    /* of the result */
	struct fact_count count;
	enum missing_reason missing;
	const struct step *of; /* operands */
	size_t n;
};

const struct step *method_trace(
    struct arena *mem, const struct method_program *p, const struct facts *f);

struct method_flip {
	uint32_t procedure;
	struct syear year;
	int32_t from; /* failed, as loaded */
	int32_t to;
};

/*
 * The fewest pupils who, had they passed instead of failed (listed) or
 * failed instead of passed (not listed), would turn the status.  Exact for
 * every method unless the search met METHOD_STATES, then is_exact is false
 * and nothing else is said.
 */
struct margin {
	bool is_exact;
	bool exists; /* false: no such change turns the status */
	int64_t pupils;
	const struct method_flip *flips;
	size_t n;
};

struct margin method_margin(
    struct arena *mem, const struct method_program *p, const struct facts *f);

/*
 * What a single result of the coming year does to the next list.  Elements
 * are taken as they are now; each cohort as large as in the last year known.
 */
struct method_edge_at {
	uint32_t procedure;
	int32_t
	    participants; /* assumed; 0: no cohort known, a share is meant */
	int32_t failed;   /* enter: from so many; leave: as repeated */
};

struct method_edge {
	enum method_status now;
	enum method_status if_clean;  /* nobody fails next year */
	enum method_status if_repeat; /* next year repeats this one */
	/* Each of these alone puts it on, all other results clean. */
	const struct method_edge_at *enter;
	size_t n_enter;
	/* Each of these alone, turning clean, takes it off a repeated year. */
	const struct method_edge_at *leave;
	size_t n_leave;
};

/* next: the same method prepared for the following year. */
struct method_edge method_edge(struct arena *mem,
    const struct method_program *p, const struct method_program *next,
    const struct facts *f);

/* Words. */

/* One or two sentences: why this verdict. */
struct str method_sentence(struct arena *mem, const struct method_program *p,
    const struct facts *f, const struct verdict *v);

/* "9 из 24, 37,5 %" */
struct str method_share_text(struct arena *mem, struct fact_count c);

enum passage_kind {
	PASSAGE_TITLE,
	PASSAGE_HEADING,
	PASSAGE_TEXT,
	PASSAGE_ITEM
};

struct passage {
	enum passage_kind kind;
	struct str text;
};

struct passages {
	const struct passage *p;
	size_t n;
};

/* The whole methodology as prose, settings and readings as chosen (or NULL). */
struct passages method_passages(struct arena *mem, const struct method *m,
    const struct method_choice *choice);
struct str method_text(struct arena *mem, const struct method *m,
    const struct method_choice *choice);

/* What the second version changed, in words; empty when nothing. */
struct passages method_diff(
    struct arena *mem, const struct method *before, const struct method *after);

/*
 * The examples of the method, run.  A complaint for each that comes out
 * otherwise than it says; RC_INVALID then.
 */
NODISCARD enum rc method_check_examples(
    struct arena *mem, const struct method *m, struct diag *d, size_t *ret_run);
