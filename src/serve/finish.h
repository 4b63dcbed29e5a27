/*
 * finish.h - the last hand on a reply: unchanged pages shrink to 304, text is
 * packed for those who can unpack it.
 */
#pragma once

#include "web/http.h"

void finish_reply(const struct request *rq, struct reply *rp);

/* Does the client's Accept-Encoding take gzip? */
bool takes_gzip(const struct request *rq);

/* True when If-None-Match names this tag: the client has these bytes. */
bool has_tag(const struct request *rq, struct str tag);
