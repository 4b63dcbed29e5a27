/*
 * method_many.c - sixty-four schools against the nodes of a program at once.
 *
 * A yes/no node of 64 schools is two words: where it certainly holds, where
 * it may hold.  "and", "or", "not" are then one operation for all of them, and
 * a count of conditions is a number kept bit by bit, a word for each bit.
 * Only the tests of single results look at schools one by one.
 *
 * What cannot be said so (shares that are summed, elements of the table of
 * risks) is judged school by school with method_decide(); which way a program
 * goes is settled once for each kind of school.  Both ways give the same; a
 * test compares them.
 */
#include <string.h>

#include "lang/method_program.h"

enum {
	LANES = 64,
	PLANES = 7,
	MOST_COUNTED = (1 << PLANES) - 1,
};

/* Of one node: a yes/no uses the first word, a count all. */
struct slice {
	uint64_t sure[PLANES]; /* the lower bound */
	uint64_t may[PLANES];  /* the upper */
};

/* What a node is in slices. */
enum form { FORM_NONE, FORM_TRUTH, FORM_COUNT, FORM_NUMBER };

/* The rules for one kind of school, ready for slices. */
struct sliced {
	const struct kind_program *k;
	const uint8_t *forms; /* NULL: not for slices */
	const size_t *order;  /* places in k->lows, by year and code */
};

struct batch {
	size_t n;
	size_t at[LANES];
	const struct facts *facts[LANES];
};

struct judging {
	const struct method_program *p;
	struct sliced kinds[KIND_COUNT];
	struct batch batches[KIND_COUNT];
	struct slice *v;
	struct method_slots *slots;
	struct method_low *low;
	method_each *each;
	void *ctx;
};

/* ---- which nodes can be sliced ---- */

static bool
is_small_number(struct ratio r)
{
	return r.den > 0 && r.den <= INT32_MAX && r.num <= INT32_MAX &&
	       r.num >= -INT32_MAX;
}

static bool
is_yes_no(struct ratio r)
{
	return r.den == 1 && (r.num == 0 || r.num == 1);
}

static bool
all_are_truth(
    const struct node *n, const uint32_t *operands, const uint8_t *forms)
{
	for (uint32_t i = 0; i < n->n; i++)
		if (forms[operands[n->a + i]] != FORM_TRUTH)
			return false;
	return n->n > 0;
}

/* A count against a whole number; which of the two stands first is told. */
static bool
is_counting(const struct kind_program *k, const struct node *n,
    const uint8_t *forms, bool *ret_count_first)
{
	bool first = forms[n->a] == FORM_COUNT;
	uint32_t number = first ? n->b : n->a;

	*ret_count_first = first;
	return (first || forms[n->b] == FORM_COUNT) &&
	       k->nodes[number].op == ND_CONST &&
	       k->nodes[number].number.den == 1 &&
	       is_small_number(k->nodes[number].number);
}

static enum form
form_of(const struct kind_program *k, const struct node *n, uint8_t *forms)
{
	bool first;

	switch ((enum node_op)n->op) {
	case ND_CONST:
		return is_yes_no(n->number) ? FORM_TRUTH : FORM_NUMBER;
	case ND_RURAL:
	case ND_SMALL:
		return FORM_TRUTH;
	case ND_RATE_TEST:
	case ND_PARTICIPANTS_TEST:
		return is_small_number(n->number) ? FORM_TRUTH : FORM_NONE;
	case ND_AND:
	case ND_OR:
		return all_are_truth(n, k->operands, forms) ? FORM_TRUTH :
							      FORM_NONE;
	case ND_SUM:
		return n->n <= MOST_COUNTED &&
			       all_are_truth(n, k->operands, forms) ?
			   FORM_COUNT :
			   FORM_NONE;
	case ND_NOT:
		return forms[n->a] == FORM_TRUTH ? FORM_TRUTH : FORM_NONE;
	case ND_COMPARE:
		return is_counting(k, n, forms, &first) ? FORM_TRUTH :
							  FORM_NONE;
	case ND_FAILED:
	case ND_PARTICIPANTS:
	case ND_RATE:
	case ND_ELEMENT:
	case ND_KNOWN:
	case ND_SUB:
	case ND_MUL:
	case ND_DIV:
	case ND_GATE:
		return FORM_NONE;
	}
	UNREACHABLE();
}

/* NULL when one node cannot be sliced. */
static const uint8_t *
forms_of(struct arena *mem, const struct kind_program *k)
{
	uint8_t *forms = arena_new(mem, uint8_t, k->n + 1);

	for (uint32_t i = 0; i < k->n; i++) {
		forms[i] = (uint8_t)form_of(k, &k->nodes[i], forms);
		if (forms[i] == FORM_NONE)
			return NULL;
	}
	return forms;
}

