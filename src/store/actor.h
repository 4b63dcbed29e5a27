/*
 * actor.h - who asks: the person, and which schools they may see.
 *
 * Every statement that reads a subject takes the actor; what it may see is
 * part of the SQL (see "{visible: …}" in tools/sqlgen.py), so a page cannot
 * forget it.  What the actor may do is core/access' table of rights.
 */
#pragma once

#include <stdbool.h>

#include "base/date.h"
#include "store/ids.h"

struct actor {
	municipality_id municipality;
	person_id person;  /* 0: the command line, or the program itself */
	struct str name;   /* for journals: "Ярцева П. А." */
	struct str address; /* of the client; empty: this machine itself */
	bool sees_all;     /* every school of the municipality */
	uint32_t roles;    /* bit per role of core/access/roles.def */
	struct date today; /* grants are for a period */
};
