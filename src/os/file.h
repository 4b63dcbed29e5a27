/*
 * file.h - files: read whole, written whole or not at all.
 *
 * Errors are complained about with the system's reason in Russian sentences;
 * nothing is logged here.
 */
#pragma once

#include "base/arena.h"
#include "base/diag.h"
#include "base/rc.h"
#include "base/str.h"

/* A descriptor that closes itself; -1 is none. */
void fd_closep(int *fd);
#define autofd CLEANUP(fd_closep) int

/* RC_NOT_FOUND, RC_DENIED, RC_LIMIT (more than max bytes) or RC_FAILED. */
NODISCARD enum rc file_read(struct arena *mem, struct str path, size_t max,
    struct diag *d, struct str *ret);

/* Opens for reading; *ret_fd is the caller's to close. */
NODISCARD enum rc file_open(struct str path, struct diag *d, int *ret_fd);

/*
 * Writes beside the target, syncs, then renames: a reader sees the old file
 * or the new one, also after a power cut.
 */
NODISCARD enum rc file_write(struct str path, struct str bytes, struct diag *d);

/* All bytes or an error; for pipes and sockets too. */
NODISCARD enum rc fd_write_all(int fd, struct str bytes);

/*
 * A file of these bytes that lies in memory only, at its beginning: what may
 * hold names reaches no disk.  *ret_fd is the caller's to close.
 */
NODISCARD enum rc fd_in_memory(struct str bytes, int *ret_fd);
