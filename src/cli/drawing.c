/* drawing.c - the run that identify and explain stand on. */
#include "cli/drawing.h"

#include "convert/convert.h"
#include "core/methods/library.h"
#include "core/methods/trial.h"
#include "core/registry/catalogue.h"
#include "os/file.h"

void
draw_carets(struct cli *cli, struct str text)
{
	for (size_t i = 0; i < cli->diag.n; i++) {
		struct complaint *c = &cli->diag.all[i];
		if (c->at.length)
			*c = (struct complaint){.severity = c->severity,
			    .text = method_caret(cli->mem, text, c)};
	}
}

static enum rc
method_from_file(struct cli *cli, struct str path,
    const struct vocabulary *words, const struct method **ret)
{
	struct method *m;
	struct str text;
	enum rc rc = file_read(cli->mem, path, METHOD_BYTES, &cli->diag, &text);

	if (rc != RC_OK)
		return rc;
	rc = method_parse(cli->mem, path, text, words, &cli->diag, &m);
	draw_carets(cli, text);
	if (rc == RC_OK)
		*ret = m;
	return rc;
}

enum rc
draw_method(struct cli *cli, struct str name, const struct vocabulary *words,
    const struct method **ret)
{
	struct library library;
	enum rc rc;

	if (str_ends(name, S(".method")) || str_find_char(name, '/') >= 0)
		return method_from_file(cli, name, words, ret);
	rc = library_read(&cli->scope, words, &library);
	if (rc != RC_OK)
		return rc;
	return library_find(&cli->scope, &library, name, cli->today, ret);
}

static enum rc
take_settings(struct cli *cli, struct drawing *d)
{
	struct str rest = cli_option(cli, "set");
	struct str part;

	while (rest.p && str_split(&rest, ';', &part)) {
		ptrdiff_t equals = str_find_char(part, '=');
		if (equals < 0)
			return cli_misuse(cli,
			    N_("Настройка пишется так: имя = "
			       "значение, а не «%.*s»."),
			    STR_ARG(part));
		enum rc rc = method_set_value(&d->choice, d->method,
		    str_trim(str_cut(part, 0, (size_t)equals)),
		    str_trim(str_from(part, (size_t)equals + 1)), &cli->diag);
		if (rc != RC_OK)
			return rc;
	}
	return RC_OK;
}

/* "2=1": doubt 2 is read in its first other way. */
static enum rc
take_readings(struct cli *cli, struct drawing *d)
{
	struct str rest = cli_option(cli, "reading");
	struct str part, doubt;
	int64_t k, way;

	while (rest.p && str_split(&rest, ';', &part)) {
		struct str value = str_trim(part);
		if (!str_split(&value, '=', &doubt) ||
		    !str_to_int(str_trim(doubt), &k) ||
		    !str_to_int(str_trim(value), &way) || k < 1 ||
		    (size_t)k > d->method->n_doubts || way < 0 ||
		    (size_t)way > d->method->doubts[k - 1].n_others)
			return cli_misuse(cli,
			    N_("Прочтение «%.*s» методике незнакомо: пишите "
			       "номер "
			       "сомнения = номер прочтения."),
			    STR_ARG(part));
		d->choice.readings[k - 1] = (uint8_t)way;
	}
	return RC_OK;
}

static enum rc
need_year(struct cli *cli, struct drawing *d)
{
	enum rc rc = cli_year(cli, &d->year);

	if (rc == RC_OK && !d->year.first)
		return cli_misuse(cli, N_("Не сказано, на какой учебный год "
					  "составляется перечень."));
	return rc;
}

enum rc
draw_rules(struct cli *cli, struct drawing *d)
{
	enum rc rc = catalogue_read(&cli->scope, &d->words);

	if (rc == RC_OK)
		rc = draw_method(cli, cli->args[0], &d->words, &d->method);
	if (rc != RC_OK)
		return rc;
	d->choice = method_default(cli->mem, d->method);
	rc = take_settings(cli, d);
	return rc == RC_OK ? take_readings(cli, d) : rc;
}

