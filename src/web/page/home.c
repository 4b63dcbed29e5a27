/* home.c - the first page, the search, the choice of a year. */
#include "web/page/home.h"

#include "base/utf8.h"
#include "base/vec.h"
#include "core/methods/steps.h"
#include "home.view.h"
#include "lang/stem.h"
#include "store/q_home.h"
#include "store/q_results.h"
#include "store/q_room_official.h"
#include "web/page/help.h"
#include "web/page/pages.h"
#include "web/table.h"

enum rc
page_home(struct visit *v, struct reply *rp)
{
	struct shell s = shell_open(v, SECTION_none, S(N_("Главная")));

	if (actor_reach(&v->scope.actor, PERM_RESULTS_READ) == REACH_ALL)
		return reply_see_other(v, rp, link_overview());
	if (may(&v->scope.actor, PERM_PEOPLE_MANAGE) != RC_OK)
		return reply_see_other(v, rp, link_work());
	view_home(&rp->body, &s);
	return RC_OK;
}

enum rc
page_choose_year(struct visit *v, struct reply *rp)
{
	struct str said = arena_fmt(v->scope.mem, "%d", v->year.first);
	struct link back = link_back(v->scope.mem, visit_query(v, S("back")));

	reply_header(rp, "Set-Cookie",
	    arena_fmt(v->scope.mem, "year=%.*s; Path=/; HttpOnly; SameSite=Lax",
		STR_ARG(said)));
	return reply_see_other(v, rp, back);
}

struct hits {
	struct arena *mem;
	struct stemmer *stemmer;
	struct str asked; /* as stemmer_text() makes it */
	VEC(struct search_hit) found;
};

static void
offer(struct hits *h, const char *kind, struct str name, struct str more,
    struct link to)
{
	if (h->found.n < SEARCH_MOST &&
	    stems_have(stemmer_text(h->stemmer, name), h->asked))
		*vec_push(h->mem, &h->found) =
		    (struct search_hit){kind, name, more, to};
}

static enum rc
offer_schools(struct visit *v, struct hits *h)
{
	struct q_school *all;
	size_t n;
	enum rc rc = q_school_list(v->scope.db, v->scope.mem, &v->scope.actor,
	    v->scope.actor.municipality, &all, &n);

	for (size_t i = 0; rc == RC_OK && i < n; i++)
		offer(h, N_("школа"), all[i].name, all[i].code,
		    link_school(all[i].id));
	return rc;
}

static enum rc
offer_lists(struct visit *v, struct hits *h)
{
	struct q_run *all;
	size_t n;
	enum rc rc;

	if (may(&v->scope.actor, PERM_LISTS_READ) != RC_OK)
		return RC_OK;
	rc = q_run_list(
	    v->scope.db, v->scope.mem, v->scope.actor.municipality, &all, &n);
	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		enum list_state state;
		struct str title = all[i].method;
		const struct method *m;

		if (!list_state_parse(all[i].state, &state) ||
		    !list_is_shown_to(&v->scope.actor, state))
			continue;
		m = library_newest(visit_library(v), title);
		if (m != NULL)
			title = m->short_title;
		offer(h, N_("перечень"),
		    arena_fmt(h->mem, "Перечень %.*s %.*s № %lld",
			STR_ARG(title), STR_ARG(syear_ru(h->mem, all[i].year)),
			(long long)all[i].id.v),
		    str_of(list_states[state].title), link_run(all[i].id));
	}
	return rc;
}

/* Sections of the side and filters kept under a name. */
static enum rc
offer_pages(struct visit *v, struct hits *h, const struct shell *shell)
{
	struct q_saved_view *views;
	size_t n;
	enum rc rc = q_view_list(v->scope.db, v->scope.mem,
	    v->scope.actor.municipality, v->scope.actor.person, &views, &n);

	for (size_t g = 0; g < shell->n_groups; g++) {
		for (size_t i = 0; i < shell->groups[g].n; i++)
			offer(h, N_("раздел"),
			    str_of(shell->groups[g].items[i].title), S(""),
			    shell->groups[g].items[i].to);
	}
	for (size_t i = 0; rc == RC_OK && i < n; i++)
		offer(h, N_("вид"), views[i].name, views[i].page,
		    link_back(h->mem,
			arena_fmt(h->mem, "%.*s?%.*s", STR_ARG(views[i].page),
			    STR_ARG(views[i].query))));
	return rc;
}

/* Pages of the manual and their sections. */
static enum rc
offer_manual(struct visit *v, struct hits *h)
{
	size_t n;
	const struct manual_page *pages = manual_list(&n);

	for (size_t i = 1; i < n; i++) {
		const struct manual_page *p = &pages[i];
		struct str name = str_of(p->name);

		offer(h, N_("справка"), str_of(p->title), S(""),
		    link_manual(h->mem, name, S("")));
		for (size_t s = 0; s < p->n; s++)
			offer(h, N_("справка"), str_of(p->sections[s].title),
			    str_of(p->title),
			    link_manual(
				h->mem, name, str_of(p->sections[s].anchor)));
	}
	return RC_OK;
}

/* ---- plans and papers ---- */

