/* plan_json.c - a recognised plan as scripts get it. */
#include "core/plans/deadline_json.h"
#include "core/plans/plan_reading.h"

static void
put_span(struct json *j, const char *key, struct day_span span)
{
	if (date_is_none(span.from)) {
		json_field_null(j, key);
		return;
	}
	json_key(j, key);
	json_begin_object(j);
	json_field_date(j, "from", span.from);
	json_field_date(j, "to", span.to);
	json_end(j);
}

static void
put_tables(struct json *j, const struct plan_reading *p)
{
	static const char *const kinds[] = {
	    [TABLE_MEASURES] = "measures",
	    [TABLE_MECHANISMS] = "mechanisms",
	    [TABLE_POINTS] = "control_points",
	    [TABLE_PEOPLE] = "people",
	    [TABLE_OTHER] = "other",
	};

	json_key(j, "tables");
	json_begin_array(j);
	for (size_t i = 0; i < p->tables.n; i++) {
		const struct plan_table *t = &p->tables.p[i];
		json_begin_object(j);
		json_field_str(j, "title", t->title);
		json_field_str(j, "kind", str_of(kinds[t->kind]));
		put_span(j, "period", t->period);
		json_key(j, "header");
		json_begin_array(j);
		for (size_t c = 0; c < t->n_headings; c++)
			json_put_str(j, t->headings[c].text);
		json_end(j);
		json_end(j);
	}
	json_end(j);
}

static struct str
section_title(const struct plan_reading *p, const struct plan_measure *m)
{
	return m->section == NO_SECTION ? p->tables.p[m->table].title :
					  p->sections.p[m->section].title;
}

static void
put_responsibles(struct json *j, const struct responsibles *r)
{
	json_key(j, "responsible");
	json_begin_array(j);
	for (size_t i = 0; i < r->n; i++)
		json_put_str(j, r->all[i].text);
	json_end(j);
}

static void
put_parsed(struct json *j, struct str number, struct str phrase,
    const struct deadline *d)
{
	json_field_str(j, "deadline", phrase);
	json_key(j, "parsed");
	deadline_json(j, number, phrase, d);
}

static void
put_measure(
    struct json *j, const struct plan_reading *p, const struct plan_measure *m)
{
	json_begin_object(j);
	json_field_str(j, "table", p->tables.p[m->table].title);
	json_field_str(j, "section", section_title(p, m));
	json_field_str(j, "number", m->number);
	json_field_str(j, "title", m->title);
	json_field_str(j, "school_part", m->school_part);
	put_parsed(j, m->number, m->deadline, &m->parsed);
	put_responsibles(j, &m->responsible);
	json_field_str(j, "result", m->result);
	json_field_str(j, "indicator", m->indicator);
	json_field_str(j, "report_form", m->report_form);
	json_field_str(j, "mark", m->mark);
	json_field_str(j, "note", m->note);
	json_end(j);
}

static void
put_orders(struct json *j, const struct plan_reading *p)
{
	json_key(j, "orders");
	json_begin_array(j);
	for (size_t i = 0; i < p->clauses.n; i++) {
		const struct plan_clause *c = &p->clauses.p[i];
		if (c->kind != CLAUSE_TASK)
			continue;
		json_begin_object(j);
		json_field_str(j, "number", c->number);
		json_field_str(j, "title", c->title);
		json_field_str(j, "addressee", c->addressee);
		put_parsed(j, c->number, c->deadline, &c->parsed);
		put_responsibles(j, &c->responsible);
		json_end(j);
	}
	json_end(j);
}

static void
put_people(struct json *j, const struct plan_reading *p)
{
	json_key(j, "people");
	json_begin_array(j);
	for (size_t i = 0; i < p->people.n; i++) {
		const struct plan_person *who = &p->people.p[i];
		json_begin_object(j);
		json_field_str(j, "number", who->number);
		json_field_str(j, "name", who->name);
		json_field_str(j, "post", who->post);
		json_field_str(j, "area", who->area);
		json_end(j);
	}
	json_end(j);
}

static void
put_remarks(
    struct json *j, const char *key, const struct plan_remark *all, size_t n)
{
	json_key(j, key);
	json_begin_array(j);
	for (size_t i = 0; i < n; i++) {
		json_begin_object(j);
		json_field_str(
		    j, "place", plan_place_text(j->out->mem, all[i].at));
		json_field_str(j, "text", all[i].text);
		json_end(j);
	}
	json_end(j);
}

void
plan_reading_json(const struct plan_reading *p, struct buf *out)
{
	struct json j = json_open(out);

	json_begin_object(&j);
	json_field_str(&j, "title", p->title);
	put_span(&j, "period", p->period);
	json_field_date(&j, "ordered", p->ordered);
	put_tables(&j, p);
	json_key(&j, "sections");
	json_begin_array(&j);
	for (size_t i = 0; i < p->sections.n; i++)
		json_put_str(&j, p->sections.p[i].title);
	json_end(&j);
	json_key(&j, "measures");
	json_begin_array(&j);
	for (size_t i = 0; i < p->measures.n; i++)
		put_measure(&j, p, &p->measures.p[i]);
	json_end(&j);
	json_key(&j, "control_points");
	json_begin_array(&j);
	for (size_t i = 0; i < p->points.n; i++)
		put_measure(&j, p, &p->points.p[i]);
	json_end(&j);
	put_orders(&j, p);
	put_people(&j, p);
	put_remarks(&j, "warnings", p->warnings.p, p->warnings.n);
	put_remarks(&j, "left_out", p->leftovers.p, p->leftovers.n);
	json_end(&j);
	json_close(&j);
}
