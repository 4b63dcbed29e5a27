/* paper_lib.c - cairo and pango, loaded once for the process. */
#include "fmt/paper_lib.h"

#include <dlfcn.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <threads.h>

#include "base/def.h"

/* Pango on cairo needs all the others, so one name finds every function. */
static const char library[] = "libpangocairo-1.0.so.0";

static const struct {
	const char *name;
	size_t at;
} functions[] = {

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
	void *handle = dlopen(library, RTLD_NOW | RTLD_LOCAL);

	if (!handle)
		return;
	for (size_t i = 0; i < COUNT_OF(functions); i++) {
		void *function = dlsym(handle, functions[i].name);

		if (!function)
			return;
		memcpy((char *)&loaded + functions[i].at, &function,
		    sizeof function);
	}
	is_loaded = true;
}

const struct paper_lib *
paper_lib(void)
{
	call_once(&once, load);
	return is_loaded ? &loaded : NULL;
}
