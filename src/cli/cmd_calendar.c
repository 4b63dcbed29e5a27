/* cmd_calendar.c - opora calendar load|show, schedule load|list: the days that
 * deadlines hang on. */
#include "cli/command.h"
#include "convert/convert.h"
#include "core/plans/schedule.h"
#include "fmt/table_out.h"
#include "os/file.h"

static const struct cli_option load_options[] = {
    {"source", "ТЕКСТ"}, {"check", NULL}};
static const struct cli_option schedule_options[] = {
    {"name", "НАЗВАНИЕ"}, {"source", "ТЕКСТ"}, {"check", NULL}};
static const struct cli_option list_options[] = {{"format", "table|csv|json"}};

/* clang-format off */
static const struct table_column spans[] = {
	{"year", S_INIT("Год"),      TABLE_TEXT, 0, 0, {0}, {0}},
	{"code", S_INIT("Что"),      TABLE_TEXT, 0, 0, {0}, {0}},
	{"from", S_INIT("С"),        TABLE_DATE, 0, 0, {0}, {0}},
	{"to",   S_INIT("По"),       TABLE_DATE, 0, 0, {0}, {0}},
	{"name", S_INIT("Название"), TABLE_TEXT, 0, 0, {0}, {0}},
};

static const struct table_column schedules[] = {
	{"schedule", S_INIT("№"),        TABLE_INT,  0, 0, {0}, {0}},
	{"name",     S_INIT("Название"), TABLE_TEXT, 0, 0, {0}, {0}},
	{"source",   S_INIT("Откуда"),   TABLE_TEXT, 0, 0, {0}, {0}},
};

/* clang-format on */

static enum rc
read_file(struct cli *cli, struct pages *ret)
{
	autofd fd = -1;
	enum rc rc = file_open(cli->args[0], &cli->diag, &fd);

	if (rc == RC_OK)
		rc = convert_pages(fd, cli->mem, &cli->diag, ret);
	return rc;
}

static void
say_deadlines(struct cli *cli, const struct deadlines_moved *d)
{
	buf_fmt(&cli->out,
	    "Сроки: планов %zu, сдвинуто %zu, добавлено %zu, снято %zu, без "
	    "изменений %zu.\n",
	    d->plans, d->moved, d->added, d->dropped, d->kept);
	if (d->waiting)
		buf_fmt(&cli->out,
		    "Планов, где готовятся изменения: %zu; их сроки сдвинутся "
		    "при утверждении.\n",
		    d->waiting);
	if (cli_has(cli, "check"))
		buf_c(&cli->out, "Ничего не записано.\n");
}

static enum rc
load(struct cli *cli)
{
	struct school_calendar_load done;
	struct pages pages;
	enum rc rc = read_file(cli, &pages);

	if (rc == RC_OK)
		rc = school_calendar_load(&cli->scope, &pages,
		    cli_option(cli, "source"), cli_has(cli, "check"), &done);
	if (rc != RC_OK)
		return rc;
	buf_fmt(&cli->out, "Прочитано: периодов %zu, дней %zu.\n", done.spans,
	    done.days);
	say_deadlines(cli, &done.deadlines);
	return RC_OK;
}

static enum rc
show(struct cli *cli)
{
	const struct table_about about = {
	    .columns = spans, .n = COUNT_OF(spans)};
	struct q_calendar_span_list *all;
	size_t n;
	enum rc rc = q_calendar_span_list(
	    cli->scope.db, cli->mem, cli->scope.actor.municipality, &all, &n);

	if (rc != RC_OK)
		return rc;
	struct table_out *t =
	    table_out_open(cli->mem, cli_table_format(cli), &about, &cli->out);
	for (size_t i = 0; i < n; i++) {
		char year[SYEAR_TEXT];
		table_out_row(
		    t, (struct table_cell[]){
			   table_text(arena_str(cli->mem,
			       str_of(syear_text(all[i].year, year)))),
			   table_text(all[i].code), table_date(all[i].from_day),
			   table_date(all[i].to_day), table_text(all[i].name)});
	}
	return table_out_close(t);
}

static enum rc
schedule(struct cli *cli)
{
	struct str name = cli_option(cli, "name");
	struct schedule_load done;
	struct pages pages;
	enum rc rc;

	if (!name.p)
		return cli_misuse(cli,
		    N_("Название графика задают ключом --name: так, как оно "
		       "стоит в плане."));
	rc = read_file(cli, &pages);
	if (rc == RC_OK)
		rc = schedule_load(&cli->scope, &pages, name,
		    cli_option(cli, "source"), cli_has(cli, "check"), &done);
	if (rc != RC_OK)
		return rc;
	buf_fmt(&cli->out,
	    "График № %lld: строк %zu; его ждут мероприятия: %zu.\n",
	    (long long)done.id.v, done.rows, done.measures);
	say_deadlines(cli, &done.deadlines);
	return RC_OK;
}

static enum rc
list(struct cli *cli)
{
	const struct table_about about = {
	    .columns = schedules, .n = COUNT_OF(schedules)};
	struct q_schedule *all;
	size_t n;
	enum rc rc = q_schedule_list(
	    cli->scope.db, cli->mem, cli->scope.actor.municipality, &all, &n);

	if (rc != RC_OK)
		return rc;
	struct table_out *t =
	    table_out_open(cli->mem, cli_table_format(cli), &about, &cli->out);
	for (size_t i = 0; i < n; i++)
		table_out_row(
		    t, (struct table_cell[]){table_int(all[i].id.v),
			   table_text(all[i].name), table_text(all[i].source)});
	return table_out_close(t);
}

const struct command command_calendar_load = {.name = "calendar load",
    .usage = "calendar load ФАЙЛ [--source ТЕКСТ] [--check]",
    .summary = N_("четверти, каникулы, экзамены и выходные муниципалитета"),
    .options = load_options,
    .n_options = COUNT_OF(load_options),
    .min_args = 1,
    .max_args = 1,
    .needs = CLI_DATABASE,
    .run = load};
const struct command command_calendar_show = {.name = "calendar show",
    .usage = "calendar show [--format table|csv|json]",
    .summary = N_("что загружено в календарь"),
    .options = list_options,
    .n_options = COUNT_OF(list_options),
    .needs = CLI_DATABASE,
    .run = show};
const struct command command_schedule_load = {.name = "schedule load",
    .usage = "schedule load ФАЙЛ --name НАЗВАНИЕ [--source ТЕКСТ] [--check]",
    .summary = N_("график, по которому идут мероприятия «по графику …»"),
    .options = schedule_options,
    .n_options = COUNT_OF(schedule_options),
    .min_args = 1,
    .max_args = 1,
    .needs = CLI_DATABASE,
    .run = schedule};
const struct command command_schedule_list = {.name = "schedule list",
    .usage = "schedule list [--format table|csv|json]",
    .summary = N_("загруженные графики"),
    .options = list_options,
    .n_options = COUNT_OF(list_options),
    .needs = CLI_DATABASE,
    .run = list};
