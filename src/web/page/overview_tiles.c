/* overview_tiles.c - five plain questions and their answers. */
#include "web/page/overview_own.h"
#include "web/show.h"

static struct tile *
add(struct view_overview *s, const char *kind, const char *question, size_t n)
{
	struct tile *t = &s->tiles[s->n_tiles++];

	MUST(s->n_tiles <= OVERVIEW_TILES);
	*t = (struct tile){.kind = kind, .question = question, .n = (int64_t)n};
	return t;
}

/* After "из": одной школы, 22 школ. */
static const char *
of_schools(struct arena *mem, size_t n)
{
	return arena_cstr(mem,
	    show_plural(mem, (int64_t)n, N_("школы"), N_("школ"), N_("школ")));
}

/* "год назад было 6, вошли 3, вышли 2" */
static struct str
change_text(struct arena *mem, const struct overview_list *l)
{
	if (!l->has_before)
		return S(N_("имеют низкие результаты; сравнить не с чем: это "
			    "первый перечень."));
	return arena_fmt(mem,
	    N_("имеют низкие результаты; в %.*s было %zu, вошли %zu, вышли "
	       "%zu."),
	    STR_ARG(syear_ru(mem, l->before_year)), l->before, l->entered,
	    l->left);
}

/* Pages that know the day are asked about the same one. */
static struct link
same_day(struct arena *mem, const struct view_overview *s, struct link to)
{
	return s->o.is_past ? link_with(mem, to, "on", date_ru(mem, s->o.on)) :
			      to;
}

/* A list that is kept as of today only: of an earlier day no link leads there. */
static void
lead_today(const struct view_overview *s, struct tile *t, struct link to,
    const char *text)
{
	if (s->o.is_past)
		return;
	t->to = to;
	t->link_text = text;
}

static void
tile_list(const struct visit *v, struct view_overview *s)
{
	struct arena *mem = v->scope.mem;
	const struct overview_list *l = &s->o.list;
	struct tile *t;

	if (!l->is_there)
		return;
	t = add(
	    s, l->listed > 0 ? "bad" : "good", N_("Кто в перечне?"), l->listed);
	t->unit = arena_fmt(
	    mem, "из %zu %s", l->applicable, of_schools(mem, l->applicable));
	t->text = change_text(mem, l);
	t->to = link_with(mem, link_run(l->run.id), "show", S("listed"));
	t->link_text = N_("Перечень и причины");
	t->source = arena_fmt(mem, "расчёт %.*s, ступень: %s",
	    STR_ARG(date_ru(mem, moment_date(l->run.at, s->zone))),
	    list_states[l->state].title);
}

static void
tile_data(const struct visit *v, struct view_overview *s)
{
	struct arena *mem = v->scope.mem;
	const struct overview *o = &s->o;
	struct str year = syear_ru(mem, o->results_year);
	struct tile *t;

	if (o->n_expected == 0)
		return;
	t = add(s, o->n_without > 0 ? "warn" : "good", N_("У кого нет данных?"),
	    o->n_without);
	t->unit = arena_fmt(
	    mem, "из %zu %s", o->n_expected, of_schools(mem, o->n_expected));
	t->text = o->n_without > 0 ?
		      arena_fmt(mem,
			  N_("без результатов за %.*s: %.*s; у %zu есть не "
			     "все процедуры."),
			  STR_ARG(year), STR_ARG(o->without), o->n_partly) :
		      arena_fmt(mem,
			  N_("за %.*s результаты есть у каждой; у %zu – не по "
			     "всем процедурам."),
			  STR_ARG(year), o->n_partly);
	t->to = link_with(mem, link_overview(), "show", S("without"));
	t->to = same_day(mem, s, t->to);
	t->link_text = N_("Показать эти школы");
	t->source =
	    moment_is_none(o->data_at) ?
		S(N_("загрузок ещё не было")) :
		arena_fmt(mem, "последняя загрузка %.*s",
		    STR_ARG(date_ru(mem, moment_date(o->data_at, s->zone))));
}

