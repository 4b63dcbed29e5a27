/*
 * convert.h - a stranger's file read by a child process without rights.
 *
 * The parent opens the file and starts this program again as the converter
 * (hidden command "converter"); the child enters the sandbox, reads
 * descriptor 3, and writes records to its standard output.  Whatever happens
 * to it - a limit, a crash, a loop - the parent gets whole rows and one clear
 * complaint, and its database has not been touched yet.
 */
#pragma once

#include "base/arena.h"
#include "base/diag.h"
#include "convert/recognise.h"
#include "convert/rows.h"
#include "fmt/pages.h"
#include "lang/vocabulary.h"

/* Typed rows of a table file; the sink is called in the parent. */
NODISCARD enum rc convert_rows(int fd, const struct recogniser_options *options,
    const struct row_sink *sink, struct diag *d);

/*
 * The counts of a file of results or pupils, without their origins: each exam
 * once, then each spelling of a school once with its counts by exam.  Text
 * and counts live until the call returns; n may be less than there are exams.
 */
struct count_sink {
	void *ctx;
	void (*exam)(void *ctx, struct str procedure, struct syear year);
	void (*school)(void *ctx, const struct school_ref *ref,
	    const struct fact_count *counts, size_t n);
};

NODISCARD enum rc convert_counts(int fd,
    const struct recogniser_options *options, const struct count_sink *sink,
    struct diag *d);

/* Blocks of a document or spreadsheet, for road maps. */
NODISCARD enum rc convert_pages(
    int fd, struct arena *mem, struct diag *d, struct pages *ret);

/* The child's main; returns the exit status. */
int converter_main(int argc, char **argv);
