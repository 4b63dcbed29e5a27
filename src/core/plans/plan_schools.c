/* plan_schools.c - the schools a plan is for: picked, or a group on a day. */
#include "core/access/access.h"
#include "core/access/audit.h"
#include "core/methods/status.h"
#include "core/plans/plan_own.h"
#include "core/plans/plan_steps.h"

static bool
has(const school_id *all, size_t n, school_id id)
{
	for (size_t i = 0; i < n; i++)
		if (all[i].v == id.v)
			return true;
	return false;
}

static struct str
school_names(struct arena *mem, const struct directory *d, const school_id *all,
    size_t n)
{
	struct buf b = buf_open(mem, 0);

	for (size_t i = 0; i < d->n_schools; i++)
		if (has(all, n, d->schools[i].id))
			buf_fmt(&b, "%s%.*s", b.n ? ", " : "",
			    STR_ARG(d->schools[i].name));
	return buf_str(&b);
}

/* Those of a draft are taken away; of an approved plan they leave today. */
static enum rc
remove_school(struct scope *sc, const struct plan *p, school_id id)
{
	municipality_id m = sc->actor.municipality;

	return p->head.edition ?
		   q_plan_school_leave(
		       sc->db, m, p->head.id, id, sc->actor.today) :
		   q_plan_school_remove(sc->db, m, p->head.id, id);
}

static enum rc
put_schools(struct scope *sc, const struct plan *p, const school_id *all,
    size_t n, school_id *was, size_t *n_was)
{
	struct date since =
	    p->head.edition ? sc->actor.today : p->head.period_from;
	enum rc rc = RC_OK;

	*n_was = 0;
	for (size_t i = 0; rc == RC_OK && i < p->n_schools; i++) {
		school_id id = p->schools[i].school;
		if (!date_is_none(p->schools[i].until))
			continue;
		was[(*n_was)++] = id;
		if (!has(all, n, id))
			rc = remove_school(sc, p, id);
	}
	for (size_t i = 0; rc == RC_OK && i < n; i++)
		if (!has(was, *n_was, all[i]))
			rc = q_plan_school_add(sc->db, sc->actor.municipality,
			    p->head.id, all[i], since);
	return rc;
}

static enum rc
check(struct scope *sc, const struct plan *p, int64_t version)
{
	if (p->head.school.v ||
	    actor_reach(&sc->actor, PERM_PLANS_EDIT) != REACH_ALL)
		return RC_DENIED;
	enum rc rc = plan_check_version(sc, &p->head, version);
	if (rc != RC_OK)
		return rc;
	if (!plan_is_open(&p->head)) {
		diag_error(sc->diag, (struct place){0},
		    N_("Состав школ меняют в черновике или в новой "
		       "редакции плана."));
		return RC_INVALID;
	}
	return RC_OK;
}

enum rc
plan_set_schools(struct scope *sc, plan_id id, int64_t version,
    const school_id *all, size_t n)
{
	struct directory d;
	struct plan p;
	size_t n_was = 0;
	autotx tx = {0};
	enum rc rc = tx_begin(sc->db, &tx);

	if (rc == RC_OK)
		rc = plan_load(sc, id, &p);
	if (rc == RC_OK)
		rc = check(sc, &p, version);
	if (rc == RC_OK)
		rc = directory_read(sc, &d);
	if (rc != RC_OK)
		return rc;
	school_id *was =
	    arena_new(sc->mem, school_id, p.n_schools ? p.n_schools : 1);
	rc = put_schools(sc, &p, all, n, was, &n_was);
	if (rc == RC_OK)
		rc = q_plan_touch(sc->db, sc->actor.municipality, id);
	if (rc == RC_OK)
		rc = audit_write(
		    sc, &(struct audit_entry){.action = S("plan.changed"),
			    .object = S("plan"),
			    .object_id = id.v,
			    .object_name = p.head.title,
			    .was = school_names(sc->mem, &d, was, n_was),
			    .becomes = school_names(sc->mem, &d, all, n),
			    .note = S("состав школ")});
	return rc == RC_OK ? tx_commit(&tx) : rc;
}

enum rc
group_on_day(struct scope *sc, struct str kind, struct date on, school_id **ret,
    size_t *ret_n)
{
	enum official_kind group;
	struct status status;
	size_t n = 0;

	if (!official_kind_parse(kind, &group))
		return RC_NOT_FOUND;
	enum rc rc = status_on(sc, on, &status);
	if (rc != RC_OK)
		return rc;
	school_id *all = arena_new(sc->mem, school_id, status.n ? status.n : 1);
	for (size_t i = 0; i < status.n; i++) {
		const struct membership *m = &status.stays[i];
		bool stands =
		    !date_before(on, m->since) &&
		    (date_is_none(m->until) || !date_before(m->until, on));
		if (m->kind == group && stands && !has(all, n, m->school))
			all[n++] = m->school;
	}
	*ret = all;
	*ret_n = n;
	return RC_OK;
}
