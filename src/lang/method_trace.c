/* method_trace.c - the verdict on one school as a tree of steps. */
#include "lang/method_trace.h"

#include <string.h>

#include "lang/method_print.h"

struct reader
reader_open(
    struct arena *mem, const struct method_program *p, const struct facts *f)
{
	struct diag *d = arena_new(mem, struct diag, 1);
	struct reader r = {
	    .p = p,
	    .f = f,
	    .words = {.mem = mem,
		.m = p->m,
		.settings = p->settings,
		.has_year = true,
		.year = p->year},
	};

	*d = diag_open(mem, 1);
	r.x = expansion_open(mem, p, f->kind, d);
	return r;
}

struct span
reader_value(struct reader *r, const struct expr *e, const struct env *env)
{
	uint32_t node = expand(&r->x, e, env);
	uint32_t n = (uint32_t)r->x.nodes.n;

	if (n > r->done) { /* grown: the values move along */
		struct span *v = arena_new(r->x.mem, struct span, n);
		if (r->done)
			memcpy(v, r->v, r->done * sizeof *v);
		nodes_run(r->x.nodes.p, r->done, n, r->x.operands.p, r->f, v);
		r->v = v;
		r->done = n;
	}
	return r->v[node];
}

int32_t
year_spoken_of(const struct expr *e, const struct env *env)
{
	if (e->type == TYPE_YEAR)
		return expand_year(e, env);
	for (uint32_t i = 0; i < e->n; i++) {
		int32_t back = e->of[i] ? year_spoken_of(e->of[i], env) : 0;
		if (back)
			return back;
	}
	return 0;
}

static void steps_of(struct reader *r, const struct expr *e,
    const struct env *env, struct step *ret);

static struct str
source_of(const struct reader *r, const struct expr *e)
{
	return str_cut(r->p->m->text, e->offset, e->offset + e->length);
}

/* The fact about a procedure and a year behind a step. */
static void
put_fact(struct reader *r, struct step *s, int32_t procedure, int32_t back)
{
	size_t n = r->p->m->vocabulary->n_procedures;

	if (back < 1 || back > FACT_YEARS)
		return;
	s->procedure = procedure;
	s->year = syear_plus(r->p->year, -back);
	s->count =
	    facts_count(r->f, (size_t)(back - 1) * n + (size_t)procedure);
	s->missing = method_cell_missing(r->p, r->f, (uint32_t)procedure, back);
	s->value = s->missing ? arena_fmt(r->words.mem, N_("нет данных: %s"),
				    missing_reason_titles[s->missing]) :
				method_share_text(r->words.mem, s->count);
}

static struct step *
steps_open(struct reader *r, struct step *s, size_t n)
{
	struct step *of = arena_new(r->words.mem, struct step, n);

	s->of = of;
	s->n = n;
	return of;
}

static void
operands(struct reader *r, const struct expr *e, uint32_t from,
    const struct env *env, struct step *s)
{
	struct step *of = steps_open(r, s, e->n - from);

	for (uint32_t i = from; i < e->n; i++)
		steps_of(r, e->of[i], env, &of[i - from]);
}

/* Count, any, all, none, sum: one step a member. */
static void
members_of(struct reader *r, const struct expr *e, const struct env *env,
    struct step *s)
{
	const struct method_set *set = &r->p->m->sets[e->index];
	const struct expr *each = e->of[0];
	struct step *of;

	s->kind = STEP_EACH;
	if (!each)
		return;
	of = steps_open(r, s, set->n);
	for (size_t i = 0; i < set->n; i++) {
		struct env inner =
		    env_bind(env, e->slot, (int32_t)set->members[i]);
		steps_of(r, each, &inner, &of[i]);
		if (set->of_elements)
			of[i].element = set->members[i];
		else
			of[i].procedure = set->members[i];
	}
}

/* The comparison of a share inside a definition: its threshold is shown. */
static const struct expr *
share_compared(const struct expr *e)
{
	if (e->op >= EX_LT && e->op <= EX_NE && e->of[0]->op == EX_DIV)
		return e;
	for (uint32_t i = 0; i < e->n; i++) {
		const struct expr *found =
		    e->of[i] ? share_compared(e->of[i]) : NULL;
		if (found)
			return found;
	}
	return NULL;
}

static void
step_defined(struct reader *r, const struct expr *e, const struct env *env,
    struct step *s)
{
	const struct expr *body = r->p->m->defines[e->index].body;
	struct env inner = env_of_call(e, env);
	int32_t procedure = -1, back = 0;

	s->kind = STEP_DEFINED;
	for (uint32_t i = 0; i < e->n; i++) {
		if (e->of[i]->type == TYPE_PROCEDURE)
			procedure = expand_procedure(e->of[i], env);
		else if (e->of[i]->type == TYPE_YEAR)
			back = expand_year(e->of[i], env);
	}
	steps_of(r, body, &inner, steps_open(r, s, 1));
	if (procedure < 0 || !back)
		return;
	put_fact(r, s, procedure, back);
	if ((ptrdiff_t)e->index != r->p->m->low)
		return;
	s->kind = STEP_RESULT;
	const struct expr *compare = share_compared(body);
	if (compare)
		s->threshold = words_threshold(&r->words, compare, &inner);
}

static void
step_compare(struct reader *r, const struct expr *e, const struct env *env,
    struct step *s)
{
	const struct expr *a = e->of[0], *b = e->of[1];
	bool plain =
	    b->op == EX_NUMBER || b->op == EX_SETTING || b->op == EX_TRUTH;

