/*
 * count_plain.h - the short way for the canonical files of pupils and results.
 */
#pragma once

#include "convert/counts.h"
#include "convert/recognise.h"

/*
 * Fills c and returns true; false when some line of the file is not plain: c
 * is then as it was, and the recogniser has to read the file.  mem must live
 * as long as c.
 */
bool counts_plain(int fd, const struct recognise_data *data, struct counts *c,
    struct arena *mem);
