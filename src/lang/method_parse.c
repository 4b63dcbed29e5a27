/* method_parse.c - the statements of a method, one rule of the grammar each. */
#include "lang/method_parse.h"

#include <string.h>

static struct place
here(struct parser *p)
{
	return method_place(
	    p, p->tok.offset, p->tok.length ? p->tok.length : 1);
}

/* A text that may stand once only. */
static bool
take_once(struct parser *p, const char *what, struct str *field)
{
	struct place at = here(p);
	bool again = field->n != 0;

	if (!tok_want_text(p, N_("текст в кавычках"), field))
		return false;
	if (again)
		diag_error(p->d, at, N_("«%s» стоит второй раз."), what);
	return !again;
}

static bool
parse_title(struct parser *p)
{
	return take_once(p, "title", &p->m->title);
}

static bool
parse_short(struct parser *p)
{
	return take_once(p, "short", &p->m->short_title);
}

static bool
parse_basis(struct parser *p)
{
	return take_once(p, "basis", &p->m->basis);
}

static bool
parse_about(struct parser *p)
{
	return take_once(p, "about", &p->m->about);
}

/* source -> "source" TEXT [ "section" TEXT ] */
static bool
parse_source(struct parser *p)
{
	if (!take_once(p, "source", &p->m->source))
		return false;
	return !tok_take(p, "section") ||
	       take_once(p, "section", &p->m->section);
}

static bool
want_date(struct parser *p, struct date *ret)
{
	if (p->tok.kind != TOK_DATE || !date_parse(p->tok.text, ret)) {
		tok_unexpected(p, N_("день вида 2022-09-01"));
		return false;
	}
	lex_next(p);
	return true;
}

/* version -> "version" VERSION "from" DATE [ "until" DATE ] */
static bool
parse_version(struct parser *p)
{
	struct method *m = p->m;

	if (p->tok.kind != TOK_NUMBER && p->tok.kind != TOK_VERSION) {
		tok_unexpected(p, N_("номер версии, например 2022.1"));
		return false;
	}
	m->version = p->tok.text;
	lex_next(p);
	if (!tok_want(p, "from") || !want_date(p, &m->from))
		return false;
	if (!tok_is(p, "until"))
		return true;
	lex_next(p);
	struct place at = here(p);
	if (!want_date(p, &m->until))
		return false;
	if (date_before(m->until, m->from))
		diag_error(p->d, at,
		    N_("Срок действия кончается раньше, чем начинается."));
	return true;
}

/* applies -> "applies" "to" "schools" [ "where" expr ] */
static bool
parse_applies_rule(struct parser *p, const struct expr **ret)
{
	if (!tok_want(p, "to") || !tok_want(p, "schools"))
		return false;
	if (!tok_take(p, "where"))
		return true;
	struct expr *e = parse_expr(p);
	if (!e || !check_expr(p, e, TYPE_YES_NO) || !check_applies(p, e))
		return false;
	*ret = e;
	return true;
}

static bool
parse_applies(struct parser *p)
{
	if (!parse_applies_rule(p, &p->m->applies))
		return false;
	return !tok_take(p, "otherwise") ||
	       take_once(p, "otherwise", &p->m->otherwise);
}

/* value -> NUMBER | NUMBER "%" */
static bool
want_value(struct parser *p, struct ratio *ret, bool *ret_is_share)
{
	if (p->tok.kind != TOK_NUMBER) {
		tok_unexpected(p, N_("число или доля вида 30 %"));
		return false;
	}
	*ret = p->tok.number;
	*ret_is_share = p->tok.is_share;
	if (!p->tok.is_share && !ratio_is_int(*ret)) {
		tok_unexpected(p, N_("целое число или доля вида 12,5 %"));
		return false;
	}
	lex_next(p);
	return true;
}

