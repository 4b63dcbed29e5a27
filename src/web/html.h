/*
 * html.h - the only way bytes reach a page: escaped for the place they stand in.
 *
 * Templates (src/web/view, see doc/templates.md) are compiled to calls of
 * these functions; the generator picks the one that fits the place, so no
 * page chooses an escape and none can forget it.
 *
 * Text is UTF-8; control characters other than tab and line end come out as
 * U+FFFD, as HTML has no way to write them.
 */
#pragma once

#include "base/buf.h"
#include "web/link.h"
#include "web/show.h"

/* Between tags: & < > */
void html_text(struct buf *out, struct str s);

/* Inside "…": also the quotes. */
void html_attr(struct buf *out, struct str s);

/*
 * A word of class=, id=, for= and their like: letters, digits, - and _.
 * Anything else becomes _, so a value can never add a second word.
 */
void html_token(struct buf *out, struct str s);

/* One piece of an address behind a fixed beginning: percent-encoded. */
void html_url_part(struct buf *out, struct str s);

/* A whole address; only link functions make one (see link.h). */
void html_link(struct buf *out, struct link to);
