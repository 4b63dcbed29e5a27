/* card_print.c - the decision card as plain text and as a page of A4. */
#include "base/vec.h"
#include "core/methods/card.h"

static const char *const truth_titles[] = {
    [TRUTH_NO] = N_("не выполнено"),
    [TRUTH_YES] = N_("выполнено"),
    [TRUTH_UNKNOWN] = N_("нет данных"),
};

/* "участников 24, …, 37,5 % – не меньше 30 %: выполнено" */
static struct str
step_line(struct arena *mem, const struct step *s)
{
	struct buf b = buf_open(mem, 0);

	buf_put(&b, s->text);
	if (s->value.n)
		buf_fmt(&b, ": %.*s", STR_ARG(s->value));
	if (s->threshold.n)
		buf_fmt(&b, " (нужно %.*s)", STR_ARG(s->threshold));
	if (s->is_condition)
		buf_fmt(&b, " – %s", truth_titles[s->holds]);
	return buf_str(&b);
}

/* On paper a procedure or an answer is the end of a branch. */
static bool
is_leaf(const struct step *s)
{
	return s->procedure >= 0 || s->element >= 0 || !s->n;
}

/* A printer of one line at a depth: plain text, or a paragraph of A4. */
struct line_out {
	struct arena *mem;
	void *ctx;
	void (*put)(struct line_out *out, int depth, struct str line);
};

static void print_step(struct line_out *out, const struct step *s, int depth);

/*
 * What holds is printed; what does not, and what has no data, is counted: the
 * screen shows it all.
 */
static void
print_operands(struct line_out *out, const struct step *s, int depth)
{
	int64_t no = 0, unknown = 0;

	for (size_t i = 0; i < s->n; i++) {
		const struct step *of = &s->of[i];
		if (!is_leaf(of) || !of->is_condition || of->holds == TRUTH_YES)
			print_step(out, of, depth);
		else if (of->holds == TRUTH_NO)
			no++;
		else
			unknown++;
	}
	if (no)
		out->put(out, depth,
		    arena_fmt(out->mem, "не выполнено: %lld", (long long)no));
	if (unknown)
		out->put(out, depth,
		    arena_fmt(
			out->mem, "нет данных: %lld", (long long)unknown));
}

static void
print_step(struct line_out *out, const struct step *s, int depth)
{
	/* A number under its own comparison says nothing new. */
	if (s->kind == STEP_NUMBER && !is_leaf(s)) {
		print_operands(out, s, depth);
		return;
	}
	out->put(out, depth, step_line(out->mem, s));
	if (!is_leaf(s))
		print_operands(out, s, depth + 1);
}

static void
put_text_line(struct line_out *out, int depth, struct str line)
{
	buf_fmt(out->ctx, "%*s%.*s\n", depth * 2, "", STR_ARG(line));
}

static void
text_part(struct buf *out, struct str sentence)
{
	if (sentence.n)
		buf_fmt(out, "%.*s\n", STR_ARG(sentence));
}

static struct str
source_text(struct arena *mem, const struct card_source *s)
{
	struct place at = {.file = s->file_name,
	    .sheet = s->result.sheet,
	    .row = (uint32_t)s->result.row_number,
	    .column = s->result.column_name};

	return arena_fmt(mem, "загрузка № %lld, %.*s",
	    (long long)s->result.load.v, STR_ARG(place_text(mem, at)));
}

static struct str
foot(struct arena *mem, const struct run *run)
{
	struct str sum =
	    !run->hash.n ?
		S("Пробный расчёт: решение не сохранено.") :
		arena_fmt(mem, "Контрольная сумма: %.*s.", STR_ARG(run->hash));

	return arena_fmt(mem, "Методика «%.*s», версия %.*s. %.*s",
	    STR_ARG(run->method->title), STR_ARG(run->method->version),
	    STR_ARG(sum));
}

