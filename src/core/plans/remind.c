/* remind.c - who hears of what today? */
#include "core/plans/ladder.h"
#include "core/plans/remind_own.h"

const char *const letter_kind_codes[LETTER_KIND_COUNT] = {
    [LETTER_WEEK] = "week", [LETTER_DAY] = "day"};
const char *const letter_kind_titles[LETTER_KIND_COUNT] = {
    [LETTER_WEEK] = N_("Сводка на неделю"),
    [LETTER_DAY] = N_("Напоминание в день срока")};

bool
letter_kind_parse(struct str code, enum letter_kind *ret)
{
	for (enum letter_kind k = 0; k < LETTER_KIND_COUNT; k++)
		if (str_eq(code, str_of(letter_kind_codes[k]))) {
			*ret = k;
			return true;
		}
	return false;
}

enum rc
letter_kind_want(struct scope *sc, enum letter_kind kind, bool wanted)
{
	struct str code = str_of(letter_kind_codes[kind]);
	municipality_id m = sc->actor.municipality;

	return wanted ? q_refusal_drop(sc->db, m, sc->actor.person, code) :
			q_refusal_add(sc->db, m, sc->actor.person, code);
}

/* A long holiday moves it on, but news of Thursday is no plan for a week. */
bool
is_week_letter_day(const struct calendar *calendar, struct date today)
{
	enum { WEDNESDAY = 3 };
	struct date first = date_plus(today, 1 - date_weekday(today));

	while (
	    !calendar_is_working(calendar, first) && date_before(first, today))
		first = date_plus(first, 1);
	return calendar_is_working(calendar, today) &&
	       (date_eq(first, today) || date_weekday(today) <= WEDNESDAY);
}

struct making {
	struct scope *sc;
	const struct remind_options *o;
	struct concerned concerned;
	struct escalation ladder;
	struct date sunday;
	struct remind_box *boxes;
	size_t n;
	struct remind_extra extra;
};

/* Persons are sorted by name; there are as many as a department has. */
static struct remind_box *
box_of(struct making *m, person_id person)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->boxes[i].who.person.v == person.v)
			return &m->boxes[i];
	return NULL;
}

static void
put_instead(struct making *m, struct remind_box *box, struct str instead_of)
{
	if (instead_of.n && str_find(box->instead_of, instead_of) < 0)
		box->instead_of =
		    box->instead_of.n ?
			arena_fmt(m->sc->mem, "%.*s, %.*s",
			    STR_ARG(box->instead_of), STR_ARG(instead_of)) :
			instead_of;
}

static void
put(struct making *m, const struct concern *c, const struct remind_item *item,
    enum remind_part part)
{
	struct remind_box *box = box_of(m, c->person);
	enum letter_kind kind = part == PART_TODAY ? LETTER_DAY : LETTER_WEEK;

	if (!box)
		return;
	struct remind_items *items = &box->parts[part];
	if (items->n && items->p[items->n - 1].task == item->task)
		return; /* a coordinator who is also the head */
	*vec_push(m->sc->mem, items) = *item;
	box->why[kind][c->why] = true;
	put_instead(m, box, c->instead_of);
}

static void
put_all(struct making *m, const struct concern_list *list,
    const struct remind_item *item, enum remind_part part)
{
	for (size_t i = 0; i < list->n; i++)
		put(m, &list->p[i], item, part);
}

/* The part of the week's letter for whoever has to do it. */
static bool
week_part(const struct making *m, const struct remind_item *item,
    enum remind_part *ret)
{
	struct date due = item->task->due_on;

	switch (item->state) {
	case TASK_RETURNED:
	case TASK_RETURNED_LATE:
		*ret = PART_RETURNED;
		return true;
	case TASK_OVERDUE:
		*ret = PART_LATE;
		return true;
	case TASK_OPEN:
	case TASK_DUE_SOON:
	case TASK_PLANNED:
		if (date_before(date_plus(m->o->today, REMIND_SOON_DAYS), due))
			return false;
		*ret = date_before(m->sunday, due) ? PART_SOON : PART_DUE;
		return true;
	case TASK_WAITING:
	case TASK_MARKED:
	case TASK_DONE:
	case TASK_DONE_LATE:
	case TASK_NOT_NEEDED:
	case TASK_STATE_COUNT:
		break;
	}
	return false;
}

static void
escalate(struct making *m, const struct remind_item *item)
{
	static const struct {
		enum escalation_rung rung;
		enum role role;
	} rungs[] = {{RUNG_CURATOR, ROLE_CURATOR},
	    {RUNG_COORDINATOR, ROLE_COORDINATOR}, {RUNG_HEAD, ROLE_HEAD}};

	for (size_t i = 0; i < COUNT_OF(rungs); i++) {
		struct concern_list told = {0};

		if (item->days_late < m->ladder.days[rungs[i].rung])
			continue;
		if (rungs[i].role == ROLE_CURATOR && !item->task->school.v)
			continue;
		concern_role(m->sc->mem, &m->concerned, rungs[i].role,
		    item->task->school, &told);
		put_all(m, &told, item, PART_ESCALATED);
	}
}

