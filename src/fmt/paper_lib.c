/* paper_lib.c - cairo and pango, loaded once for the process. */
#include "fmt/paper_lib.h"

#include <threads.h>

#include "base/def.h"
#include "base/late.h"

/* Pango on cairo needs all the others, so one name finds every function. */
static const char library[] = "libpangocairo-1.0.so.0";

static const struct late_function functions[] = {

#define PAPER(function) {#function, offsetof(struct paper_lib, function)},
#include "fmt/paper_lib.def"
#undef PAPER
};

static struct paper_lib loaded;
static bool is_loaded;
static once_flag once = ONCE_FLAG_INIT;

static void
load(void)
{
	is_loaded = late_load(library, functions, COUNT_OF(functions), &loaded);
}

const struct paper_lib *
paper_lib(void)
{
	call_once(&once, load);
	return is_loaded ? &loaded : NULL;
}
