/* cmd_import.c - opora import: files into the registry and results. */
#include <string.h>

#include "cli/command.h"
#include "convert/convert.h"
#include "core/registry/catalogue.h"
#include "core/results/intake.h"
#include "fmt/json.h"
#include "os/file.h"
#include "os/file_hash.h"

static const struct cli_option options[] = {
    {"check", NULL},
    {"partial", NULL},
    {"year", "Y"},
    {"procedure", "КОД"},
    {"refused", "ФАЙЛ"},
    {"number", "N"},
    {"date", "D"},
    {"issuer", "КТО"},
    {"list", "shnor|risk|shnsu"},
    {"basis", "ТЕКСТ"},
    {"leaves", NULL},
    {"format", "text|json"},
};

/* The word of the command line to a kind of file; "auto" is FILE_UNKNOWN. */
static enum rc
kind_of(struct cli *cli, enum file_kind *ret)
{
	struct str word = cli->args[0];

	if (str_eq(word, S("auto"))) {
		*ret = FILE_UNKNOWN;
		return RC_OK;
	}
	for (int k = FILE_UNKNOWN + 1; k < FILE_KIND_COUNT; k++)
		if (str_eq(word, str_of(file_kind_codes[k]))) {
			*ret = (enum file_kind)k;
			return RC_OK;
		}
	return cli_misuse(cli,
	    N_("Вид файла «%.*s» незнаком. Бывают: schools, results, pupils, "
	       "observations, official-list, auto."),
	    STR_ARG(word));
}

static struct str
base_name(struct str path)
{
	const char *slash = path.n ? memrchr(path.p, '/', path.n) : NULL;

	return slash ? str_from(path, (size_t)(slash + 1 - path.p)) : path;
}

static void
put_changes(struct cli *cli, const struct intake_report *r)
{
	for (size_t i = 0; i < r->n_changes; i++) {
		const struct intake_change *c = &r->changes[i];
		if (c->kind != CHANGE_CHANGED)
			continue;
		buf_fmt(&cli->out, "  %.*s, %.*s", STR_ARG(c->school),
		    STR_ARG(c->what));
		if (c->year.first)
			buf_fmt(&cli->out, ", %.*s",
			    STR_ARG(syear_ru(cli->mem, c->year)));
		buf_fmt(&cli->out, ": было %.*s, стало %.*s\n", STR_ARG(c->was),
		    STR_ARG(c->becomes));
	}
}

static void
put_text(struct cli *cli, struct str file, const struct intake_report *r)
{
	buf_fmt(&cli->out,
	    "%.*s: %s. Прочитано %lld, добавлено %lld, изменено %lld, без "
	    "изменений %lld, отклонено %lld.",
	    STR_ARG(file),
	    r->kind == FILE_UNKNOWN ? "вид файла не узнан" :
				      file_kind_titles[r->kind],
	    (long long)r->rows_read, (long long)r->added, (long long)r->changed,
	    (long long)r->same, (long long)r->refused);
	if (r->load.v)
		buf_fmt(&cli->out, " Загрузка № %lld.\n", (long long)r->load.v);
	else
		buf_c(&cli->out, " Ничего не записано.\n");
	put_changes(cli, r);
}

static void
put_json(struct cli *cli, struct str file, const struct intake_report *r)
{
	struct json j = json_open(&cli->out);
	char year[SYEAR_TEXT];

	json_begin_object(&j);
	json_field_str(&j, "file", file);
	json_field_str(&j, "kind", str_of(file_kind_codes[r->kind]));
	json_field_str(&j, "profile", r->profile);
	json_field_int(&j, "load", r->load.v);
	json_field_int(&j, "read", r->rows_read);
	json_field_int(&j, "added", r->added);
	json_field_int(&j, "changed", r->changed);
	json_field_int(&j, "same", r->same);
	json_field_int(&j, "refused", r->refused);
	json_key(&j, "changes");
	json_begin_array(&j);
	for (size_t i = 0; i < r->n_changes; i++) {
		const struct intake_change *c = &r->changes[i];
		json_begin_object(&j);
		json_field_str(&j, "school", c->code);
		json_field_str(&j, "what", c->what);
		json_field_str(&j, "year", str_of(syear_text(c->year, year)));
		json_field_str(&j, "was", c->was);
		json_field_str(&j, "becomes", c->becomes);
		json_end(&j);
	}
	json_end(&j);
	json_key(&j, "complaints");
	json_begin_array(&j);
	for (size_t i = 0; i < cli->diag.n; i++)
		json_put_str(&j, complaint_line(cli->mem, &cli->diag.all[i]));
	json_end(&j);
	json_end(&j);
	json_close(&j);
	buf_char(&cli->out, '\n');
}

