/*
 * method_margin.c - how few pupils would turn the verdict, and the single
 * results of next year that would.
 *
 * The margin is found by going through the exam results one after another
 * and keeping, for every distinct outcome the rules have come to so far, the
 * cheapest way to it.  An outcome is the value of each node that a later
 * step still reads: the part of a count or of an "and" that is already
 * summed up, a finished operand of a comparison.  Two ways with one outcome
 * cannot differ in anything that follows, so the dearer one is dropped; that
 * is why the answer is exact, and why a rule that counts ten procedures
 * needs ten outcomes and not two to the tenth.
 *
 * For one result only those numbers of failed pupils are tried that change a
 * node read by the rest, each at its lowest price.
 */
#include <string.h>

#include "lang/method_program.h"

/* A result that may change, in the order they are gone through. */
struct variable {
	uint32_t cell;
	int32_t now;     /* failed */
	int32_t room;    /* pupils that may be turned */
	int32_t towards; /* +1 more fail, -1 fewer */
};

struct option {
	int32_t price;
	int32_t failed;
};

/* One outcome after some of the variables, and the cheapest way to it. */
struct way {
	int64_t price;
	int32_t flips; /* results changed: fewer are better at one price */
	uint32_t from; /* the way it comes from, in the previous layer */
	struct option option;
};

struct layer {
	struct way *ways;
	struct span *outcomes; /* n rows of n_live */
	size_t n;
	size_t cap;
	const uint32_t *live; /* nodes that later steps read */
	size_t n_live;
};

struct search {
	struct arena *mem;
	const struct kind_program *k;
	struct facts facts; /* counts are the search's own */
	struct fact_count *counts;
	struct variable *vars;
	int32_t n_vars;
	bool *used;          /* node: read by the status */
	int32_t *first;      /* node: first variable in it, or -1 */
	int32_t *last;       /* node: last variable in it, or -1 */
	int32_t *begin;      /* node of many: step of its first operand */
	int32_t *read_until; /* node: last variable at which it is read whole */
	struct span *v;
};

static bool
reads_failed(const struct node *n)
{
	return n->op == ND_FAILED || n->op == ND_RATE || n->op == ND_RATE_TEST;
}

static void
mark_used(struct search *s)
{
	const struct kind_program *k = s->k;

	s->used[k->listed] = true;
	if (k->enough != NO_NODE)
		s->used[k->enough] = true;
	for (uint32_t i = k->n; i-- > 0;) {
		uint32_t pair[2];
		const uint32_t *of;
		if (!s->used[i])
			continue;
		uint32_t n =
		    node_operands(&k->nodes[i], k->operands, pair, &of);
		for (uint32_t j = 0; j < n; j++)
			s->used[of[j]] = true;
	}
}

static int32_t
variable_of(struct search *s, uint32_t cell, bool is_listed)
{
	struct fact_count c = s->counts[cell];
	int32_t room = is_listed ? c.failed : c.participants - c.failed;

	if (c.participants <= 0 || room <= 0)
		return -1;
	for (int32_t i = 0; i < s->n_vars; i++)
		if (s->vars[i].cell == cell)
			return i;
	s->vars[s->n_vars] = (struct variable){.cell = cell,
	    .now = c.failed,
	    .room = room,
	    .towards = is_listed ? -1 : 1};
	return s->n_vars++;
}

/* Which variables each node hangs on, and how long it is read. */
static void
measure(struct search *s, bool is_listed)
{
	const struct kind_program *k = s->k;

	for (uint32_t i = 0; i < k->n; i++) {
		const struct node *n = &k->nodes[i];
		uint32_t pair[2];
		const uint32_t *of;
		s->first[i] = s->last[i] = s->begin[i] = -1;
		s->read_until[i] = -1;
		if (!s->used[i])
			continue;
		if (reads_failed(n))
			s->first[i] = s->last[i] =
			    variable_of(s, n->a, is_listed);
		uint32_t n_of = node_operands(n, k->operands, pair, &of);
		for (uint32_t j = 0; j < n_of; j++) {
			int32_t first = s->first[of[j]];
			if (first >= 0 &&
			    (s->first[i] < 0 || first < s->first[i]))
				s->first[i] = first;
			if (s->last[of[j]] > s->last[i])
				s->last[i] = s->last[of[j]];
			if (first >= 0 &&
			    (s->begin[i] < 0 || s->last[of[j]] < s->begin[i]))
				s->begin[i] = s->last[of[j]];
		}
		for (uint32_t j = 0; !is_many((enum node_op)n->op) && j < n_of;
		     j++)
			if (s->last[i] > s->read_until[of[j]])
				s->read_until[of[j]] = s->last[i];
	}
	s->read_until[k->listed] = s->n_vars;
	if (k->enough != NO_NODE)
		s->read_until[k->enough] = s->n_vars;
}

