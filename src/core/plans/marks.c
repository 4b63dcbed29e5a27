/* marks.c - done, confirmed, returned: the marks of an occurrence. */
#include "core/plans/marks.h"

#include "base/buf.h"
#include "core/access/access.h"
#include "core/access/audit.h"
#include "core/plans/goal.h"
#include "store/q_plan_bulk.h"
#include "store/q_registry.h"

enum { TEXT_MOST = 4000 };

struct marking {
	struct scope *sc;
	struct q_task task;
	const char *kind;   /* of the mark */
	const char *action; /* of the journal */
	enum mark_state becomes;
	struct date on;
	struct opt_int num, den;
	struct str text;
};

static void
refuse(struct scope *sc, const char *column, const char *sentence)
{
	diag_error(
	    sc->diag, (struct place){.column = str_of(column)}, "%s", sentence);
}

/* ---- rights ---- */

static enum rc
answers_for_row(struct scope *sc, measure_id measure)
{
	struct q_answers_by_name row;
	enum rc rc = q_answers_by_name(sc->db, sc->mem, sc->actor.municipality,
	    measure, sc->actor.person, &row);

	return rc == RC_NOT_FOUND ? RC_DENIED : rc;
}

/* A school's occurrence by the school; a row of its own by who answers for it. */
static enum rc
may_mark(struct scope *sc, const struct q_task *t, enum perm right)
{
	enum rc rc = may(&sc->actor, right);

	if (rc != RC_OK || actor_reach(&sc->actor, right) == REACH_ALL)
		return rc;
	if (t->school.v)
		return may_for(sc, right, t->school);
	return right == PERM_MARKS_MAKE ? answers_for_row(sc, t->measure) :
					  RC_DENIED;
}

/* ---- the state it is in ---- */

static enum rc
last_mark(struct scope *sc, occurrence_id id, struct str *ret_who)
{
	struct q_mark *all;
	size_t n;
	enum rc rc = q_mark_list(
	    sc->db, sc->mem, &sc->actor, sc->actor.municipality, id, &all, &n);

	if (rc == RC_OK)
		*ret_who = !n ? S("") :
				arena_fmt(sc->mem, "%.*s, %.*s",
				    STR_ARG(all[n - 1].person_name),
				    STR_ARG(date_ru(sc->mem,
					moment_date(all[n - 1].at, 0))));
	return rc;
}

static enum rc
somebody_was_first(struct marking *m)
{
	struct scope *sc = m->sc;
	enum mark_state now = MARK_NONE;
	struct str who;
	enum rc rc = last_mark(sc, m->task.id, &who);

	if (rc != RC_OK)
		return rc;
	(void)mark_state_parse(m->task.mark_state, &now);
	diag_error(sc->diag, (struct place){0},
	    N_("За это время запись изменилась: %s%s%.*s%s."),
	    mark_state_title(now), who.n ? " (" : "", STR_ARG(who),
	    who.n ? ")" : "")
	    ->hint = S("Посмотрите, что изменилось, и повторите, если нужно.");
	return RC_CONFLICT;
}

static bool
is_in(struct marking *m, unsigned states)
{
	enum mark_state now = MARK_NONE;

	(void)mark_state_parse(m->task.mark_state, &now);
	return (states & (1U << now)) != 0;
}

static enum rc
check_plan(struct marking *m)
{
	struct q_plan plan;
	struct scope *sc = m->sc;
	enum rc rc = q_plan_by_id(sc->db, sc->mem, &sc->actor,
	    sc->actor.municipality, m->task.plan, &plan);

	if (rc == RC_OK && str_eq(plan.state, S("closed"))) {
		refuse(sc, "", N_("План закрыт, отметки больше не ставятся."));
		return RC_INVALID;
	}
	return rc;
}

