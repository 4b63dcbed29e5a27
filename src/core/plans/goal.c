/* goal.c - numbers in the words of an expected result. */
#include "core/plans/goal.h"

#include "base/buf.h"
#include "base/utf8.h"

const char *const goal_kind_codes[GOAL_KIND_COUNT] = {
    "text", "level", "change_pp", "change_rel", "count", "yes_no"};
const char *const goal_sense_codes[GOAL_SENSE_COUNT] = {
    "", "at_least", "more_than", "at_most", "less_than", "exactly"};

static bool
parse_code(const char *const *codes, int n, struct str code, int *ret)
{
	for (int i = 0; i < n; i++)
		if (str_eq(code, str_of(codes[i]))) {
			*ret = i;
			return true;
		}
	return false;
}

bool
goal_kind_parse(struct str code, enum goal_kind *ret)
{
	int i;

	if (!parse_code(goal_kind_codes, GOAL_KIND_COUNT, code, &i))
		return false;
	*ret = (enum goal_kind)i;
	return true;
}

bool
goal_sense_parse(struct str code, enum goal_sense *ret)
{
	int i;

	if (!parse_code(goal_sense_codes, GOAL_SENSE_COUNT, code, &i))
		return false;
	*ret = (enum goal_sense)i;
	return true;
}

/* ---- words ---- */

enum { WORDS_MOST = 200, LOOK_BACK = 6 };

/* Words, numbers and the percent sign, everything folded. */
static size_t
cut(struct str s, struct str out[WORDS_MOST])
{
	size_t n = 0, i = 0;

	while (i < s.n && n < WORDS_MOST) {
		unsigned char c = (unsigned char)s.p[i];
		size_t from = i;
		bool digit = c >= '0' && c <= '9';

		if (c == '%') {
			out[n++] = str_cut(s, i, i + 1);
			i++;
			continue;
		}
		if (!digit && c < 0x80 && !(c >= 'a' && c <= 'z')) {
			i++;
			continue;
		}
		for (; i < s.n; i++) {
			c = (unsigned char)s.p[i];
			bool d = c >= '0' && c <= '9';
			bool point = digit && (c == ',' || c == '.') &&
				     i + 1 < s.n && s.p[i + 1] >= '0' &&
				     s.p[i + 1] <= '9';
			if (digit ? !d && !point :
				    (c < 0x80 && !(c >= 'a' && c <= 'z')))
				break;
		}
		out[n++] = str_cut(s, from, i);
	}
	return n;
}

static bool
starts_one_of(struct str word, const char *const *stems)
{
	for (; *stems; stems++)
		if (str_starts(word, str_of(*stems)))
			return true;
	return false;
}

static const char *const falls[] = {"снижен", "уменьшен", "сокращен", NULL};
static const char *const rises[] = {
    "увеличен", "повышен", "рост", "прирост", NULL};

/* What stands before a number. */
struct before {
	enum goal_sense sense;
	bool rises, falls, by; /* by: «на 10 %», the size of a change */
};

static struct before
look_back(const struct str *words, size_t at)
{
	struct before b = {0};
	size_t from = at > LOOK_BACK ? at - LOOK_BACK : 0;

	for (size_t i = from; i < at; i++) {
		struct str w = words[i];
		bool no = i > 0 && str_eq(words[i - 1], S("не"));

		b.rises |= starts_one_of(w, rises);
		b.falls |= starts_one_of(w, falls);
		if (str_eq(w, S("менее")) || str_eq(w, S("меньше")) ||
		    str_eq(w, S("ниже")))
			b.sense = no ? GOAL_AT_LEAST : GOAL_LESS_THAN;
		else if (str_eq(w, S("более")) || str_eq(w, S("больше")) ||
			 str_eq(w, S("выше")) || str_eq(w, S("свыше")))
			b.sense = no ? GOAL_AT_MOST : GOAL_MORE_THAN;
		else if (str_eq(w, S("минимум")))
			b.sense = GOAL_AT_LEAST;
	}
	b.by = at > 0 && str_eq(words[at - 1], S("на"));
	if (at > 0 && str_eq(words[at - 1], S("до")))
		b.sense = b.rises ? GOAL_AT_LEAST : GOAL_AT_MOST;
	return b;
}

/* What stands behind it: percent, points, or things that are counted. */
enum unit { UNIT_THINGS, UNIT_PERCENT, UNIT_POINTS, UNIT_NOTHING };

static enum unit
look_ahead(const struct str *words, size_t n, size_t at)
{
	if (at + 1 >= n)
		return UNIT_NOTHING;
	struct str w = words[at + 1];
	if (str_eq(w, S("п")) || str_eq(w, S("пп")) ||
	    str_starts(w, S("процентн")))
		return UNIT_POINTS;
	if (str_eq(w, S("%")) || str_starts(w, S("процент")))
		return UNIT_PERCENT;
	/* «9 классы», «2026 года», «15 числа» are no amounts. */
	if (str_starts(w, S("класс")) || str_starts(w, S("год")) ||
	    str_eq(w, S("г")) || str_starts(w, S("числ")) ||
	    (w.p[0] >= '0' && w.p[0] <= '9'))
		return UNIT_NOTHING;
	return UNIT_THINGS;
}

