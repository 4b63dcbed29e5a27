/*
 * concern.h - whom a row of a plan concerns, and why them.
 *
 * One answer for letters, personal calendars and «Моя работа»: a school's
 * occurrence concerns the people of that school; one of the municipality's own
 * concerns the persons named in the row, the people of a school that is named,
 * and, where only an office is named, whoever keeps the plan.  A deputy takes
 * the place of the person for the days named.
 *
 * BASIS: domain 6.7; ux 10, every letter answers «почему я».
 */
#pragma once

#include "base/vec.h"
#include "core/access/access.h"
#include "store/q_reminders.h"

enum concern_why {
	WHY_NAMED,   /* by name in the row */
	WHY_SCHOOL,  /* the person's school has to do it */
	WHY_OFFICE,  /* nobody is named: whoever keeps the plan */
	WHY_CURATOR, /* of the school */
	WHY_COORDINATOR,
	WHY_HEAD,
	WHY_COUNT
};

struct concern {
	person_id person;
	enum concern_why why;
	struct str instead_of; /* empty, or whose place the person takes */
};

struct concern_list {
	struct concern *p;
	size_t n, cap;
};

/* Everybody's part on one day, read once. */
struct concerned {
	struct q_grants_on *grants;
	size_t n_grants;
	struct q_named_list *named; /* by measure */
	size_t n_named;
};

NODISCARD enum rc concerned_read(
    struct scope *sc, struct date on, struct concerned *ret);

/* Who has to do it; a person stands in the list once. */
void concern_answers(struct arena *mem, const struct concerned *c,
    measure_id measure, school_id school, struct concern_list *ret);

/* Who confirms it: the school's curators, or else the coordinators. */
void concern_confirms(struct arena *mem, const struct concerned *c,
    school_id school, struct concern_list *ret);

/* Holders of a role: for this school, or for the whole municipality. */
void concern_role(struct arena *mem, const struct concerned *c, enum role role,
    school_id school, struct concern_list *ret);

/* "вы названы ответственным в плане" */
const char *concern_sentence(enum concern_why why);
