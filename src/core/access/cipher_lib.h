/*
 * cipher_lib.h - libcrypto, loaded when a one-time code is first checked.
 *
 * Of all ciphers only these codes want SHA-1, which libsodium has not; it is
 * the largest library of all to relocate: see base/late.h.
 */
#pragma once

#include <openssl/evp.h>
#include <openssl/hmac.h>

struct cipher_lib {
#define CIPHER(function) __typeof__(function) *function;
#include "core/access/cipher_lib.def"
#undef CIPHER
};

/* NULL when the library is not installed.  Any thread may ask. */
const struct cipher_lib *cipher_lib(void);
