/*
 * front.h - the web process: an event loop over evhttp in front of the pool.
 */
#pragma once

#include "base/diag.h"
#include "base/rc.h"
#include "base/str.h"

struct front_options {
	struct str db;
	int workers;
	int listen_fd; /* bound and listening; stays open in the master */
	int ready_fd;  /* one byte is written when the first page can be had */
};

/* Runs until SIGTERM, then drains; RC_OK when it ended as asked. */
NODISCARD enum rc front_run(
    const struct front_options *options, struct diag *d);
