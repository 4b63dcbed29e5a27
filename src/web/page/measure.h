/* measure.h - what the page of one measure shows. */
#pragma once

#include "core/access/audit.h"
#include "core/plans/deficits.h"
#include "web/page/plan.h"

struct view_measure {
	struct shell shell;
	struct plan plan;
	const struct plan_part *part;
	const struct plan_row *row;
	const struct task *tasks;
	size_t n_tasks;
	size_t done, of, late;
	struct str evidence; /* kinds asked for, in words */
	struct str goal;     /* "не менее 80 %", or empty */
	struct str answers;  /* deficits, in words */
	struct deficit deficits[DEFICITS_MOST];
	size_t n_deficits;
	const struct q_plan_remark *remarks;
	size_t n_remarks;
	const struct q_audit *journal;
	size_t n_journal;
	struct form form; /* a remark */
	struct form edit;
	bool may_edit;
	bool may_remark, may_settle;
	const struct control_point *point; /* NULL: not a control point */
	struct form control;
	const struct vocabulary_procedure *procedures;
	size_t n_procedures;
	bool may_say; /* how the point is counted */
	int32_t zone;
};
