/* deadline_cursor.c - where the reading of a phrase stands, and what it says. */
#include <stdarg.h>
#include <stdio.h>

#include "base/utf8.h"
#include "lang/deadline_syntax.h"

PRINTF(2, 0)

static struct str
sentence(struct arena *mem, const char *format, va_list ap)
{
	char text[1024];
	int n = vsnprintf(text, sizeof text, format, ap);

	MUST(n >= 0);
	return arena_str(
	    mem, (struct str){text,
		     (size_t)n < sizeof text ? (size_t)n : sizeof text - 1});
}

/* One sentence is said once, however often it was the reason. */
void
assume(struct arena *mem, struct reading *r, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	struct str s = sentence(mem, format, ap);
	va_end(ap);
	vec_each(struct str, said, &r->assumptions)
		if (str_eq(*said, s))
			return;
	*vec_push(mem, &r->assumptions) = s;
}

/* The first reason stays. */
void
unreadable(struct parser *p, const char *format, ...)
{
	va_list ap;

	if (p->r->unreadable)
		return;
	va_start(ap, format);
	p->r->reason = sentence(p->mem, format, ap);
	va_end(ap);
	p->r->unreadable = true;
}

const struct token *
peek(const struct parser *p, size_t ahead)
{
	size_t at = p->at + ahead;

	return &p->tokens.all[at < p->tokens.n ? at : p->tokens.n - 1];
}

bool
is_kind(const struct parser *p, enum token_kind kind)
{
	return peek(p, 0)->kind == kind;
}

bool
is_class(const struct parser *p, enum word_class class)
{
	const struct token *t = peek(p, 0);

	return t->kind == T_WORD && t->class == class;
}

bool
is_unit(const struct parser *p, enum word_unit unit)
{
	return is_class(p, W_UNIT) && peek(p, 0)->value == (int)unit;
}

bool
take_kind(struct parser *p, enum token_kind kind)
{
	if (kind == T_END || !is_kind(p, kind))
		return false;
	p->at++;
	return true;
}

bool
take_class(struct parser *p, enum word_class class)
{
	if (!is_class(p, class))
		return false;
	p->at++;
	return true;
}

bool
take_unit(struct parser *p, enum word_unit unit)
{
	if (!is_unit(p, unit))
		return false;
	p->at++;
	return true;
}

bool
is_text(const struct parser *p, size_t ahead, struct str word)
{
	const struct token *t = peek(p, ahead);

	return t->kind == T_WORD && str_eq(t->word, word);
}

bool
is_any_class(const struct token *t, enum word_class class)
{
	return t->kind == T_WORD && t->class == class;
}

void
take_than(struct parser *p)
{
	if (is_kind(p, T_COMMA) && peek(p, 1)->class == W_WHICH)
		p->at++;
	(void)take_class(p, W_WHICH);
}
