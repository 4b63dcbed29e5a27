/*
 * tasks.h - what the pages of carrying out show: what waits, one occurrence
 * with its marks and evidence, the queue of whoever confirms.
 */
#pragma once

#include "core/plans/evidence_kinds.h"
#include "core/plans/marks.h"
#include "web/filter.h"
#include "web/page/plan.h"

enum { TASKS_SHOWN = 300 };

struct view_tasks {
	struct shell shell;
	struct list_files files;
	struct filter filter;
	const struct task *tasks; /* those the filter lets through */
	size_t n, n_all;
	size_t n_marked;
	bool may_confirm;
};

struct mark_view {
	struct q_mark m;
	const char *word; /* "исполнено", "возвращено" … */
	bool is_reason;   /* the text says why */
	struct str fact;
};

/* One occurrence, read for a page of its own or for the queue. */
struct task_reading {
	struct task task;
	struct q_measure measure;
	const struct mark_view *marks;
	size_t n_marks;
	const struct q_evidence *evidence; /* that stands */
	size_t n_evidence;
	const struct str *missing; /* kinds still to be brought */
	size_t n_missing;
	struct str goal;
	enum mark_state mark;
};

struct view_task {
	struct shell shell;
	struct task_reading r;
	struct evidence_kind kinds[EVIDENCE_KINDS_MOST];
	size_t n_kinds;
	struct form mark, proof, step;
	bool may_mark, may_confirm;
	bool is_closed;
	int32_t zone;
};

/* An occurrence of the queue that was ticked. */
struct picked {
	const struct task *task;
	struct str field; /* "pick-17" */
	bool is_picked;
};

struct view_confirm {
	struct shell shell;
	const struct picked *queue;
	size_t n, n_picked;
	size_t n_confirmed; /* by the reader, last and today: may be undone */
	struct task_reading now; /* the one that is open */
	bool has_now;
	struct link before, after;
	bool has_before, has_after;
	struct form step, many;
	bool is_preview;
	int32_t zone;
};

NODISCARD enum rc task_read(
    struct visit *v, occurrence_id id, struct task_reading *ret);
