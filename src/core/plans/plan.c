/* plan.c - a plan made, and a whole plan in memory. */
#include "core/access/access.h"
#include "core/access/audit.h"
#include "core/plans/plan_own.h"
#include "core/plans/school_calendar.h"

enum { TITLE_MOST = 1000, PERIOD_YEARS_MOST = 10 };

static void
refuse(struct scope *sc, const char *column, const char *sentence)
{
	diag_error(
	    sc->diag, (struct place){.column = str_of(column)}, "%s", sentence);
}

static bool
is_one_of(struct str s, const char *const *all)
{
	for (; *all; all++)
		if (str_eq(s, str_of(*all)))
			return true;
	return false;
}

static enum rc
check_new(struct scope *sc, const struct plan_new *p)
{
	static const char *const kinds[] = {
	    "programme", "municipal", "school", NULL};
	static const char *const groups[] = {
	    "", "shnor", "risk", "shnsu", NULL};
	size_t before = sc->diag->errors;
	bool has_period =
	    !date_is_none(p->period.from) && !date_is_none(p->period.to);

	if (!is_one_of(p->kind, kinds))
		refuse(sc, "kind", N_("Такого вида плана нет."));
	if (!str_trim(p->title).n)
		refuse(sc, "title", N_("У плана нет названия."));
	if (p->title.n > TITLE_MOST)
		refuse(sc, "title", N_("Название длиннее тысячи знаков."));
	if (!has_period)
		refuse(sc, "period_from",
		    N_("Не назван период плана: без него не прочитать сроки, "
		       "в которых нет года."));
	else if (date_before(p->period.to, p->period.from))
		refuse(sc, "period_to",
		    N_("Период кончается раньше, чем "
		       "начинается."));
	else if (p->period.to.day - p->period.from.day >
		 PERIOD_YEARS_MOST * 366)
		refuse(sc, "period_to", N_("Период длиннее десяти лет."));
	if (!is_one_of(p->group_kind.p ? p->group_kind : S(""), groups))
		refuse(sc, "group_kind", N_("Такой группы школ нет."));
	if (str_eq(p->kind, S("school")) != (p->school.v != 0))
		refuse(sc, "school",
		    N_("Школьная дорожная карта принадлежит школе, остальные "
		       "планы – муниципалитету."));
	return sc->diag->errors > before ? RC_INVALID : RC_OK;
}

static struct str
text(struct str s)
{
	return s.p ? str_trim(s) : S("");
}

/* The columns most orders print. */
static struct str
columns_of(const struct plan_new *p)
{
	return p->columns.n ? p->columns :
			      S("number title deadline responsible result");
}

enum rc
plan_insert(struct scope *sc, const struct plan_new *p, struct str file_name,
    struct str file_hash, plan_id copied_from, plan_id *ret)
{
	const struct q_plan_add_in add = {
	    .municipality = sc->actor.municipality,
	    .kind = p->kind,
	    .school = p->school,
	    .parent = p->parent,
	    .title = text(p->title),
	    .period_from = p->period.from,
	    .period_to = p->period.to,
	    .group_kind = text(p->group_kind),
	    .group_on = p->group_kind.n ? p->group_on : DATE_NONE,
	    .columns = columns_of(p),
	    .aim = text(p->aim),
	    .tasks = text(p->tasks),
	    .basis = text(p->basis),
	    .control = text(p->control),
	    .source_name = text(file_name),
	    .source_hash = text(file_hash),
	    .copied_from = copied_from,
	    .person = sc->actor.person,
	    .person_name = text(sc->actor.name),
	    .at = sc->now};
	struct q_plan_add made;
	enum rc rc = p->school.v ? may_for(sc, PERM_PLANS_EDIT, p->school) :
				   may(&sc->actor, PERM_PLANS_EDIT);

	if (rc == RC_OK && !p->school.v &&
	    actor_reach(&sc->actor, PERM_PLANS_EDIT) != REACH_ALL)
		rc = RC_DENIED;
	if (rc == RC_OK)
		rc = check_new(sc, p);
	if (rc == RC_OK)
		rc = q_plan_add(sc->db, sc->mem, &add, &made);
	if (rc != RC_OK)
		return rc;
	*ret = made.id;
	return audit_write(
	    sc, &(struct audit_entry){.action = S("plan.made"),
		    .object = S("plan"),
		    .object_id = made.id.v,
		    .object_name = add.title,
		    .becomes = arena_fmt(sc->mem, "черновик на %.*s – %.*s",
			STR_ARG(date_ru(sc->mem, add.period_from)),
			STR_ARG(date_ru(sc->mem, add.period_to))),
		    .note = add.source_name});
}

enum rc
plan_make(struct scope *sc, const struct plan_new *p, plan_id *ret)
{
	plan_id made;
	autotx tx = {0};
	enum rc rc = tx_begin(sc->db, &tx);

	if (rc == RC_OK)
		rc = plan_insert(sc, p, S(""), S(""), (plan_id){0}, &made);
	if (rc == RC_OK)
		rc = tx_commit(&tx);
	if (rc == RC_OK)
		*ret = made;
	return rc;
}

/* ---- a whole plan ---- */

struct deadline_context
plan_context(const struct plan *p)
{
	return (struct deadline_context){
	    .period = {p->head.period_from, p->head.period_to},
	    .ordered = p->ordered,
	    .calendar = p->calendar};
}

