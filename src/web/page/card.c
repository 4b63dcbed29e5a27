/* card.c - the decision card of one school: as a page, JSON, DOCX and PDF. */
#include "web/page/card.h"

#include "base/utf8.h"
#include "base/vec.h"
#include "card.view.h"
#include "core/registry/catalogue.h"
#include "web/page/pages.h"
#include "web/page/runs_own.h"

const char *
truth_word(enum truth t)
{
	switch (t) {
	case TRUTH_YES:
		return N_("выполнено");
	case TRUTH_NO:
		return N_("не выполнено");
	case TRUTH_UNKNOWN:
		return N_("нет данных");
	}
	UNREACHABLE();
}

/* ---- the tree: steps to nodes and tables of leaves ---- */

struct weaver {
	struct arena *mem;
	const struct card *card;
	bool *is_used; /* the sources that leaves lead to */
};

static bool
is_leaf(const struct step *s)
{
	return s->procedure >= 0 || s->element >= 0 ||
	       (s->n == 1 && s->of[0].element >= 0);
}

static ptrdiff_t
element_of(const struct step *s)
{
	return s->element >= 0 || s->n == 0 ? s->element : s->of[0].element;
}

/* The line of the table of sources this result stands in. */
static struct link
source_of(const struct weaver *w, const struct step *s)
{
	for (size_t i = 0; i < w->card->n_sources; i++) {
		const struct card_source *c = &w->card->sources[i];

		if (s->procedure < 0 || c->procedure != (size_t)s->procedure ||
		    c->result.year.first != s->year.first)
			continue;
		w->is_used[i] = true;
		return link_place(w->mem, arena_fmt(w->mem, "s-%zu", i + 1));
	}
	return (struct link){0};
}

static struct leaf_view
leaf(const struct weaver *w, const struct step *s)
{
	const struct vocabulary *words = w->card->run->inputs.words;
	struct leaf_view l = {
	    .value = s->value,
	    .threshold = s->threshold,
	    .holds = s->holds,
	    .source = source_of(w, s),
	};

	if (s->procedure >= 0) {
		l.title = words->procedures[s->procedure].title_short;
		l.year = syear_ru(w->mem, s->year);
	} else {
		l.title = words->elements[element_of(s)].title;
		/* The value stands below: the condition itself says yes or no. */
		if (s->element < 0 && s->n == 1)
			l.value = s->of[0].value;
	}
	if (s->missing != MISSING_NONE)
		l.missing = str_of(missing_reason_titles[s->missing]);
	return l;
}

/* The operator of a rule, outside parentheses; "or" binds loosest. */
static const char *
operator_of(const struct step *s)
{
	const char *found = NULL;
	int depth = 0;

	for (size_t i = 0; i < s->source.n; i++) {
		struct str rest = str_from(s->source, i);

		depth += s->source.p[i] == '(';
		depth -= s->source.p[i] == ')';
		if (depth > 0)
			continue;
		if (str_starts(rest, S(" or ")))
			return N_("ИЛИ");
		if (str_starts(rest, S(" and ")))
			found = N_("И");
		if (str_starts(rest, S("at least")))
			found = N_("НЕ МЕНЬШЕ");
	}
	return found;
}

/* A step with one plain step below says the same twice: go down to it. */
static const struct step *
go_down(const struct step *s, struct node_view *node)
{
	while (s->n == 1 && !is_leaf(&s->of[0])) {
		s = &s->of[0];
		if (s->threshold.n > 0) {
			node->value = s->value;
			node->threshold = s->threshold;
		}
	}
	return s;
}

/* Shown at once: what holds against a threshold, and plain amounts. */
static bool
speaks(const struct step *s)
{
	return !s->is_condition ||
	       (s->holds == TRUTH_YES &&
		   (s->threshold.n > 0 || s->procedure < 0));
}

static struct str
criterion_label(const struct weaver *w, const struct step *s)
{
	const struct method *m = w->card->run->method;

	for (size_t i = 0; i < m->n_criteria; i++) {
		if (str_eq(m->criteria[i].title, s->text))
			return m->criteria[i].id;
	}
	return S("");
}

static bool
is_alarm(const struct node_view *n)
{
	if (n->label.n > 0 || n->threshold.n > 0)
		return true;
	for (size_t i = 0; i < n->n; i++) {
		if (n->of[i].is_alarm)
			return true;
	}
	return false;
}

static struct node_view
weave(const struct weaver *w, const struct step *top)
{
	struct node_view node = {
	    .text = top->text,
	    .source = top->source,
	    .value = top->threshold.n > 0 ? top->value : S(""),
	    .threshold = top->threshold,
	    .is_condition = top->is_condition,
	    .holds = top->holds,
	    .label = criterion_label(w, top),
	};
	VEC(struct node_view) nodes = {0};
	VEC(struct leaf_view) met = {0}, unmet = {0};
	const struct step *s = go_down(top, &node);

	for (size_t i = 0; i < s->n; i++) {
		const struct step *child = &s->of[i];

		if (!is_leaf(child))
			*vec_push(w->mem, &nodes) = weave(w, child);
		else if (speaks(child))
			*vec_push(w->mem, &met) = leaf(w, child);
		else
			*vec_push(w->mem, &unmet) = leaf(w, child);
	}
	if (nodes.n > 1)
		node.op = operator_of(s);
	node.of = nodes.p;
	node.n = nodes.n;
	node.met = (struct leaf_list){met.p, met.n};
	node.unmet = (struct leaf_list){unmet.p, unmet.n};
	node.is_alarm = is_alarm(&node);
	return node;
}

/* ---- what a school may dispute: every number the tree looked at ---- */