/* setting -> "setting" NAME TEXT "=" value "from" value "to" value */
static bool
parse_setting(struct parser *p)
{
	struct method_setting s = {0};
	struct place at = here(p);
	bool least_share, most_share;

	if (!tok_want_name(p, N_("имя настройки"), &s.name) ||
	    !check_new_name(p, s.name, at) ||
	    !tok_want_text(p, N_("что она значит, в кавычках"), &s.title) ||
	    !tok_want(p, "=") || !want_value(p, &s.value, &s.is_share) ||
	    !tok_want(p, "from") || !want_value(p, &s.least, &least_share) ||
	    !tok_want(p, "to") || !want_value(p, &s.most, &most_share))
		return false;
	if (least_share != s.is_share || most_share != s.is_share)
		diag_error(p->d, at,
		    N_("Значение и границы настройки должны быть одного "
		       "рода: все доли или все числа."));
	else if (ratio_cmp(s.value, s.least) < 0 ||
		 ratio_cmp(s.value, s.most) > 0)
		diag_error(
		    p->d, at, N_("Значение настройки лежит вне её границ."));
	*vec_push(p->mem, &p->settings) = s;
	return true;
}

struct members {
	uint32_t *p;
	size_t n;
	size_t cap;
};

static void
parse_member(struct parser *p, bool of_elements, struct members *members)
{
	const struct vocabulary *v = p->m->vocabulary;
	struct str name = p->tok.text;
	ptrdiff_t i = of_elements ? vocabulary_element_find(v, name) :
				    vocabulary_procedure_find(v, name);

	if (i < 0) {
		struct complaint *c = unknown_name(p, name, here(p));
		if (vocabulary_procedure_find(v, name) >= 0)
			c->hint = S(N_("Это процедура, а не показатель."));
		else if (vocabulary_element_find(v, name) >= 0)
			c->hint = S(N_("Это показатель, а не процедура."));
	}
	for (size_t k = 0; i >= 0 && k < members->n; k++)
		if (members->p[k] == (uint32_t)i) {
			diag_error(p->d, here(p),
			    N_("«%.*s» стоит в наборе второй раз."),
			    STR_ARG(name));
			i = -1;
		}
	if (i >= 0)
		*vec_push(p->mem, members) = (uint32_t)i;
	lex_next(p);
}

/* set -> ("procedures" | "elements") NAME TEXT "=" NAME { NAME } */
static bool
parse_set(struct parser *p, bool of_elements)
{
	struct method_set s = {.of_elements = of_elements};
	struct place at = here(p);
	struct members members = {0};

	if (!tok_want_name(p, N_("имя набора"), &s.name) ||
	    !check_new_name(p, s.name, at) ||
	    !tok_want_text(p, N_("название набора в кавычках"), &s.title) ||
	    !tok_want(p, "="))
		return false;
	if (p->tok.kind != TOK_NAME || method_is_word(p->tok.text)) {
		tok_unexpected(p, N_("коды через пробел"));
		return false;
	}
	while (p->tok.kind == TOK_NAME && !method_is_word(p->tok.text)) {
		parse_member(p, of_elements, &members);
		(void)tok_take(p, ",");
	}
	s.members = members.p;
	s.n = members.n;
	*vec_push(p->mem, &p->sets) = s;
	return true;
}

static bool
parse_procedures(struct parser *p)
{
	return parse_set(p, false);
}

static bool
parse_elements(struct parser *p)
{
	return parse_set(p, true);
}

/* params -> "(" NAME { "," NAME } ")" */
static bool
parse_params(struct parser *p)
{
	do {
		struct str name;
		struct place at = here(p);
		if (!tok_want_name(p, N_("имя параметра"), &name))
			return false;
		for (uint32_t i = 0; i < p->n_scope; i++)
			if (str_eq(p->scope[i].name, name)) {
				diag_error(p->d, at,
				    N_("Имя «%.*s» стоит дважды."),
				    STR_ARG(name));
				return false;
			}
		if (p->n_scope == 4) {
			diag_error(p->d, at,
			    N_("У определения не больше четырёх "
			       "параметров."));
			return false;
		}
		p->scope[p->n_scope++] = (struct scope_name){.name = name};
	} while (tok_take(p, ","));
	return tok_want(p, ")");
}

