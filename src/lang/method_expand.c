/* method_expand.c - the rules of a method written out for one kind of school. */
#include <string.h>

#include "lang/method_program.h"
#include "lang/method_words.h"

struct expansion
expansion_open(struct arena *mem, const struct method_program *p,
    enum school_kind kind, struct diag *d)
{
	return (struct expansion){
	    .mem = mem,
	    .p = p,
	    .m = p->m,
	    .kind = kind,
	    .d = d,
	    .known = map_open(mem),
	};
}

static void
complain(struct expansion *x, const struct expr *e, const char *text, int limit)
{
	uint32_t row = 1;

	if (x->failed)
		return;
	x->failed = true;
	for (uint32_t i = 0; i < e->offset; i++)
		row += x->m->text.p[i] == '\n';
	diag_error(x->d,
	    (struct place){.file = x->m->file,
		.row = row,
		.offset = e->offset,
		.length = e->length},
	    "%s Предел – %d.", text, limit);
}

/* The node with these bytes: the one there is, or a new one. */
static uint32_t
put(struct expansion *x, const struct node *n, const uint32_t *operands)
{
	char small[256]; /* most nodes are there already: look first */
	size_t bytes = sizeof *n + n->n * sizeof *operands;
	bool fits = bytes <= sizeof small;
	char *key = fits ? small : arena_raw(x->mem, bytes);
	struct node plain = *n;

	if (n->n)
		plain.a = 0; /* where the operands stand is no difference */
	memcpy(key, &plain, sizeof plain);
	if (operands)
		memcpy(key + sizeof plain, operands, n->n * sizeof *operands);
	int64_t known = map_get(&x->known, (struct str){key, bytes});
	if (known != MAP_NONE)
		return (uint32_t)known;
	if (fits) {
		key = arena_raw(x->mem, bytes);
		memcpy(key, small, bytes);
	}

	int64_t *place = map_at(&x->known, (struct str){key, bytes});
	*place = (int64_t)x->nodes.n;
	struct node *mine = vec_push(x->mem, &x->nodes);
	*mine = *n;
	if (n->n)
		mine->a = (uint32_t)x->operands.n;
	for (uint32_t i = 0; i < n->n; i++)
		*vec_push(x->mem, &x->operands) = operands[i];
	return (uint32_t)*place;
}

static uint32_t
put_number(struct expansion *x, struct ratio r)
{
	struct node n;

	memset(&n, 0, sizeof n); /* padding too: the bytes are the key */
	n.op = ND_CONST;
	n.number = r;
	return put(x, &n, NULL);
}

static uint32_t
put_truth(struct expansion *x, bool yes)
{
	return put_number(x, ratio_int(yes));
}

static uint32_t
put_pair(struct expansion *x, enum node_op op, uint32_t a, uint32_t b)
{
	struct node n;

	memset(&n, 0, sizeof n);
	n.op = (uint8_t)op;
	n.a = a;
	n.b = b;
	return put(x, &n, NULL);
}

static const struct node *
node_at(const struct expansion *x, uint32_t i)
{
	return &x->nodes.p[i];
}

static bool
is_number(const struct expansion *x, uint32_t i, int64_t value)
{
	const struct node *n = node_at(x, i);

	return n->op == ND_CONST && n->number.num == value &&
	       n->number.den == 1;
}

/*
 * and, or: what cannot change the outcome is left out; a deciding operand is
 * the outcome.
 */
static uint32_t
put_logic(struct expansion *x, enum node_op op, const uint32_t *of, uint32_t n)
{
	int64_t decides = op == ND_OR;
	uint32_t *kept = arena_new(x->mem, uint32_t, n);
	uint32_t k = 0;

	for (uint32_t i = 0; i < n; i++) {
		if (is_number(x, of[i], decides))
			return of[i];
		if (!is_number(x, of[i], !decides))
			kept[k++] = of[i];
	}
	if (k == 0)
		return put_truth(x, !decides);
	if (k == 1)
		return kept[0];

	struct node node;
	memset(&node, 0, sizeof node);
	node.op = (uint8_t)op;
	node.n = k;
	return put(x, &node, kept);
}

