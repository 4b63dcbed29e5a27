/*
 * table.h - a list as a file: the rows of a page at its own address with .csv,
 * .xlsx or .json behind it.
 */
#pragma once

#include "fmt/table_out.h"
#include "web/visit.h"

/*
 * Begins the reply in the format asked for; name is the file's, without its
 * ending.  The page puts the rows and returns table_out_close().
 */
struct table_out *table_begin(struct visit *v, struct reply *rp,
    const struct table_about *about, const char *name);

/*
 * What a list answers, for its description: its columns, or several sets of
 * them where they depend on what is listed.
 */
struct list_shape {
	struct str title;
	const struct table_column *columns;
	size_t n;
};

typedef enum rc list_shapes(
    struct visit *v, const struct list_shape **ret, size_t *ret_n);

struct list_table {
	const struct table_column *columns;
	size_t n;
	list_shapes *shapes; /* NULL: the columns are always these */
};

#define LIST_OF(columns)                                                       \
	{                                                                      \
		(columns), COUNT_OF(columns), NULL                             \
	}

#define LIST(page, table) extern const struct list_table table;
#define LIST_TOO(page, table)
#include "web/lists.def"
#undef LIST
#undef LIST_TOO

/* The addresses of a list as files, for the buttons of its page. */
struct list_files {
	struct link csv, xlsx, json;
};

struct list_files list_files(const struct visit *v);
