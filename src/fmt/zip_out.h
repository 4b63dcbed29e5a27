/*
 * zip_out.h - an archive out (DOCX, ODT), written part by part.
 *
 *	struct zip_out *zip = zip_out_open(&bytes);
 *	zip_out_part(zip, "word/document.xml", ZIP_PACKED);
 *	zip_out_put(zip, piece); // as many as there are
 *	rc = zip_out_close(zip);
 *
 * A part is packed as it is written, so the text of a large document never
 * stands whole in memory.  The same pieces give the same bytes: entries carry
 * the fixed day 1980-01-01 and nothing of the machine.
 *
 * zlib packs; the frame around it is ours.  libzip, which reads archives for
 * us, opens a new packer of 260 KB for every part, and that costs more than
 * the packing of a document's dozen small ones.
 */
#pragma once

#include "base/buf.h"
#include "base/rc.h"

struct zip_out;

enum zip_packing {
	ZIP_PACKED,
	ZIP_STORED, /* the first part of an ODT, pictures */
};

/* Behind what out already holds; lives in its arena until it is closed. */
struct zip_out *zip_out_open(struct buf *out);

/* name: ASCII, borrowed until the archive is closed. */
void zip_out_part(
    struct zip_out *zip, const char *name, enum zip_packing packing);
void zip_out_put(struct zip_out *zip, struct str bytes);

/* RC_LIMIT when out is full, RC_FAILED when the library failed on the way:
 * what out got is then not to be used. */
NODISCARD enum rc zip_out_close(struct zip_out *zip);