/* Two operands of the same kind of many, joined. */
static struct span
join(const struct node *n, struct span a, struct span b)
{
	switch ((enum node_op)n->op) {
	case ND_AND:
		return span_and(a, b);
	case ND_OR:
		return span_or(a, b);
	default:
		return span_add(a, b);
	}
}

/*
 * What step adds to a node of many: its operands finished at that step, on
 * top of what is there from earlier ones.
 */
static void
join_step(struct search *s, uint32_t i, int32_t step)
{
	const struct node *n = &s->k->nodes[i];
	const uint32_t *of = s->k->operands + n->a;
	bool begun = step > s->begin[i];
	struct span sum = s->v[i];

	for (int pass = 0; pass < 2; pass++) {
		/* at the first step: before all, what never changes */
		int32_t wanted = pass == 0 ? -1 : step;
		if (pass == 0 && begun)
			continue;
		for (uint32_t j = 0; j < n->n; j++) {
			if (s->last[of[j]] != wanted)
				continue;
			sum = begun ? join(n, sum, s->v[of[j]]) : s->v[of[j]];
			begun = true;
		}
	}
	s->v[i] = sum;
}

static bool
is_touched(const struct search *s, uint32_t i, int32_t step)
{
	const struct node *n = &s->k->nodes[i];

	if (!s->used[i] || s->first[i] < 0)
		return false;
	if (s->last[i] == step)
		return true;
	if (!is_many((enum node_op)n->op) || s->first[i] > step ||
	    s->last[i] < step)
		return false;
	for (uint32_t j = 0; j < n->n; j++)
		if (s->last[s->k->operands[n->a + j]] == step)
			return true;
	return false;
}

static void
run_touched(struct search *s, const uint32_t *touched, size_t n, int32_t step)
{
	for (size_t i = 0; i < n; i++) {
		const struct node *node = &s->k->nodes[touched[i]];
		if (is_many((enum node_op)node->op))
			join_step(s, touched[i], step);
		else
			node_run(node, s->k->operands, &s->facts, s->v,
			    &s->v[touched[i]]);
	}
}

struct nodes {
	uint32_t *p;
	size_t n;
};

/* Nodes of one variable alone that something wider reads. */
static struct nodes
find_frontier(struct search *s, int32_t step)
{
	const struct kind_program *k = s->k;
	bool *is_read = arena_new(s->mem, bool, k->n);
	struct nodes f = {.p = arena_new(s->mem, uint32_t, k->n)};

	is_read[k->listed] = true;
	if (k->enough != NO_NODE)
		is_read[k->enough] = true;
	for (uint32_t i = 0; i < k->n; i++) {
		uint32_t pair[2];
		const uint32_t *of;
		if (!s->used[i] || s->first[i] < 0 ||
		    (s->first[i] == step && s->last[i] == step))
			continue;
		uint32_t n =
		    node_operands(&k->nodes[i], k->operands, pair, &of);
		for (uint32_t j = 0; j < n; j++)
			is_read[of[j]] = true;
	}
	for (uint32_t i = 0; i < k->n; i++)
		if (s->used[i] && s->first[i] == step && s->last[i] == step &&
		    is_read[i])
			f.p[f.n++] = i;
	return f;
}

static struct nodes
find_local(struct search *s, int32_t step)
{
	struct nodes f = {.p = arena_new(s->mem, uint32_t, s->k->n)};

	for (uint32_t i = 0; i < s->k->n; i++)
		if (s->used[i] && s->first[i] == step && s->last[i] == step)
			f.p[f.n++] = i;
	return f;
}

