/* secret.c - is this the right password, token or code? */
#include "core/access/secret.h"

#include <sodium.h>
#include <string.h>

#include "base/utf8.h"
#include "core/access/cipher_lib.h"

enum { HASH_BYTES = 32 };

/* OWASP's minimum for Argon2id: 19 MiB, two passes. */
static const unsigned long long PASSES = 2;
static const size_t MEMORY = (size_t)19 * 1024 * 1024;

static struct str
hex(struct arena *mem, const unsigned char *bytes, size_t n)
{
	char *text = arena_raw(mem, n * 2 + 1);

	(void)sodium_bin2hex(text, n * 2 + 1, bytes, n);
	return (struct str){text, n * 2};
}

struct str
token_hash(struct arena *mem, struct str token)
{
	unsigned char hash[HASH_BYTES];

	(void)crypto_generichash(hash, sizeof hash,
	    (const unsigned char *)token.p, token.n, NULL, 0);
	return hex(mem, hash, sizeof hash);
}

/* The key of a secret for one purpose. */
static void
derive(struct str secret, const char *purpose, unsigned char ret[HASH_BYTES])
{
	unsigned char key[HASH_BYTES];

	(void)crypto_generichash(key, sizeof key,
	    (const unsigned char *)secret.p, secret.n, NULL, 0);
	(void)crypto_generichash(ret, HASH_BYTES,
	    (const unsigned char *)purpose, strlen(purpose), key, sizeof key);
}

struct str
token_derive(struct arena *mem, struct str token, const char *purpose)
{
	unsigned char hash[HASH_BYTES];

	derive(token, purpose, hash);
	return hex(mem, hash, sizeof hash);
}

bool
token_same(struct str a, struct str b)
{
	return a.n == b.n && a.n > 0 && sodium_memcmp(a.p, b.p, a.n) == 0;
}

/* ---- shut and opened ---- */

enum { NONCE = crypto_secretbox_NONCEBYTES, SEAL = crypto_secretbox_MACBYTES };

_Static_assert(HASH_BYTES == crypto_secretbox_KEYBYTES, "a hash is a key");

struct str
secret_shut(
    struct arena *mem, struct str secret, const char *purpose, struct str open)
{
	const unsigned char *bytes = (const unsigned char *)open.p;
	size_t n = NONCE + SEAL + open.n;
	unsigned char key[HASH_BYTES], *shut = arena_raw(mem, n);

	derive(secret, purpose, key);
	(void)crypto_generichash(shut, NONCE, bytes, open.n, key, sizeof key);
	(void)crypto_secretbox_easy(shut + NONCE, bytes, open.n, shut, key);
	sodium_memzero(key, sizeof key);
	return (struct str){(const char *)shut, n};
}

bool
secret_opened(struct arena *mem, struct str secret, const char *purpose,
    struct str shut, struct str *ret)
{
	const unsigned char *bytes = (const unsigned char *)shut.p;
	unsigned char key[HASH_BYTES], *open;
	bool is_ours;

	if (shut.n < NONCE + SEAL)
		return false;
	open = arena_raw(mem, shut.n);
	derive(secret, purpose, key);
	is_ours = crypto_secretbox_open_easy(
		      open, bytes + NONCE, shut.n - NONCE, bytes, key) == 0;
	sodium_memzero(key, sizeof key);
	if (is_ours)
		*ret = (struct str){(const char *)open, shut.n - NONCE - SEAL};
	return is_ours;
}

/* ---- passwords ---- */

/* What everybody tries first; compared without regard to case. */
static const char *const common[] = {
    "1234567890",
    "12345678910",
    "0987654321",
    "1111111111",
    "qwertyuiop",
    "qwerty12345",
    "qwerty123456",
    "йцукенгшщз",
    "йцукен12345",
    "password123",
    "passw0rd123",
    "пароль12345",
    "administrator",
    "директор123",
};

static bool
is_one_character(struct str s)
{
	struct str rest = s;
	int32_t first = utf8_next(&rest);

	while (rest.n > 0) {
		if (utf8_next(&rest) != first)
			return false;
	}
	return true;
}

