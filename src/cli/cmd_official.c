/* cmd_official.c - opora official list|show, reconcile, status: the region's orders. */
#include "cli/command.h"
#include "core/methods/reconcile.h"
#include "core/methods/status.h"
#include "fmt/table_out.h"
#include "store/q_registry.h"

static const struct cli_option list_options[] = {{"format", "table|csv|json"}};
static const struct cli_option reconcile_options[] = {
    {"year", "Y"}, {"run", "N"}, {"act", "N"}, {"format", "table|csv|json"}};
static const struct cli_option status_options[] = {
    {"date", "D"}, {"format", "table|csv|json"}};

/* clang-format off */
static const struct table_column acts[] = {
	{"act",     S_INIT("№"),           TABLE_INT,  0, 0, {0}, {0}},
	{"number",  S_INIT("Приказ"),      TABLE_TEXT, 0, 0, {0}, {0}},
	{"date",    S_INIT("Дата"),        TABLE_DATE, 0, 0, {0}, {0}},
	{"year",    S_INIT("Учебный год"), TABLE_TEXT, 0, 0, {0}, {0}},
	{"issuer",  S_INIT("Кто издал"),   TABLE_TEXT, 0, 0, {0}, {0}},
	{"schools", S_INIT("Школ"),        TABLE_INT,  0, 0, {0}, {0}},
};
static const struct table_column entries[] = {
	{"school", S_INIT("Код"),       TABLE_TEXT, 0, 0, {0}, {0}},
	{"name",   S_INIT("Школа"),     TABLE_TEXT, 0, 0, {0}, {0}},
	{"kind",   S_INIT("Перечень"),  TABLE_TEXT, 0, 0, {0}, {0}},
	{"basis",  S_INIT("Основание"), TABLE_TEXT, 0, 0, {0}, {0}},
	{"leaves", S_INIT("Исключена"), TABLE_BOOL, 0, 0, {0}, {0}},
	{"written", S_INIT("Как в приказе"), TABLE_TEXT, 0, 0, {0}, {0}},
};
static const struct table_column differences[] = {
	{"school",     S_INIT("Код"),         TABLE_TEXT, 0, 0, {0}, {0}},
	{"name",       S_INIT("Школа"),       TABLE_TEXT, 0, 0, {0}, {0}},
	{"difference", S_INIT("Сверка"),      TABLE_TEXT, 0, 0, {0}, {0}},
	{"cause",      S_INIT("Причина"),     TABLE_TEXT, 0, 0, {0}, {0}},
	{"note",       S_INIT("Объяснение"),  TABLE_TEXT, 0, 0, {0}, {0}},
};
static const struct table_column stays[] = {
	{"school", S_INIT("Код"),     TABLE_TEXT, 0, 0, {0}, {0}},
	{"name",   S_INIT("Школа"),   TABLE_TEXT, 0, 0, {0}, {0}},
	{"kind",   S_INIT("Группа"),  TABLE_TEXT, 0, 0, {0}, {0}},
	{"type",   S_INIT("Тип"),     TABLE_TEXT, 0, 0, {0}, {0}},
	{"since",  S_INIT("С"),       TABLE_DATE, 0, 0, {0}, {0}},
	{"until",  S_INIT("По"),      TABLE_DATE, 0, 0, {0}, {0}},
	{"order",  S_INIT("Приказ"),  TABLE_TEXT, 0, 0, {0}, {0}},
};

/* clang-format on */

static enum rc
list(struct cli *cli)
{
	const struct table_about about = {.columns = acts, .n = COUNT_OF(acts)};
	struct q_official *all;
	size_t n;
	enum rc rc = q_official_list(
	    cli->scope.db, cli->mem, cli->scope.actor.municipality, &all, &n);

	if (rc != RC_OK)
		return rc;
	struct table_out *t =
	    table_out_open(cli->mem, cli_table_format(cli), &about, &cli->out);
	for (size_t i = 0; i < n; i++)
		table_out_row(t,
		    (struct table_cell[]){table_int(all[i].id.v),
			table_text(all[i].number), table_date(all[i].on_date),
			table_text(syear_ru(cli->mem, all[i].year)),
			table_text(all[i].issuer), table_int(all[i].entries)});
	return table_out_close(t);
}