static bool
is_for_today(const struct making *m, const struct remind_item *item)
{
	const struct q_open_task *t = item->task;
	struct date first_late = calendar_plus_working(
	    m->o->calendar, t->due_on, m->ladder.days[RUNG_ANSWERS]);

	switch (item->state) {
	case TASK_OVERDUE:
	case TASK_RETURNED_LATE:
		return date_eq(first_late, m->o->today);
	case TASK_PLANNED:
	case TASK_OPEN:
	case TASK_DUE_SOON:
	case TASK_RETURNED:
		return reminds_on(
		    m->o->calendar, t->opens_on, t->due_on, m->o->today);
	case TASK_WAITING:
	case TASK_MARKED:
	case TASK_DONE:
	case TASK_DONE_LATE:
	case TASK_NOT_NEEDED:
	case TASK_STATE_COUNT:
		break;
	}
	return false;
}

static struct remind_item
item_of(const struct making *m, const struct q_open_task *t)
{
	struct occurrence_days days = {.opens = t->opens_on.day,
	    .due = t->due_on.day,
	    .done = t->done_on.day,
	    .is_outer = t->is_outer};
	enum mark_state mark = MARK_NONE;
	struct remind_item item = {.task = t};

	(void)mark_state_parse(t->mark_state, &mark);
	days.mark = (uint8_t)mark;
	item.state =
	    occurrence_state(&days, m->o->today.day, &occurrence_rules_usual);
	if (item.state == TASK_OVERDUE || item.state == TASK_RETURNED_LATE)
		item.days_late =
		    working_days_late(m->o->calendar, t->due_on, m->o->today);
	return item;
}

static void
share_out(struct making *m, const struct q_open_task *t)
{
	struct remind_item item = item_of(m, t);
	struct concern_list answers = {0}, confirms = {0};
	enum remind_part part;

	if (item.state == TASK_MARKED) {
		concern_confirms(
		    m->sc->mem, &m->concerned, t->school, &confirms);
		put_all(m, &confirms, &item, PART_CONFIRM);
		return;
	}
	concern_answers(
	    m->sc->mem, &m->concerned, t->measure, t->school, &answers);
	if (week_part(m, &item, &part))
		put_all(m, &answers, &item, part);
	if (is_for_today(m, &item))
		put_all(m, &answers, &item, PART_TODAY);
	if (item.days_late > 0)
		escalate(m, &item);
}

/* ---- boxes ---- */

static enum rc
read_refusals(struct making *m)
{
	struct q_refusal_list *all;
	size_t n;
	enum rc rc = q_refusal_list(
	    m->sc->db, m->sc->mem, m->sc->actor.municipality, &all, &n);

	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		struct remind_box *box = box_of(m, all[i].person);
		enum letter_kind kind;
		if (box && letter_kind_parse(all[i].kind, &kind))
			box->is_unwanted[kind] = true;
	}
	return rc;
}

static enum rc
open_boxes(struct making *m)
{
	struct scope *sc = m->sc;
	struct q_correspondent_list *people;
	struct concern_list keepers = {0};
	enum rc rc = q_correspondent_list(
	    sc->db, sc->mem, sc->actor.municipality, &people, &m->n);

	if (rc != RC_OK)
		return rc;
	m->boxes = arena_new(sc->mem, struct remind_box, m->n ? m->n : 1);
	for (size_t i = 0; i < m->n; i++)
		m->boxes[i] = (struct remind_box){
		    .who = people[i], .told = MOMENT_NONE, .instead_of = S("")};
	concern_role(
	    sc->mem, &m->concerned, ROLE_COORDINATOR, (school_id){0}, &keepers);
	for (size_t i = 0; i < keepers.n; i++) {
		struct remind_box *box = box_of(m, keepers.p[i].person);
		if (box) {
			box->is_keeper = true;
			box->why[LETTER_WEEK][WHY_COORDINATOR] = true;
		}
	}
	return read_refusals(m);
}

static enum rc
read_extra(struct making *m)
{
	struct scope *sc = m->sc;
	municipality_id place = sc->actor.municipality;
	struct moment before = {
	    sc->now.second - (int64_t)REMIND_SILENT_DAYS * 86400};
	enum rc rc = q_silent_list(sc->db, sc->mem, place, m->o->today, before,
	    &m->extra.silent, &m->extra.n_silent);

	if (rc == RC_OK)
		rc = q_undated_measure_list(sc->db, sc->mem, place,
		    &m->extra.undated, &m->extra.n_undated);
	return rc;
}

static enum rc
read_tasks(struct making *m)
{
	struct scope *sc = m->sc;
	struct q_open_task *tasks;
	size_t n;
	enum rc rc = q_open_task_list(sc->db, sc->mem, sc->actor.municipality,
	    m->o->today, date_plus(m->o->today, REMIND_SOON_DAYS), &tasks, &n);

	for (size_t i = 0; rc == RC_OK && i < n; i++)
		share_out(m, &tasks[i]);
	return rc;
}