static enum rc
offer_plans(struct visit *v, struct hits *h)
{
	struct q_plan_title *plans;
	struct q_measure_title *measures;
	struct q_evidence_title *papers;
	struct scope *sc = &v->scope;
	municipality_id m = sc->actor.municipality;
	size_t n;
	enum rc rc = may(&sc->actor, PERM_PLANS_READ);

	if (rc != RC_OK)
		return RC_OK;
	rc = q_plan_title(sc->db, sc->mem, &sc->actor, m, &plans, &n);
	for (size_t i = 0; rc == RC_OK && i < n; i++)
		offer(h, N_("план"), plans[i].title, plans[i].school_name,
		    link_plan(plans[i].id));
	if (rc == RC_OK)
		rc = q_measure_title(
		    sc->db, sc->mem, &sc->actor, m, &measures, &n);
	for (size_t i = 0; rc == RC_OK && i < n; i++)
		offer(h, N_("мероприятие"),
		    arena_fmt(h->mem, "%.*s %.*s", STR_ARG(measures[i].number),
			STR_ARG(measures[i].title)),
		    measures[i].plan_title, link_measure(measures[i].id));
	if (rc == RC_OK)
		rc = q_evidence_title(
		    sc->db, sc->mem, &sc->actor, m, &papers, &n);
	for (size_t i = 0; rc == RC_OK && i < n; i++)
		offer(h, N_("подтверждение"),
		    arena_fmt(h->mem, "%.*s %.*s %.*s",
			STR_ARG(papers[i].title), STR_ARG(papers[i].number),
			STR_ARG(papers[i].file_name)),
		    papers[i].school_name, link_task(papers[i].task));
	return rc;
}

static enum rc
offer_orders(struct visit *v, struct hits *h)
{
	struct q_official *orders;
	struct scope *sc = &v->scope;
	size_t n;
	enum rc rc = may(&sc->actor, PERM_LISTS_READ);

	if (rc != RC_OK)
		return RC_OK;
	rc = q_official_list(
	    sc->db, sc->mem, sc->actor.municipality, &orders, &n);
	for (size_t i = 0; rc == RC_OK && i < n; i++)
		offer(h, N_("приказ"),
		    arena_fmt(h->mem, "Приказ № %.*s от %.*s %.*s",
			STR_ARG(orders[i].number),
			STR_ARG(date_ru(h->mem, orders[i].on_date)),
			STR_ARG(orders[i].title)),
		    orders[i].issuer, link_order(orders[i].id));
	return rc;
}

static enum rc
offer_loads(struct visit *v, struct hits *h)
{
	struct q_load *loads;
	struct scope *sc = &v->scope;
	size_t n;
	enum rc rc = may(&sc->actor, PERM_LOADS_READ);

	if (rc != RC_OK)
		return RC_OK;
	rc = q_load_list(sc->db, sc->mem, sc->actor.municipality, &loads, &n);
	for (size_t i = 0; rc == RC_OK && i < n; i++)
		offer(h, N_("загрузка"), loads[i].file_name, loads[i].profile,
		    link_load(loads[i].id));
	return rc;
}

static const struct table_column columns[] = {
    {"kind", S_INIT("Что"), TABLE_TEXT, 0, 0, {0}, {0}},
    {"code", S_INIT("Код"), TABLE_TEXT, 0, 0, {0}, {0}},
    {"name", S_INIT("Название"), TABLE_TEXT, 0, 40, {0}, {0}},
    {"address", S_INIT("Адрес"), TABLE_TEXT, 0, 30, {0}, {0}},
};

const struct list_table search_list = LIST_OF(columns);

static enum rc
answer_table(struct visit *v, struct reply *rp, const struct view_search *s)
{
	const struct table_about about = {
	    .title = S("Поиск"), .columns = columns, .n = COUNT_OF(columns)};
	struct table_out *t = table_begin(v, rp, &about, "search");

	for (size_t i = 0; i < s->n; i++)
		table_out_row(t,
		    (struct table_cell[]){table_text(str_of(s->hits[i].kind)),
			table_text(s->hits[i].more),
			table_text(s->hits[i].name),
			table_text(link_text(v->scope.mem, s->hits[i].to))});
	return table_out_close(t);
}

/* The only hit, or the one called exactly so. */
static const struct search_hit *
sure_hit(struct arena *mem, const struct view_search *s)
{
	struct str asked = text_fold(mem, s->asked);

	for (size_t i = 0; i < s->n; i++) {
		if (s->n == 1 || str_eq(text_fold(mem, s->hits[i].name), asked))
			return &s->hits[i];
	}
	return NULL;
}

static enum rc
find(struct visit *v, struct view_search *s)
{
	autostemmer stemmer = stemmer_open(v->scope.mem);
	struct hits h = {.mem = v->scope.mem,
	    .stemmer = &stemmer,
	    .asked = stemmer_text(&stemmer, s->asked)};

	static enum rc (*const kinds[])(struct visit *, struct hits *) = {
	    offer_schools, offer_lists, offer_plans, offer_orders, offer_loads,
	    offer_manual};
	enum rc rc = RC_OK;

	if (h.asked.n > 0)
		rc = offer_pages(v, &h, &s->shell);
	for (size_t i = 0; rc == RC_OK && h.asked.n > 0 && i < COUNT_OF(kinds);
	     i++)
		rc = kinds[i](v, &h);
	s->hits = h.found.p;
	s->n = h.found.n;
	s->is_full = h.found.n == SEARCH_MOST;
	return rc;
}

enum rc
page_search(struct visit *v, struct reply *rp)
{
	struct view_search s = {
	    .shell = shell_open(v, SECTION_none, S(N_("Поиск"))),
	    .asked = visit_query(v, S("q")),
	};
	const struct search_hit *sure;
	enum rc rc = find(v, &s);

	if (rc != RC_OK)
		return rc;
	if (v->format != AS_PAGE)
		return answer_table(v, rp, &s);
	sure = sure_hit(v->scope.mem, &s);
	if (sure != NULL)
		return reply_see_other(v, rp, sure->to);
	view_search(&rp->body, &s);
	return RC_OK;
}
