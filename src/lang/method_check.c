/* method_check.c - what each name of a rule means, and whether kinds of value fit. */
#include <string.h>

#include "lang/method_parse.h"

static const char *
type_title(enum expr_type t)
{
	switch (t) {
	case TYPE_NONE:
		return N_("величина");
	case TYPE_COUNT:
		return N_("количество");
	case TYPE_SHARE:
		return N_("доля");
	case TYPE_YES_NO:
		return N_("условие (да или нет)");
	case TYPE_PROCEDURE:
		return N_("процедура");
	case TYPE_YEAR:
		return N_("учебный год");
	case TYPE_ELEMENT:
		return N_("показатель");
	}
	UNREACHABLE();
}

static struct place
place_of(struct parser *p, const struct expr *e)
{
	return method_place(p, e->offset, e->length);
}

/*
 * What has no type was complained of already, but for a parameter that nothing
 * has yet shown to be a procedure or a year.
 */
static bool
no_type(struct parser *p, const struct expr *e, const char *expected)
{
	if (e->op != EX_VARIABLE)
		return false;
	struct complaint *c =
	    diag_error(p->d, place_of(p, e), N_("Параметр стоит не на месте."));
	c->value = e->name;
	c->expected = str_of(expected);
	c->hint = S(N_("Параметр – это процедура или учебный год, например: "
		       "participants(p, y)."));
	return false;
}

static bool
wrong_type(struct parser *p, const struct expr *e, enum expr_type want)
{
	if (e->type == TYPE_NONE)
		return no_type(p, e, type_title(want));
	struct complaint *c = diag_error(
	    p->d, place_of(p, e), N_("Здесь стоит величина другого рода."));
	c->value = str_of(type_title(e->type));
	c->expected = str_of(type_title(want));
	if (want == TYPE_SHARE && e->op == EX_NUMBER)
		c->hint = S(N_("Долю пишите со знаком процента: 30 %."));
	return false;
}

/* Neither a count nor a share where one of them must stand. */
static bool
not_amount(struct parser *p, const struct expr *e)
{
	static const char amount[] = N_("количество или доля");

	if (e->type == TYPE_NONE)
		return no_type(p, e, amount);
	struct complaint *c = diag_error(
	    p->d, place_of(p, e), N_("Здесь стоит величина другого рода."));
	c->value = str_of(type_title(e->type));
	c->expected = S(amount);
	return false;
}

/* Looking up. */

#define FIND(list, field)                                                      \
	for (size_t i = 0; i < (list).n; i++)                                  \
		if (str_eq((list).p[i].field, name)) {                         \
			*ret = (uint32_t)i;                                    \
			return true;                                           \
		}                                                              \
	return false

bool
find_setting(const struct parser *p, struct str name, uint32_t *ret)
{
	FIND(p->settings, name);
}

bool
find_set(const struct parser *p, struct str name, uint32_t *ret)
{
	FIND(p->sets, name);
}

bool
find_define(const struct parser *p, struct str name, uint32_t *ret)
{
	FIND(p->defines, name);
}

bool
find_criterion(const struct parser *p, struct str name, uint32_t *ret)
{
	FIND(p->criteria, id);
}

/* Letters to change, put in or take out to make b of a; short names only. */
static size_t
distance(struct str a, struct str b)
{
	enum { LONGEST = 48 };

	size_t row[LONGEST + 1];

	if (a.n > LONGEST || b.n > LONGEST)
		return SIZE_MAX;
	for (size_t j = 0; j <= b.n; j++)
		row[j] = j;
	for (size_t i = 1; i <= a.n; i++) {
		size_t corner = row[0];
		row[0] = i;
		for (size_t j = 1; j <= b.n; j++) {
			size_t change = corner + (a.p[i - 1] != b.p[j - 1]);
			corner = row[j];
			row[j] = row[j] < row[j - 1] ? row[j] : row[j - 1];
			row[j] = row[j] + 1 < change ? row[j] + 1 : change;
		}
	}
	return row[b.n];
}

struct nearest {
	struct str name;
	struct str best;
	size_t distance;
};

