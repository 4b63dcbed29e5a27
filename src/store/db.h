/*
 * db.h - one connection to the database, whichever of the two it is.
 *
 * Statements are not written here: they stand in store/sql/ (see
 * tools/sqlgen.py), are named and finite, and are called as typed functions
 * q_…().  This header is what those functions, the migrations and the tests
 * stand on.
 *
 * A connection belongs to one thread.  Nothing is committed outside a
 * transaction that tx_commit() closed; one that leaves its block unclosed is
 * rolled back.
 */
#pragma once

#include "base/arena.h"
#include "base/date.h"
#include "base/diag.h"
#include "base/rc.h"
#include "base/str.h"

struct db;

/*
 * url: "postgres://…", or a file name for SQLite (":memory:" too).  create:
 * make the file when it is not there; without it a missing file is
 * RC_NOT_FOUND.
 */
NODISCARD enum rc db_open(
    struct str url, bool create, struct diag *d, struct db **ret);
void db_close(struct db *db);
void db_closep(struct db **db);
#define autodb CLEANUP(db_closep) struct db *

bool db_is_sqlite(const struct db *db);

/* Is this the address of a server, not of a file? */
bool db_is_server(struct str url);

/* What the driver said of the last failure; for the administrator's log. */
const char *db_error(const struct db *db);

/* ---- transactions ---- */

struct tx {
	struct db *db; /* NULL when there is nothing to roll back */
};

/* A writer: waits for the other writer, at most some seconds (RC_BUSY). */
NODISCARD enum rc tx_begin(struct db *db, struct tx *ret);

/* A reader of one consistent state. */
NODISCARD enum rc tx_read(struct db *db, struct tx *ret);
NODISCARD enum rc tx_commit(struct tx *tx);
void tx_rollback(struct tx *tx);
#define autotx CLEANUP(tx_rollback) struct tx

/*
 * What has been committed so far, as a text: while two answers are equal,
 * nothing was committed in between, by anybody, through whatever program.
 * SQLite: never waits (RC_BUSY), and each connection has texts of its own;
 * one that only watches sees them change for everybody else.  PostgreSQL: one
 * question to the server; its texts are the same for every connection.
 */
NODISCARD enum rc db_state(struct db *db, struct arena *mem, struct str *ret);

/* ---- statements; called by generated code ---- */

enum dbtype { DB_INT, DB_TEXT, DB_BLOB };

struct dbval {
	enum dbtype type;
	bool is_null;
	int64_t i;
	struct str s;
};

struct statement {
	const char *name;
	const char *sqlite;
	const char *postgres;
	const char *in_types; /* i t b, one a parameter */
	bool writes;
	bool is_scoped;           /* reads by the actor's right */
	const char *open_because; /* not scoped and not a write: the reason */
};

extern const struct statement statements[];
extern const size_t n_statements;

/* The rows of one execution. */
struct rows {
	struct db *db;
	void *driver_rows;
	int64_t at;
};

NODISCARD enum rc db_query(struct db *db, size_t statement,
    const struct dbval *in, size_t n_in, struct rows *ret);

/* RC_OK: a row stands ready; RC_NOT_FOUND: no more; else what failed. */
NODISCARD enum rc rows_next(struct rows *rows);
bool rows_is_null(const struct rows *rows, int column);
int64_t rows_int(const struct rows *rows, int column);

/* Lives until the next rows_next() or rows_close(). */
struct str rows_text(const struct rows *rows, int column);
struct str rows_blob(const struct rows *rows, int column);
void rows_close(struct rows *rows);

/* For statements without rows; ret_changed may be NULL. */
NODISCARD enum rc db_run(struct db *db, size_t statement,
    const struct dbval *in, size_t n_in, int64_t *ret_changed);

/* ---- schema ---- */

struct migration {
	int number;
	const char *name;
	const char *sqlite;
	const char *postgres;
};

extern const struct migration migrations[];
extern const size_t n_migrations;

/*
 * Brings the schema up to this program's; nothing happens when it is.  RC_
 * INVALID when the database was made by a newer program.  ret_from and ret_to
 * may be NULL.
 */
NODISCARD enum rc db_migrate(
    struct db *db, struct diag *d, int *ret_from, int *ret_to);

/* 0 for an empty database. */
NODISCARD enum rc db_schema(struct db *db, int *ret);

/* Prepares every statement; complaints name those that fail. */
NODISCARD enum rc db_prepare_all(struct db *db, struct diag *d);

/*
 * For filling an empty database from its beginning: until db_settle() a commit
 * does not wait for the disk.  A machine that stops in between leaves a
 * database to be thrown away; db_settle() is RC_OK once all of it is on disk
 * (PostgreSQL: within a second of it, in order).
 */
NODISCARD enum rc db_hurry(struct db *db);
NODISCARD enum rc db_settle(struct db *db);

/* SQLite: a consistent copy of the open database into a new file. */
NODISCARD enum rc db_copy(struct db *db, struct str file, struct diag *d);
