/* string_table.c - all texts of a workbook in one piece of memory. */
#include "fmt/string_table.h"

#include <stdlib.h>
#include <string.h>

static const size_t MOST_BYTES = (size_t)192 * 1024 * 1024;
static const size_t MOST_TEXTS = (size_t)16 * 1024 * 1024;

void
string_table_closep(struct string_table *t)
{
	free(t->bytes);
	free(t->ends);
	*t = (struct string_table){0};
}

/* Big blocks are moved by the kernel page by page, so growing copies little. */
static void *
grow(void *old, size_t *cap, size_t n, size_t size)
{
	size_t want = *cap ? *cap : 2048;

	if (n <= *cap)
		return old;
	while (want < n)
		want *= 2;

	void *bigger = realloc(old, want * size);
	MUST(bigger);
	*cap = want;
	return bigger;
}

bool
string_table_put(struct string_table *t, struct str piece)
{
	if (piece.n > MOST_BYTES - t->n_bytes)
		return false;
	t->bytes = grow(t->bytes, &t->cap_bytes, t->n_bytes + piece.n, 1);
	if (piece.n)
		memcpy(t->bytes + t->n_bytes, piece.p, piece.n);
	t->n_bytes += piece.n;
	return true;
}

bool
string_table_end(struct string_table *t)
{
	if (t->n >= MOST_TEXTS)
		return false;
	t->ends = grow(t->ends, &t->cap, t->n + 1, sizeof *t->ends);
	t->ends[t->n++] = (uint32_t)t->n_bytes;
	return true;
}

char *
string_table_open_text(struct string_table *t, size_t *ret_n)
{
	size_t from = t->n ? t->ends[t->n - 1] : 0;

	*ret_n = t->n_bytes - from;
	return t->bytes ? t->bytes + from : NULL;
}

void
string_table_shorten(struct string_table *t, size_t n)
{
	t->n_bytes -= n;
}

bool
string_table_get(const struct string_table *t, uint64_t index, struct str *ret)
{
	if (index >= t->n)
		return false;

	uint32_t from = index ? t->ends[index - 1] : 0;
	*ret = (struct str){
	    t->bytes ? t->bytes + from : "", t->ends[index] - from};
	return true;
}
