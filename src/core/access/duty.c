/* duty.c - who has to set up a second step before going on? */
#include "core/access/duty.h"

#include "core/access/access.h"
#include "core/access/audit.h"
#include "core/access/session.h"
#include "store/q_home.h"

#define CODE "factor-from"

enum rc
factor_duty_read(struct scope *sc, struct date *ret)
{
	struct q_setting_get kept;
	enum rc rc = q_setting_get(
	    sc->db, sc->mem, sc->actor.municipality, S(CODE), &kept);

	if (rc == RC_NOT_FOUND || (rc == RC_OK && kept.value.n == 0)) {
		*ret = DATE_NONE;
		return RC_OK;
	}
	if (rc != RC_OK)
		return rc;
	return date_parse(kept.value, ret) ? RC_OK : RC_FAILED;
}

static struct str
duty_text(struct arena *mem, struct date from)
{
	if (date_is_none(from))
		return S(N_("второй шаг входа не обязателен"));
	return arena_fmt(mem, N_("второй шаг входа обязателен с %.*s"),
	    STR_ARG(date_ru(mem, from)));
}

enum rc
factor_duty_set(struct scope *sc, struct date from)
{
	struct date was;
	autotx tx = {0};
	enum rc rc = may(&sc->actor, PERM_SETTINGS_EDIT);

	if (rc == RC_OK)
		rc = tx_begin(sc->db, &tx);
	if (rc == RC_OK)
		rc = factor_duty_read(sc, &was);
	if (rc == RC_OK)
		rc = q_setting_set(sc->db, sc->actor.municipality, S(CODE),
		    date_is_none(from) ? S("") : date_iso_str(sc->mem, from));
	if (rc == RC_OK)
		rc = audit_write(
		    sc, &(struct audit_entry){.action = S("setting.changed"),
			    .object = S("setting"),
			    .object_name = S(N_("вход в программу")),
			    .was = duty_text(sc->mem, was),
			    .becomes = duty_text(sc->mem, from)});
	return rc == RC_OK ? tx_commit(&tx) : rc;
}

enum rc
factor_is_owed(struct scope *sc, bool *ret)
{
	struct date from;
	struct str secret;
	bool is_on = false;
	enum rc rc;

	*ret = false;
	if (!sc->actor.sees_all || sc->actor.person.v == 0)
		return RC_OK;
	rc = factor_duty_read(sc, &from);
	if (rc != RC_OK || date_is_none(from) ||
	    date_before(sc->actor.today, from))
		return rc;
	rc = factor_state(sc, &is_on, &secret);
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	*ret = !is_on;
	return RC_OK;
}
