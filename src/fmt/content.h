/*
 * content.h - what a file is, told by its bytes and not by its name.
 */
#pragma once

#include "base/diag.h"

enum content {
	CONTENT_EMPTY,
	CONTENT_TEXT, /* lines of text: CSV and the like */
	CONTENT_XLSX,
	CONTENT_ODS,
	CONTENT_XLS,
	CONTENT_DOCX,
	CONTENT_ODT,

	/* what is not read, named so that a person understands */
	CONTENT_DOC,
	CONTENT_XLS_95,
	CONTENT_XLSB,
	CONTENT_PASSWORD,
	CONTENT_ZIP,     /* readable, but no office file */
	CONTENT_ARCHIVE, /* RAR, 7z, gzip */
	CONTENT_PDF,
	CONTENT_HTML,
	CONTENT_XML,
	CONTENT_RTF,
	CONTENT_PICTURE,
	CONTENT_BINARY,
};

/* Reads a little of the file; its position does not matter and may change. */
enum content content_of(int fd);

/* One complaint: what the file is, and that wanted ("CSV, XLSX") is needed. */
void content_refuse(enum content content, struct str wanted, struct diag *d);
