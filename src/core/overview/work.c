/* work.c - what waits for whom? */
#include <stdlib.h>

#include "core/access/access.h"
#include "core/methods/objections.h"
#include "core/overview/work_own.h"
#include "store/q_results.h"
#include "store/q_room_official.h"

enum { NEWS_DAYS = 30, WEEK = 7 };

const char *
work_when_title(enum work_when w)
{
	static const char *const titles[WORK_WHEN_COUNT] = {
	    [WORK_BACK] = N_("Вернули или просрочено"),
	    [WORK_TODAY] = N_("Сегодня"),
	    [WORK_WEEK] = N_("На этой неделе"),
	    [WORK_LATER] = N_("Ждёт вас"),
	    [WORK_NEWS] = N_("Новое для вас")};

	return titles[w];
}

static enum work_when
when_of(struct date due, struct date today)
{
	if (date_is_none(due) || date_before(date_plus(today, WEEK), due))
		return WORK_LATER;
	if (date_before(due, today))
		return WORK_BACK;
	return date_eq(due, today) ? WORK_TODAY : WORK_WEEK;
}

struct work_item *
work_add(struct gathering *g, enum work_kind kind, struct date due)
{
	struct work_item *item = vec_push(g->sc->mem, &g->items);

	*item = (struct work_item){.kind = kind,
	    .when = when_of(due, g->sc->actor.today),
	    .due = due,
	    .since = MOMENT_NONE};
	return item;
}

static struct str
list_title(const struct gathering *g, const struct q_run *run)
{
	const struct method *m = library_newest(g->library, run->method);
	struct str title = run->method;

	if (m != NULL)
		title = m->short_title.n > 0 ? m->short_title : m->title;
	return arena_fmt(g->sc->mem, "«%.*s» на %.*s уч. год", STR_ARG(title),
	    STR_ARG(syear_ru(g->sc->mem, run->year)));
}

/* ---- lists ---- */

/* A list open to objections, for those whose schools are on it. */
static enum rc
for_schools(struct gathering *g, const struct q_run *run, struct date term)
{
	struct scope *sc = g->sc;
	struct q_verdict *all;
	size_t n;
	enum rc rc = q_verdict_list(sc->db, sc->mem, &sc->actor,
	    sc->actor.municipality, run->id, &all, &n);

	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		struct work_item *item;

		if (!str_eq(all[i].status,
			str_of(method_status_codes[METHOD_LISTED])))
			continue;
		item = work_add(g, WORK_LOOK_AT_DECISION, term);
		item->title = arena_fmt(sc->mem, N_("Проверьте решение: %.*s"),
		    STR_ARG(all[i].name));
		item->text = arena_fmt(sc->mem,
		    N_("Школа в перечне %.*s. Если числа неверны, возразить "
		       "можно по %.*s."),
		    STR_ARG(list_title(g, run)),
		    STR_ARG(date_ru(sc->mem, term)));
		item->run = run->id;
		item->school = all[i].school;
	}
	return rc;
}

/* For the head: nothing holds the approval back any more. */
static enum rc
for_approval(struct gathering *g, const struct q_run *run, struct date term)
{
	struct scope *sc = g->sc;
	struct q_objection *all;
	struct work_item *item;
	size_t n, open = 0;
	enum rc rc = q_objection_of_run(sc->db, sc->mem, &sc->actor,
	    sc->actor.municipality, run->id, &all, &n);

	for (size_t i = 0; rc == RC_OK && i < n; i++)
		open += str_eq(all[i].state, S("open"));
	if (rc != RC_OK || open > 0 || !date_before(term, sc->actor.today))
		return rc;
	item = work_add(g, WORK_LIST_TO_APPROVE, DATE_NONE);
	item->title = arena_fmt(sc->mem, N_("Утвердите перечень %.*s"),
	    STR_ARG(list_title(g, run)));
	item->text = arena_fmt(sc->mem,
	    N_("Срок возражений прошёл %.*s, ответов не ждёт никто."),
	    STR_ARG(date_ru(sc->mem, term)));
	item->run = run->id;
	return RC_OK;
}