struct str
password_fault(struct str password, struct str login)
{
	autoarena mem = arena_open(0);
	struct str lower = text_lower(mem, password);

	if (!utf8_valid(password))
		return S(N_("В пароле есть знаки, которых не бывает."));
	if (utf8_length(password) < PASSWORD_MIN)
		return S(N_("Пароль короче десяти знаков. Возьмите несколько "
			    "слов подряд."));
	if (password.n > PASSWORD_MAX)
		return S(N_("Пароль длиннее двухсот знаков."));
	if (is_one_character(password))
		return S(N_("Пароль состоит из одного знака."));
	if (login.n >= 4 && str_find(lower, text_lower(mem, login)) >= 0)
		return S(N_("В пароле есть имя для входа."));
	for (size_t i = 0; i < COUNT_OF(common); i++) {
		if (str_eq(lower, str_of(common[i])))
			return S(N_("Это один из самых частых паролей: его "
				    "подберут первым."));
	}
	return S("");
}

enum rc
password_hash(struct arena *mem, struct str password, struct str *ret)
{
	char *text = arena_raw(mem, crypto_pwhash_STRBYTES);

	if (crypto_pwhash_str_alg(text, password.p, password.n, PASSES, MEMORY,
		crypto_pwhash_ALG_ARGON2ID13) != 0)
		return RC_LIMIT;
	*ret = str_of(text);
	return RC_OK;
}

bool
password_is(struct arena *mem, struct str password, struct str hash)
{
	struct str spent;

	if (hash.n > 0 && hash.n < crypto_pwhash_STRBYTES)
		return crypto_pwhash_str_verify(
			   arena_cstr(mem, hash), password.p, password.n) == 0;

	/* An unknown name must not answer sooner than a wrong password. */
	(void)!password_hash(mem, password, &spent);
	return false;
}

/* ---- one-time codes ---- */

static const char base32_letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

struct str
base32(struct arena *mem, const unsigned char *bytes, size_t n)
{
	char *text = arena_raw(mem, n * 8 / 5 + 2);
	size_t out = 0;
	unsigned held = 0, bits = 0;

	for (size_t i = 0; i < n; i++) {
		held = (held << 8 | bytes[i]) & 0xfff;
		bits += 8;
		while (bits >= 5) {
			bits -= 5;
			text[out++] = base32_letters[held >> bits & 31];
		}
	}
	if (bits > 0)
		text[out++] = base32_letters[held << (5 - bits) & 31];
	return (struct str){text, out};
}

static bool
from_base32(struct str text, unsigned char *out, size_t max, size_t *ret_n)
{
	size_t n = 0;
	unsigned held = 0, bits = 0;

	for (size_t i = 0; i < text.n; i++) {
		const char *at =
		    text.p[i] ? strchr(base32_letters, text.p[i]) : NULL;

		if (at == NULL)
			return false;
		held = (held << 5 | (unsigned)(at - base32_letters)) & 0xfff;
		bits += 5;
		if (bits < 8)
			continue;
		bits -= 8;
		if (n == max)
			return false;
		out[n++] = (unsigned char)(held >> bits);
	}
	*ret_n = n;
	return true;
}

bool
totp_code(
    struct arena *mem, struct str secret_base32, int64_t step, struct str *ret)
{
	unsigned char key[64], counter[8], mac[EVP_MAX_MD_SIZE];
	const struct cipher_lib *lib = cipher_lib();
	unsigned mac_n = 0;
	size_t key_n;
	uint32_t number;

	if (!lib || !from_base32(secret_base32, key, sizeof key, &key_n))
		return false;
	for (int i = 0; i < 8; i++)
		counter[i] = (unsigned char)((uint64_t)step >> (56 - 8 * i));
	if (lib->HMAC(lib->EVP_sha1(), key, (int)key_n, counter, sizeof counter,
		mac, &mac_n) == NULL)
		return false;

	const unsigned char *p = mac + (mac[mac_n - 1] & 15);
	number = ((uint32_t)(p[0] & 0x7f) << 24 | (uint32_t)p[1] << 16 |
		     (uint32_t)p[2] << 8 | p[3]) %
		 1000000;
	*ret = arena_fmt(mem, "%06u", number);
	return true;
}

bool
totp_check(struct arena *mem, struct str secret_base32, struct str code,
    struct moment now, int64_t *ret_step)
{
	int64_t step = now.second / TOTP_STEP_SECONDS;

	for (int64_t s = step - 1; s <= step + 1; s++) {
		struct str right;

		if (totp_code(mem, secret_base32, s, &right) &&
		    token_same(right, code)) {
			*ret_step = s;
			return true;
		}
	}
	return false;
}
