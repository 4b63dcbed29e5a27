/* file.c - files: read whole, written whole or not at all. */
#include "os/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

void
fd_closep(int *fd)
{
	if (*fd >= 0)
		(void)close(*fd);
	*fd = -1;
}

static enum rc
cannot_open(struct str path, struct diag *d)
{
	struct place at = {.file = arena_str(d->mem, path)};

	switch (errno) {
	case ENOENT:
	case ENOTDIR:
		diag_error(d, at, N_("Такого файла нет."))->hint =
		    S("Проверьте имя и папку.");
		return RC_NOT_FOUND;
	case EACCES:
	case EPERM:
		diag_error(d, at, N_("Нет права открыть этот файл."));
		return RC_DENIED;
	default:
		diag_error(
		    d, at, N_("Файл не открывается: %s."), strerror(errno));
		return RC_FAILED;
	}
}

enum rc
file_open(struct str path, struct diag *d, int *ret_fd)
{
	autoarena mem = arena_open(0);
	struct stat st;
	int fd = open(arena_cstr(mem, path), O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return cannot_open(path, d);
	if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode)) {
		(void)close(fd);
		diag_error(d, (struct place){.file = arena_str(d->mem, path)},
		    N_("Это папка, а нужен файл."));
		return RC_INVALID;
	}
	*ret_fd = fd;
	return RC_OK;
}

enum rc
file_read(struct arena *mem, struct str path, size_t max, struct diag *d,
    struct str *ret)
{
	autofd fd = -1;
	struct stat st;
	struct place at = {.file = arena_str(d->mem, path)};
	enum rc rc = file_open(path, d, &fd);

	if (rc != RC_OK)
		return rc;
	if (fstat(fd, &st) != 0)
		return cannot_open(path, d);
	if ((uint64_t)st.st_size > max) {
		diag_error(d, at, N_("Файл больше %zu МБ, такие не читаются."),
		    max / 1000000);
		return RC_LIMIT;
	}

	size_t n = 0, size = (size_t)st.st_size;
	char *p = arena_raw(mem, size + 1);
	while (n < size) {
		ssize_t got = read(fd, p + n, size - n);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0) {
			diag_error(d, at, N_("Файл не читается: %s."),
			    strerror(errno));
			return RC_FAILED;
		}
		if (got == 0)
			break;
		n += (size_t)got;
	}
	p[n] = '\0';
	*ret = (struct str){p, n};
	return RC_OK;
}

enum rc
fd_write_all(int fd, struct str bytes)
{
	while (bytes.n) {
		ssize_t put = write(fd, bytes.p, bytes.n);
		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return RC_FAILED;
		bytes = str_from(bytes, (size_t)put);
	}
	return RC_OK;
}

enum rc
fd_in_memory(struct str bytes, int *ret_fd)
{
	autofd fd = memfd_create("in-memory", MFD_CLOEXEC);

	if (fd < 0 || fd_write_all(fd, bytes) != RC_OK ||
	    lseek(fd, 0, SEEK_SET) != 0)
		return RC_FAILED;
	*ret_fd = fd;
	fd = -1;
	return RC_OK;
}

static enum rc
cannot_write(struct str path, struct diag *d)
{
	struct complaint *c =
	    diag_error(d, (struct place){.file = arena_str(d->mem, path)},
		N_("Файл не записан: %s."), strerror(errno));

	if (errno == ENOSPC)
		c->hint = S("Освободите место на диске и повторите.");
	return errno == EACCES || errno == EPERM ? RC_DENIED : RC_FAILED;
}

/* The rename is on disk only when the folder is. */
static void
sync_folder(const char *path, struct arena *mem)
{
	const char *slash = strrchr(path, '/');
	const char *folder =
	    !slash ?
		"." :
	    slash == path ?
		"/" :
		arena_cstr(mem, (struct str){path, (size_t)(slash - path)});
	autofd fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd >= 0)
		(void)fsync(fd);
}

enum rc
file_write(struct str path, struct str bytes, struct diag *d)
{
	autoarena mem = arena_open(0);
	const char *to = arena_cstr(mem, path);
	const char *temporary =
	    arena_fmt(mem, "%s.%ld.part", to, (long)getpid()).p;
	autofd fd =
	    open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);

	if (fd < 0)
		return cannot_write(path, d);
	if (fd_write_all(fd, bytes) != RC_OK || fsync(fd) != 0 ||
	    rename(temporary, to) != 0) {
		enum rc rc = cannot_write(path, d);
		(void)unlink(temporary);
		return rc;
	}
	sync_folder(to, mem);
	return RC_OK;
}
