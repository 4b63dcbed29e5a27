/* input.c - what a fuzzer invents becomes an open file. */
#include "input.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>

enum { MOST_PARTS = 32, LOCAL = 30, CENTRAL = 46, LAST = 22 };

struct part {
	struct str name;
	struct str bytes;
	uint32_t at; /* in the container */
};

int
input_file(const uint8_t *data, size_t n)
{
	static int fd = -1;

	if (fd < 0)
		fd = memfd_create("fuzz", MFD_CLOEXEC);
	if (fd < 0 || ftruncate(fd, 0) != 0 ||
	    pwrite(fd, data, n, 0) != (ssize_t)n)
		abort();
	return fd;
}

void
input_touch(struct str s)
{
	static volatile unsigned char sum;

	for (size_t i = 0; i < s.n; i++)
		sum = (unsigned char)(sum + (unsigned char)s.p[i]);
}

/* Cuts the input at lines "=== name". */
static size_t
cut_parts(struct str input, struct part parts[MOST_PARTS])
{
	static const struct str mark = S_INIT("=== ");
	size_t n = 0;

	while (n < MOST_PARTS && str_starts(input, mark)) {
		ptrdiff_t line = str_find_char(input, '\n');
		if (line < 0)
			break;
		parts[n].name = str_cut(input, mark.n, (size_t)line);
		input = str_from(input, (size_t)line + 1);
		ptrdiff_t next = str_find(input, S("\n=== "));
		size_t end = next < 0 ? input.n : (size_t)next;
		parts[n++].bytes = str_cut(input, 0, end);
		input = str_from(input, end + (next >= 0));
	}
	return n;
}

static void
put(unsigned char *p, uint32_t value, int bytes)
{
	for (int i = 0; i < bytes; i++)
		p[i] = (unsigned char)(value >> 8 * i);
}

/* What stands both before a part and in the list at the end; 26 bytes. */
static void
put_common(unsigned char *p, const struct part *part)
{
	uint32_t size = (uint32_t)part->bytes.n;
	uLong crc = crc32(0,
	    (const unsigned char *)(part->bytes.n ? part->bytes.p : ""), size);

	put(p, 20, 2);
	put(p + 10, (uint32_t)crc, 4);
	put(p + 14, size, 4);
	put(p + 18, size, 4);
	put(p + 22, (uint32_t)part->name.n, 2);
}

static size_t
put_part(unsigned char *to, struct part *part, size_t at)
{
	unsigned char *p = to + at;

	memset(p, 0, LOCAL);
	memcpy(p, "PK\3\4", 4);
	put_common(p + 4, part);
	memcpy(p + LOCAL, part->name.p, part->name.n);
	if (part->bytes.n)
		memcpy(p + LOCAL + part->name.n, part->bytes.p, part->bytes.n);
	part->at = (uint32_t)at;
	return at + LOCAL + part->name.n + part->bytes.n;
}

static size_t
put_listed(unsigned char *to, const struct part *part, size_t at)
{
	unsigned char *p = to + at;

	memset(p, 0, CENTRAL);
	memcpy(p, "PK\1\2", 4);
	put(p + 4, 20, 2);
	put_common(p + 6, part);
	put(p + 42, part->at, 4);
	memcpy(p + CENTRAL, part->name.p, part->name.n);
	return at + CENTRAL + part->name.n;
}

int
input_container(const uint8_t *data, size_t n)
{
	struct part parts[MOST_PARTS];
	struct str input = {(const char *)data, n};
	size_t count = cut_parts(input, parts), end = 0;

	if (count == 0)
		return input_file(data, n);

	unsigned char *to =
	    malloc(2 * n + MOST_PARTS * (LOCAL + CENTRAL) + LAST);
	if (!to)
		abort();
	for (size_t i = 0; i < count; i++)
		end = put_part(to, &parts[i], end);
	size_t list = end;
	for (size_t i = 0; i < count; i++)
		end = put_listed(to, &parts[i], end);
	memset(to + end, 0, LAST);
	memcpy(to + end, "PK\5\6", 4);
	put(to + end + 8, (uint32_t)count, 2);
	put(to + end + 10, (uint32_t)count, 2);
	put(to + end + 12, (uint32_t)(end - list), 4);
	put(to + end + 16, (uint32_t)list, 4);
	int fd = input_file(to, end + LAST);
	free(to);
	return fd;
}