static bool
is_before(const struct vocabulary *v, const struct program_low *a,
    const struct program_low *b)
{
	if (a->back != b->back)
		return a->back > b->back;
	return str_cmp(v->procedures[a->procedure].code,
		   v->procedures[b->procedure].code) < 0;
}

static const size_t *
order_lows(
    struct arena *mem, const struct vocabulary *v, const struct kind_program *k)
{
	size_t *order = arena_new(mem, size_t, k->n_lows + 1);

	for (size_t i = 0; i < k->n_lows; i++) {
		size_t at = i;
		for (; at && is_before(v, &k->lows[i], &k->lows[order[at - 1]]);
		     at--)
			order[at] = order[at - 1];
		order[at] = i;
	}
	return order;
}

/* ---- one node for all lanes ---- */

static uint64_t
everywhere(bool holds)
{
	return holds ? UINT64_MAX : 0;
}

static bool
sign_holds(enum sign sign, int64_t left, int64_t right)
{
	switch (sign) {
	case SIGN_LT:
		return left < right;
	case SIGN_LE:
		return left <= right;
	case SIGN_GT:
		return left > right;
	case SIGN_GE:
		return left >= right;
	case SIGN_EQ:
		return left == right;
	case SIGN_NE:
		return left != right;
	}
	UNREACHABLE();
}

/* What the test says of a result that is not there. */
static struct slice
slice_of_nothing(const struct node *n)
{
	const struct fact_count *no_column = NULL;
	struct facts none = {.columns = &no_column};
	struct node first = *n;
	struct span s;

	first.a = 0;
	node_run(&first, NULL, &none, NULL, &s);
	enum truth t = span_holds(s);
	return (struct slice){
	    .sure = {everywhere(t == TRUTH_YES)},
	    .may = {everywhere(t != TRUTH_NO)},
	};
}

/*
 * BASIS: norilsk-2.1 - as in rate_test(): counts against the threshold, never
 * a percentage.
 */
static void
test_rates(const struct node *n, const struct batch *b, struct slice *ret)
{
	struct slice nothing = slice_of_nothing(n);
	uint64_t holds = 0, there = 0;
	enum sign sign = (enum sign)n->sign;

	for (size_t i = 0; i < b->n; i++) {
		struct fact_count c = facts_count(b->facts[i], n->a);
		int64_t left = c.failed * n->number.den;
		int64_t right = c.participants * n->number.num;
		there |= (uint64_t)(c.participants > 0) << i;
		holds |= (uint64_t)sign_holds(sign, left, right) << i;
	}
	ret->sure[0] = (there & holds) | (~there & nothing.sure[0]);
	ret->may[0] = (there & holds) | (~there & nothing.may[0]);
}

static void
test_participants(
    const struct node *n, const struct batch *b, struct slice *ret)
{
	struct slice nothing = slice_of_nothing(n);
	uint64_t holds = 0, there = 0;
	enum sign sign = (enum sign)n->sign;

	for (size_t i = 0; i < b->n; i++) {
		int64_t c = facts_count(b->facts[i], n->a).participants;
		there |= (uint64_t)(c >= 0) << i;
		holds |=
		    (uint64_t)sign_holds(sign, c * n->number.den, n->number.num)
		    << i;
	}
	ret->sure[0] = (there & holds) | (~there & nothing.sure[0]);
	ret->may[0] = (there & holds) | (~there & nothing.may[0]);
}

static uint64_t
property(const struct batch *b, bool rural)
{
	uint64_t holds = 0;

	for (size_t i = 0; i < b->n; i++)
		holds |= (uint64_t)(rural ? b->facts[i]->is_rural :
					    b->facts[i]->is_small)
			 << i;
	return holds;
}

static void
count_one(uint64_t planes[PLANES], uint64_t carry)
{
	for (int k = 0; carry && k < PLANES; k++) {
		uint64_t next = planes[k] & carry;
		planes[k] ^= carry;
		carry = next;
	}
}

/* Lanes where the count is not less than k. */
static uint64_t
at_least(const uint64_t planes[PLANES], int64_t k)
{
	uint64_t greater = 0, equal = UINT64_MAX;

	if (k <= 0)
		return UINT64_MAX;
	if (k > MOST_COUNTED)
		return 0;
	for (int b = PLANES - 1; b >= 0; b--) {
		if (k >> b & 1) {
			equal &= planes[b];
		} else {
			greater |= equal & planes[b];
			equal &= ~planes[b];
		}
	}
	return greater | equal;
}

