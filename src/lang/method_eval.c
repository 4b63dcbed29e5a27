/* method_eval.c - one school against the nodes of a program. */
#include "lang/method_program.h"

const char *const method_status_codes[METHOD_STATUS_COUNT] = {
    [METHOD_LISTED] = "listed",
    [METHOD_NOT_LISTED] = "not_listed",
    [METHOD_NO_DATA] = "no_data",
    [METHOD_NOT_APPLICABLE] = "not_applicable",
};

const char *const method_status_titles[METHOD_STATUS_COUNT] = {
    [METHOD_LISTED] = N_("в перечне"),
    [METHOD_NOT_LISTED] = N_("не в перечне"),
    [METHOD_NO_DATA] = N_("нет данных"),
    [METHOD_NOT_APPLICABLE] = N_("не применяется"),
};

const char *const missing_reason_titles[MISSING_REASON_COUNT] = {
    [MISSING_NONE] = N_("данные есть"),
    [MISSING_NOT_LOADED] = N_("не загружено"),
    [MISSING_NO_PARTICIPANTS] = N_("участников не было"),
    [MISSING_NOT_APPLICABLE] = N_("в школе этого вида не проводится"),
    [MISSING_NOT_HELD] = N_("в этом учебном году не проводилось"),
};

/* Numbers with infinity: denominator 0. */

static const struct ratio ENDLESS = {1, 0};
static const struct ratio ENDLESS_DOWN = {-1, 0};

static bool
is_endless(struct ratio r)
{
	return r.den == 0;
}

static int
bound_cmp(struct ratio a, struct ratio b)
{
	if (a.den == b.den && a.den)
		return (a.num > b.num) - (a.num < b.num);
	if (is_endless(a) && is_endless(b))
		return (a.num > b.num) - (a.num < b.num);
	return ratio_cmp(a, b);
}

static struct ratio
bound_min(struct ratio a, struct ratio b)
{
	return bound_cmp(a, b) <= 0 ? a : b;
}

static struct ratio
bound_max(struct ratio a, struct ratio b)
{
	return bound_cmp(a, b) >= 0 ? a : b;
}

struct span
span_of(struct ratio r)
{
	return (struct span){r, r};
}

struct span
span_truth(enum truth t)
{
	return (struct span){
	    ratio_int(t == TRUTH_YES), ratio_int(t != TRUTH_NO)};
}

static struct span
span_bounds(int64_t lo, int64_t hi)
{
	return (struct span){{lo, 1}, {hi, 1}};
}

enum truth
span_holds(struct span s)
{
	if (s.lo.num)
		return TRUTH_YES;
	return s.hi.num ? TRUTH_UNKNOWN : TRUTH_NO;
}

bool
span_eq(struct span a, struct span b)
{
	return bound_cmp(a.lo, b.lo) == 0 && bound_cmp(a.hi, b.hi) == 0;
}

bool
span_is_point(struct span s)
{
	return !is_endless(s.lo) && bound_cmp(s.lo, s.hi) == 0;
}

/* A result too large for 64 bits is told as "may be anything". */
static struct span
anything(void)
{
	return (struct span){ENDLESS_DOWN, ENDLESS};
}

static bool
bound_add(struct ratio a, struct ratio b, struct ratio *ret)
{
	if (a.den == 1 && b.den == 1) {
		ret->den = 1;
		return !__builtin_add_overflow(a.num, b.num, &ret->num);
	}
	if (is_endless(a) || is_endless(b)) {
		*ret = is_endless(a) ? a : b;
		return true;
	}
	return ratio_add(a, b, ret);
}

struct span
span_add(struct span a, struct span b)
{
	struct span s;

	if (!bound_add(a.lo, b.lo, &s.lo) || !bound_add(a.hi, b.hi, &s.hi))
		return anything();
	return s;
}

static struct ratio
bound_minus(struct ratio a)
{
	return (struct ratio){-a.num, a.den};
}

static struct span
span_sub(struct span a, struct span b)
{
	if (b.lo.num == INT64_MIN || b.hi.num == INT64_MIN)
		return anything();
	return span_add(a, (struct span){bound_minus(b.hi), bound_minus(b.lo)});
}

