/*
 * arena.h - memory that dies all at once.
 *
 * An arena belongs to one unit of work: a request, a command, a batch of an
 * import.  Whatever is allocated from it lives exactly as long as it does;
 * nothing taken from an arena is ever freed alone.
 *
 * No function here returns NULL.  Past its limit an arena still gives memory
 * but is marked full: loops that grow with their input ask arena_full() once
 * a turn, and nothing is committed or sent from a full arena.  Running out of
 * real memory ends the process; its master starts another.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/def.h"

struct arena;

/* limit: bytes after which the arena reports itself full; 0 means 256 MB. */
struct arena *arena_open(size_t limit);
void arena_close(struct arena *mem);

/* Forget everything but keep the first block for the next unit of work. */
void arena_reset(struct arena *mem);

/* As arena_reset, and keep all blocks: for the next of several large units. */
void arena_rewind(struct arena *mem);

bool arena_full(const struct arena *mem);
size_t arena_used(const struct arena *mem);

/* Zeroed memory for n things of one size; the product is checked. */
void *arena_take(struct arena *mem, size_t n, size_t size);

/* As arena_take, not zeroed: for bytes that are overwritten at once. */
void *arena_raw(struct arena *mem, size_t n);

#define arena_new(mem, type, n) ((type *)arena_take((mem), (n), sizeof(type)))

void arena_closep(struct arena **mem);

/* An arena of one block of code. */
#define autoarena CLEANUP(arena_closep) struct arena *
