/* occurrence_sync.c - the windows of a plan's deadlines become occurrences. */
#include "base/map.h"
#include "base/utf8.h"
#include "core/plans/occurrence.h"
#include "core/plans/schedule.h"

/* One that the plan asks for. */
struct wanted {
	measure_id measure;
	int64_t window_no;
	school_id school; /* 0: one mark for the row */
	struct date opens, due;
	bool is_outer;
	struct str label;
	const struct plan_row *row;
};

struct sync {
	struct scope *sc;
	const struct plan *plan;
	struct deadline_context context; /* of the section being read */
	VEC(struct wanted) wanted;
	VEC(struct deadline_change) days;
	enum rc rc; /* of reading schedules */
};

/* ---- windows ---- */

struct window_list {
	struct deadline_window *all;
	size_t n;
	bool is_outer;
	const char *label;     /* of each, when it has none */
	const school_id *only; /* of a schedule: whom each is for, 0: all */
};

static bool
is_constant(struct arena *mem, struct str phrase)
{
	static const char *const stems[] = {
	    "постоян", "систематич", "регуляр", "непрерыв"};
	struct str folded = text_fold(mem, phrase);

	for (size_t i = 0; i < COUNT_OF(stems); i++)
		if (str_find(folded, str_of(stems[i])) >= 0)
			return true;
	return false;
}

static const char *
checks_phrase(const struct deadline *d)
{
	static const char *const phrases[UNIT_COUNT] = {
	    [UNIT_MONTH] = "1 раз в месяц",
	    [UNIT_QUARTER] = "1 раз в квартал",
	    [UNIT_HALF_YEAR] = "1 раз в полугодие",
	    [UNIT_YEAR] = "1 раз в год",
	    [UNIT_SCHOOL_QUARTER] = "1 раз в четверть",
	    [UNIT_TRIMESTER] = "1 раз в триместр"};

	if (!d->every.is_set || !phrases[d->every.unit])
		return "1 раз в четверть";
	return phrases[d->every.unit];
}

static struct window_list
looked_at(struct sync *s, const char *phrase)
{
	struct deadline checks;

	deadline_read(s->sc->mem, str_of(phrase), &s->context, &checks);
	return (struct window_list){
	    .all = checks.windows, .n = checks.n_windows, .label = "контроль"};
}

static struct window_list
whole_period(struct sync *s, bool is_outer)
{
	struct deadline_window *w =
	    arena_new(s->sc->mem, struct deadline_window, 1);

	*w = (struct deadline_window){
	    .from = s->context.period.from, .to = s->context.period.to};
	return (struct window_list){.all = w, .n = 1, .is_outer = is_outer};
}

static struct window_list
no_day(struct sync *s)
{
	struct deadline_window *w =
	    arena_new(s->sc->mem, struct deadline_window, 1);

	*w = (struct deadline_window){.from = DATE_NONE, .to = DATE_NONE};
	return (struct window_list){.all = w, .n = 1};
}

/* What the row waited for is known: its days are the schedule's. */
static bool
scheduled(struct sync *s, const struct plan_row *row, struct window_list *ret)
{
	school_id *only;
	struct window_list list = {0};

	if (!row->m.schedule.v || s->rc != RC_OK)
		return false;
	s->rc =
	    schedule_windows(s->sc, row->m.schedule, &list.all, &only, &list.n);
	list.only = only;
	*ret = list;
	return s->rc == RC_OK && list.n > 0;
}

static struct window_list
windows_of(struct sync *s, const struct plan_row *row)
{
	const struct deadline *d = &row->deadline;
	struct window_list list;

	if (d->kind == DEADLINE_EXTERNAL && scheduled(s, row, &list))
		return list;

	switch (d->kind) {
	case DEADLINE_THROUGHOUT:
		if (d->every.is_set || is_constant(s->sc->mem, row->m.deadline))
			return looked_at(s, checks_phrase(d));
		break;
	case DEADLINE_EXTERNAL:
		return d->n_windows ? (struct window_list){.all = d->windows,
					  .n = d->n_windows,
					  .is_outer = true} :
				      whole_period(s, true);
	case DEADLINE_ON_REQUEST:
	case DEADLINE_NONE:
	case DEADLINE_UNKNOWN:
	case DEADLINE_KIND_COUNT:
		return no_day(s);
	case DEADLINE_BY:
	case DEADLINE_DATES:
	case DEADLINE_RECURRING:
		break;
	}
	if (d->n_windows > OCCURRENCE_MOST)
		return looked_at(s, "1 раз в четверть");
	if (!d->n_windows)
		return whole_period(s, true);
	return (struct window_list){.all = d->windows, .n = d->n_windows};
}

