/* book_lib.c - libxlsxwriter, loaded once for the process. */
#include "fmt/book_lib.h"

#include <threads.h>

#include "base/def.h"
#include "base/late.h"

static const struct late_function functions[] = {

#define BOOK(function) {#function, offsetof(struct book_lib, function)},
#include "fmt/book_lib.def"
#undef BOOK
};

static struct book_lib loaded;
static bool is_loaded;
static once_flag once = ONCE_FLAG_INIT;

static void
load(void)
{
	is_loaded = late_load(
	    "libxlsxwriter.so.4", functions, COUNT_OF(functions), &loaded);
}

const struct book_lib *
book_lib(void)
{
	call_once(&once, load);
	return is_loaded ? &loaded : NULL;
}
