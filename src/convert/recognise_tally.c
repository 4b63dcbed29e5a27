/*
 * recognise_tally.c - groups of pupil rows, and people told apart in them.
 *
 * The counter of a group is forty-four bytes, however many pupils it has;
 * what is rare stands beside it.  Keys of rows are sorted in place: first
 * attempts of a person before reserve days before retakes.
 */
#include <stdlib.h>
#include <string.h>

#include "convert/recognise_pupils.h"

/* Keys. */

void
keys_push(struct keys *k, uint64_t key)
{
	if (k->n == k->cap) {
		k->cap = k->cap ? k->cap * 2 : 256;
		uint64_t *p = realloc(k->p, k->cap * sizeof *p);
		MUST(p != NULL);
		k->p = p;
	}
	k->p[k->n++] = key;
}

static void
insertion_sort(uint64_t *a, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		uint64_t key = a[i];
		size_t j = i;
		for (; j > 0 && a[j - 1] > key; j--)
			a[j] = a[j - 1];
		a[j] = key;
	}
}

/* In place, from the highest byte down ("American flag"). */
static void
sort_keys(uint64_t *a, size_t n, int shift)
{
	size_t end[256] = {0}, at[256];

	if (n <= 48 || shift < 0) {
		insertion_sort(a, n);
		return;
	}
	for (size_t i = 0; i < n; i++)
		end[a[i] >> shift & 0xFF]++;
	for (size_t b = 0, sum = 0; b < 256; b++) {
		at[b] = sum;
		sum += end[b];
		end[b] = sum;
	}
	for (size_t b = 0; b < 256; b++)
		while (at[b] < end[b]) {
			uint64_t key = a[at[b]];
			size_t home = key >> shift & 0xFF;
			if (home == b) {
				at[b]++;
				continue;
			}
			a[at[b]] = a[at[home]];
			a[at[home]++] = key;
		}
	for (size_t b = 0, from = 0; b < 256; from = end[b++])
		if (end[b] - from > 1)
			sort_keys(a + from, end[b] - from, shift - 8);
}

void
keys_sort(struct keys *k)
{
	sort_keys(k->p, k->n, 56);
}

/* Groups. */

struct tally *
tally_at(struct pupils *p, uint32_t i)
{
	return &p->chunks.p[i / TALLY_CHUNK][i % TALLY_CHUNK];
}

static uint64_t
group_key(uint32_t school, uint32_t exam)
{
	return (uint64_t)school << 40 | (uint64_t)exam << 24;
}

static uint32_t
tally_in(uint64_t slot)
{
	return (uint32_t)(slot & 0xFFFFFF);
}

/* The slot of the group, or the free one where it belongs. */
static uint64_t *
slot_of(struct pupils *p, uint64_t key)
{
	uint32_t mask = p->slot_cap - 1;
	/* the low 24 bits of a key are nothing, those above make the high ones */
	uint32_t i = (uint32_t)((key * 0x9E3779B97F4A7C15u) >> 38);

	while (tally_in(p->slots[i & mask]) &&
	       p->slots[i & mask] - tally_in(p->slots[i & mask]) != key)
		i++;
	return &p->slots[i & mask];
}

static void
slots_grow(struct recogniser *r, struct pupils *p)
{
	p->slot_cap = p->slot_cap ? p->slot_cap * 2 : 1024;
	p->slots = arena_new(r->mem, uint64_t, p->slot_cap);
	for (uint32_t i = 0; i < p->tallies; i++) {
		const struct tally *t = tally_at(p, i);
		uint64_t key = group_key(t->school, t->exam);
		*slot_of(p, key) = key | (i + 1);
	}
}

uint32_t
tally_find(struct recogniser *r, struct pupils *p, uint32_t school,
    uint32_t exam, uint32_t row)
{
	if ((uint64_t)p->tallies * 3 >= (uint64_t)p->slot_cap * 2)
		slots_grow(r, p);

	uint64_t key = group_key(school, exam);
	uint64_t *slot = slot_of(p, key);
	if (tally_in(*slot))
		return tally_in(*slot) - 1;
	if (p->tallies % TALLY_CHUNK == 0)
		*vec_push(r->mem, &p->chunks) =
		    arena_new(r->mem, struct tally, TALLY_CHUNK);
	uint32_t at = p->tallies++;
	*slot = key | (at + 1);
	*tally_at(p, at) = (struct tally){
	    .school = school,
	    .exam = (uint16_t)exam,
	    .sheet = (uint16_t)(p->sheets.n - 1),
	    .first_row = row,
	    .last_row = row,
	};
	return at;
}

