/*
 * serve.h - the program as a service: a master over the web process and the
 * clock process.
 *
 * The master binds the address and starts both; what dies is started again.
 * The web process has one event loop for the network and a pool of workers,
 * each with its own database connection; slow pages have workers of their own
 * (pool.h), so they hold no quick one up.  The clock process does what nobody
 * asks for: old sessions out, copies of the database.
 *
 * SIGTERM and SIGINT drain: no new connections, what was begun is finished.
 */
#pragma once

#include "base/diag.h"
#include "base/rc.h"
#include "base/str.h"

struct serve_options {
	struct str db;      /* file or postgres://… */
	struct str listen;  /* "127.0.0.1:8080"; port 0 takes a free one */
	int workers;        /* for quick pages; 0: four */
	struct str backups; /* folder of nightly copies, empty: none */
};

/*
 * Returns when it was told to stop: RC_OK, or why it could not start.  The
 * address is printed to standard output once it answers.
 */
NODISCARD enum rc serve_run(
    const struct serve_options *options, struct diag *d);
