/*
 * journal.h - which entries of the journal does the reader want: by whom, from
 * and to which day, what was done, to what.  Everything stands in the address,
 * so the files of the page and its saved views follow.
 */
#pragma once

#include "core/access/audit.h"
#include "store/q_access.h"
#include "web/visit.h"

struct journal_choice {
	struct str code, title;
	bool is_chosen;
};

enum { JOURNAL_CHOICES = 96 };

struct journal_filter {
	person_id person;           /* 0: anybody */
	struct moment since, until; /* until is past the last one */
	struct str action, object;  /* codes; empty: any */
	struct str from, to;        /* days as they stand in the address */
	struct str from_fault, to_fault;
	bool is_set; /* anything is asked for */
	struct link all;
	const struct journal_choice *people;
	size_t n_people;
	struct journal_choice actions[JOURNAL_CHOICES];
	size_t n_actions;
	struct journal_choice objects[JOURNAL_CHOICES];
	size_t n_objects; /* 0: the page is about one object */
};

/* to: the page itself, without anything asked for. */
NODISCARD enum rc journal_filter_read(
    struct visit *v, struct link to, struct journal_filter *ret);

bool journal_fits(const struct journal_filter *f, const struct q_audit *e);
