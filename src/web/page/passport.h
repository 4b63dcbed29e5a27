/* passport.h - what the passport of a school shows. */
#pragma once

#include "fmt/chart.h"
#include "store/q_access.h"
#include "store/q_methods.h"
#include "store/q_results.h"
#include "web/page/runs.h"
#include "web/share_cell.h"
#include "web/shell.h"

enum { PASSPORT_YEARS = 5 };

struct passport_row {
	struct str title;
	struct share_cell cells[PASSPORT_YEARS]; /* the oldest first */
};

struct passport_verdict {
	struct q_verdict_of_school v;
	struct str title; /* of the method */
	enum method_status status;
	struct str holding; /* "K1 K2" */
	struct str why; /* of the newest year; older ones are on their cards */
};

struct passport_value {
	struct str number, title;
	struct str value; /* "да", "12,5 %", or empty: no data */
	struct str from;  /* date and source */
};

struct view_passport {
	struct shell shell;
	struct q_school school;
	struct str branch_of;
	const struct passport_verdict *verdicts;
	size_t n_verdicts;
	struct syear years[PASSPORT_YEARS];
	const struct passport_row *rows;
	size_t n_rows;
	const struct passport_value *values;
	size_t n_values;
	struct syear values_year;
	const struct q_school_events *events;
	size_t n_events;
	const struct q_audit *journal;
	size_t n_journal;
	bool has_results; /* the reader may see them */
	struct chart chart;
	bool has_chart;
	int32_t zone;
};

const char *event_title(struct str kind);