/* After the head: the rule, with the parameters in sight. */
static struct expr *
parse_body(struct parser *p, struct place at)
{
	struct expr *e = parse_expr(p);

	if (!e || !check_expr(p, e, TYPE_NONE))
		return NULL;
	if (e->type == TYPE_PROCEDURE || e->type == TYPE_YEAR) {
		diag_error(p->d, at,
		    N_("Определение должно быть условием, количеством или "
		       "долей."));
		return NULL;
	}
	for (uint32_t i = 0; i < p->n_scope; i++)
		if (p->scope[i].type == TYPE_NONE) {
			diag_error(p->d, at,
			    N_("Параметр «%.*s» нигде не использован."),
			    STR_ARG(p->scope[i].name));
			return NULL;
		}
	return e;
}

/* head -> NAME [ params ] TEXT "="   |   "result" params "when" */
static bool
parse_define_head(
    struct parser *p, bool is_low, bool with_title, struct method_define *def)
{
	p->n_scope = 0;
	if (is_low) {
		def->name = S("low");
		def->title = S(N_("результат низкий"));
		return tok_want(p, "result") && tok_want(p, "(") &&
		       parse_params(p) && tok_want(p, "when");
	}
	if (!tok_want_name(p, N_("имя определения"), &def->name))
		return false;
	if (tok_take(p, "(") && !parse_params(p))
		return false;
	if (with_title &&
	    !tok_want_text(p, N_("что оно значит, в кавычках"), &def->title))
		return false;
	return tok_want(p, "=");
}

static void
keep_params(struct parser *p, struct method_define *def)
{
	struct str *names = arena_new(p->mem, struct str, p->n_scope);
	uint8_t *kinds = arena_new(p->mem, uint8_t, p->n_scope);

	for (uint32_t i = 0; i < p->n_scope; i++) {
		names[i] = p->scope[i].name;
		kinds[i] = (uint8_t)p->scope[i].type;
	}
	def->params = names;
	def->param_kinds = kinds;
	def->n_params = p->n_scope;
}

static bool
low_is_shaped(
    struct parser *p, const struct method_define *def, struct place at)
{
	if (def->n_params == 2 && def->param_kinds[0] == TYPE_PROCEDURE &&
	    def->param_kinds[1] == TYPE_YEAR && def->body->type == TYPE_YES_NO)
		return true;
	diag_error(p->d, at,
	    N_("Низкий результат – это условие о процедуре и учебном годе: "
	       "low result (p, y) when …"));
	return false;
}

static bool
parse_definition(struct parser *p, bool is_low)
{
	struct method_define def = {0};
	struct place at = here(p);
	uint32_t other;

	p->see_defines = p->defines.n;
	p->see_criteria = 0;
	if (!parse_define_head(p, is_low, true, &def))
		return false;
	if (is_low ? find_define(p, def.name, &other) : false) {
		diag_error(p->d, at, N_("Низкий результат уже определён."));
		return false;
	}
	if (!is_low && !check_new_name(p, def.name, at))
		return false;
	def.body = parse_body(p, at);
	keep_params(p, &def);
	p->n_scope = 0;
	if (def.body && is_low && !low_is_shaped(p, &def, at))
		return false;
	if (is_low)
		p->m->low = (ptrdiff_t)p->defines.n;
	*vec_push(p->mem, &p->defines) = def;
	return def.body != NULL;
}

/* define -> "define" NAME [ params ] TEXT "=" expr */
static bool
parse_define(struct parser *p)
{
	return parse_definition(p, false);
}

/* low -> "low" "result" "(" NAME "," NAME ")" "when" expr */
static bool
parse_low(struct parser *p)
{
	return parse_definition(p, true);
}

static const struct expr *
parse_condition(struct parser *p)
{
	struct expr *e = parse_expr(p);

	return e && check_expr(p, e, TYPE_YES_NO) ? e : NULL;
}

