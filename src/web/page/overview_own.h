/* overview_own.h - what the files of «Сводка» share. */
#pragma once

#include "web/page/overview.h"

/* The day of the address: "on", and the year of its list. */
struct overview_day {
	struct overview_asked asked;
	struct asked_day day;
};

struct overview_day overview_day(const struct visit *v);

/* The questions, by what the reader may see and what there is to say. */
void overview_tiles(const struct visit *v, struct view_overview *s);

/* Schools × procedures of the chosen schools. */
void overview_heat(const struct visit *v, struct view_overview *s);

/* One procedure over the years, and the lists over the years. */
void overview_curves(const struct visit *v, struct view_overview *s);
