/* file_hash.c - by what a file is known again, however it is called. */
#include "os/file_hash.h"

#include <errno.h>
#include <sodium.h>
#include <unistd.h>

static struct str
hex_of(struct arena *mem, const unsigned char *hash)
{
	char *hex = arena_raw(mem, crypto_hash_sha256_BYTES * 2 + 1);

	(void)sodium_bin2hex(hex, crypto_hash_sha256_BYTES * 2 + 1, hash,
	    crypto_hash_sha256_BYTES);
	return (struct str){hex, crypto_hash_sha256_BYTES * 2};
}

enum rc
fd_sha256(int fd, struct arena *mem, struct str *ret_hex, int64_t *ret_size)
{
	static const size_t chunk = (size_t)256 * 1024;
	unsigned char hash[crypto_hash_sha256_BYTES];
	crypto_hash_sha256_state state;
	char *p = arena_raw(mem, chunk);
	int64_t size = 0;

	(void)crypto_hash_sha256_init(&state);
	if (lseek(fd, 0, SEEK_SET) < 0)
		return RC_FAILED;
	for (;;) {
		ssize_t got = read(fd, p, chunk);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return RC_FAILED;
		if (got == 0)
			break;
		(void)crypto_hash_sha256_update(
		    &state, (unsigned char *)p, (size_t)got);
		size += got;
	}
	if (lseek(fd, 0, SEEK_SET) < 0)
		return RC_FAILED;
	(void)crypto_hash_sha256_final(&state, hash);
	*ret_hex = hex_of(mem, hash);
	*ret_size = size;
	return RC_OK;
}
