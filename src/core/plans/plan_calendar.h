/*
 * plan_calendar.h - a plan for one's own calendar program: an event for every
 * term of every row, or a rule where it recurs.
 *
 * An event keeps its identity for ever (measure and number of its window), so a
 * moved term moves in the calendars that took it.
 *
 * BASIS: features I3; interfaces.md 2, «plan calendar».
 */
#pragma once

#include "core/plans/plan.h"

/* site: what the identities end with, "opora". stamp: when the copy is made. */
void plan_ics(const struct plan *p, struct str site, struct moment stamp,
    struct buf *out);
