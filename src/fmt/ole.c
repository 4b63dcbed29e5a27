/*
 * ole.c - reading streams of the OLE2 container.
 *
 * The file is a row of sectors.  A table (FAT) says which sector follows
 * which; a directory names the streams; short streams lie in small sectors
 * inside a stream of their own.  Every link is checked against the number of
 * sectors, and a chain may not be longer than there are sectors, so a broken
 * file ends instead of going round.
 */
#include "fmt/ole.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

enum {
	HEADER = 512,
	ENTRY = 128,
	SMALL_SHIFT = 6,
	HEADER_FATS = 109,
	MOST_SECTORS = 1 << 22, /* 2 GB of them */
	MOST_ENTRIES = 4096,
};

static const uint32_t LAST_LINK = 0xFFFFFFFAu; /* links from here are ends */

struct ole {
	int fd;
	struct arena *mem;
	uint64_t size;
	unsigned shift; /* of a sector: 9 or 12 */
	uint32_t n_sectors;
	uint32_t *fat;
	uint32_t n_fat;
	uint32_t *small_fat;
	uint32_t n_small_fat;
	uint32_t directory;
	uint32_t small_first;
	uint32_t small_count;
};

struct entry {
	char name[32]; /* ASCII; other letters are '?' */
	uint8_t type;  /* 5: root, 2: stream */
	uint32_t first;
	uint64_t size;
};

/* Sectors in order, so that any place is found at once. */
struct ole_stream {
	struct ole *ole;
	uint32_t *sectors;
	uint32_t n;
	unsigned shift;
	uint64_t size;
	struct ole_stream
	    *inside; /* of a short stream: where small sectors lie */
};

static uint32_t
get16(const unsigned char *p)
{
	return (uint32_t)p[0] | (uint32_t)p[1] << 8;
}

static uint32_t
get32(const unsigned char *p)
{
	return get16(p) | get16(p + 2) << 16;
}

static size_t
read_at(const struct ole *o, uint64_t at, void *out, size_t n)
{
	size_t done = 0;

	while (done < n) {
		ssize_t got = pread(
		    o->fd, (char *)out + done, n - done, (off_t)(at + done));
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			break;
		done += (size_t)got;
	}
	return done;
}

static uint64_t
place_of(const struct ole *o, uint32_t sector)
{
	return ((uint64_t)sector + 1) << o->shift;
}

/* Reads one sector of links behind the others. */
static bool
append_links(struct ole *o, uint32_t sector, uint32_t *links, uint32_t *n)
{
	unsigned char bytes[4096];
	size_t size = (size_t)1 << o->shift;

	if (sector >= o->n_sectors)
		return false;
	size_t got = read_at(o, place_of(o, sector), bytes, size);
	memset(bytes + got, 0xFF, size - got);
	for (size_t i = 0; i < size; i += 4)
		links[(*n)++] = get32(bytes + i);
	return true;
}

/* The FAT's own sectors: 109 in the header, the rest in a chain of lists. */
static bool
read_fat(struct ole *o, const unsigned char *header)
{
	uint32_t per = 1u << (o->shift - 2);
	uint32_t n = get32(header + 44);
	uint32_t next = get32(header + 68), left = get32(header + 72);
	uint32_t *list = arena_new(o->mem, uint32_t, per);

	if (n > o->n_sectors / per + 2)
		n = o->n_sectors / per + 2;
	o->fat = arena_new(o->mem, uint32_t, (size_t)n * per);
	for (uint32_t i = 0; i < HEADER_FATS && i < n; i++)
		if (!append_links(
			o, get32(header + 76 + 4 * i), o->fat, &o->n_fat))
			return i > 0;
	for (uint32_t done = HEADER_FATS; done < n && left; left--) {
		uint32_t k = 0;
		if (!append_links(o, next, list, &k))
			return false;
		next = list[per - 1];
		for (uint32_t i = 0; i + 1 < per && done < n; i++, done++)
			if (!append_links(o, list[i], o->fat, &o->n_fat))
				return true;
	}
	return o->n_fat > 0;
}

static bool
read_small_fat(struct ole *o)
{
	uint32_t per = 1u << (o->shift - 2);
	uint32_t n = o->small_count, sector = o->small_first;

	if (n > o->n_sectors)
		return false;
	o->small_fat = arena_new(o->mem, uint32_t, (size_t)n * per);
	for (uint32_t i = 0; i < n && sector < o->n_fat; i++) {
		if (!append_links(o, sector, o->small_fat, &o->n_small_fat))
			return false;
		sector = o->fat[sector];
	}
	return true;
}

static bool
ole_open(int fd, struct arena *mem, struct ole *ret)
{
	static const unsigned char magic[] = {
	    0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1};
	struct ole o = {.fd = fd, .mem = mem};
	unsigned char header[HEADER];
	off_t size = lseek(fd, 0, SEEK_END);

	if (size < HEADER ||
	    read_at(&o, 0, header, HEADER) != HEADER ||
	    memcmp(header, magic, sizeof magic) != 0)
		return false;
	o.size = (uint64_t)size;
	o.shift = get16(header + 30);
	if ((o.shift != 9 && o.shift != 12) || o.size >> o.shift > MOST_SECTORS)
		return false;
	o.n_sectors = (uint32_t)(o.size >> o.shift);
	o.directory = get32(header + 48);
	o.small_first = get32(header + 60);
	o.small_count = get32(header + 64);
	if (!read_fat(&o, header) || !read_small_fat(&o))
		return false;
	*ret = o;
	return true;
}