/* ---- participants ---- */

static void
want(struct sync *s, const struct plan_row *row, size_t no,
    const struct deadline_window *w, const struct window_list *list,
    school_id school)
{
	if (list->only && list->only[no].v && list->only[no].v != school.v)
		return;

	struct str label = w->label.n  ? w->label :
			   list->label ? str_of(list->label) :
					 S("");

	*vec_push(s->sc->mem, &s->wanted) =
	    (struct wanted){.measure = row->m.id,
		.window_no = (int64_t)no + 1,
		.school = school,
		.opens = w->from,
		.due = w->to,
		.is_outer = list->is_outer,
		.label = label,
		.row = row};
}

/* A school that joined later is asked from that day on, one that left no more. */
static bool
takes_part(const struct q_plan_school *school, const struct deadline_window *w)
{
	if (date_is_none(w->to))
		return date_is_none(school->until);
	return !date_before(w->to, school->since) &&
	       (date_is_none(school->until) ||
		   !date_before(school->until, w->to));
}

static void
want_window(struct sync *s, const struct plan_row *row, size_t no,
    const struct deadline_window *w, const struct window_list *list)
{
	const struct plan *p = s->plan;
	size_t before = s->wanted.n;

	if (p->head.school.v) {
		want(s, row, no, w, list, p->head.school);
		return;
	}
	if (str_eq(row->m.participants, S("all")))
		for (size_t i = 0; i < p->n_schools; i++)
			if (takes_part(&p->schools[i], w))
				want(s, row, no, w, list, p->schools[i].school);
	if (str_eq(row->m.participants, S("picked")))
		for (size_t i = 0; i < row->n_schools; i++)
			want(s, row, no, w, list, row->schools[i]);
	/* Nobody is named: the row itself is answered for. */
	if (s->wanted.n == before && !p->n_schools)
		want(s, row, no, w, list, (school_id){0});
	else if (str_eq(row->m.participants, S("none")))
		want(s, row, no, w, list, (school_id){0});
}

static void
collect(struct sync *s)
{
	const struct plan *p = s->plan;

	for (size_t i = 0; i < p->n_parts; i++) {
		s->context = plan_part_context(p, &p->parts[i]);
		for (size_t k = 0; k < p->parts[i].n; k++) {
			const struct plan_row *row = &p->parts[i].rows[k];
			if (row->m.is_dropped)
				continue;
			struct window_list list = windows_of(s, row);
			for (size_t w = 0; w < list.n; w++)
				want_window(s, row, w, &list.all[w], &list);
		}
	}
}

/* ---- what is there and what is wanted ---- */

static struct str
key_of(struct arena *mem, measure_id m, int64_t window_no, school_id school)
{
	return arena_fmt(mem, "%lld/%lld/%lld", (long long)m.v,
	    (long long)window_no, (long long)school.v);
}

static bool
same_day(struct date a, struct date b)
{
	return a.day == b.day;
}

/* The end of the period is no day that was set. */
static struct day_span
days_set(struct date opens, struct date due, bool is_outer)
{
	return is_outer || date_is_none(due) ?
		   (struct day_span){DATE_NONE, DATE_NONE} :
		   (struct day_span){opens, due};
}

static struct day_span
days_had(const struct q_occurrence *o)
{
	return days_set(o->opens_on, o->due_on, o->is_outer);
}

static struct day_span
days_wanted(const struct wanted *w)
{
	return days_set(w->opens, w->due, w->is_outer);
}

static void
note_days(struct sync *s, const struct q_measure *m, school_id school,
    struct str label, struct day_span was, struct day_span becomes)
{
	if (same_day(was.from, becomes.from) && same_day(was.to, becomes.to))
		return;
	*vec_push(s->sc->mem, &s->days) =
	    (struct deadline_change){.plan = s->plan->head.id,
		.measure = m->id,
		.number = m->number,
		.title = m->title,
		.school = school,
		.label = label,
		.was = was,
		.becomes = becomes};
}

/* Rows that were taken out stand in the plan too. */
static const struct q_measure *
measure_of(const struct plan *p, measure_id id)
{
	for (size_t i = 0; i < p->n_parts; i++)
		for (size_t k = 0; k < p->parts[i].n; k++)
			if (p->parts[i].rows[k].m.id.v == id.v)
				return &p->parts[i].rows[k].m;
	return NULL;
}

