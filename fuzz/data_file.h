/*
 * data_file.h - tables of data/ for fuzzers, read once from the checkout.
 */
#pragma once

#include "base/str.h"

/* name: "procedures.tsv"; the text stays until the end. */
struct str data_file(const char *name);