static uint32_t
put_sum(struct expansion *x, const uint32_t *of, uint32_t n)
{
	uint32_t *kept = arena_new(x->mem, uint32_t, n);
	uint32_t k = 0;

	for (uint32_t i = 0; i < n; i++)
		if (!is_number(x, of[i], 0))
			kept[k++] = of[i];
	if (k == 0)
		return put_number(x, ratio_int(0));
	if (k == 1)
		return kept[0];

	struct node node;
	memset(&node, 0, sizeof node);
	node.op = ND_SUM;
	node.n = k;
	return put(x, &node, kept);
}

static uint32_t
put_not(struct expansion *x, uint32_t of)
{
	if (node_at(x, of)->op == ND_CONST)
		return put_truth(x, is_number(x, of, 0));
	if (node_at(x, of)->op == ND_NOT)
		return node_at(x, of)->a;
	return put_pair(x, ND_NOT, of, 0);
}

/* Variables. */

struct env
env_bind(const struct env *env, uint32_t slot, int32_t value)
{
	struct env inner = *env;

	inner.value[slot] = value;
	inner.is_bound[slot] = true;
	return inner;
}

int32_t
expand_year(const struct expr *e, const struct env *env)
{
	switch (e->op) {
	case EX_YEAR:
		return e->back;
	case EX_VARIABLE:
		return env->value[e->slot];
	case EX_SUB:
		return expand_year(e->of[0], env) + e->back;
	default:
		UNREACHABLE();
	}
}

int32_t
expand_procedure(const struct expr *e, const struct env *env)
{
	return e->op == EX_PROCEDURE ? (int32_t)e->index : env->value[e->slot];
}

struct env
env_of_call(const struct expr *call, const struct env *env)
{
	struct env inner = {0};

	for (uint32_t i = 0; i < call->n; i++)
		inner = env_bind(&inner, i,
		    call->of[i]->type == TYPE_YEAR ?
			expand_year(call->of[i], env) :
			expand_procedure(call->of[i], env));
	return inner;
}

/* Facts. */

static bool
applies_to(const struct expansion *x, uint32_t procedure)
{
	return x->m->vocabulary->procedures[procedure].kinds >> x->kind & 1;
}

/*
 * No row of a procedure that this kind of school has not, or that was not
 * held that year, is not a gap: nobody took part.
 */
static uint32_t
put_cell(struct expansion *x, enum node_op op, const struct expr *e,
    const struct env *env)
{
	uint32_t procedure = (uint32_t)expand_procedure(e->of[0], env);
	int32_t back = expand_year(e->of[1], env);
	struct node n;

	if (back < 1 || back > FACT_YEARS) {
		complain(x, e,
		    N_("Результаты экзаменов известны за предшествующие "
		       "учебные годы, от year - 1."),
		    FACT_YEARS);
		back = 1;
	}
	memset(&n, 0, sizeof n);
	n.op = (uint8_t)op;
	n.a = (uint32_t)(back - 1) * (uint32_t)x->m->vocabulary->n_procedures +
	      procedure;
	n.closed = !applies_to(x, procedure) || x->p->held[n.a] == HELD_NO;
	return put(x, &n, NULL);
}

static uint32_t
put_element(struct expansion *x, uint32_t element)
{
	struct node n;

	memset(&n, 0, sizeof n);
	n.op = ND_ELEMENT;
	n.a = element;
	n.is_share = x->m->vocabulary->elements[element].kind != VALUE_COUNT;
	return put(x, &n, NULL);
}

/* failed(p, y) / participants(p, y) is one thing: never above 1. */
static uint32_t
put_division(struct expansion *x, uint32_t a, uint32_t b)
{
	const struct node *up = node_at(x, a), *down = node_at(x, b);

	if (up->op == ND_FAILED && down->op == ND_PARTICIPANTS &&
	    up->a == down->a) {
		struct node n = *up;
		n.op = ND_RATE;
		return put(x, &n, NULL);
	}
	return put_pair(x, ND_DIV, a, b);
}

