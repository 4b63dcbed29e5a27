/* db_pg.c - PostgreSQL: a region's server, prepared statements by name. */
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/driver.h"

enum { OID_INT8 = 20, OID_TEXT = 25, OID_BYTEA = 17, MAX_IN = 40 };

struct pg_db {
	struct db base;
	PGconn *conn;
	bool *prepared; /* by statement number */
	char error[512];
};

/* A result with the bytes of decoded bytea columns, freed together. */
struct pg_rows {
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
	const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);

	(void)snprintf(
	    s->error, sizeof s->error, "%s", PQerrorMessage(s->conn));
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
	ExecStatusType status = PQresultStatus(result);
	enum rc rc = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK ?
			 RC_OK :
			 failure(s, result);

	PQclear(result);
	return rc;
}

static enum rc
pg_script(struct db *db, const char *sql)
{
	return settle(own(db), PQexec(own(db)->conn, sql));
}

static void
pg_close(struct db *db)
{
	struct pg_db *s = own(db);

	PQfinish(s->conn);
	free(s->prepared);
	free(s);
}

static enum rc
pg_open(struct str url, bool create, struct diag *d, struct db **ret)
{
	autoarena mem = arena_open(0);
	PGconn *conn = PQconnectdb(arena_cstr(mem, url));

	if (PQstatus(conn) != CONNECTION_OK) {
		char why[256];
		(void)snprintf(why, sizeof why, "%s", PQerrorMessage(conn));
		why[strcspn(why, "\n")] = '\0';
		diag_error(d, (struct place){0},
		    N_("Сервер PostgreSQL не отвечает: %s."), why)
		    ->hint =
		    S("Проверьте адрес в ключе --db и что сервер запущен.");
		PQfinish(conn);
		return RC_FAILED;
	}

	struct pg_db *s = calloc(1, sizeof *s);
	MUST(s);
	s->base.driver = &driver_pg;
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

	enum rc rc = settle(
	    s, PQprepare(s->conn, st->name, st->postgres, (int)n, types));
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

	PGresult *result = PQexecPrepared(s->conn, statements[statement].name,
	    (int)n_in, values, lengths, formats, 0);
	ExecStatusType status = PQresultStatus(result);
	if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
		rc = failure(s, result);
		PQclear(result);
		arena_close(mem);
		return rc;
	}

	struct pg_rows *rows = arena_new(mem, struct pg_rows, 1);
	*rows = (struct pg_rows){result, mem};
	ret->driver_rows = rows;
	return RC_OK;
}

static PGresult *
result_of(const struct rows *rows)
{
	return ((struct pg_rows *)rows->driver_rows)->result;
}

static enum rc
pg_next(struct rows *rows)
{
	if (rows->at + 1 >= PQntuples(result_of(rows)))
		return RC_NOT_FOUND;
	rows->at++;
	return RC_OK;
}

static bool
pg_is_null(const struct rows *rows, int column)
{
	return PQgetisnull(result_of(rows), (int)rows->at, column);
}

static struct str
pg_text(const struct rows *rows, int column)
{
	PGresult *r = result_of(rows);
	int row = (int)rows->at;

	if (PQgetisnull(r, row, column))
		return (struct str){NULL, 0};
	return (struct str){
	    PQgetvalue(r, row, column), (size_t)PQgetlength(r, row, column)};
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
	    PQunescapeBytea((const unsigned char *)hex.p, &n);
	struct str copy = arena_str(
	    own_rows->mem, (struct str){bytes ? (char *)bytes : "", n});
	PQfreemem(bytes);
	return copy;
}

static void
pg_close_rows(struct rows *rows)
{
	struct pg_rows *own_rows = rows->driver_rows;

	if (!own_rows)
		return;
	PQclear(own_rows->result);
	arena_close(own_rows->mem); /* holds own_rows too */
	rows->driver_rows = NULL;
}

static int64_t
pg_changed(const struct rows *rows)
{
	int64_t n = 0;

	(void)str_to_int(str_of(PQcmdTuples(result_of(rows))), &n);
	return n;
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
    .begin_write = "BEGIN",
    .begin_read = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
};
