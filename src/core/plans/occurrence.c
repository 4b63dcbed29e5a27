/* occurrence.c - how an occurrence stands today, and lists of what waits. */
#include "core/plans/occurrence.h"

#include "base/buf.h"
#include "base/map.h"
#include "core/access/access.h"

const char *const occurrence_state_codes[TASK_STATE_COUNT] = {
    [TASK_PLANNED] = "planned",
    [TASK_WAITING] = "waiting",
    [TASK_OPEN] = "open",
    [TASK_DUE_SOON] = "due_soon",
    [TASK_OVERDUE] = "overdue",
    [TASK_MARKED] = "marked",
    [TASK_RETURNED] = "returned",
    [TASK_RETURNED_LATE] = "returned_late",
    [TASK_DONE] = "done",
    [TASK_DONE_LATE] = "done_late",
    [TASK_NOT_NEEDED] = "not_needed",
};

const char *const occurrence_state_titles[TASK_STATE_COUNT] = {
    [TASK_PLANNED] = "время не пришло",
    [TASK_WAITING] = "дата не назначена",
    [TASK_OPEN] = "исполняется",
    [TASK_DUE_SOON] = "срок близко",
    [TASK_OVERDUE] = "просрочено",
    [TASK_MARKED] = "ждёт подтверждения",
    [TASK_RETURNED] = "возвращено",
    [TASK_RETURNED_LATE] = "возвращено, срок прошёл",
    [TASK_DONE] = "исполнено",
    [TASK_DONE_LATE] = "исполнено с опозданием",
    [TASK_NOT_NEEDED] = "не требуется",
};

const struct occurrence_rules occurrence_rules_usual = {.due_soon_days = 7};

static const char *const mark_codes[MARK_STATE_COUNT] = {
    [MARK_NONE] = "none",
    [MARK_DONE] = "done",
    [MARK_RETURNED] = "returned",
    [MARK_CONFIRMED] = "confirmed",
    [MARK_NOT_NEEDED] = "not_needed",
};

const char *
mark_state_title(enum mark_state m)
{
	static const char *const titles[MARK_STATE_COUNT] = {
	    [MARK_NONE] = "отметки нет",
	    [MARK_DONE] = "отмечено исполнение",
	    [MARK_RETURNED] = "отметка возвращена",
	    [MARK_CONFIRMED] = "исполнение подтверждено",
	    [MARK_NOT_NEEDED] = "исполнение признано ненужным"};

	return titles[m];
}

bool
mark_state_parse(struct str code, enum mark_state *ret)
{
	for (enum mark_state m = 0; m < MARK_STATE_COUNT; m++)
		if (str_eq(code, str_of(mark_codes[m]))) {
			*ret = m;
			return true;
		}
	return false;
}

const char *
mark_state_code(enum mark_state m)
{
	return mark_codes[m];
}

/* A day that nobody has named never passes. */
static bool
is_past(int32_t due, int32_t today)
{
	return due != DATE_NONE.day && today > due;
}

static enum occurrence_state
unmarked(const struct occurrence_days *o, int32_t today,
    const struct occurrence_rules *rules)
{
	if (is_past(o->due, today))
		return TASK_OVERDUE;
	if (o->due == DATE_NONE.day || o->is_outer)
		return TASK_WAITING;
	if (o->opens != DATE_NONE.day && today < o->opens)
		return TASK_PLANNED;
	if (o->due - today <= rules->due_soon_days)
		return TASK_DUE_SOON;
	return TASK_OPEN;
}

enum occurrence_state
occurrence_state(const struct occurrence_days *o, int32_t today,
    const struct occurrence_rules *rules)
{
	switch ((enum mark_state)o->mark) {
	case MARK_DONE:
		return TASK_MARKED;
	case MARK_RETURNED:
		return is_past(o->due, today) ? TASK_RETURNED_LATE :
						TASK_RETURNED;
	case MARK_CONFIRMED:
		return o->done != DATE_NONE.day && is_past(o->due, o->done) ?
			   TASK_DONE_LATE :
			   TASK_DONE;
	case MARK_NOT_NEEDED:
		return TASK_NOT_NEEDED;
	case MARK_NONE:
	case MARK_STATE_COUNT:
		break;
	}
	return unmarked(o, today, rules);
}

/* ---- lists ---- */

static struct occurrence_days
days_of(struct date opens, struct date due, struct date done, bool is_outer,
    struct str mark)
{
	enum mark_state m = MARK_NONE;

	(void)mark_state_parse(mark, &m);
	return (struct occurrence_days){.opens = opens.day,
	    .due = due.day,
	    .done = done.day,
	    .mark = (uint8_t)m,
	    .is_outer = is_outer};
}

int
working_days_late(
    const struct calendar *calendar, struct date due, struct date today)
{
	int n = 0;

	if (date_is_none(due))
		return 0;
	for (struct date d = date_plus(due, 1); !date_before(today, d);
	     d = date_plus(d, 1))
		n += calendar_is_working(calendar, d);
	return n;
}

static bool
is_late(enum occurrence_state s)
{
	return s == TASK_OVERDUE || s == TASK_RETURNED_LATE;
}

