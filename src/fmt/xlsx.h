/*
 * xlsx.h - the parts of an XLSX workbook that its sheets refer to: shared
 * strings, formats of cells, the list of sheets.
 */
#pragma once

#include "fmt/number.h"
#include "fmt/package.h"
#include "fmt/string_table.h"

/*
 * The texts into table, whose memory is the caller's.  part may be NULL: a
 * workbook without texts.
 */
NODISCARD enum rc shared_strings_read(struct package *p, const char *part,
    struct diag *d, struct string_table *table);

/* What each style (attribute s of a cell) makes of a number. */
struct styles {
	uint8_t *of; /* enum number_style */
	size_t n;
};

NODISCARD enum rc styles_read(
    struct package *p, const char *part, struct arena *mem, struct styles *ret);

/* "_x000D_" and the like, which XLSX writes for what XML cannot hold. */
struct str xlsx_unescape(char *p, size_t n);

/* A run of digits at most 9 long; false for anything else. */
bool xlsx_uint(const char *text, uint32_t *ret);