static bool
parse_sentence(struct parser *p, const struct phrase **ret)
{
	struct token t = p->tok;

	if (t.kind != TOK_TEXT) {
		tok_unexpected(p, N_("предложение в кавычках"));
		return false;
	}
	*ret = parse_phrase(p, t.offset + 1, t.length - 2);
	lex_next(p);
	return *ret != NULL;
}

/* criterion -> "criterion" NAME TEXT "=" expr [ "because" TEXT ] */
static bool
parse_criterion(struct parser *p)
{
	struct method_criterion c = {0};
	struct place at = here(p);

	p->see_defines = p->defines.n;
	p->see_criteria = p->criteria.n;
	if (!tok_want_name(p, N_("имя критерия"), &c.id) ||
	    !check_new_name(p, c.id, at) ||
	    !tok_want_text(
		p, N_("формулировка критерия в кавычках"), &c.title) ||
	    !tok_want(p, "="))
		return false;
	if (p->criteria.n == METHOD_CRITERIA) {
		diag_error(
		    p->d, at, N_("Критериев больше %d."), METHOD_CRITERIA);
		return false;
	}
	c.rule = parse_condition(p);
	*vec_push(p->mem, &p->criteria) = c;
	if (!c.rule)
		return false;
	if (!tok_take(p, "because"))
		return true;
	return parse_sentence(p, &p->criteria.p[p->criteria.n - 1].because);
}

static void
see_all(struct parser *p)
{
	p->n_scope = 0;
	p->see_defines = p->defines.n;
	p->see_criteria = p->criteria.n;
}

/* listed -> "listed" "when" expr */
static bool
parse_listed(struct parser *p)
{
	see_all(p);
	if (!tok_want(p, "when"))
		return false;
	p->m->listed = parse_condition(p);
	return p->m->listed != NULL;
}

/* enough -> "enough" "data" "when" expr */
static bool
parse_enough(struct parser *p)
{
	see_all(p);
	if (!tok_want(p, "data") || !tok_want(p, "when"))
		return false;
	p->m->enough = parse_condition(p);
	return p->m->enough != NULL;
}

/* status -> "listed" | "not_listed" | "no_data" | "not_applicable" */
static bool
want_status(struct parser *p, enum method_status *ret)
{
	for (int i = 0; i < METHOD_STATUS_COUNT; i++)
		if (tok_is(p, method_status_codes[i])) {
			*ret = (enum method_status)i;
			lex_next(p);
			return true;
		}
	tok_unexpected(p, "listed, not_listed, no_data, not_applicable");
	return false;
}

/* say -> "say" status TEXT */
static bool
parse_say(struct parser *p)
{
	enum method_status status;

	see_all(p);
	return want_status(p, &status) && parse_sentence(p, &p->m->say[status]);
}

static bool
change_setting(struct parser *p, struct change *c)
{
	struct place at = here(p);

	c->kind = CHANGE_SETTING;
	c->name = p->tok.text;
	lex_next(p);
	if (!find_setting(p, c->name, &c->index)) {
		unknown_name(p, c->name, at);
		return false;
	}
	const struct method_setting *s = &p->settings.p[c->index];
	if (!tok_want(p, "=") || !want_value(p, &c->value, &c->is_share))
		return false;
	if (c->is_share != s->is_share || ratio_cmp(c->value, s->least) < 0 ||
	    ratio_cmp(c->value, s->most) > 0) {
		diag_error(p->d, at,
		    N_("Значение не годится для настройки «%.*s»."),
		    STR_ARG(c->name));
		return false;
	}
	return true;
}

static bool
change_criterion(struct parser *p, struct change *c)
{
	struct place at = here(p);

	c->kind = CHANGE_CRITERION;
	if (!tok_want_name(p, N_("имя критерия"), &c->name))
		return false;
	if (!find_criterion(p, c->name, &c->index)) {
		unknown_name(p, c->name, at);
		return false;
	}
	p->see_criteria = c->index;
	return tok_want(p, "=");
}

