/* home.c - the first page, the help, the search, the choice of a year. */
#include "web/page/home.h"

#include "base/utf8.h"
#include "base/vec.h"
#include "home.view.h"
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

static const struct table_column columns[] = {
    {"code", S_INIT("Код"), TABLE_TEXT, 0, 0, {0}, {0}},
    {"name", S_INIT("Школа"), TABLE_TEXT, 0, 40, {0}, {0}},
};

static enum rc
answer_table(struct visit *v, struct reply *rp, const struct view_search *s)
{
	const struct table_about about = {
	    .title = S("Поиск"), .columns = columns, .n = COUNT_OF(columns)};
	struct table_out *t = table_begin(v, rp, &about, "search");

	for (size_t i = 0; i < s->n; i++)
		table_out_row(
		    t, (struct table_cell[]){table_text(s->schools[i].code),
			   table_text(s->schools[i].name)});
	return table_out_close(t);
}

enum rc
page_search(struct visit *v, struct reply *rp)
{
	struct view_search s = {
	    .shell = shell_open(v, SECTION_none, S(N_("Поиск"))),
	    .asked = visit_query(v, S("q")),
	};
	struct str asked = text_fold(v->scope.mem, s.asked);
	VEC(struct q_school) found = {0};
	struct q_school *all;
	size_t n;
	enum rc rc = q_school_list(v->scope.db, v->scope.mem, &v->scope.actor,
	    v->scope.actor.municipality, &all, &n);

	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < n && asked.n > 0; i++) {
		if (has_every_word(text_fold(v->scope.mem, all[i].name), asked))
			*vec_push(v->scope.mem, &found) = all[i];
	}
	s.schools = found.p;
	s.n = found.n;
	if (v->format != AS_PAGE)
		return answer_table(v, rp, &s);
	if (s.n == 1)
		return reply_see_other(v, rp, link_school(s.schools[0].id));
	view_search(&rp->body, &s);
	return RC_OK;
}