	s->kind = STEP_COMPARE;
	s->value = words_span(r->words.mem, reader_value(r, a, env), a->type);
	if (a->type != TYPE_YES_NO)
		s->threshold = words_threshold(&r->words, e, env);
	struct step *of = steps_open(r, s, plain ? 1 : 2);
	steps_of(r, a, env, &of[0]);
	if (!plain)
		steps_of(r, b, env, &of[1]);
}

static void
step_element(struct reader *r, const struct expr *e, const struct env *env,
    struct step *s)
{
	s->kind = STEP_ELEMENT;
	s->element =
	    e->op == EX_ELEMENT ? (ptrdiff_t)e->index : env->value[e->slot];
	s->text = words_element(&r->words, (int32_t)s->element);
	s->year = r->p->year;
	if (!r->f->elements[s->element].is_known) {
		s->missing = MISSING_NOT_LOADED;
		s->value = S(N_("нет данных: не загружено"));
	}
}

static void
step_fact(struct reader *r, const struct expr *e, const struct env *env,
    struct step *s)
{
	struct str value = s->value;

	s->kind = STEP_NUMBER;
	put_fact(
	    r, s, expand_procedure(e->of[0], env), expand_year(e->of[1], env));
	if (!s->missing || s->missing == MISSING_NO_PARTICIPANTS)
		s->value = value;
}

static void
step_rate(struct reader *r, const struct expr *e, const struct env *env,
    struct step *s)
{
	s->kind = STEP_NUMBER;
	put_fact(r, s, expand_procedure(e->of[0]->of[0], env),
	    expand_year(e->of[0]->of[1], env));
}

static bool
is_one_rate(const struct expr *e)
{
	return e->op == EX_DIV && e->of[0]->op == EX_FAILED &&
	       e->of[1]->op == EX_PARTICIPANTS;
}

static void
step_by_op(struct reader *r, const struct expr *e, const struct env *env,
    struct step *s)
{
	switch (e->op) {
	case EX_AND:
	case EX_OR:
	case EX_NOT:
	case EX_KNOWN:
	case EX_NUMBER_OF:
		s->kind = STEP_RULE;
		operands(r, e, 0, env, s);
		return;
	case EX_AT_LEAST:
		s->kind = STEP_RULE;
		operands(r, e, 1, env, s);
		return;
	case EX_CRITERION:
		s->kind = STEP_CRITERION;
		s->text = r->p->m->criteria[e->index].title;
		s->source = r->p->m->criteria[e->index].id;
		steps_of(r, r->p->m->criteria[e->index].rule, env,
		    steps_open(r, s, 1));
		return;
	case EX_LT:
	case EX_LE:
	case EX_GT:
	case EX_GE:
	case EX_EQ:
	case EX_NE:
		step_compare(r, e, env, s);
		return;
	case EX_COUNT:
	case EX_ANY:
	case EX_ALL:
	case EX_NONE:
	case EX_SUM:
		members_of(r, e, env, s);
		return;
	case EX_DEFINED:
		step_defined(r, e, env, s);
		return;
	case EX_ELEMENT:
	case EX_VARIABLE:
		step_element(r, e, env, s);
		return;
	case EX_FAILED:
	case EX_PARTICIPANTS:
		step_fact(r, e, env, s);
		return;
	case EX_APPLIES:
	case EX_KIND_IN:
	case EX_RURAL:
	case EX_SMALL:
		s->kind = STEP_SCHOOL;
		return;
	case EX_DIV:
		if (is_one_rate(e)) {
			step_rate(r, e, env, s);
			return;
		}
		s->kind = STEP_NUMBER;
		operands(r, e, 0, env, s);
		return;
	case EX_ADD:
	case EX_SUB:
	case EX_MUL:
		s->kind = STEP_NUMBER;
		operands(r, e, 0, env, s);
		return;
	default:
		s->kind = STEP_NUMBER;
		return;
	}
}

static void
steps_of(struct reader *r, const struct expr *e, const struct env *env,
    struct step *ret)
{
	struct span v = reader_value(r, e, env);

	*ret = (struct step){
	    .text = words_expr(&r->words, e, env),
	    .source = source_of(r, e),
	    .is_condition = e->type == TYPE_YES_NO,
	    .value = words_span(r->words.mem, v, e->type),
	    .procedure = -1,
	    .element = -1,
	};
	if (ret->is_condition)
		ret->holds = span_holds(v);
	step_by_op(r, e, env, ret);
}

const struct step *
method_trace(
    struct arena *mem, const struct method_program *p, const struct facts *f)
{
	const struct method *m = p->m;
	const struct env none = {0};
	struct reader r = reader_open(mem, p, f);
	struct step *root = arena_new(mem, struct step, 1);
	enum method_status status =
	    method_decide(p, f, method_slots_open(mem, p)).status;
	struct step *of = arena_new(mem, struct step, 3);
	size_t n = 0;

	if (m->applies)
		steps_of(&r, m->applies, &none, &of[n++]);
	if (status != METHOD_NOT_APPLICABLE) {
		steps_of(&r, m->listed, &none, &of[n++]);
		if (m->enough)
			steps_of(&r, m->enough, &none, &of[n++]);
	}
	*root = (struct step){
	    .kind = STEP_RULE,
	    .text = m->title,
	    .source = m->code,
	    .is_condition = true,
	    .holds = status == METHOD_LISTED  ? TRUTH_YES :
		     status == METHOD_NO_DATA ? TRUTH_UNKNOWN :
						TRUTH_NO,
	    .value = str_of(method_status_titles[status]),
	    .procedure = -1,
	    .element = -1,
	    .of = of,
	    .n = n,
	};
	return root;
}
