/*
 * summary.h - a whole list in a few sentences, as the preamble of an order
 * tells it: how many schools, which share, for which reasons, which schools.
 */
#pragma once

#include "core/methods/run.h"

struct str run_summary(struct arena *mem, const struct run *run);
