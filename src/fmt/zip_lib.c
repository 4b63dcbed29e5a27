/* zip_lib.c - libzip, loaded once for the process. */
#include "fmt/zip_lib.h"

#include <threads.h>

#include "base/def.h"
#include "base/late.h"

static const struct late_function functions[] = {

#define ZIP(function) {#function, offsetof(struct zip_lib, function)},
#include "fmt/zip_lib.def"
#undef ZIP
};

static struct zip_lib loaded;
static bool is_loaded;
static once_flag once = ONCE_FLAG_INIT;

static void
load(void)
{
	is_loaded =
	    late_load("libzip.so.4", functions, COUNT_OF(functions), &loaded);
}

const struct zip_lib *
zip_lib(void)
{
	call_once(&once, load);
	return is_loaded ? &loaded : NULL;
}