static int
bound_sign(struct ratio a)
{
	return (a.num > 0) - (a.num < 0);
}

static bool
bound_mul(struct ratio a, struct ratio b, struct ratio *ret)
{
	int sign = bound_sign(a) * bound_sign(b);

	if (sign == 0) {
		*ret = ratio_int(0);
		return true;
	}
	if (is_endless(a) || is_endless(b)) {
		*ret = sign > 0 ? ENDLESS : ENDLESS_DOWN;
		return true;
	}
	return ratio_mul(a, b, ret);
}

static struct span
span_mul(struct span a, struct span b)
{
	const struct ratio left[] = {a.lo, a.lo, a.hi, a.hi};
	const struct ratio right[] = {b.lo, b.hi, b.lo, b.hi};
	struct span s = {ENDLESS, ENDLESS_DOWN};

	for (size_t i = 0; i < COUNT_OF(left); i++) {
		struct ratio r;
		if (!bound_mul(left[i], right[i], &r))
			return anything();
		s.lo = bound_min(s.lo, r);
		s.hi = bound_max(s.hi, r);
	}
	return s;
}

/*
 * By a divisor that may be 0 the quotient is unknown; of what is not
 * negative it is still not negative.
 */
static struct span
span_div(struct span a, struct span b)
{
	if (bound_sign(b.lo) > 0) {
		struct span inverse = {
		    {b.hi.den, b.hi.num}, {b.lo.den, b.lo.num}};
		if (is_endless(b.hi))
			inverse.lo = ratio_int(0);
		return span_mul(a, inverse);
	}
	if (bound_sign(a.lo) >= 0 && bound_sign(b.lo) >= 0)
		return (struct span){ratio_int(0), ENDLESS};
	return anything();
}

/* yes and no as 1 and 0 */
struct span
span_and(struct span a, struct span b)
{
	return span_bounds(a.lo.num & b.lo.num, a.hi.num & b.hi.num);
}

struct span
span_or(struct span a, struct span b)
{
	return span_bounds(a.lo.num | b.lo.num, a.hi.num | b.hi.num);
}

static struct span
yes_no(bool always, bool sometimes)
{
	return span_bounds(always, sometimes);
}

/* Holds for the whole of both spans, for a part, for nothing. */
static struct span
span_compare(enum sign sign, struct span a, struct span b)
{
	switch (sign) {
	case SIGN_LT:
		return yes_no(
		    bound_cmp(a.hi, b.lo) < 0, bound_cmp(a.lo, b.hi) < 0);
	case SIGN_LE:
		return yes_no(
		    bound_cmp(a.hi, b.lo) <= 0, bound_cmp(a.lo, b.hi) <= 0);
	case SIGN_GT:
		return span_compare(SIGN_LT, b, a);
	case SIGN_GE:
		return span_compare(SIGN_LE, b, a);
	case SIGN_EQ:
		return yes_no(span_is_point(a) && span_eq(a, b),
		    bound_cmp(a.lo, b.hi) <= 0 && bound_cmp(b.lo, a.hi) <= 0);
	case SIGN_NE: {
		struct span eq = span_compare(SIGN_EQ, a, b);
		return yes_no(!eq.hi.num, !eq.lo.num);
	}
	}
	UNREACHABLE();
}

static struct span
span_gate(struct span holds, struct span value)
{
	struct span s = value;

	if (holds.lo.num)
		return s;
	if (!holds.hi.num)
		return span_of(ratio_int(0));
	s.lo = bound_min(s.lo, ratio_int(0));
	s.hi = bound_max(s.hi, ratio_int(0));
	return s;
}

/* Facts as spans. */

static struct span
count_span(int32_t number, bool is_row, bool closed)
{
	if (is_row)
		return span_bounds(number, number);
	if (closed)
		return span_bounds(0, 0);
	return (struct span){ratio_int(0), ENDLESS};
}

static struct span
rate_span(struct fact_count c)
{
	if (c.participants > 0)
		return span_of((struct ratio){c.failed, c.participants});
	return span_bounds(0, 1);
}

