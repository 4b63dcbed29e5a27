/* loads.c - taking a load back. */
#include "core/results/loads.h"

#include "base/buf.h"
#include "core/access/audit.h"
#include "core/access/notices.h"
#include "core/results/pack.h"

static enum rc
refuse_when_used(struct scope *sc, load_id id)
{
	struct q_load_dependants *on;
	size_t n;
	enum rc rc = q_load_dependants(
	    sc->db, sc->mem, sc->actor.municipality, id, &on, &n);

	if (rc != RC_OK || n == 0)
		return rc;

	struct buf b = buf_open(sc->mem, 0);
	for (size_t i = 0; i < n; i++)
		buf_fmt(&b, "%s%s № %lld", i ? ", " : "",
		    str_eq(on[i].what, S("run")) ? "расчёт" : "загрузка",
		    (long long)on[i].id);
	struct complaint *c = diag_error(sc->diag, (struct place){0},
	    N_("Загрузку № %lld отменить нельзя: на ней стоят %.*s."),
	    (long long)id.v, STR_ARG(buf_str(&b)));
	c->hint = S("Загрузите исправленный файл: прежние числа сохранятся.");
	return RC_CONFLICT;
}

static enum rc
withdraw(struct scope *sc, load_id id)
{
	municipality_id place = sc->actor.municipality;
	enum rc rc =
	    q_load_undone(sc->db, place, id, sc->actor.person, sc->now);

	if (rc == RC_CONFLICT) {
		diag_error(sc->diag, (struct place){0},
		    N_("Загрузки № %lld нет, или она уже отменена."),
		    (long long)id.v);
		return RC_NOT_FOUND;
	}
	if (rc == RC_OK)
		rc = q_result_withdraw_load(sc->db, place, id);
	if (rc == RC_OK)
		rc = q_result_restore_before(sc->db, place, id);
	if (rc == RC_OK)
		rc = q_observation_withdraw_load(sc->db, place, id);
	if (rc == RC_OK)
		rc = q_observation_restore_before(sc->db, place, id);
	if (rc == RC_OK)
		rc = pack_rebuild_of_load(sc, id);
	return rc;
}

static enum rc
tell(struct scope *sc, load_id id)
{
	struct q_load load;
	enum rc rc =
	    q_load_by_id(sc->db, sc->mem, sc->actor.municipality, id, &load);

	if (rc != RC_OK)
		return rc;
	rc = audit_write(sc, &(struct audit_entry){
				 .action = S("load.undone"),
				 .object = S("load"),
				 .object_id = id.v,
				 .object_name = load.file_name,
			     });
	if (rc != RC_OK)
		return rc;
	return notify_person(sc, load.person,
	    &(struct notice){.kind = NOTICE_LOAD_UNDONE,
		.object = S("load"),
		.object_id = id.v,
		.text = arena_fmt(sc->mem,
		    N_("Ваша загрузка № %lld (%.*s) отменена."),
		    (long long)id.v, STR_ARG(load.file_name))});
}

enum rc
load_undo(struct scope *sc, load_id id)
{
	autotx tx = {0};
	enum rc rc = tx_begin(sc->db, &tx);

	if (rc == RC_OK)
		rc = refuse_when_used(sc, id);
	if (rc == RC_OK)
		rc = withdraw(sc, id);
	if (rc == RC_OK)
		rc = tell(sc, id);
	return rc == RC_OK ? tx_commit(&tx) : rc;
}
