/* clock.c - the only place that asks what time it is. */
#include "os/clock.h"

#include <stdlib.h>
#include <time.h>

struct moment
clock_now(void)
{
	struct timespec ts;
	const char *fixed = getenv("OPORA_TODAY");
	struct date day;

	(void)clock_gettime(CLOCK_REALTIME, &ts);
	if (fixed && date_parse(str_of(fixed), &day))
		return (struct moment){
		    (int64_t)day.day * 86400 + ts.tv_sec % 86400};
	return (struct moment){ts.tv_sec};
}

struct date
clock_today(int32_t zone_minutes)
{
	const char *fixed = getenv("OPORA_TODAY");
	struct date day;

	if (fixed && date_parse(str_of(fixed), &day))
		return day;
	return moment_date(clock_now(), zone_minutes);
}

static int64_t
microseconds(clockid_t clock)
{
	struct timespec ts;

	(void)clock_gettime(clock, &ts);
	return (int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

int64_t
clock_ticks(void)
{
	return microseconds(CLOCK_MONOTONIC);
}

int64_t
clock_worked(void)
{
	return microseconds(CLOCK_THREAD_CPUTIME_ID);
}
