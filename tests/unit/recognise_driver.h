/*
 * recognise_driver.h - a table as text becomes the calls of a sheet reader,
 * and what the recogniser answers becomes text again.
 *
 *	@kind pupils            options; also file, year, procedure, autumn
 *	@sheet Протокол         another sheet begins
 *	Код ОО | Фамилия |      a row; '|' separates, blanks around are dropped
 *	@row 40                 the next row has this number
 */
#pragma once

#include "base/buf.h"
#include "convert/recognise.h"
#include "harness.h"

enum driver_cells { DRIVER_ALL_CELLS, DRIVER_FILLED_CELLS };

/* Reads the tables of data/; they live in mem. */
struct recognise_data driver_data(struct arena *mem);

/* A whole small file; fails the test when it cannot be read. */
struct str driver_file(struct arena *mem, const char *path);

/* The calls a reader would make of the fixture's rows. */
void driver_rows(
    struct str fixture, const struct sheet_sink *sink, enum driver_cells how);

/* The refused rows as a fixture of their own, as a person would get them. */
struct str driver_refused(struct arena *mem, const struct recognise_data *data,
    struct str fixture, const struct row_at *back);

/* Where the typed rows of a file begin, in the order they come. */
size_t driver_places(struct arena *mem, const struct recognise_data *data,
    struct str fixture, struct row_at **ret);

/* Everything that came out: sink calls, complaints, the outcome. */
struct str driver_run(struct arena *mem, const struct recognise_data *data,
    struct str fixture, enum driver_cells how);
