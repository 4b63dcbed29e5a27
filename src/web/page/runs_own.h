/* runs_own.h - what the files of the lists' pages share. */
#pragma once

#include "web/page/runs.h"

/* The page of a list by the index of social conditions (index.c). */
NODISCARD enum rc answer_index(
    struct visit *v, struct reply *rp, struct view_run *list);

/* The columns of such a list, for each index there is. */
NODISCARD enum rc index_shapes(
    struct visit *v, const struct list_shape **ret, size_t *ret_n);

/* The card of one school in such a list. */
NODISCARD enum rc answer_index_card(
    struct visit *v, struct reply *rp, const struct q_run *run);

/* The box of a trial: settings, and the differences when they were changed. */
NODISCARD enum rc trial_fill(struct visit *v, struct view_run *s);
