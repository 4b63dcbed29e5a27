/* deadline_find.c - where in a sentence its deadline stands. */
#include "lang/deadline.h"
#include "lang/deadline_token.h"

enum { MAX_WORDS = 14 };

/* What a deadline may begin with in the middle of a sentence. */
static bool
may_begin(const struct tokens *t, size_t at)
{
	const struct token *a = &t->all[at];
	const struct token *b = &t->all[at + 1];

	if (a->kind == T_ISO)
		return true;
	if (a->kind == T_NUMBER) /* 31.05.2024, 1 раз в квартал */
		return b->kind == T_DOT || b->class == W_TIMES ||
		       b->class == W_MONTH;
	if (a->kind != T_WORD)
		return false;
	switch (a->class) {
	case W_MONTH:
	case W_EACHLY:
	case W_TIMES_N:
	case W_EVERY:
		return true;
	case W_BY:
	case W_TOWARDS:
	case W_FROM:
		return b->kind == T_NUMBER || b->class == W_MONTH ||
		       b->class == W_PART;
	case W_NOT:
		return b->class == W_LATER || b->class == W_LESS;
	case W_IN:
	case W_ON:
		return b->class == W_TERM || b->class == W_DURING ||
		       b->class == W_MONTH ||
		       (b->class == W_UNIT && b->value == U_PERIOD);
	case W_DURING:
	case W_CARDINAL:
		return b->class == W_TIMES || a->class == W_DURING;
	default:
		return false;
	}
}

/* Not with a sign, and not with what leads on: "до 15 мая 2024 г. в". */
static bool
may_end(const struct token *last)
{
	if (last->kind == T_NUMBER || last->kind == T_ISO)
		return true;
	return last->kind == T_WORD && last->class != W_IN &&
	       last->class != W_ON && last->class != W_BY &&
	       last->class != W_TOWARDS && last->class != W_FROM &&
	       last->class != W_NOT && last->class != W_AND;
}

static bool
is_certain(const struct deadline *d)
{
	return d->strays == 0 &&
	       (d->kind == DEADLINE_BY || d->kind == DEADLINE_DATES ||
		   d->kind == DEADLINE_RECURRING ||
		   d->kind == DEADLINE_THROUGHOUT);
}

bool
deadline_find(struct arena *mem, struct str text,
    const struct deadline_context *context, struct str *ret_phrase,
    struct deadline *ret)
{
	struct tokens t = tokens_of(mem, text, false);

	for (size_t at = 0; at + 1 < t.n; at++) {
		if (!may_begin(&t, at))
			continue;
		size_t last =
		    at + MAX_WORDS < t.n - 1 ? at + MAX_WORDS : t.n - 1;
		for (size_t to = last; to > at; to--) {
			struct str phrase =
			    str_cut(text, t.all[at].from, t.all[to - 1].to);
			struct deadline d;
			if (!may_end(&t.all[to - 1]))
				continue;
			deadline_read(mem, phrase, context, &d);
			if (!is_certain(&d))
				continue;
			/* A full stop belongs to the sentence, that of "г." not. */
			if (str_ends(phrase, S(".")) &&
			    t.all[to - 1].word.n > 2 * sizeof "г")
				phrase.n--;
			*ret_phrase = phrase;
			*ret = d;
			return true;
		}
	}
	return false;
}
