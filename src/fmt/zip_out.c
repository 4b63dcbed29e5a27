/* zip_out.c - an archive out, on libzip. */
#include "fmt/zip_out.h"

#include <zip.h>

/* 1980-01-01 00:00 as an archive keeps it. */
enum { FIXED_DATE = (0 << 9) | (1 << 5) | 1, FIXED_TIME = 0 };

/* Road maps are text that repeats: more effort costs time, not size. */
enum { EFFORT = 3 };

static void
discard(zip_t **archive)
{
	if (*archive)
		zip_discard(*archive);
}

static void
release(zip_source_t **source)
{
	if (*source)
		zip_source_free(*source);
}

static bool
add_part(zip_t *archive, const struct zip_part *part)
{
	zip_source_t *bytes =
	    zip_source_buffer(archive, part->bytes.p, part->bytes.n, 0);
	zip_int64_t at;

	if (!bytes)
		return false;
	at = zip_file_add(archive, part->name, bytes, ZIP_FL_ENC_UTF_8);
	if (at < 0) {
		zip_source_free(bytes);
		return false;
	}
	zip_uint64_t i = (zip_uint64_t)at;
	return zip_set_file_compression(archive, i,
		   part->is_stored ? ZIP_CM_STORE : ZIP_CM_DEFLATE,
		   part->is_stored ? 0 : EFFORT) == 0 &&
	       zip_file_set_dostime(archive, i, FIXED_TIME, FIXED_DATE, 0) == 0;
}

static enum rc
copy_out(zip_source_t *file, struct buf *out)
{
	char part[16 * 1024];
	zip_int64_t n;

	if (zip_source_open(file) < 0)
		return RC_FAILED;
	while ((n = zip_source_read(file, part, sizeof part)) > 0)
		buf_put(out, (struct str){part, (size_t)n});
	zip_source_close(file);
	if (n < 0)
		return RC_FAILED;
	return buf_full(out) ? RC_LIMIT : RC_OK;
}

enum rc
zip_out(const struct zip_part *parts, size_t n, struct buf *out)
{
	CLEANUP(release)
	zip_source_t *file = zip_source_buffer_create(NULL, 0, 0, NULL);
	CLEANUP(discard) zip_t *archive = NULL;

	if (!file)
		return RC_FAILED;
	archive = zip_open_from_source(file, ZIP_TRUNCATE, NULL);
	if (!archive)
		return RC_FAILED;
	zip_source_keep(file);
	for (size_t i = 0; i < n; i++)
		if (!add_part(archive, &parts[i]))
			return RC_FAILED;
	if (zip_close(archive) < 0)
		return RC_FAILED;
	archive = NULL;
	return copy_out(file, out);
}
