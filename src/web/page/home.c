/* home.c - the first page, the help, the search, the choice of a year. */
#include "web/page/home.h"

#include "base/utf8.h"
#include "base/vec.h"
#include "core/methods/steps.h"
#include "home.view.h"
#include "store/q_home.h"
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
page_help(struct visit *v, struct reply *rp)
{
	struct shell s = shell_open(v, SECTION_none, S(N_("Справка")));

	view_help(&rp->body, &s);
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

/* A school whose name has every word of the question somewhere. */
static bool
has_every_word(struct str name, struct str asked)
{
	struct str rest = asked, word;

	while (str_split(&rest, ' ', &word)) {
		if (word.n > 0 && str_find(name, word) < 0)
			return false;
	}
	return true;
}

struct hits {
	struct arena *mem;
	struct str asked; /* folded */
	VEC(struct search_hit) found;
};

static void
offer(struct hits *h, const char *kind, struct str name, struct str more,
    struct link to)
{
	if (h->asked.n > 0 && has_every_word(text_fold(h->mem, name), h->asked))
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

		if (!list_state_parse(all[i].state, &state) ||
		    !list_is_shown_to(&v->scope.actor, state))
			continue;
		for (size_t m = 0; m < v->library->n; m++) {
			if (str_eq(v->library->methods[m]->code, title))
				title = v->library->methods[m]->short_title;
		}
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

static const struct table_column columns[] = {
    {"kind", S_INIT("Что"), TABLE_TEXT, 0, 0, {0}, {0}},
    {"code", S_INIT("Код"), TABLE_TEXT, 0, 0, {0}, {0}},
    {"name", S_INIT("Название"), TABLE_TEXT, 0, 40, {0}, {0}},
    {"address", S_INIT("Адрес"), TABLE_TEXT, 0, 30, {0}, {0}},
};

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
sure_hit(struct arena *mem, const struct view_search *s, struct str asked)
{
	for (size_t i = 0; i < s->n; i++) {
		if (s->n == 1 || str_eq(text_fold(mem, s->hits[i].name), asked))
			return &s->hits[i];
	}
	return NULL;
}

enum rc
page_search(struct visit *v, struct reply *rp)
{
	struct view_search s = {
	    .shell = shell_open(v, SECTION_none, S(N_("Поиск"))),
	    .asked = visit_query(v, S("q")),
	};
	struct hits h = {
	    .mem = v->scope.mem, .asked = text_fold(v->scope.mem, s.asked)};
	const struct search_hit *sure;
	enum rc rc = offer_schools(v, &h);

	if (rc == RC_OK)
		rc = offer_lists(v, &h);
	if (rc == RC_OK)
		rc = offer_pages(v, &h, &s.shell);
	if (rc != RC_OK)
		return rc;
	s.hits = h.found.p;
	s.n = h.found.n;
	if (v->format != AS_PAGE)
		return answer_table(v, rp, &s);
	sure = sure_hit(v->scope.mem, &s, h.asked);
	if (sure != NULL)
		return reply_see_other(v, rp, sure->to);
	view_search(&rp->body, &s);
	return RC_OK;
}
