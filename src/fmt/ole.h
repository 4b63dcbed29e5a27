/*
 * ole.h - the older container of office files: a small file system in a
 * file, of which only whole streams are read here.
 */
#pragma once

#include "base/arena.h"
#include "base/rc.h"
#include "base/str.h"

enum ole_content {
	OLE_NONE, /* not this container, or broken */
	OLE_XLS,
	OLE_XLS_95,    /* Excel 5 or 95 */
	OLE_DOC,       /* old Word */
	OLE_ENCRYPTED, /* XLSX or DOCX under a password */
	OLE_OTHER,
};

enum ole_content ole_content_of(int fd);

struct ole_stream;

/*
 * Opens the stream "Workbook".  RC_INVALID when the container is broken or
 * has none.  The stream lives in mem; fd must stay open.
 */
NODISCARD enum rc ole_open_workbook(
    int fd, struct arena *mem, struct ole_stream **ret);

/* n bytes from offset; fewer at the end or where the file is broken. */
size_t ole_read(struct ole_stream *s, uint64_t offset, void *out, size_t n);
