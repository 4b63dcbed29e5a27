/* deadline_token.c - letters to tokens; what printing has spoilt is mended. */
#include "lang/deadline_token.h"

#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "lang/deadline_words.h"

enum { MAX_RUN = 128, MAX_WORD = 96 };

struct lexer {
	struct arena *mem;
	struct str phrase;
	struct str rest;
	size_t gap; /* where the last token ended */
	VEC(struct token) out;
	struct tokens *ret;
	bool glued;
	bool misprints;
};

/* One character of a run of letters and digits. */
struct glyph {
	int32_t c;
	struct str raw;
	int digit; /* 0..9, or -1 for a letter */
};

static bool
is_letter(int32_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7) ||
	       (c >= 0x400 && c <= 0x52F);
}

static bool
is_digit(int32_t c)
{
	return c >= '0' && c <= '9';
}

/* Soft hyphen, zero-width marks, BOM: print as nothing. */
static bool
is_invisible(int32_t c)
{
	return c == 0xAD || (c >= 0x200B && c <= 0x200F) || c == 0x2060 ||
	       c == 0xFEFF;
}

static enum token_kind
mark_kind(int32_t c)
{
	switch (c) {
	case '-':
	case 0x2010:
	case 0x2011:
	case 0x2012:
	case 0x2013:
	case 0x2014:
	case 0x2015:
	case 0x2212:
		return T_DASH;
	case '.':
		return T_DOT;
	case ',':
		return T_COMMA;
	case ';':
		return T_SEMICOLON;
	case ':':
		return T_COLON;
	case '/':
		return T_SLASH;
	case '(':
	case '[':
		return T_OPEN;
	case ')':
	case ']':
		return T_CLOSE;
	case '_':
		return T_BLANK;
	}
	return T_OTHER;
}

/* Marks that mean nothing here: quotes, footnote stars, dots of omission. */
static bool
is_noise(int32_t c)
{
	return c == '"' || c == '\'' || c == '*' || c == 0xAB || c == 0xBB ||
	       (c >= 0x2018 && c <= 0x201F) || c == 0x2026 || c == 0x2022 ||
	       c == 0xB7 || c == '!' || c == '|';
}

/* ---- words ------------------------------------------------------------ */

static bool
has_ending(enum endings e, struct str tail)
{
	struct str rest = str_of(deadline_endings[e]);
	struct str one;

	while (str_split(&rest, ' ', &one))
		if (str_eq(one, tail) || (!tail.n && str_eq(one, S("-"))))
			return true;
	return false;
}

/* The first word of the table with this stem, or the table's length. */
static size_t
stem_place(struct str stem)
{
	size_t from = 0;
	size_t to = deadline_n_words;

	while (from < to) {
		size_t mid = from + (to - from) / 2;
		if (str_cmp(str_of(deadline_words[mid].stem), stem) < 0)
			from = mid + 1;
		else
			to = mid;
	}
	return from;
}

bool
word_table_is_sorted(void)
{
	for (size_t i = 1; i < deadline_n_words; i++)
		if (strcmp(deadline_words[i - 1].stem, deadline_words[i].stem) >
		    0)
			return false;
	return true;
}

/* The longest stem whose declension allows what follows it. */
static const struct word *
known_word(struct str w)
{
	for (size_t n = w.n; n > 0; n--) {
		if (n < w.n && ((unsigned char)w.p[n] & 0xC0) == 0x80)
			continue;
		struct str stem = str_cut(w, 0, n);
		for (size_t i = stem_place(stem);
		     i < deadline_n_words &&
		     str_eq(str_of(deadline_words[i].stem), stem);
		     i++)
			if (has_ending(
				deadline_words[i].endings, str_from(w, n)))
				return &deadline_words[i];
	}
	return NULL;
}

/*
 * Lower case, ё as е, and Latin look-alikes as Cyrillic, lone ones too: the
 * Cyrillic letter put before it makes the phrase "otherwise Cyrillic".
 */
static struct str
folded(struct arena *mem, struct str raw)
{
	struct str s = text_header(mem, arena_fmt(mem, "ж1%.*s", STR_ARG(raw)));

	return str_from(s, sizeof "ж1" - 1);
}

