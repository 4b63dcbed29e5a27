/* method_expr.c - the grammar of conditions, amounts and sentences. */
#include <string.h>

#include "lang/method_parse.h"

struct expr *
expr_new(struct parser *p, enum expr_op op)
{
	struct expr *e = arena_new(p->mem, struct expr, 1);

	e->op = op;
	e->offset = p->tok.offset;
	e->length = p->tok.length;
	return e;
}

static void
stretch(struct expr *e, const struct expr *to)
{
	if (to && to->offset + to->length > e->offset + e->length)
		e->length = to->offset + to->length - e->offset;
}

static void
set_of(struct parser *p, struct expr *e, struct expr **of, uint32_t n)
{
	e->of = arena_new(p->mem, struct expr *, n);
	e->n = n;
	for (uint32_t i = 0; i < n; i++) {
		e->of[i] = of[i];
		stretch(e, of[i]);
	}
}

/* The span up to what was read last. */
static void
close_span(struct parser *p, struct expr *e)
{
	uint32_t end = p->tok.offset;

	while (end > e->offset && strchr(" \t\r\n", p->m->text.p[end - 1]))
		end--;
	if (end > e->offset)
		e->length = end - e->offset;
}

/* list -> expr { "," expr } ")"   the opening bracket is taken already */
static bool
parse_list(struct parser *p, struct expr *e, struct expr *first)
{
	VEC(struct expr *) of = {0};

	if (first)
		*vec_push(p->mem, &of) = first;
	do {
		struct expr *item = parse_expr(p);
		if (!item)
			return false;
		*vec_push(p->mem, &of) = item;
	} while (tok_take(p, ","));

	e->of = of.p;
	e->n = (uint32_t)of.n;
	if (!tok_is(p, ")")) {
		tok_unexpected(p, ")");
		return false;
	}
	lex_next(p);
	close_span(p, e);
	return true;
}

/* each -> ("count"|"any"|"all"|"none") "(" NAME "in" NAME [ "where" expr ] ")" */
static struct expr *
parse_each(struct parser *p, enum expr_op op)
{
	struct expr *e = expr_new(p, op);
	struct expr *where = NULL;

	lex_next(p);
	if (!tok_want(p, "(") ||
	    !tok_want_name(p, N_("имя переменной"), &e->name) ||
	    !tok_want(p, "in"))
		return NULL;
	e->slot = p->tok.offset; /* place of the set's name, for complaints */
	if (!tok_want_name(p, N_("имя набора"), &e->set))
		return NULL;
	if (tok_take(p, "where") && !(where = parse_expr(p)))
		return NULL;
	if (!tok_want(p, ")"))
		return NULL;
	set_of(p, e, &where, 1);
	close_span(p, e);
	return e;
}

/* sum -> "sum" "(" expr "for" NAME "in" NAME [ "where" expr ] ")" */
static struct expr *
parse_sum(struct parser *p)
{
	struct expr *e = expr_new(p, EX_SUM);
	struct expr *of[2] = {0};

	lex_next(p);
	if (!tok_want(p, "(") || !(of[0] = parse_expr(p)) ||
	    !tok_want(p, "for") ||
	    !tok_want_name(p, N_("имя переменной"), &e->name) ||
	    !tok_want(p, "in"))
		return NULL;
	e->slot = p->tok.offset;
	if (!tok_want_name(p, N_("имя набора"), &e->set))
		return NULL;
	if (tok_take(p, "where") && !(of[1] = parse_expr(p)))
		return NULL;
	if (!tok_want(p, ")"))
		return NULL;
	set_of(p, e, of, 2);
	close_span(p, e);
	return e;
}

/* at_least -> "at" "least" expr "of" "(" list */
static struct expr *
parse_at_least(struct parser *p)
{
	struct expr *e = expr_new(p, EX_AT_LEAST);
	struct expr *k;

	lex_next(p);
	if (!tok_want(p, "least") || !(k = parse_expr(p)) ||
	    !tok_want(p, "of") || !tok_want(p, "("))
		return NULL;
	return parse_list(p, e, k) ? e : NULL;
}

