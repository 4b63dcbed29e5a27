/*
 * log.h - one line a fact on standard error, for the administrator.
 *
 * Only main, cli/ and serve/ log; lower floors complain through diag.  Lines
 * carry no names of pupils and no contents of files.
 */
#pragma once

#include "base/def.h"

void log_line(const char *format, ...) PRINTF(1, 2);
