/* views.c - keeping a filter under a name, and dropping it. */
#include "core/access/views.h"

#include "web/page/pages.h"

/* The list it was saved from, as it was. */
static struct link
back_to(struct visit *v, struct str list, struct str query)
{
	return link_back(v->scope.mem, query.n == 0 ?
					   list :
					   arena_fmt(v->scope.mem, "%.*s?%.*s",
					       STR_ARG(list), STR_ARG(query)));
}

enum rc
do_view_save(struct visit *v, struct reply *rp)
{
	const struct form_saved_view *f = v->form.value;
	struct route_match m = route_find(v->scope.mem, GET, f->page);
	enum rc rc;

	if (m.route == NULL || !(m.route->flags & ROUTE_LIST) ||
	    m.format != AS_PAGE)
		return RC_NOT_FOUND;
	rc = view_save(&v->scope,
	    &(struct view_new){f->page, f->query, f->name, f->shared});
	if (rc != RC_OK)
		return rc;
	return reply_done(
	    v, rp, back_to(v, f->page, f->query), N_("Вид сохранён."));
}

enum rc
do_view_drop(struct visit *v, struct reply *rp)
{
	const struct form_view_drop *f = v->form.value;
	enum rc rc = view_remove(&v->scope, v->at.number);

	if (rc != RC_OK)
		return rc;
	return reply_done(
	    v, rp, link_back(v->scope.mem, f->back), N_("Вид убран."));
}
