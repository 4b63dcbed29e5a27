/*
 * zip_out.h - an archive out (DOCX, ODT), whole in memory.
 *
 * The same parts in the same order give the same bytes: entries carry the
 * fixed day 1980-01-01 and nothing of the machine.
 *
 * zlib packs; the frame around it is ours.  libzip, which reads archives for
 * us, opens a new packer of 260 KB for every part, and that costs more than
 * the packing of a document's dozen small ones.
 */
#pragma once

#include "base/buf.h"
#include "base/rc.h"

struct zip_part {
	const char *name; /* ASCII */
	struct str bytes;
	bool is_stored; /* not packed: the first part of an ODT, pictures */
};

/* RC_LIMIT when out is full; RC_FAILED when the library fails. */
NODISCARD enum rc zip_out(
    const struct zip_part *parts, size_t n, struct buf *out);
