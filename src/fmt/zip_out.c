/* zip_out.c - an archive out: zlib's streams in the frame of PKZIP 2.0. */
#include "fmt/zip_out.h"

#include <string.h>
#include <zlib.h>

enum {
	LOCAL_HEADER = 0x04034B50,
	CENTRAL_HEADER = 0x02014B50,
	END_OF_CENTRAL = 0x06054B50,
	VERSION = 20, /* of PKZIP that can read it */
	STORED = 0,
	DEFLATED = 8,
	FIXED_TIME = 0,   /* 00:00 */
	FIXED_DATE = 0x21 /* 1980-01-01 */
};

/* Road maps are text that repeats: more effort costs time, not size. */
enum { EFFORT = 3, WINDOW_BITS = -15, MEMORY = 8 };

/* Places count from the archive's first byte. */
struct entry {
	uint32_t crc;
	uint32_t packed, size;
	uint32_t at; /* of its local header */
	uint16_t method;
};

static void
put_16(struct buf *out, uint32_t v)
{
	buf_char(out, (char)(v & 0xFF));
	buf_char(out, (char)(v >> 8 & 0xFF));
}

static void
put_32(struct buf *out, uint32_t v)
{
	put_16(out, v & 0xFFFF);
	put_16(out, v >> 16);
}

/* What the two headers of an entry have in common. */
static void
put_common(struct buf *out, const struct entry *e, const char *name)
{
	put_16(out, VERSION);
	put_16(out, 0); /* flags */
	put_16(out, e->method);
	put_16(out, FIXED_TIME);
	put_16(out, FIXED_DATE);
	put_32(out, e->crc);
	put_32(out, e->packed);
	put_32(out, e->size);
	put_16(out, (uint32_t)strlen(name));
	put_16(out, 0); /* extra field */
}

static bool
pack(z_stream *packer, struct str bytes, struct buf *out)
{
	unsigned char piece[16 * 1024];
	int rc;

	if (deflateReset(packer) != Z_OK)
		return false;
	/* zlib reads only; its type is older than const. */
	memcpy(&packer->next_in, &bytes.p, sizeof packer->next_in);
	packer->avail_in = (uInt)bytes.n;
	do {
		packer->next_out = piece;
		packer->avail_out = sizeof piece;
		rc = deflate(packer, Z_FINISH);
		buf_put(out, (struct str){(const char *)piece,
				 sizeof piece - packer->avail_out});
	} while (rc == Z_OK);
	return rc == Z_STREAM_END;
}

/* Packed apart first, because the local header already says how long it is. */
static bool
put_part(const struct zip_part *part, z_stream *packer, struct buf *scratch,
    struct buf *out, size_t start, struct entry *ret)
{
	struct entry e = {.at = (uint32_t)(out->n - start),
	    .size = (uint32_t)part->bytes.n,
	    .method = part->is_stored ? STORED : DEFLATED};
	struct str packed = part->bytes;

	buf_clear(scratch);
	if (!part->is_stored) {
		if (!pack(packer, part->bytes, scratch))
			return false;
		packed = buf_str(scratch);
	}
	e.crc = (uint32_t)crc32(
	    0, (const Bytef *)part->bytes.p, (uInt)part->bytes.n);
	e.packed = (uint32_t)packed.n;
	put_32(out, LOCAL_HEADER);
	put_common(out, &e, part->name);
	buf_c(out, part->name);
	buf_put(out, packed);
	*ret = e;
	return true;
}

static void
put_directory(const struct zip_part *parts, const struct entry *entries,
    size_t n, size_t start, struct buf *out)
{
	uint32_t at = (uint32_t)(out->n - start);

	for (size_t i = 0; i < n; i++) {
		put_32(out, CENTRAL_HEADER);
		put_16(out, VERSION); /* made by */
		put_common(out, &entries[i], parts[i].name);
		put_16(out, 0); /* comment */
		put_16(out, 0); /* disk */
		put_16(out, 0); /* internal attributes */
		put_32(out, 0); /* external attributes */
		put_32(out, entries[i].at);
		buf_c(out, parts[i].name);
	}
	uint32_t size = (uint32_t)(out->n - start) - at;
	put_32(out, END_OF_CENTRAL);
	put_32(out, 0); /* disks */
	put_16(out, (uint32_t)n);
	put_16(out, (uint32_t)n);
	put_32(out, size);
	put_32(out, at);
	put_16(out, 0); /* comment */
}

enum rc
zip_out(const struct zip_part *parts, size_t n, struct buf *out)
{
	struct entry *entries = arena_new(out->mem, struct entry, n);
	struct buf scratch = buf_open(out->mem, out->max);
	z_stream packer = {0};
	bool is_packed = true;
	size_t start = out->n;

	MUST(n < UINT16_MAX && out->max < UINT32_MAX);
	if (deflateInit2(&packer, EFFORT, Z_DEFLATED, WINDOW_BITS, MEMORY,
		Z_DEFAULT_STRATEGY) != Z_OK)
		return RC_FAILED;
	for (size_t i = 0; i < n && is_packed; i++) {
		MUST(parts[i].bytes.n < UINT32_MAX);
		is_packed = put_part(
		    &parts[i], &packer, &scratch, out, start, &entries[i]);
	}
	(void)deflateEnd(&packer);
	if (!is_packed)
		return RC_FAILED;
	if (buf_full(&scratch))
		return RC_LIMIT;
	put_directory(parts, entries, n, start, out);
	return buf_full(out) ? RC_LIMIT : RC_OK;
}