static uint32_t
put_compare(struct expansion *x, enum sign sign, uint32_t a, uint32_t b)
{
	const struct node *left = node_at(x, a), *right = node_at(x, b);
	struct node n;

	if (right->op == ND_CONST && left->op == ND_CONST) {
		int c = ratio_cmp(left->number, right->number);
		const bool holds[] = {
		    [SIGN_LT] = c<0, [SIGN_LE] = c <= 0, [SIGN_GT] = c> 0,
		    [SIGN_GE] = c >= 0,
		    [SIGN_EQ] = c == 0,
		    [SIGN_NE] = c != 0};
		return put_truth(x, holds[sign]);
	}
	memset(&n, 0, sizeof n);
	n.sign = (uint8_t)sign;
	n.op = ND_COMPARE;
	n.a = a;
	n.b = b;
	if (right->op == ND_CONST &&
	    (left->op == ND_RATE || left->op == ND_PARTICIPANTS)) {
		n.op =
		    left->op == ND_RATE ? ND_RATE_TEST : ND_PARTICIPANTS_TEST;
		n.a = left->a;
		n.b = 0;
		n.closed = left->closed;
		n.number = right->number;
	}
	return put(x, &n, NULL);
}

/* Over a set: the operands, one a member. */
static uint32_t *
members(struct expansion *x, const struct expr *e, const struct env *env,
    bool is_sum)
{
	const struct method_set *set = &x->m->sets[e->index];
	const struct expr *condition = e->of[is_sum];
	uint32_t *of = arena_new(x->mem, uint32_t, set->n);

	for (size_t i = 0; i < set->n; i++) {
		struct env inner =
		    env_bind(env, e->slot, (int32_t)set->members[i]);
		uint32_t holds = condition ? expand(x, condition, &inner) :
					     put_truth(x, true);
		of[i] = holds;
		if (!is_sum)
			continue;
		uint32_t value = expand(x, e->of[0], &inner);
		if (is_number(x, holds, 1))
			of[i] = value;
		else if (is_number(x, holds, 0))
			of[i] = put_number(x, ratio_int(0));
		else
			of[i] = put_pair(x, ND_GATE, holds, value);
	}
	return of;
}

static uint32_t
expand_each(struct expansion *x, const struct expr *e, const struct env *env)
{
	uint32_t n = (uint32_t)x->m->sets[e->index].n;
	uint32_t *of = members(x, e, env, e->op == EX_SUM);

	switch (e->op) {
	case EX_ANY:
		return put_logic(x, ND_OR, of, n);
	case EX_NONE:
		return put_not(x, put_logic(x, ND_OR, of, n));
	case EX_ALL:
		return put_logic(x, ND_AND, of, n);
	default:
		return put_sum(x, of, n);
	}
}

static void
note_low(struct expansion *x, const struct expr *call, const struct env *env,
    uint32_t node)
{
	uint32_t procedure = (uint32_t)expand_procedure(call->of[0], env);
	int32_t back = expand_year(call->of[1], env);

	for (size_t i = 0; i < x->lows.n; i++)
		if (x->lows.p[i].procedure == procedure &&
		    x->lows.p[i].back == back)
			return;
	if (back < 1 || back > FACT_YEARS)
		return;
	*vec_push(x->mem, &x->lows) = (struct program_low){
	    .procedure = procedure,
	    .back = back,
	    .cell = (uint32_t)(back - 1) *
			(uint32_t)x->m->vocabulary->n_procedures +
		    procedure,
	    .node = node,
	};
}

static uint32_t
expand_defined(struct expansion *x, const struct expr *e, const struct env *env)
{
	struct env inner = env_of_call(e, env);
	uint32_t node = expand(x, x->m->defines[e->index].body, &inner);

	if ((ptrdiff_t)e->index == x->m->low)
		note_low(x, e, env, node);
	return node;
}

static uint32_t *
expand_all(struct expansion *x, const struct expr *e, const struct env *env)
{
	uint32_t *of = arena_new(x->mem, uint32_t, e->n);

	for (uint32_t i = 0; i < e->n; i++)
		of[i] = expand(x, e->of[i], env);
	return of;
}

static uint32_t
expand_variable(
    struct expansion *x, const struct expr *e, const struct env *env)
{
	return put_element(x, (uint32_t)env->value[e->slot]);
}

static uint32_t
put_leaf(struct expansion *x, enum node_op op)
{
	return put_pair(x, op, 0, 0);
}

