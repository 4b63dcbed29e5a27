/* overview.c - the first page of those who see many schools. */
#include "web/page/overview.h"

#include "base/vec.h"
#include "overview.view.h"
#include "web/page/overview_own.h"
#include "web/page/pages.h"

/* ---- which schools ---- */

enum { ALL, LISTED, URBAN, RURAL, SMALL, WITHOUT };

static const struct filter_choice groups[] = {
    [ALL] = {"", N_("Все школы")},
    [LISTED] = {"listed", N_("В перечне")},
    [URBAN] = {"urban", N_("Городские")},
    [RURAL] = {"rural", N_("Сельские")},
    [SMALL] = {"small", N_("Малокомплектные")},
    [WITHOUT] = {"without", N_("Не хватает данных")},
};

static uint32_t
belongs(const struct overview_school *s)
{
	bool is_listed = s->has_verdict && s->status == METHOD_LISTED;

	return (uint32_t)1 << (s->row.is_rural ? RURAL : URBAN) |
	       (uint32_t)s->row.is_small << SMALL |
	       (uint32_t)is_listed << LISTED |
	       (uint32_t)(s->missing > 0) << WITHOUT;
}

/* Curators are choices too: one a person, by the schools they look after. */
static enum rc
read_curators(struct visit *v, struct filter *ret,
    struct q_curator_schools **ret_of, size_t *ret_n)
{
	struct arena *mem = v->scope.mem;
	struct filter_choice *choices =
	    arena_new(mem, struct filter_choice, FILTER_CHIPS);
	size_t n = 1;
	enum rc rc = q_curator_schools(v->scope.db, mem, &v->scope.actor,
	    v->scope.actor.municipality, v->scope.actor.today, ret_of, ret_n);

	if (rc != RC_OK)
		return rc;
	choices[0] = (struct filter_choice){"", N_("Любой")};
	for (size_t i = 0; i < *ret_n && n < FILTER_CHIPS; i++) {
		const struct q_curator_schools *c = &(*ret_of)[i];

		if (i > 0 && c->person.v == c[-1].person.v)
			continue;
		choices[n++] = (struct filter_choice){
		    arena_cstr(
			mem, arena_fmt(mem, "%lld", (long long)c->person.v)),
		    arena_cstr(mem, c->name)};
	}
	*ret = filter_open(v, "curator", choices, n);
	return RC_OK;
}

/* The chip's place is the order of persons in the answer. */
static uint32_t
curators_of(const struct q_curator_schools *all, size_t n, school_id school)
{
	uint32_t bits = 0, place = 0;

	for (size_t i = 0; i < n; i++) {
		if (i == 0 || all[i].person.v != all[i - 1].person.v)
			place++;
		if (all[i].school.v == school.v && place < FILTER_CHIPS)
			bits |= (uint32_t)1 << place;
	}
	return bits;
}

static enum rc
choose_schools(struct visit *v, struct view_overview *s)
{
	struct q_curator_schools *of;
	size_t n_of;
	enum rc rc = read_curators(v, &s->curator, &of, &n_of);

	if (rc != RC_OK)
		return rc;
	s->has_curators = n_of > 0;
	s->group = filter_open(v, "show", groups, COUNT_OF(groups));
	s->is_shown = arena_new(v->scope.mem, bool, s->o.n + 1);
	for (size_t i = 0; i < s->o.n; i++) {
		const struct overview_school *school = &s->o.schools[i];
		uint32_t bits = belongs(school);
		uint32_t looked = curators_of(of, n_of, school->row.id);

		if (!school->is_open)
			continue;
		if (filter_lets(&s->curator, looked))
			filter_count(&s->group, bits);
		if (filter_lets(&s->group, bits))
			filter_count(&s->curator, looked);
		s->is_shown[i] = filter_lets(&s->curator, looked) &&
				 filter_lets(&s->group, bits);
		s->n_shown += s->is_shown[i];
		if (school->row.pupils.is_known)
			s->pupils += school->row.pupils.v;
	}
	s->kept = visit_query(v, S("show"));
	s->kept_curator = visit_query(v, S("curator"));
	return RC_OK;
}

/* ---- as a file ---- */

