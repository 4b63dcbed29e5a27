/* clock_process.c - what must happen by itself, and when? */
#include "serve/clock_process.h"

#include <signal.h>
#include <time.h>

#include "os/clock.h"
#include "os/log.h"
#include "store/db.h"

enum { PERIOD_SECONDS = 300 };

/* One round; what fails is tried again in the next. */
static void
round_of_work(struct db *db, struct diag *d)
{
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
		round_of_work(db, d);
	} while (sigtimedwait(&stop, NULL,
		     &(struct timespec){.tv_sec = PERIOD_SECONDS}) < 0);
	return RC_OK;
}
