/* clock_process.c - what must happen by itself, and when? */
#include "serve/clock_process.h"

#include <signal.h>
#include <time.h>
#include <unistd.h>

#include "core/access/session.h"
#include "os/clock.h"
#include "os/log.h"
#include "store/db.h"
#include "store/q_registry.h"

enum {
	PERIOD_SECONDS = 300,
	KEPT_COPIES = 14, /* days */
};

static void
log_complaints(struct arena *mem, const struct diag *d)
{
	for (size_t i = 0; i < d->n; i++)
		log_line("%.*s", STR_ARG(complaint_line(mem, &d->all[i])));
}

static struct str
copy_name(struct arena *mem, struct str folder, struct date day)
{
	return arena_fmt(mem, "%.*s/opora-%.*s.db", STR_ARG(folder),
	    STR_ARG(date_iso_str(mem, day)));
}

/*
 * One copy a day, the first round after midnight; the file's being there is
 * what says that it was made, so a restart makes no second one.
 */
static void
copy_database(struct scope *sc, struct str folder)
{
	struct str today = copy_name(sc->mem, folder, sc->actor.today);
	struct str old = copy_name(
	    sc->mem, folder, date_plus(sc->actor.today, -KEPT_COPIES));
	enum rc rc;

	if (folder.n == 0 || !db_is_sqlite(sc->db) ||
	    access(arena_cstr(sc->mem, today), F_OK) == 0)
		return;
	rc = db_copy(sc->db, today, sc->diag);
	if (rc != RC_OK) {
		log_line("no copy of the database: %s", rc_name(rc));
		return;
	}
	log_line("copy of the database: %.*s", STR_ARG(today));
	(void)unlink(arena_cstr(sc->mem, old));
}

static void
forget_sessions(struct scope *sc)
{
	int64_t n = 0;
	enum rc rc = session_forget_old(sc, &n);

	if (rc != RC_OK)
		log_line("old sessions stay: %s", rc_name(rc));
	else if (n > 0)
		log_line("forgotten: %lld sessions and counts", (long long)n);
}

/* One round; what fails is tried again in the next. */
static void
round_of_work(struct db *db, struct str backups)
{
	autoarena mem = arena_open(0);
	struct diag d = diag_open(mem, 0);
	struct q_municipality place;
	struct scope sc = {
	    .db = db, .mem = mem, .now = clock_now(), .diag = &d};

	if (q_municipality_first(db, mem, &place) != RC_OK)
		return;
	sc.actor =
	    actor_program(place.id, clock_today((int32_t)place.zone_minutes));
	forget_sessions(&sc);
	copy_database(&sc, backups);
	log_complaints(mem, &d);
}

enum rc
clock_run(const struct clock_options *options, struct diag *d)
{
	autodb db = NULL;
	sigset_t stop;
	enum rc rc = db_open(options->db, false, d, &db);

	if (rc != RC_OK)
		return rc;
	(void)sigemptyset(&stop);
	(void)sigaddset(&stop, SIGTERM);
	(void)sigaddset(&stop, SIGINT);
	(void)sigprocmask(SIG_BLOCK, &stop, NULL);
	do {
		round_of_work(db, options->backups);
	} while (sigtimedwait(&stop, NULL,
		     &(struct timespec){.tv_sec = PERIOD_SECONDS}) < 0);
	return RC_OK;
}