static const struct table_column columns[] = {
    {"code", S_INIT("Код"), TABLE_TEXT, 0, 10, {0}, {0}},
    {"school", S_INIT("Школа"), TABLE_TEXT, 0, 40, {0}, {0}},
    {"status", S_INIT("Решение"), TABLE_TEXT, 0, 16, {0}, {0}},
    {"year", S_INIT("Учебный год"), TABLE_TEXT, 0, 12, {0}, {0}},
    {"procedure", S_INIT("Процедура"), TABLE_TEXT, 0, 34, {0}, {0}},
    {"failed", S_INIT("Не справились"), TABLE_SHARE, 0, 0,
	S_INIT("не справились"), S_INIT("участников")},
    {"before", S_INIT("Годом раньше"), TABLE_SHARE, 0, 0,
	S_INIT("не справились"), S_INIT("участников")},
};

const struct list_table overview_list = LIST_OF(columns);

static struct table_cell
share_of(const struct overview_count *c)
{
	return c->participants > 0 ? table_share(c->failed, c->participants) :
				     table_none();
}

static enum rc
answer_table(struct visit *v, struct reply *rp, const struct view_overview *s)
{
	const struct table_about about = {
	    .title = s->o.is_past ?
			 arena_fmt(v->scope.mem, "Сводка на %.*s",
			     STR_ARG(date_ru(v->scope.mem, s->o.on))) :
			 S("Сводка"),
	    .made_on = v->scope.actor.today,
	    .columns = columns,
	    .n = COUNT_OF(columns)};
	struct table_out *t = table_begin(v, rp, &about, "overview");
	const struct overview *o = &s->o;
	struct str year = syear_ru(v->scope.mem, o->results_year);

	for (size_t i = 0; i < o->n; i++) {
		const struct overview_school *school = &o->schools[i];
		bool has = school->has_verdict;

		for (size_t p = 0; s->is_shown[i] && p < o->n_procedures; p++) {
			if (!o->is_held[p] || !overview_applies(o, i, p))
				continue;
			table_out_row(t,
			    (struct table_cell[]){table_text(school->row.code),
				table_text(school->row.name),
				has ?
				    table_text(str_of(
					method_status_codes[school->status])) :
				    table_none(),
				table_text(year),
				table_text(o->words->procedures[p].title),
				share_of(overview_at(o, i, p, 0)),
				share_of(overview_at(o, i, p, 1))});
		}
	}
	return table_out_close(t);
}

/* ---- the day ---- */

struct overview_day
overview_day(const struct visit *v)
{
	struct overview_day d = {
	    .asked = {S("shnor"), v->year, DATE_NONE, MOMENT_NONE},
	    .day = visit_day(v, S("on"))};
	struct date today = v->scope.actor.today, on = d.day.on;

	if (date_before(today, on))
		d.day.fault = S(N_("Этот день ещё не наступил. Показано на "
				   "сегодня."));
	if (!date_before(on, today))
		return d;
	d.asked.on = on;
	d.asked.until =
	    moment_of_day(date_plus(on, 1), (int32_t)v->place.zone_minutes);
	if (visit_query(v, S("year")).n == 0)
		d.asked.year = syear_of(on);
	return d;
}

enum rc
page_overview(struct visit *v, struct reply *rp)
{
	struct view_overview s = {
	    .shell = shell_open(v, SECTION_overview, S(N_("Сводка"))),
	    .files = list_files(v),
	    .may_load = may(&v->scope.actor, PERM_LOADS_MAKE) == RC_OK,
	    .may_make = may(&v->scope.actor, PERM_LISTS_MAKE) == RC_OK,
	    .zone = (int32_t)v->place.zone_minutes,
	};
	struct overview_day day = overview_day(v);
	enum rc rc =
	    overview_read(&v->scope, v->words, visit_library(v), &day.asked, &s.o);

	if (rc == RC_OK)
		rc = lacks_read(&v->scope, &s.o, &s.lacks);
	if (rc == RC_OK)
		rc = choose_schools(v, &s);
	if (rc != RC_OK)
		return rc;
	if (v->format != AS_PAGE)
		return answer_table(v, rp, &s);
	rc = work_read(&v->scope, visit_library(v), &s.work);
	if (rc != RC_OK)
		return rc;
	s.parts = work_parts_of(v->scope.mem, &s.work);
	s.day = day.day;
	overview_tiles(v, &s);
	overview_heat(v, &s);
	overview_curves(v, &s);
	view_overview(&rp->body, &s);
	return RC_OK;
}