/* ---- deadlines that moved ---- */

/* Not those its last letter told of. */
static enum rc
read_told(struct making *m)
{
	struct q_week_letter_last *all;
	struct date monday =
	    date_plus(m->o->today, 1 - date_weekday(m->o->today));
	struct str this_week =
	    arena_fmt(m->sc->mem, "%s %.*s", letter_kind_codes[LETTER_WEEK],
		STR_ARG(date_iso_str(m->sc->mem, monday)));
	size_t n;
	enum rc rc = q_week_letter_last(m->sc->db, m->sc->mem,
	    m->sc->actor.municipality, this_week, &all, &n);

	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		struct remind_box *box = box_of(m, all[i].person);
		if (box)
			box->told = all[i].made_at;
	}
	return rc;
}

static void
put_moved(struct making *m, const struct q_moved_deadline *d)
{
	struct concern_list answers = {0};

	concern_answers(
	    m->sc->mem, &m->concerned, d->measure, d->school, &answers);
	for (size_t i = 0; i < answers.n; i++) {
		struct remind_box *box = box_of(m, answers.p[i].person);

		if (!box || (!moment_is_none(box->told) &&
				d->at.second < box->told.second))
			continue;
		*vec_push(m->sc->mem, &box->moved) = d;
		box->why[LETTER_WEEK][answers.p[i].why] = true;
		put_instead(m, box, answers.p[i].instead_of);
	}
}

static enum rc
read_moved(struct making *m)
{
	struct scope *sc = m->sc;
	struct q_moved_deadline *all;
	size_t n;
	enum rc rc = read_told(m);

	if (rc == RC_OK)
		rc = q_moved_deadline_list(sc->db, sc->mem,
		    sc->actor.municipality,
		    moment_of_day(
			date_plus(m->o->today, -REMIND_MOVED_DAYS), 0),
		    &all, &n);
	for (size_t i = 0; rc == RC_OK && i < n; i++)
		put_moved(m, &all[i]);
	return rc;
}

/* ---- letters ---- */

static enum rc
fate_of(struct making *m, const struct remind_box *box, enum letter_kind kind,
    struct reminder *r)
{
	struct q_letter_is_written found;
	enum rc rc = q_letter_is_written(m->sc->db, m->sc->mem,
	    m->sc->actor.municipality, r->letter.once, &found);

	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	r->fate = box->is_unwanted[kind] ? REMINDER_UNWANTED :
		  !r->letter.address.n   ? REMINDER_NO_ADDRESS :
		  rc == RC_OK            ? REMINDER_WRITTEN :
					   REMINDER_NEW;
	return RC_OK;
}

static enum rc
write_letters(struct making *m, struct reminder **ret, size_t *ret_n)
{
	bool week = is_week_letter_day(m->o->calendar, m->o->today);
	VEC(struct reminder) all = {0};
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < m->n; i++) {
		for (enum letter_kind k = 0; k < LETTER_KIND_COUNT; k++) {
			struct reminder r = {.name = m->boxes[i].who.name};

			if ((k == LETTER_WEEK && !week) ||
			    !remind_letter(m->sc->mem, m->o, &m->boxes[i],
				&m->extra, k, &r.letter))
				continue;
			rc = fate_of(m, &m->boxes[i], k, &r);
			if (rc != RC_OK)
				break;
			*vec_push(m->sc->mem, &all) = r;
		}
	}
	*ret = all.p;
	*ret_n = all.n;
	return rc;
}

enum rc
reminders_make(struct scope *sc, const struct remind_options *o,
    struct reminder **ret, size_t *ret_n)
{
	struct making m = {.sc = sc,
	    .o = o,
	    .ladder = escalation_usual(),
	    .sunday = date_plus(o->today, 7 - date_weekday(o->today))};
	struct reminder *all;
	size_t n;
	enum rc rc = concerned_read(sc, o->today, &m.concerned);

	if (rc == RC_OK)
		rc = open_boxes(&m);
	if (rc == RC_OK)
		rc = read_extra(&m);
	if (rc == RC_OK)
		rc = read_moved(&m);
	if (rc == RC_OK)
		rc = read_tasks(&m);
	if (rc == RC_OK)
		rc = write_letters(&m, &all, &n);
	if (rc != RC_OK)
		return rc;
	*ret = all;
	*ret_n = n;
	return RC_OK;
}

enum rc
reminders_write(
    struct scope *sc, struct reminder *all, size_t n, size_t *ret_written)
{
	size_t written = 0;
	autotx tx = {0};
	enum rc rc = tx_begin(sc->db, &tx);

	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		bool is_new = false;

		if (all[i].fate != REMINDER_NEW)
			continue;
		rc = letter_put(sc, &all[i].letter, &is_new);
		written += is_new;
	}
	if (rc == RC_OK)
		rc = tx_commit(&tx);
	if (rc == RC_OK)
		*ret_written = written;
	return rc;
}
