/* orders.c - the region's orders: all, a new one, one with its schools. */
#include "web/page/orders.h"

#include "base/vec.h"
#include "core/registry/catalogue.h"
#include "core/results/staging.h"
#include "orders.view.h"
#include "web/page/loads.h"
#include "web/page/pages.h"

static const struct table_column acts[] = {
    {"act", S_INIT("№"), TABLE_INT, 0, 0, {0}, {0}},
    {"number", S_INIT("Приказ"), TABLE_TEXT, 0, 14, {0}, {0}},
    {"date", S_INIT("Дата"), TABLE_DATE, 0, 12, {0}, {0}},
    {"issuer", S_INIT("Кто издал"), TABLE_TEXT, 0, 40, {0}, {0}},
    {"title", S_INIT("О чём"), TABLE_TEXT, 0, 50, {0}, {0}},
    {"year", S_INIT("Учебный год"), TABLE_TEXT, 0, 12, {0}, {0}},
    {"schools", S_INIT("Школ"), TABLE_INT, 0, 0, {0}, {0}},
};

const struct list_table orders_list = LIST_OF(acts);

static enum rc
orders_table(struct visit *v, struct reply *rp, const struct view_orders *s)
{
	const struct table_about about = {.title = S("Приказы"),
	    .made_on = v->scope.actor.today,
	    .columns = acts,
	    .n = COUNT_OF(acts)};
	struct table_out *t = table_begin(v, rp, &about, "orders");

	for (size_t i = 0; i < s->n; i++) {
		const struct q_official *a = &s->orders[i];

		table_out_row(
		    t, (struct table_cell[]){table_int(a->id.v),
			   table_text(a->number), table_date(a->on_date),
			   table_text(a->issuer), table_text(a->title),
			   table_text(syear_ru(v->scope.mem, a->year)),
			   table_int(a->entries)});
	}
	return table_out_close(t);
}

enum rc
page_orders(struct visit *v, struct reply *rp)
{
	struct view_orders s = {
	    .files = list_files(v),
	    .form = v->form.number == FORM_order ?
			v->form :
			form_open(v->scope.mem, FORM_order),
	    .may_load = may(&v->scope.actor, PERM_LOADS_MAKE) == RC_OK,
	};
	struct q_official *all;
	enum rc rc = q_official_list(
	    v->scope.db, v->scope.mem, v->scope.actor.municipality, &all, &s.n);

	if (rc != RC_OK)
		return rc;
	s.orders = all;
	if (v->format != AS_PAGE)
		return orders_table(v, rp, &s);
	s.shell = shell_open(v, SECTION_orders, S(N_("Приказы о перечнях")));
	view_orders(&rp->body, &s);
	return RC_OK;
}

/* ---- a new one ---- */

struct official_details
order_details(const struct form_order *f)
{
	return (struct official_details){.number = f->number,
	    .on = f->on,
	    .issuer = f->issuer,
	    .title = f->title,
	    .year = {f->year == NUMBER_NONE ? 0 : (int32_t)f->year},
	    .kind = f->kind,
	    .basis = f->basis,
	    .is_exit = f->is_exit};
}

void
order_type(
    struct arena *mem, struct form *f, const struct official_details *act)
{
	form_type(f, IN_order_number, act->number);
	form_type(f, IN_order_on, date_ru(mem, act->on));
	form_type(f, IN_order_issuer, act->issuer);
	form_type(f, IN_order_title, act->title);
	if (act->year.first)
		form_type(f, IN_order_year,
		    arena_fmt(mem, "%d", (int)act->year.first));
	form_type(f, IN_order_kind, act->kind);
	form_type(f, IN_order_basis, act->basis);
	form_type(f, IN_order_is_exit, act->is_exit ? S("1") : S(""));
}

/* The draft of a load: what it would do is shown before anything is written. */
enum rc
do_order(struct visit *v, struct reply *rp)
{
	const struct form_order *f = v->form.value;
	const struct official_details act = order_details(f);
	struct vocabulary words;
	load_id draft;
	enum rc rc = official_check(&v->scope, &act);

	if (rc == RC_OK)
		rc = catalogue_read(&v->scope, &words);
	if (rc == RC_OK && f->file.bytes.n == 0)
		rc = official_stage_text(
		    &v->scope, &words, f->text, &act, &draft);
	else if (rc == RC_OK)
		rc = load_stage(v,
		    &(struct load_in){.file = &f->file, .year = act.year},
		    &(struct asked_columns){0}, &draft);
	if (rc == RC_OK && f->file.bytes.n > 0)
		rc = staging_say_order(&v->scope, draft, &act);
	if (rc == RC_CONFLICT || rc == RC_LIMIT)
		return RC_INVALID;
	if (rc != RC_OK)
		return rc;
	return reply_see_other(v, rp, link_load(draft));
}

