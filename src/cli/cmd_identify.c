/* cmd_identify.c - opora identify: who is on the list, and why. */
#include <stdlib.h>

#include "cli/drawing.h"
#include "core/methods/summary.h"
#include "fmt/table_out.h"

static const struct cli_option options[] = {
    {"year", "Y"},
    {"format", "csv|json|table|xlsx"},
    {"o", "ФАЙЛ"},
    {"save", NULL},
    {"set", "ИМЯ=ЗНАЧЕНИЕ;…"},
    {"reading", "СОМНЕНИЕ=ПРОЧТЕНИЕ;…"},
    {"summary", NULL},
};

/* clang-format off */
static const struct table_column contract[] = {
	{"school",   S_INIT("Школа"),      TABLE_TEXT, 0, 0, {0}, {0}},
	{"status",   S_INIT("Решение"),    TABLE_TEXT, 0, 0, {0}, {0}},
	{"criteria", S_INIT("Критерии"),   TABLE_TEXT, 0, 0, {0}, {0}},
	{"low",      S_INIT("Процедуры"),  TABLE_TEXT, 0, 0, {0}, {0}},
};
static const struct table_column for_people[] = {
	{"school",   S_INIT("Код"),        TABLE_TEXT, 0, 0, {0}, {0}},
	{"name",     S_INIT("Школа"),      TABLE_TEXT, 0, 34, {0}, {0}},
	{"status",   S_INIT("Решение"),    TABLE_TEXT, 0, 16, {0}, {0}},
	{"criteria", S_INIT("Критерии"),   TABLE_TEXT, 0, 12, {0}, {0}},
	{"reason",   S_INIT("Причина"),    TABLE_TEXT, 0, 70, {0}, {0}},
	{"margin",   S_INIT("Запас, учеников"), TABLE_INT, 0, 10, {0}, {0}},
	{"missing",  S_INIT("Нет данных"), TABLE_INT, 0, 10, {0}, {0}},
};

/* clang-format on */

static int
by_code(const void *a, const void *b)
{
	const struct run_line *const *x = a;
	const struct run_line *const *y = b;

	return str_cmp((*x)->school->code, (*y)->school->code);
}

static const struct run_line **
sorted_by_code(struct arena *mem, const struct run *run)
{
	const struct run_line **order =
	    arena_new(mem, const struct run_line *, run->n + 1);

	for (size_t i = 0; i < run->n; i++)
		order[i] = &run->lines[i];
	qsort(order, run->n, sizeof *order, by_code);
	return order;
}

static enum rc
put_csv(struct cli *cli, const struct run *run, struct buf *out)
{
	const struct table_about about = {
	    .columns = contract, .n = COUNT_OF(contract)};
	struct table_out *t = table_out_open(cli->mem, TABLE_CSV, &about, out);
	const struct run_line **order = sorted_by_code(cli->mem, run);

	for (size_t i = 0; i < run->n; i++)
		table_out_row(
		    t, (struct table_cell[]){table_text(order[i]->school->code),
			   table_text(str_of(
			       method_status_codes[order[i]->verdict.status])),
			   table_text(order[i]->holding),
			   table_text(order[i]->low)});
	return table_out_close(t);
}

static enum rc
put_table(struct cli *cli, const struct run *run, enum table_format format,
    struct buf *out)
{
	const struct table_about about = {.title = run->method->title,
	    .made_on = cli->today,
	    .columns = for_people,
	    .n = COUNT_OF(for_people)};
	struct table_out *t = table_out_open(cli->mem, format, &about, out);
	bool codes = format == TABLE_JSON;

	for (size_t i = 0; i < run->n; i++) {
		struct run_line whole =
		    run_line_whole(cli->mem, run, &run->lines[i]);
		const struct run_line *l = &whole;
		enum method_status s = l->verdict.status;
		table_out_row(
		    t, (struct table_cell[]){table_text(l->school->code),
			   table_text(l->school->name),
			   table_text(str_of(codes ? method_status_codes[s] :
						     method_status_titles[s])),
			   table_text(l->holding), table_text(l->reason),
			   l->margin.exists ? table_int(l->margin.pupils) :
					      table_none(),
			   table_int((int64_t)l->verdict.n_missing)});
	}
	return table_out_close(t);
}

static enum rc
print(struct cli *cli, const struct run *run)
{
	struct buf out = buf_open(cli->mem, (size_t)1024 * 1024 * 1024);
	struct str format = cli_format(cli);
	enum rc rc;

	if (cli_has(cli, "summary")) {
		buf_put(&out, run_summary(cli->mem, run));
		buf_char(&out, '\n');
		rc = RC_OK;
	} else if (str_eq(format, S("csv"))) {
		rc = put_csv(cli, run, &out);
	} else if (str_eq(format, S("json"))) {
		rc = put_table(cli, run, TABLE_JSON, &out);
	} else if (str_eq(format, S("xlsx"))) {
		rc = put_table(cli, run, TABLE_XLSX, &out);
	} else if (str_eq(format, S("table"))) {
		rc = put_table(cli, run, TABLE_TERMINAL, &out);
	} else {
		return cli_misuse(
		    cli, N_("Вида «%.*s» у перечня нет."), STR_ARG(format));
	}
	return rc == RC_OK ? cli_deliver(cli, buf_str(&out)) : rc;
}

/* What the changed settings do to the list, school by school. */
static enum rc
say_trial(struct cli *cli, const struct drawing *d)
{
	struct run_difference *diff;
	struct run usual;
	size_t n;
	enum rc rc =
	    run_compute(&cli->scope, d->method, NULL, &d->inputs, &usual);

	if (rc != RC_OK)
		return rc;
	run_compare(cli->mem, &usual, &d->run, &diff, &n);
	diag_note(&cli->diag, (struct place){0},
	    N_("Это пробный расчёт, не решение. Отличается решений: %zu."), n);
	for (size_t i = 0; i < n; i++)
		diag_note(&cli->diag, (struct place){0}, "  %.*s: %s → %s",
		    STR_ARG(diff[i].after->school->name),
		    method_status_titles[diff[i].before->verdict.status],
		    method_status_titles[diff[i].after->verdict.status]);
	return RC_OK;
}

static enum rc
identify(struct cli *cli)
{
	struct drawing d = {0};
	run_id saved;
	enum rc rc = draw(cli, cli_has(cli, "save"), &d);

	if (rc == RC_OK && d.run.is_trial)
		rc = say_trial(cli, &d);
	if (rc == RC_OK && cli_has(cli, "save"))
		rc = run_save(&cli->scope, &d.run, &saved);
	if (rc != RC_OK)
		return rc;
	if (cli_has(cli, "save"))
		diag_note(&cli->diag, (struct place){0},
		    N_("Расчёт № %lld сохранён, контрольная сумма %.*s."),
		    (long long)saved.v, STR_ARG(d.run.hash));
	return print(cli, &d.run);
}

const struct command command_identify = {
    .name = "identify",
    .usage =
	"identify МЕТОДИКА --year Y [--format csv|json|table|xlsx] [-o ФАЙЛ] "
	"[--save] [--summary] [--set ИМЯ=ЗНАЧЕНИЕ;…] [--reading N=K;…]",
    .summary = N_("кто в перечне и почему"),
    .options = options,
    .n_options = COUNT_OF(options),
    .min_args = 1,
    .max_args = 1,
    .needs = CLI_DATABASE,
    .run = identify,
};
