/*
 * random.h - bytes nobody can guess: secrets of sessions, links, calendars.
 */
#pragma once

#include "base/arena.h"
#include "base/str.h"

/* Must be called once before anything else of libsodium. */
void random_init(void);

/* n random bytes as URL-safe text (no padding). */
struct str random_token(struct arena *mem, size_t n);
