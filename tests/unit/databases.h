/*
 * databases.h - every store test runs on both databases: a fresh SQLite file
 * in memory, and a fresh schema of the PostgreSQL server whose address
 * ./test puts into $OPORA_TEST_PG (without it only SQLite is tested).
 */
#pragma once

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/diag.h"
#include "harness.h"
#include "store/db.h"
#include "store/driver.h"

/* A migrated, empty database; the caller closes it. */
static inline struct db *
test_database(const char *which, struct arena *mem, struct diag *d)
{
	static int number;
	struct db *db = NULL;
	struct str url = S(":memory:");

	if (strcmp(which, "postgres") == 0) {
		const char *server = getenv("OPORA_TEST_PG");
		struct str schema =
		    arena_fmt(mem, "t%ld_%d", (long)getpid(), number++);
		struct db *admin = NULL;
		assert_int_equal(
		    db_open(str_of(server), false, d, &admin), RC_OK);
		struct str sql =
		    arena_fmt(mem, "CREATE SCHEMA %.*s", STR_ARG(schema));
		assert_int_equal(admin->driver->script(admin, sql.p), RC_OK);
		db_close(admin);
		url = arena_fmt(mem, "%s%coptions=-csearch_path%%3D%.*s",
		    server, strchr(server, '?') ? '&' : '?', STR_ARG(schema));
	}
	if (db_open(url, true, d, &db) != RC_OK ||
	    db_migrate(db, d, NULL, NULL) != RC_OK)
		for (size_t i = 0; i < d->n; i++)
			print_error(
			    "%.*s\n", STR_ARG(complaint_line(mem, &d->all[i])));
	assert_non_null(db);
	assert_int_equal(d->errors, 0);
	return db;
}

/*
 * Runs the tests as one group, leaving out those of a server that is not
 * there.  The initial state of each test is the name of its database.
 */
static inline int
run_on_databases(const struct CMUnitTest *all, size_t n)
{
	struct CMUnitTest *chosen = calloc(n, sizeof *chosen);
	size_t k = 0;

	MUST(chosen);
	for (size_t i = 0; i < n; i++)
		if (strcmp(all[i].initial_state, "postgres") != 0 ||
		    getenv("OPORA_TEST_PG"))
			chosen[k++] = all[i];

	int failed = _cmocka_run_group_tests("tests", chosen, k, NULL, NULL);
	free(chosen);
	return failed;
}
