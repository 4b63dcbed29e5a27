/* audit.h - what the page of the journal shows. */
#pragma once

#include "core/access/audit.h"
#include "store/q_access.h"
#include "web/page/journal.h"
#include "web/shell.h"
#include "web/table.h"

struct view_audit {
	struct shell shell;
	const struct q_audit *entries;
	size_t n;
	struct audit_state state;
	struct link older; /* the next page; no address: this is the last */
	struct list_files files;
	struct journal_filter filter;
	int32_t zone;
};