static uint32_t
expand_op(struct expansion *x, const struct expr *e, const struct env *env)
{
	uint32_t *of = NULL;

	switch (e->op) {
	case EX_NUMBER:
	case EX_TRUTH:
		return put_number(x, e->number);
	case EX_SETTING:
		return put_number(x, x->p->settings[e->index]);
	case EX_VARIABLE:
		return expand_variable(x, e, env);
	case EX_ELEMENT:
		return put_element(x, e->index);
	case EX_RURAL:
		return put_leaf(x, ND_RURAL);
	case EX_SMALL:
		return put_leaf(x, ND_SMALL);
	case EX_KIND_IN:
		return put_truth(x, e->kinds >> x->kind & 1);
	case EX_FAILED:
		return put_cell(x, ND_FAILED, e, env);
	case EX_PARTICIPANTS:
		return put_cell(x, ND_PARTICIPANTS, e, env);
	case EX_APPLIES:
		return put_truth(x,
		    applies_to(x, (uint32_t)expand_procedure(e->of[0], env)));
	case EX_CRITERION:
		return expand(x, x->m->criteria[e->index].rule, env);
	case EX_DEFINED:
		return expand_defined(x, e, env);
	case EX_COUNT:
	case EX_ANY:
	case EX_ALL:
	case EX_NONE:
	case EX_SUM:
		return expand_each(x, e, env);
	default:
		break;
	}
	of = expand_all(x, e, env);
	switch (e->op) {
	case EX_NOT:
		return put_not(x, of[0]);
	case EX_KNOWN:
		return node_at(x, of[0])->op == ND_CONST ?
			   put_truth(x, true) :
			   put_pair(x, ND_KNOWN, of[0], 0);
	case EX_AND:
		return put_logic(x, ND_AND, of, e->n);
	case EX_OR:
		return put_logic(x, ND_OR, of, e->n);
	case EX_NUMBER_OF:
	case EX_ADD:
		return put_sum(x, of, e->n);
	case EX_AT_LEAST:
		return put_compare(
		    x, SIGN_GE, put_sum(x, of + 1, e->n - 1), of[0]);
	case EX_SUB:
		return put_pair(x, ND_SUB, of[0], of[1]);
	case EX_MUL:
		return put_pair(x, ND_MUL, of[0], of[1]);
	case EX_DIV:
		return put_division(x, of[0], of[1]);
	case EX_EQ:
	case EX_NE:
		if (e->of[0]->type == TYPE_YES_NO &&
		    node_at(x, of[1])->op == ND_CONST)
			return is_number(x, of[1], e->op == EX_EQ) ?
				   of[0] :
				   put_not(x, of[0]);
		return put_compare(x, (enum sign)(e->op - EX_LT), of[0], of[1]);
	case EX_LT:
	case EX_LE:
	case EX_GT:
	case EX_GE:
		return put_compare(x, (enum sign)(e->op - EX_LT), of[0], of[1]);
	default:
		UNREACHABLE();
	}
}

uint32_t
expand(struct expansion *x, const struct expr *e, const struct env *env)
{
	if (x->failed)
		return put_truth(x, false);
	if (x->nodes.n > METHOD_NODES) {
		complain(x, e,
		    N_("Правила, расписанные по процедурам и годам, слишком "
		       "велики."),
		    METHOD_NODES);
		return put_truth(x, false);
	}
	if (x->depth == 4 * METHOD_DEPTH) {
		complain(x, e, N_("Определения вложены слишком глубоко."),
		    4 * METHOD_DEPTH);
		return put_truth(x, false);
	}
	x->depth++;
	uint32_t node = expand_op(x, e, env);
	x->depth--;
	return node;
}

/* Leave out what no rule reads: operands that were folded into a test. */
static void
compact(struct arena *mem, struct expansion *x, struct kind_program *k,
    uint32_t *criteria, size_t n_criteria)
{
	uint32_t n = (uint32_t)x->nodes.n, kept = 0;
	uint32_t *place = arena_new(mem, uint32_t, n);
	struct node *nodes = x->nodes.p;

#define WANT(i)                                                                \
	do {                                                                   \
		if ((i) != NO_NODE)                                            \
			place[i] = 1;                                          \
	} while (0)
	WANT(k->applies);
	WANT(k->listed);
	WANT(k->enough);
	for (size_t i = 0; i < n_criteria; i++)
		WANT(criteria[i]);
	for (size_t i = 0; i < x->lows.n; i++)
		WANT(x->lows.p[i].node);
#undef WANT
	for (uint32_t i = n; i-- > 0;) {
		const uint32_t *of;
		uint32_t pair[2];
		uint32_t n_of =
		    node_operands(&nodes[i], x->operands.p, pair, &of);
		for (uint32_t j = 0; place[i] && j < n_of; j++)
			place[of[j]] = 1;
	}
	for (uint32_t i = 0; i < n; i++) {
		if (!place[i]) {
			place[i] = NO_NODE;
			continue;
		}
		place[i] = kept;
		struct node *to = &nodes[kept++];
		*to = nodes[i];
		for (uint32_t j = 0; j < to->n; j++)
			x->operands.p[to->a + j] =
			    place[x->operands.p[to->a + j]];
		if (reads_nodes((enum node_op)to->op)) {
			to->a = place[to->a];
			to->b = place[to->b];
		}
	}
	x->nodes.n = kept;
	k->listed = place[k->listed];
	if (k->applies != NO_NODE)
		k->applies = place[k->applies];
	if (k->enough != NO_NODE)
		k->enough = place[k->enough];
	for (size_t i = 0; i < n_criteria; i++)
		criteria[i] = place[criteria[i]];
	for (size_t i = 0; i < x->lows.n; i++)
		x->lows.p[i].node = place[x->lows.p[i].node];
}