static void
classify(struct token *t)
{
	const struct word *w = known_word(t->word);

	t->class = w ? (enum word_class)w->class : W_NONE;
	t->value = w ? w->value : 0;
	t->plural_to = str_ends(t->word, S("ам")) || str_ends(t->word, S("ям"));
}

/* ---- misprints -------------------------------------------------------- */

static size_t
decode(struct str s, int32_t out[MAX_WORD])
{
	size_t n = 0;

	while (s.n && n < MAX_WORD)
		out[n++] = utf8_next(&s);
	return n;
}

static int
least(int a, int b)
{
	return a < b ? a : b;
}

/* Changes of one letter, and swaps of two neighbours, between a and b. */
static int
distance(const int32_t *a, size_t n, const int32_t *b, size_t m)
{
	int row[3][MAX_WORD + 1];
	int *before = row[0], *last = row[1], *now = row[2];

	for (size_t j = 0; j <= m; j++)
		last[j] = (int)j;
	for (size_t i = 1; i <= n; i++) {
		now[0] = (int)i;
		for (size_t j = 1; j <= m; j++) {
			int cost = a[i - 1] != b[j - 1];
			now[j] = least(
			    last[j - 1] + cost, least(last[j], now[j - 1]) + 1);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1])
				now[j] = least(now[j], before[j - 2] + 1);
		}
		int *oldest = before;
		before = last;
		last = now;
		now = oldest;
	}
	return last[m];
}

struct nearest {
	const struct word *word;
	struct str form;
	int distance;
	bool is_doubtful; /* two different words are as near */
};

static void
try_forms(struct arena *mem, const struct word *w, const int32_t *seen,
    size_t n, struct nearest *best)
{
	struct str rest = str_of(deadline_endings[w->endings]);
	struct str ending;
	int32_t form[MAX_WORD];

	while (str_split(&rest, ' ', &ending)) {
		struct str f = arena_fmt(mem, "%s%.*s", w->stem,
		    STR_ARG(str_eq(ending, S("-")) ? S("") : ending));
		size_t m = decode(f, form);
		if (m > n + 2 || n > m + 2)
			continue;
		int d = distance(seen, n, form, m);
		if (d > best->distance)
			continue;
		bool other = best->word && (best->word->class != w->class ||
					       best->word->value != w->value);
		best->is_doubtful =
		    d == best->distance && (best->is_doubtful || other);
		*best = (struct nearest){w, f, d, best->is_doubtful};
	}
}

/*
 * A word nobody knows is taken for the nearest known one: one letter wrong, or
 * two in a long word, or two neighbours swapped.
 */
static void
mend_misprint(struct lexer *lx, struct token *t)
{
	int32_t seen[MAX_WORD];
	size_t n = decode(t->word, seen);
	struct nearest best = {.distance = n >= 9 ? 2 : 1};

	if (t->class != W_NONE || n < 5 || n > 24)
		return;
	for (size_t i = 0; i < deadline_n_words; i++)
		if (deadline_words[i].mendable)
			try_forms(lx->mem, &deadline_words[i], seen, n, &best);
	if (!best.word || best.is_doubtful)
		return;
	lx->ret->mended_word = true;
	lx->ret->mended_from = t->raw;
	lx->ret->mended_to = best.form;
	t->word = best.form;
	classify(t);
}

/* ---- runs of letters and digits ---------------------------------------- */

static struct token *
push(struct lexer *lx, enum token_kind kind, struct str raw)
{
	struct token *t = vec_push(lx->mem, &lx->out);

	*t = (struct token){.kind = kind,
	    .raw = raw,
	    .from = lx->gap,
	    .to = lx->gap,
	    .glued = lx->glued};
	lx->glued = true;
	if (lx->phrase.n && raw.p >= lx->phrase.p &&
	    raw.p <= lx->phrase.p + lx->phrase.n) {
		size_t at = (size_t)(raw.p - lx->phrase.p);
		if (at > lx->gap)
			t->before = str_cut(lx->phrase, lx->gap, at);
		t->from = at;
		t->to = lx->gap = at + raw.n;
	}
	return t;
}

