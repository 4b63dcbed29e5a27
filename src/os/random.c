/* random.c - bytes nobody can guess, from libsodium. */
#include "os/random.h"

#include <sodium.h>

void
random_init(void)
{
	MUST(sodium_init() >= 0);
}

struct str
random_token(struct arena *mem, size_t n)
{
	enum { VARIANT = sodium_base64_VARIANT_URLSAFE_NO_PADDING };

	unsigned char *bytes = arena_raw(mem, n);
	size_t max = sodium_base64_encoded_len(n, VARIANT);
	char *text = arena_raw(mem, max);

	randombytes_buf(bytes, n);
	(void)sodium_bin2base64(text, max, bytes, n, VARIANT);
	return str_of(text);
}
