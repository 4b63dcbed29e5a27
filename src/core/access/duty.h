/*
 * duty.h - from which day those who see every school have to confirm their
 * sign-in with a second step.
 *
 * A setting of the municipality, a day or nothing.  The demonstration has none,
 * so that its accounts open at once.
 *
 * BASIS: issue "The office", People and rights
 */
#pragma once

#include "core/scope.h"

/* DATE_NONE: no duty. */
NODISCARD enum rc factor_duty_read(struct scope *sc, struct date *ret);

/* Needs SETTINGS_EDIT; enters the journal. */
NODISCARD enum rc factor_duty_set(struct scope *sc, struct date from);

/* The actor sees all, the day has come, and there is no second step yet. */
NODISCARD enum rc factor_is_owed(struct scope *sc, bool *ret);
