/* sample_figures.h - pictures of the invented municipality, for tests. */
#pragma once

#include "fmt/chart.h"
#include "fmt/ribbon.h"

extern const struct chart sample_lines;
extern const struct chart sample_bars;
extern const struct chart sample_lying;
extern const struct chart sample_intervals;
extern const struct chart sample_unknown;
extern const struct heat sample_heat;

/* Days are worked out, so this one is made. */
struct ribbon sample_ribbon(struct arena *mem, uint8_t months);