/* number_of -> "number" "of" "(" list */
static struct expr *
parse_number_of(struct parser *p)
{
	struct expr *e = expr_new(p, EX_NUMBER_OF);

	lex_next(p);
	if (!tok_want(p, "of") || !tok_want(p, "("))
		return NULL;
	return parse_list(p, e, NULL) ? e : NULL;
}

/* kind -> "kind" [ "not" ] "in" "(" KIND { "," KIND } ")" | "kind" "=" KIND */
static struct expr *
parse_kind(struct parser *p)
{
	struct expr *e = expr_new(p, EX_KIND_IN);
	bool is_not = false, is_one = false;

	lex_next(p);
	if (tok_take(p, "=")) {
		is_one = true;
	} else {
		is_not = tok_take(p, "not");
		if (!tok_want(p, "in") || !tok_want(p, "("))
			return NULL;
	}
	do {
		enum school_kind kind;
		if (p->tok.kind != TOK_NAME ||
		    !school_kind_parse(p->tok.text, &kind)) {
			tok_unexpected(
			    p, N_("вид школы: nosh, oosh, sosh, gymnasium, "
				  "lyceum, correctional, evening"));
			return NULL;
		}
		e->kinds |= 1u << kind;
		lex_next(p);
	} while (!is_one && tok_take(p, ","));
	if (!is_one && !tok_want(p, ")"))
		return NULL;
	if (is_not)
		e->kinds = ((1u << KIND_COUNT) - 1) & ~e->kinds;
	close_span(p, e);
	return e;
}

/* call -> NAME "(" list   |   NAME */
static struct expr *
parse_name(struct parser *p)
{
	struct expr *e = expr_new(p, EX_NAME);

	e->name = p->tok.text;
	lex_next(p);
	if (!tok_take(p, "("))
		return e;
	e->op = EX_CALL;
	return parse_list(p, e, NULL) ? e : NULL;
}

/* A reserved word that may be called; "low" is defined by its statement. */
static bool
is_callable(struct str name)
{
	static const char *const names[] = {
#define STATEMENT(word)
#define WORD(word)
#define BUILTIN(word, op, type, n, a, b) #word,
#include "lang/method_words.def"
#undef STATEMENT
#undef WORD
#undef BUILTIN
		"low",
	};

	for (size_t i = 0; i < COUNT_OF(names); i++)
		if (str_eq(name, str_of(names[i])))
			return true;
	return false;
}

static struct expr *
parse_leaf(struct parser *p, enum expr_op op, int64_t number)
{
	struct expr *e = expr_new(p, op);

	e->number = ratio_int(number);
	lex_next(p);
	return e;
}

static struct expr *
parse_bracket(struct parser *p)
{
	lex_next(p);
	struct expr *e = parse_expr(p);
	return e && tok_want(p, ")") ? e : NULL;
}

static struct expr *parse_at(struct parser *p, int floor);

enum { BINDS_NOT = 3 };

/* not -> "not" expr   binding tighter than "and", looser than "=" */
static struct expr *
parse_not(struct parser *p)
{
	struct expr *e = expr_new(p, EX_NOT);

	lex_next(p);
	struct expr *of = parse_at(p, BINDS_NOT - 1);
	if (!of)
		return NULL;
	set_of(p, e, &of, 1);
	return e;
}

static struct expr *
parse_number(struct parser *p)
{
	struct expr *e = expr_new(p, EX_NUMBER);

	e->number = p->tok.number;
	e->type = p->tok.is_share ? TYPE_SHARE : TYPE_COUNT;
	if (!p->tok.is_share && !ratio_is_int(e->number)) {
		struct complaint *c =
		    diag_error(p->d, method_place(p, e->offset, e->length),
			N_("Число с дробной частью – это доля?"));
		c->value = p->tok.text;
		c->hint = S(N_("Долю пишите со знаком процента: 12,5 %."));
		lex_next(p);
		return NULL;
	}
	lex_next(p);
	return e;
}