static bool
expand_kind(struct arena *mem, struct method_program *p, enum school_kind kind,
    struct diag *d)
{
	struct expansion x = expansion_open(mem, p, kind, d);
	const struct method *m = p->m;
	const struct env none = {0};
	struct kind_program *k = &p->kinds[kind];
	uint32_t *criteria = arena_new(mem, uint32_t, m->n_criteria);

	k->applies = m->applies ? expand(&x, m->applies, &none) : NO_NODE;
	for (size_t i = 0; i < m->n_criteria; i++)
		criteria[i] = expand(&x, m->criteria[i].rule, &none);
	k->listed = expand(&x, m->listed, &none);
	k->enough = m->enough ? expand(&x, m->enough, &none) : NO_NODE;
	compact(mem, &x, k, criteria, m->n_criteria);
	k->criteria = criteria;
	k->nodes = x.nodes.p;
	k->n = (uint32_t)x.nodes.n;
	k->operands = x.operands.p;
	k->lows = x.lows.p;
	k->n_lows = x.lows.n;
	if (k->n > p->most_nodes)
		p->most_nodes = k->n;
	return !x.failed;
}

/* Applying a choice. */

struct method_choice
method_default(struct arena *mem, const struct method *m)
{
	struct method_choice c = {
	    .settings = arena_new(mem, struct ratio, m->n_settings),
	    .readings = arena_new(mem, uint8_t, m->n_doubts),
	};

	for (size_t i = 0; i < m->n_settings; i++)
		c.settings[i] = m->settings[i].value;
	return c;
}

bool
method_is_trial(const struct method *m, const struct method_choice *c)
{
	for (size_t i = 0; i < m->n_settings; i++)
		if (ratio_cmp(c->settings[i], m->settings[i].value) != 0)
			return true;
	for (size_t i = 0; i < m->n_doubts; i++)
		if (c->readings[i])
			return true;
	return false;
}

static struct str
range_text(struct arena *mem, const struct method_setting *s)
{
	if (!s->is_share)
		return arena_fmt(mem, N_("целое число от %lld до %lld"),
		    (long long)s->least.num, (long long)s->most.num);
	return arena_fmt(mem, N_("доля от %.*s до %.*s"),
	    STR_ARG(words_share(mem, s->least)),
	    STR_ARG(words_share(mem, s->most)));
}

enum rc
method_set_value(struct method_choice *c, const struct method *m,
    struct str name, struct str value, struct diag *d)
{
	for (size_t i = 0; i < m->n_settings; i++) {
		const struct method_setting *s = &m->settings[i];
		struct ratio r;
		if (!str_eq(s->name, name))
			continue;
		bool good = ratio_parse(value, &r);
		if (good && s->is_share)
			r.den *= 100;
		good = good && (s->is_share || ratio_is_int(r)) &&
		       ratio_cmp(r, s->least) >= 0 &&
		       ratio_cmp(r, s->most) <= 0;
		if (good) {
			c->settings[i] = r;
			return RC_OK;
		}
		struct complaint *bad = diag_error(d, (struct place){0},
		    N_("Такое значение настройки «%.*s» не подходит."),
		    STR_ARG(name));
		bad->value = value;
		bad->expected = range_text(d->mem, s);
		return RC_INVALID;
	}
	diag_error(d, (struct place){0}, N_("У методики нет настройки «%.*s»."),
	    STR_ARG(name));
	return RC_NOT_FOUND;
}

