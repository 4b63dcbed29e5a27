/*
 * formats.h - one reader a format, chosen by sheet_read(); each keeps the
 * promise of sheet.h.
 */
#pragma once

#include "fmt/sheet.h"

NODISCARD enum rc csv_read(int fd, const struct sheet_limits *limits,
    const struct sheet_sink *sink, struct diag *d);
NODISCARD enum rc xlsx_read(int fd, const struct sheet_limits *limits,
    const struct sheet_sink *sink, struct diag *d);
NODISCARD enum rc ods_read(int fd, const struct sheet_limits *limits,
    const struct sheet_sink *sink, struct diag *d);
NODISCARD enum rc xls_read(int fd, const struct sheet_limits *limits,
    const struct sheet_sink *sink, struct diag *d);
