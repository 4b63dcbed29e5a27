/* plan_steps.c - which step of a plan may be taken, by whom, and what it leaves. */
#include "core/plans/plan_steps.h"

#include "core/access/access.h"
#include "core/access/audit.h"
#include "core/plans/lint_plan.h"
#include "core/plans/moved.h"
#include "core/plans/plan_own.h"
#include "core/plans/proposal.h"

const struct way_state plan_states[PLAN_STATE_COUNT] = {

#define STATE(name, code, title, meaning) {code, title, meaning},
#define STEP(...)
#include "core/plans/plan_steps.def"
#undef STATE
#undef STEP
};

const struct way_step plan_steps[PLAN_STEP_COUNT] = {

#define STATE(...)
#define STEP(name, code, from, to, right, needs, button)                       \
	{code, PLAN_##from, PLAN_##to, PERM_##right, needs, button},
#include "core/plans/plan_steps.def"
#undef STATE
#undef STEP
};

bool
plan_state_parse(struct str code, enum plan_state *ret)
{
	size_t i = way_find_state(plan_states, PLAN_STATE_COUNT, code);

	if (i < PLAN_STATE_COUNT)
		*ret = (enum plan_state)i;
	return i < PLAN_STATE_COUNT;
}

bool
plan_step_parse(struct str code, enum plan_step *ret)
{
	size_t i = way_find_step(plan_steps, PLAN_STEP_COUNT, code);

	if (i < PLAN_STEP_COUNT)
		*ret = (enum plan_step)i;
	return i < PLAN_STEP_COUNT;
}

enum rc
plan_may(struct scope *sc, const struct q_plan *plan, enum perm right)
{
	if (plan->school.v)
		return may_for(sc, right, plan->school);
	enum rc rc = may(&sc->actor, right);
	if (rc == RC_OK && actor_reach(&sc->actor, right) != REACH_ALL)
		return RC_DENIED;
	return rc;
}

bool
plan_step_is_open(
    struct scope *sc, const struct q_plan *plan, enum plan_step step)
{
	return str_eq(plan->state,
		   str_of(plan_states[plan_steps[step].from].code)) &&
	       plan_may(sc, plan, plan_steps[step].right) == RC_OK;
}

bool
plan_is_open(const struct q_plan *plan)
{
	return str_eq(plan->state, S("draft")) ||
	       str_eq(plan->state, S("amending"));
}

bool
plan_may_be_written(struct scope *sc, const struct q_plan *plan)
{
	return plan_is_open(plan) &&
	       plan_may(sc, plan, PERM_PLANS_EDIT) == RC_OK;
}

/* ---- what is missing for a step ---- */

struct stepping {
	struct scope *sc;
	struct plan plan;
	enum plan_step step;
	const struct step_details *details;
};

static size_t
live_rows(const struct plan *p)
{
	size_t rows = 0;

	for (size_t i = 0; i < p->n_parts; i++)
		for (size_t k = 0; k < p->parts[i].n; k++)
			rows += !p->parts[i].rows[k].m.is_dropped;
	return rows;
}

/*
 * An empty plan is not sent.  One with errors of the linter is, when somebody
 * says why: the reason stands in the journal beside the step.
 */
static enum rc
check_rows(struct stepping *s)
{
	struct lint_findings found;
	struct arena *mem = s->sc->mem;

	if (!live_rows(&s->plan)) {
		diag_error(s->sc->diag, (struct place){0},
		    N_("В плане нет ни одного мероприятия."));
		return RC_OK;
	}
	if (str_trim(s->details->reason).n)
		return RC_OK;
	enum rc rc = plan_lint_kept(s->sc, &s->plan, &found);
	for (size_t i = 0; rc == RC_OK && i < found.n; i++)
		if (found.all[i].rule->severity == SEV_ERROR)
			diag_error(s->sc->diag,
			    (struct place){.column = S("reason")}, "%.*s",
			    STR_ARG(lint_line(mem, &found.all[i])))
			    ->hint = S("Или назовите причину, по которой план "
				       "отправляется так.");
	return rc;
}

static enum rc
check(struct stepping *s)
{
	size_t before = s->sc->diag->errors;
	enum rc rc = RC_OK;

	way_check_details(s->sc, plan_steps[s->step].needs, s->details);
	if (s->step == PLAN_STEP_SUBMIT || s->step == PLAN_STEP_RESUBMIT)
		rc = check_rows(s);
	if (rc != RC_OK)
		return rc;
	return s->sc->diag->errors > before ? RC_INVALID : RC_OK;
}

/* ---- the step itself ---- */

static bool
approves(const struct stepping *s)
{
	return (plan_steps[s->step].needs & NEEDS_DOCUMENT) != 0;
}

static int64_t
edition_after(const struct stepping *s)
{
	return s->plan.head.edition + (approves(s) ? 1 : 0);
}

static struct str
state_text(const struct stepping *s)
{
	const struct step_details *d = s->details;
	struct str title = str_of(plan_states[plan_steps[s->step].to].title);
	struct arena *mem = s->sc->mem;

	if (!approves(s))
		return title;
	return arena_fmt(mem, "%.*s, редакция %lld: %.*s", STR_ARG(title),
	    (long long)edition_after(s),
	    STR_ARG(document_text(mem, str_trim(d->document),
		str_trim(d->document_number), d->document_on)));
}

static enum rc
write_step(struct stepping *s)
{
	struct scope *sc = s->sc;
	const struct step_details *d = s->details;
	const struct str to = str_of(plan_states[plan_steps[s->step].to].code);
	const struct q_plan_set_state_in set = {
	    .municipality = sc->actor.municipality,
	    .id = s->plan.head.id,
	    .version = s->plan.head.version,
	    .state = to,
	    .edition = edition_after(s)};
	const struct q_plan_step_add_in add = {
	    .municipality = sc->actor.municipality,
	    .plan = s->plan.head.id,
	    .step = str_of(plan_steps[s->step].code),
	    .was = s->plan.head.state,
	    .becomes = to,
	    .edition = edition_after(s),
	    .document = approves(s) ? str_trim(d->document) : S(""),
	    .document_number =
		approves(s) ? str_trim(d->document_number) : S(""),
	    .document_on = approves(s) ? d->document_on : DATE_NONE,
	    .reason = d->reason.p ? str_trim(d->reason) : S(""),
	    .person = sc->actor.person,
	    .person_name = sc->actor.name.p ? sc->actor.name : S(""),
	    .at = sc->now};
	enum rc rc = q_plan_set_state(sc->db, &set);

	if (rc == RC_OK)
		rc = q_plan_step_add(sc->db, &add);
	return rc;
}

/* Of a new edition: rows that were there before and have other days now. */
static enum rc
tell_moved(struct stepping *s, const struct occurrences_change *change)
{
	struct scope *sc = s->sc;
	struct deadline_change *moved =
	    arena_new(sc->mem, struct deadline_change, change->n_days + 1);
	size_t n = 0;

	for (size_t i = 0; i < change->n_days; i++)
		if (!date_is_none(change->days[i].was.to) &&
		    !date_is_none(change->days[i].becomes.to))
			moved[n++] = change->days[i];
	return moved_tell(sc,
	    arena_fmt(sc->mem, "утверждена редакция %lld плана «%.*s»",
		(long long)edition_after(s), STR_ARG(s->plan.head.title)),
	    moved, n);
}

static enum rc
freeze(struct stepping *s)
{
	struct scope *sc = s->sc;
	struct occurrences_change change;
	enum rc rc;

	if (!approves(s))
		return RC_OK;
	s->plan.ordered = s->details->document_on;
	plan_read_deadlines(sc->mem, &s->plan);
	rc = plan_freeze(sc, &s->plan, edition_after(s), s->details);
	if (rc == RC_OK && str_eq(s->plan.head.kind, S("municipal")))
		rc = proposals_make(sc, &s->plan, edition_after(s));
	if (rc == RC_OK)
		rc = occurrences_sync(sc, &s->plan, &change);
	if (rc == RC_OK)
		rc = tell_moved(s, &change);
	return rc;
}

static enum rc
tell(struct stepping *s)
{
	enum plan_state was = PLAN_DRAFT;

	(void)plan_state_parse(s->plan.head.state, &was);
	return audit_write(s->sc,
	    &(struct audit_entry){
		.action = approves(s) ? S("plan.approved") : S("plan.state"),
		.object = S("plan"),
		.object_id = s->plan.head.id.v,
		.object_name = s->plan.head.title,
		.was = str_of(plan_states[was].title),
		.becomes = state_text(s),
		.note = s->details->reason});
}

static enum rc
read_plan(struct stepping *s, plan_id id, int64_t version)
{
	enum plan_state now;
	enum rc rc = plan_load(s->sc, id, &s->plan);

	if (rc == RC_OK)
		rc = plan_may(s->sc, &s->plan.head, plan_steps[s->step].right);
	if (rc != RC_OK)
		return rc;
	if (!plan_state_parse(s->plan.head.state, &now))
		return RC_FAILED;
	if (s->plan.head.version == version && now == plan_steps[s->step].from)
		return RC_OK;
	diag_error(s->sc->diag, (struct place){0},
	    N_("План за это время изменили, сейчас он на ступени «%s»."),
	    plan_states[now].title)
	    ->hint = S("Посмотрите, что изменилось, и повторите.");
	return RC_CONFLICT;
}

enum rc
plan_take_step(struct scope *sc, plan_id id, int64_t version,
    enum plan_step step, const struct step_details *details)
{
	struct stepping s = {.sc = sc, .step = step, .details = details};
	autotx tx = {0};
	enum rc rc = tx_begin(sc->db, &tx);

	if (rc == RC_OK)
		rc = read_plan(&s, id, version);
	if (rc == RC_OK)
		rc = check(&s);
	if (rc == RC_OK)
		rc = write_step(&s);
	if (rc == RC_OK)
		rc = freeze(&s);
	if (rc == RC_OK)
		rc = tell(&s);
	return rc == RC_OK ? tx_commit(&tx) : rc;
}

enum rc
plan_open_for(struct scope *sc, enum perm right, plan_id id, struct str reason)
{
	const struct step_details details = {
	    .document_on = DATE_NONE, .reason = reason};
	struct stepping s = {
	    .sc = sc, .step = PLAN_STEP_AMEND, .details = &details};
	enum rc rc = plan_load(sc, id, &s.plan);

	if (rc == RC_OK)
		rc = plan_may(sc, &s.plan.head, right);
	if (rc != RC_OK || plan_is_open(&s.plan.head))
		return rc;
	if (!str_eq(s.plan.head.state,
		str_of(plan_states[plan_steps[PLAN_STEP_AMEND].from].code))) {
		diag_error(sc->diag, (struct place){0},
		    N_("Строки плана сейчас не меняются."))
		    ->hint = S("Дождитесь, когда план утвердят или вернут на "
			       "доработку.");
		return RC_CONFLICT;
	}
	rc = write_step(&s);
	return rc == RC_OK ? tell(&s) : rc;
}
