/* cmd_index.c - opora index: schools in hard social conditions, and how firm
 * the list is. */
#include "cli/command.h"
#include "core/methods/index.h"
#include "core/registry/catalogue.h"
#include "fmt/table_out.h"
#include "os/file.h"

static const struct cli_option options[] = {
    {"year", "Y"}, {"format", "table|csv|json"}, {"save", NULL}};

/* clang-format off */
static const struct table_column columns[] = {
	{"school",  S_INIT("Код"),        TABLE_TEXT,   0, 0, {0}, {0}},
	{"name",    S_INIT("Школа"),      TABLE_TEXT,   0, 0, {0}, {0}},
	{"status",  S_INIT("Решение"),    TABLE_TEXT,   0, 0, {0}, {0}},
	{"index",   S_INIT("Индекс"),     TABLE_NUMBER, 3, 0, {0}, {0}},
	{"points",  S_INIT("Баллы"),      TABLE_INT,    0, 0, {0}, {0}},
	{"factors", S_INIT("Условий"),    TABLE_INT,    0, 0, {0}, {0}},
	{"missing", S_INIT("Нет данных"), TABLE_INT,    0, 0, {0}, {0}},
};

/* clang-format on */

/* A code of the program's own, or a file. */
static enum rc
read_index(
    struct cli *cli, const struct vocabulary *words, struct index_method *ret)
{
	struct str name = cli->args[0], text;

	if (!str_ends(name, S(".index")) && str_find_char(name, '/') < 0)
		return index_find(&cli->scope, words, name, ret);
	enum rc rc = file_read(cli->mem, name, INDEX_BYTES, &cli->diag, &text);
	return rc == RC_OK ? index_parse(&cli->scope, words, name, text, ret) :
			     rc;
}

static void
say_how(struct cli *cli, const struct index_run *run)
{
	if (run->fell_back)
		diag_warning(&cli->diag, (struct place){0},
		    N_("Полные данные есть у %zu школ, а отклонения от "
		       "среднего имеют смысл от %lld: решают баллы."),
		    run->complete, (long long)run->method->least);
	diag_note(&cli->diag, (struct place){0}, "%.*s %.*s %.*s",
	    STR_ARG(run->formula), STR_ARG(run->rule), STR_ARG(run->summary));
}

static enum rc
say_sensitivity(struct cli *cli, const struct index_run *run)
{
	struct index_shift *shifts;
	size_t n;
	enum rc rc = index_sensitivity(&cli->scope, run, &shifts, &n);

	if (rc == RC_OK && !n && run->mode != INDEX_FACTORS &&
	    run->counts[METHOD_NO_DATA] < run->n)
		diag_note(&cli->diag, (struct place){0},
		    N_("Если изменить любой вес на 10 %%, список останется "
		       "тем же."));
	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		const struct index_input *in =
		    &run->method->inputs[shifts[i].input];
		diag_note(&cli->diag, (struct place){0},
		    N_("Вес «%.*s» на 10 %% %s: %s%.*s%s%s%.*s."),
		    STR_ARG(run->inputs.words->elements[in->element].title),
		    shifts[i].up ? "больше" : "меньше",
		    shifts[i].enter.n ? "войдут " : "",
		    STR_ARG(shifts[i].enter),
		    shifts[i].enter.n && shifts[i].leave.n ? "; " : "",
		    shifts[i].leave.n ? "выйдут " : "",
		    STR_ARG(shifts[i].leave));
	}
	return rc;
}

static enum rc
print(struct cli *cli, const struct index_run *run)
{
	const struct table_about about = {.title = run->method->title,
	    .made_on = cli->today,
	    .columns = columns,
	    .n = COUNT_OF(columns)};
	enum table_format format = cli_table_format(cli);
	bool people = format == TABLE_TERMINAL;
	struct table_out *t =
	    table_out_open(cli->mem, format, &about, &cli->out);

	for (size_t i = 0; i < run->n; i++) {
		const struct index_line *l = &run->lines[i];
		table_out_row(t,
		    (struct table_cell[]){table_text(l->school->code),
			table_text(l->school->name),
			table_text(
			    str_of(people ? method_status_titles[l->status] :
					    method_status_codes[l->status])),
			l->has_score ? table_number(ratio_of(l->score, 1000)) :
				       table_none(),
			table_int(l->points), table_int(l->factors),
			table_int((int64_t)l->missing)});
	}
	return table_out_close(t);
}

static enum rc
run_index(struct cli *cli)
{
	struct index_method method;
	struct vocabulary words;
	struct inputs inputs;
	struct index_run run;
	struct syear year = {0};
	run_id saved;
	enum rc rc = cli_year(cli, &year);

	if (rc == RC_OK && !year.first)
		return cli_misuse(cli, N_("Не сказано, на какой учебный год "
					  "составляется перечень."));
	if (rc == RC_OK)
		rc = catalogue_read(&cli->scope, &words);
	if (rc == RC_OK)
		rc = read_index(cli, &words, &method);
	if (rc == RC_OK)
		rc = inputs_collect(&cli->scope, &words, year, &inputs);
	if (rc == RC_OK)
		rc = index_compute(&cli->scope, &method, &inputs, &run);
	if (rc == RC_OK)
		rc = say_sensitivity(cli, &run);
	if (rc == RC_OK && cli_has(cli, "save"))
		rc = index_save(&cli->scope, &run, &saved);
	if (rc != RC_OK)
		return rc;
	say_how(cli, &run);
	if (cli_has(cli, "save"))
		diag_note(&cli->diag, (struct place){0},
		    N_("Расчёт № %lld сохранён, контрольная сумма %.*s."),
		    (long long)saved.v, STR_ARG(run.hash));
	return print(cli, &run);
}

const struct command command_index = {.name = "index",
    .usage = "index ИНДЕКС|ФАЙЛ --year Y [--save] [--format table|csv|json]",
    .summary = N_("школы в сложных социальных условиях: индекс, формула, "
		  "устойчивость списка"),
    .options = options,
    .n_options = COUNT_OF(options),
    .min_args = 1,
    .max_args = 1,
    .needs = CLI_DATABASE,
    .run = run_index};
