/* plan_review.c - who has read a plan, and what do people find wrong with it? */
#include "core/plans/plan_review.h"

#include "core/access/access.h"
#include "core/access/audit.h"
#include "core/plans/plan_steps.h"
#include "store/q_access.h"
#include "store/q_registry.h"

/* ---- acquaintance ---- */

/* Whom the sheet names beside the person: one's school, where it is one. */
static enum rc
own_school(struct scope *sc, school_id *ret)
{
	struct q_school *all;
	size_t n;
	enum rc rc;

	*ret = (school_id){0};
	if (sc->actor.sees_all)
		return RC_OK;
	rc = q_school_list(
	    sc->db, sc->mem, &sc->actor, sc->actor.municipality, &all, &n);
	if (rc == RC_OK && n == 1)
		*ret = all[0].id;
	return rc;
}

static enum rc
write_acquaintance(
    struct scope *sc, const struct q_plan *plan, const struct q_person *person)
{
	struct q_acquaintance_add_in in = {
	    .municipality = sc->actor.municipality,
	    .plan = plan->id,
	    .edition = plan->edition,
	    .name = person->name,
	    .post = person->post,
	    .person = person->id,
	    .on_date = sc->actor.today};
	int64_t added = 0;
	enum rc rc = own_school(sc, &in.school);

	if (rc == RC_OK)
		rc = q_acquaintance_add(sc->db, &in, &added);
	if (rc != RC_OK || !added)
		return rc;
	return audit_write(sc,
	    &(struct audit_entry){.action = S("plan.acquainted"),
		.object = S("plan"),
		.object_id = plan->id.v,
		.object_name = plan->title,
		.was = S("не ознакомлен(а)"),
		.becomes =
		    arena_fmt(sc->mem, "ознакомлен(а) с редакцией %lld: %.*s",
			(long long)plan->edition, STR_ARG(person->name)),
		.note = person->post});
}

enum rc
plan_acquaint(struct scope *sc, plan_id id)
{
	struct q_person person;
	struct plan p;
	autotx tx = {0};
	enum rc rc = tx_begin(sc->db, &tx);

	if (rc == RC_OK)
		rc = plan_load(sc, id, &p);
	if (rc == RC_OK && !p.head.edition)
		rc = RC_NOT_FOUND;
	if (rc == RC_OK)
		rc = q_person_by_id(sc->db, sc->mem, sc->actor.municipality,
		    sc->actor.person, &person);
	if (rc == RC_OK)
		rc = write_acquaintance(sc, &p.head, &person);
	return rc == RC_OK ? tx_commit(&tx) : rc;
}

/* ---- remarks ---- */

bool
remark_may_be_put(struct scope *sc, const struct q_plan *plan)
{
	return plan_step_is_open(sc, plan, PLAN_STEP_RETURN) ||
	       plan_step_is_open(sc, plan, PLAN_STEP_SEND_BACK);
}

bool
remark_may_be_settled(struct scope *sc, const struct q_plan *plan)
{
	return plan_may(sc, plan, PERM_PLANS_EDIT) == RC_OK;
}

static enum rc
tell(struct scope *sc, const struct q_plan *plan, const struct q_measure *m,
    const char *action, struct str was, struct str becomes)
{
	return audit_write(sc, &(struct audit_entry){.action = str_of(action),
				   .object = S("measure"),
				   .object_id = m->id.v,
				   .object_name = m->title,
				   .was = was,
				   .becomes = becomes,
				   .note = plan->title});
}

enum rc
remark_put(struct scope *sc, const struct q_plan *plan,
    const struct q_measure *m, struct str text)
{
	autotx tx = {0};
	enum rc rc = RC_DENIED;

	if (remark_may_be_put(sc, plan))
		rc = tx_begin(sc->db, &tx);
	if (rc == RC_OK)
		rc = q_plan_remark_add(
		    sc->db, &(struct q_plan_remark_add_in){
				.municipality = sc->actor.municipality,
				.plan = plan->id,
				.measure = m->id,
				.text = text,
				.person = sc->actor.person,
				.person_name = sc->actor.name,
				.at = sc->now});
	if (rc == RC_OK)
		rc = tell(sc, plan, m, "remark.added", S(""), text);
	return rc == RC_OK ? tx_commit(&tx) : rc;
}

static enum rc
find_remark(
    struct scope *sc, plan_id plan, int64_t number, struct q_plan_remark *ret)
{
	struct q_plan_remark *all;
	size_t n;
	enum rc rc = q_plan_remark_list(
	    sc->db, sc->mem, sc->actor.municipality, plan, &all, &n);

	for (size_t i = 0; rc == RC_OK && i < n; i++)
		if (all[i].number == number) {
			*ret = all[i];
			return RC_OK;
		}
	return rc == RC_OK ? RC_NOT_FOUND : rc;
}

enum rc
remark_settle(struct scope *sc, const struct q_plan *plan,
    const struct q_measure *m, int64_t number)
{
	struct q_plan_remark remark;
	autotx tx = {0};
	enum rc rc = RC_DENIED;

	if (remark_may_be_settled(sc, plan))
		rc = tx_begin(sc->db, &tx);
	if (rc == RC_OK)
		rc = find_remark(sc, plan->id, number, &remark);
	if (rc == RC_OK && remark.measure.v != m->id.v)
		rc = RC_NOT_FOUND;
	if (rc == RC_OK)
		rc = q_plan_remark_settle(
		    sc->db, sc->actor.municipality, plan->id, number);
	if (rc == RC_OK)
		rc = tell(sc, plan, m, "remark.settled",
		    arena_fmt(sc->mem, "не учтено: %.*s", STR_ARG(remark.text)),
		    S("учтено"));
	return rc == RC_OK ? tx_commit(&tx) : rc;
}
