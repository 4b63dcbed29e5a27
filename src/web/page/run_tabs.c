/* run_tabs.c - what stands around every page of one list? */
#include "web/page/run_tabs.h"

#include "base/utf8.h"
#include "core/methods/official.h"
#include "core/methods/steps.h"
#include "store/q_room.h"

bool
run_is_index(const struct visit *v, const struct q_run *run)
{
	return library_newest(visit_library(v), run->method) == NULL;
}

struct str
run_short_title(const struct visit *v, struct str code)
{
	const struct method *m = library_newest(visit_library(v), code);

	return m != NULL && m->short_title.n > 0 ? m->short_title :
						   official_kind_title(code);
}

/* "ШНОР" stands as it is, "рисковые школы" in quotation marks. */
struct str
run_title(const struct visit *v, const struct q_run *run)
{
	struct arena *mem = v->scope.mem;
	struct str title = run_short_title(v, run->method);
	bool is_words = !str_eq(title, text_capital(mem, title));

	return arena_fmt(mem, "Перечень %s%.*s%s на %.*s уч. г.",
	    is_words ? "«" : "", STR_ARG(title), is_words ? "»" : "",
	    STR_ARG(syear_ru(mem, run->year)));
}

enum rc
run_read(struct visit *v, struct q_run *ret)
{
	enum list_state state;
	struct q_run run;
	enum rc rc = q_run_by_id(v->scope.db, v->scope.mem,
	    v->scope.actor.municipality, v->at.run, &run);

	if (rc != RC_OK)
		return rc;
	if (!list_state_parse(run.state, &state))
		return RC_FAILED;
	if (!list_is_shown_to(&v->scope.actor, state))
		return RC_NOT_FOUND;
	*ret = run;
	return RC_OK;
}

enum rc
run_tabs_fill(struct visit *v, const struct q_run *run, enum run_tab current,
    struct run_tabs *ret)
{
	struct run_tabs tabs = {.run = run->id, .current = current};
	struct q_objection *all;
	size_t n;
	enum rc rc = q_objection_of_run(v->scope.db, v->scope.mem,
	    &v->scope.actor, v->scope.actor.municipality, run->id, &all, &n);

	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < n; i++)
		tabs.open += str_eq(all[i].state, S("open"));
	tabs.may_reconcile = may(&v->scope.actor, PERM_LISTS_TRY) == RC_OK;
	tabs.may_edge = tabs.may_reconcile && !run_is_index(v, run);
	*ret = tabs;
	return RC_OK;
}

struct shell
run_shell(const struct visit *v, const struct q_run *run, struct str title)
{
	struct shell s = shell_open(v, SECTION_runs, title);

	shell_crumb(&s, S(N_("Перечни")), link_runs());
	shell_crumb(&s, run_title(v, run), link_run(run->id));
	return s;
}
