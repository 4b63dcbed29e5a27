/* groups.h - what the page of groups on a day shows. */
#pragma once

#include "core/methods/status.h"
#include "web/filter.h"
#include "web/shell.h"
#include "web/table.h"

struct stay_line {
	struct membership m;
	struct str name, code;
};

struct view_groups {
	struct shell shell;
	struct list_files files;
	struct filter filter;
	struct asked_day day;
	const struct stay_line *lines;
	size_t n;
	struct status status;
	struct exit_rule rules[OFFICIAL_KIND_COUNT];
	struct form form; /* of a rule */
	bool may_change;
};

/* "ШНСУ" with its type, for a heading; "с 17.03.2026". */
const char *group_title(const struct membership *m);
