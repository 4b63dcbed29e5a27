/*
 * book_lib.h - libxlsxwriter, loaded when a workbook is first written.
 *
 * It brings a library of ciphers with it: see base/late.h.
 */
#pragma once

#include <xlsxwriter.h>

struct book_lib {
#define BOOK(function) __typeof__(function) *function;
#include "fmt/book_lib.def"
#undef BOOK
};

/* NULL when the library is not installed.  Any thread may ask. */
const struct book_lib *book_lib(void);
