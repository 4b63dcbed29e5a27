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
#include "lang/deadline.h"

struct str words_years_later(struct arena *mem, struct str words, int years);

/*
 * A deadline that names days, some days later: days written out are replaced
 * where they stand, months become the days they meant.  False when the words
 * have no day to move: «1 раз в четверть», «в течение года», «по графику» – or
 * when the moved words would not be read as exactly the moved days.
 */
bool deadline_days_later(struct arena *mem, struct str phrase,
    const struct deadline_context *context, int32_t days, struct str *ret);
