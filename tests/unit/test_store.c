/* test_store.c - floor 2: both drivers, the schema, transactions, statements. */
#include "databases.h"
#include "store/q_registry.h"
#include "store/q_results.h"

static struct arena *mem;
static struct diag d;

static const struct actor everyone = {
    .municipality = {1}, .sees_all = true, .today = {20000}};

static int
open_database(void **state)
{
	mem = arena_open(0);
	d = diag_open(mem, 0);
	*state = test_database(*state, mem, &d);
	return 0;
}

static int
close_database(void **state)
{
	if (*state)
		db_close(*state);
	*state = NULL;
	arena_close(mem);
	return 0;
}

static void
add_place(struct db *db)
{
	const struct q_municipality_add_in in = {.code = S("sredneozersk"),
	    .name = S("Среднеозерский муниципальный округ"),
	    .name_short = S("Среднеозерский округ"),
	    .name_of = S("Среднеозерского муниципального округа"),
	    .body = S("Управление образования"),
	    .region = S("Озёрный край"),
	    .zone_minutes = 180,
	    .is_invented = true};

	assert_int_equal(q_municipality_add(db, &in), RC_OK);
}

static school_id
add_school(struct db *db, const char *code, const char *name)
{
	struct q_school_add row;
	const struct q_school_add_in in = {.municipality = {1},
	    .code = str_of(code),
	    .name = str_of(name),
	    .sort_key = str_of(name),
	    .kind = S("sosh"),
	    .is_rural = true};

	assert_int_equal(q_school_add(db, mem, &in, &row), RC_OK);
	return row.id;
}

static void
every_statement_is_prepared(void **state)
{
	enum rc rc = db_prepare_all(*state, &d);

	for (size_t i = 0; i < d.n; i++)
		print_error("%.*s\n", STR_ARG(d.all[i].text));
	assert_int_equal(rc, RC_OK);
	assert_true(n_statements > 40);
}

static void
rows_come_back_as_they_went(void **state)
{
	struct db *db = *state;
	struct q_school s;

	add_place(db);
	school_id id = add_school(db, "0101", "Вьюжинская СОШ «Ёлочка»");
	assert_int_equal(q_school_by_code(db, mem, &everyone,
			     everyone.municipality, S("0101"), &s),
	    RC_OK);
	assert_int_equal(s.id.v, id.v);
	assert_str(s.name, "Вьюжинская СОШ «Ёлочка»");
	assert_true(s.is_rural);
	assert_false(s.is_small);
	assert_false(s.pupils.is_known);
	assert_null(s.address.p);
	assert_true(date_is_none(s.closed_on));

	struct date closed;
	assert_true(date_parse(S("2025-08-31"), &closed));
	assert_int_equal(
	    q_school_close(db, everyone.municipality, id, closed), RC_OK);
	assert_int_equal(
	    q_school_by_id(db, mem, &everyone, everyone.municipality, id, &s),
	    RC_OK);
	assert_int_equal(s.closed_on.day, closed.day);
	assert_int_equal(s.version, 2);
}

static void
unfinished_work_is_rolled_back(void **state)
{
	struct db *db = *state;
	struct q_school s;

	add_place(db);
	{
		autotx tx = {0};
		assert_int_equal(tx_begin(db, &tx), RC_OK);
		(void)add_school(db, "0101", "Школа");
	}
	assert_int_equal(q_school_by_code(db, mem, &everyone,
			     everyone.municipality, S("0101"), &s),
	    RC_NOT_FOUND);

	autotx tx = {0};
	assert_int_equal(tx_begin(db, &tx), RC_OK);
	(void)add_school(db, "0101", "Школа");
	assert_int_equal(tx_commit(&tx), RC_OK);
	assert_int_equal(q_school_by_code(db, mem, &everyone,
			     everyone.municipality, S("0101"), &s),
	    RC_OK);
}

static void
second_writer_gets_a_conflict(void **state)
{
	struct db *db = *state;

	add_place(db);
	school_id id = add_school(db, "0101", "Школа");
	struct q_school_set_in in = {.municipality = {1},
	    .id = id,
	    .version = 1,
	    .name = S("Школа № 1"),
	    .sort_key = S("1"),
	    .kind = S("sosh")};
	assert_int_equal(q_school_set(db, &in), RC_OK);
	in.name = S("Школа № 2");
	assert_int_equal(q_school_set(db, &in), RC_CONFLICT);
}

