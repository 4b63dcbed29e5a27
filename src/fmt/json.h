/*
 * json.h - JSON out, straight into a buffer.  Reading is jansson's; no name
 * here is one of its names, so a file may include both.
 *
 *	struct json j = json_open(&out);
 *	json_begin_object(&j);
 *	json_field_str(&j, "school", school->code);
 *	json_key(&j, "criteria");
 *	json_begin_array(&j);
 *	…
 *	json_end(&j);
 *	json_end(&j);
 *	json_close(&j);
 *
 * What is written is always well-formed: a value without a key inside an
 * object, a key inside an array, an end too many or too few is a mistake of
 * the program and ends it (MUST).  Text is escaped; a byte that is not UTF-8
 * becomes U+FFFD.  Numbers are exact decimals with a point, never doubles.
 * No spaces and no line breaks are added, so that one value is one line.
 */
#pragma once

#include "base/buf.h"
#include "base/date.h"
#include "base/ratio.h"

enum { JSON_DEEPEST = 64 };

struct json {
	struct buf *out;
	uint8_t depth;
	bool has_key; /* a key waits for its value */
	bool is_done; /* the one value at the top is complete */
	uint8_t inside[JSON_DEEPEST];
};

struct json json_open(struct buf *out);
void json_close(const struct json *j); /* everything opened must be ended */

void json_begin_object(struct json *j);
void json_begin_array(struct json *j);
void json_end(struct json *j); /* of the innermost object or array */

void json_key(struct json *j, const char *key);
void json_key_str(struct json *j, struct str key); /* a key made at run time */

void json_put_str(struct json *j, struct str s);
void json_put_str_or_null(struct json *j, struct str s); /* null when empty */
void json_put_int(struct json *j, int64_t n);
void json_put_bool(struct json *j, bool is_true);
void json_put_null(struct json *j);
void json_put_date(struct json *j, struct date d);     /* ISO; null for none */
void json_put_moment(struct json *j, struct moment m); /* ISO; null for none */

/* As decimal_put_exact() and decimal_put() with a point (decimal.h). */
void json_put_ratio(struct json *j, struct ratio a);
void json_put_decimal(struct json *j, struct ratio a, int places);

/* json_key() and the value in one call. */
void json_field_str(struct json *j, const char *key, struct str s);
void json_field_int(struct json *j, const char *key, int64_t n);
void json_field_bool(struct json *j, const char *key, bool is_true);
void json_field_date(struct json *j, const char *key, struct date d);
void json_field_ratio(struct json *j, const char *key, struct ratio a);
void json_field_null(struct json *j, const char *key);
