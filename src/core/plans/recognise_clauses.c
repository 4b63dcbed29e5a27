/*
 * recognise_clauses.c - what an order commands beside its plan.
 *
 * «Руководителям школ: 3.1. Представить отчёт до 31.05.2025.» is a task like
 * any row of the table, and so is one without a day: it comes in with a doubt.
 * The clause that approves the plan, the one that says who controls it and
 * those about the order itself are no tasks; nothing of them is lost either.
 *
 * BASIS: features, idea 12; issue "Road maps", Plan in.
 */
#include "base/utf8.h"
#include "core/plans/recognise.h"

static bool
starts_clauses(struct recogniser_plan *rp, struct str text)
{
	struct str f = text_fold(rp->scratch, text);
	bool yes = f.n < 120 && (str_find(f, S("приказываю")) >= 0 ||
				    str_find(f, S("постановля")) >= 0 ||
				    str_find(f, S("п р и к а з ы в а ю")) >= 0);

	arena_reset(rp->scratch);
	return yes;
}

/* The bytes of a dash or a bullet in front, with the spaces behind it. */
static size_t
bullet_length(struct str s)
{
	static const struct str bullets[] = {
	    S_INIT("-"), S_INIT("–"), S_INIT("—"), S_INIT("•"), S_INIT("·")};
	size_t n = 0;

	for (size_t i = 0; i < COUNT_OF(bullets) && !n; i++)
		if (str_starts(s, bullets[i]))
			n = bullets[i].n;
	while (n && n < s.n && s.p[n] == ' ')
		n++;
	return n;
}

/* The text of a clause without its bullet and number. */
static struct str
clause_number(const struct block *b, struct str *text)
{
	struct str t = str_trim(b->text);

	t = str_from(t, bullet_length(t));
	size_t n = number_length(t);
	struct str number = str_trim(str_cut(t, 0, n));
	*text = str_from(t, n);
	if (!number.n && b->list_label.n && is_number_text(b->list_label))
		number = b->list_label;
	while (number.n && number.p[number.n - 1] == '.')
		number.n--;
	return number;
}

static bool
is_bulleted(const struct block *b)
{
	return bullet_length(str_trim(b->text)) > 0 ||
	       (b->list_label.n && !is_number_text(b->list_label));
}

/* ---- where they are ---------------------------------------------------------- */

static struct plan_clause *
last_clause(struct recogniser_plan *rp)
{
	return rp->out->clauses.n ?
		   &rp->out->clauses.p[rp->out->clauses.n - 1] :
		   NULL;
}

static void
add_clause(struct recogniser_plan *rp, const struct block *b, struct str number,
    struct str text)
{
	*vec_push(rp->mem, &rp->out->clauses) =
	    (struct plan_clause){.number = number,
		.title = plain_text(rp->mem, text),
		.at = {.block = b->number}};
}

static bool
has_deadline(struct recogniser_plan *rp, struct str text)
{
	struct deadline_context context = context_of_table(rp, SIZE_MAX);
	struct str phrase;
	struct deadline d;
	bool yes = deadline_find(rp->scratch, text, &context, &phrase, &d);

	arena_reset(rp->scratch);
	return yes;
}

/*
 * «Руководителям школ:» and, without numbers, «- назначить …;», «- собрать …»:
 * each dash is a clause of its own.
 */
static bool
is_under_head(struct recogniser_plan *rp, const struct block *b)
{
	const struct plan_clause *last = last_clause(rp);

	return last && is_bulleted(b) &&
	       (str_ends(last->title, S(":")) || !last->number.n);
}

/* One paragraph; false: the clauses ended before it. */
static bool
take_paragraph(struct recogniser_plan *rp, const struct block *b)
{
	struct plan_clause *last = last_clause(rp);
	struct str text;
	struct str number = clause_number(b, &text);

	if (number.n || is_under_head(rp, b)) {
		add_clause(rp, b, number, text);
		return true;
	}
	if (!last ||
	    (!starts_lower(b->text) && (str_ends(last->title, S(".")) ||
					   has_deadline(rp, last->title))))
		return false;
	last->title = join_text(rp, last->title, b->text);
	return true;
}

/*
 * The clauses run from «ПРИКАЗЫВАЮ» to the signature: the first paragraph
 * without a number behind a finished sentence.
 */