/* A copy whose rules and settings are replaced by the changes. */
struct patch {
	struct method *m;
	struct ratio *settings;
	struct method_criterion *criteria;
	struct method_define *defines;
};

static void
apply_changes(struct patch *to, const struct change *c, size_t n)
{
	for (; n; c++, n--) {
		switch (c->kind) {
		case CHANGE_SETTING:
			to->settings[c->index] = c->value;
			break;
		case CHANGE_CRITERION:
			to->criteria[c->index].rule = c->rule;
			break;
		case CHANGE_DEFINE:
			to->defines[c->index].body = c->rule;
			break;
		case CHANGE_LISTED:
			to->m->listed = c->rule;
			break;
		case CHANGE_ENOUGH:
			to->m->enough = c->rule;
			break;
		case CHANGE_APPLIES:
			to->m->applies = c->rule;
			break;
		}
	}
}

static void *
copy_of(struct arena *mem, const void *p, size_t n, size_t size)
{
	void *mine = arena_take(mem, n ? n : 1, size);

	if (n)
		memcpy(mine, p, n * size);
	return mine;
}

static struct patch
patch_open(struct arena *mem, const struct method *m,
    const struct method_choice *choice)
{
	struct method_choice c = choice ? *choice : method_default(mem, m);
	struct patch to = {
	    .m = copy_of(mem, m, 1, sizeof *m),
	    .settings =
		copy_of(mem, c.settings, m->n_settings, sizeof *c.settings),
	    .criteria =
		copy_of(mem, m->criteria, m->n_criteria, sizeof *m->criteria),
	    .defines =
		copy_of(mem, m->defines, m->n_defines, sizeof *m->defines),
	};

	to.m->criteria = to.criteria;
	to.m->defines = to.defines;
	for (size_t i = 0; i < m->n_doubts; i++) {
		uint8_t k = c.readings[i];
		if (k && k <= m->doubts[i].n_others)
			apply_changes(&to, m->doubts[i].others[k - 1].changes,
			    m->doubts[i].others[k - 1].n_changes);
	}
	return to;
}

const struct method *
method_as_read(struct arena *mem, const struct method *m,
    const struct method_choice *choice, const struct ratio **ret_settings)
{
	struct patch to = patch_open(mem, m, choice);

	*ret_settings = to.settings;
	return to.m;
}

static enum rc
prepare(struct arena *mem, struct patch *to, struct syear year, struct diag *d,
    struct method_program **ret)
{
	const struct vocabulary *v = to->m->vocabulary;
	struct method_program *p = arena_new(mem, struct method_program, 1);
	uint8_t *held = arena_new(mem, uint8_t, FACT_YEARS * v->n_procedures);

	for (int32_t back = 1; back <= FACT_YEARS; back++)
		for (size_t i = 0; i < v->n_procedures; i++)
			held[(size_t)(back - 1) * v->n_procedures + i] =
			    (uint8_t)vocabulary_held(
				v, i, syear_plus(year, -back));
	p->m = to->m;
	p->settings = to->settings;
	p->year = year;
	p->held = held;
	for (int kind = 0; kind < KIND_COUNT; kind++)
		if (!expand_kind(mem, p, (enum school_kind)kind, d))
			return RC_INVALID;
	*ret = p;
	return RC_OK;
}

enum rc
method_prepare(struct arena *mem, const struct method *m,
    const struct method_choice *choice, struct syear year, struct diag *d,
    struct method_program **ret)
{
	struct patch to = patch_open(mem, m, choice);

	return prepare(mem, &to, year, d, ret);
}

enum rc
method_prepare_changed(struct arena *mem, const struct method *m,
    const struct change *changes, size_t n, struct syear year, struct diag *d,
    struct method_program **ret)
{
	struct patch to = patch_open(mem, m, NULL);

	apply_changes(&to, changes, n);
	return prepare(mem, &to, year, d, ret);
}

const struct method *
method_of(const struct method_program *p)
{
	return p->m;
}

struct syear
method_year(const struct method_program *p)
{
	return p->year;
}

struct method_slots *
method_slots_open(struct arena *mem, const struct method_program *p)
{
	struct method_slots *s = arena_new(mem, struct method_slots, 1);

	s->v = arena_new(mem, struct span, p->most_nodes);
	return s;
}
