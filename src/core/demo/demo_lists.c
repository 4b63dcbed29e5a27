/* demo_lists.c - the lists of four years, drawn up each September. */
#include "core/demo/demo.h"
#include "core/methods/library.h"
#include "core/methods/run.h"

static enum rc
draw_up(
    struct demo *d, const struct library *library, const char *name, int back)
{
	struct scope *sc = d->sc;
	const struct method *method = NULL;
	struct inputs inputs;
	struct run run;
	run_id id;
	enum rc rc =
	    library_find(sc, library, str_of(name), sc->actor.today, &method);

	if (rc == RC_OK)
		rc = inputs_collect(
		    sc, &d->words, syear_plus(d->year, -back), &inputs);
	if (rc == RC_OK)
		rc = run_compute(sc, method, NULL, &inputs, &run);
	return rc == RC_OK ? run_save(sc, &run, &id) : rc;
}

enum rc
demo_lists(struct demo *d)
{
	struct library library;
	enum rc rc = library_read(d->sc, &d->words, &library);

	for (int back = 3; rc == RC_OK && back >= 0; back--) {
		demo_at(d, demo_day(d, back, 9, 18));
		rc = draw_up(d, &library, "shnor", back);
		if (rc != RC_OK || back > 1)
			continue;
		demo_at(d, demo_day(d, back, 10, 15));
		rc = draw_up(d, &library, "risk", back);
	}
	return rc;
}