static void
consider(struct nearest *near, struct str candidate)
{
	size_t d = distance(near->name, candidate);

	if (d < near->distance) {
		near->distance = d;
		near->best = candidate;
	}
}

static void
consider_all(const struct parser *p, struct nearest *near)
{
	for (uint32_t i = 0; i < p->n_scope; i++)
		consider(near, p->scope[i].name);
	for (size_t i = 0; i < p->settings.n; i++)
		consider(near, p->settings.p[i].name);
	for (size_t i = 0; i < p->sets.n; i++)
		consider(near, p->sets.p[i].name);
	for (size_t i = 0; i < p->defines.n; i++)
		consider(near, p->defines.p[i].name);
	for (size_t i = 0; i < p->criteria.n; i++)
		consider(near, p->criteria.p[i].id);
	for (size_t i = 0; i < p->m->vocabulary->n_procedures; i++)
		consider(near, p->m->vocabulary->procedures[i].code);
	for (size_t i = 0; i < p->m->vocabulary->n_elements; i++)
		consider(near, p->m->vocabulary->elements[i].code);
#define STATEMENT(word)
#define WORD(word)                       consider(near, S(#word));
#define BUILTIN(word, op, type, n, a, b) consider(near, S(#word));
#include "lang/method_words.def"
#undef STATEMENT
#undef WORD
#undef BUILTIN
}

struct complaint *
unknown_name(struct parser *p, struct str name, struct place at)
{
	struct nearest near = {.name = name, .distance = SIZE_MAX};
	struct complaint *c = diag_error(
	    p->d, at, N_("Имя «%.*s» здесь неизвестно."), STR_ARG(name));

	if (str_starts(name, S("year-"))) {
		c->hint = S(N_("Вычитание пишется с пробелами: year - 1."));
		return c;
	}
	consider_all(p, &near);
	if (near.distance && near.distance < name.n &&
	    near.distance <= 1 + name.n / 4)
		c->hint = arena_fmt(p->mem,
		    N_("Возможно, имелось в виду «%.*s»."), STR_ARG(near.best));
	else
		c->hint = S(N_("Имя объявляют выше места, где им "
			       "пользуются."));
	return c;
}

bool
check_new_name(struct parser *p, struct str name, struct place at)
{
	uint32_t index;

	if (find_setting(p, name, &index) || find_set(p, name, &index) ||
	    find_define(p, name, &index) || find_criterion(p, name, &index) ||
	    vocabulary_procedure_find(p->m->vocabulary, name) >= 0 ||
	    vocabulary_element_find(p->m->vocabulary, name) >= 0) {
		diag_error(
		    p->d, at, N_("Имя «%.*s» уже занято."), STR_ARG(name));
		return false;
	}
	return true;
}

static enum expr_type
element_type(enum value_kind kind)
{
	switch (kind) {
	case VALUE_YES_NO:
		return TYPE_YES_NO;
	case VALUE_SHARE:
		return TYPE_SHARE;
	case VALUE_COUNT:
		return TYPE_COUNT;
	}
	UNREACHABLE();
}

/* Names. */

static bool
name_is_variable(struct parser *p, struct expr *e, enum expr_type want)
{
	for (uint32_t i = p->n_scope; i-- > 0;) {
		struct scope_name *s = &p->scope[i];
		if (!str_eq(s->name, e->name))
			continue;
		e->op = EX_VARIABLE;
		e->slot = i;
		/* a parameter is what it is first used as */
		if (s->type == TYPE_NONE &&
		    (want == TYPE_PROCEDURE || want == TYPE_YEAR))
			s->type = want;
		e->type = s->type == TYPE_ELEMENT ? s->element : s->type;
		e->back = s->type == TYPE_ELEMENT; /* an answer, not a place */
		return true;
	}
	return false;
}

static bool
name_is_vocabulary(struct parser *p, struct expr *e)
{
	const struct vocabulary *v = p->m->vocabulary;
	ptrdiff_t i = vocabulary_procedure_find(v, e->name);

	if (i >= 0) {
		e->op = EX_PROCEDURE;
		e->type = TYPE_PROCEDURE;
		e->index = (uint32_t)i;
		return true;
	}
	i = vocabulary_element_find(v, e->name);
	if (i < 0)
		return false;
	e->op = EX_ELEMENT;
	e->type = element_type(v->elements[i].kind);
	e->index = (uint32_t)i;
	return true;
}