/*
 * term -> NUMBER | "yes" | "no" | "year" | "rural" | "small" | kind | not
 *       | each | sum | at_least | number_of | call | "(" expr ")"
 */
static struct expr *
parse_term(struct parser *p)
{
	static const struct {
		const char *word;
		enum expr_op op;
		struct expr *(*parse)(struct parser *p);
	} words[] = {
	    {"count", EX_COUNT, NULL},
	    {"any", EX_ANY, NULL},
	    {"all", EX_ALL, NULL},
	    {"none", EX_NONE, NULL},
	    {"sum", EX_SUM, parse_sum},
	    {"at", EX_AT_LEAST, parse_at_least},
	    {"number", EX_NUMBER_OF, parse_number_of},
	    {"kind", EX_KIND_IN, parse_kind},
	    {"not", EX_NOT, parse_not},
	    {"(", EX_OP_COUNT, parse_bracket},
	};

	for (size_t i = 0; i < COUNT_OF(words); i++) {
		if (!tok_is(p, words[i].word))
			continue;
		return words[i].parse ? words[i].parse(p) :
					parse_each(p, words[i].op);
	}
	if (tok_is(p, "yes") || tok_is(p, "no"))
		return parse_leaf(p, EX_TRUTH, tok_is(p, "yes"));
	if (tok_is(p, "year"))
		return parse_leaf(p, EX_YEAR, 0);
	if (tok_is(p, "rural"))
		return parse_leaf(p, EX_RURAL, 0);
	if (tok_is(p, "small"))
		return parse_leaf(p, EX_SMALL, 0);
	if (p->tok.kind == TOK_NUMBER)
		return parse_number(p);
	if (p->tok.kind == TOK_NAME &&
	    (is_callable(p->tok.text) || !method_is_word(p->tok.text)))
		return parse_name(p);
	tok_unexpected(p, N_("условие или величина"));
	return NULL;
}

/* Binary signs and how tightly they bind; comparisons do not chain. */
static const struct binary {
	const char *sign;
	enum expr_op op;
	int binds;
} binaries[] = {
    {"or", EX_OR, 1},
    {"and", EX_AND, 2},
    /* "not" is 3 */
    {"<", EX_LT, 4},
    {"<=", EX_LE, 4},
    {">", EX_GT, 4},
    {">=", EX_GE, 4},
    {"=", EX_EQ, 4},
    {"!=", EX_NE, 4},
    {"+", EX_ADD, 5},
    {"-", EX_SUB, 5},
    {"*", EX_MUL, 6},
    {"/", EX_DIV, 6},
};

static const struct binary *
peek_binary(const struct parser *p)
{
	for (size_t i = 0; i < COUNT_OF(binaries); i++)
		if (tok_is(p, binaries[i].sign))
			return &binaries[i];
	return NULL;
}

static bool
may_chain(struct parser *p, const struct expr *left, const struct binary *b)
{
	if (b->binds != 4 || left->op < EX_LT || left->op > EX_NE)
		return true;

	struct complaint *c =
	    diag_error(p->d, method_place(p, p->tok.offset, p->tok.length),
		N_("Сравнения нельзя ставить подряд."));
	c->hint = S(N_("Соедините два сравнения словом and."));
	return false;
}

/* a and b and c is one node of three, so that a card shows it flat */
static struct expr *
join(struct parser *p, const struct binary *b, struct expr *left,
    struct expr *right, bool in_brackets)
{
	bool flat = (b->op == EX_AND || b->op == EX_OR || b->op == EX_ADD) &&
		    left->op == b->op && !in_brackets;
	uint32_t n = flat ? left->n + 1 : 2;
	struct expr **of = arena_new(p->mem, struct expr *, n);
	struct expr *e = arena_new(p->mem, struct expr, 1);

	if (flat)
		memcpy(of, left->of, left->n * sizeof *of);
	else
		of[0] = left;
	of[n - 1] = right;
	e->op = b->op;
	e->offset = left->offset;
	e->length = left->length;
	set_of(p, e, of, n);
	return e;
}

