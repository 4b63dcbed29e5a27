/* method_words.c - rules in Russian. */
#include "lang/method_words.h"

/* A rule being spoken; clause: the last words want a comma before a dash. */
struct speech {
	const struct words *w;
	struct buf b;
	bool in_clause;
};

static void speak(
    struct speech *s, const struct expr *e, const struct env *env);

struct str
words_share(struct arena *mem, struct ratio r)
{
	struct ratio percent;
	struct str text = S("");

	if (!ratio_mul(r, ratio_int(100), &percent))
		return text;
	if (ratio_is_int(percent))
		return arena_fmt(
		    mem, "%.*s %%", STR_ARG(ratio_ru(mem, percent, 0)));
	for (int places = 1; places <= 4; places++) {
		text = ratio_ru(mem, percent, places);
		if (!str_ends(text, S("0")))
			break;
	}
	return arena_fmt(mem, "%.*s %%", STR_ARG(text));
}

struct str
method_share_text(struct arena *mem, struct fact_count c)
{
	if (c.participants <= 0)
		return S(N_("нет данных"));
	return arena_fmt(mem, "%d из %d, %.*s", c.failed, c.participants,
	    STR_ARG(
		words_share(mem, (struct ratio){c.failed, c.participants})));
}

static struct str
amount_text(struct arena *mem, struct ratio r, enum expr_type type)
{
	if (type == TYPE_SHARE)
		return words_share(mem, r);
	if (ratio_is_int(r))
		return ratio_ru(mem, ratio_int(r.num / r.den), 0);
	return ratio_exact(mem, r);
}

struct str
words_span(struct arena *mem, struct span s, enum expr_type type)
{
	static const char *const truths[] = {[TRUTH_NO] = N_("нет"),
	    [TRUTH_YES] = N_("да"),
	    [TRUTH_UNKNOWN] = N_("нет данных")};

	if (type == TYPE_YES_NO)
		return str_of(truths[span_holds(s)]);
	if (span_is_point(s))
		return amount_text(mem, s.lo, type);
	bool has_top = s.hi.den != 0 && !(type == TYPE_SHARE &&
					    ratio_cmp(s.hi, ratio_int(1)) >= 0);
	bool has_bottom = s.lo.den != 0 && s.lo.num != 0;
	if (has_top && s.lo.den)
		return arena_fmt(mem, N_("от %.*s до %.*s"),
		    STR_ARG(amount_text(mem, s.lo, type)),
		    STR_ARG(amount_text(mem, s.hi, type)));
	if (has_bottom)
		return arena_fmt(mem, N_("не меньше %.*s"),
		    STR_ARG(amount_text(mem, s.lo, type)));
	return S(N_("нет данных"));
}

struct str
words_criterion(struct arena *mem, struct str id)
{
	size_t i = id.n;

	while (i && id.p[i - 1] >= '0' && id.p[i - 1] <= '9')
		i--;
	struct str number = i < id.n ? str_from(id, i) : id;
	return arena_fmt(mem, N_("критерий %.*s"), STR_ARG(number));
}

struct str
words_number_dative(struct arena *mem, int64_t n)
{
	static const char *const words[] = {"", "одной", "двум", "трём",
	    "четырём", "пяти", "шести", "семи", "восьми", "девяти", "десяти"};

	if (n >= 1 && (size_t)n < COUNT_OF(words))
		return str_of(words[n]);
	return arena_fmt(mem, "%lld", (long long)n);
}

struct str
words_procedure(const struct words *w, int32_t procedure)
{
	return w->m->vocabulary->procedures[procedure].title_dative;
}

struct str
words_element(const struct words *w, int32_t element)
{
	return w->m->vocabulary->elements[element].title;
}

struct str
words_year(const struct words *w, int32_t back)
{
	static const char *const plain[] = {N_("текущем учебном году"),
	    N_("предыдущем учебном году"), N_("позапрошлом учебном году")};

	if (w->has_year)
		return arena_fmt(w->mem, N_("%.*s учебном году"),
		    STR_ARG(syear_ru(w->mem, syear_plus(w->year, -back))));
	if ((size_t)back < COUNT_OF(plain))
		return str_of(plain[back]);
	return arena_fmt(
	    w->mem, N_("учебном году за %d года до составления перечня"), back);
}

static void
put(struct speech *s, const char *text)
{
	buf_c(&s->b, text);
	s->in_clause = false;
}