static void
broken_promises_of_the_schema_are_refused(void **state)
{
	struct db *db = *state;
	struct q_school_add row;

	add_place(db);
	(void)add_school(db, "0101", "Школа");
	struct q_school_add_in in = {.municipality = {1},
	    .code = S("0101"),
	    .name = S("Другая"),
	    .sort_key = S("x"),
	    .kind = S("sosh")};
	assert_int_equal(q_school_add(db, mem, &in, &row), RC_CONFLICT);
	in.code = S("0102");
	in.kind = S("cinema");
	assert_int_equal(q_school_add(db, mem, &in, &row), RC_CONFLICT);
}

/* A person sees the schools granted to them, and only for the period. */
static void
rows_are_visible_by_right(void **state)
{
	struct db *db = *state;
	struct q_school *rows;
	size_t n;

	add_place(db);
	school_id first = add_school(db, "0101", "Первая");
	(void)add_school(db, "0102", "Вторая");
	assert_int_equal(
	    db->driver->script(db,
		"INSERT INTO person (municipality, id, login, name, post, "
		"is_disabled, version) VALUES (1, 7, 'd', 'Д', 'директор', 0, "
		"1);"
		"INSERT INTO role_grant (municipality, person, number, role, "
		"organisation, since, until) VALUES (1, 7, 1, 'school', 1, "
		"'2025-01-01', '2025-12-31')"),
	    RC_OK);
	assert_int_equal(first.v, 1);

	struct actor head = {.municipality = {1}, .person = {7}};
	assert_true(date_parse(S("2025-06-01"), &head.today));
	assert_int_equal(
	    q_school_list(db, mem, &head, head.municipality, &rows, &n), RC_OK);
	assert_int_equal(n, 1);
	assert_str(rows[0].name, "Первая");

	assert_true(date_parse(S("2026-01-01"), &head.today));
	assert_int_equal(
	    q_school_list(db, mem, &head, head.municipality, &rows, &n), RC_OK);
	assert_int_equal(n, 0);
}

static bool
count_row(void *ctx, const struct q_load_row_each *row)
{
	int *n = ctx;

	assert_str(row->record, "запись");
	return ++*n < 3;
}

static void
a_stream_of_rows_can_be_stopped(void **state)
{
	struct db *db = *state;
	struct q_load_add load;
	int n = 0;

	add_place(db);
	const struct q_load_add_in in = {.municipality = {1},
	    .kind = S("results"),
	    .profile = S(""),
	    .file_name = S("a.csv"),
	    .file_hash = S("00"),
	    .state = S("draft"),
	    .at = {0}};
	assert_int_equal(q_load_add(db, mem, &in, &load), RC_OK);
	for (int i = 1; i <= 5; i++) {
		const struct q_load_row_add_in row = {.municipality = {1},
		    .load = load.id,
		    .number = i,
		    .record = S("запись")};
		assert_int_equal(q_load_row_add(db, &row), RC_OK);
	}
	assert_int_equal(q_load_row_each(db, everyone.municipality, load.id,
			     false, count_row, &n),
	    RC_OK);
	assert_int_equal(n, 3);
}

static void
schema_steps_are_applied_once(void **state)
{
	struct db *db = *state;
	int from, to;

	assert_int_equal(db_migrate(db, &d, &from, &to), RC_OK);
	assert_int_equal(from, to);
	assert_int_equal(
	    db->driver->script(db, "INSERT INTO schema_step (number, name) "
				   "VALUES (999, 'later')"),
	    RC_OK);
	assert_int_equal(db_migrate(db, &d, NULL, NULL), RC_INVALID);
	assert_int_equal(d.errors, 1);
}