/* expr -> term { sign expr }   while the sign binds tighter than floor */
static struct expr *
parse_at(struct parser *p, int floor)
{
	if (p->depth == METHOD_DEPTH) {
		diag_error(p->d, method_place(p, p->tok.offset, p->tok.length),
		    N_("Скобки вложены слишком глубоко: предел – %d."),
		    METHOD_DEPTH);
		return NULL;
	}
	p->depth++;
	bool in_brackets = tok_is(p, "(");
	struct expr *left = parse_term(p);

	while (left) {
		const struct binary *b = peek_binary(p);
		if (!b || b->binds <= floor)
			break;
		if (!may_chain(p, left, b)) {
			left = NULL;
			break;
		}
		lex_next(p);
		struct expr *right = parse_at(p, b->binds);
		left = right ? join(p, b, left, right, in_brackets) : NULL;
		in_brackets = false;
	}
	p->depth--;
	return left;
}

struct expr *
parse_expr(struct parser *p)
{
	return parse_at(p, 0);
}

/* place -> [ "list" NAME "in" NAME [ "where" expr ] | expr [ "|" … ] ] */
static bool
parse_phrase_place(struct parser *p, struct phrase_part *part)
{
	if (tok_is(p, "list")) {
		part->is_list = true;
		struct expr *e = expr_new(p, EX_COUNT);
		struct expr *where = NULL;
		lex_next(p);
		if (!tok_want_name(p, N_("имя переменной"), &e->name) ||
		    !tok_want(p, "in"))
			return false;
		e->slot = p->tok.offset;
		if (!tok_want_name(p, N_("имя набора"), &e->set))
			return false;
		if (tok_take(p, "where") && !(where = parse_expr(p)))
			return false;
		set_of(p, e, &where, 1);
		close_span(p, e);
		part->of = e;
	} else if (!(part->of = parse_expr(p))) {
		return false;
	}
	if (p->tok.kind != TOK_END) {
		tok_unexpected(p, "}");
		return false;
	}
	return check_expr(p, part->of, TYPE_NONE);
}

/* {… | процедуре процедурам}: the words after the bar, cut off the end */
static void
cut_words(
    struct str text, uint32_t from, uint32_t *end, struct phrase_part *part)
{
	struct str inside = str_cut(text, from, *end);
	ptrdiff_t bar = str_find_char(inside, '|');

	if (bar < 0)
		return;
	struct str words = str_trim(str_from(inside, (size_t)bar + 1));
	(void)str_split(&words, ' ', &part->one);
	part->many = str_trim(words);
	*end = from + (uint32_t)bar;
}

const struct phrase *
parse_phrase(struct parser *p, uint32_t offset, uint32_t length)
{
	VEC(struct phrase_part) parts = {0};
	struct parser saved = *p;
	uint32_t at = offset, stop = offset + length;
	bool good = true;

	while (at < stop) {
		struct str rest = str_cut(p->m->text, at, stop);
		ptrdiff_t open = str_find_char(rest, '{');
		size_t plain = open < 0 ? rest.n : (size_t)open;
		if (plain)
			vec_push(p->mem, &parts)->text =
			    str_cut(rest, 0, plain);
		if (open < 0)
			break;
		ptrdiff_t close = str_find_char(rest, '}');
		uint32_t from = at + (uint32_t)open + 1;
		if (close < open) {
			diag_error(p->d, method_place(p, from - 1, 1),
			    N_("Скобка { не закрыта."));
			good = false;
			break;
		}
		uint32_t end = at + (uint32_t)close;
		struct phrase_part part = {0};
		cut_words(p->m->text, from, &end, &part);
		lex_open(p, from, end);
		good &= parse_phrase_place(p, &part);
		*vec_push(p->mem, &parts) = part;
		at += (uint32_t)close + 1;
	}
	p->at = saved.at;
	p->end = saved.end;
	p->tok = saved.tok;

	struct phrase *ph = arena_new(p->mem, struct phrase, 1);
	*ph = (struct phrase){.parts = parts.p,
	    .n = parts.n,
	    .raw = str_cut(p->m->text, offset, stop)};
	return good ? ph : NULL;
}