static enum rc
find_act(struct cli *cli, struct str number, official_id *ret)
{
	struct q_official act;
	official_id id;

	if (!str_to_int(number, &id.v))
		return cli_misuse(cli,
		    N_("«%.*s» – не номер из «opora "
		       "official list»."),
		    STR_ARG(number));
	enum rc rc = q_official_by_id(
	    cli->scope.db, cli->mem, cli->scope.actor.municipality, id, &act);
	if (rc == RC_OK)
		*ret = id;
	return rc;
}

static enum rc
show(struct cli *cli)
{
	const struct table_about about = {
	    .columns = entries, .n = COUNT_OF(entries)};
	struct q_official_entry *all;
	official_id id;
	size_t n;
	enum rc rc = find_act(cli, cli->args[0], &id);

	if (rc == RC_OK)
		rc = q_official_entry_list(cli->scope.db, cli->mem,
		    &cli->scope.actor, cli->scope.actor.municipality, id, &all,
		    &n);
	if (rc != RC_OK)
		return rc;
	struct table_out *t =
	    table_out_open(cli->mem, cli_table_format(cli), &about, &cli->out);
	for (size_t i = 0; i < n; i++)
		table_out_row(
		    t, (struct table_cell[]){table_text(all[i].code),
			   table_text(all[i].school_name),
			   table_text(official_kind_title(all[i].kind)),
			   table_text(all[i].basis), table_bool(all[i].is_exit),
			   table_text(all[i].as_written)});
	return table_out_close(t);
}

/* ---- reconcile ---- */

static enum rc
chosen_run(struct cli *cli, struct str method, struct syear year, run_id *ret)
{
	municipality_id place = cli->scope.actor.municipality;
	struct str number = cli_option(cli, "run");
	struct q_run row;
	enum rc rc;

	if (number.p && !str_to_int(number, &ret->v))
		return cli_misuse(
		    cli, N_("«%.*s» – не номер расчёта."), STR_ARG(number));
	if (number.p)
		return RC_OK;
	rc = q_run_latest(cli->scope.db, cli->mem, place, method, year, &row);
	if (rc == RC_NOT_FOUND) {
		diag_error(&cli->diag, (struct place){0},
		    N_("Сохранённого расчёта «%.*s» на %.*s уч. г. нет."),
		    STR_ARG(method), STR_ARG(syear_ru(cli->mem, year)))
		    ->hint = S("Сохраните его: opora identify … --save.");
	}
	if (rc == RC_OK)
		*ret = row.id;
	return rc;
}

static enum rc
chosen_act(
    struct cli *cli, struct str kind, struct syear year, official_id *ret)
{
	struct str number = cli_option(cli, "act");
	struct q_official_latest latest;

	if (number.p)
		return find_act(cli, number, ret);
	enum rc rc = q_official_latest(cli->scope.db, cli->mem,
	    cli->scope.actor.municipality, kind, year, &latest);
	if (rc == RC_NOT_FOUND)
		diag_error(&cli->diag, (struct place){0},
		    N_("Приказа с перечнем «%.*s» на %.*s уч. г. нет."),
		    STR_ARG(official_kind_title(kind)),
		    STR_ARG(syear_ru(cli->mem, year)))
		    ->hint = S("Загрузите его: opora import official-list …");
	if (rc == RC_OK)
		*ret = latest.id;
	return rc;
}

static struct str
causes_text(struct arena *mem, const struct reconcile_line *l)
{
	struct buf b = buf_open(mem, 0);

	for (size_t i = 0; i < l->n_causes; i++)
		buf_fmt(&b, "%s%.*s", i ? " " : "", STR_ARG(l->causes[i].text));
	return buf_str(&b);
}

static enum rc
put_differences(struct cli *cli, const struct reconciliation *r)
{
	const struct table_about about = {
	    .columns = differences, .n = COUNT_OF(differences)};
	enum table_format format = cli_table_format(cli);
	bool codes = format != TABLE_TERMINAL;
	struct table_out *t =
	    table_out_open(cli->mem, format, &about, &cli->out);

	for (size_t i = 0; i < r->n; i++) {
		const struct reconcile_line *l = &r->lines[i];
		const char *kind = codes ? difference_kind_codes[l->kind] :
					   difference_kind_titles[l->kind];
		table_out_row(
		    t, (struct table_cell[]){table_text(l->code),
			   table_text(l->name), table_text(str_of(kind)),
			   table_text(causes_text(cli->mem, l)),
			   table_text(l->note.version ? l->note.text : S(""))});
	}
	return table_out_close(t);
}

