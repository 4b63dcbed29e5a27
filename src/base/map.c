/* map.c - text to a number: open addressing, power-of-two table. */
#include "base/map.h"

enum { SMALLEST = 32 };

struct map_slot {
	struct str key; /* p == NULL: free */
	uint64_t hash;
	int64_t value;
};

struct map
map_open(struct arena *mem)
{
	return (struct map){.mem = mem};
}

static struct map_slot *
slot_of(struct map_slot *slots, size_t cap, struct str key, uint64_t hash)
{
	for (size_t i = hash & (cap - 1);; i = (i + 1) & (cap - 1)) {
		struct map_slot *s = &slots[i];
		if (!s->key.p || (s->hash == hash && str_eq(s->key, key)))
			return s;
	}
}

/* Three quarters full at most. */
static bool
is_full(size_t n, size_t cap)
{
	return n * 4 >= cap * 3;
}

struct map
map_open_for(struct arena *mem, size_t n)
{
	struct map m = map_open(mem);

	for (m.cap = SMALLEST; is_full(n, m.cap);)
		m.cap *= 2;
	m.slots = arena_new(mem, struct map_slot, m.cap);
	return m;
}

static void
grow(struct map *m)
{
	size_t cap = m->cap ? m->cap * 2 : SMALLEST;
	struct map_slot *slots = arena_new(m->mem, struct map_slot, cap);

	for (size_t i = 0; i < m->cap; i++) {
		struct map_slot *s = &m->slots[i];
		if (s->key.p)
			*slot_of(slots, cap, s->key, s->hash) = *s;
	}
	m->slots = slots;
	m->cap = cap;
}

int64_t *
map_at(struct map *m, struct str key)
{
	uint64_t hash = str_hash(key);

	if (is_full(m->n, m->cap))
		grow(m);

	struct map_slot *s = slot_of(m->slots, m->cap, key, hash);
	if (!s->key.p) {
		s->key = key.p ? key : S("");
		s->hash = hash;
		s->value = MAP_NONE;
		m->n++;
	}
	return &s->value;
}

int64_t
map_get(const struct map *m, struct str key)
{
	if (m->cap == 0)
		return MAP_NONE;

	struct map_slot *s = slot_of(m->slots, m->cap, key, str_hash(key));
	return s->key.p ? s->value : MAP_NONE;
}