static bool
is_bound(const struct expr *e, const struct env *env)
{
	switch (e->op) {
	case EX_VARIABLE:
		return env->is_bound[e->slot];
	case EX_SUB:
		return is_bound(e->of[0], env);
	default:
		return true;
	}
}

/* " в предыдущем учебном году"; nothing where the year is not said yet */
static void
speak_year(struct speech *s, const struct expr *year, const struct env *env)
{
	if (is_bound(year, env)) {
		buf_fmt(&s->b, " в %.*s",
		    STR_ARG(words_year(s->w, expand_year(year, env))));
	} else if (year->op == EX_SUB) {
		buf_c(&s->b, N_(" годом раньше"));
	}
}

static void
speak_subject(struct speech *s, const struct expr *e, const struct env *env)
{
	for (uint32_t i = 0; i < e->n; i++)
		if (e->of[i]->type == TYPE_PROCEDURE &&
		    is_bound(e->of[i], env)) {
			struct str title = words_procedure(
			    s->w, expand_procedure(e->of[i], env));
			buf_fmt(&s->b, N_(" по %.*s"), STR_ARG(title));
		}
	for (uint32_t i = 0; i < e->n; i++)
		if (e->of[i]->type == TYPE_YEAR)
			speak_year(s, e->of[i], env);
	s->in_clause = false;
}

static bool
is_rate(const struct expr *e)
{
	return e->op == EX_DIV && e->of[0]->op == EX_FAILED &&
	       e->of[1]->op == EX_PARTICIPANTS;
}

static bool
is_rank(enum expr_op op)
{
	return op == EX_AND || op == EX_OR;
}

static void
speak_joined(struct speech *s, const struct expr *e, uint32_t from,
    const char *between, const struct env *env)
{
	for (uint32_t i = from; i < e->n; i++) {
		bool brackets =
		    e->of[i]->type == TYPE_YES_NO && is_rank(e->of[i]->op);
		if (i > from)
			put(s, between);
		if (brackets)
			put(s, "(");
		speak(s, e->of[i], env);
		if (brackets)
			put(s, ")");
	}
}

static void
speak_kinds(struct speech *s, uint32_t kinds)
{
	bool without = __builtin_popcount(kinds) > KIND_COUNT / 2;
	const char *comma = "";

	put(s, without ? N_("вид школы – любой, кроме следующих: ") :
			 N_("вид школы: "));
	for (int k = 0; k < KIND_COUNT; k++) {
		if ((kinds >> k & 1) == without)
			continue;
		buf_fmt(&s->b, "%s%s", comma, school_kind_titles[k]);
		comma = ", ";
	}
}

static const char *
sign_words(enum expr_op op, bool plain)
{
	switch (op) {
	case EX_LT:
		return plain ? N_("меньше ") : N_("меньше, чем ");
	case EX_LE:
		return plain ? N_("не больше ") : N_("не больше, чем ");
	case EX_GT:
		return plain ? N_("больше ") : N_("больше, чем ");
	case EX_GE:
		return plain ? N_("не меньше ") : N_("не меньше, чем ");
	case EX_EQ:
		return plain ? N_("ровно ") : N_("столько же, сколько ");
	case EX_NE:
		return plain ? N_("не ") : N_("не столько же, сколько ");
	default:
		UNREACHABLE();
	}
}

static void
speak_name(struct speech *s, const struct expr *e, const struct env *env)
{
	const struct words *w = s->w;

	if (e->op == EX_VARIABLE && !env->is_bound[e->slot]) {
		put(s, e->type == TYPE_YES_NO ? N_("ответ – «да»") :
						N_("значение"));
		return;
	}
	uint32_t element =
	    e->op == EX_ELEMENT ? e->index : (uint32_t)env->value[e->slot];
	const struct vocabulary_element *el =
	    &w->m->vocabulary->elements[element];
	buf_fmt(&s->b, N_("показатель %.*s «%.*s»"), STR_ARG(el->number),
	    STR_ARG(el->title));
}

/* e = no: «нет» is an answer, not a condition */
static bool
is_answer(const struct expr *e)
{
	return (e->op == EX_ELEMENT || e->op == EX_VARIABLE) &&
	       e->type == TYPE_YES_NO;
}

