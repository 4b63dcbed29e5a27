/* load_profiles.c - which files does the program know again? */
#include "core/registry/catalogue.h"
#include "load_profiles.view.h"
#include "web/page/loads.h"
#include "web/page/pages.h"

/* clang-format off */
static const struct table_column columns[] = {
	{"id",        S_INIT("№"),            TABLE_INT,  0, 0,  {0}, {0}},
	{"name",      S_INIT("Профиль"),      TABLE_TEXT, 0, 40, {0}, {0}},
	{"kind",      S_INIT("Вид файла"),    TABLE_TEXT, 0, 30, {0}, {0}},
	{"procedure", S_INIT("Процедура"),    TABLE_TEXT, 0, 24, {0}, {0}},
	{"year",      S_INIT("Учебный год"),  TABLE_TEXT, 0, 20, {0}, {0}},
	{"columns",   S_INIT("Граф названо"), TABLE_INT,  0, 0,  {0}, {0}},
	{"times",     S_INIT("Загрузок"),     TABLE_INT,  0, 0,  {0}, {0}},
	{"used_at",   S_INIT("Последний раз"), TABLE_TEXT, 0, 20, {0}, {0}},
	{"last_load", S_INIT("Последняя загрузка"), TABLE_INT, 0, 0, {0}, {0}},
};

/* clang-format on */

const struct list_table load_profiles_list = LIST_OF(columns);

struct str
year_shift_words(struct arena *mem, struct opt_int shift)
{
	if (!shift.is_known)
		return S(N_("сказан в файле"));
	if (shift.v == 0)
		return S(N_("нынешний"));
	if (shift.v == -1)
		return S(N_("прошлый"));
	if (shift.v == 1)
		return S(N_("следующий"));
	return arena_fmt(mem,
	    shift.v < 0 ? "на %lld раньше нынешнего" :
			  "на %lld позже нынешнего",
	    (long long)(shift.v < 0 ? -shift.v : shift.v));
}

static enum rc
answer_table(struct visit *v, struct reply *rp, const struct view_profiles *s)
{
	const struct table_about about = {.title = S("Профили загрузки"),
	    .made_on = v->scope.actor.today,
	    .columns = columns,
	    .n = COUNT_OF(columns)};
	struct arena *mem = v->scope.mem;
	struct table_out *t = table_begin(v, rp, &about, "load-profiles");

	for (size_t i = 0; i < s->n; i++) {
		const struct q_load_profile *p = &s->all[i].p;

		table_out_row(t,
		    (struct table_cell[]){table_int(p->id), table_text(p->name),
			table_text(str_of(file_kind_title(p->kind))),
			p->said_procedure.n == 0 ?
			    table_text(S(N_("сказана в файле"))) :
			    table_text(
				catalogue_title(v->words, p->said_procedure)),
			table_text(year_shift_words(mem, p->year_shift)),
			table_int((int64_t)s->all[i].n), table_int(p->times),
			table_text(moment_ru(mem, p->used_at, s->zone)),
			table_int(p->last_load.v)});
	}
	return table_out_close(t);
}

enum rc
page_load_profiles(struct visit *v, struct reply *rp)
{
	bool is_again = v->form.number == FORM_load_profile;
	struct view_profiles s = {
	    .shell = shell_open(v, SECTION_loads, S(N_("Профили загрузки"))),
	    .files = list_files(v),
	    .form =
		is_again ? v->form : form_open(v->scope.mem, FORM_load_profile),
	    .refused = is_again ? v->at.number : 0,
	    .words = v->words,
	    .may_change = may(&v->scope.actor, PERM_LOADS_MAKE) == RC_OK,
	    .zone = (int32_t)v->place.zone_minutes,
	};
	struct q_load_profile *all;
	enum rc rc = q_load_profile_list(
	    v->scope.db, v->scope.mem, v->scope.actor.municipality, &all, &s.n);

	if (rc != RC_OK)
		return rc;
	struct profile_line *lines =
	    arena_new(v->scope.mem, struct profile_line, s.n + 1);
	for (size_t i = 0; i < s.n; i++) {
		lines[i].p = all[i];
		lines[i].columns =
		    said_columns_of(v->scope.mem, all[i].columns, &lines[i].n);
	}
	s.all = lines;
	if (v->format != AS_PAGE)
		return answer_table(v, rp, &s);
	shell_crumb(&s.shell, S(N_("Загрузки")), link_loads());
	view_load_profiles(&rp->body, &s);
	return RC_OK;
}

enum rc
do_load_profile(struct visit *v, struct reply *rp)
{
	const struct form_load_profile *f = v->form.value;
	enum rc rc = load_profile_rename(&v->scope, v->at.number, f->name);

	if (rc != RC_OK)
		return rc;
	return reply_done(
	    v, rp, link_load_profiles(), N_("Новое название записано."));
}

enum rc
do_load_profile_drop(struct visit *v, struct reply *rp)
{
	enum rc rc = load_profile_forget(&v->scope, v->at.number);

	if (rc != RC_OK)
		return rc;
	return reply_done(v, rp, link_load_profiles(),
	    N_("Профиль забыт. Загруженные числа остались как были."));
}