/* The digit a letter was typed or scanned for, or -1. */
static int
confused_digit(int32_t c)
{
	switch (c) {
	case 'O':
	case 'o':
	case 0x41E: /* О */
	case 0x43E:
		return 0;
	case 0x417: /* З */
	case 0x437:
		return 3;
	}
	return -1;
}

/* "2О23", "З1": a letter stands for a digit where only a digit can stand. */
static void
mend_digits(struct lexer *lx, struct glyph *g, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		int digit = confused_digit(g[i].c);
		bool after = i > 0 && g[i - 1].digit >= 0;
		bool before = i + 1 < n && g[i + 1].digit >= 0;
		bool capital =
		    g[i].c < 'a' || (g[i].c >= 0x410 && g[i].c <= 0x42F);
		bool ends = i + 1 == n && capital && (digit == 0 || i >= 3);
		if (g[i].digit >= 0 || digit < 0)
			continue;
		if ((after && (before || ends)) || (i == 0 && before)) {
			g[i].digit = digit;
			lx->ret->mended_number = true;
		}
	}
}

static struct str
glyph_span(const struct glyph *g, size_t from, size_t to)
{
	const char *end = g[to - 1].raw.p + g[to - 1].raw.n;

	return (struct str){g[from].raw.p, (size_t)(end - g[from].raw.p)};
}

static void
push_number(struct lexer *lx, const struct glyph *g, size_t from, size_t to)
{
	struct token *t = push(lx, T_NUMBER, glyph_span(g, from, to));

	t->digits = (int)(to - from);
	for (size_t i = from; i < to && t->value < 100000000; i++)
		t->value = t->value * 10 + g[i].digit;
}

/* I..XII in Latin capitals or the Cyrillic I; 0 when it is no such number. */
static int
roman_value(const struct glyph *g, size_t n)
{
	static const char *const numerals[] = {"I", "II", "III", "IV", "V",
	    "VI", "VII", "VIII", "IX", "X", "XI", "XII"};
	char seen[8];

	if (n >= sizeof seen)
		return 0;
	for (size_t i = 0; i < n; i++)
		switch (g[i].c) {
		case 'I':
		case 0x406:
		case 0x4C0:
			seen[i] = 'I';
			break;
		case 'V':
		case 'X':
			seen[i] = (char)g[i].c;
			break;
		default:
			return 0;
		}
	seen[n] = '\0';
	for (size_t i = 0; i < COUNT_OF(numerals); i++)
		if (strcmp(seen, numerals[i]) == 0)
			return (int)i + 1;
	return 0;
}

/* The word from byte n on; what is printed stays with the first. */
static struct token
split_off(const struct token *t, size_t n)
{
	struct token second = *t;

	second.word = str_from(t->word, n);
	second.raw = second.before = S("");
	second.from = t->to;
	second.glued = true;
	classify(&second);
	return second;
}

/* "сентябрьдекабрь": two months printed without the dash between them. */
static bool
push_two_months(struct lexer *lx, struct token *t)
{
	for (size_t n = 4; n + 4 <= t->word.n; n++) {
		if (((unsigned char)t->word.p[n] & 0xC0) == 0x80)
			continue;
		const struct word *a = known_word(str_cut(t->word, 0, n));
		const struct word *b = known_word(str_from(t->word, n));
		if (!a || !b || a->class != W_MONTH || b->class != W_MONTH)
			continue;
		struct token second = split_off(t, n);
		t->word = str_cut(t->word, 0, n);
		classify(t);
		push(lx, T_DASH, S(""));
		*vec_push(lx->mem, &lx->out) = second;
		return true;
	}
	return false;
}

/* "втечение": a word known once its preposition is taken off. */
static bool
push_preposition(struct lexer *lx, struct token *t)
{
	static const struct str glued[] = {
	    S_INIT("в"), S_INIT("с"), S_INIT("до"), S_INIT("по")};

	for (size_t i = 0; i < COUNT_OF(glued); i++) {
		if (!str_starts(t->word, glued[i]))
			continue;
		const struct word *w =
		    known_word(str_from(t->word, glued[i].n));
		if (!w || (w->class != W_DURING && w->class != W_MONTH) ||
		    t->word.n - glued[i].n < 6)
			continue;
		struct token second = split_off(t, glued[i].n);
		t->word = glued[i];
		classify(t);
		*vec_push(lx->mem, &lx->out) = second;
		return true;
	}
	return false;
}

