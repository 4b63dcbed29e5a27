/* terms.h - what the page of the school year and of schedules shows. */
#pragma once

#include "core/plans/awaited.h"
#include "core/plans/year_lines.h"
#include "store/q_calendar.h"
#include "web/shell.h"

struct schedule_line {
	struct q_schedule s;
	const struct q_schedule_row *rows;
	size_t n;
};

/* What loading would change, said before it is done. */
struct terms_preview {
	bool is_there;
	struct str what; /* read: "периодов 8, дней 2" */
	struct deadlines_moved moved;
	struct str warning;
};

struct view_terms {
	struct shell shell;
	struct syear year;
	struct year_lines lines;
	struct schedule_line *schedules;
	size_t n_schedules;
	struct awaited_schedule *awaited;
	size_t n_awaited;
	bool may_change;
	int32_t zone;
	struct form year_form, schedule_form;
	struct terms_preview year_preview, schedule_preview;
};
