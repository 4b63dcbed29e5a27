/*
 * plan_reading.h - a road map as it was read out of somebody's file.
 *
 * Word, LibreOffice, a spreadsheet or a pasted table comes as struct pages;
 * out goes what a person would see in it: title, period, order, sections,
 * measures with deadlines and responsibles, control points, people, clauses
 * of the order that are tasks of their own.  Each doubt stands beside its
 * place, and every cell with text is either in the plan or in the list of
 * what was left out (plan_reading_is_whole).
 *
 * Pure: nothing is stored, no clock.  Everything lives in the arena.
 *
 * BASIS: domain 6.1, 6.2, 6.9; issue "Road maps", Plan in.
 */
#pragma once

#include "base/buf.h"
#include "base/rc.h"
#include "base/vec.h"
#include "core/plans/responsible.h"
#include "fmt/pages.h"
#include "lang/deadline.h"

/* What a column says, told by its heading. */
enum plan_column {
	COLUMN_OTHER, /* no heading, or one nobody knows */
	COLUMN_NUMBER,
	COLUMN_TITLE,
	COLUMN_SCHOOL_PART,
	COLUMN_DEADLINE,
	COLUMN_RESPONSIBLE,
	COLUMN_RESULT,
	COLUMN_INDICATOR,
	COLUMN_REPORT,
	COLUMN_MARK,
	COLUMN_NOTE,
	COLUMN_POINT,  /* control point */
	COLUMN_PERSON, /* ФИО */
	COLUMN_POST,
	COLUMN_AREA, /* what the person answers for */
	COLUMN_COUNT
};

enum plan_table_kind {
	TABLE_MEASURES,
	TABLE_MECHANISMS, /* measures too, of the management of the plan */
	TABLE_POINTS,
	TABLE_PEOPLE,
	TABLE_OTHER, /* passport, indicators: left out, and said so */
};

/* Where in the file, everything from 1; table and row 0: a paragraph. */
struct plan_place {
	uint32_t block;
	uint32_t table;
	uint32_t row;
	uint32_t column; /* from 1, 0: the whole row */
};

struct plan_heading {
	struct str text;
	enum plan_column column;
};

struct plan_table {
	enum plan_table_kind kind;
	struct str title;
	struct day_span period; /* its own, or that of the plan */
	struct plan_heading *headings;
	size_t n_headings;
	bool heads_inherited; /* no heading row: those of the table before */
	struct plan_place at;
};

struct plan_section {
	size_t table;
	struct str title;
	struct plan_place at;
};

enum { NO_SECTION = -1 };

struct plan_measure {
	size_t table;
	ptrdiff_t section; /* or NO_SECTION */
	struct str number; /* as printed: "1.10." */
	struct str title;
	struct str school_part;
	struct str deadline;
	struct deadline parsed;
	struct str responsible_text;
	struct responsibles responsible;
	struct str result, indicator, report_form, mark, note;
	bool has_start; /* of a kept row: the value its goal is counted from */
	struct plan_place at;
	uint32_t last_row; /* joined rows: the last of them */
};

struct plan_person {
	struct str number, name, post, area;
	struct plan_place at;
};

/*
 * A clause of the order, "3.2.".  A task need have no deadline; what approves
 * the plan or the order itself is no task and stands among the leftovers.
 */
enum plan_clause_kind {
	CLAUSE_TASK,
	CLAUSE_HEAD, /* "Руководителям школ:", whose tasks follow */
	CLAUSE_CONTROL,
	CLAUSE_FORMAL,
};

/*
 * Between a clause that names another deadline in its text and its own; printed
 * so, and read back.
 */
#define CLAUSE_OWN_TERM "; срок: "

struct plan_clause {
	enum plan_clause_kind kind;
	struct str number;
	struct str title; /* without the deadline */
	struct str addressee;
	struct str deadline;
	struct deadline parsed;
	struct responsibles responsible;
	struct plan_place at;
};

struct plan_remark {
	struct plan_place at;
	struct str text;
};

struct plan_reading {
	struct str title;
	struct day_span period; /* DATE_NONE when it could not be told */
	struct date ordered;
	struct str order_number;
	struct str control; /* "Контроль за исполнением …" of the order */
	VEC(struct plan_table) tables;
	VEC(struct plan_section) sections;
	VEC(struct plan_measure) measures;
	VEC(struct plan_measure) points;
	VEC(struct plan_person) people;
	VEC(struct plan_clause) clauses;
	VEC(struct plan_remark) warnings;
	VEC(struct plan_remark) leftovers;
	size_t cells_seen, cells_used, cells_left;
};

/* What the person said beside the file; DATE_NONE: nothing. */
struct plan_options {
	struct day_span period;
	struct date ordered;
	const struct calendar *calendar;
};

/*
 * RC_INVALID with a sentence when no table of the file is a plan; what could
 * be read is returned nevertheless.
 */
NODISCARD enum rc plan_read(struct arena *mem, const struct pages *pages,
    const struct plan_options *options, struct diag *d,
    struct plan_reading *ret);

/* A clause as the row of a plan it becomes. */
struct plan_measure plan_clause_row(const struct plan_clause *c);

/*
 * A table or section may be of its own years inside the plan's: «План
 * мероприятий на 2023 год» in a programme of three; its rows are read in them.
 * The plan's period when the title names none.  The words name a period of
 * whole years so that it is read back.
 */
struct day_span plan_own_period(struct day_span plan, struct str title);
struct str plan_period_words(struct arena *mem, struct day_span period);

/* Every cell seen is used or left out. */
bool plan_reading_is_whole(const struct plan_reading *p);

/* interfaces.md 2: the answer of `import plan --check --format json`. */
void plan_reading_json(const struct plan_reading *p, struct buf *out);

/* "таблица 2, строка 14" */
struct str plan_place_text(struct arena *mem, struct plan_place at);

extern const char *const plan_column_titles[COLUMN_COUNT];