static bool
change_define(struct parser *p, struct change *c, bool is_low)
{
	struct method_define def = {0};
	struct place at = here(p);

	c->kind = CHANGE_DEFINE;
	if (!parse_define_head(p, is_low, false, &def))
		return false;
	c->name = def.name;
	if (!find_define(p, c->name, &c->index)) {
		unknown_name(p, c->name, at);
		return false;
	}
	const struct method_define *was = &p->defines.p[c->index];
	if (was->n_params != p->n_scope) {
		diag_error(p->d, at, N_("У «%.*s» другое число параметров."),
		    STR_ARG(c->name));
		return false;
	}
	for (uint32_t i = 0; i < p->n_scope; i++) {
		p->scope[i].type = (enum expr_type)was->param_kinds[i];
		c->params[i] = p->scope[i].name;
	}
	c->n_params = (uint8_t)p->n_scope;
	p->see_defines = c->index;
	p->see_criteria = 0;
	return true;
}

/* The head of a change that is followed by a condition. */
static bool
change_head(struct parser *p, struct change *c)
{
	if (tok_take(p, "criterion"))
		return change_criterion(p, c);
	if (tok_take(p, "define"))
		return change_define(p, c, false);
	if (tok_take(p, "low"))
		return change_define(p, c, true);
	if (tok_take(p, "listed")) {
		c->kind = CHANGE_LISTED;
		return tok_want(p, "when");
	}
	if (tok_take(p, "enough")) {
		c->kind = CHANGE_ENOUGH;
		return tok_want(p, "data") && tok_want(p, "when");
	}
	tok_unexpected(
	    p, N_("имя настройки, criterion, define, low, listed, enough или "
		  "applies"));
	return false;
}

/*
 * change -> "with" ( NAME "=" value | criterion | define | low | listed
 *         | enough | applies )
 */
static bool
parse_change(struct parser *p, struct change *c)
{
	see_all(p);
	c->offset = p->tok.offset;
	c->length = p->tok.length;
	if (p->tok.kind == TOK_NAME && !method_is_word(p->tok.text))
		return change_setting(p, c);
	if (tok_take(p, "applies")) {
		const struct expr *rule = NULL;
		c->kind = CHANGE_APPLIES;
		if (!parse_applies_rule(p, &rule))
			return false;
		c->rule = (struct expr *)(uintptr_t)rule;
		return true;
	}
	if (!change_head(p, c))
		return false;
	enum expr_type want = TYPE_YES_NO;
	if (c->kind == CHANGE_DEFINE)
		want = p->defines.p[c->index].body ?
			   p->defines.p[c->index].body->type :
			   TYPE_NONE;
	struct expr *e = parse_expr(p);
	bool good = e && check_expr(p, e, want);
	p->n_scope = 0;
	c->rule = e;
	return good;
}

static bool
parse_changes(struct parser *p, const struct change **ret, size_t *ret_n)
{
	VEC(struct change) all = {0};
	bool good = true;

	while (good && tok_take(p, "with")) {
		struct change c = {0};
		good = parse_change(p, &c);
		if (good)
			*vec_push(p->mem, &all) = c;
	}
	*ret = all.p;
	*ret_n = all.n;
	return good;
}

/*
 * doubt -> "doubt" TEXT "reading" TEXT [ "because" TEXT ]
 *          { "other" TEXT { change } }
 */
static bool
parse_doubt(struct parser *p)
{
	struct method_doubt d = {0};
	VEC(struct method_other) others = {0};

	if (!tok_want_text(p, N_("вопрос в кавычках"), &d.question) ||
	    !tok_want(p, "reading") ||
	    !tok_want_text(p, N_("выбранное чтение в кавычках"), &d.reading))
		return false;
	if (tok_take(p, "because") &&
	    !tok_want_text(p, N_("почему оно выбрано, в кавычках"), &d.because))
		return false;
	while (tok_take(p, "other")) {
		struct method_other o = {0};
		if (!tok_want_text(
			p, N_("другое чтение в кавычках"), &o.text) ||
		    !parse_changes(p, &o.changes, &o.n_changes))
			return false;
		*vec_push(p->mem, &others) = o;
	}
	d.others = others.p;
	d.n_others = others.n;
	*vec_push(p->mem, &p->doubts) = d;
	return true;
}