/* Two connections to one file: the second writer waits, then is told. */
static void
two_writers_of_one_file(void **state)
{
	char path[] = "/tmp/opora-store-XXXXXX";
	struct db *one, *two;
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	(void)close(fd);
	assert_int_equal(db_open(str_of(path), true, &d, &one), RC_OK);
	assert_int_equal(db_migrate(one, &d, NULL, NULL), RC_OK);
	assert_int_equal(db_open(str_of(path), false, &d, &two), RC_OK);
	assert_int_equal(
	    two->driver->script(two, "PRAGMA busy_timeout = 20"), RC_OK);
	{
		autotx a = {0};
		autotx b = {0};
		assert_int_equal(tx_begin(one, &a), RC_OK);
		assert_int_equal(tx_begin(two, &b), RC_BUSY);
	}
	db_close(two);
	db_close(one);
	for (const char *tail = ""; tail; tail = !*tail ? "-wal" :
						 strcmp(tail, "-wal") == 0 ?
							  "-shm" :
							  NULL)
		(void)unlink(arena_fmt(mem, "%s%s", path, tail).p);
}

static void
what_is_not_a_database_is_said(void **state)
{
	char path[] = "/tmp/opora-store-XXXXXX";
	struct db *db;
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	assert_int_equal(
	    write(fd, "this is a letter, not a database at all......", 45), 45);
	(void)close(fd);
	assert_int_not_equal(db_open(str_of(path), false, &d, &db), RC_OK);
	assert_int_equal(d.errors, 1);
	assert_int_equal(
	    db_open(S("/tmp/opora-none/x.db"), false, &d, &db), RC_NOT_FOUND);
	(void)unlink(path);
}

static struct str
state_of(struct db *db)
{
	struct str state;

	assert_int_equal(db_state(db, mem, &state), RC_OK);
	return state;
}

static void
its_own_commit_changes_the_state(void **state)
{
	struct db *db = *state;
	struct str empty = state_of(db), filled;

	add_place(db);
	filled = state_of(db);
	assert_false(str_eq(empty, filled));
	{
		autotx tx = {0};
		assert_int_equal(tx_begin(db, &tx), RC_OK);
		(void)add_school(db, "0101", "Школа");
		assert_int_equal(tx_commit(&tx), RC_OK);
	}
	assert_false(str_eq(filled, state_of(db)));
}

/* What one connection commits the watching one sees, and nothing else. */
static void
a_watch_sees_the_commits_of_others(void **state)
{
	char path[] = "/tmp/opora-store-XXXXXX";
	struct db *writer, *watch;
	struct str before;

	assert_true(close(mkstemp(path)) == 0);
	assert_int_equal(db_open(str_of(path), true, &d, &writer), RC_OK);
	assert_int_equal(db_migrate(writer, &d, NULL, NULL), RC_OK);
	add_place(writer);
	assert_int_equal(db_open(str_of(path), false, &d, &watch), RC_OK);
	before = state_of(watch);
	assert_true(str_eq(before, state_of(watch)));
	assert_false(str_eq(before, state_of(writer)));
	{
		autotx tx = {0};
		assert_int_equal(tx_begin(writer, &tx), RC_OK);
		(void)add_school(writer, "0101", "Школа");
		assert_true(str_eq(before, state_of(watch)));
	}
	assert_true(str_eq(before, state_of(watch))); /* rolled back */
	(void)add_school(writer, "0101", "Школа");
	assert_false(str_eq(before, state_of(watch)));
	db_close(watch);
	db_close(writer);
	(void)unlink(path);
}

/* clang-format off */
#define on(f, database) {#f " (" database ")", f, open_database, \
	close_database, (void *)(uintptr_t)database}
/* clang-format on */
#define both(f) on(f, "sqlite"), on(f, "postgres")

int
main(void)
{
	const struct CMUnitTest all[] = {
	    both(every_statement_is_prepared),
	    both(rows_come_back_as_they_went),
	    both(unfinished_work_is_rolled_back),
	    both(second_writer_gets_a_conflict),
	    both(broken_promises_of_the_schema_are_refused),
	    both(rows_are_visible_by_right),
	    both(a_stream_of_rows_can_be_stopped),
	    both(schema_steps_are_applied_once),
	    both(its_own_commit_changes_the_state),
	    on(a_watch_sees_the_commits_of_others, "sqlite"),
	    on(two_writers_of_one_file, "sqlite"),
	    on(what_is_not_a_database_is_said, "sqlite"),
	};

	return run_on_databases(all, COUNT_OF(all));
}