static bool
check_name(struct parser *p, struct expr *e, enum expr_type want)
{
	uint32_t i;

	if (name_is_variable(p, e, want) || name_is_vocabulary(p, e))
		return true;
	if (find_setting(p, e->name, &i)) {
		e->op = EX_SETTING;
		e->index = i;
		e->type = p->settings.p[i].is_share ? TYPE_SHARE : TYPE_COUNT;
		return true;
	}
	if (find_criterion(p, e->name, &i) && i < p->see_criteria) {
		e->op = EX_CRITERION;
		e->index = i;
		e->type = TYPE_YES_NO;
		return true;
	}
	if (find_define(p, e->name, &i) && i < p->see_defines &&
	    p->defines.p[i].n_params == 0) {
		e->op = EX_DEFINED;
		e->index = i;
		e->type = p->defines.p[i].body ? p->defines.p[i].body->type :
						 TYPE_NONE;
		return true;
	}
	struct complaint *c = unknown_name(p, e->name, place_of(p, e));
	if (find_set(p, e->name, &i))
		c->hint = S(N_("Это набор; его перебирают: count(p in … "
			       "where …)."));
	else if (find_define(p, e->name, &i) && i < p->see_defines)
		c->hint = S(N_("После этого имени нужны скобки с процедурой "
			       "и годом."));
	return false;
}

/* Calls. */

static const struct builtin {
	const char *name;
	enum expr_op op;
	enum expr_type type;
	uint32_t n;
	enum expr_type args[2];
} builtins[] = {

#define STATEMENT(word)
#define WORD(word)
#define BUILTIN(word, op, type, n, a, b) {#word, op, type, n, {a, b}},
#include "lang/method_words.def"
#undef STATEMENT
#undef WORD
#undef BUILTIN
};

static bool
want_arguments(struct parser *p, const struct expr *e, size_t n)
{
	if (e->n == n)
		return true;
	struct complaint *c = diag_error(p->d, place_of(p, e),
	    N_("У «%.*s» %u %s в скобках."), STR_ARG(e->name), e->n,
	    e->n == 1 ? N_("величина") : N_("величин(ы)"));
	c->expected = arena_fmt(p->mem, "%zu", n);
	return false;
}

static bool
check_builtin(struct parser *p, struct expr *e, const struct builtin *b)
{
	bool good = want_arguments(p, e, b->n);

	for (uint32_t i = 0; good && i < b->n; i++)
		good = check_expr(p, e->of[i], b->args[i]);
	e->op = b->op;
	e->type = b->type;
	return good;
}

static bool
check_call(struct parser *p, struct expr *e)
{
	uint32_t index;

	for (size_t i = 0; i < COUNT_OF(builtins); i++)
		if (str_eq(e->name, str_of(builtins[i].name)))
			return check_builtin(p, e, &builtins[i]);
	if (!find_define(p, e->name, &index) || index >= p->see_defines) {
		struct complaint *c = unknown_name(p, e->name,
		    method_place(p, e->offset, (uint32_t)e->name.n));
		if (find_define(p, e->name, &index))
			c->hint = S(N_("Определение видит только те, что "
				       "объявлены выше него."));
		return false;
	}

	const struct method_define *def = &p->defines.p[index];
	bool good = want_arguments(p, e, def->n_params);
	for (uint32_t i = 0; good && i < e->n; i++)
		good = check_expr(
		    p, e->of[i], (enum expr_type)def->param_kinds[i]);
	e->op = EX_DEFINED;
	e->index = index;
	e->type = def->body ? def->body->type : TYPE_NONE;
	return good && e->type != TYPE_NONE;
}

/* Sets. */