/* Examples. */

struct example_facts {
	struct fact_count *counts;
	struct fact_value *elements;
};

static bool
want_count(struct parser *p, int32_t *ret)
{
	if (p->tok.kind != TOK_NUMBER || p->tok.is_share ||
	    !ratio_is_int(p->tok.number) || p->tok.number.num > 1000000) {
		tok_unexpected(p, N_("число учеников"));
		return false;
	}
	*ret = (int32_t)p->tok.number.num;
	lex_next(p);
	return true;
}

/* result -> ( PROCEDURE | SET ) NUMBER "of" NUMBER */
static bool
parse_example_result(struct parser *p, struct example_facts *f, int32_t back)
{
	const struct vocabulary *v = p->m->vocabulary;
	struct str name = p->tok.text;
	struct place at = here(p);
	struct fact_count c;
	uint32_t set;

	lex_next(p);
	ptrdiff_t one = vocabulary_procedure_find(v, name);
	bool is_set = find_set(p, name, &set) && !p->sets.p[set].of_elements;
	if (one < 0 && !is_set) {
		unknown_name(p, name, at);
		return false;
	}
	if (!want_count(p, &c.failed) || !tok_want(p, "of") ||
	    !want_count(p, &c.participants))
		return false;
	if (c.failed > c.participants) {
		diag_error(
		    p->d, at, N_("Не справившихся больше, чем участников."));
		return false;
	}
	struct fact_count *row =
	    f->counts + (size_t)(back - 1) * v->n_procedures;
	if (one >= 0)
		row[one] = c;
	for (size_t i = 0; is_set && i < p->sets.p[set].n; i++)
		row[p->sets.p[set].members[i]] = c;
	return true;
}

static bool
want_answer(struct parser *p, enum value_kind kind, struct fact_value *ret)
{
	ret->is_known = true;
	if (kind == VALUE_YES_NO) {
		if (!tok_is(p, "yes") && !tok_is(p, "no")) {
			tok_unexpected(p, N_("yes или no"));
			return false;
		}
		ret->value = ratio_int(tok_is(p, "yes"));
		lex_next(p);
		return true;
	}
	struct place at = here(p);
	bool is_share;
	if (!want_value(p, &ret->value, &is_share))
		return false;
	if (is_share == (kind == VALUE_SHARE))
		return true;
	diag_error(p->d, at, N_("Это значение не подходит показателю."));
	return false;
}

/* answer -> ( ELEMENT | SET ) ( "yes" | "no" | value ) */
static bool
parse_example_answer(struct parser *p, struct example_facts *f)
{
	const struct vocabulary *v = p->m->vocabulary;
	struct str name = p->tok.text;
	struct place at = here(p);
	struct fact_value value;
	uint32_t set;

	lex_next(p);
	ptrdiff_t one = vocabulary_element_find(v, name);
	if (one >= 0)
		return want_answer(p, v->elements[one].kind, &f->elements[one]);
	if (!find_set(p, name, &set) || !p->sets.p[set].of_elements) {
		unknown_name(p, name, at);
		return false;
	}
	const struct method_set *s = &p->sets.p[set];
	if (!s->n || !want_answer(p, v->elements[s->members[0]].kind, &value))
		return false;
	for (size_t i = 0; i < s->n; i++)
		f->elements[s->members[i]] = value;
	return true;
}

/* facts -> "year" "-" NUMBER ":" result { "," result }
 *        | "elements" ":" answer { "," answer } */