size_t
find_clauses(struct recogniser_plan *rp)
{
	const struct block *all = rp->pages->blocks;
	size_t i = 0;

	while (i < rp->pages->n && !starts_clauses(rp, all[i].text))
		i++;
	if (i == rp->pages->n)
		return 0;
	rp->used_blocks[i] = true;
	for (i++; i < rp->pages->n && all[i].kind != BLOCK_TABLE; i++) {
		if (!is_paragraph(&all[i]))
			continue;
		if (!take_paragraph(rp, &all[i]))
			break;
		rp->used_blocks[i] = true;
	}
	return i;
}

/* ---- who is told ---------------------------------------------------------------- */

/* The next word of s, which loses it; its commas and brackets stay with it. */
static bool
next_word(struct str *s, struct str *ret)
{
	while (s->n && s->p[0] == ' ')
		*s = str_from(*s, 1);
	if (!s->n)
		return false;
	return str_split(s, ' ', ret);
}

static bool
ends_as(struct str word, const struct str *endings, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_ends(word, endings[i]))
			return true;
	return false;
}

/* "обеспечить", "провести", "ознакомиться"; "печать" is the usual noun. */
static bool
is_infinitive(struct str folded)
{
	static const struct str endings[] = {S_INIT("ить"), S_INIT("ать"),
	    S_INIT("ять"), S_INIT("еть"), S_INIT("уть"), S_INIT("ести"),
	    S_INIT("ться"), S_INIT("тись")};

	return folded.n >= 5 * 2 && !str_ends(folded, S("печать")) &&
	       !str_ends(folded, S("память")) &&
	       ends_as(folded, endings, COUNT_OF(endings));
}

static bool
begins_with_infinitive(struct recogniser_plan *rp, struct str text)
{
	struct str word;

	return next_word(&text, &word) &&
	       is_infinitive(text_fold(rp->mem, word));
}

/* More than one capital letter: "МКУ", "ОО". */
static bool
is_abbreviation(struct str word)
{
	struct str rest = word;
	size_t capitals = 0;

	while (rest.n) {
		int32_t c = utf8_next(&rest);
		if (c < 0x410 || c > 0x42F)
			return false;
		capitals++;
	}
	return capitals > 1;
}

/* An order tells somebody in the dative: "Директорам", "Отделу", "МКУ". */
static bool
is_told(struct recogniser_plan *rp, struct str text)
{
	static const struct str endings[] = {S_INIT("ам"), S_INIT("ям"),
	    S_INIT("ому"), S_INIT("ему"), S_INIT("ым"), S_INIT("им"),
	    S_INIT("ой")};
	static const struct str nouns[] = {S_INIT("директор"),
	    S_INIT("руководител"), S_INIT("начальник"), S_INIT("заместител"),
	    S_INIT("специалист"), S_INIT("методист"), S_INIT("сектор"),
	    S_INIT("отдел"), S_INIT("центр"), S_INIT("управлени"),
	    S_INIT("координатор"), S_INIT("куратор"), S_INIT("учител"),
	    S_INIT("комисси"), S_INIT("групп"), S_INIT("школе"),
	    S_INIT("учреждени"), S_INIT("организаци"), S_INIT("администраци"),
	    S_INIT("комитет"), S_INIT("департамент"), S_INIT("лице"),
	    S_INIT("гимнази"), S_INIT("совет"), S_INIT("и.о."), S_INIT("врио")};
	struct str word;

	if (!next_word(&text, &word))
		return false;
	while (
	    word.n && (word.p[word.n - 1] == ',' || word.p[word.n - 1] == ':'))
		word.n--;
	struct str folded = text_fold(rp->mem, word);
	if (is_abbreviation(word) ||
	    ends_as(folded, endings, COUNT_OF(endings)))
		return true;
	for (size_t i = 0; i < COUNT_OF(nouns); i++)
		if (str_starts(folded, nouns[i]))
			return true;
	return false;
}

/*
 * "Сектору общего образования (Вьюжиной А. П.) обеспечить сопровождение": the
 * first infinitive parts who is told from what must be done.
 */
static void
part_addressee(struct recogniser_plan *rp, struct str text, struct str *who,
    struct str *what)
{
	struct str rest = text, word;

