/*
 * driver.h - what db.c asks of a driver; the two files that know one
 * (db_sqlite.c, db_pg.c) fill this table.
 */
#pragma once

#include "store/db.h"

struct driver {
	enum rc (*open)(
	    struct str url, bool create, struct diag *d, struct db **ret);
	void (*close)(struct db *db);
	const char *(*error)(const struct db *db);

	/* Several statements in one text, without parameters. */
	enum rc (*script)(struct db *db, const char *sql);
	enum rc (*prepare)(struct db *db, size_t statement);
	enum rc (*query)(struct db *db, size_t statement,
	    const struct dbval *in, size_t n_in, struct rows *ret);
	enum rc (*next)(struct rows *rows);
	bool (*is_null)(const struct rows *rows, int column);
	int64_t (*column_int)(const struct rows *rows, int column);
	struct str (*column_text)(const struct rows *rows, int column);
	struct str (*column_blob)(const struct rows *rows, int column);
	void (*close_rows)(struct rows *rows);
	int64_t (*changed)(const struct rows *rows);
	enum rc (*state)(struct db *db, struct arena *mem, struct str *ret);

	const char *begin_write;
	const char *begin_read;
};

/* First member of both drivers' own structs. */
struct db {
	const struct driver *driver;
	bool in_tx;
};

extern const struct driver driver_sqlite;
extern const struct driver driver_pg;
