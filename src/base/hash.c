/* hash.c - SHA-256 by libsodium. */
#include "base/hash.h"

#include <sodium.h>

struct str
hash_hex(struct arena *mem, struct str text)
{
	unsigned char hash[crypto_hash_sha256_BYTES];
	size_t n = crypto_hash_sha256_BYTES * 2 + 1;
	char *hex = arena_raw(mem, n);

	(void)crypto_hash_sha256(hash, (const unsigned char *)text.p, text.n);
	(void)sodium_bin2hex(hex, n, hash, sizeof hash);
	return (struct str){hex, n - 1};
}
