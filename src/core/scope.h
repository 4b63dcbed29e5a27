/*
 * scope.h - what every function of the domain is given: the database, memory
 * of this unit of work, who asks, what time it is, and where complaints go.
 *
 * The domain opens no file, reads no clock and knows no global.
 */
#pragma once

#include "base/arena.h"
#include "base/date.h"
#include "base/diag.h"
#include "store/actor.h"
#include "store/db.h"

struct scope {
	struct db *db;
	struct arena *mem;
	struct actor actor; /* actor.municipality is the one worked in */
	struct moment now;
	struct diag *diag;
};
