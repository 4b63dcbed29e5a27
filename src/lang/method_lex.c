/* method_lex.c - the text of a method as words, numbers and signs. */
#include "base/buf.h"
#include "base/utf8.h"
#include "lang/method_parse.h"

/* Rows are counted on from the last place asked for, mostly just before. */
struct place
method_place(struct parser *p, uint32_t offset, uint32_t length)
{
	if (offset < p->row_offset || !p->row) {
		p->row = 1;
		p->row_offset = 0;
	}
	for (; p->row_offset < offset && p->row_offset < p->m->text.n;
	     p->row_offset++)
		p->row += p->m->text.p[p->row_offset] == '\n';
	return (struct place){.file = p->m->file,
	    .row = p->row,
	    .offset = offset,
	    .length = length};
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static char
char_at(const struct parser *p, uint32_t at)
{
	return at < p->end ? p->m->text.p[at] : '\0';
}

/* Skip space and # comments; says whether a new line began. */
static bool
skip_space(struct parser *p)
{
	bool first = p->at == 0;

	for (; p->at < p->end; p->at++) {
		char c = p->m->text.p[p->at];
		if (c == '\n') {
			first = true;
		} else if (c == '#') {
			while (p->at + 1 < p->end &&
			       p->m->text.p[p->at + 1] != '\n')
				p->at++;
		} else if (c != ' ' && c != '\t' && c != '\r') {
			break;
		}
	}
	return first;
}

static uint32_t
digits(const struct parser *p, uint32_t at)
{
	uint32_t n = 0;

	while (is_digit(char_at(p, at + n)))
		n++;
	return n;
}

static bool
shaped(const struct parser *p, uint32_t at, const char *shape)
{
	for (; *shape; shape++, at++) {
		char c = char_at(p, at);
		if (*shape == '0' ? !is_digit(c) : c != *shape)
			return false;
	}
	return !is_digit(char_at(p, at));
}

/* "12,5 %": a comma is a decimal sign only in a share. */
static uint32_t
share_end(const struct parser *p, uint32_t at)
{
	at += digits(p, at);
	if ((char_at(p, at) == ',' || char_at(p, at) == '.') &&
	    digits(p, at + 1))
		at += 1 + digits(p, at + 1);
	while (char_at(p, at) == ' ')
		at++;
	if (str_starts(str_cut(p->m->text, at, p->end), S("\xC2\xA0")))
		at += 2;
	return char_at(p, at) == '%' ? at + 1 : 0;
}

/* number -> DIGITS [ ("." | ",") DIGITS ] [ "%" ] | date | years | version */
static void
lex_number(struct parser *p, struct token *t)
{
	uint32_t end = share_end(p, p->at);

	t->kind = TOK_NUMBER;
	if (end) {
		t->is_share = true;
	} else if (shaped(p, p->at, "0000-00-00")) {
		t->kind = TOK_DATE;
		end = p->at + 10;
	} else if (shaped(p, p->at, "0000/0000")) {
		t->kind = TOK_YEARS;
		end = p->at + 9;
	} else {
		int points = 0;
		end = p->at + digits(p, p->at);
		for (; char_at(p, end) == '.' && digits(p, end + 1); points++)
			end += 1 + digits(p, end + 1);
		if (points > 1)
			t->kind = TOK_VERSION;
	}
	t->length = end - t->offset;
	t->text = str_cut(p->m->text, t->offset, end);
	p->at = end;
	if (t->kind != TOK_NUMBER)
		return;
	if (!ratio_parse(t->text, &t->number)) {
		struct complaint *c =
		    diag_error(p->d, method_place(p, t->offset, t->length),
			N_("Число не читается."));
		c->expected = S(N_("не больше пятнадцати цифр"));
		t->kind = TOK_BAD;
	} else if (t->is_share) {
		t->number.den *= 100;
	}
}

/* name -> LETTER { LETTER | DIGIT | "-" before a letter or digit } */
static void
lex_name(struct parser *p, struct token *t)
{
	for (;; p->at++) {
		char c = char_at(p, p->at);
		char next = char_at(p, p->at + 1);
		if (is_letter(c) || is_digit(c))
			continue;
		if (c == '-' && (is_letter(next) || is_digit(next)))
			continue;
		break;
	}
	t->kind = TOK_NAME;
	t->length = p->at - t->offset;
	t->text = str_cut(p->m->text, t->offset, p->at);
}

static void
lex_text(struct parser *p, struct token *t)
{
	uint32_t end = p->at + 1;

	while (end < p->end && p->m->text.p[end] != '"')
		end++;
	if (end == p->end) {
		struct complaint *c =
		    diag_error(p->d, method_place(p, t->offset, 1),
			N_("Текст в кавычках не закончен."));
		c->hint = S(N_("Поставьте закрывающую кавычку \"; внутри "
			       "текста пишите «ёлочки»."));
		t->kind = TOK_BAD;
		p->at = p->end;
		return;
	}
	t->kind = TOK_TEXT;
	t->length = end + 1 - t->offset;
	t->text = str_cut(p->m->text, t->offset + 1, end);
	p->at = end + 1;
}

static void
lex_stranger(struct parser *p, struct token *t)
{
	struct str rest = str_cut(p->m->text, p->at, p->end);
	struct str before = rest;
	uint32_t n = 0;

	/* a whole word, so that one wrong word is one complaint */
	do {
		before = rest;
		(void)utf8_next(&rest);
		n += (uint32_t)(before.n - rest.n);
	} while (rest.n && ((unsigned char)rest.p[0] & 0x80));
	t->kind = TOK_BAD;
	t->length = n;
	p->at += n;
	struct complaint *c =
	    diag_error(p->d, method_place(p, t->offset, t->length),
		N_("Здесь не может стоять этот знак."));
	c->value = str_cut(p->m->text, t->offset, t->offset + n);
	if ((unsigned char)c->value.p[0] & 0x80)
		c->hint = S(N_("Слова и имена языка пишутся латинскими "
			       "буквами, русский текст – в кавычках."));
}

static void
lex_sign(struct parser *p, struct token *t)
{
	static const char *const signs[] = {"<=", ">=", "!=", "<", ">", "=",
	    "+", "-", "*", "/", "(", ")", ",", ":", "|"};
	struct str rest = str_cut(p->m->text, p->at, p->end);

	for (size_t i = 0; i < COUNT_OF(signs); i++) {
		struct str sign = str_of(signs[i]);
		if (!str_starts(rest, sign))
			continue;
		t->kind = TOK_SIGN;
		t->length = (uint32_t)sign.n;
		t->text = sign;
		p->at += t->length;
		return;
	}
	lex_stranger(p, t);
}

void
lex_next(struct parser *p)
{
	struct token t = {.is_first = skip_space(p)};

	t.offset = p->at;
	char c = char_at(p, p->at);
	if (p->at >= p->end)
		t.kind = TOK_END;
	else if (is_digit(c))
		lex_number(p, &t);
	else if (is_letter(c))
		lex_name(p, &t);
	else if (c == '"')
		lex_text(p, &t);
	else
		lex_sign(p, &t);
	p->tok = t;
}

void
lex_open(struct parser *p, uint32_t from, uint32_t to)
{
	p->at = from;
	p->end = to;
	lex_next(p);
}

bool
tok_is(const struct parser *p, const char *word_or_sign)
{
	return (p->tok.kind == TOK_NAME || p->tok.kind == TOK_SIGN) &&
	       str_eq(p->tok.text, str_of(word_or_sign));
}

bool
tok_take(struct parser *p, const char *word_or_sign)
{
	if (!tok_is(p, word_or_sign))
		return false;
	lex_next(p);
	return true;
}

void
tok_unexpected(struct parser *p, const char *expected)
{
	if (p->tok.kind == TOK_BAD)
		return;

	struct complaint *c;
	struct place at =
	    method_place(p, p->tok.offset, p->tok.length ? p->tok.length : 1);
	if (p->tok.kind == TOK_END) {
		c = diag_error(p->d, at, N_("Текст кончился раньше времени."));
	} else {
		c = diag_error(p->d, at, N_("Здесь ожидалось другое."));
		c->value = str_cut(
		    p->m->text, p->tok.offset, p->tok.offset + p->tok.length);
		c->value = text_clip(p->mem, c->value, 40);
	}
	c->expected = arena_str(p->mem, str_of(expected));
}

bool
tok_want(struct parser *p, const char *word_or_sign)
{
	if (tok_take(p, word_or_sign))
		return true;
	tok_unexpected(p, word_or_sign);
	return false;
}

bool
tok_want_name(struct parser *p, const char *what, struct str *ret)
{
	if (p->tok.kind != TOK_NAME || method_is_word(p->tok.text)) {
		tok_unexpected(p, what);
		return false;
	}
	*ret = p->tok.text;
	lex_next(p);
	return true;
}

/* Lines of a text are joined: a line break and its indent is one space. */
static struct str
joined(struct arena *mem, struct str raw)
{
	struct buf b = buf_open(mem, 0);
	bool gap = false;

	for (size_t i = 0; i < raw.n; i++) {
		char c = raw.p[i];
		if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
			gap = true;
			continue;
		}
		if (gap && b.n)
			buf_char(&b, ' ');
		gap = false;
		buf_char(&b, c);
	}
	return buf_str(&b);
}