/* Count, sign, k; as span_compare() with k a point. */
static struct slice
compare_count(enum sign sign, const struct slice *c, int64_t k)
{
	struct slice s = {0};

	switch (sign) {
	case SIGN_GT:
		return compare_count(SIGN_GE, c, k + 1);
	case SIGN_GE:
		s.sure[0] = at_least(c->sure, k);
		s.may[0] = at_least(c->may, k);
		return s;
	case SIGN_LE:
		return compare_count(SIGN_LT, c, k + 1);
	case SIGN_LT:
		s.sure[0] = ~at_least(c->may, k);
		s.may[0] = ~at_least(c->sure, k);
		return s;
	case SIGN_EQ:
		s.sure[0] = at_least(c->sure, k) & ~at_least(c->may, k + 1);
		s.may[0] = at_least(c->may, k) & ~at_least(c->sure, k + 1);
		return s;
	case SIGN_NE: {
		struct slice eq = compare_count(SIGN_EQ, c, k);
		s.sure[0] = ~eq.may[0];
		s.may[0] = ~eq.sure[0];
		return s;
	}
	}
	UNREACHABLE();
}

static enum sign
turned(enum sign sign)
{
	switch (sign) {
	case SIGN_LT:
		return SIGN_GT;
	case SIGN_LE:
		return SIGN_GE;
	case SIGN_GT:
		return SIGN_LT;
	case SIGN_GE:
		return SIGN_LE;
	case SIGN_EQ:
	case SIGN_NE:
		return sign;
	}
	UNREACHABLE();
}

static void
compare(const struct sliced *s, const struct node *n, const struct slice *v,
    struct slice *ret)
{
	bool count_first;

	(void)is_counting(s->k, n, s->forms, &count_first);
	uint32_t count = count_first ? n->a : n->b;
	uint32_t number = count_first ? n->b : n->a;
	enum sign sign = (enum sign)n->sign;
	*ret = compare_count(count_first ? sign : turned(sign), &v[count],
	    s->k->nodes[number].number.num);
}

static void
fold(const struct node *n, const uint32_t *operands, const struct slice *v,
    struct slice *ret)
{
	const uint32_t *of = operands + n->a;

	if (n->op == ND_SUM) {
		*ret = (struct slice){0};
		for (uint32_t i = 0; i < n->n; i++) {
			count_one(ret->sure, v[of[i]].sure[0]);
			count_one(ret->may, v[of[i]].may[0]);
		}
		return;
	}
	ret->sure[0] = v[of[0]].sure[0];
	ret->may[0] = v[of[0]].may[0];
	for (uint32_t i = 1; i < n->n; i++) {
		const struct slice *s = &v[of[i]];
		if (n->op == ND_AND) {
			ret->sure[0] &= s->sure[0];
			ret->may[0] &= s->may[0];
		} else {
			ret->sure[0] |= s->sure[0];
			ret->may[0] |= s->may[0];
		}
	}
}

static void
slice_run(const struct sliced *s, const struct node *n, const struct batch *b,
    const struct slice *v, struct slice *ret)
{
	switch ((enum node_op)n->op) {
	case ND_RATE_TEST:
		test_rates(n, b, ret);
		return;
	case ND_PARTICIPANTS_TEST:
		test_participants(n, b, ret);
		return;
	case ND_AND:
	case ND_OR:
	case ND_SUM:
		fold(n, s->k->operands, v, ret);
		return;
	case ND_NOT:
		ret->sure[0] = ~v[n->a].may[0];
		ret->may[0] = ~v[n->a].sure[0];
		return;
	case ND_COMPARE:
		compare(s, n, v, ret);
		return;
	case ND_RURAL:
	case ND_SMALL:
		ret->sure[0] = ret->may[0] = property(b, n->op == ND_RURAL);
		return;
	default: /* a constant: form_of() let nothing else through */
		ret->sure[0] = ret->may[0] = everywhere(n->number.num == 1);
		return;
	}
}

/* ---- what came of it, school by school ---- */

static enum truth
truth_at(const struct slice *s, size_t lane)
{
	if (s->sure[0] >> lane & 1)
		return TRUTH_YES;
	return s->may[0] >> lane & 1 ? TRUTH_UNKNOWN : TRUTH_NO;
}

/* As program_status(). */
static enum method_status
status_at(const struct kind_program *k, const struct slice *v, size_t lane)
{
	if (k->applies != NO_NODE &&
	    truth_at(&v[k->applies], lane) != TRUTH_YES)
		return METHOD_NOT_APPLICABLE;

	enum truth listed = truth_at(&v[k->listed], lane);
	if (listed == TRUTH_YES)
		return METHOD_LISTED;
	bool enough = k->enough == NO_NODE ?
			  listed == TRUTH_NO :
			  truth_at(&v[k->enough], lane) == TRUTH_YES;
	return enough ? METHOD_NOT_LISTED : METHOD_NO_DATA;
}