struct deadline_context
plan_part_context(const struct plan *p, const struct plan_part *part)
{
	struct deadline_context context = plan_context(p);

	context.period = plan_own_period(context.period, part->s.title);
	return context;
}

struct loading {
	struct scope *sc;
	struct plan *plan;
	struct q_measure *measures;
	size_t n_measures;
	struct q_measure_responsible *who;
	size_t n_who;
	struct q_measure_school_list *schools;
	size_t n_schools;
};

static enum rc
read_rows(struct loading *l, plan_id id)
{
	struct scope *sc = l->sc;
	struct plan *p = l->plan;
	municipality_id m = sc->actor.municipality;
	struct q_plan_edition *editions;
	size_t n;
	enum rc rc = q_plan_school_list(
	    sc->db, sc->mem, m, id, &p->schools, &p->n_schools);

	if (rc == RC_OK)
		rc = q_plan_person_list(
		    sc->db, sc->mem, m, id, &p->people, &p->n_people);
	if (rc == RC_OK)
		rc = q_measure_list(
		    sc->db, sc->mem, m, id, &l->measures, &l->n_measures);
	if (rc == RC_OK)
		rc = q_measure_responsible_list(
		    sc->db, sc->mem, m, id, &l->who, &l->n_who);
	if (rc == RC_OK)
		rc = q_measure_school_list(
		    sc->db, sc->mem, m, id, &l->schools, &l->n_schools);
	if (rc == RC_OK)
		rc = q_plan_edition_list(sc->db, sc->mem, m, id, &editions, &n);
	if (rc == RC_OK)
		p->ordered = n ? editions[n - 1].document_on : DATE_NONE;
	return rc;
}

/* Rows lie by measure: the first of this one's. */
static size_t
first_who(const struct loading *l, measure_id m)
{
	size_t low = 0, high = l->n_who;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (l->who[mid].measure.v < m.v)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static size_t
first_school(const struct loading *l, measure_id m)
{
	size_t low = 0, high = l->n_schools;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (l->schools[mid].measure.v < m.v)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static void
fill_row(struct loading *l, const struct q_measure *m, struct plan_row *row)
{
	struct arena *mem = l->sc->mem;
	size_t who = first_who(l, m->id), school = first_school(l, m->id);
	size_t n = 0;

	*row = (struct plan_row){.m = *m, .who = l->who + who};
	while (who + row->n_who < l->n_who &&
	       l->who[who + row->n_who].measure.v == m->id.v)
		row->n_who++;
	while (school + n < l->n_schools &&
	       l->schools[school + n].measure.v == m->id.v)
		n++;
	row->schools = arena_new(mem, school_id, n ? n : 1);
	row->n_schools = n;
	for (size_t i = 0; i < n; i++)
		row->schools[i] = l->schools[school + i].school;
}

static enum rc
fill_parts(struct loading *l)
{
	struct scope *sc = l->sc;
	struct plan *p = l->plan;
	struct q_plan_section *sections;
	size_t n;
	enum rc rc = q_plan_section_list(
	    sc->db, sc->mem, sc->actor.municipality, p->head.id, &sections, &n);

	if (rc != RC_OK)
		return rc;
	p->parts = arena_new(sc->mem, struct plan_part, n ? n : 1);
	p->n_parts = n;
	for (size_t i = 0; i < n; i++) {
		struct plan_part *part = &p->parts[i];
		*part = (struct plan_part){.s = sections[i]};
		for (size_t k = 0; k < l->n_measures; k++)
			part->n += l->measures[k].section == sections[i].id;
		part->rows =
		    arena_new(sc->mem, struct plan_row, part->n ? part->n : 1);
		part->n = 0;
		for (size_t k = 0; k < l->n_measures; k++)
			if (l->measures[k].section == sections[i].id)
				fill_row(
				    l, &l->measures[k], &part->rows[part->n++]);
	}
	return RC_OK;
}

void
plan_read_deadlines(struct arena *mem, struct plan *p)
{
	for (size_t i = 0; i < p->n_parts; i++) {
		struct deadline_context context =
		    plan_part_context(p, &p->parts[i]);
		for (size_t k = 0; k < p->parts[i].n; k++) {
			struct plan_row *row = &p->parts[i].rows[k];
			deadline_read(
			    mem, row->m.deadline, &context, &row->deadline);
		}
	}
}

enum rc
plan_load(struct scope *sc, plan_id id, struct plan *ret)
{
	struct plan p = {.ordered = DATE_NONE};
	struct loading l = {.sc = sc, .plan = &p};
	enum rc rc = may(&sc->actor, PERM_PLANS_READ);

	if (rc == RC_OK)
		rc = q_plan_by_id(sc->db, sc->mem, &sc->actor,
		    sc->actor.municipality, id, &p.head);
	struct calendar *calendar = arena_new(sc->mem, struct calendar, 1);
	if (rc == RC_OK)
		rc = school_calendar_read(sc, calendar);
	p.calendar = calendar;
	if (rc == RC_OK)
		rc = read_rows(&l, id);
	if (rc == RC_OK)
		rc = fill_parts(&l);
	if (rc != RC_OK)
		return rc;
	plan_read_deadlines(sc->mem, &p);
	*ret = p;
	return rc;
}
