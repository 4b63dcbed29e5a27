/*
 * feed.h - deadlines in one's own calendar program, by a secret address.
 *
 * An address is for a person, a school or a plan; it reads with the rights of
 * whoever made it and stops when that account is closed.  The database keeps
 * a hash of the secret; asking for another address of the same subject ends
 * the one before.
 *
 * An event is the last day of a window, with a name that stays the same; its
 * SEQUENCE grows with every change.  Where a row recurs and none of its
 * windows is marked, one event carries an RRULE; otherwise each has its own.
 * What has no day yet is not in a calendar.
 *
 * BASIS: features I3, 22.
 */
#pragma once

#include "base/buf.h"
#include "core/scope.h"

enum feed_subject { FEED_PERSON, FEED_SCHOOL, FEED_PLAN, FEED_SUBJECT_COUNT };

extern const char *const feed_subject_codes[FEED_SUBJECT_COUNT];
bool feed_subject_parse(struct str code, enum feed_subject *ret);

/* id: of the school or plan; not asked for of a person, who is the actor. */
NODISCARD enum rc feed_make(
    struct scope *sc, struct str token, enum feed_subject subject, int64_t id);
NODISCARD enum rc feed_revoke(
    struct scope *sc, enum feed_subject subject, int64_t id);

/* The calendar behind a secret; RC_NOT_FOUND when there is none. */
NODISCARD enum rc feed_calendar(
    struct scope *sc, struct str token, struct str site, struct buf *out);

/* A plan's calendar for whoever may see the plan. */
NODISCARD enum rc plan_calendar(
    struct scope *sc, plan_id plan, struct str site, struct buf *out);
