/* trial.c - what if the method's settings were other: the box below a list. */
#include "base/buf.h"
#include "core/registry/catalogue.h"
#include "web/page/runs.h"
#include "web/page/runs_own.h"

static struct str
shown_value(struct arena *mem, const struct method_setting *s)
{
	struct ratio percent;

	if (s->is_share && ratio_mul(s->value, ratio_int(100), &percent))
		return ratio_exact(mem, percent);
	return ratio_exact(mem, s->value);
}

/* The settings as typed; a wrong one has its reason beside it. */
static void
read_settings(struct visit *v, const struct method *m, struct trial *t,
    struct method_choice *choice)
{
	struct arena *mem = v->scope.mem;

	for (size_t i = 0; i < m->n_settings && i < COUNT_OF(t->settings);
	     i++) {
		const struct method_setting *s = &m->settings[i];
		struct setting_view *view = &t->settings[t->n_settings++];
		struct diag d = diag_open(mem, 4);
		struct str typed;

		view->name = arena_fmt(mem, "set-%.*s", STR_ARG(s->name));
		view->title = s->title;
		view->default_value = shown_value(mem, s);
		typed = visit_query(v, view->name);
		view->value = typed.n > 0 ? typed : view->default_value;
		if (typed.n == 0)
			continue;
		t->is_asked = true;
		if (s->is_share && str_find_char(typed, '%') < 0)
			typed = arena_fmt(mem, "%.*s %%", STR_ARG(typed));
		if (method_set_value(choice, m, s->name, typed, &d) != RC_OK)
			view->reason =
			    d.n > 0 ? d.all[0].text : S(N_("Так не бывает."));
	}
}

static bool
has_fault(const struct trial *t)
{
	for (size_t i = 0; i < t->n_settings; i++) {
		if (t->settings[i].reason.n > 0)
			return true;
	}
	return false;
}

static struct str
decision(struct arena *mem, const struct run_line *line)
{
	if (line == NULL)
		return S("");
	if (line->holding.n == 0)
		return str_of(status_word(line->verdict.status));
	return arena_fmt(mem, "%s (%.*s)", status_word(line->verdict.status),
	    STR_ARG(line->holding));
}

static void
take_differences(struct visit *v, struct view_run *s, const struct run *was,
    const struct run *now)
{
	struct trial *t = &s->trial;
	struct arena *mem = v->scope.mem;
	struct run_difference *all;
	size_t n;

	run_compare(mem, was, now, &all, &n);
	struct difference_view *views =
	    arena_new(mem, struct difference_view, n + 1);
	for (size_t i = 0; i < n; i++) {
		const struct run_line *line =
		    all[i].after ? all[i].after : all[i].before;

		views[i] = (struct difference_view){.name = line->school->name,
		    .card = link_card(v->at.run, line->school->id),
		    .was = decision(mem, all[i].before),
		    .becomes = decision(mem, all[i].after),
		    .why = line->reason};
	}
	t->differences = views;
	t->n = n;
	t->listed = now->counts[METHOD_LISTED];
	t->listed_before = was->counts[METHOD_LISTED];
	t->is_done = true;
}

enum rc
trial_fill(struct visit *v, struct view_run *s)
{
	struct scope *sc = &v->scope;
	struct vocabulary words;
	struct method_choice choice;
	struct run was, now;
	struct q_run row;
	enum rc rc;

	if (s->list.method == NULL || !v->scope.actor.sees_all)
		return RC_OK;
	choice = method_default(sc->mem, s->list.method);
	read_settings(v, s->list.method, &s->trial, &choice);
	if (!s->trial.is_asked || has_fault(&s->trial))
		return RC_OK;
	rc = catalogue_read(sc, &words);
	if (rc == RC_OK)
		rc = run_reopen(sc, &words, v->at.run, &row, &was);
	if (rc == RC_OK)
		rc = run_compute(sc, was.method, &choice, &was.inputs, &now);
	if (rc != RC_OK)
		return rc;
	take_differences(v, s, &was, &now);
	return RC_OK;
}
