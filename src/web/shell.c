/* shell.c - what stands around a page for this person? */
#include "web/shell.h"

#include "store/q_home.h"
#include "web/page/pages.h"

enum { YEARS_BACK = 5 };

static const struct {
	const char *group;
	const char *title;
	struct link (*to)(void);
	enum perm right;
} sections[SECTION_COUNT] = {

#define SECTION(name, group, title, link, right) {group, title, link, right},
#include "web/sections.def"
#undef SECTION
};

static void
fill_sections(struct shell *s, const struct visit *v, enum section current)
{
	const char *group = "";

	for (enum section i = 0; i < SECTION_COUNT; i++) {
		struct nav_group *g;

		if (may(&v->scope.actor, sections[i].right) != RC_OK)
			continue;
		if (!str_eq(str_of(group), str_of(sections[i].group))) {
			group = sections[i].group;
			MUST(s->n_groups < COUNT_OF(s->groups));
			s->groups[s->n_groups++].title = group;
		}
		g = &s->groups[s->n_groups - 1];
		MUST(g->n < COUNT_OF(g->items));
		g->items[g->n++] = (struct nav_item){
		    sections[i].title, sections[i].to(), i == current, 0};
	}
}

/* This year first: people look at what is now. */
static void
fill_years(struct shell *s, const struct visit *v)
{
	struct syear now = syear_of(v->scope.actor.today);

	for (int back = -1; back < YEARS_BACK; back++) {
		struct syear y = syear_plus(now, -back);

		s->years[s->n_years++] =
		    (struct year_choice){y, y.first == v->year.first};
	}
}

/* The named filters of this very list. */
static void
fill_views(struct shell *s, const struct visit *v)
{
	struct arena *mem = v->scope.mem;
	struct view_choice *views;

	s->is_list = (v->route->flags & ROUTE_LIST) && v->rq->method == GET;
	s->may_share = may(&v->scope.actor, PERM_VIEWS_SHARE) == RC_OK;
	s->page = v->rq->path;
	s->query = v->rq->query;
	views = arena_new(mem, struct view_choice, v->n_views + 1);
	for (size_t i = 0; i < v->n_views; i++) {
		const struct q_saved_view *w = &v->views[i];
		bool is_own = w->person.v == v->scope.actor.person.v;

		if (!str_eq(w->page, s->page))
			continue;
		views[s->n_views++] = (struct view_choice){w->name,
		    link_back(mem, w->query.n == 0 ? w->page :
						     arena_fmt(mem, "%.*s?%.*s",
							 STR_ARG(w->page),
							 STR_ARG(w->query))),
		    is_own ? S("") : w->person_name, w->id, is_own};
	}
	s->views = views;
}

/* The object this page shows, by the beginning of its address. */
static struct link
history_of(const struct visit *v)
{
	struct str path = str_of(v->route->path);

	if (str_eq(path, S("/schools/{school}")))
		return link_school_history(v->at.school);
	if (str_eq(path, S("/runs/{run}")))
		return link_run_history(v->at.run);
	if (str_eq(path, S("/loads/{load}")))
		return link_load_history(v->at.load);
	if (str_eq(path, S("/people/{person}")))
		return link_person_history(v->at.person);
	return (struct link){0};
}

static const struct {
	page *page;
	struct str name, section;
} helps[] = {

#define HELP(page, name, section) {page, S_INIT(name), S_INIT(section)},
#include "web/help.def"
#undef HELP
};

/* The part of the manual about this page; the contents where there is none. */
static struct link
help_of(const struct visit *v)
{
	for (size_t i = 0; v->route != NULL && i < COUNT_OF(helps); i++) {
		if (helps[i].name.n > 0 &&
		    (helps[i].page == v->route->page ||
			helps[i].page == v->route->again))
			return link_manual(
			    v->scope.mem, helps[i].name, helps[i].section);
	}
	return link_help();
}

struct shell
shell_open(const struct visit *v, enum section section, struct str title)
{
	struct shell s = {
	    .title = title,
	    .place = &v->place,
	    .who = v->needs_code ? S("") : v->scope.actor.name,
	    .mark = v->mark,
	    .notice = v->notice,
	    .today = v->scope.actor.today,
	    .unread = v->unread,
	    .help = help_of(v),
	    .is_contrast =
		str_eq(request_cookie(v->rq, S("look")), S("contrast")),
	};

	s.here = v->rq->query.n == 0 ?
		     v->rq->path :
		     arena_fmt(v->scope.mem, "%.*s?%.*s", STR_ARG(v->rq->path),
			 STR_ARG(v->rq->query));
	if (s.who.n > 0) {
		fill_sections(&s, v, section);
		fill_years(&s, v);
		fill_views(&s, v);
		s.history = history_of(v);
	}
	return s;
}

void
shell_crumb(struct shell *s, struct str title, struct link to)
{
	MUST(s->n_crumbs < COUNT_OF(s->crumbs));
	s->crumbs[s->n_crumbs++] = (struct crumb){title, to};
}
