/*
 * plan_printing.h - everything a printed plan needs from the database: the
 * order that approved it, who signs, whose it is, who has read it, how its rows
 * stand, which control points are reached.
 *
 * The same for the pages, the command line and the tests: plan_document.h makes
 * the files of it and knows no database.
 */
#pragma once

#include "core/plans/plan_document.h"
#include "lang/vocabulary.h"

struct plan_printing {
	struct plan plan;
	struct plan_print how;
};

/* appendix_only: without the order and the sheet of acquaintance. */
NODISCARD enum rc plan_printing_read(struct scope *sc, plan_id id,
    const struct vocabulary *words, bool appendix_only,
    struct plan_printing *ret);
