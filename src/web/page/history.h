/* history.h - what the history of one object shows. */
#pragma once

#include "core/access/audit.h"
#include "store/q_access.h"
#include "web/page/journal.h"
#include "web/shell.h"
#include "web/table.h"

struct view_history {
	struct shell shell;
	struct list_files files;
	struct journal_filter filter;
	struct str object; /* school, run, load, person, plan */
	int64_t id;
	struct str name; /* of the object, as it is called now */
	struct link to;
	const struct q_audit *entries; /* the newest first */
	size_t n;
	size_t n_all; /* before the filter */
	int32_t zone;
};
