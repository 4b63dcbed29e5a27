/* late.c - functions of a library that was not linked, by their names. */
#include "base/late.h"

#include <dlfcn.h>
#include <string.h>

bool
late_load(const char *library, const struct late_function *functions, size_t n,
    void *table)
{
	void *handle = dlopen(library, RTLD_NOW | RTLD_LOCAL);

	if (!handle)
		return false;
	for (size_t i = 0; i < n; i++) {
		void *function = dlsym(handle, functions[i].name);

		if (!function)
			return false;
		memcpy((char *)table + functions[i].at, &function,
		    sizeof function);
	}
	return true;
}
