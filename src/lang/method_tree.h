/*
 * method_tree.h - the tree of a method, for the files method_*.c alone.
 *
 * The parser makes names and calls; the checker turns them into what they
 * name, in place, and writes the type.  After that nobody looks up a name.
 */
#pragma once

#include "base/vec.h"
#include "lang/method.h"

/* Kinds of value.  A count is a number of pupils, procedures, conditions. */
enum expr_type {
	TYPE_NONE, /* not known yet, or wrong and already complained of */
	TYPE_COUNT,
	TYPE_SHARE,
	TYPE_YES_NO,
	TYPE_PROCEDURE,
	TYPE_YEAR,
	TYPE_ELEMENT, /* only as the variable of a set of elements */
};

enum expr_op {
	/* as parsed, gone after the check */
	EX_NAME,
	EX_CALL,
	/* leaves */
	EX_NUMBER,
	EX_TRUTH, /* yes, no: number is 1 or 0 */
	EX_YEAR,  /* back: years before the list's year */
	EX_SETTING,
	EX_VARIABLE,
	EX_PROCEDURE,
	EX_CRITERION,
	EX_ELEMENT,
	EX_RURAL,
	EX_SMALL,
	EX_KIND_IN, /* kinds */
	/* facts: of[0] procedure, of[1] year */
	EX_FAILED,
	EX_PARTICIPANTS,
	EX_APPLIES, /* of[0] procedure */
	EX_DEFINED, /* index of the definition, of: arguments */
	/* conditions */
	EX_NOT,
	EX_AND,
	EX_OR,
	EX_KNOWN,
	EX_AT_LEAST,  /* of[0] how many, the rest are conditions */
	EX_NUMBER_OF, /* of: conditions */
	/* comparisons, in the order of the table of signs */
	EX_LT,
	EX_LE,
	EX_GT,
	EX_GE,
	EX_EQ,
	EX_NE,
	/* arithmetic */
	EX_ADD,
	EX_SUB,
	EX_MUL,
	EX_DIV,
	/* over a set: index, slot of the variable, of[0] condition or NULL */
	EX_COUNT,
	EX_ANY,
	EX_ALL,
	EX_NONE,
	EX_SUM, /* of[0] what is added, of[1] condition or NULL */
	EX_OP_COUNT
};

enum { EXPR_SLOTS = 8 }; /* variables in sight at one place */

struct expr {
	enum expr_op op;
	enum expr_type type;
	uint32_t offset; /* in the text */
	uint32_t length;
	struct str name; /* EX_NAME, EX_CALL, variable of a set */
	struct str set;  /* its name */
	struct ratio number;
	uint32_t index;
	uint32_t slot;
	int32_t back;
	uint32_t kinds;
	struct expr **of;
	uint32_t n;
};

/* What stands where in the values a variable may have. */
struct env {
	int32_t value[EXPR_SLOTS]; /* procedure, element, or years back */
	bool is_bound[EXPR_SLOTS];
};

/* A sentence: text and places in turn. */
struct phrase_part {
	struct str text; /* when of is NULL */
	struct expr *of;
	/* {list x in set where …}: titles, else the value */
	bool is_list;
	/* {count | процедуре процедурам}: the number in words, dative */
	struct str one;
	struct str many;
};

struct phrase {
	const struct phrase_part *parts;
	size_t n;
	struct str raw; /* as written, for print */
};

enum change_kind {
	CHANGE_SETTING,
	CHANGE_CRITERION,
	CHANGE_DEFINE, /* the low result too */
	CHANGE_LISTED,
	CHANGE_ENOUGH,
	CHANGE_APPLIES,
};

struct change {
	enum change_kind kind;
	struct str name;
	uint32_t offset;
	uint32_t length;
	uint32_t index;
	struct ratio value;
	bool is_share;
	struct expr *rule;
	struct str params[4];
	uint8_t n_params;
};

/* Words of the language: method_words.def. */
bool method_is_word(struct str name);
