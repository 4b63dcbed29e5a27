/* views.c - which filters did people give a name? */
#include "core/access/views.h"

#include "base/utf8.h"

enum { QUERY_MOST = 500 };

static enum rc
check(struct scope *sc, const struct view_new *v)
{
	struct q_view_count count;
	enum rc rc = q_view_count(
	    sc->db, sc->mem, sc->actor.municipality, sc->actor.person, &count);

	if (rc != RC_OK)
		return rc;
	if (!v->name.n || utf8_length(v->name) > VIEW_NAME_MOST)
		diag_error(sc->diag, (struct place){.column = S("name")},
		    N_("Назовите вид: до 60 знаков."));
	if (v->query.n > QUERY_MOST)
		diag_error(sc->diag, (struct place){.column = S("query")},
		    N_("Отбор слишком длинный, чтобы его запомнить."));
	if (count.n >= VIEWS_MOST)
		diag_error(sc->diag, (struct place){.column = S("name")},
		    N_("Сохранено уже 50 видов. Уберите те, которые не "
		       "нужны."));
	return sc->diag->errors > 0 ? RC_INVALID : RC_OK;
}

enum rc
view_save(struct scope *sc, const struct view_new *v)
{
	struct view_new trimmed = *v;
	struct q_view_add made;
	enum rc rc = RC_OK;

	trimmed.name = str_trim(v->name);
	if (v->is_shared)
		rc = may(&sc->actor, PERM_VIEWS_SHARE);
	if (rc == RC_OK)
		rc = check(sc, &trimmed);
	if (rc != RC_OK)
		return rc;
	return q_view_add(sc->db, sc->mem,
	    &(struct q_view_add_in){.municipality = sc->actor.municipality,
		.person = sc->actor.person,
		.person_name = sc->actor.name,
		.page = trimmed.page,
		.query = trimmed.query,
		.name = trimmed.name,
		.is_shared = trimmed.is_shared,
		.at = sc->now},
	    &made);
}

enum rc
view_remove(struct scope *sc, int64_t id)
{
	enum rc rc =
	    q_view_drop(sc->db, sc->actor.municipality, sc->actor.person, id);

	return rc == RC_CONFLICT ? RC_NOT_FOUND : rc;
}