static void
tile_objections(const struct visit *v, struct view_overview *s)
{
	struct arena *mem = v->scope.mem;
	const struct overview_objections *b = &s->o.objections;
	struct tile *t;

	if (may(&v->scope.actor, PERM_LISTS_READ) != RC_OK)
		return;
	t = add(s, b->n > 0 ? "warn" : "good", N_("Что ждёт ответа?"), b->n);
	t->unit = show_plural(mem, (int64_t)b->n, N_("возражение"),
	    N_("возражения"), N_("возражений"));
	t->text = b->n == 0 ? S(N_("от школ; ответа никто не ждёт.")) :
			      arena_fmt(mem, N_("дольше всех ждёт %.*s."),
				  STR_ARG(b->school));
	lead_today(s, t, link_objections(),
	    b->n == 0 ? N_("Все возражения") : N_("Ответить"));
	t->source =
	    b->n == 0 ?
		arena_fmt(mem, "на %.*s", STR_ARG(date_ru(mem, s->o.on))) :
		arena_fmt(mem, "с %.*s",
		    STR_ARG(date_ru(mem, moment_date(b->oldest, s->zone))));
}

static void
tile_edge(const struct visit *v, struct view_overview *s)
{
	struct arena *mem = v->scope.mem;
	const struct overview_list *l = &s->o.list;
	size_t n = l->may_enter + l->may_leave;
	struct tile *t;

	if (!l->is_there)
		return;
	t = add(s, n > 0 ? "warn" : "good", N_("Кто на границе?"), n);
	t->unit =
	    show_plural(mem, (int64_t)n, N_("школа"), N_("школы"), N_("школ"));
	t->text = arena_fmt(mem,
	    N_("решает один ученик: %zu могли бы выйти, %zu – войти."),
	    l->may_leave, l->may_enter);
	t->to = link_with(mem, link_run(l->run.id), "show", S("edge"));
	t->link_text = N_("Показать их");
	t->source = S(N_("прогноз для помощи, а не решение"));
}

static void
tile_loads(const struct visit *v, struct view_overview *s)
{
	struct arena *mem = v->scope.mem;
	const struct overview_loads *l = &s->o.loads;
	int64_t n = l->drafts + l->refused_loads;
	struct tile *t;

	if (!l->is_seen)
		return;
	t = add(s, n > 0 ? "warn" : "good", N_("Что загрузилось не всё?"),
	    (size_t)n);
	t->unit =
	    show_plural(mem, n, N_("загрузка"), N_("загрузки"), N_("загрузок"));
	t->text = n == 0 ?
		      S(N_("с отклонёнными строками: всё принято.")) :
		  s->o.is_past ?
		      arena_fmt(mem,
			  N_("с отклонёнными строками, их %lld; сколько "
			     "загрузок не было доведено, не известно."),
			  (long long)l->refused_rows) :
		      arena_fmt(mem,
			  N_("не доведено до конца: %lld; отклонено строк: "
			     "%lld."),
			  (long long)l->drafts, (long long)l->refused_rows);
	lead_today(s, t, link_loads(), N_("Загрузки"));
	t->source =
	    arena_fmt(mem, "за %.*s уч. г.", STR_ARG(syear_ru(mem, s->o.year)));
}

static void
tile_overdue(const struct visit *v, struct view_overview *s)
{
	struct arena *mem = v->scope.mem;
	const struct overview_tasks *k = &s->o.tasks;
	struct str measures = show_plural(mem, (int64_t)k->overdue_measures,
	    N_("мероприятию"), N_("мероприятиям"), N_("мероприятиям"));
	struct str schools = show_plural(mem, (int64_t)k->overdue_schools,
	    N_("школы"), N_("школ"), N_("школ"));
	struct tile *t = add(s, k->overdue > 0 ? "bad" : "good",
	    N_("Что просрочено?"), k->overdue);

	t->unit = show_plural(mem, (int64_t)k->overdue, N_("отметка"),
	    N_("отметки"), N_("отметок"));
	t->text =
	    k->overdue == 0 ?
		S(N_("по дорожной карте: всё идёт в срок.")) :
		arena_fmt(mem,
		    N_("по %zu %.*s у %zu %.*s; самая давняя – с "
		       "%.*s."),
		    k->overdue_measures, STR_ARG(measures), k->overdue_schools,
		    STR_ARG(schools), STR_ARG(date_ru(mem, k->overdue_since)));
	lead_today(s, t, link_with(mem, link_tasks(), "show", S("late")),
	    N_("Показать их"));
	t->source = arena_fmt(mem, "на %.*s", STR_ARG(date_ru(mem, s->o.on)));
}

