/* db_sqlite.c - the embedded database: one file, one writer, WAL. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/driver.h"

enum { WAIT_FOR_WRITER_MS = 5000 };

struct sqlite_db {
	struct db base;
	sqlite3 *handle;
	sqlite3_stmt **prepared; /* by statement number */
	sqlite3_stmt *version;   /* asked by sqlite_state() */
};

static struct sqlite_db *
own(const struct db *db)
{
	return (struct sqlite_db *)(uintptr_t)db;
}

static enum rc
outcome(int code)
{
	switch (code & 0xff) {
	case SQLITE_OK:
	case SQLITE_DONE:
	case SQLITE_ROW:
		return RC_OK;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return RC_BUSY;
	case SQLITE_CONSTRAINT:
		return RC_CONFLICT;
	case SQLITE_TOOBIG:
		return RC_LIMIT;
	default:
		return RC_FAILED;
	}
}

static const char *
sqlite_error(const struct db *db)
{
	return sqlite3_errmsg(own(db)->handle);
}

static enum rc
sqlite_script(struct db *db, const char *sql)
{
	return outcome(sqlite3_exec(own(db)->handle, sql, NULL, NULL, NULL));
}

static void
sqlite_close(struct db *db)
{
	struct sqlite_db *s = own(db);

	for (size_t i = 0; i < n_statements; i++)
		(void)sqlite3_finalize(s->prepared[i]);
	(void)sqlite3_finalize(s->version);
	(void)sqlite3_close(s->handle);
	free(s->prepared);
	free(s);
}

/*
 * FULL: what was acknowledged is on disk.  busy_timeout comes first, the rest
 * already has to wait for another process.
 */
static const char settings[] =
    "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL;"
    "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
    "PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY;"
    "PRAGMA cache_size = -8000; PRAGMA mmap_size = 268435456;";

static enum rc
cannot_open(struct str url, sqlite3 *handle, struct diag *d)
{
	struct place at = {.file = arena_str(d->mem, url)};

	if (sqlite3_errcode(handle) == SQLITE_NOTADB)
		diag_error(d, at, N_("Это не база данных Опоры."))->hint =
		    S("Укажите файл базы ключом --db.");
	else
		diag_error(d, at, N_("База данных не открывается: %s."),
		    sqlite3_errmsg(handle));
	(void)sqlite3_close(handle);
	return RC_FAILED;
}

static enum rc
sqlite_open(struct str url, bool create, struct diag *d, struct db **ret)
{
	autoarena mem = arena_open(0);
	const char *path = arena_cstr(mem, url);
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX |
		    (create ? SQLITE_OPEN_CREATE : 0);
	sqlite3 *handle = NULL;

	if (!create && strcmp(path, ":memory:") != 0 &&
	    access(path, F_OK) != 0) {
		diag_error(d, (struct place){.file = arena_str(d->mem, url)},
		    N_("Базы данных здесь нет."))
		    ->hint = S("Создайте её командой «opora init» или укажите "
			       "ключом --db.");
		return RC_NOT_FOUND;
	}
	if (sqlite3_open_v2(path, &handle, flags, NULL) != SQLITE_OK)
		return cannot_open(url, handle, d);
	(void)sqlite3_busy_timeout(handle, WAIT_FOR_WRITER_MS);
	if (sqlite3_exec(handle, settings, NULL, NULL, NULL) != SQLITE_OK)
		return cannot_open(url, handle, d);

	struct sqlite_db *s = calloc(1, sizeof *s);
	MUST(s);
	s->base.driver = &driver_sqlite;
	s->handle = handle;
	s->prepared = calloc(n_statements, sizeof *s->prepared);
	MUST(s->prepared);
	*ret = &s->base;
	return RC_OK;
}

static enum rc
sqlite_prepare(struct db *db, size_t statement)
{
	struct sqlite_db *s = own(db);

	if (s->prepared[statement])
		return RC_OK;
	return outcome(
	    sqlite3_prepare_v3(s->handle, statements[statement].sqlite, -1,
		SQLITE_PREPARE_PERSISTENT, &s->prepared[statement], NULL));
}

static int
bind(sqlite3_stmt *st, int at, const struct dbval *v)
{
	if (v->is_null)
		return sqlite3_bind_null(st, at);
	switch (v->type) {
	case DB_INT:
		return sqlite3_bind_int64(st, at, v->i);
	case DB_TEXT:
		return sqlite3_bind_text64(st, at, v->s.p ? v->s.p : "", v->s.n,
		    SQLITE_STATIC, SQLITE_UTF8);
	case DB_BLOB:
		return sqlite3_bind_blob64(
		    st, at, v->s.p ? v->s.p : "", v->s.n, SQLITE_STATIC);
	}
	UNREACHABLE();
}