struct numbers {
	struct disputed *p;
	size_t n, cap;
};

static void
add_number(
    struct arena *mem, struct numbers *list, struct str value, struct str title)
{
	for (size_t i = 0; i < list->n; i++) {
		if (str_eq(list->p[i].value, value))
			return;
	}
	*vec_push(mem, list) = (struct disputed){value, title};
}

static void
collect_numbers(
    const struct weaver *w, const struct step *s, struct numbers *list)
{
	const struct vocabulary *words = w->card->run->inputs.words;

	if (s->procedure >= 0)
		add_number(w->mem, list,
		    arena_fmt(w->mem, "%.*s/%d",
			STR_ARG(words->procedures[s->procedure].code),
			(int)s->year.first),
		    arena_fmt(w->mem, "%.*s, %.*s",
			STR_ARG(words->procedures[s->procedure].title_short),
			STR_ARG(syear_ru(w->mem, s->year))));
	else if (s->element >= 0)
		add_number(w->mem, list, words->elements[s->element].code,
		    words->elements[s->element].title);
	for (size_t i = 0; i < s->n; i++)
		collect_numbers(w, &s->of[i], list);
}

/* ---- the card ---- */

static enum rc
read_card(
    struct visit *v, struct run *run, struct q_run *row, struct card *card)
{
	struct scope *sc = &v->scope;
	struct vocabulary *words = arena_new(sc->mem, struct vocabulary, 1);
	enum rc rc = may_for(sc, PERM_LISTS_READ, v->at.school);

	if (rc == RC_OK)
		rc = catalogue_read(sc, words);
	if (rc == RC_OK)
		rc = run_reopen(sc, words, v->at.run, row, run);
	if (rc == RC_OK)
		rc = card_make(sc, run, v->at.school, card);
	if (rc != RC_OK)
		return rc;
	card->saved = v->at.run;
	card->saved_at = row->at;
	return RC_OK;
}

/* "Школа включена: выполнен …" without what stands in bold above it. */
static struct str
without_verdict(struct arena *mem, struct str reason)
{
	ptrdiff_t colon = str_find(reason, S(": "));

	if (!str_starts(reason, S("Школа ")) || colon < 0)
		return reason;
	return text_capital(mem, str_from(reason, (size_t)colon + 2));
}

enum rc
page_card(struct visit *v, struct reply *rp)
{
	struct run run;
	struct view_card c = {
	    .school = v->at.school,
	    .may_see_loads = may(&v->scope.actor, PERM_LOADS_READ) == RC_OK,
	    .zone = (int32_t)v->place.zone_minutes,
	};
	enum rc rc = run_read(v, &c.run);

	if (rc == RC_OK && run_is_index(v, &c.run))
		return answer_index_card(v, rp, &c.run);
	if (rc == RC_OK)
		rc = read_card(v, &run, &c.run, &c.card);

	if (rc == RC_OK && !list_state_parse(c.run.state, &c.state))
		rc = RC_FAILED;
	if (rc != RC_OK)
		return rc;
	if (v->format == AS_JSON) {
		rp->type = S("application/json");
		card_json(&c.card, &rp->body);
		return RC_OK;
	}
	if (v->format != AS_PAGE)
		return RC_NOT_FOUND;
	c.status = c.card.line->verdict.status;
	struct weaver w = {v->scope.mem, &c.card,
	    arena_new(v->scope.mem, bool, c.card.n_sources + 1)};
	c.tree = weave(&w, c.card.tree);
	c.is_used = w.is_used;
	struct numbers numbers = {0};
	collect_numbers(&w, c.card.tree, &numbers);
	rc = objection_box_fill(v, &c.run, numbers.p, numbers.n, &c.box);
	if (rc != RC_OK)
		return rc;
	c.why = without_verdict(v->scope.mem, c.card.line->reason);
	c.shell = shell_open(v, SECTION_runs, c.card.line->school->name);
	shell_crumb(&c.shell, S(N_("Перечни")), link_runs());
	shell_crumb(&c.shell,
	    arena_fmt(v->scope.mem, "%.*s, %.*s",
		STR_ARG(run.method->short_title),
		STR_ARG(syear_ru(v->scope.mem, run.inputs.year))),
	    link_run(v->at.run));
	view_card(&rp->body, &c);
	return RC_OK;
}

static enum rc
answer_document(struct visit *v, struct reply *rp, bool is_pdf)
{
	struct run run;
	struct q_run row;
	struct card card;
	struct doc *doc;
	enum rc rc = run_read(v, &row);

	/* The card of an index is a page only. */
	if (rc == RC_OK && run_is_index(v, &row))
		rc = RC_NOT_FOUND;
	if (rc == RC_OK)
		rc = read_card(v, &run, &row, &card);

	if (rc != RC_OK)
		return rc;
	doc = card_doc(&v->scope, &card, v->place.body);
	rp->type = is_pdf ? S("application/pdf") :
			    S("application/vnd.openxmlformats-officedocument."
			      "wordprocessingml.document");
	reply_header(rp, "Content-Disposition",
	    arena_fmt(v->scope.mem, "attachment; filename=\"card-%.*s.%s\"",
		STR_ARG(card.line->school->code), is_pdf ? "pdf" : "docx"));
	return is_pdf ? doc_write_pdf(doc, &rp->body) :
			doc_write_docx(doc, &rp->body);
}

enum rc
page_card_docx(struct visit *v, struct reply *rp)
{
	return answer_document(v, rp, false);
}

enum rc
page_card_pdf(struct visit *v, struct reply *rp)
{
	return answer_document(v, rp, true);
}
