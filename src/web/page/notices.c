/* notices.c - the notification centre: what one was told, and what one wants
   to be told. */
#include "base/vec.h"
#include "web/page/pages.h"
#include "web/page/work.h"
#include "work.view.h"

enum { ON_A_PAGE = 50 };

/* Where a notice leads; the page it opens checks the right again. */
static struct link
target_of(const struct visit *v, const struct q_notice *n)
{
	if (str_eq(n->object, S("run")))
		return n->organisation.v != 0 && !v->scope.actor.sees_all ?
			   link_card((run_id){n->object_id}, n->organisation) :
			   link_run((run_id){n->object_id});
	if (str_eq(n->object, S("load")))
		return link_load((load_id){n->object_id});
	if (str_eq(n->object, S("proposals")))
		return link_plan_proposals((plan_id){n->object_id});
	if (str_eq(n->object, S("plan")))
		return link_plan((plan_id){n->object_id});
	if (str_eq(n->object, S("work")))
		return link_work();
	return link_account();
}

static enum rc
read_kinds(struct visit *v, struct view_notices *s)
{
	uint32_t off;
	enum rc rc = notices_off_read(&v->scope, &off);

	for (enum notice_kind k = 0; rc == RC_OK && k < NOTICE_KIND_COUNT; k++)
		s->kinds[s->n_kinds++] = (struct notice_choice){
		    k, notice_title(k), notice_code(k), !(off >> k & 1)};
	return rc;
}

enum rc
page_notices(struct visit *v, struct reply *rp)
{
	struct view_notices s = {
	    .shell = shell_open(v, SECTION_none, S(N_("Извещения"))),
	    .zone = (int32_t)v->place.zone_minutes,
	    .unread = v->unread,
	};
	struct arena *mem = v->scope.mem;
	struct q_notice *all;
	int64_t before;
	enum rc rc;

	if (!str_to_int(visit_query(v, S("before")), &before) || before < 1)
		before = INT64_MAX;
	rc = q_notice_list(v->scope.db, mem, v->scope.actor.municipality,
	    v->scope.actor.person, before, ON_A_PAGE, &all, &s.n);
	if (rc == RC_OK)
		rc = read_kinds(v, &s);
	if (rc != RC_OK)
		return rc;

	struct notice_line *lines = arena_new(mem, struct notice_line, s.n + 1);
	for (size_t i = 0; i < s.n; i++)
		lines[i] = (struct notice_line){all[i], target_of(v, &all[i])};
	s.lines = lines;
	s.newest = s.n > 0 ? all[0].number : 0;
	if (s.n == ON_A_PAGE && all[s.n - 1].number > 1)
		s.older = visit_link(v, "before",
		    arena_fmt(mem, "%lld", (long long)all[s.n - 1].number));
	view_notices(&rp->body, &s);
	return RC_OK;
}

/* «Прочитано» for one, and on to what it is about. */
enum rc
do_notice(struct visit *v, struct reply *rp)
{
	const struct scope *sc = &v->scope;
	struct q_notice n;
	enum rc rc = q_notice_by_number(sc->db, sc->mem, sc->actor.municipality,
	    sc->actor.person, v->at.number, &n);

	if (rc == RC_OK)
		rc = q_notice_read(sc->db, sc->actor.municipality,
		    sc->actor.person, v->at.number, sc->now);
	return rc == RC_OK ? reply_see_other(v, rp, target_of(v, &n)) : rc;
}

enum rc
do_notices_read(struct visit *v, struct reply *rp)
{
	const struct form_notices_read *f = v->form.value;
	enum rc rc = q_notice_read_all(v->scope.db, v->scope.actor.municipality,
	    v->scope.actor.person, f->up_to, v->scope.now);

	if (rc != RC_OK)
		return rc;
	return reply_done(v, rp, link_notices(), N_("Всё прочитано."));
}

enum rc
do_notices_kinds(struct visit *v, struct reply *rp)
{
	uint32_t off = 0;
	enum rc rc;

	for (enum notice_kind k = 0; k < NOTICE_KIND_COUNT; k++) {
		if (form_raw(v->rq, str_of(notice_code(k))).n == 0)
			off |= (uint32_t)1 << k;
	}
	rc = notices_off_set(&v->scope, off);
	if (rc != RC_OK)
		return rc;
	return reply_done(
	    v, rp, link_notices(), N_("Выбор извещений сохранён."));
}
