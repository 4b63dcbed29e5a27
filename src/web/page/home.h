/* home.h - what the first page, the help and the search show. */
#pragma once

#include "web/shell.h"

struct view_search {
	struct shell shell;
	struct str asked;
	const struct q_school *schools;
	size_t n;
};
