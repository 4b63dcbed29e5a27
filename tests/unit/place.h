/*
 * place.h - the municipality in which the tests of the domain happen, and the
 * words they share.  The program itself acts, unless a test says who else.
 */
#pragma once

#include "core/access/access.h"
#include "core/registry/catalogue.h"
#include "databases.h"
#include "store/q_registry.h"

static struct arena *mem;
static struct diag d;
static struct scope sc;
static struct vocabulary words;

static inline struct date
day(const char *iso)
{
	struct date at = DATE_NONE;

	assert_true(date_parse(str_of(iso), &at));
	return at;
}

/* It is ten in the morning of that day. */
static inline void
today(const char *iso)
{
	sc.actor.today = day(iso);
	sc.now.second = (int64_t)sc.actor.today.day * 86400 + 36000;
}

/* state: of a test of run_on_databases(). */
static inline void
open_municipality(void **state, const char *on)
{
	const struct q_municipality_add_in place = {.code = S("s"),
	    .name = S("Среднеозерский муниципальный округ"),
	    .name_short = S("Среднеозерский округ"),
	    .name_of = S("Среднеозерского муниципального округа"),
	    .body = S("Управление образования"),
	    .region = S(""),
	    .zone_minutes = 180};

	mem = arena_open(0);
	d = diag_open(mem, 0);
	sc = (struct scope){
	    .db = test_database(*state, mem, &d), .mem = mem, .diag = &d};
	sc.actor = actor_program((municipality_id){1}, DATE_NONE);
	today(on);
	assert_int_equal(q_municipality_add(sc.db, &place), RC_OK);
	assert_int_equal(catalogue_read(&sc, &words), RC_OK);
}

static inline int
close_place(void **state)
{
	(void)state;
	db_close(sc.db);
	arena_close(mem);
	return 0;
}

static inline void
print_complaints(void)
{
	for (size_t i = 0; i < d.n; i++)
		print_error("%.*s\n", STR_ARG(complaint_line(mem, &d.all[i])));
}

/* Nothing but RC_OK, or the complaints are printed. */
#define ok(call)                                                               \
	do {                                                                   \
		enum rc rc_ = (call);                                          \
		if (rc_ != RC_OK)                                              \
			print_complaints();                                    \
		assert_int_equal(rc_, RC_OK);                                  \
	} while (0)

/* One of the complaints says this. */
static inline bool
complained(const char *part)
{
	for (size_t i = 0; i < d.n; i++)
		if (str_find(complaint_line(mem, &d.all[i]), str_of(part)) >= 0)
			return true;
	print_error("no complaint says «%s»\n", part);
	print_complaints();
	return false;
}

static inline void
forget_complaints(void)
{
	d = diag_open(mem, 0);
}
