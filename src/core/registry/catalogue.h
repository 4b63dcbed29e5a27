/*
 * catalogue.h - the names the program knows: procedures, elements of the
 * risk table, years in which something was not held.
 *
 * The program's own rows come from the tables of data/ inside the binary; a
 * municipality adds procedures (kdr-…) and corrects years in its database.
 */
#pragma once

#include "core/scope.h"
#include "lang/vocabulary.h"

/* The program's rows with the municipality's (when sc->db is there). */
NODISCARD enum rc catalogue_read(struct scope *sc, struct vocabulary *ret);

/* Title of a procedure by code; the code itself when it is unknown. */
struct str catalogue_title(const struct vocabulary *words, struct str code);
