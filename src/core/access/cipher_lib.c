/* cipher_lib.c - libcrypto, loaded once for the process. */
#include "core/access/cipher_lib.h"

#include <threads.h>

#include "base/def.h"
#include "base/late.h"

static const struct late_function functions[] = {

#define CIPHER(function) {#function, offsetof(struct cipher_lib, function)},
#include "core/access/cipher_lib.def"
#undef CIPHER
};

static struct cipher_lib loaded;
static bool is_loaded;
static once_flag once = ONCE_FLAG_INIT;

static void
load(void)
{
	is_loaded = late_load(
	    "libcrypto.so.3", functions, COUNT_OF(functions), &loaded);
}

const struct cipher_lib *
cipher_lib(void)
{
	call_once(&once, load);
	return is_loaded ? &loaded : NULL;
}