static bool
same_spans(const struct span *a, const struct span *b, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!span_eq(a[i], b[i]))
			return false;
	return true;
}

/* The numbers of failed pupils worth trying, each at its lowest price. */
static size_t
find_options(struct search *s, int32_t step, struct option **ret)
{
	const struct variable *var = &s->vars[step];
	struct nodes local = find_local(s, step);
	struct nodes frontier = find_frontier(s, step);
	VEC(struct option) options = {0};
	VEC(struct span) seen = {0};

	for (int32_t price = 0; price <= var->room; price++) {
		int32_t failed = var->now + price * var->towards;
		bool is_new = true;
		s->counts[var->cell].failed = failed;
		run_touched(s, local.p, local.n, step);
		size_t at = seen.n;
		for (size_t i = 0; i < frontier.n; i++)
			*vec_push(s->mem, &seen) = s->v[frontier.p[i]];
		for (size_t i = options.n; is_new && i-- > 0;)
			is_new = !same_spans(
			    seen.p + i * frontier.n, seen.p + at, frontier.n);
		if (is_new)
			*vec_push(s->mem, &options) =
			    (struct option){price, failed};
		else
			seen.n = at;
	}
	s->counts[var->cell].failed = var->now;
	*ret = options.p;
	return options.n;
}

static void
find_live(struct search *s, int32_t step, struct layer *l)
{
	uint32_t *live = arena_new(s->mem, uint32_t, s->k->n);

	for (uint32_t i = 0; i < s->k->n; i++) {
		if (!s->used[i] || s->first[i] < 0 || s->first[i] > step)
			continue;
		bool whole = s->last[i] <= step && step < s->read_until[i];
		bool part = is_many((enum node_op)s->k->nodes[i].op) &&
			    s->begin[i] <= step && step < s->last[i];
		if (whole || part)
			live[l->n_live++] = i;
	}
	l->live = live;
}

/* Keep the outcome now in s->v, or a cheaper way to one that is kept. */
static void
keep(
    struct search *s, struct map *known, struct layer *l, const struct way *way)
{
	size_t bytes = l->n_live * sizeof(struct span);
	struct span *row = arena_raw(s->mem, bytes ? bytes : 1);

	for (size_t i = 0; i < l->n_live; i++)
		row[i] = s->v[l->live[i]];
	int64_t *place = map_at(known, (struct str){(const char *)row, bytes});
	if (*place != MAP_NONE) {
		struct way *was = &l->ways[*place];
		if (way->price < was->price ||
		    (way->price == was->price && way->flips < was->flips))
			*was = *way;
		return;
	}
	if (l->n == l->cap) {
		size_t cap = l->cap;
		l->ways =
		    vec_grow(s->mem, l->ways, l->n, &cap, sizeof *l->ways);
		cap = l->cap;
		size_t wide = bytes ? bytes : 1;
		l->outcomes = vec_grow(s->mem, l->outcomes, l->n, &cap, wide);
		l->cap = cap;
	}
	*place = (int64_t)l->n;
	if (bytes)
		memcpy((char *)l->outcomes + l->n * bytes, row, bytes);
	l->ways[l->n++] = *way;
}

/* One more variable: every way so far with every option. */
static bool
advance(struct search *s, const struct layer *before, int32_t step,
    struct layer *after)
{
	struct option *options;
	size_t n_options = find_options(s, step, &options);
	struct map known = map_open(s->mem);
	uint32_t *touched = arena_new(s->mem, uint32_t, s->k->n);
	size_t n_touched = 0;

	for (uint32_t i = 0; i < s->k->n; i++)
		if (is_touched(s, i, step))
			touched[n_touched++] = i;
	find_live(s, step, after);
	for (size_t w = 0; w < before->n; w++) {
		const struct span *row = before->outcomes + w * before->n_live;
		for (size_t o = 0; o < n_options; o++) {
			for (size_t i = 0; i < before->n_live; i++)
				s->v[before->live[i]] = row[i];
			s->counts[s->vars[step].cell].failed =
			    options[o].failed;
			run_touched(s, touched, n_touched, step);
			struct way way = before->ways[w];
			way.price += options[o].price;
			way.flips += options[o].price > 0;
			way.from = (uint32_t)w;
			way.option = options[o];
			keep(s, &known, after, &way);
		}
		if (after->n > METHOD_STATES || arena_full(s->mem))
			return false;
	}
	s->counts[s->vars[step].cell].failed = s->vars[step].now;
	return true;
}