static enum rc
add(struct sync *s, const struct wanted *w)
{
	const struct q_occurrence_add_in in = {
	    .municipality = s->sc->actor.municipality,
	    .plan = s->plan->head.id,
	    .measure = w->measure,
	    .window_no = w->window_no,
	    .school = w->school,
	    .opens_on = w->opens,
	    .due_on = w->due,
	    .is_outer = w->is_outer,
	    .label = w->label};

	note_days(s, &w->row->m, w->school, w->label,
	    (struct day_span){DATE_NONE, DATE_NONE}, days_wanted(w));
	return q_occurrence_add(s->sc->db, &in);
}

static void
say_kept(struct sync *s, const struct q_occurrence *o, const char *what)
{
	diag_note(s->sc->diag, (struct place){0},
	    N_("Мероприятие № %lld, срок %.*s: отметка уже есть, %s."),
	    (long long)o->measure.v,
	    STR_ARG(date_is_none(o->due_on) ? S("не назначен") :
					      date_ru(s->sc->mem, o->due_on)),
	    what);
}

static enum rc
move(struct sync *s, const struct q_occurrence *o, const struct wanted *w,
    struct occurrences_change *change)
{
	bool same = same_day(o->opens_on, w->opens) &&
		    same_day(o->due_on, w->due) && o->is_outer == w->is_outer &&
		    str_eq(o->label, w->label);

	if (!same && !str_eq(o->mark_state, S("none"))) {
		say_kept(s, o, "срок остался прежним");
		same = true;
	}
	change->kept += same;
	if (same)
		return RC_OK;
	const struct q_occurrence_move_in in = {
	    .municipality = s->sc->actor.municipality,
	    .id = o->id,
	    .opens_on = w->opens,
	    .due_on = w->due,
	    .is_outer = w->is_outer,
	    .label = w->label};
	change->moved++;
	note_days(
	    s, &w->row->m, w->school, w->label, days_had(o), days_wanted(w));
	return q_occurrence_move(s->sc->db, &in);
}

static enum rc
drop(struct sync *s, const struct q_occurrence *o,
    struct occurrences_change *change)
{
	struct q_occurrence_has_history history;
	municipality_id m = s->sc->actor.municipality;
	enum rc rc =
	    q_occurrence_has_history(s->sc->db, s->sc->mem, m, o->id, &history);

	if (rc != RC_OK)
		return rc;
	if (history.marks) {
		say_kept(s, o, "она остаётся");
		change->kept++;
		return RC_OK;
	}
	const struct q_measure *row = measure_of(s->plan, o->measure);
	if (row)
		note_days(s, row, o->school, o->label, days_had(o),
		    (struct day_span){DATE_NONE, DATE_NONE});
	change->dropped++;
	return q_occurrence_drop(s->sc->db, m, o->id);
}

enum rc
occurrences_sync(
    struct scope *sc, const struct plan *p, struct occurrences_change *ret)
{
	struct sync s = {.sc = sc, .plan = p, .rc = RC_OK};
	struct occurrences_change change = {0};
	struct map there = map_open(sc->mem);
	struct q_occurrence *have;
	size_t n;
	enum rc rc = q_occurrence_list(
	    sc->db, sc->mem, sc->actor.municipality, p->head.id, &have, &n);

	if (rc != RC_OK)
		return rc;
	collect(&s);
	if (s.rc != RC_OK)
		return s.rc;
	bool *used = arena_new(sc->mem, bool, n ? n : 1);
	for (size_t i = 0; i < n; i++)
		*map_at(&there, key_of(sc->mem, have[i].measure,
				    have[i].window_no, have[i].school)) =
		    (int64_t)i;
	for (size_t i = 0; rc == RC_OK && i < s.wanted.n; i++) {
		const struct wanted *w = &s.wanted.p[i];
		int64_t at = map_get(&there,
		    key_of(sc->mem, w->measure, w->window_no, w->school));
		if (at == MAP_NONE) {
			rc = add(&s, w);
			change.added++;
			continue;
		}
		used[at] = true;
		rc = move(&s, &have[at], w, &change);
	}
	for (size_t i = 0; rc == RC_OK && i < n; i++)
		if (!used[i])
			rc = drop(&s, &have[i], &change);
	change.days = s.days.p;
	change.n_days = s.days.n;
	if (rc == RC_OK)
		*ret = change;
	return rc;
}
