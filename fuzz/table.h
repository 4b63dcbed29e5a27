/*
 * table.h - reads a table of a given format and checks what every reader
 * promises: rows and columns ascend, texts are UTF-8, a failure is explained.
 */
#pragma once

#include "fmt/sheet.h"

void table_read(int fd, enum sheet_format format);