static bool
parse_example_facts(struct parser *p, struct example_facts *f)
{
	int32_t back = 0;

	if (tok_take(p, "year")) {
		if (!tok_want(p, "-") || !want_count(p, &back))
			return false;
		if (back < 1 || back > FACT_YEARS) {
			diag_error(p->d, here(p),
			    N_("Результаты бывают за %d предшествующих "
			       "года: от year - 1 до year - %d."),
			    FACT_YEARS, FACT_YEARS);
			return false;
		}
	} else if (!tok_want(p, "elements")) {
		return false;
	}
	if (!tok_want(p, ":"))
		return false;
	do {
		if (p->tok.kind != TOK_NAME) {
			tok_unexpected(p, N_("код процедуры или показателя"));
			return false;
		}
		if (!(back ? parse_example_result(p, f, back) :
			     parse_example_answer(p, f)))
			return false;
	} while (tok_take(p, ","));
	return true;
}

/* school -> "school" KIND { "rural" | "small" } */
static bool
parse_example_school(struct parser *p, struct facts *f)
{
	if (!tok_want(p, "school"))
		return false;
	if (p->tok.kind != TOK_NAME ||
	    !school_kind_parse(p->tok.text, &f->kind)) {
		tok_unexpected(p, N_("вид школы, например sosh"));
		return false;
	}
	lex_next(p);
	for (;;) {
		if (tok_take(p, "rural"))
			f->is_rural = true;
		else if (tok_take(p, "small"))
			f->is_small = true;
		else
			return true;
	}
}

static bool
parse_expectation(struct parser *p, struct method_example *ex)
{
	if (!tok_want(p, "expect") || !want_status(p, &ex->status))
		return false;
	while (p->tok.kind == TOK_NAME && !method_is_word(p->tok.text)) {
		uint32_t i;
		if (!find_criterion(p, p->tok.text, &i)) {
			unknown_name(p, p->tok.text, here(p));
			return false;
		}
		ex->criteria |= 1u << i;
		lex_next(p);
	}
	return true;
}

/*
 * example -> "example" TEXT [ "in" YEARS ] school { facts } { change }
 *            "expect" status { CRITERION }
 */
static bool
parse_example(struct parser *p)
{
	const struct vocabulary *v = p->m->vocabulary;
	size_t cells = FACT_YEARS * v->n_procedures;
	struct method_example ex = {.at = here(p)};
	struct example_facts f = {.counts = fact_column(p->mem, cells),
	    .elements = arena_new(p->mem, struct fact_value, v->n_elements)};

	if (!tok_want_text(
		p, N_("что показывает пример, в кавычках"), &ex.title))
		return false;
	if (tok_take(p, "in")) {
		if (p->tok.kind != TOK_YEARS ||
		    !syear_parse(p->tok.text, &ex.year)) {
			tok_unexpected(p, N_("учебный год вида 2023/2024"));
			return false;
		}
		lex_next(p);
	}
	if (!parse_example_school(p, &ex.facts))
		return false;
	while (tok_is(p, "year") || tok_is(p, "elements"))
		if (!parse_example_facts(p, &f))
			return false;
	facts_alone(p->mem, &ex.facts, f.counts, cells);
	ex.facts.elements = f.elements;
	if (!parse_changes(p, &ex.changes, &ex.n_changes) ||
	    !parse_expectation(p, &ex))
		return false;
	*vec_push(p->mem, &p->examples) = ex;
	return true;
}

/* statement -> one of these words and what its rule says */
static const struct {
	const char *word;
	bool (*parse)(struct parser *p);
} statements[] = {
    {"title", parse_title},
    {"short", parse_short},
    {"version", parse_version},
    {"source", parse_source},
    {"basis", parse_basis},
    {"about", parse_about},
    {"applies", parse_applies},
    {"setting", parse_setting},
    {"procedures", parse_procedures},
    {"elements", parse_elements},
    {"define", parse_define},
    {"low", parse_low},
    {"criterion", parse_criterion},
    {"listed", parse_listed},
    {"enough", parse_enough},
    {"say", parse_say},
    {"doubt", parse_doubt},
    {"example", parse_example},
};