static void
speak_answer(
    struct speech *s, const struct expr *e, bool yes, const struct env *env)
{
	if (e->op == EX_VARIABLE && !env->is_bound[e->slot]) {
		put(s, N_("ответ – "));
	} else {
		speak_name(s, e, env);
		put(s, N_(": ответ – "));
	}
	put(s, yes ? N_("«да»") : N_("«нет»"));
}

static void
speak_yes_no(struct speech *s, const struct expr *e, const struct env *env)
{
	const struct expr *a = e->of[0], *b = e->of[1];

	if (b->op == EX_TRUTH && is_answer(a)) {
		speak_answer(
		    s, a, (b->number.num != 0) == (e->op == EX_EQ), env);
		return;
	}
	put(s, e->op == EX_EQ ?
		   N_("одинаково выполняются или не выполняются: ") :
		   N_("выполняется ровно одно из двух: "));
	speak(s, a, env);
	put(s, "; ");
	speak(s, b, env);
}

static void
speak_compare(struct speech *s, const struct expr *e, const struct env *env)
{
	const struct expr *b = e->of[1];

	if (e->of[0]->type == TYPE_YES_NO) {
		speak_yes_no(s, e, env);
		return;
	}
	speak(s, e->of[0], env);
	put(s, s->in_clause ? ", – " : " – ");
	put(s, sign_words(e->op, b->op == EX_NUMBER || b->op == EX_SETTING));
	speak(s, b, env);
}

/* "из набора «девять процедур»" */
static void
speak_set(struct speech *s, const struct expr *e, const char *head)
{
	buf_fmt(&s->b, N_("%s из набора «%.*s»"), head,
	    STR_ARG(s->w->m->sets[e->index].title));
}

static void
speak_each(struct speech *s, const struct expr *e, const struct env *env)
{
	static const struct {
		const char *procedure, *element;
	} heads[EX_OP_COUNT] = {
	    [EX_ANY] = {N_("хотя бы по одной процедуре"),
		N_("хотя бы по одному показателю")},
	    [EX_ALL] = {N_("по каждой процедуре"), N_("по каждому показателю")},
	    [EX_NONE] = {N_("ни по одной процедуре"),
		N_("ни по одному показателю")},
	};

	bool of_elements = s->w->m->sets[e->index].of_elements;

	speak_set(
	    s, e, of_elements ? heads[e->op].element : heads[e->op].procedure);
	if (!e->of[0])
		return;
	put(s, e->op == EX_NONE ? N_(" не выполнено условие: ") : " ");
	speak(s, e->of[0], env);
}

static void
speak_count(struct speech *s, const struct expr *e, const struct env *env)
{
	bool of_elements = s->w->m->sets[e->index].of_elements;

	speak_set(
	    s, e, of_elements ? N_("число показателей") : N_("число процедур"));
	if (!e->of[0])
		return;
	put(s, N_(", по которым "));
	speak(s, e->of[0], env);
	s->in_clause = true;
}

static void
speak_sum(struct speech *s, const struct expr *e, const struct env *env)
{
	bool of_elements = s->w->m->sets[e->index].of_elements;

	if (of_elements && e->of[0]->op == EX_VARIABLE) {
		speak_set(s, e, N_("сумма показателей"));
	} else {
		speak_set(s, e,
		    of_elements ? N_("сумма по показателям") :
				  N_("сумма по процедурам"));
		put(s, N_(" величины «"));
		speak(s, e->of[0], env);
		put(s, "»");
	}
	if (!e->of[1])
		return;
	put(s, N_(", по которым "));
	speak(s, e->of[1], env);
	s->in_clause = true;
}

static void
speak_defined(struct speech *s, const struct expr *e, const struct env *env)
{
	buf_put(&s->b, s->w->m->defines[e->index].title);
	speak_subject(s, e, env);
}

