/* db.c - one connection: what both drivers share. */
#include "store/db.h"

#include <string.h>

#include "store/driver.h"

enum rc
db_open(struct str url, bool create, struct diag *d, struct db **ret)
{
	const struct driver *driver =
	    db_is_server(url) ? &driver_pg : &driver_sqlite;

	return driver->open(url, create, d, ret);
}

bool
db_is_server(struct str url)
{
	return str_starts(url, S("postgres://")) ||
	       str_starts(url, S("postgresql://"));
}

void
db_close(struct db *db)
{
	if (db)
		db->driver->close(db);
}

void
db_closep(struct db **db)
{
	db_close(*db);
	*db = NULL;
}

bool
db_is_sqlite(const struct db *db)
{
	return db->driver == &driver_sqlite;
}

enum rc
db_hurry(struct db *db)
{
	return db->driver->script(db, db_is_sqlite(db) ?
					  "PRAGMA synchronous = OFF" :
					  "SET synchronous_commit = off");
}

enum rc
db_settle(struct db *db)
{
	return db->driver->script(db, db_is_sqlite(db) ?
					  "PRAGMA synchronous = FULL;"
					  "PRAGMA wal_checkpoint(TRUNCATE)" :
					  "SET synchronous_commit = on");
}

const char *
db_error(const struct db *db)
{
	return db->driver->error(db);
}

enum rc
db_state(struct db *db, struct arena *mem, struct str *ret)
{
	return db->driver->state(db, mem, ret);
}

static enum rc
begin(struct db *db, const char *sql, struct tx *ret)
{
	MUST(!db->in_tx);
	enum rc rc = db->driver->script(db, sql);
	if (rc != RC_OK)
		return rc;
	db->in_tx = true;
	ret->db = db;
	return RC_OK;
}

enum rc
tx_begin(struct db *db, struct tx *ret)
{
	return begin(db, db->driver->begin_write, ret);
}

enum rc
tx_read(struct db *db, struct tx *ret)
{
	return begin(db, db->driver->begin_read, ret);
}

enum rc
tx_commit(struct tx *tx)
{
	MUST(tx->db);
	enum rc rc = tx->db->driver->script(tx->db, "COMMIT");
	if (rc != RC_OK)
		return rc; /* still open: the cleanup rolls back */
	tx->db->in_tx = false;
	tx->db = NULL;
	return RC_OK;
}

void
tx_rollback(struct tx *tx)
{
	if (!tx->db)
		return;
	/* A failed rollback means the connection is gone, and so is the work. */
	(void)tx->db->driver->script(tx->db, "ROLLBACK");
	tx->db->in_tx = false;
	tx->db = NULL;
}

enum rc
db_query(struct db *db, size_t statement, const struct dbval *in, size_t n_in,
    struct rows *ret)
{
	MUST(strlen(statements[statement].in_types) == n_in);
	*ret = (struct rows){.db = db, .at = -1};
	return db->driver->query(db, statement, in, n_in, ret);
}

enum rc
rows_next(struct rows *rows)
{
	return rows->db->driver->next(rows);
}

bool
rows_is_null(const struct rows *rows, int column)
{
	return rows->db->driver->is_null(rows, column);
}

int64_t
rows_int(const struct rows *rows, int column)
{
	return rows->db->driver->column_int(rows, column);
}

struct str
rows_text(const struct rows *rows, int column)
{
	return rows->db->driver->column_text(rows, column);
}

struct str
rows_blob(const struct rows *rows, int column)
{
	return rows->db->driver->column_blob(rows, column);
}

void
rows_close(struct rows *rows)
{
	if (rows->db)
		rows->db->driver->close_rows(rows);
	rows->db = NULL;
}

enum rc
db_run(struct db *db, size_t statement, const struct dbval *in, size_t n_in,
    int64_t *ret_changed)
{
	struct rows rows;
	enum rc rc = db_query(db, statement, in, n_in, &rows);

	if (rc != RC_OK)
		return rc;
	do
		rc = rows_next(&rows);
	while (rc == RC_OK);
	if (rc == RC_NOT_FOUND) {
		rc = RC_OK;
		if (ret_changed)
			*ret_changed = db->driver->changed(&rows);
	}
	rows_close(&rows);
	return rc;
}

enum rc
db_prepare_all(struct db *db, struct diag *d)
{
	enum rc worst = RC_OK;

	for (size_t i = 0; i < n_statements; i++)
		if (db->driver->prepare(db, i) != RC_OK) {
			diag_error(d, (struct place){0}, "%s: %s",
			    statements[i].name, db_error(db));
			worst = RC_FAILED;
		}
	return worst;
}
