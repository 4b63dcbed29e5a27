/* lint_words.c - words that were spoilt on the way to paper. */
#include "base/map.h"
#include "base/utf8.h"
#include "core/plans/lint_parts.h"

static bool
is_cyrillic(int32_t c)
{
	return (c >= 0x410 && c <= 0x44F) || c == 0x401 || c == 0x451;
}

static bool
is_latin(int32_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

struct look {
	int cyrillic, latin, digits_inside, letters;
};

/* One word of letters and digits off the front of *rest. */
static struct str
take_word(struct str *rest, struct look *ret)
{
	struct str start = *rest;
	int digits = 0;

	*ret = (struct look){0};
	while (rest->n) {
		struct str at = *rest;
		int32_t c = utf8_next(&at);
		bool digit = c >= '0' && c <= '9';
		if (!is_cyrillic(c) && !is_latin(c) && !digit)
			break;
		ret->cyrillic += is_cyrillic(c);
		ret->latin += is_latin(c);
		if (digit) {
			digits += ret->letters > 0;
		} else {
			ret->digits_inside += digits;
			digits = 0;
			ret->letters++;
		}
		*rest = at;
	}
	return str_cut(start, 0, start.n - rest->n);
}

static void
walk_words(struct linter *l, bool (*is_wrong)(const struct look *, struct str))
{
	struct lint_texts t = {.l = l};

	while (next_text(&t))
		for (struct str rest = t.text; rest.n;) {
			struct look look;
			struct str word = take_word(&rest, &look);
			if (!word.n)
				(void)utf8_next(&rest);
			else if (is_wrong(&look, word))
				found_text(l, &t, word);
		}
}

static bool
is_mixed(const struct look *w, struct str word)
{
	(void)word;
	return w->cyrillic >= 2 && w->latin >= 2;
}

/* A digit between letters of a long word; "ВПР4" and "9а" are names. */
static bool
has_digit_inside(const struct look *w, struct str word)
{
	(void)word;
	return w->digits_inside && w->cyrillic >= 6;
}

void
lint_mixed_letters(struct linter *l)
{
	walk_words(l, is_mixed);
}

void
lint_digit_in_word(struct linter *l)
{
	walk_words(l, has_digit_inside);
}

/* ---- Latin words ------------------------------------------------------------------------ */

/* Usual in Russian texts; an address is known by its signs. */
static bool
is_usual(struct str word)
{
	static const char *const words[] = {"online", "offline", "internet",
	    "zoom", "skype", "moodle", "google", "telegram", "whatsapp",
	    "classroom", "email", "mail", "https", "http", "teams", "wiki"};

	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (str_eq(word, str_of(words[i])))
			return true;
	return false;
}

static bool
is_part_of_address(struct str text, struct str word)
{
	const char *end = word.p + word.n;
	char before = word.p > text.p ? word.p[-1] : ' ';
	char after = end < text.p + text.n ? *end : ' ';
	bool more = end + 1 < text.p + text.n && end[1] != ' ';

	return before == '.' || before == '@' || before == '/' ||
	       before == '-' || before == '_' || after == '@' || after == '/' ||
	       after == '_' || after == '-' || (after == '.' && more) ||
	       (after == ':' && more);
}

/* A word in small letters among Russian ones is no name. */
void
lint_latin_word(struct linter *l)
{
	enum { SHORT = 4 };
	struct lint_texts t = {.l = l};

	while (next_text(&t))
		for (struct str rest = t.text; rest.n;) {
			struct look look;
			struct str word = take_word(&rest, &look);
			if (!word.n)
				(void)utf8_next(&rest);
			else if (look.latin == look.letters &&
				 word.n >= SHORT && word.p[0] >= 'a' &&
				 word.p[0] <= 'z' && !is_usual(word) &&
				 !is_part_of_address(t.text, word))
				found_text(l, &t, word);
		}
}

/* ---- a word unlike its twins ---------------------------------------------------------------- */

/* Words before one and the same word: «учебной неуспешности». */
struct pair {
	struct str first, second;
	struct lint_texts at;
	int64_t times;
	int64_t next; /* with the same second word; MAP_NONE: the last */
};

enum { MAX_LETTERS = 40, USUAL = 4 /* times more often */ };

static size_t
letters_of(struct str s, int32_t out[MAX_LETTERS])
{
	size_t n = 0;

	while (s.n && n < MAX_LETTERS)
		out[n++] = utf8_next(&s);
	return n;
}

/*
 * One letter lost, added or changed inside the stem.  At the end of a word it
 * is only another case.
 */
static bool
differs_by_one_letter(struct str a, struct str b)
{
	enum { SHORT = 6, END = 3, START = 2 };

	int32_t x[MAX_LETTERS], y[MAX_LETTERS];
	size_t n = letters_of(a, x), m = letters_of(b, y);
	size_t i = 0, tail = 0;

	if (n < SHORT || m < SHORT || n > m + 1 || m > n + 1)
		return false;
	while (i < n && i < m && x[i] == y[i])
		i++;
	while (
	    tail < n - i && tail < m - i && x[n - 1 - tail] == y[m - 1 - tail])
		tail++;
	size_t left = n > m ? n - i - tail : m - i - tail;
	return left == 1 && tail >= END && i >= START;
}

struct pairs {
	struct linter *l;
	VEC(struct pair) all;
	struct map place; /* "first second" -> index */
	struct map chain; /* second -> the last pair that ends so */
};

static void
count_pair(
    struct pairs *p, const struct lint_texts *t, struct str a, struct str b)
{
	struct str key =
	    arena_fmt(p->l->mem, "%.*s %.*s", STR_ARG(a), STR_ARG(b));
	int64_t *at = map_at(&p->place, key);

	if (*at == MAP_NONE) {
		int64_t *last = map_at(&p->chain, b);
		*at = (int64_t)p->all.n;
		*vec_push(p->l->mem, &p->all) =
		    (struct pair){a, b, *t, 0, *last};
		*last = *at;
	}
	p->all.p[*at].times++;
}

static void
gather_pairs(struct pairs *p)
{
	struct lint_texts t = {.l = p->l};

	while (next_text(&t)) {
		struct str rest = text_fold(p->l->mem, t.text);
		struct str last = S("");
		while (rest.n) {
			struct look look;
			struct str word = take_word(&rest, &look);
			if (!word.n) {
				/* Only a space keeps two words together. */
				if (utf8_next(&rest) != ' ')
					last = S("");
				continue;
			}
			if (last.n)
				count_pair(p, &t, last, word);
			last = word;
		}
	}
}

/* A pair met again and again that this one differs from by a letter. */
static const struct pair *
usual_for(const struct pairs *p, const struct pair *q)
{
	int64_t at = map_get(&p->chain, q->second);

	for (; at != MAP_NONE; at = p->all.p[at].next)
		if (p->all.p[at].times >= q->times * USUAL &&
		    differs_by_one_letter(q->first, p->all.p[at].first))
			return &p->all.p[at];
	return NULL;
}

/* «ученой неуспешности» where «учебной неуспешности» stands always. */
void
lint_odd_word(struct linter *l)
{
	struct pairs p = {
	    .l = l, .place = map_open(l->mem), .chain = map_open(l->mem)};

	gather_pairs(&p);
	vec_each(const struct pair, q, &p.all) {
		const struct pair *usual = usual_for(&p, q);
		if (usual)
			found_text(l, &q->at,
			    arena_fmt(l->mem, "«%.*s %.*s», обычно «%.*s %.*s»",
				STR_ARG(q->first), STR_ARG(q->second),
				STR_ARG(usual->first), STR_ARG(usual->second)));
	}
}