/* After a mistake: on to the next line that begins a statement. */
static void
skip_statement(struct parser *p)
{
	while (p->tok.kind != TOK_END) {
		if (p->tok.is_first)
			for (size_t i = 0; i < COUNT_OF(statements); i++)
				if (tok_is(p, statements[i].word))
					return;
		lex_next(p);
	}
}

static void
parse_statement(struct parser *p)
{
	for (size_t i = 0; i < COUNT_OF(statements); i++) {
		if (!tok_is(p, statements[i].word))
			continue;
		lex_next(p);
		p->n_scope = 0;
		p->depth = 0;
		if (!statements[i].parse(p))
			skip_statement(p);
		return;
	}
	tok_unexpected(p, N_("начало правила: title, setting, criterion, …"));
	lex_next(p);
	skip_statement(p);
}

static void
want_part(struct parser *p, bool is_there, const char *complaint)
{
	if (!is_there)
		diag_error(p->d,
		    (struct place){.file = p->m->file, .row = 1, .length = 1},
		    "%s", complaint);
}

static void
finish(struct parser *p, size_t errors_before)
{
	struct method *m = p->m;

	m->settings = p->settings.p;
	m->n_settings = p->settings.n;
	m->sets = p->sets.p;
	m->n_sets = p->sets.n;
	m->defines = p->defines.p;
	m->n_defines = p->defines.n;
	m->criteria = p->criteria.p;
	m->n_criteria = p->criteria.n;
	m->doubts = p->doubts.p;
	m->n_doubts = p->doubts.n;
	m->examples = p->examples.p;
	m->n_examples = p->examples.n;
	if (p->d->errors != errors_before)
		return; /* what is missing may be what is wrong */
	want_part(p, m->title.n, N_("Нет названия методики: title \"…\"."));
	want_part(p, m->version.n,
	    N_("Нет версии и начала действия: version 2022.1 from …"));
	want_part(p, m->source.n,
	    N_("Не назван источник: source \"…\" section \"…\"."));
	want_part(p, m->n_criteria, N_("Нет ни одного критерия."));
	want_part(p, m->listed,
	    N_("Не сказано, кто входит в перечень: "
	       "listed when …"));
	for (size_t i = 0; i < p->examples.n; i++)
		if (!p->examples.p[i].year.first)
			p->examples.p[i].year = syear_of(m->from);
}

static bool
open_text(struct parser *p, struct str text)
{
	if (text.n > METHOD_BYTES) {
		diag_error(p->d, (struct place){.file = p->m->file},
		    N_("Файл методики больше %d КБ."), METHOD_BYTES / 1024);
		return false;
	}
	p->m->text = arena_str(p->mem, text);
	if (str_starts(text, S("\xEF\xBB\xBF")))
		p->at = 3;
	lex_open(p, p->at, (uint32_t)text.n);
	return true;
}

/* file -> "method" NAME { statement } */
enum rc
method_parse(struct arena *mem, struct str file, struct str text,
    const struct vocabulary *v, struct diag *d, struct method **ret)
{
	struct method *m = arena_new(mem, struct method, 1);
	struct parser p = {.mem = mem, .d = d, .m = m};
	size_t before = d->errors;

	m->file = arena_str(mem, file);
	m->vocabulary = v;
	m->low = -1;
	m->until = DATE_NONE;
	if (!open_text(&p, text))
		return RC_LIMIT;
	if (tok_want(&p, "method"))
		(void)tok_want_name(&p, N_("код методики"), &m->code);
	else
		skip_statement(&p);
	while (p.tok.kind != TOK_END && d->n < d->max)
		parse_statement(&p);
	finish(&p, before);
	if (d->errors == before) {
		struct method_program *program;
		enum rc rc = method_prepare(
		    mem, m, NULL, syear_of(m->from), d, &program);
		if (rc != RC_OK)
			return rc;
	}
	if (d->errors != before)
		return RC_INVALID;
	*ret = m;
	return RC_OK;
}
