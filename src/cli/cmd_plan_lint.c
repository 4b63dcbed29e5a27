/* cmd_plan_lint.c - opora plan lint: what is wrong with a plan or with a file. */
#include "base/utf8.h"
#include "cli/command.h"
#include "convert/convert.h"
#include "core/plans/lint_plan.h"
#include "fmt/json.h"
#include "os/file.h"

static const struct cli_option options[] = {
    {"from", "D"},
    {"to", "D"},
    {"ordered", "D"},
    {"rules", NULL},
    {"format", "text|json"},
};

/* ---- the answer -------------------------------------------------------------------- */

static void
put_text(struct cli *cli, const struct lint_findings *f)
{
	size_t notes = f->n - f->errors - f->warnings;

	for (size_t i = 0; i < f->n; i++)
		buf_fmt(&cli->out, "%s [%s] %.*s\n",
		    lint_severity_title(f->all[i].rule->severity),
		    f->all[i].rule->code,
		    STR_ARG(lint_line(cli->mem, &f->all[i])));
	if (!f->n)
		buf_c(&cli->out, "Замечаний нет.\n");
	else
		buf_fmt(&cli->out,
		    "Ошибок %zu, предупреждений %zu, заметок %zu.\n", f->errors,
		    f->warnings, notes);
}

static void
json_places(struct json *j, const struct lint_finding *f)
{
	json_key(j, "places");
	json_begin_array(j);
	for (size_t i = 0; i < f->n_places; i++) {
		json_begin_object(j);
		json_field_str(j, "place", f->places[i].where);
		json_field_str(j, "number", f->places[i].number);
		if (f->places[i].measure.v)
			json_field_int(j, "measure", f->places[i].measure.v);
		json_end(j);
	}
	json_end(j);
}

static void
put_json(struct cli *cli, const struct lint_findings *f)
{
	static const char *const severities[] = {[SEV_NOTE] = "note",
	    [SEV_WARNING] = "warning",
	    [SEV_ERROR] = "error"};
	struct json j = json_open(&cli->out);

	json_begin_array(&j);
	for (size_t i = 0; i < f->n; i++) {
		const struct lint_rule *rule = f->all[i].rule;
		json_begin_object(&j);
		json_field_str(&j, "rule", str_of(rule->code));
		json_field_str(
		    &j, "severity", str_of(severities[rule->severity]));
		json_field_str(&j, "text", str_of(rule->sentence));
		json_field_str(&j, "detail", f->all[i].detail);
		json_field_str(&j, "hint", str_of(rule->hint));
		json_places(&j, &f->all[i]);
		json_end(&j);
	}
	json_end(&j);
	json_close(&j);
	buf_char(&cli->out, '\n');
}

static enum rc
answer(struct cli *cli, const struct lint_findings *f)
{
	if (str_eq(cli_option(cli, "format"), S("json")))
		put_json(cli, f);
	else
		put_text(cli, f);
	return f->errors ? RC_INVALID : RC_OK;
}

/* ---- of what ------------------------------------------------------------------------ */

static enum rc
lint_kept(struct cli *cli, int64_t number)
{
	struct lint_findings found;
	struct plan p;
	enum rc rc = cli_open_database(cli);

	if (rc == RC_OK)
		rc = plan_load(&cli->scope, (plan_id){number}, &p);
	if (rc == RC_OK)
		rc = plan_lint_kept(&cli->scope, &p, &found);
	return rc == RC_OK ? answer(cli, &found) : rc;
}

/* Straight from recognition; without a database nothing is known beside it. */
static enum rc
lint_file(struct cli *cli, const struct plan_options *how)
{
	static const struct lint_context nothing;
	struct plan_reading plan;
	struct pages pages;
	autofd fd = -1;
	enum rc rc = file_open(cli->args[0], &cli->diag, &fd);

	if (rc == RC_OK)
		rc = convert_pages(fd, cli->mem, &cli->diag, &pages);
	if (rc == RC_OK)
		rc = plan_read(cli->mem, &pages, how, &cli->diag, &plan);
	if (rc != RC_OK)
		return rc;
	const struct lint_findings found = plan_lint(cli->mem, &plan, &nothing);
	return answer(cli, &found);
}

static enum rc
put_rules(struct cli *cli)
{
	for (size_t i = 0; i < n_lint_rules; i++) {
		const struct lint_rule *r = lint_rule_at(i);
		buf_fmt(&cli->out, "%s (%s)\n    %s %s\n", r->code,
		    lint_severity_title(r->severity), r->sentence, r->hint);
	}
	return RC_OK;
}

static enum rc
lint(struct cli *cli)
{
	struct plan_options how = {
	    .period = {DATE_NONE, DATE_NONE}, .ordered = DATE_NONE};
	int64_t number;
	enum rc rc = cli_date(cli, "from", &how.period.from);

	if (cli_has(cli, "rules"))
		return put_rules(cli);
	if (!cli->n_args)
		return cli_misuse(
		    cli, N_("Назовите номер плана или файл с ним."));
	if (rc == RC_OK)
		rc = cli_date(cli, "to", &how.period.to);
	if (rc == RC_OK)
		rc = cli_date(cli, "ordered", &how.ordered);
	if (rc != RC_OK)
		return rc;
	if (date_is_none(how.period.from) != date_is_none(how.period.to))
		return cli_misuse(
		    cli, N_("Период называют обоими ключами: --from и --to."));
	if (str_to_int(cli->args[0], &number))
		return lint_kept(cli, number);
	return lint_file(cli, &how);
}

const struct command command_plan_lint = {.name = "plan lint",
    .usage = "plan lint НОМЕР|ФАЙЛ [--from D --to D] [--ordered D] [--rules] "
	     "[--format text|json]",
    .summary = N_("что исправить в плане до утверждения"),
    .options = options,
    .n_options = COUNT_OF(options),
    .min_args = 0,
    .max_args = 1,
    .needs = CLI_NOTHING,
    .run = lint};
