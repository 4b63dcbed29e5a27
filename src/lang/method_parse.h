/*
 * method_parse.h - the state shared by the lexer, the parser and the checker.
 *
 * A statement is parsed to a tree and checked at once against what stands
 * above it.  A name must be declared before it is used, and a definition sees
 * only earlier ones: that is why no rule can go round in a circle.
 */
#pragma once

#include "lang/method_tree.h"

enum token_kind {
	TOK_END,
	TOK_NAME,
	TOK_NUMBER,  /* number, is_share when % followed */
	TOK_VERSION, /* 2022.1.3 */
	TOK_DATE,
	TOK_YEARS, /* 2022/2023 */
	TOK_TEXT,  /* "…", text without the quotes */
	TOK_SIGN,
	TOK_BAD, /* already complained of */
};

struct token {
	enum token_kind kind;
	uint32_t offset;
	uint32_t length;
	struct str text;
	struct ratio number;
	bool is_share;
	bool is_first; /* on its line */
};

/* A variable in sight. */
struct scope_name {
	struct str name;
	enum expr_type type;    /* NONE: a parameter not used yet */
	enum expr_type element; /* of a set of elements: type of the answer */
};

struct parser {
	struct arena *mem;
	struct diag *d;
	struct method *m; /* being built; file, text, vocabulary are set */

	/* lexer: a cursor over text[at, end) */
	uint32_t at;
	uint32_t end;
	struct token tok; /* the next one */

	uint32_t row; /* of row_offset, counted so far */
	uint32_t row_offset;

	int depth;
	struct scope_name scope[EXPR_SLOTS];
	uint32_t n_scope;
	size_t see_defines;  /* how many definitions and criteria a name */
	size_t see_criteria; /* may mean at this place */

	VEC(struct method_setting) settings;
	VEC(struct method_set) sets;
	VEC(struct method_define) defines;
	VEC(struct method_criterion) criteria;
	VEC(struct method_doubt) doubts;
	VEC(struct method_example) examples;
};

/* method_lex.c */
void lex_open(struct parser *p, uint32_t from, uint32_t to);
void lex_next(struct parser *p); /* p->tok becomes the following token */
struct place method_place(struct parser *p, uint32_t offset, uint32_t length);

bool tok_is(const struct parser *p, const char *word_or_sign);
bool tok_take(struct parser *p, const char *word_or_sign);

/* Complain and return false when the next token is another. */
bool tok_want(struct parser *p, const char *word_or_sign);
bool tok_want_name(struct parser *p, const char *what, struct str *ret);
bool tok_want_text(struct parser *p, const char *what, struct str *ret);
void tok_unexpected(struct parser *p, const char *expected);

/* method_expr.c: NULL after a complaint. */
struct expr *parse_expr(struct parser *p);
struct expr *expr_new(struct parser *p, enum expr_op op);
const struct phrase *parse_phrase(
    struct parser *p, uint32_t offset, uint32_t length);

/* method_check.c: true when the whole tree has types. */
bool check_expr(struct parser *p, struct expr *e, enum expr_type want);
bool check_applies(struct parser *p, const struct expr *e);
struct complaint *unknown_name(
    struct parser *p, struct str name, struct place at);
bool check_new_name(struct parser *p, struct str name, struct place at);
bool find_setting(const struct parser *p, struct str name, uint32_t *ret);
bool find_set(const struct parser *p, struct str name, uint32_t *ret);
bool find_define(const struct parser *p, struct str name, uint32_t *ret);
bool find_criterion(const struct parser *p, struct str name, uint32_t *ret);
