/* plan_templates.c - templates of plans, and a draft out of one. */
#include "core/plans/plan_templates.h"

#include <stdio.h>

#include "base/embedded.h"
#include "base/tsv.h"
#include "core/plans/plan_own.h"
#include "core_data.h"

enum { COL_WHAT, COL_KIND, COL_TEXT };

static const char *const files[] = {
    "short", "results", "schools", "reports", "programme"};

static void
take_line(const struct tsv *t, struct plan_template *to)
{
	struct str what = t->cells[COL_WHAT], text = t->cells[COL_TEXT];

	if (str_eq(what, S("name")))
		to->name = text;
	else if (str_eq(what, S("about")))
		to->about = text;
	else if (str_eq(what, S("columns")))
		to->columns = text;
	else if (str_eq(what, S("title")))
		to->title = text;
	else if (str_eq(what, S("section"))) {
		MUST(to->n < TEMPLATE_SECTIONS_MOST);
		to->sections[to->n++] =
		    (struct plan_template_section){t->cells[COL_KIND], text};
	}
}

static struct plan_template
read_template(const char *code)
{
	struct plan_template made = {.code = str_of(code)};
	char name[64];

	snprintf(name, sizeof name, "plan-templates/%s.tsv", code);
	const struct embedded *f = embedded_find(&core_data, str_of(name));
	MUST(f);
	struct tsv t = tsv_open(f->bytes);
	while (tsv_next(&t))
		take_line(&t, &made);
	return made;
}

size_t
plan_templates(struct plan_template ret[TEMPLATES_MOST])
{
	for (size_t i = 0; i < COUNT_OF(files); i++)
		ret[i] = read_template(files[i]);
	return COUNT_OF(files);
}

bool
plan_template_find(struct str code, struct plan_template *ret)
{
	for (size_t i = 0; i < COUNT_OF(files); i++)
		if (str_eq(code, str_of(files[i]))) {
			*ret = read_template(files[i]);
			return true;
		}
	return false;
}

static enum rc
add_sections(struct scope *sc, plan_id plan, const struct plan_template *t)
{
	struct q_plan_section_add made;
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < t->n; i++)
		rc = q_plan_section_add(sc->db, sc->mem,
		    &(struct q_plan_section_add_in){
			.municipality = sc->actor.municipality,
			.plan = plan,
			.position = (int64_t)i + 1,
			.kind = t->sections[i].kind,
			.number = S(""),
			.title = t->sections[i].title},
		    &made);
	return rc;
}

enum rc
plan_from_template(struct scope *sc, const struct plan_new *head,
    struct str code, plan_id *ret)
{
	struct plan_template t;
	struct plan_new p = *head;
	plan_id made;
	autotx tx = {0};
	enum rc rc;

	if (!plan_template_find(code, &t)) {
		diag_error(sc->diag, (struct place){.column = S("template")},
		    N_("Такого шаблона нет."));
		return RC_INVALID;
	}
	if (!p.columns.n)
		p.columns = t.columns;
	rc = tx_begin(sc->db, &tx);
	if (rc == RC_OK)
		rc = plan_insert(sc, &p,
		    arena_fmt(sc->mem, "шаблон: %.*s", STR_ARG(t.name)), S(""),
		    (plan_id){0}, &made);
	if (rc == RC_OK)
		rc = add_sections(sc, made, &t);
	if (rc == RC_OK)
		rc = tx_commit(&tx);
	if (rc == RC_OK)
		*ret = made;
	return rc;
}