void
card_text(struct arena *mem, const struct card *card, struct buf *out)
{
	struct line_out lines = {mem, out, put_text_line};

	buf_fmt(out, "%.*s\n%.*s\n\n", STR_ARG(card->line->school->name),
	    STR_ARG(card->line->reason));
	print_step(&lines, card->tree, 0);
	buf_char(out, '\n');
	text_part(out, card->margin_sentence);
	text_part(out, card->small_sentence);
	text_part(out, card->missing_sentence);
	text_part(out, card->edge_sentence);
	buf_char(out, '\n');
	for (size_t i = 0; i < card->n_sources; i++) {
		const struct card_source *s = &card->sources[i];
		buf_fmt(out, "%.*s, %.*s: %lld из %lld – %.*s\n",
		    STR_ARG(card->run->inputs.words->procedures[s->procedure]
				.title),
		    STR_ARG(syear_ru(mem, s->result.year)),
		    (long long)s->result.failed,
		    (long long)s->result.participants,
		    STR_ARG(source_text(mem, s)));
	}
	buf_fmt(out, "\n%.*s\n", STR_ARG(foot(mem, card->run)));
	if (card->run->is_trial)
		buf_c(out, N_("Это пробный расчёт, не решение.\n"));
}

/* Indentation of a rule is shown by dashes: paper has no folding. */
static void
put_doc_line(struct line_out *out, int depth, struct str line)
{
	struct buf b = buf_open(out->mem, 0);

	for (int i = 1; i < depth; i++)
		buf_c(&b, "– ");
	buf_put(&b, line);
	doc_text(out->ctx, DOC_SMALL, buf_str(&b));
}

static void
doc_sources(struct arena *mem, struct doc *doc, const struct card *card)
{
	static const struct doc_column columns[] = {
	    {.title = S_INIT("Процедура"), .width = 30},
	    {.title = S_INIT("Учебный год"), .width = 12},
	    {.title = S_INIT("Не справились"), .width = 14, .right = true},
	    {.title = S_INIT("Откуда число"), .width = 44},
	};
	struct doc_table *t;

	if (!card->n_sources)
		return;
	t = doc_table(doc, columns, COUNT_OF(columns));
	for (size_t i = 0; i < card->n_sources; i++) {
		const struct card_source *s = &card->sources[i];
		const struct str cells[] = {
		    card->run->inputs.words->procedures[s->procedure]
			.title_short,
		    syear_ru(mem, s->result.year),
		    arena_fmt(mem, "%lld из %lld", (long long)s->result.failed,
			(long long)s->result.participants),
		    source_text(mem, s)};
		doc_row(t, DOC_ROW_BODY, cells, COUNT_OF(cells));
	}
}

static void
doc_part(struct doc *doc, struct str sentence)
{
	if (sentence.n)
		doc_text(doc, DOC_PLAIN, sentence);
}

struct doc *
card_doc(struct scope *sc, const struct card *card, struct str organisation)
{
	struct arena *mem = sc->mem;
	const struct doc_head head = {
	    .title = arena_fmt(mem, "Карточка решения: %.*s",
		STR_ARG(card->line->school->name)),
	    .organisation = organisation,
	    .footer = arena_fmt(mem, "%.*s, контрольная сумма %.*s",
		STR_ARG(date_ru(mem, sc->actor.today)),
		STR_ARG(str_cut(card->run->hash, 0, 16))),
	    .made_on = sc->actor.today};
	struct doc *doc = doc_open(mem, &head);
	struct line_out lines = {mem, doc, put_doc_line};

	doc_heading(doc, 1, card->line->school->name);
	if (card->run->is_trial)
		doc_text(doc, DOC_STRONG, S("Пробный расчёт. Не решение."));
	doc_text(doc, DOC_STRONG, card->line->reason);
	print_step(&lines, card->tree, 0);
	doc_part(doc, card->margin_sentence);
	doc_part(doc, card->small_sentence);
	doc_part(doc, card->missing_sentence);
	doc_part(doc, card->edge_sentence);
	doc_sources(mem, doc, card);
	doc_text(doc, DOC_SMALL, foot(mem, card->run));
	return doc;
}
