/*
 * strict.h - what a request must be before a page sees it.
 *
 * evhttp is forgiving; two servers in a row that forgive differently can be
 * made to read one request as two.  So whatever a careful reader could take
 * in two ways is refused here, and its connection closed (measured cases:
 * tests/journey/test_malformed.py).
 */
#pragma once

#include "web/http.h"

enum { FORM_BYTES_MAX = 256 * 1024, FILE_BYTES_MAX = 64 * 1024 * 1024 };

/* 0, or the HTTP status of the refusal. */
int strict_check(const struct request *rq, bool is_http_1_0);
