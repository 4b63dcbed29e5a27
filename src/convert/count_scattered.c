/*
 * count_scattered.c - pupils in any order: a group comes again and again.
 *
 * The codes of every group are kept, in a window of bits around the first of
 * them (codes of a ВПР stand one after another) and in blocks for the rest, so
 * a person who is there twice is met at once.  Lines are taken in handfuls:
 * each of the loops over a handful asks for the memory the next one needs,
 * and while it is on its way the other lines are read.
 */
#include "convert/count_plain_own.h"

enum {
	HANDFUL = 32,
	BLOCK_CODES = 14,
	CHUNK_BLOCKS = 32 * 1024,
	CHAIN_MOST = 1024, /* blocks of one group */
	WINDOW = 64,
};

struct group {
	uint64_t window; /* bit i: code base + i was seen */
	uint32_t base;
	uint32_t block; /* 0: none */
	int32_t participants;
	int32_t failed;
};

struct block {
	uint32_t next; /* 0: none */
	uint32_t n;
	uint32_t codes[BLOCK_CODES];
};

struct group_row {
	struct group *groups; /* by exam */
	uint32_t cap;
};

struct scattered {
	VEC(struct group_row) rows; /* by school */
	VEC(struct block *) chunks;
	uint32_t n_blocks;
};

/* Lines on their way. */
struct handful {
	size_t n;
	const char *line[HANDFUL];
	size_t school_n[HANDFUL];
	size_t exam_n[HANDFUL];
	struct person who[HANDFUL];
	uint32_t school[HANDFUL];
	struct met_exam *exam[HANDFUL];
	struct group *group[HANDFUL];
};

void
scattered_open(struct canonical *f)
{
	f->scattered = arena_new(f->mem, struct scattered, 1);
}

/* ---- codes ---- */

static inline struct block *
block_at(const struct scattered *s, uint32_t i)
{
	return &s->chunks.p[i / CHUNK_BLOCKS][i % CHUNK_BLOCKS];
}

static struct block *
block_new(struct arena *mem, struct scattered *s, uint32_t *at)
{
	uint32_t i = ++s->n_blocks;

	if (i / CHUNK_BLOCKS >= s->chunks.n)
		*vec_push(mem, &s->chunks) =
		    arena_raw(mem, CHUNK_BLOCKS * sizeof(struct block));
	struct block *b = block_at(s, i);
	b->next = *at;
	b->n = 0;
	*at = i;
	return b;
}

static inline bool
block_has(const struct block *b, uint32_t code)
{
	for (uint32_t i = 0; i < b->n; i++)
		if (b->codes[i] == code)
			return true;
	return false;
}

static bool
group_has(const struct scattered *s, const struct group *g, uint32_t code)
{
	if (g->window && code - g->base < WINDOW)
		return g->window >> (code - g->base) & 1;
	for (uint32_t at = g->block; at; at = block_at(s, at)->next)
		if (block_has(block_at(s, at), code))
			return true;
	return false;
}

/* False: seen before in the group, or too many to look through. */
static inline bool
group_add(
    struct arena *mem, struct scattered *s, struct group *g, uint32_t code)
{
	uint32_t length = 0;

	if (!g->window)
		g->base = code < WINDOW / 2 ? 0 : code - WINDOW / 2;
	if (code - g->base < WINDOW) {
		uint64_t bit = (uint64_t)1 << (code - g->base);
		bool is_new = !(g->window & bit);
		g->window |= bit;
		return is_new;
	}
	for (uint32_t at = g->block; at; at = block_at(s, at)->next)
		if (block_has(block_at(s, at), code) || ++length > CHAIN_MOST)
			return false;
	struct block *b = g->block ? block_at(s, g->block) : NULL;
	if (!b || b->n == BLOCK_CODES)
		b = block_new(mem, s, &g->block);
	b->codes[b->n++] = code;
	return true;
}

/* ---- groups ---- */

static struct group *
widen(struct canonical *f, struct group_row *row)
{
	uint32_t cap = (uint32_t)f->c->exams.n + 7;
	struct group *wider = arena_new(f->mem, struct group, cap);

	if (row->cap)
		memcpy(wider, row->groups, row->cap * sizeof *wider);
	for (uint32_t i = row->cap; i < cap; i++)
		wider[i].participants = -1;
	row->cap = cap;
	return row->groups = wider;
}

static inline struct group *
group_at(struct canonical *f, uint32_t school, uint32_t exam)
{
	struct group_row *row = &f->scattered->rows.p[school];

	return (exam < row->cap ? row->groups : widen(f, row)) + exam;
}

/* ---- lines ---- */

