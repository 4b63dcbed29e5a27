/* json.c - JSON out: a stack that keeps it well-formed, and escaping. */
#include "fmt/json.h"

#include "base/utf8.h"
#include "fmt/decimal.h"

enum {
	IN_ARRAY = 1,
	IN_OBJECT = 2,
	HAS_ITEM = 4,
};

struct json
json_open(struct buf *out)
{
	return (struct json){.out = out};
}

void
json_close(const struct json *j)
{
	MUST(j->depth == 0 && j->is_done);
}

static uint8_t *
innermost(struct json *j)
{
	return &j->inside[j->depth - 1];
}

static void
comma(struct json *j)
{
	uint8_t *in = innermost(j);

	if (*in & HAS_ITEM)
		buf_char(j->out, ',');
	*in |= HAS_ITEM;
}

/* Before every value: is one allowed here, and does a comma precede it? */
static void
before_value(struct json *j)
{
	if (j->depth == 0) {
		MUST(!j->is_done);
		j->is_done = true;
	} else if (*innermost(j) & IN_OBJECT) {
		MUST(j->has_key);
		j->has_key = false;
	} else {
		comma(j);
	}
}

static void
begin(struct json *j, uint8_t what, char bracket)
{
	before_value(j);
	MUST(j->depth < JSON_DEEPEST);
	j->inside[j->depth++] = what;
	buf_char(j->out, bracket);
}

void
json_begin_object(struct json *j)
{
	begin(j, IN_OBJECT, '{');
}

void
json_begin_array(struct json *j)
{
	begin(j, IN_ARRAY, '[');
}

void
json_end(struct json *j)
{
	MUST(j->depth > 0 && !j->has_key);
	buf_char(j->out, *innermost(j) & IN_OBJECT ? '}' : ']');
	j->depth--;
}

static void
escape(struct buf *out, int32_t c)
{
	static const char letters[128] = {['\b'] = 'b',
	    ['\t'] = 't',
	    ['\n'] = 'n',
	    ['\f'] = 'f',
	    ['\r'] = 'r',
	    ['"'] = '"',
	    ['\\'] = '\\'};

	if (c < 128 && letters[c]) {
		buf_char(out, '\\');
		buf_char(out, letters[c]);
	} else {
		buf_fmt(out, "\\u%04x", (unsigned)c);
	}
}

/* The line separators are line breaks to older readers of JavaScript. */
static bool
is_plain(int32_t c)
{
	return c >= 0x20 && c != '"' && c != '\\' && c != 0xFFFD &&
	       c != 0x2028 && c != 0x2029;
}

/* Bytes at the head of s that may be copied as they are. */
static size_t
plain_length(struct str s)
{
	struct str rest = s;

	while (rest.n) {
		struct str next = rest;

		if (!is_plain(utf8_next(&next)))
			break;
		rest = next;
	}
	return s.n - rest.n;
}

static void
put_string(struct buf *out, struct str s)
{
	buf_char(out, '"');
	while (s.n) {
		size_t n = plain_length(s);

		buf_put(out, str_cut(s, 0, n));
		s = str_from(s, n);
		if (s.n)
			escape(out, utf8_next(&s));
	}
	buf_char(out, '"');
}

void
json_key_str(struct json *j, struct str key)
{
	MUST(j->depth > 0 && *innermost(j) & IN_OBJECT && !j->has_key);
	comma(j);
	put_string(j->out, key);
	buf_char(j->out, ':');
	j->has_key = true;
}

void
json_key(struct json *j, const char *key)
{
	json_key_str(j, str_of(key));
}

void
json_put_str(struct json *j, struct str s)
{
	before_value(j);
	put_string(j->out, s);
}

void
json_put_str_or_null(struct json *j, struct str s)
{
	if (s.n)
		json_put_str(j, s);
	else
		json_put_null(j);
}

void
json_put_int(struct json *j, int64_t n)
{
	before_value(j);
	buf_int(j->out, n);
}

void
json_put_bool(struct json *j, bool is_true)
{
	before_value(j);
	buf_c(j->out, is_true ? "true" : "false");
}

void
json_put_null(struct json *j)
{
	before_value(j);
	buf_c(j->out, "null");
}

void
json_put_date(struct json *j, struct date d)
{
	char text[DATE_TEXT];

	if (date_is_none(d))
		json_put_null(j);
	else
		json_put_str(j, str_of(date_iso(d, text)));
}

void
json_put_moment(struct json *j, struct moment m)
{
	char text[MOMENT_TEXT];

	if (moment_is_none(m))
		json_put_null(j);
	else
		json_put_str(j, str_of(moment_iso(m, text)));
}

void
json_put_decimal(struct json *j, struct ratio a, int places)
{
	before_value(j);
	decimal_put(j->out, a, places, '.');
}

void
json_put_ratio(struct json *j, struct ratio a)
{
	before_value(j);
	decimal_put_exact(j->out, a, '.');
}

void
json_field_str(struct json *j, const char *key, struct str s)
{
	json_key(j, key);
	json_put_str(j, s);
}

void
json_field_int(struct json *j, const char *key, int64_t n)
{
	json_key(j, key);
	json_put_int(j, n);
}

void
json_field_bool(struct json *j, const char *key, bool is_true)
{
	json_key(j, key);
	json_put_bool(j, is_true);
}

void
json_field_date(struct json *j, const char *key, struct date d)
{
	json_key(j, key);
	json_put_date(j, d);
}

void
json_field_ratio(struct json *j, const char *key, struct ratio a)
{
	json_key(j, key);
	json_put_ratio(j, a);
}

void
json_field_null(struct json *j, const char *key)
{
	json_key(j, key);
	json_put_null(j);
}
