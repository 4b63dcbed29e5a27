/* cmd_demo.c - opora demo: an empty database filled with the demonstration. */
#include "cli/command.h"
#include "core/demo/demo.h"

static enum rc
demo(struct cli *cli)
{
	struct demo filled;
	enum rc rc = demo_fill(&cli->scope, &filled);

	for (size_t i = 0; rc == RC_OK && i < filled.n_accounts; i++)
		buf_fmt(&cli->out, "%.*s\t%.*s\t%.*s\n",
		    STR_ARG(filled.accounts[i].role),
		    STR_ARG(filled.accounts[i].login),
		    STR_ARG(filled.accounts[i].password));
	return rc;
}

const struct command command_demo = {.name = "demo",
    .usage = "demo",
    .summary = N_("заполнить пустую базу вымышленным муниципалитетом; печатает "
		  "роль, логин и пароль каждой учётной записи"),
    .needs = CLI_CREATE,
    .run = demo};
