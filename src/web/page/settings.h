/* settings.h - what the settings and the page of deputies show. */
#pragma once

#include "store/q_home.h"
#include "web/shell.h"

struct view_settings {
	struct shell shell;
	struct form form;
	struct date factor_from; /* DATE_NONE: no duty */
};

struct view_deputy {
	struct shell shell;
	struct form form;
	const struct q_deputy_candidates *people;
	size_t n_people;
	const struct q_deputies_of *deputies; /* of the reader */
	size_t n;
};
