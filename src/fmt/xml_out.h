/*
 * xml_out.h - text into XML or HTML, so that it cannot become markup.
 *
 * & < > " are escaped, so the result stands between tags and inside "…"
 * alike.  Bytes that are not UTF-8 and characters that XML refuses become
 * U+FFFD.
 */
#pragma once

#include "base/buf.h"

void xml_put(struct buf *out, struct str text);

/* The instruction that opens every part of a document. */
#define XML_HEAD                                                               \
	"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