static bool
set_answer_type(struct parser *p, const struct expr *e,
    const struct method_set *set, enum expr_type *ret)
{
	const struct vocabulary *v = p->m->vocabulary;

	for (size_t i = 0; i < set->n; i++) {
		enum expr_type t =
		    element_type(v->elements[set->members[i]].kind);
		if (i == 0) {
			*ret = t;
		} else if (t != *ret) {
			diag_error(p->d, place_of(p, e),
			    N_("В наборе «%.*s» показатели разного рода: их "
			       "нельзя перебирать вместе."),
			    STR_ARG(set->name));
			return false;
		}
	}
	return true;
}

static bool
check_each(struct parser *p, struct expr *e)
{
	struct place set_place = method_place(p, e->slot, (uint32_t)e->set.n);
	struct scope_name var = {.name = e->name, .type = TYPE_PROCEDURE};
	bool good = true;

	if (!find_set(p, e->set, &e->index)) {
		unknown_name(p, e->set, set_place);
		return false;
	}
	if (p->n_scope == EXPR_SLOTS) {
		diag_error(p->d, place_of(p, e),
		    N_("Слишком много переменных сразу: предел – %d."),
		    EXPR_SLOTS);
		return false;
	}
	const struct method_set *set = &p->sets.p[e->index];
	if (set->of_elements) {
		var.type = TYPE_ELEMENT;
		if (!set_answer_type(p, e, set, &var.element))
			return false;
	}
	e->slot = p->n_scope;
	p->scope[p->n_scope++] = var;
	uint32_t condition = e->op == EX_SUM;
	if (e->op == EX_SUM)
		good = check_expr(p, e->of[0], TYPE_NONE);
	if (e->of[condition])
		good &= check_expr(p, e->of[condition], TYPE_YES_NO);
	p->n_scope--;

	e->type = TYPE_COUNT;
	if (e->op == EX_ANY || e->op == EX_ALL || e->op == EX_NONE)
		e->type = TYPE_YES_NO;
	if (e->op != EX_SUM || !good)
		return good;
	e->type = e->of[0]->type;
	if (e->type != TYPE_COUNT && e->type != TYPE_SHARE)
		return not_amount(p, e->of[0]);
	return true;
}

/* Operators. */

static bool
is_amount(enum expr_type t)
{
	return t == TYPE_COUNT || t == TYPE_SHARE;
}

static bool
check_compare(struct parser *p, struct expr *e)
{
	struct expr *a = e->of[0], *b = e->of[1];

	e->type = TYPE_YES_NO;
	if (!check_expr(p, a, TYPE_NONE) || !check_expr(p, b, TYPE_NONE))
		return false;
	if (a->type == TYPE_YES_NO && b->type == TYPE_YES_NO) {
		if (e->op == EX_EQ || e->op == EX_NE)
			return true;
		return not_amount(p, a);
	}
	if (!is_amount(a->type))
		return not_amount(p, a);
	if (b->type == a->type)
		return true;
	return wrong_type(p, b, a->type);
}

/* A number of nothing in particular. */
static bool
is_plain(const struct expr *e)
{
	return e->type == TYPE_COUNT &&
	       (e->op == EX_NUMBER || e->op == EX_SETTING);
}

/* year - 1, y - 1: years before */
static bool
check_year_minus(struct parser *p, struct expr *e)
{
	struct expr *n = e->of[1];

	if (!check_expr(p, e->of[0], TYPE_YEAR) || !check_expr(p, n, TYPE_NONE))
		return false;
	if (n->op != EX_NUMBER || n->type != TYPE_COUNT) {
		diag_error(p->d, place_of(p, n),
		    N_("Сколько лет отнять, пишется целым числом."))
		    ->hint = S(N_("Например: year - 1."));
		return false;
	}
	e->type = TYPE_YEAR;
	e->back = (int32_t)(n->number.num > 99 ? 99 : n->number.num);
	if (e->of[0]->op == EX_YEAR) {
		e->op = EX_YEAR;
		e->back += e->of[0]->back;
		e->n = 0;
	}
	return true;
}

/*
 * count ± count and share ± share stay what they are; a share of a count is
 * a count, unless the count is a plain number: twice a share is a share;
 * count / count and share / share are shares.
 */