/* ---- one ---- */

static const struct table_column entries[] = {
    {"school", S_INIT("Код"), TABLE_TEXT, 0, 10, {0}, {0}},
    {"name", S_INIT("Школа"), TABLE_TEXT, 0, 40, {0}, {0}},
    {"kind", S_INIT("Перечень"), TABLE_TEXT, 0, 14, {0}, {0}},
    {"basis", S_INIT("Основание"), TABLE_TEXT, 0, 40, {0}, {0}},
    {"leaves", S_INIT("Исключена"), TABLE_BOOL, 0, 0, {0}, {0}},
    {"written", S_INIT("Как в приказе"), TABLE_TEXT, 0, 50, {0}, {0}},
};

const struct list_table order_list = LIST_OF(entries);

static enum rc
order_table(struct visit *v, struct reply *rp, const struct view_order *s)
{
	const struct table_about about = {
	    .title = official_text(v->scope.mem, &s->act),
	    .made_on = v->scope.actor.today,
	    .columns = entries,
	    .n = COUNT_OF(entries)};
	struct table_out *t = table_begin(v, rp, &about, "order");

	for (size_t i = 0; i < s->n; i++) {
		const struct q_official_entry *e = &s->entries[i];

		table_out_row(
		    t, (struct table_cell[]){table_text(e->code),
			   table_text(e->school_name),
			   table_text(v->format == AS_JSON ?
					  e->kind :
					  official_kind_title(e->kind)),
			   table_text(e->basis), table_bool(e->is_exit),
			   table_text(e->as_written)});
	}
	return table_out_close(t);
}

/* Entries come by kind: each run of one kind is a group. */
static void
group_entries(struct view_order *s)
{
	for (size_t i = 0; i < s->n; i++) {
		struct order_group *g =
		    s->n_groups ? &s->groups[s->n_groups - 1] : NULL;

		if (!g || !str_eq(g->entries[0].kind, s->entries[i].kind)) {
			MUST(s->n_groups < COUNT_OF(s->groups));
			g = &s->groups[s->n_groups++];
			*g = (struct order_group){
			    .title = official_kind_title(s->entries[i].kind).p,
			    .entries = &s->entries[i]};
		}
		g->n++;
	}
}

/* The lists of its year and kinds, that may be laid beside it. */
static enum rc
read_runs(struct visit *v, struct view_order *s)
{
	VEC(struct order_run) runs = {0};
	struct q_run *all;
	size_t n;
	enum rc rc = q_run_list(
	    v->scope.db, v->scope.mem, v->scope.actor.municipality, &all, &n);

	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		struct order_run r = {.run = all[i].id};
		bool is_kind = false;

		for (size_t g = 0; g < s->n_groups; g++)
			is_kind |=
			    str_eq(s->groups[g].entries[0].kind, all[i].method);
		if (!is_kind || all[i].year.first != s->act.year.first)
			continue;
		if (!list_state_parse(all[i].state, &r.state))
			return RC_FAILED;
		if (r.state == LIST_DROPPED)
			continue;
		r.title = run_title(v, &all[i]);
		*vec_push(v->scope.mem, &runs) = r;
	}
	s->runs = runs.p;
	s->n_runs = runs.n;
	return rc;
}

enum rc
page_order(struct visit *v, struct reply *rp)
{
	const struct scope *sc = &v->scope;
	struct view_order s = {
	    .files = list_files(v),
	    .may_see_loads = may(&sc->actor, PERM_LOADS_READ) == RC_OK,
	    .may_reconcile = may(&sc->actor, PERM_LISTS_TRY) == RC_OK,
	};
	struct q_official_entry *all;
	enum rc rc = q_official_by_id(
	    sc->db, sc->mem, sc->actor.municipality, v->at.official, &s.act);

	if (rc == RC_OK)
		rc = q_official_entry_list(sc->db, sc->mem, &sc->actor,
		    sc->actor.municipality, v->at.official, &all, &s.n);
	if (rc != RC_OK)
		return rc;
	s.entries = all;
	if (v->format != AS_PAGE)
		return order_table(v, rp, &s);
	group_entries(&s);
	if (s.may_reconcile)
		rc = read_runs(v, &s);
	if (rc != RC_OK)
		return rc;
	s.shell = shell_open(v, SECTION_orders,
	    arena_fmt(sc->mem, "Приказ № %.*s от %.*s", STR_ARG(s.act.number),
		STR_ARG(date_ru(sc->mem, s.act.on_date))));
	shell_crumb(&s.shell, S(N_("Приказы о перечнях")), link_orders());
	view_order(&rp->body, &s);
	return RC_OK;
}
