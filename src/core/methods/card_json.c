/* card_json.c - the decision card as JSON (interfaces.md 2). */
#include "core/methods/card.h"
#include "fmt/json.h"

static void
put_truth(struct json *j, enum truth t)
{
	switch (t) {
	case TRUTH_YES:
		json_put_bool(j, true);
		return;
	case TRUTH_NO:
		json_put_bool(j, false);
		return;
	case TRUTH_UNKNOWN:
		json_put_null(j);
		return;
	}
	UNREACHABLE();
}

static void
put_year(struct json *j, struct syear year)
{
	char text[SYEAR_TEXT];

	json_field_str(j, "year", str_of(syear_text(year, text)));
}

static void
put_criteria(struct json *j, const struct card *card)
{
	const struct verdict *v = &card->line->verdict;

	json_key(j, "criteria");
	json_begin_array(j);
	for (size_t i = 0; i < v->n_criteria; i++) {
		json_begin_object(j);
		json_field_str(j, "id", card->run->method->criteria[i].id);
		json_field_str(
		    j, "title", card->run->method->criteria[i].title);
		json_key(j, "holds");
		put_truth(j, v->criteria[i]);
		json_end(j);
	}
	json_end(j);
}

static void
put_margin(struct json *j, const struct card *card)
{
	const struct margin *m = &card->line->margin;
	const struct vocabulary *words = card->run->inputs.words;

	json_key(j, "margin");
	json_begin_object(j);
	json_key(j, "pupils");
	if (m->exists)
		json_put_int(j, m->pupils);
	else
		json_put_null(j);
	json_key(j, "changes");
	json_begin_array(j);
	for (size_t i = 0; i < m->n; i++) {
		json_begin_object(j);
		json_field_str(j, "procedure",
		    words->procedures[m->flips[i].procedure].code);
		put_year(j, m->flips[i].year);
		json_field_int(j, "from", m->flips[i].from);
		json_field_int(j, "to", m->flips[i].to);
		json_end(j);
	}
	json_end(j);
	json_field_str(j, "sentence", card->margin_sentence);
	json_end(j);
}

static void
put_low(struct json *j, const struct card *card)
{
	const struct verdict *v = &card->line->verdict;
	const struct vocabulary *words = card->run->inputs.words;

	json_key(j, "low");
	json_begin_array(j);
	for (size_t i = 0; i < v->n_low; i++) {
		json_begin_object(j);
		json_field_str(j, "procedure",
		    words->procedures[v->low[i].procedure].code);
		put_year(j, v->low[i].year);
		json_field_int(j, "participants", v->low[i].count.participants);
		json_field_int(j, "failed", v->low[i].count.failed);
		json_field_bool(j, "small", v->low[i].is_small);
		json_end(j);
	}
	json_end(j);
}

static void
put_missing(struct json *j, const struct card *card)
{
	const struct verdict *v = &card->line->verdict;
	const struct vocabulary *words = card->run->inputs.words;

	json_key(j, "missing");
	json_begin_array(j);
	for (size_t i = 0; i < v->n_missing; i++) {
		const struct method_missing *m = &v->missing[i];
		json_begin_object(j);
		if (m->is_element) {
			json_field_str(
			    j, "element", words->elements[m->index].code);
		} else {
			json_field_str(
			    j, "procedure", words->procedures[m->index].code);
			put_year(j, m->year);
		}
		json_field_str(
		    j, "reason", str_of(missing_reason_titles[m->reason]));
		json_end(j);
	}
	json_end(j);
}

/* The depth of a tree is bounded by METHOD_DEPTH. */
static void
put_step(struct json *j, const struct card *card, const struct step *s)
{
	const struct vocabulary *words = card->run->inputs.words;

	json_begin_object(j);
	json_field_str(j, "text", s->text);
	if (s->is_condition) {
		json_key(j, "holds");
		put_truth(j, s->holds);
	}
	if (s->value.n)
		json_field_str(j, "value", s->value);
	if (s->threshold.n)
		json_field_str(j, "threshold", s->threshold);
	if (s->procedure >= 0) {
		json_field_str(
		    j, "procedure", words->procedures[s->procedure].code);
		put_year(j, s->year);
		if (s->count.participants >= 0) {
			json_field_int(
			    j, "participants", s->count.participants);
			json_field_int(j, "failed", s->count.failed);
		}
	}
	if (s->element >= 0)
		json_field_str(j, "element", words->elements[s->element].code);
	if (s->missing != MISSING_NONE)
		json_field_str(
		    j, "missing", str_of(missing_reason_titles[s->missing]));
	if (s->n) {
		json_key(j, "of");
		json_begin_array(j);
		for (size_t i = 0; i < s->n; i++)
			put_step(j, card, &s->of[i]);
		json_end(j);
	}
	json_end(j);
}

static void
put_sources(struct json *j, const struct card *card)
{
	json_key(j, "sources");
	json_begin_array(j);
	for (size_t i = 0; i < card->n_sources; i++) {
		const struct card_source *s = &card->sources[i];
		json_begin_object(j);
		json_field_str(j, "procedure", s->result.procedure);
		put_year(j, s->result.year);
		json_field_int(j, "participants", s->result.participants);
		json_field_int(j, "failed", s->result.failed);
		json_field_int(j, "load", s->result.load.v);
		json_field_str(j, "file", s->file_name);
		json_field_str(j, "sheet", s->result.sheet);
		json_field_int(j, "row", s->result.row_number);
		json_field_str(j, "column", s->result.column_name);
		json_field_int(j, "revision", s->result.revision);
		json_end(j);
	}
	json_end(j);
}

void
card_json(const struct card *card, struct buf *out)
{
	struct json j = json_open(out);
	const struct run *run = card->run;

	json_begin_object(&j);
	json_field_str(&j, "school", card->line->school->code);
	json_field_str(&j, "name", card->line->school->name);
	json_field_str(&j, "method", run->method->code);
	json_field_str(&j, "version", run->method->version);
	put_year(&j, run->inputs.year);
	json_field_str(&j, "status",
	    str_of(method_status_codes[card->line->verdict.status]));
	json_field_str(&j, "sentence", card->line->reason);
	put_criteria(&j, card);
	put_margin(&j, card);
	put_low(&j, card);
	put_missing(&j, card);
	json_field_bool(&j, "small", card->line->verdict.is_small);
	json_field_str(&j, "edge", card->edge_sentence);
	json_key(&j, "tree");
	put_step(&j, card, card->tree);
	put_sources(&j, card);
	json_field_str(&j, "hash", run->hash);
	json_field_bool(&j, "trial", run->is_trial);
	json_end(&j);
	json_close(&j);
	buf_char(out, '\n');
}
