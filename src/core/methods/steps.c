/* steps.c - which step may be taken, by whom, and what it leaves behind. */
#include "core/methods/steps.h"

#include "base/buf.h"
#include "core/access/access.h"
#include "core/access/audit.h"
#include "core/access/notices.h"
#include "core/methods/reconcile.h"
#include "store/q_room_official.h"

const struct way_state list_states[LIST_STATE_COUNT] = {

#define STATE(name, code, title, meaning) {code, title, meaning},
#define STEP(...)
#include "core/methods/steps.def"
#undef STATE
#undef STEP
};

const struct way_step list_steps[LIST_STEP_COUNT] = {

#define STATE(...)
#define STEP(name, code, from, to, right, needs, button)                       \
	{code, LIST_##from, LIST_##to, PERM_##right, needs, button},
#include "core/methods/steps.def"
#undef STATE
#undef STEP
};

bool
list_state_parse(struct str code, enum list_state *ret)
{
	size_t i = way_find_state(list_states, LIST_STATE_COUNT, code);

	if (i < LIST_STATE_COUNT)
		*ret = (enum list_state)i;
	return i < LIST_STATE_COUNT;
}

bool
list_step_parse(struct str code, enum list_step *ret)
{
	size_t i = way_find_step(list_steps, LIST_STEP_COUNT, code);

	if (i < LIST_STEP_COUNT)
		*ret = (enum list_step)i;
	return i < LIST_STEP_COUNT;
}

bool
list_step_is_open(
    const struct actor *a, enum list_state now, enum list_step step)
{
	return list_steps[step].from == now &&
	       actor_reach(a, list_steps[step].right) == REACH_ALL;
}

bool
list_is_shown_to(const struct actor *a, enum list_state now)
{
	return actor_reach(a, PERM_LISTS_READ) == REACH_ALL ||
	       (now != LIST_DRAFT && now != LIST_DROPPED);
}

enum rc
list_way_read(struct scope *sc, const struct q_run *run, struct list_way *ret)
{
	struct list_way way = {.term = DATE_NONE};
	struct q_run_step *all;
	enum rc rc = q_run_step_list(
	    sc->db, sc->mem, sc->actor.municipality, run->id, &all, &way.n);

	if (rc != RC_OK)
		return rc;
	if (!list_state_parse(run->state, &way.state))
		return RC_FAILED;
	way.steps = all;
	for (size_t i = 0; i < way.n; i++) {
		enum list_state to;

		if (!list_state_parse(all[i].becomes, &to))
			return RC_FAILED;
		if (to == LIST_DRAFT)
			way = (struct list_way){.state = way.state,
			    .term = DATE_NONE,
			    .steps = all,
			    .n = way.n};
		if (!date_is_none(all[i].term))
			way.term = all[i].term;
		if (to == LIST_APPROVED && all[i].document_number.n)
			way.approved = all[i];
		if (to == LIST_APPROVED)
			way.reconciled = (struct q_run_step){0};
		if (to == LIST_RECONCILED)
			way.reconciled = all[i];
	}
	*ret = way;
	return RC_OK;
}

/* ---- what is missing for a step ---- */

struct stepping {
	struct scope *sc;
	struct q_run run;
	struct list_way way;
	enum list_step step;
	const struct step_details *details;
};

static bool
stands_on(const struct q_run_loads *loads, size_t n, load_id load)
{
	for (size_t i = 0; i < n; i++)
		if (loads[i].load.v == load.v)
			return true;
	return false;
}

/* Objections that still hold the approval back. */
static enum rc
check_objections(struct stepping *s)
{
	struct scope *sc = s->sc;
	municipality_id place = sc->actor.municipality;
	struct q_run_loads *loads;
	struct q_objection *all;
	size_t n, n_loads, open = 0;
	enum rc rc = q_objection_of_run(
	    sc->db, sc->mem, &sc->actor, place, s->run.id, &all, &n);

	if (rc == RC_OK)
		rc = q_run_loads(
		    sc->db, sc->mem, place, s->run.id, &loads, &n_loads);
	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		open += str_eq(all[i].state, S("open"));
		if (!str_eq(all[i].state, S("accepted")) || !all[i].load.v ||
		    stands_on(loads, n_loads, all[i].load))
			continue;
		diag_error(sc->diag, (struct place){0},
		    N_("По возражению № %lld числа исправлены загрузкой № "
		       "%lld, а перечень рассчитан до неё."),
		    (long long)all[i].id.v, (long long)all[i].load.v)
		    ->hint = S("Рассчитайте перечень заново, а этот снимите.");
	}
	if (rc == RC_OK && open)
		diag_error(sc->diag, (struct place){0},
		    N_("Возражений без ответа: %zu."), open)
		    ->hint = S("Ответьте на каждое: принять или отклонить.");
	return rc;
}

