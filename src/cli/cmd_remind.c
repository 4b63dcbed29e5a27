/* cmd_remind.c - opora remind: the letters of a day, written and sent. */
#include "cli/command.h"
#include "core/plans/remind.h"
#include "core/plans/school_calendar.h"
#include "mail/mail.h"

static const struct cli_option options[] = {
    {"today", "D"}, {"dry-run", NULL}, {"no-send", NULL}};

static const char *const fates[] = {
    [REMINDER_NEW] = N_("новое"),
    [REMINDER_WRITTEN] = N_("уже написано"),
    [REMINDER_UNWANTED] = N_("человек отказался от таких писем"),
    [REMINDER_NO_ADDRESS] = N_("адрес не указан"),
};

static void
put_reminder(struct cli *cli, const struct reminder *r)
{
	buf_fmt(&cli->out,
	    "Кому: %.*s <%.*s> – %s\nТема: %.*s\n\n%.*s\n"
	    "--------\n",
	    STR_ARG(r->name), STR_ARG(r->letter.address), fates[r->fate],
	    STR_ARG(r->letter.subject), STR_ARG(r->letter.body));
}

/* How many of each: "Писем: новых 3, уже написано 2 …" */
static void
put_counts(struct cli *cli, const struct reminder *all, size_t n)
{
	size_t by_fate[COUNT_OF(fates)] = {0};

	for (size_t i = 0; i < n; i++)
		by_fate[all[i].fate]++;
	buf_fmt(&cli->out,
	    "Писем: новых – %zu, уже написано – %zu, отказались – %zu, без "
	    "адреса – %zu.\n",
	    by_fate[REMINDER_NEW], by_fate[REMINDER_WRITTEN],
	    by_fate[REMINDER_UNWANTED], by_fate[REMINDER_NO_ADDRESS]);
}

static enum rc
send_now(struct cli *cli, const struct mail_settings *settings)
{
	struct outbox_counts counts;
	enum rc rc = outbox_send(&cli->scope, settings, &counts);

	if (rc == RC_OK)
		buf_fmt(&cli->out,
		    "Отправлено – %zu, отложено – %zu, отказано – %zu.\n",
		    counts.sent, counts.later, counts.refused);
	return rc;
}

static enum rc
remind(struct cli *cli)
{
	struct mail_settings settings = {0};
	struct remind_options o = {.today = cli->today};
	struct calendar calendar;
	struct reminder *all;
	size_t n, written;
	bool dry = cli_has(cli, "dry-run");
	enum rc has_server =
	    mail_settings_read(cli->mem, &cli->diag, &settings);
	enum rc rc = cli_date(cli, "today", &o.today);

	if (rc == RC_OK && has_server == RC_INVALID)
		rc = RC_INVALID;
	if (rc == RC_OK)
		rc = school_calendar_read(&cli->scope, &calendar);
	o.site = settings.site;
	o.calendar = &calendar;
	if (rc == RC_OK)
		rc = reminders_make(&cli->scope, &o, &all, &n);
	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; dry && i < n; i++)
		put_reminder(cli, &all[i]);
	put_counts(cli, all, n);
	if (dry)
		return RC_OK;
	rc = reminders_write(&cli->scope, all, n, &written);
	if (rc != RC_OK || cli_has(cli, "no-send"))
		return rc;
	if (has_server == RC_OK)
		return send_now(cli, &settings);
	buf_c(&cli->out, "Почтовый сервер не назван (OPORA_SMTP): письма "
			 "ждут в базе.\n");
	return RC_OK;
}

const struct command command_remind = {.name = "remind",
    .usage = "remind [--today D] [--dry-run] [--no-send]",
    .summary = N_("написать и отправить напоминания о сроках"),
    .options = options,
    .n_options = COUNT_OF(options),
    .needs = CLI_DATABASE,
    .run = remind};
