/* card.c - what a decision card says: sentences and sources. */
#include "core/methods/card.h"

#include "base/utf8.h"
#include "base/vec.h"

static const char *
pupils(int64_t n)
{
	return plural_ru(n, "ученик", "ученика", "учеников");
}

/* The procedures of the margin: "ОГЭ по математике (2022/23): 9 → 7". */
static void
put_flips(struct arena *mem, struct buf *b, const struct vocabulary *words,
    const struct margin *m)
{
	for (size_t i = 0; i < m->n; i++) {
		const struct method_flip *f = &m->flips[i];
		buf_fmt(b, "%s%.*s, %.*s уч. г.: не справились %d вместо %d",
		    i ? "; " : "",
		    STR_ARG(words->procedures[f->procedure].title),
		    STR_ARG(syear_ru(mem, f->year)), f->to, f->from);
	}
}

static struct str
margin_sentence(
    struct arena *mem, const struct run *run, const struct run_line *line)
{
	const struct margin *m = &line->margin;
	bool listed = line->verdict.status == METHOD_LISTED;
	struct buf b = buf_open(mem, 0);

	if (!m->is_exact)
		return S("Запас не вычислен: слишком много сочетаний.");
	if (!m->exists)
		return listed ? S("Результаты экзаменов этого решения не "
				  "изменят: оно "
				  "стоит на других данных.") :
				S("Включить школу в перечень результаты "
				  "экзаменов не "
				  "могут.");
	buf_fmt(&b, "Решение стало бы другим, если бы %s%s ещё %lld %s (",
	    listed ? "" : "не ",
	    plural_ru(m->pupils, "справился", "справились", "справились"),
	    (long long)m->pupils, pupils(m->pupils));
	put_flips(mem, &b, run->inputs.words, m);
	buf_c(&b, ").");
	return buf_str(&b);
}

static void
put_edge_list(struct buf *b, const struct vocabulary *words,
    const struct method_edge_at *at, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		buf_fmt(b, "%s%.*s", i ? "; " : "",
		    STR_ARG(words->procedures[at[i].procedure].title));
		if (at[i].participants)
			buf_fmt(b, " – не справятся %d из %d", at[i].failed,
			    at[i].participants);
	}
}

static struct str
edge_sentence(struct arena *mem, const struct run *run,
    const struct run_line *line, const struct method_edge *e)
{
	bool listed = line->verdict.status == METHOD_LISTED;
	struct buf b = buf_open(mem, 0);
	const struct vocabulary *words = run->inputs.words;

	if (e->n_enter) {
		buf_fmt(&b, "В следующем году %s может один результат: ",
		    listed ? "оставить школу в перечне" :
			     "включить школу в перечень");
		put_edge_list(&b, words, e->enter, e->n_enter);
		buf_c(&b, ".");
	}
	if (e->n_leave) {
		if (b.n)
			buf_char(&b, ' ');
		buf_c(&b,
		    "Вывести её из перечня при прочих прежних результатах "
		    "может один благополучный: ");
		for (size_t i = 0; i < e->n_leave; i++)
			buf_fmt(&b, "%s%.*s", i ? "; " : "",
			    STR_ARG(words->procedures[e->leave[i].procedure]
					.title));
		buf_c(&b, ".");
	}
	if (!b.n)
		buf_c(&b, "Один результат следующего года решения не изменит.");
	return buf_str(&b);
}

static bool
same_gap(const struct method_missing *a, const struct method_missing *b)
{
	return a->is_element == b->is_element && a->reason == b->reason &&
	       a->year.first == b->year.first;
}

/* "2022/23 уч. г., не загружено: ВПР …, ОГЭ …", one group a year and reason. */
static struct str
missing_sentence(
    struct arena *mem, const struct run *run, const struct run_line *line)
{
	struct buf b = buf_open(mem, 0);
	const struct vocabulary *words = run->inputs.words;
	const struct verdict *v = &line->verdict;

