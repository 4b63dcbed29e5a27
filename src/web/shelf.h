/*
 * shelf.h - what travels with the program and every worker reads: the words
 * methods are written in, and the methods.
 *
 * One shelf serves all workers of a process and may be asked by several at
 * once; what it gives lives as long as the shelf and is never written again.
 * The methods are read by the first page that asks for them, so that the
 * server does not begin later for pages nobody has opened.
 */
#pragma once

#include "base/diag.h"
#include "core/methods/library.h"

struct shelf;

/* Reads the words.  RC of that; the methods' own mistakes cannot come up later:
 * the tests read every one that is shipped. */
NODISCARD enum rc shelf_open(struct diag *d, struct shelf **ret);
void shelf_close(struct shelf *shelf);

const struct vocabulary *shelf_words(const struct shelf *shelf);
const struct library *shelf_library(struct shelf *shelf);
