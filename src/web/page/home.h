/* home.h - what the first page and the search show. */
#pragma once

#include "web/shell.h"

enum { SEARCH_MOST = 200 };

/* A school, a page, a list, a measure, a paper, a kept filter, the manual. */
struct search_hit {
	const char *kind; /* for people */
	struct str name;
	struct str more; /* a code, whose */
	struct link to;
};

struct view_search {
	struct shell shell;
	struct str asked;
	const struct search_hit *hits;
	size_t n;
	bool is_full; /* there may be more */
};