/* The chain from first, at most as long as size wants. */
static bool
follow(struct ole *o, const uint32_t *links, uint32_t n_links, uint32_t first,
    uint64_t size, unsigned shift, struct ole_stream *ret)
{
	uint64_t want = (size + ((uint64_t)1 << shift) - 1) >> shift;
	struct ole_stream s = {.ole = o, .shift = shift, .size = size};

	if (want > n_links)
		return false;
	s.sectors = arena_new(o->mem, uint32_t, (size_t)want);
	for (uint32_t at = first; s.n < want; at = links[at]) {
		if (at >= LAST_LINK || at >= n_links)
			break;
		s.sectors[s.n++] = at;
	}
	if ((uint64_t)s.n << shift < size)
		s.size = (uint64_t)s.n << shift;
	*ret = s;
	return true;
}

size_t
ole_read(struct ole_stream *s, uint64_t offset, void *out, size_t n)
{
	uint64_t mask = ((uint64_t)1 << s->shift) - 1;
	size_t done = 0;

	if (offset >= s->size)
		return 0;
	if (n > s->size - offset)
		n = (size_t)(s->size - offset);
	while (done < n) {
		uint64_t at = offset + done;
		size_t part = (size_t)(mask + 1 - (at & mask));
		uint32_t sector = s->sectors[at >> s->shift];
		char *to = (char *)out + done;
		if (part > n - done)
			part = n - done;
		size_t got =
		    s->inside ?
			ole_read(s->inside,
			    ((uint64_t)sector << s->shift) + (at & mask), to,
			    part) :
			read_at(s->ole, place_of(s->ole, sector) + (at & mask),
			    to, part);
		done += got;
		if (got < part)
			break;
	}
	return done;
}

static bool
entry_at(struct ole *o, uint32_t index, uint32_t *sector, struct entry *ret)
{
	uint32_t per = (1u << o->shift) / ENTRY;
	unsigned char e[ENTRY];

	if (index && index % per == 0)
		*sector = *sector < o->n_fat ? o->fat[*sector] : LAST_LINK;
	if (*sector >= o->n_sectors ||
	    read_at(o, place_of(o, *sector) + (index % per) * ENTRY, e,
		ENTRY) != ENTRY)
		return false;
	memset(ret, 0, sizeof *ret);
	for (uint32_t i = 0; i < 31 && i * 2 + 2 < get16(e + 64); i++)
		ret->name[i] =
		    (char)(e[2 * i + 1] == 0 && e[2 * i] < 0x7F ? e[2 * i] :
								  '?');
	ret->type = e[66];
	ret->first = get32(e + 116);
	ret->size = get32(e + 120);
	return true;
}

static bool
find(struct ole *o, const char *name, uint8_t type, struct entry *ret)
{
	uint32_t sector = o->directory;

	for (uint32_t i = 0; i < MOST_ENTRIES; i++) {
		if (!entry_at(o, i, &sector, ret))
			return false;
		if (ret->type == type &&
		    (type == 5 || strcmp(ret->name, name) == 0))
			return true;
	}
	return false;
}

enum ole_content
ole_content_of(int fd)
{
	autoarena mem = arena_open(0);
	struct ole o;
	struct entry e;

	if (!ole_open(fd, mem, &o))
		return OLE_NONE;
	if (find(&o, "EncryptedPackage", 2, &e))
		return OLE_ENCRYPTED;
	if (find(&o, "Workbook", 2, &e))
		return OLE_XLS;
	if (find(&o, "Book", 2, &e))
		return OLE_XLS_95;
	if (find(&o, "WordDocument", 2, &e))
		return OLE_DOC;
	return OLE_OTHER;
}

enum rc
ole_open_workbook(int fd, struct arena *mem, struct ole_stream **ret)
{
	enum { SMALLEST = 4096 };
	struct ole *o = arena_new(mem, struct ole, 1);
	struct ole_stream *s = arena_new(mem, struct ole_stream, 1);
	struct entry book, root;

	if (!ole_open(fd, mem, o) || !find(o, "Workbook", 2, &book))
		return RC_INVALID;
	if (book.size >= SMALLEST) {
		if (!follow(o, o->fat, o->n_fat, book.first, book.size,
			o->shift, s))
			return RC_INVALID;
	} else {
		struct ole_stream *small = arena_new(mem, struct ole_stream, 1);
		if (!find(o, "", 5, &root) ||
		    !follow(o, o->fat, o->n_fat, root.first, root.size,
			o->shift, small) ||
		    !follow(o, o->small_fat, o->n_small_fat, book.first,
			book.size, SMALL_SHIFT, s))
			return RC_INVALID;
		s->inside = small;
	}
	*ret = s;
	return RC_OK;
}
