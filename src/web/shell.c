/* shell.c - what stands around a page for this person? */
#include "web/shell.h"

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
	}
	return s;
}

void
shell_crumb(struct shell *s, struct str title, struct link to)
{
	MUST(s->n_crumbs < COUNT_OF(s->crumbs));
	s->crumbs[s->n_crumbs++] = (struct crumb){title, to};
}