static bool
is_unit_word(struct lexer *lx, struct str raw)
{
	const struct word *w = known_word(folded(lx->mem, raw));

	return w && w->class == W_UNIT;
}

/* "IIполугодие": where the Roman number ends and the word begins, or from. */
static size_t
roman_prefix(struct lexer *lx, const struct glyph *g, size_t from, size_t to)
{
	for (size_t at = from + 1; at < to && at < from + 4; at++)
		if (roman_value(g + from, at - from) &&
		    is_unit_word(lx, glyph_span(g, at, to)))
			return at;
	return from;
}

static void
push_word(struct lexer *lx, const struct glyph *g, size_t from, size_t to)
{
	int roman = roman_value(g + from, to - from);
	struct token *t =
	    push(lx, roman ? T_ROMAN : T_WORD, glyph_span(g, from, to));

	t->word = folded(lx->mem, t->raw);
	if (roman) {
		t->value = roman;
		return;
	}
	classify(t);
	if (t->class != W_NONE)
		return;
	if (push_two_months(lx, t) || push_preposition(lx, t))
		return;
	if (lx->misprints)
		mend_misprint(lx, &lx->out.p[lx->out.n - 1]);
}

/* A run of letters and digits falls apart where one turns into the other. */
static void
push_run(struct lexer *lx)
{
	struct glyph g[MAX_RUN];
	size_t n = 0;

	while (lx->rest.n && n < MAX_RUN) {
		struct str at = lx->rest;
		int32_t c = utf8_next(&at);
		if (is_invisible(c)) {
			lx->rest = at;
			continue;
		}
		if (!is_letter(c) && !is_digit(c))
			break;
		g[n].c = c;
		g[n].raw = str_cut(lx->rest, 0, lx->rest.n - at.n);
		g[n].digit = is_digit(c) ? c - '0' : -1;
		n++;
		lx->rest = at;
	}
	mend_digits(lx, g, n);
	for (size_t i = 0; i < n;) {
		size_t from = i;
		bool number = g[i].digit >= 0;
		while (i < n && (g[i].digit >= 0) == number)
			i++;
		size_t word = number ? from : roman_prefix(lx, g, from, i);
		if (word > from)
			push_word(lx, g, from, word);
		if (number)
			push_number(lx, g, from, i);
		else
			push_word(lx, g, word, i);
	}
}

/* "2023-10-01": the canonical form's own way to write a day. */
static bool
push_iso(struct lexer *lx)
{
	struct date d;
	struct str ten = str_cut(lx->rest, 0, 10);

	if (ten.n < 10 || ten.p[4] != '-' || ten.p[7] != '-' ||
	    !is_digit(ten.p[9]) ||
	    (lx->rest.n > 10 && is_digit(lx->rest.p[10])))
		return false;
	for (int i = 0; i < 10; i++)
		if (i != 4 && i != 7 && !is_digit(ten.p[i]))
			return false;
	struct token *t = push(lx, T_ISO, ten);
	t->iso = date_parse(ten, &d) ? d : DATE_NONE;
	lx->rest = str_from(lx->rest, 10);
	return true;
}

static void
push_mark(struct lexer *lx, int32_t c, struct str raw)
{
	struct token *last = lx->out.n ? &lx->out.p[lx->out.n - 1] : NULL;
	enum token_kind kind = mark_kind(c);

	if (kind == T_DOT && last && last->kind == T_DOT && lx->glued) {
		last->kind = T_DOTS;
		return;
	}
	if (last && lx->glued && last->kind == kind &&
	    (kind == T_BLANK || kind == T_DASH))
		return;
	if (kind == T_DOT && last && last->kind == T_WORD && lx->glued) {
		last->abbreviated = true;
		lx->glued = false;
		last->to = lx->gap = (size_t)(lx->rest.p - lx->phrase.p);
		return;
	}
	push(lx, kind, raw);
}

