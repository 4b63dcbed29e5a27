/* method_say.c - one or two sentences: why this verdict. */
#include "lang/method_trace.h"

/* A sentence being filled for one school. */
struct saying {
	struct reader *r;
	struct buf b;
};

static void
say_result(struct saying *s, uint32_t procedure, int32_t back)
{
	const struct vocabulary *v = s->r->p->m->vocabulary;
	struct fact_count c = facts_count(
	    s->r->f, (size_t)(back - 1) * v->n_procedures + procedure);

	buf_fmt(&s->b, "%.*s (%.*s)",
	    STR_ARG(v->procedures[procedure].title_dative),
	    STR_ARG(method_share_text(s->b.mem, c)));
}

/* {list x in set where …}: the members for which it certainly holds */
static void
say_list(struct saying *s, const struct expr *e)
{
	const struct method *m = s->r->p->m;
	const struct method_set *set = &m->sets[e->index];
	const struct expr *where = e->of[0];
	const struct env none = {0};
	const char *comma = "";

	for (size_t i = 0; i < set->n; i++) {
		struct env env =
		    env_bind(&none, e->slot, (int32_t)set->members[i]);
		if (where &&
		    span_holds(reader_value(s->r, where, &env)) != TRUTH_YES)
			continue;
		buf_c(&s->b, comma);
		comma = ", ";
		int32_t back = where ? year_spoken_of(where, &env) : 0;
		if (set->of_elements)
			buf_fmt(&s->b, "«%.*s»",
			    STR_ARG(m->vocabulary->elements[set->members[i]]
					.title));
		else if (back)
			say_result(s, set->members[i], back);
		else
			buf_put(
			    &s->b, m->vocabulary->procedures[set->members[i]]
				       .title_dative);
	}
	if (!*comma)
		buf_c(&s->b, N_("нет"));
}

static void
say_value(struct saying *s, const struct phrase_part *part)
{
	const struct env none = {0};
	const struct expr *e = part->of;

	if (e->type == TYPE_YEAR) {
		buf_put(&s->b, syear_ru(s->b.mem, syear_plus(s->r->p->year,
						      -expand_year(e, &none))));
		return;
	}
	struct span v = reader_value(s->r, e, &none);
	if (!part->one.n) {
		buf_put(&s->b, words_span(s->b.mem, v, e->type));
		return;
	}
	/* a count known in part is told by what is certain */
	int64_t n = v.lo.den == 1 ? v.lo.num : 0;
	buf_put(&s->b, words_number_dative(s->b.mem, n));
	buf_c(&s->b, " ");
	buf_put(&s->b, n % 10 == 1 && n % 100 != 11 ? part->one : part->many);
}

/* Text of a sentence; a line break and its indent are one space. */
static void
say_text(struct saying *s, struct str text)
{
	bool gap = false;

	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];
		bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
		if (!space && gap)
			buf_char(&s->b, ' ');
		if (!space)
			buf_char(&s->b, c);
		gap = space;
	}
	if (gap)
		buf_char(&s->b, ' ');
}

static void
say_phrase(struct saying *s, const struct phrase *ph)
{
	for (size_t i = 0; i < ph->n; i++) {
		const struct phrase_part *part = &ph->parts[i];
		if (!part->of)
			say_text(s, part->text);
		else if (part->is_list)
			say_list(s, part->of);
		else
			say_value(s, part);
	}
}

/* "выполнен критерий 1: в 2022/23 …; выполнен критерий 2: …" */
static void
say_criteria(struct saying *s, const struct verdict *v)
{
	const struct method *m = s->r->p->m;
	const char *between = "";

	for (size_t i = 0; i < v->n_criteria; i++) {
		const struct method_criterion *c = &m->criteria[i];
		if (v->criteria[i] != TRUTH_YES)
			continue;
		buf_fmt(&s->b, N_("%sвыполнен %.*s: "), between,
		    STR_ARG(words_criterion(s->b.mem, c->id)));
		if (c->because)
			say_phrase(s, c->because);
		else
			buf_put(&s->b, c->title);
		between = "; ";
	}
}

static bool
any_criterion(const struct verdict *v, enum truth t)
{
	for (size_t i = 0; i < v->n_criteria; i++)
		if (v->criteria[i] == t)
			return true;
	return false;
}

static void
say_listed(struct saying *s, const struct verdict *v)
{
	buf_c(&s->b, N_("Школа включена: "));
	if (any_criterion(v, TRUTH_YES))
		say_criteria(s, v);
	else
		buf_c(&s->b, N_("условие включения выполнено"));
	buf_c(&s->b, ".");
}

static void
say_not_listed(struct saying *s, const struct verdict *v)
{
	if (any_criterion(v, TRUTH_YES)) {
		buf_c(&s->b, N_("Школа не включена, хотя "));
		say_criteria(s, v);
		buf_c(&s->b, ".");
	} else if (any_criterion(v, TRUTH_UNKNOWN)) {
		buf_c(
		    &s->b, N_("Школа не включена: по имеющимся данным ни один "
			      "критерий не выполнен."));
	} else {
		buf_c(&s->b,
		    N_("Школа не включена: ни один критерий не выполнен."));
	}
}

static void
say_missing_one(struct saying *s, const struct method_missing *miss)
{
	const struct vocabulary *v = s->r->p->m->vocabulary;

	if (miss->is_element) {
		buf_fmt(
		    &s->b, "«%.*s»", STR_ARG(v->elements[miss->index].title));
		return;
	}
	buf_fmt(&s->b, "%.*s, %.*s",
	    STR_ARG(v->procedures[miss->index].title_short),
	    STR_ARG(syear_ru(s->b.mem, miss->year)));
	if (miss->reason != MISSING_NOT_LOADED)
		buf_fmt(&s->b, " (%s)", missing_reason_titles[miss->reason]);
}

static void
say_missing(struct saying *s, const struct verdict *v)
{
	enum { TOLD = 3 };

	if (!v->n_missing)
		return;
	buf_c(&s->b, N_(" Нет данных: "));
	for (size_t i = 0; i < v->n_missing && i < TOLD; i++) {
		if (i)
			buf_c(&s->b, "; ");
		say_missing_one(s, &v->missing[i]);
	}
	if (v->n_missing > TOLD)
		buf_fmt(&s->b, N_(" и ещё %zu"), v->n_missing - TOLD);
	buf_c(&s->b, ".");
}

static void
say_own(struct saying *s, enum method_status status)
{
	const struct phrase *ph = s->r->p->m->say[status];

	if (!ph)
		return;
	if (s->b.n)
		buf_c(&s->b, " ");
	say_phrase(s, ph);
}

struct str
method_sentence(struct arena *mem, const struct method_program *p,
    const struct facts *f, const struct verdict *v)
{
	struct reader r = reader_open(mem, p, f);
	struct saying s = {.r = &r, .b = buf_open(mem, 0)};

	switch (v->status) {
	case METHOD_LISTED:
		say_listed(&s, v);
		break;
	case METHOD_NOT_LISTED:
		say_not_listed(&s, v);
		break;
	case METHOD_NO_DATA:
		buf_c(&s.b, N_("Решение не принято: не хватает данных."));
		break;
	case METHOD_NOT_APPLICABLE:
		if (p->m->otherwise.n)
			buf_put(&s.b, p->m->otherwise);
		else
			buf_c(
			    &s.b, N_("Методика к этой школе не применяется."));
		break;
	case METHOD_STATUS_COUNT:
		UNREACHABLE();
	}
	say_own(&s, v->status);
	if (v->status == METHOD_NO_DATA)
		say_missing(&s, v);
	return buf_str(&s.b);
}
