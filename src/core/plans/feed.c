/* feed.c - secret addresses of calendars, and what stands behind one. */
#include "core/plans/feed.h"

#include "core/access/audit.h"
#include "core/access/people.h"
#include "core/access/secret.h"
#include "core/plans/concern.h"
#include "core/plans/feed_events.h"
#include "core/plans/plan.h"
#include "store/q_registry.h"
#include "store/q_reminders.h"

enum { TOUCH_SECONDS = 3600 }; /* a program asks often; one write an hour */

const char *const feed_subject_codes[FEED_SUBJECT_COUNT] = {
    [FEED_PERSON] = "person", [FEED_SCHOOL] = "school", [FEED_PLAN] = "plan"};

bool
feed_subject_parse(struct str code, enum feed_subject *ret)
{
	for (enum feed_subject s = 0; s < FEED_SUBJECT_COUNT; s++)
		if (str_eq(code, str_of(feed_subject_codes[s]))) {
			*ret = s;
			return true;
		}
	return false;
}

/* What the address is for, by name; RC_NOT_FOUND when it is not seen. */
static enum rc
title_of(
    struct scope *sc, enum feed_subject subject, int64_t id, struct str *ret)
{
	municipality_id m = sc->actor.municipality;
	struct q_school school;
	struct q_plan plan;
	enum rc rc;

	switch (subject) {
	case FEED_PERSON:
		*ret =
		    arena_fmt(sc->mem, "Сроки: %.*s", STR_ARG(sc->actor.name));
		return RC_OK;
	case FEED_SCHOOL:
		rc = q_school_by_id(
		    sc->db, sc->mem, &sc->actor, m, (school_id){id}, &school);
		if (rc == RC_OK)
			*ret = school.name;
		return rc;
	case FEED_PLAN:
		rc = q_plan_by_id(
		    sc->db, sc->mem, &sc->actor, m, (plan_id){id}, &plan);
		if (rc == RC_OK)
			*ret = plan.title;
		return rc;
	case FEED_SUBJECT_COUNT:
		break;
	}
	UNREACHABLE();
}

enum rc
feed_make(
    struct scope *sc, struct str token, enum feed_subject subject, int64_t id)
{
	municipality_id m = sc->actor.municipality;
	int64_t at = subject == FEED_PERSON ? sc->actor.person.v : id;
	struct str code = str_of(feed_subject_codes[subject]), title;
	int64_t ended;
	autotx tx = {0};
	enum rc rc = tx_begin(sc->db, &tx);

	if (rc == RC_OK)
		rc = title_of(sc, subject, at, &title);
	if (rc == RC_OK)
		rc = q_feed_revoke(
		    sc->db, m, sc->actor.person, code, at, &ended);
	const struct q_feed_add_in in = {
	    .secret_hash = token_hash(sc->mem, token),
	    .municipality = m,
	    .person = sc->actor.person,
	    .subject = code,
	    .subject_id = at,
	    .made_at = sc->now};
	if (rc == RC_OK)
		rc = q_feed_add(sc->db, &in);
	if (rc == RC_OK)
		rc = audit_write(
		    sc, &(struct audit_entry){.action = S("feed.made"),
			    .object = S("feed"),
			    .object_id = at,
			    .object_name = title});
	return rc == RC_OK ? tx_commit(&tx) : rc;
}

enum rc
feed_revoke(struct scope *sc, enum feed_subject subject, int64_t id)
{
	int64_t n = 0;
	autotx tx = {0};
	enum rc rc = tx_begin(sc->db, &tx);

	if (rc == RC_OK)
		rc = q_feed_revoke(sc->db, sc->actor.municipality,
		    sc->actor.person, str_of(feed_subject_codes[subject]), id,
		    &n);
	if (rc == RC_OK && !n)
		rc = RC_NOT_FOUND;
	if (rc == RC_OK)
		rc = audit_write(
		    sc, &(struct audit_entry){.action = S("feed.ended"),
			    .object = S("feed"),
			    .object_id = id});
	return rc == RC_OK ? tx_commit(&tx) : rc;
}

/* ---- what stands in it ---- */

static bool
is_in(const struct concern_list *list, person_id person)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->p[i].person.v == person.v)
			return true;
	return false;
}

/* Of what the person sees, what the person answers for or looks after. */
static enum rc
keep_own(struct scope *sc, struct task *all, size_t *n)
{
	struct concerned c;
	size_t kept = 0;
	enum rc rc = concerned_read(sc, sc->actor.today, &c);

	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < *n; i++) {
		struct concern_list own = {0};
		const struct q_task *r = &all[i].row;
		concern_answers(sc->mem, &c, r->measure, r->school, &own);
		if (r->school.v)
			concern_role(
			    sc->mem, &c, ROLE_CURATOR, r->school, &own);
		if (is_in(&own, sc->actor.person))
			all[kept++] = all[i];
	}
	*n = kept;
	return RC_OK;
}

static enum rc
put_calendar(struct scope *sc, enum feed_subject subject, int64_t id,
    struct str site, struct buf *out)
{
	struct task_filter f = {.from = DATE_NONE, .to = DATE_NONE};
	struct task *all;
	struct str title;
	size_t n;
	enum rc rc = title_of(sc, subject, id, &title);

	if (subject == FEED_SCHOOL)
		f.school = (school_id){id};
	if (subject == FEED_PLAN)
		f.plan = (plan_id){id};
	if (rc == RC_OK)
		rc = task_list(sc, &f, sc->actor.today, &all, &n);
	if (rc == RC_OK && subject == FEED_PERSON)
		rc = keep_own(sc, all, &n);
	if (rc == RC_OK)
		feed_events(sc, title, all, n, site, out);
	return rc;
}

enum rc
feed_calendar(
    struct scope *sc, struct str token, struct str site, struct buf *out)
{
	struct scope own = *sc;
	struct str hash = token_hash(sc->mem, token);
	enum feed_subject subject;
	struct q_feed_find f;
	enum rc rc = q_feed_find(sc->db, sc->mem, hash, &f);

	if (rc != RC_OK)
		return rc;
	MUST(feed_subject_parse(f.subject, &subject));
	/* actor_of asks in the place of the scope, by its day. */
	own.actor.municipality = f.municipality;
	rc = actor_of(&own, f.municipality, f.person, f.name, &own.actor);
	if (rc == RC_OK)
		rc = put_calendar(&own, subject, f.subject_id, site, out);
	if (rc == RC_OK &&
	    (moment_is_none(f.used_at) ||
		sc->now.second - f.used_at.second > TOUCH_SECONDS))
		rc = q_feed_touch(sc->db, hash, sc->now);
	/* A right that was taken away reads like an address that is not there. */
	return rc == RC_DENIED ? RC_NOT_FOUND : rc;
}

enum rc
plan_calendar(struct scope *sc, plan_id plan, struct str site, struct buf *out)
{
	return put_calendar(sc, FEED_PLAN, plan.v, site, out);
}
