/* schools.c - the list of schools. */
#include "web/page/schools.h"

#include "base/vec.h"
#include "schools.view.h"
#include "web/page/pages.h"

enum { ALL, URBAN, RURAL, SMALL, BRANCHES, CLOSED };

static const struct filter_choice choices[] = {
    [ALL] = {"", N_("Все")},
    [URBAN] = {"urban", N_("Городские")},
    [RURAL] = {"rural", N_("Сельские")},
    [SMALL] = {"small", N_("Малокомплектные")},
    [BRANCHES] = {"branches", N_("Филиалы")},
    [CLOSED] = {"closed", N_("Закрытые")},
};

static uint32_t
belongs(const struct q_school *s, struct date today)
{
	bool is_closed =
	    !date_is_none(s->closed_on) && !date_before(today, s->closed_on);

	return (uint32_t)1 << (s->is_rural ? RURAL : URBAN) |
	       (uint32_t)s->is_small << SMALL |
	       (uint32_t)(s->branch_of.v != 0) << BRANCHES |
	       (uint32_t)is_closed << CLOSED;
}

const char *
school_kind_title(struct str kind)
{
	static const struct {
		const char *code, *title;
	} kinds[] = {{"nosh", N_("начальная школа")},
	    {"oosh", N_("основная школа")}, {"sosh", N_("средняя школа")},
	    {"gymnasium", N_("гимназия")}, {"lyceum", N_("лицей")},
	    {"correctional", N_("коррекционная школа")},
	    {"evening", N_("вечерняя школа")}};

	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		if (str_eq(kind, str_of(kinds[i].code)))
			return kinds[i].title;
	}
	return "";
}

static const struct table_column columns[] = {
    {"code", S_INIT("Код"), TABLE_TEXT, 0, 10, {0}, {0}},
    {"name", S_INIT("Школа"), TABLE_TEXT, 0, 44, {0}, {0}},
    {"kind", S_INIT("Вид"), TABLE_TEXT, 0, 20, {0}, {0}},
    {"rural", S_INIT("Сельская"), TABLE_BOOL, 0, 10, {0}, {0}},
    {"small", S_INIT("Малокомплектная"), TABLE_BOOL, 0, 10, {0}, {0}},
    {"pupils", S_INIT("Учеников"), TABLE_INT, 0, 10, {0}, {0}},
    {"head", S_INIT("Директор"), TABLE_TEXT, 0, 30, {0}, {0}},
    {"address", S_INIT("Адрес"), TABLE_TEXT, 0, 40, {0}, {0}},
    {"closed", S_INIT("Закрыта"), TABLE_DATE, 0, 12, {0}, {0}},
};

const struct list_table schools_list = LIST_OF(columns);

static struct table_cell
text_or_none(struct str s)
{
	return s.n > 0 ? table_text(s) : table_none();
}

static enum rc
answer_table(struct visit *v, struct reply *rp, const struct view_schools *s)
{
	const struct table_about about = {.title = S("Школы"),
	    .made_on = v->scope.actor.today,
	    .columns = columns,
	    .n = COUNT_OF(columns)};
	struct table_out *t = table_begin(v, rp, &about, "schools");

	for (size_t i = 0; i < s->n; i++) {
		const struct q_school *o = &s->schools[i];

		table_out_row(
		    t, (struct table_cell[]){table_text(o->code),
			   table_text(o->name),
			   table_text(str_of(school_kind_title(o->kind))),
			   table_bool(o->is_rural), table_bool(o->is_small),
			   o->pupils.is_known ? table_int(o->pupils.v) :
						table_none(),
			   text_or_none(o->head), text_or_none(o->address),
			   table_date(o->closed_on)});
	}
	return table_out_close(t);
}

enum rc
page_schools(struct visit *v, struct reply *rp)
{
	struct view_schools s = {
	    .shell = shell_open(v, SECTION_schools, S(N_("Школы"))),
	    .files = list_files(v),
	    .filter = filter_open(v, "show", choices, COUNT_OF(choices)),
	};
	VEC(struct q_school) kept = {0};
	struct q_school *all;
	enum rc rc = q_school_list(v->scope.db, v->scope.mem, &v->scope.actor,
	    v->scope.actor.municipality, &all, &s.n_all);

	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < s.n_all; i++) {
		uint32_t bits = belongs(&all[i], v->scope.actor.today);

		filter_count(&s.filter, bits);
		if (!filter_lets(&s.filter, bits))
			continue;
		*vec_push(v->scope.mem, &kept) = all[i];
		if (all[i].pupils.is_known)
			s.pupils += all[i].pupils.v;
	}
	s.schools = kept.p;
	s.n = kept.n;
	if (v->format != AS_PAGE)
		return answer_table(v, rp, &s);
	view_schools(&rp->body, &s);
	return RC_OK;
}
