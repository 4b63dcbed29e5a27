/*
 * plain_pages.h - a document as plain text becomes what the readers of DOCX
 * and ODT give: a line is a paragraph ("# " a heading), a line in bars a row of
 * a table, "<5>" before a cell covers five columns, "^" goes on from the cell
 * above, "\n" is a line end inside a cell.
 */
#pragma once

#include "fmt/pages.h"

/* text is UTF-8; what comes of it keeps the promises of pages.h. */
struct pages plain_pages(struct arena *mem, struct str text);
