/*
 * method_program.h - a method written out for running.
 *
 * For each kind of school the rules are expanded once: definitions put in
 * place, "for each procedure" written out, years and settings filled in.
 * What comes of it is a list of nodes in which every node stands after its
 * operands and equal nodes are one.  To judge a school is to walk the list
 * once; the trace, the margin and the edge read the same nodes, so they
 * cannot disagree with the verdict.
 */
#pragma once

#include "base/map.h"
#include "lang/method_tree.h"

/* What a value may be: the truth lies between lo and hi, both included. */
struct span {
	struct ratio lo; /* den 0: -1 minus infinity, 1 infinity */
	struct ratio hi;
};

enum node_op {
	ND_CONST,
	/* facts; a: cell or element */
	ND_FAILED,
	ND_PARTICIPANTS,
	ND_RATE, /* failed / participants of one cell */
	ND_ELEMENT,
	ND_RURAL,
	ND_SMALL,
	/* a fact against a constant, the work of most methods */
	ND_RATE_TEST,         /* a: cell */
	ND_PARTICIPANTS_TEST, /* a: cell */
	/* n operands from a on; yes is 1, no is 0, so COUNT is SUM */
	ND_AND,
	ND_OR,
	ND_SUM,
	/* operands a and b; ND_NOT is the first of these */
	ND_NOT,
	ND_KNOWN,
	ND_SUB,
	ND_MUL,
	ND_DIV,
	ND_GATE,    /* b where a holds, else 0 */
	ND_COMPARE, /* by sign */
};

enum sign { SIGN_LT, SIGN_LE, SIGN_GT, SIGN_GE, SIGN_EQ, SIGN_NE };

struct node {
	uint8_t op;       /* enum node_op */
	uint8_t sign;     /* enum sign */
	uint8_t closed;   /* facts: no row is a known zero, see cell_closed */
	uint8_t is_share; /* ND_ELEMENT: at most 1 */
	uint32_t a;
	uint32_t b;
	uint32_t n;
	struct ratio number; /* ND_CONST, the tests */
};

enum { NO_NODE = UINT32_MAX };

/* A low result the method may find. */
struct program_low {
	uint32_t procedure;
	int32_t back;
	uint32_t cell;
	uint32_t node;
};

/* The rules for one kind of school. */
struct kind_program {
	const struct node *nodes;
	uint32_t n;
	const uint32_t *operands;
	uint32_t applies; /* NO_NODE: always */
	uint32_t listed;
	uint32_t enough; /* NO_NODE: when listed is decided */
	const uint32_t *criteria;
	const struct program_low *lows;
	size_t n_lows;
};

struct method_program {
	const struct method *m; /* with the choice applied */
	const struct ratio *settings;
	struct syear year;
	const uint8_t *held; /* enum held of each cell */
	struct kind_program kinds[KIND_COUNT];
	uint32_t most_nodes;
};

struct method_slots {
	struct span *v;
};

/* method_expand.c */

/* The state of an expansion; open as long as nodes may be added. */
struct expansion {
	struct arena *mem;
	const struct method_program *p;
	const struct method *m;
	enum school_kind kind;
	struct diag *d;
	bool failed; /* complained of */
	int depth;
	struct map known; /* a node's bytes to its place */
	VEC(struct node) nodes;
	VEC(uint32_t) operands;
	VEC(struct program_low) lows;
};

struct expansion expansion_open(struct arena *mem,
    const struct method_program *p, enum school_kind kind, struct diag *d);

/* The node of e where its variables stand for env. */
uint32_t expand(
    struct expansion *x, const struct expr *e, const struct env *env);

/* Years back of a year, the procedure of a procedure. */
int32_t expand_year(const struct expr *e, const struct env *env);
int32_t expand_procedure(const struct expr *e, const struct env *env);
struct env env_bind(const struct env *env, uint32_t slot, int32_t value);

/* As method_prepare(), with an example's own changes. */
enum rc method_prepare_changed(struct arena *mem, const struct method *m,
    const struct change *changes, size_t n, struct syear year, struct diag *d,
    struct method_program **ret);

/* The method with the rules and settings of the choice put in place. */
const struct method *method_as_read(struct arena *mem, const struct method *m,
    const struct method_choice *choice, const struct ratio **ret_settings);

/* The arguments of a call as the values of its parameters. */
struct env env_of_call(const struct expr *call, const struct env *env);

/* method_eval.c */
void nodes_run(const struct node *nodes, uint32_t from, uint32_t to,
    const uint32_t *operands, const struct facts *f, struct span *v);
void node_run(const struct node *n, const uint32_t *operands,
    const struct facts *f, struct span *v, struct span *ret);

bool is_many(enum node_op op);     /* n operands of one rank */
bool reads_nodes(enum node_op op); /* one operand or two */

/* The operands of a node; pair is room for one or two. */
uint32_t node_operands(const struct node *n, const uint32_t *operands,
    uint32_t pair[2], const uint32_t **ret);

struct span span_of(struct ratio r);
struct span span_truth(enum truth t);
enum truth span_holds(struct span s);
bool span_is_point(struct span s);
bool span_eq(struct span a, struct span b);
struct span span_add(struct span a, struct span b);
struct span span_and(struct span a, struct span b);
struct span span_or(struct span a, struct span b);

enum method_status program_status(
    const struct kind_program *k, const struct span *v);

enum missing_reason method_cell_missing(const struct method_program *p,
    const struct facts *f, uint32_t procedure, int32_t back);