static struct span
element_span(struct fact_value e, bool is_share)
{
	if (e.is_known)
		return span_of(e.value);
	return (struct span){ratio_int(0), is_share ? ratio_int(1) : ENDLESS};
}

static bool
sign_holds(enum sign sign, int c)
{
	switch (sign) {
	case SIGN_LT:
		return c < 0;
	case SIGN_LE:
		return c <= 0;
	case SIGN_GT:
		return c > 0;
	case SIGN_GE:
		return c >= 0;
	case SIGN_EQ:
		return c == 0;
	case SIGN_NE:
		return c != 0;
	}
	UNREACHABLE();
}

/*
 * BASIS: norilsk-2.1 - "not less than 30 % of the participants" is decided
 * on counts, failed * 100 against 30 * participants, never on a percentage.
 */
static struct span
rate_test(const struct node *n, struct fact_count c)
{
	if (c.participants <= 0)
		return span_compare(
		    (enum sign)n->sign, span_bounds(0, 1), span_of(n->number));

	int64_t left, right;
	if (__builtin_mul_overflow((int64_t)c.failed, n->number.den, &left) ||
	    __builtin_mul_overflow(
		(int64_t)c.participants, n->number.num, &right))
		return span_compare(
		    (enum sign)n->sign, rate_span(c), span_of(n->number));
	bool holds =
	    sign_holds((enum sign)n->sign, (left > right) - (left < right));
	return span_bounds(holds, holds);
}

static struct span
participants_test(const struct node *n, struct fact_count c)
{
	if (c.participants < 0 && !n->closed)
		return span_compare((enum sign)n->sign,
		    count_span(0, false, false), span_of(n->number));

	int32_t participants = c.participants < 0 ? 0 : c.participants;
	bool holds = sign_holds(
	    (enum sign)n->sign, ratio_cmp(ratio_int(participants), n->number));
	return span_bounds(holds, holds);
}

bool
is_many(enum node_op op)
{
	return op == ND_AND || op == ND_OR || op == ND_SUM;
}

bool
reads_nodes(enum node_op op)
{
	return op >= ND_NOT;
}

uint32_t
node_operands(const struct node *n, const uint32_t *operands, uint32_t pair[2],
    const uint32_t **ret)
{
	enum node_op op = (enum node_op)n->op;

	if (is_many(op)) {
		*ret = operands + n->a;
		return n->n;
	}
	*ret = pair;
	pair[0] = n->a;
	pair[1] = n->b;
	if (!reads_nodes(op))
		return 0;
	return op == ND_NOT || op == ND_KNOWN ? 1 : 2;
}

/* Each operation of many, folded over its operands. */
static struct span
many(const struct node *n, const uint32_t *operands, const struct span *v)
{
	const uint32_t *of = operands + n->a;
	struct span s = v[of[0]];

	switch ((enum node_op)n->op) {
	case ND_AND:
		for (uint32_t i = 1; i < n->n; i++)
			s = span_and(s, v[of[i]]);
		return s;
	case ND_OR:
		for (uint32_t i = 1; i < n->n; i++)
			s = span_or(s, v[of[i]]);
		return s;
	default:
		for (uint32_t i = 1; i < n->n; i++)
			s = span_add(s, v[of[i]]);
		return s;
	}
}

