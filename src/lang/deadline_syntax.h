/*
 * deadline_syntax.h - what the grammar of deadlines hands to the years: pieces
 * of a calendar whose year nobody has said yet, and the other things a cell may
 * hold.  Internal to the deadline files of this folder.
 */
#pragma once

#include "base/vec.h"
#include "lang/deadline.h"
#include "lang/deadline_token.h"

enum area {
	AREA_DAY,
	AREA_MONTH,
	AREA_QUARTER,
	AREA_HALF, /* of the school year; of the calendar beside a plain year */
	AREA_YEAR,
	AREA_TERM,
	AREA_TRIMESTER,
	AREA_SCHOOL_YEAR, /* 1 September - 31 August */
	AREA_TEACHING,    /* its lessons: "весь учебный год" */
	AREA_PERIOD,
	AREA_SEASON,
	AREA_BREAK,
	AREA_EXAM,
	AREA_ISO,
};

/* Which part of an area is meant. */
enum part {
	PART_WHOLE,
	PART_BEGINNING,
	PART_MIDDLE,
	PART_END,
	PART_FIRST_HALF,
	PART_SECOND_HALF,
	PART_DECADE, /* part_n from 1, -1 last */
	PART_WEEK,
	PART_WEEKDAY, /* the part_n-th weekday of a month */
	PART_DAY,     /* the part_n-th day, -1 the last */
	PART_WORKDAY, /* the part_n-th working day, -1 the last */
};

enum year_word {
	YEAR_UNSAID,
	YEAR_EACH, /* "текущего, отчетного года": every year of the plan */
	YEAR_NEXT,
	YEAR_NEW,      /* the school year, or year, that begins in the plan */
	YEAR_CALENDAR, /* not the school year, whatever the plan */
};

struct piece {
	enum area area;
	enum part part;
	int part_n, part_to; /* "1-2 неделя" */
	int weekday;
	int day, month;
	int number;    /* of a quarter, term …; 0: not said, every one */
	int number_to; /* "3-4 квартал" */
	int year;      /* 0: not said */
	struct syear syear;
	enum year_word year_word;
	bool year_guessed; /* taken from a neighbour */
	struct date iso;
};

enum mode {
	MODE_IN,
	MODE_BY,
	MODE_TOWARDS, /* к */
	MODE_SINCE,   /* "с 1 сентября" without an end */
	MODE_PAST,    /* "после 20 мая": from the day behind it */
	MODE_AFTER,   /* "по итогам I полугодия" */
};

/* "10 рабочих дней" */
struct delay_length {
	int n;
	enum word_unit unit;
	bool working;
};

/* "с момента утверждения плана до", "со дня выхода приказа до" */
enum open_start { OPEN_NOT, OPEN_PLAN, OPEN_EVENT };

struct item {
	enum mode mode;
	struct piece from;
	struct piece to; /* the same as from unless is_span */
	bool is_span;
	enum open_start open_start;
	bool inclusive;
	bool listed; /* a comma or "и" joins it to the one before */
	struct delay_length ahead; /* "за неделю до 1 июня"; n 0: none */
	struct str label;
};

/* What a cell said first decides its kind; the rest qualifies it. */
enum said { SAID_NOTHING, SAID_DATES, SAID_EVERY, SAID_THROUGHOUT };

/* "в течение 10 дней со дня подписания приказа". */
struct delay {
	bool is_set;
	bool from_order; /* else from an event nobody can date */
	bool no_event;   /* nothing is said */
	int n;
	enum word_unit unit;
	bool working;
	struct str text;
};

struct reading {
	VEC(struct item) items;
	VEC(struct item) except;
	VEC(struct str) assumptions;
	enum said first;
	struct deadline_every every;
	struct deadline_rule rule;
	bool external, on_request, said_none, unreadable;
	bool has_place;  /* rule.place was said */
	bool constant;   /* «постоянно» was said */
	bool month_said; /* which month of a longer unit its day is of */
	bool then; /* "сентябрь, далее ежеквартально" */
	struct str schedule;
	struct delay delay;
	int strays;         /* runs of words that belong to no deadline */
	struct str unclear; /* words that belong to no deadline */
	struct str reason;  /* of unreadable */
};

struct parser {
	struct arena *mem;
	struct str phrase;
	const struct deadline_context *context;
	struct tokens tokens;
	size_t at;
	struct reading *r;
	enum mode sticky; /* "до 30.11, 28.02": the second is BY too */
	bool sticky_inclusive;
	bool explains;    /* in brackets behind a date */
	bool until_clock; /* "до 18:00 24.01": the word belongs to the day */
	int item_number;  /* of the last "1." passed */
	size_t clause_end;
};

