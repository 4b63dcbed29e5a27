/*
 * plan.h - what the page of one road map shows: four views of the same rows
 * under the same filters, the bar of steps, what changed since the order.
 */
#pragma once

#include "core/plans/control.h"
#include "core/plans/occurrence.h"
#include "core/plans/plan_bulk.h"
#include "core/plans/plan_columns.h"
#include "core/plans/plan_document.h"
#include "core/plans/plan_review.h"
#include "core/plans/plan_steps.h"
#include "fmt/ribbon.h"
#include "store/q_plan_pages.h"
#include "web/filter.h"
#include "web/shell.h"
#include "web/table.h"

enum plan_view { VIEW_TABLE, VIEW_RIBBON, VIEW_CALENDAR, VIEW_BOARD };

/* A term of a row: of the plan's words, or of the occurrences behind it. */
struct window_view {
	struct date from, to;
	struct str label;
	size_t done, of, late, marked;
	bool is_outer;
};

struct row_view {
	const struct plan_part *part;
	const struct plan_row *row;
	bool begins_part; /* among the rows shown */
	struct str pick;  /* "row-12": the field that ticks it */
	bool is_picked;
	struct link edit;         /* this page with the row open */
	const struct task *tasks; /* those the filter lets through */
	size_t n_tasks;
	const struct window_view *windows;
	size_t n_windows;
	size_t done, of, late, marked;
	const struct row_difference *change; /* NULL: as approved */
	size_t remarks; /* of whoever approves, not settled */
};

struct plan_choice {
	struct str value, title;
	bool is_chosen;
};

struct plan_choices {
	const struct plan_choice *p;
	size_t n;
};

/* A day of the calendar with what falls due on it. */
struct day_item {
	const struct row_view *row;
	const struct window_view *window;
};

struct day_view {
	struct date day; /* DATE_NONE: of another month */
	bool is_today, is_off;
	const struct day_item *items;
	size_t n;
};

enum { CALENDAR_CELLS = 42 };

/* A card of the board. */
struct board_column {
	const char *title, *kind, *icon;
	const struct task **cards;
	size_t n, n_all;
};

enum { BOARD_COLUMNS = 5, BOARD_CARDS = 40 };

struct plan_step_view {
	enum plan_state state;
	bool is_done, is_now;
	struct date on;
	struct str note;
};

struct view_plan {
	struct shell shell;
	struct plan plan;
	enum plan_state state;
	enum plan_view view;
	struct chip views[4];
	struct filter filter; /* by state */
	struct plan_choices schools, sections, sets;
	struct str who; /* responsible, part of the words */
	bool is_mine;
	struct link clear;
	bool has_filter;
	struct printed_columns columns;
	const struct row_view *rows;
	size_t n_rows, n_all;
	size_t done, of, late, marked;

	struct ribbon ribbon;
	struct day_view days[CALENDAR_CELLS];
	struct str month;
	struct link month_before, month_after;
	struct board_column board[BOARD_COLUMNS];

	bool is_compared;
	struct link compare;
	const struct row_difference *differences;
	size_t n_differences;
	struct str approved_by; /* "приказ № 145 от 03.04.2024", or empty */

	struct plan_step_view steps[5];
	size_t n_steps;
	enum plan_step open[PLAN_STEP_COUNT];
	size_t n_open;
	struct form form;
	enum plan_step refused;
	const struct q_plan_step *journal;
	size_t n_journal;
	const struct q_acquaintance *acquainted;
	size_t n_acquainted;
	bool has_acquainted; /* the reader is among them */
	const struct q_unacquainted *unacquainted; /* for who keeps the plan */
	size_t n_unacquainted;
	const struct control_point *points;
	size_t n_points, n_reached;
	size_t n_proposals; /* of the municipality, not answered yet */
	size_t n_maps;      /* road maps of schools made out of this plan */
	school_id begins;   /* the reader's school that has none yet; or 0 */
	bool may_edit, may_copy;
	struct form row, copy; /* a new row; next year's plan */
	struct form bulk;      /* of the rows that are ticked */
	struct form edit;      /* of the row that is open in the table */
	measure_id edited;     /* which one; 0: none */
	struct link back;      /* this page without an open row */
	struct q_bulk last_bulk;
	bool has_bulk; /* the last change of many may be taken back */
	int32_t zone;
};

/* Reads the plan and everything the address asks of it (plan_show.c). */
NODISCARD enum rc plan_view_read(struct visit *v, struct view_plan *ret);
void plan_view_ribbon(struct visit *v, struct view_plan *s);
void plan_view_calendar(struct visit *v, struct view_plan *s);
void plan_view_board(struct visit *v, struct view_plan *s);

/* The row's words as its form shows them; what was typed wins. */
struct form plan_row_form(struct visit *v, const struct q_measure *m);

/* A cell of the table, and what the order says where that is another text. */
struct str plan_cell(const struct row_view *r, enum print_column column);
struct str plan_cell_was(const struct row_view *r, enum print_column column);

/* "до 15.09.2026", "01.10.2026 – 31.10.2026", "4 срока": as it was read. */
struct str deadline_in_words(struct arena *mem, const struct deadline *d);

/* kind, picture of a state of an occurrence. */
const char *task_kind(enum occurrence_state s);
const char *task_icon(enum occurrence_state s);

/* "Утверждён" of "approved". */
const char *plan_state_word(struct str code);