	*who = S("");
	*what = text;
	if (!is_told(rp, text))
		return;
	while (next_word(&rest, &word)) {
		struct str folded = text_fold(rp->scratch, word);
		while (folded.n && (folded.p[folded.n - 1] == ':' ||
				       folded.p[folded.n - 1] == ','))
			folded.n--;
		bool found = is_infinitive(folded);
		size_t at = (size_t)(word.p - text.p);
		arena_reset(rp->scratch);
		if (!found || at == 0)
			continue;
		*who = str_trim(str_cut(text, 0, at));
		*what = str_from(text, at);
		break;
	}
	while (who->n && who->p[who->n - 1] == ',')
		who->n--;
}

/* ---- what each says -------------------------------------------------------------- */

/* The head "3" of "3.1", or the last one above a dash. */
static const struct plan_clause *
head_of(struct recogniser_plan *rp, size_t clause)
{
	const struct plan_clause *all = rp->out->clauses.p;
	struct str number = all[clause].number;

	for (size_t i = clause; i-- > 0;) {
		const struct plan_clause *c = &all[i];
		bool above = !number.n ? c->number.n > 0 :
					 c->number.n < number.n &&
					     str_starts(number, c->number) &&
					     number.p[c->number.n] == '.';
		if (above)
			return c->kind == CLAUSE_HEAD ? c : NULL;
	}
	return NULL;
}

/* The deadline out of the sentence; what is left is what must be done. */
static struct str
without(struct arena *mem, struct str text, struct str phrase)
{
	ptrdiff_t at = str_find(text, phrase);

	if (at < 0)
		return text;
	struct str before = str_trim(str_cut(text, 0, (size_t)at));
	struct str after = str_trim(str_from(text, (size_t)at + phrase.n));
	bool goes_on = str_starts(after, S(",")) || str_starts(after, S(";"));
	while (after.n &&
	       (after.p[0] == '.' || after.p[0] == ',' || after.p[0] == ';'))
		after = str_trim(str_from(after, 1));
	if (!after.n)
		return before;
	return arena_fmt(mem, "%.*s%s %.*s", STR_ARG(before),
	    goes_on ? "," : "", STR_ARG(after));
}

/* The deadline of a sentence; in «приказ от 31.05.2024 № 5» there is none. */
static bool
find_deadline(struct recogniser_plan *rp, struct plan_clause *c)
{
	struct deadline_context context = context_of_table(rp, SIZE_MAX);
	ptrdiff_t own = str_find(c->title, S(CLAUSE_OWN_TERM));
	struct str rest = own < 0 ? c->title : str_from(c->title, (size_t)own);
	struct str phrase;
	struct deadline d;

	while (deadline_find(rp->mem, rest, &context, &phrase, &d)) {
		ptrdiff_t at = str_find(rest, phrase);
		struct str before =
		    at > 0 ? str_trim(str_cut(rest, 0, (size_t)at)) : S("");
		if (!str_ends(before, S(" от"))) {
			c->deadline = phrase;
			c->parsed = d;
			if (own >= 0)
				c->title = str_cut(c->title, 0, (size_t)own);
			return true;
		}
		rest = str_from(rest, (size_t)at + phrase.n);
	}
	return false;
}

/* «собрать до 1 ноября, сводку представить до 20 ноября»: one is kept. */
static void
doubt_second_deadline(struct recogniser_plan *rp, const struct plan_clause *c)
{
	struct plan_clause rest = *c;

	if (!find_deadline(rp, &rest))
		return;
	warn(rp, c->at,
	    N_("В пункте приказа%s%.*s есть ещё один срок: «%.*s». Он остался "
	       "в тексте; разделите пункт на два или назовите оба срока "
	       "вместе."),
	    c->number.n ? " " : "", STR_ARG(c->number), STR_ARG(rest.deadline));
}

/* Of the order itself, not of the schools: it is done by being signed. */
static enum plan_clause_kind
kind_of(struct recogniser_plan *rp, const struct plan_clause *c, bool has_head)
{
	static const struct str formal[] = {S_INIT("утвердить"),
	    S_INIT("отменить"), S_INIT("настоящий приказ"),
	    S_INIT("настоящее "), S_INIT("приказ вступает"),
	    S_INIT("постановление вступает")};
	struct str f = text_fold(rp->scratch, c->title);
	enum plan_clause_kind kind = CLAUSE_TASK;

	if (str_ends(c->title, S(":")))
		kind = CLAUSE_HEAD;
	else if (str_starts(f, S("контроль ")) && !has_head)
		kind = CLAUSE_CONTROL;
	if (kind == CLAUSE_TASK && str_find(f, S("утратившим силу")) >= 0)
		kind = CLAUSE_FORMAL;
	for (size_t i = 0; i < COUNT_OF(formal) && !has_head; i++)
		if (kind == CLAUSE_TASK && str_starts(f, formal[i]))
			kind = CLAUSE_FORMAL;
	arena_reset(rp->scratch);
	return kind;
}