static enum rc
for_reconciliation(struct gathering *g, const struct q_run *run)
{
	struct scope *sc = g->sc;
	struct q_official_latest latest;
	struct work_item *item;
	enum rc rc = q_official_latest(sc->db, sc->mem, sc->actor.municipality,
	    run->method, run->year, &latest);

	if (rc != RC_OK)
		return rc == RC_NOT_FOUND ? RC_OK : rc;
	item = work_add(g, WORK_LIST_TO_RECONCILE, DATE_NONE);
	item->title = arena_fmt(sc->mem, N_("Сверьте с приказом перечень %.*s"),
	    STR_ARG(list_title(g, run)));
	item->text = S(N_("Приказ региона загружен; расхождения надо "
			  "объяснить."));
	item->run = run->id;
	return RC_OK;
}

static enum rc
for_list(struct gathering *g, const struct q_run *run)
{
	struct scope *sc = g->sc;
	struct list_way way;
	enum rc rc = list_way_read(sc, run, &way);
	bool is_own = actor_reach(&sc->actor, PERM_LISTS_READ) == REACH_OWN;
	bool may_make = may(&sc->actor, PERM_LISTS_MAKE) == RC_OK;

	if (rc != RC_OK)
		return rc;
	if (way.state == LIST_OBJECTIONS && is_own &&
	    !date_before(way.term, sc->actor.today))
		return for_schools(g, run, way.term);
	if (way.state == LIST_OBJECTIONS &&
	    may(&sc->actor, PERM_LISTS_APPROVE) == RC_OK)
		return for_approval(g, run, way.term);
	if (way.state == LIST_APPROVED && may_make)
		return for_reconciliation(g, run);
	if (way.state != LIST_DRAFT || !may_make)
		return RC_OK;

	struct work_item *item = work_add(g, WORK_LIST_TO_OPEN, DATE_NONE);
	item->title = arena_fmt(sc->mem, N_("Откройте школам перечень %.*s"),
	    STR_ARG(list_title(g, run)));
	item->text = S(N_("Пока он черновик, школы его не видят и возразить "
			  "не могут."));
	item->since = run->at;
	item->run = run->id;
	return RC_OK;
}

/* This school year's; what was left a draft years ago waits for nobody. */
static enum rc
gather_lists(struct gathering *g)
{
	struct scope *sc = g->sc;
	struct syear now = syear_of(sc->actor.today);
	struct q_run *all;
	size_t n;
	enum rc rc;

	if (may(&sc->actor, PERM_LISTS_READ) != RC_OK)
		return RC_OK;
	rc = q_run_list(sc->db, sc->mem, sc->actor.municipality, &all, &n);
	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		if (all[i].year.first >= now.first)
			rc = for_list(g, &all[i]);
	}
	return rc;
}

/* ---- objections ---- */

static enum rc
gather_open(struct gathering *g)
{
	struct scope *sc = g->sc;
	bool answers = may(&sc->actor, PERM_LISTS_MAKE) == RC_OK;
	struct q_objection_open *all;
	size_t n;
	enum rc rc;

	if (!answers && may(&sc->actor, PERM_LISTS_OBJECT) != RC_OK)
		return RC_OK;
	rc = q_objection_open(
	    sc->db, sc->mem, &sc->actor, sc->actor.municipality, &all, &n);
	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		struct work_item *item = work_add(g,
		    answers ? WORK_OBJECTION_TO_ANSWER : WORK_OBJECTION_PENDING,
		    DATE_NONE);

		if (!answers)
			item->when = WORK_NEWS;
		item->title = arena_fmt(sc->mem,
		    answers ? N_("Ответьте на возражение: %.*s") :
			      N_("Возражение ждёт ответа: %.*s"),
		    STR_ARG(all[i].school_name));
		item->since = all[i].filed_at;
		item->run = all[i].run;
		item->school = all[i].school;
		item->objection = all[i].id;
	}
	return rc;
}