static bool
check_arithmetic(struct parser *p, struct expr *e)
{
	if (e->op == EX_SUB && e->of[0]->op == EX_YEAR)
		return check_year_minus(p, e);
	for (uint32_t i = 0; i < e->n; i++) {
		if (!check_expr(p, e->of[i], TYPE_NONE))
			return false;
		if (!is_amount(e->of[i]->type))
			return not_amount(p, e->of[i]);
	}
	enum expr_type a = e->of[0]->type, b = e->of[1]->type;
	switch (e->op) {
	case EX_MUL:
		if (a == b)
			e->type = a;
		else
			e->type = is_plain(e->of[0]) || is_plain(e->of[1]) ?
				      TYPE_SHARE :
				      TYPE_COUNT;
		return true;
	case EX_DIV:
		e->type = a == b ? TYPE_SHARE : a;
		return true;
	default:
		e->type = a;
		for (uint32_t i = 1; i < e->n; i++)
			if (e->of[i]->type != a)
				return wrong_type(p, e->of[i], a);
		return true;
	}
}

static bool
check_conditions(struct parser *p, struct expr *e, uint32_t from)
{
	bool good = true;

	for (uint32_t i = from; i < e->n; i++)
		good &= check_expr(p, e->of[i], TYPE_YES_NO);
	return good;
}

static bool
check_op(struct parser *p, struct expr *e, enum expr_type want)
{
	switch (e->op) {
	case EX_NAME:
		return check_name(p, e, want);
	case EX_CALL:
		return check_call(p, e);
	case EX_YEAR:
		e->type = TYPE_YEAR;
		return true;
	case EX_TRUTH:
	case EX_RURAL:
	case EX_SMALL:
	case EX_KIND_IN:
		e->type = TYPE_YES_NO;
		return true;
	case EX_NOT:
	case EX_AND:
	case EX_OR:
		e->type = TYPE_YES_NO;
		return check_conditions(p, e, 0);
	case EX_NUMBER_OF:
		e->type = TYPE_COUNT;
		return check_conditions(p, e, 0);
	case EX_AT_LEAST:
		e->type = TYPE_YES_NO;
		return check_expr(p, e->of[0], TYPE_COUNT) &&
		       check_conditions(p, e, 1);
	case EX_LT:
	case EX_LE:
	case EX_GT:
	case EX_GE:
	case EX_EQ:
	case EX_NE:
		return check_compare(p, e);
	case EX_SUB:
		if (want == TYPE_YEAR)
			return check_year_minus(p, e);
		return check_arithmetic(p, e);
	case EX_ADD:
	case EX_MUL:
	case EX_DIV:
		return check_arithmetic(p, e);
	case EX_COUNT:
	case EX_ANY:
	case EX_ALL:
	case EX_NONE:
	case EX_SUM:
		return check_each(p, e);
	case EX_NUMBER:
	case EX_SETTING:
	case EX_VARIABLE:
	case EX_PROCEDURE:
	case EX_CRITERION:
	case EX_ELEMENT:
	case EX_FAILED:
	case EX_PARTICIPANTS:
	case EX_APPLIES:
	case EX_DEFINED:
	case EX_KNOWN:
		return true; /* has its type */
	case EX_OP_COUNT:
		break;
	}
	UNREACHABLE();
}

bool
check_expr(struct parser *p, struct expr *e, enum expr_type want)
{
	if (!check_op(p, e, want))
		return false;
	if (want == TYPE_NONE || e->type == want)
		return true;
	return wrong_type(p, e, want);
}

bool
check_applies(struct parser *p, const struct expr *e)
{
	switch (e->op) {
	case EX_FAILED:
	case EX_PARTICIPANTS:
	case EX_ELEMENT:
	case EX_COUNT:
	case EX_ANY:
	case EX_ALL:
	case EX_NONE:
	case EX_SUM:
	case EX_DEFINED:
		diag_error(p->d, place_of(p, e),
		    N_("К каким школам применяется методика, решают только "
		       "вид школы и её место, не результаты."));
		return false;
	default:
		break;
	}
	for (uint32_t i = 0; i < e->n; i++)
		if (e->of[i] && !check_applies(p, e->of[i]))
			return false;
	return true;
}