static bool
goal_at(const struct str *words, size_t n, size_t at, struct goal *ret)
{
	struct before b = look_back(words, at);
	enum unit unit = look_ahead(words, n, at);
	bool change = b.by && (b.rises || b.falls);
	struct goal g = {.sense = b.sense};
	struct ratio value;

	if (unit == UNIT_NOTHING || !ratio_parse(words[at], &value))
		return false;
	if (change && unit == UNIT_PERCENT) {
		*ret = (struct goal){.is_unclear = true};
		return true;
	}
	if (unit == UNIT_THINGS) {
		if (b.sense == GOAL_ANY || b.by || value.den != 1)
			return false;
		g.kind = GOAL_COUNT;
		g.target = value;
		*ret = g;
		return true;
	}
	g.target = (struct ratio){value.num, value.den * 100};
	g.kind = change ? GOAL_CHANGE_PP : GOAL_LEVEL;
	if (change) {
		bool strict =
		    b.sense == GOAL_MORE_THAN || b.sense == GOAL_LESS_THAN;
		g.sense = b.falls ? (strict ? GOAL_LESS_THAN : GOAL_AT_MOST) :
				    (strict ? GOAL_MORE_THAN : GOAL_AT_LEAST);
		if (b.falls)
			g.target.num = -g.target.num;
	} else if (g.sense == GOAL_ANY) {
		g.sense = GOAL_AT_LEAST;
	}
	if (unit == UNIT_POINTS && !change)
		return false;
	*ret = g;
	return true;
}

struct goal
goal_of(struct arena *mem, struct str result)
{
	struct str words[WORDS_MOST];
	size_t n = cut(text_fold(mem, result), words);
	struct goal g;

	for (size_t i = 0; i < n; i++)
		if (words[i].p[0] >= '0' && words[i].p[0] <= '9' &&
		    goal_at(words, n, i, &g))
			return g;
	return (struct goal){0};
}

struct str
goal_text(struct arena *mem, const struct goal *g)
{
	static const char *const senses[GOAL_SENSE_COUNT] = {
	    "", "не менее ", "более ", "не более ", "менее ", ""};
	struct ratio shown = {
	    g->target.num < 0 ? -g->target.num : g->target.num, g->target.den};
	struct ratio percent = {shown.num * 100, shown.den};

	switch (g->kind) {
	case GOAL_LEVEL:
		return arena_fmt(mem, "%s%.*s %%", senses[g->sense],
		    STR_ARG(ratio_exact(mem, percent)));
	case GOAL_CHANGE_PP:
		return arena_fmt(mem, "%s не менее чем на %.*s п. п.",
		    g->target.num < 0 ? "снижение" : "рост",
		    STR_ARG(ratio_exact(mem, percent)));
	case GOAL_CHANGE_REL:
		return arena_fmt(mem, "%s не менее чем на %.*s %% от прежнего",
		    g->target.num < 0 ? "снижение" : "рост",
		    STR_ARG(ratio_exact(mem, percent)));
	case GOAL_COUNT:
		return arena_fmt(mem, "%s%.*s", senses[g->sense],
		    STR_ARG(ratio_exact(mem, shown)));
	case GOAL_YES_NO:
		return S("выполнено");
	case GOAL_TEXT:
	case GOAL_KIND_COUNT:
		break;
	}
	return S("");
}

static enum goal_met
compare(const struct goal *g, struct ratio value)
{
	int c = ratio_cmp(value, g->target);
	bool met = g->sense == GOAL_AT_LEAST  ? c >= 0 :
		   g->sense == GOAL_MORE_THAN ? c > 0 :
		   g->sense == GOAL_AT_MOST   ? c <= 0 :
		   g->sense == GOAL_LESS_THAN ? c < 0 :
						c == 0;

	return met ? GOAL_MET : GOAL_MISSED;
}

enum goal_met
goal_met(const struct goal *g, const struct ratio *fact,
    const struct ratio *baseline)
{
	struct ratio change;

	if (!fact || g->kind == GOAL_TEXT)
		return GOAL_UNKNOWN;
	if (g->kind == GOAL_YES_NO)
		return fact->num ? GOAL_MET : GOAL_MISSED;
	if (g->kind == GOAL_LEVEL || g->kind == GOAL_COUNT)
		return compare(g, *fact);
	if (!baseline || !ratio_sub(*fact, *baseline, &change))
		return GOAL_UNKNOWN;
	if (g->kind == GOAL_CHANGE_REL &&
	    !ratio_div(change, *baseline, &change))
		return GOAL_UNKNOWN;
	return compare(g, change);
}