static enum rc
check_approval(struct stepping *s)
{
	struct scope *sc = s->sc;
	struct q_run_approved_other other;

	if (!date_is_none(s->way.term) &&
	    !date_before(s->way.term, sc->actor.today))
		diag_error(sc->diag, (struct place){0},
		    N_("Возражения принимаются по %.*s; утвердить перечень "
		       "можно на следующий день."),
		    STR_ARG(date_ru(sc->mem, s->way.term)));

	enum rc rc = check_objections(s);
	if (rc != RC_OK)
		return rc;
	rc = q_run_approved_other(sc->db, sc->mem, sc->actor.municipality,
	    s->run.method, s->run.year, s->run.id, &other);
	if (rc == RC_OK)
		diag_error(sc->diag, (struct place){0},
		    N_("На этот год уже утверждён перечень № %lld."),
		    (long long)other.id.v)
		    ->hint = S("Сначала отмените его утверждение.");
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

/* BASIS: domain 10.14 - every difference with the order has its cause. */
static enum rc
check_reconciliation(struct stepping *s)
{
	size_t unexplained = 0;

	if (!s->details->act.v)
		return RC_OK;
	enum rc rc = reconcile_unexplained(
	    s->sc, &s->run, s->details->act, &unexplained);
	if (rc == RC_OK && unexplained)
		diag_error(s->sc->diag, (struct place){0},
		    N_("Расхождений с приказом без объяснения: %zu."),
		    unexplained)
		    ->hint = S("Объясните каждое на странице сверки.");
	return rc;
}

static enum rc
check(struct stepping *s)
{
	size_t before = s->sc->diag->errors;
	enum rc rc = RC_OK;

	way_check_details(s->sc, list_steps[s->step].needs, s->details);
	if (s->step == LIST_STEP_APPROVE)
		rc = check_approval(s);
	if (s->step == LIST_STEP_RECONCILE)
		rc = check_reconciliation(s);
	if (rc != RC_OK)
		return rc;
	return s->sc->diag->errors > before ? RC_INVALID : RC_OK;
}

/* ---- the step itself ---- */

static struct str
state_text(const struct stepping *s, struct arena *mem)
{
	const struct step_details *d = s->details;
	unsigned needs = list_steps[s->step].needs;
	struct str title = str_of(list_states[list_steps[s->step].to].title);

	if (needs & NEEDS_TERM)
		return arena_fmt(mem, "%.*s по %.*s", STR_ARG(title),
		    STR_ARG(date_ru(mem, d->term)));
	if (needs & NEEDS_DOCUMENT)
		return arena_fmt(mem, "%.*s: %.*s № %.*s от %.*s",
		    STR_ARG(title), STR_ARG(d->document),
		    STR_ARG(d->document_number),
		    STR_ARG(date_ru(mem, d->document_on)));
	return title;
}

static enum rc
write_step(struct stepping *s)
{
	struct scope *sc = s->sc;
	const struct step_details *d = s->details;
	const char *to = list_states[list_steps[s->step].to].code;
	bool has_document = (list_steps[s->step].needs & NEEDS_DOCUMENT) != 0;
	const struct q_run_set_state_in set = {
	    .municipality = sc->actor.municipality,
	    .id = s->run.id,
	    .version_row = s->run.version_row,
	    .state = str_of(to),
	    .state_note = state_text(s, sc->mem),
	    .state_on = sc->actor.today};
	const struct q_run_step_add_in add = {
	    .municipality = sc->actor.municipality,
	    .run = s->run.id,
	    .step = str_of(list_steps[s->step].code),
	    .was = s->run.state,
	    .becomes = str_of(to),
	    .on_date = sc->actor.today,
	    .term =
		list_steps[s->step].needs & NEEDS_TERM ? d->term : DATE_NONE,
	    .document = has_document ? d->document : S(""),
	    .document_number =
		has_document ? str_trim(d->document_number) : S(""),
	    .document_on = has_document ? d->document_on : DATE_NONE,
	    .official = d->act,
	    .reason = d->reason.p ? str_trim(d->reason) : S(""),
	    .person = sc->actor.person,
	    .person_name = sc->actor.name.p ? sc->actor.name : S(""),
	    .at = sc->now};
	enum rc rc = q_run_set_state(sc->db, &set);

	if (rc == RC_OK)
		rc = q_run_step_add(sc->db, &add);
	return rc;
}

static enum rc
tell(struct stepping *s)
{
	struct scope *sc = s->sc;
	enum list_state was = s->way.state;
	struct str before = s->run.state_note.n ?
				s->run.state_note :
				str_of(list_states[was].title);
	const struct audit_entry entry = {
	    .action = s->step == LIST_STEP_APPROVE ? S("run.approved") :
						     S("run.state"),
	    .object = S("run"),
	    .object_id = s->run.id.v,
	    .object_name =
		arena_fmt(sc->mem, "%.*s, %.*s уч. г.", STR_ARG(s->run.method),
		    STR_ARG(syear_ru(sc->mem, s->run.year))),
	    .was = before,
	    .becomes = state_text(s, sc->mem),
	    .note = s->details->reason};

	return audit_write(sc, &entry);
}

/* Schools hear of a list once it is open to them; a draft tells nobody. */
static enum rc
notify(struct stepping *s)
{
	struct scope *sc = s->sc;
	struct str list = arena_fmt(sc->mem, "Перечень № %lld на %.*s уч. г.",
	    (long long)s->run.id.v, STR_ARG(syear_ru(sc->mem, s->run.year)));
	struct notice n = {.object = S("run"), .object_id = s->run.id.v};
	enum rc rc;

	switch (s->step) {
	case LIST_STEP_OPEN:
	case LIST_STEP_EXTEND:
		n.kind = NOTICE_LIST_OPEN;
		n.text = arena_fmt(sc->mem,
		    N_("%.*s: возражения принимаются по %.*s."), STR_ARG(list),
		    STR_ARG(date_ru(sc->mem, s->details->term)));
		return notify_schools_of_run(sc, s->run.id, &n);
	case LIST_STEP_APPROVE:
		n.kind = NOTICE_LIST_APPROVED;
		n.text = arena_fmt(sc->mem, N_("%.*s утверждён: %.*s."),
		    STR_ARG(list), STR_ARG(state_text(s, sc->mem)));
		rc = notify_schools_of_run(sc, s->run.id, &n);
		return rc == RC_OK ?
			   notify_right(sc, PERM_LISTS_MAKE, REACH_ALL, &n) :
			   rc;
	case LIST_STEP_RETURN:
	case LIST_STEP_REVOKE:
		n.kind = NOTICE_LIST_RETURNED;
		n.text =
		    arena_fmt(sc->mem, N_("%.*s возвращён на доработку: %.*s"),
			STR_ARG(list), STR_ARG(s->details->reason));
		return notify_right(sc, PERM_LISTS_MAKE, REACH_ALL, &n);
	case LIST_STEP_RECONCILE:
	case LIST_STEP_CLOSE:
	case LIST_STEP_SKIP:
	case LIST_STEP_REOPEN:
	case LIST_STEP_DROP:
	case LIST_STEP_GIVE_UP:
	case LIST_STEP_COUNT:
		break;
	}
	return RC_OK;
}

static enum rc
read_list(struct stepping *s, run_id id, int64_t version)
{
	enum rc rc = q_run_by_id(
	    s->sc->db, s->sc->mem, s->sc->actor.municipality, id, &s->run);

	if (rc == RC_OK)
		rc = list_way_read(s->sc, &s->run, &s->way);
	if (rc != RC_OK)
		return rc;
	if (s->run.version_row != version ||
	    list_steps[s->step].from != s->way.state) {
		diag_error(s->sc->diag, (struct place){0},
		    N_("Перечень уже переведён на ступень «%s»."),
		    list_states[s->way.state].title)
		    ->hint = S("Посмотрите, что изменилось, и повторите.");
		return RC_CONFLICT;
	}
	return RC_OK;
}

enum rc
list_take_step(struct scope *sc, run_id id, int64_t version,
    enum list_step step, const struct step_details *details)
{
	struct stepping s = {.sc = sc, .step = step, .details = details};
	autotx tx = {0};
	enum rc rc = may(&sc->actor, list_steps[step].right);

	if (rc == RC_OK)
		rc = tx_begin(sc->db, &tx);
	if (rc == RC_OK)
		rc = read_list(&s, id, version);
	if (rc == RC_OK)
		rc = check(&s);
	if (rc == RC_OK)
		rc = write_step(&s);
	if (rc == RC_OK)
		rc = tell(&s);
	if (rc == RC_OK)
		rc = notify(&s);
	return rc == RC_OK ? tx_commit(&tx) : rc;
}
