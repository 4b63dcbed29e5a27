/*
 * zip_lib.h - libzip, loaded when an archive is first read.
 *
 * It brings a library of ciphers with it: see base/late.h.  A process that is
 * about to give its rights away loads it before, as no file can be opened
 * afterwards.
 */
#pragma once

#include <zip.h>

struct zip_lib {
#define ZIP(function) __typeof__(function) *function;
#include "fmt/zip_lib.def"
#undef ZIP
};

/* NULL when the library is not installed.  Any thread may ask. */
const struct zip_lib *zip_lib(void);
