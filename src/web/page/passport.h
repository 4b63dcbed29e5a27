/* passport.h - what the passport of a school shows. */
#pragma once

#include "core/methods/status.h"
#include "core/results/profile.h"
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
	size_t procedure;                        /* in the vocabulary */
	struct corridor all, alike;              /* of the newest year */
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
	bool is_breach;   /* breaks its rule of the table of risks */
};

/* A block of the table of risks, or of the social passport. */
struct passport_block {
	const char *title;
	const struct passport_value *values;
	size_t n;
	size_t breaches;
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
	struct passport_block blocks[6];
	size_t n_blocks;
	struct syear values_year;
	const struct membership *stays; /* in groups, the oldest first */
	size_t n_stays;
	bool reads_lists; /* may open lists and the acts they follow */
	const struct passport_verdict *why; /* of the newest list it is on */
	struct peers peers;
	const struct cohort *cohorts;
	size_t n_cohorts;
	const struct deficit *deficits;
	size_t n_deficits;
	const struct q_people_of_school *people;
	size_t n_people;
	const struct q_objection *objections;
	size_t n_objections;
	struct chart chances; /* intervals of small groups, the newest year */
	bool has_chances;
	const struct q_school_events *events;
	size_t n_events;
	const struct q_audit *journal;
	size_t n_journal;
	bool has_results; /* the reader may see them */
	struct chart chart;
	bool has_chart;
	/* read once for several parts */
	struct vocabulary words;
	const struct q_result *all_results;
	size_t n_all_results;
	const struct q_observation *answers;
	size_t n_answers;
	int32_t zone;
};

const char *event_title(struct str kind);

/* "8–21 %"; empty: too few schools to tell. */
struct str corridor_text(struct arena *mem, const struct corridor *c);
