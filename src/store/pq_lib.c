/* pq_lib.c - PostgreSQL's library, loaded once for the process. */
#include "store/pq_lib.h"

#include <threads.h>

#include "base/def.h"
#include "base/late.h"

static const struct late_function functions[] = {

#define PQ(function) {#function, offsetof(struct pq_lib, function)},
#include "store/pq_lib.def"
#undef PQ
};

static struct pq_lib loaded;
static bool is_loaded;
static once_flag once = ONCE_FLAG_INIT;

static void
load(void)
{
	is_loaded =
	    late_load("libpq.so.5", functions, COUNT_OF(functions), &loaded);
}

const struct pq_lib *
pq_lib(void)
{
	call_once(&once, load);
	return is_loaded ? &loaded : NULL;
}
