/* zip_out.c - an archive out: zlib's streams in the frame of PKZIP 2.0. */
#include "fmt/zip_out.h"

#include <string.h>
#include <zlib.h>

#include "base/vec.h"

enum {
	LOCAL_HEADER = 0x04034B50,
	CENTRAL_HEADER = 0x02014B50,
	END_OF_CENTRAL = 0x06054B50,
	VERSION = 20, /* of PKZIP that can read it */
	STORED = 0,
	DEFLATED = 8,
	FIXED_TIME = 0,    /* 00:00 */
	FIXED_DATE = 0x21, /* 1980-01-01 */
	SUMS_AT = 14,      /* in a local header: CRC and both sizes */
};

/*
 * Road maps are text that repeats, often many rows later: a narrower window
 * doubles the file, more effort or a larger table of places only costs time.
 */
enum { EFFORT = 3, WINDOW_BITS = -15, MEMORY = 7 };

/* Places count from the archive's first byte. */
struct entry {
	const char *name;
	uint32_t crc;
	uint32_t packed, size;
	uint32_t at; /* of its local header */
	uint16_t method;
};

struct zip_out {
	struct buf *out;
	size_t start; /* of the archive in out */
	VEC(struct entry) entries;
	struct entry *open; /* the part being written */
	size_t bytes_at;    /* where its packed bytes begin in out */
	z_stream packer;
	bool has_failed;
};

/* The lowest n bytes of v, the lowest first. */
static void
store(char *at, size_t n, uint32_t v)
{
	for (size_t i = 0; i < n; i++)
		at[i] = (char)(v >> 8 * i & 0xFF);
}

static void
put_16(struct buf *out, uint32_t v)
{
	char bytes[2];

	store(bytes, sizeof bytes, v);
	buf_put(out, (struct str){bytes, sizeof bytes});
}

static void
put_32(struct buf *out, uint32_t v)
{
	char bytes[4];

	store(bytes, sizeof bytes, v);
	buf_put(out, (struct str){bytes, sizeof bytes});
}

/* What the two headers of an entry have in common. */
static void
put_common(struct buf *out, const struct entry *e)
{
	put_16(out, VERSION);
	put_16(out, 0); /* flags */
	put_16(out, e->method);
	put_16(out, FIXED_TIME);
	put_16(out, FIXED_DATE);
	put_32(out, e->crc);
	put_32(out, e->packed);
	put_32(out, e->size);
	put_16(out, (uint32_t)strlen(e->name));
	put_16(out, 0); /* extra field */
}

/* A packer's 200 KB live as long as the archive's own arena. */
static voidpf
take(voidpf mem, uInt n, uInt size)
{
	return arena_raw(mem, (size_t)n * size);
}

static void
leave(voidpf mem, voidpf taken)
{
}

struct zip_out *
zip_out_open(struct buf *out)
{
	struct zip_out *zip = arena_new(out->mem, struct zip_out, 1);

	MUST(out->max < UINT32_MAX);
	zip->out = out;
	zip->start = out->n;
	zip->packer =
	    (z_stream){.zalloc = take, .zfree = leave, .opaque = out->mem};
	zip->has_failed = deflateInit2(&zip->packer, EFFORT, Z_DEFLATED,
			      WINDOW_BITS, MEMORY, Z_DEFAULT_STRATEGY) != Z_OK;
	return zip;
}

/* Packs what came and, when flush is Z_FINISH, what zlib still holds. */
static void
pack(struct zip_out *zip, struct str bytes, int flush)
{
	unsigned char piece[4 * 1024];
	z_stream *packer = &zip->packer;

	/* zlib reads only; its type is older than const. */
	memcpy(&packer->next_in, &bytes.p, sizeof packer->next_in);
	packer->avail_in = (uInt)bytes.n;
	do {
		packer->next_out = piece;
		packer->avail_out = sizeof piece;
		if (deflate(packer, flush) == Z_STREAM_ERROR)
			zip->has_failed = true;
		buf_put(zip->out, (struct str){(const char *)piece,
				      sizeof piece - packer->avail_out});
	} while (packer->avail_out == 0);
}

/* The header went out before its part was known. */
static void
fill_in(struct zip_out *zip, const struct entry *e)
{
	if (buf_full(zip->out))
		return;
	char *sums = zip->out->p + zip->start + e->at + SUMS_AT;
	store(sums, 4, e->crc);
	store(sums + 4, 4, e->packed);
	store(sums + 8, 4, e->size);
}

static void
end_part(struct zip_out *zip)
{
	struct entry *e = zip->open;

	if (!e)
		return;
	if (e->method == DEFLATED && !zip->has_failed)
		pack(zip, S(""), Z_FINISH);
	e->packed = (uint32_t)(zip->out->n - zip->bytes_at);
	fill_in(zip, e);
	zip->open = NULL;
}

void
zip_out_part(struct zip_out *zip, const char *name, enum zip_packing packing)
{
	end_part(zip);

	struct entry *e = vec_push(zip->out->mem, &zip->entries);
	*e = (struct entry){.name = name,
	    .at = (uint32_t)(zip->out->n - zip->start),
	    .method = packing == ZIP_STORED ? STORED : DEFLATED};
	if (e->method == DEFLATED && !zip->has_failed)
		zip->has_failed = deflateReset(&zip->packer) != Z_OK;
	put_32(zip->out, LOCAL_HEADER);
	put_common(zip->out, e);
	buf_c(zip->out, name);
	zip->bytes_at = zip->out->n;
	zip->open = e;
}

void
zip_out_put(struct zip_out *zip, struct str bytes)
{
	struct entry *e = zip->open;

	MUST(e && bytes.n < UINT32_MAX - e->size);
	e->crc = (uint32_t)crc32(e->crc, (const Bytef *)bytes.p, (uInt)bytes.n);
	e->size += (uint32_t)bytes.n;
	if (e->method == STORED)
		buf_put(zip->out, bytes);
	else if (!zip->has_failed)
		pack(zip, bytes, Z_NO_FLUSH);
}

static void
put_directory(struct zip_out *zip)
{
	struct buf *out = zip->out;
	uint32_t at = (uint32_t)(out->n - zip->start);

	vec_each(const struct entry, e, &zip->entries) {
		put_32(out, CENTRAL_HEADER);
		put_16(out, VERSION); /* made by */
		put_common(out, e);
		put_16(out, 0); /* comment */
		put_16(out, 0); /* disk */
		put_16(out, 0); /* internal attributes */
		put_32(out, 0); /* external attributes */
		put_32(out, e->at);
		buf_c(out, e->name);
	}
	uint32_t size = (uint32_t)(out->n - zip->start) - at;
	put_32(out, END_OF_CENTRAL);
	put_32(out, 0); /* disks */
	put_16(out, (uint32_t)zip->entries.n);
	put_16(out, (uint32_t)zip->entries.n);
	put_32(out, size);
	put_32(out, at);
	put_16(out, 0); /* comment */
}

enum rc
zip_out_close(struct zip_out *zip)
{
	end_part(zip);
	(void)deflateEnd(&zip->packer);
	MUST(zip->entries.n < UINT16_MAX);
	put_directory(zip);
	if (zip->has_failed)
		return RC_FAILED;
	return buf_full(zip->out) ? RC_LIMIT : RC_OK;
}