struct extras *
extras_of(struct recogniser *r, struct pupils *p, struct tally *t)
{
	if (!t->extras) {
		*vec_push(r->mem, &p->extras) = (struct extras){0};
		t->extras = (uint32_t)p->extras.n;
	}
	return &p->extras.p[t->extras - 1];
}

/*
 * One pupil's keys, sorted: first attempts before reserve days before
 * retakes.
 */
static void
count_person(struct recogniser *r, struct pupils *p, struct tally *t,
    const uint64_t *keys, size_t n)
{
	uint64_t rank = keys[0] >> OUTCOME_BITS & 3;
	uint64_t outcome = keys[0] & 3;
	size_t same = 1;

	if (rank == RANK_RETAKE) {
		struct extras *e = extras_of(r, p, t);
		e->without_first++;
		e->retake += (int32_t)n;
		return;
	}
	while (same < n && (keys[same] >> OUTCOME_BITS & 3) == rank)
		same++;
	if (keys[same - 1] != keys[0]) {
		keys_push(&p->conflicts, keys[0] >> LOW_BITS);
		return;
	}
	t->counts[outcome]++;
	if (n == 1)
		return;
	struct extras *e = extras_of(r, p, t);
	e->twice += (int32_t)(same - 1);
	e->retake += (int32_t)(n - same);
}

void
count_sorted(
    struct recogniser *r, struct pupils *p, const uint64_t *keys, size_t n)
{
	for (size_t from = 0, to; from < n; from = to) {
		uint64_t person = keys[from] >> LOW_BITS;
		for (to = from + 1; to < n && keys[to] >> LOW_BITS == person;)
			to++;
		struct tally *t = tally_at(p, (uint32_t)(person >> CODE_BITS));
		count_person(r, p, t, keys + from, to - from);
	}
}

void
forget_words(struct pupils *p)
{
	if (p->word_count && !p->words_last) {
		arena_reset(p->words_mem);
		p->words = map_open(p->words_mem);
		p->word_count = 0;
	}
}

static void
raise_top(struct pupils *p, struct tally *t)
{
	uint64_t top = p->last;

	for (size_t i = 0; !p->is_plain && i < p->segment.n; i++) {
		uint64_t code = (p->segment.p[i] >> LOW_BITS & CODE_MASK) + 1;
		if (code > top)
			top = code;
	}
	t->top = top >= TOP_UNKNOWN ? TOP_UNKNOWN :
		 top > t->top       ? (uint32_t)top :
				      t->top;
}

void
tally_leave(struct recogniser *r, struct pupils *p)
{
	struct tally *t = p->now;

	if (!t)
		return;
	if (p->mode == MODE_STREAM) {
		raise_top(p, t);
		if (p->is_plain) {
			for (int i = 0; i < 4; i++)
				t->counts[i] += p->counts[i];
		} else {
			keys_sort(&p->segment);
			count_sorted(r, p, p->segment.p, p->segment.n);
		}
	}
	p->segment.n = 0;
	p->now = NULL;
	forget_words(p);
}

void
tally_enter(struct recogniser *r, struct pupils *p, uint32_t at, uint32_t exam)
{
	if (p->now && p->now_at == at)
		return;
	tally_leave(r, p);
	p->now = tally_at(p, at);
	p->now_at = at;
	p->exam = &p->exams.p[exam];
	if (p->mode != MODE_STREAM)
		return; /* a tally that is not looked into costs no memory access */
	p->is_plain = true;
	p->last = 0;
	p->floor = p->now->top;
	memset(p->counts, 0, sizeof p->counts);
}

void
count_row(struct recogniser *r, struct pupils *p, uint64_t code, enum rank rank,
    uint32_t outcome)
{
	uint64_t key = (uint64_t)p->now_at << (CODE_BITS + LOW_BITS) |
		       code << LOW_BITS | (uint64_t)rank << OUTCOME_BITS |
		       outcome;

	if (p->mode == MODE_KEEP) {
		keys_push(&p->kept, key);
		return;
	}
	if (code + 1 <= p->floor || p->floor == TOP_UNKNOWN) {
		p->is_scattered = true;
		r->is_void = true;
		return;
	}
	keys_push(&p->segment, key);
	if (rank != RANK_MAIN || code + 1 <= p->last)
		p->is_plain = false;
	else
		p->last = code + 1;
	p->counts[outcome]++;
}
