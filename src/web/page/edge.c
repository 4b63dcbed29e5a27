/* edge.c - which schools may come on the next list, or leave it, by one result? */
#include "web/page/edge.h"

#include "core/registry/catalogue.h"
#include "edge.view.h"
#include "web/page/pages.h"
#include "web/page/runs.h"

static const struct table_column columns[] = {
    {"school", S_INIT("Код"), TABLE_TEXT, 0, 10, {0}, {0}},
    {"name", S_INIT("Школа"), TABLE_TEXT, 0, 40, {0}, {0}},
    {"status", S_INIT("Сейчас"), TABLE_TEXT, 0, 16, {0}, {0}},
    {"enter", S_INIT("Окажется в перечне, если"), TABLE_TEXT, 0, 70, {0}, {0}},
    {"leave", S_INIT("Выйдет, если"), TABLE_TEXT, 0, 70, {0}, {0}},
};

const struct list_table edge_list = LIST_OF(columns);

static enum rc
edge_table(struct visit *v, struct reply *rp, const struct view_edge *s)
{
	const struct table_about about = {.title = S("На границе"),
	    .made_on = v->scope.actor.today,
	    .columns = columns,
	    .n = COUNT_OF(columns)};
	struct table_out *t = table_begin(v, rp, &about, "edge");

	for (size_t i = 0; i < s->list.n; i++) {
		const struct edge_line *l = &s->list.lines[i];

		table_out_row(t,
		    (struct table_cell[]){table_text(l->line->school->code),
			table_text(l->line->school->name),
			table_text(str_of(
			    v->format == AS_JSON ?
				method_status_codes[l->line->verdict.status] :
				status_word(l->line->verdict.status))),
			table_text(l->enter), table_text(l->leave)});
	}
	return table_out_close(t);
}

enum rc
page_edge(struct visit *v, struct reply *rp)
{
	struct scope *sc = &v->scope;
	struct view_edge s = {.files = list_files(v)};
	struct vocabulary words;
	struct run run;
	enum rc rc = run_read(v, &s.run);

	if (rc == RC_OK && run_is_index(v, &s.run))
		rc = RC_NOT_FOUND;
	if (rc == RC_OK)
		rc = catalogue_read(sc, &words);
	if (rc == RC_OK)
		rc = run_reopen(sc, &words, v->at.run, &s.run, &run);
	if (rc == RC_OK)
		rc = edge_list_make(sc, &run, &s.list);
	if (rc == RC_OK)
		rc = run_tabs_fill(v, &s.run, TAB_EDGE, &s.tabs);
	if (rc != RC_OK)
		return rc;
	if (v->format != AS_PAGE)
		return edge_table(v, rp, &s);
	s.next = syear_plus(s.run.year, 1);
	s.shell = run_shell(v, &s.run, S(N_("На границе")));
	view_edge(&rp->body, &s);
	return RC_OK;
}
