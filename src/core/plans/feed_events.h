/*
 * feed_events.h - occurrences as events of a calendar.
 *
 * Occurrences of one window for several schools are one event that says
 * «исполнено 7 из 9»; of one school, that school's own.
 */
#pragma once

#include "base/buf.h"
#include "core/plans/occurrence.h"

void feed_events(struct scope *sc, struct str title, const struct task *all,
    size_t n, struct str site, struct buf *out);