/* Reads it inside the transaction, checks who may and from which state. */
static enum rc
begin(struct marking *m, occurrence_id id, int64_t version, enum perm right,
    unsigned from)
{
	struct scope *sc = m->sc;
	enum rc rc = q_task_by_id(
	    sc->db, sc->mem, &sc->actor, sc->actor.municipality, id, &m->task);

	if (rc == RC_OK)
		rc = may_mark(sc, &m->task, right);
	if (rc == RC_OK)
		rc = check_plan(m);
	if (rc != RC_OK)
		return rc;
	if (m->task.version != version || !is_in(m, from))
		return somebody_was_first(m);
	if (m->text.n > TEXT_MOST) {
		refuse(sc, "text", N_("Текст длиннее 4000 знаков."));
		return RC_INVALID;
	}
	return RC_OK;
}

/* ---- writing ---- */

static enum rc
instead_of(struct scope *sc, school_id school, struct str *ret)
{
	struct q_stands_in_for row;
	enum rc rc = q_stands_in_for(sc->db, sc->mem, sc->actor.municipality,
	    sc->actor.person, school, sc->actor.today, &row);

	*ret = rc == RC_OK ? row.name : S("");
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static struct str
object_name(struct arena *mem, const struct q_task *t)
{
	return arena_fmt(mem, "%.*s %.*s%s%.*s", STR_ARG(t->number),
	    STR_ARG(t->title), t->school_name.n ? " – " : "",
	    STR_ARG(t->school_name));
}

static enum rc
tell(struct marking *m, struct str stands_for)
{
	struct arena *mem = m->sc->mem;
	struct str note = m->text.p ? m->text : S("");
	enum mark_state was = MARK_NONE;

	(void)mark_state_parse(m->task.mark_state, &was);
	if (stands_for.n)
		note = arena_fmt(mem, "за %.*s%s%.*s", STR_ARG(stands_for),
		    note.n ? "; " : "", STR_ARG(note));
	return audit_write(
	    m->sc, &(struct audit_entry){.action = str_of(m->action),
		       .object = S("occurrence"),
		       .object_id = m->task.id.v,
		       .object_name = object_name(mem, &m->task),
		       .was = str_of(mark_state_title(was)),
		       .becomes = str_of(mark_state_title(m->becomes)),
		       .note = note});
}

static enum rc
finish(struct marking *m)
{
	struct scope *sc = m->sc;
	bool keeps_day = m->becomes == MARK_CONFIRMED ||
			 m->becomes == MARK_RETURNED ||
			 (m->becomes == MARK_DONE && date_is_none(m->on));
	const struct q_occurrence_set_mark_in set = {
	    .municipality = sc->actor.municipality,
	    .id = m->task.id,
	    .version = m->task.version,
	    .mark_state = str_of(mark_state_code(m->becomes)),
	    .done_on = keeps_day ? m->task.done_on : m->on};
	struct q_mark_add_in add = {.municipality = sc->actor.municipality,
	    .occurrence = m->task.id,
	    .kind = str_of(m->kind),
	    .on_date = m->on,
	    .fact_num = m->num,
	    .fact_den = m->den,
	    .text = m->text.p ? str_trim(m->text) : S(""),
	    .person = sc->actor.person,
	    .person_name = sc->actor.name.p ? sc->actor.name : S(""),
	    .at = sc->now};
	enum rc rc = instead_of(sc, m->task.school, &add.instead_of);

	if (rc == RC_OK)
		rc = q_occurrence_set_mark(sc->db, &set);
	if (rc == RC_CONFLICT)
		return somebody_was_first(m);
	if (rc == RC_OK)
		rc = q_mark_add(sc->db, &add);
	if (rc == RC_OK)
		rc = tell(m, add.instead_of);
	return rc;
}

/* ---- done ---- */

/* "12,5 %", "23": a share is kept as a fraction of one. */
static bool
read_fact(struct marking *m, struct str fact)
{
	enum goal_kind kind = GOAL_TEXT;
	struct ratio value;

	(void)goal_kind_parse(m->task.goal, &kind);
	if (!str_trim(fact).n)
		return true;
	if (!ratio_parse(fact, &value) || value.num < 0)
		return false;
	bool percent = kind == GOAL_LEVEL || kind == GOAL_CHANGE_PP ||
		       kind == GOAL_CHANGE_REL || str_find(fact, S("%")) >= 0;
	m->num = (struct opt_int){true, value.num};
	m->den = (struct opt_int){true, percent ? value.den * 100 : value.den};
	return true;
}

static enum rc
check_done(struct marking *m, const struct mark_new *new)
{
	struct scope *sc = m->sc;
	size_t before = sc->diag->errors, n;
	struct str *missing;
	enum rc rc = evidence_missing(sc, m->task.id, &missing, &n);

	if (rc != RC_OK)
		return rc;
	if (date_is_none(new->on))
		refuse(sc, "on", N_("Не сказано, когда исполнено."));
	else if (date_before(sc->actor.today, new->on))
		refuse(sc, "on", N_("Этот день ещё не наступил."));
	if (!read_fact(m, new->fact.p ? new->fact : S("")))
		refuse(sc, "fact",
		    N_("Достигнутое значение – число, например 23 или "
		       "12,5 %."));
	for (size_t i = 0; i < n; i++)
		diag_error(sc->diag, (struct place){.column = S("evidence")},
		    N_("Не приложено подтверждение: %.*s."),
		    STR_ARG(missing[i]))
		    ->hint = S("Приложите файл, ссылку или реквизиты.");
	return sc->diag->errors > before ? RC_INVALID : RC_OK;
}

enum rc
mark_done(struct scope *sc, const struct mark_new *new)
{
	struct marking m = {.sc = sc,
	    .kind = "done",
	    .action = "mark.done",
	    .becomes = MARK_DONE,
	    .on = new->on,
	    .text = new->text};
	autotx tx = {0};
	enum rc rc = tx_begin(sc->db, &tx);

	if (rc == RC_OK)
		rc = begin(&m, new->occurrence, new->version, PERM_MARKS_MAKE,
		    1U << MARK_NONE | 1U << MARK_RETURNED);
	if (rc == RC_OK)
		rc = check_done(&m, new);
	if (rc == RC_OK)
		rc = finish(&m);
	return rc == RC_OK ? tx_commit(&tx) : rc;
}

/* ---- the others: a state, a right, perhaps a reason ---- */

struct change {
	const char *kind, *action;
	enum mark_state becomes;
	enum perm right;
	unsigned from;
	bool needs_reason;
};

static enum rc
change_inside(struct scope *sc, const struct change *c, occurrence_id id,
    int64_t version, struct str text)
{
	struct marking m = {.sc = sc,
	    .kind = c->kind,
	    .action = c->action,
	    .becomes = c->becomes,
	    .on = DATE_NONE,
	    .text = text};
	enum rc rc = begin(&m, id, version, c->right, c->from);

	if (rc == RC_OK && c->needs_reason && !str_trim(text).n) {
		refuse(sc, "text", N_("Не названа причина."));
		return RC_INVALID;
	}
	return rc == RC_OK ? finish(&m) : rc;
}

static enum rc
change(struct scope *sc, const struct change *c, occurrence_id id,
    int64_t version, struct str text)
{
	autotx tx = {0};
	enum rc rc = tx_begin(sc->db, &tx);

	if (rc == RC_OK)
		rc = change_inside(sc, c, id, version, text);
	return rc == RC_OK ? tx_commit(&tx) : rc;
}

static const struct change confirming = {"confirmed", "mark.confirmed",
    MARK_CONFIRMED, PERM_MARKS_CONFIRM, 1U << MARK_DONE, false};

enum rc
mark_confirm(
    struct scope *sc, occurrence_id id, int64_t version, struct str text)
{
	return change(sc, &confirming, id, version, text);
}

enum rc
mark_return(
    struct scope *sc, occurrence_id id, int64_t version, struct str reason)
{
	static const struct change c = {"returned", "mark.returned",
	    MARK_RETURNED, PERM_MARKS_CONFIRM,
	    1U << MARK_DONE | 1U << MARK_CONFIRMED, true};

	return change(sc, &c, id, version, reason);
}

enum rc
mark_withdraw(
    struct scope *sc, occurrence_id id, int64_t version, struct str reason)
{
	static const struct change c = {"withdrawn", "mark.withdrawn",
	    MARK_NONE, PERM_MARKS_MAKE, 1U << MARK_DONE, false};

	return change(sc, &c, id, version, reason);
}

enum rc
mark_not_needed(
    struct scope *sc, occurrence_id id, int64_t version, struct str reason)
{
	static const struct change c = {"not_needed", "mark.not_needed",
	    MARK_NOT_NEEDED, PERM_MARKS_CONFIRM,
	    1U << MARK_NONE | 1U << MARK_RETURNED, true};

	return change(sc, &c, id, version, reason);
}

enum rc
mark_needed(
    struct scope *sc, occurrence_id id, int64_t version, struct str reason)
{
	static const struct change c = {"needed", "mark.needed", MARK_NONE,
	    PERM_MARKS_CONFIRM, 1U << MARK_NOT_NEEDED, false};

	return change(sc, &c, id, version, reason);
}

enum rc
mark_confirm_many(
    struct scope *sc, const struct mark_many *all, size_t n, struct str text)
{
	size_t refused = 0;
	autotx tx = {0};
	enum rc rc = tx_begin(sc->db, &tx), worst = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		enum rc one = change_inside(
		    sc, &confirming, all[i].id, all[i].version, text);
		if (one == RC_FAILED)
			rc = one;
		if (one == RC_OK)
			continue;
		refused++;
		worst = one;
		diag_error(sc->diag, (struct place){0},
		    N_("Запись № %lld не подтверждена."),
		    (long long)all[i].id.v);
	}
	if (rc != RC_OK || refused)
		return rc != RC_OK ? rc : worst;
	return tx_commit(&tx);
}

