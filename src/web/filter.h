/*
 * filter.h - chips above a list: each a choice in the address with the number
 * of rows it would leave.
 *
 * A page describes its choices as a table and asks for each row which of them
 * it belongs to; the rest (counts, the chosen one, addresses) is here.
 */
#pragma once

#include "web/visit.h"

struct filter_choice {
	const char *code; /* in the address; "" is all */
	const char *title;
};

struct chip {
	const char *title;
	struct link to;
	int64_t count;
	bool is_chosen;
};

enum { FILTER_CHIPS = 12 };

struct filter {
	struct chip chips[FILTER_CHIPS];
	size_t n;
	size_t chosen;     /* place in the table of choices; 0: all */
	const char *label; /* of the chosen one, for print and file names */
};

/*
 * The first choice is everything.  name is the field of the query; an unknown
 * code chooses everything.
 */
struct filter filter_open(const struct visit *v, const char *name,
    const struct filter_choice *choices, size_t n);

/* This row belongs to the choices whose bits are set (bit 0 is set for all). */
void filter_count(struct filter *f, uint32_t belongs);

bool filter_lets(const struct filter *f, uint32_t belongs);
