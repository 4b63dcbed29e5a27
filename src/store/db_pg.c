/* db_pg.c - PostgreSQL: a region's server, prepared statements by name. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/driver.h"
#include "store/pq_lib.h"

enum { OID_INT8 = 20, OID_TEXT = 25, OID_BYTEA = 17, MAX_IN = 40 };

struct pg_db {
	struct db base;
	const struct pq_lib *lib;
	PGconn *conn;
	bool *prepared; /* by statement number */
	char error[512];
};

/* A result with the bytes of decoded bytea columns, freed together. */
struct pg_rows {
	const struct pq_lib *lib;
	PGresult *result;
	struct arena *mem;
};

static struct pg_db *
own(const struct db *db)
{
	return (struct pg_db *)(uintptr_t)db;
}

static const char *
pg_error(const struct db *db)
{
	return own(db)->error;
}

/* SQLSTATE classes: 23 integrity, 40 serialisation, 53 resources, 55P03 lock. */
static enum rc
failure(struct pg_db *s, PGresult *result)
{
	const char *state =
	    s->lib->PQresultErrorField(result, PG_DIAG_SQLSTATE);

	(void)snprintf(
	    s->error, sizeof s->error, "%s", s->lib->PQerrorMessage(s->conn));
	s->error[strcspn(s->error, "\n")] = '\0';
	if (!state)
		return RC_FAILED;
	if (strncmp(state, "23", 2) == 0)
		return RC_CONFLICT;
	if (strncmp(state, "40", 2) == 0 || strcmp(state, "55P03") == 0)
		return RC_BUSY;
	return RC_FAILED;
}

static enum rc
settle(struct pg_db *s, PGresult *result)
{
	ExecStatusType status = s->lib->PQresultStatus(result);
	enum rc rc = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK ?
			 RC_OK :
			 failure(s, result);

	s->lib->PQclear(result);
	return rc;
}

static enum rc
pg_script(struct db *db, const char *sql)
{
	return settle(own(db), own(db)->lib->PQexec(own(db)->conn, sql));
}

static void
pg_close(struct db *db)
{
	struct pg_db *s = own(db);

	s->lib->PQfinish(s->conn);
	free(s->prepared);
	free(s);
}

static enum rc
pg_open(struct str url, bool create, struct diag *d, struct db **ret)
{
	autoarena mem = arena_open(0);
	const struct pq_lib *lib = pq_lib();

	if (!lib) {
		diag_error(d, (struct place){0},
		    N_("Библиотека PostgreSQL (libpq5) не установлена."))
		    ->hint = S("Установите её: apt install libpq5.");
		return RC_FAILED;
	}
	PGconn *conn = lib->PQconnectdb(arena_cstr(mem, url));

	if (lib->PQstatus(conn) != CONNECTION_OK) {
		char why[256];
		(void)snprintf(
		    why, sizeof why, "%s", lib->PQerrorMessage(conn));
		why[strcspn(why, "\n")] = '\0';
		diag_error(d, (struct place){0},
		    N_("Сервер PostgreSQL не отвечает: %s."), why)
		    ->hint =
		    S("Проверьте адрес в ключе --db и что сервер запущен.");
		lib->PQfinish(conn);
		return RC_FAILED;
	}

	struct pg_db *s = calloc(1, sizeof *s);
	MUST(s);
	s->base.driver = &driver_pg;
	s->lib = lib;
	s->conn = conn;
	s->prepared = calloc(n_statements, sizeof *s->prepared);
	MUST(s->prepared);
	*ret = &s->base;
	/* Notices of CREATE IF NOT EXISTS are not for the user. */
	return pg_script(&s->base,
	    "SET client_min_messages = warning; SET lock_timeout = '5s'");
}

static enum rc
pg_prepare(struct db *db, size_t statement)
{
	struct pg_db *s = own(db);
	const struct statement *st = &statements[statement];
	Oid types[MAX_IN];
	size_t n = strlen(st->in_types);

	if (s->prepared[statement])
		return RC_OK;
	MUST(n <= MAX_IN);
	for (size_t i = 0; i < n; i++)
		types[i] = st->in_types[i] == 'i' ? OID_INT8 :
			   st->in_types[i] == 'b' ? OID_BYTEA :
						    OID_TEXT;

	enum rc rc = settle(s,
	    s->lib->PQprepare(s->conn, st->name, st->postgres, (int)n, types));
	s->prepared[statement] = rc == RC_OK;
	return rc;
}

