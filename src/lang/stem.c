/* stem.c - words without their endings. */
#include "lang/stem.h"

#include <libstemmer.h>
#include <threads.h>

#include "base/buf.h"
#include "base/def.h"
#include "base/late.h"
#include "base/utf8.h"

struct stem_lib {
#define STEM(function) __typeof__(function) *function;
#include "lang/stem_lib.def"
#undef STEM
};

static const struct late_function functions[] = {

#define STEM(function) {#function, offsetof(struct stem_lib, function)},
#include "lang/stem_lib.def"
#undef STEM
};

static struct stem_lib lib;
static bool is_loaded;
static once_flag once = ONCE_FLAG_INIT;

static void
load(void)
{
	is_loaded =
	    late_load("libstemmer.so.0d", functions, COUNT_OF(functions), &lib);
}

struct stemmer
stemmer_open(struct arena *mem)
{
	struct stemmer s = {.mem = mem};

	call_once(&once, load);
	if (is_loaded)
		s.russian = lib.sb_stemmer_new("russian", NULL);
	return s;
}

void
stemmer_close(struct stemmer *s)
{
	if (s->russian != NULL)
		lib.sb_stemmer_delete(s->russian);
	s->russian = NULL;
}

/* Letters and digits of whatever alphabet; all else stands between words. */
static bool
is_of_word(int32_t c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	       (c >= 0xC0 && c < 0x2000 && c != 0xD7 && c != 0xF7);
}

static void
put_stem(struct stemmer *s, struct buf *to, struct str word)
{
	const sb_symbol *stem;

	if (word.n == 0)
		return;
	if (to->n == 0)
		buf_put(to, S(" "));
	if (s->russian == NULL) {
		buf_fmt(to, "%.*s ", STR_ARG(word));
		return;
	}
	stem = lib.sb_stemmer_stem(
	    s->russian, (const sb_symbol *)word.p, (int)word.n);
	MUST(stem); /* NULL: out of memory */
	buf_fmt(
	    to, "%.*s ", lib.sb_stemmer_length(s->russian), (const char *)stem);
}

struct str
stemmer_text(struct stemmer *s, struct str text)
{
	struct str rest = text_fold(s->mem, text), word = {rest.p, 0};
	struct buf b = buf_open(s->mem, 0);

	while (rest.n > 0) {
		const char *at = rest.p;

		if (is_of_word(utf8_next(&rest))) {
			word.n = (size_t)(rest.p - word.p);
			continue;
		}
		word.n = (size_t)(at - word.p);
		put_stem(s, &b, word);
		word = (struct str){rest.p, 0};
	}
	put_stem(s, &b, word);
	return buf_str(&b);
}

/* " шко" in " основн школ ": the space before it makes it a beginning. */
bool
stems_have(struct str text, struct str asked)
{
	size_t at = 0;

	while (at + 1 < asked.n) {
		size_t end = at + 1;

		while (end < asked.n && asked.p[end] != ' ')
			end++;
		/* A number is not the beginning of another: № 3 is not № 34. */
		if (asked.p[at + 1] >= '0' && asked.p[at + 1] <= '9' &&
		    end < asked.n) {
			if (str_find(text, str_cut(asked, at, end + 1)) < 0)
				return false;
		} else if (str_find(text, str_cut(asked, at, end)) < 0)
			return false;
		at = end;
	}
	return asked.n > 0;
}