static enum rc
sqlite_query(struct db *db, size_t statement, const struct dbval *in,
    size_t n_in, struct rows *ret)
{
	enum rc rc = sqlite_prepare(db, statement);

	if (rc != RC_OK)
		return rc;

	sqlite3_stmt *st = own(db)->prepared[statement];
	MUST(!sqlite3_stmt_busy(st)); /* one use at a time */
	for (size_t i = 0; i < n_in; i++)
		if (bind(st, (int)i + 1, &in[i]) != SQLITE_OK)
			return RC_FAILED;
	ret->driver_rows = st;
	return RC_OK;
}

static enum rc
sqlite_next(struct rows *rows)
{
	int code = sqlite3_step(rows->driver_rows);

	if (code == SQLITE_ROW)
		return RC_OK;
	return code == SQLITE_DONE ? RC_NOT_FOUND : outcome(code);
}

static bool
sqlite_is_null(const struct rows *rows, int column)
{
	return sqlite3_column_type(rows->driver_rows, column) == SQLITE_NULL;
}

static int64_t
sqlite_int(const struct rows *rows, int column)
{
	return sqlite3_column_int64(rows->driver_rows, column);
}

static struct str
sqlite_text(const struct rows *rows, int column)
{
	const char *p =
	    (const char *)sqlite3_column_text(rows->driver_rows, column);

	return (struct str){
	    p, p ? (size_t)sqlite3_column_bytes(rows->driver_rows, column) : 0};
}

static struct str
sqlite_blob(const struct rows *rows, int column)
{
	const char *p = sqlite3_column_blob(rows->driver_rows, column);

	return (struct str){
	    p, p ? (size_t)sqlite3_column_bytes(rows->driver_rows, column) : 0};
}

static void
sqlite_close_rows(struct rows *rows)
{
	if (rows->driver_rows)
		(void)sqlite3_reset(rows->driver_rows);
}

static int64_t
sqlite_changed(const struct rows *rows)
{
	return sqlite3_changes64(own(rows->db)->handle);
}

/*
 * data_version moves with the commits of all other connections, and only this
 * one can compare its values; total_changes moves with our own.
 */
static enum rc
sqlite_state(struct db *db, struct arena *mem, struct str *ret)
{
	struct sqlite_db *s = own(db);
	int code = SQLITE_OK;

	if (!s->version)
		code = sqlite3_prepare_v3(s->handle, "PRAGMA data_version", -1,
		    SQLITE_PREPARE_PERSISTENT, &s->version, NULL);
	if (code != SQLITE_OK)
		return outcome(code);
	(void)sqlite3_busy_timeout(s->handle, 0);
	code = sqlite3_step(s->version);
	if (code == SQLITE_ROW)
		*ret = arena_fmt(mem, "%p %d %lld", (void *)s->handle,
		    sqlite3_column_int(s->version, 0),
		    (long long)sqlite3_total_changes64(s->handle));
	(void)sqlite3_reset(s->version);
	(void)sqlite3_busy_timeout(s->handle, WAIT_FOR_WRITER_MS);
	return code == SQLITE_DONE ? RC_FAILED : outcome(code);
}

const struct driver driver_sqlite = {
    .open = sqlite_open,
    .close = sqlite_close,
    .error = sqlite_error,
    .script = sqlite_script,
    .prepare = sqlite_prepare,
    .query = sqlite_query,
    .next = sqlite_next,
    .is_null = sqlite_is_null,
    .column_int = sqlite_int,
    .column_text = sqlite_text,
    .column_blob = sqlite_blob,
    .close_rows = sqlite_close_rows,
    .changed = sqlite_changed,
    .state = sqlite_state,
    .begin_write = "BEGIN IMMEDIATE",
    .begin_read = "BEGIN",
};

enum rc
db_copy(struct db *db, struct str file, struct diag *d)
{
	autoarena mem = arena_open(0);
	struct place at = {.file = arena_str(d->mem, file)};
	sqlite3 *to = NULL;

	if (!db_is_sqlite(db)) {
		diag_error(d, at, N_("Копию PostgreSQL снимает pg_dump."));
		return RC_INVALID;
	}
	int code = sqlite3_open_v2(arena_cstr(mem, file), &to,
	    SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
	sqlite3_backup *job =
	    code == SQLITE_OK ?
		sqlite3_backup_init(to, "main", own(db)->handle, "main") :
		NULL;
	if (job) {
		(void)sqlite3_backup_step(job, -1);
		code = sqlite3_backup_finish(job);
	} else {
		code = sqlite3_errcode(to);
	}
	enum rc rc = outcome(code);
	if (rc != RC_OK)
		diag_error(
		    d, at, N_("Копия не снята: %s."), sqlite3_errmsg(to));
	(void)sqlite3_close(to);
	return rc;
}
