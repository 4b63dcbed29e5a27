/* cmd_identify.c - opora identify: who is on the list, and why. */
#include <stdlib.h>

#include "cli/drawing.h"
#include "core/methods/summary.h"
#include "fmt/table_out.h"

/* About as many bytes as a line of a list has. */
enum { CSV_ROW = 56 };

static const struct cli_option options[] = {
    {"year", "Y"},
    {"format", "csv|json|table|xlsx"},
    {"o", "ФАЙЛ"},
    {"save", NULL},
    {"set", "ИМЯ=ЗНАЧЕНИЕ;…"},
    {"reading", "СОМНЕНИЕ=ПРОЧТЕНИЕ;…"},
    {"summary", NULL},
    {"schools", "ФАЙЛ"},
};

/* clang-format off */
static const struct table_column contract[] = {
	{"year",     S_INIT("Учебный год"), TABLE_TEXT, 0, 0, {0}, {0}},
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
	bool is_sorted = true;

	for (size_t i = 0; i < run->n; i++) {
		order[i] = &run->lines[i];
		is_sorted =
		    is_sorted && (!i || by_code(&order[i - 1], &order[i]) <= 0);
	}
	if (!is_sorted)
		qsort(order, run->n, sizeof *order, by_code);
	return order;
}

/* The columns of interfaces.md 2; lists of several years say theirs first. */
static struct table_out *
open_csv(struct arena *mem, bool with_year, struct buf *out)
{
	struct table_about *about = arena_new(mem, struct table_about, 1);

	about->columns = contract + !with_year;
	about->n = COUNT_OF(contract) - !with_year;
	return table_out_open(mem, TABLE_CSV, about, out);
}

static void
put_csv_rows(
    struct cli *cli, const struct run *run, bool with_year, struct table_out *t)
{
	const struct run_line **order = sorted_by_code(cli->mem, run);
	char year[SYEAR_TEXT];
	struct table_cell cells[COUNT_OF(contract)] = {
	    table_text(str_of(syear_text(run->inputs.year, year)))};

	for (size_t i = 0; i < run->n; i++) {
		const struct run_line *l = order[i];
		cells[1] = table_text(l->school->code);
		cells[2] =
		    table_text(str_of(method_status_codes[l->verdict.status]));
		cells[3] = table_text(l->holding);
		cells[4] = table_text(l->low);
		table_out_row(t, cells + !with_year);
	}
}

static enum rc
put_csv(struct cli *cli, const struct run *run, struct buf *out)
{
	struct table_out *t = open_csv(cli->mem, false, out);

	put_csv_rows(cli, run, false, t);
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
	enum table_format format = cli_table_format(cli);
	enum rc rc;

	if (cli_has(cli, "summary")) {
		buf_put(&out, run_summary(cli->mem, run));
		buf_char(&out, '\n');
		rc = RC_OK;
	} else if (format == TABLE_CSV) {
		rc = put_csv(cli, run, &out);
	} else {
		rc = put_table(cli, run, format, &out);
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

/* ---- straight from files ---- */

/* "2022/2023" or "2020/2021..2022/2023". */
static enum rc
years_of(struct cli *cli, struct syear *ret_first, struct syear *ret_last)
{
	struct str text = cli_option(cli, "year");
	ptrdiff_t dots = text.p ? str_find(text, S("..")) : -1;
	struct str first = dots < 0 ? text : str_cut(text, 0, (size_t)dots);
	struct str last = dots < 0 ? text : str_from(text, (size_t)dots + 2);

	if (!text.p)
		return cli_misuse(cli, N_("Не сказано, на какой учебный год "
					  "составляется перечень."));
	if (!syear_parse(first, ret_first) || !syear_parse(last, ret_last) ||
	    ret_last->first < ret_first->first ||
	    ret_last->first - ret_first->first > 20)
		return cli_misuse(cli,
		    N_("«%.*s» – не учебный год и не годы подряд. Пишите так: "
		       "2023/2024 или 2021/2022..2023/2024."),
		    STR_ARG(text));
	return RC_OK;
}

static enum rc
put_one(struct cli *cli, const struct drawing *d, void *ctx)
{
	return print(cli, &d->run);
}

/* Lists of several years, one after another. */
struct several {
	size_t years;
	struct buf out;
	struct table_out *table;
};

static enum rc
put_next(struct cli *cli, const struct drawing *d, void *ctx)
{
	struct several *s = ctx;

	buf_reserve(&s->out, s->years * d->run.n * CSV_ROW);
	put_csv_rows(cli, &d->run, true, s->table);
	return RC_OK;
}

static enum rc
identify_several(struct cli *cli, struct syear first, struct syear last)
{
	struct several s = {.years = (size_t)(last.first - first.first) + 1,
	    .out = buf_open(cli->mem, (size_t)1024 * 1024 * 1024)};

	s.table = open_csv(cli->mem, true, &s.out);
	if (!str_eq(cli_format(cli), S("csv")) || cli_has(cli, "summary"))
		return cli_misuse(
		    cli, N_("Перечни нескольких лет выводятся только в csv."));
	enum rc rc = draw_files(cli, first, last, false, put_next, &s);
	if (rc == RC_OK)
		rc = table_out_close(s.table);
	return rc == RC_OK ? cli_deliver(cli, buf_str(&s.out)) : rc;
}

static enum rc
identify_files(struct cli *cli)
{
	struct syear first, last;
	enum rc rc = years_of(cli, &first, &last);

	if (rc != RC_OK)
		return rc;
	if (cli->n_args < 2)
		return cli_misuse(
		    cli, N_("Не названы файлы с результатами или учениками."));
	if (cli_has(cli, "save"))
		return cli_misuse(cli,
		    N_("Перечень прямо из файлов не сохраняется: загрузите "
		       "файлы в базу командой import."));
	rc = first.first < last.first ?
		 identify_several(cli, first, last) :
		 draw_files(cli, first, last,
		     !str_eq(cli_format(cli), S("csv")), put_one, NULL);
	if (rc == RC_OK)
		diag_note(&cli->diag, (struct place){0},
		    N_("Это проба по файлам, не решение: ничего не записано."));
	return rc;
}

static enum rc
identify(struct cli *cli)
{
	struct drawing d = {0};
	run_id saved;

	if (cli_has(cli, "schools"))
		return identify_files(cli);
	if (cli->n_args > 1)
		return cli_misuse(
		    cli, N_("Для перечня прямо из файлов нужен и список школ: "
			    "--schools ФАЙЛ."));

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
	"[--save] [--summary] [--set ИМЯ=ЗНАЧЕНИЕ;…] [--reading N=K;…]\n"
	"  identify МЕТОДИКА ФАЙЛ… --schools ФАЙЛ --year Y[..Y]",
    .summary = N_("кто в перечне и почему; с --schools – прямо из файлов "
		  "результатов или учеников, без базы и без записи"),
    .options = options,
    .n_options = COUNT_OF(options),
    .min_args = 1,
    .max_args = SIZE_MAX,
    .needs = CLI_DATABASE,
    .alone_with = "schools",
    .run = identify,
};