static void
put_low(struct judging *j, const struct facts *f, const struct program_low *l,
    struct method_decision *d)
{
	struct fact_count count = facts_count(f, l->cell);

	j->low[d->n_low++] = (struct method_low){
	    .procedure = l->procedure,
	    .year = syear_plus(j->p->year, -l->back),
	    .count = count,
	    .is_small = count.participants < METHOD_SMALL,
	};
}

static void
give_lane(struct judging *j, const struct sliced *s, const struct batch *b,
    size_t lane, uint64_t has_low)
{
	const struct kind_program *k = s->k;
	struct method_decision d = {.low = j->low};

	d.result.status = status_at(k, j->v, lane);
	if (d.result.status != METHOD_NOT_APPLICABLE) {
		for (size_t i = 0; i < j->p->m->n_criteria; i++) {
			enum truth t = truth_at(&j->v[k->criteria[i]], lane);
			d.result.holds |= (uint32_t)(t == TRUTH_YES) << i;
			d.result.unknown |= (uint32_t)(t == TRUTH_UNKNOWN) << i;
		}
		for (size_t i = 0; (has_low >> lane & 1) && i < k->n_lows;
		     i++) {
			const struct program_low *l = &k->lows[s->order[i]];
			if (j->v[l->node].sure[0] >> lane & 1)
				put_low(j, b->facts[lane], l, &d);
		}
	}
	j->each(j->ctx, b->at[lane], &d);
}

static void
judge_sliced(struct judging *j, const struct sliced *s, const struct batch *b)
{
	uint64_t has_low = 0;

	for (uint32_t i = 0; i < s->k->n; i++)
		slice_run(s, &s->k->nodes[i], b, j->v, &j->v[i]);
	for (size_t i = 0; i < s->k->n_lows; i++)
		has_low |= j->v[s->k->lows[i].node].sure[0];
	for (size_t lane = 0; lane < b->n; lane++)
		give_lane(j, s, b, lane, has_low);
}

static void
judge_alone(
    struct judging *j, const struct sliced *s, const struct facts *f, size_t at)
{
	struct method_decision d = {
	    .result = method_decide(j->p, f, j->slots), .low = j->low};

	if (d.result.status != METHOD_NOT_APPLICABLE)
		for (size_t i = 0; i < s->k->n_lows; i++) {
			const struct program_low *l = &s->k->lows[s->order[i]];
			if (span_holds(j->slots->v[l->node]) == TRUTH_YES)
				put_low(j, f, l, &d);
		}
	j->each(j->ctx, at, &d);
}

static void
judge_batch(struct judging *j, enum school_kind kind)
{
	struct batch *b = &j->batches[kind];

	if (b->n)
		judge_sliced(j, &j->kinds[kind], b);
	b->n = 0;
}

static struct judging
judging_open(struct arena *mem, const struct method_program *p)
{
	struct judging j = {.p = p,
	    .v = arena_new(mem, struct slice, p->most_nodes + 1),
	    .slots = method_slots_open(mem, p)};
	size_t most_lows = 0;

	for (int kind = 0; kind < KIND_COUNT; kind++) {
		const struct kind_program *k = &p->kinds[kind];
		j.kinds[kind] = (struct sliced){
		    .k = k,
		    .forms = forms_of(mem, k),
		    .order = order_lows(mem, p->m->vocabulary, k),
		};
		if (k->n_lows > most_lows)
			most_lows = k->n_lows;
	}
	j.low = arena_new(mem, struct method_low, most_lows + 1);
	return j;
}

void
method_decide_many(const struct method_program *p, method_facts_at *at,
    size_t n, method_each *each, void *ctx)
{
	autoarena mem = arena_open(0);
	struct judging j = judging_open(mem, p);

	j.each = each;
	j.ctx = ctx;
	for (size_t i = 0; i < n; i++) {
		const struct facts *f = at(ctx, i);
		struct batch *b = &j.batches[f->kind];
		if (!j.kinds[f->kind].forms) {
			judge_alone(&j, &j.kinds[f->kind], f, i);
			continue;
		}
		b->facts[b->n] = f;
		b->at[b->n++] = i;
		if (b->n == LANES)
			judge_batch(&j, f->kind);
	}
	for (int kind = 0; kind < KIND_COUNT; kind++)
		judge_batch(&j, (enum school_kind)kind);
}
