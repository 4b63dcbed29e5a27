/*
 * input.h - what a fuzzer invents becomes an open file.
 *
 * Bytes go into a file as they are.  For containers the fuzzer invents the
 * parts, not the ZIP around them, whose checksums it could never guess: the
 * input is text such as
 *
 *	=== xl/workbook.xml
 *	<workbook>…
 *	=== xl/sharedStrings.xml
 *	…
 *
 * and what begins with "PK" is taken as a whole container all the same.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

/* The one function a fuzzer must have. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

/* A descriptor to read from; it stays valid until the next call. */
int input_file(const uint8_t *data, size_t n);
int input_container(const uint8_t *data, size_t n);

/* Reads every byte, so that the sanitizer sees what is not ours. */
void input_touch(struct str s);