bool
tok_want_text(struct parser *p, const char *what, struct str *ret)
{
	if (p->tok.kind != TOK_TEXT) {
		tok_unexpected(p, what);
		return false;
	}
	*ret = joined(p->mem, p->tok.text);
	lex_next(p);
	return true;
}

bool
method_is_word(struct str name)
{
	static const char *const words[] = {
#define STATEMENT(word)                  #word,
#define WORD(word)                       #word,
#define BUILTIN(word, op, type, n, a, b) #word,
#include "lang/method_words.def"
#undef STATEMENT
#undef WORD
#undef BUILTIN
	};

	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (str_eq(name, str_of(words[i])))
			return true;
	return false;
}

/* The line around offset, tabs as one space so that the mark stands right. */
static struct str
line_around(
    struct arena *mem, struct str text, size_t offset, size_t *ret_start)
{
	size_t from = offset, to = offset;

	while (from && text.p[from - 1] != '\n')
		from--;
	while (to < text.n && text.p[to] != '\n' && text.p[to] != '\r')
		to++;
	*ret_start = from;

	struct str line = arena_str(mem, str_cut(text, from, to));
	struct buf b = buf_open(mem, 0);
	for (size_t i = 0; i < line.n; i++)
		buf_char(&b, line.p[i] == '\t' ? ' ' : line.p[i]);
	return buf_str(&b);
}

struct str
method_caret(struct arena *mem, struct str text, const struct complaint *c)
{
	struct buf b = buf_open(mem, 0);
	struct complaint plain = *c;

	plain.at = (struct place){0};
	if (!c->at.row || c->at.offset > text.n)
		return complaint_line(mem, c);

	size_t start;
	struct str line = line_around(mem, text, c->at.offset, &start);
	size_t column = utf8_length(str_cut(text, start, c->at.offset));
	size_t length = utf8_length(str_cut(
	    line, c->at.offset - start, c->at.offset - start + c->at.length));
	buf_fmt(
	    &b, "%.*s:%u:%zu: ", STR_ARG(c->at.file), c->at.row, column + 1);
	buf_put(&b, complaint_line(mem, &plain));
	buf_fmt(&b, "\n  %.*s\n  ", STR_ARG(line));
	for (size_t i = 0; i < column; i++)
		buf_char(&b, ' ');
	buf_char(&b, '^');
	for (size_t i = 1; i < length; i++)
		buf_char(&b, '~');
	return buf_str(&b);
}
