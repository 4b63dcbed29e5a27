/*
 * count_tasks.c - how every task of a database stands today, for tasks.sh:
 * the processor time of the question alone, without start and opening.
 *
 *	count_tasks DATABASE TODAY RUNS
 *
 * Prints "state count" lines as the peer does, then to standard error the
 * milliseconds of the question and of the pure function over as many tasks
 * that lie in an array.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "core/access/access.h"
#include "core/plans/occurrence.h"
#include "store/q_registry.h"

static double
milliseconds(void)
{
	struct timespec t;

	MUST(clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t) == 0);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int
ascending(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static double
middle(double *all, size_t n)
{
	qsort(all, n, sizeof *all, ascending);
	return all[n / 2];
}

/* Tasks of all kinds, made by counting. */
static double
pure_states(struct arena *mem, size_t n, int32_t today)
{
	struct occurrence_days *all = arena_new(mem, struct occurrence_days, n);
	size_t by_state[TASK_STATE_COUNT] = {0};

	for (size_t i = 0; i < n; i++)
		all[i] = (struct occurrence_days){
		    .opens = today - 200 + (int32_t)(i % 300),
		    .due = today - 180 + (int32_t)(i % 300),
		    .done = today - 190 + (int32_t)(i % 50),
		    .mark = (uint8_t)(i % MARK_STATE_COUNT)};
	double begun = milliseconds();
	for (size_t i = 0; i < n; i++)
		by_state[occurrence_state(
		    &all[i], today, &occurrence_rules_usual)]++;
	double took = milliseconds() - begun;
	MUST(by_state[TASK_OVERDUE] > 0); /* the loop is not thrown away */
	return took;
}

static enum rc
count(struct scope *sc, struct date today, size_t runs)
{
	double *times = arena_new(sc->mem, double, runs);
	struct task_counts counts;
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < runs; i++) {
		double begun = milliseconds();
		rc = task_count(sc, (plan_id){0}, today, &counts);
		times[i] = milliseconds() - begun;
	}
	if (rc != RC_OK)
		return rc;
	for (int s = 0; s < TASK_STATE_COUNT; s++)
		if (counts.by_state[s])
			(void)printf("%s %zu\n", occurrence_state_codes[s],
			    counts.by_state[s]);
	(void)fprintf(stderr, "%zu tasks: %.1f ms; states alone %.2f ms\n",
	    counts.all, middle(times, runs),
	    pure_states(sc->mem, counts.all, today.day));
	return RC_OK;
}

int
main(int argc, char **argv)
{
	autoarena mem = arena_open(0);
	struct diag d = diag_open(mem, 0);
	struct scope sc = {.mem = mem, .diag = &d};
	struct q_municipality place;
	struct date today;

	if (argc != 4 || !date_parse(str_of(argv[2]), &today)) {
		(void)fputs("usage: count_tasks DATABASE TODAY RUNS\n", stderr);
		return 64;
	}
	enum rc rc = db_open(str_of(argv[1]), false, &d, &sc.db);
	if (rc == RC_OK)
		rc = q_municipality_first(sc.db, mem, &place);
	if (rc == RC_OK) {
		sc.actor = actor_program(place.id, today);
		rc = count(&sc, today, (size_t)atoi(argv[3]));
	}
	db_close(sc.db);
	return rc_exit_status(rc);
}