static enum rc
pg_query(struct db *db, size_t statement, const struct dbval *in, size_t n_in,
    struct rows *ret)
{
	struct pg_db *s = own(db);
	const char *values[MAX_IN] = {0};
	int lengths[MAX_IN] = {0};
	int formats[MAX_IN] = {0};
	enum rc rc = pg_prepare(db, statement);

	if (rc != RC_OK)
		return rc;

	struct arena *mem = arena_open(0);
	for (size_t i = 0; i < n_in; i++) {
		if (in[i].is_null)
			continue;
		values[i] = in[i].type == DB_INT ?
				arena_fmt(mem, "%lld", (long long)in[i].i).p :
				arena_cstr(mem, in[i].s);
		lengths[i] = (int)in[i].s.n;
		formats[i] = in[i].type == DB_BLOB;
	}

	PGresult *result = s->lib->PQexecPrepared(s->conn,
	    statements[statement].name, (int)n_in, values, lengths, formats, 0);
	ExecStatusType status = s->lib->PQresultStatus(result);
	if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
		rc = failure(s, result);
		s->lib->PQclear(result);
		arena_close(mem);
		return rc;
	}

	struct pg_rows *rows = arena_new(mem, struct pg_rows, 1);
	*rows = (struct pg_rows){s->lib, result, mem};
	ret->driver_rows = rows;
	return RC_OK;
}

static const struct pg_rows *
rows_of(const struct rows *rows)
{
	return rows->driver_rows;
}

static enum rc
pg_next(struct rows *rows)
{
	if (rows->at + 1 >=
	    rows_of(rows)->lib->PQntuples(rows_of(rows)->result))
		return RC_NOT_FOUND;
	rows->at++;
	return RC_OK;
}

static bool
pg_is_null(const struct rows *rows, int column)
{
	const struct pg_rows *r = rows_of(rows);

	return r->lib->PQgetisnull(r->result, (int)rows->at, column);
}

static struct str
pg_text(const struct rows *rows, int column)
{
	const struct pg_rows *r = rows_of(rows);
	int row = (int)rows->at;

	if (r->lib->PQgetisnull(r->result, row, column))
		return (struct str){NULL, 0};
	return (struct str){r->lib->PQgetvalue(r->result, row, column),
	    (size_t)r->lib->PQgetlength(r->result, row, column)};
}

static int64_t
pg_int(const struct rows *rows, int column)
{
	int64_t value = 0;

	(void)str_to_int(pg_text(rows, column), &value);
	return value;
}

/* bytea comes as text: \x and hexadecimal. */
static struct str
pg_blob(const struct rows *rows, int column)
{
	struct pg_rows *own_rows = rows->driver_rows;
	struct str hex = pg_text(rows, column);
	size_t n = 0;

	if (!hex.p)
		return hex;
	unsigned char *bytes =
	    own_rows->lib->PQunescapeBytea((const unsigned char *)hex.p, &n);
	struct str copy = arena_str(
	    own_rows->mem, (struct str){bytes ? (char *)bytes : "", n});
	own_rows->lib->PQfreemem(bytes);
	return copy;
}

static void
pg_close_rows(struct rows *rows)
{
	struct pg_rows *own_rows = rows->driver_rows;

	if (!own_rows)
		return;
	own_rows->lib->PQclear(own_rows->result);
	arena_close(own_rows->mem); /* holds own_rows too */
	rows->driver_rows = NULL;
}

static int64_t
pg_changed(const struct rows *rows)
{
	int64_t n = 0;

	(void)str_to_int(
	    str_of(rows_of(rows)->lib->PQcmdTuples(rows_of(rows)->result)), &n);
	return n;
}

/* Which transactions one sees: equal lists, equal data. */
static enum rc
pg_state(struct db *db, struct arena *mem, struct str *ret)
{
	struct pg_db *s = own(db);
	PGresult *result =
	    s->lib->PQexec(s->conn, "SELECT pg_current_snapshot()::text");

	if (s->lib->PQresultStatus(result) == PGRES_TUPLES_OK)
		*ret = arena_str(mem, str_of(s->lib->PQgetvalue(result, 0, 0)));
	return settle(s, result);
}

const struct driver driver_pg = {
    .open = pg_open,
    .close = pg_close,
    .error = pg_error,
    .script = pg_script,
    .prepare = pg_prepare,
    .query = pg_query,
    .next = pg_next,
    .is_null = pg_is_null,
    .column_int = pg_int,
    .column_text = pg_text,
    .column_blob = pg_blob,
    .close_rows = pg_close_rows,
    .changed = pg_changed,
    .state = pg_state,
    .begin_write = "BEGIN",
    .begin_read = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
};
