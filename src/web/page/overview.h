/* overview.h - what «Сводка» shows. */
#pragma once

#include "core/overview/lacks.h"
#include "fmt/chart.h"
#include "web/filter.h"
#include "web/page/work.h"
#include "web/share_cell.h"
#include "web/shell.h"
#include "web/table.h"

/* A number that is an answer: the question above, the list behind it. */
struct tile {
	const char *kind; /* bad, warn, good or run: its upper edge */
	const char *question;
	int64_t n;
	struct str unit; /* beside the number: "из 22 школ" */
	struct str text; /* a sentence that goes on from the number */
	struct link to;
	const char *link_text;
	struct str source; /* of when, and from where */
};

enum { OVERVIEW_TILES = 12 };

/* A cell, or several of one row that say the same: why there is no number. */
struct heat_place {
	struct share_cell cell;
	const char *why; /* when there is no number; NULL: there is */
	int span;
};

struct heat_row {
	const struct overview_school *school;
	bool is_listed;
	struct link card; /* no address: no decision */
	const struct heat_place *places;
	size_t n;
};

struct heat_column {
	size_t procedure;
	struct str exam, rest; /* ВПР / математика, 5 класс */
	struct str total;      /* "14,0 %", or empty */
	struct str total_of;   /* "84 из 600" */
};

struct curve_choice {
	struct str code, title;
	bool is_chosen;
};

struct curve_line { /* a year of the table below the picture */
	struct str label;
	struct str share[2], of[2]; /* empty: no data */
};

struct view_overview {
	struct shell shell;
	struct list_files files;
	struct overview o;
	struct lacks lacks;
	struct asked_day day; /* of the address */
	int64_t pupils;
	struct tile tiles[OVERVIEW_TILES];
	size_t n_tiles;
	struct filter group, curator;
	bool has_curators;
	bool *is_shown; /* of o.schools */
	size_t n_shown;
	const struct heat_column *columns;
	size_t n_columns;
	const struct heat_row *rows;
	size_t n_low; /* cells at or above the threshold */
	const struct curve_choice *choices;
	size_t n_choices;
	struct str kept; /* the chosen filter, for the form of the curve */
	struct str kept_curator;
	struct str curve_title;
	struct str line_names[2];
	struct chart curve;
	bool has_curve;
	size_t n_line_names;
	struct curve_line lines[OVERVIEW_YEARS];
	struct chart lists;
	bool has_lists;
	struct work work;
	struct work_parts parts;
	bool may_load, may_make;
	int32_t zone;
};