static struct task
task_of(const struct q_task *row, struct date today)
{
	const struct occurrence_days days = days_of(row->opens_on, row->due_on,
	    row->done_on, row->is_outer, row->mark_state);
	struct task t = {.row = *row,
	    .state =
		occurrence_state(&days, today.day, &occurrence_rules_usual)};

	if (is_late(t.state))
		t.days_late = working_days_late(NULL, row->due_on, today);
	return t;
}

enum rc
task_list(struct scope *sc, const struct task_filter *f, struct date today,
    struct task **ret, size_t *ret_n)
{
	struct date first = {0}, last = {0};
	struct q_task *rows;
	size_t n, kept = 0;
	enum rc rc = may(&sc->actor, PERM_PLANS_READ);

	if (rc != RC_OK)
		return rc;
	MUST(date_of(1900, 1, 1, &first) && date_of(2999, 12, 31, &last));
	const struct q_task_list_in in = {
	    .municipality = sc->actor.municipality,
	    .plan = f->plan,
	    .school = f->school,
	    .measure = f->measure,
	    .person = f->person,
	    .from_day = date_is_none(f->from) ? first : f->from,
	    .to_day = date_is_none(f->to) ? last : f->to};
	rc = q_task_list(sc->db, sc->mem, &sc->actor, &in, &rows, &n);
	if (rc != RC_OK)
		return rc;
	struct task *all = arena_new(sc->mem, struct task, n ? n : 1);
	for (size_t i = 0; i < n; i++) {
		struct task t = task_of(&rows[i], today);
		if (!f->states || (f->states & (1U << t.state)))
			all[kept++] = t;
	}
	*ret = all;
	*ret_n = kept;
	return RC_OK;
}

enum rc
task_find(
    struct scope *sc, occurrence_id id, struct date today, struct task *ret)
{
	struct q_task row;
	enum rc rc = may(&sc->actor, PERM_PLANS_READ);

	if (rc == RC_OK)
		rc = q_task_by_id(sc->db, sc->mem, &sc->actor,
		    sc->actor.municipality, id, &row);
	if (rc == RC_OK)
		*ret = task_of(&row, today);
	return rc;
}

/* ---- counts ---- */

struct counting {
	struct date today;
	struct task_counts *counts;
};

static bool
count_one(void *ctx, const struct q_occurrence_days *row)
{
	struct counting *c = ctx;
	const struct occurrence_days days = days_of(row->opens_on, row->due_on,
	    row->done_on, row->is_outer, row->mark_state);

	c->counts->by_state[occurrence_state(
	    &days, c->today.day, &occurrence_rules_usual)]++;
	c->counts->all++;
	return true;
}

enum rc
task_count(
    struct scope *sc, plan_id plan, struct date today, struct task_counts *ret)
{
	struct task_counts counts = {0};
	struct counting c = {.today = today, .counts = &counts};
	enum rc rc = q_occurrence_days(
	    sc->db, &sc->actor, sc->actor.municipality, plan, count_one, &c);

	if (rc == RC_OK)
		*ret = counts;
	return rc;
}

/* ---- "7 из 9" ---- */

struct rolling {
	struct scope *sc;
	struct map at; /* "measure/window" → place in rows */
	VEC(struct rollup) rows;
};

static struct rollup *
rollup_of(struct rolling *r, const struct q_task *row)
{
	struct str key = arena_fmt(r->sc->mem, "%lld/%lld",
	    (long long)row->measure.v, (long long)row->window_no);
	int64_t *at = map_at(&r->at, key);

	if (*at == MAP_NONE) {
		*at = (int64_t)r->rows.n;
		*vec_push(r->sc->mem, &r->rows) = (struct rollup){
		    .measure = row->measure, .window_no = row->window_no};
	}
	return &r->rows.p[*at];
}

static void
roll(struct rolling *r, const struct task *t)
{
	struct rollup *sum = rollup_of(r, &t->row);
	bool done = t->state == TASK_DONE || t->state == TASK_DONE_LATE;

	if (t->state == TASK_NOT_NEEDED)
		return;
	sum->of++;
	sum->done += done;
	sum->marked += t->state == TASK_MARKED;
	sum->late += is_late(t->state);
	if (done || t->state == TASK_MARKED || !t->row.school_name.n)
		return;
	sum->missing = sum->missing.n ? arena_fmt(r->sc->mem, "%.*s, %.*s",
					    STR_ARG(sum->missing),
					    STR_ARG(t->row.school_name)) :
					t->row.school_name;
}

enum rc
plan_rollup(struct scope *sc, plan_id plan, struct date today,
    struct rollup **ret, size_t *ret_n)
{
	const struct task_filter f = {
	    .plan = plan, .from = DATE_NONE, .to = DATE_NONE};
	struct rolling r = {.sc = sc, .at = map_open(sc->mem)};
	struct task *all;
	size_t n;
	enum rc rc = task_list(sc, &f, today, &all, &n);

	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < n; i++)
		roll(&r, &all[i]);
	*ret = r.rows.p;
	*ret_n = r.rows.n;
	return RC_OK;
}
