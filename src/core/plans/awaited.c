/* awaited.c - which schedules do approved plans wait for? */
#include "core/plans/awaited.h"

#include "base/vec.h"
#include "core/plans/schedule.h"

struct waiting {
	struct scope *sc;
	VEC(struct awaited_schedule) all;
};

static void
take_row(struct waiting *w, const struct plan *p, const struct plan_row *r)
{
	vec_each(struct awaited_schedule, a, &w->all) {
		if (schedule_is_meant(w->sc->mem, &r->deadline, a->name)) {
			a->rows++;
			return;
		}
	}
	*vec_push(w->sc->mem, &w->all) =
	    (struct awaited_schedule){.name = r->deadline.schedule,
		.rows = 1,
		.plan = p->head.id,
		.plan_title = p->head.title};
}

static enum rc
take_plan(struct waiting *w, plan_id id)
{
	struct plan p;
	enum rc rc = plan_load(w->sc, id, &p);

	for (size_t i = 0; rc == RC_OK && i < p.n_parts; i++)
		for (size_t k = 0; k < p.parts[i].n; k++) {
			const struct plan_row *r = &p.parts[i].rows[k];

			if (r->deadline.kind == DEADLINE_EXTERNAL &&
			    r->deadline.schedule.n && !r->m.schedule.v)
				take_row(w, &p, r);
		}
	/* A school's own road map may be nobody else's to see. */
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

enum rc
awaited_schedules(
    struct scope *sc, struct awaited_schedule **ret, size_t *ret_n)
{
	struct waiting w = {.sc = sc};
	struct q_running_plan_list *plans;
	size_t n;
	enum rc rc = q_running_plan_list(
	    sc->db, sc->mem, sc->actor.municipality, &plans, &n);

	for (size_t i = 0; rc == RC_OK && i < n; i++)
		rc = take_plan(&w, plans[i].id);
	*ret = w.all.p;
	*ret_n = w.all.n;
	return rc;
}
