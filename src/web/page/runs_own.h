/* runs_own.h - what the files of the lists' pages share. */
#pragma once

#include "web/page/runs.h"

/* The box of a trial: settings, and the differences when they were changed. */
NODISCARD enum rc trial_fill(struct visit *v, struct view_run *s);