/* The next line, or NULL: not plain. */
static inline const char *
take_line(struct canonical *f, const char *p, struct handful *h)
{
	size_t at = h->n++;

	if (!cut_names(f, p, &h->school_n[at], &h->exam_n[at]))
		return NULL;
	h->line[at] = p;
	struct met_school key = school_key(p, h->school_n[at]);
	__builtin_prefetch(
	    &f->schools[school_hash(&key) & (f->schools_cap - 1)]);
	return take_person(
	    f, p + h->school_n[at] + 1 + h->exam_n[at] + 1, &h->who[at]);
}

static bool
name_lines(struct canonical *f, struct handful *h)
{
	for (size_t i = 0; i < h->n; i++) {
		const char *p = h->line[i];
		const struct met_school *s = plain_school(f, p, h->school_n[i]);
		if (!s)
			return false;
		h->school[i] = s->place;
		h->exam[i] =
		    plain_exam(f, p + h->school_n[i] + 1, h->exam_n[i]);
		if (!h->exam[i])
			return false;
		while (h->school[i] >= f->scattered->rows.n)
			(void)vec_push(f->mem, &f->scattered->rows);
		__builtin_prefetch(&f->scattered->rows.p[h->school[i]]);
	}
	return true;
}

static void
ask_for_groups(struct canonical *f, struct handful *h)
{
	for (size_t i = 0; i < h->n; i++)
		__builtin_prefetch(
		    group_at(f, h->school[i], h->exam[i]->place));
	for (size_t i = 0; i < h->n; i++) {
		/* again: a row may have been widened meanwhile */
		h->group[i] = group_at(f, h->school[i], h->exam[i]->place);
		if (h->group[i]->block)
			__builtin_prefetch(
			    block_at(f->scattered, h->group[i]->block));
	}
}

static inline bool
count_person(struct canonical *f, const struct handful *h, size_t i)
{
	const struct person *who = &h->who[i];
	struct group *g = h->group[i];
	enum judgement j = judge(h->exam[i], who);

	if (g->participants < 0)
		g->participants = 0;
	if (who->is_previous || j == ABSENT)
		return true;
	if (j == UNCLEAR)
		return false;
	if (who->rank == RANK_MAIN) {
		g->participants++;
		g->failed += j == FAILED;
		return group_add(f->mem, f->scattered, g, who->code);
	}
	keys_push(&f->later,
	    later_key(h->school[i], h->exam[i]->place, who, j == FAILED));
	return h->school[i] < LATER_SCHOOLS;
}

enum pass
scattered_count(struct canonical *f, const char *p, const char *end)
{
	struct handful h;

	while (p < end) {
		h.n = 0;
		while (p < end && h.n < HANDFUL) {
			p = take_line(f, p, &h);
			if (!p)
				return PASS_NOT_PLAIN;
		}
		if (!name_lines(f, &h))
			return PASS_NOT_PLAIN;
		ask_for_groups(f, &h);
		for (size_t i = 0; i < h.n; i++)
			if (!count_person(f, &h, i))
				return PASS_NOT_PLAIN;
	}
	return PASS_DONE;
}

/* ---- the end ---- */

static bool
settle_later(struct canonical *f)
{
	keys_sort(&f->later);
	for (size_t from = 0, n; from < f->later.n; from += n) {
		const uint64_t *l = &f->later.p[from];
		uint32_t group = (uint32_t)(*l >> LATER_GROUP_AT);
		struct group *g = group_at(f, group >> 9, group & 511);
		uint32_t code = (uint32_t)(*l >> LATER_CODE_AT);
		n = later_of_person(&f->later, from);
		if (!later_settle(l, n, group_has(f->scattered, g, code),
			&g->participants, &g->failed))
			return false;
	}
	return true;
}

/* A group is wider than what comes of it, so it is written over. */
enum pass
scattered_end(struct canonical *f)
{
	struct scattered *all = f->scattered;

	if (!settle_later(f))
		return PASS_NOT_PLAIN;
	for (size_t s = 0; s < all->rows.n; s++) {
		struct group_row *row = &all->rows.p[s];
		struct count_cell *to = (void *)row->groups;
		for (uint32_t i = 0; i < row->cap; i++) {
			const struct group *g = &row->groups[i];
			if (g->participants > COUNTS_MOST)
				return PASS_NOT_PLAIN;
			const struct count_cell c = {
			    g->participants < 0 ? COUNT_NONE :
						  (uint16_t)g->participants,
			    (uint16_t)g->failed};
			memcpy(&to[i], &c, sizeof c);
		}
		f->c->schools.p[s].counts = to;
		f->c->schools.p[s].cap = row->cap;
	}
	return PASS_DONE;
}
