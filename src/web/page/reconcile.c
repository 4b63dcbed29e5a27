/* reconcile.c - where our list and an order differ, and a person's word on it. */
#include "web/page/reconcile.h"

#include "base/vec.h"
#include "reconcile.view.h"
#include "web/page/pages.h"

/* To the newest order that has schools of this list, or why there is none. */
enum rc
page_run_reconcile(struct visit *v, struct reply *rp)
{
	struct view_no_order s = {
	    .may_load = may(&v->scope.actor, PERM_LOADS_MAKE) == RC_OK};
	struct q_official_latest latest;
	enum rc rc = run_read(v, &s.run);

	if (rc == RC_OK)
		rc = q_official_latest(v->scope.db, v->scope.mem,
		    v->scope.actor.municipality, s.run.method, s.run.year,
		    &latest);
	else
		return rc;
	if (rc == RC_OK)
		return reply_see_other(
		    v, rp, link_reconcile(s.run.id, latest.id));
	if (rc == RC_NOT_FOUND)
		rc = run_tabs_fill(v, &s.run, TAB_RECONCILE, &s.tabs);
	if (rc != RC_OK)
		return rc;
	s.shell = run_shell(v, &s.run, S(N_("Сверка с приказом")));
	view_no_order(&rp->body, &s);
	return RC_OK;
}

static const struct table_column columns[] = {
    {"school", S_INIT("Код"), TABLE_TEXT, 0, 10, {0}, {0}},
    {"name", S_INIT("Школа"), TABLE_TEXT, 0, 36, {0}, {0}},
    {"difference", S_INIT("Сверка"), TABLE_TEXT, 0, 22, {0}, {0}},
    {"reason", S_INIT("Решение расчёта"), TABLE_TEXT, 0, 60, {0}, {0}},
    {"basis", S_INIT("Основание в приказе"), TABLE_TEXT, 0, 40, {0}, {0}},
    {"cause", S_INIT("Причина расхождения"), TABLE_TEXT, 0, 70, {0}, {0}},
    {"note", S_INIT("Объяснение"), TABLE_TEXT, 0, 60, {0}, {0}},
};

const struct list_table reconcile_list = LIST_OF(columns);

static struct str
causes_text(struct arena *mem, const struct reconcile_line *l)
{
	struct buf b = buf_open(mem, 0);

	for (size_t i = 0; i < l->n_causes; i++)
		buf_fmt(&b, "%s%.*s", i ? " " : "", STR_ARG(l->causes[i].text));
	return buf_str(&b);
}

static enum rc
reconcile_table(
    struct visit *v, struct reply *rp, const struct reconciliation *r)
{
	const struct table_about about = {.title = S("Сверка с приказом"),
	    .made_on = v->scope.actor.today,
	    .columns = columns,
	    .n = COUNT_OF(columns)};
	struct table_out *t = table_begin(v, rp, &about, "reconciliation");

	for (size_t i = 0; i < r->n; i++) {
		const struct reconcile_line *l = &r->lines[i];

		table_out_row(t,
		    (struct table_cell[]){table_text(l->code),
			table_text(l->name),
			table_text(str_of(v->format == AS_JSON ?
					      difference_kind_codes[l->kind] :
					      difference_kind_titles[l->kind])),
			table_text(l->reason), table_text(l->basis),
			table_text(causes_text(v->scope.mem, l)),
			table_text(l->note.version ? l->note.text : S(""))});
	}
	return table_out_close(t);
}

static enum rc
has_kind(struct visit *v, official_id act, struct str kind, bool *ret)
{
	struct q_official_entry *all;
	size_t n;
	enum rc rc = q_official_entry_list(v->scope.db, v->scope.mem,
	    &v->scope.actor, v->scope.actor.municipality, act, &all, &n);

	*ret = false;
	for (size_t i = 0; rc == RC_OK && i < n; i++)
		*ret |= str_eq(all[i].kind, kind);
	return rc;
}

/* Other orders with schools of this kind for this year. */
static enum rc
read_acts(struct visit *v, struct view_reconcile *s)
{
	VEC(struct q_official) kept = {0};
	struct q_official *all;
	size_t n;
	bool is_other;
	enum rc rc = q_official_list(
	    v->scope.db, v->scope.mem, v->scope.actor.municipality, &all, &n);

	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		if (all[i].year.first != s->r.run.year.first ||
		    all[i].id.v == s->r.act.id.v)
			continue;
		rc = has_kind(v, all[i].id, s->r.run.method, &is_other);
		if (rc == RC_OK && is_other)
			*vec_push(v->scope.mem, &kept) = all[i];
	}
	s->acts = kept.p;
	s->n_acts = kept.n;
	return rc;
}

enum rc
page_reconcile(struct visit *v, struct reply *rp)
{
	struct view_reconcile s = {
	    .files = list_files(v),
	    .form = v->form.number == FORM_difference ?
			v->form :
			form_open(v->scope.mem, FORM_difference),
	    .may_explain = may(&v->scope.actor, PERM_LISTS_MAKE) == RC_OK,
	    .zone = (int32_t)v->place.zone_minutes,
	};
	enum rc rc = run_read(v, &s.r.run);

	if (rc == RC_OK)
		rc = reconcile(&v->scope, v->at.run, v->at.official, &s.r);
	/* Not this list's order: the address leads nowhere. */
	if (rc == RC_INVALID)
		rc = RC_NOT_FOUND;
	if (rc == RC_OK && !list_state_parse(s.r.run.state, &s.state))
		rc = RC_FAILED;
	if (rc != RC_OK)
		return rc;
	if (v->format != AS_PAGE)
		return reconcile_table(v, rp, &s.r);
	rc = run_tabs_fill(v, &s.r.run, TAB_RECONCILE, &s.tabs);
	if (rc == RC_OK)
		rc = read_acts(v, &s);
	if (rc != RC_OK)
		return rc;
	s.may_explain = s.may_explain && s.state < LIST_RECONCILED;
	s.may_finish = s.state == LIST_APPROVED && s.r.unexplained == 0 &&
		       may(&v->scope.actor, PERM_LISTS_MAKE) == RC_OK;
	s.shell = run_shell(v, &s.r.run, S(N_("Сверка с приказом")));
	view_reconcile(&rp->body, &s);
	return RC_OK;
}

enum rc
do_difference(struct visit *v, struct reply *rp)
{
	const struct form_difference *f = v->form.value;
	const school_id school = {f->school};
	enum rc rc = reconcile_explain(
	    &v->scope, v->at.run, v->at.official, school, f->version, f->text);

	/* Both words are shown; pressing again puts this one in its place. */
	if (rc == RC_CONFLICT) {
		diag_error(v->scope.diag, (struct place){.column = S("text")},
		    N_("Пока вы писали, это расхождение объяснили иначе (см. "
		       "выше). Сохраните ещё раз, если ваши слова должны "
		       "заменить те."));
		rp->status = 409;
		return RC_INVALID;
	}
	if (rc != RC_OK)
		return rc;
	return reply_done(v, rp, link_reconcile(v->at.run, v->at.official),
	    N_("Объяснение записано."));
}
