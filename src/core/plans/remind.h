/*
 * remind.h - the letters a person gets about what is theirs.
 *
 *	week  in the first working days of a week: whose deadlines moved since
 *	      the last such letter, from which day to which and why; what was
 *	      returned, what is overdue, what falls due now and next; to a curator what waits to be
 *	      confirmed; to curator, coordinator and head what has been overdue
 *	      long enough for them (data/escalation.tsv); to the coordinator who
 *	      has not come in for 30 days and which rows wait for a schedule
 *	day   on the days of data/reminders.tsv and on the first day overdue
 *
 * Nothing to say: no letter.  Only approved plans speak, drafts never do.
 * Every letter says why it came to this person and how not to get its kind.
 *
 * reminders_make only reads; reminders_write puts the new ones into the outbox,
 * where one that was written already is not written again.
 *
 * BASIS: ux 10; features J5, J11, 18.
 */
#pragma once

#include "core/plans/concern.h"
#include "core/plans/letters.h"
#include "core/plans/occurrence.h"

enum letter_kind { LETTER_WEEK, LETTER_DAY, LETTER_KIND_COUNT };

extern const char *const letter_kind_codes[LETTER_KIND_COUNT];
extern const char *const letter_kind_titles[LETTER_KIND_COUNT];
bool letter_kind_parse(struct str code, enum letter_kind *ret);

/* Whether the actor wants letters of a kind. */
NODISCARD enum rc letter_kind_want(
    struct scope *sc, enum letter_kind kind, bool wanted);

enum {
	REMIND_SOON_DAYS = 14, /* what a week's letter looks ahead */
	REMIND_SILENT_DAYS = 30,
	REMIND_MOVED_DAYS = 21, /* how far back whoever had no letter is told */
	REMIND_LISTED = 25,     /* rows of one part; the rest is counted */
};

struct remind_options {
	struct date today;
	struct str site; /* address of the program; may be empty */
	const struct calendar *calendar;
};

enum reminder_fate {
	REMINDER_NEW,
	REMINDER_WRITTEN,  /* this very letter stands in the outbox */
	REMINDER_UNWANTED, /* the person refused the kind */
	REMINDER_NO_ADDRESS,
};

struct reminder {
	struct letter_new letter;
	struct str name; /* of the person */
	enum reminder_fate fate;
};

NODISCARD enum rc reminders_make(struct scope *sc,
    const struct remind_options *o, struct reminder **ret, size_t *ret_n);
NODISCARD enum rc reminders_write(
    struct scope *sc, struct reminder *all, size_t n, size_t *ret_written);

/* Whether the letter of the week is to be made on this day. */
bool is_week_letter_day(const struct calendar *calendar, struct date today);
