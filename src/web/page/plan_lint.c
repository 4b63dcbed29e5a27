/* plan_lint.c - what is wrong with this plan, beside the rows it is said of? */
#include "plan_check.view.h"
#include "web/page/pages.h"
#include "web/page/plan_check.h"

enum { ALL, ERRORS, WARNINGS, NOTES };

static const struct filter_choice choices[] = {
    [ALL] = {"", N_("Все")},
    [ERRORS] = {"errors", N_("Ошибки")},
    [WARNINGS] = {"warnings", N_("Внимание")},
    [NOTES] = {"notes", N_("Заметки")},
};

static uint32_t
belongs(enum severity s)
{
	return s == SEV_ERROR   ? 1U << ERRORS :
	       s == SEV_WARNING ? 1U << WARNINGS :
				  1U << NOTES;
}

const char *
severity_kind(enum severity s)
{
	return s == SEV_ERROR ? "bad" : s == SEV_WARNING ? "warn" : "none";
}

const char *
severity_icon(enum severity s)
{
	return s == SEV_ERROR ? "over" : s == SEV_WARNING ? "soon" : "info";
}

static const struct table_column columns[] = {
    {"severity", S_INIT("Важность"), TABLE_TEXT, 0, 12, {0}, {0}},
    {"rule", S_INIT("Правило"), TABLE_TEXT, 0, 20, {0}, {0}},
    {"places", S_INIT("Где"), TABLE_TEXT, 0, 36, {0}, {0}},
    {"text", S_INIT("Что"), TABLE_TEXT, 0, 60, {0}, {0}},
    {"detail", S_INIT("Слова"), TABLE_TEXT, 0, 40, {0}, {0}},
    {"hint", S_INIT("Что сделать"), TABLE_TEXT, 0, 50, {0}, {0}},
};

const struct list_table plan_lint_list = LIST_OF(columns);

static enum rc
answer_table(struct visit *v, struct reply *rp, const struct view_plan_lint *s)
{
	const struct table_about about = {.title = S("Проверка плана"),
	    .made_on = v->scope.actor.today,
	    .columns = columns,
	    .n = COUNT_OF(columns)};
	struct table_out *t = table_begin(v, rp, &about, "check");

	for (size_t i = 0; i < s->n; i++) {
		const struct lint_finding *f = s->shown[i];
		const struct lint_rule *r = f->rule;

		table_out_row(t,
		    (struct table_cell[]){
			table_text(str_of(lint_severity_title(r->severity))),
			table_text(str_of(r->code)),
			table_text(lint_places(v->scope.mem, f)),
			table_text(str_of(r->sentence)), table_text(f->detail),
			table_text(r->hint ? str_of(r->hint) : S(""))});
	}
	return table_out_close(t);
}

enum rc
page_plan_lint(struct visit *v, struct reply *rp)
{
	struct view_plan_lint s = {.files = list_files(v),
	    .filter = filter_open(v, "show", choices, COUNT_OF(choices))};
	enum rc rc = plan_load(&v->scope, v->at.plan, &s.plan);

	if (rc == RC_OK)
		rc = plan_lint_kept(&v->scope, &s.plan, &s.found);
	if (rc != RC_OK)
		return rc;
	s.shown =
	    arena_new(v->scope.mem, const struct lint_finding *, s.found.n + 1);
	for (size_t i = 0; i < s.found.n; i++) {
		uint32_t bits = belongs(s.found.all[i].rule->severity);

		filter_count(&s.filter, bits);
		if (filter_lets(&s.filter, bits))
			s.shown[s.n++] = &s.found.all[i];
	}
	if (v->format != AS_PAGE)
		return answer_table(v, rp, &s);
	s.shell = shell_open(v, SECTION_plans, S(N_("Проверка плана")));
	shell_crumb(&s.shell, S(N_("Дорожные карты")), link_plans());
	shell_crumb(&s.shell, s.plan.head.title, link_plan(v->at.plan));
	view_plan_lint(&rp->body, &s);
	return RC_OK;
}