/*
 * "Специалистам, … обеспечить:" lends its verb to the tasks under it, and so
 * does "Обеспечить:", which tells nobody.
 */
static void
take_from_head(struct recogniser_plan *rp, const struct plan_clause *head,
    struct plan_clause *c)
{
	struct str verb;
	struct str told = str_trim(str_cut(head->title, 0, head->title.n - 1));

	part_addressee(rp, told, &c->addressee, &verb);
	if (!c->addressee.n && !begins_with_infinitive(rp, told)) {
		c->addressee = told;
		return;
	}
	if (!starts_capital(c->title))
		c->title = arena_fmt(
		    rp->mem, "%.*s %.*s", STR_ARG(verb), STR_ARG(c->title));
}

/* Without the stop that ends the sentence; that of "2024 г." stays. */
static struct str
unstopped(struct str s)
{
	if (str_ends(s, S(";")) ||
	    (str_ends(s, S(".")) && !str_ends(s, S("г."))))
		s.n--;
	return str_trim(s);
}

static void
finish_clause(struct recogniser_plan *rp, size_t i)
{
	struct plan_clause *c = &rp->out->clauses.p[i];
	const struct plan_clause *head = head_of(rp, i);

	c->parsed = (struct deadline){.kind = DEADLINE_NONE};
	c->kind = kind_of(rp, c, head != NULL);
	/* "1. Утвердить: 1.1. План …" approves as well. */
	if (head && c->kind == CLAUSE_TASK &&
	    str_starts(text_fold(rp->mem, head->title), S("утвердить")))
		c->kind = CLAUSE_FORMAL;
	if (c->kind != CLAUSE_TASK)
		return;
	if (find_deadline(rp, c)) {
		c->title = without(rp->mem, c->title, c->deadline);
		doubt_second_deadline(rp, c);
	}
	if (head)
		take_from_head(rp, head, c);
	else
		part_addressee(rp, c->title, &c->addressee, &c->title);
	c->responsible = responsibles_of(rp->mem, c->addressee);
	c->title = text_capital(rp->mem, unstopped(c->title));
	if (!c->deadline.n)
		warn(rp, c->at,
		    N_("У пункта приказа%s%.*s нет срока: он взят в план без "
		       "срока. Назовите срок или не берите пункт."),
		    c->number.n ? " " : "", STR_ARG(c->number));
}

/* A head is told by its tasks; one that has none says something itself. */
static bool
has_tasks(struct recogniser_plan *rp, size_t head)
{
	for (size_t i = head + 1; i < rp->out->clauses.n; i++)
		if (rp->out->clauses.p[i].kind == CLAUSE_TASK &&
		    head_of(rp, i) == &rp->out->clauses.p[head])
			return true;
	return false;
}

void
finish_clauses(struct recogniser_plan *rp)
{
	struct plan_reading *out = rp->out;

	for (size_t i = 0; i < out->clauses.n; i++)
		finish_clause(rp, i);
	for (size_t i = 0; i < out->clauses.n; i++) {
		struct plan_clause *c = &out->clauses.p[i];

		if (c->kind == CLAUSE_CONTROL && !out->control.n)
			out->control = c->title;
		else if (c->kind == CLAUSE_CONTROL ||
			 c->kind == CLAUSE_FORMAL ||
			 (c->kind == CLAUSE_HEAD && !has_tasks(rp, i)))
			leave_out(rp, c->at,
			    c->number.n ?
				arena_fmt(rp->mem, "%.*s. %.*s",
				    STR_ARG(c->number), STR_ARG(c->title)) :
				c->title);
	}
}

struct plan_measure
plan_clause_row(const struct plan_clause *c)
{
	return (struct plan_measure){.section = NO_SECTION,
	    .number = c->number,
	    .title = c->title,
	    .deadline = c->deadline,
	    .parsed = c->parsed,
	    .responsible_text = c->addressee,
	    .responsible = c->responsible,
	    .at = c->at};
}
