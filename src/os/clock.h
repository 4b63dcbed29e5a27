/*
 * clock.h - the only place that asks what time it is.
 *
 * main() and the server read it once a command or request and pass it down;
 * the domain gets it as an argument.  $OPORA_TODAY (a date) replaces the day
 * for tests and demonstrations; the time of day goes on.
 */
#pragma once

#include "base/date.h"

struct moment clock_now(void);
struct date clock_today(int32_t zone_minutes);

/* Monotonic microseconds, for measuring only. */
int64_t clock_ticks(void);

/* Microseconds of a processor that this thread has had. */
int64_t clock_worked(void);
