/* cmd_load.c - opora load list | undo: what was loaded, and taking it back. */
#include "cli/command.h"
#include "core/results/loads.h"
#include "fmt/table_out.h"

static const struct cli_option options[] = {{"format", "table|csv|json"}};

/* clang-format off */
static const struct table_column columns[] = {
	{"load",    S_INIT("№"),            TABLE_INT,  0, 0, {0}, {0}},
	{"at",      S_INIT("Когда"),        TABLE_DATE, 0, 0, {0}, {0}},
	{"kind",    S_INIT("Вид"),          TABLE_TEXT, 0, 0, {0}, {0}},
	{"file",    S_INIT("Файл"),         TABLE_TEXT, 0, 0, {0}, {0}},
	{"state",   S_INIT("Состояние"),    TABLE_TEXT, 0, 0, {0}, {0}},
	{"read",    S_INIT("Прочитано"),    TABLE_INT,  0, 0, {0}, {0}},
	{"added",   S_INIT("Добавлено"),    TABLE_INT,  0, 0, {0}, {0}},
	{"changed", S_INIT("Изменено"),     TABLE_INT,  0, 0, {0}, {0}},
	{"refused", S_INIT("Отклонено"),    TABLE_INT,  0, 0, {0}, {0}},
};

/* clang-format on */

static enum rc
list(struct cli *cli)
{
	const struct table_about about = {
	    .columns = columns, .n = COUNT_OF(columns)};
	struct q_load *loads;
	size_t n;
	enum rc rc = q_load_list(
	    cli->scope.db, cli->mem, cli->scope.actor.municipality, &loads, &n);

	if (rc != RC_OK)
		return rc;
	struct table_out *t =
	    table_out_open(cli->mem, cli_table_format(cli), &about, &cli->out);
	for (size_t i = 0; i < n; i++)
		table_out_row(t,
		    (struct table_cell[]){table_int(loads[i].id.v),
			table_date(moment_date(loads[i].at, 0)),
			table_text(loads[i].kind),
			table_text(loads[i].file_name),
			table_text(loads[i].state),
			table_int(loads[i].rows_read),
			table_int(loads[i].added), table_int(loads[i].changed),
			table_int(loads[i].refused)});
	return table_out_close(t);
}

static enum rc
undo(struct cli *cli)
{
	load_id id;

	if (!str_to_int(cli->args[0], &id.v))
		return cli_misuse(cli, N_("«%.*s» – не номер загрузки."),
		    STR_ARG(cli->args[0]));
	enum rc rc = load_undo(&cli->scope, id);
	if (rc == RC_OK)
		buf_fmt(
		    &cli->out, "Загрузка № %lld отменена.\n", (long long)id.v);
	return rc;
}

const struct command command_load_list = {.name = "load list",
    .usage = "load list [--format table|csv|json]",
    .summary = N_("что загружено"),
    .options = options,
    .n_options = COUNT_OF(options),
    .needs = CLI_DATABASE,
    .run = list};
const struct command command_load_undo = {.name = "load undo",
    .usage = "load undo НОМЕР",
    .summary = N_("отменить загрузку, пока на ней ничего не стоит"),
    .min_args = 1,
    .max_args = 1,
    .needs = CLI_DATABASE,
    .run = undo};
