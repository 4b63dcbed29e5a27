/* cmd_init.c - opora init: an empty database with its municipality. */
#include "cli/command.h"
#include "store/q_registry.h"

static const struct cli_option options[] = {
    {"name", "НАЗВАНИЕ"},
    {"short", "КРАТКО"},
    {"genitive", "КОГО"},
    {"body", "ОРГАН"},
    {"region", "РЕГИОН"},
    {"code", "КОД"},
    {"zone", "МИНУТЫ"},
};

static struct str
or_else(struct str given, struct str other)
{
	return given.p ? given : other;
}

static enum rc
init(struct cli *cli)
{
	struct q_municipality there;
	struct str name = or_else(
	    cli_option(cli, "name"), S("Муниципальный округ без названия"));
	int64_t zone = 180;
	enum rc rc = q_municipality_first(cli->scope.db, cli->mem, &there);

	if (rc == RC_OK) {
		diag_error(&cli->diag, (struct place){0},
		    N_("В этой базе уже есть муниципалитет «%.*s»."),
		    STR_ARG(there.name));
		return RC_CONFLICT;
	}
	if (rc != RC_NOT_FOUND)
		return rc;
	if (cli_has(cli, "zone") &&
	    (!str_to_int(cli_option(cli, "zone"), &zone) || zone < -720 ||
		zone > 840))
		return cli_misuse(cli,
		    N_("Сдвиг времени – минуты от Гринвича, для Москвы 180."));

	const struct q_municipality_add_in add = {
	    .code = or_else(cli_option(cli, "code"), S("main")),
	    .name = name,
	    .name_short = or_else(cli_option(cli, "short"), name),
	    .name_of = or_else(cli_option(cli, "genitive"), name),
	    .body =
		or_else(cli_option(cli, "body"), S("Управление образования")),
	    .region = or_else(cli_option(cli, "region"), S("")),
	    .zone_minutes = zone};
	rc = q_municipality_add(cli->scope.db, &add);
	if (rc == RC_OK)
		buf_fmt(
		    &cli->out, "База создана: %.*s.\n", STR_ARG(cli->db_url));
	return rc;
}

const struct command command_init = {
    .name = "init",
    .usage = "init [--name НАЗВАНИЕ] [--short КРАТКО] [--genitive КОГО] "
	     "[--body ОРГАН] [--region РЕГИОН] [--code КОД] [--zone МИНУТЫ]",
    .summary = N_("создать базу и муниципалитет в ней"),
    .options = options,
    .n_options = COUNT_OF(options),
    .needs = CLI_CREATE,
    .run = init,
};
