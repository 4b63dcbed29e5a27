/* curl_lib.c - libcurl, loaded once for the process. */
#include "mail/curl_lib.h"

#include <dlfcn.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <threads.h>

#include "base/def.h"

/* Debian has it with either of two libraries for TLS. */
static const char *const libraries[] = {"libcurl.so.4", "libcurl-gnutls.so.4"};

static const struct {
	const char *name;
	size_t at;
} functions[] = {

#define CURL_FUNCTION(function)                                                \
	{#function, offsetof(struct curl_lib, function)},
#include "mail/curl_lib.def"
#undef CURL_FUNCTION
};

static struct curl_lib loaded;
static bool is_loaded;
static once_flag once = ONCE_FLAG_INIT;

static void
load(void)
{
	void *handle = NULL;

	for (size_t i = 0; !handle && i < COUNT_OF(libraries); i++)
		handle = dlopen(libraries[i], RTLD_NOW | RTLD_LOCAL);
	if (!handle)
		return;
	for (size_t i = 0; i < COUNT_OF(functions); i++) {
		void *function = dlsym(handle, functions[i].name);

		if (!function)
			return;
		memcpy((char *)&loaded + functions[i].at, &function,
		    sizeof function);
	}
	is_loaded = loaded.curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
}

const struct curl_lib *
curl_lib(void)
{
	call_once(&once, load);
	return is_loaded ? &loaded : NULL;
}