static const struct way *
cheapest(struct search *s, const struct layer *l, enum method_status was)
{
	const struct way *best = NULL;

	for (size_t w = 0; w < l->n; w++) {
		const struct way *way = &l->ways[w];
		for (size_t i = 0; i < l->n_live; i++)
			s->v[l->live[i]] = l->outcomes[w * l->n_live + i];
		bool listed = span_holds(s->v[s->k->listed]) == TRUTH_YES;
		if (listed == (was == METHOD_LISTED))
			continue;
		if (!best || way->price < best->price ||
		    (way->price == best->price && way->flips < best->flips))
			best = way;
	}
	return best;
}

static struct margin
trace_back(struct search *s, const struct method_program *p,
    const struct layer *layers, const struct way *best)
{
	struct method_flip *flips =
	    arena_new(s->mem, struct method_flip, (size_t)best->flips);
	size_t n = (size_t)best->flips;
	uint32_t procedures = (uint32_t)p->m->vocabulary->n_procedures;
	const struct way *way = best;

	for (int32_t step = s->n_vars; step-- > 0;) {
		const struct variable *var = &s->vars[step];
		if (way->option.price)
			flips[--n] = (struct method_flip){
			    .procedure = var->cell % procedures,
			    .year = syear_plus(p->year,
				-1 - (int32_t)(var->cell / procedures)),
			    .from = var->now,
			    .to = way->option.failed};
		way = &layers[step].ways[way->from];
	}
	return (struct margin){.is_exact = true,
	    .exists = true,
	    .pupils = best->price,
	    .flips = flips,
	    .n = (size_t)best->flips};
}

static struct search
search_open(
    struct arena *mem, const struct method_program *p, const struct facts *f)
{
	const struct kind_program *k = &p->kinds[f->kind];
	size_t cells = FACT_YEARS * p->m->vocabulary->n_procedures;
	struct search s = {
	    .mem = mem,
	    .k = k,
	    .facts = *f,
	    .counts = facts_counts(mem, f, cells),
	    .vars = arena_new(mem, struct variable, cells),
	    .used = arena_new(mem, bool, k->n),
	    .first = arena_new(mem, int32_t, k->n),
	    .last = arena_new(mem, int32_t, k->n),
	    .begin = arena_new(mem, int32_t, k->n),
	    .read_until = arena_new(mem, int32_t, k->n),
	    .v = arena_new(mem, struct span, k->n),
	};

	facts_alone(mem, &s.facts, s.counts, cells);
	nodes_run(k->nodes, 0, k->n, k->operands, f, s.v);
	return s;
}

struct margin
method_margin(
    struct arena *mem, const struct method_program *p, const struct facts *f)
{
	struct search s = search_open(mem, p, f);
	enum method_status was = program_status(s.k, s.v);
	const struct way start = {0};

	if (was != METHOD_LISTED && was != METHOD_NOT_LISTED)
		return (struct margin){.is_exact = true};
	mark_used(&s);
	measure(&s, was == METHOD_LISTED);

	struct layer *layers =
	    arena_new(mem, struct layer, (size_t)s.n_vars + 1);
	struct map known = map_open(mem);
	keep(&s, &known, &layers[0], &start);
	for (int32_t step = 0; step < s.n_vars; step++)
		if (!advance(&s, &layers[step], step, &layers[step + 1]))
			return (struct margin){0};
	const struct way *best = cheapest(&s, &layers[s.n_vars], was);
	if (!best)
		return (struct margin){.is_exact = true};
	return trace_back(&s, p, layers, best);
}

/* The edge. */

enum { SUPPOSED_COHORT = 100 }; /* a share, where no cohort is known */

static int32_t
last_cohort(
    const struct method_program *p, const struct facts *f, uint32_t procedure)
{
	size_t n = p->m->vocabulary->n_procedures;

	for (size_t back = 1; back <= FACT_YEARS; back++) {
		size_t cell = (back - 1) * n + procedure;
		if (facts_count(f, cell).participants > 0)
			return facts_count(f, cell).participants;
	}
	return 0;
}