static enum rc
gather_answered(struct gathering *g)
{
	struct scope *sc = g->sc;
	/* By days: the page must not change from one second to the next. */
	struct moment since = {
	    (int64_t)date_plus(sc->actor.today, -NEWS_DAYS).day * 86400};
	struct q_objection_answered *all;
	size_t n;
	enum rc rc;

	if (may(&sc->actor, PERM_LISTS_OBJECT) != RC_OK)
		return RC_OK;
	rc = q_objection_answered(sc->db, sc->mem, &sc->actor,
	    sc->actor.municipality, since, &all, &n);
	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		struct work_item *item =
		    work_add(g, WORK_OBJECTION_ANSWERED, DATE_NONE);

		item->when = WORK_NEWS;
		item->title = arena_fmt(sc->mem, N_("Возражение %s: %.*s"),
		    objection_state_title(all[i].state),
		    STR_ARG(all[i].school_name));
		item->quote = all[i].answer;
		item->since = all[i].answered_at;
		item->run = all[i].run;
		item->school = all[i].school;
		item->objection = all[i].id;
	}
	return rc;
}

/* ---- loads ---- */

static enum rc
gather_loads(struct gathering *g)
{
	struct scope *sc = g->sc;
	struct date from = syear_from(syear_of(sc->actor.today));
	struct q_load *all;
	size_t n;
	enum rc rc;

	if (may(&sc->actor, PERM_LOADS_MAKE) != RC_OK)
		return RC_OK;
	rc = q_load_list(sc->db, sc->mem, sc->actor.municipality, &all, &n);
	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		bool is_draft = str_eq(all[i].state, S("draft"));
		bool is_refused = str_eq(all[i].state, S("loaded")) &&
				  all[i].refused > 0 &&
				  all[i].at.second >= (int64_t)from.day * 86400;
		struct work_item *item;

		if (!is_draft && !is_refused)
			continue;
		item = work_add(g,
		    is_draft ? WORK_LOAD_DRAFT : WORK_LOAD_REFUSED, DATE_NONE);
		item->title = arena_fmt(sc->mem,
		    is_draft ? N_("Доведите до конца загрузку «%.*s»") :
			       N_("Исправьте отклонённые строки: «%.*s»"),
		    STR_ARG(all[i].file_name));
		item->text = arena_fmt(sc->mem,
		    N_("Строк прочитано %lld, отклонено %lld."),
		    (long long)all[i].rows_read, (long long)all[i].refused);
		item->since = all[i].at;
		item->load = all[i].id;
	}
	return rc;
}

/* ---- the whole ---- */

static int
by_when(const void *a, const void *b)
{
	const struct work_item *x = a, *y = b;
	int64_t dx = date_is_none(x->due) ? INT32_MAX : x->due.day;
	int64_t dy = date_is_none(y->due) ? INT32_MAX : y->due.day;

	if (x->when != y->when)
		return x->when < y->when ? -1 : 1;
	if (dx != dy)
		return dx < dy ? -1 : 1;
	if (x->since.second != y->since.second)
		return x->since.second < y->since.second ? -1 : 1;
	return str_cmp(x->title, y->title);
}

enum rc
work_read(struct scope *sc, const struct library *library, struct work *ret)
{
	struct gathering g = {.sc = sc, .library = library};
	struct work w = {0};
	enum rc rc = gather_lists(&g);

	if (rc == RC_OK)
		rc = gather_open(&g);
	if (rc == RC_OK)
		rc = gather_answered(&g);
	if (rc == RC_OK)
		rc = gather_loads(&g);
	if (rc == RC_OK)
		rc = work_of_plans(&g);
	if (rc != RC_OK)
		return rc;
	if (g.items.n > 1)
		qsort(g.items.p, g.items.n, sizeof *g.items.p, by_when);
	for (size_t i = 0; i < g.items.n; i++) {
		w.counts[g.items.p[i].when]++;
		w.n_to_do += g.items.p[i].when != WORK_NEWS;
	}
	w.items = g.items.p;
	w.n = g.items.n;
	*ret = w;
	return RC_OK;
}