void
node_run(const struct node *n, const uint32_t *operands, const struct facts *f,
    struct span *v, struct span *ret)
{
	switch ((enum node_op)n->op) {
	case ND_CONST:
		*ret = span_of(n->number);
		return;
	case ND_FAILED:
		*ret = count_span(facts_count(f, n->a).failed,
		    facts_count(f, n->a).participants >= 0, n->closed);
		return;
	case ND_PARTICIPANTS:
		*ret = count_span(facts_count(f, n->a).participants,
		    facts_count(f, n->a).participants >= 0, n->closed);
		return;
	case ND_RATE:
		*ret = rate_span(facts_count(f, n->a));
		return;
	case ND_ELEMENT:
		*ret = element_span(f->elements[n->a], n->is_share);
		return;
	case ND_RURAL:
		*ret = span_bounds(f->is_rural, f->is_rural);
		return;
	case ND_SMALL:
		*ret = span_bounds(f->is_small, f->is_small);
		return;
	case ND_RATE_TEST:
		*ret = rate_test(n, facts_count(f, n->a));
		return;
	case ND_PARTICIPANTS_TEST:
		*ret = participants_test(n, facts_count(f, n->a));
		return;
	case ND_AND:
	case ND_OR:
	case ND_SUM:
		*ret = many(n, operands, v);
		return;
	case ND_NOT:
		*ret = span_bounds(!v[n->a].hi.num, !v[n->a].lo.num);
		return;
	case ND_KNOWN:
		*ret =
		    span_bounds(span_is_point(v[n->a]), span_is_point(v[n->a]));
		return;
	case ND_SUB:
		*ret = span_sub(v[n->a], v[n->b]);
		return;
	case ND_MUL:
		*ret = span_mul(v[n->a], v[n->b]);
		return;
	case ND_DIV:
		*ret = span_div(v[n->a], v[n->b]);
		return;
	case ND_GATE:
		*ret = span_gate(v[n->a], v[n->b]);
		return;
	case ND_COMPARE:
		*ret = span_compare((enum sign)n->sign, v[n->a], v[n->b]);
		return;
	}
	UNREACHABLE();
}

void
nodes_run(const struct node *nodes, uint32_t from, uint32_t to,
    const uint32_t *operands, const struct facts *f, struct span *v)
{
	for (uint32_t i = from; i < to; i++)
		node_run(&nodes[i], operands, f, v, &v[i]);
}

/*
 * Listed only on what is certain.  Without a rule of its own a method has
 * enough data when the rule "listed" is decided.
 */
enum method_status
program_status(const struct kind_program *k, const struct span *v)
{
	if (k->applies != NO_NODE && span_holds(v[k->applies]) != TRUTH_YES)
		return METHOD_NOT_APPLICABLE;

	enum truth listed = span_holds(v[k->listed]);
	if (listed == TRUTH_YES)
		return METHOD_LISTED;
	bool enough = k->enough == NO_NODE ?
			  listed == TRUTH_NO :
			  span_holds(v[k->enough]) == TRUTH_YES;
	return enough ? METHOD_NOT_LISTED : METHOD_NO_DATA;
}

struct method_result
method_decide(const struct method_program *p, const struct facts *f,
    struct method_slots *slots)
{
	const struct kind_program *k = &p->kinds[f->kind];
	struct method_result r = {0};

	nodes_run(k->nodes, 0, k->n, k->operands, f, slots->v);
	r.status = program_status(k, slots->v);
	if (r.status == METHOD_NOT_APPLICABLE)
		return r;
	for (size_t i = 0; i < p->m->n_criteria; i++) {
		enum truth t = span_holds(slots->v[k->criteria[i]]);
		if (t == TRUTH_YES)
			r.holds |= 1u << i;
		else if (t == TRUTH_UNKNOWN)
			r.unknown |= 1u << i;
	}
	return r;
}

enum missing_reason
method_cell_missing(const struct method_program *p, const struct facts *f,
    uint32_t procedure, int32_t back)
{
	const struct vocabulary *v = p->m->vocabulary;
	size_t cell = (size_t)(back - 1) * v->n_procedures + procedure;
	int32_t participants = facts_count(f, cell).participants;

	if (participants > 0)
		return MISSING_NONE;
	if (participants == 0)
		return MISSING_NO_PARTICIPANTS;
	if (!(v->procedures[procedure].kinds >> f->kind & 1))
		return MISSING_NOT_APPLICABLE;
	return p->held[cell] == HELD_NO ? MISSING_NOT_HELD : MISSING_NOT_LOADED;
}

/* The verdict: what was found, by name. */

static int
low_cmp(const struct vocabulary *v, const struct method_low *a,
    const struct method_low *b)
{
	if (a->year.first != b->year.first)
		return a->year.first < b->year.first ? -1 : 1;
	return str_cmp(
	    v->procedures[a->procedure].code, v->procedures[b->procedure].code);
}

