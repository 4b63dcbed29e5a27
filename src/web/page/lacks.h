/* lacks.h - what the page of deficits shows. */
#pragma once

#include "core/overview/lacks.h"
#include "web/filter.h"
#include "web/shell.h"
#include "web/table.h"

struct view_lacks {
	struct shell shell;
	struct list_files files;
	struct overview o;
	struct filter answered, group;
	const struct lack **shown;
	size_t n;
};