static void
speak_leaf(struct speech *s, const struct expr *e, const struct env *env)
{
	const struct words *w = s->w;

	s->in_clause = false;
	switch (e->op) {
	case EX_NUMBER:
		buf_put(&s->b, amount_text(w->mem, e->number, e->type));
		return;
	case EX_SETTING:
		buf_put(
		    &s->b, amount_text(w->mem, w->settings[e->index], e->type));
		return;
	case EX_TRUTH:
		put(s, e->number.num ? N_("всегда") : N_("никогда"));
		return;
	case EX_RURAL:
		put(s, N_("школа сельская"));
		return;
	case EX_SMALL:
		put(s, N_("школа малокомплектная"));
		return;
	case EX_KIND_IN:
		speak_kinds(s, e->kinds);
		return;
	case EX_CRITERION:
		buf_fmt(&s->b, N_("выполнен %.*s"),
		    STR_ARG(
			words_criterion(w->mem, w->m->criteria[e->index].id)));
		return;
	case EX_FAILED:
		put(s, N_("число не справившихся"));
		speak_subject(s, e, env);
		return;
	case EX_PARTICIPANTS:
		put(s, N_("число участников"));
		speak_subject(s, e, env);
		return;
	case EX_APPLIES:
		put(s, N_("в школе этого вида проводится процедура"));
		if (is_bound(e->of[0], env))
			buf_fmt(&s->b, " %.*s",
			    STR_ARG(w->m->vocabulary
					->procedures[expand_procedure(
					    e->of[0], env)]
					.title));
		return;
	case EX_DEFINED:
		speak_defined(s, e, env);
		return;
	default:
		if (is_answer(e))
			speak_answer(s, e, true, env);
		else
			speak_name(s, e, env);
		return;
	}
}

static void
speak_many(struct speech *s, const struct expr *e, const struct env *env)
{
	uint32_t from = e->op == EX_AT_LEAST;

	if (e->op == EX_AT_LEAST) {
		put(s, N_("верно не меньше "));
		speak(s, e->of[0], env);
		put(s, N_(" из следующих условий: "));
	} else {
		put(s, N_("число верных условий из следующих ("));
	}
	speak_joined(s, e, from, "; ", env);
	if (e->op == EX_NUMBER_OF)
		put(s, ")");
}

static void
speak_known(struct speech *s, const struct expr *e, const struct env *env)
{
	if (is_answer(e)) {
		put(s, N_("есть данные: "));
		speak_name(s, e, env);
		return;
	}
	put(s, e->type == TYPE_YES_NO ?
		   N_("данных достаточно, чтобы решить, верно ли: ") :
		   N_("есть данные: "));
	speak(s, e, env);
}

static void
speak_rate(struct speech *s, const struct expr *e, const struct env *env)
{
	put(s, N_("доля не справившихся среди участников"));
	speak_subject(s, e->of[0], env);
}

static void
speak(struct speech *s, const struct expr *e, const struct env *env)
{
	switch (e->op) {
	case EX_NOT:
		put(s, N_("неверно, что "));
		speak_joined(s, e, 0, "", env);
		return;
	case EX_AND:
		speak_joined(s, e, 0, N_(" и "), env);
		return;
	case EX_OR:
		speak_joined(s, e, 0, N_(" или "), env);
		return;
	case EX_KNOWN:
		speak_known(s, e->of[0], env);
		return;
	case EX_AT_LEAST:
	case EX_NUMBER_OF:
		speak_many(s, e, env);
		return;
	case EX_LT:
	case EX_LE:
	case EX_GT:
	case EX_GE:
	case EX_EQ:
	case EX_NE:
		speak_compare(s, e, env);
		return;
	case EX_ADD:
		speak_joined(s, e, 0, N_(" плюс "), env);
		return;
	case EX_SUB:
		speak_joined(s, e, 0, N_(" минус "), env);
		return;
	case EX_MUL:
		speak_joined(s, e, 0, N_(", умноженное на "), env);
		return;
	case EX_DIV:
		if (is_rate(e))
			speak_rate(s, e, env);
		else
			speak_joined(s, e, 0, N_(", делённое на "), env);
		return;
	case EX_ANY:
	case EX_ALL:
	case EX_NONE:
		speak_each(s, e, env);
		return;
	case EX_COUNT:
		speak_count(s, e, env);
		return;
	case EX_SUM:
		speak_sum(s, e, env);
		return;
	default:
		speak_leaf(s, e, env);
		return;
	}
}

struct str
words_expr(const struct words *w, const struct expr *e, const struct env *env)
{
	struct speech s = {.w = w, .b = buf_open(w->mem, 0)};

	speak(&s, e, env);
	return buf_str(&s.b);
}

struct str
words_threshold(
    const struct words *w, const struct expr *compare, const struct env *env)
{
	struct speech s = {.w = w, .b = buf_open(w->mem, 0)};
	const struct expr *b = compare->of[1];

	put(&s,
	    sign_words(compare->op, b->op == EX_NUMBER || b->op == EX_SETTING));
	speak(&s, b, env);
	return buf_str(&s.b);
}
