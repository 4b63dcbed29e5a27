/*
 * pages_formats.h - one reader a format, chosen by pages_read(); each keeps
 * the promise of pages.h.
 */
#pragma once

#include "fmt/pages.h"

/* Bytes out of one document: a text of thousands of pages is less. */
#define PAGES_UNPACKED ((uint64_t)256 * 1024 * 1024)

NODISCARD enum rc docx_read(
    int fd, struct arena *mem, struct diag *d, struct pages *ret);
NODISCARD enum rc odt_read(
    int fd, struct arena *mem, struct diag *d, struct pages *ret);

/*
 * The outcome of a reader that has failed; complains when nobody has yet (a
 * part is missing, the document is too long).
 */
enum rc pages_refuse(enum rc rc, bool is_said, struct diag *d);
