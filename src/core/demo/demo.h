/*
 * demo.h - the demonstration municipality: «Среднеозерский муниципальный
 * округ», invented from end to end and said to be.
 *
 * Its dates are relative to today, so that it is always in the middle of its
 * school year.  Everything goes in by the ways a coordinator uses (intakes,
 * runs, steps), so it also shows that they work.  One file a subject fills
 * its part; demo_fill() calls them in the order of the year.
 */
#pragma once

#include "core/scope.h"
#include "lang/vocabulary.h"

struct demo_account {
	struct str role; /* title, for people */
	struct str login;
	struct str password;
};

struct demo {
	struct scope *sc;
	struct vocabulary words;
	struct syear year; /* the current school year */
	struct demo_account accounts[16];
	size_t n_accounts;
};

/* Into an empty database; RC_CONFLICT when there is a municipality. */
NODISCARD enum rc demo_fill(struct scope *sc, struct demo *ret);

/* The parts, in order. */
NODISCARD enum rc demo_schools(struct demo *d);
NODISCARD enum rc demo_people(struct demo *d);
NODISCARD enum rc demo_results(struct demo *d);
NODISCARD enum rc demo_lists(struct demo *d);
NODISCARD enum rc demo_room(struct demo *d);
NODISCARD enum rc demo_plans(struct demo *d);

/* ---- for the parts ---- */

/* A table of data/demo/, as text. */
struct str demo_table(const char *name);

/* A day of the current school year or of one `back` years before it. */
struct date demo_day(const struct demo *d, int back, int month, int day);

/* The scope's clock set to that day, at some hour of the working day. */
void demo_at(struct demo *d, struct date day);

/*
 * Somebody of the demonstration acts on a day: journals name them, terms are
 * judged by that day.  A part that calls it puts the scope's actor back.
 */
NODISCARD enum rc demo_as(struct demo *d, const char *login, struct date day);

/* RC_OK, or why not: a demonstration that cannot be filled is a fault. */
NODISCARD enum rc demo_school(struct demo *d, struct str code, school_id *ret);