enum rc
draw(struct cli *cli, bool frozen, struct drawing *d)
{
	enum rc rc = need_year(cli, d);

	if (rc == RC_OK)
		rc = draw_rules(cli, d);
	if (rc == RC_OK)
		rc = (frozen ? inputs_collect : inputs_read)(
		    &cli->scope, &d->words, d->year, &d->inputs);
	if (rc == RC_OK)
		rc = run_compute(
		    &cli->scope, d->method, &d->choice, &d->inputs, &d->run);
	return rc;
}

/* ---- from files ---- */

static enum rc
read_schools(struct cli *cli, struct trial *t)
{
	struct recogniser_options how = {
	    .kind = FILE_SCHOOLS, .file_name = cli_option(cli, "schools")};
	struct row_sink sink = trial_schools(t);
	autofd fd = -1;
	enum rc rc = file_open(how.file_name, &cli->diag, &fd);

	trial_file(t, how.file_name);
	if (rc == RC_OK)
		rc = convert_rows(fd, &how, &sink, &cli->diag);
	return rc == RC_OK ? trial_schools_end(t) : rc;
}

/* Complaints of the reading itself do not name the file. */
static void
name_file(struct diag *d, size_t from, struct str name)
{
	for (size_t i = from; i < d->n; i++)
		if (!d->all[i].at.file.n)
			d->all[i].at.file = name;
}

static void
forget_since(struct diag *d, const struct diag *before)
{
	d->n = before->n;
	d->errors = before->errors;
	d->warnings = before->warnings;
}

/*
 * The counts alone, and once more by rows when something in them is not
 * known, to say where it stands.
 */
static enum rc
read_file(struct cli *cli, struct trial *t, struct str name)
{
	struct recogniser_options how = {.file_name = name};
	struct count_sink counts = trial_counts(t);
	struct row_sink rows = trial_rows(t);
	const struct diag before = cli->diag;
	autofd fd = -1;
	enum rc rc = file_open(name, &cli->diag, &fd);

	trial_file(t, name);
	if (rc == RC_OK)
		rc = convert_counts(fd, &how, &counts, &cli->diag);
	if (rc == RC_OK && trial_is_unclear(t)) {
		forget_since(&cli->diag, &before);
		trial_file(t, name);
		rc = convert_rows(fd, &how, &rows, &cli->diag);
	}
	name_file(&cli->diag, before.n, name);
	return rc;
}

/* All files are read, so that all their mistakes are said. */
static enum rc
read_files(struct cli *cli, struct trial *t)
{
	enum rc worst = RC_OK;

	for (size_t i = 1; i < cli->n_args; i++) {
		enum rc rc = read_file(cli, t, cli->args[i]);
		if (rc != RC_OK)
			worst = rc;
	}
	enum rc end = trial_files_end(t);
	return worst == RC_OK ? end : worst;
}

static enum rc
draw_year(struct cli *cli, struct arena *mem, struct trial *t,
    struct drawing *d, bool by_name, draw_each *each, void *ctx)
{
	struct arena *whole = cli->mem;
	enum rc rc;

	cli->scope.mem = cli->mem = mem;
	rc = trial_inputs(t, d->year, by_name, mem, &d->inputs);
	if (rc == RC_OK)
		rc = run_compute(
		    &cli->scope, d->method, &d->choice, &d->inputs, &d->run);
	if (rc == RC_OK)
		rc = each(cli, d, ctx);
	cli->scope.mem = cli->mem = whole;
	arena_rewind(mem);
	return rc;
}

enum rc
draw_files(struct cli *cli, struct syear first, struct syear last, bool by_name,
    draw_each *each, void *ctx)
{
	autoarena mem = arena_open((size_t)1024 * 1024 * 1024);
	struct drawing d = {.year = first};
	enum rc rc = draw_rules(cli, &d);

	if (rc != RC_OK)
		return rc;
	struct trial *t = trial_open(&cli->scope, &d.words, first, last);
	rc = read_schools(cli, t);
	if (rc == RC_OK)
		rc = read_files(cli, t);
	while (rc == RC_OK && d.year.first <= last.first) {
		rc = draw_year(cli, mem, t, &d, by_name, each, ctx);
		d.year = syear_plus(d.year, 1);
	}
	return rc;
}
