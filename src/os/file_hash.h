/*
 * file_hash.h - by what a file is known again, however it is called.
 *
 * Read piece by piece, so a file of any size takes no memory.
 */
#pragma once

#include "base/arena.h"
#include "base/rc.h"
#include "base/str.h"

/* SHA-256 of an open file from its beginning, in hexadecimal; rewinds it. */
NODISCARD enum rc fd_sha256(
    int fd, struct arena *mem, struct str *ret_hex, int64_t *ret_size);