/* Does the coming year's rule look at last year's result of a procedure? */
static bool
is_looked_at(const struct kind_program *k, uint32_t procedure)
{
	for (uint32_t i = 0; i < k->n; i++)
		if (reads_failed(&k->nodes[i]) && k->nodes[i].a == procedure)
			return true;
	return false;
}

struct next_year {
	const struct method_program *p; /* of the next list */
	struct method_slots *slots;
	struct facts facts;
	struct fact_count *counts;
};

/* This year's results become those of the year before. */
static struct next_year
next_year_open(
    struct arena *mem, const struct method_program *next, const struct facts *f)
{
	size_t n = next->m->vocabulary->n_procedures;
	struct next_year y = {.p = next,
	    .slots = method_slots_open(mem, next),
	    .facts = *f,
	    .counts = facts_counts(mem, f, FACT_YEARS * n)};

	memmove(
	    y.counts + n, y.counts, (FACT_YEARS - 1) * n * sizeof *y.counts);
	facts_alone(mem, &y.facts, y.counts, FACT_YEARS * n);
	return y;
}

static enum method_status
judge(const struct next_year *y)
{
	return method_decide(y->p, &y->facts, y->slots).status;
}

/* The smallest number of failed that puts it on, or 0. */
static int32_t
enters_from(struct next_year *y, uint32_t procedure, int32_t cohort)
{
	struct fact_count was = y->counts[procedure];
	int32_t from = 0;

	y->counts[procedure].participants = cohort;
	for (int32_t failed = 1; !from && failed <= cohort; failed++) {
		y->counts[procedure].failed = failed;
		if (judge(y) == METHOD_LISTED)
			from = failed;
	}
	y->counts[procedure] = was;
	return from;
}

static void
find_leaving(
    struct next_year *y, struct method_edge *e, struct method_edge_at *out)
{
	size_t n = y->p->m->vocabulary->n_procedures;

	for (uint32_t i = 0; i < n; i++) {
		struct fact_count was = y->counts[i];
		if (was.participants <= 0 || !was.failed)
			continue;
		y->counts[i].failed = 0;
		if (judge(y) != METHOD_LISTED)
			out[e->n_leave++] = (struct method_edge_at){
			    i, was.participants, was.failed};
		y->counts[i] = was;
	}
	e->leave = out;
}

static void
find_entering(struct next_year *y, const struct facts *f, struct method_edge *e,
    struct method_edge_at *out)
{
	const struct kind_program *k = &y->p->kinds[f->kind];
	size_t n = y->p->m->vocabulary->n_procedures;

	for (uint32_t i = 0; i < n; i++) {
		int32_t cohort = y->counts[i].participants;
		if (!is_looked_at(k, i) ||
		    !(y->p->m->vocabulary->procedures[i].kinds >> f->kind & 1))
			continue;
		int32_t from =
		    enters_from(y, i, cohort > 0 ? cohort : SUPPOSED_COHORT);
		if (from)
			out[e->n_enter++] = (struct method_edge_at){
			    i, cohort > 0 ? cohort : 0, from};
	}
	e->enter = out;
}

struct method_edge
method_edge(struct arena *mem, const struct method_program *p,
    const struct method_program *next, const struct facts *f)
{
	size_t n = p->m->vocabulary->n_procedures;
	struct next_year y = next_year_open(mem, next, f);
	struct method_edge e = {
	    .now = method_decide(p, f, method_slots_open(mem, p)).status};

	e.if_repeat = judge(&y);
	if (e.if_repeat == METHOD_LISTED)
		find_leaving(&y, &e, arena_new(mem, struct method_edge_at, n));
	for (uint32_t i = 0; i < n; i++)
		y.counts[i] = (struct fact_count){last_cohort(p, f, i), 0};
	e.if_clean = judge(&y);
	if (e.if_clean == METHOD_NOT_LISTED || e.if_clean == METHOD_NO_DATA)
		find_entering(
		    &y, f, &e, arena_new(mem, struct method_edge_at, n));
	return e;
}
