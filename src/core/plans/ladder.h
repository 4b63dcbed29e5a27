/*
 * ladder.h - on which days a person hears of a deadline, and who hears of what
 * is overdue: data/reminders.tsv and data/escalation.tsv.
 *
 * Pure: days and the calendar in, yes or no out.
 *
 * BASIS: ux 10 - the ladder of each kind of deadline; features J5, 18.
 */
#pragma once

#include "lang/calendar.h"

/*
 * Whether today is one of the days on which a window is spoken of.  opens may
 * be DATE_NONE: only the last day is said.  A moment that falls on a day off
 * is the working day before it.
 */
bool reminds_on(const struct calendar *calendar, struct date opens,
    struct date due, struct date today);

enum escalation_rung {
	RUNG_ANSWERS,
	RUNG_CURATOR,
	RUNG_COORDINATOR,
	RUNG_HEAD,
	RUNG_COUNT
};

/* After how many working days each rung hears of it. */
struct escalation {
	int days[RUNG_COUNT];
};

struct escalation escalation_usual(void);
extern const char *const escalation_rung_codes[RUNG_COUNT];