static void
tile_waiting(const struct visit *v, struct view_overview *s)
{
	struct arena *mem = v->scope.mem;
	const struct overview_tasks *k = &s->o.tasks;
	struct tile *t = add(s, k->waiting > 0 ? "warn" : "good",
	    N_("Что ждёт подтверждения?"), k->waiting);

	t->unit = show_plural(mem, (int64_t)k->waiting, N_("отметка"),
	    N_("отметки"), N_("отметок"));
	t->text = k->waiting == 0 ?
		      S(N_("об исполнении: очередь пуста.")) :
		      arena_fmt(mem,
			  N_("об исполнении; дольше всех – сделанное %.*s."),
			  STR_ARG(date_ru(mem, k->waiting_since)));
	lead_today(s, t, link_with(mem, link_tasks(), "show", S("marked")),
	    N_("К отметкам"));
	t->source = arena_fmt(mem, "на %.*s", STR_ARG(date_ru(mem, s->o.on)));
}

static void
tile_soon(const struct visit *v, struct view_overview *s)
{
	struct arena *mem = v->scope.mem;
	const struct overview_tasks *k = &s->o.tasks;
	struct tile *t = add(s, "run", N_("Что скоро?"), k->soon);

	t->unit = show_plural(mem, (int64_t)k->soon, N_("срок за 7 дней"),
	    N_("срока за 7 дней"), N_("сроков за 7 дней"));
	t->text = k->soon == 0 ?
		      S(N_("по дорожной карте; ближайшая неделя свободна.")) :
		      arena_fmt(mem, N_("ближайший %.*s: %.*s."),
			  STR_ARG(date_ru(mem, k->soonest)),
			  STR_ARG(k->soonest_title));
	lead_today(s, t, link_with(mem, link_tasks(), "show", S("soon")),
	    N_("Ближайшие сроки"));
	t->source = arena_fmt(
	    mem, "по %.*s", STR_ARG(date_ru(mem, date_plus(s->o.on, 7))));
}

static void
tile_lacks(const struct visit *v, struct view_overview *s)
{
	struct arena *mem = v->scope.mem;
	const struct lacks *k = &s->lacks;
	bool by_list = s->o.list.is_there;
	struct tile *t;

	if (k->asked == 0 || may(&v->scope.actor, PERM_PLANS_READ) != RC_OK)
		return;
	t = add(s, k->without > 0 ? "warn" : "good",
	    N_("Какой дефицит без меры?"), k->without);
	t->unit = arena_fmt(mem, "из %zu", k->asked);
	t->text = k->without == 0 ?
		      S(N_("на каждый дефицит отвечает мероприятие "
			   "утверждённого плана.")) :
		      arena_fmt(mem,
			  N_("у %zu %.*s%s: мероприятия утверждённого плана на "
			     "них не отвечают."),
			  k->schools_without,
			  STR_ARG(show_plural(mem, (int64_t)k->schools_without,
			      N_("школы"), N_("школ"), N_("школ"))),
			  by_list ? N_(" перечня") : "");
	t->to = link_with(mem, link_lacks(), "show", S("without"));
	if (by_list)
		t->to = link_with(mem, t->to, "schools", S("listed"));
	t->to = same_day(mem, s, t->to);
	t->link_text = N_("Назвать их");
	t->source = arena_fmt(mem, "по результатам за %.*s и ответам школ",
	    STR_ARG(syear_ru(mem, s->o.results_year)));
}

void
overview_tiles(const struct visit *v, struct view_overview *s)
{
	tile_list(v, s);
	if (s->o.tasks.is_there) {
		tile_overdue(v, s);
		tile_waiting(v, s);
		tile_soon(v, s);
	}
	tile_lacks(v, s);
	tile_data(v, s);
	tile_objections(v, s);
	tile_edge(v, s);
	tile_loads(v, s);
}
