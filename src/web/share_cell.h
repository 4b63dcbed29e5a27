/*
 * share_cell.h - a result as a cell of a heat table: share, n of N, depth of colour,
 * hatching for small groups, an arrow against the year before.
 */
#pragma once

#include "base/ratio.h"
#include "base/str.h"

enum share_turn { SHARE_SAME, SHARE_UP, SHARE_DOWN };

struct share_cell {
	bool is_known;
	int64_t failed, participants; /* 0 participants: nobody took part */
	enum share_turn turn;
};

/* "h0" … "h4": none, below 10, 20, 30 %, and 30 % or more. */
const char *share_class(const struct share_cell *c);

/* One pupil moves the share of such a group by ten points or more. */
bool share_is_small(const struct share_cell *c);

/*
 * Five points or more against the year before, in groups of ten and more:
 * below that an arrow would show chance.
 */
enum share_turn share_turn(
    const struct share_cell *now, const struct share_cell *was);