static enum rc
compare(struct cli *cli)
{
	struct reconciliation r;
	struct syear year = {0};
	official_id act = {0};
	run_id run = {0};
	enum rc rc = cli_year(cli, &year);

	if (rc == RC_OK && !year.first)
		return cli_misuse(cli, N_("Не сказано, за какой учебный год "
					  "сверять перечень."));
	if (rc == RC_OK)
		rc = chosen_run(cli, cli->args[0], year, &run);
	if (rc == RC_OK)
		rc = chosen_act(cli, cli->args[0], year, &act);
	if (rc == RC_OK)
		rc = reconcile(&cli->scope, run, act, &r);
	if (rc != RC_OK)
		return rc;
	diag_note(&cli->diag, (struct place){0},
	    N_("Расчёт № %lld и %.*s: совпадают %zu, только в приказе %zu, "
	       "только в расчёте %zu, не хватило данных %zu; без объяснения "
	       "%zu."),
	    (long long)run.v, STR_ARG(official_text(cli->mem, &r.act)),
	    r.counts[DIFFERENCE_NONE], r.counts[DIFFERENCE_ONLY_ORDER],
	    r.counts[DIFFERENCE_ONLY_OURS], r.counts[DIFFERENCE_NO_DATA],
	    r.unexplained);
	return put_differences(cli, &r);
}

/* ---- status ---- */

static enum rc
put_stays(struct cli *cli, const struct status *status)
{
	const struct table_about about = {
	    .columns = stays, .n = COUNT_OF(stays)};
	struct table_out *t =
	    table_out_open(cli->mem, cli_table_format(cli), &about, &cli->out);

	for (size_t i = 0; i < status->n; i++) {
		const struct membership *m = &status->stays[i];
		struct q_school s;
		enum rc rc =
		    q_school_by_id(cli->scope.db, cli->mem, &cli->scope.actor,
			cli->scope.actor.municipality, m->school, &s);
		if (rc != RC_OK)
			return rc;
		table_out_row(
		    t, (struct table_cell[]){table_text(s.code),
			   table_text(s.name),
			   table_text(str_of(official_kind_titles[m->kind])),
			   table_text(m->type), table_date(m->since),
			   date_is_none(m->until) ? table_none() :
						    table_date(m->until),
			   table_text(m->entered_by)});
	}
	return table_out_close(t);
}

static enum rc
groups(struct cli *cli)
{
	struct date on = cli->today;
	struct status status;
	enum rc rc = cli_date(cli, "date", &on);

	if (rc == RC_OK)
		rc = status_on(&cli->scope, on, &status);
	if (rc != RC_OK)
		return rc;
	diag_note(&cli->diag, (struct place){0},
	    N_("На %.*s: ШНОР %zu, в зоне риска %zu, ШНСУ %zu; разных школ "
	       "%zu."),
	    STR_ARG(date_ru(cli->mem, on)), status.counts[OFFICIAL_SHNOR],
	    status.counts[OFFICIAL_RISK], status.counts[OFFICIAL_SHNSU],
	    status.schools);
	return put_stays(cli, &status);
}

const struct command command_official_list = {.name = "official list",
    .usage = "official list [--format table|csv|json]",
    .summary = N_("приказы региона с перечнями школ"),
    .options = list_options,
    .n_options = COUNT_OF(list_options),
    .needs = CLI_DATABASE,
    .run = list};
const struct command command_official_show = {.name = "official show",
    .usage = "official show НОМЕР [--format table|csv|json]",
    .summary = N_("школы одного приказа"),
    .options = list_options,
    .n_options = COUNT_OF(list_options),
    .min_args = 1,
    .max_args = 1,
    .needs = CLI_DATABASE,
    .run = show};
const struct command command_reconcile = {.name = "reconcile",
    .usage = "reconcile МЕТОДИКА --year Y [--run N] [--act N] [--format "
	     "table|csv|json]",
    .summary = N_("сверить расчёт с приказом; каждое расхождение с причиной"),
    .options = reconcile_options,
    .n_options = COUNT_OF(reconcile_options),
    .min_args = 1,
    .max_args = 1,
    .needs = CLI_DATABASE,
    .run = compare};
const struct command command_status = {.name = "status",
    .usage = "status [--date D] [--format table|csv|json]",
    .summary = N_("в каких группах школы на день, с историей"),
    .options = status_options,
    .n_options = COUNT_OF(status_options),
    .needs = CLI_DATABASE,
    .run = groups};
