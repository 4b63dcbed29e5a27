/* arena.c - memory that dies all at once: a list of growing blocks. */
#include "base/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum {
	FIRST_BLOCK = 8 * 1024,
	LARGEST_BLOCK = 4 * 1024 * 1024,
	ALIGNMENT = 16,
	HUGE_PAGE = 2 * 1024 * 1024,
	PAGE = 4 * 1024,
	AHEAD = 64 * 1024,
};

static const size_t DEFAULT_LIMIT = (size_t)256 * 1024 * 1024;

struct block {
	struct block *older;
	size_t used;
	size_t ready; /* bytes whose pages need not be asked for any more */
	size_t size;
	_Alignas(ALIGNMENT) unsigned char bytes[];
};

struct arena {
	struct block *newest;
	struct block *spare; /* kept by arena_rewind() */
	size_t limit;
	size_t used; /* bytes given out, for the limit */
};

static _Noreturn void
out_of_memory(void)
{
	(void)fputs("opora: out of memory\n", stderr);
	abort();
}

/*
 * A job that is known to be large by now asks for large pages: a fault for
 * every four kilobytes was a third of the time of reading a country's files.
 */
static void *
take_pages(size_t size)
{
	void *p = aligned_alloc(HUGE_PAGE, size);

	if (p)
		(void)madvise(p, size, MADV_HUGEPAGE);
	return p;
}

static struct block *
block_open(size_t size, struct block *older)
{
	size_t whole = sizeof(struct block) + size;
	struct block *b;

	if (size >= HUGE_PAGE) {
		whole = (whole + HUGE_PAGE - 1) & ~(size_t)(HUGE_PAGE - 1);
		size = whole - sizeof *b;
		b = take_pages(whole);
	} else {
		b = malloc(whole);
	}

	if (!b)
		out_of_memory();
	b->older = older;
	b->used = 0;
	b->ready = size > FIRST_BLOCK && size < HUGE_PAGE ? 0 : size;
	b->size = size;
	return b;
}

/*
 * Memory is handed to a process page by page, when it is first touched, and
 * each time costs as much as two to ten pages that are asked for at once.
 * What is touched next lies ahead, so a piece of it is asked for; a system
 * that does not know the request leaves things as they were.
 */
static void
ask_ahead(struct block *b)
{
	size_t ahead = b->size - b->ready < AHEAD ? b->size - b->ready : AHEAD;
	uintptr_t from = (uintptr_t)(b->bytes + b->ready);
	uintptr_t to = (from + ahead) & ~(uintptr_t)(PAGE - 1);

	from = (from + PAGE - 1) & ~(uintptr_t)(PAGE - 1);
	if (from < to)
		(void)madvise((void *)from, to - from, MADV_POPULATE_WRITE);
	b->ready = b->used > b->ready + ahead ? b->used : b->ready + ahead;
}

struct arena *
arena_open(size_t limit)
{
	struct arena *mem = malloc(sizeof *mem);

	if (!mem)
		out_of_memory();
	mem->newest = block_open(FIRST_BLOCK, NULL);
	mem->spare = NULL;
	mem->limit = limit ? limit : DEFAULT_LIMIT;
	mem->used = 0;
	return mem;
}

/* All blocks but the first, added to the spare ones. */
static void
spare_down_to_first(struct arena *mem)
{
	while (mem->newest->older) {
		struct block *b = mem->newest;
		mem->newest = b->older;
		b->older = mem->spare;
		mem->spare = b;
	}
	mem->newest->used = 0;
	mem->used = 0;
}

static void
drop_down_to_first(struct arena *mem)
{
	spare_down_to_first(mem);
	while (mem->spare) {
		struct block *b = mem->spare;
		mem->spare = b->older;
		free(b);
	}
}

void
arena_close(struct arena *mem)
{
	if (!mem)
		return;
	drop_down_to_first(mem);
	free(mem->newest);
	free(mem);
}

void
arena_closep(struct arena **mem)
{
	arena_close(*mem);
	*mem = NULL;
}

void
arena_reset(struct arena *mem)
{
	drop_down_to_first(mem);
}

void
arena_rewind(struct arena *mem)
{
	spare_down_to_first(mem);
}

bool
arena_full(const struct arena *mem)
{
	return mem->used > mem->limit;
}

size_t
arena_used(const struct arena *mem)
{
	return mem->used;
}

/* The next block doubles, so a long job needs few of them. */
static void
grow(struct arena *mem, size_t n)
{
	size_t size = mem->newest->size * 2;

	if (size > LARGEST_BLOCK)
		size = LARGEST_BLOCK;
	if (size < n)
		size = n;
	if (mem->spare && mem->spare->size >= n) {
		struct block *b = mem->spare;
		mem->spare = b->older;
		b->older = mem->newest;
		b->used = 0;
		mem->newest = b;
		return;
	}
	mem->newest = block_open(size, mem->newest);
}

void *
arena_raw(struct arena *mem, size_t n)
{
	size_t rounded = (n + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);

	if (rounded < n)
		out_of_memory();
	if (mem->newest->size - mem->newest->used < rounded)
		grow(mem, rounded);

	void *p = mem->newest->bytes + mem->newest->used;
	mem->newest->used += rounded;
	if (mem->newest->used > mem->newest->ready)
		ask_ahead(mem->newest);
	mem->used += rounded;
	return p;
}

void *
arena_take(struct arena *mem, size_t n, size_t size)
{
	size_t total;

	if (__builtin_mul_overflow(n, size, &total))
		out_of_memory();

	void *p = arena_raw(mem, total);
	memset(p, 0, total);
	return p;
}
