/* cmd_database.c - opora migrate | backup | restore | doctor. */
#include <stdio.h>
#include <unistd.h>

#include "cli/command.h"
#include "os/file.h"

static enum rc
migrate(struct cli *cli)
{
	int from, to;
	enum rc rc = db_schema(cli->scope.db, &from);

	if (rc != RC_OK)
		return rc;
	to = migrations[n_migrations - 1].number;
	if (from < to && from > 0 && db_is_sqlite(cli->scope.db)) {
		struct str copy = arena_fmt(
		    cli->mem, "%.*s.before-%d", STR_ARG(cli->db_url), to);
		rc = db_copy(cli->scope.db, copy, &cli->diag);
		if (rc != RC_OK)
			return rc;
		buf_fmt(&cli->out, "Копия прежней базы: %.*s\n", STR_ARG(copy));
	}
	rc = db_migrate(cli->scope.db, &cli->diag, &from, &to);
	if (rc == RC_OK)
		buf_fmt(&cli->out, "Схема базы: была № %d, стала № %d.\n", from,
		    to);
	return rc;
}

static enum rc
backup(struct cli *cli)
{
	struct str file = cli->args[0];
	enum rc rc;

	if (access(arena_cstr(cli->mem, file), F_OK) == 0) {
		diag_error(&cli->diag, (struct place){.file = file},
		    N_("Такой файл уже есть, копия его не заменит."));
		return RC_CONFLICT;
	}
	rc = db_copy(cli->scope.db, file, &cli->diag);
	if (rc == RC_OK)
		buf_fmt(&cli->out, "Копия снята: %.*s\n", STR_ARG(file));
	return rc;
}

/* The copy is opened and checked before it takes the place of a database. */
static enum rc
restore(struct cli *cli)
{
	autodb from = NULL;
	int schema;
	const char *to = arena_cstr(cli->mem, cli->db_url);
	enum rc rc = db_open(cli->args[0], false, &cli->diag, &from);

	if (rc == RC_OK)
		rc = db_schema(from, &schema);
	if (rc != RC_OK)
		return rc;
	if (access(to, F_OK) == 0) {
		diag_error(&cli->diag, (struct place){.file = cli->db_url},
		    N_("На этом месте уже есть база данных."))
		    ->hint =
		    S("Уберите её сами или укажите другое место ключом --db.");
		return RC_CONFLICT;
	}
	rc = db_copy(from, cli->db_url, &cli->diag);
	if (rc == RC_OK)
		buf_fmt(&cli->out, "База восстановлена: %s, схема № %d.\n", to,
		    schema);
	return rc;
}

static enum rc
doctor(struct cli *cli)
{
	int have, want = migrations[n_migrations - 1].number;
	enum rc rc = db_schema(cli->scope.db, &have);

	if (rc != RC_OK)
		return rc;
	buf_fmt(&cli->out, "База: %s\n",
	    db_is_sqlite(cli->scope.db) ? "SQLite" : "PostgreSQL");
	buf_fmt(&cli->out, "Схема: № %d, программе нужна № %d\n", have, want);
	if (have != want) {
		diag_error(&cli->diag, (struct place){0},
		    N_("Схема базы не совпадает с программой."))
		    ->hint = S("Выполните «opora migrate».");
		return RC_INVALID;
	}
	rc = db_prepare_all(cli->scope.db, &cli->diag);
	if (rc == RC_OK)
		buf_fmt(
		    &cli->out, "Запросы: все %zu подготовлены\n", n_statements);
	return rc;
}

const struct command command_migrate = {.name = "migrate",
    .usage = "migrate",
    .summary = N_("обновить схему базы, сняв с неё копию"),
    .needs = CLI_OPEN_ONLY,
    .run = migrate};
const struct command command_backup = {.name = "backup",
    .usage = "backup ФАЙЛ",
    .summary = N_("снять копию работающей базы"),
    .min_args = 1,
    .max_args = 1,
    .needs = CLI_OPEN_ONLY,
    .run = backup};
const struct command command_restore = {.name = "restore",
    .usage = "restore ФАЙЛ",
    .summary = N_("восстановить базу из копии"),
    .min_args = 1,
    .max_args = 1,
    .needs = CLI_NOTHING,
    .run = restore};
const struct command command_doctor = {.name = "doctor",
    .usage = "doctor",
    .summary = N_("проверить базу и программу"),
    .needs = CLI_OPEN_ONLY,
    .run = doctor};
