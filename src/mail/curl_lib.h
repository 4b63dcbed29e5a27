/*
 * curl_lib.h - libcurl, loaded when the first letter is sent.
 *
 * It brings a score of shared libraries with it; a command that sends nothing
 * does without them: see doc/why/paper-when-needed.md.
 */
#pragma once

/* Its checks of types are macros that hide the functions. */
#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>

struct curl_lib {
#define CURL_FUNCTION(function) __typeof__(function) *function;
#include "mail/curl_lib.def"
#undef CURL_FUNCTION
};

/* NULL when the library is not installed. */
const struct curl_lib *curl_lib(void);