	for (size_t i = 0; i < v->n_missing; i++) {
		const struct method_missing *m = &v->missing[i];
		bool goes_on = i && same_gap(m, &v->missing[i - 1]);
		if (goes_on)
			buf_c(&b, ", ");
		else if (m->is_element)
			buf_fmt(&b,
			    "%sпоказатели, %s: ", i ? "; " : "Нет данных: ",
			    missing_reason_titles[m->reason]);
		else
			buf_fmt(&b,
			    "%s%.*s уч. г., %s: ", i ? "; " : "Нет данных: ",
			    STR_ARG(syear_ru(mem, m->year)),
			    missing_reason_titles[m->reason]);
		buf_put(&b, m->is_element ?
				words->elements[m->index].title :
				words->procedures[m->index].title_short);
	}
	if (b.n)
		buf_char(&b, '.');
	return buf_str(&b);
}

static struct str
small_sentence(const struct run_line *line)
{
	if (!line->verdict.is_small)
		return S("");
	return S(
	    "Среди решающих групп есть малые, меньше десяти участников: один "
	    "ученик меняет долю на десять процентных пунктов и больше.");
}

/* Only numbers of this school and of the years the run looked at. */
static enum rc
read_sources(struct scope *sc, struct card *card)
{
	const struct vocabulary *words = card->run->inputs.words;
	VEC(struct card_source) list = {0};
	struct q_result *rows;
	size_t n;
	enum rc rc = q_result_of_school(sc->db, sc->mem, &sc->actor,
	    sc->actor.municipality, card->line->school->id, &rows, &n);

	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		int back = card->run->inputs.year.first - rows[i].year.first;
		ptrdiff_t p =
		    vocabulary_procedure_find(words, rows[i].procedure);
		struct q_load load;
		if (p < 0 || back < 1 || back > FACT_YEARS)
			continue;
		rc = q_load_by_id(sc->db, sc->mem, sc->actor.municipality,
		    rows[i].load, &load);
		if (rc == RC_OK)
			*vec_push(sc->mem, &list) =
			    (struct card_source){.procedure = (size_t)p,
				.result = rows[i],
				.file_name = load.file_name,
				.loaded_at = load.at,
				.revisions = rows[i].revision};
	}
	card->sources = list.p;
	card->n_sources = list.n;
	return rc;
}

static enum rc
make_edge(struct scope *sc, struct card *card)
{
	struct method_program *next;
	const struct run *run = card->run;
	enum rc rc = method_prepare(sc->mem, run->method, NULL,
	    syear_plus(run->inputs.year, 1), sc->diag, &next);

	if (rc != RC_OK)
		return rc;
	card->edge = method_edge(
	    sc->mem, run->program, next, &card->line->school->facts);
	card->edge_sentence =
	    edge_sentence(sc->mem, run, card->line, &card->edge);
	card->has_edge = true;
	return RC_OK;
}

enum rc
card_make(
    struct scope *sc, const struct run *run, school_id school, struct card *ret)
{
	struct card card = {.run = run, .line = run_line_of(run, school)};
	enum rc rc;

	if (!card.line)
		return RC_NOT_FOUND;
	struct run_line *whole = arena_new(sc->mem, struct run_line, 1);
	*whole = run_line_whole(sc->mem, run, card.line);
	card.line = whole;
	card.tree =
	    method_trace(sc->mem, run->program, &card.line->school->facts);
	card.margin_sentence = margin_sentence(sc->mem, run, card.line);
	card.missing_sentence = missing_sentence(sc->mem, run, card.line);
	card.small_sentence = small_sentence(card.line);
	rc = read_sources(sc, &card);
	if (rc == RC_OK && card.line->verdict.status != METHOD_NOT_APPLICABLE)
		rc = make_edge(sc, &card);
	if (rc == RC_OK)
		*ret = card;
	return rc;
}
