/* clock_process.c - what must happen by itself, and when? */
#include "serve/clock_process.h"

#include <signal.h>
#include <time.h>
#include <unistd.h>

#include "core/access/session.h"
#include "core/plans/remind.h"
#include "core/plans/school_calendar.h"
#include "core/results/kept_file.h"
#include "mail/mail.h"
#include "os/clock.h"
#include "os/log.h"
#include "store/db.h"
#include "store/q_registry.h"

enum {
	PERIOD_SECONDS = 300,
	KEPT_COPIES = 14,      /* days */
	LETTERS_FROM_HOUR = 7, /* nobody is woken by a reminder */
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

/* Files somebody was asked about and did not answer within their time. */
static void
forget_files(struct scope *sc)
{
	int64_t n = 0;
	enum rc rc = kept_file_forget_old(sc, &n);

	if (rc != RC_OK)
		log_line("files kept for a question stay: %s", rc_name(rc));
	else if (n > 0)
		log_line(
		    "forgotten: %lld files kept for a question", (long long)n);
}

/* The letters of today; those that stand in the outbox are not written again. */
static enum rc
write_letters(struct scope *sc, struct str site)
{
	struct calendar calendar;
	struct remind_options o = {
	    .today = sc->actor.today, .site = site, .calendar = &calendar};
	struct reminder *all;
	size_t n, written = 0;
	enum rc rc = school_calendar_read(sc, &calendar);

	if (rc == RC_OK)
		rc = reminders_make(sc, &o, &all, &n);
	if (rc == RC_OK)
		rc = reminders_write(sc, all, n, &written);
	if (rc == RC_OK && written > 0)
		log_line("letters written: %zu", written);
	return rc;
}

/* Without a mail server nothing is written: no pile of old news waits for one. */
static void
send_letters(struct scope *sc, int32_t zone_minutes)
{
	struct mail_settings settings;
	struct outbox_counts counts = {0};
	int64_t hour = (sc->now.second / 3600 + zone_minutes / 60) % 24;
	enum rc rc = mail_settings_read(sc->mem, sc->diag, &settings);

	if (rc != RC_OK)
		return;
	if (hour >= LETTERS_FROM_HOUR)
		rc = write_letters(sc, settings.site);
	if (rc == RC_OK)
		rc = outbox_send(sc, &settings, &counts);
	if (rc != RC_OK)
		log_line("letters wait: %s", rc_name(rc));
	else if (counts.sent || counts.later || counts.refused)
		log_line("letters sent: %zu, later: %zu, refused: %zu",
		    counts.sent, counts.later, counts.refused);
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
	forget_files(&sc);
	copy_database(&sc, backups);
	send_letters(&sc, (int32_t)place.zone_minutes);
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
