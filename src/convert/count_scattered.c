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
	WINDOW = 32,
	SLAB_SCHOOLS = 64,
};

/* Four of them fill a line of the cache. */
struct group {
	uint32_t window; /* bit i: code base + i was seen */
	uint32_t base;
	uint32_t block; /* 0: none */
	struct count_cell count;
};

struct block {
	uint32_t next; /* 0: none */
	uint32_t n;
	uint32_t codes[BLOCK_CODES];
};

/*
 * Groups stand in slabs of some schools each, by school and exam, so where one
 * is follows from its numbers and nothing has to be looked up.
 */
struct scattered {
	VEC(struct group *) slabs;
	size_t exams; /* there is room for, of each school */
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
		uint32_t bit = (uint32_t)1 << (code - g->base);
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
slab_new(struct arena *mem, size_t exams)
{
	size_t n = SLAB_SCHOOLS * exams;
	struct group *slab = arena_new(mem, struct group, n);

	for (size_t i = 0; i < n; i++)
		slab[i].count.participants = COUNT_NONE;
	return slab;
}

/* All slabs again, with room for more exams. */
static void
slabs_widen(struct arena *mem, struct scattered *s, size_t exams)
{
	for (size_t i = 0; i < s->slabs.n; i++) {
		struct group *wider = slab_new(mem, exams);
		for (size_t k = 0; k < SLAB_SCHOOLS; k++)
			memcpy(wider + k * exams, s->slabs.p[i] + k * s->exams,
			    s->exams * sizeof *wider);
		s->slabs.p[i] = wider;
	}
	s->exams = exams;
}

/* Room for every school and exam there is by now. */
static void
slabs_grow(struct canonical *f)
{
	struct scattered *s = f->scattered;

	if (f->c->exams.n > s->exams)
		slabs_widen(f->mem, s, f->c->exams.n + 7);
	while (s->slabs.n * SLAB_SCHOOLS < f->c->schools.n)
		*vec_push(f->mem, &s->slabs) = slab_new(f->mem, s->exams);
}

static inline struct group *
group_at(const struct scattered *s, size_t school, size_t exam)
{
	return s->slabs.p[school / SLAB_SCHOOLS] +
	       school % SLAB_SCHOOLS * s->exams + exam;
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
	}
	slabs_grow(f);
	return true;
}

static void
ask_for_groups(const struct scattered *s, struct handful *h)
{
	for (size_t i = 0; i < h->n; i++) {
		h->group[i] = group_at(s, h->school[i], h->exam[i]->place);
		__builtin_prefetch(h->group[i]);
	}
	for (size_t i = 0; i < h->n; i++)
		if (h->group[i]->block)
			__builtin_prefetch(block_at(s, h->group[i]->block));
}

static inline bool
count_person(struct canonical *f, const struct handful *h, size_t i)
{
	const struct person *who = &h->who[i];
	struct group *g = h->group[i];
	enum judgement j = judge(h->exam[i], who);

	if (g->count.participants == COUNT_NONE)
		g->count.participants = 0;
	if (who->is_previous || j == ABSENT)
		return true;
	if (j == UNCLEAR)
		return false;
	if (who->rank == RANK_MAIN) {
		if (g->count.participants++ == COUNTS_MOST)
			return false;
		if (j == FAILED)
			g->count.failed++;
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
		ask_for_groups(f->scattered, &h);
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
		struct group *g =
		    group_at(f->scattered, group >> 9, group & 511);
		uint32_t code = (uint32_t)(*l >> LATER_CODE_AT);
		int32_t participants = g->count.participants;
		int32_t failed = g->count.failed;
		n = later_of_person(&f->later, from);
		if (!later_settle(l, n, group_has(f->scattered, g, code),
			&participants, &failed) ||
		    participants > COUNTS_MOST)
			return false;
		g->count = (struct count_cell){
		    (uint16_t)participants, (uint16_t)failed};
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
	for (size_t s = 0; s < f->c->schools.n; s++) {
		struct group *row = group_at(all, s, 0);
		struct count_cell *to = (void *)row;
		for (size_t i = 0; i < all->exams; i++) {
			const struct count_cell c = row[i].count;
			memcpy(&to[i], &c, sizeof c);
		}
		f->c->schools.p[s].counts = to;
		f->c->schools.p[s].cap = all->exams;
	}
	return PASS_DONE;
}
