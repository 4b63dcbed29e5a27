/* cmd_serve.c - opora serve: the pages.  It stands beside main.c because it
 * joins the command line with the floor above it. */
#include "cli/command.h"
#include "serve/serve.h"

static const struct cli_option options[] = {
    {"listen", "АДРЕС:ПОРТ"}, {"workers", "N"}, {"backups", "ПАПКА"}};

static enum rc
serve(struct cli *cli)
{
	struct str listen = cli_option(cli, "listen");
	struct str backups = cli_option(cli, "backups");
	struct serve_options o = {.db = cli->db_url,
	    .listen = listen.p ? listen : S("127.0.0.1:8080"),
	    .backups = backups.p ? backups : S("")};
	int64_t workers = 0;

	if (cli_has(cli, "workers") &&
	    (!str_to_int(cli_option(cli, "workers"), &workers) || workers < 1 ||
		workers > 64))
		return cli_misuse(cli, N_("Работников бывает от 1 до 64."));
	o.workers = (int)workers;
	return serve_run(&o, &cli->diag);
}

const struct command command_serve = {.name = "serve",
    .usage = "serve [--listen АДРЕС:ПОРТ] [--workers N] [--backups ПАПКА]",
    .summary = N_("открыть страницы: сервер на этой машине"),
    .options = options,
    .n_options = COUNT_OF(options),
    .needs = CLI_NOTHING,
    .run = serve};
