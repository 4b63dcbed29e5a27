/* journal.c - by whom, when, what and to what: the filter above a journal. */
#include "web/page/journal.h"

#include "base/vec.h"

static const struct {
	const char *code, *title;
} actions[] = {

#define ACTION(code, title) {code, title},
#include "core/access/actions.def"
#undef ACTION
};

/* What entries are about, as audit_entry.object names it. */
/* clang-format off */
static const struct {
	const char *code, *title;
} objects[] = {
	{"school",     N_("школы")},
	{"load",       N_("загрузки")},
	{"load_profile", N_("профили загрузки")},
	{"run",        N_("перечни")},
	{"objection",  N_("возражения")},
	{"official",   N_("приказы")},
	{"exit_rule",  N_("правила выхода из группы")},
	{"second",     N_("повторные проверки")},
	{"plan",       N_("планы")},
	{"measure",    N_("мероприятия")},
	{"occurrence", N_("исполнение")},
	{"calendar",   N_("календари учебного года")},
	{"schedule",   N_("графики")},
	{"feed",       N_("адреса календарей")},
	{"person",     N_("учётные записи")},
	{"session",    N_("вход и выход")},
	{"setting",    N_("настройки")},
};

/* clang-format on */

/* An empty field is no wish; one that is no day is said to be so. */
static struct date
day_of(struct visit *v, const char *name, struct str *typed, struct str *fault)
{
	struct date day = DATE_NONE;

	*typed = visit_query(v, str_of(name));
	*fault = S("");
	if (typed->n > 0 && !date_parse_loose(*typed, &day)) {
		*fault = S(N_("Такого дня нет. Напишите дату так: "
			      "05.03.2026."));
		return DATE_NONE;
	}
	return day;
}

static struct moment
day_begins(const struct visit *v, struct date day)
{
	return moment_of_day(day, (int32_t)v->place.zone_minutes);
}

static void
read_days(struct visit *v, struct journal_filter *f)
{
	struct date last;
	struct date from = day_of(v, "from", &f->from, &f->from_fault);
	struct date to = day_of(v, "to", &f->to, &f->to_fault);

	MUST(date_of(2999, 12, 31, &last));
	if (!date_is_none(from) && !date_is_none(to) && date_before(to, from))
		f->to_fault = S(N_("Этот день раньше первого: записей между "
				   "ними нет."));
	f->since =
	    date_is_none(from) ? (struct moment){0} : day_begins(v, from);
	f->until = day_begins(v, date_plus(date_is_none(to) ? last : to, 1));
}

static enum rc
read_people(struct visit *v, struct journal_filter *f)
{
	struct arena *mem = v->scope.mem;
	VEC(struct journal_choice) choices = {0};
	struct q_person *people;
	int64_t said = 0;
	size_t n;
	enum rc rc = q_person_list(
	    v->scope.db, mem, v->scope.actor.municipality, &people, &n);

	if (rc != RC_OK)
		return rc;
	if (str_to_int(visit_query(v, S("person")), &said) && said > 0)
		f->person.v = said;
	for (size_t i = 0; i < n; i++)
		*vec_push(mem, &choices) = (struct journal_choice){
		    arena_fmt(mem, "%lld", (long long)people[i].id.v),
		    people[i].name, people[i].id.v == f->person.v};
	f->people = choices.p;
	f->n_people = choices.n;
	return RC_OK;
}

enum rc
journal_filter_read(struct visit *v, struct link to, struct journal_filter *ret)
{
	struct str action = visit_query(v, S("action"));
	struct str object = visit_query(v, S("object"));

	*ret = (struct journal_filter){
	    .all = to, .action = S(""), .object = S("")};
	for (size_t i = 0; i < COUNT_OF(actions); i++) {
		struct str code = str_of(actions[i].code);
		bool is = str_eq(code, action);

		ret->actions[ret->n_actions++] =
		    (struct journal_choice){code, str_of(actions[i].title), is};
		if (is)
			ret->action = code;
	}
	for (size_t i = 0; i < COUNT_OF(objects); i++) {
		struct str code = str_of(objects[i].code);
		bool is = str_eq(code, object);

		ret->objects[ret->n_objects++] =
		    (struct journal_choice){code, str_of(objects[i].title), is};
		if (is)
			ret->object = code;
	}
	read_days(v, ret);
	enum rc rc = read_people(v, ret);
	ret->is_set = ret->person.v != 0 || ret->action.n > 0 ||
		      ret->object.n > 0 || ret->from.n > 0 || ret->to.n > 0;
	return rc;
}

bool
journal_fits(const struct journal_filter *f, const struct q_audit *e)
{
	return (f->person.v == 0 || e->person.v == f->person.v) &&
	       e->at.second >= f->since.second &&
	       e->at.second < f->until.second &&
	       (f->action.n == 0 || str_eq(e->action, f->action)) &&
	       (f->object.n == 0 || str_eq(e->object, f->object));
}