void assume(struct arena *mem, struct reading *r, const char *format, ...)
    PRINTF(3, 4);
void unreadable(struct parser *p, const char *format, ...) PRINTF(2, 3);

/* The cursor. None of them moves it unless it returns true. */
const struct token *peek(const struct parser *p, size_t ahead);
bool is_kind(const struct parser *p, enum token_kind kind);
bool is_class(const struct parser *p, enum word_class class);
bool is_unit(const struct parser *p, enum word_unit unit);
bool take_kind(struct parser *p, enum token_kind kind);
bool take_class(struct parser *p, enum word_class class);
bool take_unit(struct parser *p, enum word_unit unit);
bool is_text(const struct parser *p, size_t ahead, struct str word);
void take_than(struct parser *p); /* [,] чем */
bool is_any_class(const struct token *t, enum word_class class);

/* deadline_year.c */
enum { FIRST_YEAR = 1990, LAST_YEAR = 2100 };

/* "2023", "2023, 2024", "2023/2024 учебного", "текущего года". */
struct year_said {
	int year;
	int year_to;
	struct syear syear;
	enum year_word word;
};

bool is_year_number(const struct token *t);
bool take_year_mark(struct parser *p, bool *ret_school);
bool take_year(struct parser *p, struct year_said *ret);
void set_year(struct piece *piece, const struct year_said *y);

/* deadline_piece.c */
bool take_ordinal_suffix(struct parser *p);
bool take_number_word(struct parser *p, int *ret);
bool take_ordinal(struct parser *p, int *ret);
bool take_dotted(struct parser *p, struct piece *ret);

enum { MAX_SERIES = 16 };

/* "1, 3-5": numbers before one noun; -1 is "последний". */
struct series {
	int from[MAX_SERIES];
	int to[MAX_SERIES]; /* 0: "20–" before a dotted day, in the last only */
	size_t n;
};

bool take_series(struct parser *p, struct series *ret);
bool take_piece(struct parser *p, struct piece *ret);
bool take_range_sign(struct parser *p);
void emit(struct parser *p, struct piece piece, bool listed);
size_t take_primary(struct parser *p);

/* deadline_dates.c */
bool take_dates(struct parser *p);
bool at_month_or_date(struct parser *p);

/* deadline_recur.c */
bool take_recurrence(struct parser *p);
bool take_time_unit(struct parser *p, enum deadline_unit *ret);
void set_every(struct parser *p, enum deadline_unit unit, int interval,
    int count, bool least);

/* deadline_place.c */
void set_place(struct parser *p, enum rule_place place);
bool take_month_day(struct parser *p);
bool take_weekday_rule(struct parser *p);
bool take_part_of_each(struct parser *p);
bool take_nth_of_each(struct parser *p);

/* deadline_schedule.c */
bool at_other_clause(struct parser *p);
void skip_name(struct parser *p);
void skip_event(struct parser *p);
bool take_external(struct parser *p);
bool take_bare_schedule(struct parser *p);
bool take_event(struct parser *p);
bool take_exam(struct parser *p);

/* deadline_clause.c */
bool take_request(struct parser *p);
bool take_throughout(struct parser *p);
bool take_ahead(struct parser *p);
bool take_delay(struct parser *p);
bool take_clock(struct parser *p);
bool at_clock(const struct parser *p);

/* deadline_parse.c */
void parse_cell(struct parser *p);

/* deadline_resolve.c, deadline_repeat.c */
struct resolver {
	struct arena *mem;
	const struct deadline_context *context;
	struct day_span period;
	struct reading *r;
	VEC(struct deadline_window) windows;
	bool impossible; /* a day that no year has */
	bool no_period;  /* a year was needed and the plan's is not known */
};

bool period_is_school_year(struct day_span period);
bool period_is_school_years(struct day_span period);
struct date working_day_of(
    const struct calendar *calendar, struct day_span s, int n);
bool piece_span(
    struct resolver *rs, const struct piece *p, int key, struct day_span *ret);
void resolve_items(struct resolver *rs);
int parts_of_year(const struct item *it);
void settle_words(struct resolver *rs, struct piece *p);
void resolve_rule(struct resolver *rs, struct deadline *d);
void put_window(
    struct resolver *rs, struct date from, struct date to, struct str label);

/* deadline_print.c */
struct str deadline_print(
    struct arena *mem, const struct deadline *d, struct str phrase);
