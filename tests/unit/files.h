/*
 * files.h - files that exist only in memory, for the tests of readers.
 */
#pragma once

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zip.h>

#include "harness.h"

/* A descriptor with these bytes, to be closed by the caller. */
static inline int
file_of(struct str bytes)
{
	int fd = memfd_create("test", MFD_CLOEXEC);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes.p, bytes.n), (ssize_t)bytes.n);
	return fd;
}

struct part {
	const char *name;
	const char *text;
};

/* A ZIP container of n parts. */
static inline int
zip_of(const struct part *parts, size_t n)
{
	zip_error_t error;
	zip_source_t *bytes = zip_source_buffer_create(NULL, 0, 0, &error);
	zip_t *z =
	    zip_open_from_source(bytes, ZIP_CREATE | ZIP_TRUNCATE, &error);

	assert_non_null(z);
	zip_source_keep(bytes);
	for (size_t i = 0; i < n; i++) {
		zip_source_t *s = zip_source_buffer(
		    z, parts[i].text, strlen(parts[i].text), 0);
		assert_true(
		    zip_file_add(z, parts[i].name, s, ZIP_FL_OVERWRITE) >= 0);
	}
	assert_int_equal(zip_close(z), 0);
	assert_int_equal(zip_source_open(bytes), 0);

	int fd = memfd_create("test", MFD_CLOEXEC);
	char chunk[4096];
	zip_int64_t got;
	while ((got = zip_source_read(bytes, chunk, sizeof chunk)) > 0)
		assert_int_equal(write(fd, chunk, (size_t)got), got);
	(void)zip_source_close(bytes);
	zip_source_free(bytes);
	return fd;
}

static inline int
fixture(const char *name)
{
	char path[512];

	(void)snprintf(path, sizeof path, "%s/data/%s", TESTS_DIR, name);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		print_error("no fixture %s\n", path);
	assert_true(fd >= 0);
	return fd;
}
