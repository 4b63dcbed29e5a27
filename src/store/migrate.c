/* migrate.c - the schema of the database is brought up to this program's. */
#include "store/db.h"
#include "store/driver.h"
#include "store/q_schema.h"

static const char first[] = "CREATE TABLE IF NOT EXISTS schema_step ("
			    " number INTEGER PRIMARY KEY, name TEXT NOT NULL)";

enum rc
db_schema(struct db *db, int *ret)
{
	autoarena mem = arena_open(0);
	struct q_schema_step last;
	enum rc rc = db->driver->script(db, first);

	if (rc != RC_OK)
		return rc;
	rc = q_schema_step(db, mem, &last);
	if (rc != RC_OK)
		return rc;
	*ret = (int)last.number;
	return RC_OK;
}

static enum rc
apply(struct db *db, const struct migration *m)
{
	enum rc rc =
	    db->driver->script(db, db_is_sqlite(db) ? m->sqlite : m->postgres);

	if (rc != RC_OK)
		return rc;
	return q_schema_add(db, m->number, str_of(m->name));
}

/* All steps in one transaction: the schema is the old one or the new one. */
enum rc
db_migrate(struct db *db, struct diag *d, int *ret_from, int *ret_to)
{
	autotx tx = {0};
	int from;
	enum rc rc = db_schema(db, &from);

	if (rc != RC_OK)
		return rc;

	int to = migrations[n_migrations - 1].number;
	if (from > to) {
		diag_error(d, (struct place){0},
		    N_("Базу данных вела более новая версия программы: её "
		       "схема "
		       "№ %d, здесь известна № %d."),
		    from, to)
		    ->hint = S("Установите новую версию программы.");
		return RC_INVALID;
	}
	if (from < to) {
		rc = tx_begin(db, &tx);
		if (rc != RC_OK)
			return rc;
	}
	for (size_t i = 0; i < n_migrations; i++) {
		if (migrations[i].number <= from)
			continue;
		rc = apply(db, &migrations[i]);
		if (rc != RC_OK) {
			diag_error(d, (struct place){0},
			    N_("Схема базы данных не обновлена, шаг «%s»: %s."),
			    migrations[i].name, db_error(db));
			return rc;
		}
	}
	if (from < to) {
		rc = tx_commit(&tx);
		if (rc != RC_OK)
			return rc;
	}
	if (ret_from)
		*ret_from = from;
	if (ret_to)
		*ret_to = to;
	return RC_OK;
}
