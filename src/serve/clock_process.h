/*
 * clock_process.h - what nobody asks for but must happen: sessions that have
 * ended are forgotten, the database is copied at night, reminders are written
 * in the morning and sent through the day (mail/mail.h has the settings).
 */
#pragma once

#include "base/diag.h"
#include "base/rc.h"
#include "base/str.h"

struct clock_options {
	struct str db;
	struct str backups; /* folder, or empty */
};

/* Runs until SIGTERM. */
NODISCARD enum rc clock_run(
    const struct clock_options *options, struct diag *d);