static void
lex(struct lexer *lx)
{
	while (lx->rest.n && !arena_full(lx->mem)) {
		struct str at = lx->rest;
		int32_t c = utf8_next(&at);
		if (is_letter(c) || is_digit(c)) {
			if (!push_iso(lx))
				push_run(lx);
			continue;
		}
		struct str raw = str_cut(lx->rest, 0, lx->rest.n - at.n);
		lx->rest = at;
		if (is_invisible(c))
			continue;
		if (c <= ' ' || c == 0xA0 || (c >= 0x2000 && c <= 0x200A) ||
		    c == 0x202F || c == 0x3000 || is_noise(c))
			lx->glued = false;
		else
			push_mark(lx, c, raw);
	}
	lx->glued = false;
	push(lx, T_END, str_from(lx->phrase, lx->phrase.n));
}

/* ---- words torn by a line break ---------------------------------------- */

static void
remove_tokens(struct lexer *lx, size_t at, size_t n)
{
	memmove(lx->out.p + at, lx->out.p + at + n,
	    (lx->out.n - at - n) * sizeof *lx->out.p);
	lx->out.n -= n;
}

static bool
joins(struct lexer *lx, size_t at, size_t second)
{
	struct token *a = &lx->out.p[at];
	const struct token *b = &lx->out.p[second];
	struct str whole =
	    arena_fmt(lx->mem, "%.*s%.*s", STR_ARG(a->word), STR_ARG(b->word));

	if (!known_word(whole))
		return false;
	a->word = whole;
	a->raw =
	    arena_fmt(lx->mem, "%.*s%.*s", STR_ARG(a->raw), STR_ARG(b->raw));
	a->abbreviated = b->abbreviated;
	a->to = b->to;
	classify(a);
	return true;
}

/* A form of w that begins with a and ends with b: "кв-л" is "квартал". */
static bool
is_contracted(
    struct arena *mem, const struct word *w, struct str a, struct str b)
{
	struct str rest = str_of(deadline_endings[w->endings]);
	struct str ending;

	while (str_split(&rest, ' ', &ending)) {
		struct str f = arena_fmt(mem, "%s%.*s", w->stem,
		    STR_ARG(str_eq(ending, S("-")) ? S("") : ending));
		if (str_starts(f, a) && str_ends(f, b) && f.n > a.n + b.n + 2)
			return true;
	}
	return false;
}

/*
 * "кв-л", "м-ц", "п/г": the beginning and the end of one known word.  Tried
 * only with misprints, when the phrase reads in no other way.
 */
static bool
expand_contraction(struct lexer *lx, size_t at)
{
	struct token *a = &lx->out.p[at];
	const struct token *sign = a + 1, *b = a + 2;
	const struct word *found = NULL;

	if (!lx->misprints || at + 2 >= lx->out.n || b->kind != T_WORD ||
	    !sign->glued || !b->glued)
		return false;
	if (sign->kind == T_SLASH && str_eq(a->word, S("п")) &&
	    str_starts(b->word, S("г"))) {
		a->word = S("полугодие");
		a->to = b->to;
		classify(a);
		return true;
	}
	if (sign->kind != T_DASH || b->class != W_NONE ||
	    (a->class != W_NONE && a->class != W_UNIT))
		return false;
	for (size_t i = 0; i < deadline_n_words; i++) {
		const struct word *w = &deadline_words[i];
		if (!w->mendable ||
		    !is_contracted(lx->mem, w, a->word, b->word))
			continue;
		if (found &&
		    (found->class != w->class || found->value != w->value))
			return false;
		found = w;
	}
	if (!found)
		return false;
	lx->ret->mended_word = true;
	lx->ret->mended_from =
	    arena_fmt(lx->mem, "%.*s-%.*s", STR_ARG(a->raw), STR_ARG(b->raw));
	lx->ret->mended_to = arena_fmt(lx->mem, "%s…", found->stem);
	a->word = str_of(found->stem);
	a->to = b->to;
	a->class = (enum word_class)found->class;
	a->value = found->value;
	return true;
}