static size_t
collect_lows(const struct method_program *p, const struct facts *f,
    const struct span *v, struct method_low *out)
{
	const struct kind_program *k = &p->kinds[f->kind];
	size_t n = 0;

	for (size_t i = 0; i < k->n_lows; i++) {
		const struct program_low *l = &k->lows[i];
		if (span_holds(v[l->node]) != TRUTH_YES)
			continue;
		struct fact_count count = facts_count(f, l->cell);
		struct method_low low = {
		    .procedure = l->procedure,
		    .year = syear_plus(p->year, -l->back),
		    .count = count,
		    .is_small = count.participants < METHOD_SMALL,
		};
		size_t at = n++;
		for (; at && low_cmp(p->m->vocabulary, &low, &out[at - 1]) < 0;
		     at--)
			out[at] = out[at - 1];
		out[at] = low;
	}
	return n;
}

static bool
reads_cell(const struct node *n)
{
	return n->op == ND_FAILED || n->op == ND_PARTICIPANTS ||
	       n->op == ND_RATE || n->op == ND_RATE_TEST ||
	       n->op == ND_PARTICIPANTS_TEST;
}

static size_t
collect_missing(struct arena *mem, const struct method_program *p,
    const struct facts *f, struct method_missing *out)
{
	const struct vocabulary *v = p->m->vocabulary;
	const struct kind_program *k = &p->kinds[f->kind];
	size_t cells = FACT_YEARS * v->n_procedures;
	bool *read = arena_new(mem, bool, cells + v->n_elements);
	size_t n = 0;

	for (uint32_t i = 0; i < k->n; i++) {
		if (reads_cell(&k->nodes[i]))
			read[k->nodes[i].a] = true;
		if (k->nodes[i].op == ND_ELEMENT)
			read[cells + k->nodes[i].a] = true;
	}
	for (size_t c = 0; c < cells; c++) {
		uint32_t procedure = (uint32_t)(c % v->n_procedures);
		int32_t back = 1 + (int32_t)(c / v->n_procedures);
		if (!read[c])
			continue;
		enum missing_reason why =
		    method_cell_missing(p, f, procedure, back);
		if (why != MISSING_NONE)
			out[n++] = (struct method_missing){.index = procedure,
			    .year = syear_plus(p->year, -back),
			    .reason = why};
	}
	for (size_t e = 0; e < v->n_elements; e++)
		if (read[cells + e] && !f->elements[e].is_known)
			out[n++] = (struct method_missing){.is_element = true,
			    .index = (uint32_t)e,
			    .year = p->year,
			    .reason = MISSING_NOT_LOADED};
	return n;
}

struct verdict
method_verdict(
    struct arena *mem, const struct method_program *p, const struct facts *f)
{
	const struct kind_program *k = &p->kinds[f->kind];
	const struct vocabulary *voc = p->m->vocabulary;
	struct method_slots *slots = method_slots_open(mem, p);
	struct method_result r = method_decide(p, f, slots);
	size_t n = p->m->n_criteria;
	enum truth *criteria = arena_new(mem, enum truth, n);
	struct verdict v = {
	    .status = r.status, .n_criteria = n, .criteria = criteria};

	for (size_t i = 0; i < n; i++) {
		if (r.holds >> i & 1)
			criteria[i] = TRUTH_YES;
		else if (r.unknown >> i & 1 ||
			 r.status == METHOD_NOT_APPLICABLE)
			criteria[i] = TRUTH_UNKNOWN;
		else
			criteria[i] = TRUTH_NO;
	}
	if (r.status == METHOD_NOT_APPLICABLE)
		return v;

	struct method_low *low = arena_new(mem, struct method_low, k->n_lows);
	struct method_missing *missing = arena_new(mem, struct method_missing,
	    FACT_YEARS * voc->n_procedures + voc->n_elements);
	v.low = low;
	v.n_low = collect_lows(p, f, slots->v, low);
	v.missing = missing;
	v.n_missing = collect_missing(mem, p, f, missing);
	for (size_t i = 0; i < v.n_low; i++)
		v.is_small |= v.status == METHOD_LISTED && low[i].is_small;
	return v;
}
