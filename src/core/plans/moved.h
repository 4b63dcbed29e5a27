/*
 * moved.h - deadlines that moved, and whom it is told.
 *
 * A calendar or a schedule that is loaded, and a new edition, move deadlines
 * of people who did nothing themselves.  Each cause is kept with every deadline
 * as it was and became; each person concerned gets one notice of it with the
 * rows that are theirs, the cause and «почему вы», and finds the same in the
 * letter of the week (remind.h).  Drafts have no deadlines that could move, and
 * a marked one keeps its days.
 *
 * BASIS: issue "Road maps", schedules with notice when they move; ux 10.
 */
#pragma once

#include "core/plans/occurrence.h"
#include "store/q_moved.h"

enum { MOVED_NOTICE_ROWS = 12 }; /* of one notice; the rest is counted */

/*
 * Inside the transaction of the cause, which is said in words: «загружен
 * календарь учебного года (приказ № 9)».  Nothing moved: nothing is written.
 */
NODISCARD enum rc moved_tell(struct scope *sc, struct str cause,
    const struct deadline_change *all, size_t n);

/* "срок был 31.10.2023, стал 27.10.2023"; an end that is none is no day. */
struct str moved_words(
    struct arena *mem, struct day_span was, struct day_span becomes);

/* "загружен график «…» (письмо № 5) – Ярцева П. А., 13.11.2023" */
struct str moved_cause(struct arena *mem, struct str cause,
    struct str person_name, struct date on);
