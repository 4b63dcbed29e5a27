/*
 * site.h - the pages as one function: a request in, a reply out.
 *
 * A site is one worker's: its database connection; what all workers read is on
 * the shelf they share.  site_answer() never fails; what goes wrong becomes a page with a
 * sentence.  Security headers are set here for every reply, and so is how
 * long the answer holds (reply.same_until).
 */
#pragma once

#include "base/diag.h"
#include "base/rc.h"
#include "web/http.h"
#include "web/shelf.h"

struct site;

/* The shelf must live as long as the site. */
NODISCARD enum rc site_open(
    struct str db, struct shelf *shelf, struct diag *d, struct site **ret);
void site_close(struct site *site);
void site_answer(struct site *site, struct request *rq, struct reply *rp);

/*
 * The answer to who has this page already: 304 with what a cache must know.
 * The browser keeps the page's own headers.
 */
void site_unchanged(struct reply *rp, struct str tag);

/*
 * Which kind of page is asked for: a number below site_kinds(), the same for
 * the same route, whoever asks for whatever.
 */
size_t site_kind(const struct request *rq);
size_t site_kinds(void);

/* db_state() of this worker's connection. */
NODISCARD enum rc site_state(
    struct site *site, struct arena *mem, struct str *ret);

/*
 * Style sheets, scripts, pictures: answered from the program itself, without
 * a worker.  False when the address is no file's.
 */
bool site_asset(const struct request *rq, struct reply *rp);

/* A page that says why there is no answer: 400, 404, 405, 411, 413, 503 … */
void site_refuse(const struct request *rq, struct reply *rp, int status);