/* ---- taking back ---- */

/* What this person confirmed in one go, last, today. */
static enum rc
confirmed_today(
    struct scope *sc, struct q_confirmed_at_once **ret, size_t *ret_n)
{
	struct q_municipality place;
	enum rc rc = q_municipality_by_id(
	    sc->db, sc->mem, sc->actor.municipality, &place);

	if (rc != RC_OK)
		return rc;
	/* The day of the place began at its own midnight. */
	struct moment since =
	    moment_of_day(sc->actor.today, (int32_t)place.zone_minutes);
	return q_confirmed_at_once(sc->db, sc->mem, &sc->actor,
	    sc->actor.municipality, sc->actor.person, since, ret, ret_n);
}

enum rc
mark_confirmed_today(struct scope *sc, size_t *ret_n)
{
	struct q_confirmed_at_once *all;

	return confirmed_today(sc, &all, ret_n);
}

enum rc
mark_unconfirm_today(struct scope *sc, size_t *ret_n)
{
	static const struct change taking_back = {"unconfirmed",
	    "mark.unconfirmed", MARK_DONE, PERM_MARKS_CONFIRM,
	    1U << MARK_CONFIRMED, false};
	struct q_confirmed_at_once *all;
	size_t n = 0;
	autotx tx = {0};
	enum rc rc = tx_begin(sc->db, &tx);

	if (rc == RC_OK)
		rc = confirmed_today(sc, &all, &n);
	if (rc == RC_OK && !n) {
		refuse(sc, "", N_("Сегодня отменять нечего."));
		rc = RC_CONFLICT;
	}
	for (size_t i = 0; rc == RC_OK && i < n; i++)
		rc = change_inside(
		    sc, &taking_back, all[i].occurrence, all[i].version, S(""));
	if (rc == RC_OK)
		rc = tx_commit(&tx);
	if (rc == RC_OK)
		*ret_n = n;
	return rc;
}
