/* cmd_export.c - opora export: the same columns as the import of a kind reads. */
#include "base/vec.h"
#include "cli/command.h"
#include "fmt/table_out.h"
#include "store/q_registry.h"
#include "store/q_results.h"

static const struct cli_option options[] = {
    {"year", "Y"}, {"format", "csv|json|table|xlsx"}, {"o", "ФАЙЛ"}};

/* clang-format off */
static const struct table_column school_columns[] = {
	{"code",     S_INIT("Код"),        TABLE_TEXT, 0, 0, {0}, {0}},
	{"name",     S_INIT("Название"),   TABLE_TEXT, 0, 0, {0}, {0}},
	{"kind",     S_INIT("Вид"),        TABLE_TEXT, 0, 0, {0}, {0}},
	{"locality", S_INIT("Местность"),  TABLE_TEXT, 0, 0, {0}, {0}},
	{"small",    S_INIT("Малокомплектная"), TABLE_TEXT, 0, 0, {0}, {0}},
	{"logins",   S_INIT("Логины"),     TABLE_TEXT, 0, 0, {0}, {0}},
};
static const struct table_column result_columns[] = {
	{"school",       S_INIT("Школа"),         TABLE_TEXT, 0, 0, {0}, {0}},
	{"year",         S_INIT("Учебный год"),   TABLE_TEXT, 0, 0, {0}, {0}},
	{"procedure",    S_INIT("Процедура"),     TABLE_TEXT, 0, 0, {0}, {0}},
	{"participants", S_INIT("Участников"),    TABLE_INT, 0, 0, {0}, {0}},
	{"failed",       S_INIT("Не справились"), TABLE_INT, 0, 0, {0}, {0}},
};
static const struct table_column observation_columns[] = {
	{"school",  S_INIT("Школа"),       TABLE_TEXT, 0, 0, {0}, {0}},
	{"period",  S_INIT("Учебный год"), TABLE_TEXT, 0, 0, {0}, {0}},
	{"element", S_INIT("Показатель"),  TABLE_TEXT, 0, 0, {0}, {0}},
	{"value",   S_INIT("Значение"),    TABLE_TEXT, 0, 0, {0}, {0}},
};

/* clang-format on */

struct exporting {
	struct cli *cli;
	struct syear year; /* 0: all */
	const struct q_school *schools;
	size_t n;
};

static struct str
logins_of(struct arena *mem, const struct q_alias *aliases, size_t n,
    school_id school)
{
	struct buf b = buf_open(mem, 0);

	for (size_t i = 0; i < n; i++)
		if (aliases[i].school.v == school.v &&
		    str_eq(aliases[i].kind, S("login")))
			buf_fmt(&b, "%s%.*s", b.n ? " " : "",
			    STR_ARG(aliases[i].written));
	return buf_str(&b);
}

static enum rc
put_schools(struct exporting *e, struct table_out *t)
{
	struct q_alias *aliases;
	size_t n;
	enum rc rc = q_alias_list(e->cli->scope.db, e->cli->mem,
	    e->cli->scope.actor.municipality, &aliases, &n);

	for (size_t i = 0; rc == RC_OK && i < e->n; i++) {
		const struct q_school *s = &e->schools[i];
		table_out_row(t,
		    (struct table_cell[]){table_text(s->code),
			table_text(s->name), table_text(s->kind),
			table_text(s->is_rural ? S("rural") : S("urban")),
			table_text(s->is_small ? S("yes") : S("no")),
			table_text(logins_of(e->cli->mem, aliases, n, s->id))});
	}
	return rc;
}

static bool
wanted(const struct exporting *e, struct syear year)
{
	return e->year.first == 0 || e->year.first == year.first;
}

static struct table_cell
year_cell(struct arena *mem, struct syear year)
{
	char text[SYEAR_TEXT];

	return table_text(arena_str(mem, str_of(syear_text(year, text))));
}

static enum rc
put_results(struct exporting *e, struct table_out *t)
{
	struct cli *cli = e->cli;
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < e->n; i++) {
		struct q_result *rows;
		size_t n;
		rc = q_result_of_school(cli->scope.db, cli->mem,
		    &cli->scope.actor, cli->scope.actor.municipality,
		    e->schools[i].id, &rows, &n);
		for (size_t k = 0; rc == RC_OK && k < n; k++)
			if (wanted(e, rows[k].year))
				table_out_row(
				    t, (struct table_cell[]){
					   table_text(e->schools[i].code),
					   year_cell(cli->mem, rows[k].year),
					   table_text(rows[k].procedure),
					   table_int(rows[k].participants),
					   table_int(rows[k].failed)});
	}
	return rc;
}

static enum rc
put_observations(struct exporting *e, struct table_out *t)
{
	struct cli *cli = e->cli;
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < e->n; i++) {
		struct q_observation *rows;
		size_t n;
		rc = q_observation_of_school(cli->scope.db, cli->mem,
		    &cli->scope.actor, cli->scope.actor.municipality,
		    e->schools[i].id, &rows, &n);
		for (size_t k = 0; rc == RC_OK && k < n; k++)
			if (wanted(e, rows[k].year))
				table_out_row(
				    t, (struct table_cell[]){
					   table_text(e->schools[i].code),
					   year_cell(cli->mem, rows[k].year),
					   table_text(rows[k].element),
					   table_text(rows[k].as_written)});
	}
	return rc;
}

static const struct {
	const char *name;
	const struct table_column *columns;
	size_t n;
	enum rc (*put)(struct exporting *e, struct table_out *t);
} kinds[] = {
    {"schools", school_columns, COUNT_OF(school_columns), put_schools},
    {"results", result_columns, COUNT_OF(result_columns), put_results},
    {"observations", observation_columns, COUNT_OF(observation_columns),
	put_observations},
};

static enum rc
export_kind(struct cli *cli)
{
	struct exporting e = {.cli = cli};
	struct buf out = buf_open(cli->mem, (size_t)1024 * 1024 * 1024);
	struct q_school *schools;
	enum table_format format = cli_table_format(cli);
	enum rc rc = cli_year(cli, &e.year);

	if (rc == RC_OK)
		rc = q_school_list(cli->scope.db, cli->mem, &cli->scope.actor,
		    cli->scope.actor.municipality, &schools, &e.n);
	if (rc != RC_OK)
		return rc;
	e.schools = schools;
	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		if (!str_eq(cli->args[0], str_of(kinds[i].name)))
			continue;
		const struct table_about about = {.made_on = cli->today,
		    .columns = kinds[i].columns,
		    .n = kinds[i].n};
		struct table_out *t =
		    table_out_open(cli->mem, format, &about, &out);
		rc = kinds[i].put(&e, t);
		if (rc == RC_OK)
			rc = table_out_close(t);
		return rc == RC_OK ? cli_deliver(cli, buf_str(&out)) : rc;
	}
	return cli_misuse(cli,
	    N_("Выгружаются schools, results и observations, а не «%.*s»."),
	    STR_ARG(cli->args[0]));
}

const struct command command_export = {.name = "export",
    .usage = "export ВИД [--year Y] [--format csv|json|table|xlsx] [-o ФАЙЛ]",
    .summary =
	N_("выгрузить schools, results или observations теми же графами"),
    .options = options,
    .n_options = COUNT_OF(options),
    .min_args = 1,
    .max_args = 1,
    .needs = CLI_DATABASE,
    .run = export_kind};
