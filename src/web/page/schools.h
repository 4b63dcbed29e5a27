/* schools.h - what the list of schools and the passport of one show. */
#pragma once

#include "store/q_methods.h"
#include "store/q_results.h"
#include "web/filter.h"
#include "web/shell.h"
#include "web/table.h"

struct view_schools {
	struct shell shell;
	struct list_files files;
	struct filter filter;
	const struct q_school *schools; /* those the filter lets through */
	size_t n;
	size_t n_all;
	int64_t pupils; /* of those whose number is known */
};

/* "СОШ", "гимназия" … for a kind of the registry. */
const char *school_kind_title(struct str kind);
