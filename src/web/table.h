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

/* The addresses of a list as files, for the buttons of its page. */
struct list_files {
	struct link csv, xlsx, json;
};

struct list_files list_files(const struct visit *v);