/* What is said of an order beside its list. */
static enum rc
take_act(struct cli *cli, struct syear year, struct official_details *ret)
{
	*ret = (struct official_details){.number = cli_option(cli, "number"),
	    .on = DATE_NONE,
	    .issuer = cli_option(cli, "issuer"),
	    .year = year,
	    .kind = cli_option(cli, "list"),
	    .basis = cli_option(cli, "basis"),
	    .is_exit = cli_has(cli, "leaves")};
	return cli_date(cli, "date", &ret->on);
}

static enum rc
import_file(struct cli *cli, struct str path, enum file_kind kind,
    const struct vocabulary *words, const struct official_details *act)
{
	struct syear year = act->year;
	autofd fd = -1;
	struct intake_options in = {.check_only = cli_has(cli, "check"),
	    .partial = cli_has(cli, "partial"),
	    .year = year,
	    .procedure = cli_option(cli, "procedure"),
	    .file_name = base_name(path),
	    .words = words,
	    .act = act};
	struct recogniser_options how = {.kind = kind,
	    .file_name = in.file_name,
	    .procedure = in.procedure,
	    .year = year};
	struct intake_report report;
	struct intake *intake;
	enum rc rc = file_open(path, &cli->diag, &fd);

	if (rc == RC_OK)
		rc = fd_sha256(fd, cli->mem, &in.file_hash, &in.file_size);
	if (rc == RC_OK)
		rc = intake_open(&cli->scope, &in, &intake);
	if (rc != RC_OK)
		return rc;

	rc = intake_close(intake, intake_read(intake, fd, &how), &report);
	if (str_eq(cli_option(cli, "format"), S("json")))
		put_json(cli, path, &report);
	else
		put_text(cli, path, &report);
	if (report.refused_csv.p && cli_has(cli, "refused")) {
		enum rc written = file_write(
		    cli_option(cli, "refused"), report.refused_csv, &cli->diag);
		if (rc == RC_OK)
			rc = written;
	}
	return rc;
}

static enum rc
import(struct cli *cli)
{
	struct vocabulary words;
	struct official_details act;
	struct syear year = {0};
	enum file_kind kind = FILE_UNKNOWN;
	enum rc worst = RC_OK;
	enum rc rc = kind_of(cli, &kind);

	if (rc == RC_OK)
		rc = cli_year(cli, &year);
	if (rc == RC_OK)
		rc = take_act(cli, year, &act);
	if (rc == RC_OK)
		rc = catalogue_read(&cli->scope, &words);
	if (rc != RC_OK)
		return rc;
	for (size_t i = 1; i < cli->n_args; i++) {
		rc = import_file(cli, cli->args[i], kind, &words, &act);
		if (rc != RC_OK)
			worst = rc;
	}
	return worst;
}

const struct command command_import = {
    .name = "import",
    .usage =
	"import ВИД ФАЙЛ… [--check] [--partial] [--refused ФАЙЛ] [--year Y] "
	"[--procedure КОД] [--number N --date D --issuer КТО --list shnor] "
	"[--format text|json]",
    .summary = N_("загрузить файлы: schools, results, pupils, observations, "
		  "official-list, auto"),
    .options = options,
    .n_options = COUNT_OF(options),
    .min_args = 2,
    .max_args = SIZE_MAX,
    .needs = CLI_DATABASE,
    .run = import,
};
