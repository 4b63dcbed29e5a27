/* cmd_school.c - opora school alias: which school a spelling means. */
#include "cli/command.h"
#include "core/results/matching.h"
#include "store/q_registry.h"

static bool
is_login(struct str s)
{
	return s.n > 3 &&
	       (str_starts(s, S("edu")) || str_starts(s, S("sch"))) &&
	       s.p[3] >= '0' && s.p[3] <= '9';
}

static bool
is_number(struct str s)
{
	int64_t n;

	return str_to_int(s, &n);
}

static enum rc
alias(struct cli *cli)
{
	struct str written = cli->args[0];
	struct school_ref ref = {0};
	struct q_school school;
	enum rc rc =
	    q_school_by_code(cli->scope.db, cli->mem, &cli->scope.actor,
		cli->scope.actor.municipality, cli->args[1], &school);

	if (rc == RC_NOT_FOUND)
		diag_error(&cli->diag, (struct place){0},
		    N_("Школы с таким кодом нет."))
		    ->value = cli->args[1];
	if (rc != RC_OK)
		return rc;
	if (is_login(written))
		ref.login = written;
	else if (is_number(written))
		ref.code = written;
	else
		ref.name = written;
	rc = match_confirm(&cli->scope, &ref, school.id);
	if (rc == RC_OK)
		buf_fmt(&cli->out, "«%.*s» – это %.*s.\n", STR_ARG(written),
		    STR_ARG(school.name));
	return rc;
}

const struct command command_school_alias = {.name = "school alias",
    .usage = "school alias 'КАК В ФАЙЛЕ' КОД",
    .summary = N_("запомнить, какую школу означает написание"),
    .min_args = 2,
    .max_args = 2,
    .needs = CLI_DATABASE,
    .run = alias};
