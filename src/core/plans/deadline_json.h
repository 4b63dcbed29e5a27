/*
 * deadline_json.h - a deadline as scripts get it.
 *
 * Keys and their order: interfaces.md 2, «deadline as JSON».  Beside them
 * "labels" (one a window, null where the phrase names no sub-item) and "rrule"
 * stand only where there is one.
 */
#pragma once

#include "fmt/json.h"
#include "lang/deadline.h"

/* id.p == NULL prints null. */
void deadline_json(
    struct json *j, struct str id, struct str phrase, const struct deadline *d);
