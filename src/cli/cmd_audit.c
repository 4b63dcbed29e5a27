/* cmd_audit.c - opora audit verify: does the journal's chain hold? */
#include "cli/command.h"
#include "core/access/audit.h"

static enum rc
verify(struct cli *cli)
{
	struct audit_state s;
	autotx tx = {0};
	enum rc rc = tx_read(cli->scope.db, &tx);

	if (rc == RC_OK)
		rc = audit_verify(&cli->scope, &s);
	if (rc != RC_OK)
		return rc;
	if (s.broken_at > 0) {
		diag_error(&cli->diag, (struct place){0},
		    N_("Цепочка журнала нарушена на записи № %lld: до неё "
		       "целы %lld."),
		    (long long)s.broken_at, (long long)s.entries)
		    ->hint = S(N_("Сверьте журнал с копией базы данных."));
		return RC_INVALID;
	}
	buf_fmt(&cli->out,
	    N_("Журнал цел: записей %lld, последняя контрольная сумма "
	       "%.*s.\n"),
	    (long long)s.entries, STR_ARG(s.last_hash));
	return RC_OK;
}

const struct command command_audit_verify = {.name = "audit verify",
    .usage = "audit verify",
    .summary = N_("проверить цепочку журнала действий"),
    .needs = CLI_DATABASE,
    .run = verify};
