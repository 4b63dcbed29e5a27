/*
 * deadline.h - the language of deadlines: "не реже 1 раза в четверть",
 * "февраль-апрель 2023, 2024 г.г.", "до 25.12 (I полугодие)".
 *
 * A deadline is read as the order prints it.  What could not be known from the
 * phrase alone (the year, the end of a term) is taken from the context and
 * every such choice is written into assumptions as a sentence for people; what
 * cannot be read stays DEADLINE_UNKNOWN with the reason, never a guess.
 *
 * The model is systemd's calendar expressions: a phrase is read, brought to
 * one canonical form, and the canonical form reads back, in the same context,
 * as the same deadline: kind, windows, every, rule and schedule are equal
 * (deadline_eq).
 *
 * Pure: no clock, no I/O.  Everything written lives in the arena passed in; the
 * phrase need not outlive the call.
 *
 * BASIS: deadlines.md; interfaces.md 2, «deadline as JSON».
 */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/str.h"
#include "lang/calendar.h"

enum deadline_kind {
	DEADLINE_BY,         /* not later than; windows have no from */
	DEADLINE_DATES,      /* days, spans, months: one window each */
	DEADLINE_RECURRING,  /* windows are the occurrences inside the period */
	DEADLINE_THROUGHOUT, /* the whole period or a named year of it */
	DEADLINE_EXTERNAL,   /* by somebody's schedule or after an event */
	DEADLINE_ON_REQUEST,
	DEADLINE_NONE, /* nothing is printed */
	DEADLINE_UNKNOWN,
	DEADLINE_KIND_COUNT
};

enum deadline_unit {
	UNIT_DAY,
	UNIT_WEEK,
	UNIT_MONTH,
	UNIT_QUARTER, /* of the calendar */
	UNIT_HALF_YEAR,
	UNIT_YEAR,
	UNIT_SCHOOL_QUARTER,
	UNIT_TRIMESTER,
	UNIT_COUNT
};

enum {
	DEADLINE_MAX_PHRASE = 4000, /* bytes; longer is not a deadline */
	DEADLINE_MAX_WINDOWS = 4000,
	DEADLINE_MAX_YEARLY = 24,
};

struct deadline_window {
	struct date from; /* DATE_NONE: only the last day is said */
	struct date to;
	struct str
	    label; /* the sub-item the phrase names: "входной контроль" */
};

/* "1 раз в 2 месяца" is MONTH, interval 2, count 1. */
struct deadline_every {
	bool is_set;
	enum deadline_unit unit;
	int interval;
	int count;
	bool at_least;
};

/* Where inside its unit an occurrence falls. */
enum rule_place {
	RULE_WHOLE,     /* anywhere in it */
	RULE_BY_DAY,    /* till the day of the month, months_after the unit */
	RULE_DAYS,      /* days of the month, from..to */
	RULE_WEEKDAYS,  /* on weekdays, of the week or the n-th of the month */
	RULE_BEGINNING, /* the first ten days */
	RULE_MIDDLE,
	RULE_END,       /* the last ten days */
	RULE_UNTIL_END, /* till its last day */
	RULE_AFTER, /* the month after its end: "по итогам четверти" */
	RULE_YEARLY,   /* on the same days of every year */
	RULE_WORKDAY,  /* a working day of it, or till that day */
	RULE_LAST_DAY, /* its last day */
};

/* A window of any year; by: only its end counts. */
struct yearly_span {
	int from_month, from_day;
	int to_month, to_day; /* day 0: the last of the month */
	bool by;
};

struct deadline_rule {
	enum rule_place place;
	int day_from, day_to; /* of the month */
	unsigned days; /* several days of it, bit 0 is the first; 0: from..to */
	int months_after;  /* the unit's last month; negative: before it */
	int workday;       /* from 1; -1 the last */
	bool by_workday;   /* till it, not on it */
	unsigned weekdays; /* bit 0 is Monday */
	unsigned nth; /* bit 0 is the first, RULE_LAST the last; 0: every */
	struct yearly_span yearly[DEADLINE_MAX_YEARLY];
	size_t n_yearly;
	struct day_span within; /* DATE_NONE on a side: the period's own */
	unsigned months_out;    /* "кроме июля": bit 0 is January */
	size_t lead;            /* windows printed before "далее" */
};

enum { RULE_LAST = 1 << 7 };

struct deadline {
	enum deadline_kind kind;
	struct deadline_window *windows;
	size_t n_windows;
	struct deadline_every every; /* THROUGHOUT may have it: its checks */
	struct deadline_rule rule;   /* meant when every.is_set */
	struct str schedule;         /* names what an EXTERNAL one waits for */
	struct str canonical;
	struct str
	    *assumptions; /* whole Russian sentences; for UNKNOWN the reason */
	size_t n_assumptions;
	int strays; /* runs of words in the phrase that are of no deadline */
};

/* What surrounds the phrase. Either date of the period may be DATE_NONE. */
struct deadline_context {
	struct day_span period;
	struct date ordered;             /* of the order, or DATE_NONE */
	const struct calendar *calendar; /* NULL: defaults */
};

void deadline_read(struct arena *mem, struct str phrase,
    const struct deadline_context *context, struct deadline *ret);

/*
 * The longest deadline inside a sentence: «Представить отчёт в срок до 31.05.»
 * Only what a deadline may begin with is tried ("до", "не позднее", "в", a
 * month, "ежемесячно" …), and only a reading without stray words counts.
 * ret_phrase is the part of the text that says it.
 */
bool deadline_find(struct arena *mem, struct str text,
    const struct deadline_context *context, struct str *ret_phrase,
    struct deadline *ret);

/* The same deadline; labels and assumptions do not count. */
bool deadline_eq(const struct deadline *a, const struct deadline *b);

/*
 * The recurrence as an RFC 5545 RRULE over the last days of the windows, with
 * UNTIL; the first of them is its DTSTART.  False when no rule gives exactly
 * those days (terms of a school year, moved days): then list them.
 */
bool deadline_rrule(const struct deadline *d, struct buf *out);

extern const char *const deadline_kind_codes[DEADLINE_KIND_COUNT];
extern const char *const deadline_unit_codes[UNIT_COUNT];
