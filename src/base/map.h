/*
 * map.h - text to a number, inside an arena: names to places in a list.
 *
 * Keys are borrowed and must live as long as the map.
 */
#pragma once

#include "base/arena.h"
#include "base/str.h"

struct map {
	struct arena *mem;
	struct map_slot *slots;
	size_t n;
	size_t cap;
};

struct map map_open(struct arena *mem);

/* With room for n keys at once, where a reader knows about how many. */
struct map map_open_for(struct arena *mem, size_t n);

/* The place for key's value; created as MAP_NONE when it was not there. */
int64_t *map_at(struct map *m, struct str key);

/* The value of key, or MAP_NONE. */
int64_t map_get(const struct map *m, struct str key);

#define MAP_NONE INT64_MIN
