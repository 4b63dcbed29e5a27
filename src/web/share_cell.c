/* share_cell.c - how does a result look in a heat table? */
#include "web/share_cell.h"

enum { SMALL = 10, POINTS = 5 };

const char *
share_class(const struct share_cell *c)
{
	static const char *const classes[] = {"h1", "h2", "h3"};

	if (!c->is_known || c->participants == 0 || c->failed == 0)
		return "h0";
	/* BASIS: norilsk-2.1 - low is decided on 10 * failed >= 3 * taken. */
	for (int64_t tens = 1; tens <= 3; tens++) {
		if (10 * c->failed < tens * c->participants)
			return classes[tens - 1];
	}
	return "h4";
}

bool
share_is_small(const struct share_cell *c)
{
	return c->is_known && c->participants > 0 && c->participants < SMALL;
}

enum share_turn
share_turn(const struct share_cell *now, const struct share_cell *was)
{
	int64_t left, right, step;

	if (!now->is_known || !was->is_known || now->participants < SMALL ||
	    was->participants < SMALL)
		return SHARE_SAME;
	/* a/b - c/d >= 5 %, multiplied out */
	left = 100 * now->failed * was->participants;
	right = 100 * was->failed * now->participants;
	step = POINTS * now->participants * was->participants;
	if (left - right >= step)
		return SHARE_UP;
	return right - left >= step ? SHARE_DOWN : SHARE_SAME;
}
