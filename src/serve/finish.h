/*
 * finish.h - the last hand on a reply: unchanged pages shrink to 304, text is
 * packed for those who can unpack it.
 */
#pragma once

#include "web/http.h"

/* What packing needs between one reply and the next; a worker's own. */
struct packer;

struct packer *packer_open(void);
void packer_close(struct packer *p);

void finish_reply(struct packer *p, const struct request *rq, struct reply *rp);

/* Does the client's Accept-Encoding take gzip? */
bool takes_gzip(const struct request *rq);

/* True when If-None-Match names this tag: the client has these bytes. */
bool has_tag(const struct request *rq, struct str tag);