/* «п.г.» */
static bool
is_half_year_letters(const struct token *a, const struct token *b)
{
	return a->kind == T_WORD && b->kind == T_WORD && a->abbreviated &&
	       b->abbreviated && str_eq(a->word, S("п")) &&
	       str_eq(b->word, S("г"));
}

/* «в т.ч.» is no torn «вт.» */
static bool
is_among_others(const struct token *a, const struct token *b)
{
	return str_eq(a->word, S("в")) && str_eq(b->word, S("т")) &&
	       b->abbreviated;
}

/* "отдельном у", "соответств-ии", "соответствии ии". */
static void
join_torn(struct lexer *lx)
{
	for (size_t i = 0; i + 1 < lx->out.n; i++) {
		const struct token *a = &lx->out.p[i];
		const struct token *b = &lx->out.p[i + 1];
		if (is_half_year_letters(a, b)) {
			lx->out.p[i].word = S("полугодие");
			lx->out.p[i].to = b->to;
			classify(&lx->out.p[i]);
			remove_tokens(lx, i + 1, 1);
			continue;
		}
		if (a->kind != T_WORD || a->abbreviated)
			continue;
		if (expand_contraction(lx, i)) {
			remove_tokens(lx, i + 1, 2);
			continue;
		}
		bool dash = b->kind == T_DASH && i + 2 < lx->out.n;
		const struct token *c = dash ? b + 1 : b;
		if (c->kind != T_WORD || is_among_others(a, c))
			continue;
		/* One of the two is no word: «но ябрь», «еже месячно». */
		bool tail = c->class == W_NONE;
		bool head = a->class == W_NONE &&
			    (c->word.n <= 4 || c->class == W_SINGLE);
		if (!tail && (!head || dash))
			continue;
		if (joins(lx, i, i + (dash ? 2 : 1)))
			remove_tokens(lx, i + 1, dash ? 2 : 1);
		else if (!dash && a->class != W_NONE && c->class == W_NONE &&
			 a->word.n > 6 && str_ends(a->word, c->word)) {
			lx->out.p[i].to = c->to;
			remove_tokens(lx, i + 1, 1);
		}
	}
}

struct tokens
tokens_of(struct arena *mem, struct str phrase, bool misprints)
{
	struct tokens ret = {0};
	struct lexer lx = {
	    .mem = mem,
	    .phrase = phrase,
	    .rest = phrase,
	    .ret = &ret,
	    .misprints = misprints,
	};

	lex(&lx);
	join_torn(&lx);
	ret.all = lx.out.p;
	ret.n = lx.out.n;
	return ret;
}

/* Spaces of every kind become one, and none at the beginning. */
static void
put_gap(struct buf *b, struct str gap)
{
	bool space = false;

	while (gap.n) {
		struct str at = gap;
		int32_t c = utf8_next(&at);
		if (is_noise(c) || c > 0x20FF || (c > ' ' && c < 0x7F)) {
			if (space && b->n)
				buf_char(b, ' ');
			space = false;
			buf_put(b, str_cut(gap, 0, gap.n - at.n));
		} else if (!is_invisible(c)) {
			space = true;
		}
		gap = at;
	}
	if (space && b->n)
		buf_char(b, ' ');
}

/* The quotes that close what stood before the gap. */
static struct str
closing_marks(struct str gap)
{
	struct str rest = gap;

	while (rest.n) {
		struct str at = rest;
		int32_t c = utf8_next(&at);
		if (c != 0xBB && c != 0x201D && c != '"')
			break;
		rest = at;
	}
	return str_cut(gap, 0, gap.n - rest.n);
}

struct str
tokens_text(struct arena *mem, const struct tokens *t, size_t from, size_t to)
{
	struct buf b = buf_open(mem, 0);

	for (size_t i = from; i < to && i < t->n; i++) {
		struct str gap = t->all[i].before;
		put_gap(&b, str_from(gap, closing_marks(gap).n));
		buf_put(&b, t->all[i].raw);
		if (i + 1 < t->n)
			buf_put(&b, closing_marks(t->all[i + 1].before));
		if (t->all[i].abbreviated)
			buf_char(&b, '.');
	}
	return str_trim(buf_str(&b));
}
