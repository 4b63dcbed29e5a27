/* cmd_serve.c - opora serve: the program as a service.  It stands here, above
 * the floors, as it alone of the commands needs the topmost one. */
#include "cli/command.h"
#include "serve/serve.h"

static const struct cli_option options[] = {
    {"listen", "АДРЕС:ПОРТ"},
    {"workers", "N"},
    {"backups", "ПАПКА"},
};

static enum rc
serve(struct cli *cli)
{
	struct serve_options o = {
	    .db = cli->db_url,
	    .listen = cli_has(cli, "listen") ? cli_option(cli, "listen") :
					       S("127.0.0.1:8080"),
	    .backups = cli_option(cli, "backups"),
	};
	int64_t workers = 0;

	if (cli_has(cli, "workers") &&
	    (!str_to_int(cli_option(cli, "workers"), &workers) || workers < 1 ||
		workers > 64))
		return cli_misuse(
		    cli, N_("Работников бывает от 1 до 64: --workers 4."));
	o.workers = (int)workers;
	return serve_run(&o, &cli->diag);
}

const struct command command_serve = {.name = "serve",
    .usage = "serve [--listen 127.0.0.1:8080] [--workers N] [--backups ПАПКА]",
    .summary = N_("показывать страницы по сети, пока не остановят"),
    .options = options,
    .n_options = COUNT_OF(options),
    .needs = CLI_NOTHING,
    .run = serve};
