/*
 * room_place.h - a municipality for the tests of the identification room:
 * people with roles, invented schools, rows given as files give them.
 */
#pragma once

#include "core/methods/library.h"
#include "core/methods/run.h"
#include "core/results/intake.h"
#include "place.h"
#include "store/q_access.h"

static int file_number;

static inline int
open_place(void **state)
{
	open_municipality(state, "2023-10-20");
	return 0;
}

/* ---- rows ---- */

static inline struct intake *
begin(void)
{
	const struct intake_options o = {.words = &words,
	    .file_name = S("сводная.csv"),
	    .file_hash = arena_fmt(mem, "hash-%d", ++file_number)};
	struct intake *in = NULL;

	assert_int_equal(intake_open(&sc, &o, &in), RC_OK);
	return in;
}

static inline load_id
end(struct intake *in)
{
	struct intake_report r;

	ok(intake_close(in, RC_OK, &r));
	return r.load;
}

static inline void
school(struct intake *in, const char *code, const char *name, const char *kind)
{
	struct row_sink sink = intake_sink(in);
	const struct school_row row = {.code = str_of(code),
	    .name = str_of(name),
	    .kind = str_of(kind),
	    .locality = S("rural"),
	    .at = {.row = 2}};

	sink.school(sink.ctx, &row);
}

static inline void
result(struct intake *in, const char *code, int year, const char *procedure,
    int participants, int failed)
{
	struct row_sink sink = intake_sink(in);
	const struct result_row row = {.school = {.code = str_of(code)},
	    .procedure = str_of(procedure),
	    .year = {year},
	    .participants = participants,
	    .failed = failed,
	    .marks = {-1, -1, -1, -1},
	    .at = {.row = 7}};

	sink.result(sink.ctx, &row);
}

static inline school_id
id_of(const char *code)
{
	struct q_school s = {0};

	ok(q_school_by_code(
	    sc.db, mem, &sc.actor, sc.actor.municipality, str_of(code), &s));
	return s.id;
}

/* ---- lists ---- */

static inline run_id
saved_list(const char *method, int year)
{
	const struct method *m = NULL;
	struct library library;
	struct inputs inputs;
	struct run run;
	run_id id = {0};

	ok(library_read(&sc, &words, &library));
	ok(library_find(&sc, &library, str_of(method), sc.actor.today, &m));
	ok(inputs_collect(&sc, &words, (struct syear){year}, &inputs));
	ok(run_compute(&sc, m, NULL, &inputs, &run));
	ok(run_save(&sc, &run, &id));
	return id;
}

/* ---- people ---- */

static inline struct actor
person(const char *name, enum role role, const char *school_code)
{
	static int number;
	struct q_person_add made = {0};
	school_id at = school_code ? id_of(school_code) : (school_id){0};
	const struct q_grant_add_in grant = {
	    .municipality = sc.actor.municipality,
	    .role = str_of(role_code(role)),
	    .organisation = at,
	    .since = day("2020-01-01"),
	    .until = DATE_NONE};
	struct q_grant_add_in add = grant;

	ok(q_person_add(sc.db, mem, sc.actor.municipality,
	    arena_fmt(mem, "person-%d", ++number), str_of(name), S(""), &made));
	add.person = made.id;
	ok(q_grant_add(sc.db, &add));
	return (struct actor){.municipality = sc.actor.municipality,
	    .person = made.id,
	    .name = str_of(name),
	    .sees_all = !school_code,
	    .roles = (uint32_t)1 << role,
	    .today = sc.actor.today};
}

/* The scope of somebody, today. */
static inline struct scope
as(struct actor who)
{
	struct scope s = sc;

	who.today = sc.actor.today;
	s.actor = who;
	return s;
}

/* clang-format off */
#define on(f, database) {#f " (" database ")", f, open_place, close_place, \
	(void *)(uintptr_t)database}
/* clang-format on */
#define both(f) on(f, "sqlite"), on(f, "postgres")
