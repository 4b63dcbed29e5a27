/*
 * plan_shift.h - the words of an order some years later.
 *
 * «октябрь 2023» becomes «октябрь 2024», «2023/24 учебный год» «2024/25»; what
 * names no year stays.  A day that the new year lacks (29 February) becomes the
 * day before it.  Nothing else of the words changes, so the order reads as its
 * author wrote it.
 *
 * BASIS: features C10 - copy into next year.
 */
#pragma once

#include "base/arena.h"
#include "base/str.h"

struct str words_years_later(struct arena *mem, struct str words, int years);
